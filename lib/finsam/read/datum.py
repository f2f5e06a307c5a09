"""Dates as people write them in a cell: every day that a text can mean."""

from __future__ import annotations

import re
from datetime import date, timedelta

from finsam.model.ord import MÅNADER

_ÅR = r"(?P<år>(?:19|20)[0-9]{2})"
_ÅR_FÖRST = re.compile(rf"{_ÅR}(?P<s>[-–/.]?)(?P<a>[0-9]{{1,2}})(?P=s)(?P<b>[0-9]{{1,2}})")
_ÅR_SIST = re.compile(rf"(?P<a>[0-9]{{1,2}})[-–/. ](?P<b>[0-9]{{1,2}})[-–/. ]{_ÅR}")
_I_ORD = re.compile(rf"(?:den )?(?P<dag>[0-9]{{1,2}})(?:[:.]?e)? (?P<månad>[a-zåäö]+)\.? {_ÅR}")
_KORT = re.compile(r"([0-9]{2})([-–/. ]?)([0-9]{2})\2([0-9]{2})")
_MIDNATT = re.compile(r"[T ]00:00(:00(\.0+)?)?")
_KLOCKSLAG = re.compile(r"[T ][0-9]{1,2}[:.][0-9]{2}")


def läsningar(text: str) -> list[date]:
    """Every day a text can mean, the likeliest first; a year of two digits is never sure.

    >>> [str(d) for d in läsningar("21 februari 2025")], [str(d) for d in läsningar("1/2 2025")]
    (['2025-02-21'], ['2025-02-01', '2025-01-02'])
    """
    text = " ".join(_MIDNATT.sub("", text).lower().split())
    if träff := _ÅR_FÖRST.fullmatch(text):
        om_åtta = träff["s"] or len(text) == len("20250221")
        möjliga = [(träff["år"], träff["a"], träff["b"])] if om_åtta else []
    elif träff := _I_ORD.fullmatch(text):
        möjliga = [(träff["år"], str(nr), träff["dag"]) for nr in _månad(träff["månad"])]
    elif träff := _ÅR_SIST.fullmatch(text):
        möjliga = [(träff["år"], träff["b"], träff["a"]), (träff["år"], träff["a"], träff["b"])]
    elif träff := _KORT.fullmatch(text):
        a, b, c = f"20{träff[1]}", träff[3], f"20{träff[4]}"
        möjliga = [(a, b, träff[4]), (c, b, träff[1]), (c, träff[1], b)]
    else:
        möjliga = []
    return list(dict.fromkeys(dag for del_ in möjliga if (dag := _dag(*map(int, del_)))))


def har_klockslag(text: str) -> bool:
    """Whether a text has a time of day besides its date."""
    return bool(_KLOCKSLAG.search(_MIDNATT.sub("", text)))


def är_säker(text: str) -> bool:
    """Whether a text says its year with four digits.

    >>> är_säker("2025-02-21"), är_säker("02-03-25")
    (True, False)
    """
    return not _KORT.fullmatch(text.strip())


def löpnummer(tal: float) -> date | None:
    """The day that a spreadsheet keeps as a number, when it is one of our time.

    >>> löpnummer(45345), löpnummer(12)
    (datetime.date(2024, 2, 23), None)
    """
    return date(1899, 12, 30) + timedelta(days=int(tal)) if 36526 <= tal < 73051 else None


def _månad(ord_: str) -> list[int]:
    """The number of a month, by its name or the beginning of it."""
    return [nr for nr, namn in enumerate(MÅNADER, 1) if len(ord_) >= 3 and namn.startswith(ord_)]


def _dag(år: int, månad: int, dag: int) -> date | None:
    try:
        return date(år, månad, dag)
    except ValueError:
        return None
