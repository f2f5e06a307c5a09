"""An årsredovisning's sheets, begun from a verksamhetsplan: its budget, contributions, insatser and goals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from finsam.begin.ar.blad import Blad, Rullning, rulla_blad, som_anteckning
from finsam.begin.ar.budget import planens_budget
from finsam.begin.ar.underlag import rulla_ord, som_går_ihop, utgångsår
from finsam.begin.ar.ur_arsredovisning import I_BUDGETEN
from finsam.begin.forslag import Förslag
from finsam.begin.underlag import startunderlag
from finsam.model.ord import ascii_id
from finsam.model.rapport import ÅRSREDOVISNING
from finsam.model.underlag import (
    BLAD,
    Bidragsrad,
    Budgetrad,
    Insats,
    Målområde,
    Målrad,
    Planmål,
    Underlagsrad,
)
from finsam.read.underlag.underlag import I_UNDERLAGET
from finsam.report.bok import Bok

I_RÄKNINGARNA = {budgetens: egen for egen, budgetens in I_BUDGETEN.items()}
"""What a plan's goal is measured by, and what an årsredovisning calls the same."""


def årsredovisning_ur_plan(bok: Bok, år: int, förslag: Förslag) -> dict[type[Underlagsrad], Blad]:
    """The sheets of an årsredovisning for `år`, with the settings and insatser of `förslag`.

    Budget and contributions are decided only in the year's own plan; an earlier plan's are prepared, to be looked at.
    """
    start, väntar = startunderlag(förslag, år, ÅRSREDOVISNING)
    bladen = {
        klass: Blad(getattr(start, I_UNDERLAGET[klass]), tuple(map(dict, väntar.get(klass, ())))) for klass in BLAD
    }
    underlag, fb = bok.år.underlag, förslag.förbund
    budget, eget = planens_budget(bok, år, fb), bok.år.årtal == år
    rullning = Rullning(
        bok.år.årtal,
        år,
        bok.fakta,
        driftrader=tuple(rad.id for rad in fb.driftredovisning),
        medlemmar=tuple(medlem.id for medlem in fb.medlemmar if medlem.är_med_under(år)),
        budget=budget if eget else {},
        förslag={} if eget else budget,
        planerade={insats.id: insats for insats in underlag.insatser} if eget else {},
    )
    bladen[Budgetrad] = rulla_blad(Budgetrad, (), rullning)
    if underlag.medlemsbidrag:
        bladen[Bidragsrad] = rulla_blad(Bidragsrad, underlag.medlemsbidrag, rullning)
    bladen[Målområde] = Blad(underlag.målområden)
    bladen[Målrad] = Blad(tuple(_mål(underlag.planmål, bok.år.period)))
    bladen[Insats] = _insatser(bladen[Insats], rulla_blad(Insats, underlag.insatser, rullning).rader, förslag)
    bladen = {klass: rulla_ord(klass, blad, {}, rullning) for klass, blad in bladen.items()}
    mall = replace(utgångsår(bok.år, år), förbund=fb, rapport=ÅRSREDOVISNING)
    return som_går_ihop(bladen, mall, [ÅRSREDOVISNING])[0]


def _insatser(ur_bokföringen: Blad, planens: Iterable[Any], förslag: Förslag) -> Blad:
    """The ledger's insatser with what the plan knows of them; those of the plan alone wait if no cost can be theirs."""
    funktioner = {f"{grupp.id}.{rad.id}" for grupp in förslag.förbund.kostnadsfördelning for rad in grupp.rader}
    kända: dict[str, dict[str, Any]] = {
        str(rad["id"]): dict(rad) for rad in (*map(som_anteckning, ur_bokföringen.rader), *ur_bokföringen.väntar)
    }
    for insats in planens:
        id_ = next((i for i, rad in kända.items() if i == insats.id or ascii_id(str(rad["namn"])) == insats.id), None)
        funktion = kända[id_]["funktion"] if id_ else insats.funktion
        if id_:
            del kända[id_]
        kända[insats.id] = som_anteckning(insats) | {"funktion": funktion}
    hela = {id_ for id_, rad in kända.items() if rad.get("slag") and rad["funktion"] in funktioner}
    rader = tuple(Insats.model_validate(rad) for id_, rad in kända.items() if id_ in hela)
    return Blad(rader, tuple(rad for id_, rad in kända.items() if id_ not in hela))


def _mål(planmål: Iterable[Planmål], period: str) -> Iterator[Målrad]:
    """The plan's mätpunkter for its own year, and its goals that have none; aktiviteter and indikatorer stay there."""
    egna = [rad for rad in planmål if rad.fakta.partition("/")[2] in ("", period)]
    mätta = {rad.mål for rad in egna if rad.slag == "mätpunkt"}
    texter = {rad.id: rad.text for rad in egna}
    for rad in egna:
        if (rad.slag == "mål" and rad.id not in mätta) or rad.slag == "mätpunkt":
            över = texter.get(rad.mål, "")
            yield Målrad(
                id=rad.id,
                område=rad.område,
                slag="delmål",
                mål=_årets(över or rad.text),
                mätpunkt=_årets(rad.text) if över else "",
                jämförelse=rad.jämförelse,
                gräns=rad.gräns,
                övre=rad.övre,
                enhet=rad.enhet,
                fakta=I_RÄKNINGARNA.get(rad.fakta.partition("/")[0], ""),
            )


def _årets(text: str) -> str:
    """A goal's words with its limit by the årsredovisning's name for it."""
    return re.sub(r"\{\s*planmal\.(\w+)\.(grans|ovre)\b", r"{mal.\1.\2", text)
