"""What a file says, collected in any order by the reader of its format. What it means together is judged afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from finsam.model.bokforing import Objekt

Saldoslag = Literal["ib", "ub", "res"]
"""Ingående and utgående balans of the balance accounts, and the saldo of the result accounts."""

Objektsaldon = dict[tuple[str, Objekt], int]
"""Balances by konto and objekt."""


class Årsdatum(NamedTuple):
    """The first and last day of a räkenskapsår, and the row that says so."""

    start: date
    slut: date
    rad: int | None = None


class Periodpost(NamedTuple):
    """The movement, or the budget, of a konto and its objekt in a calendar month ("202401")."""

    år: int
    period: str
    konto: str
    objekt: tuple[Objekt, ...]
    öre: int


@dataclass(slots=True)
class Poster:
    """What the file says, amounts in öre and balances by year. `orgnr` is as it is written.

    `ej_numeriska` is the first row of each konto that is no number; `saldoposter` counts the balances, right or wrong.
    """

    namn: str = ""
    orgnr: str = ""
    program: str = ""
    valuta: str = ""
    omfattar_till: date | None = None
    kontoplanstyp: str = ""
    prosa: list[str] = field(default_factory=list)
    år: dict[int, Årsdatum] = field(default_factory=dict)
    konton: dict[str, str] = field(default_factory=dict)
    ej_numeriska: dict[str, int] = field(default_factory=dict)
    dimensioner: dict[str, str] = field(default_factory=dict)
    överdimensioner: dict[str, str] = field(default_factory=dict)
    objekt: dict[Objekt, str] = field(default_factory=dict)
    saldon: dict[Saldoslag, dict[int, dict[str, int]]] = field(default_factory=lambda: {"ib": {}, "ub": {}, "res": {}})
    objekt_ib: dict[int, Objektsaldon] = field(default_factory=dict)
    objekt_ub: dict[int, Objektsaldon] = field(default_factory=dict)
    periodsaldon: list[Periodpost] = field(default_factory=list)
    periodbudget: list[Periodpost] = field(default_factory=list)
    saldoposter: int = 0
