"""One section: its notebook, executed by papermill in this process and tidied; and what is said when it fails."""

from __future__ import annotations

import json
import logging
import multiprocessing
import multiprocessing.connection
import os
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4.nbjson import BytesEncoder

from finsam.model.problem import Problem, UnreadableInput, orsak
from finsam.read.notebooks import Avsnitt
from finsam.report.parametrar import felmeddelande, namn_i, okända
from finsam.run.miljo import avskild
from finsam.run.motorer.utan_karna import PapermillExecutionError, papermill

Värde = str | int

_HÖGST_FELTEXT = 2_000
_KÄRNA = {"display_name": "Python 3", "language": "python", "name": "python3"}


class NotebookFel(Exception):
    """A cell of a section failed; says which, in Swedish."""


def read_notebook(fil: Path) -> NotebookNode:
    """A notebook of any version, as it is in version 4."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what an older version lacks, which is put in
            nb: NotebookNode = nbformat.convert(nbformat.reader.reads(fil.read_text("utf-8")), 4)
            nbformat.validate(nb)
    except OSError as fel:
        raise UnreadableInput([Problem("fel", f"Går inte att läsa ({orsak(fel)}).", fil.name)]) from fel
    except Exception as fel:
        text = "Filen är ingen notebook, eller så är den skadad. Öppna och spara den i JupyterLab."
        raise UnreadableInput([Problem("fel", f"{text} ({type(fel).__name__})", fil.name)]) from fel
    return nb


def check_namn(avsnitt: Avsnitt, parametrar: Mapping[str, Värde]) -> int:
    """Every parameter must stand in the notebook's parameters cell.

    Returns the index of the cell that papermill puts one of its own after.
    """
    fil = avsnitt.fil.name
    celler = read_notebook(avsnitt.fil).cells
    nr = next((nr for nr, cell in enumerate(celler) if "parameters" in cell.metadata.get("tags", [])), None)
    if nr is None:
        text = f"Ingen cell har taggen parameters. Ge den taggen som anger {' och '.join(parametrar)}."
        raise UnreadableInput([Problem("fel", text, fil)])
    try:
        kända = namn_i(celler[nr].source)
    except (SyntaxError, ValueError) as fel:
        raise UnreadableInput([Problem("fel", f"Cellen är inte Python: {fel}.", fil, f"cell {nr + 1}")]) from fel
    if fel_ := okända(parametrar, kända):
        raise UnreadableInput([Problem("fel", felmeddelande(fel_, kända), fil)])
    injicerad = any("injected-parameters" in cell.metadata.get("tags", []) for cell in celler)
    return len(celler) if injicerad else nr  # one that is there already is replaced


def kör_avsnitt(
    avsnitt: Avsnitt, ut: Path, parametrar: Mapping[str, Värde], motor: str | None, mapp: Path
) -> NotebookNode:
    """Execute a section with papermill, tidy what would differ between two runs or ways of running, and write it.

    `motor` is the name of a papermill engine, `mapp` a folder of the run's own (`privat_mapp`). What stops a section
    is a NotebookFel, UnreadableInput or OSError.
    """
    parametercell = check_namn(avsnitt, parametrar)
    papermill.execute.write_ipynb = _write_ipynb
    logging.getLogger("papermill").setLevel(logging.CRITICAL)
    with avskild(mapp), _säg_fel(avsnitt, parametercell), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        nb = papermill.execute_notebook(
            str(avsnitt.fil),
            None,
            parameters=dict(parametrar),
            kernel_name="python3",
            language="python",
            engine_name=motor,
            progress_bar=False,
        )
        check_hela(nb)
    nb = städa(nb, avsnitt.namn)
    ut.mkdir(exist_ok=True)
    write_körd(nb, ut / avsnitt.fil.name)
    return nb


def write_körd(nb: NotebookNode, fil: Path) -> None:
    """Write an executed section, which is read once and written anew as notebooks are."""
    fil.write_text(json.dumps(nb, ensure_ascii=False, sort_keys=True, cls=BytesEncoder), "utf-8")


def _write_ipynb(nb: NotebookNode, fil: str | None) -> None:
    """As papermill has it, which makes all of a notebook's file also when it is to be written nowhere."""
    if fil is not None:
        papermill.iorw.write_ipynb(nb, fil)


def check_hela(nb: NotebookNode) -> None:
    """Raise the error of a cell that papermill lets pass: with sys.exit() the cells after it are not executed."""
    for nr, cell in enumerate(nb.cells):
        for output in cell.get("outputs", ()):
            if output.output_type == "error":
                raise PapermillExecutionError(nr, 0, cell.source, output.ename, output.evalue, [])


@contextmanager
def _säg_fel(avsnitt: Avsnitt, parametercell: int) -> Iterator[None]:
    """Say in Swedish in which section and cell something went wrong, as the cells are numbered in its file."""
    from finsam.run.motorer.motor import Avbruten

    def plats(index: int) -> str:
        """papermill puts a cell of its own after the parameters cell."""
        return f"{avsnitt.fil.name}, cell {index + (index <= parametercell)}"

    try:
        yield
    except PapermillExecutionError as fel:
        text = f"{plats(fel.cell_index)}: {fel.ename}: {kort(fel.evalue)}\n  {kort(fel.source.strip())}"
        raise NotebookFel(text) from fel
    except Avbruten as fel:
        raise NotebookFel(f"{plats(fel.args[0])}: processen avbröts.") from fel
    except (UnreadableInput, OSError):
        raise
    except Exception as fel:
        raise NotebookFel(f"{avsnitt.fil.name}: {type(fel).__name__}: {kort(str(fel))}") from fel


def kort(text: str) -> str:
    """The beginning of what may be very long."""
    return text if len(text) <= _HÖGST_FELTEXT else f"{text[:_HÖGST_FELTEXT]} …"


def städa(nb: NotebookNode, namn: str) -> NotebookNode:
    """Take away times and random ids, which say nothing of the figures, and what libraries say of the machine."""
    for nr, cell in enumerate(nb.cells, 1):
        cell.id = f"{namn.replace('_', '-')}-{nr}"
        cell.metadata = {k: v for k, v in cell.metadata.items() if k == "tags"}
        if cell.cell_type == "code":
            cell.outputs = utan_stderr(cell.outputs)
    parametrar: dict[str, Any] = nb.metadata.get("papermill", {}).get("parameters", {})
    nb.metadata = NotebookNode(
        {
            "kernelspec": dict(_KÄRNA),
            "language_info": {"name": "python"},
            "papermill": {"parameters": parametrar},
        }
    )
    return nb


def utan_stderr(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """A cell's outputs without stderr: it is where libraries warn, of paths and fonts and versions.

    Text on stdout that comes in pieces is one output: how it was cut depends on time.
    """
    kvar: list[NotebookNode] = []
    for output in outputs:
        if output.output_type != "stream":
            kvar.append(output)
        elif output.name == "stdout":
            if kvar and kvar[-1].output_type == "stream":
                kvar[-1].text += output.text
            else:
                kvar.append(output)
    return kvar


def sluta_med_föräldern() -> None:
    """End this process when its parent has been killed."""
    if förälder := multiprocessing.parent_process():
        multiprocessing.connection.wait([förälder.sentinel])
        os._exit(1)


def ta_emot(svar: Any, barn: Any, avsnitt: Avsnitt) -> object:
    """What a process answers of a section, when it has answered or ended. Raises what stopped it."""
    try:
        fel: object = svar.recv()
    except (EOFError, ConnectionError):
        barn.join()
        fel = NotebookFel(f"{avsnitt.fil.name}: processen avbröts (kod {barn.exitcode}).")
    if isinstance(fel, Exception):
        raise fel
    return fel
