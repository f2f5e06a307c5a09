"""How often what a rule has told is true, as the benchmark has measured it; a finding is no surer than its rule."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

FIL = "precision.csv"
MINST = 5
"""A rule that has told fewer things than this is not measured."""


def av(träffar: int, falska: int) -> float:
    """The share that is true, by the rule of succession: few findings say less than many.

    >>> round(av(18, 0), 2), round(av(18, 2), 2)
    (0.95, 0.86)
    """
    return (träffar + 1) / (träffar + falska + 2)


@cache
def precision() -> Mapping[str, float]:
    """The rules that are measured, and how often each is right."""
    text = files("finsam.granska").joinpath(FIL).read_text("utf-8")
    rader = csv.DictReader(rad for rad in text.splitlines() if not rad.startswith("#"))
    tal = {rad["kod"]: (int(rad["traffar"]), int(rad["falska"])) for rad in rader}
    return {kod: av(*par) for kod, par in tal.items() if sum(par) >= MINST}
