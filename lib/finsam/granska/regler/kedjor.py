"""G05: what one year ends with is what the next begins with, and a stock changes by its flow."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product

from finsam.granska.begrepp import begrepp, är_summa
from finsam.granska.forklara import förklara
from finsam.granska.fynd import Fynd
from finsam.granska.grund import BELOPP, Cell, Underlag, etikett, namn_på, siffror, skriv
from finsam.granska.lasa.tabell import Tabell
from finsam.granska.sakerhet import ej_slump, intygad

KOD = "G05"
_SLUT = {"likvida_in": "likvida_ut", "ek_in": "ek_ut"}
_ÅRSSLUT = re.compile(r"(?i)-12-31|\b31 dec|helår")
_DELÅR = re.compile(
    r"(?i)\d{4}-(?:0[1-9]|1[01])-[0-3]\d\s*$|\b(?:3[01]|2[89])\s?(?:mar|apr|jun|jul|aug|sep|okt)|\bjan\w*\s?[-–]"
)
"""Heads of a last day and of another."""


def check_kedjor(u: Underlag) -> Iterator[Fynd]:
    """The chains of every column, of every table with several years, and of what stands in different tables."""
    yield from _mellan_tabeller(u)
    for d, t, tabell in u.tabeller():
        yield from _i_en_kolumn(u, d, t, tabell)
        yield from _med_fel_tecken(u, d, t, tabell)
        par = _grannår(tabell)
        if not par:
            continue
        yield from _överföringar(u, d, t, tabell, par)
        yield from _flöden(u, d, t, tabell, par)


def _i_en_kolumn(u: Underlag, d: int, t: int, tabell: Tabell) -> Iterator[Fynd]:
    """What cash begins with and the year's change are what it ends with."""
    namn = [begrepp(rad.etikett) for rad in tabell.rader]
    if any(namn.count(n) != 1 for n in ("likvida_in", "kassaflöde", "likvida_ut")):
        return
    for k in range(len(tabell.kolumner)):
        celler = [u.cell(d, t, namn.index(n), k) for n in ("likvida_ut", "likvida_in", "kassaflöde")]
        ut, in_, flöde = celler
        if not (ut and in_ and flöde) or ut.kolumn.slag == "avvikelse" or len({ut.enhet, in_.enhet, flöde.enhet}) > 1:
            continue
        räknat, u_steg = in_.kr + flöde.kr, ut.steg * Decimal("1.5")
        u.räkna(KOD)
        if ut.kr == räknat and siffror(ut.värde) > 2:
            u.intyga(ut.plats, in_.plats, flöde.plats)
        elif abs(ut.kr - räknat) > u_steg:
            if _står_annars(u, d, t, räknat) and _står_annars(u, d, t, in_.kr):
                u.intyga(ut.plats, in_.plats, flöde.plats)  # both are printed in another table: they are read right
            tal = f"{skriv(in_.kr)} {'+' if flöde.kr >= 0 else '−'} {skriv(abs(flöde.kr))} = {skriv(räknat)}"
            yield _fynd(u, ut, flöde, räknat, f"{tal}; tryckt {skriv(ut.kr)}", 1, in_)


def _står_annars(u: Underlag, d: int, t: int, kr: Decimal) -> bool:
    """An amount of three digits or more stands in another table of the document."""
    return siffror(kr) > 2 and any(p[0] == d and p[1] != t and c.kr == kr for p, c in u.celler.items())


def _med_fel_tecken(u: Underlag, d: int, t: int, tabell: Tabell) -> Iterator[Fynd]:
    """The rows of a cash flow without sums of its own: told when one of them, turned, gives the change."""
    namn = [begrepp(rad.etikett) for rad in tabell.rader]
    if namn.count("kassaflöde") != 1 or (f := namn.index("kassaflöde")) < 3:
        return
    if any(är_summa(rad.etikett) or "kassaflöde" in rad.etikett.lower() for rad in tabell.rader[:f]):
        return
    for k in range(len(tabell.kolumner)):
        flöde, delar = u.cell(d, t, f, k), [c for r in range(f) if (c := u.cell(d, t, r, k))]
        if flöde is None or not u.intygade.get(flöde.plats) or len({c.enhet for c in (flöde, *delar)}) > 1:
            continue
        skillnad = sum((c.värde for c in delar), Decimal(0)) - flöde.värde
        u.räkna(KOD)
        fel = next((c for c in delar if skillnad and c.värde * 2 == skillnad and siffror(c.värde) > 2), None)
        if fel:
            tal = f"{skriv(skillnad + flöde.värde)} − 2 × {skriv(fel.värde)} = {skriv(flöde.värde)}"
            yield _fynd(u, fel, flöde, -fel.kr, tal, ej_slump(siffror(fel.värde), len(delar)))


def _mellan_tabeller(u: Underlag) -> Iterator[Fynd]:
    """An opening in one table is the closing of the year before in another, in this document or in last year's."""
    alla: dict[tuple[str, int], list[Cell]] = defaultdict(list)
    for cell in u.celler.values():
        år, slag = cell.kolumn.år, cell.kolumn.slag
        if år and slag in ("", "utfall") and not _är_plan(u, cell, år) and cell.enhet in BELOPP and cell.värde:
            alla[cell.begrepp, år].append(cell)
    for (namn, år), öppningar in alla.items():
        slut = alla.get((_SLUT[namn], år - 1), []) if namn in _SLUT else []
        if not slut or len({c.kr for c in slut if c.steg == min(s.steg for s in slut)}) != 1:
            continue
        främst = min(slut, key=lambda c: (c.steg, -u.intygade.get(c.plats, 0)))
        for cell in öppningar:
            if any(c.plats[:2] == cell.plats[:2] for c in slut):
                continue  # the table's own chain says it
            u.räkna(KOD)
            if abs(cell.kr - främst.kr) <= max(cell.steg, främst.steg):
                if cell.kr == främst.kr and siffror(cell.värde) > 2:
                    u.intyga(cell.plats, främst.plats)
            elif "just" not in cell.etikett.lower():
                tal = f"{skriv(främst.kr)}; tryckt {skriv(cell.kr)}"
                yield _fynd(u, cell, främst, främst.kr, tal, 1)


def _är_plan(u: Underlag, cell: Cell, år: int) -> bool:
    """A plan's years to come are no outcome."""
    dok = u.dokument[cell.plats[0]]
    return dok.är_plan and år >= (dok.år or 0) - 1


def _grannår(tabell: Tabell) -> list[tuple[int, int]]:
    """Columns of a year and of the year before it."""
    ut = []
    for k, kolumn in enumerate(tabell.kolumner):
        förra = []
        for nr, annan in enumerate(tabell.kolumner):
            samma = kolumn.slag == annan.slag or {kolumn.slag, annan.slag} <= {"budget", ""}
            if kolumn.år and annan.år == kolumn.år - 1 and samma and kolumn.del_ == annan.del_:
                förra.append(nr)
        ut += [(k, nr) for nr in _vid_årets_slut(tabell, förra)]
    return ut


def _vid_årets_slut(tabell: Tabell, kolumner: Sequence[int]) -> Sequence[int]:
    """Of columns of the same year, those of its last day; a column of another day is no opening of the next year."""
    slut = [nr for nr in kolumner if _ÅRSSLUT.search(tabell.kolumner[nr].rubrik)]
    return slut or [nr for nr in kolumner if not _DELÅR.search(tabell.kolumner[nr].rubrik)]


def _överföringar(u: Underlag, d: int, t: int, tabell: Tabell, par: Sequence[tuple[int, int]]) -> Iterator[Fynd]:
    """Opening against the closing of the year before; which rows they are is learned from where they are the same."""
    n = len(tabell.rader)
    for i, s in product(range(n), range(n)):
        if i == s:
            continue
        namngiven = (begrepp(tabell.rader[i].etikett), begrepp(tabell.rader[s].etikett)) in (
            ("ek_in", "ek_ut"),
            ("likvida_in", "likvida_ut"),
        )
        lika: list[tuple[Cell, Cell]] = []
        skilda: list[tuple[Cell, Cell]] = []
        for k, förra in par:
            a, b = u.cell(d, t, i, k), u.cell(d, t, s, förra)
            if a is None or b is None or not (a.värde and b.värde) or a.enhet == "%":
                continue
            (lika if abs(a.kr - b.kr) <= max(a.steg, b.steg) else skilda).append((a, b))
        exakta = [a for a, b in lika if a.värde == b.värde and siffror(a.värde) >= 4]
        if not (exakta or namngiven):
            continue
        if exakta and not namngiven and not _in_och_ut(tabell, i, s):
            continue
        u.räkna(KOD, len(lika) + len(skilda))
        for a, b in lika:
            u.intyga(a.plats, b.plats)
        if len(skilda) <= max(1, len(lika)):
            for a, b in skilda:
                yield _fynd(u, a, b, b.kr, f"{skriv(b.kr)}; tryckt {skriv(a.kr)}", intygad(len(exakta) + 2 * namngiven))


def _in_och_ut(tabell: Tabell, i: int, s: int) -> bool:
    """The words of two rows are those of an opening and a closing."""
    in_, ut = (tabell.rader[nr].etikett.lower() for nr in (i, s))
    return any(o in in_ for o in ("början", "ingående", "ingång", "tidigare år", "borjan", "ib")) and any(
        o in ut for o in ("slut", "utgående", "utgång", "ub", "summa", "eget kapital")
    )


def _flöden(u: Underlag, d: int, t: int, tabell: Tabell, par: Sequence[tuple[int, int]]) -> Iterator[Fynd]:
    """A stock less that of the year before is the result: learned from where it is exact."""
    n = len(tabell.rader)
    stockar = [r for r in range(n) if begrepp(tabell.rader[r].etikett) in ("ek_ut", "likvida_ut", "")]
    for s, f in product(stockar, range(n)):
        if s == f or begrepp(tabell.rader[f].etikett) not in ("resultat", "kassaflöde"):
            continue
        lika: list[tuple[Cell, Cell, Cell]] = []
        skilda: list[tuple[Cell, Cell, Cell]] = []
        for k, förra in par:
            a, b, flöde = u.cell(d, t, s, k), u.cell(d, t, s, förra), u.cell(d, t, f, k)
            if a is None or b is None or flöde is None or "%" in (a.enhet, b.enhet, flöde.enhet):
                continue
            skillnad = a.kr - b.kr - flöde.kr
            (lika if abs(skillnad) <= a.steg * Decimal("1.5") else skilda).append((a, b, flöde))
        exakta = [1 for a, b, fl in lika if a.kr - b.kr == fl.kr and siffror(fl.värde) >= 4 and siffror(a.värde) >= 4]
        if not exakta:
            continue
        u.räkna(KOD, len(lika) + len(skilda))
        for a, b, flöde in lika:
            u.intyga(a.plats, b.plats, flöde.plats)
        if len(skilda) <= len(lika):
            for a, b, flöde in skilda:
                räknat = b.kr + flöde.kr
                tal = f"{skriv(b.kr)} {'+' if flöde.kr >= 0 else '−'} {skriv(abs(flöde.kr))} = {skriv(räknat)}"
                yield _fynd(u, a, flöde, räknat, f"{tal}; tryckt {skriv(a.kr)}", intygad(1 + len(exakta)), b)


def _fynd(u: Underlag, a: Cell, b: Cell, räknat: Decimal, tal: str, samband: float, till: Cell | None = None) -> Fynd:
    celler = [c for c in (a, b, till) if c]
    med = f"{namn_på(b)}" if till is None else f"{namn_på(till)} och {etikett(b.etikett)}"
    return Fynd(
        KOD,
        "hindrar",
        3,
        u.läsning(*(c.plats for c in celler)) * samband,
        f"{namn_på(a)} är {skriv(a.kr)} och stämmer inte med {med}, som ger {skriv(räknat)}.",
        tuple(u.ställe(c) for c in celler),
        tal,
        a.kr - räknat,
        frozenset(c.plats for c in celler),
        förklara(a.kr, räknat, u, a.plats[0]),
    )


# --- from what there was, by what came and went, to what is left: column by column -----------------------------------

_LEDEN = (
    re.compile(r"(?i)början|ingång|1 jan|vid start|pågående in|inne vid"),
    re.compile(r"(?i)\bnya\b|tillkom|inskriv|nystart|påbörja"),
    re.compile(r"(?i)avslut|utskriv|lämna"),
    re.compile(r"(?i)slut(?:et)?\b|31 dec|utgång|pågående ut|kvar"),
)


def check_kolumnkedja(u: Underlag) -> Iterator[Fynd]:
    """Who were there at first and who came, less who left, are those who remain; told when one row is not so."""
    for d, t, tabell in u.tabeller():
        lägen = [_kolumnen(tabell, led) for led in _LEDEN]
        if None in lägen or len(set(lägen)) != len(_LEDEN):
            continue
        rader = [[u.cell(d, t, r, k) for k in lägen if k is not None] for r in range(len(tabell.rader))]
        hela = [[c for c in celler if c] for celler in rader if all(celler)]
        skilda = [(a, nya, bort, b) for a, nya, bort, b in hela if a.värde + nya.värde - bort.värde != b.värde]
        u.räkna(KOD, len(hela))
        egna = [celler for celler in skilda if not är_summa(celler[0].etikett)] or skilda
        if len(egna) != 1 or len(hela) - len(skilda) < 2:
            continue
        a, nya, bort, b = egna[0]
        räknat = a.värde + nya.värde - bort.värde
        samband = intygad(len(hela) - len(skilda))
        text = (
            f"{etikett(b.etikett)}: {b.kolumn.rubrik.strip()} är {skriv(b.värde)} och stämmer inte med"
            f" {', '.join(c.kolumn.rubrik.strip() for c in (a, nya))} och {bort.kolumn.rubrik.strip()}, som ger"
            f" {skriv(räknat)}."
        )
        yield Fynd(
            KOD,
            "hindrar",
            3,
            u.läsning_av_text(d, b.rad) * samband,
            text,
            (u.ställe(b),),
            f"{skriv(a.värde)} + {skriv(nya.värde)} − {skriv(bort.värde)} = {skriv(räknat)}; tryckt {skriv(b.värde)}",
            b.värde - räknat,
            frozenset(c.plats for c in egna[0]),
        )


def _kolumnen(tabell: Tabell, led: re.Pattern[str]) -> int | None:
    """The only column whose head says so."""
    funna = [k for k, kolumn in enumerate(tabell.kolumner) if led.search(kolumn.rubrik)]
    return funna[0] if len(funna) == 1 else None
