"""The PDF of a run, read through its tags: its tables are those of `rapport.json`, its numbers those of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from finsam.prove.pdf import Pdf, read_pdf
from finsam.prove.rapportfil import Rapport, Tabell
from finsam.prove.samma import skillnader_i_pdf
from finsam.prove.sida import jämn, read_html
from finsam.prove.tal import siffror
from finsam.prove.verifiera.plats import Plats, Steg, klart

_HÖGST_STYCKEN = 20_000


def pröva_pdf(plats: Plats, rapport: Rapport, *, med_ord: bool) -> Steg:
    """The step of level 1 for the PDF."""
    namn = plats.körning.rapport
    try:
        pdf = read_pdf((plats.katalog / f"{namn}.pdf").read_bytes())
    except OSError as fel:
        return Steg(1, f"{namn}.pdf", f"kan inte läsas: {type(fel).__name__}", "skiljer")
    except ValueError as fel:
        return Steg(1, f"{namn}.pdf", str(fel), "skiljer")
    try:
        sida = read_html((plats.katalog / f"{namn}.html").read_text("utf-8"))
    except (OSError, ValueError, SyntaxError, RecursionError, KeyError) as fel:
        text = f"kan inte jämföras med {namn}.html, som inte kan läsas: {type(fel).__name__}"
        return Steg(1, f"{namn}.pdf", text, "skiljer")
    if max(len(sida), len(pdf.stycken)) > _HÖGST_STYCKEN:
        return Steg(1, f"{namn}.pdf", "har orimligt många stycken", "skiljer")
    problem = list(_i_tabellerna(rapport, pdf))
    if not med_ord:
        celler = sum(len(rad) for tabell in pdf.tabeller for rad in tabell)
        return klart(f"{namn}.pdf", f"{celler} celler i {len(pdf.tabeller)} tabeller", "är de i rapport.json", problem)
    problem += [str(obundet) for obundet in skillnader_i_pdf(sida, pdf)]
    antal = sum(len(siffror(stycke.text)) for stycke in pdf.stycken)
    return klart(
        f"{namn}.pdf", f"{antal} tal på {pdf.sidor} sidor", "är sidans, i tabellerna de i rapport.json", problem
    )


def _i_tabellerna(rapport: Rapport, pdf: Pdf) -> Iterator[str]:
    """Cells that say something else than `rapport.json`: figures to the character, words by their letters."""
    lästa = [[cell for rad in tabell[1:] for cell in rad[1:]] for tabell in pdf.tabeller]
    tryckta = [tabell for tabell in rapport.tabeller if tabell.form == "tabell"]
    if len(lästa) != len(tryckta):
        yield f"{len(lästa)} tabeller, i rapport.json {len(tryckta)}"
        return
    for tabell, läst in zip(tryckta, lästa, strict=True):
        väntade = list(_celler(tabell))
        if len(väntade) != len(läst):
            yield f"{tabell.rubrik}: {len(läst)} celler, i rapport.json {len(väntade)}"
            continue
        for (plats, visat, är_tal), text in zip(väntade, läst, strict=True):
            som = jämn if är_tal else _bokstäver
            if som(visat) != som(text):
                yield f"{plats}: {text or 'inget'}, i rapport.json {visat or 'inget'}"


def _celler(tabell: Tabell) -> Iterator[tuple[str, str, bool]]:
    """The cells of a table as the document has them, the column of notes among them: place, words, whether a figure."""
    med_noter = any(rad.not_ for rad in tabell.rader)
    for rad in (r for r in tabell.rader if r.slag != "rubrik"):
        plats = f"{tabell.rubrik}, raden {rad.etikett}"
        if med_noter:
            yield f"{plats}, Not", str(rad.not_ or ""), True
        for kolumn, visat, nyckel in zip(tabell.kolumner, rad.visat, rad.fakta, strict=False):
            yield f"{plats}, kolumnen {kolumn}", visat, bool(nyckel)


def _bokstäver(text: str) -> str:
    """Words without what is only shape: blanks, marks of lists, Markdown."""
    return re.sub(r"[\W_]+", "", text)
