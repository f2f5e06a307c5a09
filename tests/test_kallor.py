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
from finsam.model.forbund import Rapportval
from finsam.oppna import öppna
from finsam.report.block import Block
from finsam.report.planbok import Planbok
from finsam.statements.redovisning import redovisa

FACIT = Path(__file__).parent / "kallor"


@cache
def plan(förbund: str, år: int) -> Planbok:
    return öppna(förbund, år, "verksamhetsplan", inputs=INPUTS)


def sydnärke() -> Planbok:
    return plan("sydnarke", 2025)


FALL: dict[str, Callable[[], tuple[Block, ...]]] = {
    "sydnarke_behov_med_kalla_och_decimaler": lambda: (sydnärke().behov, sydnärke().bidragsfördelning),
    "sydnarke_mal_vid_sina_insatser": lambda: (sydnärke().mål, sydnärke().insatser),
    "sydnarke_andelar_som_planen_sager": lambda: (sydnärke().text("vp_mal"), sydnärke().text("vp_ekonomisk_stallning")),
    "sydnarke_beslut_som_fattat": lambda: (sydnärke().beslut,),
    "sydnarke_projekt_med_adress": lambda: (sydnärke().projekt,),
    "lekeberg_orebro_eget_kapital_aret_fore": lambda: (plan("lekeberg-orebro", 2024).resultatbudget,),
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
