"""`finsam kontrollera`: the checks alone."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from finsam.run.cli import besked
from finsam.run.cli.terminal import (
    OK,
    UTKAST,
    UTMAPP,
    fånga_problem,
    inputs_val,
    json_val,
    rapport_val,
    stycke,
    ut,
    visa_json,
    väntan,
)

if TYPE_CHECKING:
    from finsam.checks.finding import Finding
    from finsam.report.bok import Bok


@click.command(name="kontrollera")
@click.argument("förbund", metavar="FÖRBUND")
@click.argument("år", metavar="ÅR", type=int)
@rapport_val
@click.option("--publicerat", is_flag=True, help="Visa varje skillnad mot det publicerade, tabell för tabell.")
@click.option("--utforligt", "utförligt", is_flag=True, help="Visa varje anmärkning och kontroll för sig.")
@inputs_val
@json_val
def kommando(
    förbund: str, år: int, rapport: str, publicerat: bool, utförligt: bool, inputs: Path | None, som_json: bool
) -> None:
    """Kör kontrollerna utan att skapa något, och visa var publicerade tal skiljer sig."""
    from finsam.checks.kontrollera import har_fel
    from finsam.run.status.las import read_bok

    with fånga_problem(som_json), väntan(tyst=som_json):
        bok, findings = read_bok(förbund, år, rapport, inputs)
    if som_json:
        visa_json([f.json() for f in findings])
        sys.exit(UTKAST if har_fel(findings) else OK)
    ut.print(stycke(f"{bok.år.förbund.kortnamn}, {bok.titel}", färg="bold"))
    ut.print()
    if publicerat:
        besked.visa_publicerat(findings, bok.år.publicerat)
    else:
        _visa(bok, findings, inputs, utförligt=utförligt)
    sys.exit(UTKAST if har_fel(findings) else OK)


def _visa(bok: Bok, findings: tuple[Finding, ...], inputs: Path | None, *, utförligt: bool) -> None:
    """The findings in groups, whether any of them hinders, and what to do next."""
    from finsam.checks.publicerat import check_publicerat
    from finsam.read.arsmapp import hitta_inputs
    from finsam.report.kontrollerat import KONTROLLSIDA

    def så_här(vad: str, *val: str) -> str:
        return besked.kommando(vad, bok.år.förbund.slug, bok.år.årtal, bok.år.rapport.id, inputs, *val)

    hopslaget = besked.visa_findings(findings, besked.HÖGST, utförligt=utförligt)
    if hopslaget:
        besked.visa_slut(("Allt, var för sig", så_här("kontrollera", "--utforligt")))
    if hopslaget and sum(f.kod == check_publicerat.kod for f in findings) > 1:
        besked.visa_slut(("Det publicerade", så_här("kontrollera", "--publicerat")))
    ut.print()
    mapp = Path(bok.år.förbund.slug) / str(bok.år.årtal)
    skapat = UTMAPP / mapp / bok.år.rapport.id
    if besked.visa_hinder(findings, "dokumentet blir ett utkast"):
        besked.visa_slut(("Öppna", hitta_inputs(inputs) / mapp), ("Rätta, och kör igen", så_här("kontrollera")))
    else:
        besked.visa_slut(("Nästa steg", så_här("skapa")), ("Öppna sedan", skapat / f"{bok.år.rapport.id}.pdf"))
    besked.visa_slut(("Fynden som sida, efter skapa", skapat / KONTROLLSIDA))
