"""Any Excel workbook as plain cell contents, refused at once when it is not one or is too large.

Nothing in the workbook is executed: macros and links are never looked at, formulas count only by the
value the spreadsheet program saved with them.
"""

from __future__ import annotations

import re
import warnings
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Literal
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from finsam.model.problem import Problem
from finsam.read.ark import Bladrad, Ovanligt, read_ark
from finsam.read.filslag import OLE, STRIKT, annat_arkiv, annat_än_arbetsbok, är_strikt
from finsam.read.indata import kort, nfc

HÖGST_UPPACKAT = 100_000_000
HÖGST_RADER = 50_000
HÖGST_CELLER = 1_000_000
HÖGST_DELAR = 2_000
HÖGST_BLAD = 200
HÖGST_TAGGAR = 600_000
HÖGST_ÖVRIGA = 50_000
"""Tags other than those of rows and cells, such as styles and merged cells, each of which takes longer to read."""
HÖGST_TECKEN = 32_767
"""Letters in a cell, which is all that a spreadsheet program can have."""
HÖGST_TEXT = 5_000_000
"""Letters in all cells together."""
STYCKE = 1_000_000
HÖGST_I_FÖLJD = 300_000
"""Bytes of a part without a tag; what an XML parser must take in one piece may cost it the square."""
SISTA_RADEN = 1_048_576

_CELLTAGG = re.compile(rb"</?(?:c|row|v|f|is|t|si|r)[ />]")
_FORMELTAGG = re.compile(rb"<(?:[^\s<>/:]+:)?f[\s/>]")
_BLADTAGG = re.compile(rb"<(?:\w+:)?sheet[ />]")
_KODNING = re.compile(rb"""[^<]*<\?xml[^>]*encoding\s*=\s*["'](?!utf-8["']|utf-16["']|us-ascii["'])""", re.IGNORECASE)
"""The beginning of a part in an encoding that could hide what is looked for."""

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


FRÄMMANDE = "Filen har något som inget kalkylprogram skriver. Öppna den i Excel och spara den på nytt som .xlsx."
FÖR_MÅNGA = "Filen har orimligt många blad, rader eller celler. Ta bort det som inte hör till tabellerna."


class FörStor(Exception):
    """More rows or cells than a workbook here can have; the text says where."""


def read_arbetsbok(data: bytes, fil: str) -> tuple[dict[str, Bladinnehåll], list[Problem]]:
    """The cells of every sheet, or the one problem that makes the workbook unreadable."""
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
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        blad = load_workbook(BytesIO(data), read_only=True).worksheets
    return frozenset(ett.title for ett in blad if ett.sheet_state != "visible")


def formler(data: bytes) -> dict[tuple[str, int, int], str]:
    """The formulas of a readable workbook as they are written, by sheet, row and column."""
    from openpyxl import load_workbook

    ut: dict[tuple[str, int, int], str] = {}
    if _har_formler(data):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            bok = load_workbook(BytesIO(data), read_only=True, keep_links=False)
        kvar = [HÖGST_RADER, HÖGST_CELLER]
        for blad in bok.worksheets:
            for rad, kolumn, cell in _celler(blad.title, _rader(blad), kvar):
                if cell.data_type == "f":
                    ut[blad.title, rad, kolumn] = str(getattr(cell.value, "text", cell.value))
    return ut


def _hinder(data: bytes) -> str:
    """Why these bytes cannot be opened as a workbook; empty when they can be tried."""
    if data.startswith(OLE):
        return annat_än_arbetsbok(data)
    try:
        with ZipFile(BytesIO(data)) as arkiv:
            return _arkivhinder(arkiv)
    except SKADAD:
        return annat_än_arbetsbok(data)


def _arkivhinder(arkiv: ZipFile) -> str:
    """The same for the archive that a workbook is; sizes are weighed before anything is parsed."""
    delar = {del_.filename: del_ for del_ in arkiv.infolist()}
    if sum(del_.file_size for del_ in delar.values()) > HÖGST_UPPACKAT:
        return (
            f"Filen blir större än {HÖGST_UPPACKAT // 1_000_000} MB när den packas upp; en sådan fil är mindre än så."
        )
    if any(del_.flag_bits & 1 for del_ in delar.values()):
        return "Filen är skyddad med lösenord. Spara den utan lösenord."
    if any(del_.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for del_ in delar.values()):
        return "Filen är packad på ett sätt som Excel inte använder. Öppna den i Excel och spara den på nytt som .xlsx."
    if annat := annat_arkiv(arkiv, delar):
        return annat
    return FÖR_MÅNGA if len(delar) > HÖGST_DELAR else _delhinder(arkiv, delar.values())


def _delhinder(arkiv: ZipFile, delar: Iterable[ZipInfo]) -> str:
    """The same for what is packed: nothing that swells, hides or takes an XML parser long."""
    taggar = övriga = blad = 0
    for del_ in delar:
        with arkiv.open(del_) as ström:
            stycke = ström.read(STYCKE)
            if not _är_xml(stycke):
                continue
            if _KODNING.match(stycke[:400].replace(b"\0", b"")):
                return FRÄMMANDE
            if är_strikt(stycke):
                return STRIKT
            slut = b""
            while stycke:
                if _är_främmande(slut + stycke, del_.file_size):
                    return FRÄMMANDE
                antal = stycke.count(b"<")
                taggar += antal
                övriga += antal - sum(1 for _ in _CELLTAGG.finditer(stycke))
                blad += sum(1 for _ in _BLADTAGG.finditer(stycke))
                if taggar > HÖGST_TAGGAR or övriga > HÖGST_ÖVRIGA or blad > HÖGST_BLAD:
                    return FÖR_MÅNGA
                slut, stycke = stycke[-4:], ström.read(STYCKE)
    return ""


def _är_xml(början: bytes) -> bool:
    """Whether a part can be XML at all; a picture cannot."""
    return början.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe\r\n\t ").startswith(b"<")


def _är_främmande(stycke: bytes, storlek: int) -> bool:
    """Whether a piece of a part declares entities, which can swell or fetch, or what no spreadsheet writes."""
    text = stycke.replace(b"\0", b"")
    annat = (b"<!DOCTYPE", b"<!ENTITY") if storlek <= STYCKE else (b"<!",)
    return any(ord_ in text for ord_ in annat) or max(map(len, text.split(b"<"))) > HÖGST_I_FÖLJD


def _innehåll(data: bytes) -> dict[str, Bladinnehåll]:
    """The saved values, and where there are formulas (which may have no saved value)."""
    try:
        blad = read_ark(data)
    except Ovanligt:
        return _med_openpyxl(data)
    bok = _värden(blad.items())
    for namn, rader in blad.items():
        for rad in rader:
            _märk_formler(bok[namn], rad.nr, [kolumn for kolumn, cell in rad.celler if cell.formel])
    return bok


def _med_openpyxl(data: bytes) -> dict[str, Bladinnehåll]:
    """The same of a workbook with something unusual in it; what has formulas is read twice."""
    from openpyxl import load_workbook

    blad = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False).worksheets
    bok = _värden((ett.title, _rader(ett)) for ett in blad)
    kvar = [HÖGST_RADER, HÖGST_CELLER]
    med_formler = (
        load_workbook(BytesIO(data), read_only=True, keep_links=False).worksheets if _har_formler(data) else ()
    )
    for ett in med_formler:
        for rad, kolumn, cell in _celler(ett.title, _rader(ett), kvar):
            _märk_formler(bok[ett.title], rad, [kolumn] if cell.data_type == "f" else [])
    return bok


def _värden(bladen: Iterable[tuple[str, Iterable[Bladrad]]]) -> dict[str, Bladinnehåll]:
    bok: dict[str, Bladinnehåll] = {}
    kvar = [HÖGST_RADER, HÖGST_CELLER]
    text_kvar = HÖGST_TEXT
    for blad, rader in bladen:
        innehåll = bok.setdefault(blad, {})
        for rad, kolumn, cell in _celler(blad, rader, kvar):
            if cell.value is None and cell.data_type != "str":
                continue
            tecken = len(cell.value) if isinstance(cell.value, str) else 0
            text_kvar -= tecken
            if tecken > HÖGST_TECKEN or text_kvar < 0:
                raise FörStor(f"Bladet {kort(blad)} har orimligt mycket text på rad {rad}. Korta den.")
            innehåll.setdefault(rad, {})[kolumn] = _cellinnehåll(cell)
    return bok


def _märk_formler(blad: Bladinnehåll, rad: int, kolumner: Iterable[int]) -> None:
    """Say of the cells with a formula that they are not empty, when nothing was saved with it."""
    for kolumn in kolumner:
        blad.setdefault(rad, {}).setdefault(kolumn, Cellinnehåll(None, "formel"))


def _har_formler(data: bytes) -> bool:
    """Whether there is any formula in the workbook, by the tag for one; most have none and need not be parsed twice."""
    with ZipFile(BytesIO(data)) as arkiv:
        return any(_FORMELTAGG.search(arkiv.read(del_).replace(b"\0", b"")) for del_ in arkiv.namelist())


def _cellinnehåll(cell: Any) -> Cellinnehåll:
    if cell.data_type == "e":
        return Cellinnehåll(cell.value, "felvärde")
    if cell.data_type == "str":  # a formula whose result is the empty text
        return Cellinnehåll("")
    if isinstance(cell.value, str):
        return Cellinnehåll(nfc(cell.value))
    return Cellinnehåll(cell.value, "värde", isinstance(cell.value, (int, float)) and "%" in cell.number_format)


def _rader(blad: Any) -> Iterator[Bladrad]:
    """The rows of a sheet that openpyxl has."""
    blad.reset_dimensions()  # some programs write a wrong size
    for nr, celler in enumerate(blad.iter_rows(), 1):
        if celler or nr > SISTA_RADEN:
            yield Bladrad(nr, len(celler), list(enumerate(celler, 1)))


def _celler(blad: str, rader: Iterable[Bladrad], kvar: list[int]) -> Iterator[tuple[int, int, Any]]:
    """Cells of a sheet with row and column number; `kvar` counts down rows and cells over the whole workbook."""
    for rad in rader:
        kvar[0] -= 1
        kvar[1] -= rad.bredd
        if kvar[0] < 0 or kvar[1] < 0 or rad.nr > SISTA_RADEN:
            raise FörStor(
                f"Filen har fler än {HÖGST_RADER // 1000} 000 rader, eller är mycket bred (bladet {kort(blad)}). "
                "Ta bort det som står långt under eller till höger om tabellerna."
            )
        for kolumn, cell in rad.celler:
            yield rad.nr, kolumn, cell
