"""G04: what has one name in two places has one figure; the result of the räkning is the balansräkning's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from finsam.granska.begrepp import ORD, begrepp, kan_vara_summa, normal
from finsam.granska.forklara import en_siffra, förklara, omkastade
from finsam.granska.fynd import Fynd
from finsam.granska.grund import BARA_SUMMA, BELOPP, FÖR_STORT, Cell, Underlag, etikett, siffror, skriv
from finsam.granska.sakerhet import en_av, intygad

KOD = "G04"
STARKA = ("resultat", "ek_ut", "tillgångar", "kassaflöde", "likvida_ut", "intäkter", "medlemsbidrag", "kostnader")
EGNA_NAMN = (
    *("arets resultat", "summa tillgangar", "balansomslutning", "eget kapital vid arets slut", "utgaende eget kapital"),
    *("medlemsbidrag", "summa medlemsbidrag", "verksamhetens intakter", "verksamhetens kostnader", "arets kassaflode"),
)
"""Names that a förbund has one figure for; a mere "resultat" may be that of an insats."""
_ENHETSFEL = Decimal("0.015")
_ORDNING = ("resultatrakning", "balansrakning", "kassaflodesanalys", "not ", "flerars", "oversikt", "driftredovisning")


def check_lika(u: Underlag) -> Iterator[Fynd]:
    """Each concept in each year, over all tables and documents."""
    grupper: dict[tuple[str, int, str, str], list[Cell]] = defaultdict(list)
    for plats, cell in u.celler.items():
        namn = begrepp(cell.etikett)
        k = cell.kolumn
        if not namn or k.år is None or cell.enhet in ("", "%") or k.slag in ("avvikelse", "andel", "antal"):
            continue
        if k.del_ and k.del_ != "netto":
            continue
        if u.dokument[plats[0]].tabeller[plats[1]].rader[plats[2]].säker:
            grupper[namn, k.år, _slag(u, cell), ""].append(cell)
    for (namn, år, _, _), celler in grupper.items():
        if namn in STARKA and len({c.plats[:2] for c in celler}) > 1:
            yield from _pröva(u, namn, år, celler)


def _slag(u: Underlag, cell: Cell) -> str:
    """Outcome, budget or plan: a plan's columns are budget though they do not say it."""
    if cell.kolumn.slag in ("budget", "prognos"):
        return cell.kolumn.slag
    dok = u.dokument[cell.plats[0]]
    return "budget" if dok.är_plan and (cell.kolumn.år or 0) >= (dok.år or 0) else ""


def _pröva(u: Underlag, namn: str, år: int, celler: Sequence[Cell]) -> Iterator[Fynd]:
    främst = min(celler, key=lambda c: _ordning(u, c))
    for cell in celler:
        if cell.plats[:2] == främst.plats[:2]:
            continue
        if namn == "kostnader" and normal(cell.etikett) != normal(främst.etikett):
            continue
        u.räkna(KOD)
        skillnad = abs(cell.kr) - abs(främst.kr)
        if (
            främst.kr
            and cell.kr
            and abs(max(abs(cell.kr / främst.kr), abs(främst.kr / cell.kr)) / 1000 - 1) < _ENHETSFEL
        ):
            continue  # the unit of a table was not understood
        if abs(skillnad) <= max(cell.steg, främst.steg):
            if skillnad == 0 and cell.kr == -främst.kr and cell.kr and namn == "resultat":
                yield _fynd(u, namn, år, cell, främst, 1)
            elif skillnad == 0 and siffror(cell.värde) >= 4:
                u.intyga(cell.plats, främst.plats)
            continue
        yield _fynd(u, namn, år, cell, främst, _samma_sak(u, cell, främst))


def _samma_sak(u: Underlag, cell: Cell, främst: Cell) -> float:
    """How sure it is that two rows are of the same: by a name of its own, and what else their columns have alike.

    Another row may agree with the figure: then the names differ, or the figures; but not when it is the result before
    what the other has too.
    """
    for annan in u.celler.values():
        bredvid = (*annan.plats[:2], annan.plats[3]) == (*främst.plats[:2], främst.plats[3]) and annan is not främst
        lika = abs(abs(annan.kr) - abs(cell.kr)) <= max(annan.steg, cell.steg)
        if bredvid and lika and siffror(cell.värde) > 2:
            return en_av(1 if begrepp(annan.etikett) == "verksamhetsresultat" else 2)
    return intygad(_gemensamma(u, cell, främst) + (normal(cell.etikett) in EGNA_NAMN))


def _gemensamma(u: Underlag, cell: Cell, främst: Cell) -> int:
    """How many other figures of the column stand in both tables: so far they are of the same thing."""
    ena, andra = (
        {abs(c.kr) for c in u.celler.values() if (*c.plats[:2], c.plats[3]) == (*p[:2], p[3]) and siffror(c.värde) > 2}
        for p in (cell.plats, främst.plats)
    )
    return len(ena & andra)


def _ordning(u: Underlag, cell: Cell) -> tuple[int, int, int]:
    """What is believed first: the räkningar, then their notes, then the rest."""
    d, t = cell.plats[:2]
    text = normal(u.dokument[d].tabeller[t].rubrik) + " " + normal(u.dokument[d].tabeller[t].avsnitt)
    nr = next((nr for nr, ord_ in enumerate(_ORDNING) if ord_ in text), len(_ORDNING))
    return nr, -u.intygade.get(cell.plats, 0), t


def _fynd(u: Underlag, namn: str, år: int, cell: Cell, främst: Cell, samband: float) -> Fynd:
    säkerhet = u.läsning(cell.plats, främst.plats) * samband
    skillnad = cell.kr - främst.kr
    text = (
        f"{ORD[namn].capitalize()} {år} är {skriv(cell.värde)} {cell.enhet} på raden ”{etikett(cell.etikett)}”"
        f" ({_var(u, cell)}) och stämmer inte med {skriv(främst.värde)} {främst.enhet} på raden"
        f" ”{etikett(främst.etikett)}” ({_var(u, främst)})."
    )
    return Fynd(
        KOD,
        "hindrar" if namn in ("resultat", "ek_ut", "tillgångar") else "att ta ställning till",
        3,
        säkerhet,
        text,
        (u.ställe(cell), u.ställe(främst)),
        f"{skriv(cell.kr)} − {skriv(främst.kr)} = {skriv(skillnad)}",
        skillnad,
        frozenset((cell.plats, främst.plats)),
        förklara(cell.kr, främst.kr, u, cell.plats[0]),
    )


def _var(u: Underlag, cell: Cell) -> str:
    d, t = cell.plats[:2]
    tabell = u.dokument[d].tabeller[t]
    fil = f"{u.dokument[d].fil}, " if len(u.dokument) > 1 else ""
    return fil + etikett(tabell.avsnitt or tabell.rubrik or "tabellen")


MÅNGA = 5
"""So many digits are not the same by chance in two tables on rows of one name."""


def check_siffra(u: Underlag) -> Iterator[Fynd]:
    """Columns of two tables with the same figure on rows of one name: on another such row a digit is not the same."""
    kolumner: dict[tuple[int, int, int], dict[str, Cell]] = defaultdict(dict)
    lika: dict[tuple[str, Decimal], list[Cell]] = defaultdict(list)
    for (d, t, _, k), cell in u.celler.items():
        namn = cell.begrepp or normal(cell.etikett)
        if cell.enhet in BELOPP and siffror(cell.värde) >= MÅNGA and namn not in BARA_SUMMA:
            kolumner[d, t, k][namn] = cell
            lika[namn, abs(cell.kr)].append(cell)
    par = {(a.plats[:2] + a.plats[3:], b.plats[:2] + b.plats[3:]): (a, b) for c in lika.values() for a, b in _par(c)}
    for (ena, andra), samma in par.items():
        for namn in kolumner[ena].keys() & kolumner[andra].keys():
            a, b = kolumner[ena][namn], kolumner[andra][namn]
            u.räkna(KOD)
            egna = all(u.intygade.get(c.plats) for c in (a, b))  # each is right where it stands
            if a.enhet == b.enhet and _slip(abs(a.värde), abs(b.värde)) and not egna:
                u.intyga(*(c.plats for c in samma))
                främst, cell = sorted((a, b), key=lambda c: _ordning(u, c))
                if u.intygade.get(främst.plats):
                    yield _sifferfynd(u, cell, främst, samma[0])


def _par(celler: Sequence[Cell]) -> Iterator[tuple[Cell, Cell]]:
    """Figures of two tables and of the same kind; the same year, where both tables say one."""
    for a, b in combinations(celler, 2):
        if a.plats[:2] == b.plats[:2] or a.kolumn.slag != b.kolumn.slag:
            continue
        if a.kolumn.år == b.kolumn.år or not (a.kolumn.år and b.kolumn.år):
            yield a, b


def _slip(a: Decimal, b: Decimal) -> bool:
    return a != b and (en_siffra(a, b) or omkastade(a, b))


def _sifferfynd(u: Underlag, cell: Cell, främst: Cell, samma: Cell) -> Fynd:
    text = (
        f"{etikett(cell.etikett)} är {skriv(abs(cell.värde))} ({_var(u, cell)}) och stämmer inte med"
        f" {skriv(abs(främst.värde))} ({_var(u, främst)}). {etikett(samma.etikett)} är lika på båda ställena."
    )
    return Fynd(
        KOD,
        "att ta ställning till",
        3,
        u.läsning(cell.plats, främst.plats),
        text,
        (u.ställe(cell), u.ställe(främst)),
        f"{skriv(abs(cell.kr))} − {skriv(abs(främst.kr))} = {skriv(abs(cell.kr) - abs(främst.kr))}",
        abs(cell.kr) - abs(främst.kr),
        frozenset((cell.plats, främst.plats)),
        förklara(abs(cell.kr), abs(främst.kr), u, cell.plats[0]),
    )


def check_resultat(u: Underlag) -> Iterator[Fynd]:
    """G01: a result is income less costs, also where only one column has it."""
    for d, t, tabell in u.tabeller():
        namn = [begrepp(rad.etikett) for rad in tabell.rader]
        finans = any("finans" in rad.etikett.lower() or "ränt" in rad.etikett.lower() for rad in tabell.rader)
        resultat = "verksamhetsresultat" if "verksamhetsresultat" in namn else "" if finans else "resultat"
        if any(namn.count(n) != 1 for n in ("intäkter", "kostnader", resultat)):
            continue
        if not kan_vara_summa(tabell.rader[namn.index("kostnader")].etikett):
            continue  # there may be avskrivningar that it does not hold
        for k in range(len(tabell.kolumner)):
            in_, ut, kvar = (u.cell(d, t, namn.index(n), k) for n in ("intäkter", "kostnader", resultat))
            if not (in_ and ut and kvar) or "%" in (in_.enhet, ut.enhet, kvar.enhet) or kvar.kolumn.slag == "avvikelse":
                continue
            räknat = abs(in_.värde) - abs(ut.värde)
            u.räkna("G01")
            if räknat == kvar.värde and siffror(kvar.värde) > 2:
                u.intyga(in_.plats, ut.plats, kvar.plats)
            elif abs(abs(räknat) - abs(kvar.värde)) > 2 and not kvar.kolumn.del_:
                yield _resultatfynd(u, in_, ut, kvar, räknat)


def _resultatfynd(u: Underlag, in_: Cell, ut: Cell, kvar: Cell, räknat: Decimal) -> Fynd:
    text = (
        f"{etikett(kvar.etikett)} {kvar.kolumn.rubrik} är {skriv(kvar.värde)} och stämmer inte med"
        f" {etikett(in_.etikett)} minus {etikett(ut.etikett)}, som ger {skriv(räknat)}."
    )
    platser = (in_.plats, ut.plats, kvar.plats)
    return Fynd(
        "G01",
        "hindrar",
        4,
        u.läsning(*platser),
        text,
        tuple(u.ställe(c) for c in (kvar, in_, ut)),
        f"{skriv(abs(in_.värde))} − {skriv(abs(ut.värde))} = {skriv(räknat)}; tryckt {skriv(kvar.värde)}",
        kvar.värde - räknat,
        frozenset(platser),
        förklara(kvar.värde, räknat, u, kvar.plats[0]),
    )


def check_tusen(u: Underlag) -> Iterator[Fynd]:
    """G12: an amount in the text is a thousand times one of the tables: the unit is wrong."""
    from finsam.granska.lasa.siffror import tal_i_text

    for d, dok in enumerate(u.dokument):
        egna = [c for c in u.celler.values() if c.plats[0] == d and c.enhet in ("kr", "tkr", "mnkr")]
        störst = max((abs(c.kr) for c in egna), default=Decimal(0))
        for mening in dok.meningar if störst else ():
            for tal in tal_i_text(mening.text):
                if tal.värde is None or tal.enhet not in ("tkr", "mnkr"):
                    continue
                kr = tal.värde * (1000 if tal.enhet == "tkr" else 1_000_000)
                u.räkna("G12")
                nära = [c for c in egna if c.värde and abs(kr / 1000 / abs(c.kr) - 1) < Decimal("0.015")]
                if kr > FÖR_STORT * störst and nära:
                    yield _tusenfynd(u, d, mening.rad(tal.början), tal.tryckt, nära[0], len(egna))


def _tusenfynd(u: Underlag, d: int, rad: object, tryckt: str, nära: Cell, antal: int) -> Fynd:
    from finsam.granska.fynd import ställe
    from finsam.granska.lasa.rad import Rad

    assert isinstance(rad, Rad)
    text = (
        f"{tryckt} i texten är tusen gånger större än dokumentets belopp och stämmer inte med raden"
        f" ”{etikett(nära.etikett)}”, {skriv(nära.värde)} {nära.enhet}."
    )
    return Fynd(
        "G12",
        "att ta ställning till",
        3,
        u.läsning_av_text(d, rad) * intygad(antal),
        text,
        (ställe(u.dokument[d].fil, rad, tryckt), u.ställe(nära)),
        f"{tryckt} mot {skriv(nära.värde)} {nära.enhet}",
        None,
        förklaring="Skillnaden är tusen gånger: enheten kan vara fel.",
    )
