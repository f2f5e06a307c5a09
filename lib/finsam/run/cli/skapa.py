"""`finsam skapa`: a report, or all there is input for."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from finsam.model.problem import UnreadableInput
from finsam.model.rapport import rapporterna
from finsam.run.cli import besked
from finsam.run.cli.terminal import (
    FÄRG,
    NOTEBOOKFEL,
    OANVÄNDBART,
    OK,
    SKRIVFEL,
    UTKAST,
    UTMAPP,
    felut,
    fånga_problem,
    hinder,
    inputs_val,
    json_val,
    mätare,
    outputs_val,
    problem_json,
    rapport_val,
    ren,
    stycke,
    ut,
    visa_json,
)

if TYPE_CHECKING:
    from finsam.run.skapa import Resultat


@click.command(name="skapa", help=f"Skapa en rapport ({rapporterna()}) som HTML, PDF och XLSX.")
@click.argument("förbund", metavar="[FÖRBUND]", default="")
@click.argument("år", metavar="[ÅR]", type=int, default=0)
@rapport_val
@click.option("--alla", is_flag=True, help="Skapa varje rapport som det finns underlag för.")
@click.option("--paket", is_flag=True, help="Skriv också granskarens paket: en .zip med allt som lästes och gjordes.")
@inputs_val
@outputs_val
@json_val
def kommando(
    förbund: str, år: int, rapport: str, alla: bool, paket: bool, inputs: Path | None, outputs: Path, som_json: bool
) -> None:
    """Make a report, or all that there is input for."""
    from finsam.read.arsmapp import finns, rapporten

    if not alla and not (förbund and år):
        raise click.UsageError("Ange förbund och år, eller --alla.")
    with fånga_problem(som_json):
        if alla:
            jobb = [(f, å, r) for f, å, r in finns(inputs) if f == (förbund or f)]
        else:
            jobb = [(förbund, år, rapport or rapporten(förbund, år, inputs))]
    svar = [_skapa_en(*ett, inputs, outputs, som_json=som_json, namnge=alla, paket=paket) for ett in jobb]
    if som_json:
        visa_json([data for _, data in svar] if alla else svar[0][1])
    elif alla:
        _visa_alla(jobb, [kod for kod, _ in svar], inputs)
    sys.exit(max((kod for kod, _ in svar), default=OK))


def _visa_alla(jobb: list[tuple[str, int, str]], koder: list[int], inputs: Path | None) -> None:
    """How it went for all of them, and what to look at first."""
    klara = koder.count(OK)
    ut.print(f"[bold]Klara rapporter: {klara} av {len(jobb)}.[/]{' Inget hindrar.' if klara == len(jobb) else ''}")
    for (förbund, år, rapport), kod in zip(jobb, koder, strict=True):
        if kod != OK:
            vad = "Utkast" if kod == UTKAST else "Inte gjord"
            besked.visa_slut((vad, besked.kommando("kontrollera", förbund, år, rapport, inputs)))


def _skapa_en(
    förbund: str,
    år: int,
    rapport: str,
    inputs: Path | None,
    outputs: Path,
    *,
    som_json: bool,
    namnge: bool,
    paket: bool,
) -> tuple[int, dict[str, Any]]:
    """Make one report: its exit code and what is told of it."""
    from finsam.run.notebook import NotebookFel
    from finsam.run.skapa import skapa
    from finsam.run.utmapp import Skrivfel

    if namnge and not som_json:
        ut.print(f"[bold]{ren(f'{förbund} {år} {rapport}')}[/]")
    try:
        with mätare(tyst=som_json) as framsteg:
            resultat = skapa(förbund, år, rapport, inputs, outputs, framsteg, med_paket=paket)
    except (UnreadableInput, OSError) as fel:
        return OANVÄNDBART, hinder(fel, som_json=som_json)
    except Skrivfel as fel:
        felut.print(f"[bold red]Dokumentet kunde inte skrivas.[/] Det som fanns är kvar.\n  {ren(str(fel))}")
        return SKRIVFEL, {"fel": str(fel)}
    except NotebookFel as fel:
        felut.print(f"[bold red]Ett avsnitt kunde inte köras.[/] Ingenting har skrivits.\n{ren(str(fel))}")
        return NOTEBOOKFEL, {"fel": str(fel)}
    if not som_json:
        _visa_resultat(resultat, (förbund, år, rapport, inputs), outputs, kort=namnge)
    return UTKAST if resultat.utkast else OK, _resultat_json(resultat)


def _visa_resultat(resultat: Resultat, så_här: tuple[str, int, str, Path | None], outputs: Path, *, kort: bool) -> None:
    """What a finished run tells in the terminal: `kort`, when it is one of many, only what hinders."""
    from finsam.prove.manifest import sha256
    from finsam.report.kontrollerat import KONTROLLSIDA

    dit = () if outputs == UTMAPP else ("--outputs", str(outputs))
    besked.visa_findings(resultat.findings, ("fel",) if kort else ("fel", "varning"))
    for ett in resultat.olästa:
        ut.print(stycke(str(ett), f"{ett.nivå} ", FÄRG[ett.nivå]))
    if not kort:
        besked.visa_slut(("Allt, var för sig", besked.kommando("kontrollera", *så_här, "--utforligt")))
        ut.print()
    ut.print(stycke(str(resultat.siffergaranti)))
    if not kort:
        ut.print()
        if besked.visa_hinder(resultat.findings, "dokumentet är märkt UTKAST"):
            besked.visa_slut(("Rätta, och kör igen", besked.kommando("skapa", *så_här, *dit)))
        else:
            besked.visa_slut(("Nästa steg, när det är beslutat", besked.kommando("plombera", *så_här, *dit)))
    for ändelse in ("pdf",) if kort else ("pdf", "html"):
        besked.visa_slut(("Öppna", resultat.katalog / f"{resultat.katalog.name}.{ändelse}"))
    besked.visa_slut(("Fynden som sida", resultat.katalog / KONTROLLSIDA))
    if resultat.paket:
        besked.visa_slut(("Paket", resultat.paket), ("SHA-256", sha256(resultat.paket)))
    if kort:
        ut.print()


def _resultat_json(resultat: Resultat) -> dict[str, Any]:
    """The same as --json gives it."""
    from finsam.prove.manifest import sha256

    data: dict[str, Any] = {
        "katalog": str(resultat.katalog),
        "utkast": resultat.utkast,
        "siffergaranti": resultat.siffergaranti.json(),
        "kontroller": [f.json() for f in resultat.findings],
        "olasta": [problem_json(p) for p in resultat.olästa],
    }
    if resultat.paket:
        data["paket"] = {"fil": str(resultat.paket), "sha256": sha256(resultat.paket)}
    return data
