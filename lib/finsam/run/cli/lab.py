"""`finsam lab`: JupyterLab on the analysis."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from finsam.run.cli.terminal import SKRIVFEL, felut, fånga_problem, inputs_val, outputs_val, ren


@click.command(name="lab")
@click.argument("förbund", metavar="[FÖRBUND]", default="exempelforbundet")
@click.argument("år", metavar="[ÅR]", type=int, default=2025)
@inputs_val
@outputs_val
def kommando(förbund: str, år: int, inputs: Path | None, outputs: Path) -> None:
    """Öppna JupyterLab på analysen av ett förbund och år."""
    from finsam.read.arsmapp import INPUTS_VARIABEL, hitta_inputs
    from finsam.run.lab import write_analys
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
