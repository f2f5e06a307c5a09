"""What is found: two things that cannot both be true, where they stand, and how sure it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from finsam.granska.lasa.rad import Rad

Nivå = Literal["hindrar", "att ta ställning till", "bra att veta"]
LARM, VISAS = 0.7, 0.5
"""How sure a finding is to be told, and to be told as something to look at."""


@dataclass(frozen=True, slots=True)
class Ställe:
    """A quotation as it stands in the file, and the figures in it that it is about, as they are printed."""

    fil: str
    sida: int | None
    rubrik: str
    citat: str
    tal: tuple[str, ...] = ()

    def json(self) -> dict[str, object]:
        """The place as it is in `--json`."""
        return {
            "fil": self.fil,
            "sida": self.sida,
            "rubrik": self.rubrik,
            "citat": self.citat,
            "tal": list(self.tal),
        }


@dataclass(slots=True)
class Fynd:
    """A finding."""

    kod: str
    nivå: Nivå
    allvar: int
    säkerhet: float
    text: str
    ställen: tuple[Ställe, ...]
    uträkning: str = ""
    differens: Decimal | None = None
    celler: frozenset[tuple[int, int, int, int]] = frozenset()
    """Document, table, row and column of the figures that may be wrong."""
    förklaring: str = ""
    följder: list[Fynd] = field(default_factory=list)

    def json(self) -> dict[str, object]:
        """The finding as it is in `--json`."""
        differens = None
        if self.differens is not None:
            hel = self.differens == self.differens.to_integral_value()
            differens = int(self.differens) if hel else float(self.differens)
        return {
            "kod": self.kod,
            "niva": self.nivå,
            "allvar": self.allvar,
            "sakerhet": round(self.säkerhet, 2),
            "text": f"{self.text} {self.förklaring}".strip(),
            "stallen": [s.json() for s in self.ställen],
            "utrakning": self.uträkning,
            "differens": differens,
        }


def ställe(fil: str, rad: Rad, *tal: str) -> Ställe:
    """The place of a line, with those figures that stand in it, as they stand there."""
    funna = (re.search(r"\s+".join(map(re.escape, ett.split())), rad.citat) for ett in tal)
    return Ställe(fil, rad.sida, rad.rubrik, rad.citat, tuple(träff[0] for träff in funna if träff))
