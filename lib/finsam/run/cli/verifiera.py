"""`finsam verifiera`: for the auditor."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from finsam.run.cli.terminal import SKRIVFEL, inputs_val, json_val, mätare, ren, stycke, synlig, ut, visa_json

if TYPE_CHECKING:
    from finsam.prove.verifiera.plats import Plats, Steg

VISAS, VISAS_ANNARS = 20, 8
"""How many problems of a step are shown in the terminal when it differs, and else; --json has them all."""
_TECKEN = {
    "stämmer": ("green", "✓"),
    "skiljer": ("bold red", "✗"),
    "oklart": ("yellow", "?"),
    "upplysning": ("cyan", "i"),
}
_SLUT = ("[green]Allt stämmer.[/]", "[bold red]Något skiljer.[/]", "[yellow]Allt kunde inte prövas.[/]")
_STÄMMER_MED_UPPLYSNING = "[green]Det som jämfördes stämmer.[/]"
_LÄS = "Läs raderna med i: de säger vad som är annorlunda utan att vara fel."
_ATT_GÖRA = (
    "Jämför nu zipfilens SHA-256 ovan med den som förbundet har uppgett.",
    "Lita inte på det som raderna med ✗ nämner, och visa dem för förbundet.",
    "Gå igenom raderna med ?: jämför själv, eller gör som raden säger.",
)


@click.command(name="verifiera")
@click.argument("katalog", metavar="KATALOG", type=click.Path(path_type=Path))
@click.argument("signerad", metavar="[SIGNERAD]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--niva",
    "nivå",
    type=click.IntRange(0, 1),
    default=1,
    show_default=True,
    help="0 filerna, 1 och omkörning.",
)
@click.option(
    "--protokoll", metavar="FIL", type=click.Path(path_type=Path), help="Skriv arbetspapperet FIL.pdf och FIL.json."
)
@inputs_val
@json_val
def kommando(
    katalog: Path, signerad: Path | None, nivå: int, protokoll: Path | None, inputs: Path | None, som_json: bool
) -> None:
    """Pröva en körnings mapp eller ett paket (.zip eller uppackat).

    Är filerna de som körningen antecknade (nivå 0), och blir varje dokument detsamma när det görs om här (nivå 1)?
    Inget ur paketet körs: omkörningen görs ur underlaget med finsams egna avsnitt, och varje fil jämförs.
    Ge den publicerade PDF:en och en signerad kopia för att se om kopian har den publicerade i sig.
    Felkod 0: allt stämmer, 1: något skiljer, 2: allt kunde inte prövas.
    """
    from finsam.run.verifiera import har_upplysning, utfall

    if signerad and protokoll:
        raise click.UsageError("--protokoll gäller ett paket eller en mapp, inte en signerad kopia.")
    with _säg_hinder(som_json=som_json):
        steg = (
            _pröva_signerad(katalog, signerad, som_json=som_json)
            if signerad
            else _pröva_paket(katalog, nivå, protokoll, inputs, som_json=som_json)
        )
    kod = utfall(steg)
    if not som_json:
        _visa_slutet(kod, läs=har_upplysning(steg), zip_=katalog.is_file() and not signerad)
    sys.exit(kod)


def _visa_slutet(kod: int, *, läs: bool, zip_: bool) -> None:
    """The answer in a line, and what to do with it."""
    ut.print(_STÄMMER_MED_UPPLYSNING if läs and not kod else _SLUT[kod])
    if läs and not kod:
        ut.print(_LÄS)
    if kod or zip_:
        ut.print(_ATT_GÖRA[kod])


@contextmanager
def _säg_hinder(*, som_json: bool) -> Iterator[None]:
    """Say what could not be verified or written, and leave with its code."""
    from finsam.prove.manifest import KanInteVerifieras
    from finsam.run.utmapp import Skrivfel
    from finsam.run.verifiera import OKLART

    try:
        yield
    except Skrivfel as fel:
        click.echo(synlig(str(fel)), err=True)
        sys.exit(SKRIVFEL)
    except KanInteVerifieras as fel:
        if som_json:
            visa_json({"utfall": "oklart", "fel": str(fel)})
        else:
            click.echo(f"Kan inte verifieras: {synlig(str(fel))}", err=True)
        sys.exit(OKLART)


def _pröva_paket(
    katalog: Path, nivå: int, protokoll: Path | None, inputs: Path | None, *, som_json: bool
) -> list[Steg]:
    """A run's folder or a package."""
    from finsam.prove.verifiera.plats import hitta
    from finsam.run.protokoll import protokoll as papper
    from finsam.run.protokoll import svar_json, write_protokoll
    from finsam.run.verifiera import utfall, verifiera

    with hitta(katalog, inputs) as plats, mätare(tyst=som_json or nivå < 1) as framsteg:
        if not som_json:
            _visa_plats(plats)
        steg = _visade(verifiera(plats, nivå, framsteg), som_json=som_json)
        kod = utfall(steg)
        if som_json:
            visa_json(svar_json(plats, nivå, kod, steg))
        skrivna = write_protokoll(papper(plats, nivå, kod, steg), protokoll) if protokoll else ()
    if not som_json:
        for fil in skrivna:
            ut.print(f"Protokoll: {ren(str(fil))}")
    return steg


def _pröva_signerad(publicerad: Path, signerad: Path, *, som_json: bool) -> list[Steg]:
    """Whether a signed copy holds the published PDF."""
    from finsam.prove.verifiera.signerad import pröva_signerad
    from finsam.run.protokoll import UTFALL
    from finsam.run.verifiera import utfall

    summor, prov = pröva_signerad(publicerad, signerad)
    if not som_json:
        for fil, summa in zip((publicerad, signerad), summor, strict=True):
            ut.print(f"{ren(fil.name)} har SHA-256 {summa}")
    steg = _visade(prov, som_json=som_json)
    if som_json:
        svar = {"utfall": UTFALL[utfall(steg)], "publicerad": summor[0], "signerad": summor[1]}
        visa_json(svar | {"steg": [s.json() for s in steg]})
    return steg


def _visade(alla: Iterable[Steg], *, som_json: bool) -> list[Steg]:
    """The steps, each shown as soon as it is done."""
    steg = []
    for ett in alla:
        steg.append(ett)
        if not som_json:
            _visa_steg(ett)
    return steg


def _visa_plats(plats: Plats) -> None:
    ut.print(f"[bold]{ren(plats.rubrik)}[/]")
    if plats.zip_:
        ut.print(f"{ren(plats.zip_[0].name)} har SHA-256 {plats.zip_[1]}")


def _visa_steg(steg: Steg) -> None:
    färg, tecken = _TECKEN[steg.utfall]
    ut.print(stycke(f"nivå {steg.nivå}  {steg.namn}: {steg.text}", f"{tecken} ", färg, bryts=ut.is_terminal))
    visas = VISAS if steg.utfall == "skiljer" else VISAS_ANNARS
    for problem in steg.problem[:visas]:
        ut.print(stycke(problem, "      ", bryts=ut.is_terminal))
    if len(steg.problem) > visas:
        ut.print(f"      och {len(steg.problem) - visas} till (--json visar alla)")
