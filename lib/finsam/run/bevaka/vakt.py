"""Watching: what is made when a file is changed, and what is shown meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from finsam.model.problem import UnreadableInput
from finsam.read.mapp import är_gömd
from finsam.report.kontrollsida import svaret
from finsam.report.typst_pdf import TypstError
from finsam.run.bevaka.motor import Dokument, Motor
from finsam.run.bevaka.tavla import Tavla
from finsam.run.notebook import NotebookFel

SAMLAS = 50
"""Milliseconds that changes which come together are one."""
KLART = 0.3
"""Seconds to wait for the rest of a file that a program has begun to write, before it is said to be unreadable."""


class Vakt:
    """Makes a report anew each time something is changed, and shows it on a `Tavla`."""

    def __init__(self, motor: Motor, tavla: Tavla, berätta: Callable[[str], None]) -> None:
        self._motor, self._tavla, self._berätta = motor, tavla, berätta
        self._sagt = ""
        self._ändrat = threading.Event()

    @property
    def namn(self) -> str:
        """What the document is called, without its ending."""
        return self._motor.fråga[2]

    def vakta(self, slut: Callable[[], bool] = lambda: False) -> None:
        """Make the report, and make it again whenever something has changed; for ever, or until `slut` says so."""
        with self._bevakat():
            self._ändrat.set()
            while not slut():
                if self._ändrat.wait(0.2):
                    self._ändrat.clear()
                    self.gör()

    def gör(self) -> None:
        """Make the report as it is now, as far as nothing has changed meanwhile."""
        try:
            dokument = self._motor.sida()
            self._visa(dokument)
            for nästa in (self._motor.pröva, self._motor.bifoga):
                if self._ändrat.is_set():
                    return
                self._visa(dokument := nästa(dokument))
        except (UnreadableInput, NotebookFel, TypstError, OSError) as fel:
            if not self._ändrat.wait(KLART):
                self._hindra(fel)

    def _visa(self, d: Dokument) -> None:
        sida = d.sida.encode()
        if not d.prövat:
            self._tavla.visa(sida=sida, namn=f"{self.namn}.html", svar="Talen prövas …", prövas=True, problem=())
            return
        filer = {
            f"{self.namn}.html": sida,
            f"{self.namn}.pdf": d.pdf,
            "kontroller.html": d.kontroller.encode(),
            "rapport.json": d.rapport,
        }
        assert d.bok.siffergaranti
        svar = f"{svaret(d.bok.findings)} {d.bok.siffergaranti.andel}"
        self._tavla.visa(sida=sida, namn=f"{self.namn}.html", filer=filer, svar=svar, prövas=False, problem=())
        self._säg(svar)

    def _hindra(self, fel: Exception) -> None:
        """Say what hinders, beside the last good page."""
        alla = fel.problem if isinstance(fel, UnreadableInput) else ()
        texter = tuple(str(ett) for ett in alla if ett.nivå == "fel") or (str(fel),)
        svar = "Går inte att läsa." + (" Sidan är den senaste som gick." if self._tavla.läge.filer else "")
        self._tavla.visa(svar=svar, prövas=False, problem=texter)
        self._säg("\n".join((svar, *texter)))

    def _säg(self, text: str) -> None:
        """Tell how it stands, when that is something new."""
        if text != self._sagt:
            self._berätta(text)
        self._sagt = text

    @contextmanager
    def _bevakat(self) -> Iterator[None]:
        """Note that something is changed, in a thread of its own."""
        sluta = threading.Event()
        tråd = threading.Thread(target=self._lyssna, args=(sluta,), daemon=True)
        tråd.start()
        try:
            yield
        finally:
            sluta.set()
            tråd.join()

    def _lyssna(self, sluta: threading.Event) -> None:
        from watchfiles import watch

        mappar = [mapp for mapp in self._motor.bevakas if mapp.is_dir()]
        for ändringar in watch(
            *mappar, stop_event=sluta, debounce=SAMLAS, step=10, watch_filter=None, rust_timeout=200
        ):
            if any(är_underlag(Path(fil)) for _, fil in ändringar):
                self._ändrat.set()


def är_underlag(fil: Path) -> bool:
    """Whether a file could be read; a program's own beside the one it has open cannot."""
    return not är_gömd(fil) and not fil.name.endswith(("~", ".tmp", ".TMP")) and ".ipynb_checkpoints" not in fil.parts
