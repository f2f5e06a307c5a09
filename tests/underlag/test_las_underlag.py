"""Reading `underlag.xlsx`: every message has a workbook that causes it, and what is sound is read whole."""

from __future__ import annotations

import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from finsam.begin.mall import write_underlag
from finsam.model.problem import Problem
from finsam.model.underlag import BLAD, Underlag
from finsam.read import arbetsbok
from finsam.read.arbetsbok import Cellinnehåll
from finsam.read.cell import Cellfel, tolka_tal
from finsam.read.underlag.underlag import I_UNDERLAGET, read_underlag
from prov import antal
from underlag.trasiga import BUDGET, FALL, INDIKATOR, INSATS, MÅLOMRÅDE, TEAMET, Procent, budget, uppgift, write_trasig

FALLEN = Path(__file__).with_name("fall") / "underlag"
FIL = "underlag.xlsx"


def visat(problem: list[Problem]) -> str:
    """Problems as they stand in the expected files."""
    return "".join(f"{ett.nivå}: {ett}\n" for ett in problem)


def läs(katalog: Path, blad: dict[str, list[list[object]]]) -> tuple[Underlag, list[Problem]]:
    """Write a workbook of the sheets and read it."""
    write_trasig(katalog / FIL, blad)
    return read_underlag(katalog / FIL, FIL)


@pytest.mark.parametrize("situation", FALL)
def test_meddelande(situation: str, tmp_path: Path) -> None:
    write_trasig(tmp_path / FIL, FALL[situation])
    _, problem = read_underlag(tmp_path / FIL, FIL)
    assert visat(problem) == (FALLEN / f"{situation}.txt").read_text("utf-8")


def test_every_expected_file_has_its_situation() -> None:
    assert {fil.stem for fil in FALLEN.glob("*.txt")} == FALL.keys()


def test_every_sheet_has_a_place_in_underlag() -> None:
    assert set(I_UNDERLAGET) == set(BLAD)
    assert all(get_args(Underlag.model_fields[namn].annotation)[0] is klass for klass, namn in I_UNDERLAGET.items())


# What is sound


def test_explanations_above_the_headings_may_be_deleted_and_columns_moved(tmp_path: Path) -> None:
    rader = [["Version", "Belopp", "Rad", " enhet ", "ÅR"], ["reviderad", 1000, "administration", "TKR", 2025]]
    underlag, problem = läs(tmp_path, {"Budget": rader})
    assert problem == []
    assert underlag.budget[0].model_dump(exclude={"källa", "beslutad"}) == {
        "post": "administration",
        "år": 2025,
        "belopp": Decimal(1000),
        "enhet": "tkr",
        "version": "reviderad",
    }
    assert underlag.budget[0].rad == 2


def test_an_id_of_an_uppgift_from_before_is_read_as_the_new(tmp_path: Path) -> None:
    underlag, _ = läs(tmp_path, FALL["gammalt_id"])  # type: ignore[arg-type]
    assert [(rad.id, rad.värde) for rad in underlag.uppgifter] == [("rakenskapsrevision", Decimal(36000))]


def test_empty_rows_and_remarks_are_skipped(tmp_path: Path) -> None:
    rad = ["administration", 2025, 1000, "kr", "ursprunglig"]
    rader = [["# vad bladet är"], [], BUDGET, ["# revision", 2025, "x"], ["  "], [], rad, [None, "#x"]]
    underlag, problem = läs(tmp_path, {"Budget": rader})
    assert [post.rad for post in underlag.budget] == [7]
    assert [ett.plats for ett in problem] == ["Budget!A8", "Budget!B8", "Budget!C8", "Budget!D8", "Budget!E8"]


@pytest.mark.parametrize(
    ("cell", "tal"),
    [
        (3600000, "3600000"),
        (1234.5, "1234.5"),
        (0.1 + 0.2, "0.3"),
        (3600000.0999999996, "3600000.1"),
        (-12.34, "-12.34"),
        (0, "0"),
        ("3 600 000", "3600000"),
        ("1 234,50", "1234.5"),
        ("1\u00a0234,50", "1234.5"),
        ("1\u202f234,50", "1234.5"),
        ("1234.50", "1234.5"),
        ("0,125", None),
        ("1 234-", "-1234"),
        ("−1 234,5", "-1234.5"),
        ("- 12", "-12"),
        ("+12", "12"),
        ("1 234.567", None),
        ("1,234", None),
        ("1.234,50", None),
        ("12 34", None),
        ("1e5", None),
        ("١٢", None),
        ("", None),
    ],
)
def test_amounts_are_exact(cell: object, tal: str | None) -> None:
    if tal is None:
        with pytest.raises(Cellfel):
            tolka_tal(Cellinnehåll(cell), 2)
    else:
        assert str(tolka_tal(Cellinnehåll(cell), 2).värde) == tal


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_every_amount_survives_as_a_float_in_a_cell(belopp: Decimal) -> None:
    assert tolka_tal(Cellinnehåll(float(belopp)), 2).värde == belopp


@pytest.mark.parametrize(
    ("värde", "enhet", "läst"),
    [
        (45, "%", Decimal(45)),
        (Procent(0.93), "%", Decimal(93)),
        (33.333333, "%", Decimal("33.333333")),
        ("2025-02-21", "datum", date(2025, 2, 21)),
        (date(2025, 2, 21), "datum", date(2025, 2, 21)),
        (2025, "text", "2025"),
        (1.5, "text", "1,5"),
        (None, "kr", None),
    ],
)
def test_värde_is_what_enhet_says(värde: object, enhet: str, läst: object, tmp_path: Path) -> None:
    underlag, _ = läs(tmp_path, {"Uppgifter": uppgift(värde, enhet)})
    assert [post.värde for post in underlag.uppgifter] == [läst]


def test_text_is_composed_and_line_breaks_are_plain(tmp_path: Path) -> None:
    rader = [MÅLOMRÅDE, ["a", " Ma\u030al ", "Ett_x000D_\nTvå"]]
    underlag, problem = läs(tmp_path, {"Målområden": rader})
    assert (underlag.målområden[0].namn, underlag.målområden[0].mål, problem) == ("Mål", "Ett\nTvå", [])


def test_sheet_names_are_found_whichever_way_they_are_written(tmp_path: Path) -> None:
    underlag, problem = läs(tmp_path, {"Budget": None, "BUDGET ": budget(1000)})
    assert [str(post.belopp) for post in underlag.budget] == ["1000"]
    assert problem == []


def test_a_bad_insats_does_not_make_its_references_unknown(tmp_path: Path) -> None:
    blad = {"Insatser": [INSATS, [*TEAMET[:2], "fel", "x.y"]], "Indikatorer": [INDIKATOR, ["teamet", "q", "?", "", 5]]}
    _, problem = läs(tmp_path, blad)
    assert [ett.plats for ett in problem] == ["Insatser!C2"]


def test_all_problems_at_once_but_not_without_end(tmp_path: Path) -> None:
    rader = [BUDGET, *[[f"rad{nr}", 2025, "x", "kr", "ursprunglig"] for nr in range(400)]]
    _, problem = läs(tmp_path, {"Budget": rader})
    assert len(problem) == 302
    assert problem[-1].text == "Fler än 300 fel; resten av bladet är inte läst. Rätta dem först."


def test_formulas_count_by_the_value_saved_with_them(tmp_path: Path) -> None:
    write_trasig(tmp_path / FIL, {"Budget": budget("=600+400"), "Uppgifter": uppgift('=IF(1=1,"","x")', "text")})
    delar = _delar(tmp_path / FIL)
    for namn, innehåll in delar.items():
        uträknat = innehåll.replace(b"<f>600+400</f><v></v>", b"<f>600+400</f><v>1000</v>")
        delar[namn] = uträknat.replace(b'<c r="C2"><f>IF', b'<c r="C2" t="str"><f>IF')
    underlag, problem = read_underlag(_packa(tmp_path, delar), FIL)
    assert problem == []
    assert [post.belopp for post in underlag.budget] == [Decimal(1000)]
    assert [post.värde for post in underlag.uppgifter] == [None]


# What is not a workbook


def _delar(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as arkiv:
        return {namn: arkiv.read(namn) for namn in arkiv.namelist()}


def _packa(katalog: Path, delar: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(katalog / "packad.xlsx", "w", zipfile.ZIP_DEFLATED) as arkiv:
        for namn, innehåll in delar.items():
            arkiv.writestr(namn, innehåll)
    return katalog / "packad.xlsx"


def _enda(path: Path) -> str:
    underlag, problem = read_underlag(path, FIL)
    assert underlag == Underlag(fil=FIL)
    assert [ett.nivå for ett in problem] == ["fel"]
    return problem[0].text


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("byte", "ord_"),
    [
        (b"", "inte en Excelarbetsbok"),
        (b"Rad;Belopp\n", "inte en Excelarbetsbok"),
        (b"PK\x03\x04 avhuggen", "inte en Excelarbetsbok"),
        (OLE + "Workbook".encode("utf-16-le"), "äldre format (.xls)"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "lösenord"),
    ],
)
def test_not_a_workbook(byte: bytes, ord_: str, tmp_path: Path) -> None:
    (tmp_path / FIL).write_bytes(byte)
    assert ord_ in _enda(tmp_path / FIL)


def test_a_file_that_is_not_there_and_a_folder(tmp_path: Path) -> None:
    assert _enda(tmp_path / "saknas.xlsx") == "Filen finns inte."
    assert _enda(tmp_path) == "Det här är ingen fil."


def test_other_archives(tmp_path: Path) -> None:
    assert "OpenDocument" in _enda(_packa(tmp_path, {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}))
    assert "arkiv men inte en Excelarbetsbok" in _enda(_packa(tmp_path, {"brev.txt": b"hej"}))
    assert "skadad" in _enda(_packa(tmp_path, {"[Content_Types].xml": b"<Types/>"}))


def test_what_swells_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    assert "större än 100 MB" in _enda(_packa(tmp_path, {"[Content_Types].xml": bytes(100_000_001)}))
    assert "orimligt många blad, rader eller celler" in _enda(
        _packa(tmp_path, {"[Content_Types].xml": b"<a/>" * 60_000})
    )


def test_too_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arbetsbok, "HÖGST_RADER", 20)
    write_trasig(tmp_path / FIL, {"Budget": [BUDGET, *[["x"] for _ in range(20)]]})
    assert "(bladet Budget)" in _enda(tmp_path / FIL)


def test_a_row_number_beyond_every_sheet(tmp_path: Path) -> None:
    write_trasig(tmp_path / FIL, {})
    delar = _delar(tmp_path / FIL)
    namn = "xl/worksheets/sheet2.xml"
    delar[namn] = delar[namn].replace(b"</sheetData>", b'<row r="999999999999"><c><v>1</v></c></row></sheetData>')
    assert "(bladet Budget)" in _enda(_packa(tmp_path, delar))


@settings(max_examples=antal(25, dyra=True), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_workbook_is_a_problem_not_a_traceback(data: st.DataObject, tmp_path: Path) -> None:
    write_underlag(tmp_path / FIL, Underlag())
    delar = _delar(tmp_path / FIL)
    namn = data.draw(st.sampled_from(sorted(delar)))
    början = data.draw(st.integers(0, len(delar[namn])))
    längd = data.draw(st.integers(1, 200))
    delar[namn] = delar[namn][:början] + data.draw(st.binary(max_size=20)) + delar[namn][början + längd :]
    underlag, problem = read_underlag(_packa(tmp_path, delar), FIL)
    assert isinstance(underlag, Underlag)
    assert all(ett.text and ett.fil == FIL for ett in problem)


def test_what_another_program_saves_is_read_the_same(tmp_path: Path) -> None:
    """A workbook that a user has opened and saved (here by openpyxl) gives the same underlag."""
    write_underlag(tmp_path / FIL, Underlag())
    minne = BytesIO()
    bok: Workbook = load_workbook(tmp_path / FIL)
    bok["Medlemsbidrag"].append(["kommunen", 2025, 450000.5, None, "Beslut"])
    bok.save(minne)
    (tmp_path / FIL).write_bytes(minne.getvalue())
    underlag, problem = read_underlag(tmp_path / FIL, FIL)
    assert problem == []
    assert [(post.medlem, post.belopp, post.rad) for post in underlag.medlemsbidrag] == [
        ("kommunen", Decimal("450000.5"), 5)
    ]
