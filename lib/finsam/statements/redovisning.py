"""All that is computed of a räkenskapsår, in the one order that lets each part build on those before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar, cast

from finsam.model.fakta import Faktabas
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.rapport import VERKSAMHETSPLAN, ÅRSREDOVISNING, för_slaget
from finsam.model.tabell import Tabell
from finsam.statements import (
    balanskrav,
    balansrakning,
    bidragsfordelning,
    budgetplan,
    deltagare,
    driftredovisning,
    enkat,
    flerarsoversikt,
    insatser,
    kassaflode,
    kostnadsfordelning,
    mal,
    noter,
    organisation,
    plan,
    resultatrakning,
    uppgifter,
)
from finsam.statements.bokslut import internkontroll, projekt
from finsam.statements.delar import Del
from finsam.statements.smagrupper import dölj_små_grupper
from finsam.statements.upplysningar import andelar, anlaggning, konton, krav, personal, underskott, uppdrag
from finsam.statements.uppstallning import read_saldon

STEG = {
    ÅRSREDOVISNING: (
        organisation.DEL,
        uppgifter.UPPGIFTER,
        resultatrakning.DEL,
        balansrakning.DEL,
        kassaflode.DEL,
        noter.AV_KONTON,
        kostnadsfordelning.DEL,
        driftredovisning.DEL,
        projekt.DEL,
        internkontroll.DEL,
        uppgifter.MEDLEMSBIDRAG,
        flerarsoversikt.DEL,
        underskott.DEL,
        balanskrav.DEL,
        deltagare.DEL,
        enkat.DEL,
        insatser.ÅRSREDOVISNING,
        mal.DEL,
        konton.DEL,
        anlaggning.DEL,
        andelar.DEL,
        personal.DEL,
        uppdrag.DEL,
        noter.AV_FAKTA,
        krav.DEL,
    ),
    VERKSAMHETSPLAN: (
        organisation.DEL,
        uppgifter.UPPGIFTER,
        uppgifter.MEDLEMSBIDRAG,
        bidragsfordelning.DEL,
        budgetplan.DEL,
        insatser.VERKSAMHETSPLAN,
        plan.MÅL,
        plan.BEHOV,
        plan.MÖTEN,
        plan.PROJEKT,
    ),
}
"""What is computed for each kind of report. In which order the document shows it is for its notebooks to say."""


@dataclass(frozen=True, slots=True)
class Redovisning:
    """A räkenskapsår with all its facts, as they are shown; `odolda` has also what is withheld, for checks alone.

    `visade` are the tables of its document, in order, when there is one (`report.innehall`).
    """

    år: Räkenskapsår
    fakta: Faktabas
    odolda: Faktabas
    visade: tuple[Tabell, ...] = ()
    minne: dict[object, object] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What has been made of it `en_gång`; a changed copy begins anew."""


T = TypeVar("T")


def en_gång(gör: Callable[[Redovisning], T]) -> Callable[[Redovisning], T]:
    """Make what a function makes of a redovisning once, however many ask for it."""

    def gjort(r: Redovisning) -> T:
        if gör not in r.minne:
            r.minne[gör] = gör(r)
        return cast(T, r.minne[gör])

    gjort.__doc__ = gör.__doc__
    return gjort


def redovisa(år: Räkenskapsår) -> Redovisning:
    """Compute every fact of a year for its kind of report, and withhold small groups."""
    fakta = Faktabas(år.period, read_saldon(år), väntar=år.väntar_på_bokföringen)
    for del_ in _delar(år):
        del_.fyll(år, fakta)
    visade = dölj_små_grupper(år, fakta) if år.rapport.visar_deltagare else fakta
    visade = visade.utan(personal.dolda_fakta(år), personal.HÖGST + 1)
    visat_år = krav.med_noter_som_behövs(år, fakta) if krav.DEL in _delar(år) else år
    return Redovisning(visat_år, visade, fakta)


def _delar(år: Räkenskapsår) -> tuple[Del, ...]:
    return för_slaget(STEG, år.rapport, "STEG i statements/redovisning.py")


@en_gång
def tabeller(r: Redovisning) -> tuple[Tabell, ...]:
    """Every table of the report: those of its document in order, and then what the statements have beside them."""
    visade = {tabell.id for tabell in r.visade}
    return (*r.visade, *(tabell for tabell in uppställda(r) if tabell.id not in visade))


@en_gång
def uppställda(r: Redovisning) -> tuple[Tabell, ...]:
    """Every table that the statements give of the year, as they set them up."""
    alla = (tabell for del_ in _delar(r.år) for tabell in del_.tabeller(r.år, r.fakta))
    return tuple(tabell for tabell in alla if tabell is not None)
