"""Balanskravet over the years: earlier deficits, what is restored and what is left (LKBR 11 kap. 11 §)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from finsam.model.fakta import Faktabas
from finsam.model.ord import SAKNAS, hänvisning, årsord
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.tabell import Cell, Kolumn, Rad, Tabell
from finsam.statements.delar import Del
from finsam.statements.uppgifter import cellkälla
from finsam.statements.uppstallning import kronortabell

TIDIGARE_ÅR = 3
"""How many years back a deficit is looked for: it is to be restored within three (KL 11 kap. 12 §)."""
DELAR = {
    "underskott": "Underskott",
    "forut": "Återställt förut",
    "i_ar": "Återställt i år",
    "undantaget": "Återställs inte",
    "kvar": "Kvar att återställa",
}


def underskottsår(år: Räkenskapsår, fakta: Faktabas) -> list[int]:
    """Earlier years with a deficit: those of the sheet Balanskrav, and those that the räkningar show."""
    visade = [p for p in range(år.årtal - TIDIGARE_ÅR, år.årtal) if (resultat(p, fakta) or 0) < 0]
    return sorted({*visade, *(rad.år for rad in år.underlag.underskott)})


def resultat(år: int, fakta: Faktabas) -> Decimal | None:
    """Årets resultat of an earlier year; None when it is not known."""
    return fakta.värde(f"rr.arets_resultat/{år}")


def fyll_underskott(år: Räkenskapsår, fakta: Faktabas) -> None:
    """Make underskott.<year>.* of the rows of the sheet, and underskott.summa.*; all without minus, in kronor."""
    for rad in år.underlag.underskott:
        källa, bas = cellkälla(år, rad, rad.källa), f"underskott.{rad.år}"
        vilket = årsord(str(rad.år), år.årtal)
        värden = (rad.underskott, rad.förut, rad.i_år, rad.undantaget)
        nycklar = [
            fakta.indata(
                f"{bas}.{del_}", år.period, värde, "kr", f"{ord_}, negativt balanskravsresultat {vilket}.", källa
            )
            for (del_, ord_), värde in zip(DELAR.items(), värden, strict=False)
        ]
        termer = [(1, nycklar[0]), *((-1, nyckel) for nyckel in nycklar[1:])]
        fakta.summa(f"{bas}.kvar", år.period, termer, f"Kvar att återställa av underskottet {vilket}.")
    for del_, ord_ in DELAR.items() if år.underlag.underskott else ():
        termer = [(1, f"underskott.{rad.år}.{del_}/{år.period}") for rad in år.underlag.underskott]
        fakta.summa(f"underskott.summa.{del_}", år.period, termer, f"{ord_}, alla år.")


def balanskravskedja(år: Räkenskapsår, fakta: Faktabas) -> Tabell | None:
    """A row for each earlier year with a deficit, the newest first, and what nobody has told as missing.

    None when there is none.
    """
    rader = []
    for ett in reversed(underskottsår(år, fakta)):
        celler = tuple(Cell(f"underskott.{ett}.{del_}/{år.period}") for del_ in DELAR)
        if celler[0].fakta not in fakta:
            celler = (Cell(f"rr.arets_resultat/{ett}", tecken=-1), *(Cell(text=SAKNAS) for _ in celler[1:]))
        rader.append(Rad(f"ar_{ett}", årsord(str(ett), år.årtal), celler))
    if not rader:
        return None
    if len(år.underlag.underskott) == len(rader):
        celler = tuple(Cell(f"underskott.summa.{del_}/{år.period}") for del_ in DELAR)
        rader.append(Rad("summa", "Summa", celler, "summa"))
    kolumner = tuple(Kolumn(del_, ord_) for del_, ord_ in DELAR.items())
    tabell = kronortabell("balanskravskedja", "Tidigare års negativa balanskravsresultat", kolumner, rader)
    första, *andra = rader[0].celler
    if any(cell.fakta for cell in andra):
        return tabell
    ord_ = f"Underskottet {rader[0].etikett} är {hänvisning(första.fakta, 'kr utan_tecken')}. "
    return replace(tabell, mening=f"{ord_}Hur det har återställts, och vad som är kvar: {SAKNAS}.")


DEL = Del(fyll_underskott, lambda år, fakta: (balanskravskedja(år, fakta),))
