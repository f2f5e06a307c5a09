"""Work that takes its time, in a process of its own: what makes the report as the command does, and tells how it goes.

The kernel that shows the page is so left as it was, and can be asked for something else meanwhile. Run as
`python -m finsam.run.start.arbete`: the question is a line of JSON on stdin, and each line on stdout is something to
tell. When stdin is closed, because somebody has had enough or the kernel has ended, so does the work.
"""

from __future__ import annotations

import _thread
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from finsam.model.problem import UnreadableInput, orsak

Händelse = Mapping[str, Any]
AVBRUTET = "Avbrutet. Det som fanns är kvar."
STANNADE = "Arbetet stannade. Kör samma sak i terminalen, så syns varför: finsam"
TÅLAMOD = 10.0
"""Seconds that the work may take to tidy up after itself."""


class Arbete:
    """A piece of work that is going on; what it tells is given to `berätta`, in a thread of its own."""

    def __init__(self, fråga: Mapping[str, Any], berätta: Callable[[Händelse], None]) -> None:
        self._fråga, self._berätta = fråga, berätta
        self._avbrutet = False
        self._barn = subprocess.Popen(
            [sys.executable, "-P", "-m", "finsam.run.start.arbete"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        self._tråd = threading.Thread(target=self._lyssna, daemon=True)
        self._tråd.start()

    @property
    def pågår(self) -> bool:
        """Whether it is not done."""
        return self._barn.poll() is None

    def avbryt(self) -> None:
        """Let it stop, and tidy up after itself."""
        self._avbrutet = True
        assert self._barn.stdin
        with suppress(OSError):
            self._barn.stdin.close()

    def vänta(self) -> None:
        """Until all that it has told has been taken care of."""
        self._tråd.join()

    def _lyssna(self) -> None:
        assert self._barn.stdin and self._barn.stdout
        slut = False
        with suppress(OSError):  # it has ended already, which the next line finds
            self._barn.stdin.write(json.dumps(self._fråga) + "\n")
            self._barn.stdin.flush()
        for rad in self._barn.stdout:
            händelse = json.loads(rad)
            slut = slut or "klart" in händelse or "fel" in händelse
            self._berätta(händelse)
        self._barn.wait()
        if not slut:
            vad = " ".join(map(str, (self._fråga["gör"], *self._fråga["jobb"])))
            self._berätta({"fel": [AVBRUTET if self._avbrutet else f"{STANNADE} {vad}"], "avbrutet": self._avbrutet})


# What the process does


def main() -> None:
    """Do what is asked on stdin."""
    svar = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints is no answer

    def berätta(**händelse: Any) -> None:
        svar.write(json.dumps(händelse, ensure_ascii=False) + "\n")
        svar.flush()

    fråga = json.loads(_rad(0))
    threading.Thread(target=_sluta_med_den_som_frågar, daemon=True).start()
    förbund, år, rapport = fråga["jobb"]
    with suppress(KeyboardInterrupt):
        if fråga["gör"] == "bevaka":
            _bevaka(förbund, år, rapport, Path(fråga["inputs"]), berätta)
        else:
            _skapa((förbund, år, rapport), Path(fråga["inputs"]), Path(fråga["outputs"]), fråga["paket"], berätta)


def _rad(fd: int) -> bytes:
    """A line, read without a buffer: a lock on stdin would be left locked in the forks of the work."""
    data = b""
    while not data.endswith(b"\n") and (del_ := os.read(fd, 4096)):
        data += del_
    return data


def _sluta_med_den_som_frågar() -> None:
    while os.read(0, 4096):
        pass
    if sys.platform == "win32":
        _thread.interrupt_main()
    else:
        os.kill(os.getpid(), signal.SIGINT)  # which also ends what the main thread waits for
    threading.Event().wait(TÅLAMOD)
    os._exit(1)


def _skapa(jobb: tuple[str, int, str], inputs: Path, outputs: Path, paket: bool, berätta: Callable[..., None]) -> None:
    """Make the report, as `finsam skapa` does."""
    from finsam.run.notebook import NotebookFel
    from finsam.run.skapa import skapa
    from finsam.run.utmapp import Skrivfel

    def starta(antal: int) -> Callable[[str], None]:
        påbörjade = iter(range(1, antal + 1))
        return lambda vad: berätta(steg=next(påbörjade), av=antal, vad=vad)

    try:
        klart = skapa(*jobb, inputs, outputs, starta, med_paket=paket)
    except UnreadableInput as fel:
        berätta(fel=[str(ett) for ett in fel.problem if ett.nivå == "fel"] or [str(fel)])
    except NotebookFel as fel:
        berätta(fel=["Ett avsnitt kunde inte köras. Ingenting har skrivits.", str(fel)])
    except Skrivfel as fel:
        berätta(fel=["Dokumentet kunde inte skrivas. Det som fanns är kvar.", str(fel)])
    except OSError as fel:
        berätta(fel=[f"Går inte att läsa ({orsak(fel)}): {fel.filename or ''}"])
    else:
        berätta(
            klart=str(klart.katalog),
            utkast=klart.utkast,
            garanti=str(klart.siffergaranti),
            paket=str(klart.paket or ""),
        )


def _bevaka(förbund: str, år: int, rapport: str, inputs: Path, berätta: Callable[..., None]) -> None:
    """Show the report as a page that follows, as `finsam bevaka` does, until one has had enough."""
    from finsam.run.bevakning import bevaka

    try:
        bevaka(förbund, år, rapport, inputs, lambda a: berätta(adress=a), lambda text: berätta(svar=text))
    except UnreadableInput as fel:
        berätta(fel=[str(ett) for ett in fel.problem])


if __name__ == "__main__":
    main()
