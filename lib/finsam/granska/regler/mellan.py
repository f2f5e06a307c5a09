"""G03: what is the same in two tables in one year should be the same in the other.

A row (or a sequence of rows) of one table and a row of another hold the same figure in the year before; then they
should in this one too. So note and line, räkning and översikt, document and document are held together.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from finsam.granska.begrepp import begrepp, normal, är_summa
from finsam.granska.forklara import förklara
from finsam.granska.fynd import Fynd
from finsam.granska.grund import NOLL, Cell, Underlag, etikett, namn_på, siffror, skriv
from finsam.granska.sakerhet import ej_slump, en_av, intygad

KOD = "G03"
LÄNGST = 8
VÄRDESIFFROR = 4
Kolumnnyckel = tuple[int | None, str, str]


@dataclass(frozen=True, slots=True)
class Följd:
    """Rows of a table that stand after each other, summed in a column."""

    d: int
    t: int
    början: int
    antal: int
    k: int
    värde: Decimal
    """In kronor."""
    steg: Decimal


def check_mellan(u: Underlag) -> Iterator[Fynd]:
    """Figures that are the same in two tables in one column, and not in another."""
    följder = _följder(u)
    index: dict[tuple[Kolumnnyckel, Decimal], list[Följd]] = defaultdict(list)
    per_plats: dict[tuple[int, int, int, int], dict[Kolumnnyckel, Följd]] = defaultdict(dict)
    for nyckel, f in följder:
        index[nyckel, abs(f.värde)].append(f)
        per_plats[f.d, f.t, f.början, f.antal].setdefault(nyckel, f)
    par: dict[tuple[tuple[int, int, int, int], tuple[int, int, int, int]], list[Kolumnnyckel]] = defaultdict(list)
    for (nyckel, värde), lika in index.items():
        if siffror(värde) < VÄRDESIFFROR or len(lika) > 40:
            continue
        ensamma = [f for f in lika if f.antal == 1]
        for ena in ensamma:
            for andra in lika:
                if (ena.d, ena.t) != (andra.d, andra.t) and (andra.antal > 1 or (ena.d, ena.t) < (andra.d, andra.t)):
                    par[(ena.d, ena.t, ena.början, 1), (andra.d, andra.t, andra.början, andra.antal)].append(nyckel)
    yield from _pröva(u, par, per_plats)


def _följder(u: Underlag) -> list[tuple[Kolumnnyckel, Följd]]:
    ut = []
    for d, t, tabell in u.tabeller():
        for k, kolumn in enumerate(tabell.kolumner):
            if kolumn.slag in ("andel", "avvikelse", "antal"):
                continue
            nyckel: Kolumnnyckel = (*kolumn.nyckel, kolumn.del_)
            if kolumn.år is None:
                continue
            for början in range(len(tabell.rader)):
                summa, steg = NOLL, NOLL
                for antal in range(1, LÄNGST + 1):
                    cell = u.cell(d, t, början + antal - 1, k)
                    if cell is None or cell.enhet == "%":
                        if antal == 1 or början + antal - 1 >= len(tabell.rader):
                            break
                        continue
                    summa, steg = summa + cell.kr, max(steg, cell.steg)
                    ut.append((nyckel, Följd(d, t, början, antal, k, summa, steg)))
    return ut


def _pröva(
    u: Underlag,
    par: dict[tuple[tuple[int, int, int, int], tuple[int, int, int, int]], list[Kolumnnyckel]],
    per_plats: dict[tuple[int, int, int, int], dict[Kolumnnyckel, Följd]],
) -> Iterator[Fynd]:
    for (ena, andra), lika in par.items():
        gemensamma = per_plats[ena].keys() & per_plats[andra].keys()
        antal = len(set(lika))
        släkt = andra[3] == 1 and _släkt(u, ena, andra)
        if andra[3] > 1 and antal < 2:
            continue
        vikt = sum(siffror(per_plats[ena][n].värde) for n in set(lika))
        samma_namn = andra[3] == 1 and _etikett(u, ena) == _etikett(u, andra)
        skilda = []
        for nyckel in gemensamma - set(lika):
            a, b = per_plats[ena][nyckel], per_plats[andra][nyckel]
            skillnad = abs(a.värde) - abs(b.värde)
            if abs(skillnad) <= max(a.steg, b.steg) * (andra[3] + 1) / 2 or not (a.värde and b.värde):
                continue
            skilda.append((nyckel, a, b))
        u.räkna(KOD, len(gemensamma))
        for nyckel in set(lika):
            a, b = per_plats[ena][nyckel], per_plats[andra][nyckel]
            if vikt >= 5 and (andra[3] == 1 or len(lika) > 1 or not skilda):
                u.intyga((a.d, a.t, a.början, a.k), *((b.d, b.t, r, b.k) for r in range(b.början, b.början + b.antal)))
        if not skilda or len(skilda) * (1 if släkt else 3) > antal or not (släkt or vikt >= 9):
            continue
        for nyckel, a, b in skilda:
            if not _tyst(u, nyckel, a, b, per_plats):
                yield _fynd(u, a, b, vikt, samma_namn=samma_namn, antal=antal)


def _etikett(u: Underlag, plats: tuple[int, int, int, int]) -> str:
    d, t, r, _ = plats
    return normal(u.dokument[d].tabeller[t].rader[r].etikett)


def _släkt(u: Underlag, ena: tuple[int, int, int, int], andra: tuple[int, int, int, int]) -> bool:
    """Two rows are of the same thing by their words: one name, one concept, or a line and the sum of its note."""
    rader = [u.dokument[p[0]].tabeller[p[1]].rader[p[2]] for p in (ena, andra)]
    tabeller = [u.dokument[p[0]].tabeller[p[1]] for p in (ena, andra)]
    a, b = (normal(rad.etikett) for rad in rader)
    if a == b and not är_summa(a):
        return True
    if begrepp(a) and begrepp(a) == begrepp(b):
        return True
    for (rad, namn), tabell in zip(((rader[0], a), (rader[1], b)), reversed(tabeller), strict=True):
        annan = rader[1] if rad is rader[0] else rader[0]
        rubrik = normal(f"{tabell.avsnitt} {tabell.rubrik}")
        if (
            är_summa(annan.etikett)
            and not re.match(r"okning|minskning|forandring", namn)
            and (
                (rad.not_ and f"not {rad.not_} " in f"{rubrik} ")
                or any(o in rubrik for o in namn.split() if len(o) > 5)
            )
        ):
            return True
    return False


def _tyst(
    u: Underlag,
    nyckel: Kolumnnyckel,
    a: Följd,
    b: Följd,
    per_plats: dict[tuple[int, int, int, int], dict[Kolumnnyckel, Följd]],
) -> bool:
    """Some other row of either table agrees: then it is with that one it should be held."""
    for ena, andra in ((a, b), (b, a)):
        tabell = u.dokument[andra.d].tabeller[andra.t]
        for r in range(len(tabell.rader)):
            annan = per_plats.get((andra.d, andra.t, r, 1), {}).get(nyckel)
            if (
                annan
                and r not in range(andra.början, andra.början + andra.antal)
                and abs(annan.värde) == abs(ena.värde)
                and siffror(ena.värde) >= 3
            ):
                return True
    return False


def _fynd(u: Underlag, a: Följd, b: Följd, vikt: int, *, samma_namn: bool, antal: int) -> Fynd:
    ena = u.celler[a.d, a.t, a.början, a.k]
    delar = [c for r in range(b.början, b.början + b.antal) if (c := u.cell(b.d, b.t, r, b.k))]
    platser = [ena.plats, *(c.plats for c in delar)]
    tecken = 2 * samma_namn + antal
    samband = ej_slump(vikt - 1, 3 * b.antal * LÄNGST if b.antal > 1 else 3) * intygad(1 + tecken)
    if vikt < VÄRDESIFFROR + 1:
        samband *= en_av(2)
    säkerhet = u.läsning(*platser) * samband
    skillnad = abs(a.värde) - abs(b.värde)
    if _är_tryckt(u, a.d, abs(skillnad)):
        säkerhet *= en_av(2)  # another scope, and the figure that makes it is told
    vad = namn_på(ena)
    var = f"”{_rubrik(u, a)}”" if a.d == b.d else u.dokument[a.d].fil
    där = f"”{_rubrik(u, b)}”" if a.d == b.d else u.dokument[b.d].fil
    vilka = "" if b.antal == 1 and samma_namn else f" ({_rader(delar)})"
    text = (
        f"{vad} är {skriv(abs(a.värde))} kr i {var} och stämmer inte med {där}{vilka}: {skriv(abs(b.värde))} kr."
        f" Andra år är de lika."
    )
    tal = " + ".join(skriv(c.kr) for c in delar)
    return Fynd(
        KOD,
        "hindrar",
        3,
        säkerhet,
        text,
        (u.ställe(ena), *(u.ställe(c) for c in dict.fromkeys((delar[0], delar[-1])))),
        f"{tal}{f' = {skriv(b.värde)}' if len(delar) > 1 else ''}; tryckt {skriv(a.värde)}",
        skillnad,
        frozenset(platser),
        förklara(abs(a.värde), abs(b.värde), u, a.d),
    )


def _är_tryckt(u: Underlag, d: int, skillnad: Decimal) -> bool:
    return siffror(skillnad) > 2 and any(p[0] == d and abs(c.kr) == skillnad for p, c in u.celler.items())


def _rader(delar: list[Cell]) -> str:
    if len(delar) == 1:
        return f"raden {etikett(delar[0].etikett)}"
    return f"raderna {etikett(delar[0].etikett)} till {etikett(delar[-1].etikett)}"


def _rubrik(u: Underlag, f: Följd) -> str:
    tabell = u.dokument[f.d].tabeller[f.t]
    return etikett(tabell.avsnitt or tabell.rubrik or "tabellen")
