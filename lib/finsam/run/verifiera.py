"""Verification: are the published figures those of the inputs, and does this machine compute the same?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from finsam.run.granska_fakta import granska_fakta
from finsam.run.granska_filer import granska_filer
from finsam.run.granska_plomb import granska_plomb
from finsam.run.granskning import Plats, Steg
from finsam.run.skapa import Framsteg

STÄMMER, SKILJER, OKLART = range(3)


def verifiera(plats: Plats, nivå: int, framsteg: Callable[[int], Framsteg]) -> Iterator[Steg]:
    """Every step up to a level; each level is told whole, also when an earlier one found something."""
    yield from granska_filer(plats)
    yield from granska_plomb(plats)
    if nivå >= 1:
        yield from granska_fakta(plats)
    if nivå >= 2:
        from finsam.run.omkorning import granska_omkörning

        yield from granska_omkörning(plats, framsteg)


def utfall(steg: Sequence[Steg]) -> int:
    """The exit code: 1 when something differs, else 2 when something could not be tried, else 0."""
    funna = {s.utfall for s in steg}
    return SKILJER if "skiljer" in funna else OKLART if "oklart" in funna else STÄMMER
