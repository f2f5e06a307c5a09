"""Balanskravsutredning (LKBR 11 kap. 10–11 §§, RKR R15)."""

from __future__ import annotations

from finsam.model.belopp import NOLL
from finsam.model.fakta import Faktabas, Indata
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.tabell import Cell, Rad, Tabell
from finsam.statements.delar import Del
from finsam.statements.uppstallning import kronortabell, årskolumner

_JUSTERINGAR = (
    ("realisationsvinster", "Reducering av samtliga realisationsvinster"),
    ("vinster_undantag", "Justering för realisationsvinster enligt undantagsmöjlighet"),
    ("forluster_undantag", "Justering för realisationsförluster enligt undantagsmöjlighet"),
    ("orealiserade", "Orealiserade vinster och förluster i värdepapper"),
    ("aterforing", "Återföring av orealiserade vinster och förluster i värdepapper"),
)


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
    fakta.summa("balanskrav.resultat", period, [(1, efter)], "Balanskravsresultat; förbundet har ingen resultatreserv.")


def balanskravsutredning(år: Räkenskapsår) -> Tabell:
    """From årets resultat to balanskravsresultat."""
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
    return kronortabell("balanskravsutredning", "Balanskravsutredning", årskolumner(år)[:1], (*poster, efter, summa))


DEL = Del(fyll_balanskrav, lambda år, _: (balanskravsutredning(år),))
