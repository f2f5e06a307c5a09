"""Where there are no forks: the sections one after the other in a process that is warm, without leaking to each other.

Such a process is used again only after a section that did nothing but show what the library has (`bara_visar`) and left
all as it was (`Läge`). After any other code it ends, and the next section has a new one. So what a section does to
modules, settings or the environment ends with its process, as it does with its fork.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from finsam.model.problem import UnreadableInput
from finsam.oppna import Fråga, Sammanhang, gällande, i_sammanhang, öppna
from finsam.read.notebooks import Avsnitt
from finsam.report.bok import Bok
from finsam.report.gren import AVSLUTAR
from finsam.run.lage import Läge, visar
from finsam.run.miljo import avskild, tysta
from finsam.run.notebook import NotebookFel, Värde, kör_avsnitt, sluta_med_föräldern, ta_emot


@dataclass(frozen=True, slots=True)
class Beställning:
    """What a process is told of a run, besides its sections."""

    ut: Path
    parametrar: Mapping[str, Värde]
    mapp: Path
    inputs: Path | None
    frågor: tuple[Fråga, ...]
    notebooks: Path
    bilder: bool


def kör_i_processer(
    avsnitt: tuple[Avsnitt, ...],
    ut: Path,
    parametrar: Mapping[str, Värde],
    framsteg: Callable[[str], None],
    mapp: Path,
) -> None:
    """Execute the sections in a process of their own, and in a new one after code that could leave something behind."""
    här = gällande()
    rest = Beställning(
        ut, parametrar, mapp, här.inputs, tuple(här.lästa), avsnitt[0].fil.parents[1], bilder=len(avsnitt) > 2
    )
    verkstad: _Verkstad | None = None
    try:
        for del_ in avsnitt:
            framsteg(f"Kör {del_.namn}")
            verkstad = verkstad or _Verkstad(rest)
            if not verkstad.kör(del_):
                verkstad.stäng()
                verkstad = None
    finally:
        if verkstad:
            verkstad.stäng()


class _Verkstad:
    """A process, as the run sees it."""

    def __init__(self, rest: Beställning) -> None:
        ny = multiprocessing.get_context("spawn")
        self._hit, barnets = ny.Pipe()
        self._barn = ny.Process(target=_arbeta, args=(barnets, rest), daemon=True)
        with avskild(rest.mapp):
            self._barn.start()
        barnets.close()

    def kör(self, avsnitt: Avsnitt) -> bool:
        """Execute a section; tells whether the process is as it was. Raises what stopped it."""
        with suppress(OSError):  # it has ended, which `ta_emot` says
            self._hit.send(avsnitt)
        return bool(ta_emot(self._hit, self._barn, avsnitt))

    def stäng(self) -> None:
        """End the process."""
        self._hit.close()
        if self._barn.pid:
            self._barn.kill()
            self._barn.join()


def _arbeta(jobb: Any, rest: Beställning) -> None:
    """What the process does: each section that it is told of, until no more is wanted of it."""
    from finsam.run.motorer.motor import registrera
    from finsam.run.varm import värm

    for signal_ in AVSLUTAR:
        signal.signal(signal_, signal.SIG_IGN)  # it is for the parent
    threading.Thread(target=sluta_med_föräldern, daemon=True).start()
    tysta()
    motor = registrera()
    värm(rest.mapp, bilder=rest.bilder, motor=motor)
    with i_sammanhang(Sammanhang(rest.inputs, _Läses(rest))):
        läge = Läge.nu()
        while True:
            try:
                avsnitt: Avsnitt = jobb.recv()
            except EOFError:
                return
            svar: object
            try:
                nb = kör_avsnitt(avsnitt, rest.ut, rest.parametrar, motor, rest.mapp)
                svar = visar(nb) and läge.står_kvar()
            except (NotebookFel, UnreadableInput, OSError) as fel:
                svar = fel
            jobb.send(svar)


class _Läses(Mapping[Fråga, Bok]):
    """What the run has read, read once more when a section first asks for it; the same for all sections here."""

    def __init__(self, rest: Beställning) -> None:
        self._rest = rest
        self._lästa: dict[Fråga, Bok] = {}

    def __getitem__(self, fråga: Fråga) -> Bok:
        if fråga not in self._rest.frågor:
            raise KeyError(fråga)
        if fråga not in self._lästa:
            bok = öppna(*fråga, inputs=self._rest.inputs, notebooks=self._rest.notebooks)
            assert bok.findings  # the checks are made here, so that no section needs to
            self._lästa[fråga] = bok
        return self._lästa[fråga]

    def __iter__(self) -> Iterator[Fråga]:
        return iter(self._rest.frågor)

    def __len__(self) -> int:
        return len(self._rest.frågor)
