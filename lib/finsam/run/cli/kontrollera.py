"""`finsam kontrollera`: the checks alone."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from finsam.run.cli.terminal import (
    OK,
    UTKAST,
    fånga_problem,
    inputs_val,
    json_val,
    rapport_val,
    visa_findings,
    visa_json,
    väntan,
)


@click.command(name="kontrollera")
@click.argument("förbund", metavar="FÖRBUND")
@click.argument("år", metavar="ÅR", type=int)
@rapport_val
@inputs_val
@json_val
def kommando(förbund: str, år: int, rapport: str, inputs: Path | None, som_json: bool) -> None:
    """Kör kontrollerna utan att skapa något, och visa var publicerade tal skiljer sig."""
    from finsam.checks.inlasning import om_olästa
    from finsam.checks.kontrollera import har_fel, med_fler
    from finsam.oppna import öppna
    from finsam.read.arsmapp import hitta_inputs
    from finsam.read.olasta import olästa
    from finsam.run.rubriker import check_rubriker

    with fånga_problem(som_json), väntan(tyst=som_json):
        bok = öppna(förbund, år, rapport, inputs=inputs)
        check_rubriker(bok.år.förbund)
        findings = med_fler(bok.findings, om_olästa(olästa(bok.år, hitta_inputs(inputs))), bok.redovisning)
    if som_json:
        visa_json([f.json() for f in findings])
    else:
        visa_findings(findings, alla=True)
    sys.exit(UTKAST if har_fel(findings) else OK)
