"""The formulas of the auditor's workbook, calculated again with exact fractions.

The workbook uses a closed grammar: references to cells (`E5`, `Fakta!E5`), names, constants, + − * /, parentheses,
`SUM` of cells and of stretches of a column, `ABS`, `ROUND(a,4)`, `IF(a<b,"OK","FEL")` and `COUNTIF(F5:F9,"FEL")`.
Anything else (another function, a link to another file) is refused, never calculated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

HÖGST_DJUP = 50
HÖGST_TECKEN = 8192
"""Excel's own limit for a formula."""
HÖGST_BITAR = 1000
"""Of a number; a floating point number has no more, and cells that square each other soon have millions."""
HÖGST_RUTOR = 1_000_000
"""Cells that the stretches of a workbook may have together."""

Cell = tuple[str, str]
"""A sheet and a cell: `("Fakta", "E5")`."""

Värde = Fraction | str


class Ord(str):
    """A name or a function in a formula."""


class Text(str):
    """Words between quotation marks in a formula."""


_BIT = re.compile(
    r"\s*(?:(\d+(?:\.\d+)?)(?![\w.])"
    r"|(?:([A-Za-zÅÄÖåäö]\w*)!)?(\$?[A-Z]{1,3}\$?\d{1,7})(?![\w.(])"
    r'|([A-Za-z_][A-Za-z0-9_.]*)|"([^"]*)"|([-+*/(),:<]))'
)
_DECIMALER = ("0", "1", "2", "3", "4", "5", "6")
_RUTA = re.compile(r"([A-Z]{1,3})(\d{1,7})")


class Formelfel(Exception):
    """A formula outside the grammar, in a circle, or divided by nil; says which, in Swedish."""


@dataclass
class Formler:
    """The cells of a workbook: formulas (beginning with =), constants, and the cells that have names. A cell that is
    empty or a text is nil.
    """

    formler: Mapping[Cell, str]
    konstanter: Mapping[Cell, Decimal]
    namn: Mapping[str, Cell] = field(default_factory=dict)
    _klara: dict[Cell, Värde] = field(default_factory=dict)
    _igång: list[Cell] = field(default_factory=list)
    _rutor: int = 0

    def värde(self, cell: Cell) -> Värde:
        """What a cell is when it is calculated anew. Raises Formelfel.

        >>> f = Formler({("F", "A1"): "=-(B1+F!B2)/4", ("F", "A2"): "=A2"}, {("F", "B1"): Decimal("0.3")})
        >>> f.värde(("F", "A1"))
        Fraction(-3, 40)
        >>> om = '=IF(ABS(SUM(B1:B3)-1)<0.5,"OK","FEL")'
        >>> Formler({("F", "A1"): om}, {("F", "B2"): Decimal(1)}).värde(("F", "A1"))
        'OK'
        """
        if cell not in self._klara:
            tal = self._räkna(cell)
            if isinstance(tal, Fraction):
                täljare, nämnare = tal.numerator.bit_length(), tal.denominator.bit_length()
                if täljare - nämnare > HÖGST_BITAR or nämnare > HÖGST_BITAR:
                    raise Formelfel(f"formeln i {namn(cell)} ger ett orimligt stort eller litet tal")
            self._klara[cell] = tal
        return self._klara[cell]

    def _räkna(self, cell: Cell) -> Värde:
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

    def sträcka(self, från: Cell, till: Cell) -> Iterator[Cell]:
        """The cells of a stretch of a column. Raises Formelfel for what is no such thing, or too much."""
        första, sista = (_RUTA.fullmatch(cell[1]) for cell in (från, till))
        if not första or not sista or första[1] != sista[1] or från[0] != till[0]:
            raise Formelfel(f"{namn(från)}:{till[1]} är inte en del av en kolumn")
        rader = range(int(första[2]), int(sista[2]) + 1)
        self._rutor += len(rader)
        if self._rutor > HÖGST_RUTOR:
            raise Formelfel("formlerna summerar orimligt många celler")
        return ((från[0], f"{första[1]}{rad}") for rad in rader)


def namn(cell: Cell) -> str:
    """A cell as Excel names it."""
    return f"{cell[0]}!{cell[1]}"


def delar(formel: str) -> list[str | Cell]:
    """The pieces of a formula: numbers and signs as text, references as (sheet, cell); the sheet may be empty.

    >>> delar("=-(Fakta!E5+B2)/1000")
    ['-', '(', ('Fakta', 'E5'), '+', ('', 'B2'), ')', '/', '1000']
    """
    if len(formel) > HÖGST_TECKEN:
        raise Formelfel("formeln är för lång")
    ut: list[str | Cell] = []
    plats = 1
    while plats < len(formel):
        träff = _BIT.match(formel, plats)
        if not träff:
            raise Formelfel(f"formeln har något annat än celler, tal och + − * / ( ): {formel[plats : plats + 20]}")
        tal, blad, cell, ord_, text, tecken = träff.groups()
        if cell:
            ut.append((blad or "", cell.replace("$", "")))
        elif ord_:
            ut.append(Ord(ord_))
        else:
            ut.append(Text(text) if text is not None else tal or tecken)
        plats = träff.end()
    return ut


class _Läsare:
    """One formula read from left to right."""

    def __init__(self, formler: Formler, cell: Cell) -> None:
        self._formler = formler
        self._cell = cell
        self._kvar = delar(formler.formler[cell])[::-1]
        self._djup = 0

    def uttryck(self) -> Värde:
        värde = self._om() if self._är("IF") else self._summa()
        if self._kvar:
            raise Formelfel(f"formeln i {namn(self._cell)} är inte hel")
        return värde

    def _är(self, ord_: str) -> bool:
        nästa = self._kvar[-1] if self._kvar else ""
        return isinstance(nästa, Ord) and nästa == ord_

    def _ta(self, *tecken: str) -> str:
        nästa = self._kvar[-1] if self._kvar else ""
        är_tecken = isinstance(nästa, str) and not isinstance(nästa, Ord | Text)
        return str(self._kvar.pop()) if är_tecken and nästa in tecken else ""

    def _kräv(self, tecken: str) -> None:
        if not self._ta(tecken):
            fel = "saknar en parentes" if tecken == ")" else "är inte hel"
            raise Formelfel(f"formeln i {namn(self._cell)} {fel}")

    def _text(self) -> str:
        if not self._kvar or not isinstance(bit := self._kvar.pop(), Text):
            raise Formelfel(f"formeln i {namn(self._cell)} är inte hel")
        return str(bit)

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
            värde = self._tal(self._i_bladet(bit))
        elif isinstance(bit, Ord):
            värde = self._funktion(bit)
        elif bit == "(" and not isinstance(bit, Text):
            värde = self._summa()
            self._kräv(")")
        elif bit in ("+", "-") and not isinstance(bit, Text):
            värde = self._faktor() * (1 if bit == "+" else -1)
        elif bit[:1].isdigit() and not isinstance(bit, Text):
            värde = Fraction(Decimal(bit))
        else:
            raise Formelfel(f"formeln i {namn(self._cell)} är inte hel")
        self._djup -= 1
        return värde

    def _i_bladet(self, bit: Cell) -> Cell:
        return bit[0] or self._cell[0], bit[1]

    def _tal(self, cell: Cell) -> Fraction:
        värde = self._formler.värde(cell)
        if not isinstance(värde, Fraction):
            raise Formelfel(f"formeln i {namn(self._cell)} räknar på text")
        return värde

    def _funktion(self, ord_: Ord) -> Fraction:
        """A name, or what a function gives."""
        if not self._ta("("):
            if ord_ not in self._formler.namn:
                raise Formelfel(f"formeln i {namn(self._cell)} har ett namn som inte finns: {ord_}")
            return self._tal(self._formler.namn[ord_])
        if ord_ == "SUM":
            värde = sum(self._led(), Fraction(0))
            while self._ta(","):
                värde += sum(self._led(), Fraction(0))
        elif ord_ == "ABS":
            värde = abs(self._summa())
        elif ord_ == "ROUND":
            värde = self._avrundat()
        elif ord_ == "COUNTIF":
            celler = list(self._sträcka())
            self._kräv(",")
            sökt = self._text()
            värde = Fraction(sum(self._formler.värde(cell) == sökt for cell in celler))
        else:
            raise Formelfel(f"formeln i {namn(self._cell)} har en funktion som inte hör hit: {ord_}")
        self._kräv(")")
        return värde

    def _avrundat(self) -> Fraction:
        """Half away from nil, to the decimals that are said."""
        värde = self._summa()
        self._kräv(",")
        bit = self._kvar.pop() if self._kvar else ""
        if not isinstance(bit, str) or isinstance(bit, Ord | Text) or bit not in _DECIMALER:
            raise Formelfel(f"formeln i {namn(self._cell)} är inte hel")
        tiopotens = 10 ** int(bit)
        helt = int(abs(värde) * tiopotens + Fraction(1, 2))
        return Fraction(helt if värde > 0 else -helt, tiopotens)

    def _led(self) -> Iterator[Fraction]:
        """What stands between the commas of a SUM: a cell or a stretch of cells, where words are nil."""
        for cell in self._sträcka():
            värde = self._formler.värde(cell)
            yield värde if isinstance(värde, Fraction) else Fraction(0)

    def _sträcka(self) -> Iterator[Cell]:
        från = self._ruta()
        return self._formler.sträcka(från, self._ruta() if self._ta(":") else från)

    def _ruta(self) -> Cell:
        bit = self._kvar.pop() if self._kvar else ""
        if not isinstance(bit, tuple):
            raise Formelfel(f"formeln i {namn(self._cell)} summerar något annat än celler")
        return self._i_bladet(bit)

    def _om(self, *, inre: bool = False) -> str:
        """`IF(a<b,"OK","FEL")`, with one more of them in place of what is said last."""
        self._kvar.pop()
        self._kräv("(")
        vänster = self._summa()
        self._kräv("<")
        höger = self._summa()
        self._kräv(",")
        då = self._text()
        self._kräv(",")
        annars = self._om(inre=True) if self._är("IF") and not inre else self._text()
        self._kräv(")")
        return då if vänster < höger else annars
