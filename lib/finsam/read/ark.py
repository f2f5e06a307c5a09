"""The sheets of an ordinary workbook, straight from its XML.

openpyxl takes most of a second to load and to read eight small workbooks. What is in them is seldom more than
numbers, words and dates, and that is read here, with the same values and types. Whatever else there is in a workbook
(`Ovanligt`) is openpyxl's to read; so is one that is damaged. The file has been looked through before (`arbetsbok.py`).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import NamedTuple
from zipfile import ZipFile

from lxml import etree
from lxml.etree import _Element as Element

_BLAD = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LÄNK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ANGIVET = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DEL = "{http://schemas.openxmlformats.org/package/2006/content-types}Override"
_TYP = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_BOK, _ORD, _FORMAT = f"{_TYP}sheet.main+xml", f"{_TYP}sharedStrings+xml", "xl/styles.xml"
_C, _V, _F, _IS, _ROW = (f"{_BLAD}{namn}" for namn in ("c", "v", "f", "is", "row"))
_R, _T, _SI = (f"{_BLAD}{namn}" for namn in ("r", "t", "si"))
_UTTAL = {f"{_BLAD}rPh", f"{_BLAD}phoneticPr"}
_PLATS = re.compile(r"([A-Z]{1,3})[0-9]{1,7}")

_INBYGGDA = {
    **dict(enumerate(("General", "0", "0.00", "#,##0", "#,##0.00"))),
    9: "0%",
    10: "0.00%",
    **dict.fromkeys(range(14, 23), "d"),
    **dict.fromkeys((45, 47), "mm"),
    46: "[h]:mm:ss",
}
"""The number formats that every workbook has: those that say per cent, and which of them are a day or a time."""
_FÖRSTA_EGNA = 164
_BORTSETT = re.compile(r'".*?"|\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]')
_DAG = re.compile(r"(?<![_\\])[dmhysDMHYS]")
_TID = re.compile(r"\[(?:hh?|mm?|ss?)\]", re.IGNORECASE)
_DAG_NOLL = datetime(1899, 12, 30)  # noqa: DTZ001  # a sheet's dates have no zone
_DYGN = 86_400_000
"""Milliseconds in a day."""


class Ovanligt(Exception):
    """Something in a workbook that is not read here."""


class Cell(NamedTuple):
    """A cell by the names that openpyxl has for what is in it."""

    value: object
    data_type: str
    number_format: str
    formel: bool


class Bladrad(NamedTuple):
    """A row: its number, how many columns it goes over, and its cells by column."""

    nr: int
    bredd: int
    celler: list[tuple[int, Cell]]


def read_ark(data: bytes) -> dict[str, list[Bladrad]]:
    """Every sheet by its name, with the rows that have cells. Raises Ovanligt."""
    try:
        with ZipFile(BytesIO(data)) as arkiv:
            return _Läsare(arkiv).alla()
    except (etree.XMLSyntaxError, KeyError, ValueError, IndexError, OverflowError) as fel:
        raise Ovanligt from fel


@dataclass(frozen=True, slots=True)
class _Talformat:
    """What a cell's style says of its number."""

    skrivet: str
    dag: bool
    tid: bool


class _Läsare:
    def __init__(self, arkiv: ZipFile) -> None:
        self._arkiv = arkiv
        self._delar = set(arkiv.namelist())

    def alla(self) -> dict[str, list[Bladrad]]:
        angivna = [(ett.get("ContentType"), ett.get("PartName", "")) for ett in self._xml("[Content_Types].xml")]
        bok = [namn.removeprefix("/") for typ, namn in angivna if typ == _BOK]
        ord_ = [namn.removeprefix("/") for typ, namn in angivna if typ == _ORD]
        if len(bok) != 1 or len(ord_) > 1:
            raise Ovanligt
        self._ord = [_utan_markering(_text(si)) for del_ in ord_ for si in self._xml(del_).iter(_SI)]
        self._format = [_talformat(*ett) for ett in self._xf()]
        platser = self._länkar(bok[0])
        blad = {}
        for ett in self._bladen(bok[0]):
            namn = ett.get("name")
            if namn is None or namn in blad:
                raise Ovanligt
            blad[namn] = list(self._rader(platser[ett.get(_LÄNK, "")]))
        return blad

    def _xml(self, del_: str) -> Element:
        tolk = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
        return etree.fromstring(self._arkiv.read(del_), tolk)

    def _bladen(self, bok: str) -> list[Element]:
        rot = self._xml(bok)
        egenskaper = rot.find(f"{_BLAD}workbookPr")
        if egenskaper is not None and egenskaper.get("date1904", "0") not in ("0", "false"):
            raise Ovanligt
        listan = rot.find(f"{_BLAD}sheets")
        return [] if listan is None else list(listan)

    def _länkar(self, bok: str) -> dict[str, str]:
        """Where each sheet stands, by the name that the workbook has for it."""
        mapp, namn = posixpath.split(bok)
        ut = {}
        for ett in self._xml(posixpath.join(mapp, "_rels", f"{namn}.rels")).iter(_ANGIVET):
            mål = ett.get("Target", "")
            if ett.get("Type", "").endswith("/worksheet") and ett.get("TargetMode") != "External":
                egen = mål[1:] if mål.startswith("/") else posixpath.normpath(posixpath.join(mapp, mål))
                if egen not in self._delar:
                    raise Ovanligt
                ut[ett.get("Id", "")] = egen
        return ut

    def _xf(self) -> Iterator[tuple[int, dict[int, str]]]:
        rot = self._xml(_FORMAT)
        egna = {int(ett.attrib["numFmtId"]): ett.attrib["formatCode"] for ett in rot.iter(f"{_BLAD}numFmt")}
        stilar = rot.find(f"{_BLAD}cellXfs")
        if stilar is None or not len(stilar):
            raise Ovanligt
        return ((int(xf.attrib["numFmtId"]), egna) for xf in stilar)

    def _rader(self, del_: str) -> Iterator[Bladrad]:
        nr = 0
        for rad in self._xml(del_).iter(_ROW):
            före, nr = nr, int(rad.get("r", nr + 1))
            if nr <= före:
                raise Ovanligt
            celler: list[tuple[int, Cell]] = []
            kolumn = 0
            for element in rad:
                plats, till_vänster = element.get("r"), kolumn
                kolumn = till_vänster + 1 if plats is None else _kolumn(plats)
                if kolumn <= till_vänster:
                    raise Ovanligt
                celler.append((kolumn, self._cell(element)))
            if celler:
                yield Bladrad(nr, kolumn, celler)

    def _cell(self, element: Element) -> Cell:
        if element.tag != _C:
            raise Ovanligt
        typ, stil = element.get("t", "n"), int(element.get("s", "0"))
        if not 0 <= stil < len(self._format):
            raise Ovanligt
        text, formel = None, False
        for barn in element:
            if barn.tag == _V and text is None:
                text = barn.text
            elif barn.tag == _F:
                formel = True
            elif barn.tag != _IS or typ != "inlineStr":
                raise Ovanligt
        if typ == "inlineStr":
            i_cellen = element.find(_IS)
            return Cell(None if i_cellen is None else _text(i_cellen), "s", "", formel)
        värde, typ = self._värde(text or None, typ, self._format[stil])
        return Cell(värde, typ, self._format[stil].skrivet, formel)

    def _värde(self, text: str | None, typ: str, format_: _Talformat) -> tuple[object, str]:
        if typ not in ("n", "s", "b", "str", "e"):
            raise Ovanligt
        if text is None:
            return None, typ
        match typ:
            case "s":
                if (nr := int(text)) < 0:
                    raise Ovanligt
                return self._ord[nr], typ
            case "b":
                return bool(int(text)), typ
            case "str":
                return text, "s"
            case "e":
                return text, typ
        tal = float(text) if any(tecken in text for tecken in ".Ee") else int(text)
        return (tal, typ) if not format_.dag else (_stund(tal, tid=format_.tid), "d")


def _kolumn(plats: str) -> int:
    träff = _PLATS.fullmatch(plats)
    if not träff:
        raise Ovanligt
    nr = 0
    for bokstav in träff[1]:
        nr = nr * 26 + ord(bokstav) - 64
    return nr


def kolumnnamn(nr: int) -> str:
    """What a column is called.

    >>> kolumnnamn(1), kolumnnamn(26), kolumnnamn(28), kolumnnamn(16384)
    ('A', 'Z', 'AB', 'XFD')
    """
    namn = ""
    while nr > 0:
        nr, rest = divmod(nr - 1, 26)
        namn = chr(65 + rest) + namn
    return namn


def _talformat(nr: int, egna: dict[int, str]) -> _Talformat:
    if nr >= _FÖRSTA_EGNA and nr not in egna:
        raise Ovanligt
    skrivet = egna.get(nr) or _INBYGGDA.get(nr, "General")
    första = skrivet.split(";")[0]
    dag = bool(_DAG.search(_BORTSETT.sub("", första)))
    return _Talformat(skrivet, dag, bool(_TID.search(första)))


def _stund(tal: float, *, tid: bool) -> object:
    """What a number is that is shown as a day or a time; 1900 was not a leap year, but spreadsheets say so."""
    if tid or not 0 <= tal < 2_958_466:
        raise Ovanligt
    dag, del_ = divmod(tal, 1)
    efter = timedelta(milliseconds=round(del_ * _DYGN))
    if tal < 1 and not efter.days:
        return (_DAG_NOLL + efter).time()
    return _DAG_NOLL + timedelta(days=dag + (0 < tal < 60)) + efter


def _text(över: Element) -> str:
    """The words of a text, whatever they look like; not how they are pronounced."""
    direkt = [barn.text or "" for barn in över if barn.tag == _T]
    bitar = [del_ for barn in över if barn.tag == _R for del_ in barn]
    andra = [barn.tag for barn in över if barn.tag not in (_T, _R) and barn.tag not in _UTTAL]
    if andra or len(direkt) > 1 or any(bit.tag not in (_T, f"{_BLAD}rPr") for bit in bitar):
        raise Ovanligt
    return "".join([*direkt, *(bit.text or "" for bit in bitar if bit.tag == _T)])


def _utan_markering(text: str) -> str:
    """Text as it is in the list of words, where what looks like an escaped letter is marked."""
    return text.replace("x005F_", "")
