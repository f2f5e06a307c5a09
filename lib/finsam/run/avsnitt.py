"""The sections of a report: which notebooks, in which order, executed in one of three ways."""

from __future__ import annotations

import gc
import multiprocessing
import multiprocessing.connection
import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from finsam.model.problem import Problem, UnreadableInput
from finsam.read.notebooks import Avsnitt
from finsam.report.gren import i_grenen, utan_signaler
from finsam.run.miljo import privat_mapp, tysta
from finsam.run.notebook import NotebookFel, Värde, kör_avsnitt, sluta_med_föräldern, ta_emot
from finsam.run.varm import värm
from finsam.run.verkstad import kör_i_processer

ANTAL_GRENAR = 2
"""Sections executed at once."""

KÖRSÄTT = "FINSAM_KORSATT"
"""Which way sections are executed: `grenar`, forks of this process; `process`, one after the other in a process of
their own; or `karnor`, a kernel for each, as Jupyter has it. Same result."""


def körsätt() -> str:
    """Which way to go: as KÖRSÄTT says, else forks where there are any that can be trusted."""
    kan_grena = "fork" in multiprocessing.get_all_start_methods()
    valt = os.environ.get(KÖRSÄTT) or ("grenar" if kan_grena and sys.platform != "darwin" else "process")
    if valt not in ("grenar", "process", "karnor"):
        raise UnreadableInput([Problem("fel", f"{KÖRSÄTT} är {valt}. Välj grenar, process eller karnor.")])
    if valt == "grenar" and not kan_grena:
        raise UnreadableInput([Problem("fel", f"{KÖRSÄTT} är grenar, som inte finns här. Välj process.")])
    return valt


def kör_alla(
    avsnitt: tuple[Avsnitt, ...], ut: Path, parametrar: Mapping[str, Värde], framsteg: Callable[[str], None]
) -> dict[str, NotebookNode]:
    """Execute the sections, telling of each, in one of three ways (KÖRSÄTT).

    All give what was written, read back, so that nothing is left of which way it went.
    """
    kör = {"grenar": kör_i_grenar, "process": kör_i_processer, "karnor": kör_med_kärnor}[körsätt()]
    ut.mkdir(exist_ok=True)
    with privat_mapp() as mapp:
        kör(avsnitt, ut, parametrar, framsteg, mapp)
    return {del_.namn: nbformat.read(ut / del_.fil.name, as_version=4) for del_ in avsnitt}


def kör_med_kärnor(
    avsnitt: tuple[Avsnitt, ...],
    ut: Path,
    parametrar: Mapping[str, Värde],
    framsteg: Callable[[str], None],
    mapp: Path,
) -> None:
    """Execute each section in a kernel of its own."""
    from finsam.run.motor import lägg_upp_kärna

    motor = lägg_upp_kärna(mapp)
    for del_ in avsnitt:
        framsteg(f"Kör {del_.namn}")
        kör_avsnitt(del_, ut, parametrar, motor, mapp)


def kör_i_grenar(
    avsnitt: tuple[Avsnitt, ...],
    ut: Path,
    parametrar: Mapping[str, Värde],
    framsteg: Callable[[str], None],
    mapp: Path,
) -> None:
    """Execute each section in a fork of this process; what is imported and read here is there at once."""
    from finsam.run.motor import registrera

    motor = registrera()
    värm(mapp, bilder=len(avsnitt) > ANTAL_GRENAR)
    gren = multiprocessing.get_context("fork")
    kö = list(avsnitt)
    igång: dict[Any, tuple[Avsnitt, Any]] = {}
    klar: Any
    gc.freeze()  # a fork that collects garbage would copy every page of memory
    try:
        while kö or igång:
            while kö and len(igång) < ANTAL_GRENAR:
                del_ = kö.pop(0)
                framsteg(f"Kör {del_.namn}")
                svar, barnets = gren.Pipe(duplex=False)
                barn = gren.Process(target=_i_gren, args=(del_, ut, parametrar, motor, mapp, barnets), daemon=True)
                igång[svar] = (del_, barn)
                with utan_signaler():
                    barn.start()
                barnets.close()
            for klar in multiprocessing.connection.wait(igång):
                del_, barn = igång.pop(klar)
                try:
                    ta_emot(klar, barn, del_)
                finally:
                    klar.close()
                    barn.join()
    finally:
        gc.unfreeze()
        for _, barn in igång.values():
            if barn.pid:
                barn.kill()
                barn.join()


def _i_gren(avsnitt: Avsnitt, ut: Path, parametrar: Mapping[str, Värde], motor: str, mapp: Path, svar: Any) -> None:
    """What a fork does: the notebook is written, or why not is sent to the parent."""
    i_grenen(signal.SIG_IGN)  # it is for the parent, which ends its forks
    threading.Thread(target=sluta_med_föräldern, daemon=True).start()
    tysta()
    try:
        kör_avsnitt(avsnitt, ut, parametrar, motor, mapp)
    except (NotebookFel, UnreadableInput, OSError) as fel:
        svar.send(fel)
    else:
        svar.send(None)
