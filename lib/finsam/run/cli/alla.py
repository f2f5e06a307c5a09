"""`finsam skapa --alla`: all reports there is input for, while they are made and when they are done."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.live import Live
from rich.table import Table

from finsam.run.cli import besked
from finsam.run.cli.terminal import (
    INGET_UNDERLAG,
    NOTEBOOKFEL,
    OANVÄNDBART,
    OK,
    SKRIVFEL,
    UTKAST,
    UTMAPP,
    felut,
    fånga_problem,
    ren,
    stycke,
    ut,
    visa_json,
)

if TYPE_CHECKING:
    from finsam.checks.finding import Finding
    from finsam.run.alla import Jobb, NyExecutor, Utfall

FIL = "alla.csv"
"""How it went for each, as a file in the outputs folder."""
_HUR = {OK: "klar", UTKAST: "utkast"}
_NIVÅER = ("fel", "varning", "upplysning")
_SENASTE = 10
"""Finished reports that the live table shows."""


def skapa_alla(
    jobb: Sequence[Jobb],
    inputs: Path | None,
    outputs: Path,
    visa: Callable[[Utfall], tuple[int, dict[str, Any]]],
    *,
    som_json: bool,
    paket: bool,
    dask: str = "",
) -> int:
    """Make them all, here or on a cluster, and tell of each in order and at last of them all; the highest exit code.

    `visa` tells of one, and gives its exit code and what --json has of it.
    """
    from finsam.read.arsmapp import hitta_inputs
    from finsam.run import alla

    with fånga_problem(som_json), _var(dask, len(jobb)) as (ny, antal):
        if dask:  # its workers stand in other folders
            inputs, outputs = hitta_inputs(inputs).resolve(), outputs.resolve()
        with _följ(len(jobb), antal, tyst=som_json) as följer:
            utfall = alla.skapa_alla(jobb, alla.Arbete(inputs, outputs, paket), följer, antal, ny)
    svar = [visa(ett) for ett in utfall]
    koder = [kod for kod, _ in svar]
    if som_json:
        visa_json([data for _, data in svar])
    else:
        _visa(utfall, koder, inputs)
    if utfall:
        koder.append(_sammanställ(utfall, koder, outputs, tyst=som_json))
    return max(koder, default=OK)


@contextmanager
def _var(dask: str, antal: int) -> Iterator[tuple[NyExecutor | None, int]]:
    """Where reports are made, and how many at once: in processes of this computer, or on a cluster."""
    if dask:
        from finsam.run.cli.kluster import anslut

        with anslut(dask) as (ny, arbetare):
            yield ny, max(1, min(antal, arbetare))
    else:
        from finsam.run.alla import samtidigt

        yield None, samtidigt(antal)


@contextmanager
def _följ(antal: int, samtidigt: int, *, tyst: bool) -> Iterator[Any]:
    """A table on the terminal of what is being made and what was made last."""
    from finsam.run.alla import Följer

    början = time.monotonic()
    igång: dict[Jobb, float] = {}
    klara: list[tuple[str, str, float]] = []

    def tabell() -> Table:
        bild = Table.grid(padding=(0, 2))
        nu = time.monotonic()
        for namn, hur, tid in klara[-_SENASTE:]:
            bild.add_row(ren(namn), hur, f"{tid:.0f} s")
        for ett, sedan in igång.items():
            bild.add_row(ren(_namn(ett)), "görs …", f"{nu - sedan:.0f} s")
        bild.add_row(f"[bold]{len(klara)} av {antal}[/]", f"{samtidigt} i taget", f"{nu - början:.0f} s")
        return bild

    def började(ett: Jobb) -> None:
        igång[ett] = time.monotonic()

    def blev_klar(utfall: Utfall) -> None:
        tid = time.monotonic() - igång.pop(utfall.jobb, time.monotonic())
        hur = "fanns redan" if utfall.fanns else _hur(kod_för(utfall))
        klara.append((_namn(utfall.jobb), hur, tid))

    if tyst or not felut.is_terminal:
        yield Följer(lambda _: None, lambda _: None)
        return
    with Live(console=felut, get_renderable=tabell, refresh_per_second=2, transient=True, redirect_stdout=False):
        yield Följer(började, blev_klar)


def _namn(jobb: Jobb) -> str:
    förbund, år, rapport = jobb
    return f"{förbund} {år} {rapport}"


def kod_för(utfall: Utfall) -> int:
    """The exit code of one."""
    from finsam.model.problem import UnreadableInput
    from finsam.run.notebook import NotebookFel

    if utfall.resultat:
        return UTKAST if utfall.resultat.utkast else OK
    if isinstance(utfall.fel, (UnreadableInput, OSError)):
        return OANVÄNDBART
    return NOTEBOOKFEL if isinstance(utfall.fel, NotebookFel) else SKRIVFEL


def _hur(kod: int) -> str:
    return _HUR.get(kod, "inte gjord")


def _antal(findings: Sequence[Finding]) -> list[int]:
    return [sum(f.nivå == nivå for f in findings) for nivå in _NIVÅER]


def _visa(utfall: Sequence[Utfall], koder: Sequence[int], inputs: Path | None) -> None:
    """How it went for all of them, and what to look at first."""
    if not utfall:
        ut.print(INGET_UNDERLAG)
        return
    klara = koder.count(OK)
    if len(utfall) > 1:
        ut.print(_tabell(utfall, koder))
    ut.print(f"[bold]Klara rapporter: {klara} av {len(utfall)}.[/]{' Inget hindrar.' if klara == len(utfall) else ''}")
    if fanns := sum(ett.fanns for ett in utfall):
        ut.print(stycke(f"Redan gjorda av samma underlag med samma program, och därför kvar som de var: {fanns}."))
    for ett, kod in zip(utfall, koder, strict=True):
        if kod != OK:
            vad = "Utkast" if kod == UTKAST else "Inte gjord"
            besked.visa_slut((vad, besked.kommando("kontrollera", *ett.jobb, inputs)))


def _tabell(utfall: Sequence[Utfall], koder: Sequence[int]) -> Table:
    tabell = Table(box=None, pad_edge=False, header_style="bold")
    for rubrik in ("Rapport", "Läge", "Fel", "Varningar", "Upplysningar"):
        tabell.add_column(rubrik, justify="left" if rubrik in ("Rapport", "Läge") else "right")
    for ett, kod in zip(utfall, koder, strict=True):
        tal = map(str, _antal(ett.resultat.findings)) if ett.resultat else ("", "", "")
        tabell.add_row(ren(_namn(ett.jobb)), _hur(kod), *tal)
    return tabell


def _sammanställ(utfall: Sequence[Utfall], koder: Sequence[int], outputs: Path, *, tyst: bool) -> int:
    """Write how it went for each as a file; tells with an exit code whether that went well."""
    from finsam.run.utmapp import Skrivfel

    try:
        fil = _write_sammanställning(utfall, koder, outputs)
    except Skrivfel as fel:
        felut.print(f"[bold red]Sammanställningen kunde inte skrivas.[/] Rapporterna är klara.\n  {ren(str(fel))}")
        return SKRIVFEL
    if not tyst:
        besked.visa_slut(("Alla som tabell", fil))
    return OK


def _write_sammanställning(utfall: Sequence[Utfall], koder: Sequence[int], outputs: Path) -> Path:
    """Write the same as a file for a spreadsheet, with what stopped those that were not made."""
    from finsam.report.csv import csv
    from finsam.run.utmapp import halvfärdig, säg_skrivfel

    rubriker = ("Förbund", "År", "Rapport", "Läge", "Fel", "Varningar", "Upplysningar", "Tal", "Knutna tal", "Hinder")
    rader = [rubriker, *(_rad(ett, kod, outputs) for ett, kod in zip(utfall, koder, strict=True))]
    fil = outputs / FIL
    with säg_skrivfel(fil):
        outputs.mkdir(parents=True, exist_ok=True)
        (ny := halvfärdig(fil)).write_text(csv(rader), "utf-8", newline="")
        ny.replace(fil)
    return fil


def _rad(utfall: Utfall, kod: int, outputs: Path) -> tuple[str | Decimal | None, ...]:
    förbund, år, rapport = utfall.jobb
    början = (förbund, Decimal(år), rapport, _hur(kod))
    if not utfall.resultat:
        hinder = str(utfall.fel).replace(os.path.realpath(outputs), UTMAPP.name).replace("\n", "; ")
        return (*början, *[None] * (len(_NIVÅER) + 2), hinder)
    garanti = utfall.resultat.siffergaranti
    return (*början, *map(Decimal, (*_antal(utfall.resultat.findings), garanti.tal, garanti.bundna)), None)
