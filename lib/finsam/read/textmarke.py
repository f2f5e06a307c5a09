"""The mark on the first line of a text that nobody has read through yet, or that nobody has written.

    <!-- ej genomgången: rullad från 2024 -->
    <!-- ej skriven -->

Whoever opens the file sees it; it is never printed.
"""

from __future__ import annotations

import re

EJ_GENOMGÅNGEN = "ej genomgången"
EJ_SKRIVEN = "ej skriven"

_MÄRKE = re.compile(rf"(\s*)<!--\s*((?:{EJ_GENOMGÅNGEN}|{EJ_SKRIVEN})\b[^\n]*?)\s*-->[^\S\n]*(?=\n|\Z)", re.IGNORECASE)


def märk(text: str, märke: str) -> str:
    """The text with a mark on a line of its own before it.

    >>> märk("Ord.\\n", "ej genomgången: rullad från 2024")
    '<!-- ej genomgången: rullad från 2024 -->\\nOrd.\\n'
    """
    return f"<!-- {märke} -->\n{text}"


def read_märke(text: str) -> tuple[str, str]:
    """What the mark says ("" when there is none) and the words without it; the lines keep their numbers.

    >>> read_märke("<!-- Ej skriven -->\\nSkriv om året."), read_märke("Ord. <!-- ej skriven -->")
    (('ej skriven', '\\nSkriv om året.'), ('', 'Ord. <!-- ej skriven -->'))
    """
    träff = _MÄRKE.match(text)
    if not träff:
        return "", text
    märke = träff[2][:1].lower() + träff[2][1:]
    return märke, "\n" * träff[1].count("\n") + text[träff.end() :]
