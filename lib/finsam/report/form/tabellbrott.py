"""Where a table may go on to the next page: between its groups, and never so that a sum is parted from what it sums."""

from __future__ import annotations

from collections.abc import Sequence

from finsam.model.tabell import Rad, Tabell

_LÅNG = 9
_ORDRIK = 300
"""A table with more rows, or more letters in its cells, may break over pages; others are kept together."""
_HÖG_RAD = 420
"""Letters in a cell of a row that is so high that it may be parted itself: some ten lines."""
DELBAR = -1
_FLERA_RADER = 90
_MINST = 2
"""Rows of a group that stand together on each side of a break."""


def delas(tabell: Tabell) -> bool:
    """Whether a table may go on over several pages."""
    return _bokstäver(tabell.rader) > _ORDRIK or len(tabell.rader) > _LÅNG


def håll_ihop(tabell: Tabell) -> dict[int, int]:
    """By the number of each row, how many rows from it stand together; 0 for one that stands with the row before it,
    DELBAR for one so high that it may itself be parted.

    >>> from finsam.model.tabell import Rad
    >>> slag = ("rubrik", "post", "post", "post", "post", "post", "delsumma", "summa")
    >>> håll_ihop(Tabell("x", "", "", (), tuple(Rad(str(nr), "", slag=ett) for nr, ett in enumerate(slag))))
    {1: 2, 2: 0, 3: 1, 4: 4, 5: 0, 6: 0, 7: 0}
    """
    ihop: dict[int, int] = {}
    for grupp in _grupper(tabell.rader):
        enheter = _enheter(tabell.rader, grupp)
        höga = any(_hög(tabell.rader[nr]) for nr in grupp)
        minst = 1 if any(_flerradig(tabell.rader[nr]) for nr in grupp) else _MINST
        for del_ in [[enhet] for enhet in enheter] if höga else _delar(enheter, minst):
            rader = [nr for enhet in del_ for nr in enhet]
            ihop |= dict.fromkeys(rader, 0)
            ihop[rader[0]] = DELBAR if len(rader) == 1 and _hög(tabell.rader[rader[0]]) else len(rader)
    return ihop


def _grupper(rader: Sequence[Rad]) -> list[list[int]]:
    """The numbers of the rows under each heading of a group."""
    grupper: list[list[int]] = [[]]
    for nr, rad in enumerate(rader):
        if rad.slag == "rubrik":
            grupper.append([])
        else:
            grupper[-1].append(nr)
    return [grupp for grupp in grupper if grupp]


def _enheter(rader: Sequence[Rad], grupp: Sequence[int]) -> list[list[int]]:
    """Rows that follow each other: a sum, and what is said of it, stands with the post before it."""
    enheter: list[list[int]] = []
    for nr in grupp:
        efter_summa = bool(enheter) and len(enheter[-1]) > 1 and rader[nr].indrag > 0
        if enheter and (rader[nr].slag != "post" or efter_summa):
            enheter[-1].append(nr)
        else:
            enheter.append([nr])
    return enheter


def _delar(enheter: list[list[int]], minst: int) -> list[list[list[int]]]:
    """What stands together of a group: its first rows, its last, and each of those between by itself."""
    if len(enheter) < 2 * minst:
        return [enheter]
    return [enheter[:minst], *([enhet] for enhet in enheter[minst:-minst]), enheter[-minst:]]


def _flerradig(rad: Rad) -> bool:
    """Whether a row is several lines of words, and so is enough by itself on its side of a break."""
    return max((len(cell.text) for cell in rad.celler), default=0) > _FLERA_RADER


def _hög(rad: Rad) -> bool:
    return max((len(cell.text) for cell in rad.celler), default=0) > _HÖG_RAD


def _bokstäver(rader: Sequence[Rad]) -> int:
    return sum(len(cell.text) for rad in rader for cell in rad.celler)
