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
from finsam.read.notebooks import Avsnitt, bara_visar
from finsam.report.gren import i_grenen, utan_signaler
from finsam.run.lage import Läge, visar
from finsam.run.miljo import privat_mapp, tysta
from finsam.run.notebook import NotebookFel, Värde, kör_avsnitt, read_notebook, sluta_med_föräldern, ta_emot
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
    from finsam.run.motorer.karnmotor import lägg_upp_kärna

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
    """Execute the sections in forks of this process; what is imported and read here is there at once."""
    from finsam.run.motorer.motor import registrera

    motor = registrera()
    värm(mapp, bilder=len(avsnitt) > ANTAL_GRENAR)
    gren = multiprocessing.get_context("fork")
    kö = fördela(avsnitt, ANTAL_GRENAR)
    igång: dict[Any, tuple[Avsnitt, Any]] = {}
    klar: Any
    try:
        while kö or igång:
            while kö and len(igång) < ANTAL_GRENAR:
                några = kö.pop(0)
                svar, barnets = gren.Pipe(duplex=False)
                barn = gren.Process(target=_i_gren, args=(några, ut, parametrar, motor, mapp, barnets), daemon=True)
                igång[svar] = (några[0], barn)
                with utan_signaler():
                    barn.start()
                barnets.close()
            for klar in multiprocessing.connection.wait(igång):
                del_, barn = igång.pop(klar)
                svaret: object = None
                try:
                    svaret = ta_emot(klar, barn, del_)
                finally:
                    if not isinstance(svaret, Avsnitt):
                        klar.close()
                        barn.join()
                if isinstance(svaret, Avsnitt):
                    framsteg(f"Kör {svaret.namn}")
                    igång[klar] = (svaret, barn)
                elif isinstance(svaret, tuple) and svaret:
                    kö.insert(0, svaret)
    finally:
        for _, barn in igång.values():
            if barn.pid:
                barn.kill()
                barn.join()


def fördela(avsnitt: tuple[Avsnitt, ...], antal: int) -> list[tuple[Avsnitt, ...]]:
    """The sections by who executes them: those that only show share a fork, and the others have one each.

    The longest is dealt out first, to who has the least; each has its own in the report's order.
    """
    längd = {del_: _celler_som_visar(del_) for del_ in avsnitt}
    delade: list[list[Avsnitt]] = [[] for _ in range(antal)]
    for del_ in sorted((del_ for del_ in avsnitt if längd[del_]), key=lambda del_: -längd[del_]):
        min(delade, key=lambda egna: sum(längd[ett] for ett in egna)).append(del_)
    tillsammans = [tuple(sorted(egna, key=avsnitt.index)) for egna in delade if egna]
    return sorted((*tillsammans, *((del_,) for del_ in avsnitt if not längd[del_])), key=lambda d: avsnitt.index(d[0]))


def _celler_som_visar(avsnitt: Avsnitt) -> int:
    """How many cells a section that only shows has; none for another, or for what is no notebook."""
    try:
        kod = [cell.source for cell in read_notebook(avsnitt.fil).cells if cell.cell_type == "code"]
    except UnreadableInput:
        return 0
    return len(kod) if bara_visar(kod) else 0


def _i_gren(
    avsnitt: tuple[Avsnitt, ...], ut: Path, parametrar: Mapping[str, Värde], motor: str, mapp: Path, svar: Any
) -> None:
    """What a fork does: the notebooks are written, or why not is sent to the parent.

    Before each the parent is told of it, and last of those that are left, when things are not as they were.
    """
    i_grenen(signal.SIG_IGN)  # it is for the parent, which ends its forks
    gc.freeze()  # a fork that collects the garbage of its parent would copy every page of memory
    threading.Thread(target=sluta_med_föräldern, daemon=True).start()
    tysta()
    if len(avsnitt) > 1:
        värm(mapp, bilder=False, motor=motor)
    try:
        läge = Läge.nu()
        for nr, del_ in enumerate(avsnitt, 1):
            svar.send(del_)
            nb = kör_avsnitt(del_, ut, parametrar, motor, mapp)
            if nr == len(avsnitt) or not visar(nb) or not läge.står_kvar():
                break
        svar.send(avsnitt[nr:])
    except (NotebookFel, UnreadableInput, OSError) as fel:
        svar.send(fel)
