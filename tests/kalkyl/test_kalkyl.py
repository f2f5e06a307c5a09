"""What the workbook is made of, piece by piece: names, heights, totals; and a table that no förbund has sent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from facit import INPUTS
from finsam.checks.kontrollera import KONTROLLER, jämförelser
from finsam.model.fakta import Fakta, Indata, Summa
from finsam.oppna import öppna
from finsam.prove.formler import Formler
from finsam.report.arsbok import Årsbok
from finsam.report.kalkyl.kalkylblad import Kalkylblad
from finsam.report.kalkyl.kalkylbok import Kalkylbok, TätBok
from finsam.report.kalkyl.kontrollblad import GODTAGET
from finsam.report.kalkyl.matt import RAD, höjd, rader
from finsam.report.kalkyl.namn import namnge
from finsam.report.kalkyl.summor import Ruta, summaformel
from finsam.report.kalkyl.tabellblad import EGNA_BLAD, bladordning
from finsam.report.kalkyl.xlsx import ANDRA_BLAD, write_xlsx

GILTIGT = re.compile(r"[A-Za-z_][A-Za-z0-9_.]{0,254}")
SOM_CELL = re.compile(r"[a-z]{1,3}\d+|r\d*c\d*|[rc]", re.IGNORECASE)
NYCKEL = st.text(min_size=1, max_size=300) | st.from_regex(r"[rc]\d*c?\d*|[a-z]{1,3}\d{1,4}", fullmatch=True)


@given(st.lists(NYCKEL, unique=True, max_size=30))
def test_every_key_has_a_name_that_excel_takes_and_no_other_has(nycklar: list[str]) -> None:
    namn = namnge(nycklar)
    assert list(namn) == nycklar
    assert len({ett.casefold() for ett in namn.values()}) == len(nycklar)
    for ett in namn.values():
        assert GILTIGT.fullmatch(ett)
        assert not SOM_CELL.fullmatch(ett)


def test_every_fact_of_a_year_is_called_by_its_id_and_year(sofint: Årsbok) -> None:
    namn = namnge(sofint.fakta)
    assert namn["rr.verksamhetens_intakter/2024"] == "rr_verksamhetens_intakter_2024"
    assert all(ett == re.sub(r"\W", "_", nyckel, flags=re.ASCII) for nyckel, ett in namn.items() if nyckel.isascii())


@given(st.text("abcdåäö mW.1,", max_size=300), st.integers(8, 70))
def test_a_text_has_room_for_all_its_letters(text: str, bredd: int) -> None:
    antal = rader(text, bredd)
    assert antal >= max(1, sum(map(len, text.split())) * 0.4 / bredd)
    assert antal >= rader(text, bredd + 20) >= 1
    assert rader(text, bredd, fet=True) >= antal
    assert höjd(antal) == min(409, antal * RAD)


def fakta(**värden: Decimal | int | tuple[str, ...]) -> dict[str, Fakta]:
    """Facts by name: a figure, or the others that it is the sum of (with a minus before those taken away)."""
    ut: dict[str, Fakta] = {}
    for namn, värde in värden.items():
        if isinstance(värde, tuple):
            termer = tuple((-1, f"{n[1:]}/1") if n.startswith("-") else (1, f"{n}/1") for n in värde)
            summa = sum((t * (ut[n].värde or 0) for t, n in termer), Decimal(0))
            ut[f"{namn}/1"] = Fakta(namn, "1", summa, "kr", "", Summa(termer))
        else:
            ut[f"{namn}/1"] = Fakta(namn, "1", Decimal(värde), "kr", "", Indata("", ""))
    return ut


@pytest.mark.parametrize(
    ("värden", "visade", "formel"),
    [
        ({"a": 1, "b": 2, "s": ("a", "b")}, "a b s", "=SUM(C5:C6)"),
        ({"a": 1, "b": 2, "s": ("a", "b")}, "a . b s", "=SUM(C5:C7)"),  # a heading between them
        ({"a": 1, "v": 9, "b": 2, "s": ("a", "b")}, "a v b s", "=SUM(C5,C7)"),  # varav
        ({"a": 5, "b": 2, "s": ("a", "-b")}, "a b s", "=SUM(C5)-SUM(C6)"),
        ({"a": 5, "b": 2, "s": ("a", "-b")}, "a -b s", "=SUM(C5:C6)"),  # costs are shown with a minus
        ({"a": 1, "b": 2, "d": ("a", "b"), "c": 3, "s": ("d", "c")}, "a b c s", "=SUM(C5:C7)"),  # d is not shown
        ({"a": 1, "b": 0, "s": ("a", "b")}, "a s", "=SUM(C5)"),  # a row of nil is not shown
        ({"a": 1, "b": 2, "s": ("a", "b")}, "a s", None),  # a part is not seen
        ({"a": 1, "b": 2, "s": 3}, "a b s", "=SUM(C5:C6)"),  # made otherwise, but they come to it
        ({"a": 1, "b": 2, "s": 4}, "a b s", None),
        ({"a": 1, "s": ("a", "a")}, "a s", None),  # a row that counts twice
        ({"s": 3}, "s", None),
        ({"a": -1, "b": -2, "s": ("a", "b")}, "a b s", "=SUM(C5:C6)"),
    ],
)
def test_a_total_adds_up_the_rows_it_is_made_of(värden: dict[str, Any], visade: str, formel: str | None) -> None:
    alla = fakta(**värden)
    rutor = [
        Ruta(nr, alla[f"{ett.removeprefix('-')}/1"], -1 if ett.startswith("-") else 1, ett in ("s", "d"))
        for nr, ett in enumerate(visade.split(), 4)
        if ett != "."
    ]
    svar = summaformel(rutor[-1], "C", rutor, alla)
    assert svar == formel
    if svar:
        celler = {("B", f"C{r.rad + 1}"): r.visat for r in rutor[:-1]}
        assert Formler({("B", "C99"): svar}, celler).värde(("B", "C99")) == Fraction(rutor[-1].visat)


@given(st.lists(st.sampled_from([*EGNA_BLAD, "not_x", "not_y", "mal_x", "insats_y"]), max_size=30, unique=True))
def test_every_table_stands_on_one_sheet(id_: list[str]) -> None:
    platser = bladordning(id_)
    assert sorted(nr for blad in platser for nr in blad) == list(range(len(id_)))
    assert all(len({id_[nr] in EGNA_BLAD or id_[nr].startswith("not_") for nr in blad}) == 1 for blad in platser)


def test_every_check_that_holds_facts_against_each_other_agrees_with_what_it_found(
    sofint: Årsbok, exempel: Årsbok
) -> None:
    """The two sides are equal where the check found nothing."""
    for bok in (sofint, exempel):
        funna = {f.kod for f in bok.findings if f.nivå != "ok"}
        jämförda = jämförelser(bok.redovisning)
        assert len(jämförda) > 20
        assert {kod for kod, _ in jämförda} <= {ett.kod for ett in KONTROLLER if ett.avstämning}
        for kod, ett in jämförda:
            if kod not in funna:
                assert _summa(ett.ena, bok.fakta) == _summa(ett.andra, bok.fakta), ett


def _summa(led: tuple[str, ...], alla: Mapping[str, Fakta]) -> Decimal:
    värden = ((-1 if n.startswith("-") else 1, alla.get(n.removeprefix("-"))) for n in led)
    return sum((t * f.värde for t, f in värden if f is not None and f.värde is not None), Decimal(0))


ELAKT = ("=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "http://x.se", "<r>x</r>", "1234", "\tx", "{=1}")


def _rad(nr: int, nyckel: str | None, *, summa: bool = False) -> dict[str, Any]:
    ord_ = ELAKT[nr % len(ELAKT)]
    return {
        "id": f"r{nr}",
        "etikett": f"{ord_} {'mycket långt namn ' * (nr % 7)}".strip() if not summa else ord_,
        "not": None,
        "slag": "summa" if summa else "post",
        "summa": summa,
        "varden": [-600 if summa else -15, None],
        "visat": ["−15", ord_],
        "fakta": [nyckel, None],
        "marke": "",
    }


def test_forty_rows_of_odd_names_in_one_year_that_are_all_negative(sofint: Årsbok, tmp_path: Path) -> None:
    """Names that would be formulas, links or numbers are words; the total is the rows; only one year has figures."""
    bok = med_fyrtio(sofint)
    rader_ = [_rad(nr, f"prov.r{nr}/2024") for nr in range(40)]
    tabell = {
        "id": "egen",
        "rubrik": "=1+1",
        "enhet": "kr",
        "kolumner": ["=2024", "@ord"],
        "marken": ["", ""],
        "rader": [*rader_, _rad(40, "prov.summa/2024", summa=True)],
        "fotnot": "=cmd|' /C calc'!A0",
        "form": "tabell",
    }
    write_xlsx(bok, [tabell, {**tabell, "id": "annan"}, {**tabell, "id": "not_x"}], fil := tmp_path / "bok.xlsx")
    skrivet = openpyxl.load_workbook(fil)
    blad = skrivet["Övriga tabeller"]
    formler = {c.coordinate: c.value for rad in blad.iter_rows() for c in rad if c.data_type == "f"}
    assert formler["B6"] == "=prov_r0_2024"
    assert formler["B46"] == "=SUM(B6:B45)"
    assert formler["D46"] == '=IF(ABS(B46-prov_summa_2024)<0.005,"OK","FEL")'
    assert all(
        re.fullmatch(r"=(prov_\w+|SUM\(B\d+:B\d+\)|IF\(ABS\(B\d+-prov_\w+\)<0\.005,\"OK\",\"FEL\"\))", f)
        for f in formler.values()
    )
    assert [blad[cell].value for cell in ("A4", "B5", "C5", "A6", "C6")] == ["=1+1", "=2024", "@ord", "=1+1", "=1+1"]
    assert all(blad[cell].data_type == "s" for cell in ("A4", "B5", "C5", "A6", "C6", "A47"))
    höga = [nr for nr in range(40) if (blad.row_dimensions[nr + 6].height or RAD) > RAD]
    assert {nr for nr in range(40) if nr % 7 >= 3} <= set(höga) < set(range(1, 40))
    assert not any(c.hyperlink.target for ett in skrivet for rad in ett.iter_rows() for c in rad if c.hyperlink)


def test_many_tables_on_a_sheet_are_listed_first(sofint: Årsbok, tmp_path: Path) -> None:
    """Each leads to its own; what is of goals, of insatser and of the rest has a sheet each."""
    tabell = {"enhet": "kr", "kolumner": ["2024"], "marken": [""], "rader": [_rad(0, None)], "fotnot": "", "form": ""}
    id_ = ("insats_a_mal", "mal_a", "uppdrag", "insats_b_mal", "insats_c_mal", "insats_d_mal")
    write_xlsx(sofint, [{**tabell, "id": ett, "rubrik": f"Om {ett}"} for ett in id_], fil := tmp_path / "bok.xlsx")
    skrivet = openpyxl.load_workbook(fil)
    assert [n for n in skrivet.sheetnames if n not in ANDRA_BLAD] == ["Mål", "Insatser", "Övriga tabeller"]
    blad = skrivet["Insatser"]
    länkar = [blad.cell(rad, 1) for rad in range(4, 8)]
    mål = [blad[länk.hyperlink.location.rpartition("!")[2]] for länk in länkar]
    assert [cell.value for cell in mål] == [länk.value for länk in länkar] == [f"Om insats_{x}_mal" for x in "abcd"]
    assert len({cell.row for cell in mål}) == 4
    assert skrivet["Mål"]["A4"].hyperlink is None


@pytest.mark.langsam
def test_a_difference_within_the_rounding_is_told_as_accepted(tmp_path: Path) -> None:
    """With that amount alone: another difference is FEL, and is counted."""
    bok = öppna("sofint", 2020, inputs=INPUTS)
    write_xlsx(bok, [], fil := tmp_path / "bok.xlsx")
    formler, sparat = (openpyxl.load_workbook(fil, data_only=ett)["Kontroller"] for ett in (False, True))
    [rad] = [r for r in sparat.iter_rows(min_row=5) if r[5].value == GODTAGET]
    assert (rad[0].value, rad[4].value, sparat["F1"].value, sparat["G4"].value) == ("C30", 1, 0, "Varför det godtas")
    assert "Det ryms i radernas avrundning" in rad[6].value
    nr = rad[0].row
    formel = {("K", "F1"): formler[f"F{nr}"].value.replace(str(nr), "1")}
    värde, annat = (Formler(formel, {("K", "E1"): Decimal(tal)}).värde(("K", "F1")) for tal in (1, 2))
    assert (värde, annat) == (GODTAGET, "FEL")


def test_cells_that_follow_each_other_are_told_by_their_place(tmp_path: Path) -> None:
    """A row with a gap has the places of its cells; what is read is the same."""
    ström = BytesIO()
    vanlig, tät = Kalkylbok(ström, "Prov"), TätBok("Prov")
    rader = (("a", 1, "b"), ("c", None, "d"), (None, 2), ('<c r="A1"',), (), ("", "=1<2"), ("e", "=A1"), (3,))
    for bok, blad in ((vanlig, vanlig.add_worksheet("Prov", Kalkylblad)), (tät, tät.add_worksheet("Prov", Kalkylblad))):
        fet, kursiv = bok.add_format({"bold": True}), bok.add_format({"italic": True})
        blad.set_column(2, 2, 9, kursiv)
        blad.set_row(0, 20, fet)
        for nr, värden in enumerate(rader * 5):
            for kol, värde in enumerate(värden):
                match värde:
                    case int():
                        blad.write_number(nr, kol, värde, fet if nr else None)
                    case str() if värde.startswith("="):
                        blad.write_formula(nr, kol, värde, fet, "OK" if "A" in värde else 1.5)
                    case str():
                        blad.write_string(nr, kol, värde, fet if nr > 1 else None)
        bok.close()
    före, efter = (ZipFile(BytesIO(data)) for data in (ström.getvalue(), tät.packad()))
    assert före.namelist() == efter.namelist()
    rätt, våra = ([zip_.read(del_).decode() for del_ in zip_.namelist()] for zip_ in (före, efter))
    assert [re.sub('<c r="[A-Z]+[0-9]+"', "<c", del_) for del_ in rätt] == [
        re.sub('<c r="[A-Z]+[0-9]+"', "<c", del_) for del_ in våra
    ]
    xml = efter.read("xl/worksheets/sheet1.xml")
    assert re.findall(rb'<c r="(\w+)"', xml)[:4] == [b"A2", b"C2", b"B3", b"A10"]
    assert list(openpyxl.load_workbook(BytesIO(ström.getvalue()))["Prov"].values) == list(
        openpyxl.load_workbook(BytesIO(tät.packad()))["Prov"].values
    )


def med_fyrtio(bok: Årsbok) -> Årsbok:
    """The year with forty facts of −15 and their sum."""
    alla = bok.redovisning.fakta.utan((), 0)
    for nr in range(40):
        alla.indata(f"prov.r{nr}", "2024", Decimal(-15), "kr", "=1+1", Indata("=a", "@b"))
    alla.summa("prov.summa", "2024", [(1, f"prov.r{nr}/2024") for nr in range(40)], "summan")
    return Årsbok(replace(bok.redovisning, fakta=alla))
