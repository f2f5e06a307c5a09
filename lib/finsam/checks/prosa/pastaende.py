"""What a sentence says of two figures, and whether they contradict it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from finsam.checks.prosa.mening import Tal
from finsam.checks.prosa.ordlista import något_av
from finsam.model.belopp import NOLL
from finsam.model.monster import Mönster

RESULTAT = re.compile(
    r"(?:^|[._])(?:arets_resultat|\w*resultat|efter_justeringar|arets_kassaflode|finansnetto)(?:\.|$)"
)
"""Facts whose sign says whether it went well."""
KAPITAL = Mönster(r"(?:^|[._])(?:eget_kapital\w*|soliditet|kapitalandel)$")
_UNDERSKOTT = Mönster(rf"{något_av('underskott')}|kostnad|skuld|avgift")


class Utsaga(Protocol):
    """What a sentence says: in which words, of which figures, and whether they say otherwise."""

    @property
    def ord_(self) -> str: ...
    @property
    def om(self) -> str: ...
    @property
    def motsagt(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Påstående:
    """That a figure is more (1) or less (-1) than another, or the same (0); `nekat` says that it is not so.

    `ord_` is how the text says it, `ena` and `andra` name the figures for a message.
    """

    ord_: str
    väntat: int
    mindre: Decimal
    större: Decimal
    ena: str
    andra: str = ""
    nekat: bool = False
    ungefär: bool = False

    @property
    def om(self) -> str:
        """The figures, for a message."""
        return f"talen är {self.ena} och {self.andra}" if self.andra else f"talet är {self.ena}"

    @property
    def motsagt(self) -> bool:
        """Whether the figures say otherwise. What rounding hides is not said otherwise."""
        skillnad = self.större - self.mindre
        if self.väntat == 0:
            if self.ungefär:
                return not self.nekat and abs(skillnad) * 10 > max(abs(self.större), abs(self.mindre))
            return (skillnad == 0) == self.nekat
        if skillnad == 0:
            return not self.nekat
        return ((skillnad > 0) == (self.väntat > 0)) == self.nekat


@dataclass(frozen=True, slots=True)
class Ordval:
    """That a thing is so, in words that are right or wrong without any two figures: that a goal was met, that a limit
    is a ceiling. `om` says what is so.
    """

    ord_: str
    om: str
    motsagt: bool


def jämförbara(före: Tal, efter: Tal, sats: str, *, värderar: bool) -> tuple[Decimal, Decimal] | None:
    """The two figures as a sentence means their sizes; None when it may mean either.

    A cost is printed with minus or without, and a larger underskott is a lower resultat. `värderar` is for words such
    as better and worse, which speak of results alone.
    """
    if före.enhet != efter.enhet:
        return None
    resultat = all(_om_resultat(tal, sats) for tal in (före, efter))
    if värderar and not resultat and not all(KAPITAL.search(tal.id) for tal in (före, efter)):
        return None
    a, b = före.värde, efter.värde
    if a >= 0 and b >= 0:
        utan = [tal for tal in (före, efter) if tal.utan_tecken and tal.fakta and (tal.fakta.värde or NOLL) < 0]
        if len(utan) == 1 and resultat:
            return None
        return (-a, -b) if värderar and len(utan) == 2 else (a, b)
    if a <= 0 and b <= 0:
        if värderar:
            return a, b
        if _UNDERSKOTT.search(sats) or not resultat:
            return -a, -b
        return None
    return (a, b) if resultat and not re.search(något_av("underskott"), sats) else None


def _om_resultat(tal: Tal, sats: str) -> bool:
    """Whether a figure is a result: its fact is, or it is typed and the words say so."""
    return bool(RESULTAT.search(tal.id)) if tal.fakta else "resultat" in sats
