"""How high a row must be for its words, and how a sheet fits on paper.

A workbook carries no heights that are right: neither Excel nor LibreOffice measures a wrapped row when it opens one.
So the words are measured here, in Calibri. A column is so many digits wide: where another type stands in for Calibri
its digits make the columns wider, and about as many letters have room.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

RAD = 15.0
"""A line of 11 points, in points."""
HÖGST = 409.0
"""The highest row that Excel has."""
_BREDDER = {
    463: " ",
    500: "ilIjJ.,:;'|!",
    640: 'frt()[]{}-–/\\"*°',
    820: "cszJ?",
    1038: "0123456789+=<>−",
    1120: "abdeghknopquvxyFLSETÅåäöBPY_",
    1330: "ACDGHKNRUVXZ&Ä",
    1520: "OQÖw%@",
    1860: "mMW—",
}
_TECKEN = {tecken: bredd for bredd, alla in _BREDDER.items() for tecken in alla}
"""The widths of letters in Calibri, of 2048 to the em, none less than it is."""
_OKÄND = 2048
_RUTA = 1038
"""A column is as many digits wide."""
_BREDAST = 2.4
"""What no letter is wider than, in digits."""
_RYMD = 1.08
"""What the letters of a type that stands in for Calibri may be wider, beside its digits."""


def rader(text: str, bredd: float, *, fet: bool = False, storlek: float = 11) -> int:
    """How many lines a text takes in a column, or in several that are together so many digits wide.

    >>> rader("Kostnader", 52), rader("Verksamhetens kostnader per funktion och år " * 3, 52), rader("a\\nb", 52)
    (1, 3, 2)
    """
    if len(text) * _BREDAST <= bredd and "\n" not in text:
        return 1
    rum = bredd * _RUTA / _RYMD / (1.05 if fet else 1) * 11 / storlek
    return sum([_stycke(stycke, rum) for stycke in text.split("\n")])


@lru_cache(maxsize=1 << 12)
def _stycke(text: str, rum: float) -> int:
    antal, kvar = 1, float(rum)
    for ord_ in text.split(" "):
        bredd = float(_bredd(ord_))
        if bredd > kvar and kvar < rum:
            antal, kvar = antal + 1, rum
        if bredd > rum:  # a word that is broken where the column ends
            antal, bredd = antal + int(bredd // rum), bredd % rum
        kvar -= bredd + _TECKEN[" "]
    return antal


@cache
def _bredd(ord_: str) -> int:
    return sum(_TECKEN.get(tecken, _OKÄND) for tecken in ord_)


def höjd(antal: int) -> float:
    """The height of a row of so many lines, in points."""
    return min(HÖGST, max(1, antal) * RAD)


MINSTA_SKALA = 80
_MARGIN = 15
_PUNKTER = 210 - 2 * _MARGIN, 297 - 2 * _MARGIN


def utskrift(bredder: Iterable[float], talkolumner: int) -> tuple[bool, bool]:
    """Whether a sheet lies on its side, and whether it can be a page wide without being printed smaller than 80 %.

    >>> utskrift((52, 7, 16, 16, 16, 10), 2), utskrift((52, 16, 16, 16, 16, 16, 16, 12), 5), utskrift((200,), 1)
    ((False, True), (True, True), (True, False))
    """
    bredd = sum((tecken * 7 + 5) / 96 * 25.4 for tecken in bredder)
    liggande = talkolumner >= 5 or bredd * MINSTA_SKALA / 100 > _PUNKTER[0]
    return liggande, bredd * MINSTA_SKALA / 100 <= _PUNKTER[liggande]
