"""`finsam stickprov`: verifikationer to follow to paper."""

from __future__ import annotations

from pathlib import Path

import click

from finsam.run.cli.terminal import fånga_problem, inputs_val, json_val, ren, ut, visa_json, väntan


@click.command(name="stickprov")
@click.argument("förbund", metavar="FÖRBUND")
@click.argument("år", metavar="ÅR", type=int)
@click.option("--antal", metavar="N", type=click.IntRange(0), required=True, help="Hur många som dras.")
@click.option(
    "--fro", "frö", metavar="FRÖ", required=True, help="Vilka ord eller tal som helst; samma ger samma urval."
)
@click.option("--storsta", "största", metavar="K", type=click.IntRange(0), default=0, help="Först de K största.")
@inputs_val
@json_val
def kommando(förbund: str, år: int, antal: int, frö: str, största: int, inputs: Path | None, som_json: bool) -> None:
    """Dra verifikationer att följa till papper, så att någon annan kan dra samma."""
    from finsam.oppna import öppna
    from finsam.read.arsmapp import rapporten
    from finsam.run.stickprov import stickprov, stickprov_text

    with fånga_problem(som_json):
        with väntan(tyst=som_json):
            bok = öppna(förbund, år, rapporten(förbund, år, inputs), inputs=inputs)
        data = stickprov(bok, antal, frö, största)
    if som_json:
        visa_json(data)
    else:
        for rad in stickprov_text(data):
            ut.print(ren(rad))
