"""What each statement gives a report: the facts it fills, and the tables that are made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from finsam.model.fakta import Faktabas
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.tabell import Tabell


def _inga_fakta(_: Räkenskapsår, __: Faktabas) -> None:
    """A part that has tables alone."""


def _inga_tabeller(_: Räkenskapsår, __: Faktabas) -> tuple[Tabell, ...]:
    """A part that has facts alone."""
    return ()


@dataclass(frozen=True, slots=True)
class Del:
    """A part of what is computed. Each statement ends with its own, and a report is a list of them.

    `tabeller` are those it has for any year; one that a year does not have is None.
    """

    fyll: Callable[[Räkenskapsår, Faktabas], None] = _inga_fakta
    tabeller: Callable[[Räkenskapsår, Faktabas], Iterable[Tabell | None]] = _inga_tabeller
