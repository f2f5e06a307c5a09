"""G02: a column is the difference or the sum of two others, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, product

from finsam.granska.forklara import förklara
from finsam.granska.fynd import Fynd
from finsam.granska.grund import Cell, Underlag, etikett, skriv
from finsam.granska.sakerhet import intygad

Kolumnsamband = tuple[int, int, int, int, list[int], list[int]]
"""Two columns, their signs, and the rows where a third is made of them and where it is not."""


def check_kolumner(u: Underlag) -> Iterator[Fynd]:
    """Every table's columns."""
    for d, t, tabell in u.tabeller():
        n = len(tabell.kolumner)
        if not 3 <= n <= 10 or len(tabell.rader) < 3:
            continue
        bästa: dict[int, Kolumnsamband] = {}
        for c, (a, b) in product(range(n), combinations(range(n), 2)):
            for x, y in ((1, 1), (1, -1), (-1, 1)) if c not in (a, b) else ():
                ja, nej = _rader(u, d, t, (a, b, c), (x, y), len(tabell.rader))
                tidigare = bästa.get(c)
                if len(ja) >= 2 and len(ja) > 2 * len(nej) and (tidigare is None or len(ja) > len(tidigare[4])):
                    bästa[c] = (a, b, x, y, ja, nej)
        yield from _kolumnfynd(u, d, t, bästa)


def _kolumnfynd(u: Underlag, d: int, t: int, bästa: dict[int, Kolumnsamband]) -> Iterator[Fynd]:
    sedda: set[tuple[frozenset[int], int]] = set()
    kolumner = u.dokument[d].tabeller[t].kolumner
    for c, (a, b, x, y, ja, nej) in sorted(
        bästa.items(), key=lambda ett: (kolumner[ett[0]].slag != "avvikelse", -ett[0])
    ):
        u.räkna("G02", len(ja) + len(nej))
        for r in ja:
            u.intyga((d, t, r, a), (d, t, r, b), (d, t, r, c))
        former = {_ifyllda(u, d, t, r, len(kolumner)) for r in ja}
        for r in nej:
            if _ifyllda(u, d, t, r, len(kolumner)) not in former:
                continue  # no proven row has figures in the same columns: the relation may have more parts
            nyckel = (frozenset((a, b, c)), r)
            if nyckel in sedda:
                continue
            sedda.add(nyckel)
            ena, andra, tredje = u.celler[d, t, r, a], u.celler[d, t, r, b], u.celler[d, t, r, c]
            räknat = x * ena.värde + y * andra.värde
            platser = [ena.plats, andra.plats, tredje.plats]
            säkerhet = u.läsning(*platser) * intygad(len(ja))
            uträkning = f"{skriv(x * ena.värde)} {'+' if y * andra.värde >= 0 else '−'} {skriv(abs(andra.värde))}"
            yield Fynd(
                "G02",
                "hindrar",
                3,
                säkerhet,
                f"{etikett(tredje.etikett)}: {_kolumn(tredje)} är {skriv(tredje.värde)} och stämmer inte med"
                f" {_kolumn(ena)} och {_kolumn(andra)}, som ger {skriv(räknat)}.",
                (u.ställe(tredje), u.ställe(ena)),
                f"{uträkning} = {skriv(räknat)}; tryckt {skriv(tredje.värde)}",
                tredje.värde - räknat,
                frozenset(platser),
                förklara(tredje.värde, räknat, u, d),
            )


def _ifyllda(u: Underlag, d: int, t: int, r: int, n: int) -> frozenset[int]:
    """The columns where a row has a figure that is not zero."""
    return frozenset(k for k in range(n) if (c := u.cell(d, t, r, k)) and c.värde)


def _kolumn(cell: Cell) -> str:
    return cell.kolumn.rubrik or f"kolumn {cell.plats[3] + 1}"


def _rader(
    u: Underlag, d: int, t: int, kolumner: tuple[int, int, int], tecken: tuple[int, int], antal: int
) -> tuple[list[int], list[int]]:
    """The rows where one column is made of two others, and where it is not."""
    ja, nej = [], []
    for r in range(antal):
        a, b, c = (u.cell(d, t, r, k) for k in kolumner)
        if a is None or b is None or c is None or len({a.enhet, b.enhet, c.enhet}) > 1 or a.enhet == "%":
            continue
        if not (a.värde and b.värde):
            continue
        skillnad = c.värde - tecken[0] * a.värde - tecken[1] * b.värde
        steg = Decimal(1).scaleb(-max(x.tal.decimaler for x in (a, b, c)))
        if not skillnad and (abs(c.värde) > 9 * steg or abs(a.värde) > 9 * steg):
            ja.append(r)
        elif abs(skillnad) > Decimal("1.5") * steg:
            nej.append(r)
    return ja, nej
