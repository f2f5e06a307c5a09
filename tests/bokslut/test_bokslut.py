"""What closes the books: reconciliations, projects and intern kontroll, one small change at a time."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from facit import INPUTS, jämför, som_text
from finsam.begin.ar.blad import Rullning, rulla_blad
from finsam.checks.bokslut import check_avstämningar, check_projekt
from finsam.checks.kontrollera import kontrollera_en
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.underlag import Avstämning, Kontrollmoment, Projektrad, Underlagsrad
from finsam.oppna import öppna
from finsam.report.arsbok import Årsbok
from finsam.report.kalkyl.xlsx import write_xlsx
from finsam.statements.bokslut.specifikation import INGÅENDE, Saldodel, bokslutsspecifikation
from finsam.statements.bokslut.specifikation import öppna as öppna_delar
from finsam.statements.redovisning import redovisa

HÄR = Path(__file__).parent
FÄLT = {Avstämning: "avstämningar", Projektrad: "projektredovisning", Kontrollmoment: "intern_kontroll"}
Ändring = Callable[[Räkenskapsår], Räkenskapsår]


def med(klass: type[Underlagsrad], nr: int, **nytt: object) -> Ändring:
    """Change a row of a sheet."""

    def ändra(år: Räkenskapsår) -> Räkenskapsår:
        rader = list(getattr(år.underlag, FÄLT[klass]))
        rader[nr] = rader[nr].model_copy(update=nytt)
        return replace(år, underlag=år.underlag.model_copy(update={FÄLT[klass]: tuple(rader)}))

    return ändra


def utan(klass: type[Underlagsrad], *bort: int) -> Ändring:
    """Take rows of a sheet away; all when none is named."""

    def ändra(år: Räkenskapsår) -> Räkenskapsår:
        rader = getattr(år.underlag, FÄLT[klass]) if bort else ()
        kvar = tuple(rad for nr, rad in enumerate(rader) if nr not in bort)
        return replace(år, underlag=år.underlag.model_copy(update={FÄLT[klass]: kvar}))

    return ändra


FALL: dict[str, Ändring] = {
    "som_det_ska": lambda år: år,
    "inga_avstamningar": utan(Avstämning),
    "tva_konton_inte_avstamda": utan(Avstämning, 0, 5),
    "annat_belopp_enligt_banken": med(Avstämning, 4, belopp=Decimal("3348827.46")),
    "konto_som_inte_finns": med(Avstämning, 4, konto="1939"),
    "skuld_med_minus": med(Avstämning, 5, belopp=Decimal(-54375)),
    "skuld_utan_egen_rad": med(Projektrad, 0, förskott="not.skulder.projektet"),
    "avstamt_i_november": med(Avstämning, 0, datum=date(2025, 11, 30)),
    "inga_projekt": utan(Projektrad),
    "faktat_finns_inte": med(Projektrad, 0, intäkter="not.intakter.efs"),
    "fel_andel": med(Projektrad, 0, andel=Decimal(65)),
    "mer_bidrag_an_kostnader": med(Projektrad, 0, andel=Decimal(50), stödgrundande=""),
    "inom_andelen_utan_konton": med(Projektrad, 0, stödgrundande=""),
    "beviljat_mindre_an_intakterna": med(Projektrad, 0, beviljat=Decimal(1000000)),
    "utbetalt_stammer_inte_med_skulden": med(Projektrad, 0, utbetalt=Decimal(1500000)),
    "slutade_med_pengar_kvar": med(Projektrad, 0, till=date(2025, 6, 30)),
    "slutar_innan_det_borjar": med(Projektrad, 0, till=date(2024, 6, 30)),
    "kostnader_utanfor_tiden": med(Projektrad, 0, från=date(2025, 1, 1)),
}


@pytest.fixture(scope="module")
def bok() -> Årsbok:
    return öppna("tvealven", 2025, inputs=INPUTS)


@pytest.mark.parametrize("fall", FALL)
def test_what_is_said(bok: Årsbok, fall: str) -> None:
    r = redovisa(FALL[fall](bok.år))
    funna = (f for kontroll in (check_avstämningar, check_projekt) for f in kontrollera_en(kontroll, r))
    jämför("\n".join(f"{f.kod} {f.nivå}: {f.text} [{f.källa}]" for f in funna), HÄR / f"{fall}.txt")


def test_every_case_has_its_file_and_every_file_its_case() -> None:
    assert {fil.stem for fil in HÄR.glob("*.txt")} == {*FALL, "projektredovisning", "specifikation"}


def test_the_table_of_the_project(bok: Årsbok) -> None:
    """The year's amounts are those of rakning.md; in all is the two years together."""
    [tabell] = bok.projektredovisning.tabellblock()
    jämför(som_text(tabell), HÄR / "projektredovisning.txt")
    assert bok.fakta["projekt.klivet.intakter_hela"].värde == Decimal("331178.40") + Decimal("681281.28")
    assert bok.fakta["projekt.klivet.aterstar"].värde == bok.fakta["not.skulder.esf"].värde


def test_a_year_without_the_sheets_has_no_headings(bok: Årsbok) -> None:
    år = utan(Kontrollmoment)(utan(Projektrad)(bok.år))
    tom = Årsbok(redovisa(år))
    assert [*tom.projektredovisning.prosa(), *tom.intern_kontroll.prosa()] == []


def test_the_next_year_goes_on_where_this_one_ended(bok: Årsbok) -> None:
    rullning = Rullning(2025, 2026, bok.fakta)
    [projekt] = rulla_blad(Projektrad, bok.år.underlag.projektredovisning, rullning).rader
    assert isinstance(projekt, Projektrad)
    assert (projekt.tidigare_intäkter, projekt.utbetalt) == (Decimal("331178.40"), None)
    assert projekt.tidigare_kostnader == Decimal("632875.72")
    assert rulla_blad(Projektrad, bok.år.underlag.projektredovisning, Rullning(2027, 2028, bok.fakta)).rader == ()
    assert all(m.läge == "" for m in rulla_blad(Kontrollmoment, bok.år.underlag.intern_kontroll, rullning).rader)
    assert rulla_blad(Avstämning, bok.år.underlag.avstämningar, rullning).rader == ()


def test_the_workbook_shows_what_every_balance_consists_of(bok: Årsbok, tmp_path: Path) -> None:
    write_xlsx(bok, [], fil := tmp_path / "bok.xlsx")
    blad = openpyxl.load_workbook(fil, data_only=True)["Bokslutsspecifikation"]
    rader = [" | ".join("" if c is None else f"{c}" for c in rad).rstrip(" |") for rad in blad.values]
    jämför("\n".join(rad for rad in rader if rad), HÄR / "specifikation.txt")
    formler = openpyxl.load_workbook(fil)["Bokslutsspecifikation"]
    saldon = [cell.value for cell in formler["D"] if isinstance(cell.value, str) and cell.value.startswith("=")]
    konton = [konto for post in bokslutsspecifikation(bok.år) for konto in post.konton]
    assert sum(bool(re.fullmatch(r"=-?Saldon![A-Z]+\d+", formel)) for formel in saldon) == len(konton)


@pytest.mark.parametrize(("förbund", "år"), [("tvealven", 2024), ("exempelforbundet", 2025), ("sofint", 2024)])
def test_the_parts_add_up_to_the_balance_and_the_konton_to_their_post(förbund: str, år: int) -> None:
    bok = öppna(förbund, år, inputs=INPUTS)
    for post in bokslutsspecifikation(bok.år):
        assert all(sum(del_.belopp for del_ in konto.delar) == konto.saldo for konto in post.konton)
        fakta = "br.eget_kapital_bokfort" if post.post == "br.eget_kapital" else post.post
        assert sum(konto.saldo for konto in post.konton) == bok.fakta[fakta].värde


BELOPP = st.sampled_from([Decimal(n) for n in (-12, -7, -5, -5, -2, 2, 5, 7, 7, 12)])


@given(st.lists(BELOPP), BELOPP)
def test_what_is_left_has_the_same_sum(rader: list[Decimal], ingående: Decimal) -> None:
    delar = [Saldodel(INGÅENDE, ingående), *(Saldodel(f"{n}", b, date(2025, 1, 1)) for n, b in enumerate(rader))]
    kvar = öppna_delar(delar)
    assert sum(del_.belopp for del_ in kvar) == ingående + sum(rader)
    assert len(kvar) <= len(delar)
