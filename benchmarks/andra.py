"""One error put into what a file holds: a value exchanged, or a row doubled, left out or moved."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace

import openpyxl
from vandra import Innehåll, Plats, Rad, Var

from finsam.read.arbetsbok import Bladinnehåll, Cellinnehåll

RADOPERATORER = ("rad dubblerad", "rad borttagen", "rad ombytt")
_UTAN_CITAT = re.compile(r"-?[A-Za-zÅÄÖåäö0-9_][A-Za-zÅÄÖåäö0-9_ .()/-]*(?<! )")
_TAL = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Ändring:
    """One error: where it is, what was done, and what stood there and stands there now.

    `fält` and `operator` are what it is counted by. An error on a row has no `plats`; `granne` is the row it has
    changed places with.
    """

    rad: Rad
    fält: str
    operator: str
    plats: Plats | None = None
    efter: object = None
    granne: Rad | None = None

    @property
    def filer(self) -> tuple[str, ...]:
        """The files that it changes."""
        return tuple(dict.fromkeys((self.rad.fil, self.granne.fil if self.granne else self.rad.fil)))

    def __str__(self) -> str:
        var = f"{self.rad.fil}, rad {self.rad.nr[0]}"
        if self.plats is None:
            return f"{var}: {self.fält}: {self.operator}"
        före, efter = (" ".join(str(ett).split())[:70] for ett in (self.plats.värde, self.efter))
        return f"{var}: {self.fält}: {före!r} blev {efter!r}"


def ändra(innehåll: Innehåll, ändring: Ändring) -> Innehåll:
    """What the file of the row holds with the error in it."""
    if isinstance(innehåll, dict):
        return {**innehåll, ändring.rad.blad: _i_blad(innehåll[ändring.rad.blad], ändring)}
    if ändring.plats is None:
        return _flytta(innehåll, ändring)
    start, slut = ändring.plats.var
    return innehåll[:start] + _skrivet(ändring, innehåll[start:slut]) + innehåll[slut:]


def _hela(ändring: Ändring) -> object:
    """The new value with what stands around it, when only a part of a string was changed."""
    assert ändring.plats is not None
    if ändring.plats.i is None:
        return ändring.efter
    start, slut = ändring.plats.i
    return ändring.plats.hela[:start] + str(ändring.efter) + ändring.plats.hela[slut:]


def _skrivet(ändring: Ändring, före: str) -> str:
    """A value as its kind of file writes it."""
    nytt = str(_hela(ändring))
    if ändring.rad.fil.endswith(".yml"):
        enkelt = _TAL.fullmatch(nytt) if _TAL.fullmatch(före) else _UTAN_CITAT.fullmatch(nytt)
        return nytt if enkelt and före[:1] not in "\"'" else json.dumps(nytt, ensure_ascii=False)
    if ändring.rad.fil.endswith(".se") and not före.startswith("{"):
        return f'"{nytt}"' if före.startswith('"') or not nytt or " " in nytt else nytt
    if ändring.rad.fil.endswith(".se"):
        return nytt or "{}"
    return nytt


def _flytta(text: str, ändring: Ändring) -> str:
    (start, slut), mellan = ändring.rad.spann, ändring.rad.skiljetecken
    rad = text[start:slut]
    if ändring.operator == "rad dubblerad":
        skilj = mellan or ("" if rad.endswith("\n") else "\n")
        return text[:slut] + skilj + rad + text[slut:]
    if ändring.operator == "rad borttagen":
        if mellan and text[slut:].startswith(mellan):
            slut += len(mellan)
        elif mellan and text[:start].endswith(mellan):
            start -= len(mellan)
        return text[:start] + text[slut:]
    assert ändring.granne is not None
    return _ombytt(text, *sorted([ändring.rad.spann, ändring.granne.spann]))


def _ombytt(text: str, ena: Var, andra: Var) -> str:
    """Two rows in each other's place; one that had no line break after it has the other's."""
    a, b = text[slice(*ena)], text[slice(*andra)]
    if a.endswith("\n") and not b.endswith("\n"):
        kärna = a.rstrip("\n")
        a, b = kärna, b + a[len(kärna) :]
    return text[: ena[0]] + b + text[ena[1] : andra[0]] + a + text[andra[1] :]


def _i_blad(blad: Bladinnehåll, ändring: Ändring) -> Bladinnehåll:
    if ändring.plats is not None:
        nr, kolumn = ändring.plats.var
        celler = dict(blad[nr])
        if (nytt := _hela(ändring)) == "":
            del celler[kolumn]
        else:
            celler[kolumn] = replace(celler[kolumn], värde=nytt)
        return {**blad, nr: celler}
    nr = ändring.rad.nr[0]
    if ändring.operator == "rad dubblerad":
        return {ett + (ett > nr): celler for ett, celler in blad.items()} | {nr + 1: dict(blad[nr])}
    if ändring.operator == "rad borttagen":
        return {ett - (ett > nr): celler for ett, celler in blad.items() if ett != nr}
    assert ändring.granne is not None
    andra = ändring.granne.nr[0]
    return {**blad, nr: blad[andra], andra: blad[nr]}


def write_arbetsbok(fil: str, före: dict[str, Bladinnehåll], nu: dict[str, Bladinnehåll]) -> None:
    """Write the cells that differ into a real workbook, for a run that reads it from the disk."""
    bok = openpyxl.load_workbook(fil)
    for blad, innehåll in nu.items():
        if innehåll is före[blad]:
            continue
        for nr in före[blad].keys() | innehåll.keys():
            gamla, nya = före[blad].get(nr, {}), innehåll.get(nr, {})
            for kolumn in gamla.keys() | nya.keys():
                if gamla.get(kolumn) != (ny := nya.get(kolumn)):
                    _write_cell(bok[blad].cell(nr, kolumn), ny)
    bok.save(fil)


def _write_cell(cell: openpyxl.cell.Cell, ny: Cellinnehåll | None) -> None:
    cell.value = ny.värde if ny else None
    if isinstance(cell.value, (int, float)):
        cell.number_format = "0%" if ny and ny.procent else "General"
