"""What the five source documents say stands in ours: each in a readable expected text, as it is on the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from facit import INPUTS, jämför, ord_på_sidan
from finsam.checks.finding import utfall
from finsam.checks.verksamhetsplan import check_kedja
from finsam.model.fakta import Faktabas, Indata
from finsam.model.forbund import Driftrad, Rapportval
from finsam.model.upplysningsblad import Underskott
from finsam.oppna import öppna
from finsam.report.arsbok import Årsbok
from finsam.report.block import Block
from finsam.report.planbok import Planbok
from finsam.report.visning import visa_cell
from finsam.statements.balanskrav import balanskravsutredning, fyll_balanskrav
from finsam.statements.redovisning import redovisa
from finsam.statements.upplysningar.underskott import fyll_underskott
from finsam.statements.uppstallning import read_saldon

FACIT = Path(__file__).parent / "kallor"


@cache
def plan(förbund: str, år: int) -> Planbok:
    return öppna(förbund, år, "verksamhetsplan", inputs=INPUTS)


def sydnärke() -> Planbok:
    return plan("sydnarke", 2025)


@cache
def sofint(år: int) -> Årsbok:
    return öppna("sofint", år, inputs=INPUTS)


FALL: dict[str, Callable[[], tuple[Block, ...]]] = {
    "sydnarke_behov_med_kalla_och_decimaler": lambda: (sydnärke().behov, sydnärke().bidragsfördelning),
    "sydnarke_mal_vid_sina_insatser": lambda: (sydnärke().mål, sydnärke().insatser),
    "sydnarke_andelar_som_planen_sager": lambda: (sydnärke().text("vp_mal"), sydnärke().text("vp_ekonomisk_stallning")),
    "sydnarke_beslut_som_fattat": lambda: (sydnärke().beslut,),
    "sydnarke_projekt_med_adress": lambda: (sydnärke().projekt,),
    "lekeberg_orebro_eget_kapital_aret_fore": lambda: (plan("lekeberg-orebro", 2024).resultatbudget,),
    "sofint_2020_antal_anstallda": lambda: (sofint(2020).flerårsöversikt, sofint(2020).text("personal")),
    "sofint_2020_avvikelse_i_procent": lambda: (sofint(2020).text("viktiga_forhallanden"),),
    "sofint_2020_forord": lambda: (sofint(2020).text("forord"),),
    "sofint_2020_andelar_i_budgeten": lambda: (
        sofint(2020).kostnadsfördelning,
        sofint(2020).text("kostnadsfordelning"),
    ),
    "sofint_2020_driftredovisning_netto": lambda: (sofint(2020).driftredovisning,),
    "sofint_2024_driftredovisning_intakt_kostnad_netto": lambda: (sofint(2024).driftredovisning,),
    "sofint_2024_balanskravets_rader": lambda: (sofint(2024).balanskravsutredning, sofint(2024).text("balanskrav")),
    "sofint_2024_valfardsguiden_bedomd_tva_ganger": lambda: (sofint(2024).text("insats_valfardsguiden"),),
    "sofint_2024_ekonom_och_sekreterare": lambda: (sofint(2024).text("organisation"), sofint(2024).text("personal")),
}


@pytest.mark.parametrize("fall", FALL)
def test_the_page_says_what_the_source_says(fall: str) -> None:
    jämför(ord_på_sidan(*FALL[fall]()), FACIT / f"{fall}.txt")


def test_the_year_before_must_give_the_ingaende_eget_kapital() -> None:
    år = plan("lekeberg-orebro", 2024).år
    uppgifter = tuple(
        u.model_copy(update={"värde": Decimal(1)}) if u.id == "resultat_foregaende" else u
        for u in år.underlag.uppgifter
    )
    ändrat = replace(år, underlag=år.underlag.model_copy(update={"uppgifter": uppgifter}))
    assert [f.nivå for f in utfall(check_kedja(redovisa(ändrat)))[0]] == ["fel"]


def test_goals_stay_under_their_malomrade_where_no_insatser_are_shown() -> None:
    år = sydnärke().år
    val = {"verksamhetsplan": Rapportval(avsnitt=("omslag", "mal", "budget"))}
    utan = Planbok(redovisa(replace(år, förbund=år.förbund.model_copy(update={"rapporter": val}))))
    assert "Minst 150 personer" in ord_på_sidan(utan.mål)


UNDERSKOTT = (
    Underskott(år=2022, underskott=Decimal(300), förut=Decimal(100), i_år=Decimal(50), undantaget=Decimal(30)),
    Underskott(år=2021, underskott=Decimal(40)),
)
ÅTERSTÄLLNING = {
    "inga underskott är kända": ((), Decimal(100), ["–", "–", "–"]),
    "årets underskott ska återställas": ((), Decimal(-100), ["–", "–", "100"]),
    "bladet Balanskrav säger vad som är kvar": (UNDERSKOTT, Decimal(100), ["240", "30", "160"]),
    "både årets och tidigare års": (UNDERSKOTT, Decimal(-100), ["240", "30", "260"]),
}


@pytest.mark.parametrize("fall", ÅTERSTÄLLNING)
def test_what_is_to_be_restored_stands_under_the_balanskravsresultat(fall: str) -> None:
    underskott, resultat, väntat = ÅTERSTÄLLNING[fall]
    år = sofint(2024).år
    år = replace(år, underlag=år.underlag.model_copy(update={"underskott": underskott}))
    fakta = Faktabas(år.period, read_saldon(år))
    fakta.indata("rr.arets_resultat", år.period, resultat, "kr", "Årets resultat.", Indata("", "", ""))
    fyll_underskott(år, fakta)
    fyll_balanskrav(år, fakta)
    celler = [rad.celler[0] for rad in balanskravsutredning(år, fakta).rader[-3:]]
    assert [visa_cell(cell, fakta, "kr").text for cell in celler] == väntat


def test_a_row_of_income_and_costs_shows_both_sides() -> None:
    år = sofint(2024).år
    rader = (
        Driftrad(id="insatser", etikett="Insatser", av=("not.intakter.staten", "-kostnad.individ"), kostnad=True),
        Driftrad(id="administration", etikett="Administration", av=("-kostnad.administration",)),
    )
    r = redovisa(replace(år, förbund=år.förbund.model_copy(update={"driftredovisning": rader})))
    jämför(ord_på_sidan(Årsbok(r).driftredovisning), FACIT / "driftrad_med_intakt_och_kostnad.txt")
