"""Whether the files of a finished run say the same: the page, the PDF, the workbook and `rapport.json`.

Everything is read from the files, nothing is computed anew; `rapport.json` is what the others are held against.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from lxml import html
from openpyxl import load_workbook

from finsam.report.aterlasning import ett_blank
from finsam.report.aterlasning_pdf import Pdf, read_pdf
from finsam.report.xlsx import EGNA_BLAD

_UTAN_TABELLER = ("Läs mig", "Kontroller", "Fakta", "Saldon")
"""Sheets of the workbook that are no tables of the document."""

_LITET = Decimal("1e-7")

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Skillnad:
    """A place where a file says something else than `rapport.json`."""

    fil: str
    plats: str
    väntat: str
    läst: str

    def __str__(self) -> str:
        return f"{self.fil}, {self.plats}: {self.läst or 'inget'}, i rapport.json {self.väntat or 'inget'}"


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of a table: its place, what it shows, the fact behind it and its value in the table's unit."""

    plats: str
    visat: str
    fakta: str | None = None
    värde: float | None = None


def samma_i_alla(katalog: Path) -> list[Skillnad]:
    """Every difference between the files of a run's folder. Raises OSError or ValueError when one cannot be read."""
    rapport: Data = json.loads((katalog / "rapport.json").read_text("utf-8"))
    namn = rapport["rapport"]
    sida = html.document_fromstring((katalog / f"{namn}.html").read_text("utf-8"))
    pdf = read_pdf((katalog / f"{namn}.pdf").read_bytes())
    return [
        *_i_rapporten(rapport),
        *_på_sidan(rapport, sida, f"{namn}.html"),
        *_celler(rapport, [list(_sidans_celler(t)) for t in sida.iter("table") if _id(t)], f"{namn}.html"),
        *i_pdf(rapport, pdf, f"{namn}.pdf"),
        *_i_arbetsboken(rapport, katalog / f"{namn}.xlsx"),
    ]


def _väntade(tabell: Data) -> list[_Cell]:
    """The cells of a table of `rapport.json` as the document has them, the column of notes among them."""
    med_noter = any(rad["not"] for rad in tabell["rader"])
    celler = []
    for rad in (r for r in tabell["rader"] if r["slag"] != "rubrik"):
        plats = f"{tabell['rubrik']}, raden {rad['etikett']}"
        if med_noter:
            celler.append(_Cell(f"{plats}, Not", str(rad["not"] or ""), "not"))
        for fält in zip(tabell["kolumner"], rad["visat"], rad["fakta"], rad["varden"], strict=True):
            celler.append(_Cell(f"{plats}, kolumnen {fält[0]}", *fält[1:]))
    return celler


def _i_rapporten(rapport: Data) -> Iterator[Skillnad]:
    """A cell's value is its fact's, in the printed sign and the table's unit."""
    for cell in (c for t in rapport["tabeller"] for c in _väntade(t) if c.fakta and c.fakta != "not"):
        fakta = rapport["fakta"].get(cell.fakta, {}).get("varde")
        möjliga = [] if fakta is None else [abs(float(fakta)) * faktor for faktor in (1, 0.001, 100)]
        rätt = (
            fakta is None
            if cell.värde is None
            else any(math.isclose(abs(cell.värde), m, abs_tol=1e-6) for m in möjliga)
        )
        if not rätt:
            yield Skillnad("rapport.json", cell.plats, f"{cell.fakta} {fakta}", str(cell.värde))


def _id(tabell: html.HtmlElement) -> bool:
    return tabell.get("id", "").startswith("tabell-")


def _på_sidan(rapport: Data, sida: html.HtmlElement, fil: str) -> Iterator[Skillnad]:
    """Each fact that the page shows has the value that `rapport.json` has."""
    for data in sida.iter("data"):
        nyckel = data.get("data-fakta", "")
        värde = rapport["fakta"].get(nyckel, {}).get("varde")
        if data.get("value") != värde:
            yield Skillnad(fil, f"{nyckel} ({ett_blank(data.text_content())})", str(värde), data.get("value", ""))


def _sidans_celler(tabell: html.HtmlElement) -> Iterator[str]:
    for cell in tabell.iterfind("./tbody/tr/td"):
        yield ett_blank(cell.text_content())


def i_pdf(rapport: Data, pdf: Pdf, fil: str) -> Iterator[Skillnad]:
    """The cells of the tables of a PDF."""
    return _celler(rapport, [[cell for rad in tabell[1:] for cell in rad[1:]] for tabell in pdf.tabeller], fil)


def _celler(rapport: Data, lästa: list[list[str]], fil: str) -> Iterator[Skillnad]:
    """The cells of a document's tables: figures to the character, words by their letters."""
    if len(lästa) != len(rapport["tabeller"]):
        yield Skillnad(fil, "hela dokumentet", f"{len(rapport['tabeller'])} tabeller", f"{len(lästa)} tabeller")
        return
    for tabell, läst in zip(rapport["tabeller"], lästa, strict=True):
        väntade = _väntade(tabell)
        if len(väntade) != len(läst):
            yield Skillnad(fil, tabell["rubrik"], f"{len(väntade)} celler", f"{len(läst)} celler")
            continue
        for cell, text in zip(väntade, läst, strict=True):
            som = _siffror if cell.fakta else _bokstäver
            if som(cell.visat) != som(text):
                yield Skillnad(fil, cell.plats, cell.visat, text)


def _siffror(text: str) -> str:
    return " ".join(text.split())


def _bokstäver(text: str) -> str:
    """Words without what is only shape: blanks, marks of lists, Markdown."""
    return re.sub(r"[\W_]+", "", text)


def _i_arbetsboken(rapport: Data, fil: Path) -> Iterator[Skillnad]:
    """The stored values of the workbook: each fact in its sheet, and the figures of the tables in theirs, in order."""
    bok = load_workbook(fil, data_only=True, read_only=True)
    rader = {f"{rad[0]}/{rad[1]}": rad[4] for rad in bok["Fakta"].iter_rows(min_row=4, values_only=True) if rad[0]}
    for nyckel, fakta in rapport["fakta"].items():
        if fakta["varde"] is None:
            continue
        decimaler = len(fakta["varde"].partition(".")[2])
        if not _lika(rader.get(nyckel), Decimal(fakta["varde"]), Decimal(5).scaleb(-decimaler - 1) + _LITET):
            yield Skillnad(fil.name, f"Fakta, {nyckel}", fakta["varde"], str(rader.get(nyckel)))
    lästa = [
        (f"{blad.title}!{cell.coordinate}", cell.value)
        for blad in bok.worksheets
        if blad.title not in _UTAN_TABELLER
        for rad in blad.iter_rows()
        for cell in rad
        if isinstance(cell.value, int | float)
    ]
    väntade = list(_i_arbetsbokens_ordning(rapport))
    if len(väntade) != len(lästa):
        yield Skillnad(fil.name, "bladen med tabeller", f"{len(väntade)} tal", f"{len(lästa)} tal")
        return
    for (cell, tal), (plats, läst) in zip(väntade, lästa, strict=True):
        if not _lika(läst, tal):
            yield Skillnad(fil.name, f"{plats} ({cell.plats})", str(tal), str(läst))


def _i_arbetsbokens_ordning(rapport: Data) -> Iterator[tuple[_Cell, Decimal]]:
    """The figures of the tables in the order of the workbook's sheets; a share is a ratio there."""
    eget = [t["id"] in EGNA_BLAD or t["id"].startswith("not_") for t in rapport["tabeller"]]
    for sitt in (True, False):
        for tabell, har_eget in zip(rapport["tabeller"], eget, strict=True):
            for cell in _väntade(tabell) if har_eget is sitt else ():
                if cell.värde is not None and cell.fakta is not None:
                    andel = rapport["fakta"][cell.fakta]["enhet"] == "andel"
                    yield cell, Decimal(str(cell.värde)) / (100 if andel else 1)


def _lika(läst: object, väntat: Decimal, inom: Decimal = _LITET) -> bool:
    """Whether a stored number is the one that is written out."""
    return isinstance(läst, int | float) and abs(Decimal(repr(läst)) - väntat) <= inom
