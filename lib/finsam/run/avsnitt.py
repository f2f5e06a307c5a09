"""The sections of a report: which notebooks, in which order, executed by papermill."""

from __future__ import annotations

import logging
import multiprocessing
import multiprocessing.connection
import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from pydantic import BaseModel, ConfigDict, Field, ValidationError

import finsam
from finsam.model.forbund import Förbund
from finsam.model.problem import Problem, UnreadableInput
from finsam.read.yaml_fil import Läst, read_yaml
from finsam.report.parametrar import felmeddelande, namn_i, okända
from finsam.run.manifest import ORDNING

Värde = str | int
ANTAL_GRENAR = 2
"""Sections executed at once."""


class NotebookFel(Exception):
    """A cell of a section failed; says which, in Swedish."""


@dataclass(frozen=True, slots=True)
class Avsnitt:
    """A section: its name (`resultatrakning`) and its notebook."""

    namn: str
    fil: Path


def våra_notebooks() -> Path | None:
    """The notebooks that came with the program, beside the library; None when only the program is installed."""
    mapp = Path(finsam.__file__).resolve().parents[2] / "notebooks"
    return mapp if mapp.is_dir() else None


def hitta_notebooks() -> Path:
    """Where the notebooks are: beside the library, and only when there are none there from the working folder upwards.

    Notebooks are programs, so those of a folder that somebody happens to stand in do not go before the program's own.
    """
    if våra := våra_notebooks():
        return våra
    for mapp in (Path.cwd(), *Path.cwd().parents):
        if (mapp / "notebooks").is_dir():
            return mapp / "notebooks"
    raise UnreadableInput([Problem("fel", "Mappen notebooks finns inte. Kör från projektets mapp.")])


def read_avsnitt(rapport: str, förbund: Förbund, notebooks: Path | None = None) -> tuple[Avsnitt, ...]:
    """The sections of a report in the förbund's order; an unknown name is a problem that lists those there are."""
    mapp = (notebooks or hitta_notebooks()) / rapport
    finns = {fil.stem.partition("_")[2]: fil for fil in sorted(mapp.glob("*.ipynb"))}
    if not finns:
        rapporter = sorted(m.parent.name for m in mapp.parent.glob(f"*/{ORDNING}"))
        raise UnreadableInput([Problem("fel", f"Rapporten {rapport} finns inte. Välj {' eller '.join(rapporter)}.")])
    valda = förbund.rapporter[rapport].avsnitt if rapport in förbund.rapporter else ()
    ordning = valda or read_ordning(mapp / ORDNING)
    if fel := [namn for namn in ordning if namn not in finns]:
        ord_ = f"Avsnittet {', '.join(fel)} finns inte i rapporten {rapport}. Välj bland {', '.join(finns)}."
        if valda:
            raise UnreadableInput([Problem("fel", ord_, "forbund.yml", "rapporter")])
        raise UnreadableInput([Problem("fel", ord_, ORDNING, "avsnitt")])
    return tuple(Avsnitt(namn, finns[namn]) for namn in ordning)


class _Ordning(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    avsnitt: tuple[str, ...] = Field(min_length=1)


def read_ordning(fil: Path) -> tuple[str, ...]:
    """The sections' order in a `rapport.yml`. Raises UnreadableInput."""
    läst = read_yaml(fil, fil.name)
    if not isinstance(läst, Läst):
        raise UnreadableInput([läst])
    if läst.fel:
        raise UnreadableInput([läst.problem(text, ställe) for ställe, text in läst.fel])
    try:
        return _Ordning.model_validate(läst.data).avsnitt
    except ValidationError:
        text = "Filen ska ha nyckeln avsnitt med en lista av avsnittens namn, och inget annat."
        raise UnreadableInput([Problem("fel", text, fil.name)]) from None


def check_namn(avsnitt: Avsnitt, parametrar: Mapping[str, Värde]) -> None:
    """Every parameter must stand in the notebook's parameters cell."""
    nb = nbformat.read(avsnitt.fil, as_version=4)
    celler = [c.source for c in nb.cells if "parameters" in c.metadata.get("tags", [])]
    kända = namn_i(celler[0]) if celler else set()
    if fel := okända(parametrar, kända):
        raise UnreadableInput([Problem("fel", felmeddelande(fel, kända), avsnitt.fil.name)])


def kör_avsnitt(avsnitt: Avsnitt, ut: Path, parametrar: Mapping[str, Värde], motor: str | None = None) -> NotebookNode:
    """Execute a section with papermill, tidy what would differ between two runs, and write it.

    `motor` is the name of a papermill engine; None is papermill's own, with a kernel for the notebook.
    """
    check_namn(avsnitt, parametrar)
    logging.getLogger("papermill").setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            nb = papermill.execute_notebook(
                str(avsnitt.fil),
                None,
                parameters=dict(parametrar),
                kernel_name="python3",
                engine_name=motor,
                progress_bar=False,
            )
    except PapermillExecutionError as fel:
        raise NotebookFel(
            f"{avsnitt.fil.name}, cell {fel.cell_index + 1}: {fel.ename}: {fel.evalue}\n  {fel.source.strip()}"
        ) from fel
    nb = städa(nb, avsnitt.namn)
    ut.mkdir(exist_ok=True)
    nbformat.write(nb, ut / avsnitt.fil.name)
    return nb


def städa(nb: NotebookNode, namn: str) -> NotebookNode:
    """Take away times and random ids, which say nothing of the figures."""
    for nr, cell in enumerate(nb.cells, 1):
        cell.id = f"{namn.replace('_', '-')}-{nr}"
        cell.metadata = {k: v for k, v in cell.metadata.items() if k == "tags"}
    parametrar: dict[str, Any] = nb.metadata.get("papermill", {}).get("parameters", {})
    nb.metadata = NotebookNode(
        {
            "kernelspec": nb.metadata.kernelspec,
            "language_info": {"name": "python"},
            "papermill": {"parameters": parametrar},
        }
    )
    return nb


def kör_alla(
    avsnitt: tuple[Avsnitt, ...], ut: Path, parametrar: Mapping[str, Värde], framsteg: Callable[[str], None]
) -> dict[str, NotebookNode]:
    """Execute the sections, telling of each: in forks of this process, two at once, or with a kernel each."""
    if "fork" not in multiprocessing.get_all_start_methods() or sys.platform == "darwin":
        return {del_.namn: _kör_en(del_, ut, parametrar, framsteg) for del_ in avsnitt}
    return kör_i_grenar(avsnitt, ut, parametrar, framsteg)


def _kör_en(
    avsnitt: Avsnitt, ut: Path, parametrar: Mapping[str, Värde], framsteg: Callable[[str], None]
) -> NotebookNode:
    framsteg(f"Kör {avsnitt.namn}")
    return kör_avsnitt(avsnitt, ut, parametrar)


def kör_i_grenar(
    avsnitt: tuple[Avsnitt, ...], ut: Path, parametrar: Mapping[str, Värde], framsteg: Callable[[str], None]
) -> dict[str, NotebookNode]:
    """Execute each section in a fork of this process; what is imported and read here is there at once."""
    from finsam.run.motor import registrera

    motor = registrera()
    ut.mkdir(exist_ok=True)
    gren = multiprocessing.get_context("fork")
    kö = list(avsnitt)
    igång: dict[Any, tuple[Avsnitt, Any]] = {}
    try:
        while kö or igång:
            while kö and len(igång) < ANTAL_GRENAR:
                del_ = kö.pop(0)
                framsteg(f"Kör {del_.namn}")
                svar, barnets = gren.Pipe(duplex=False)
                barn = gren.Process(target=_i_gren, args=(del_, ut, parametrar, motor, barnets), daemon=True)
                igång[svar] = (del_, barn)
                barn.start()
                barnets.close()
            for klar in multiprocessing.connection.wait(igång):
                del_, barn = igång.pop(klar)
                _ta_emot(klar, barn, del_)
    finally:
        for _, barn in igång.values():
            if barn.pid:
                barn.kill()
                barn.join()
    return {del_.namn: nbformat.read(ut / del_.fil.name, as_version=4) for del_ in avsnitt}


def _i_gren(avsnitt: Avsnitt, ut: Path, parametrar: Mapping[str, Värde], motor: str, svar: Any) -> None:
    """What a fork does: the notebook is written, or why not is sent to the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is for the parent, which ends its forks
    threading.Thread(target=_sluta_med_föräldern, daemon=True).start()
    try:
        kör_avsnitt(avsnitt, ut, parametrar, motor)
    except (NotebookFel, UnreadableInput, OSError) as fel:
        svar.send(fel)


def _sluta_med_föräldern() -> None:
    """End this fork when its parent has been killed."""
    if förälder := multiprocessing.parent_process():
        multiprocessing.connection.wait([förälder.sentinel])
        os._exit(1)


def _ta_emot(svar: Any, barn: Any, avsnitt: Avsnitt) -> None:
    """Wait for a fork that has answered or ended, and raise what stopped it."""
    try:
        raise svar.recv()
    except EOFError:
        barn.join()
        if barn.exitcode:
            raise NotebookFel(f"{avsnitt.fil.name}: processen avbröts (kod {barn.exitcode}).") from None
    finally:
        svar.close()
        barn.join()
