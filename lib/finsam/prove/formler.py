"""The formulas of the auditor's workbook, calculated again with exact fractions.

The workbook uses a closed grammar: references to cells (`E5`, `Fakta!E5`), constants, + − * /, and parentheses.
Anything else (a function, a text, a link to another file) is refused, never calculated.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

HÖGST_DJUP = 50
HÖGST_TECKEN = 8192
"""Excel's own limit for a formula."""
HÖGST_BITAR = 1000
"""Of a number; a floating point number has no more, and cells that square each other soon have millions."""

Cell = tuple[str, str]
"""A sheet and a cell: `("Fakta", "E5")`."""

_BIT = re.compile(r"\s*(?:(\d+(?:\.\d+)?)|(?:([A-Za-zÅÄÖåäö]\w*)!)?(\$?[A-Z]{1,3}\$?\d+)|([-+*/()]))")


class Formelfel(Exception):
    """A formula outside the grammar, in a circle, or divided by nil; says which, in Swedish."""


@dataclass
class Formler:
    """The cells of a workbook: formulas (beginning with =) and constants. A cell that is empty or a text is nil."""

    formler: Mapping[Cell, str]
    konstanter: Mapping[Cell, Decimal]
    _klara: dict[Cell, Fraction] = field(default_factory=dict)
    _igång: list[Cell] = field(default_factory=list)

    def värde(self, cell: Cell) -> Fraction:
        """What a cell is when it is calculated anew. Raises Formelfel.

        >>> f = Formler({("F", "A1"): "=-(B1+F!B2)/4", ("F", "A2"): "=A2"}, {("F", "B1"): Decimal("0.3")})
        >>> f.värde(("F", "A1"))
        Fraction(-3, 40)
        """
        if cell not in self._klara:
            tal = self._räkna(cell)
            täljare, nämnare = tal.numerator.bit_length(), tal.denominator.bit_length()
            if täljare - nämnare > HÖGST_BITAR or nämnare > HÖGST_BITAR:
                raise Formelfel(f"formeln i {namn(cell)} ger ett orimligt stort eller litet tal")
            self._klara[cell] = tal
        return self._klara[cell]

    def _räkna(self, cell: Cell) -> Fraction:
        if cell not in self.formler:
            return Fraction(self.konstanter.get(cell, Decimal(0)))
        if cell in self._igång:
            raise Formelfel(f"formeln i {namn(cell)} går i cirkel")
        if len(self._igång) > HÖGST_DJUP:
            raise Formelfel(f"formeln i {namn(cell)} bygger på för många led")
        self._igång.append(cell)
        try:
            return _Läsare(self, cell).uttryck()
        finally:
            self._igång.pop()


def namn(cell: Cell) -> str:
    """A cell as Excel names it."""
    return f"{cell[0]}!{cell[1]}"


def delar(formel: str) -> list[str | tuple[str, str]]:
    """The pieces of a formula: numbers and signs as text, references as (sheet, cell); the sheet may be empty.

    >>> delar("=-(Fakta!E5+B2)/1000")
    ['-', '(', ('Fakta', 'E5'), '+', ('', 'B2'), ')', '/', '1000']
    """
    if len(formel) > HÖGST_TECKEN:
        raise Formelfel("formeln är för lång")
    ut: list[str | tuple[str, str]] = []
    plats = 1
    while plats < len(formel):
        träff = _BIT.match(formel, plats)
        if not träff:
            raise Formelfel(f"formeln har något annat än celler, tal och + − * / ( ): {formel[plats : plats + 20]}")
        tal, blad, cell, tecken = träff.groups()
        ut.append((blad or "", cell.replace("$", "")) if cell else tal or tecken)
        plats = träff.end()
    return ut


class _Läsare:
    """One formula read from left to right."""

    def __init__(self, formler: Formler, cell: Cell) -> None:
        self._formler = formler
        self._cell = cell
        self._kvar = delar(formler.formler[cell])[::-1]
        self._djup = 0

    def uttryck(self) -> Fraction:
        värde = self._summa()
        if self._kvar:
            raise Formelfel(f"formeln i {namn(self._cell)} är inte hel")
        return värde

    def _ta(self, *tecken: str) -> str:
        nästa = self._kvar[-1] if self._kvar else ""
        return str(self._kvar.pop()) if nästa in tecken else ""

    def _summa(self) -> Fraction:
        värde = self._produkt()
        while tecken := self._ta("+", "-"):
            värde += self._produkt() if tecken == "+" else -self._produkt()
        return värde

    def _produkt(self) -> Fraction:
        värde = self._faktor()
        while tecken := self._ta("*", "/"):
            andra = self._faktor()
            if tecken == "/" and not andra:
                raise Formelfel(f"formeln i {namn(self._cell)} delar med noll")
            värde = värde * andra if tecken == "*" else värde / andra
        return värde

    def _faktor(self) -> Fraction:
        self._djup += 1
        if self._djup > HÖGST_DJUP or not self._kvar:
            raise Formelfel(f"formeln i {namn(self._cell)} är inte hel")
        bit = self._kvar.pop()
        if isinstance(bit, tuple):
            värde = self._formler.värde((bit[0] or self._cell[0], bit[1]))
        elif bit == "(":
            värde = self._summa()
            if not self._ta(")"):
                raise Formelfel(f"formeln i {namn(self._cell)} saknar en parentes")
        elif bit in "+-":
            värde = self._faktor() * (1 if bit == "+" else -1)
        elif bit[0].isdigit():
            värde = Fraction(Decimal(bit))
        else:
            raise Formelfel(f"formeln i {namn(self._cell)} är inte hel")
        self._djup -= 1
        return värde
