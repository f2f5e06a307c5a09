"""G24, G14: the day of a decision, the balansdag of an amount, and the year that a document says that it is of."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from finsam.granska.fynd import Fynd, ställe
from finsam.granska.grund import BELOPP, Cell, Underlag, siffror
from finsam.granska.lasa.dokument import Dokument
from finsam.granska.lasa.rad import Rad
from finsam.granska.lasa.siffror import FAKTOR, tal_i_text
from finsam.granska.sakerhet import ej_slump, intygad
from finsam.model.ord import MÅNADER

KOD = "G24"
_DAG = re.compile(rf"(?i)(?<!\d)(?:(\d{{1,2}}) ({'|'.join(MÅNADER)}) (20\d\d)|(20\d\d)-(\d\d)-(\d\d))(?!\d)")
_VERB = re.compile(r"(?i)\b(?:fastställ|beslut|antog|antagen|antogs|antagits|godkän)")
_SAKER = (
    ("årsredovisningen", re.compile(r"(?i)\bårsredovisning")),
    ("delårsrapporten", re.compile(r"(?i)\bdelårsrapport")),
    ("verksamhetsplanen och budgeten", re.compile(r"(?i)\bverksamhetsplan|\bbudget")),
)
_DEN = re.compile(r"(?i)\b(?:beslutade|beslutat) om den\b|\bden (?:fastställdes|antogs|godkändes|beslutades)\b")
_ANNAT = re.compile(
    r"(?i)\b(?:revider|ändra|tillägg|samråd|preliminär|förslag|revisor|fullmäktige|regionstyrels|kommunstyrels|samtliga"
    r"|medlemmarna|ansvarsfrihet|policy|ordning|insats|omfördel|ram\b|ramar|uppföljning|nästa möte|inriktning)"
)
_EFTER = re.compile(r"(?i),? efter samråd[^.,]*")
_NÄRA = 120
"""Days between two days that may be taken for each other; further apart they are of two years."""
_BÖRJAN = 12
"""Sentences where the day of the document itself may stand."""
Beslut = dict[tuple[str, int | None], dict[datetime.date, list[Rad]]]


def dagarna(text: str) -> list[tuple[int, datetime.date]]:
    """The days that are written in a text, and where.

    >>> dagarna("den 27 februari 2026, 2025-12-31 och 31 februari 2025")
    [(4, datetime.date(2026, 2, 27)), (22, datetime.date(2025, 12, 31))]
    """
    ut = []
    for träff in _DAG.finditer(text):
        ord_, siffra = träff.group(3, 2, 1), träff.group(4, 5, 6)
        år, månad, dag = (ord_[0], str(MÅNADER.index(ord_[1].lower()) + 1), ord_[2]) if ord_[0] else siffra
        try:
            ut.append((träff.start(), datetime.date(int(år), int(månad), int(dag))))
        except ValueError:
            continue
    return ut


def _skriv(dag: datetime.date) -> str:
    return f"{dag.day} {MÅNADER[dag.month - 1]} {dag.year}"


def check_beslutsdag(u: Underlag) -> Iterator[Fynd]:
    """The day when the same document was decided."""
    for d, dok in enumerate(u.dokument):
        for (sak, år), dagar in _beslut(dok).items():
            u.räkna(KOD, len(dagar) - 1)
            if len(dagar) != 2 or abs((min(dagar) - max(dagar)).days) > _NÄRA:
                continue
            ena, andra = sorted(dagar, key=lambda dag: (-len(dagar[dag]), dag))
            text = f"{sak.capitalize()} för {år or 'året'} är enligt texten beslutad {_skriv(ena)} och {_skriv(andra)}."
            rader = dagar[ena][0], dagar[andra][0]
            platser = tuple(ställe(dok.fil, rad) for rad in rader)
            säkerhet = u.läsning_av_text(d, *rader) * intygad(len(dagar[ena]))
            skillnad = Decimal((andra - ena).days)
            yield Fynd(KOD, "att ta ställning till", 2, säkerhet, text, platser, "", skillnad)


def _beslut(dok: Dokument) -> Beslut:
    """The days of the decisions on each document and year that sentences tell of."""
    ut: Beslut = defaultdict(lambda: defaultdict(list))
    förra, egen = "", "verksamhetsplanen och budgeten" if dok.är_plan else ""
    for nr, mening in enumerate(dok.meningar):
        saker = sorted((träff.start(), sak) for sak, mönster in _SAKER if (träff := mönster.search(mening.text)))
        egen = egen or (saker[0][1] if saker else "")
        sak = saker[0][1] if saker else ""
        if not sak and (_DEN.search(mening.text) or nr < _BÖRJAN):
            sak = förra if _DEN.search(mening.text) else egen
        förra = saker[-1][1] if saker else ""
        dagar = dagarna(mening.text)
        if sak and len(dagar) == 1 and _VERB.search(mening.text) and not _ANNAT.search(_EFTER.sub("", mening.text)):
            utan = _DAG.sub(" ", mening.text)
            åren = {int(ett) for ett in re.findall(r"(?<!\d)20\d\d(?!\d)", utan)}
            if len(åren) <= 1:
                ut[sak, next(iter(åren), dok.år)][dagar[0][1]].append(mening.rad(dagar[0][0]))
    return ut


def check_balansdag(u: Underlag) -> Iterator[Fynd]:
    """An amount with a day stands in a column of that day."""
    for d, dok in enumerate(u.dokument):
        celler = [(c, dagen) for p, c in u.celler.items() if p[0] == d and (dagen := _kolumnens_dag(c))]
        for mening in dok.meningar if celler else ():
            dagar = dagarna(mening.text)
            if len(dagar) == 1 and re.search(r"(?i)\b(?:per|vid)\s+(?:den\s+)?$", mening.text[: dagar[0][0]]):
                yield from _mot_kolumner(u, d, mening.rad(dagar[0][0]), dagar[0][1], mening.text, celler)


def _kolumnens_dag(cell: Cell) -> datetime.date | None:
    dagar = dagarna(cell.kolumn.rubrik)
    return dagar[0][1] if len(dagar) == 1 and cell.enhet in BELOPP else None


def _mot_kolumner(
    u: Underlag, d: int, rad: Rad, dag: datetime.date, text: str, celler: list[tuple[Cell, datetime.date]]
) -> Iterator[Fynd]:
    for tal in tal_i_text(text):
        kr = tal.storlek * FAKTOR[tal.enhet] if tal.enhet in BELOPP and tal.värde else Decimal(0)
        lika = [(c, dagen) for c, dagen in celler if kr and abs(c.kr) == kr]
        if not lika or siffror(tal.storlek) <= 3 or len({dagen for _, dagen in lika}) != 1:
            continue
        u.räkna(KOD)
        cell, dagen = lika[0]
        if dagen != dag and dagen.year == dag.year:
            sagt = (
                f"Texten säger {tal.tryckt} per den {_skriv(dag)}, och beloppet står i kolumnen {cell.kolumn.rubrik}."
            )
            säkerhet = u.läsning_av_text(d, rad) * u.läsning(cell.plats) * ej_slump(siffror(tal.storlek), len(celler))
            platser = (ställe(u.dokument[d].fil, rad, tal.tryckt), u.ställe(cell))
            yield Fynd(KOD, "att ta ställning till", 2, säkerhet, sagt, platser)


# --- the year that a document says that it is of ----------------------------------------------------------------------

_GÄLLER = re.compile(
    r"(?i)\b(?:(?:den här|denna)\s+)?(verksamhetsplanen|planen|budgeten|årsredovisningen|delårsrapporten)\s+"
    r"(?:gäller|avser|omfattar)\s+(?:för\s+)?(?:året\s+|år\s+|verksamhetsåret\s+)?(20\d\d)(?!\d|\s?[-–]\s?\d)"
)
_EGEN = {"verksamhetsplanen": True, "planen": True, "budgeten": True}


def check_egna_året(u: Underlag) -> Iterator[Fynd]:
    """G14: the year that a document says that it is of is the one of its title."""
    for d, dok in enumerate(u.dokument):
        år = dok.år or 0
        for mening in dok.meningar if år else ():
            träff = _GÄLLER.search(mening.text)
            if not träff or _EGEN.get(träff[1].lower(), False) != dok.är_plan:
                continue
            u.räkna("G14")
            if int(träff[2]) != år and str(år) not in mening.text:
                titel = next((rad for rad in dok.rader if str(år) in rad.text), dok.rader[0])
                sagt = f"{träff[1].capitalize()} sägs gälla {träff[2]}"
                text = f"{sagt} och stämmer inte med att dokumentet är för {år}."
                rad = mening.rad(träff.start(2))
                platser = (ställe(dok.fil, rad, träff[2]), ställe(dok.fil, titel, str(år)))
                nämnda = sum(str(år) in m.text for m in dok.meningar)
                säkerhet = u.läsning_av_text(d, rad) * intygad(nämnda)
                skillnad = Decimal(int(träff[2]) - år)
                yield Fynd("G14", "att ta ställning till", 2, säkerhet, text, platser, "", skillnad)
