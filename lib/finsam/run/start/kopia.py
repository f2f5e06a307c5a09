"""The start page as it is opened: a copy of its notebook, with the year's checklist as the output that a kernel gives.

JupyterLab runs nothing when it opens a notebook. The project's own has no output, so it is a copy in the outputs folder
that is opened, written anew each time.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_notebook, new_output

from finsam.model.problem import UnreadableInput
from finsam.read.notebooks import hitta_notebooks
from finsam.report.parametrar import med_värden
from finsam.run.notebook import read_notebook
from finsam.run.start.checklista import checklista, tom
from finsam.run.start.plats import NAMN, Plats
from finsam.run.start.val import Jobb, att_välja, välj
from finsam.run.status.las import läs_status
from finsam.run.utmapp import halvfärdig, säg_skrivfel


def write_startsida(plats: Plats, valt: Jobb) -> Path:
    """Write the copy, for the report that is asked for, else for the latest there is. Raises Skrivfel."""
    valt = välj(att_välja(plats.inputs), valt)
    nb = _ifylld(valt, plats)
    nb.cells[0].outputs = [new_output("display_data", data={"text/html": _sidan(valt, plats)})]
    nb.cells[0].execution_count = None
    with säg_skrivfel(plats.outputs):
        plats.outputs.mkdir(parents=True, exist_ok=True)
        ny = halvfärdig(plats.kopia)
        try:
            nbformat.write(nb, ny)
            ny.replace(plats.kopia)
        finally:
            ny.unlink(missing_ok=True)
    return plats.kopia


def _sidan(valt: Jobb, plats: Plats) -> str:
    förbund, år, rapport = valt
    if not förbund:
        return tom("Här finns inget förbund än. Visa knapparna och tryck Nytt förbund.")
    try:
        return checklista(läs_status(förbund, år, rapport, inputs=plats.inputs, outputs=plats.outputs), plats)
    except UnreadableInput as fel:
        return tom("Året går inte att visa.", [str(ett) for ett in fel.problem])


def _ifylld(valt: Jobb, plats: Plats) -> nbformat.NotebookNode:
    """The notebook as one cell, its code folded, so that a single press runs it all."""
    celler = read_notebook(hitta_notebooks() / NAMN).cells
    värden: dict[str, str | int] = dict(zip(("förbund", "år", "rapport"), valt, strict=True))
    if plats.outputs != plats.inputs.parent / "outputs":
        värden["outputs"] = str(plats.outputs)
    kod = "\n\n".join(cell.source for cell in celler if cell.cell_type == "code")
    cell = new_code_cell(med_värden(kod, värden), id="start", metadata={"jupyter": {"source_hidden": True}})
    nb: nbformat.NotebookNode = new_notebook(cells=[cell], metadata=_metadata())
    return nb


def _metadata() -> Mapping[str, Any]:
    kärna = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {"kernelspec": kärna, "language_info": {"name": "python"}}


def gör_betrodd(fil: Path) -> None:
    """Let JupyterLab show the copy as it is: it is ours, and signed as one signs a notebook that one has run."""
    from nbformat.sign import NotebookNotary

    NotebookNotary().sign(nbformat.read(fil, 4))
