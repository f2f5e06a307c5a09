"""A workbook as text: each sheet with its rows, cell by cell, as somebody sees them who opens it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path

import openpyxl

RUBRIKRAD = 3
LÄNGST = 60


def som_text(fil: Path, *bara: str) -> str:
    """The sheets (or some of them) one after the other."""
    return "\n".join(_rader(fil, bara))


def _rader(fil: Path, bara: Collection[str]) -> Iterator[str]:
    bok = openpyxl.load_workbook(fil)
    for blad in bok.worksheets[1:]:
        if not bara or blad.title in bara:
            yield f"== {blad.title}"
            for rad in blad.iter_rows(min_row=RUBRIKRAD, values_only=True):
                yield " | ".join(_cell(värde) for värde in rad).rstrip(" |")
            yield ""


def _cell(värde: object) -> str:
    if isinstance(värde, datetime):
        return f"{värde:%Y-%m-%d}"
    text = " ".join(str("" if värde is None else värde).split())
    return text if len(text) <= LÄNGST else f"{text[: LÄNGST - 1]}…"
