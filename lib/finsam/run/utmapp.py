"""The folder a run writes: replaced whole or not at all, by one run at a time."""

from __future__ import annotations

import ctypes
import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from finsam.model.problem import orsak

VÄNTA = 60.0
"""Seconds to wait for another run of the same report; one takes a few."""


class Skrivfel(Exception):
    """What was to be written could not be; says why, in Swedish."""


@contextmanager
def säg_skrivfel(mapp: Path) -> Iterator[None]:
    """Say in Swedish why a folder could not be written."""
    try:
        yield
    except OSError as fel:
        raise Skrivfel(f"Kunde inte skriva {mapp}: {orsak(fel)}.") from fel


@contextmanager
def ersätt_hel(mål: Path) -> Iterator[Path]:
    """A new folder that takes the place of `mål` when all went well, and is thrown away when not.

    A run that is killed leaves its new folder under a hidden name, which the next run takes away. Raises Skrivfel.
    """
    with säg_skrivfel(mål):
        mål.parent.mkdir(parents=True, exist_ok=True)
        with ensam(mål):
            _städa_efter_avbrutna(mål)
            ny = halvfärdig(mål)
            ny.mkdir()
            try:
                yield ny
                _byt(ny, mål)
            finally:
                _ta_bort(ny)


def halvfärdig(mål: Path) -> Path:
    """A hidden name beside `mål` that nothing has; made there, a file or folder follows the user's umask."""
    return mål.with_name(f".{mål.name}.{secrets.token_hex(4)}")


@contextmanager
def ensam(mål: Path) -> Iterator[None]:
    """Hold the report's lock, which the system lets go when a process ends, however it ends."""
    from filelock import FileLock, Timeout

    lås = FileLock(mål.parent / f".{mål.name}.las", timeout=VÄNTA)
    try:
        lås.acquire()
    except Timeout:
        raise Skrivfel(f"En annan körning skriver {mål}. Vänta tills den är klar och kör igen.") from None
    try:
        yield
    finally:
        with suppress(OSError):  # Windows takes the file away itself, when it is let go
            os.unlink(lås.lock_file)
        lås.release()


def _gammal(mål: Path) -> Path:
    return mål.with_name(f".{mål.name}.gammal")


def _städa_efter_avbrutna(mål: Path) -> None:
    """Put back what a killed run had moved aside, and take away what it had begun; the lock says that it is dead."""
    gammal = _gammal(mål)
    if gammal.exists() and not mål.exists():
        gammal.rename(mål)
    for rest in mål.parent.iterdir():
        if rest.name.startswith(f".{mål.name}.") and rest.is_dir():
            _ta_bort(rest)


def _byt(ny: Path, mål: Path) -> None:
    """Put the new folder in the place of the old one, in one step where the system can.

    Elsewhere the old one is moved aside first, for a moment; should the process die in it, the next run moves it back.
    """
    if _växla(ny, mål):
        return
    gammal = _gammal(mål)
    try:
        if os.path.lexists(mål):
            mål.rename(gammal)
        ny.rename(mål)
    except BaseException:
        if gammal.exists() and not mål.exists():
            gammal.rename(mål)
        raise
    _ta_bort(gammal)


def _växla(ny: Path, mål: Path) -> bool:
    """Let two folders change places in one step (Linux: renameat2 with RENAME_EXCHANGE); tells whether they did."""
    if not sys.platform.startswith("linux"):
        return False
    renameat2 = getattr(ctypes.CDLL(None), "renameat2", None)
    här, växla = -100, 2
    return renameat2 is not None and renameat2(här, os.fsencode(ny), här, os.fsencode(mål), växla) == 0


def _ta_bort(mapp: Path) -> None:
    """Take away a folder with all in it, as far as it goes; what is left the next run takes."""
    if mapp.is_symlink() or mapp.is_file():
        with suppress(OSError):
            mapp.unlink()
    else:
        shutil.rmtree(mapp, ignore_errors=True)
