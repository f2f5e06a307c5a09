"""Typst, shut in: it can read its source and the report's font, and nothing else."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import typst
from typst import TypstError

from finsam.report.gren import i_grenen, utan_signaler

__all__ = ["TypstError", "kompilator", "kompilera", "kompilera_med", "med_sättare", "påbörja", "rita", "typstfel"]

HÄR = Path(__file__).parent
GRENAR = "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"
"""Typst's threads are not there in a fork of a process that has started them, and it would wait for them for ever. So
where sections are run in forks, each compilation has a fork of its own."""

_PDF = b"+"
"""What a fork's answer begins with when it is what was asked for."""
_LÄNGD = 4
"""Bytes that tell how long a picture is."""


Sättare = Callable[[str, int], bytes]
_SÄTTARE: ContextVar[Sättare | None] = ContextVar("finsam_sättare", default=None)


@contextmanager
def med_sättare(sättare: Sättare) -> Iterator[None]:
    """Let what is compiled here be so by a process that is there already and has compiled nearly the same before."""
    satt = _SÄTTARE.set(sättare)
    try:
        yield
    finally:
        _SÄTTARE.reset(satt)


def kompilera(källa: str, tid: int) -> bytes:
    """Compile a source to PDF/A-3a and PDF/UA-1, alone in an empty folder; `tid` is its clock, in Unix seconds.

    Raises TypstError for what is not Typst and for what the standards forbid.
    """
    with påbörja(källa, tid) as satt:
        return satt()


@contextmanager
def påbörja(källa: str, tid: int) -> Iterator[Callable[[], bytes]]:
    """Begin to compile as `kompilera` does, where there are forks beside what is done here; what is given waits for the
    PDF.
    """
    if sättare := _SÄTTARE.get():
        yield partial(sättare, källa, tid)
        return
    with TemporaryDirectory(prefix="finsam-") as tom:
        gör = partial(_kompilera, källa, tid, tom)
        if not GRENAR:
            yield gör
            return
        with _Gren(gör) as svaret:
            yield svaret


def rita(källa: str, täthet: int) -> list[bytes]:
    """Draw a source as pictures (PNG), a page each, with so many dots an inch. Raises TypstError."""
    with TemporaryDirectory(prefix="finsam-") as tom:
        gör = partial(_rita, källa, täthet, tom)
        if GRENAR:
            with _Gren(gör) as svaret:
                data = svaret()
        else:
            data = gör()
    bilder = []
    while data:
        längd = int.from_bytes(data[:_LÄNGD])
        bilder.append(data[_LÄNGD : _LÄNGD + längd])
        data = data[_LÄNGD + längd :]
    return bilder


def kompilator(tom: str) -> typst.Compiler:
    """Typst in an empty folder. The same object compiles what is nearly its last source in a tenth of the time."""
    return typst.Compiler(
        root=tom, font_paths=[HÄR / "typsnitt"], ignore_system_fonts=True, package_path=tom, package_cache_path=tom
    )


def _kompilera(källa: str, tid: int, tom: str) -> bytes:
    return kompilera_med(kompilator(tom), källa, tid)


def kompilera_med(kompilator: typst.Compiler, källa: str, tid: int) -> bytes:
    """The same with a compiler that is there already, in this process."""
    pdf = kompilator.compile(källa.encode(), format="pdf", pdf_standards=["a-3a", "ua-1"], timestamp=tid)
    assert isinstance(pdf, bytes)
    return pdf


def _rita(källa: str, täthet: int, tom: str) -> bytes:
    """The pictures after each other, each with its length before it."""
    svar = kompilator(tom).compile(källa.encode(), format="png", ppi=täthet)
    bilder = [svar] if isinstance(svar, bytes) else [bild for bild in svar or [] if bild is not None]
    return b"".join(len(bild).to_bytes(_LÄNGD) + bild for bild in bilder)


class _Gren:
    """A fork that does something beside what is done here; it ends when this, which is a context, is left."""

    def __init__(self, gör: Callable[[], bytes]) -> None:
        in_, ut = os.pipe()
        with utan_signaler():
            self._barn = os.fork()
            if not self._barn:
                os.close(in_)  # else it would wait for itself to read, should its parent be killed
                _svara(ut, gör)
        os.close(ut)
        self._rör = open(in_, "rb")  # noqa: SIM115

    def __enter__(self) -> Callable[[], bytes]:
        return self._svar

    def __exit__(self, *_: object) -> None:
        self._rör.close()
        if self._barn:
            os.kill(self._barn, signal.SIGKILL)
            os.waitpid(self._barn, 0)

    def _svar(self) -> bytes:
        """Wait for what was made. Raises TypstError, and ChildProcessError when the fork died."""
        data = self._rör.read()
        _, status = os.waitpid(self._barn, 0)
        self._barn = 0
        if status:
            kod = os.waitstatus_to_exitcode(status)
            raise ChildProcessError(f"PDF-filen kunde inte sättas: Typst avbröts (kod {kod}).")
        if data[:1] == _PDF:
            return data[1:]
        raise typstfel(*json.loads(data))


def typstfel(ord_: str, diagnos: str) -> TypstError:
    """An error of Typst as it was in the process that met it."""
    fel = TypstError(ord_, diagnos)
    fel.message, fel.diagnostic, fel.args = ord_, diagnos, (ord_,)
    return fel


def _svara(ut: int, gör: Callable[[], bytes]) -> None:
    """What the fork does: it writes what is made, or what stopped it, and ends there."""
    kod = 1
    try:
        i_grenen(signal.SIG_DFL)
        try:
            svar = _PDF + gör()
        except TypstError as fel:
            svar = json.dumps([fel.message, fel.diagnostic]).encode()
        with open(ut, "wb") as rör:
            rör.write(svar)
        kod = 0
    finally:
        os._exit(kod)
