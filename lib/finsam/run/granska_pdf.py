"""The PDF of a run, read through its tags: its tables are those of `rapport.json`, its numbers those of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from finsam.report.aterlasning import read_html
from finsam.report.aterlasning_pdf import Pdf, read_pdf
from finsam.report.samma import skillnader_i_pdf
from finsam.report.tal import siffror
from finsam.run.granskning import Plats, Steg, klart
from finsam.run.manifest import read_json

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of a table: its place, what it shows and the fact behind it."""

    plats: str
    visat: str
    fakta: str | None


def granska_pdf(plats: Plats) -> Steg:
    """The step of level 1 for the PDF; `rapport.json` has the form it should have."""
    namn = plats.körning.rapport
    try:
        pdf = read_pdf((plats.katalog / f"{namn}.pdf").read_bytes())
        sida = read_html((plats.katalog / f"{namn}.html").read_text("utf-8"))
    except OSError as fel:
        return Steg(1, f"{namn}.pdf", f"kan inte läsas: {type(fel).__name__}", "skiljer")
    except ValueError as fel:
        return Steg(1, f"{namn}.pdf", str(fel), "skiljer")
    problem = list(_i_tabellerna(read_json(plats.katalog / "rapport.json"), pdf))
    problem += [str(obundet) for obundet in skillnader_i_pdf(sida, pdf)]
    antal = sum(len(siffror(stycke.text)) for stycke in pdf.stycken)
    return klart(
        f"{namn}.pdf", f"{antal} tal på {pdf.sidor} sidor", "är sidans, i tabellerna de i rapport.json", problem
    )


def _väntade(tabell: Data) -> list[_Cell]:
    """The cells of a table of `rapport.json` as the document has them, the column of notes among them."""
    med_noter = any(rad["not"] for rad in tabell["rader"])
    celler = []
    for rad in (r for r in tabell["rader"] if r["slag"] != "rubrik"):
        plats = f"{tabell['rubrik']}, raden {rad['etikett']}"
        if med_noter:
            celler.append(_Cell(f"{plats}, Not", str(rad["not"] or ""), "not"))
        for kolumn, visat, fakta in zip(tabell["kolumner"], rad["visat"], rad["fakta"], strict=True):
            celler.append(_Cell(f"{plats}, kolumnen {kolumn}", visat, fakta))
    return celler


def _i_tabellerna(rapport: Data, pdf: Pdf) -> Iterator[str]:
    """Cells that say something else than `rapport.json`: figures to the character, words by their letters."""
    lästa = [[cell for rad in tabell[1:] for cell in rad[1:]] for tabell in pdf.tabeller]
    if len(lästa) != len(rapport["tabeller"]):
        yield f"{len(lästa)} tabeller, i rapport.json {len(rapport['tabeller'])}"
        return
    for tabell, läst in zip(rapport["tabeller"], lästa, strict=True):
        väntade = _väntade(tabell)
        if len(väntade) != len(läst):
            yield f"{tabell['rubrik']}: {len(läst)} celler, i rapport.json {len(väntade)}"
            continue
        for cell, text in zip(väntade, läst, strict=True):
            som = _siffror if cell.fakta else _bokstäver
            if som(cell.visat) != som(text):
                yield f"{cell.plats}: {text or 'inget'}, i rapport.json {cell.visat or 'inget'}"


def _siffror(text: str) -> str:
    return " ".join(text.split())


def _bokstäver(text: str) -> str:
    """Words without what is only shape: blanks, marks of lists, Markdown."""
    return re.sub(r"[\W_]+", "", text)
