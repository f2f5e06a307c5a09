"""G07: shares against what they are shares of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import permutations, product

from finsam.granska.fynd import Fynd
from finsam.granska.grund import Cell, Underlag, etikett, namn_på, skriv, är_delsumma
from finsam.granska.lasa.tabell import Tabell
from finsam.granska.sakerhet import intygad
from finsam.model.belopp import avrunda

KOD = "G07"
HUNDRA = Decimal(100)
LÄNGST = 80
"""Rows of a table whose shares are tried against every pair of its rows."""


def check_andelar(u: Underlag) -> Iterator[Fynd]:
    """Columns of shares beside amounts, and rows of shares below them."""
    for d, t, tabell in u.tabeller():
        for k in range(len(tabell.kolumner)):
            if _är_andelskolumn(u, d, t, tabell, k):
                yield from _kolumn(u, d, t, tabell, k)
        for r in range(len(tabell.rader)):
            yield from _rad(u, d, t, tabell, r)


def _är_andelskolumn(u: Underlag, d: int, t: int, tabell: Tabell, k: int) -> bool:
    celler = [c for r in range(len(tabell.rader)) if (c := u.cell(d, t, r, k))]
    return len(celler) >= 2 and all(c.enhet == "%" for c in celler)


def stämmer(andel: Cell, täljare: Decimal, nämnare: Decimal) -> bool:
    """A share is a ratio, as it is printed."""
    if not nämnare:
        return False
    kvot = abs(täljare / nämnare * HUNDRA)
    steg = Decimal(1).scaleb(-andel.tal.decimaler)
    return abs(kvot - abs(andel.värde)) <= steg * Decimal("0.51")


def _kolumn(u: Underlag, d: int, t: int, tabell: Tabell, k: int) -> Iterator[Fynd]:
    """The shares of a column, of the amounts of the column where most of them are right."""
    n = len(tabell.rader)
    summor = [r for r in range(n) if är_delsumma(tabell.rader[r])] or [n - 1]
    hela = [{r: s for r in range(n) if r != s} for s in summor]
    if len(summor) > 1:  # each row is a part of the sum below it
        hela.append({r: min(s for s in summor if s > r) for r in range(summor[-1]) if r not in summor})
    val = [(*_delade(u, (d, t), k, b, s), b, s) for b, s in product(range(len(tabell.kolumner)), hela) if b != k]
    ja, nej, b, s = max(val, key=lambda v: len(v[0]) - len(v[1]), default=([], [], 0, {}))
    if len(ja) < 2:
        return
    u.räkna(KOD, len(ja) + len(nej))
    for r in ja:
        u.intyga((d, t, r, k), (d, t, r, b))
    if len(nej) * 2 <= len(ja):
        for r in nej:
            andel, del_, hel = u.celler[d, t, r, k], u.celler[d, t, r, b], u.celler[d, t, s[r], b]
            yield _fynd(u, andel, del_, hel, intygad(len(ja)))


def _delade(u: Underlag, var: tuple[int, int], k: int, b: int, summor: dict[int, int]) -> tuple[list[int], list[int]]:
    """The rows whose share is right of the amounts of a column and the sum that each is a part of, and those not."""
    ja: list[int] = []
    nej: list[int] = []
    for r, s in summor.items():
        hela, andel, del_ = u.cell(*var, s, b), u.cell(*var, r, k), u.cell(*var, r, b)
        if hela and andel and del_ and "%" not in (hela.enhet, del_.enhet):
            (ja if stämmer(andel, del_.värde, hela.värde) else nej).append(r)
    return ja, nej


def _rad(u: Underlag, d: int, t: int, tabell: Tabell, r: int) -> Iterator[Fynd]:
    """A row of shares: which two rows it is of is learned from the columns where it is right."""
    kolumner = range(len(tabell.kolumner))
    andelar = {k: c for k in kolumner if (c := u.cell(d, t, r, k)) and c.enhet == "%" and c.värde}
    if len(andelar) < 2 or len(tabell.rader) > LÄNGST:
        return
    bäst: tuple[tuple[float, float], list[int], list[int], int, int] = ((0.0, 0.0), [], [], 0, 0)
    for täljare, nämnare in permutations([ett for ett in range(len(tabell.rader)) if ett != r], 2):
        ja, nej = _kvoter(u, (d, t), andelar, täljare, nämnare)
        siffrorna = sum(len(str(andelar[k].värde).replace(".", "")) for k in ja)
        vikt = (len(ja) - 2 * len(nej) + 0.5, 1 / (1 + abs(r - täljare)))
        if len(ja) >= 2 and len(nej) < len(ja) and siffrorna >= 5 and (not bäst[1] or vikt > bäst[0]):
            bäst = (vikt, ja, nej, täljare, nämnare)
    _, ja, nej, täljare, nämnare = bäst
    u.räkna(KOD, len(ja) + len(nej))
    for k in ja:
        u.intyga((d, t, r, k), (d, t, täljare, k), (d, t, nämnare, k))
    for k in nej:
        a, b = u.celler[d, t, täljare, k], u.celler[d, t, nämnare, k]
        yield _fynd(u, andelar[k], a, b, intygad(len(ja)))


def _kvoter(
    u: Underlag, var: tuple[int, int], andelar: dict[int, Cell], täljare: int, nämnare: int
) -> tuple[list[int], list[int]]:
    """The columns where shares are one row by another, and where they are not."""
    ja: list[int] = []
    nej: list[int] = []
    for k, andel in andelar.items():
        a, b = u.cell(*var, täljare, k), u.cell(*var, nämnare, k)
        if a and b and "%" not in (a.enhet, b.enhet):
            (ja if stämmer(andel, a.kr, b.kr) else nej).append(k)
    return ja, nej


def _fynd(u: Underlag, andel: Cell, del_: Cell, hela: Cell, samband: float) -> Fynd:
    platser = (andel.plats, del_.plats, hela.plats)
    kvot = avrunda(abs(del_.kr / hela.kr) * HUNDRA, max(1, andel.tal.decimaler))
    text = (
        f"{namn_på(andel)} är {andel.tal.tryckt} och stämmer inte med {skriv(del_.värde)} av {skriv(hela.värde)}"
        f" ({etikett(hela.etikett)}), som ger {skriv(kvot)} %."
    )
    return Fynd(
        KOD,
        "att ta ställning till",
        2,
        u.läsning(*platser) * samband,
        text,
        tuple(u.ställe(c) for c in (andel, del_, hela)),
        f"{skriv(del_.värde)} / {skriv(hela.värde)} = {skriv(kvot)} %; tryckt {andel.tal.tryckt}",
        abs(andel.värde) - kvot,
        frozenset(platser),
    )


def baser(u: Underlag, d: int, år: int | None) -> Sequence[Cell]:
    """Amounts that something may reasonably be a share of."""
    namn = ("intäkter", "medlemsbidrag", "kostnader", "tillgångar")
    return [c for c in u.celler.values() if c.plats[0] == d and c.begrepp in namn and c.enhet != "%" and c.värde]
