"""`finsam verifiera` and `finsam plombera`: for the auditor, and for who closes the year."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from finsam.model.problem import UnreadableInput
from finsam.run.cli.terminal import OANVÄNDBART, UTKAST, inputs_val, json_val, mätare, rapport_val, ren, skriv_json, ut

if TYPE_CHECKING:
    from datetime import datetime

    from finsam.model.plomb import Händelse
    from finsam.prove.verifiera.plats import Plats, Steg

VISAS = 20
"""How many problems of a step are shown in the terminal; --json has them all."""
_TECKEN = {
    "stämmer": ("green", "✓"),
    "skiljer": ("bold red", "✗"),
    "oklart": ("yellow", "?"),
    "upplysning": ("cyan", "i"),
}
_SLUT = (
    "[green]Allt stämmer.[/]",
    "[bold red]Något skiljer.[/] Se raderna med ✗.",
    "[yellow]Allt kunde inte prövas.[/] Se raderna med ?.",
)


@click.command(name="verifiera")
@click.argument("katalog", metavar="KATALOG", type=click.Path(path_type=Path))
@click.option(
    "--niva",
    "nivå",
    type=click.IntRange(0, 2),
    default=2,
    show_default=True,
    help="0 filer, 1 och tal, 2 och omkörning.",
)
@inputs_val
@json_val
def verifiera_kommando(katalog: Path, nivå: int, inputs: Path | None, som_json: bool) -> None:
    """Pröva en körnings mapp eller ett paket (.zip eller uppackat).

    Är filerna orörda (nivå 0), står samma tal överallt (nivå 1), och ger en ny körning här samma tal (nivå 2)?
    Inget ur paketet körs: den nya körningen görs med finsams egna avsnitt, och paketets jämförs med dem.
    Felkod 0: allt stämmer, 1: något skiljer, 2: allt kunde inte prövas.
    """
    from finsam.prove.manifest import KanInteVerifieras
    from finsam.prove.verifiera.plats import hitta
    from finsam.run.verifiera import OKLART, utfall, verifiera

    try:
        with hitta(katalog, inputs) as plats, mätare(tyst=som_json or nivå < 2) as framsteg:
            if not som_json:
                _visa_plats(plats)
            steg = []
            for ett in verifiera(plats, nivå, framsteg):
                steg.append(ett)
                if not som_json:
                    _visa_steg(ett)
            kod = utfall(steg)
            if som_json:
                skriv_json(_json(plats, nivå, kod, steg))
    except KanInteVerifieras as fel:
        if som_json:
            skriv_json({"utfall": "oklart", "fel": str(fel)})
        else:
            click.echo(f"Kan inte verifieras: {ren(str(fel))}", err=True)
        sys.exit(OKLART)
    if not som_json:
        ut.print(_SLUT[kod])
    sys.exit(kod)


@click.command(name="plombera")
@click.argument("förbund", metavar="FÖRBUND")
@click.argument("år", metavar="ÅR", type=int)
@rapport_val
@click.option("--namn", default="", help="Vem som plomberar eller öppnar.")
@click.option("--datum", type=click.DateTime(["%Y-%m-%d"]), help="Dagen, till exempel 2025-02-21.")
@click.option(
    "--oppna", "öppnas", is_flag=True, help="Öppna plomben, med --skal. Det som plomberades står kvar i loggen."
)
@click.option("--skal", "skäl", default="", help="Varför plomben öppnas.")
@click.option("--visa", is_flag=True, help="Visa loggen, utan att ändra något.")
@inputs_val
@click.option("--outputs", type=click.Path(path_type=Path), default=Path("outputs"), show_default=True)
@json_val
def plombera_kommando(
    förbund: str,
    år: int,
    rapport: str,
    namn: str,
    datum: datetime | None,
    öppnas: bool,
    skäl: str,
    visa: bool,
    inputs: Path | None,
    outputs: Path,
    som_json: bool,
) -> None:
    """Plombera en färdig rapport: underlag, tal och dokument får en gemensam kontrollsumma i plomb.json.

    Sedan säger kontrollerna till om underlaget ändras (C26) och om nästa års ingående balans (C29) eller jämförelsetal
    (C38) inte är de plomberade. Ett utkast, eller en rapport vars filer inte stämmer, plomberas inte (felkod 1).
    """
    from finsam.run.plomb import KanIntePlomberas, plombera, read_logg, öppna_plomb

    if not visa and not (namn.strip() and datum):
        raise click.UsageError("Ange --namn och --datum: vem som gör det, och vilken dag.")
    if öppnas and not skäl.strip():
        raise click.UsageError("Ange --skal: varför plomben öppnas.")
    try:
        if visa:
            händelser = read_logg(förbund, år, inputs).händelser
        elif öppnas:
            assert datum
            händelser = (öppna_plomb(förbund, år, rapport, inputs, namn.strip(), datum.date(), skäl.strip()),)
        else:
            assert datum
            händelser = (plombera(förbund, år, rapport, inputs, outputs, namn.strip(), datum.date()),)
    except (UnreadableInput, KanIntePlomberas) as fel:
        _visa_vägran(str(fel).splitlines(), som_json=som_json)
        sys.exit(OANVÄNDBART if isinstance(fel, UnreadableInput) else UTKAST)
    if som_json:
        skriv_json([_händelse_json(h) for h in händelser])
    else:
        for h in händelser:
            _visa_händelse(h)
        if not händelser:
            click.echo(f"{förbund} {år} är inte plomberat.")


def _visa_vägran(skäl: list[str], *, som_json: bool) -> None:

    if som_json:
        skriv_json({"fel": skäl})
        return
    click.echo("Ingenting har skrivits:", err=True)
    for rad in skäl:
        click.echo(f"  {ren(rad)}", err=True)


def _visa_händelse(h: Händelse) -> None:
    from finsam.model.plomb import RES, UB

    vad = f"{ren(h.rapport)} {h.år}"
    vem = f"{h.datum.isoformat()} av {ren(h.namn)}"
    if h.skäl:
        ut.print(f"{vad}: plomben öppnad {vem}. Skäl: {ren(h.skäl)}")
    else:
        filer, saldon = sum(ett.värde is None for ett in h.löv), len(h.saldon(UB)) + len(h.saldon(RES))
        ut.print(f"{vad}: plomberad {vem}: {filer} filer, {len(h.fakta)} fakta, {saldon} saldon.")
    ut.print(f"Rot: {h.rot}")


def _händelse_json(h: Händelse) -> dict[str, object]:
    return {
        "handling": h.handling,
        "rapport": h.rapport,
        "namn": h.namn,
        "datum": h.datum.isoformat(),
        "skal": h.skäl,
        "rot": h.rot,
        "lov": len(h.löv),
    }


def _visa_plats(plats: Plats) -> None:

    ut.print(f"[bold]{ren(plats.rubrik)}[/]")
    if plats.zip_:
        ut.print(f"{ren(plats.zip_[0].name)} har SHA-256 {plats.zip_[1]}")


def _visa_steg(steg: Steg) -> None:

    färg, tecken = _TECKEN[steg.utfall]
    ut.print(f"[{färg}]{tecken}[/] nivå {steg.nivå}  {ren(steg.namn)}: {ren(steg.text)}")
    for problem in steg.problem[:VISAS]:
        ut.print(f"      {ren(problem)}")
    if len(steg.problem) > VISAS:
        ut.print(f"      och {len(steg.problem) - VISAS} till (--json visar alla)")


def _json(plats: Plats, nivå: int, kod: int, steg: Iterable[Steg]) -> dict[str, object]:
    k = plats.körning
    return {
        "forbund": k.parametrar.förbund,
        "ar": k.parametrar.år,
        "rapport": k.rapport,
        "niva": nivå,
        "utfall": ("stämmer", "skiljer", "oklart")[kod],
        "sha256": plats.zip_[1] if plats.zip_ else None,
        "steg": [s.json() for s in steg],
    }
