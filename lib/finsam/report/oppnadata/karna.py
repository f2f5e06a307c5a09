"""The core taxonomy: the ids that every report of a kind has, so that förbund can be set beside each other.

`karna.csv` is the list and docs/taxonomi.md says what it promises. An id never changes meaning; one that goes is a
new version.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

NAMN = "finsam-karna"
VERSION = "1"
FIL = Path(__file__).with_name("karna.csv")


class Kärnid(NamedTuple):
    """An id of the core: its kind of report, unit and definition, whether it is the same thing in every förbund ("ja",
    or why not), and the version that it came with.
    """

    rapport: str
    id: str
    enhet: str
    definition: str
    jamforbart: str
    sedan: str


@cache
def kärnan() -> tuple[Kärnid, ...]:
    """The core taxonomy, in the order of its file."""
    with FIL.open(encoding="utf-8", newline="") as fil:
        return tuple(Kärnid(**rad) for rad in csv.DictReader(fil))


def kärnans_id(rapport: str) -> frozenset[str]:
    """The ids that are the same thing in every report of a kind.

    >>> "rr.arets_resultat" in kärnans_id("arsredovisning"), "rr.arets_resultat" in kärnans_id("verksamhetsplan")
    (True, False)
    """
    return frozenset(ett.id for ett in kärnan() if ett.rapport == rapport and ett.jamforbart == "ja")
