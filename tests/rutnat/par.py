"""Few combinations that have every pair of values of two factors (all pairs), found greedily and in a fixed order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations, product

Val = Mapping[str, str]
"""A value for each factor."""


def par_i(fall: Val) -> set[tuple[tuple[str, str], tuple[str, str]]]:
    """The pairs of values that a combination has."""
    return set(combinations(sorted(fall.items()), 2))


def alla_par(faktorer: Mapping[str, Sequence[str]]) -> list[Val]:
    """Combinations that together have every pair; each is one that has most of those that are left."""
    möjliga = [dict(zip(faktorer, värden, strict=True)) for värden in product(*faktorer.values())]
    kvar = set().union(*map(par_i, möjliga))
    valda: list[Val] = []
    while kvar:
        valda.append(max(möjliga, key=lambda fall: len(par_i(fall) & kvar)))
        kvar -= par_i(valda[-1])
    return valda
