"""The document as HTML and PDF, read back when it is finished: a number that nothing binds makes it a draft."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from finsam.prove.pdf import read_pdf
from finsam.prove.sida import read_html
from finsam.prove.siffergaranti import Facit, facit, siffergaranti
from finsam.report.bok import Bok
from finsam.report.garanti import Siffergaranti
from finsam.report.spar import med_spår
from finsam.report.utskrift import filstorlek, med_ord, med_storlekar
from finsam.run.montering import json_bytes, med_bilagor, rapport_json, sätt_samman, write_html, write_json, write_pdf

FIL = "siffergaranti.json"
"""What was found, beside the document."""

Framsteg = Callable[[str], None]


def write_dokument(
    bok: Bok,
    körda: Mapping[str, NotebookNode],
    ut: Path,
    rapport: str,
    verifikat: Mapping[str, str],
    steg: Framsteg,
) -> tuple[Bok, dict[str, Any], str]:
    """Write the page and the PDF of executed sections, and read them back. Returns the report with its siffergaranti,
    its tables and facts (`rapport.json`), and that file's fingerprint, which the document tells.

    What was read is what is left, but for the word UTKAST when the reading finds what makes it a draft, and the files
    that the PDF has in it (`bifoga`).
    """
    data, avtryck = _skriv(bok, körda, ut, rapport, verifikat, steg)
    steg("Läser tillbaka")
    läst = bok.med_siffergaranti(read_dokument(facit(bok, ord_i_avsnitten(körda.values()), avtryck), ut, rapport))
    if läst.utkast != bok.utkast:
        data, avtryck = _skriv(läst, körda, ut, rapport, verifikat, lambda _: None)
    assert läst.siffergaranti
    write_json(läst.siffergaranti.json(), ut / FIL)
    return läst, data, avtryck


def _skriv(
    bok: Bok, körda: Mapping[str, NotebookNode], ut: Path, rapport: str, verifikat: Mapping[str, str], steg: Framsteg
) -> tuple[dict[str, Any], str]:
    data = rapport_json(körda, bok, rapport)
    avtryck = hashlib.sha256(json_bytes(data)).hexdigest()
    hel = sätt_samman(körda, bok, avtryck)
    steg("Skriver PDF")
    write_pdf(hel, ut / f"{rapport}.pdf")
    steg("Skriver HTML")
    hel.metadata["finsam"]["storlekar"] = storlekar(rapport, (ut / f"{rapport}.pdf").stat().st_size)
    spår = partial(med_spår, fakta=bok.fakta, bokföring=bok.år.bokföring, filer=verifikat)
    write_html(hel, ut / f"{rapport}.html", spår)
    return data, avtryck


def read_dokument(svar: Facit, katalog: Path, rapport: str) -> Siffergaranti:
    """What a finished page and PDF say, number by number."""
    sida, pdf = (katalog / f"{rapport}.html").read_text("utf-8"), (katalog / f"{rapport}.pdf").read_bytes()
    return siffergaranti(read_html(sida), replace(svar, storlekar=storlekar(rapport, len(pdf))), read_pdf(pdf))


def bifoga(ut: Path, rapport: str) -> str:
    """Put into the PDF the files beside it that it is made with; the page, which tells how large it then is."""
    pdf, sida = ut / f"{rapport}.pdf", ut / f"{rapport}.html"
    pdf.write_bytes(data := med_bilagor(pdf.read_bytes(), rapport, lambda fil: (ut / fil).read_bytes()))
    sida.write_text(html := med_storlekar(sida.read_text("utf-8"), storlekar(rapport, len(data))), "utf-8")
    return html


def storlekar(rapport: str, pdf: int) -> dict[str, str]:
    """How large the files are whose sizes the page tells, by their names: the PDF, of so many bytes."""
    return {f"{rapport}.pdf": filstorlek(pdf)}


def ord_i_avsnitten(notebooks: Iterable[NotebookNode]) -> tuple[str, ...]:
    """The words that stand in the sections themselves."""
    return tuple(cell.source for nb in notebooks for cell in med_ord(nb))
