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
    from finsam.checks.kontrollera import har_fel
    from finsam.oppna import öppna

    with fånga_problem(som_json), väntan(tyst=som_json):
        findings = öppna(förbund, år, rapport, inputs=inputs).findings
    if som_json:
        visa_json([f.json() for f in findings])
    else:
        visa_findings(findings, alla=True)
    sys.exit(UTKAST if har_fel(findings) else OK)
