"""Dates and periods in headings and title lines: 2024, 202412, 2024-12-31, 2024-01-01 – 2024-12-31."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

TID = re.compile(
    r"(?<![\d,.])(?P<år>20\d\d)(?:-?(?P<månad>0[1-9]|1[0-2])(?:-?(?P<dag>0[1-9]|[12]\d|3[01]))?)?(?![\d,.]\d|\d)",
    re.ASCII,
)
TILL = re.compile(r"[\s:/–—−-]*(?:till och med|till|tom|t\.?\s?o\.?\s?m\.?)?[\s:/–—−-]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tid:
    """A stretch of time as text gives it; `hel` tells that both its ends are written out, `plats` where it stands."""

    start: date
    slut: date
    hel: bool
    plats: tuple[int, int]

    @property
    def är_år(self) -> bool:
        """Whether it is one whole calendar year."""
        return (self.start.month, self.start.day, self.slut.month, self.slut.day) == (1, 1, 12, 31) and (
            self.start.year == self.slut.year
        )


def tider(text: str) -> list[Tid]:
    """The dates and periods of a text, in order.

    >>> [(str(tid.start), str(tid.slut)) for tid in tider("Period 202401-202406, utskriven 2025-01-14")]
    [('2024-01-01', '2024-06-30'), ('2025-01-14', '2025-01-14')]
    """
    svar: list[Tid] = []
    for ett in _enkla(text):
        före = svar[-1] if svar else None
        if före and not före.hel and ett.start > före.start and TILL.fullmatch(text[före.plats[1] : ett.plats[0]]):
            svar[-1] = Tid(före.start, ett.slut, True, (före.plats[0], ett.plats[1]))
        else:
            svar.append(ett)
    return svar


def _enkla(text: str) -> Iterator[Tid]:
    """Each year, month and day by itself."""
    for träff in TID.finditer(text):
        år, månad, dag = (int(del_ or 0) for del_ in träff.group("år", "månad", "dag"))
        try:
            start = date(år, månad or 1, dag or 1)
        except ValueError:
            continue
        slut = start if dag else date(år, månad or 12, monthrange(år, månad or 12)[1])
        yield Tid(start, slut, False, träff.span())
