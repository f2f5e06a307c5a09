"""The start notebook for JupyterLab, set to a förbund and a year."""

from __future__ import annotations

from pathlib import Path

import nbformat

from finsam.read.arsmapp import read_räkenskapsår
from finsam.read.notebooks import hitta_notebooks
from finsam.report.parametrar import med_värden
from finsam.run.notebook import read_notebook
from finsam.run.utmapp import säg_skrivfel

START = "flerarsjamforelse.ipynb"


def write_analys(förbund: str, år: int, inputs: Path, outputs: Path) -> Path:
    """Write the analyst's copy of the start notebook, unless there already is one; nobody's work is overwritten."""
    read_räkenskapsår(förbund, år, inputs)
    fil = outputs / förbund / str(år) / "analys" / START
    if not fil.exists():
        nb = read_notebook(hitta_notebooks() / "analys" / START)
        for cell in nb.cells:
            if "parameters" in cell.metadata.get("tags", []):
                cell.source = med_värden(cell.source, {"förbund": förbund, "år": år})
        with säg_skrivfel(fil.parent):
            fil.parent.mkdir(parents=True, exist_ok=True)
            nbformat.write(nb, fil)
    return fil
