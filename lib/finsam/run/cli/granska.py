"""`finsam granska`: a report that someone else has made, held against itself."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from finsam.run.cli.terminal import OANVÄNDBART, OK, SvaretGickInte, felut, json_val, ren, stycke, ut, visa_json, väntan

FYND = 1
"""The exit code when something is found."""
_FÄRG = {"hindrar": ("bold red", "✗"), "att ta ställning till": ("yellow", "!"), "bra att veta": ("cyan", "i")}


@click.command(name="granska")
@click.argument("filer", metavar="FIL...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--html", "html", metavar="FIL", type=click.Path(path_type=Path), help="Skriv svaret som en sida.")
@click.option("--allt", is_flag=True, help="Visa också det som är för osäkert för att räknas.")
@json_val
def kommando(filer: tuple[Path, ...], html: Path | None, allt: bool, som_json: bool) -> None:
    """Granska en färdig rapport (PDF, Word eller text), vem som än har gjort den: vad i den kan inte stämma?

    Flera filer av samma förbund hålls också mot varandra: plan, årsredovisning, förra årets. Ligger bokföringen
    (SIE) eller finsams rapport.json bredvid hålls rapporten mot den.
    Inget i filerna körs och inget hämtas. Bara det som kan läsas säkert jämförs.
    Felkod 0: inget funnet, 1: något funnet, 2: ingen fil kunde läsas.
    """
    from finsam.granska.barn import granska_filer

    with väntan(tyst=som_json):
        svar = granska_filer(filer)
    if html is not None:
        _skriv(html, svar)
    if som_json:
        from finsam.granska.svar import lista

        visa_json(lista(svar))
        for fil, fel in svar["olasliga"].items():
            felut.print(f"{ren(fil)}: {ren(fel)}")
    else:
        _visa(svar, allt=allt)
    sys.exit(FYND if svar["fynd"] else OK if svar["lasta"] else OANVÄNDBART)


def _skriv(fil: Path, svar: Mapping[str, Any]) -> None:
    from finsam.granska.sida import sida
    from finsam.model.problem import orsak

    try:
        fil.write_text(sida(svar), "utf-8", newline="\n")
    except OSError as fel:
        raise SvaretGickInte(f"Sidan kunde inte skrivas: {orsak(fel)}.") from fel


def _visa(svar: Mapping[str, Any], *, allt: bool) -> None:
    """The findings in their groups, and what they rest on."""
    from finsam.granska.svar import NIVÅER, RUBRIK, jämfördes, lästs, prövades, svaret

    flera = len(svar["lasta"]) > 1
    for nivå in NIVÅER:
        fynd = [f for f in svar["fynd"] if f["niva"] == nivå]
        if fynd:
            ut.print(f"[bold]{RUBRIK[nivå]}: {len(fynd)}[/]")
        for f in fynd:
            _visa_fynd(f, flera=flera)
    if allt and svar.get("osakra"):
        ut.print("[bold]Att titta på (osäkert, räknas inte)[/]")
        for f in svar["osakra"]:
            _visa_fynd(f, flera=flera)
    for fil, fel in svar["olasliga"].items():
        ut.print(stycke(f"{fil}: {fel}", "Inte läst: ", "bold red"))
    for läst in svar["lasta"]:
        ut.print(stycke(lästs(läst), "Läst: "))
    for bredvid in svar["bredvid"]:
        ut.print(stycke(jämfördes(bredvid), "Bredvid: "))
    if prövat := prövades(svar):
        ut.print(stycke("; ".join(f"{om} ({antal})" for _, om, antal in prövat) + ".", "Prövat: "))
    ut.print(f"[bold]{ren(svaret(svar))}[/]")


def _visa_fynd(f: Mapping[str, Any], *, flera: bool) -> None:
    from finsam.granska.svar import plats

    färg, tecken = _FÄRG[f["niva"]]
    ut.print(stycke(f["text"], f"{tecken} {f['kod']}  ", färg))
    for ställe in f["stallen"]:
        ut.print(stycke(f"{plats(ställe, flera=flera)}: ”{' '.join(ställe['citat'].split())}”", "       "))
    if f["utrakning"]:
        ut.print(stycke(f["utrakning"], "       "))
    for följd in f["foljder"]:
        ut.print(stycke(följd["text"], "       följer av detta: "))
    ut.print()
