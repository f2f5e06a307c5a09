"""The document as HTML and PDF, read back before it is finished and after: its last section says what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from nbformat import NotebookNode

from finsam.oppna import gällande, i_sammanhang
from finsam.prove.pdf import read_pdf
from finsam.prove.sida import read_html
from finsam.prove.siffergaranti import Facit, facit, siffergaranti
from finsam.read.notebooks import Avsnitt
from finsam.report.bok import Bok
from finsam.report.garanti import Obundet, Siffergaranti
from finsam.report.spar import med_spår
from finsam.report.utskrift import html_av
from finsam.run.avsnitt import Värde, kör_alla, read_notebook
from finsam.run.montering import sätt_samman, write_html, write_json, write_pdf
from finsam.run.rubriker import byt_rubriker

KONTROLLER = "kontroller"
"""The section that tells of the others; it is made when they have been read."""

FIL = "siffergaranti.json"
"""What was found, beside the document."""

Framsteg = Callable[[str], None]


def write_dokument(
    bok: Bok,
    avsnitt: tuple[Avsnitt, ...],
    ut: Path,
    rapport: str,
    parametrar: Mapping[str, Värde],
    verifikat: Mapping[str, str],
    steg: Framsteg,
) -> tuple[Bok, dict[str, NotebookNode]]:
    """Execute the sections and write the page and the PDF. Returns the report with its siffergaranti, and the sections.

    The document is read when all but its last section are there, and again when it is finished. Should the two differ,
    it is made once more with what the finished one gave, which makes it a draft.
    """
    körda = _kör(bok, tuple(a for a in avsnitt if a.namn != KONTROLLER), ut, parametrar, steg)
    början = körda | {a.namn: _med_rubriker(bok, read_notebook(a.fil)) for a in avsnitt if a.namn not in körda}
    början = {a.namn: början[a.namn] for a in avsnitt}  # of the last section only its heading
    svar = facit(bok, _ord(början.values()))
    bok = bok.med_siffergaranti(siffergaranti(read_html(html_av(sätt_samman(början, bok))), svar))
    sist = tuple(a for a in avsnitt if a.namn == KONTROLLER)
    for visa in (steg, lambda _: None):
        assert bok.siffergaranti
        write_json(bok.siffergaranti.json(), ut / FIL)
        with i_sammanhang(replace(gällande(), garanti=ut / FIL)):
            körda |= _kör(bok, sist, ut, parametrar, visa)
        hel = sätt_samman({a.namn: körda[a.namn] for a in avsnitt}, bok)
        visa("Skriver HTML")
        spår = partial(med_spår, fakta=bok.fakta, bokföring=bok.år.bokföring, filer=verifikat)
        write_html(hel, ut / f"{rapport}.html", spår)
        visa("Skriver PDF")
        write_pdf(hel, ut / f"{rapport}.pdf")
        visa("Läser tillbaka")
        funnet = read_dokument(svar.med_kontroller(bok), ut, rapport)
        if funnet == bok.siffergaranti:
            break
        bok = bok.med_siffergaranti(_som_skiljer(funnet, bok.siffergaranti))
    return bok, {a.namn: körda[a.namn] for a in avsnitt}


def read_dokument(svar: Facit, katalog: Path, rapport: str) -> Siffergaranti:
    """What a finished page and PDF say, number by number."""
    sida = (katalog / f"{rapport}.html").read_text("utf-8")
    return siffergaranti(read_html(sida), svar, read_pdf((katalog / f"{rapport}.pdf").read_bytes()))


def _kör(
    bok: Bok, avsnitt: tuple[Avsnitt, ...], ut: Path, parametrar: Mapping[str, Värde], steg: Framsteg
) -> dict[str, NotebookNode]:
    körda = kör_alla(avsnitt, ut / "sektioner", parametrar, steg)
    return {namn: _med_rubriker(bok, nb) for namn, nb in körda.items()}


def _med_rubriker(bok: Bok, nb: NotebookNode) -> NotebookNode:
    byt_rubriker(nb, bok.år.förbund.rubriker)
    return nb


def _ord(notebooks: Iterable[NotebookNode]) -> tuple[str, ...]:
    """The words that stand in the sections themselves."""
    return tuple(cell.source for nb in notebooks for cell in nb.cells if cell.cell_type == "markdown")


def _som_skiljer(funnet: Siffergaranti, tryckt: Siffergaranti) -> Siffergaranti:
    """What a finished document gave, never without a finding when it is not what the document says."""
    if funnet.obundna:
        return funnet
    skäl = "är inte vad läsningen av det färdiga dokumentet gav."
    return replace(funnet, obundna=(Obundet(str(tryckt.tal), "sista avsnittet", str(tryckt), skäl),))
