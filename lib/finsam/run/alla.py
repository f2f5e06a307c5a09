"""Many reports: each is made by itself in one of a few processes, and one that fails stops no other.

A report is one piece of work for an executor (`concurrent.futures`), whose answer is the same whichever process it is
made in. What is done already is not made again (`fardig.py`), so a batch that was stopped goes on where it was.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from finsam.model.problem import UnreadableInput
from finsam.report.typst_pdf import GRENAR
from finsam.run.miljo import städa_sällan, tysta
from finsam.run.notebook import NotebookFel, kort, sluta_med_föräldern
from finsam.run.skapa import Resultat
from finsam.run.utmapp import Skrivfel

Jobb = tuple[str, int, str]
"""A report to make: förbund, år and kind of report."""

HÖGST_SAMTIDIGT = 8
"""Reports made at once, however many cores there are: each takes some 300 MB."""

PER_PROCESS = 40 if GRENAR else 8
"""Reports that a process makes before it is replaced: what it remembers grows by a megabyte with each, and Typst keeps
40 MB of each where it cannot have a fork."""


class Avbrutet(Exception):
    """What made a report ended before it was done; says so, in Swedish."""


@dataclass(frozen=True, slots=True)
class Arbete:
    """What is the same for all reports of a batch."""

    inputs: Path | None
    outputs: Path
    med_paket: bool = False


@dataclass(frozen=True, slots=True)
class Utfall:
    """How it went: what was made, or what stopped it. `fanns` says that it was there already."""

    jobb: Jobb
    resultat: Resultat | None = None
    fel: Exception | None = None
    fanns: bool = False


@dataclass(frozen=True, slots=True)
class Följer:
    """Who is told of a batch as it goes on."""

    började: Callable[[Jobb], None]
    blev_klar: Callable[[Utfall], None]


NyExecutor = Callable[[int], AbstractContextManager[Executor]]


def samtidigt(antal: int) -> int:
    """How many reports are made at once."""
    return max(1, min(antal, os.cpu_count() or 1, HÖGST_SAMTIDIGT))


def processer(antal: int) -> Executor:
    """Processes of this machine. They are started anew and not forked, so it is the same on every system."""
    return ProcessPoolExecutor(antal, multiprocessing.get_context("spawn"), _börja)


def skapa_alla(
    jobb: Sequence[Jobb], arbete: Arbete, följer: Följer, antal: int, ny: NyExecutor | None = None
) -> list[Utfall]:
    """Make reports, so many at once; how each went, in the order of `jobb`.

    When a process dies, what was in it and beside it is made again one at a time, so that only the one that kills its
    process is told of.
    """
    ny = ny or processer
    klara: dict[Jobb, Utfall] = {}
    kvar, misstänkta = list(jobb), list[Jobb]()

    def klart(utfall: Utfall) -> None:
        klara[utfall.jobb] = utfall
        följer.blev_klar(utfall)

    while kvar:
        omgång = _Omgång(arbete, följer.började, klart)
        omgång.kör(kvar[: antal * PER_PROCESS], antal, ny)
        misstänkta += omgång.avbrutna
        kvar = [ett for ett in kvar if ett not in klara and ett not in misstänkta]
    for ett in misstänkta:
        omgång = _Omgång(arbete, följer.började, klart)
        omgång.kör([ett], 1, ny)
        if omgång.avbrutna:
            klart(Utfall(ett, fel=Avbrutet("Processen avbröts; kanske räckte inte minnet.")))
    return [klara[ett] for ett in jobb]


class _Omgång:
    """Reports made by one executor, until they are done or it breaks."""

    def __init__(self, arbete: Arbete, började: Callable[[Jobb], None], klart: Callable[[Utfall], None]) -> None:
        self._arbete, self._började, self._klart = arbete, började, klart
        self._igång: dict[Future[Utfall], Jobb] = {}
        self.avbrutna: list[Jobb] = []

    def kör(self, jobb: Sequence[Jobb], antal: int, ny: NyExecutor) -> None:
        """Make them; no more is begun than is made at once, so that it is known what was lost with a process."""
        kö = list(jobb)
        with ny(antal) as pool:
            try:
                while (kö and not self.avbrutna) or self._igång:
                    while kö and not self.avbrutna and len(self._igång) < antal:
                        self._lämna(pool, kö.pop(0))
                    for färdigt in wait(self._igång, return_when=FIRST_COMPLETED).done:
                        self._ta_emot(färdigt, self._igång.pop(färdigt))
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                for barn in multiprocessing.active_children():
                    barn.terminate()
                raise

    def _lämna(self, pool: Executor, ett: Jobb) -> None:
        try:
            self._igång[pool.submit(gör, ett, self._arbete)] = ett
        except BrokenExecutor:
            self.avbrutna.append(ett)
        else:
            self._började(ett)

    def _ta_emot(self, färdigt: Future[Utfall], ett: Jobb) -> None:
        fel = BrokenExecutor() if färdigt.cancelled() else färdigt.exception()
        if fel is None:
            self._klart(färdigt.result())
        elif isinstance(fel, BrokenExecutor):
            self.avbrutna.append(ett)
        elif isinstance(fel, Avbrutet):
            self._klart(Utfall(ett, fel=fel))
        elif isinstance(fel, Exception):
            self._klart(Utfall(ett, fel=Avbrutet(f"Något oväntat hände: {type(fel).__name__}: {kort(str(fel))}")))
        else:
            raise fel


def gör(jobb: Jobb, arbete: Arbete) -> Utfall:
    """Make one report, unless it is done already."""
    from finsam.run.fardig import färdig
    from finsam.run.skapa import skapa

    try:
        gammal = färdig(*jobb, arbete.inputs, arbete.outputs, med_paket=arbete.med_paket)
        if gammal:
            return Utfall(jobb, gammal, fanns=True)
        return Utfall(jobb, skapa(*jobb, arbete.inputs, arbete.outputs, _tyst, med_paket=arbete.med_paket))
    except (UnreadableInput, NotebookFel, Skrivfel, OSError) as fel:
        return Utfall(jobb, fel=fel)
    finally:
        gc.collect()  # a run does not look for what goes in circles (`sällan_städat`), and here is one after another
        if multiprocessing.parent_process():  # and not in one that has other things to do
            gc.freeze()  # what is left lasts: it takes a twentieth of a run to look through it each time


def _tyst(_: int) -> Callable[[str], None]:
    return lambda _: None


def _börja() -> None:
    """The first thing a process does: it is silent, tidies up when it is told to end, and ends with its parent."""
    tysta()
    städa_sällan()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    threading.Thread(target=sluta_med_föräldern, daemon=True).start()
