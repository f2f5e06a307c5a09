"""G06: tables of the same form in one document: what is left, and parts of a whole, made of rows of the same names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import permutations

from finsam.granska.begrepp import normal
from finsam.granska.forklara import förklara
from finsam.granska.fynd import Fynd
from finsam.granska.grund import NOLL, Cell, Underlag, etikett, skriv
from finsam.granska.sakerhet import intygad

KOD = "G06"
MINST = 2
"""How many tables a relation must be exact in, to be tried in another."""
_REST = re.compile(r"\b(?:kvar|overskott|underskott|aterstar)\b")
Kolumn = tuple[int, int, int]


def check_syskon(u: Underlag) -> Iterator[Fynd]:
    """What is left is one row less another; learned from the tables where it is exact."""
    ja: dict[tuple[str, str, str], list[tuple[Cell, Cell, Cell]]] = defaultdict(list)
    nej: dict[tuple[str, str, str], list[tuple[Cell, Cell, Cell]]] = defaultdict(list)
    for namn in _kolumner(u).values():
        rester = [n for n in namn if _REST.search(n)]
        for rest, (a, b) in ((r, p) for r in rester for p in permutations([n for n in namn if n != r], 2)):
            tre = (namn[rest], namn[a], namn[b])
            if "%" in {c.enhet for c in tre} or not all(c.värde for c in tre):
                continue
            (ja if tre[0].värde == tre[1].värde - tre[2].värde else nej)[rest, a, b].append(tre)
    for nyckel, lika in ja.items():
        u.räkna(KOD, len(lika) + len(nej[nyckel]))
        for tre in lika if len(lika) >= MINST else ():
            u.intyga(*(c.plats for c in tre))
        tabeller = {tre[0].plats[:2] for tre in lika}
        if len(tabeller) >= MINST and len(nej[nyckel]) * 2 <= len(lika):
            for kvar, av, utom in nej[nyckel]:
                if abs(kvar.värde - av.värde + utom.värde) > 1:
                    yield _rest(u, kvar, av, utom, len(lika))


def _kolumner(u: Underlag) -> dict[Kolumn, dict[str, Cell]]:
    """The figures of each column of the small tables, by the names of their rows."""
    ut: dict[Kolumn, dict[str, Cell]] = defaultdict(dict)
    for (d, t, _, k), cell in u.celler.items():
        if len(u.dokument[d].tabeller[t].rader) <= 16:
            ut[d, t, k].setdefault(normal(cell.etikett), cell)
    return ut


def _rest(u: Underlag, rest: Cell, a: Cell, b: Cell, antal: int) -> Fynd:
    räknat = a.värde - b.värde
    text = (
        f"{etikett(rest.etikett)} är {skriv(rest.värde)} och stämmer inte med {etikett(a.etikett)} minus"
        f" {etikett(b.etikett)}, som ger {skriv(räknat)}. I de andra tabellerna av samma slag stämmer det."
    )
    return Fynd(
        KOD,
        "hindrar",
        3,
        intygad(antal),
        text,
        (u.ställe(rest), u.ställe(a), u.ställe(b)),
        f"{skriv(a.värde)} − {skriv(b.värde)} = {skriv(räknat)}; tryckt {skriv(rest.värde)}",
        rest.värde - räknat,
        frozenset(c.plats for c in (rest, a, b)),
        förklara(rest.värde, räknat, u, rest.plats[0]),
    )


def check_varav(u: Underlag) -> Iterator[Fynd]:
    """What a row is made of (varav) is all of it where that is so in the document's other tables."""
    hela = list(_delade(u))
    lika = [(s, c) for s, c in hela if abs(s.värde) == abs(sum((x.värde for x in c), NOLL))]
    u.räkna(KOD, len(hela))
    for summa, celler in lika:
        u.intyga(summa.plats, *(c.plats for c in celler))
    nära = sum(abs(abs(s.värde) - abs(sum((x.värde for x in c), NOLL))) <= (len(c) + 1) / 2 for s, c in hela)
    for summa, celler in hela if len(lika) >= MINST and nära * 2 > len(hela) else ():
        räknat = abs(sum((c.värde for c in celler), NOLL))
        if abs(abs(summa.värde) - räknat) > (len(celler) + 1) / 2:
            yield _varav(u, summa, celler, len(lika))


def _delade(u: Underlag) -> Iterator[tuple[Cell, list[Cell]]]:
    """The figures that have rows of what they are made of right below them, and those."""
    for d, t, tabell in u.tabeller():
        varav = [normal(rad.etikett).startswith("varav") for rad in tabell.rader]
        for r in range(len(varav) - 2):
            slut = next((n for n in range(r + 1, len(varav)) if not varav[n]), len(varav))
            if varav[r] or slut - r < 3:
                continue
            for k in range(len(tabell.kolumner)):
                summa, celler = u.cell(d, t, r, k), [c for n in range(r + 1, slut) if (c := u.cell(d, t, n, k))]
                if summa and len(celler) == slut - r - 1 and summa.enhet != "%":
                    yield summa, celler


def _varav(u: Underlag, summa: Cell, celler: list[Cell], antal: int) -> Fynd:
    räknat = abs(sum((c.värde for c in celler), NOLL))
    text = (
        f"{etikett(summa.etikett)} är {skriv(summa.värde)} och stämmer inte med raderna ”varav” under den, som ger"
        f" {skriv(räknat)}. I de andra tabellerna av samma slag stämmer det."
    )
    tal = " + ".join(skriv(abs(c.värde)) for c in celler)
    return Fynd(
        KOD,
        "hindrar",
        3,
        intygad(antal),
        text,
        (u.ställe(summa), *(u.ställe(c) for c in celler)),
        f"{tal} = {skriv(räknat)}; tryckt {skriv(summa.värde)}",
        abs(summa.värde) - räknat,
        frozenset((summa.plats, *(c.plats for c in celler))),
        förklara(abs(summa.värde), räknat, u, summa.plats[0]),
    )
