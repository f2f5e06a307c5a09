"""Names that formulas call facts by: `rr.verksamhetens_intakter/2024` is `rr_verksamhetens_intakter_2024`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LÄNGST = 200
"""Excel allows 255; a number may have to be added."""
_CELL = re.compile(r"[a-z]{1,3}\d+|r\d*c?\d*|c\d*", re.IGNORECASE)
"""What Excel takes for a cell, a row or a column."""


def namnge(nycklar: Iterable[str]) -> dict[str, str]:
    """A name for each key: ASCII, as Excel and LibreOffice allow, and no two alike but for large and small letters.

    >>> namnge(["rr.arets_resultat/2024", "insats.a-b/2024", "insats.a.b/2024", "ab12"])
    {'rr.arets_resultat/2024': 'rr_arets_resultat_2024', 'insats.a-b/2024': 'insats_a_b_2024', \
'insats.a.b/2024': 'insats_a_b_2024_2', 'ab12': '_ab12'}
    """
    namn: dict[str, str] = {}
    tagna: set[str] = set()
    for nyckel in nycklar:
        eget = ett = _namn(nyckel)
        nr = 1
        while ett.casefold() in tagna:
            nr += 1
            ett = f"{eget}_{nr}"
        tagna.add(ett.casefold())
        namn[nyckel] = ett
    return namn


def _namn(nyckel: str) -> str:
    ascii_ = nyckel if nyckel.isascii() else "".join(map(_ascii, nyckel))
    text = re.sub(r"[^A-Za-z0-9_]", "_", ascii_)[:LÄNGST]
    return text if re.match(r"[A-Za-z_]", text) and not _CELL.fullmatch(text) else f"_{text}"


def _ascii(tecken: str) -> str:
    return tecken if tecken.isascii() else unicodedata.normalize("NFKD", tecken)[0]
