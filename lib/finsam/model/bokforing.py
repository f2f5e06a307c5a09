"""The ledger as an export file gives it: konton, saldon per räkenskapsår, verifikationer. Debit plus, credit minus."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import overload

Objekt = tuple[str, str]
"""A dimension number and an object code, as `("6", "CT")` for projekt CT."""

Kontering = tuple[str, tuple[Objekt, ...]]
"""A konto and the objekt that a row is booked on."""

Bokfört = tuple[str, tuple[Objekt, ...], Decimal]
"""A kontering and the amount that is booked on it."""


@dataclass(frozen=True, slots=True)
class Konto:
    """An account. The name is empty when the file uses the account without naming it."""

    nummer: str
    namn: str


@dataclass(frozen=True, slots=True)
class Transaktion:
    """A row of a verifikation. The date is the verifikation's own when the row has none."""

    konto: str
    objekt: tuple[Objekt, ...]
    belopp: Decimal
    datum: date | None
    text: str


@dataclass(frozen=True, slots=True)
class Verifikation:
    """A voucher (BFL 5 kap. 6–7 §§). The date is `None` when the file has no valid one."""

    serie: str
    nummer: str
    datum: date | None
    text: str
    rader: tuple[Transaktion, ...]


def bokfört(ver: Verifikation, tecken: int = 1) -> tuple[Bokfört, ...]:
    """What a verifikation books, in an order of its own; with -1 what would take it back."""
    return tuple(sorted((rad.konto, rad.objekt, tecken * rad.belopp) for rad in ver.rader))


class Verifikationer(Sequence[Verifikation]):
    """The verifikationer of a ledger in its own order, and what is asked of them.

    A reader keeps them so that a large file's need not all be made for an answer.
    """

    @abstractmethod
    def antal_rader(self) -> int:
        """How many rows they have together."""

    @abstractmethod
    def bokförda_dagar(self) -> set[date]:
        """The days that anything is dated."""

    @abstractmethod
    def med_text(self, mönster: re.Pattern[str]) -> Iterator[Verifikation]:
        """At least those with a text that a pattern occurs in, in order; of a large file's not many others."""

    @abstractmethod
    def per_datum(self, konto: str, objekt: str) -> tuple[int, Iterable[Verifikation]]:
        """How many rows are on a konto (and an objekt), and the verifikationer that have them, by date."""

    def med_konto(self, konto: str, objekt: str = "") -> tuple[int, Iterator[tuple[Verifikation, Transaktion]]]:
        """How many rows there are on a konto (and an objekt, "6:CT"), and the rows with their verifikationer, by date.

        A verifikation without a date comes first.
        """
        antal, träffade = self.per_datum(konto, objekt)
        return antal, ((v, rad) for v in träffade for rad in v.rader if är_på((rad.konto, rad.objekt), konto, objekt))

    def huvuden(self) -> Iterator[tuple[str, str, date | None]]:
        """The series, number and date of each, in order."""
        return ((ver.serie, ver.nummer, ver.datum) for ver in self)

    def likadana(self) -> Iterator[list[Verifikation]]:
        """Those of a day that have the same rows in any order, where they are more than one."""
        grupper: dict[tuple[date | None, tuple[Bokfört, ...]], list[Verifikation]] = {}
        for ver in self:
            grupper.setdefault((ver.datum, bokfört(ver)), []).append(ver)
        return (grupp for (_, rader), grupp in grupper.items() if rader and len(grupp) > 1)

    def antal_som_bokför(self, sökta: Collection[tuple[Bokfört, ...]]) -> Counter[tuple[Bokfört, ...]]:
        """How many, of any day, book each of what is asked for."""
        return Counter(rader for ver in self if (rader := bokfört(ver)) in sökta)

    def __eq__(self, andra: object) -> bool:
        if not isinstance(andra, Sequence):
            return NotImplemented
        return len(self) == len(andra) and all(ena == den for ena, den in zip(self, andra, strict=True))

    __hash__ = None  # type: ignore[assignment]


class Verifikationslista(Verifikationer):
    """Verifikationer that are all made; every answer looks at every row."""

    def __init__(self, alla: Iterable[Verifikation] = ()) -> None:
        self._alla = tuple(alla)

    def __len__(self) -> int:
        return len(self._alla)

    @overload
    def __getitem__(self, nr: int) -> Verifikation: ...
    @overload
    def __getitem__(self, nr: slice) -> tuple[Verifikation, ...]: ...
    def __getitem__(self, nr: int | slice) -> Verifikation | tuple[Verifikation, ...]:
        return self._alla[nr]

    def antal_rader(self) -> int:
        return sum(len(ver.rader) for ver in self)

    def bokförda_dagar(self) -> set[date]:
        return {ver.datum for ver in self if ver.datum}

    def med_text(self, mönster: re.Pattern[str]) -> Iterator[Verifikation]:
        return iter(self)

    def per_datum(self, konto: str, objekt: str) -> tuple[int, Iterable[Verifikation]]:
        antal = sum(är_på((rad.konto, rad.objekt), konto, objekt) for ver in self for rad in ver.rader)
        return antal, sorted(self, key=lambda ver: ver.datum or date.min)


def är_på(kontering: Kontering, konto: str, objekt: str = "") -> bool:
    """Whether a row is booked on a konto, and on an objekt when one is given.

    >>> är_på(("4510", (("6", "CT"),)), "4510", "6:CT"), är_på(("4510", ()), "4510", "6:CT")
    (True, False)
    """
    return kontering[0] == konto and (not objekt or objekt in {f"{dim}:{kod}" for dim, kod in kontering[1]})


@dataclass(frozen=True, slots=True)
class Bokföringsår:
    """The balances of one räkenskapsår: 0 is the year of the file, -1 the year before.

    `objekt` holds the year's movement of a result account, or the utgående saldo of a balance account, per objekt;
    `objekt_ib` the ingående saldo of a balance account. `perioder` and `budget` are movements per konto and calendar
    month ("202401"). `fil` is the file the year is from when that is not the ledger's own.
    """

    nr: int
    start: date
    slut: date
    ib: Mapping[str, Decimal] = field(default_factory=dict)
    ub: Mapping[str, Decimal] = field(default_factory=dict)
    res: Mapping[str, Decimal] = field(default_factory=dict)
    objekt: Mapping[tuple[str, Objekt], Decimal] = field(default_factory=dict)
    objekt_ib: Mapping[tuple[str, Objekt], Decimal] = field(default_factory=dict)
    perioder: Mapping[tuple[str, str], Decimal] = field(default_factory=dict)
    budget: Mapping[tuple[str, str], Decimal] = field(default_factory=dict)
    fil: str = ""

    @property
    def avslutat(self) -> bool:
        """Whether årets resultat is already booked in eget kapital, so that tillgångar and skulder balance alone."""
        return not sum(self.ub.values())


@dataclass(frozen=True, slots=True)
class Ägare:
    """Whose a ledger file says that it is."""

    namn: str
    orgnr: str


@dataclass(frozen=True, slots=True)
class Bokföring:
    """Everything a report needs from a ledger file.

    `typ` is "1", "2", "3", "4E" or "5" of SIE, or "saldolista" or "huvudbok". `kontrollsumma` is true when the file
    carries one and it is right, false when it is wrong and that is accepted, `None` when it carries none.
    `omfattar_till` is the last day the balances cover, when the file says so. `överdimensioner` gives the dimension
    that another is a part of. `föregående` is whose the year before's own file is, when there is one.
    """

    namn: str
    orgnr: str
    typ: str
    teckenkod: str
    program: str
    konton: Mapping[str, Konto]
    dimensioner: Mapping[str, str]
    objekt: Mapping[Objekt, str]
    år: Mapping[int, Bokföringsår]
    verifikationer: Verifikationer = field(default_factory=Verifikationslista)
    kontrollsumma: bool | None = None
    prosa: tuple[str, ...] = ()
    omfattar_till: date | None = None
    valuta: str = "SEK"
    kontoplanstyp: str = ""
    överdimensioner: Mapping[str, str] = field(default_factory=dict)
    föregående: Ägare | None = None


def avvikelser(nu: Bokföringsår, före: Bokföringsår) -> dict[str, Decimal]:
    """Ingående balans less the year before's utgående balans, for the konton where they differ."""
    alla = {konto: nu.ib.get(konto, Decimal(0)) - före.ub.get(konto, Decimal(0)) for konto in {*nu.ib, *före.ub}}
    return {konto: belopp for konto, belopp in sorted(alla.items()) if belopp}


def är_omföring(skilda: Mapping[str, Decimal], före: Bokföringsår) -> bool:
    """Whether differences are only that last year's result has been moved within eget kapital (2099 to 2010).

    Then the sum of eget kapital is the same. In a year that was not closed, the result is booked for the first time.
    """
    return är_resultatets_omföring(skilda, före.res, före.avslutat)


def är_resultatets_omföring(skilda: Mapping[str, Decimal], res: Mapping[str, Decimal], avslutat: bool) -> bool:
    """The same by last year's result accounts and whether the year was closed."""
    resultat = sum((belopp for konto, belopp in res.items() if not konto.startswith("89")), Decimal(0))
    return (
        bool(skilda)
        and all(konto.startswith("20") and abs(belopp) == abs(resultat) for konto, belopp in skilda.items())
        and sum(skilda.values()) == (0 if avslutat else resultat)
    )


def är_bokslut(skilda: Mapping[str, Decimal], res: Mapping[str, Decimal]) -> bool:
    """Whether two exports of a year differ only in that its result is booked in one of them (8999 to 2099)."""
    resultat = sum((belopp for konto, belopp in res.items() if not konto.startswith("89")), Decimal(0))
    return (
        bool(skilda)
        and sum(skilda.values()) == 0
        and all(konto.startswith(("20", "89")) and abs(belopp) == abs(resultat) for konto, belopp in skilda.items())
    )


def omfört_på(konton: Iterable[str]) -> str:
    """What is said of a result that has been moved."""
    return f"Föregående års resultat är omfört i ingående balans på {' och '.join(konton)}; i övrigt stämmer den."
