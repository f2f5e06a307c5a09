"""Numbers that look like somebody's personnummer or samordningsnummer. They are found, never repeated."""

from __future__ import annotations

import re
from datetime import date

_NUMMER = re.compile(r"(?<!\d)(?:18|19|20)?(\d\d)(\d\d)(\d\d)([-+]?)(\d{4})(?!\d)")

_DAGEN = re.compile(r"\d{6}")
"""What none is without."""
TYDLIGT = re.compile(r"\d{6}(?:[-+]\d{4}|\d{6})")
"""What no clear one is without: the hyphen or the century."""


def har_personnummer(text: str, *, tydligt: bool = False) -> bool:
    """Whether there is a personnummer in a text: a day that exists and the right check digit.

    `tydligt` asks for the hyphen or the century too, where other numbers of ten digits are common.

    >>> har_personnummer("tel. 640823-3234"), har_personnummer("orgnr 222000-1818")
    (True, False)
    """
    return _DAGEN.search(text) is not None and any(
        _gäller(t) and (not tydligt or t[4] or len(t[0]) > 10) for t in _NUMMER.finditer(text)
    )


def utan_personnummer(text: str) -> str:
    """The text with each personnummer left out."""
    return _NUMMER.sub(lambda t: " " if _gäller(t) else t[0], text) if _DAGEN.search(text) else text


def _gäller(träff: re.Match[str]) -> bool:
    år, månad, dag, _, sista = träff.groups()
    dagen = int(dag) - 60 if int(dag) > 60 else int(dag)  # samordningsnummer
    try:
        date(2000 + int(år), int(månad), dagen)
    except ValueError:
        return False
    siffror = [int(s) * (2 - nr % 2) for nr, s in enumerate(år + månad + dag + sista)]
    return sum(tal // 10 + tal % 10 for tal in siffror) % 10 == 0
