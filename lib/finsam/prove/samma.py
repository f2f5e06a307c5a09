"""Whether a PDF prints the same numbers as the page, block by block in reading order. What the PDF has of its own, page
numbers and the words on top of each page, must be right too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby, zip_longest

from finsam.prove.pdf import Pdf
from finsam.prove.sida import Stycke, ett_blank, utan_blanka
from finsam.prove.tal import siffror
from finsam.report.garanti import GARANTI, NUMRERING, Obundet

_BARA_I_HTML = ("titel", "sidfot", "spår", "diagram")
"""What the page alone says in words: its title and foot and the spår. Pictures are held against each other whole."""

_FORTSÄTTNING = ",fortsättning"
_FORTS = ",forts."
_FORTSÄTTER = re.compile(r"^Tabell(?:en|\d+)fortsätter")
UTKAST = "UTKAST"
"""What the head of each page of a draft has after the title."""


def skillnader_i_pdf(sida: Sequence[Stycke], pdf: Pdf) -> Iterator[Obundet]:
    """The numbers that stand in one of the two and not in the other, and those of the margins that are wrong."""
    html = [(siffror(s.text), s) for s in _i_pdfens_ordning(sida) if s.slag not in _BARA_I_HTML and not s.dolt]
    html = [par for par in html if par[0]]
    läst = [(siffror(s.text), s) for s in pdf.stycken if s.slag not in ("sidhuvud", "otaggat", "diagram")]
    läst = [par for par in läst if par[0]]
    väntade, lästa = [tal for tal, _ in html], [tal for tal, _ in läst]
    if väntade != lästa:
        for slag, a, b, c, d in SequenceMatcher(None, väntade, lästa, autojunk=False).get_opcodes():
            if slag != "equal":
                yield from _obundna(html[a:b], läst[c:d])
    yield from _i_diagrammen(sida, pdf)
    yield from _i_marginalen(pdf, *map(_bokstäver, _marginaler(sida)))
    for länk in pdf.länkar:
        if länk.sägs and länk.sägs != str(länk.till):
            yield Obundet(länk.sägs, f"PDF, sidan {länk.sida}", länk.text, "är inte den sidan.", NUMRERING.kod)


def _i_pdfens_ordning(sida: Sequence[Stycke]) -> list[Stycke]:
    """The page as the PDF has it: the kolofon after the contents, where the page has it last."""
    kolofon, övriga = [s for s in sida if s.kolofon], [s for s in sida if not s.kolofon]
    plats = max((nr for nr, s in enumerate(övriga, 1) if s.slag == "förteckning"), default=0)
    return [*övriga[:plats], *kolofon, *övriga[plats:]]


def _i_diagrammen(sida: Sequence[Stycke], pdf: Pdf) -> Iterator[Obundet]:
    """Pictures that do not say the same in both, letter by letter: what is drawn has no blanks between its words."""
    html = [[s for s in egna if not s.dolt] for _, egna in groupby((s for s in sida if s.slag == "diagram"), _bild)]
    html = [egna for egna in html if egna]
    lästa = [s for s in pdf.stycken if s.slag == "diagram"]
    for egna, läst in zip_longest(html, lästa):
        väntat, ritat = "".join(_bokstäver(s.text) for s in egna or ()), _bokstäver(läst.text) if läst else ""
        if väntat != ritat and (siffror(väntat) or siffror(ritat)):
            plats, runt = (läst.plats, läst.text) if läst else (egna[0].plats, egna[0].text)
            skild = next(nr for nr, par in enumerate(zip_longest(väntat, ritat)) if par[0] != par[1])
            tal = ritat[skild : skild + 20] or "inget"
            yield Obundet(tal, plats, runt[:90], "är inte som i diagrammet i HTML-dokumentet.")


def _bild(stycke: Stycke) -> str:
    return stycke.i


def _marginaler(sida: Sequence[Stycke]) -> tuple[str, str]:
    """What the head of each page of the PDF begins with, and its foot, by the page's own foot and cover."""
    huvud = next((s.text for s in sida if s.slag == "sidfot"), "").removesuffix(f" · {UTKAST}")
    nummer = (d.text for s in sida for d in s.delar if d.om.get("data-fakta", "").startswith("uppgift.dnr/"))
    return huvud, f"Dnr {next(nummer, '')}"


def _obundna(
    html: list[tuple[tuple[str, ...], Stycke]], läst: list[tuple[tuple[str, ...], Stycke]]
) -> Iterator[Obundet]:
    """The numbers of blocks that have no counterpart; those of two blocks in the same place, number by number."""
    if len(html) == len(läst):
        for (väntat, _), (tal, stycke) in zip(html, läst, strict=True):
            for slag, a, b, c, d in SequenceMatcher(None, väntat, tal, autojunk=False).get_opcodes():
                if slag != "equal":
                    här, där = ", ".join(tal[c:d]), ", ".join(väntat[a:b])
                    skäl = f"är {där} i HTML-dokumentet." if här and där else "finns inte i HTML-dokumentet."
                    skäl = skäl if här else "finns i HTML-dokumentet men inte här."
                    yield Obundet(här or där, stycke.plats, stycke.text[:90], skäl)
        return
    for tal, stycke in läst:
        yield Obundet(", ".join(tal), stycke.plats, stycke.text[:90], "finns inte där i HTML-dokumentet.")
    for tal, stycke in html:
        yield Obundet(", ".join(tal), stycke.plats, stycke.text[:90], "finns inte där i PDF-dokumentet.")


def _i_marginalen(pdf: Pdf, huvud: str, fot: str) -> Iterator[Obundet]:
    """Page numbers and references to pages, the words on top of the pages, and heads of tables that go on."""
    rubriker = {(_bokstäver(s.text), s.om["sida"]) for s in pdf.stycken if s.slag == "rubrik"}
    kapitlen = {rubrik.lstrip("0123456789.") for rubrik, _ in rubriker}
    bildtexter = [_bokstäver(s.text) for s in pdf.stycken if s.slag == "bildtext"]
    for stycke in pdf.stycken:
        rätt, tal, kod = True, ", ".join(siffror(stycke.text)), GARANTI.kod
        text = _bokstäver(stycke.text)
        if stycke.slag == "sidhuvud":
            kapitel = text.removeprefix(huvud).removeprefix(UTKAST)
            överst = text.startswith(huvud) and (not kapitel or kapitel in kapitlen)
            fot_ = _FORTSÄTTER.sub("", text)
            rätt = not tal or överst or fot_.removeprefix(fot) == stycke.om["sida"]
        elif stycke.slag == "otaggat":
            rätt = not tal or _är_fortsatt(text, pdf.tabeller, bildtexter)
        elif "sidhänvisning" in stycke.om:  # of the contents
            tal, kod = stycke.om["sidhänvisning"], NUMRERING.kod
            rätt = (text, tal) in rubriker
        if not rätt:
            yield Obundet(tal, stycke.plats, ett_blank(stycke.text)[:90], "stämmer inte med sidorna.", kod)


def _är_fortsatt(text: str, tabeller: Sequence[Sequence[Sequence[str]]], bildtexter: Sequence[str]) -> bool:
    """Whether this stands over a table that goes on: its caption without the unit, its head and those of its groups."""
    över, _, under = text.rpartition(_FORTSÄTTNING)
    if över and not any(bildtext.startswith(över) for bildtext in bildtexter):
        return False
    for huvud, *rader in filter(None, tabeller):
        början = _bokstäver("".join(huvud))
        *grupper, sist = under.removeprefix(början).split(_FORTS)
        kända = {_bokstäver(rad[0]) for rad in rader if len(rad) == 1}
        if under.startswith(början) and not sist and kända.issuperset(grupper):
            return True
    return False


def _bokstäver(text: str) -> str:
    return utan_blanka(ett_blank(text))
