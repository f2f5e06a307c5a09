"""Facts that are read straight from `underlag.xlsx`: uppgifter and medlemsbidrag."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal

from finsam.model.belopp import TKR
from finsam.model.fakta import Enhet, Faktabas, Indata
from finsam.model.ord import SAKNAS
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.tabell import Cell
from finsam.model.underlag import Underlagsrad, Uppgift
from finsam.statements.delar import Del

FÖRRA_ÅRETS = {"medelantal_forra": "medelantal", "medarbetare_forra": "medarbetare"}
"""Uppgifter that say what another of them said in last year's underlag."""


def cellkälla(år: Räkenskapsår, rad: Underlagsrad, anmärkning: str = "") -> Indata:
    """Where a row of the underlag was read."""
    return Indata(år.underlag.fil, f"{rad.blad}, rad {rad.rad}", anmärkning)


def i_modellens_enhet(tal: Decimal, enhet: str) -> tuple[Decimal, Enhet]:
    """A number as it is kept: tkr as kronor, per cent as a ratio.

    >>> i_modellens_enhet(Decimal(29), "%")
    (Decimal('0.29'), 'andel')
    """
    match enhet:
        case "tkr":
            return tal * TKR, "kr"
        case "kr":
            return tal, "kr"
        case "%":
            return tal / 100, "andel"
        case _:
            return tal, "antal"


def fyll_uppgifter(år: Räkenskapsår, fakta: Faktabas) -> None:
    """Make uppgift.<id>; one without a value says that the figure is missing."""
    for rad in år.underlag.uppgifter:
        värde, enhet, text = _värde(rad)
        fakta.indata(
            f"uppgift.{rad.id}", år.period, värde, enhet, f"{rad.benämning}.", cellkälla(år, rad, rad.källa), text
        )


def _värde(rad: Uppgift) -> tuple[Decimal | None, Enhet, str]:
    if rad.värde is None:
        return None, "text" if rad.enhet in ("text", "datum") else i_modellens_enhet(Decimal(0), rad.enhet)[1], SAKNAS
    if isinstance(rad.värde, Decimal):
        värde, enhet = i_modellens_enhet(rad.värde, rad.enhet)
        return värde, enhet, ""
    return None, "text", rad.värde.isoformat() if isinstance(rad.värde, date) else str(rad.värde)


def fyll_medlemsbidrag(år: Räkenskapsår, fakta: Faktabas) -> None:
    """Make medlemsbidrag.<medlem> as decided, and their sum medlemsbidrag.beslutat, for the years given."""
    per_år: dict[str, list[str]] = defaultdict(list)
    for rad in år.underlag.medlemsbidrag:
        namn = next((m.namn for m in år.förbund.medlemmar if m.id == rad.medlem), rad.medlem)
        definition, period = f"Beslutat medlemsbidrag från {namn}.", str(rad.år)
        källa = cellkälla(år, rad, rad.källa)
        per_år[period].append(fakta.indata(f"medlemsbidrag.{rad.medlem}", period, rad.belopp, "kr", definition, källa))
    for period, nycklar in per_år.items():
        summan = [(1, nyckel) for nyckel in nycklar]
        fakta.summa("medlemsbidrag.beslutat", period, summan, "Beslutade medlemsbidrag tillsammans.")


def uppgiftscell(id_: str, år: Räkenskapsår, fakta: Faktabas) -> Cell:
    """An uppgift of the year in a table, or the words that it is missing."""
    nyckel = f"uppgift.{id_}/{år.period}"
    return Cell(nyckel) if nyckel in fakta else Cell(text=SAKNAS)


UPPGIFTER = Del(fyll_uppgifter)
MEDLEMSBIDRAG = Del(fyll_medlemsbidrag)
