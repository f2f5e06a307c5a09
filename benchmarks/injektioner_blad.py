"""The workbook of a copy: its rows, and the small changes that errors are made of."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
from injektioner import Mål, kasta_om
from openpyxl.cell import Cell

Rad = dict[str, Cell]
Villkor = Callable[[Rad], bool]


def read_rader(mål: Mål, blad: str) -> tuple[Path, openpyxl.Workbook, list[Rad]]:
    """The rows of a sheet that are read, by heading."""
    fil = mål.årsmapp / "underlag.xlsx"
    bok = openpyxl.load_workbook(fil)
    if blad not in bok.sheetnames:
        return fil, bok, []
    rubriker = {cell.value: cell.column for cell in bok[blad][3] if cell.value}
    rader = []
    for rad in bok[blad].iter_rows(min_row=4):
        if rad[0].value is not None and not str(rad[0].value).startswith("#"):
            rader.append({str(namn): rad[kolumn - 1] for namn, kolumn in rubriker.items()})
    return fil, bok, rader


def _alla(_: Rad) -> bool:
    return True


def ändra_cell(
    mål: Mål,
    slump: random.Random,
    blad: str,
    kolumn: str,
    ändra: Callable[[object], object],
    bara: Villkor = _alla,
) -> str | None:
    """Change one cell that has something in it."""
    fil, bok, rader = read_rader(mål, blad)
    möjliga = [rad for rad in rader if kolumn in rad and rad[kolumn].value not in (None, "", 0) and bara(rad)]
    if not möjliga:
        return None
    cell = slump.choice(möjliga)[kolumn]
    före, cell.value = cell.value, ändra(cell.value)
    if cell.value == före:
        return None
    bok.save(fil)
    return f"{blad}, rad {cell.row}, {kolumn}: {_visa(före)} blev {_visa(cell.value)}"


def _visa(värde: object) -> str:
    return värde.date().isoformat() if isinstance(värde, datetime) else str(värde)


def ta_bort_rad(mål: Mål, slump: random.Random, blad: str, bara: Villkor = _alla) -> str | None:
    fil, bok, rader = read_rader(mål, blad)
    if not (möjliga := [rad for rad in rader if bara(rad)]):
        return None
    rad = slump.choice(möjliga)
    ord_ = " ".join(_visa(cell.value) for cell in rad.values() if cell.value is not None)
    bok[blad].delete_rows(next(iter(rad.values())).row)
    bok.save(fil)
    return f"{blad}: raden {ord_[:60]} utelämnad"


def byt_värden(mål: Mål, blad: str, kolumn: str, ena: Rad, andra: Rad, bok: openpyxl.Workbook, fil: Path) -> str | None:
    """Two rows have each other's value."""
    if (a := ena[kolumn].value) == (b := andra[kolumn].value):
        return None
    ena[kolumn].value, andra[kolumn].value = b, a
    bok.save(fil)
    return f"{blad}: {a} i {ena[kolumn].coordinate} och {b} i {andra[kolumn].coordinate} ombytta"


def omkastat(slump: random.Random) -> Callable[[object], object]:
    def kasta(värde: object) -> object:
        text = kasta_om(str(värde), slump)
        return float(text) if isinstance(värde, float) else int(text) if isinstance(värde, int) else text

    return kasta


def gånger(faktor: float) -> Callable[[object], object]:
    return lambda tal: tal * faktor  # type: ignore[operator]


def annat_år(slump: random.Random) -> Callable[[object], object]:
    """A date in another year; a year one off."""
    skillnad = slump.choice((-1, 1))

    def byt(värde: object) -> object:
        if isinstance(värde, datetime | date):
            return värde.replace(year=värde.year + skillnad, day=min(värde.day, 28))
        return värde + skillnad  # type: ignore[operator]

    return byt


def årets(mål: Mål) -> Villkor:
    return lambda rad: rad["År"].value == mål.år


def har_värde(kolumn: str) -> Villkor:
    return lambda rad: rad[kolumn].value not in (None, "")
