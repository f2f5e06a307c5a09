"""G01: relations known by the words of their rows that fail by one slip: a digit, or two in each other's place.

Where a table or a row has one column no other year says what sums what. But a sum that is right but for one digit of
one of its figures is a sum: another would hardly be so near. The relations are the sums, what a balansräkning and a
cash flow are, what is left, parts that are all (varav, övriga), and a result that nothing is added to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from finsam.granska.begrepp import begrepp, normal, är_summa
from finsam.granska.forklara import en_siffra, förklara, omkastade
from finsam.granska.fynd import Fynd
from finsam.granska.grund import NOLL, Cell, Underlag, etikett, siffror, skriv
from finsam.granska.lasa.tabell import Tabell
from finsam.granska.sakerhet import ej_slump, en_av

KOD = "G01"
NÄRA = 10
"""A difference of so little may be rounding."""
_VARAV = re.compile(r"^(?:varav|darav)\b")
_RESTEN = re.compile(r"\bovrig\w*|\bovrigt\b|\bresten\b")
_KVAR = re.compile(r"^(?:kvar|overskott|aterstar)\b")
_BALANSKRAV = re.compile(r"balanskrav")
_LÖPANDE = re.compile(r"^kassaflode fran den lopande")
_FRÅN = re.compile(r"^kassaflode fran ")
_MEDEL = re.compile(r"^medel fran ")


@dataclass(frozen=True, slots=True)
class Samband:
    """A figure and those that make it, each with its sign; in how many ways it was tried."""

    summa: Cell
    delar: tuple[tuple[int, Cell], ...]
    försök: int = 1

    @property
    def räknat(self) -> Decimal:
        """What the parts are together."""
        return sum((tecken * c.värde for tecken, c in self.delar), NOLL)

    @property
    def skillnad(self) -> Decimal:
        """What the printed figure is more."""
        return self.summa.värde - self.räknat

    @property
    def stämmer(self) -> bool:
        """It is exact, but for what the rounding of the parts makes."""
        return abs(self.skillnad) * 2 <= len(self.delar) + 1

    @property
    def säkert(self) -> float:
        """How sure it is that it is one, when a slip in one of its figures makes it exact; 0 when none does."""
        if abs(self.skillnad) < NÄRA:
            return 0.0
        alla = [(self.summa.värde, -1), *((c.värde, tecken) for tecken, c in self.delar)]
        spel = range(-(len(alla) // 2), len(alla) // 2 + 1)  # the parts may be rounded, each for itself
        if not any(_slip(a, a + tecken * (self.skillnad + n)) for n in spel for a, tecken in alla):
            return 0.0
        längst = max(siffror(a) for a, _ in alla)
        return ej_slump(längst, self.försök * len(spel) * sum(9 * siffror(a) for a, _ in alla))


def _slip(a: Decimal, b: Decimal) -> bool:
    return (a > 0) == (b > 0) and (en_siffra(a, b) or omkastade(a, b))


def check_slag(u: Underlag) -> Iterator[Fynd]:
    """Every column of every table."""
    for d, t, tabell in u.tabeller():
        namn = [normal(rad.etikett) for rad in tabell.rader]
        kolumner = {p[3] for p, c in u.celler.items() if p[:2] == (d, t) and c.enhet != "%"}
        kolumner = {k for k in kolumner if tabell.kolumner[k].slag not in ("andel", "avvikelse")}
        for k in sorted(kolumner):
            celler = {r: c for r in range(len(namn)) if (c := u.cell(d, t, r, k)) and c.enhet != "%"}
            delad = len(celler) < sum((*p[:2], p[3]) == (d, t, k) for p in u.celler)  # rows of shares stand between
            ensamma = {r for r in celler if delad or not any(u.cell(d, t, r, n) for n in kolumner - {k})}
            for kandidater in _namngivna(tabell, namn, celler):
                yield from (_fynd(u, s, s.säkert) for s in _pröva(u, tabell, kandidater))
            for kandidater in _summor(tabell, namn, celler, ensamma):
                yield from (_fynd(u, s, s.säkert * en_av(1 + _tryckt(u, s))) for s in _pröva(u, tabell, kandidater))


def _pröva(u: Underlag, tabell: Tabell, kandidater: Sequence[Samband]) -> Iterator[Samband]:
    """Ways to make one figure: nothing is told when one of them is exact, or when several fail by a slip."""
    enheter_lika = [s for s in kandidater if len({s.summa.enhet, *(c.enhet for _, c in s.delar)}) == 1]
    u.räkna(KOD, int(bool(enheter_lika)))
    if exakt := next((s for s in enheter_lika if not s.skillnad), None):
        if len(exakt.delar) > 1 and siffror(exakt.summa.värde) > 2:
            u.intyga(exakt.summa.plats, *(c.plats for _, c in exakt.delar))
        return
    if any(abs(s.skillnad) < NÄRA for s in enheter_lika):
        return
    slag = [s for s in enheter_lika if s.säkert]
    rader = {c.plats[2] for s in slag for c in (s.summa, *(c for _, c in s.delar))}
    if len(slag) == 1 and all(tabell.rader[r].säker for r in rader):
        yield slag[0]


def _tryckt(u: Underlag, s: Samband) -> bool:
    """The difference is a figure of the column: then another row may be a part, or one of them none."""
    d, t, _, k = s.summa.plats
    andra = (c for p, c in u.celler.items() if (*p[:2], p[3]) == (d, t, k) and c is not s.summa)
    return any(abs(c.värde) == abs(s.skillnad) for c in andra)


def _namngivna(tabell: Tabell, namn: Sequence[str], celler: dict[int, Cell]) -> Iterator[list[Samband]]:
    """The relations that the words of the rows say."""
    for r, summa in celler.items():
        tomma = [n for n in range(r) if n not in celler or not celler[n].värde]
        över = next((n for n in range(r - 1, -1, -1) if n not in tomma), None)
        if _BALANSKRAV.search(namn[r]) and över is not None and re.search(r"balanskrav|arets resultat", namn[över]):
            yield [Samband(summa, ((1, celler[över]),))]
        if _LÖPANDE.search(namn[r]) and (från := _sist(namn, r, _MEDEL)) is not None:
            yield [Samband(summa, tuple((1, celler[n]) for n in range(från, r) if n in celler))]
        if _MEDEL.search(namn[r]) and begrepp(tabell.rader[0].etikett) == "resultat":
            yield [Samband(summa, tuple((1, celler[n]) for n in range(r) if n in celler))]
        if begrepp(tabell.rader[r].etikett) == "kassaflöde" and r > 1:
            flöden = [n for n in range(r) if _FRÅN.search(namn[n])]
            yield [Samband(summa, tuple((1, celler[n]) for n in flöden if n in celler))] if len(flöden) > 1 else []
        if _KVAR.search(namn[r]) and (par := _två_över(namn, celler, r)):
            yield [Samband(summa, ((1, par[0]), (-1, par[1])))]
        yield from _varav(namn, celler, r)
    for r, rad in enumerate(tabell.rader):
        if _KVAR.search(namn[r]) and r not in celler and (par := _två_över(namn, celler, r)):
            tal = rad.tal[par[0].plats[3]]
            yield [Samband(par[1], ((1, par[0]),))] if tal and tal.tomt else []  # a dash: nothing is left
    tillgångar = [c for c in celler.values() if c.begrepp == "tillgångar"]
    skulder = [c for c in celler.values() if c.begrepp == "skulder_ek"]
    if len(tillgångar) == len(skulder) == 1:
        yield [Samband(skulder[0], ((1, tillgångar[0]),))]


def _två_över(namn: Sequence[str], celler: dict[int, Cell], r: int) -> tuple[Cell, Cell] | None:
    """The figures of the two rows above, when both have one; rows of what they are made of apart."""
    över = [n for n in range(r) if not _VARAV.search(namn[n])][-2:]
    return (celler[över[0]], celler[över[1]]) if len(över) == 2 and set(över) <= celler.keys() else None


def _sist(namn: Sequence[str], före: int, mönster: re.Pattern[str]) -> int | None:
    return next((n for n in range(före - 1, -1, -1) if mönster.search(namn[n])), None)


def _varav(namn: Sequence[str], celler: dict[int, Cell], r: int) -> Iterator[list[Samband]]:
    """The rows of which the last is the rest are all of the row above them."""
    slut = next((n for n in range(r + 1, len(namn)) if not _VARAV.search(namn[n])), len(namn))
    delar = range(r + 1, slut)
    if len(delar) > 1 and _RESTEN.search(namn[slut - 1]) and all(n in celler for n in delar):
        yield [Samband(celler[r], tuple((1, celler[n]) for n in delar))]


def _summor(tabell: Tabell, namn: Sequence[str], celler: dict[int, Cell], ensamma: set[int]) -> Iterator[list[Samband]]:
    """The rows that call themselves sums, of which no other column says of what: of how many rows above is tried."""
    öppna: list[int] = []
    for r in sorted(celler):
        if _VARAV.search(namn[r]):
            continue
        if är_summa(tabell.rader[r].etikett) and öppna:
            sedan = [n for n in öppna if n > max((x for x in öppna if är_summa(tabell.rader[x].etikett)), default=-1)]
            antal = [len(sedan), *range(2, len(öppna) + 1)] if sedan else range(2, len(öppna) + 1)
            alla = [Samband(celler[r], tuple((1, celler[n]) for n in öppna[-a:]), len(öppna)) for a in antal]
            träff = next((s for s in alla if s.stämmer), None) or next((s for s in alla if s.säkert), None)
            if r in ensamma and alla:
                yield [träff] if träff and len(träff.delar) == len(sedan) else alla  # those since the sum above
            öppna = öppna[: -len(träff.delar)] if träff else öppna
        öppna.append(r)


def _fynd(u: Underlag, s: Samband, säkerhet: float) -> Fynd:
    celler = [c for _, c in s.delar]
    platser = (s.summa.plats, *(c.plats for c in celler))
    namnen = [etikett(c.etikett) for c in celler]
    vad = " och ".join(namnen) if len(namnen) < 3 else f"raderna {namnen[0]} till {namnen[-1]}"
    tal = " ".join(f"{'+' if tk * c.värde >= 0 else '−'} {skriv(abs(c.värde))}" for tk, c in s.delar if c.värde)
    return Fynd(
        KOD,
        "hindrar",
        4 if abs(s.skillnad) * 100 > abs(s.räknat) else 3,
        säkerhet,
        f"{u.namn(s.summa)} är {skriv(s.summa.värde)} och stämmer inte med {vad}, som ger {skriv(s.räknat)}.",
        (u.ställe(s.summa), *(u.ställe(c) for c in dict.fromkeys((celler[0], celler[-1])))),
        f"{tal.removeprefix('+ ')} = {skriv(s.räknat)}; tryckt {skriv(s.summa.värde)}",
        s.skillnad,
        frozenset(platser),
        förklara(s.summa.värde, s.räknat, u, s.summa.plats[0]),
    )
