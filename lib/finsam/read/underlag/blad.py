"""One sheet of `underlag.xlsx` as its class describes it: where its columns stand, and its rows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from finsam.model.ord import uppräkning
from finsam.model.problem import Nivå, Problem
from finsam.model.underlag import Underlagsrad
from finsam.read.arbetsbok import Bladinnehåll, Cellinnehåll
from finsam.read.ark import kolumnnamn
from finsam.read.cell import (
    EN_TEXT,
    ETT_DATUM,
    ETT_HELTAL,
    ETT_TAL,
    Cellfel,
    Tolkat,
    städa,
    tolka_datum,
    tolka_heltal,
    tolka_tal,
    tolka_text,
    tolka_val,
    visa_tal,
    är_tom,
)
from finsam.read.indata import HÖGST_FEL, förslag, visa

RUBRIK_SENAST = 30

DECIMALER: dict[str | None, int] = {None: 2, "kr": 2, "tkr": 5, "%": 6, "antal": 6, "dagar": 6, "": 6}
"""Decimals a number may have by the row's Enhet: öre at most for amounts, also in thousands."""

PER_ENHET: dict[str, set[type]] = {"datum": {date}, "text": {str}}
"""What a column of all kinds holds by the row's Enhet, when it is not a number."""

VÄNTAT: dict[type, str] = {Decimal: ETT_TAL, int: ETT_HELTAL, date: ETT_DATUM}

NATURLIGT = (0, 10**9, "ett helt tal, noll eller mer")
RIMLIGT: dict[str, tuple[int, int, str]] = {
    "år": (2000, 2099, "ett år med fyra siffror, till exempel 2024"),
    "antal": NATURLIGT,
    "svar": NATURLIGT,
    "invånare": NATURLIGT,
    "andel": (0, 100, "ett tal mellan 0 och 100; 93 betyder 93 %"),
}
"""What the numbers of some columns can be."""


@dataclass(frozen=True, slots=True)
class Lästrad:
    """What could be read of a row, and the fields that something is wrong with."""

    nr: int
    värden: dict[str, Any]
    fel: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lästblad:
    """A sheet as read: its name in the file, the column of each field, and its rows."""

    klass: type[Underlagsrad]
    blad: str
    kolumner: dict[str, int]
    rader: tuple[Lästrad, ...] = ()

    def plats(self, fält: str, nr: int) -> str:
        """Where a value stands: `Budget!C5`."""
        return cellplats(self.blad, self.kolumner.get(fält, 1), nr)


def cellplats(blad: str, kolumn: int, nr: int) -> str:
    """The name of a cell.

    >>> cellplats("Budget", 3, 5)
    'Budget!C5'
    """
    return f"{blad}!{kolumnnamn(kolumn)}{nr}"


def sökord(text: object) -> str:
    """A heading or a sheet's name without regard to capitals and blanks.

    >>> sökord(" Övre  gräns "), sökord(None)
    ('övre gräns', '')
    """
    return " ".join(städa(text).casefold().split()) if isinstance(text, str) else ""


# What a class says of its sheet; the template is made from the same.


def kolumner(klass: type[Underlagsrad]) -> dict[str, FieldInfo]:
    """The columns of a sheet in order: the name of the field and what the model says of it."""
    return {namn: fält for namn, fält in klass.model_fields.items() if namn != "rad"}


def rubrik(fält: FieldInfo) -> str:
    """The heading of a column."""
    return str(fält.alias)


def val(fält: FieldInfo) -> tuple[str, ...]:
    """The words a column can hold, when it is a list of choices; the empty one left out."""
    return tuple(v for v in get_args(fält.annotation) if v) if get_origin(fält.annotation) is Literal else ()


def typer(fält: FieldInfo) -> frozenset[type]:
    """The types a column can hold: Decimal, int, date, str."""
    union = get_origin(fält.annotation) in (Union, UnionType)
    möjliga = get_args(fält.annotation) if union else (fält.annotation,)
    return frozenset(typ for typ in möjliga if typ in (Decimal, int, date, str))


def read_blad(klass: type[Underlagsrad], blad: str, innehåll: Bladinnehåll, fil: str) -> tuple[Lästblad, list[Problem]]:
    """The rows under the headings of a sheet, wherever the headings stand, and what is wrong with them."""
    rubrikrad = hitta_rubrikrad(klass, innehåll)
    if rubrikrad is None:
        väntade = ", ".join(rubrik(fält) for fält in kolumner(klass).values())
        text = f"Bladet har ingen rubrikrad. En rad ska ha rubrikerna {väntade}."
        return Lästblad(klass, blad, {}), [Problem("fel", text, fil, blad)]
    läst, problem = _kolumnplatser(klass, blad, innehåll[rubrikrad], rubrikrad, fil)
    under = {nr: innehåll[nr] for nr in sorted(innehåll) if nr > rubrikrad}
    problem += _utan_rubrik(blad, innehåll[rubrikrad], under, fil)
    rader = []
    for nr, celler in under.items():
        if _hoppas_över(celler, läst.kolumner):
            continue
        if sum(ett.nivå == "fel" for ett in problem) > HÖGST_FEL:
            text = f"Fler än {HÖGST_FEL} fel; resten av bladet är inte läst. Rätta dem först."
            problem.append(Problem("fel", text, fil, cellplats(blad, 1, nr)))
            break
        rad, fel = _läs_rad(läst, celler, nr)
        rader.append(rad)
        problem += [Problem(nivå, text, fil, läst.plats(namn, nr)) for namn, nivå, text in fel]
    return replace(läst, rader=tuple(rader)), problem


# The headings


def _fält_per_rubrik(klass: type[Underlagsrad]) -> dict[str, str]:
    return {sökord(rubrik(fält)): namn for namn, fält in kolumner(klass).items()}


def hitta_rubrikrad(klass: type[Underlagsrad], innehåll: Bladinnehåll) -> int | None:
    """The row near the top with most of the headings, two at least."""
    kända = _fält_per_rubrik(klass)
    nära = [nr for nr in sorted(innehåll) if nr <= RUBRIK_SENAST]
    antal = {nr: sum(sökord(cell.värde) in kända for cell in innehåll[nr].values()) for nr in nära}
    bäst = max(nära, key=lambda nr: antal[nr], default=0)
    return bäst if antal.get(bäst, 0) >= 2 else None


def _kolumnplatser(
    klass: type[Underlagsrad], blad: str, rubriker: dict[int, Cellinnehåll], nr: int, fil: str
) -> tuple[Lästblad, list[Problem]]:
    """Which column each field stands in; columns that are missing, doubled or not known."""
    kända = _fält_per_rubrik(klass)
    plats: dict[str, int] = {}
    okända: dict[int, str] = {}
    problem: list[Problem] = []
    for kolumn, cell in sorted(rubriker.items()):
        namn = kända.get(sökord(cell.värde))
        if namn in plats:
            text = f"Kolumnen {visa(cell.värde)} finns två gånger; ta bort den ena."
            problem.append(Problem("fel", text, fil, cellplats(blad, kolumn, nr)))
        elif namn:
            plats[namn] = kolumn
        elif not är_tom(cell):
            okända[kolumn] = str(cell.värde)
    saknas = {namn: rubrik(fält) for namn, fält in kolumner(klass).items() if namn not in plats}
    for kolumn, okänd in okända.items():
        gissning = förslag(okänd, saknas.values()) or " Ta bort den, eller rätta rubriken."
        text = f"Kolumnen {visa(okänd)} hör inte till bladet.{gissning}"
        problem.append(Problem("fel", text, fil, cellplats(blad, kolumn, nr)))
    for namn, text in saknas.items():
        if kolumner(klass)[namn].is_required():
            problem.append(Problem("fel", f"Kolumnen {text} saknas i rubrikraden.", fil, f"{blad}!{nr}:{nr}"))
    return Lästblad(klass, blad, plats), problem


def _utan_rubrik(blad: str, rubriker: dict[int, Cellinnehåll], under: Bladinnehåll, fil: str) -> list[Problem]:
    """The first cell of every column that has content but no heading; it is not read, so it is said."""
    första: dict[int, int] = {}
    for nr, celler in under.items():
        for kolumn in celler.keys() - första.keys():
            if är_tom(rubriker.get(kolumn)) and not är_tom(celler[kolumn]):
                första[kolumn] = nr
    text = "Cellen läses inte, för kolumnen saknar rubrik. Flytta innehållet eller ge kolumnen en rubrik."
    return [Problem("varning", text, fil, cellplats(blad, kolumn, nr)) for kolumn, nr in sorted(första.items())]


# A row


def _hoppas_över(rad: dict[int, Cellinnehåll], plats: dict[str, int]) -> bool:
    """Whether a row is empty, or a remark: its first cell begins with #."""
    ifyllda = {kolumn: cell for kolumn, cell in sorted(rad.items()) if not är_tom(cell)}
    if not ifyllda.keys() & plats.values():
        return True
    första = [cell for kolumn, cell in ifyllda.items() if kolumn <= min(plats.values())]
    ord_ = f"{första[0].värde}".strip() if första and första[0].slag == "värde" else ""
    return ord_ == "#" or ord_.startswith("# ")


def _läs_rad(blad: Lästblad, celler: dict[int, Cellinnehåll], nr: int) -> tuple[Lästrad, list[tuple[str, Nivå, str]]]:
    """The values of a row, and what there is to say of them: field, level, text."""
    fälten = kolumner(blad.klass)
    värden: dict[str, Any] = {}
    sagt: list[tuple[str, Nivå, str]] = []
    fel = {namn for namn, fält in fälten.items() if fält.is_required() and namn not in blad.kolumner}
    for namn in sorted(blad.kolumner, key=lambda namn: namn != "enhet"):  # what a number means hangs on its Enhet
        fält, cell = fälten[namn], celler.get(blad.kolumner[namn])
        enhet = värden.get("enhet", "") if "enhet" in fälten else None
        try:
            tolkat = _tolka(cell, namn, fält, enhet)
        except Cellfel as orsak:
            fel.add(namn)
            sagt.append((namn, "fel", f"{rubrik(fält)} {orsak}"))
            continue
        if tolkat is not None:
            värden[namn] = tolkat.värde
        if tolkat is not None and tolkat.upplysning:
            tyst = blad.klass.räknar_personer and not isinstance(tolkat.värde, str)
            sagt.append((namn, "upplysning", f"{rubrik(fält)} {_utan_tal(tolkat) if tyst else tolkat.upplysning}"))
    sagt.sort(key=lambda ett: blad.kolumner[ett[0]])
    return Lästrad(nr, värden, frozenset(fel)), sagt


def _utan_tal(tolkat: Tolkat) -> str:
    """What was assumed of a number of persons, without the number: the checks print it also when it is small."""
    return f"{tolkat.upplysning.partition(';')[0]}."


def _tolka(cell: Cellinnehåll | None, namn: str, fält: FieldInfo, enhet: str | None) -> Tolkat | None:
    """The value of a cell as its column, and the row's Enhet, asks for it; None when it may be empty and is."""
    möjliga: Collection[type] = typer(fält)
    if len(möjliga) > 1:  # Uppgifter.Värde is what its Enhet says
        möjliga = PER_ENHET.get(enhet or "", {Decimal} if enhet else set())
    if cell is None or är_tom(cell):
        if fält.is_required():
            väntat = f"välj {uppräkning(val(fält), 'eller')}" if val(fält) else f"fyll i {_väntat(namn, möjliga)}"
            raise Cellfel(f"saknar värde; {väntat}, eller börja raden med # om den inte ska läsas.")
        return None
    if val(fält):
        return tolka_val(cell, val(fält))
    if Decimal in möjliga:
        i_procent = enhet == "%" or namn == "andel"
        decimaler = DECIMALER["%"] if i_procent else DECIMALER.get(enhet, 6)
        return _rimligt(namn, tolka_tal(cell, decimaler, procent=i_procent))
    if int in möjliga:
        return _rimligt(namn, tolka_heltal(cell))
    if date in möjliga:
        return tolka_datum(cell)
    return tolka_text(cell) if möjliga else None  # with an Enhet that is wrong nothing can be said of the Värde


def _väntat(namn: str, möjliga: Collection[type]) -> str:
    if namn in RIMLIGT:
        return RIMLIGT[namn][2]
    return next((text for typ, text in VÄNTAT.items() if typ in möjliga), EN_TEXT)


def _rimligt(namn: str, tolkat: Tolkat) -> Tolkat:
    """The value, if it is what a year, a number of something or a share can be."""
    tal = Decimal(str(tolkat.värde))
    if namn in RIMLIGT:
        lägst, högst, text = RIMLIGT[namn]
        if not lägst <= tal <= högst:
            raise Cellfel(f"är {tal if namn == 'år' else visa_tal(tal)} men ska vara {text}.")
    return tolkat
