"""The verifikationer of a ledger in columns of numbers: what they add up to is known without making any of them."""

from __future__ import annotations

import re
from abc import abstractmethod
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import accumulate, chain, pairwise
from typing import overload

from finsam.model.bokforing import Bokfört, Transaktion, Verifikation, Verifikationer, Verifikationslista, är_på
from finsam.read.ledger.belopp import decimal_kr
from finsam.read.ledger.rader import Rader
from finsam.read.ledger.verifikationer import Huvud, Verifikationsrad

Storlek = tuple[int, int]


class Verifikationsföljd(Verifikationer):
    """A file's verifikationer, each made when it is asked for. `rader` are all their rows."""

    def __init__(self) -> None:
        self.rader = Rader()
        self._slut = array("q")
        self._dagar = array("i")

    @abstractmethod
    def _make(self, nr: int) -> Verifikation:
        """The verifikation of a number, from 0."""

    def __len__(self) -> int:
        return len(self._slut)

    @overload
    def __getitem__(self, nr: int) -> Verifikation: ...
    @overload
    def __getitem__(self, nr: slice) -> tuple[Verifikation, ...]: ...
    def __getitem__(self, nr: int | slice) -> Verifikation | tuple[Verifikation, ...]:
        if isinstance(nr, slice):
            return tuple(map(self._make, range(len(self))[nr]))
        return self._make(range(len(self))[nr])

    def __iter__(self) -> Iterator[Verifikation]:
        return map(self._make, range(len(self)))

    def antal_rader(self) -> int:
        return len(self.rader)

    def bokförda_dagar(self) -> set[date]:
        return {dag for dag in self.rader.dagar if dag}

    def med_text(self, mönster: re.Pattern[str]) -> Iterator[Verifikation]:
        return iter(self)

    def per_datum(self, konto: str, objekt: str) -> tuple[int, Iterable[Verifikation]]:
        nummer = {nr for kontering, nr in self.rader.konteringar.items() if är_på(kontering, konto, objekt)}
        rader = [rad for rad, nr in enumerate(self.rader.kontering) if nr in nummer]
        dagar = [dag or date.min for dag in self.rader.dagar]
        träffade = dict.fromkeys(bisect_right(self._slut, rad) for rad in rader)
        return len(rader), map(self._make, sorted(träffade, key=lambda nr: dagar[self._dagar[nr]]))

    def likadana(self) -> Iterator[list[Verifikation]]:
        """Only those are made that have a day, a number of rows and a largest amount in common."""
        möjliga: dict[tuple[int, Storlek], list[int]] = {}
        for nr, storlek in self._storlekar():
            möjliga.setdefault((self._dagar[nr], storlek), []).append(nr)
        flera = [nummer for nummer in möjliga.values() if len(nummer) > 1]
        return chain.from_iterable(Verifikationslista(map(self._make, nummer)).likadana() for nummer in flera)

    def antal_som_bokför(self, sökta: Collection[tuple[Bokfört, ...]]) -> Counter[tuple[Bokfört, ...]]:
        """Only those are made that have a number of rows and a largest amount that is asked for."""
        storlekar = {(len(rader), int(100 * max(belopp for _, _, belopp in rader))) for rader in sökta}
        nummer = (nr for nr, storlek in self._storlekar() if storlek in storlekar) if sökta else ()
        return Verifikationslista(map(self._make, nummer)).antal_som_bokför(sökta)

    def _storlekar(self) -> Iterator[tuple[int, Storlek]]:
        """The number of each that has rows, with how many they are and the largest amount in öre."""
        for nr, (start, slut) in enumerate(pairwise((0, *self._slut))):
            if slut > start:
                yield nr, (slut - start, max(self.rader.öre[start:slut]))

    def utanför(self, start: date, slut: date) -> Iterator[Verifikation]:
        """Those with a date outside a year."""
        nummer = {nr for dag, nr in self.rader.dagar.items() if dag and not start <= dag <= slut}
        if nummer:
            yield from (self[nr] for nr, dag in enumerate(self._dagar) if dag in nummer)

    @property
    def tomma(self) -> int:
        """How many have no rows."""
        return sum(före == slut for före, slut in pairwise((0, *self._slut)))

    def _add_rader(self, huvud: Huvud, rader: list[Verifikationsrad]) -> None:
        """Add the rows of a verifikation to the columns."""
        verdag = self.rader.dagnr(huvud.datum)
        self.rader.add(
            [self.rader.konteringsnr((rad.konto, rad.objekt)) for rad in rader],
            [self.rader.dagnr(rad.datum or huvud.datum) for rad in rader],
            [verdag] * len(rader),
            [rad.öre for rad in rader],
        )
        self._add_slut([verdag], [len(rader)])

    def _add_slut(self, verdagar: list[int], antal: list[int]) -> None:
        """Add verifikationer by the number of their dates, and how many rows each has."""
        slut = self._slut[-1] if self._slut else 0
        self._dagar.extend(array("i", verdagar))
        self._slut.extend(array("q", list(accumulate(antal, initial=slut))[1:]))


class Lästföljd(Verifikationsföljd):
    """Verifikationer that are kept as they were read."""

    def __init__(self) -> None:
        super().__init__()
        self._lästa: list[tuple[Huvud, list[Verifikationsrad]]] = []

    def _make(self, nr: int) -> Verifikation:
        return verifikation(*self._lästa[nr])

    def add(self, huvud: Huvud, rader: list[Verifikationsrad]) -> None:
        """Add a verifikation after the others."""
        self._lästa.append((huvud, rader))
        self._add_rader(huvud, rader)


def verifikation(huvud: Huvud, rader: Iterable[Verifikationsrad]) -> Verifikation:
    """The finished value of what was read."""
    transaktioner = (Transaktion(r.konto, r.objekt, decimal_kr(r.öre), r.datum or huvud.datum, r.text) for r in rader)
    return Verifikation(*huvud, tuple(transaktioner))
