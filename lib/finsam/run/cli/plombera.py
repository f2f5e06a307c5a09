"""`finsam plombera`: for who closes the year."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from finsam.model.ord import antal
from finsam.model.problem import UnreadableInput
from finsam.run.cli.terminal import (
    OANVÄNDBART,
    UTKAST,
    inputs_val,
    json_val,
    outputs_val,
    rapport_val,
    ren,
    synlig,
    ut,
    visa_json,
)

if TYPE_CHECKING:
    from finsam.model.plomb import Händelse


@dataclass(frozen=True, slots=True)
class Ärende:
    """Which report is to be sealed or opened, where it lies, and who does it when and why."""

    förbund: str
    år: int
    rapport: str
    inputs: Path | None
    outputs: Path
    namn: str
    datum: datetime | None
    skäl: str

    def vem_och_när(self) -> tuple[str, date]:
        """Who does it and which day; both are asked for."""
        if not (self.namn.strip() and self.datum):
            raise click.UsageError("Ange --namn och --datum: vem som gör det, och vilken dag.")
        return self.namn.strip(), self.datum.date()

    def varför(self) -> str:
        """Why a seal is opened, which is asked for."""
        if not self.skäl.strip():
            raise click.UsageError("Ange --skal: varför plomben öppnas.")
        return self.skäl.strip()


@click.command(name="plombera")
@click.argument("förbund", metavar="FÖRBUND")
@click.argument("år", metavar="ÅR", type=int)
@rapport_val
@click.option("--namn", default="", help="Vem som plomberar eller öppnar.")
@click.option(
    "--datum", metavar="ÅÅÅÅ-MM-DD", type=click.DateTime(["%Y-%m-%d"]), help="Dagen, till exempel 2025-02-21."
)
@click.option(
    "--oppna", "öppnas", is_flag=True, help="Öppna plomben, med --skal. Det som plomberades står kvar i loggen."
)
@click.option("--skal", "skäl", default="", help="Varför plomben öppnas.")
@click.option("--visa", is_flag=True, help="Visa loggen, utan att ändra något.")
@inputs_val
@outputs_val
@json_val
def kommando(*, öppnas: bool, visa: bool, som_json: bool, **givet: Any) -> None:
    """Plombera en färdig rapport: underlag, tal och dokument får en gemensam kontrollsumma i plomb.json.

    Sedan säger kontrollerna till om underlaget ändras (C26) och om nästa års ingående balans (C29) eller jämförelsetal
    (C38) inte är de plomberade. Ett utkast, eller en rapport vars filer inte stämmer, plomberas inte (felkod 1).
    """
    from finsam.read.arsmapp import rapporten

    ärende = Ärende(**givet)
    with _säg_vägran(som_json=som_json):
        if not ärende.rapport:
            ärende = replace(ärende, rapport=rapporten(ärende.förbund, ärende.år, ärende.inputs))
        händelser = _logg(ärende) if visa else (_öppna(ärende) if öppnas else _plombera(ärende),)
    if som_json:
        visa_json([_händelse_json(h) for h in händelser])
        return
    for h in händelser:
        _visa_händelse(h)
    if not händelser:
        click.echo(f"{ärende.förbund} {ärende.år} är inte plomberat.")


def _plombera(ä: Ärende) -> Händelse:
    from finsam.run.plomb import plombera

    return plombera(ä.förbund, ä.år, ä.rapport, ä.inputs, ä.outputs, *ä.vem_och_när())


def _öppna(ä: Ärende) -> Händelse:
    from finsam.run.plomb import öppna_plomb

    namn, dag = ä.vem_och_när()
    return öppna_plomb(ä.förbund, ä.år, ä.rapport, ä.inputs, namn, dag, ä.varför())


def _logg(ä: Ärende) -> tuple[Händelse, ...]:
    from finsam.run.plomb import read_logg

    return read_logg(ä.förbund, ä.år, ä.inputs).händelser


@contextmanager
def _säg_vägran(*, som_json: bool) -> Iterator[None]:
    """Say why nothing is sealed or opened, and leave: the inputs cannot be used, or the run is not fit to be sealed."""
    from finsam.run.plomb import KanIntePlomberas

    try:
        yield
    except (UnreadableInput, KanIntePlomberas) as fel:
        skäl = str(fel).splitlines()
        if som_json:
            visa_json({"fel": skäl})
        else:
            click.echo("\n  ".join(("Ingenting har skrivits:", *map(synlig, skäl))), err=True)
        sys.exit(OANVÄNDBART if isinstance(fel, UnreadableInput) else UTKAST)


def _visa_händelse(h: Händelse) -> None:
    from finsam.model.plomb import RES, UB

    vad = f"{ren(h.rapport)} {h.år}"
    vem = f"{h.datum.isoformat()} av {ren(h.namn)}"
    if h.skäl:
        ut.print(f"{vad}: plomben öppnad {vem}. Skäl: {ren(h.skäl)}")
    else:
        filer, saldon = sum(ett.värde is None for ett in h.löv), len(h.saldon(UB)) + len(h.saldon(RES))
        vad_allt = f"{antal(filer, 'fil', 'filer')}, {len(h.fakta)} fakta, {antal(saldon, 'saldo', 'saldon')}"
        ut.print(f"{vad}: plomberad {vem}: {vad_allt}.")
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
