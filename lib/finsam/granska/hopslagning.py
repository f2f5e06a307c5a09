"""Findings that come from the same error are one: the root first, and what follows from it under it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from finsam.granska.fynd import LARM, VISAS, Fynd
from finsam.granska.lasa.siffror import FAKTOR

STOR = 5
"""How many digits a figure has that two findings are hardly of by chance."""
_ENHETER = {kr**tecken for kr in (FAKTOR["tkr"], FAKTOR["mnkr"]) for tecken in (1, -1)}
"""How many of one unit of money another is."""
_TYNGD = {"G01": 6, "G02": 4, "G05": 5, "G03": 5, "G06": 5, "G04": 3, "G09": 2, "G07": 1}


def slå_ihop(alla: Sequence[Fynd]) -> list[Fynd]:
    """The roots, the most serious first; each has its followers."""
    kvar = _utan_dubbletter([f for f in alla if f.säkerhet >= VISAS])
    ordnade = sorted(kvar, key=lambda f: (f.säkerhet < LARM, -_TYNGD.get(f.kod, 0), -f.säkerhet))
    rötter: list[Fynd] = []
    for f in ordnade:
        rot = next((r for r in rötter if _hör_ihop(r, f)), None)
        if rot is None:
            rötter.append(f)
        else:
            rot.följder.append(f)
    return sorted(rötter, key=_ordning)


def _utan_dubbletter(alla: Sequence[Fynd]) -> list[Fynd]:
    sedda: dict[tuple[object, ...], Fynd] = {}
    for f in alla:
        platser = tuple((s.fil, s.sida, s.citat, s.tal) for s in sorted(f.ställen, key=str))
        samma_tal = bool(f.celler and f.differens)  # two rules have found the same, in their own words
        nyckel = (f.kod, f.differens, f.celler) if samma_tal else (f.kod, f.text, f.differens, platser)
        if nyckel not in sedda or sedda[nyckel].säkerhet < f.säkerhet:
            sedda[nyckel] = f
    return list(sedda.values())


def _hör_ihop(rot: Fynd, f: Fynd) -> bool:
    """They share figures, and the difference is the same: one error gives both."""
    if not rot.celler or not f.celler or rot.säkerhet < LARM <= f.säkerhet:
        return False
    gemensamma = rot.celler & f.celler
    if rot.kod == f.kod == "G04" and {p[:3] for p in rot.celler} == {p[:3] for p in f.celler}:
        return True  # the same two rows, another year
    if rot.differens and f.differens and abs(rot.differens) == abs(f.differens):
        return bool(gemensamma or _tryckta(rot) & _tryckta(f))
    if gemensamma and rot.differens and f.differens and abs(rot.differens / f.differens) in _ENHETER:
        return True  # one is told in the table's unit, the other in kronor
    return bool(gemensamma) and f.kod in ("G07", "G04") and rot.kod in ("G01", "G03", "G05")


def _tryckta(f: Fynd) -> set[str]:
    """The large figures that a finding quotes, without blanks and signs."""
    siffror = (re.sub(r"\D", "", tal) for s in f.ställen for tal in s.tal)
    return {tal for tal in siffror if len(tal) >= STOR}


def _ordning(f: Fynd) -> tuple[object, ...]:
    först = f.ställen[0] if f.ställen else None
    return (f.säkerhet < LARM, -f.allvar, f.kod, först.fil if först else "", först.sida or 0 if först else 0, f.text)
