"""Tables that stand beside each other on a page are read one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from finsam.granska.lasa.kolumnrubrik import är_ruta
from finsam.granska.lasa.rad import Rad

NÄRA = 4.0
"""How far from each other two cells may begin that begin at the same place."""


def isär(rader: Sequence[Rad]) -> list[Rad]:
    """The lines, where two tables stand beside each other first those of the left and then those of the right."""
    ut: list[Rad] = []
    nr = 0
    while nr < len(rader):
        gräns = _gräns(rader[nr], rader[nr + 1]) if nr + 1 < len(rader) else None
        if gräns is None:
            ut.append(rader[nr])
            nr += 1
            continue
        slut = nr
        while slut < len(rader) and _kan_delas(rader[slut], gräns, rader[nr]):
            slut += 1
        ut += [del_ for höger in (False, True) for rad in rader[nr:slut] if (del_ := _halva(rad, gräns, höger=höger))]
        nr = slut
    return ut


def _gräns(titlar: Rad, huvud: Rad) -> float | None:
    """Where the right table begins: two titles, and below them two heads that begin where they do."""
    celler = [c for c in huvud.celler if c.text]
    if len(titlar.celler) != 2 or len(celler) < 4 or not titlar.lägen or titlar.sida is None:
        return None
    vänster, höger = (c.x0 for c in titlar.celler)
    andra = next((n for n, c in enumerate(celler) if n and abs(c.x0 - höger) < NÄRA), 0)
    delar = celler[:andra], celler[andra:]
    if abs(celler[0].x0 - vänster) > NÄRA or any(len(d) < 2 for d in delar):
        return None
    hela = all(not är_ruta(d[0].text) and är_ruta(d[-1].text) for d in delar)
    return höger - NÄRA if hela else None


def _kan_delas(rad: Rad, gräns: float, först: Rad) -> bool:
    """No cell of a line reaches over from the left table to the right."""
    return rad.sida == först.sida and not rad.slag and not any(c.x0 < gräns < c.x1 for c in rad.celler)


def _halva(rad: Rad, gräns: float, *, höger: bool) -> Rad | None:
    celler = tuple(c for c in rad.celler if (c.x0 > gräns) == höger)
    text = " ".join(c.text for c in celler if c.text)
    return replace(rad, celler=celler, citat=text, text=text) if celler else None
