"""How wide words are when they are set in the report's own type, as its files say."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from struct import iter_unpack, unpack_from
from typing import Literal

Vikt = Literal[400, 600]

_TYPSNITT = Path(__file__).parents[1] / "typsnitt"
_FILER: dict[Vikt, str] = {400: "SourceSans3-Regular.ttf", 600: "SourceSans3-Semibold.ttf"}


def ordens_bredd(text: str, grad: float, vikt: Vikt = 400) -> float:
    """How wide words are when they are set.

    >>> ordens_bredd("ord", 10)
    14.44
    """
    vidder = _vidder(vikt)
    return grad * sum(vidder.get(ord(tecken), vidder[0]) for tecken in text)


@cache
def _vidder(vikt: Vikt) -> Mapping[int, float]:
    """The widths of letters of the size 1 by their code; under 0 that of what stands for a letter that is not there.

    The tables of OpenType: `cmap` says which glyph a letter is, in runs (format 12), and `hmtx` how wide each is.
    """
    data = (_TYPSNITT / _FILER[vikt]).read_bytes()
    (antal,) = unpack_from(">H", data, 4)
    tabeller = {namn: plats for namn, _, plats, _ in iter_unpack(">4sIII", data[12 : 12 + 16 * antal])}
    (em,) = unpack_from(">H", data, tabeller[b"head"] + 18)
    (mätta,) = unpack_from(">H", data, tabeller[b"hhea"] + 34)
    bredder = [bredd / em for bredd, _ in iter_unpack(">HH", data[tabeller[b"hmtx"] :][: 4 * mätta])]
    vidder = {0: bredder[0]}
    for första, sista, glyf in _följder(data, tabeller[b"cmap"]):
        for nr in range(sista - första + 1):
            vidder[första + nr] = bredder[min(glyf + nr, mätta - 1)]
    return vidder


def _följder(data: bytes, cmap: int) -> list[tuple[int, int, int]]:
    """Runs of letters: the first, the last, and the glyph of the first."""
    (antal,) = unpack_from(">H", data, cmap + 2)
    delar = [cmap + plats for _, _, plats in iter_unpack(">HHI", data[cmap + 4 :][: 8 * antal])]
    tolv = next(plats for plats in delar if unpack_from(">H", data, plats)[0] == 12)
    (antal,) = unpack_from(">I", data, tolv + 12)
    return list(iter_unpack(">III", data[tolv + 16 :][: 12 * antal]))
