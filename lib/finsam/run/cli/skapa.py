"""`finsam skapa`: a report, or all there is input for."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from finsam.model.problem import UnreadableInput
from finsam.model.rapport import rapporterna
from finsam.run.cli import besked
from finsam.run.cli.alla import kod_för, skapa_alla
from finsam.run.cli.terminal import (
    FÄRG,
    NOTEBOOKFEL,
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
    from finsam.run.alla import Jobb, Utfall
    from finsam.run.skapa import Resultat


@click.command(name="skapa", help=f"Skapa en rapport ({rapporterna()}) som HTML, PDF och XLSX.")
@click.argument("förbund", metavar="[FÖRBUND]", default="")
@click.argument("år", metavar="[ÅR]", type=int, default=0)
@rapport_val
@click.option("--alla", is_flag=True, help="Skapa varje rapport som det finns underlag för.")
@click.option("--dask", metavar="ADRESS", default="", help="Med --alla: på ett kluster med delad mapp.")
@click.option("--paket", is_flag=True, help="Skriv också granskarens paket: en .zip med allt som lästes och gjordes.")
@inputs_val
@outputs_val
@json_val
def kommando(
    förbund: str,
    år: int,
    rapport: str,
    alla: bool,
    dask: str,
    paket: bool,
    inputs: Path | None,
    outputs: Path,
    som_json: bool,
) -> None:
    """Make a report, or all that there is input for."""
    from finsam.read.arsmapp import check_förbund, check_inputs, finns, hitta_inputs, rapporten

    if not alla and not (förbund and år):
        raise click.UsageError("Ange förbund och år, eller --alla.")
    if dask and not alla:
        raise click.UsageError("Ange --alla också: --dask är för många rapporter.")
    with fånga_problem(som_json):
        if alla:
            check_inputs(hitta_inputs(inputs))
            if förbund:
                check_förbund(hitta_inputs(inputs), förbund)
            jobb = [(f, å, r) for f, å, r in finns(inputs) if f == (förbund or f)]
        else:
            jobb = [(förbund, år, rapport or rapporten(förbund, år, inputs))]
    if alla:
        visa = partial(_visa_en_av_alla, inputs=inputs, outputs=outputs, som_json=som_json)
        sys.exit(skapa_alla(jobb, inputs, outputs, visa, som_json=som_json, paket=paket, dask=dask))
    utfall = _skapa_en(jobb[0], inputs, outputs, tyst=som_json, paket=paket)
    kod, svar = _visa_utfall(utfall, inputs, outputs, som_json=som_json, kort=False)
    if som_json:
        visa_json(svar)
    sys.exit(kod)


def _skapa_en(jobb: Jobb, inputs: Path | None, outputs: Path, *, tyst: bool, paket: bool) -> Utfall:
    """Make one report, and show how far it has come."""
    from finsam.run.alla import Utfall
    from finsam.run.notebook import NotebookFel
    from finsam.run.skapa import skapa
    from finsam.run.utmapp import Skrivfel

    try:
        with mätare(tyst=tyst) as framsteg:
            return Utfall(jobb, skapa(*jobb, inputs, outputs, framsteg, med_paket=paket))
    except (UnreadableInput, OSError, Skrivfel, NotebookFel) as fel:
        return Utfall(jobb, fel=fel)


def _visa_en_av_alla(
    utfall: Utfall, inputs: Path | None, outputs: Path, *, som_json: bool
) -> tuple[int, dict[str, Any]]:
    if not som_json:
        ut.print(f"[bold]{ren(' '.join(map(str, utfall.jobb)))}[/]")
    svar = _visa_utfall(utfall, inputs, outputs, som_json=som_json, kort=True)
    if utfall.fel and not som_json:
        ut.print()
    return svar


def _visa_utfall(
    utfall: Utfall, inputs: Path | None, outputs: Path, *, som_json: bool, kort: bool
) -> tuple[int, dict[str, Any]]:
    """Tell how it went for one report: its exit code and the same as --json gives it."""
    fel, resultat = utfall.fel, utfall.resultat
    if isinstance(fel, (UnreadableInput, OSError)):
        svar = hinder(fel, som_json=som_json)
    elif fel:
        if kod_för(utfall) == NOTEBOOKFEL:
            text = "[bold red]Ett avsnitt kunde inte köras.[/] Ingenting har skrivits."
            felut.print(f"{text}\n{ren(str(fel))}")
        else:
            text = "[bold red]Dokumentet kunde inte skrivas.[/] Det som fanns är kvar."
            felut.print(f"{text}\n  {ren(str(fel))}")
        svar = {"fel": str(fel)}
    else:
        assert resultat
        if not som_json:
            _visa_resultat(resultat, (*utfall.jobb, inputs), outputs, kort=kort)
        svar = _resultat_json(resultat)
    return kod_för(utfall), svar


def _visa_resultat(resultat: Resultat, så_här: tuple[str, int, str, Path | None], outputs: Path, *, kort: bool) -> None:
    """What a finished run tells in the terminal: `kort`, when it is one of many, only what hinders."""
    from finsam.prove.manifest import sha256
    from finsam.report.kontrollerat import KONTROLLSIDA

    dit = () if outputs == UTMAPP else ("--outputs", str(outputs))
    besked.visa_findings(resultat.findings, ("fel",) if kort else ("fel", "varning"))
    for ett in resultat.olästa:
        ut.print(stycke(str(ett), f"{ett.nivå} ", FÄRG[ett.nivå]))
    if resultat.historikfel:
        ut.print(stycke(f"Körningen är inte med i historiken. {resultat.historikfel}", "varning ", FÄRG["varning"]))
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
