"""All that is computed of a räkenskapsår, in the one order that lets each part build on those before."""

from __future__ import annotations

from dataclasses import dataclass

from finsam.model.fakta import Faktabas
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.rapport import VERKSAMHETSPLAN, ÅRSREDOVISNING, för_slaget
from finsam.model.tabell import Tabell
from finsam.statements.balanskrav import balanskravsutredning, fyll_balanskrav
from finsam.statements.balansrakning import balansräkning, fyll_balansräkning
from finsam.statements.bidragsfordelning import bidragsfördelning, fyll_bidragsfördelning
from finsam.statements.budgetplan import detaljbudget, fyll_budgetplan, resultatbudget, reviderad_budget
from finsam.statements.deltagare import fyll_deltagare
from finsam.statements.driftredovisning import driftredovisning, fyll_driftredovisning, investeringsredovisning
from finsam.statements.enkat import fyll_enkäter
from finsam.statements.flerarsoversikt import bidragets_användning, flerårsöversikt, fyll_flerårsöversikt
from finsam.statements.insatser import deltagartabell, enkättabell, faktaruta, fyll_insatser, insatsekonomi
from finsam.statements.kassaflode import fyll_kassaflöde, kassaflödesanalys
from finsam.statements.kostnadsfordelning import fyll_kostnadsfördelning, kostnadsfördelning
from finsam.statements.mal import fyll_mål, måltabell
from finsam.statements.noter import fyll_noter, nottabell
from finsam.statements.plan import (
    behovstabell,
    fyll_behov,
    fyll_planmål,
    mötestabell,
    projekttabell,
    prövade_mål,
    årshjulstabell,
)
from finsam.statements.resultatrakning import fyll_resultaträkning, resultaträkning
from finsam.statements.smagrupper import dölj_små_grupper
from finsam.statements.uppgifter import fyll_medlemsbidrag, fyll_uppgifter
from finsam.statements.uppstallning import read_saldon

_ÅRSREDOVISNING = (
    fyll_uppgifter,
    fyll_resultaträkning,
    fyll_balansräkning,
    fyll_kassaflöde,
    fyll_noter,
    fyll_kostnadsfördelning,
    fyll_driftredovisning,
    fyll_medlemsbidrag,
    fyll_flerårsöversikt,
    fyll_balanskrav,
    fyll_deltagare,
    fyll_enkäter,
    fyll_insatser,
    fyll_mål,
)
_VERKSAMHETSPLAN = (
    fyll_uppgifter,
    fyll_medlemsbidrag,
    fyll_bidragsfördelning,
    fyll_budgetplan,
    fyll_insatser,
    fyll_planmål,
    fyll_behov,
)
STEG = {ÅRSREDOVISNING: _ÅRSREDOVISNING, VERKSAMHETSPLAN: _VERKSAMHETSPLAN}
"""What is computed for each kind of report."""


@dataclass(frozen=True, slots=True)
class Redovisning:
    """A räkenskapsår with all its facts, as they are shown; `odolda` has also what is withheld, for checks alone."""

    år: Räkenskapsår
    fakta: Faktabas
    odolda: Faktabas


def redovisa(år: Räkenskapsår) -> Redovisning:
    """Compute every fact of a year for its kind of report, and withhold small groups."""
    fakta = Faktabas(år.period, read_saldon(år))
    for steg in för_slaget(STEG, år.rapport, "STEG i statements/redovisning.py"):
        steg(år, fakta)
    return Redovisning(år, dölj_små_grupper(år, fakta) if år.rapport.visar_deltagare else fakta, fakta)


def tabeller(r: Redovisning) -> tuple[Tabell, ...]:
    """Every table of the report, in the order of the document."""
    return för_slaget(TABELLER, r.år.rapport, "TABELLER i statements/redovisning.py")(r)


def _plantabeller(r: Redovisning) -> tuple[Tabell, ...]:
    år, fakta = r.år, r.fakta
    alla = (
        mötestabell(år),
        årshjulstabell(år),
        *(behovstabell(mått, år, fakta) for mått in dict.fromkeys(rad.mått for rad in år.underlag.behov)),
        *(prövade_mål(område.id, år, fakta) for område in år.underlag.målområden),
        *(faktaruta(insats, år) for insats in år.underlag.insatser),
        projekttabell(år),
        bidragsfördelning(år, fakta),
        resultatbudget(år, fakta),
        detaljbudget(år, fakta),
        reviderad_budget(år, fakta),
    )
    return tuple(tabell for tabell in alla if tabell is not None)


def _årsredovisningens_tabeller(r: Redovisning) -> tuple[Tabell, ...]:
    år, fakta = r.år, r.fakta
    mål = år.underlag.mål
    insatstabeller = (
        tabell
        for insats in år.underlag.insatser
        for tabell in (
            faktaruta(insats, år),
            insatsekonomi(insats, år, fakta),
            deltagartabell(insats, år, fakta),
            enkättabell(insats, år, fakta),
            *(
                måltabell(f"insats_{insats.id}_mal", f"{insats.namn}: mål", egna, år, fakta)
                for egna in [[m for m in mål if m.insats == insats.id]]
                if egna
            ),
        )
    )
    alla = (
        flerårsöversikt(år, fakta),
        bidragets_användning(år, fakta),
        kostnadsfördelning(år, fakta),
        *(
            måltabell(f"mal_{område.id}", område.namn, [m for m in mål if m.område == område.id], år, fakta)
            for område in år.underlag.målområden
        ),
        *insatstabeller,
        balanskravsutredning(år),
        resultaträkning(år, fakta),
        balansräkning(år, fakta),
        kassaflödesanalys(år, fakta),
        driftredovisning(år, fakta),
        investeringsredovisning(år, fakta),
        *(nottabell(n, år, fakta) for n in år.förbund.noter if n.rader),
    )
    return tuple(tabell for tabell in alla if tabell is not None)


TABELLER = {ÅRSREDOVISNING: _årsredovisningens_tabeller, VERKSAMHETSPLAN: _plantabeller}
"""The tables of each kind of report."""
