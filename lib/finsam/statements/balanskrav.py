"""Balanskravsutredning (LKBR 11 kap. 10–11 §§, RKR R15)."""

from __future__ import annotations

from finsam.model.belopp import NOLL
from finsam.model.fakta import Faktabas, Indata
from finsam.model.ord import SAKNAS
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.tabell import Cell, Rad, Tabell
from finsam.statements.delar import Del
from finsam.statements.upplysningar.underskott import underskottsår
from finsam.statements.uppstallning import kronortabell, årskolumner

_JUSTERINGAR = (
    ("realisationsvinster", "Reducering av samtliga realisationsvinster"),
    ("vinster_undantag", "Justering för realisationsvinster enligt undantagsmöjlighet"),
    ("forluster_undantag", "Justering för realisationsförluster enligt undantagsmöjlighet"),
    ("orealiserade", "Orealiserade vinster och förluster i värdepapper"),
    ("aterforing", "Återföring av orealiserade vinster och förluster i värdepapper"),
)

_ÅTERSTÄLLNING = (
    ("att_aterstalla", "Att återställa från tidigare år", ((1, "underskott"), (-1, "forut"))),
    ("synnerliga_skal", "Synnerliga skäl", ((1, "undantaget"),)),
    ("aterstalls_senare", "Att återställa kommande år", ((1, "kvar"),)),
)
"""Under the balanskravsresultat: what was to be restored when the year began, what is exempted, and what is left."""


def fyll_balanskrav(år: Räkenskapsår, fakta: Faktabas) -> None:
    """Make balanskrav.*; a justering is nil unless Uppgifter has `balanskrav_<id>`."""
    period = år.period
    justeringar = []
    for id_, etikett in _JUSTERINGAR:
        uppgift = f"uppgift.balanskrav_{id_}/{period}"
        if uppgift in fakta:
            justeringar.append(fakta.summa(f"balanskrav.{id_}", period, [(1, uppgift)], f"{etikett}."))
        else:
            källa = Indata(år.underlag.fil, "Uppgifter", f"ingen uppgift balanskrav_{id_}: förekommer ej")
            justeringar.append(fakta.indata(f"balanskrav.{id_}", period, NOLL, "kr", f"{etikett}.", källa))
    resultat = f"rr.arets_resultat/{period}"
    efter = fakta.summa(
        "balanskrav.efter_justeringar",
        period,
        [(1, resultat), *((1, nyckel) for nyckel in justeringar)],
        "Årets resultat efter balanskravsjusteringar (LKBR 11 kap. 10 §).",
    )
    resultat = fakta.summa(
        "balanskrav.resultat", period, [(1, efter)], "Balanskravsresultat; förbundet har ingen resultatreserv."
    )
    _fyll_återställning(år, fakta, resultat)


def _fyll_återställning(år: Räkenskapsår, fakta: Faktabas, resultat: str) -> None:
    """Make balanskrav.<id> of what is to be restored: of the sheet Balanskrav, and this year's own deficit.

    With no earlier deficit they are nil; with one that the sheet lacks nobody has told, and there are none.
    """
    kända, period = underskottsår(år, fakta), år.period
    if len(kända) > len(år.underlag.underskott):
        return
    for id_, etikett, delar in _ÅTERSTÄLLNING:
        termer = [(tecken, f"underskott.summa.{del_}/{period}") for tecken, del_ in delar] if kända else []
        if id_ == "aterstalls_senare" and (fakta[resultat].värde or NOLL) < 0:
            termer.append((-1, resultat))
        if termer:
            fakta.summa(f"balanskrav.{id_}", period, termer, f"{etikett}.")
        else:
            okänt = id_ == "aterstalls_senare" and fakta[resultat].värde is None
            källa = Indata(år.underlag.fil, "Balanskrav", "inga tidigare underskott är kända")
            fakta.indata(f"balanskrav.{id_}", period, None if okänt else NOLL, "kr", f"{etikett}.", källa)


def balanskravsutredning(år: Räkenskapsår, fakta: Faktabas) -> Tabell:
    """From årets resultat to balanskravsresultat, and what is to be restored."""
    rader = [
        ("rr.arets_resultat", "Årets resultat enligt resultaträkningen"),
        *((f"balanskrav.{id_}", etikett) for id_, etikett in _JUSTERINGAR),
    ]
    poster = tuple(Rad(id_.partition(".")[2], etikett, (Cell(f"{id_}/{år.period}"),)) for id_, etikett in rader)
    efter = Rad(
        "efter_justeringar",
        "Årets resultat efter balanskravsjusteringar",
        (Cell(f"balanskrav.efter_justeringar/{år.period}"),),
        "delsumma",
    )
    summa = Rad("balanskravsresultat", "Balanskravsresultat", (Cell(f"balanskrav.resultat/{år.period}"),), "summa")
    sist = (Rad(id_, etikett, (_återställningscell(id_, år, fakta),)) for id_, etikett, _ in _ÅTERSTÄLLNING)
    alla = (*poster, efter, summa, *sist)
    return kronortabell("balanskravsutredning", "Balanskravsutredning", årskolumner(år)[:1], alla)


def _återställningscell(id_: str, år: Räkenskapsår, fakta: Faktabas) -> Cell:
    nyckel = f"balanskrav.{id_}/{år.period}"
    return Cell(nyckel) if nyckel in fakta else Cell(text=SAKNAS)


DEL = Del(fyll_balanskrav, lambda år, fakta: (balanskravsutredning(år, fakta),))
