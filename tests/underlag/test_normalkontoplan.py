"""The normal charts: every line leads somewhere, agrees with förbund as they are, and tells the charts apart."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from facit import INPUTS
from finsam.begin.forslagsrader import FUNKTIONER, NOTER
from finsam.model.bokforing import Konto
from finsam.read.arsmapp import read_räkenskapsår
from finsam.read.bokforing import read_bokföring
from finsam.read.kontoplan import MED_FUNKTION, POSTER
from finsam.read.normalkontoplan import TYPER, Kontoplanstyp, kontoplanstyp, kännetecken, namnge, normalkontoplan

ÅR = (("sofint", 2020), ("sofint", 2024), ("exempelforbundet", 2025))
GIVARE = ("bidrag", "stat", "region", "kommun")


@pytest.mark.parametrize("typ", TYPER)
def test_every_line_leads_to_a_post_a_note_row_and_a_function_that_exist(typ: Kontoplanstyp) -> None:
    for konto in normalkontoplan(typ):
        rad = konto.rad
        not_id, _, not_rad = rad.not_rad.partition(".")
        grupp, _, funktion = rad.funktion.partition(".")
        assert rad.post in POSTER
        assert konto.namn
        if not_rad:
            assert NOTER[not_id].post == rad.post
            assert not_rad in NOTER[not_id].rader or (not_id == "intakter" and not_rad in GIVARE)
        assert bool(funktion) == (rad.post in MED_FUNKTION), rad
        assert not funktion or funktion in FUNKTIONER[grupp].rader


@pytest.mark.parametrize(("förbund", "år"), ÅR)
def test_the_normal_chart_places_konton_on_the_same_posts_as_the_förbund_does(förbund: str, år: int) -> None:
    läst = read_räkenskapsår(förbund, år, INPUTS)
    saldon = {k for ett in läst.bokföring.år.values() for s in (ett.ub, ett.res) for k, belopp in s.items() if belopp}
    assert saldon
    for konto in saldon:
        rader = [rad for rad in normalkontoplan("kommun-bas") if rad.rad.omfattar(konto)]
        assert {rad.rad.post for rad in rader} == {rad.post for rad in läst.kontoplan.träffar(konto)}, konto


@pytest.mark.parametrize(
    ("konton", "kptyp", "typ"),
    [
        ([("8411", "Ränteintäkter"), ("5010", "Arvoden")], "", "kommun-bas"),
        ([("8410", "Räntekostnader"), ("5010", "Lokalhyra")], "EUBAS97", "bas"),
        ([("8411", "Ränteintäkter"), ("5010", "Lokalhyra")], "", None),
        ([("1930", "Bank")], "BAS2014", "bas"),
        ([("1930", "Bank")], "", None),
    ],
)
def test_the_chart_by_the_names(konton: list[tuple[str, str]], kptyp: str, typ: str | None) -> None:
    assert kontoplanstyp([Konto(*konto) for konto in konton], kptyp) == typ


@pytest.mark.parametrize(("förbund", "år"), ÅR)
def test_real_names_agree_on_one_chart(förbund: str, år: int) -> None:
    bokföring, _ = read_bokföring(INPUTS / förbund / str(år) / "bokforing.se")
    assert bokföring
    assert {tecken.typ for tecken in kännetecken(bokföring.konton.values())} == {"kommun-bas"}


def test_a_konto_without_a_readable_name_has_its_groups(exempelfil: Path = INPUTS / "exempelforbundet/2025") -> None:
    bokföring, _ = read_bokföring(exempelfil / "bokforing.se")
    assert bokföring
    utan = replace(
        bokföring, konton={**bokföring.konton, "1941": Konto("1941", ""), "2441": Konto("2441", "Lev\ufffd")}
    )
    namngiven, text = namnge(utan, "kommun-bas")
    assert namngiven.konton["1941"].namn == "Kassa och bank (kontogrupp)"
    assert namngiven.konton["2441"].namn == "Leverantörsskulder (kontogrupp)"
    assert namngiven.konton["1511"] == bokföring.konton["1511"]
    assert text == "Konton utan läsbart namn i filen får kontogruppens namn ur kommun-bas: 1941, 2441."
    assert namnge(bokföring, "kommun-bas") == (bokföring, "")
