"""The lines of a text, as `pdftotext -layout` writes it or as someone has saved it: gaps and tabs are cells."""

from __future__ import annotations

import re

from finsam.granska.lasa.olasligt import Oläsligt
from finsam.granska.lasa.rad import Cell, Rad, märk_återkommande

HÖGST_TECKEN = 5_000_000
_MÄRKEN = re.compile(r"</?(?:b|i|u|em|strong|br)\s*/?>|\*\*\*?|__")
_TALRAD = re.compile(r"^\s*[^\W\d].*\d[)%]?\s+[-−–+]?\(?\d[\d,.]*\)?\s?(?:%|kr)?\s*$")
_KOLUMNGRÄNS = re.compile(r" {3,}")
_SIDA = re.compile(r"(?i)[\W_]*sida\s*\d+(?:\s*(?:av|/)\s*\d+)?[\W_]*|signering av justerare|på varje sida")
_CELL = re.compile(r"[\S\u00a0\u202f]+(?: [\S\u00a0\u202f]+)*")
"""A cell: words with a blank between them; a hard blank is a part of a word."""
_LINJE = re.compile(r"\s*[+|]?(?:[-=_~–—*]{4,}[\s+|]*)+")
"""A line that is drawn, under a heading or across a table, and says nothing."""
_GLES = 0.5
"""The share of lines with figures that have wide gaps, in a text whose gaps are columns."""


def read_text(data: bytes) -> list[list[Rad]]:
    """The lines of each page; pages are those that form feeds tell, else one of unknown number."""
    text = _tecken(data)
    if len(text) > HÖGST_TECKEN:
        raise Oläsligt("Filen har orimligt mycket text.")
    tabb = _tabben(text)
    gles = _är_gles(text)
    sidor = text.split("\f")
    flera = len(sidor) > 1
    ut = [
        _rader(sida, nr if flera else None, tabb=tabb, gles=gles)
        for nr, sida in enumerate(sidor, 1)
        if sida or not flera
    ]
    if flera:
        märk_återkommande(ut)
    return ut


def _tecken(data: bytes) -> str:
    for kod in (är_utf16(data),) if är_utf16(data) else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(kod).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Oläsligt("Filens text går inte att tyda. Spara den som UTF-8.")


def är_utf16(data: bytes) -> str:
    """Which UTF-16 a text is in, by its first two bytes or by where its zeros are; empty when it is none."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") and data[2:4] != b"\0\0":
        return "utf-16"
    jämna, udda = (data[n:4096:2].count(0) * 2 > len(data[n:4096:2]) for n in (0, 1))
    return "" if jämna == udda else "utf-16-be" if jämna else "utf-16-le"


def _tabben(text: str) -> str:
    """What a tab is: `blank` when tabs are more than blanks, else `cell`."""
    return "blank" if text.count("\t") > text.count(" ") else "cell"


def _är_gles(text: str) -> bool:
    rader = [rad.strip() for rad in text.split("\n") if _TALRAD.search(rad)]
    return bool(rader) and sum(bool(_KOLUMNGRÄNS.search(rad)) for rad in rader) > _GLES * len(rader)


def _rader(sida: str, nr: int | None, *, tabb: str, gles: bool) -> list[Rad]:
    ut: list[Rad] = []
    tom = True
    for y, rå in enumerate(sida.split("\n")):
        if not rå.strip():
            tom = True
            continue
        if _LINJE.fullmatch(rå):
            continue
        celler, lägen = _celler(rå, tabb=tabb, gles=gles)
        rad = Rad(rå.strip(), celler, nr, y=float(y), höjd=1.0, lägen=lägen, tom_före=tom)
        tom = False
        if _SIDA.fullmatch(rad.text):
            rad.slag = "fot"
        if rad.text:
            ut.append(rad)
    return ut


def _celler(rå: str, *, tabb: str, gles: bool) -> tuple[tuple[Cell, ...], bool]:
    if "\t" in rå and tabb == "cell":
        bitar = [_ren(bit) for bit in rå.split("\t")]
        return tuple(Cell(bit, nr * 1000.0, nr * 1000.0 + 900) for nr, bit in enumerate(bitar)), True
    if "\t" in rå:
        rå = re.sub(r"(?:\t[\t ]* |[ ]\t)[\t ]*", "  ", rå).replace("\t", " ")
        bitar = [_ren(bit) for bit in re.split(r" {2,}", rå.strip())]
        return tuple(Cell(bit, nr * 1000.0, nr * 1000.0 + 900) for nr, bit in enumerate(bitar)), False
    if not gles:
        return (Cell(_ren(" ".join(rå.split())), 0.0, 1.0),), False
    celler, läge = [], 0
    for bit in _CELL.finditer(rå):
        läge = bit.start()
        celler.append(Cell(_ren(bit[0]), float(läge), float(bit.end())))
    return tuple(celler), True


def _ren(text: str) -> str:
    return _MÄRKEN.sub("", text).strip()
