"""The engine: a report's page and PDF made anew from its inputs as they are now, the same bytes as a run makes.

A process that stays has everything loaded, so the whole document is made again each time: what is kept is only what is
costly and known by its own content, a file by its bytes, a picture by what it was drawn from, and what Typst has set.
So nothing can be stale. A section that only shows what the library has is shown without a kernel; one with code of
its own is executed by papermill in a process of its own, as in a run.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from types import MappingProxyType
from typing import Any, Self

import nbformat
from nbformat import NotebookNode

from finsam.model.bokforing import Bokföring
from finsam.model.farg import Färger
from finsam.oppna import Sammanhang, i_sammanhang, öppna
from finsam.prove.pdf import read_pdf
from finsam.prove.sida import read_html
from finsam.prove.siffergaranti import facit, siffergaranti
from finsam.read.arsmapp import hitta_inputs
from finsam.read.notebooks import Avsnitt, bara_visar, hitta_notebooks, read_avsnitt
from finsam.report.bild.minne import Bildminne, med_bildminne
from finsam.report.block import Block
from finsam.report.bok import Bok
from finsam.report.kalkyl.xlsx import write_xlsx
from finsam.report.kontrollsida import kontrollsida
from finsam.report.oppnadata.faktafil import FIL as FAKTAFIL
from finsam.report.oppnadata.faktafil import fakta_csv
from finsam.report.pdf import finish_pdf
from finsam.report.spar import med_spår
from finsam.report.typst_pdf import med_sättare
from finsam.report.utskrift import html_av, klockan, källa_av, med_storlekar
from finsam.report.verifikat import write_verifikat
from finsam.run.bevaka.sattare import Sättare
from finsam.run.dokument import ord_i_avsnitten, storlekar
from finsam.run.miljo import avskild, privat_mapp, sällan_städat
from finsam.run.montering import json_bytes, med_bilagor, rapport_json, sätt_samman
from finsam.run.notebook import check_namn, read_notebook
from finsam.run.rubriker import byt_rubriker, check_rubriker, check_siffror, check_tabeller
from finsam.run.varm import värm_bilder
from finsam.run.verkstad import kör_i_processer


@dataclass(frozen=True)
class Dokument:
    """A report as it is now: the page, and when it has been read back the PDF and what else there is beside it."""

    bok: Bok
    sida: str
    rapport: bytes
    """`rapport.json`."""

    avtryck: str
    körda: Mapping[str, NotebookNode]
    verifikat: Mapping[str, str]
    pdf: bytes = b""
    kontroller: str = ""

    @property
    def prövat(self) -> bool:
        """Whether the numbers have been read back."""
        return self.bok.siffergaranti is not None


class Motor:
    """Makes one report again and again; used as a context, and by one thread at a time."""

    def __init__(
        self, förbund: str, år: int, rapport: str, inputs: Path | None = None, notebooks: Path | None = None
    ) -> None:
        self.fråga = (förbund, år, rapport)
        self.inputs = Path(os.path.realpath(hitta_inputs(inputs)))
        self.notebooks = notebooks
        self._bilder = Bildminne()
        self._öppet = ExitStack()
        self._sätts: tuple[Mapping[str, NotebookNode], str, Future[bytes]] | None = None
        """The document that Typst has been given, by its sections and fingerprint, and what will come of it."""
        self._verifikat_om: tuple[Bokföring, str, Färger] | None = None
        self._verifikat: dict[str, str] = {}
        self._verifikatsidor: dict[str, Path] = {}

    def __enter__(self) -> Self:
        with ExitStack() as öppet:
            öppet.enter_context(sällan_städat())
            self._mapp = öppet.enter_context(privat_mapp())
            (tom := self._mapp / "typst").mkdir()
            self._sätt = Sättare(tom)
            öppet.callback(self._sätt.stäng)
            self._sätt.värm()
            with avskild(self._mapp):
                värm_bilder()
            self._bredvid = öppet.enter_context(ThreadPoolExecutor(1))
            self._öppet = öppet.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._öppet.close()

    @property
    def bevakas(self) -> tuple[Path, ...]:
        """The folders whose files a report is made of."""
        return (self.inputs / self.fråga[0], (self.notebooks or hitta_notebooks()) / self.fråga[2])

    def verifikatsida(self, namn: str) -> bytes | None:
        """The page of verifikationer by a name that the document links to, or one of its further pages."""
        fil = self._verifikatsidor.get(namn)
        return fil.read_bytes() if fil else None

    def sida(self) -> Dokument:
        """The page of the inputs as they are now, not read back. Raises UnreadableInput, NotebookFel or OSError."""
        with self._hemma():
            bok = öppna(*self.fråga, inputs=self.inputs, notebooks=self.notebooks)
            avsnitt = read_avsnitt(self.fråga[2], bok.år.förbund, self.notebooks)
            check_rubriker(bok.år.förbund)
            if bok.år.rapport.har_bokföring:
                check_siffror(bok)
            assert bok.findings  # the checks are made here, so that no section needs to
            körda = self._körda(bok, avsnitt)
            check_tabeller(körda)
            for nb in körda.values():
                byt_rubriker(nb, bok.år.förbund.rubriker)
            return self._satt(bok, körda, self._med_verifikat(bok))

    def pröva(self, d: Dokument) -> Dokument:
        """The same document with its PDF, and every number of both read back; a number that nothing binds makes it a
        draft. The page now tells how large the PDF is, which has no files in it yet (`bifoga`).
        """
        with self._hemma():
            utan = storlekar(self.fråga[2], 0)  # as a run reads it
            sida = self._sidan(d.bok, d.körda, d.verifikat, d.avtryck, utan)
            på_sidan = read_html(sida)
            svar = replace(facit(d.bok, ord_i_avsnitten(d.körda.values()), d.avtryck), storlekar=utan)
            pdf = self._pdf(d)
            läst = d.bok.med_siffergaranti(siffergaranti(på_sidan, svar, read_pdf(pdf)))
            stor = storlekar(self.fråga[2], len(pdf))
            ny = replace(d, sida=med_storlekar(sida, stor))
            if läst.utkast != d.bok.utkast:
                ny = self._satt(läst, d.körda, d.verifikat, stor)
                pdf = self._pdf(ny)
            return replace(ny, bok=läst, pdf=pdf, kontroller=kontrollsida(läst, ny.sida, ny.avtryck))

    def bifoga(self, d: Dokument) -> Dokument:
        """What has been read back as a run leaves it: the PDF with its files in it, and the page that tells its size.

        The workbook is one of them, and takes as long as it takes to read the PDF.
        """
        with self._hemma():
            pdf = med_bilagor(d.pdf, self.fråga[2], self._bilagor(d).__getitem__)
            sida = med_storlekar(d.sida, storlekar(self.fråga[2], len(pdf)))
            return replace(d, sida=sida, pdf=pdf, kontroller=kontrollsida(d.bok, sida, d.avtryck))

    @contextmanager
    def _hemma(self) -> Iterator[None]:
        """Where documents are made: with what is kept, and without the user's own settings."""
        with avskild(self._mapp), med_sättare(self._sätt_en), med_bildminne(self._bilder):
            yield

    def _satt(
        self,
        bok: Bok,
        körda: Mapping[str, NotebookNode],
        verifikat: Mapping[str, str],
        storlekar: Mapping[str, str] = MappingProxyType({}),
    ) -> Dokument:
        """The page, as `run/dokument.py` writes it."""
        rapport = json_bytes(rapport_json(körda, bok, self.fråga[2]))
        avtryck = hashlib.sha256(rapport).hexdigest()
        self._sätt_bredvid(bok, körda, avtryck)
        sida = self._sidan(bok, körda, verifikat, avtryck, storlekar)
        return Dokument(bok, sida, rapport, avtryck, körda, verifikat)

    @staticmethod
    def _sidan(
        bok: Bok,
        körda: Mapping[str, NotebookNode],
        verifikat: Mapping[str, str],
        avtryck: str,
        storlekar: Mapping[str, str],
    ) -> str:
        hel = sätt_samman(körda, bok, avtryck)
        hel.metadata["finsam"]["storlekar"] = dict(storlekar)
        return med_spår(html_av(hel), fakta=bok.fakta, bokföring=bok.år.bokföring, filer=verifikat)

    def _bilagor(self, d: Dokument) -> dict[str, bytes]:
        """The files that stand beside the PDF and in it."""
        rapport = json.loads(d.rapport)
        with TemporaryDirectory(dir=self._mapp) as ut:
            write_xlsx(d.bok, rapport["tabeller"], bok := Path(ut, f"{self.fråga[2]}.xlsx"))
            return {"rapport.json": d.rapport, FAKTAFIL: fakta_csv(rapport), bok.name: bok.read_bytes()}

    def _sätt_en(self, källa: str, tid: int) -> bytes:
        return self._bredvid.submit(self._sätt, källa, tid).result()

    def _sätt_bredvid(self, bok: Bok, körda: Mapping[str, NotebookNode], avtryck: str) -> Future[bytes]:
        """Let Typst set a document beside what is done here, in place of one that it has not begun."""
        if self._sätts:
            self._sätts[2].cancel()
        källa, datum = källa_av(sätt_samman(körda, bok, avtryck))
        self._sätts = (körda, avtryck, ny := self._bredvid.submit(self._sätt, källa, klockan(datum)))
        return ny

    def _pdf(self, d: Dokument) -> bytes:
        körda, avtryck, pdf = self._sätts or ({}, "", None)
        if pdf is None or körda is not d.körda or avtryck != d.avtryck:
            pdf = self._sätt_bredvid(d.bok, d.körda, d.avtryck)
        return finish_pdf(pdf.result(), dated=d.bok.beslutsdag is not None)

    def _med_verifikat(self, bok: Bok) -> Mapping[str, str]:
        """The pages of the verifikationer, written anew only when the ledger or how they look is another."""
        om = (bok.år.bokföring, bok.titel, bok.tyda.färger)
        if self._verifikat_om != om:
            ut = Path(mkdtemp(dir=self._mapp))
            self._verifikat = write_verifikat(bok.år.bokföring, ut, bok.titel, bok.tyda.färger)
            self._verifikatsidor = {fil.relative_to(ut).as_posix(): fil for fil in sorted(ut.rglob("*.html"))}
            self._verifikat_om = om
        return self._verifikat

    def _körda(self, bok: Bok, avsnitt: tuple[Avsnitt, ...]) -> dict[str, NotebookNode]:
        """The sections with what they show, in the report's order."""
        visade = {del_.namn: self._visat(del_, bok) for del_ in avsnitt}
        andra = tuple(del_ for del_ in avsnitt if visade[del_.namn] is None)
        körda = self._av_papermill(andra, bok) if andra else {}
        return {namn: nb or körda[namn] for namn, nb in visade.items()}

    def _visat(self, avsnitt: Avsnitt, bok: Bok) -> NotebookNode | None:
        """A section that only shows, with what it shows; None for one that must be executed."""
        check_namn(avsnitt, self._parametrar(bok))
        nb = read_notebook(avsnitt.fil)
        celler = [cell for cell in nb.cells if cell.cell_type == "code"]
        visning = bara_visar(cell.source for cell in celler)
        if visning is None or visning.före != 1 or visning.rapport != self.fråga[2]:
            return None
        block = [ett.hos(bok) for ett in visning.visat]
        if not all(isinstance(ett, Block) for ett in block):
            return None
        for cell in celler:
            cell.outputs = []
        for cell, ett in zip(celler[visning.före + 1 :], block, strict=True):
            cell.outputs = [_som_kärnan_ger(ett)]
        return nb

    def _av_papermill(self, avsnitt: tuple[Avsnitt, ...], bok: Bok) -> dict[str, NotebookNode]:
        """Sections with code of their own, executed as a run executes them."""
        sammanhang = Sammanhang(self.inputs, {self.fråga: bok})
        with TemporaryDirectory(dir=self._mapp) as ut, privat_mapp() as mapp, i_sammanhang(sammanhang):
            kör_i_processer(avsnitt, Path(ut), self._parametrar(bok), lambda _: None, mapp)
            return {del_.namn: nbformat.read(Path(ut, del_.fil.name), as_version=4) for del_ in avsnitt}

    def _parametrar(self, bok: Bok) -> dict[str, str | int]:
        return {"förbund": bok.år.förbund.slug, "år": bok.år.årtal}


def _som_kärnan_ger(block: Any) -> NotebookNode:
    """What a cell that shows a block has as its output, as it is read from the executed notebook's file."""
    data = json.loads(json.dumps(block._repr_mimebundle_(), sort_keys=True))
    ingen: dict[str, str] = {}
    output: NotebookNode = nbformat.from_dict(
        {"output_type": "execute_result", "metadata": ingen, "data": data, "execution_count": None}
    )
    return output
