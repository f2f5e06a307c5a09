"""G20: what the report says against what stands beside it: the ledger, or finsam's own rapport.json."""

from __future__ import annotations

from collections.abc import Iterator

from finsam.granska.begrepp import ORD, normal
from finsam.granska.forklara import förklara
from finsam.granska.fynd import Fynd, ställe
from finsam.granska.grund import BELOPP, Cell, Underlag, etikett, namn_på, skriv, steg
from finsam.granska.lasa.siffror import FAKTOR, tal_i_text
from finsam.granska.sanning import Sanning, Uppgift
from finsam.granska.utsagor.text import påstående
from finsam.model.belopp import avrunda

KOD = "G20"
STÖRST = 1000
"""How many times a report's amount is another when its unit was not understood."""


def check_bredvid(u: Underlag) -> Iterator[Fynd]:
    """Each figure of a concept or a label that the file beside has, in the tables and in the sentences."""
    for sanning in u.sanningar:
        for cell in u.celler.values():
            if uppgift := _uppgift(u, sanning, cell):
                yield from _cell(u, sanning, cell, uppgift)
        for d in range(len(u.dokument)):
            yield from _i_text(u, sanning, d)


def _uppgift(u: Underlag, sanning: Sanning, cell: Cell) -> Uppgift | None:
    """What a figure should be one of: outcome in kronor of a whole year, on a row that is read for certain."""
    kolumn, dok = cell.kolumn, u.dokument[cell.plats[0]]
    rad = dok.tabeller[cell.plats[1]].rader[cell.plats[2]]
    if kolumn.år is None or kolumn.slag not in ("", "utfall") or kolumn.del_ or cell.enhet not in BELOPP:
        return None
    if not rad.säker or "netto" in normal(cell.etikett) or (dok.är_plan and kolumn.år >= (dok.år or 0)):
        return None
    return sanning.begrepp.get((cell.begrepp, kolumn.år)) or sanning.etiketter.get((normal(cell.etikett), kolumn.år))


def _cell(u: Underlag, sanning: Sanning, cell: Cell, uppgift: Uppgift) -> Iterator[Fynd]:
    nära = min(uppgift.värden, key=lambda v: abs(abs(v) - abs(cell.kr)))
    u.räkna(KOD)
    u.jämför(sanning.fil, cell.begrepp or etikett(cell.etikett), cell.kolumn.år)
    if abs(abs(nära) - abs(cell.kr)) <= cell.steg:
        return
    if nära and cell.kr and max(abs(nära / cell.kr), abs(cell.kr / nära)) > STÖRST / 2:
        return  # the unit of the table was not understood
    räknat = avrunda(nära, 0)
    vad = "Bokföringen ger" if sanning.slag == "bokföringen" else "rapport.json har"
    yield Fynd(
        KOD,
        "hindrar",
        4,
        u.läsning(cell.plats) * uppgift.säkerhet,
        f"{namn_på(cell)} är {skriv(cell.värde)} {cell.enhet}. {vad} {skriv(räknat)} kr ({sanning.fil}).",
        (u.ställe(cell),),
        f"{skriv(cell.kr)} mot {skriv(räknat)}",
        abs(cell.kr) - abs(räknat),
        frozenset({cell.plats}),
        förklara(abs(cell.kr), abs(räknat), u, cell.plats[0]),
    )


def _i_text(u: Underlag, sanning: Sanning, d: int) -> Iterator[Fynd]:
    """Amounts in sentences that name a concept and say how much it is."""
    dok = u.dokument[d]
    for mening in dok.meningar if not dok.är_plan else ():
        for tal in tal_i_text(mening.text):
            sagt = påstående(dok, mening, tal) if tal.värde and tal.enhet in BELOPP else None
            uppgift = sanning.begrepp.get((sagt[0], sagt[1] or 0)) if sagt else None
            if sagt is None or uppgift is None:
                continue
            kr = tal.storlek * FAKTOR[tal.enhet]
            nära = avrunda(min(uppgift.värden, key=lambda v: abs(abs(v) - kr)), 0)
            u.räkna(KOD)
            u.jämför(sanning.fil, sagt[0], sagt[1])
            if abs(abs(nära) - kr) <= max(steg(tal), FAKTOR["kr"]):
                continue
            rad = mening.rad(tal.början)
            vad = "bokföringen ger" if sanning.slag == "bokföringen" else "rapport.json har"
            yield Fynd(
                KOD,
                "hindrar",
                4,
                u.läsning_av_text(d, rad) * uppgift.säkerhet,
                f"Texten säger {tal.tryckt} om {ORD[sagt[0]]} {sagt[1]}, och {vad} {skriv(nära)} kr ({sanning.fil}).",
                (ställe(dok.fil, rad, tal.tryckt),),
                f"{skriv(kr)} mot {skriv(nära)}",
                kr - abs(nära),
            )
