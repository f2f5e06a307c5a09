"""The rows of a file's verifikationer as columns of numbers, and what they add up to. A million rows take 20 MB."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import prod
from typing import NamedTuple, TypeVar

from finsam.model.bokforing import Objekt
from finsam.read.ledger.belopp import månad

MÅNGA = 50_000
"""So many rows are added up sooner by numpy, its import counted."""

INGEN_DAG = 0
"""The number of no date."""

FLEST_KOMBINATIONER = 4_000_000
"""So many numbers may a table of sums have room for."""

Nyckel = tuple[int, ...]
Kontering = tuple[str, tuple[Objekt, ...]]
"""A konto and the objekt a row is booked on."""
T = TypeVar("T")


class Talkolumn(NamedTuple):
    """A column, and what each of its numbers counts as."""

    tal: array[int]
    räknas_som: Sequence[int]


@dataclass(slots=True)
class Radsummor:
    """What rows add up to, in öre: per konto and calendar month, and per konto and objekt list."""

    perioder: dict[tuple[str, str], int] = field(default_factory=dict)
    objekt: dict[tuple[str, tuple[Objekt, ...]], int] = field(default_factory=dict)

    def per_konto(self) -> dict[str, int]:
        """The sum of each konto."""
        summor: dict[str, int] = {}
        for (konto, _), öre in self.perioder.items():
            summor[konto] = summor.get(konto, 0) + öre
        return summor


class Rader:
    """Rows as they are read, each with its kontering, its date and its verifikation's date as numbers, and öre.

    The amounts of every reader have at most 15 digits before the point, so an öre has room in 64 bits.
    """

    def __init__(self) -> None:
        self.konteringar: dict[Kontering, int] = {}
        self.dagar: dict[date | None, int] = {None: INGEN_DAG}
        self.kontering = array("i")
        self.dag = array("i")
        self.verdag = array("i")
        self.öre = array("q")

    def __len__(self) -> int:
        return len(self.öre)

    def konteringsnr(self, kontering: Kontering) -> int:
        """The number of a kontering."""
        return self.konteringar.setdefault(kontering, len(self.konteringar))

    def dagnr(self, dag: date | None) -> int:
        """The number of a date."""
        return self.dagar.setdefault(dag, len(self.dagar))

    def add(self, konteringar: list[int], dagar: list[int], verdagar: list[int], öre: list[int]) -> None:
        """Add rows by their numbers."""
        self.kontering.extend(array("i", konteringar))
        self.dag.extend(array("i", dagar))
        self.verdag.extend(array("i", verdagar))
        self.öre.extend(array("q", öre))

    def summor(self, ägare: Mapping[date | None, int]) -> dict[int, Radsummor]:
        """The sums of each owner: `ägare` says whose the verifikationer of a date are; the others are left out."""
        konton, konto_av = _numrera(konto for konto, _ in self.konteringar)
        månader, månad_av = _numrera(månad(dag) if dag else "" for dag in self.dagar)
        ägarna, ägare_av = _numrera(ägare.get(dag) for dag in self.dagar)
        verdag = Talkolumn(self.verdag, ägare_av)
        svar = {nr: Radsummor() for nr in ägare.values()}
        summor = self._summera(verdag, Talkolumn(self.kontering, konto_av), Talkolumn(self.dag, månad_av))
        for konto, period, vem, öre in sorted((konton[k], månader[m], vem, öre) for (vem, k, m), öre in summor):
            if (nr := ägarna[vem]) is not None:
                svar[nr].perioder[konto, period] = öre
        konteringar = list(self.konteringar)
        for (vem, k), öre in self._summera(verdag, Talkolumn(self.kontering, range(len(konteringar)))):
            if (nr := ägarna[vem]) is not None and konteringar[k][1]:
                svar[nr].objekt[konteringar[k]] = öre
        return svar

    def _summera(self, *kolumner: Talkolumn) -> Iterable[tuple[Nyckel, int]]:
        """The öre of each combination of numbers in the columns, in order of the numbers."""
        if len(self) >= MÅNGA and (summor := _summera_många(kolumner, self.öre)):
            return summor
        return sorted(_summera(kolumner, self.öre).items())


def _numrera(värden: Iterable[T]) -> tuple[list[T], list[int]]:
    """The distinct values, and the number of each value among them."""
    nummer: dict[T, int] = {}
    per_värde = [nummer.setdefault(värde, len(nummer)) for värde in värden]
    return list(nummer), per_värde


def _summera(kolumner: Sequence[Talkolumn], öre: array[int]) -> dict[Nyckel, int]:
    summor: dict[Nyckel, int] = {}
    nycklar = zip(*(map(kolumn.räknas_som.__getitem__, kolumn.tal) for kolumn in kolumner), strict=True)
    for nyckel, tal in zip(nycklar, öre, strict=True):
        summor[nyckel] = summor.get(nyckel, 0) + tal
    return summor


def _summera_många(kolumner: Sequence[Talkolumn], öre: array[int]) -> list[tuple[Nyckel, int]] | None:
    """The same by numpy; `None` where a sum could need more than 64 bits, or the combinations are too many."""
    import numpy as np

    tal = np.frombuffer(öre, öre.typecode)
    mått = [max(kolumn.räknas_som) + 1 for kolumn in kolumner]
    if len(tal) * max(int(tal.max()), -int(tal.min())) >= 2**63 or prod(mått) > FLEST_KOMBINATIONER:
        return None
    plats = np.zeros(len(tal), np.int64)
    for kolumn, antal in zip(kolumner, mått, strict=True):
        plats *= antal
        plats += np.array(kolumn.räknas_som, np.int64)[np.frombuffer(kolumn.tal, kolumn.tal.typecode)]
    summor = np.zeros(prod(mått), np.int64)
    np.add.at(summor, plats, tal)
    finns = np.flatnonzero(np.bincount(plats))
    nycklar = zip(*(kolumn.tolist() for kolumn in np.unravel_index(finns, mått)), strict=True)
    return list(zip(nycklar, summor[finns].tolist(), strict=True))
