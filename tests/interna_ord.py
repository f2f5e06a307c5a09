"""What belongs to the work and not to the document: files, sheets and rows that are read, ids, codes of checks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from finsam.checks.kontrollera import KONTROLLER
from finsam.prove.sida import Stycke
from finsam.report.bok import Bok
from finsam.report.garanti import GARANTI, NUMRERING

MÖNSTER = (
    r"\bblad(?:et|en)? [A-ZÅÄÖ]\w+",
    r"\brad(?:en)? \d{1,3}\b",
    r"[\w/-]+\.(?:xlsx|csv|ya?ml|md|ipynb|py|html|si|sie|typ)\b",
    r"\b\w*[^\W_]_\w+",
    r"\b(?:fakta|kontrollen|notrad|utsaga)\b(?! om)",
)
"""A sheet, a row, a file, an id with parts (M3_2, not_intakter), and words that only the program has."""


def interna_ord(stycken: Iterable[Stycke], bok: Bok) -> list[str]:
    """The internal words of a page or a PDF that is read back, but for the spår, which are for who looks behind."""
    filer = {Path(fil).name for fil in bok.år.filer}
    koder = {punkt.kod for punkt in (*KONTROLLER, GARANTI, NUMRERING)}
    egna = "|".join(map(re.escape, sorted(filer | koder | {f.id for f in bok.fakta.values() if "." in f.id})))
    söks = re.compile("|".join((*MÖNSTER, rf"(?<![\w.])(?:{egna})(?![\w.])")))
    return [f"{s.plats}: {träff[0]}" for s in stycken if s.slag != "spår" for träff in söks.finditer(s.text)]
