"""What a table is, and what it is while it is read."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from finsam.granska.lasa.kolumnrubrik import Kolumn, är_ruta
from finsam.granska.lasa.rad import Cell, Rad
from finsam.granska.lasa.siffror import Tal

ENHET = re.compile(r"\b(mnkr|mkr|msek|tkr|kkr|ksek|tusental kronor|tusen kronor|miljoner kronor|kronor|kr)\b", re.I)
NOT = re.compile(r"(?i)not(?:er)?\.?")
NOTNUMMER = 40
ÅRTAL = re.compile(r"(?:19|20)\d\d")
MENING = re.compile(r"[.!?]\s*$")
Talplats = tuple[Tal, float, float, Rad]
"""A number, where it begins and ends, and the line that it stands on."""
NYSS = 40
"""So many of the latest rows tell what the table is like."""
KANT = 0.15
"""How far from each other, in heights of the line, edges may be that are the same edge."""


@dataclass(slots=True)
class Tabellrad:
    """A row: its label, and a figure or nothing in each column, with the line that each stands on."""

    etikett: str
    tal: tuple[Tal | None, ...]
    rader: tuple[Rad | None, ...]
    not_: str = ""
    säker: bool = True
    """Every figure is known to stand in its column."""
    grupp: str = ""
    """The heading within the table that it stands under."""


@dataclass(slots=True)
class Tabell:
    """A table as it was read."""

    rubrik: str
    kolumner: tuple[Kolumn, ...]
    rader: list[Tabellrad]
    sida: int | None
    enhet: str = ""
    avsnitt: str = ""
    hörn: str = ""
    """What the head says over the labels."""


@dataclass(slots=True)
class Utkast:
    """A line with figures, before its columns are known."""

    etikett: str
    celler: list[Talplats]
    grupp: str = ""
    not_: str = ""
    lägen: bool = True
    lösa: list[Talplats] = field(default_factory=list)
    """What the label ends in, when it may be a figure of the first columns."""


@dataclass(slots=True)
class Öppen:
    """The table that is being read."""

    rubrik: str = ""
    avsnitt: str = ""
    sida: int | None = None
    rubrikrader: list[list[Cell]] = field(default_factory=list)
    rader: list[Utkast] = field(default_factory=list)
    väntar: list[Rad] = field(default_factory=list)
    grupp: str = ""
    enhet: str = ""
    hörn: str = ""
    över: list[Rad] = field(default_factory=list)
    """The lines right above, which are the head when nothing else is."""
    sista: Rad | None = None

    @property
    def kolumner(self) -> int | None:
        """How many columns of figures the head says; None when it does not say."""
        antal = [sum(är_ruta(c.text) for c in rad) for rad in self.rubrikrader]
        return max(antal, default=0) or None

    @property
    def bredd(self) -> int:
        """How many figures most rows have so far."""
        antal = Counter(len(u.celler) for u in self.rader[-NYSS:])
        return antal.most_common(1)[0][0] if antal else 0

    def i_kolumn(self, tal: Talplats, höjd: float) -> bool:
        """A number begins, ends or has its middle where a figure of an earlier row has."""
        return any(samma_kant(tal[1:3], cell[1:3], höjd) for u in self.rader[-NYSS:] for cell in u.celler)

    @property
    def har_noter(self) -> bool:
        """There is a column for notes."""
        return any(NOT.fullmatch(c.text) for rad in self.rubrikrader for c in rad)


def samma_kant(a: tuple[float, float], b: tuple[float, float], höjd: float) -> bool:
    """Two figures stand below each other: to the left, to the right or in the middle."""
    nära = KANT * höjd
    return min(abs(a[0] - b[0]), abs(a[1] - b[1]), abs(sum(a) - sum(b)) / 2) <= nära
