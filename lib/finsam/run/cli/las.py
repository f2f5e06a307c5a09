"""`finsam las`: what a ledger file holds."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from finsam.model.ord import antal
from finsam.model.problem import Problem
from finsam.read.ledger.problem import GODTAGBART
from finsam.run.cli.terminal import FÄRG, OANVÄNDBART, OK, felut, json_val, ren, ut, visa_json, visa_problem, väntan

if TYPE_CHECKING:
    from finsam.model.bokforing import Bokföring


@click.command(name="las")
@click.argument("fil", metavar="FIL", type=click.Path(path_type=Path))
@click.option(
    "--godta", "godtagna", multiple=True, type=click.Choice(GODTAGBART), help="Läs filen fast det här inte stämmer."
)
@click.option(
    "--ar",
    "år",
    metavar="ÅR",
    type=click.IntRange(1900, 2999),
    help="Året en saldolista är för, när den inte säger det.",
)
@json_val
def kommando(fil: Path, godtagna: tuple[str, ...], år: int | None, som_json: bool) -> None:
    """Visa vad en bokföringsfil (SIE eller saldolista) innehåller."""
    from finsam.read.bokforing import read_bokföring
    from finsam.read.las import las_json

    if not fil.is_file():
        visa_problem([Problem("fel", "Filen finns inte.", str(fil))])
        sys.exit(OANVÄNDBART)
    with väntan(tyst=som_json):
        bokföring, problem = read_bokföring(fil, år=år, godtagna=frozenset(godtagna))
    if som_json:
        visa_json(las_json(bokföring, problem))
    else:
        if bokföring:
            _visa(bokföring)
        for p in problem:
            felut.print(f"  [{FÄRG[p.nivå]}]{p.nivå}[/] {ren(str(p))}")
    sys.exit(OK if bokföring else OANVÄNDBART)


def _visa(bokföring: Bokföring) -> None:
    """Whose ledger it is, its years, and how much there is in it."""
    vad = bokföring.typ if bokföring.typ in ("saldolista", "huvudbok") else f"SIE typ {bokföring.typ}"
    vem = " ".join(filter(None, (bokföring.namn, bokföring.orgnr, vad)))
    ut.print(ren(f"{vem}, {bokföring.teckenkod}"))
    for bokår in bokföring.år.values():
        balans = antal(len(bokår.ub), "balanskonto", "balanskonton")
        resultat = antal(len(bokår.res), "resultatkonto", "resultatkonton")
        ut.print(f"  År {bokår.nr}: {bokår.start} – {bokår.slut}, {balans}, {resultat}")
    konton = antal(len(bokföring.konton), "konto", "konton")
    ut.print(f"  {konton}, {antal(len(bokföring.verifikationer), 'verifikation', 'verifikationer')}")
