"""Typst in a process that stays: what is nearly the document it set last is set in a tenth of the time."""

from __future__ import annotations

import multiprocessing
import signal
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from finsam.report.gren import AVSLUTAR
from finsam.report.typst_pdf import TypstError, kompilator, kompilera_med, typstfel
from finsam.run.miljo import tysta
from finsam.run.notebook import sluta_med_föräldern

HÖGST = 25
"""Documents that one process sets; it keeps some forty megabytes of each."""


class Sättare:
    """Compiles as `report/typst_pdf.py:kompilera` does, the same bytes, in a process that is replaced now and then."""

    def __init__(self, tom: Path) -> None:
        """`tom` is an empty folder of its own, all that Typst can see."""
        self._tom = tom
        self._barn: Any = None
        self._hit: Any = None
        self._satta = 0

    def __call__(self, källa: str, tid: int) -> bytes:
        """The PDF of a source. Raises TypstError, and ChildProcessError when the process died."""
        if self._barn is None:
            self._starta()
        with suppress(OSError):  # it has died, which the next line finds
            self._hit.send((källa, tid))
        try:
            svar = self._hit.recv()
        except (EOFError, ConnectionError):
            self._barn.join()
            kod = self._barn.exitcode
            self.stäng()
            raise ChildProcessError(f"PDF-filen kunde inte sättas: Typst avbröts (kod {kod}).") from None
        self._satta += 1
        if self._satta >= HÖGST:
            self.stäng()
        if isinstance(svar, bytes):
            return svar
        raise typstfel(*svar)

    def värm(self) -> None:
        """Start the process, which takes a moment, before it is needed."""
        if self._barn is None:
            self._starta()

    def stäng(self) -> None:
        """End the process; the next document has a new one."""
        if self._barn is not None:
            self._hit.close()
            self._barn.kill()
            self._barn.join()
        self._barn, self._satta = None, 0

    def _starta(self) -> None:
        ny = multiprocessing.get_context("spawn")
        self._hit, barnets = ny.Pipe()
        self._barn = ny.Process(target=_sätt, args=(barnets, str(self._tom)), daemon=True)
        self._barn.start()
        barnets.close()


def _sätt(jobb: Any, tom: str) -> None:
    """What the process does: each source that it is sent, until no more is wanted of it."""
    for signal_ in AVSLUTAR:
        signal.signal(signal_, signal.SIG_IGN)  # it is for the parent
    threading.Thread(target=sluta_med_föräldern, daemon=True).start()
    tysta()
    typst = kompilator(tom)
    while True:
        try:
            källa, tid = jobb.recv()
        except EOFError:
            return
        try:
            svar: object = kompilera_med(typst, källa, tid)
        except TypstError as fel:
            svar = (fel.message, fel.diagnostic)
        jobb.send(svar)
