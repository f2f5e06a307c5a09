"""`finsam bevaka`: the report as a page that follows what is changed in its inputs."""

from __future__ import annotations

from pathlib import Path

import click

from finsam.run.cli.terminal import fånga_problem, inputs_val, rapport_val, ren, stycke, ut


@click.command(name="bevaka")
@click.argument("förbund", metavar="FÖRBUND")
@click.argument("år", metavar="ÅR", type=int)
@rapport_val
@inputs_val
@click.option("--oppna", "öppna_den", is_flag=True, help="Öppna sidan i webbläsaren.")
def kommando(förbund: str, år: int, rapport: str, inputs: Path | None, öppna_den: bool) -> None:
    """Visa rapporten som en sida som följer med när underlaget ändras."""
    import webbrowser

    from finsam.read.arsmapp import check_förbund, hitta_inputs, rapporten
    from finsam.run.bevakning import bevaka

    def igång(adress: str) -> None:
        ut.print(f"[bold]Sidan:[/] {ren(adress)}", soft_wrap=True)
        ut.print(stycke("Den följer med när en fil ändras. Avsluta med Ctrl-C."))
        if öppna_den:
            webbrowser.open(adress)

    with fånga_problem(som_json=False):
        check_förbund(hitta_inputs(inputs), förbund)
        slag = rapport or rapporten(förbund, år, inputs)
    try:
        bevaka(förbund, år, slag, inputs, igång, lambda text: ut.print(stycke(text)))
    except KeyboardInterrupt:
        ut.print("Bevakningen är avslutad.")
