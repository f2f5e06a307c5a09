"""`finsam lab`: JupyterLab on the analysis."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from finsam.run.cli.terminal import SKRIVFEL, felut, fånga_problem, inputs_val, outputs_val, ren

START = "flerarsjamforelse.ipynb"
"""The notebook of an analysis."""


@click.command(name="lab")
@click.argument("förbund", metavar="[FÖRBUND]", default="exempelforbundet")
@click.argument("år", metavar="[ÅR]", type=int, default=2025)
@inputs_val
@outputs_val
def kommando(förbund: str, år: int, inputs: Path | None, outputs: Path) -> None:
    """Öppna JupyterLab på analysen av ett förbund och år."""
    from finsam.read.arsmapp import INPUTS_VARIABEL, hitta_inputs
    from finsam.run.utmapp import Skrivfel

    with fånga_problem(som_json=False):
        rot = Path(os.path.realpath(hitta_inputs(inputs)))
        try:
            fil = write_analys(förbund, år, rot, outputs)
        except Skrivfel as fel:
            felut.print(ren(str(fel)))
            sys.exit(SKRIVFEL)
    os.environ[INPUTS_VARIABEL] = str(rot)
    os.execv(sys.executable, [sys.executable, "-m", "jupyterlab", str(fil)])


def write_analys(förbund: str, år: int, inputs: Path, outputs: Path) -> Path:
    """Write the analyst's copy of the start notebook, unless there already is one; nobody's work is overwritten."""
    import nbformat

    from finsam.read.arsmapp import read_räkenskapsår
    from finsam.read.notebooks import hitta_notebooks
    from finsam.report.parametrar import med_värden
    from finsam.run.notebook import read_notebook
    from finsam.run.utmapp import säg_skrivfel

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
