"""The law's variants and the members' agreements: amounts worked by hand, with the paragraph beside each."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facit import INPUTS, ROT
from finsam.checks.kontrollera import kontrollera
from finsam.model.belopp import kr
from finsam.model.bokforing import Bokföringsår
from finsam.model.forbund import AvtaladeDelar, Bidragsnyckel, Delnyckel, Kapitalsteg, Kapitaltak, Medlem
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.underlag import Bidragsrad, Underlag, Uppgift
from finsam.read.arsmapp import read_räkenskapsår
from finsam.read.forbund import read_forbund
from finsam.report.analys.kalkyl import bidrag_per_medlem
from finsam.report.planbok import Planbok
from finsam.statements.bidragslag import bidragsmening, fördelning
from finsam.statements.redovisning import redovisa
from prov import antal

HÄR = Path(__file__).parent
FALL = sorted(p.name for p in HÄR.iterdir() if (p / "vantat.md").is_file())


@pytest.fixture(scope="module")
def exempel() -> Räkenskapsår:
    return read_räkenskapsår("exempelforbundet", 2026, INPUTS, "verksamhetsplan")


def med_fall(år: Räkenskapsår, namn: str) -> Planbok:
    """The plan of the case: its members, its key, its ram and what its members have decided."""
    förbund, problem = read_forbund(
        INPUTS / "exempelforbundet" / "forbund.yml",
        "exempelforbundet",
        "forbund.yml",
        (HÄR / namn / "forbund.yml", namn),
    )
    assert förbund is not None, problem
    nyckel = förbund.bidragsnyckel if "bidragsnyckel" in (HÄR / namn / "forbund.yml").read_text("utf-8") else None
    förbund = förbund.model_copy(update={} if nyckel else {"bidragsnyckel": type(förbund.bidragsnyckel)()})
    with (HÄR / namn / "medlemsbidrag.csv").open(encoding="utf-8") as fil:
        ram, *rader = csv.DictReader(fil, delimiter=";")
    uppgift = Uppgift(rad=2, id="medlemsbidrag_ram", benämning="Att fördela", värde=Decimal(ram["Belopp"]), enhet="kr")
    bidrag = tuple(
        Bidragsrad(
            rad=nr,
            medlem=rad["Medlem"],
            år=int(rad["År"]),
            belopp=Decimal(rad["Belopp"]),
            invånare=int(rad["Invånare"]) if rad["Invånare"] else None,
        )
        for nr, rad in enumerate(rader, 3)
    )
    underlag = Underlag(uppgifter=(uppgift,), medlemsbidrag=bidrag)
    return Planbok(redovisa(replace(år, förbund=förbund, underlag=underlag)))


@pytest.mark.parametrize("namn", FALL)
def test_amounts_are_the_ones_worked_by_hand(exempel: Räkenskapsår, namn: str) -> None:
    bok = med_fall(exempel, namn)
    [tabell] = bok.tabeller["bidragsfordelning"].json()
    rader = {rad["etikett"]: rad["varden"][-1] for rad in tabell["rader"]}
    visat = [f"{etikett}: {kr(None if v is None else Decimal(str(v))) or 'saknas'}" for etikett, v in rader.items()]
    funna = [f for f in kontrollera(bok.redovisning) if f.kod in ("C12", "C14") and f.nivå not in ("ok", "ej prövad")]
    sagt = [f"{f.kod} {f.nivå}: {f.text}" for f in funna]
    väntat = (HÄR / namn / "vantat.md").read_text("utf-8")
    räknade = [
        f"{etikett.strip()}: {belopp.strip()}"
        for _, etikett, belopp, _, lag, _ in (r.split("|") for r in väntat.splitlines() if r.count("|") == 5)
        if "§" in lag
    ]
    assert [v.replace("\u00a0", " ") for v in visat] == räknade
    utanför = [r.removeprefix("- ") for r in väntat.splitlines() if r.startswith(("Under tabellen: ", "- "))]
    fot = [f"Under tabellen: {tabell['fotnot']}"] if tabell["fotnot"] else []
    assert [text.replace("\u00a0", " ") for text in (*fot, *sagt)] == utanför


@pytest.mark.parametrize("namn", ["ingen_region", "kommun_utanfor_region_med_en_region", "medlem_slutar_30_september"])
def test_members_always_add_up_to_the_amount(exempel: Räkenskapsår, namn: str) -> None:
    år = med_fall(exempel, namn).år

    @settings(max_examples=antal(100), deadline=None)
    @given(ram=st.decimals(0, 10**9, places=2))
    def pröva(ram: Decimal) -> None:
        delade = fördelning(år, ram, "2026")
        assert sum(part.belopp for part in delade) == ram
        assert sum(post.belopp or 0 for part in delade for post in part.poster) == ram

    pröva()


@pytest.mark.parametrize(
    "namn", ["tva_regioner_enligt_avtal", "beslut_utan_nyckel", "kommun_utanfor_region_med_en_region"]
)
def test_a_raised_amount_is_shared_as_today(exempel: Räkenskapsår, namn: str) -> None:
    df = bidrag_per_medlem(med_fall(exempel, namn), 10)
    i_planen, uppräknat = df.columns[1:]
    assert list(df[uppräknat]) == [round(belopp * 1.1) for belopp in df[i_planen]]


def test_months_are_those_of_a_shortened_year(exempel: Räkenskapsår) -> None:
    """Nyby is a member from 1 July; of May to December that is six months in eight, so 12 000 are 9 000."""
    år = med_fall(exempel, "ny_medlem_1_juli").år
    kort = replace(år, bokföring=replace(år.bokföring, år={0: Bokföringsår(0, date(2026, 5, 1), date(2026, 12, 31))}))
    [kommuner] = [part for part in fördelning(kort, Decimal(2_700_000), "2026") if part.del_ == "kommun"]
    andelar = {post.medlem.id: post.andel for post in kommuner.poster}
    assert {id_: round(27_000 * (andel or 0)) for id_, andel in andelar.items()} == {
        "ekvik": 12_000,
        "storas": 6_000,
        "nyby": 9_000,
    }


STATEN = "Staten bidrar genom Försäkringskassan och Arbetsförmedlingen med hälften av pengarna"
MENINGAR = {
    "ram_som_inte_gar_jamnt_upp": f"{STATEN}, regionen med en fjärdedel och kommunerna tillsammans med en fjärdedel "
    "(lag (2003:1210) 5 §).",
    "tva_regioner_utan_avtal": f"{STATEN}, regionerna tillsammans med en fjärdedel och kommunen med en fjärdedel "
    "(lag (2003:1210) 5 §).",
    "ingen_region": f"{STATEN} och kommunerna, som inte ingår i någon region, tillsammans med hälften "
    "(lag (2003:1210) 5 och 5 a §§).",
    "kommun_utanfor_region_med_en_region": f"{STATEN}, regionen med en fjärdedel och kommunerna tillsammans med en "
    "fjärdedel (lag (2003:1210) 5 §). Havsö kommun ingår inte i någon region och bidrar både som kommun och som region "
    "(5 a §).",
}


@pytest.mark.parametrize("namn", MENINGAR)
def test_the_first_text_on_financing_speaks_of_the_members_there_are(exempel: Räkenskapsår, namn: str) -> None:
    assert bidragsmening(med_fall(exempel, namn).år.förbund.medlemmar) == MENINGAR[namn]


def test_docs_explain_every_key() -> None:
    docs = (ROT / "docs" / "bidrag.md").read_text("utf-8")
    modeller = (Medlem, Bidragsnyckel, Delnyckel, Kapitaltak, Kapitalsteg)
    assert [fält for modell in modeller for fält in modell.model_fields if f"`{fält}`" not in docs] in ([], ["andel"])
    assert all(f"{fält}:" in docs for fält in (*AvtaladeDelar.model_fields, "andel"))
