"""The command `finsam`. Exit codes: 0 done, 1 a check of level fel failed, 2 unusable input, 3 a notebook failed,
4 the output or the answer could not be written, 130 interrupted, 143 told to end."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import finsam
from finsam.model.problem import Problem, UnreadableInput
from finsam.model.rapport import rapporterna
from finsam.read.ledger.problem import GODTAGBART
from finsam.run.cli.nytt import nytt_kommando
from finsam.run.cli.terminal import (
    AVBRUTET,
    FÄRG,
    NOTEBOOKFEL,
    OANVÄNDBART,
    OK,
    SIGNAL,
    SKRIVFEL,
    UTKAST,
    Avslutad,
    SvaretGickInte,
    avslutas_ordnat,
    felut,
    fånga_problem,
    inputs_val,
    json_val,
    med_strömmar,
    mätare,
    outputs_val,
    problem_i,
    problem_json,
    rapport_val,
    ren,
    skriv_json,
    synlig,
    ut,
    visa_findings,
    visa_problem,
    väntan,
)
from finsam.run.cli.verifiera import plombera_kommando, verifiera_kommando

if TYPE_CHECKING:
    from finsam.run.skapa import Resultat


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
        except KeyboardInterrupt:
            felut.print("[bold red]Avbrutet.[/] Det som fanns är kvar.")
            sys.exit(AVBRUTET)


@click.group(cls=Kommandon, context_settings={"help_option_names": ["-h", "--help", "--hjalp"]})
@click.version_option(finsam.__version__, prog_name="finsam")
def main() -> None:
    """Gör samordningsförbundets årsredovisning av bokföring, budget, mål och texter."""


@main.command(name="skapa", help=f"Skapa en rapport ({rapporterna()}) som HTML, PDF och XLSX.")
@click.argument("förbund", metavar="[FÖRBUND]", default="")
@click.argument("år", metavar="[ÅR]", type=int, default=0)
@rapport_val
@click.option("--alla", is_flag=True, help="Skapa varje rapport som det finns underlag för.")
@click.option("--paket", is_flag=True, help="Skriv också granskarens paket: en .zip med allt som lästes och gjordes.")
@inputs_val
@outputs_val
@json_val
def skapa_kommando(
    förbund: str, år: int, rapport: str, alla: bool, paket: bool, inputs: Path | None, outputs: Path, som_json: bool
) -> None:
    """Make a report, or all that there is input for."""
    from finsam.read.arsmapp import finns

    if not alla and not (förbund and år):
        raise click.UsageError("Ange förbund och år, eller --alla.")
    with fånga_problem(som_json):
        jobb = [(f, å, r) for f, å, r in finns(inputs) if f == (förbund or f)] if alla else [(förbund, år, rapport)]
    svar = [_skapa_en(*ett, inputs, outputs, som_json=som_json, namnge=alla, paket=paket) for ett in jobb]
    if som_json:
        skriv_json([data for _, data in svar] if alla else svar[0][1])
    sys.exit(max((kod for kod, _ in svar), default=OK))


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
    from finsam.run.avsnitt import NotebookFel
    from finsam.run.skapa import skapa
    from finsam.run.utmapp import Skrivfel

    if namnge and not som_json:
        ut.print(f"[bold]{ren(f'{förbund} {år} {rapport}')}[/]")
    try:
        with mätare(tyst=som_json) as framsteg:
            resultat = skapa(förbund, år, rapport, inputs, outputs, framsteg, med_paket=paket)
    except (UnreadableInput, OSError) as fel:
        problem = problem_i(fel)
        if not som_json:
            visa_problem(problem)
        return OANVÄNDBART, {"problem": [problem_json(p) for p in problem]}
    except Skrivfel as fel:
        felut.print(f"[bold red]Dokumentet kunde inte skrivas.[/] Det som fanns är kvar.\n  {ren(str(fel))}")
        return SKRIVFEL, {"fel": str(fel)}
    except NotebookFel as fel:
        felut.print(f"[bold red]Ett avsnitt kunde inte köras.[/] Ingenting har skrivits.\n{ren(str(fel))}")
        return NOTEBOOKFEL, {"fel": str(fel)}
    if not som_json:
        _visa_resultat(resultat)
    return UTKAST if resultat.utkast else OK, _resultat_json(resultat)


def _visa_resultat(resultat: Resultat) -> None:
    """What a finished run tells in the terminal."""
    from finsam.prove.manifest import sha256

    visa_findings(resultat.findings, alla=False)
    ut.print(ren(str(resultat.siffergaranti)))
    ut.print(f"{'[bold red]UTKAST[/] ' if resultat.utkast else ''}Klart: {ren(str(resultat.katalog))}")
    if resultat.paket:
        ut.print(f"Paket: {ren(str(resultat.paket))}\nSHA-256: {sha256(resultat.paket)}")


def _resultat_json(resultat: Resultat) -> dict[str, Any]:
    """The same as --json gives it."""
    from finsam.prove.manifest import sha256

    data: dict[str, Any] = {
        "katalog": str(resultat.katalog),
        "utkast": resultat.utkast,
        "siffergaranti": resultat.siffergaranti.json(),
        "kontroller": [f.json() for f in resultat.findings],
    }
    if resultat.paket:
        data["paket"] = {"fil": str(resultat.paket), "sha256": sha256(resultat.paket)}
    return data


@main.command(name="kontrollera")
@click.argument("förbund", metavar="FÖRBUND")
@click.argument("år", metavar="ÅR", type=int)
@rapport_val
@inputs_val
@json_val
def kontrollera_kommando(förbund: str, år: int, rapport: str, inputs: Path | None, som_json: bool) -> None:
    """Kör kontrollerna utan att skapa något, och visa var publicerade tal skiljer sig."""
    from finsam.checks.kontrollera import har_fel
    from finsam.oppna import öppna

    with fånga_problem(som_json), väntan(tyst=som_json):
        findings = öppna(förbund, år, rapport, inputs=inputs).findings
    if som_json:
        skriv_json([f.json() for f in findings])
    else:
        visa_findings(findings, alla=True)
    sys.exit(UTKAST if har_fel(findings) else OK)


@main.command()
@click.argument("förbund", metavar="FÖRBUND")
@click.argument("år", metavar="ÅR", type=int)
@click.argument("fakta", metavar="FAKTA")
@rapport_val
@click.option(
    "--verifikationer", "högst", type=click.IntRange(0), default=5, show_default=True, help="Högst så många per konto."
)
@inputs_val
@json_val
def spar(förbund: str, år: int, fakta: str, rapport: str, högst: int, inputs: Path | None, som_json: bool) -> None:
    """Visa var ett tal kommer ifrån, till exempel rr.arets_resultat eller br.fordringar/2023."""
    from finsam.oppna import öppna
    from finsam.run.spar import hitta_fakta, spår, spår_text

    with fånga_problem(som_json):
        with väntan(tyst=som_json):
            bok = öppna(förbund, år, rapport, inputs=inputs)
        data = spår(bok, hitta_fakta(bok, fakta), None if som_json else högst)
    if som_json:
        skriv_json(data)
    else:
        for rad in spår_text(data):
            ut.print(ren(rad))


@main.command()
@click.argument("fil", metavar="FIL", type=click.Path(path_type=Path))
@click.option(
    "--godta", "godtagna", multiple=True, type=click.Choice(GODTAGBART), help="Läs filen fast det här inte stämmer."
)
@click.option("--ar", "år", type=click.IntRange(1900, 2999), help="Året en saldolista är för, när den inte säger det.")
@json_val
def las(fil: Path, godtagna: tuple[str, ...], år: int | None, som_json: bool) -> None:
    """Visa vad en bokföringsfil (SIE eller saldolista) innehåller."""
    from finsam.read.bokforing import read_bokföring
    from finsam.read.las import las_json

    if not fil.is_file():
        visa_problem([Problem("fel", "Filen finns inte.", str(fil))])
        sys.exit(OANVÄNDBART)
    with väntan(tyst=som_json):
        bokföring, problem = read_bokföring(fil, år=år, godtagna=frozenset(godtagna))
    if som_json:
        skriv_json(las_json(bokföring, problem))
    else:
        if bokföring:
            vad = bokföring.typ if bokföring.typ in ("saldolista", "huvudbok") else f"SIE typ {bokföring.typ}"
            vem = " ".join(filter(None, (bokföring.namn, bokföring.orgnr, vad)))
            ut.print(ren(f"{vem}, {bokföring.teckenkod}"))
            for bokår in bokföring.år.values():
                ut.print(
                    f"  År {bokår.nr}: {bokår.start} – {bokår.slut}, {len(bokår.ub)} balanskonton, {len(bokår.res)} "
                    "resultatkonton"
                )
            ut.print(f"  {len(bokföring.konton)} konton, {len(bokföring.verifikationer)} verifikationer")
        for p in problem:
            felut.print(f"  [{FÄRG[p.nivå]}]{p.nivå}[/] {ren(str(p))}")
    sys.exit(OK if bokföring else OANVÄNDBART)


@main.command()
@click.argument("förbund", metavar="[FÖRBUND]", default="exempelforbundet")
@click.argument("år", metavar="[ÅR]", type=int, default=2025)
@inputs_val
@outputs_val
def lab(förbund: str, år: int, inputs: Path | None, outputs: Path) -> None:
    """Öppna JupyterLab på analysen av ett förbund och år."""
    from finsam.read.arsmapp import INPUTS_VARIABEL, hitta_inputs
    from finsam.run.lab import write_analys
    from finsam.run.utmapp import Skrivfel

    with fånga_problem(som_json=False):
        rot = Path(os.path.realpath(hitta_inputs(inputs)))
        try:
            fil = write_analys(förbund, år, rot, outputs)
        except Skrivfel as fel:
            felut.print(ren(str(fel)))
            sys.exit(SKRIVFEL)
    os.environ[INPUTS_VARIABEL] = str(rot)
    os.execv(sys.executable, [sys.executable, "-m", "jupyterlab", str(fil)])


main.add_command(nytt_kommando)
main.add_command(verifiera_kommando)
main.add_command(plombera_kommando)
