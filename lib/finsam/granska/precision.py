"""How often what a rule has told is true, as the benchmark has measured it; a finding is no surer than its rule."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

FIL = "precision.csv"
MINST = 5
"""A rule that has told fewer things than this is as sure as all rules together."""


def av(träffar: int, falska: int) -> float:
    """The share that is true, by the rule of succession: few findings say less than many.

    >>> round(av(18, 0), 2), round(av(18, 2), 2)
    (0.95, 0.86)
    """
    return (träffar + 1) / (träffar + falska + 2)


@cache
def precision() -> Mapping[str, float]:
    """How often each rule is right; under "" how often all together are."""
    text = files("finsam.granska").joinpath(FIL).read_text("utf-8")
    rader = csv.DictReader(rad for rad in text.splitlines() if not rad.startswith("#"))
    tal = {rad["kod"]: (int(rad["traffar"]), int(rad["falska"])) for rad in rader}
    alla = (sum(träffar for träffar, _ in tal.values()), sum(falska for _, falska in tal.values()))
    return {"": av(*alla)} | {kod: av(*par) for kod, par in tal.items() if sum(par) >= MINST}


def högst(kod: str) -> float:
    """No finding of a rule is surer than this."""
    return precision().get(kod, precision()[""])
