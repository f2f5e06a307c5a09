"""G01, G07, G03: tables that are printed column by column: a sum with its share, and below it what it is made of.

So a text is when it is taken out of cells: each block has its labels first and then, column by column, an amount, a
share and the amounts of the rows that have one. Which row an amount is of is not known where some are left out; that
the amounts below a sum make it is, where that is so in other columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise

from finsam.granska.begrepp import normal
from finsam.granska.forklara import förklara
from finsam.granska.fynd import Fynd, Ställe, ställe
from finsam.granska.grund import HALV, NOLL, Cell, Underlag, etikett, skriv
from finsam.granska.lasa.rad import Rad
from finsam.granska.lasa.siffror import som_tal
from finsam.granska.sakerhet import intygad
from finsam.model.belopp import avrunda

MINST = 3
"""So many columns have sums that are exact, for the blocks to be read as they are printed."""
LÄNGST = 14
"""So many lines the labels of a block are at most."""
SPEL = 2
"""So much rounding makes, in the unit that is printed."""
_BELOPP = re.compile(r"(\d{1,3}(?:[ \u00a0]\d{3})+)(?: ?kr)?")
_ANDEL = re.compile(r"\(?(\d{1,3}(?:,\d)?) ?%\)?")
_ANDEL_I_NAMN = re.compile(r"(\d{1,2}) ?%")
_ÅRTAL = re.compile(r"(?<!\d)20\d\d(?!\d)")
_HUNDRA = Decimal(100)


@dataclass(frozen=True, slots=True)
class Tryckt:
    """A figure on a line of its own."""

    värde: Decimal
    text: str
    rad: Rad


@dataclass(frozen=True, slots=True)
class Kolumn:
    """A column of a block: the sum, its share, and what it is made of."""

    summa: Tryckt
    andel: Tryckt
    delar: tuple[Tryckt, ...]

    @property
    def räknat(self) -> Decimal:
        """What the parts are together."""
        return sum((ett.värde for ett in self.delar), NOLL)


@dataclass(frozen=True, slots=True)
class Block:
    """The labels, the first of them that of the sum, and the columns."""

    namn: tuple[str, ...]
    kolumner: tuple[Kolumn, ...]

    def del_(self, nr: int, kolumn: Kolumn) -> Tryckt | None:
        """The figure of a label in a column; None when it is not known which it is."""
        if len(kolumn.delar) == len(self.namn) - 1:
            return kolumn.delar[nr - 1]
        return kolumn.delar[-1] if nr == len(self.namn) - 1 and kolumn.delar else None


def check_block(u: Underlag) -> Iterator[Fynd]:
    """The sums, the shares, the shares in the labels and the total of the blocks that stand after each other."""
    for d, dok in enumerate(u.dokument):
        for block, total, åren in _tabeller([rad for rad in dok.rader if rad.slag != "fot"]):
            exakta = sum(k.räknat == k.summa.värde for b in block for k in b.kolumner if len(k.delar) > 1)
            u.räkna("G01", sum(len(b.kolumner) for b in block))
            if exakta < MINST:
                continue
            yield from _summor(u, d, block, exakta)
            yield from _andelar_i_namn(u, d, block)
            if total:
                yield from _mot_total(u, d, block, total)
                yield from _mot_tabellerna(u, d, total, åren)


# --- reading ----------------------------------------------------------------------------------------------------------


def _tabeller(rader: Sequence[Rad]) -> Iterator[tuple[list[Block], tuple[Tryckt, ...], list[int]]]:
    """Blocks with as many columns right after each other, the line of as many amounts that follows, and the years."""
    block: list[Block] = []
    åren: list[int] = []
    nr = 0
    while nr < len(rader):
        slut = nr
        while slut < len(rader) and _ensamt(rader[slut]):
            slut += 1
        kolumner = _kolumner([t for rad in rader[nr:slut] if (t := _ensamt(rad))])
        if len(kolumner) > 1 and (not block or len(block[0].kolumner) == len(kolumner)):
            över = rader[max(0, nr - LÄNGST) : nr]
            åren = åren if block else _åren(över, len(kolumner))
            block.append(Block(_namn(över), kolumner))
        elif block and slut == nr:
            alla = tuple(Tryckt(som_tal(t[1]), t[1], rader[nr]) for t in _BELOPP.finditer(rader[nr].text))
            if len(alla) == len(block[0].kolumner) or len(rader[nr].text) > 60:
                yield block, alla if len(alla) == len(block[0].kolumner) else (), åren
                block = []
        nr = max(slut, nr + 1)
    if block:
        yield block, (), åren


def _åren(rader: Sequence[Rad], antal: int) -> list[int]:
    """The years of the head, when it has one for each column."""
    åren = next((å for rad in reversed(rader) if len(å := _ÅRTAL.findall(rad.text)) > 1), [])
    return [int(å) for å in åren] if len(åren) == antal else []


def _ensamt(rad: Rad) -> Tryckt | None:
    """An amount or a share that is all that a line says."""
    träff = _BELOPP.fullmatch(rad.text.strip()) or _ANDEL.fullmatch(rad.text.strip())
    return Tryckt(som_tal(träff[1]), träff[0], rad) if träff else None


def _kolumner(tal: Sequence[Tryckt]) -> tuple[Kolumn, ...]:
    """A column begins with the amount that has its share right after it."""
    andelar = [nr for nr, t in enumerate(tal) if "%" in t.text]
    if not andelar or andelar[0] != 1 or any(b - a < 3 for a, b in pairwise(andelar)):
        return ()
    slut = [*(nr - 1 for nr in andelar[1:]), len(tal)]
    return tuple(Kolumn(tal[a - 1], tal[a], tuple(tal[a + 1 : b])) for a, b in zip(andelar, slut, strict=True))


def _namn(rader: Sequence[Rad]) -> tuple[str, ...]:
    """The labels above the figures; a line that begins with a small letter or a bracket goes on with the one above."""
    ut: list[str] = []
    for rad in rader:
        text = rad.text.strip()
        if _ensamt(rad) or len(_BELOPP.findall(text)) > 1 or len(_ÅRTAL.findall(text)) > 1:
            ut = []
        elif ut and (text[0].islower() or text[0] == "(" or ut[-1].count("(") > ut[-1].count(")")):
            ut[-1] += f" {text}"
        else:
            ut.append(text)
    return tuple(ut)


# --- what does not agree ----------------------------------------------------------------------------------------------


def _plats(u: Underlag, d: int, tal: Tryckt) -> Ställe:
    return ställe(u.dokument[d].fil, tal.rad, tal.text)


def _summor(u: Underlag, d: int, block: Sequence[Block], exakta: int) -> Iterator[Fynd]:
    """A sum that is not what stands below it, in a block where the other columns are exact."""
    for ett in block:
        fel = [k for k in ett.kolumner if k.räknat != k.summa.värde and len(k.delar) > 1]
        rätt = [k for k in ett.kolumner if k.räknat == k.summa.värde and len(k.delar) > 1]
        for k in fel if len(rätt) > len(fel) else ():
            if abs(k.räknat - k.summa.värde) <= SPEL or len(k.delar) not in {len(r.delar) for r in rätt}:
                continue
            namn = etikett(ett.namn[0]) if ett.namn else "Summan"
            text = f"{namn} är {k.summa.text} och stämmer inte med beloppen under, som ger {skriv(k.räknat)}."
            tal = " + ".join(skriv(t.värde) for t in k.delar)
            yield Fynd(
                "G01",
                "hindrar",
                4 if abs(k.räknat - k.summa.värde) * 100 > k.summa.värde else 3,
                u.läsning_av_text(d, k.summa.rad) * intygad(exakta),
                text,
                (_plats(u, d, k.summa), _plats(u, d, k.delar[0]), _plats(u, d, k.delar[-1])),
                f"{tal} = {skriv(k.räknat)}; tryckt {skriv(k.summa.värde)}",
                k.summa.värde - k.räknat,
                förklaring=förklara(k.summa.värde, k.räknat, u, d),
            )


def _andelar_i_namn(u: Underlag, d: int, block: Sequence[Block]) -> Iterator[Fynd]:
    """Two labels with the same words and shares that are all of it: of their two amounts each is its share."""
    delade = [
        (b, nr, int(träff[1]), normal(namn))
        for b in block
        for nr, namn in enumerate(b.namn)
        if nr and (träff := _ANDEL_I_NAMN.search(namn))
    ]
    for (b1, n1, p1, namn1), (b2, n2, p2, namn2) in combinations(delade, 2):
        if p1 + p2 != _HUNDRA or namn1 != namn2:
            continue
        par = zip(b1.kolumner, b2.kolumner, strict=True)
        alla = [(x, y) for k1, k2 in par if (x := b1.del_(n1, k1)) and (y := b2.del_(n2, k2))]
        fel = [(x, y) for x, y in alla if abs(_kvot(x.värde, x.värde + y.värde) - p1) > HALV]
        rätt = len(alla) - len(fel)
        u.räkna("G07", len(alla))
        for x, y in fel if rätt > len(fel) else ():
            kvot = avrunda(_kvot(x.värde, x.värde + y.värde), 1)
            text = (
                f"{etikett(b1.namn[n1])}: {x.text} är {skriv(kvot)} % av {x.text} och {y.text}"
                f" ({etikett(b2.namn[n2])}), inte {p1} %. Andra år stämmer det."
            )
            yield Fynd(
                "G07",
                "att ta ställning till",
                2,
                u.läsning_av_text(d, x.rad, y.rad) * intygad(rätt),
                text,
                (_plats(u, d, x), _plats(u, d, y)),
                f"{skriv(x.värde)} / {skriv(x.värde + y.värde)} = {skriv(kvot)} %",
                kvot - p1,
            )


def _kvot(a: Decimal, b: Decimal) -> Decimal:
    return a / b * _HUNDRA if b else NOLL


def _mot_total(u: Underlag, d: int, block: Sequence[Block], total: Sequence[Tryckt]) -> Iterator[Fynd]:
    """The sums of the blocks make the total, and each share is of it; the total is what the tables have."""
    summor = [sum((b.kolumner[k].summa.värde for b in block), NOLL) for k in range(len(total))]
    hela = sum(s == t.värde for s, t in zip(summor, total, strict=True))
    if hela * 2 <= len(total):
        return
    alla = len(block) * len(total)
    # shares that are together a hundred may be a point off, so that they are
    spel = [1 if sum(b.kolumner[nr].andel.värde for b in block) == _HUNDRA else HALV for nr in range(len(total))]
    fel = [
        (b, b.kolumner[nr], t)
        for nr, t in enumerate(total)
        for b in block
        if abs(_kvot(b.kolumner[nr].summa.värde, t.värde) - b.kolumner[nr].andel.värde) > spel[nr]
    ]
    u.räkna("G07", alla)
    for b, k, t in fel if len(fel) * 4 <= alla else ():
        kvot = avrunda(_kvot(k.summa.värde, t.värde), 1)
        namn = etikett(b.namn[0]) if b.namn else "Andelen"
        yield Fynd(
            "G07",
            "att ta ställning till",
            2,
            u.läsning_av_text(d, k.summa.rad, t.rad) * intygad(alla - len(fel)),
            f"{namn}: {k.andel.text} stämmer inte med {k.summa.text} av {t.text}, som ger {skriv(kvot)} %.",
            (_plats(u, d, k.andel), _plats(u, d, k.summa), _plats(u, d, t)),
            f"{skriv(k.summa.värde)} / {skriv(t.värde)} = {skriv(kvot)} %; tryckt {k.andel.text}",
            k.andel.värde - kvot,
        )


def _mot_tabellerna(u: Underlag, d: int, total: Sequence[Tryckt], åren: Sequence[int]) -> Iterator[Fynd]:
    """The costs of a table are the total of the column of the same year; in another year they are not."""
    per_år: dict[int, Cell] = {}
    for p, c in u.celler.items():
        if p[0] == d and c.begrepp == "kostnader" and c.kolumn.år in åren and u.intygade.get(p):
            per_år.setdefault(c.kolumn.år or 0, c)
    par = [(år, t, per_år[år]) for år, t in zip(åren, total, strict=False) if år in per_år]
    lika = [år for år, t, c in par if abs(c.kr) == t.värde]
    u.räkna("G03", len(par))
    for annat, t, c in par if lika else ():
        if abs(abs(c.kr) - t.värde) > SPEL:
            text = (
                f"Tabellens summa {t.text} stämmer inte med"
                f" {etikett(c.etikett)} {annat}: {skriv(abs(c.värde))} {c.enhet}. {lika[0]} är de lika."
            )
            yield Fynd(
                "G03",
                "hindrar",
                3,
                u.läsning(c.plats) * u.läsning_av_text(d, t.rad),
                text,
                (_plats(u, d, t), u.ställe(c)),
                f"{skriv(t.värde)} − {skriv(abs(c.kr))} = {skriv(t.värde - abs(c.kr))}",
                t.värde - abs(c.kr),
                frozenset({c.plats}),
            )
