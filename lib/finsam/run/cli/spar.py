"""`finsam spar`: where a figure comes from."""

from __future__ import annotations

from pathlib import Path

import click

from finsam.run.cli.terminal import fånga_problem, inputs_val, json_val, rapport_val, ren, ut, visa_json, väntan


@click.command(name="spar")
@click.argument("förbund", metavar="FÖRBUND")
@click.argument("år", metavar="ÅR", type=int)
@click.argument("fakta", metavar="FAKTA")
@rapport_val
@click.option(
    "--verifikationer", "högst", type=click.IntRange(0), default=5, show_default=True, help="Högst så många per konto."
)
@inputs_val
@json_val
def kommando(förbund: str, år: int, fakta: str, rapport: str, högst: int, inputs: Path | None, som_json: bool) -> None:
    """Visa var ett tal kommer ifrån, till exempel rr.arets_resultat eller br.fordringar/2023."""
    from finsam.oppna import öppna
    from finsam.read.arsmapp import rapporten
    from finsam.run.spar import hitta_fakta, spår, spår_text

    with fånga_problem(som_json):
        with väntan(tyst=som_json):
            bok = öppna(förbund, år, rapport or rapporten(förbund, år, inputs), inputs=inputs)
        data = spår(bok, hitta_fakta(bok, fakta), None if som_json else högst)
    if som_json:
        visa_json(data)
    else:
        for rad in spår_text(data):
            ut.print(ren(rad))
