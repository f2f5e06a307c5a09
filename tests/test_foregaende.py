"""The year before from a file of its own: what each situation says, and that the figures are the same as from one file.

The expected words stand in tests/foregaende/<situation>.txt: what the reading (C33) and check C29 say.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from bygg.sie import write_sie
from bygg.sie5 import write_sie5
from conftest import kör
from facit import INPUTS, jämför
from finsam.checks.kontrollera import kontrollera
from finsam.model.bokforing import Bokföring, Bokföringsår, Verifikationslista, är_omföring
from finsam.oppna import öppna
from finsam.read.arsmapp import read_räkenskapsår
from finsam.read.bokforing import read_bokföring
from finsam.read.foregaende import check_förra_mappen
from finsam.read.sie.sie import read_sie_bytes
from finsam.report.kalkyl.xlsx import write_xlsx
from finsam.statements.redovisning import redovisa
from prov import urval

FACIT = Path(__file__).parent / "foregaende"
Ändring = Callable[[Bokföring], Bokföring]
NOLL = Decimal(0)


def läs(fil: Path) -> Bokföring:
    bokföring, _ = read_bokföring(fil)
    assert bokföring
    return bokföring


def bokföringen(*ändringar: Ändring) -> Callable[[Path], None]:
    """The year's ledger, changed."""
    return lambda mapp: skriv(mapp / "bokforing.se", läs(mapp / "bokforing.se"), ändringar)


def föregående(*ändringar: Ändring, namn: str = "foregaende.se") -> Callable[[Path], None]:
    """Last year's ledger beside it, changed."""
    return lambda mapp: skriv(mapp / namn, läs(mapp.with_name("2024") / "bokforing.se"), ändringar)


def skriv(fil: Path, bokföring: Bokföring, ändringar: tuple[Ändring, ...]) -> None:
    for ändra in ändringar:
        bokföring = ändra(bokföring)
    fil.write_bytes(write_sie(bokföring))


def ensam(bok: Bokföring) -> Bokföring:
    """Without the year before."""
    return replace(bok, år={0: bok.år[0]})


def saldon(fält: str, nr: int = 0, **ändringar: str) -> Ändring:
    """Balances with amounts added: `_2010="5.00"`; without any, no balances of the kind at all."""

    def ändra(bok: Bokföring) -> Bokföring:
        nya = dict(getattr(bok.år[nr], fält)) if ändringar else {}
        for konto, belopp in ändringar.items():
            nya[konto[1:]] = nya.get(konto[1:], NOLL) + Decimal(belopp)
        return replace(bok, år={**bok.år, nr: replace(bok.år[nr], **{fält: nya})})

    return ändra


def resultat(bok: Bokföring) -> Decimal:
    """Årets resultat of a closed year."""
    return bok.år[0].res["8999"]


def oavslutad(bok: Bokföring) -> Bokföring:
    """As it was before årets resultat was booked on 2099 and 8999."""
    år, belopp = bok.år[0], resultat(bok)
    res = {konto: tal for konto, tal in år.res.items() if konto != "8999"}
    ub = {**år.ub, "2099": år.ub["2099"] + belopp}
    perioder = {nyckel: tal for nyckel, tal in år.perioder.items() if nyckel[0] not in ("2099", "8999")}
    return replace(
        bok,
        år={**bok.år, 0: replace(år, ub=ub, res=res, perioder=perioder)},
        verifikationer=Verifikationslista(),
        typ="1",
        objekt={},
    )


def ib_omförd(bok: Bokföring) -> Bokföring:
    """Opens with last year's result already on 2010."""
    år = bok.år[0]
    ib = {**år.ib, "2010": år.ib["2010"] + år.ib["2099"]}
    del ib["2099"]
    return replace(bok, år={**bok.år, 0: replace(år, ib=ib)})


def ib_utan_resultat(bok: Bokföring) -> Bokföring:
    """Opens without last year's result, which was never booked."""
    år = bok.år[0]
    ib = {konto: tal for konto, tal in år.ib.items() if konto != "2099"}
    ub = {**år.ub, "2010": år.ub["2010"] - år.ib["2099"]}
    return replace(bok, år={**bok.år, 0: replace(år, ib=ib, ub=ub)})


def alla(bok: Bokföring) -> Bokföring:
    """Every closing balance a krona higher or lower, in balance."""
    år = bok.år[0]
    ub = {konto: belopp + (-1) ** nr for nr, (konto, belopp) in enumerate(år.ub.items())}
    ub["1941"] -= sum(ub.values(), NOLL)
    return replace(bok, år={**bok.år, 0: replace(år, ub=ub)})


def förra_mappen(*ändringar: Ändring) -> Callable[[Path], None]:
    """Last year's ledger in its own folder, changed."""
    return lambda mapp: skriv(
        mapp.with_name("2024") / "bokforing.se", läs(mapp.with_name("2024") / "bokforing.se"), ändringar
    )


FALL: dict[str, tuple[Callable[[Path], None], ...]] = {
    "saknas": (bokföringen(ensam),),
    "fyller_i": (bokföringen(ensam), föregående()),
    "fyller_i_resultatet": (bokföringen(saldon("res", -1)), föregående()),
    "fyller_i_balansen": (bokföringen(saldon("ub", -1)), föregående()),
    "fyller_i_ingaende": (bokföringen(ensam, saldon("ib")), föregående()),
    "ingaende_avviker": (bokföringen(ensam), föregående(saldon("ub", _1941="-100.50", _2441="100.50"))),
    "resultat_omfort": (bokföringen(ensam, ib_omförd), föregående()),
    "resultat_omfort_i_en_fil": (bokföringen(ib_omförd),),
    "resultat_bokfort_efter_exporten": (bokföringen(ensam), föregående(oavslutad)),
    "resultat_ej_omfort": (bokföringen(ensam, ib_utan_resultat), föregående(oavslutad)),
    "jamfors_och_stammer": (föregående(),),
    "jamfors_och_skiljer": (föregående(saldon("ub", _1941="-100.50", _2441="100.50")),),
    "resultatet_bokfort_i_bara_den_ena": (föregående(oavslutad),),
    "jamfors_och_skiljer_mycket": (föregående(alla),),
    "resultatet_jamfors": (bokföringen(saldon("ub", -1)), föregående(saldon("res", _4511="5", _7413="-5"))),
    "bokfort_i_forra_mappen": (förra_mappen(saldon("ub", _2441="-12000"), saldon("res", _5911="12000")),),
    "annan_organisation": (bokföringen(ensam), föregående(lambda bok: replace(bok, orgnr="222000-1818"))),
    "enskild_firma": (bokföringen(ensam), föregående(lambda bok: replace(bok, orgnr="850101-1236"))),
    "utan_orgnr": (bokföringen(ensam), föregående(lambda bok: replace(bok, orgnr=""))),
    "samma_ar": (lambda mapp: (mapp / "foregaende.se").write_bytes((mapp / "bokforing.se").read_bytes()),),
    "tva_filer": (föregående(), föregående(namn="foregaende.si")),
    "gar_inte_att_lasa": (lambda mapp: (mapp / "foregaende.se").write_bytes(b"<html>404"),),
    "bada_gar_inte_att_lasa": (
        lambda mapp: (mapp / "bokforing.se").write_bytes(b"<html>404"),
        lambda mapp: (mapp / "foregaende.se").write_bytes(b""),
    ),
}


def sagt(utskrift: str) -> list[str]:
    """What is said of how the files were read and of the opening balance, each on a line."""
    rader = utskrift.replace("\n       ", " ").splitlines()
    return [rad for rad in rader if (" C29 " in rad or " C33 " in rad) and "Kontrollsumman stämmer" not in rad]


@pytest.mark.langsam
@pytest.mark.parametrize("fall", FALL)
def test_what_is_said(kopia: Callable[[], Path], fall: str) -> None:
    inputs = kopia()
    for ändra in FALL[fall]:
        ändra(inputs / "exempelforbundet" / "2025")
    svar = kör("kontrollera", "exempelforbundet", "2025", "--inputs", inputs, "--utforligt")
    assert "Traceback" not in svar.output
    rader = svar.output.splitlines() if svar.exit_code == 2 else sagt(svar.output)
    jämför(
        "\n".join((f"felkod {svar.exit_code}", *filter(None, rader))).replace(str(inputs), "inputs"),
        FACIT / f"{fall}.txt",
    )


@pytest.mark.parametrize(
    ("ändringar", "sägs"),
    [
        ((saldon("ub", _2441="-12000"), saldon("res", _5911="12000")), True),
        ((), False),
        ((oavslutad,), False),
        ((lambda bok: replace(bok, orgnr="222000-1818"),), False),
    ],
    ids=["bokfört efteråt", "samma", "bara resultatet", "en annans"],
)
def test_last_years_folder_holds_what_this_year_says(
    tmp_path: Path, ändringar: tuple[Ändring, ...], sägs: bool
) -> None:
    for år in ("2024", "2025"):
        (tmp_path / år).mkdir()
        shutil.copy(INPUTS / "exempelforbundet" / år / "bokforing.se", tmp_path / år)
    fil = tmp_path / "2025" / "bokforing.se"
    förra_mappen(*ändringar)(fil.parent)
    sagt = [ett.text for ett in check_förra_mappen(läs(fil), fil, "2025/bokforing.se", 2025)]
    assert len(sagt) == sägs
    assert all("2441" in ett and "5911" in ett for ett in sagt)


# The figures


def delad(bok: Bokföring) -> tuple[Bokföring, Bokföring]:
    """A ledger of two years as two of one, each with no more konton and objekt than it uses."""
    före = replace(
        bok, år={0: replace(bok.år[-1], nr=0)}, verifikationer=Verifikationslista(), omfattar_till=None, typ="3"
    )
    return ensam(utan_oanvända(bok, 0)), utan_oanvända(före, 0)


def utan_oanvända(bok: Bokföring, nr: int) -> Bokföring:
    def konton(år: Bokföringsår) -> set[str]:
        return {*år.ib, *år.ub, *år.res}

    alla_konton = {konto for år in bok.år.values() for konto in konton(år)}
    kvar = {k: v for k, v in bok.konton.items() if k in konton(bok.år[nr]) or k not in alla_konton}
    par = {par for _, par in bok.år[nr].objekt}
    return replace(bok, konton=kvar, objekt={k: v for k, v in bok.objekt.items() if k in par})


@pytest.mark.parametrize(
    ("förbund", "år", "som_sie5"),
    urval([("sofint", 2024, False), ("sofint", 2020, True), ("exempelforbundet", 2025, False)], ("sofint", 2020, True)),
)
def test_the_same_facts_as_from_one_file(tmp_path: Path, förbund: str, år: int, som_sie5: bool) -> None:
    shutil.copytree(INPUTS / förbund, tmp_path / förbund)
    mapp = tmp_path / förbund / str(år)
    nu, före = delad(läs(mapp / "bokforing.se"))
    (mapp / "bokforing.se").write_bytes(write_sie(nu))
    utan = redovisa(read_räkenskapsår(förbund, år, tmp_path))
    fil = mapp / ("foregaende.xml" if som_sie5 else "foregaende.se")
    fil.write_bytes(write_sie5(före) if som_sie5 else write_sie(före))
    väntat, svar = (redovisa(read_räkenskapsår(förbund, år, inputs)) for inputs in (INPUTS, tmp_path))
    assert list(svar.fakta.values()) == list(väntat.fakta.values())
    assert list(utan.fakta.values()) != list(väntat.fakta.values())
    assert svar.år.bokföring.konton == väntat.år.bokföring.konton
    assert svar.år.bokföring.objekt == väntat.år.bokföring.objekt
    egna = [[f for f in kontrollera(r) if f.kod != "C33"] for r in (svar, väntat)]
    assert egna[0] == egna[1]


def test_the_years_before_come_along(kopia: Callable[[], Path]) -> None:
    inputs = kopia()
    bokföringen(ensam)(inputs / "exempelforbundet" / "2025")
    föregående()(inputs / "exempelforbundet" / "2025")
    läst = read_räkenskapsår("exempelforbundet", 2025, inputs)
    assert [(nr, ett.slut.year, ett.fil) for nr, ett in läst.bokföring.år.items()] == [
        (0, 2025, ""),
        (-1, 2024, "foregaende.se"),
        (-2, 2023, "foregaende.se"),
    ]


def test_the_workbook_has_every_year_that_a_figure_is_from(kopia: Callable[[], Path], tmp_path: Path) -> None:
    inputs = kopia()
    bokföringen(ensam)(inputs / "exempelforbundet" / "2025")
    föregående()(inputs / "exempelforbundet" / "2025")
    write_xlsx(öppna("exempelforbundet", 2025, inputs=inputs), [], tmp_path / "x.xlsx")
    bok = openpyxl.load_workbook(tmp_path / "x.xlsx")
    rubriker = [cell.value for cell in bok["Saldon"][4]]
    assert rubriker[3:-1] == [f"{slag} {år}" for år in (2025, 2024, 2023) for slag in ("IB", "UB", "Resultat")]
    kolumn = bok["Saldon"].cell(4, rubriker.index("Resultat 2023") + 1).column_letter
    rader = {(rad[0].value, str(rad[1].value)): rad[4].value for rad in bok["Fakta"].iter_rows(min_row=4)}
    assert str(rader["kostnad.administration.styrelse", "2023"]).startswith(f"=(Saldon!{kolumn}")


def test_the_file_is_in_the_manifest(kopia: Callable[[], Path]) -> None:
    inputs = kopia()
    föregående()(inputs / "exempelforbundet" / "2025")
    for rapport, finns in (("arsredovisning", True), ("verksamhetsplan", False)):
        filer = read_räkenskapsår("exempelforbundet", 2025 + (not finns), inputs, rapport).filer
        assert ("foregaende.se" in {fil.name for fil in filer}) == finns


def test_problems_as_json(kopia: Callable[[], Path]) -> None:
    inputs = kopia()
    FALL["samma_ar"][0](inputs / "exempelforbundet" / "2025")
    svar = kör("kontrollera", "exempelforbundet", "2025", "--inputs", inputs, "--json")
    [fel] = [p for p in json.loads(svar.output)["problem"] if p["niva"] == "fel"]
    assert fel["fil"] == "exempelforbundet/2025/foregaende.se"


@pytest.mark.parametrize(
    ("skilda", "res", "ub", "är"),
    [
        ({"2010": -5, "2099": 5}, {"3510": -5, "8999": 5}, {"1930": 5, "2099": -5}, True),
        ({"2099": -5}, {"3510": -5}, {"1930": 5}, True),
        ({"2010": -5}, {"3510": -5}, {"1930": 5}, True),
        ({}, {"3510": -5}, {"1930": 5}, False),
        ({"2010": -4, "2099": 4}, {"3510": -5, "8999": 5}, {"1930": 5, "2099": -5}, False),
        ({"2010": -5, "1930": 5}, {"3510": -5, "8999": 5}, {"1930": 5, "2099": -5}, False),
        ({"2099": 5}, {"3510": -5, "8999": 5}, {"1930": 5, "2099": -5}, False),
        ({"2099": 5}, {"3510": -5}, {"1930": 5}, False),
    ],
)
def test_a_moved_result(skilda: dict[str, int], res: dict[str, int], ub: dict[str, int], är: bool) -> None:
    år = Bokföringsår(-1, date(2024, 1, 1), date(2024, 12, 31), ub=belopp(ub), res=belopp(res))
    assert är_omföring(belopp(skilda), år) == är


def belopp(saldon: dict[str, int]) -> dict[str, Decimal]:
    return {konto: Decimal(tal) for konto, tal in saldon.items()}


def test_what_the_tests_write_is_read() -> None:
    """The changed ledgers are refused for nothing but what they are for."""
    bok = läs(INPUTS / "exempelforbundet" / "2024" / "bokforing.se")
    for ändra in (ensam, oavslutad, alla):
        läst, problem = read_sie_bytes(write_sie(ändra(bok)), "x.se")
        assert läst, problem


def test_a_year_before_without_its_closing_balance_has_no_such_figures(kopia: Callable[[], Path]) -> None:
    """What is known of it, its result and opening balance, makes no closing balance and no cash flow."""
    inputs = kopia()
    fil = inputs / "exempelforbundet" / "2025" / "bokforing.se"
    rader = fil.read_bytes().splitlines(keepends=True)
    fil.write_bytes(b"".join(rad for rad in rader if not rad.startswith((b"#UB -1", b"#KSUMMA"))))
    bok = öppna("exempelforbundet", 2025, inputs=inputs)
    fakta = bok.fakta
    assert fakta["rr.arets_resultat/2024"].värde
    assert fakta["br.eget_kapital_ingaende/2024"].värde
    for id_ in ("br.eget_kapital", "br.summa_eget_kapital_och_skulder", "soliditet", "kf.likvida_utgaende"):
        assert fakta[f"{id_}/2024"].värde is None
        assert fakta[f"{id_}/2025"].värde
    assert ("C29", "varning") in {(f.kod, f.nivå) for f in bok.findings}
    assert [k.rubrik for k in bok.tabeller["kassaflodesanalys"].tabell.kolumner] == ["2025"]
