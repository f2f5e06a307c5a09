"""Workbooks described as text, so that a person can read what a test reads.

`== Namn ==` begins a sheet (`== Namn (dolt) ==` a hidden one), and each line after it is a row of cells between bars.
A cell is a number (`1234.5`), a text, a date (`2024-12-31`), an error (`#REF!`), a formula that was never worked out
(`=SUM(A1:A2)`), a percentage (`12%`) or SANT. An apostrophe before it makes any of them text.
"""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl

TAL = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
DATUM = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def write_blad(text: str) -> bytes:
    """The workbook as the bytes of a file."""
    bok = openpyxl.Workbook()
    bok.remove(bok.worksheets[0])
    for rad in text.splitlines():
        if träff := re.fullmatch(r"== (.+?)( \(dolt\))? ==", rad):
            blad = bok.create_sheet(träff[1])
            blad.sheet_state = "hidden" if träff[2] else "visible"
            nr = 0
            continue
        nr += 1
        for kolumn, cell in enumerate(rad.split("|") if rad else (), 1):
            _skriv(blad.cell(nr, kolumn), cell.strip())
    ut = BytesIO()
    bok.save(ut)
    return ut.getvalue()


def _skriv(cell: Any, text: str) -> None:
    if text.startswith("'"):
        cell.value, cell.data_type = text[1:], "s"
    elif TAL.fullmatch(text):
        cell.value = float(text) if "." in text else int(text)
    elif DATUM.fullmatch(text):
        cell.value = date.fromisoformat(text)
    elif text.endswith("%") and TAL.fullmatch(text[:-1]):
        cell.value, cell.number_format = float(text[:-1]) / 100, "0%"
    elif text == "SANT":
        cell.value = True
    elif text.startswith("#"):
        cell.value, cell.data_type = text, "e"
    elif text:
        cell.value = text
