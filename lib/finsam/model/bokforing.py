"""The ledger as an export file gives it: konton, saldon per räkenskapsår, verifikationer. Debit plus, credit minus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

Objekt = tuple[str, str]
"""A dimension number and an object code, as `("6", "CT")` for projekt CT."""


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


@dataclass(frozen=True, slots=True)
class Bokföringsår:
    """The balances of one räkenskapsår: 0 is the year of the file, -1 the year before.

    `objekt` holds the year's movement of a result account, or the utgående saldo of a balance account, per objekt;
    `objekt_ib` the ingående saldo of a balance account. `perioder` and `budget` are movements per konto and calendar
    month ("202401").
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

    @property
    def avslutat(self) -> bool:
        """Whether årets resultat is already booked in eget kapital, so that tillgångar and skulder balance alone."""
        return not sum(self.ub.values())


@dataclass(frozen=True, slots=True)
class Bokföring:
    """Everything a report needs from a ledger file.

    `typ` is "1", "2", "3" or "4E". `kontrollsumma` is true when the file carries one and it is right, false when it
    is wrong and that is accepted, `None` when it carries none. `omfattar_till` is the last day the balances cover, when
    the file says so (#OMFATTN). `överdimensioner` gives the dimension that another is a part of (#UNDERDIM).
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
    verifikationer: Sequence[Verifikation] = ()
    kontrollsumma: bool | None = None
    prosa: tuple[str, ...] = ()
    omfattar_till: date | None = None
    valuta: str = "SEK"
    kontoplanstyp: str = ""
    överdimensioner: Mapping[str, str] = field(default_factory=dict)
