"""Any Excel workbook as plain cell contents, refused at once when it is not one or is too large.

Nothing in the workbook is executed: macros and links are never looked at, formulas count only by the
value the spreadsheet program saved with them.
"""

from __future__ import annotations

import warnings
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Literal
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook

from finsam.model.problem import Problem
from finsam.read.indata import read_bytes

HÖGST_UPPACKAT = 100_000_000
HÖGST_RADER = 200_000
HÖGST_CELLER = 3_000_000
HÖGST_TAGGAR = 2_000_000
SISTA_RADEN = 1_048_576

# All that openpyxl and zipfile raise for a file that is damaged or made up.
SKADAD = (
    BadZipFile,
    zlib.error,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    SyntaxError,
    OverflowError,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
)


@dataclass(frozen=True, slots=True)
class Cellinnehåll:
    """What a cell holds: a value, an Excel error (#REF!) or a formula that was never worked out."""

    värde: object
    slag: Literal["värde", "felvärde", "formel"] = "värde"
    procent: bool = False


Bladinnehåll = dict[int, dict[int, Cellinnehåll]]
"""Row number → column number → content; empty cells are not there."""


class FörStor(Exception):
    """More rows or cells than a workbook here can have; the text says where."""


def read_arbetsbok(path: Path, fil: str) -> tuple[dict[str, Bladinnehåll], list[Problem]]:
    """The cells of every sheet, or the one problem that makes the workbook unreadable."""
    data = read_bytes(path, fil)
    if isinstance(data, Problem):
        return {}, [data]
    return read_arbetsbok_bytes(data, fil)


def read_arbetsbok_bytes(data: bytes, fil: str) -> tuple[dict[str, Bladinnehåll], list[Problem]]:
    """The same for the bytes of a workbook."""
    if hinder := _hinder(data):
        return {}, [Problem("fel", hinder, fil)]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl cannot show (pictures, extensions) is not read anyway
            return _innehåll(data), []
    except FörStor as fel:
        return {}, [Problem("fel", str(fel), fil)]
    except SKADAD:
        text = "Filen är skadad eller inte en vanlig Excelarbetsbok. Öppna den i Excel och spara den på nytt som .xlsx."
        return {}, [Problem("fel", text, fil)]


def dolda_blad(data: bytes) -> frozenset[str]:
    """The sheets of a readable workbook that the user does not see in Excel."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        blad = load_workbook(BytesIO(data), read_only=True).worksheets
    return frozenset(ett.title for ett in blad if ett.sheet_state != "visible")


def _hinder(data: bytes) -> str:
    """Why these bytes cannot be opened as a workbook; empty when they can be tried."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return "Filen är skyddad med lösenord. Ta bort lösenordet i Excel och spara den."
        return "Filen har Excels äldre format (.xls). Öppna den i Excel och spara den som .xlsx."
    try:
        with ZipFile(BytesIO(data)) as arkiv:
            return _arkivhinder(arkiv)
    except SKADAD:
        return "Filen är inte en Excelarbetsbok (.xlsx), eller så är den skadad. Spara den på nytt från Excel."


def _arkivhinder(arkiv: ZipFile) -> str:
    """The same for the archive that a workbook is; sizes are weighed before anything is parsed."""
    delar = {del_.filename: del_ for del_ in arkiv.infolist()}
    if sum(del_.file_size for del_ in delar.values()) > HÖGST_UPPACKAT:
        return (
            f"Filen blir större än {HÖGST_UPPACKAT // 1_000_000} MB när den packas upp; en sådan fil är mindre än så."
        )
    if "mimetype" in delar:
        return "Filen är ett OpenDocument-kalkylblad. Spara den som Excelarbetsbok (.xlsx)."
    if any(del_.flag_bits & 1 for del_ in delar.values()):
        return "Filen är skyddad med lösenord. Spara den utan lösenord."
    if "[Content_Types].xml" not in delar:
        return "Filen är ett arkiv men inte en Excelarbetsbok (.xlsx)."
    taggar = 0
    for namn in delar:
        with arkiv.open(namn) as ström:
            while stycke := ström.read(1_000_000):
                taggar += stycke.count(b"<")
    if taggar > HÖGST_TAGGAR:
        return "Filen har orimligt många rader eller celler. Ta bort det som står långt under eller bredvid tabellerna."
    return ""


def _innehåll(data: bytes) -> dict[str, Bladinnehåll]:
    """Look twice: at the saved values, and at where there are formulas (which may have no saved value)."""
    bok: dict[str, Bladinnehåll] = {}
    kvar = [HÖGST_RADER, HÖGST_CELLER]
    for blad in load_workbook(BytesIO(data), read_only=True, data_only=True).worksheets:
        innehåll = bok.setdefault(blad.title, {})
        for rad, kolumn, cell in _celler(blad, kvar):
            if cell.value is not None or cell.data_type == "str":
                innehåll.setdefault(rad, {})[kolumn] = _cellinnehåll(cell)
    kvar = [HÖGST_RADER, HÖGST_CELLER]
    for blad in load_workbook(BytesIO(data), read_only=True).worksheets:
        for rad, kolumn, cell in _celler(blad, kvar):
            if cell.data_type == "f":
                bok[blad.title].setdefault(rad, {}).setdefault(kolumn, Cellinnehåll(None, "formel"))
    return bok


def _cellinnehåll(cell: Any) -> Cellinnehåll:
    if cell.data_type == "e":
        return Cellinnehåll(cell.value, "felvärde")
    if cell.data_type == "str":  # a formula whose result is the empty text
        return Cellinnehåll("")
    return Cellinnehåll(cell.value, "värde", isinstance(cell.value, (int, float)) and "%" in cell.number_format)


def _celler(blad: Any, kvar: list[int]) -> Iterator[tuple[int, int, Any]]:
    """Cells of a sheet with row and column number; `kvar` counts down rows and cells over the whole workbook."""
    blad.reset_dimensions()  # some programs write a wrong size
    for rad, celler in enumerate(blad.iter_rows(), 1):
        if not celler and rad <= SISTA_RADEN:
            continue
        kvar[0] -= 1
        kvar[1] -= len(celler)
        if kvar[0] < 0 or kvar[1] < 0 or rad > SISTA_RADEN:
            raise FörStor(
                f"Filen har fler än {HÖGST_RADER // 1000} 000 rader, eller är mycket bred (bladet {blad.title}). "
                "Ta bort det som står långt under eller till höger om tabellerna."
            )
        for kolumn, cell in enumerate(celler, 1):
            yield rad, kolumn, cell
