"""The PDF of a run, read through its tags: its tables are those of `rapport.json`, its numbers those of the page."""

from __future__ import annotations

from finsam.report.aterlasning import read_html
from finsam.report.aterlasning_pdf import read_pdf
from finsam.report.samma import i_pdf
from finsam.report.samma_tal import skillnader_i_pdf
from finsam.report.tal import siffror
from finsam.run.granskning import Plats, Steg, klart
from finsam.run.manifest import read_json


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
    problem = [str(s) for s in i_pdf(read_json(plats.katalog / "rapport.json"), pdf, f"{namn}.pdf")]
    problem += [str(obundet) for obundet in skillnader_i_pdf(sida, pdf)]
    antal = sum(len(siffror(stycke.text)) for stycke in pdf.stycken)
    return klart(
        f"{namn}.pdf", f"{antal} tal på {pdf.sidor} sidor", "är sidans, i tabellerna de i rapport.json", problem
    )
