"""`finsam status`: what there is of a year, what hinders, which documents are old, what to do next."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from finsam.model.belopp import HÅRT_BLANK
from finsam.model.ord import antal
from finsam.run.cli import besked
from finsam.run.cli.terminal import (
    INGET_UNDERLAG,
    OANVÄNDBART,
    UTMAPP,
    felut,
    fånga_problem,
    inputs_val,
    json_val,
    outputs_val,
    rapport_val,
    ren,
    stycke,
    ut,
    visa_json,
    väntan,
)

if TYPE_CHECKING:
    from finsam.run.status.svar import Dokument, Status, Underlagsdel

_TECKEN = {"finns": ("green", "✓"), "saknas": ("bold red", "✗"), "problem": ("yellow", "!"), "valfri": ("cyan", "–")}
_BREDD = 24
"""Characters for what an input is called."""
_KÖRNINGAR = 5
"""Runs that are listed when not all are asked for."""


@click.command(name="status")
@click.argument("förbund", metavar="[FÖRBUND]", default="")
@click.argument("år", metavar="[ÅR]", type=int, default=0)
@rapport_val
@click.option(
    "--mot", metavar="KÖRNING", default="", help="Visa vad som har ändrats sedan en körning: 3, senaste, förra."
)
@click.option("--utforligt", "utförligt", is_flag=True, help="Visa allt, var för sig.")
@inputs_val
@outputs_val
@json_val
def kommando(
    förbund: str, år: int, rapport: str, mot: str, utförligt: bool, inputs: Path | None, outputs: Path, som_json: bool
) -> None:
    """Visa hur ett år ligger till: vad som finns, vad som fattas och vad som är gjort. Utan år: alla som finns."""
    if not år:
        if mot:
            raise click.UsageError("Ange förbund och år för att jämföra med en körning.")
        _alla(förbund, inputs, outputs, som_json=som_json)
    elif mot:
        _jämfört((förbund, år, rapport), mot, inputs, outputs, utförligt=utförligt, som_json=som_json)
    else:
        from finsam.run.status.json import status_json
        from finsam.run.status.las import läs_status

        with fånga_problem(som_json), väntan(tyst=som_json):
            s = läs_status(förbund, år, rapport, inputs=inputs, outputs=outputs)
        if som_json:
            visa_json(status_json(s))
        else:
            _visa(s, inputs, outputs, utförligt=utförligt)


def _alla(förbund: str, inputs: Path | None, outputs: Path, *, som_json: bool) -> None:
    """A line for each report that there is input for."""
    from finsam.run.status.json import val_json
    from finsam.run.status.las import alla_lägen

    with fånga_problem(som_json):
        alla = alla_lägen(inputs, outputs, förbund)
    if som_json:
        visa_json([val_json(ett) for ett in alla])
        return
    if not alla:
        ut.print(INGET_UNDERLAG)
    bredd = max((len(f"{slug} {år} {d.rapport}") for slug, _, år, d in alla), default=0)
    for slug, _, år, d in alla:
        färg, tecken = _märke(d)
        vad = f"{slug} {år} {d.rapport}"
        ut.print(f"[{färg}]{tecken}[/] {ren(vad.ljust(bredd))}  {ren(_läge(d))}")


def _märke(d: Dokument) -> tuple[str, str]:
    """The colour and the sign of how a document stands."""
    return ("green", "✓") if d.aktuellt else ("yellow", "!") if d.filer else ("cyan", "–")


def _läge(d: Dokument) -> str:
    """How a document stands, in a few words."""
    if d.slag == "saknas":
        return "går inte att läsa, skapa om" if d.filer else "inte skapad"
    if d.äldre_än:
        return f"{d.slag}, äldre än underlaget ({antal(len(d.äldre_än), 'fil', 'filer')})"
    return f"{d.slag}, aktuell"


# ---------------------------------------------------------------- one year


def _visa(s: Status, inputs: Path | None, outputs: Path, *, utförligt: bool) -> None:
    ut.print(stycke(f"{s.namn}, {s.titel}", färg="bold"))
    ut.print()
    ut.print("[bold]Underlag[/]")
    for rad in _underlaget(s, utförligt=utförligt):
        ut.print(rad)
    ut.print()
    if s.läst:
        if besked.visa_findings(s.anmärkningar, besked.HÖGST, utförligt=utförligt):
            allt = besked.kommando("status", s.förbund, s.år, s.rapport, inputs, "--utforligt")
            besked.visa_slut(("Allt, var för sig", allt))
        ut.print()
    ut.print("[bold]Dokument[/]")
    for d in s.dokument:
        _visa_dokument(d, outputs, utförligt=utförligt)
    ut.print()
    if s.körningar or s.oläsliga:
        _visa_historik(s, outputs, utförligt=utförligt)
        ut.print()
    ut.print(stycke(s.nästa, "Nästa steg: ", "bold"))
    if s.kommando:
        besked.visa_slut(("Kommando", _kommandot(s, inputs, outputs)))


def _underlaget(s: Status, *, utförligt: bool) -> Iterator[str]:
    """Each input; texts that nothing is said of are one line, and what is not there and need not be another."""
    frivilliga = [del_ for del_ in s.underlag if del_.läge == "valfri"]
    färdiga = [del_ for del_ in s.underlag if _är_bara_text(del_) and not utförligt]
    for del_ in s.underlag:
        if del_ not in frivilliga and del_ not in färdiga:
            yield from _underlagsdel(del_, läst=s.läst)
    if färdiga:
        ord_ = ("skriven text", "skrivna texter") if s.läst else ("fil", "filer")
        yield stycke(antal(len(färdiga), *ord_), *_början("finns", "Texter"))
    for del_ in frivilliga if utförligt else ():
        yield from _underlagsdel(del_, läst=s.läst)


def _är_bara_text(del_: Underlagsdel) -> bool:
    return del_.id.startswith("text/") and del_.läge == "finns" and "," not in del_.säger


def _underlagsdel(del_: Underlagsdel, *, läst: bool) -> Iterator[str]:
    """An input, and what is wrong with it; a problem hinders when the inputs cannot be read."""
    läge = "saknas" if del_.läge == "problem" and not läst else del_.läge
    yield stycke(del_.säger or del_.fil, *_början(läge, del_.namn))
    for problem in del_.problem:
        if not problem.endswith(f": {del_.säger}"):
            yield stycke(problem, "    ")


def _början(läge: str, namn: str) -> tuple[str, str]:
    """What a line begins with, and its colour."""
    färg, tecken = _TECKEN[läge]
    return f"{tecken} {namn.ljust(_BREDD)} ", färg


def _visa_dokument(d: Dokument, outputs: Path, *, utförligt: bool) -> None:
    from finsam.model.ord import versal
    from finsam.model.rapport import RAPPORTER
    from finsam.run.status.sedan import när

    färg, tecken = _märke(d)
    gjort = f", gjord {när(d.gjort).replace(' ', HÅRT_BLANK)}" if d.gjort else ""
    ut.print(stycke(f"{_läge(d)}{gjort}", f"{tecken} {versal(RAPPORTER[d.rapport].ord)}: ", färg))
    if d.äldre_än:
        sagda = d.äldre_än if utförligt else d.äldre_än[:5]
        fler = f" och {len(d.äldre_än) - len(sagda)} till" if len(sagda) < len(d.äldre_än) else ""
        ut.print(stycke(f"{', '.join(sagda)}{fler}.", "  ändrat sedan dess: "))
    if d.annat_program and not d.äldre_än:
        ut.print(stycke("Gjord med en annan version av programmet.", "  "))
    for fil in d.filer if utförligt else d.filer[:1]:
        besked.visa_slut(("  Öppna", outputs / fil))


def _visa_historik(s: Status, outputs: Path, *, utförligt: bool) -> None:
    from finsam.run.status.sedan import när

    ut.print("[bold]Historik[/]")
    for k in s.körningar if utförligt else s.körningar[:_KÖRNINGAR]:
        slag = "utkast" if k.utkast else "slutlig"
        ut.print(stycke(k.ändrat or "den första", f"{k.nr:>4}  {när(k.gjort)}  {slag:<7}  "))
    if not utförligt and (fler := len(s.körningar) - _KÖRNINGAR) > 0:
        ut.print(f"      och {fler} till (--utforligt)")
    for fil in s.oläsliga:
        ut.print(stycke(f"{outputs / fil} kan inte läsas. Ta bort den.", "  ! ", "yellow"))


def _kommandot(s: Status, inputs: Path | None, outputs: Path) -> str:
    """The command of the next step."""
    dit = () if s.kommando == "kontrollera" or outputs == UTMAPP else ("--outputs", str(outputs))
    return besked.kommando(s.kommando, s.förbund, s.år, s.rapport, inputs, *dit)


# ---------------------------------------------------------------- what has changed


def _jämfört(
    fråga: tuple[str, int, str], mot: str, inputs: Path | None, outputs: Path, *, utförligt: bool, som_json: bool
) -> None:
    from finsam.model.rapport import rapportslag
    from finsam.read.arsmapp import check_år, hitta_inputs, rapporten
    from finsam.run.cli.skillnad import visa_skillnad
    from finsam.run.status.json import skillnad_json
    from finsam.run.status.las import förbundets_namn
    from finsam.run.status.sedan import KörningSaknas, skillnad

    förbund, år, rapport = fråga
    with fånga_problem(som_json), väntan(tyst=som_json):
        rot = hitta_inputs(inputs)
        check_år(rot, förbund, år)
        slag = rapportslag(rapport or rapporten(förbund, år, inputs))
        try:
            s = skillnad(förbund, år, slag.id, mot, outputs=outputs, inputs=rot)
        except KörningSaknas as fel:
            if som_json:
                raise
            felut.print(f"[bold red]Det går inte att jämföra.[/] {ren(str(fel))}")
            sys.exit(OANVÄNDBART)
    if som_json:
        visa_json(skillnad_json(s))
        return
    ut.print(stycke(f"{förbundets_namn(rot, förbund)}, {slag.titel(år)}", färg="bold"))
    visa_skillnad(s, utförligt=utförligt)
