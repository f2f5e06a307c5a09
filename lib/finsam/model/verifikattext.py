"""What the text of a verifikation says: which period it is for, and what is left when periods and numbers are gone."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from finsam.model.monster import Mönster
from finsam.model.ord import MÅNADER, ORDNINGSTAL

_KORTA = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sept?", "okt", "nov", "dec")
_MÅNAD = "|".join(f"(?P<m{nr}>{hel}|{kort}\\.?)" for nr, (hel, kort) in enumerate(zip(MÅNADER, _KORTA, strict=True), 1))
_ORDNING = {ord_: nr for nr, ord_ in enumerate(ORDNINGSTAL, 1)}
_ÅR = r"(?:20\d\d)"
_DAG = re.compile(r"(?<!\d)(?:20\d\d-\d\d-\d\d|20\d\d(?:0[1-9]|1[0-2])[0-3]\d|\d\d(?:0[1-9]|1[0-2])[0-3]\d)(?!\d)")
_PERIODER = (
    rf"(?<!\w)(?:"
    rf"(?P<åm>{_ÅR})[-/ ]?(?P<mm>0[1-9]|1[0-2])"
    rf"|(?:(?:kvartal|kv|q)\.?\s?(?P<kv>[1-4])|(?P<ord>{'|'.join(_ORDNING)}|[1-4]:[ae])\s(?:kvartalet|kv))"
    rf"(?:[\s,/-]+(?P<åk>{_ÅR}))?"
    rf"|(?:{_MÅNAD})(?:[\s,/-]+(?P<å>{_ÅR}))?"
    rf"|(?P<ensamt>{_ÅR})"
    r")(?!\w)"
)
_PERIOD = Mönster(_PERIODER, flaggor=re.IGNORECASE)
_BETALT_FÖR_TID = Mönster(
    r"hyra|leas|licens|avgift|försäkring|prenumeration|abonnemang|avtal|support|webbhotell", flaggor=re.IGNORECASE
)
_BORT = re.compile(rf"{_PERIODER}|\S*\d\S*|[^\w&]", re.IGNORECASE)


class Period(NamedTuple):
    """A period that a text names: a year, and the months of it; a year or months that it does not say are 0."""

    år: int
    första: int = 0
    sista: int = 0

    def efter(self, dag: date) -> bool:
        """Whether all of it is after a day, by what is said."""
        return bool(self.år) and (self.år, self.första or 1) > (dag.year, dag.month)


@lru_cache(maxsize=1 << 12)
def perioder(text: str) -> tuple[Period, ...]:
    """The periods that a text names, in order. Days are none: they are when something is due, or from and to.

    >>> perioder("Lokalhyra första kvartalet 2026"), perioder("Löner 2025-12, jan"), perioder("Betalas 2026-01-31")
    ((Period(år=2026, första=1, sista=3),), (Period(år=2025, första=12, sista=12), Period(år=0, första=1, sista=1)), ())
    """
    return tuple(_period(träff) for träff in _PERIOD.finditer(_DAG.sub(" ", text)))


def gäller_efter(text: str, dag: date) -> bool:
    """Whether a text says that it is for a time after a day, by all the periods that it names.

    A year alone says so only of what is paid for a time.

    >>> slut = date(2025, 12, 31)
    >>> gäller_efter("Hyra jan-mars 2026", slut), gäller_efter("Försäkring juli 2025 - juni 2026", slut)
    (True, False)
    >>> gäller_efter("Licens 2026", slut), gäller_efter("Planeringsdag inför 2026", slut)
    (True, False)
    """
    sagda = perioder(text)
    if not sagda or not sagda[-1].efter(dag) or any(ett.år and not ett.efter(dag) for ett in sagda):
        return False
    if any(ett.första > sagda[-1].första for ett in sagda):
        return False
    return any(ett.första for ett in sagda) or bool(_BETALT_FÖR_TID.search(text))


def _period(träff: re.Match[str]) -> Period:
    if träff["åm"]:
        return Period(int(träff["åm"]), int(träff["mm"]), int(träff["mm"]))
    if kvartal := träff["kv"] or träff["ord"]:
        nr = _ORDNING.get(kvartal.lower()) or int(kvartal[0])
        return Period(int(träff["åk"] or 0), 3 * nr - 2, 3 * nr)
    månad = next((nr for nr in range(1, 13) if träff[f"m{nr}"]), 0)
    return Period(int(träff["å"] or träff["ensamt"] or 0), månad, månad)


@lru_cache(maxsize=1 << 12)
def slag(text: str) -> str:
    """The words of a text without its periods, days and numbers: the same for all that come back.

    >>> slag("Exempelstäd AB: lokalvård mars 2025"), slag("Hyra 02"), slag("Faktura 1234")
    ('exempelstäd ab lokalvård', 'hyra', 'faktura')
    """
    return " ".join(_BORT.sub(" ", text).lower().split())
