"""The lines of a DOCX: paragraphs, and tables row by row. Macros, links and embedded files are not looked at."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from lxml import etree

from finsam.granska.lasa.olasligt import Oläsligt
from finsam.granska.lasa.rad import EXPONENT, Cell, Rad

HÖGST_UPPACKAT = 60_000_000
HÖGST_DELAR = 3_000
HÖGST_ELEMENT = 2_000_000
HÖGST_KOLUMNER = 63
_DEL = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_INGEN_DOCX = "Filen är inget Worddokument (.docx) som går att läsa."


def read_docx(data: bytes) -> list[list[Rad]]:
    """The lines of the document; it does not say where its pages end."""
    try:
        rot = etree.fromstring(_delen(data), _tolk())
    except etree.XMLSyntaxError as fel:
        raise Oläsligt(_INGEN_DOCX) from fel
    kropp = rot.find(f"{_W}body")
    if kropp is None:
        raise Oläsligt(_INGEN_DOCX)
    return [list(_rader(kropp))]


def _tolk() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _delen(data: bytes) -> bytes:
    """The part that holds the text, when the archive is what it says."""
    try:
        with ZipFile(BytesIO(data)) as arkiv:
            delar = arkiv.infolist()
            if len(delar) > HÖGST_DELAR or sum(d.file_size for d in delar) > HÖGST_UPPACKAT:
                raise Oläsligt("Filen blir orimligt stor när den packas upp.")
            if any(d.filename.startswith(("xl/", "ppt/")) for d in delar):
                raise Oläsligt("Filen är en arbetsbok eller presentation. Spara rapporten som PDF och granska den.")
            if any(d.flag_bits & 1 for d in delar):
                raise Oläsligt("Filen är krypterad. Spara en kopia utan lösenord och granska den.")
            with arkiv.open(_DEL) as del_:
                text = del_.read(HÖGST_UPPACKAT + 1)
    except (BadZipFile, KeyError, EOFError, NotImplementedError, OSError, ValueError, zlib.error) as fel:
        raise Oläsligt(_INGEN_DOCX) from fel
    if len(text) > HÖGST_UPPACKAT or text.count(b"<") > HÖGST_ELEMENT:
        raise Oläsligt("Filen blir orimligt stor när den packas upp.")
    if b"<!DOCTYPE" in text[:2000] or b"<!ENTITY" in text:
        raise Oläsligt("Filen definierar egna ord (DTD); det gör inget Worddokument.")
    return text


def _rader(del_: etree._Element) -> Iterator[Rad]:
    """The lines of a part, in order."""
    for element in del_:
        if element.tag == f"{_W}p":
            text = _text(element)
            if text.strip():
                ut = Rad(text.strip(), (Cell(text.strip(), 0.0, 1.0),), lägen=False, tom_före=True)
                stil = element.find(f"{_W}pPr/{_W}pStyle")
                if stil is not None and stil.get(f"{_W}val", "").lower().startswith(("heading", "rubrik", "title")):
                    ut.slag = "rubrik"
                yield ut
        elif element.tag == f"{_W}tbl":
            yield from _tabellrader(element)
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent"):
            yield from _rader(element)


def _tabellrader(tabell: etree._Element) -> Iterator[Rad]:
    for rad in tabell.iter(f"{_W}tr"):
        celler, kolumn = [], 0
        for cell in rad.findall(f"{_W}tc"):
            text = " ".join(" ".join(_text(p).split(" ")) for p in cell.findall(f"{_W}p")).strip()
            bredd = cell.find(f"{_W}tcPr/{_W}gridSpan")
            spann = _heltal(bredd) if bredd is not None else 1
            celler.append(Cell(text, kolumn * 1000.0, (kolumn + spann) * 1000.0 - 100))
            kolumn += spann
        if any(cell.text for cell in celler):
            citat = " ".join(cell.text for cell in celler if cell.text)
            yield Rad(citat, tuple(celler), tom_före=False)


def _heltal(bredd: etree._Element) -> int:
    """How many columns a cell is wide; Word has no more than 63."""
    tal = bredd.get(f"{_W}val", "")
    return min(int(tal), HÖGST_KOLUMNER) if re.fullmatch(r"[1-9]\d{0,3}", tal, re.ASCII) else 1


def _text(stycke: etree._Element) -> str:
    """The words of a paragraph as they show: what is struck out of it by tracking is not there."""
    ut = []
    for element in stycke.iter(f"{_W}t", f"{_W}tab", f"{_W}br"):
        text = element.text or "" if element.tag == f"{_W}t" else " "
        märke = text.isalnum() and len(text) <= 2 and _är_upphöjd(element)
        ut.append(text.translate(EXPONENT) if märke else text)
    return "".join(ut)


def _är_upphöjd(element: etree._Element) -> bool:
    """A mark of a footnote: raised as such, or by so many half points."""
    bit = element.getparent()
    egenskaper = bit.find(f"{_W}rPr") if bit is not None else None
    if egenskaper is None:
        return False
    märkt = egenskaper.find(f"{_W}vertAlign[@{_W}val='superscript']") is not None
    höjd = egenskaper.find(f"{_W}position")
    return märkt or (höjd is not None and re.fullmatch(r"[1-9]\d*", höjd.get(f"{_W}val", "")) is not None)
