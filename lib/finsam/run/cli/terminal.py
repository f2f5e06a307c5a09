"""What all the commands share: exit codes, options, what the terminal is told and how."""

from __future__ import annotations

import codecs
import io
import json
import os
import signal
import sys
import textwrap
import threading
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from finsam.model.problem import Problem, UnreadableInput, orsak

OK, UTKAST, OANVÄNDBART, NOTEBOOKFEL, SKRIVFEL = range(5)
AVBRUTET = 130
SIGNAL = 128
"""What the number of a signal is added to (SIGTERM: 143)."""
FÄRG = {"fel": "bold red", "varning": "yellow", "upplysning": "cyan", "ej prövad": "magenta", "ok": "green"}
INGET_UNDERLAG = "Det finns inget underlag än. Lägg upp ett förbund med finsam nytt FÖRBUND ÅR --bokforing FIL."
UTMAPP = Path("outputs")
SMALAST, BREDAST = 40, 100
"""How many characters a line may have, at least and at most, whatever the terminal's width is."""
ERSÄTTNING = {"−": "-", "–": "-", "✗": "x", "✓": "+", "→": ">", "…": "...", "”": '"'}
"""What is written in a terminal that lacks a character (cp1252, cp850, ASCII)."""

felut = Console(stderr=True, highlight=False, soft_wrap=True, emoji=False)
ut = Console(highlight=False, soft_wrap=True, emoji=False)

rapport_val = click.argument("rapport", metavar="[RAPPORT]", default="")
inputs_val = click.option(
    "--inputs", metavar="MAPP", type=click.Path(path_type=Path), help="Mappen med förbundens underlag."
)
outputs_val = click.option(
    "--outputs",
    metavar="MAPP",
    type=click.Path(path_type=Path),
    default=UTMAPP,
    show_default=True,
    help="Mappen för det som skapas.",
)
json_val = click.option("--json", "som_json", is_flag=True, help="Svara med JSON.")


class Avslutad(BaseException):
    """The system, or someone, has told the program to end; says by which signal."""


class SvaretGickInte(Exception):
    """What a command answers could not be written; says why, in Swedish."""


class Terminalström:
    """stdout or stderr as it is, but a full disk behind it is no traceback.

    What cannot be written to stdout stops the command. Nothing hangs on stderr: there the exit code says what happened.
    """

    def __init__(self, ström: Any, *, svar: bool) -> None:
        self._ström = ström
        self._svar = svar
        self._hinder: Exception | None = None

    def __getattr__(self, namn: str) -> Any:
        return getattr(self._ström, namn)

    def write(self, text: str) -> int:
        """Write text."""
        with self._säg_fel():
            self._ström.write(text)
        return len(text)

    def flush(self) -> None:
        """See to it that all has been written."""
        with self._säg_fel():
            self._ström.flush()

    @contextmanager
    def _säg_fel(self) -> Iterator[None]:
        """Say it every time: click catches the first, when it tries what kind of stream this is."""
        if self._hinder:
            raise self._hinder
        try:
            yield
        except OSError as fel:
            self._släpp()
            if not self._svar:
                return
            är_nog = isinstance(fel, BrokenPipeError)  # the program that reads has enough
            self._hinder = fel if är_nog else SvaretGickInte(f"Svaret kunde inte skrivas: {orsak(fel)}.")
            raise self._hinder from None

    def _släpp(self) -> None:
        """Let what is left in the stream go nowhere, so that Python does not try again when it ends."""
        with suppress(OSError, ValueError):
            ingenstans = os.open(os.devnull, os.O_WRONLY)
            os.dup2(ingenstans, self._ström.fileno())
            os.close(ingenstans)


def _öppna_strömmarna() -> None:
    """Let no file of the program get the number of a stream that was closed: its forks write to those numbers."""
    while (nummer := os.open(os.devnull, os.O_RDWR)) < 3:
        os.set_inheritable(nummer, True)
    os.close(nummer)


def _utan_tecknet(fel: UnicodeError) -> tuple[str, int]:
    """For a stream: the nearest that its terminal has, instead of a character that it lacks."""
    if not isinstance(fel, UnicodeEncodeError):
        raise fel
    nära = (ERSÄTTNING.get(t) or unicodedata.normalize("NFKD", t)[0] for t in fel.object[fel.start : fel.end])
    return "".join(t if t.isascii() else "?" for t in nära), fel.end


codecs.register_error("finsam", _utan_tecknet)


@contextmanager
def med_strömmar() -> Iterator[None]:
    """For a command: its streams as Terminalström, and a letter that the terminal lacks stops nothing."""
    _öppna_strömmarna()
    före = sys.stdout, sys.stderr
    for ström in före:
        if isinstance(ström, io.TextIOWrapper):
            ström.reconfigure(errors="finsam")
    sys.stdout = Terminalström(före[0], svar=True) if före[0] else före[0]
    sys.stderr = Terminalström(före[1], svar=False) if före[1] else före[1]
    try:
        yield
    finally:
        sys.stdout, sys.stderr = före


@contextmanager
def avslutas_ordnat() -> Iterator[None]:
    """Raise Avslutad when the system ends the program or its terminal is closed, so that it tidies up after itself."""

    def avsluta(nummer: int, _: Any) -> None:
        raise Avslutad(nummer)

    namn = ("SIGTERM", "SIGHUP", "SIGBREAK") if threading.current_thread() is threading.main_thread() else ()
    signaler = [getattr(signal, n) for n in namn if hasattr(signal, n)]
    egna = [s for s in signaler if signal.getsignal(s) == signal.SIG_DFL]  # with nohup one is ignored, and stays so
    for ett in egna:
        signal.signal(ett, avsluta)
    try:
        yield
    finally:
        for ett in egna:
            signal.signal(ett, signal.SIG_DFL)


@contextmanager
def fånga_problem(som_json: bool) -> Iterator[None]:
    """Say what is wrong with the input, all of it, and leave with code 2."""
    try:
        yield
    except (UnreadableInput, OSError) as fel:
        svar = hinder(fel, som_json=som_json)
        if som_json:
            visa_json(svar)
        sys.exit(OANVÄNDBART)


def hinder(fel: UnreadableInput | OSError, *, som_json: bool) -> dict[str, Any]:
    """Say what is wrong with the input, unless that is for --json to do; the same as --json gives it."""
    problem = problem_i(fel)
    if not som_json:
        visa_problem(problem)
    return {"problem": [problem_json(p) for p in problem]}


def problem_i(fel: UnreadableInput | OSError) -> tuple[Problem, ...]:
    """What is wrong with the input; a folder that the system does not let us read is that too."""
    if isinstance(fel, UnreadableInput):
        return fel.problem
    if isinstance(fel, BrokenPipeError):
        raise fel
    return (Problem("fel", f"Går inte att läsa ({orsak(fel)}).", str(fel.filename or "")),)


def problem_json(p: Problem) -> dict[str, str]:
    """A problem as --json gives it."""
    return {"niva": p.nivå, "fil": p.fil, "plats": p.plats, "text": p.text}


def synlig(text: str) -> str:
    """Text from a file as the terminal may show it: no control characters, nothing that turns the line."""
    return "".join(t if t.isprintable() or t == "\n" else "�" for t in text.replace("\u00a0", " "))


def ren(text: str) -> str:
    """The same where rich prints it: no markup."""
    return escape(synlig(text))


def stycke(text: str, först: str = "", färg: str = "", *, bryts: bool = True) -> str:
    """Text as lines for rich, cut between words to the terminal's width; what goes `först` has the colour, and the
    lines after it are set in as far. Without `först` all of it has the colour. What programs read line by line is cut
    only where a person reads (`bryts`).
    """
    bredd = max(SMALAST, min(ut.width, BREDAST)) if bryts else len(text) + len(först) + 1
    rader = textwrap.wrap(text, bredd - len(först), break_long_words=False, break_on_hyphens=False)
    allt = f"\n{' ' * len(först)}".join(map(ren, rader))
    if not färg:
        return ren(först) + allt
    return f"[{färg}]{ren(först)}[/]{allt}" if först else f"[{färg}]{allt}[/]"


def visa_problem(problem: Sequence[Problem]) -> None:
    """Why the inputs cannot be used, each problem on a line."""
    antal = sum(p.nivå == "fel" for p in problem)
    felut.print(f"[bold red]Underlaget kan inte användas: {antal} fel.[/] Ingenting har skrivits.")
    for p in problem:
        if p.nivå != "upplysning":
            felut.print(stycke(str(p), f"  {p.nivå} ", FÄRG[p.nivå], bryts=felut.is_terminal))


def visa_json(data: Any) -> None:
    """The answer of --json; a character that cannot be seen is written by its code."""
    text = json.dumps(data, ensure_ascii=False, indent=1)
    click.echo("".join(t if t.isprintable() or t == "\n" else json.dumps(t)[1:-1] for t in text))


@contextmanager
def mätare(*, tyst: bool) -> Iterator[Callable[[int], Callable[[str], None]]]:
    """A progress bar on stderr, one step for each section and each kind of file."""
    kolumner = (TextColumn("{task.description:<28}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*kolumner, console=felut, disable=tyst, auto_refresh=False) as visare:

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


def väntan(*, tyst: bool) -> AbstractContextManager[object]:
    """A sign on the terminal that a large file is being read."""
    return nullcontext() if tyst else felut.status("Läser …")
