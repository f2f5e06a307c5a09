"""Röjandekontroll: between which values a count that is not shown must lie, given all that is shown.

The reader is taken to know every relation between the counts, and how they were withheld: that a withheld count
is one at least, since nil is always shown. What then is possible are the points of a polyhedron. How large and how
small a count can be is seen at its corners, which are looked for by the simplex method in exact numbers (by Bland's
rule, so that it ends). The corners of tables like these are whole numbers but for odd ones; those are rounded inwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, inf

Tal = int | Fraction


@dataclass(frozen=True, slots=True)
class Samband:
    """Counts that add up to nil: +1 for a total, −1 for each of its parts."""

    termer: tuple[tuple[int, str], ...]

    @property
    def led(self) -> tuple[str, ...]:
        """The counts of the relation."""
        return tuple(namn for _, namn in self.termer)


class Rum:
    """The values that the counts a reader does not know can have, each counted from the least it can be.

    `tal` are the true counts, which agree with the relations; `okända` are those not known, with the least each
    can be. A row of the tableau says that a count is its value less the others in the row times their
    coefficients; unknown counts without a row are nil at the corner. Shown counts stand in the rows too, though
    they have their values, to tell where a bound comes from. `minst` and `mest` are the extremes seen so far.
    """

    def __init__(self, tal: Mapping[str, int], samband: Iterable[Samband], okända: Mapping[str, int]) -> None:
        self.tal = tal
        self.värden: dict[str, Tal] = {namn: tal[namn] - lägst for namn, lägst in okända.items()}
        self.minst: dict[str, float] = {namn: tal[namn] - lägst for namn, lägst in okända.items()}
        self.mest = dict(self.minst)
        self.rader: dict[str, dict[str, Tal]] = {}
        self.vilande: list[dict[str, Tal]] = []
        for ett in samband:
            self._lägg_till({namn: tecken for tecken, namn in ett.termer})
        for namn in sorted(self.värden.keys() - self.rader.keys()):
            self._flytta(namn, -1, self.värden[namn])

    def dölj(self, namn: str) -> None:
        """Withhold one more count: it can be one or more."""
        self.värden[namn] = self.tal[namn] - 1
        self.minst[namn] = self.mest[namn] = self.tal[namn] - 1
        väntat = [rad for rad in self.vilande if namn in rad]
        self.vilande = [rad for rad in self.vilande if namn not in rad]
        for rad in väntat:
            self._lägg_till(rad)
        if namn not in self.rader:
            self._flytta(namn, -1, self.värden[namn])

    def hållare(self, namn: str, krav: int) -> set[str] | None:
        """The shown counts that hold a count to fewer values than asked for; None when it can have that many."""
        visade: set[str] = set()
        for håll in (1, -1):
            while self.mest[namn] - self.minst[namn] + 1 < krav:
                rad = self.rader.get(namn, {namn: -1} if håll > 0 else {})
                in_ = min((n for n, a in rad.items() if håll * a < 0 and n in self.värden), default="")
                if not in_:
                    visade.update(n for n in rad if n not in self.värden)
                    break
                if not self._flytta(in_, 1, None):
                    for n in (in_, *(n for n, rad in self.rader.items() if rad.get(in_, 0) < 0)):
                        self.mest[n] = inf
        return visade if self.mest[namn] - self.minst[namn] + 1 < krav else None

    def _lägg_till(self, ny: dict[str, Tal]) -> None:
        """Add an equation that holds where we are: solve it for the unknown count that is largest there."""
        for namn in [n for n in ny if n in self.rader]:
            gånger = ny.pop(namn)
            for annan, a in self.rader[namn].items():
                _addera(ny, annan, -gånger * a)
        if in_ := max((n for n in ny if n in self.värden), key=lambda n: (self.värden[n], n), default=""):
            delat = ny.pop(in_)
            self._sätt_in(in_, {n: _kvot(a, delat) for n, a in ny.items()})
        elif ny:
            self.vilande.append(ny)

    def _sätt_in(self, in_: str, rad: dict[str, Tal]) -> None:
        """Give a count a row, and take it out of the others'."""
        for andra in self.rader.values():
            if gånger := andra.pop(in_, 0):
                for namn, a in rad.items():
                    _addera(andra, namn, -gånger * a)
        self.rader[in_] = rad

    def _flytta(self, namn: str, håll: int, högst: Tal | None) -> bool:
        """Change a count without a row until it, or one that follows, is nil; False when nothing stops it."""
        med = {n: a for n, rad in self.rader.items() if (a := rad.get(namn, 0))}
        steg, ut = min(
            ((_kvot(self.värden[n], håll * a), n) for n, a in med.items() if håll * a > 0), default=(None, "")
        )
        if högst is not None and (steg is None or högst <= steg):
            steg, ut = högst, ""
        if steg is None:
            return False
        for n, a in ((namn, -1), *med.items()):
            self.värden[n] -= håll * steg * a
            self.minst[n] = min(self.minst[n], ceil(self.värden[n]))
            self.mest[n] = max(self.mest[n], floor(self.värden[n]))
        if ut:
            rad = self.rader.pop(ut)
            delat = rad.pop(namn)
            self._sätt_in(namn, {ut: _kvot(1, delat), **{n: _kvot(a, delat) for n, a in rad.items()}})
        return True


def _addera(rad: dict[str, Tal], namn: str, a: Tal) -> None:
    if summa := rad.get(namn, 0) + a:
        rad[namn] = summa if summa.denominator > 1 else summa.numerator
    else:
        del rad[namn]


def _kvot(a: Tal, b: Tal) -> Tal:
    kvot = Fraction(a) / b
    return kvot.numerator if kvot.denominator == 1 else kvot
