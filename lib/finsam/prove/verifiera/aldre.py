"""A package of an earlier version: each fact and each cell that it has is the same here, whatever the words are now."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

import finsam
from finsam.model.fakta import numera
from finsam.model.ord import antal, uppräkning
from finsam.prove.manifest import Körning
from finsam.prove.rapportfil import Rapport, Tabell
from finsam.prove.verifiera.fakta import faktaskillnader
from finsam.prove.verifiera.plats import Steg

Cell = tuple[str, Decimal | None, str]
"""What it shows, the value, and the fact's key; blank when it shows none."""
_VERSION = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,4}){0,3}")


def tidigare_version(körning: Körning) -> str:
    """The version that a run says it was made with, when it is an earlier one than ours; else blank."""
    deras = körning.versioner.get("finsam", "")
    return deras if _VERSION.fullmatch(deras) and _ordning(deras) < _ordning(finsam.__version__) else ""


def _ordning(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def pröva_tidigare(gammal: Rapport, ny: Rapport) -> Iterator[Steg]:
    """Facts and cells of an earlier version's run against those made here, and what only we have."""
    gammal = gammal.model_copy(update={"fakta": {numera(nyckel): f for nyckel, f in gammal.fakta.items()}})
    nya = [nyckel for nyckel in ny.fakta if nyckel not in gammal.fakta]
    kända = ny.model_copy(update={"fakta": {nyckel: f for nyckel, f in ny.fakta.items() if nyckel in gammal.fakta}})
    skiljer = tuple(faktaskillnader(gammal, kända))
    text = f"{len(skiljer)} fakta skiljer; först {skiljer[0]}" if skiljer else f"alla {len(kända.fakta)} är desamma"
    yield Steg(1, "Fakta", text, "skiljer" if skiljer else "stämmer", skiljer)
    yield from _tabellerna(gammal.tabeller, ny.tabeller)
    if nya:
        slag = Counter(nyckel.partition(".")[0] for nyckel in nya)
        rader = tuple(f"{början}: {antal}" for början, antal in slag.items())
        yield Steg(1, "Nya fakta", f"finsam {finsam.__version__} gör {len(nya)} till", "upplysning", rader)
    if tillagda := [t.rubrik or t.id for t in ny.tabeller if t.id not in {g.id for g in gammal.tabeller}]:
        text = f"finsam {finsam.__version__} gör {antal(len(tillagda), 'tabell', 'tabeller')} till"
        yield Steg(1, "Nya tabeller", text, "upplysning", (uppräkning(tillagda),))


def _tabellerna(gamla: Iterable[Tabell], nya: Iterable[Tabell]) -> Iterator[Steg]:
    """Each cell by its table, row and column. A cell that shows a fact is the same when its fact is."""
    våra = {tabell.id: dict(_celler(tabell)) for tabell in nya}
    lika, skiljer, andra = 0, list[str](), list[str]()
    for tabell in gamla:
        namn, cellerna = tabell.rubrik or tabell.id, våra.get(tabell.id, {})
        borta = list[str]()
        for plats, cell in _celler(tabell):
            vår = cellerna.get(plats)
            if vår == cell or (cell[2] and (vår is None or vår[2] == cell[2])):
                lika += 1
            elif vår is None:
                borta.append(f"{', '.join(plats[:2])}: {cell[0]}")
            else:
                är_ord = cell[1] is None and vår[1] is None and not cell[2]
                (andra if är_ord else skiljer).append(f"{namn}, {', '.join(plats[:2])}: {cell[0]}, här {vår[0]}")
        if borta and not cellerna:
            andra.append(f"{namn}: tabellen finns inte här ({antal(len(borta), 'cell', 'celler')})")
        else:
            andra += [f"{namn}, {cell}, finns inte här" for cell in borta]
    if skiljer:
        yield Steg(1, "Tabellerna", f"{antal(len(skiljer), 'cell', 'celler')} skiljer", "skiljer", tuple(skiljer))
    yield Steg(1, "Tabellerna", f"{lika} celler är desamma, eller visar samma fakta")
    if andra:
        text = f"celler utan fakta som är andra i finsam {finsam.__version__}; läs dem"
        yield Steg(1, "Tabellernas ord", text, "oklart", tuple(andra))


def _celler(tabell: Tabell) -> Iterator[tuple[tuple[str, str, int], Cell]]:
    """The cells that say something, each by its row, the heading of its column, and which of such it is."""
    gånger: Counter[tuple[str, str]] = Counter()
    for rad in tabell.rader:
        for kolumn, visat, värde, nyckel in zip(tabell.kolumner, rad.visat, rad.varden, rad.fakta, strict=False):
            plats = (numera(f"uppgift.{rad.id}").removeprefix("uppgift.") or rad.etikett, kolumn)
            gånger[plats] += 1
            if visat or nyckel:
                yield (*plats, gånger[plats]), (visat, värde, numera(nyckel or ""))
