"""`finsam lab`: JupyterLab on the start page, or on the analysis."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from finsam.run.cli.terminal import SKRIVFEL, felut, fånga_problem, inputs_val, outputs_val, rapport_val, ren

ANALYS = "flerarsjamforelse.ipynb"
"""The notebook of an analysis."""


@click.command(name="lab")
@click.argument("förbund", metavar="[FÖRBUND]", default="")
@click.argument("år", metavar="[ÅR]", type=int, default=0)
@rapport_val
@click.option("--analys", is_flag=True, help="Öppna analysen av året i stället för startsidan.")
@click.option("--oppna/--oppna-inte", "öppna_den", default=True, help="Öppna webbläsaren, eller skriv bara adressen.")
@inputs_val
@outputs_val
def kommando(
    förbund: str, år: int, rapport: str, analys: bool, öppna_den: bool, inputs: Path | None, outputs: Path
) -> None:
    """Öppna JupyterLab på startsidan: hur året står, och knappar för det som ska göras.

    Utan förbund och år visas det senaste året som finns. `finsam` utan något mer gör detsamma.
    """
    if analys and not (förbund and år):
        raise click.UsageError("Ange förbund och år för --analys.")
    egna = () if öppna_den else ("--no-browser",)
    öppna_lab((förbund, år, rapport), inputs, outputs, analys=analys, egna=egna)


def öppna_lab(
    valt: tuple[str, int, str], inputs: Path | None, outputs: Path, *, analys: bool = False, egna: tuple[str, ...] = ()
) -> None:
    """Become JupyterLab, on the start page or on the analysis of a year."""
    from finsam.read.arsmapp import check_förbund, check_år
    from finsam.run.start.lab import bli_jupyterlab, starta
    from finsam.run.start.plats import Plats
    from finsam.run.utmapp import Skrivfel

    with fånga_problem(som_json=False):
        plats = Plats.hitta(inputs, outputs)
        if valt[1]:
            check_år(plats.inputs, *valt[:2])
        elif valt[0]:
            check_förbund(plats.inputs, valt[0])
        try:
            if analys:
                fil = write_analys(*valt[:2], plats.inputs, plats.outputs)
                bli_jupyterlab(plats, fil.relative_to(plats.rot).as_posix(), egna)
            else:
                felut.print("Läser underlaget och öppnar JupyterLab. Avsluta med Ctrl-C här.")
                starta(plats, valt, egna)
        except Skrivfel as fel:
            felut.print(ren(str(fel)))
            sys.exit(SKRIVFEL)


def write_analys(förbund: str, år: int, inputs: Path, outputs: Path) -> Path:
    """Write the analyst's copy of its notebook, unless there already is one; nobody's work is overwritten."""
    import nbformat

    from finsam.read.arsmapp import read_räkenskapsår
    from finsam.read.notebooks import hitta_notebooks
    from finsam.report.parametrar import med_värden
    from finsam.run.notebook import read_notebook
    from finsam.run.utmapp import säg_skrivfel

    read_räkenskapsår(förbund, år, inputs)
    fil = outputs / förbund / str(år) / "analys" / ANALYS
    if not fil.exists():
        nb = read_notebook(hitta_notebooks() / "analys" / ANALYS)
        for cell in nb.cells:
            if "parameters" in cell.metadata.get("tags", []):
                cell.source = med_värden(cell.source, {"förbund": förbund, "år": år})
        with säg_skrivfel(fil.parent):
            fil.parent.mkdir(parents=True, exist_ok=True)
            nbformat.write(nb, fil)
    return fil
