"""The sections of a report: which notebooks, in which order, executed by papermill."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import papermill
import yaml
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

import finsam
from finsam.model.forbund import Förbund
from finsam.model.problem import Problem, UnreadableInput
from finsam.report.parametrar import felmeddelande, namn_i, okända

Värde = str | int


class NotebookFel(Exception):
    """A cell of a section failed; says which, in Swedish."""


@dataclass(frozen=True, slots=True)
class Avsnitt:
    """A section: its name (`resultatrakning`) and its notebook."""

    namn: str
    fil: Path


def hitta_notebooks() -> Path:
    """The notebooks folder: from the working folder upwards, else beside the library."""
    for mapp in (Path.cwd(), *Path.cwd().parents, Path(finsam.__file__).parents[2]):
        if (mapp / "notebooks").is_dir():
            return mapp / "notebooks"
    raise UnreadableInput([Problem("fel", "Mappen notebooks finns inte. Kör från projektets mapp.")])


def read_avsnitt(rapport: str, förbund: Förbund) -> tuple[Avsnitt, ...]:
    """The sections of a report in the förbund's order; an unknown name is a problem that lists those there are."""
    mapp = hitta_notebooks() / rapport
    finns = {fil.stem.partition("_")[2]: fil for fil in sorted(mapp.glob("*.ipynb"))}
    if not finns:
        rapporter = sorted(m.parent.name for m in mapp.parent.glob("*/rapport.yml"))
        raise UnreadableInput([Problem("fel", f"Rapporten {rapport} finns inte. Välj {' eller '.join(rapporter)}.")])
    valda = förbund.rapporter[rapport].avsnitt if rapport in förbund.rapporter else ()
    ordning = valda or tuple(yaml.safe_load((mapp / "rapport.yml").read_text("utf-8"))["avsnitt"])
    if fel := [namn for namn in ordning if namn not in finns]:
        ord_ = f"Avsnittet {', '.join(fel)} finns inte i rapporten {rapport}. Välj bland {', '.join(finns)}."
        raise UnreadableInput([Problem("fel", ord_, "forbund.yml", "rapporter")])
    return tuple(Avsnitt(namn, finns[namn]) for namn in ordning)


def check_namn(avsnitt: Avsnitt, parametrar: Mapping[str, Värde]) -> None:
    """Every parameter must stand in the notebook's parameters cell."""
    nb = nbformat.read(avsnitt.fil, as_version=4)
    celler = [c.source for c in nb.cells if "parameters" in c.metadata.get("tags", [])]
    kända = namn_i(celler[0]) if celler else set()
    if fel := okända(parametrar, kända):
        raise UnreadableInput([Problem("fel", felmeddelande(fel, kända), avsnitt.fil.name)])


def kör_avsnitt(avsnitt: Avsnitt, ut: Path, parametrar: Mapping[str, Värde]) -> NotebookNode:
    """Execute a section with papermill, tidy what would differ between two runs, and write it."""
    check_namn(avsnitt, parametrar)
    logging.getLogger("papermill").setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            nb = papermill.execute_notebook(
                str(avsnitt.fil), None, parameters=dict(parametrar), kernel_name="python3", progress_bar=False
            )
    except PapermillExecutionError as fel:
        raise NotebookFel(
            f"{avsnitt.fil.name}, cell {fel.cell_index + 1}: {fel.ename}: {fel.evalue}\n  {fel.source.strip()}"
        ) from fel
    nb = städa(nb, avsnitt.namn)
    ut.mkdir(parents=True, exist_ok=True)
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
    """Execute the sections one after the other, telling of each as it is done."""
    körda = {}
    for del_ in avsnitt:
        framsteg(f"Kör {del_.namn}")
        körda[del_.namn] = kör_avsnitt(del_, ut, parametrar)
    return körda
