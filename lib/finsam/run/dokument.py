"""The document as HTML and PDF, read back when it is finished: a number that nothing binds makes it a draft."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from finsam.prove.pdf import read_pdf
from finsam.prove.sida import Stycke, read_html
from finsam.prove.siffergaranti import Facit, facit, siffergaranti
from finsam.report.bok import Bok
from finsam.report.spar import med_spår
from finsam.report.utskrift import filstorlek, html_av, med_ord, med_storlekar, påbörja_pdf
from finsam.run.montering import json_bytes, med_bilagor, rapport_json, sätt_samman, write_html, write_json, write_pdf

FIL = "siffergaranti.json"
"""What was found, beside the document."""

Framsteg = Callable[[str], None]
Bredvid = Callable[[Bok, str], None]
"""Writes what else tells what the document tells, of the report as it is and the fingerprint."""


@dataclass(frozen=True, slots=True)
class Skrivet:
    """What a document was written of: its tables and facts, and these as the file that they are (`rapport.json`)."""

    data: dict[str, Any]
    rapport: bytes
    avtryck: str
    """The fingerprint of the file, which the document tells."""
    facit: Facit
    sida: list[Stycke]
    """The page, read back."""


def write_dokument(
    bok: Bok,
    körda: Mapping[str, NotebookNode],
    ut: Path,
    rapport: str,
    verifikat: Mapping[str, str],
    steg: Framsteg,
    bredvid: Bredvid,
) -> tuple[Bok, Skrivet]:
    """Write the page and the PDF of executed sections, and read them back. Returns the report with its siffergaranti.

    What was read is what is left, but for the word UTKAST when the reading finds what makes it a draft, the files that
    the PDF has in it and how large it then is (`bifoga`). The page is read back and `bredvid` done while it is set.
    """
    skrivet = _skriv(bok, körda, ut, rapport, verifikat, steg, bredvid)
    steg("Läser tillbaka")
    pdf = read_pdf((ut / f"{rapport}.pdf").read_bytes())
    läst = bok.med_siffergaranti(siffergaranti(skrivet.sida, skrivet.facit, pdf))
    if läst.utkast != bok.utkast:
        skrivet = _skriv(läst, körda, ut, rapport, verifikat, lambda _: None, bredvid)
    assert läst.siffergaranti
    write_json(läst.siffergaranti.json(), ut / FIL)
    return läst, skrivet


def _skriv(
    bok: Bok,
    körda: Mapping[str, NotebookNode],
    ut: Path,
    rapport: str,
    verifikat: Mapping[str, str],
    steg: Framsteg,
    bredvid: Bredvid,
) -> Skrivet:
    data = rapport_json(körda, bok, rapport)
    fil = json_bytes(data)
    avtryck = hashlib.sha256(fil).hexdigest()
    hel = sätt_samman(körda, bok, avtryck)
    hel.metadata["finsam"]["storlekar"] = storlek = storlekar(rapport, 0)  # until all is in the PDF
    steg("Skriver HTML")
    with påbörja_pdf(hel) as pdf:
        sida = ut / f"{rapport}.html"
        write_html(med_spår(html_av(hel), fakta=bok.fakta, bokföring=bok.år.bokföring, filer=verifikat), sida)
        läst = read_html(sida.read_text("utf-8"))
        svar = replace(facit(bok, ord_i_avsnitten(körda.values()), avtryck), storlekar=storlek)
        bredvid(bok, avtryck)
        steg("Skriver PDF")
        write_pdf(pdf(), ut / f"{rapport}.pdf")
    return Skrivet(data, fil, avtryck, svar, läst)


def bifoga(ut: Path, rapport: str) -> str:
    """Put into the PDF the files beside it that it is made with; the page, which tells how large it then is."""
    pdf, sida = ut / f"{rapport}.pdf", ut / f"{rapport}.html"
    write_pdf(data := med_bilagor(pdf.read_bytes(), rapport, lambda fil: (ut / fil).read_bytes()), pdf)
    write_html(html := med_storlekar(sida.read_text("utf-8"), storlekar(rapport, len(data))), sida)
    return html


def storlekar(rapport: str, pdf: int) -> dict[str, str]:
    """How large the files are whose sizes the page tells, by their names: the PDF, of so many bytes."""
    return {f"{rapport}.pdf": filstorlek(pdf)}


def ord_i_avsnitten(notebooks: Iterable[NotebookNode]) -> tuple[str, ...]:
    """The words that stand in the sections themselves."""
    return tuple(cell.source for nb in notebooks for cell in med_ord(nb))
