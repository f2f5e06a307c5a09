"""The normal charts that ship with the program, Kommun-Bas and plain BAS: what a konto is called and where it goes.

They are a start for a förbund's own kontoplan, never used in its place. They use the same numbers for opposite things
(84 is income in Kommun-Bas, cost in BAS), so which one a förbund has is declared, and the names are held to it.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Literal

from finsam.model.bokforing import Bokföring, Konto
from finsam.model.forbund import Kontorad

Kontoplanstyp = Literal["kommun-bas", "bas"]
ERSATT = "\ufffd"
TYPER: tuple[Kontoplanstyp, ...] = ("kommun-bas", "bas")


@dataclass(frozen=True, slots=True)
class Normalkonto:
    """A line of a normal chart: the usual name of a group of konton, and where they go."""

    namn: str
    rad: Kontorad


@dataclass(frozen=True, slots=True)
class Kännetecken:
    """A konto whose name tells which chart it belongs to."""

    typ: Kontoplanstyp
    konto: Konto


KÄNNETECKEN: tuple[tuple[str, str, Kontoplanstyp], ...] = (
    ("84", r"intäkt", "kommun-bas"),
    ("84", r"kostnad", "bas"),
    ("83", r"intäkt", "bas"),
    ("85", r"kostnad", "kommun-bas"),
    ("50", r"\b(?:lokal|hyra)", "bas"),
    ("50", r"\b(?:löner|arvode|sammanträdes)", "kommun-bas"),
    ("56", r"sociala avgifter|arbetsgivaravgift", "kommun-bas"),
    ("70", r"\blöner", "bas"),
    ("72", r"\blöner", "bas"),
    ("75", r"sociala avgifter|arbetsgivaravgift", "bas"),
    ("79", r"avskrivning", "kommun-bas"),
    ("78", r"avskrivning", "bas"),
)
"""A group of konton, words in a name there, and the only chart that has such a konto."""


@cache
def normalkontoplan(typ: Kontoplanstyp) -> tuple[Normalkonto, ...]:
    """Every line of a normal chart."""
    text = files("finsam.read").joinpath(f"{typ}.csv").read_text("utf-8")
    rader = []
    for nr, rad in enumerate(csv.DictReader(text.splitlines(), delimiter=";"), 2):
        från, _, till = rad["konto"].partition("-")
        kontorad = Kontorad(från, till or från, "", rad["post"], rad["not_rad"], rad["funktion"], nr)
        rader.append(Normalkonto(rad["namn"], kontorad))
    return tuple(rader)


def normalkonto(typ: Kontoplanstyp, konto: str) -> Normalkonto | None:
    """The line for a konto, the one with most digits where there are several; None when a förbund has no such konto.

    >>> normalkonto("kommun-bas", "5014").namn, normalkonto("bas", "5014").namn
    ('Ersättning för förlorad arbetsförtjänst', 'Lokalkostnader')
    """
    rader = (rad for rad in normalkontoplan(typ) if rad.rad.omfattar(konto))
    return max(rader, key=lambda rad: len(rad.rad.från), default=None)


def kännetecken(konton: Iterable[Konto]) -> Iterator[Kännetecken]:
    """The konton whose names tell which chart they are of."""
    for konto in konton:
        for grupp, ord_, typ in KÄNNETECKEN:
            if konto.nummer.startswith(grupp) and re.search(ord_, konto.namn, re.IGNORECASE):
                yield Kännetecken(typ, konto)


def kontoplanstyp(konton: Iterable[Konto], kptyp: str = "") -> Kontoplanstyp | None:
    """The chart that the names agree on; else the one the file names; None when nothing tells or names differ.

    >>> kontoplanstyp([Konto("8411", "Ränteintäkter"), Konto("5010", "Arvoden")])
    'kommun-bas'
    """
    röster = Counter(tecken.typ for tecken in kännetecken(konton))
    if len(röster) == 1:
        return next(iter(röster))
    if not röster and kptyp.upper().startswith(("BAS", "EUBAS")):
        return "bas"
    return None


def namnge(bokföring: Bokföring, typ: Kontoplanstyp) -> tuple[Bokföring, str]:
    """The ledger with the normal chart's names where the file has none or has lost its åäö, and a sentence on which."""
    nya = {
        nummer: Konto(nummer, f"{normal.namn} (kontogrupp)")
        for nummer, konto in bokföring.konton.items()
        if (not konto.namn or ERSATT in konto.namn) and (normal := normalkonto(typ, nummer))
    }
    if not nya:
        return bokföring, ""
    visade = ", ".join(list(nya)[:10]) + (f" och {len(nya) - 10} till" if len(nya) > 10 else "")
    text = f"Konton utan läsbart namn i filen får kontogruppens namn ur {typ}: {visade}."
    return replace(bokföring, konton={**bokföring.konton, **nya}), text
