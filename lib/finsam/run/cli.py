"""The command `finsam`. Exit codes: 0 done, 1 a check of level fel failed, 2 unusable input, 3 a notebook failed,
4 the output could not be written, 130 interrupted."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

import finsam
from finsam.model.problem import Problem, UnreadableInput
from finsam.read.sie_problem import GODTAGBART

if TYPE_CHECKING:
    from finsam.checks.finding import Finding

OK, UTKAST, OANVÄNDBART, NOTEBOOKFEL, SKRIVFEL = range(5)
AVBRUTET = 130
_FÄRG = {"fel": "bold red", "varning": "yellow", "upplysning": "cyan", "ok": "green"}
_TECKEN = {"fel": "✗", "varning": "!", "upplysning": "i", "ok": "✓"}

_fel = Console(stderr=True, highlight=False, soft_wrap=True)
_ut = Console(highlight=False, soft_wrap=True)

_inputs = click.option("--inputs", type=click.Path(path_type=Path), help="Mappen med förbundens underlag.")
_outputs = click.option(
    "--outputs",
    type=click.Path(path_type=Path),
    default=Path("outputs"),
    show_default=True,
    help="Mappen för det som skapas.",
)
_json = click.option("--json", "som_json", is_flag=True, help="Svara med JSON.")


class Kommandon(click.Group):
    """The commands; whatever stops one of them is said in a line."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        for ström in (sys.stdout, sys.stderr):
            if isinstance(ström, io.TextIOWrapper):
                ström.reconfigure(errors="replace")  # a letter that the terminal lacks stops nothing
        try:
            return super().invoke(ctx)
        except click.UsageError as fel:
            raise click.UsageError(_synlig(fel.format_message()), fel.ctx) from None
        except KeyboardInterrupt:
            _fel.print("[bold red]Avbrutet.[/] Det som fanns är kvar.")
            sys.exit(AVBRUTET)


@click.group(cls=Kommandon, context_settings={"help_option_names": ["-h", "--help", "--hjalp"]})
@click.version_option(finsam.__version__, prog_name="finsam")
def main() -> None:
    """Gör samordningsförbundets årsredovisning av bokföring, budget, mål och texter."""


@contextmanager
def _fånga_problem(som_json: bool) -> Iterator[None]:
    """Say what is wrong with the input, all of it, and leave with code 2."""
    try:
        yield
    except (UnreadableInput, OSError) as fel:
        problem = _problem(fel)
        if som_json:
            _skriv_json({"problem": [_problem_json(p) for p in problem]})
        else:
            _visa_problem(problem)
        sys.exit(OANVÄNDBART)


def _problem(fel: UnreadableInput | OSError) -> tuple[Problem, ...]:
    """What is wrong with the input; a folder that the system does not let us read is that too."""
    if isinstance(fel, UnreadableInput):
        return fel.problem
    if isinstance(fel, BrokenPipeError):
        raise fel
    return (Problem("fel", f"Går inte att läsa ({fel.strerror or fel}).", str(fel.filename or "")),)


def _problem_json(p: Problem) -> dict[str, str]:
    return {"niva": p.nivå, "fil": p.fil, "plats": p.plats, "text": p.text}


def _synlig(text: str) -> str:
    """Text from a file as the terminal may show it: no control characters, nothing that turns the line."""
    return "".join(t if t.isprintable() or t == "\n" else "�" for t in text.replace("\u00a0", " "))


def _ren(text: str) -> str:
    """The same where rich prints it: no markup."""
    return escape(_synlig(text))


def _visa_problem(problem: Sequence[Problem]) -> None:
    antal = sum(p.nivå == "fel" for p in problem)
    _fel.print(f"[bold red]Underlaget kan inte användas: {antal} fel.[/] Ingenting har skrivits.")
    for p in problem:
        if p.nivå != "upplysning":
            _fel.print(f"  [{_FÄRG[p.nivå]}]{p.nivå}[/] {_ren(str(p))}")


def _visa_findings(findings: Sequence[Finding], *, alla: bool) -> None:
    for f in findings:
        if alla or f.nivå in ("fel", "varning"):
            _ut.print(f"[{_FÄRG[f.nivå]}]{_TECKEN[f.nivå]} {f.kod} {f.nivå}[/] {_ren(f.text)}")
    antal = {nivå: sum(f.nivå == nivå for f in findings) for nivå in _FÄRG}
    _ut.print(
        f"{antal['fel']} fel, {antal['varning']} varningar, {antal['upplysning']} upplysningar, {antal['ok']} godkända."
    )


def _skriv_json(data: Any) -> None:
    text = json.dumps(data, ensure_ascii=False, indent=1)
    click.echo("".join(t if t.isprintable() or t == "\n" else json.dumps(t)[1:-1] for t in text))


@main.command(name="skapa")
@click.argument("förbund", metavar="[FÖRBUND]", default="")
@click.argument("år", metavar="[ÅR]", type=int, default=0)
@click.argument("rapport", metavar="[RAPPORT]", default="arsredovisning")
@click.option("--alla", is_flag=True, help="Skapa varje rapport som det finns underlag för.")
@click.option("--paket", is_flag=True, help="Skriv också granskarens paket: en .zip med allt som lästes och gjordes.")
@_inputs
@_outputs
@_json
def skapa_kommando(
    förbund: str, år: int, rapport: str, alla: bool, paket: bool, inputs: Path | None, outputs: Path, som_json: bool
) -> None:
    """Skapa en rapport (arsredovisning eller verksamhetsplan) som HTML, PDF och XLSX."""
    from finsam.run.skapa import finns

    if not alla and not (förbund and år):
        raise click.UsageError("Ange förbund och år, eller --alla.")
    with _fånga_problem(som_json):
        jobb = [(f, å, r) for f, å, r in finns(inputs) if f == (förbund or f)] if alla else [(förbund, år, rapport)]
    svar = [_skapa_en(*ett, inputs, outputs, som_json=som_json, namnge=alla, paket=paket) for ett in jobb]
    if som_json:
        _skriv_json([data for _, data in svar] if alla else svar[0][1])
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
    from finsam.run.manifest import sha256
    from finsam.run.skapa import skapa
    from finsam.run.utmapp import Skrivfel

    if namnge and not som_json:
        _ut.print(f"[bold]{_ren(f'{förbund} {år} {rapport}')}[/]")
    try:
        with _mätare(tyst=som_json) as mätare:
            resultat = skapa(förbund, år, rapport, inputs, outputs, mätare, med_paket=paket)
    except (UnreadableInput, OSError) as fel:
        problem = _problem(fel)
        if not som_json:
            _visa_problem(problem)
        return OANVÄNDBART, {"problem": [_problem_json(p) for p in problem]}
    except Skrivfel as fel:
        _fel.print(f"[bold red]Dokumentet kunde inte skrivas.[/] Det som fanns är kvar.\n  {_ren(str(fel))}")
        return SKRIVFEL, {"fel": str(fel)}
    except NotebookFel as fel:
        _fel.print(f"[bold red]Ett avsnitt kunde inte köras.[/] Ingenting har skrivits.\n{_ren(str(fel))}")
        return NOTEBOOKFEL, {"fel": str(fel)}
    if not som_json:
        _visa_findings(resultat.findings, alla=False)
        _ut.print(_ren(str(resultat.siffergaranti)))
        _ut.print(f"{'[bold red]UTKAST[/] ' if resultat.utkast else ''}Klart: {_ren(str(resultat.katalog))}")
    if resultat.paket and not som_json:
        _ut.print(f"Paket: {_ren(str(resultat.paket))}\nSHA-256: {sha256(resultat.paket)}")
    kontroller = [f.json() for f in resultat.findings]
    data: dict[str, Any] = {
        "katalog": str(resultat.katalog),
        "utkast": resultat.utkast,
        "siffergaranti": resultat.siffergaranti.json(),
        "kontroller": kontroller,
    }
    if resultat.paket:
        data["paket"] = {"fil": str(resultat.paket), "sha256": sha256(resultat.paket)}
    return UTKAST if resultat.utkast else OK, data


@contextmanager
def _mätare(*, tyst: bool) -> Iterator[Callable[[int], Callable[[str], None]]]:
    """A progress bar on stderr, one step for each section and each kind of file."""
    kolumner = (TextColumn("{task.description:<28}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*kolumner, console=_fel, disable=tyst, auto_refresh=False) as visare:

        def starta(antal: int) -> Callable[[str], None]:
            uppgift = visare.add_task("Läser underlaget", total=antal)
            påbörjade = 0

            def steg(text: str) -> None:
                nonlocal påbörjade
                visare.update(uppgift, description=text, completed=påbörjade, refresh=True)
                påbörjade += 1
                if påbörjade == antal:
                    visare.update(uppgift, completed=antal, refresh=True)

            return steg

        yield starta


def _väntan(*, tyst: bool) -> AbstractContextManager[object]:
    """A sign on the terminal that a large file is being read."""
    return nullcontext() if tyst else _fel.status("Läser …")


@main.command(name="kontrollera")
@click.argument("förbund", metavar="FÖRBUND")
@click.argument("år", metavar="ÅR", type=int)
@click.argument("rapport", metavar="[RAPPORT]", default="arsredovisning")
@_inputs
@_json
def kontrollera_kommando(förbund: str, år: int, rapport: str, inputs: Path | None, som_json: bool) -> None:
    """Kör kontrollerna utan att skapa något, och visa var publicerade tal skiljer sig."""
    from finsam.checks.kontrollera import har_fel
    from finsam.report.oppna import öppna

    with _fånga_problem(som_json), _väntan(tyst=som_json):
        findings = öppna(förbund, år, rapport, inputs=inputs).findings
    if som_json:
        _skriv_json([f.json() for f in findings])
    else:
        _visa_findings(findings, alla=True)
    sys.exit(UTKAST if har_fel(findings) else OK)


@main.command()
@click.argument("förbund", metavar="FÖRBUND")
@click.argument("år", metavar="ÅR", type=int)
@click.argument("fakta", metavar="FAKTA")
@click.argument("rapport", metavar="[RAPPORT]", default="arsredovisning")
@click.option(
    "--verifikationer", "högst", type=click.IntRange(0), default=5, show_default=True, help="Högst så många per konto."
)
@_inputs
@_json
def spar(förbund: str, år: int, fakta: str, rapport: str, högst: int, inputs: Path | None, som_json: bool) -> None:
    """Visa var ett tal kommer ifrån, till exempel rr.arets_resultat eller br.fordringar/2023."""
    from finsam.report.oppna import öppna
    from finsam.run.spar import hitta_fakta, spår, spår_text

    with _fånga_problem(som_json):
        with _väntan(tyst=som_json):
            bok = öppna(förbund, år, rapport, inputs=inputs)
        data = spår(bok, hitta_fakta(bok, fakta), None if som_json else högst)
    if som_json:
        _skriv_json(data)
    else:
        for rad in spår_text(data):
            _ut.print(_ren(rad))


@main.command()
@click.argument("fil", metavar="FIL", type=click.Path(path_type=Path))
@click.option(
    "--godta", "godtagna", multiple=True, type=click.Choice(GODTAGBART), help="Läs filen fast det här inte stämmer."
)
@click.option("--ar", "år", type=click.IntRange(1900, 2999), help="Året en saldolista är för, när den inte säger det.")
@_json
def las(fil: Path, godtagna: tuple[str, ...], år: int | None, som_json: bool) -> None:
    """Visa vad en bokföringsfil (SIE eller saldolista) innehåller."""
    from finsam.read.bokforing import read_bokföring
    from finsam.read.las import las_json

    if not fil.is_file():
        _visa_problem([Problem("fel", "Filen finns inte.", str(fil))])
        sys.exit(OANVÄNDBART)
    with _väntan(tyst=som_json):
        bokföring, problem = read_bokföring(fil, år=år, godtagna=frozenset(godtagna))
    if som_json:
        _skriv_json(las_json(bokföring, problem))
    else:
        if bokföring:
            vad = bokföring.typ if bokföring.typ in ("saldolista", "huvudbok") else f"SIE typ {bokföring.typ}"
            vem = " ".join(filter(None, (bokföring.namn, bokföring.orgnr, vad)))
            _ut.print(_ren(f"{vem}, {bokföring.teckenkod}"))
            for bokår in bokföring.år.values():
                _ut.print(
                    f"  År {bokår.nr}: {bokår.start} – {bokår.slut}, {len(bokår.ub)} balanskonton, {len(bokår.res)} "
                    "resultatkonton"
                )
            _ut.print(f"  {len(bokföring.konton)} konton, {len(bokföring.verifikationer)} verifikationer")
        for p in problem:
            _fel.print(f"  [{_FÄRG[p.nivå]}]{p.nivå}[/] {_ren(str(p))}")
    sys.exit(OK if bokföring else OANVÄNDBART)


@main.command()
@click.argument("förbund", metavar="[FÖRBUND]", default="exempelforbundet")
@click.argument("år", metavar="[ÅR]", type=int, default=2025)
@_inputs
@_outputs
def lab(förbund: str, år: int, inputs: Path | None, outputs: Path) -> None:
    """Öppna JupyterLab på analysen av ett förbund och år."""
    from finsam.read.arsmapp import INPUTS_VARIABEL, hitta_inputs
    from finsam.run.lab import write_analys
    from finsam.run.utmapp import Skrivfel

    with _fånga_problem(som_json=False):
        rot = Path(os.path.realpath(hitta_inputs(inputs)))
        try:
            fil = write_analys(förbund, år, rot, outputs)
        except Skrivfel as fel:
            _fel.print(_ren(str(fel)))
            sys.exit(SKRIVFEL)
    os.environ[INPUTS_VARIABEL] = str(rot)
    os.execv(sys.executable, [sys.executable, "-m", "jupyterlab", str(fil)])


from finsam.run.cli_granska import plombera_kommando, verifiera_kommando  # noqa: E402  the commands use what stands above
from finsam.run.cli_nytt import nytt_kommando  # noqa: E402

main.add_command(nytt_kommando)
main.add_command(verifiera_kommando)
main.add_command(plombera_kommando)
