"""Every word that a person has written for a year, with the file and line, or sheet and row, where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pydantic import BaseModel

from finsam.model.forbund import Förbund, Ställe
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.underlag import Underlag
from finsam.model.upplysningsblad import Personalgrupp

NAMN = frozenset(
    {
        *("id", "insats", "område", "fakta", "mått", "funktion", "post", "medlem"),
        *("grupp", "kod", "gäller", "av", "under"),
        *("konto", "kostnader", "intäkter", "förskott", "stödgrundande"),
    }
)
"""Cells and settings that are names of other things, and so are never words on a page."""


class Ord(NamedTuple):
    """Words and where they stand. A text's are a line each."""

    fil: str
    plats: str
    text: str


def skrivna_ord(år: Räkenskapsår) -> Iterator[Ord]:
    """The words of the texts, the underlag and the settings, all that a reader may see."""
    for fil in år.texter.values():
        yield from (Ord(fil.fil, f"rad {nr}", rad) for nr, rad in enumerate(fil.text.split("\n"), 1))
    yield from underlagets_ord(år.underlag)
    yield from inställda_ord(år.förbund)


def underlagets_ord(underlag: Underlag) -> Iterator[Ord]:
    """The words of every row of the underlag."""
    for _, rader in underlag:
        for rad in rader if isinstance(rader, tuple) else ():
            namn = NAMN - {"grupp"} if isinstance(rad, Personalgrupp) else NAMN
            plats = f"{rad.blad}, rad {rad.rad}"
            for fält, värde in vars(rad).items():
                if isinstance(värde, str) and värde and fält not in namn:
                    yield Ord(underlag.fil, plats, värde)


def inställda_ord(förbund: Förbund) -> Iterator[Ord]:
    """The words of the settings."""
    for ställe, text in _ord_i(förbund, ()):
        yield Ord(*förbund.var(ställe), text)


def _ord_i(del_: object, ställe: Ställe) -> Iterator[tuple[Ställe, str]]:
    match del_:
        case str() if del_:
            yield ställe, del_
        case BaseModel() | dict():
            for nyckel, värde in dict(del_).items():
                if nyckel not in NAMN:
                    yield from _ord_i(värde, (*ställe, nyckel))
        case tuple():
            for nr, värde in enumerate(del_):
                yield from _ord_i(värde, (*ställe, nr))
