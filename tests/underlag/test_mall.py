"""The template: what is written is read back the same, always in the same bytes, and nothing becomes a formula."""

from __future__ import annotations

import unicodedata
import zipfile
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pydantic.fields import FieldInfo

from finsam.begin.ar.underlag import PROSA
from finsam.begin.mall import FÖRSTA_RAD, write_underlag
from finsam.begin.mallexempel import EXEMPEL
from finsam.checks.texter import skrivna_tal
from finsam.model.skala import SKALOR
from finsam.model.underlag import BLAD, Enkätsvar, Indikator, Insats, Målområde, Målrad, Underlag, Underlagsrad, Uppgift
from finsam.read.indata import OSYNLIGT
from finsam.read.underlag.blad import kolumner, rubrik, typer, val
from finsam.read.underlag.underlag import I_UNDERLAGET, LÄS_MIG, NYCKLAR, read_underlag
from prov import antal

FIL = "underlag.xlsx"
TÅLAMOD = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
TECKEN = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")).filter(lambda t: not OSYNLIGT.search(t))
TEXT = st.text(TECKEN | st.just("\n"), min_size=1, max_size=40).map(lambda t: unicodedata.normalize("NFC", t).strip())
ORD = TEXT.filter(lambda t: bool(t) and not t.startswith("#"))
ID = st.text("abcxyzABC019_", min_size=1, max_size=12)
DAG = st.dates(date(1901, 1, 1), date(2199, 12, 31))
KRONOR = st.decimals(-(10**10), 10**10, places=2)
MÅTT = st.decimals(-(10**6), 10**6, places=6)
SKRIVSÄTT = {"kr": KRONOR, "tkr": st.decimals(-(10**6), 10**6, places=5)}


def tal(klass: type[Underlagsrad], namn: str, enhet: str | None) -> st.SearchStrategy[Decimal]:
    """Numbers with the decimals their unit may have."""
    if namn == "andel":
        return st.decimals(0, 100, places=6)
    return SKRIVSÄTT.get(enhet, MÅTT) if "enhet" in kolumner(klass) and enhet is not None else KRONOR


def värde(klass: type[Underlagsrad], namn: str, fält: FieldInfo, rad: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """Anything a field can hold, given the row's Enhet."""
    enhet = rad.get("enhet")
    möjliga = typer(fält)
    if val(fält):
        strategi: st.SearchStrategy[Any] = st.sampled_from(val(fält))
    elif len(möjliga) > 1:
        strategi = {"datum": DAG, "text": ORD}.get(str(enhet), tal(klass, namn, enhet))
    elif Decimal in möjliga:
        strategi = tal(klass, namn, enhet)
    elif int in möjliga:
        strategi = {"år": st.integers(2000, 2099), "månad": st.integers(1, 12), "nr": st.integers(1, 99)}.get(
            namn, st.integers(0, 10**9)
        )
    elif date in möjliga:
        strategi = DAG
    else:
        strategi = ID if namn in ("id", "mått", "insats", "område") else ORD
        if namn == "funktion":  # what stands after a full stop is the name of a row, and read as its id
            strategi = ORD.filter(lambda ord_: "." not in ord_)
    return strategi if fält.is_required() else st.just(fält.default) | strategi


@st.composite
def rader(draw: st.DrawFn, klass: type[Underlagsrad], ids: Mapping[str, list[str]]) -> tuple[Underlagsrad, ...]:
    """Rows of a sheet as they are read: different by their key, naming what exists."""
    ut: dict[object, Underlagsrad] = {}
    for _ in range(draw(st.integers(0, 3))):
        rad: dict[str, Any] = {}
        fälten = kolumner(klass)
        for namn in sorted(fälten, key=lambda namn: namn != "enhet"):
            fält = fälten[namn]
            if namn in ids:
                if not ids[namn] and fält.is_required():
                    return ()
                rad[namn] = draw(st.sampled_from([*ids[namn], *([] if fält.is_required() else [""])]))
            else:
                rad[namn] = draw(värde(klass, namn, fält, rad))
        nyckel = tuple(rad[namn] for namn in NYCKLAR.get(klass, ())) or len(ut)
        if nyckel not in ut:
            ut[nyckel] = klass(**rad, rad=FÖRSTA_RAD + 1 + len(ut))
    return tuple(ut.values())


SVAR = {**SKALOR, "egen": ("röd", "grön", "vet inte")}


@st.composite
def enkätsvar(draw: st.DrawFn, insatser: list[str]) -> tuple[Underlagsrad, ...]:
    """Counts of answers: a question has one scale, each answer once, and somebody who answered."""
    ut: list[Underlagsrad] = []
    for fråga in draw(st.lists(ID, max_size=2, unique=True)) if insatser else ():
        insats, skala, år = draw(
            st.tuples(st.sampled_from(insatser), st.sampled_from(sorted(SVAR)), st.integers(2000, 2099))
        )
        for svar in draw(st.lists(st.sampled_from(SVAR[skala]), min_size=1, unique=True)):
            fält = {"insats": insats, "enkätfråga": fråga, "skala": skala, "svarsalternativ": svar, "år": år}
            antal = draw(st.integers(1, 10**9))
            ut.append(Enkätsvar.model_validate({**fält, "antal": antal, "rad": FÖRSTA_RAD + 1 + len(ut)}))
    return tuple(ut)


@st.composite
def indikatorer(draw: st.DrawFn, insatser: list[str], svar: tuple[Enkätsvar, ...]) -> tuple[Underlagsrad, ...]:
    """Shares that are typed, or that name a question and one of its answers."""
    ut: list[Underlagsrad] = []
    for id_ in draw(st.lists(ID, max_size=3, unique=True)) if insatser else ():
        fält = {
            "insats": draw(st.sampled_from(insatser)),
            "id": id_,
            "fråga": draw(ORD),
            "rad": FÖRSTA_RAD + 1 + len(ut),
        }
        if räknad := draw(st.none() | st.sampled_from(svar)) if svar else None:
            fält |= {"insats": räknad.insats, "enkätfråga": räknad.enkätfråga, "skala": räknad.svarsalternativ}
        else:
            fält |= {"andel": draw(tal(Indikator, "andel", None)), "svar": draw(st.none() | st.integers(0, 10**9))}
        ut.append(Indikator.model_validate(fält))
    return tuple(ut)


@st.composite
def underlagen(draw: st.DrawFn) -> Underlag:
    """Any underlag that can be read."""
    fält: dict[str, Any] = {}
    ids: dict[str, list[str]] = {}
    for klass, kolumn in ((Insats, "insats"), (Målområde, "område")):
        fält[I_UNDERLAGET[klass]] = draw(rader(klass, {}))
        ids[kolumn] = [rad.id for rad in fält[I_UNDERLAGET[klass]]]
    fält["enkätsvar"] = draw(enkätsvar(ids["insats"]))
    fält["indikatorer"] = draw(indikatorer(ids["insats"], fält["enkätsvar"]))
    for klass, namn in I_UNDERLAGET.items():
        if namn not in fält:
            fält[namn] = draw(rader(klass, ids))
    return Underlag(fil=FIL, **fält)


@settings(max_examples=antal(25, dyra=True), suppress_health_check=TÅLAMOD)
@given(underlag=underlagen())
def test_what_is_written_is_read_back_the_same(underlag: Underlag, tmp_path: Path) -> None:
    write_underlag(tmp_path / FIL, underlag)
    assert read_underlag(tmp_path / FIL, FIL) == (underlag, [])


@settings(max_examples=antal(10, dyra=True), suppress_health_check=TÅLAMOD)
@given(underlag=underlagen())
def test_the_same_underlag_gives_the_same_bytes(underlag: Underlag, tmp_path: Path) -> None:
    write_underlag(tmp_path / "ett.xlsx", underlag)
    write_underlag(tmp_path / "två.xlsx", underlag)
    assert (tmp_path / "ett.xlsx").read_bytes() == (tmp_path / "två.xlsx").read_bytes()


def test_no_clock_in_the_workbook(tmp_path: Path) -> None:
    write_underlag(tmp_path / FIL, Underlag())
    with zipfile.ZipFile(tmp_path / FIL) as arkiv:
        assert {del_.date_time[0] for del_ in arkiv.infolist()} == {1980}
        assert b"dcterms:W3CDTF" not in arkiv.read("docProps/core.xml")


# The empty template


@pytest.fixture(scope="module")
def mall(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mall") / FIL
    write_underlag(path, Underlag())
    return path


def test_the_empty_template_is_a_sound_underlag(mall: Path) -> None:
    assert read_underlag(mall, FIL) == (Underlag(fil=FIL), [])


def test_every_sheet_explains_itself(mall: Path) -> None:
    bok = load_workbook(mall)
    assert bok.sheetnames == [LÄS_MIG, *(klass.blad for klass in BLAD)]
    for klass in BLAD:
        blad = bok[klass.blad]
        assert blad["A1"].value == klass.om
        assert [cell.value for cell in blad[3]] == [rubrik(fält) for fält in kolumner(klass).values()]
        assert str(blad["A4"].value).startswith("# ")
        assert blad.freeze_panes == "B4"
        for förklaring, fält in zip(blad[2], kolumner(klass).values(), strict=True):
            assert str(förklaring.value or "").startswith("Ska fyllas i") == fält.is_required()


def test_every_choice_is_a_list_with_a_swedish_message(mall: Path) -> None:
    bok = load_workbook(mall)
    for klass in BLAD:
        regler = {str(regel.sqref).split(":")[0]: regel for regel in bok[klass.blad].data_validations.dataValidation}
        for nr, fält in enumerate(kolumner(klass).values(), 1):
            if val(fält):
                regel = regler[bok[klass.blad].cell(4, nr).coordinate]
                assert regel.formula1 == f'"{",".join(val(fält))}"'
                assert (regel.type, regel.errorStyle or "stop", regel.errorTitle) == ("list", "stop", rubrik(fält))
                assert regel.error.startswith("Välj ")


def test_the_examples_are_sound_when_their_mark_is_taken_away(mall: Path, tmp_path: Path) -> None:
    bok = load_workbook(mall)
    for klass in BLAD:
        bok[klass.blad]["A4"] = bok[klass.blad]["A4"].value.removeprefix("# ")
    bok.save(tmp_path / FIL)
    underlag, problem = read_underlag(tmp_path / FIL, FIL)
    assert [p for p in problem if p.nivå != "upplysning"] == []
    for klass in BLAD:
        (rad,) = getattr(underlag, I_UNDERLAGET[klass])
        assert rad == klass(**EXEMPEL[klass], rad=4)


def test_no_figure_is_typed_in_the_words_of_an_example() -> None:
    """An example is what is followed: its words name the figures (C10)."""
    ord_ = [(klass.blad, ett) for klass, fält in PROSA.items() for namn in fält if (ett := EXEMPEL[klass].get(namn))]
    assert [(blad, text) for blad, text in ord_ if list(skrivna_tal(str(text)))] == []


# Text from outside


def test_text_never_becomes_a_formula_or_a_link(tmp_path: Path) -> None:
    texter = (
        "=1+1",
        '=HYPERLINK("http://x")',
        "+1",
        "-1",
        "@SUM(A1)",
        "http://exempel.example",
        "{=1}",
        "007",
        "1-2",
        "TRUE",
    )
    poster = tuple(
        Uppgift(id=f"u{nr}", benämning=text, värde=text, enhet="text", källa=text, rad=4 + nr)
        for nr, text in enumerate(texter)
    )
    underlag = Underlag(fil=FIL, uppgifter=poster)
    write_underlag(tmp_path / FIL, underlag)
    assert read_underlag(tmp_path / FIL, FIL) == (underlag, [])
    blad = load_workbook(tmp_path / FIL)["Uppgifter"]
    celler = [cell for rad in blad.iter_rows(min_row=4, min_col=2, max_col=5) for cell in rad]
    assert {cell.data_type for cell in celler} == {"s"}
    assert not any(cell.hyperlink for cell in celler)
    assert all(blad.cell(rad, 3).quotePrefix for rad in range(4, 4 + len(texter)))


def test_a_number_too_long_for_a_cell_is_kept_exactly_as_text(tmp_path: Path) -> None:
    gräns = Decimal("1234567890.123456")
    rad = Målrad(id="m", slag="delmål", mål="Mål", gräns=gräns, rad=4)
    write_underlag(tmp_path / FIL, Underlag(mål=(rad,)))
    underlag, problem = read_underlag(tmp_path / FIL, FIL)
    assert underlag.mål == (rad,)
    assert [ett.nivå for ett in problem] == ["upplysning"]


def test_a_text_that_no_cell_can_hold_is_refused(tmp_path: Path) -> None:
    rad = Indikator(insats="a", id="b", fråga="x" * 32768, andel=Decimal(1))
    with pytest.raises(ValueError, match="får inte plats i en cell"):
        write_underlag(tmp_path / FIL, Underlag(indikatorer=(rad,)))
    assert not (tmp_path / FIL).exists()


def test_headings_are_locked_and_everything_else_is_not(tmp_path: Path) -> None:
    """Nobody needs a password, and rows can be added, taken away and sorted."""
    write_underlag(tmp_path / "u.xlsx", Underlag())
    bok = load_workbook(tmp_path / "u.xlsx")
    for blad in bok.worksheets[1:]:
        assert blad.protection.sheet, blad.title
        assert not blad.protection.password
        for får in ("insertRows", "deleteRows", "sort", "formatColumns"):
            assert getattr(blad.protection, får) is False, får  # that is how the format says that it is allowed
        assert all(blad.cell(rad, 1).protection.locked for rad in (1, 2, 3))
        assert not blad.cell(4, 1).protection.locked
        assert not blad.column_dimensions["A"].protection.locked
