"""G01: sums, levels and results within a table.

A structure (this row is the sum of those) is found where it is exact, in some column, and then tried in the others. A
difference that the printed precision allows is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from finsam.granska.begrepp import begrepp, kan_vara_summa, normal
from finsam.granska.forklara import en_siffra, förklara, omkastade
from finsam.granska.fynd import Fynd
from finsam.granska.grund import NOLL, Cell, Underlag, siffror, skriv, är_delsumma
from finsam.granska.lasa.tabell import Tabell
from finsam.granska.sakerhet import ej_slump, en_av, intygad

KOD = "G01"
HÖGST_I_FÖLJD = 40
_RESULTAT = {"resultat", "verksamhetsresultat", "ek_ut", "likvida_ut", "kassaflöde"}
_REST = re.compile(
    r"\b(?:kvar|overskott|underskott|netto|saldo|skillnad|resultat|nettokostnad|aterstar|redovisat varde)"
)
"""Words of rows that may be what is left when others are taken from the first."""
_FLÖDE = re.compile(r"^(?:kassaflode|medel fran|balanskravsresultat|avskrivet|anskaffningsvarde|arets resultat)")
"""Words of rows that are sums, though they do not say it."""
_VARAV = re.compile(r"(?:varav|darav)\b")
"""A row that is a part of the one above it, and of no sum."""
_SLUTAR_MED_TAL = re.compile(r"\d\W*$")
_FOLK = re.compile(r"\b(?:deltagare|kvinnor|personer)\b")
Tecken = tuple[int, ...]


@dataclass(slots=True)
class Struktur:
    """A row is the sum of rows above it, each with its sign; the columns where that is so, and where it is not."""

    summa: int
    delar: tuple[int, ...]
    tecken: Tecken
    stämmer: list[int]
    nära: list[int]
    """Columns where it is so but for what rounding makes; they certify nothing."""
    skiljer: list[tuple[int, Decimal]]
    vikt: int = 0


def check_summor(u: Underlag) -> Iterator[Fynd]:
    """Every table's sums."""
    for d, t, tabell in u.tabeller():
        strukturer, öppna = _strukturer(u, d, t, tabell)
        for s in strukturer:
            for k in s.stämmer:
                if _tungt(u, d, t, s, k):
                    u.intyga(*((d, t, r, k) for r in (s.summa, *s.delar) if u.cell(d, t, r, k)))
        u.räkna(KOD, sum(len(s.stämmer) + len(s.skiljer) for s in strukturer))
        for s in strukturer:
            if _får_larma(tabell.rader[s.summa].etikett) or _är_fast(s):
                yield from _skillnader(u, d, t, s)
        yield from _ensamma(u, d, t, tabell, strukturer, öppna)


def _får_larma(etikett_: str) -> bool:
    """A label says that its row is a sum, a result or what is left; other rows may be sums by chance."""
    rest = begrepp(etikett_) in _RESULTAT or bool(_REST.search(normal(etikett_)) or _FLÖDE.search(normal(etikett_)))
    return rest or kan_vara_summa(etikett_) or bool(begrepp(etikett_))


def _är_fast(s: Struktur) -> bool:
    """A structure holds in so many columns that its row is a sum, whatever it is called."""
    return len(s.stämmer) > 1 and len(s.skiljer) == 1 and len(s.delar) > 2 and s.vikt > 5 and min(s.tecken) > 0


def _tungt(u: Underlag, d: int, t: int, s: Struktur, k: int) -> bool:
    """The relation says something in a column: not just that a figure is itself."""
    delar = [c for r in s.delar if (c := u.cell(d, t, r, k)) and c.värde]
    summa = u.cell(d, t, s.summa, k)
    minst = 20 if len(delar) > 2 and _räknar_folk(u.dokument[d].tabeller[t]) else 100
    return summa is not None and len(delar) > 1 and abs(summa.värde).scaleb(summa.tal.decimaler) >= minst


def _strukturer(u: Underlag, d: int, t: int, tabell: Tabell) -> tuple[list[Struktur], dict[int, list[int]]]:
    """The structures of a table, from the top, and for each row that should be a sum and is not: what is open to it."""
    ut: list[Struktur] = []
    utan: dict[int, list[int]] = {}
    öppna: list[int] = []
    for r, rad in enumerate(tabell.rader):
        if not any(u.cell(d, t, r, k) for k in range(len(tabell.kolumner))) or _VARAV.match(normal(rad.etikett)):
            continue
        bäst = _bästa(u, d, t, r, öppna, tabell)
        if bäst is None and är_delsumma(rad):
            råa = _sedan_summan(u, d, t, r, tabell)
            bäst = _bästa(u, d, t, r, råa, tabell) if råa != öppna else None
            delsummor = [ett for ett in öppna if är_delsumma(tabell.rader[ett])]
            bäst = bäst or (_bästa(u, d, t, r, delsummor[-2:], tabell) if len(delsummor) > 2 else None)
        if bäst is None and öppna and är_delsumma(rad) and _är_kopia(u, d, t, r, öppna[-1], len(tabell.kolumner)):
            öppna[-1] = r  # the sum of a single row
            continue
        if bäst is None:
            if är_delsumma(rad) and len(öppna) > 1:
                utan[r] = list(öppna)
            öppna.append(r)
            continue
        ut.append(bäst)
        öppna = [ett for ett in öppna if ett not in bäst.delar]
        öppna.append(r)
    return ut, utan


def _sedan_summan(u: Underlag, d: int, t: int, r: int, tabell: Tabell) -> list[int]:
    """Every row with figures since the latest that calls itself a sum."""
    början = max((ett + 1 for ett in range(r) if är_delsumma(tabell.rader[ett])), default=0)
    return [ett for ett in range(början, r) if any(u.cell(d, t, ett, k) for k in range(len(tabell.kolumner)))]


def _är_kopia(u: Underlag, d: int, t: int, r: int, förra: int, kolumner: int) -> bool:
    par = [(u.cell(d, t, r, k), u.cell(d, t, förra, k)) for k in range(kolumner)]
    return any(a for a, _ in par) and all((a.värde if a else None) == (b.värde if b else None) for a, b in par)


def _bästa(u: Underlag, d: int, t: int, r: int, öppna: Sequence[int], tabell: Tabell) -> Struktur | None:
    """The structure of a row that holds in most columns, and says most."""
    kandidater: list[tuple[int, int, int, int, Struktur]] = []
    etikett_ = tabell.rader[r].etikett
    summa = kan_vara_summa(etikett_)
    rest = begrepp(etikett_) in _RESULTAT or bool(_REST.search(normal(etikett_)))
    fast = _får_larma(etikett_)
    gräns = _gruppens_början(tabell, r)
    kopia = summa or bool(_FLÖDE.search(normal(etikett_)))
    for n in range(1 if kopia else 2, min(HÖGST_I_FÖLJD, len(öppna)) + 1):
        delar = tuple(öppna[-n:])
        for tecken in _tecken(n, rest=rest, summa=summa):
            s = _pröva(u, d, t, r, delar, tecken, len(tabell.kolumner), fast=fast)
            if s is None:
                continue
            enkel = tecken == (1,) * n
            i_gruppen = int(summa and delar[0] == gräns)
            vikt = s.vikt + (2 if summa else 0)
            kandidater.append(
                (
                    2 * len(s.stämmer) + len(s.nära) - len(s.skiljer) + 2 * i_gruppen,
                    int(enkel),
                    vikt,
                    n if summa else -n,
                    s,
                )
            )
    if not kandidater:
        return None
    bäst = max(kandidater, key=lambda k: k[:4])[-1]
    få = len(tabell.kolumner) == 1 or len(bäst.stämmer) + len(bäst.nära) == 1
    minst = 3 if kopia else 5
    if not summa and begrepp(tabell.rader[r].etikett) not in _RESULTAT and få and bäst.vikt < minst:
        return None
    if not summa and len(bäst.skiljer) > len(bäst.stämmer) + len(bäst.nära):
        return None
    return bäst


def _gruppens_början(tabell: Tabell, r: int) -> int:
    grupp = tabell.rader[r - 1].grupp if r else ""
    början = r
    while början and tabell.rader[början - 1].grupp == grupp and not är_delsumma(tabell.rader[början - 1]):
        början -= 1
    return början


def _tecken(n: int, *, rest: bool, summa: bool) -> Iterator[Tecken]:
    """The signs that the parts may have: all plus, all turned, or the first less all the others."""
    yield (1,) * n
    if n > 1 and rest:
        yield (1,) + (-1,) * (n - 1)
    if n <= 3 and (rest or summa):
        yield (-1,) * n


def _pröva(
    u: Underlag, d: int, t: int, r: int, delar: tuple[int, ...], tecken: Tecken, kolumner: int, *, fast: bool
) -> Struktur | None:
    """A structure, when it is exact in some column."""
    s = Struktur(r, delar, tecken, [], [], [])
    for k in range(kolumner):
        summa = u.cell(d, t, r, k)
        cellerna = [u.cell(d, t, del_, k) for del_ in delar]
        ifyllda = [c for c in cellerna if c is not None]
        if summa is None or not ifyllda or any(c.enhet != summa.enhet for c in ifyllda) or summa.enhet == "%":
            continue
        räknat = sum((tk * c.värde for tk, c in zip(tecken, cellerna, strict=True) if c), NOLL)
        skillnad = summa.värde - räknat
        if skillnad == 0:
            s.stämmer.append(k)
            nollskilda = sum(bool(c.värde) for c in ifyllda)
            if summa.värde and nollskilda > 1:
                tyngst = max(siffror(c.värde) for c in (summa, *ifyllda))
                s.vikt = max(s.vikt, tyngst) + (1 if s.vikt else 0)
            elif summa.värde and len(delar) == 1 and siffror(summa.värde) > 3:
                s.vikt = max(s.vikt, siffror(summa.värde) - 1)
        elif abs(skillnad) > _spelrum(u, summa, ifyllda):
            s.skiljer.append((k, skillnad))
        elif fast and abs(skillnad) * 10_000 < abs(summa.värde) and sum(bool(c.värde) for c in ifyllda) > 1:
            s.nära.append(k)
            s.vikt = max(s.vikt, siffror(summa.värde) - 1)
    return s if s.vikt >= 2 else None


def _räknar_folk(tabell: Tabell) -> bool:
    """A table is of how many took part, by what stands over it."""
    text = normal(" ".join((tabell.rubrik, tabell.hörn, *(k.rubrik for k in tabell.kolumner))))
    return bool(_FOLK.search(text)) and "unik" not in text


def _spelrum(u: Underlag, summa: Cell, delar: Sequence[Cell]) -> Decimal:
    """What a sum may be off because its parts are rounded for themselves: half a step each; people are not rounded."""
    if (
        not summa.enhet
        and not summa.tal.decimaler
        and _räknar_folk(u.dokument[summa.plats[0]].tabeller[summa.plats[1]])
    ):
        return NOLL
    steg = Decimal(1).scaleb(-summa.tal.decimaler)
    return steg * (len(delar) + 1) / 2


def _skillnader(u: Underlag, d: int, t: int, s: Struktur) -> Iterator[Fynd]:
    """Where a structure that holds in other columns does not hold."""
    for k, skillnad in s.skiljer:
        summa = u.celler[d, t, s.summa, k]
        delar = [(tk, c) for tk, r in zip(s.tecken, s.delar, strict=True) if (c := u.cell(d, t, r, k))]
        räknat = summa.värde - skillnad
        talar = 2 + len(s.stämmer) + len(s.nära) - len(s.skiljer) - _tom_del(u, d, t, k, s)
        samband = ej_slump(s.vikt, 4 * len(s.delar)) * intygad(max(1, talar))
        if any(
            abs(_räkna(s, tecken, u, d, t, k) - summa.värde) <= _spelrum(u, summa, [c for _, c in delar])
            for tecken in _alla(s)
        ):
            continue  # the column has its costs the other way round
        if abs(skillnad) * 20 > abs(räknat) and _radgräns(u, d, t, k, s, abs(skillnad)):
            samband *= en_av(2)
        yield _fynd(u, summa, delar, räknat, samband)


def _tom_del(u: Underlag, d: int, t: int, k: int, s: Struktur) -> bool:
    """A row has no figure here and has one where the structure holds."""
    rader = u.dokument[d].tabeller[t].rader
    return any(rader[r].tal[k] is None and any(u.cell(d, t, r, ja) for ja in s.stämmer) for r in s.delar)


def _lästa(u: Underlag, summa: Cell, först: int) -> float:
    """Less than 1 when a row of a sum may have a figure that has not been read."""
    d, t, r, k = summa.plats
    rader = u.dokument[d].tabeller[t].rader[min(först, r) : r + 1]
    kan = (not rad.säker or (rad.tal[k] is None and _SLUTAR_MED_TAL.search(rad.etikett)) for rad in rader)
    return en_av(1 + any(kan))


def _alla(s: Struktur) -> Iterator[Tecken]:
    return _tecken(len(s.delar), rest=True, summa=True)


def _räkna(s: Struktur, tecken: Tecken, u: Underlag, d: int, t: int, k: int) -> Decimal:
    celler = (u.cell(d, t, r, k) for r in s.delar)
    return sum((tk * c.värde for tk, c in zip(tecken, celler, strict=True) if c), NOLL)


def _radgräns(u: Underlag, d: int, t: int, k: int, s: Struktur, skillnad: Decimal) -> bool:
    """The difference is a figure printed in the same column outside the sequence: the sequence may be another there."""
    utanför = (c for p, c in u.celler.items() if p[:2] == (d, t) and p[3] == k and p[2] not in (s.summa, *s.delar))
    return any(abs(c.värde) == skillnad for c in utanför)


def _ensamma(
    u: Underlag, d: int, t: int, tabell: Tabell, strukturer: Sequence[Struktur], utan: dict[int, list[int]]
) -> Iterator[Fynd]:
    """Rows that call themselves sums and are not, in any column: told of where the table's other sums are exact."""
    summor = [s for s in strukturer if är_delsumma(tabell.rader[s.summa])]
    for r, öppna in utan.items():
        kandidater = _kandidater(tabell, öppna)
        u.räkna(KOD)
        for k in range(len(tabell.kolumner)):
            summa = u.cell(d, t, r, k)
            celler = _närmast(u, (d, t, k), summa, kandidater)
            if summa is None or len(celler) < 2 or summa.enhet == "%" or any(c.enhet != summa.enhet for c in celler):
                continue
            räknat = sum((c.värde for c in celler), NOLL)
            if abs(summa.värde) == abs(räknat) or abs(abs(summa.värde) - abs(räknat)) <= _spelrum(u, summa, celler):
                continue
            räknat = räknat if (räknat < 0) == (summa.värde < 0) else -räknat
            stöd = _stöd(u, d, t, r, k, summa, räknat, strukturer)
            if siffror(räknat) >= 5 and _står_annars(u, d, t, räknat):
                u.intyga(*(c.plats for c in celler))  # together they are a figure of another table: they are read right
            samband = _grad(summa.värde, räknat, len(summor) + 2 * stöd)
            yield _fynd(u, summa, [(1, c) for c in celler], räknat, samband)


def _kandidater(tabell: Tabell, öppna: Sequence[int]) -> list[list[int]]:
    """What a row may be the sum of: rows since the latest sum or since the group began; that sum too; all."""
    delar: list[int] = []
    for ett in reversed(öppna):
        if är_delsumma(tabell.rader[ett]) or (delar and tabell.rader[ett].grupp != tabell.rader[delar[-1]].grupp):
            break
        delar.append(ett)
    delar.reverse()
    med_förra = list(öppna[-len(delar) - 1 :]) if delar else []
    return [delar, med_förra, list(öppna)]


def _närmast(u: Underlag, var: tuple[int, int, int], summa: Cell | None, kandidater: Sequence[list[int]]) -> list[Cell]:
    """The figures of the first that a row may be the sum of; of another when its difference is a single slip."""
    d, t, k = var
    alla = [[c for r in delar if (c := u.cell(d, t, r, k))] for delar in kandidater]
    for celler in alla if summa else ():
        räknat = abs(sum((c.värde for c in celler), NOLL))
        if summa and len(celler) > 1 and (_liten(summa.värde, räknat) or siffror(abs(summa.värde) - räknat) == 1):
            return celler
    return alla[0]


def _stöd(
    u: Underlag, d: int, t: int, r: int, k: int, summa: Cell, räknat: Decimal, strukturer: Sequence[Struktur]
) -> bool:
    """Something else says so too: the printed sum is right one level up, or the counted one stands elsewhere."""
    uppåt = any(r in s.delar and k in s.stämmer and _tungt(u, d, t, s, k) for s in strukturer)
    return uppåt or (siffror(räknat) >= 4 and _står_annars(u, d, t, räknat))


def _står_annars(u: Underlag, d: int, t: int, räknat: Decimal) -> bool:
    """An amount stands in another table of the document."""
    return any(p[0] == d and p[1] != t and abs(c.värde) == abs(räknat) for p, c in u.celler.items())


def _grad(tryckt: Decimal, räknat: Decimal, talar: int) -> float:
    """How sure it is that a row sums those above, by how many sums of the table are exact and what else says so. A slip
    of one digit speaks for it as one of them, but not by itself; a difference that is no slip takes half of one away.
    """
    liten = _liten(tryckt, räknat) or siffror(tryckt - räknat) == 1
    return intygad(talar + (1 if liten else -0.5) if talar else 0)


def _liten(a: Decimal, b: Decimal) -> bool:
    """Two figures are one and the same but for a digit, or two that have changed places."""
    return en_siffra(a, b) or omkastade(a, b)


def _fynd(u: Underlag, summa: Cell, delar: Sequence[tuple[int, Cell]], räknat: Decimal, samband: float) -> Fynd:
    platser = [summa.plats, *(c.plats for _, c in delar)]
    säkerhet = u.läsning(*platser) * _lästa(u, summa, min(c.plats[2] for _, c in delar)) * samband
    tal = " ".join(
        f"{'+' if (tk * c.värde) >= 0 else '−'} {skriv(abs(c.värde))}" for tk, c in delar if c.värde
    ).removeprefix("+ ")
    skillnad = summa.värde - räknat
    text = f"{u.namn(summa)} är {skriv(summa.värde)} och stämmer inte med raderna ovanför, som ger {skriv(räknat)}."
    första, sista = delar[0][1], delar[-1][1]
    ställen = (u.ställe(summa), *(u.ställe(c) for c in dict.fromkeys((första, sista))))
    return Fynd(
        KOD,
        "hindrar",
        4 if abs(skillnad) * 100 > abs(räknat) else 3,
        säkerhet,
        text,
        ställen,
        f"{tal} = {skriv(räknat)}; tryckt {skriv(summa.värde)}",
        skillnad,
        frozenset(platser),
        förklara(summa.värde, räknat, u, summa.plats[0]),
    )
