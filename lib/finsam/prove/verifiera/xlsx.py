"""Level 1 for the auditor's workbook: every formula is calculated again, exactly, and held against what is stored."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from finsam.prove.formler import Cell, Formelfel, Formler, Ord, delar, namn
from finsam.prove.rapportfil import Rapport, Tabell
from finsam.prove.verifiera.plats import Steg, klart
from finsam.read.arbetsbok import SKADAD
from finsam.report.kalkyl.tabellblad import EGNA_BLAD, bladordning
from finsam.report.kalkyl.xlsx import ANDRA_BLAD

_FÖRSTA_RAD, _FÖRSTA_RAD_0_1 = 5, 4
_BLAD_0_1 = "Läs mig"
"""A sheet that the workbook had in a run by 0.1, when every cell of a table pointed at its fact, a row higher up."""
_NAMN = re.compile(r"Fakta!\$E\$(\d{1,7})")
_LIKA = "OK"
_CELL = re.compile(r"([A-Z]+)(\d+)")
_STÖRST = 10**20
_FLYTTAL = Fraction(1, 10**12)
"""How exactly the workbook's stored numbers (binary floating point) can be told apart, relatively."""


def pröva_xlsx(fil: Path, rapport: Rapport) -> Steg:
    """The workbook against rapport.json: facts, formulas, stored values, and the cells of the tables."""
    if not fil.is_file():
        return Steg(1, fil.name, "finns inte", "skiljer")
    try:
        bok = Arbetsbok(fil.read_bytes())
    except (*SKADAD, StopIteration):
        return Steg(1, fil.name, "kan inte läsas som arbetsbok", "skiljer")
    problem = [*_fakta(bok, rapport), *_formler(bok), *_tabeller(bok, rapport)]
    antal = f"{len(bok.faktarad)} fakta och {len(bok.formler.formler)} omräknade formler"
    return klart(fil.name, antal, "är de i rapport.json", problem)


class Arbetsbok:
    """The workbook as it was saved: formulas, constants, texts, names, and the values stored with the formulas."""

    def __init__(self, data: bytes) -> None:
        formler, konstanter, self.text = {}, {}, {}
        self.sparat: dict[Cell, Decimal | str | None] = {}
        med, utan = load_workbook(BytesIO(data)), load_workbook(BytesIO(data), data_only=True)
        self.blad: list[str] = med.sheetnames
        for blad in med:
            for rad in blad.iter_rows():
                for c in rad:
                    cell: Cell = (blad.title, f"{get_column_letter(c.column)}{c.row}")
                    if c.data_type == "f":
                        formler[cell] = str(c.value)
                        sparat = utan[blad.title][cell[1]].value
                        self.sparat[cell] = sparat if isinstance(sparat, str) else _tal(sparat)
                    elif c.data_type == "n" and c.value is not None:
                        konstanter[cell] = _tal(c.value) or Decimal(0)
                    elif c.value is not None:
                        self.text[cell] = str(c.value)
        mål = ((ord_, _NAMN.fullmatch(namnet.attr_text or "")) for ord_, namnet in med.defined_names.items())
        self.namn: dict[str, Cell] = {ord_: ("Fakta", f"E{träff[1]}") for ord_, träff in mål if träff}
        self.formler = Formler(formler, konstanter, self.namn)
        self.gammal = _BLAD_0_1 in self.blad
        self.faktarad = dict(self._faktarader())

    def _faktarader(self) -> Iterator[tuple[str, int]]:
        rad = _FÖRSTA_RAD_0_1 if self.gammal else _FÖRSTA_RAD
        while ("Fakta", f"A{rad}") in self.text:
            yield f"{self.text['Fakta', f'A{rad}']}/{self.text.get(('Fakta', f'B{rad}'), '')}", rad
            rad += 1


def _tal(värde: object) -> Decimal | None:
    """A stored number as it is written; None for anything else. Raises ValueError for one that no report can have."""
    if not isinstance(värde, (int, float)) or isinstance(värde, bool):
        return None
    if not abs(värde) <= _STÖRST:
        raise ValueError("orimligt stort")
    return Decimal(repr(värde))


def _lika(ena: Fraction, andra: Fraction | Decimal, inom: Fraction = Fraction(0)) -> bool:
    return abs(ena - Fraction(andra)) <= inom + _FLYTTAL * max(Fraction(1), abs(ena))


def _visa(tal: Fraction | Decimal | str | None) -> str:
    if tal is None:
        return "inget värde"
    if isinstance(tal, str):
        return tal
    text = f"{float(tal):.10f}".rstrip("0").rstrip(".")
    return text.replace(".", ",")


def _formler(bok: Arbetsbok) -> Iterator[str]:
    """Each formula gives the value that is stored with it."""
    for cell in bok.formler.formler:
        try:
            räknat = bok.formler.värde(cell)
        except Formelfel as fel:
            yield f"{namn(cell)}: {fel}"
            continue
        sparat = bok.sparat[cell]
        if isinstance(räknat, str) or isinstance(sparat, str):
            lika = räknat == sparat
        else:
            lika = sparat is not None and _lika(räknat, sparat)
        if not lika:
            yield f"{namn(cell)}: formeln ger {_visa(räknat)} men det sparade värdet är {_visa(sparat)}"


def _fakta(bok: Arbetsbok, rapport: Rapport) -> Iterator[str]:
    """Each fact of rapport.json has its row, its value, and a formula when it is computed from other facts."""
    for nyckel in bok.faktarad.keys() - rapport.fakta.keys():
        yield f"Fakta!A{bok.faktarad[nyckel]}: {nyckel} finns inte i rapport.json"
    for nyckel, f in rapport.fakta.items():
        if nyckel not in bok.faktarad:
            yield f"Fakta: {nyckel} saknas"
            continue
        cell: Cell = ("Fakta", f"E{bok.faktarad[nyckel]}")
        if f.varde is None:
            if bok.text.get(cell, "") != f.visat:
                yield f"{namn(cell)}: {nyckel} är {bok.text.get(cell, 'tomt')}, i rapport.json {f.visat or 'tomt'}"
            continue
        tal = bok.sparat[cell] if cell in bok.sparat else bok.formler.konstanter.get(cell)
        halv = Fraction(Decimal(1).scaleb(int(f.varde.as_tuple().exponent))) / 2
        if not isinstance(tal, Decimal) or not _lika(Fraction(tal), f.varde, halv):
            yield f"{namn(cell)}: {nyckel} är {_visa(tal)}, i rapport.json {_visa(f.varde)}"
        dold = any(n in rapport.fakta and rapport.fakta[n].dold for n in f.av)
        if f.av and not dold and _hänvisar(bok, cell) != {("Fakta", f"E{bok.faktarad.get(n, 0)}") for n in f.av}:
            yield f"{namn(cell)}: formeln för {nyckel} räknar inte på {', '.join(f.av)}"


def _hänvisar(bok: Arbetsbok, cell: Cell) -> set[Cell]:
    """The cells that a formula points at, by place or by name."""
    try:
        bitar = delar(bok.formler.formler.get(cell, "="))
    except Formelfel:
        return set()
    platser = {(bit[0] or cell[0], bit[1]) for bit in bitar if isinstance(bit, tuple)}
    return platser | {bok.namn[bit] for bit in bitar if isinstance(bit, Ord) and bit in bok.namn}


def _tabeller(bok: Arbetsbok, rapport: Rapport) -> Iterator[str]:
    """Each figure of a table is its fact and has the value that rapport.json shows."""
    alla = [t for t in rapport.tabeller if t.id != "kontroller"]  # in a run by 0.1 the document had its checks as one
    ordning = _ordning_0_1(alla) if bok.gammal else bladordning([t.id for t in alla])
    väntade = [[alla[nr] for nr in platser] for platser in ordning]
    blad = [b for b in bok.blad if b not in ANDRA_BLAD]
    if len(blad) != len(väntade):
        yield f"arbetsboken har {len(blad)} blad med tabeller, rapport.json {len(väntade)}"
        return
    for bladnamn, tabeller in zip(blad, väntade, strict=True):
        yield from _blad(bok, bladnamn, tabeller, rapport)


def _ordning_0_1(tabeller: list[Tabell]) -> list[list[int]]:
    egna = [nr for nr, t in enumerate(tabeller) if t.id in EGNA_BLAD or t.id.startswith("not_")]
    övriga = [nr for nr in range(len(tabeller)) if nr not in egna]
    return [*([nr] for nr in egna), *([övriga] if övriga else [])]


def _blad(bok: Arbetsbok, bladnamn: str, tabeller: list[Tabell], rapport: Rapport) -> Iterator[str]:
    formler = sorted((c for c in bok.formler.formler if c[0] == bladnamn), key=_läsordning)
    celler = [cell for cell in formler if not isinstance(bok.sparat[cell], str)]
    jämförda = {_rad(cell): _hänvisar(bok, cell) for cell in formler if isinstance(bok.sparat[cell], str)}
    for cell in formler:
        if isinstance(sagt := bok.sparat[cell], str) and sagt != _LIKA:
            yield f"{namn(cell)}: raden är inte lika med sina fakta ({sagt})"
    väntade = [
        (nyckel, värde, rad.etikett)
        for tabell in tabeller
        for rad in tabell.rader
        for nyckel, värde in zip(rad.fakta, rad.varden, strict=False)
        if nyckel is not None and värde is not None
    ]
    if len(celler) != len(väntade):
        yield f"{bladnamn}: {len(celler)} formler, men rapport.json visar {len(väntade)} tal"
        return
    for cell, (nyckel, värde, etikett) in zip(celler, väntade, strict=True):
        fakta = ("Fakta", f"E{bok.faktarad.get(nyckel, 0)}")
        pekar = _hänvisar(bok, cell)
        är_summa = pekar and {blad for blad, _ in pekar} == {bladnamn} and fakta in jämförda.get(_rad(cell), ())
        if pekar != {fakta} and not är_summa:
            yield f"{namn(cell)} ({etikett}): formeln visar inte {nyckel}"
        andel = nyckel in rapport.fakta and rapport.fakta[nyckel].enhet == "andel"
        väntat, sparat = (värde / 100 if andel else värde), bok.sparat[cell]
        if not isinstance(sparat, Decimal) or not _lika(Fraction(sparat), väntat, Fraction(1, 10**9)):
            yield f"{namn(cell)} ({etikett}): {_visa(sparat)}, i rapport.json {_visa(väntat)}"


def _rad(cell: Cell) -> int:
    return _läsordning(cell)[0]


def _läsordning(cell: Cell) -> tuple[int, int, str]:
    träff = _CELL.fullmatch(cell[1])
    assert träff
    return int(träff[2]), len(träff[1]), träff[1]
