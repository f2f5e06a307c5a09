"""The command `finsam`. Exit codes: 0 done, 1 a check of level fel failed, 2 unusable input, 3 a notebook failed,
4 the output or the answer could not be written, 130 interrupted, 143 told to end."""

from __future__ import annotations

import atexit
import gc
import sys
from typing import Any

import click

import finsam
from finsam.run.cli import (
    bevaka,
    granska,
    kontrollera,
    lab,
    las,
    nytt,
    plombera,
    skapa,
    spar,
    status,
    stickprov,
    verifiera,
)
from finsam.run.cli.terminal import (
    AVBRUTET,
    SIGNAL,
    SKRIVFEL,
    Avslutad,
    SvaretGickInte,
    avslutas_ordnat,
    felut,
    med_strömmar,
    ren,
    synlig,
)

atexit.register(gc.freeze)  # what is left at the end goes with the process; looking through it takes a tenth of a run


class Kommandon(click.Group):
    """The commands; whatever stops one of them is said in a line."""

    def main(self, *ord_: Any, **val: Any) -> Any:
        """Run the program."""
        with med_strömmar():
            try:
                with avslutas_ordnat():
                    super().main(*ord_, **val)
            except SvaretGickInte as fel:
                felut.print(f"[bold red]{ren(str(fel))}[/]")
                sys.exit(SKRIVFEL)
            except Avslutad as fel:
                felut.print("[bold red]Avbrutet.[/] Det som fanns är kvar.")
                sys.exit(SIGNAL + fel.args[0])

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except click.UsageError as fel:
            raise click.UsageError(synlig(fel.format_message()), fel.ctx) from None
        except (KeyboardInterrupt, click.Abort):  # Abort is what it is at a question
            felut.print()
            felut.print("[bold red]Avbrutet.[/] Det som fanns är kvar.")
            sys.exit(AVBRUTET)


@click.group(
    cls=Kommandon,
    options_metavar="[VAL]",
    subcommand_metavar="KOMMANDO [ARGUMENT]...",
    context_settings={"help_option_names": ["-h", "--help", "--hjalp"]},
    invoke_without_command=True,
)
@click.version_option(finsam.__version__, prog_name="finsam")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Gör samordningsförbundets årsredovisning av bokföring, budget, mål och texter.

    Utan kommando öppnas startsidan i JupyterLab, som finsam lab.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(lab.kommando)


for modul in (bevaka, granska, kontrollera, lab, las, nytt, plombera, skapa, spar, status, stickprov, verifiera):
    modul.kommando.options_metavar = "[VAL]"
    main.add_command(modul.kommando)
