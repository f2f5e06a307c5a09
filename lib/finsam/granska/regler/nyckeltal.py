"""G19: key figures that stand without their amounts, against the amounts that the räkningar have."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from finsam.granska.begrepp import ORD, begrepp, normal, vik
from finsam.granska.forklara import en_siffra, omkastade
from finsam.granska.fynd import Fynd, Ställe, ställe
from finsam.granska.grund import BELOPP, Cell, Underlag, namn_på, skriv
from finsam.granska.lasa.siffror import tal_i_text
from finsam.granska.sakerhet import av_ett_slag, intygad

KOD = "G19"
NYCKELTAL = (
    (re.compile(r"^soliditet(?:en)?\b"), "ek_ut", "tillgångar"),
    (
        re.compile(r"^eget kapital\b.*\b(?:andel|procent|%).*\b(?:medlemsbidrag|medlemsavgift)"),
        "ek_ut",
        "medlemsbidrag",
    ),
    (re.compile(r"^administration\w*\b.*\b(?:andel|procent|%).*\bkostnad"), "administration", "kostnader"),
)
"""What a key figure is called, and the two concepts that it is one of the other."""
_SOLIDITET = re.compile(r"\bsoliditet")
_I_TEXT = re.compile(r"\bsoliditet(?:en)?(?: (?:ar|var|uppgar till|uppgick till|blev)| pa)? (?:cirka |ca )?$")


@dataclass(frozen=True, slots=True)
class Andel:
    """A printed share: its value and step, of which year and how it is told of."""

    värde: Decimal
    steg: Decimal
    år: int
    namn: str
    tryckt: str
    plats: Ställe
    läsning: float
    cell: Cell | None = None


def check_nyckeltal(u: Underlag) -> Iterator[Fynd]:
    """Each key figure, in a table or in a sentence; a definition of their own is one that other years hold to."""
    for d in range(len(u.dokument)):
        belopp = _belopp(u, d)
        for nr, (mönster, täljare, nämnare) in enumerate(NYCKELTAL):
            andelar = [*_i_tabell(u, d, mönster), *(_i_text(u, d) if nr == 0 else ())]
            prövade = [
                (a, belopp[täljare, a.år], belopp[nämnare, a.år])
                for a in andelar
                if (täljare, a.år) in belopp and (nämnare, a.år) in belopp
            ]
            u.räkna(KOD, len(prövade))
            fel = [(a, t, n) for a, t, n in prövade if not _stämmer(a, t, n)]
            for a, t, n in prövade:
                if a.cell and (a, t, n) not in fel:
                    u.intyga(a.cell.plats)
            rätt = len(prövade) - len(fel)
            if len(fel) <= max(1, rätt):
                yield from (f for a, t, n in fel for f in _fynd(u, a, t, n, rätt))


def _belopp(u: Underlag, d: int) -> dict[tuple[str, int], Cell]:
    """The outcome of each concept and year where the document's tables have one and the same, the finest printed."""
    alla: dict[tuple[str, int], list[Cell]] = defaultdict(list)
    for plats, cell in u.celler.items():
        k = cell.kolumn
        fri = not k.slag or k.slag == "utfall" or (u.dokument[d].är_plan and k.slag == "budget")
        if plats[0] == d and k.år and fri and cell.enhet in BELOPP and cell.värde and not k.del_:
            alla[begrepp(cell.etikett), k.år].append(cell)
    ut = {}
    for nyckel, celler in alla.items():
        fin = min(celler, key=lambda c: (c.steg, -u.intygade.get(c.plats, 0)))
        if all(abs(abs(c.kr) - abs(fin.kr)) <= (c.steg + fin.steg) / 2 for c in celler):
            ut[nyckel] = fin
    return ut


def _i_tabell(u: Underlag, d: int, mönster: re.Pattern[str]) -> Iterator[Andel]:
    for plats, c in u.celler.items():
        if plats[0] == d and c.kolumn.år and c.värde and c.enhet not in BELOPP and _heter(c, mönster):
            steg = Decimal(1).scaleb(-c.tal.decimaler)
            läsning = u.läsning(plats)
            yield Andel(abs(c.värde), steg, c.kolumn.år, namn_på(c), c.tal.tryckt, u.ställe(c), läsning, c)
        elif plats[0] == d and c.kolumn.år and c.värde and "%" in c.etikett and _heter(c, mönster):
            steg = Decimal(1).scaleb(-c.tal.decimaler)
            yield Andel(abs(c.värde), steg, c.kolumn.år, namn_på(c), c.tal.tryckt, u.ställe(c), u.läsning(plats), c)


def _heter(cell: Cell, mönster: re.Pattern[str]) -> bool:
    """A figure has a name, and not that of the row below it too: the labels of two rows may have been read as one."""
    if _SOLIDITET.search(vik(cell.etikett), 1):
        return False
    return abs(cell.värde) <= 100 and bool(mönster.search(vik(cell.etikett)) or mönster.search(normal(cell.etikett)))


def _i_text(u: Underlag, d: int) -> Iterator[Andel]:
    dok = u.dokument[d]
    for mening in dok.meningar:
        if dok.år is None or re.search(r"\b(?:mal|minst|lagst|ska|over|under)\b", vik(mening.text)):
            continue
        for tal in tal_i_text(mening.text):
            före = mening.text[: tal.början]
            if tal.enhet == "%" and tal.värde and _I_TEXT.search(vik(före)) and not re.search(r"20\d\d", mening.text):
                rad = mening.rad(tal.början)
                plats = ställe(dok.fil, rad, tal.tryckt)
                steg = Decimal(1).scaleb(-tal.decimaler)
                yield Andel(
                    tal.värde, steg, dok.år, "Soliditeten i texten", tal.tryckt, plats, u.läsning_av_text(d, rad)
                )


def _stämmer(a: Andel, täljare: Cell, nämnare: Cell) -> bool:
    """The share is within what the rounding of all three can give."""
    t, n = abs(täljare.kr), abs(nämnare.kr)
    lägst = (t - täljare.steg / 2) / (n + nämnare.steg / 2) * 100 - a.steg * Decimal("0.51")
    högst = (t + täljare.steg / 2) / (n - nämnare.steg / 2) * 100 + a.steg * Decimal("0.51")
    return lägst <= a.värde <= högst


def _fynd(u: Underlag, a: Andel, täljare: Cell, nämnare: Cell, rätt: int) -> Iterator[Fynd]:
    kvot = round(abs(täljare.kr) / abs(nämnare.kr) * 100, max(0, -int(a.steg.adjusted())))
    slip = en_siffra(a.värde, kvot) or omkastade(a.värde, kvot)
    samband = max(intygad(1 + rätt), av_ett_slag(kvot) if slip else 0)
    platser = (täljare.plats, nämnare.plats, *((a.cell.plats,) if a.cell else ()))
    vad = f"{ORD[täljare.begrepp]} {skriv(täljare.värde)} av {ORD[nämnare.begrepp]} {skriv(nämnare.värde)}"
    yield Fynd(
        KOD,
        "att ta ställning till",
        2,
        min(a.läsning if rätt or a.cell is None else 1, u.läsning(täljare.plats, nämnare.plats)) * samband,
        f"{a.namn} är {a.tryckt} och stämmer inte med {vad} ({täljare.enhet}), som ger {skriv(kvot)} %.",
        (a.plats, u.ställe(täljare), u.ställe(nämnare)),
        f"{skriv(abs(täljare.kr))} / {skriv(abs(nämnare.kr))} = {skriv(kvot)} %; tryckt {a.tryckt}",
        a.värde - kvot,
        frozenset(platser),
    )
