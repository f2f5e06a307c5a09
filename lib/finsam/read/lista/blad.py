"""The table that a list is, whatever it came in: the sheets of a workbook, or text with separators."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import StringIO

from finsam.read.arbetsbok import Bladinnehåll, Cellinnehåll
from finsam.read.ark import kolumnnamn
from finsam.read.cell import Cellfel, tolka_text

SEPARATORER = {";": "semikolon", "\t": "tabbtecken", ",": "komma"}
MELLANRUM = "  "
OVANLIGA = {"|": "lodstreck", ":": "kolon", MELLANRUM: "blanksteg"} | {tecken: tecken for tecken in "~^¦!*/"}
"""What is tried when none of the usual gives a table: signs that names and amounts may have, too."""
HÖGST_CELLER = 3_000_000
EXPORTERA = "Exportera med semikolon eller som Excel."
TVÅ_SIFFROR = re.compile(r"[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Listblad:
    """A table: row number → column number → cell. `namn` is the sheet's, `separator` what text is divided by."""

    rader: Bladinnehåll
    namn: str = ""
    separator: str = ""

    def plats(self, rad: int, kolumn: int = 1) -> str:
        """A place as a message shows it.

        >>> Listblad({}, "Saldon").plats(5, 3), Listblad({}).plats(5, 3)
        ('Saldon!C5', 'rad 5')
        """
        return f"{self.namn}!{kolumnnamn(kolumn)}{rad}" if self.namn else f"rad {rad}"

    def text(self, rad: int, kolumn: int) -> str:
        """What stands in a cell, as one line; nothing when it is empty or cannot be text."""
        return celltext(self.rader.get(rad, {}).get(kolumn))

    def kolumn(self, nr: int) -> str:
        """A column as a message names it when it has no heading."""
        return kolumnnamn(nr) if self.namn else str(nr)


class Radfel(Exception):
    """Text that cannot be divided into fields; the text says why, `rad` where."""

    def __init__(self, text: str, rad: int) -> None:
        super().__init__(text)
        self.rad = rad


def celltext(cell: Cellinnehåll | None) -> str:
    """What a cell holds, as one line of text; nothing for what cannot be text."""
    if cell is None:
        return ""
    if isinstance(cell.värde, str) and cell.slag == "värde":
        return " ".join(cell.värde.split())
    try:
        return " ".join(str(tolka_text(cell).värde).split())
    except Cellfel:
        return ""


def split_text(text: str, separator: str) -> Listblad:
    """Text divided by a separator, quoted fields taken whole. Raises Radfel."""
    rader: Bladinnehåll = {}
    antal = 0
    for rad, fält in _poster(text, separator):
        antal += len(fält)
        if antal > HÖGST_CELLER:
            raise Radfel("Filen har orimligt många fält. Exportera ett år i taget.", rad)
        celler = {nr: Cellinnehåll(del_.strip()) for nr, del_ in enumerate(fält, 1) if del_.strip()}
        if celler:
            rader[rad] = celler
    return Listblad(rader, separator=separator)


def högerställ(blad: Listblad, rubrikrad: int) -> None:
    """Put the amounts of a sum under the last headings, where only blanks part them: it has no name of its own."""
    bredd = max(blad.rader[rubrikrad])
    for rad, celler in blad.rader.items():
        if rad > rubrikrad and 1 < len(celler) < bredd and not blad.text(rad, 1)[:1].isdigit():
            första, *resten = (cell for _, cell in sorted(celler.items()))
            blad.rader[rad] = {1: första, **dict(enumerate(resten, bredd - len(resten) + 1))}


def _poster(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """The fields of each row with its line number; a quoted text may run over lines, a row may not."""
    if separator == MELLANRUM:
        yield from ((rad, re.split(" {2,}", text_.strip())) for rad, text_ in enumerate(text.split("\n"), 1))
        return
    läsare = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True, skipinitialspace=True)
    rad = 1
    try:
        for fält in läsare:
            if any("\n" in del_ and separator in del_ for del_ in fält):
                raise csv.Error
            yield rad, fält
            rad = läsare.line_num + 1
    except csv.Error:
        raise Radfel(
            "Citationstecknen går inte ihop, så kolumnerna kan inte skiljas åt. "
            "Rätta texten på raden i ekonomisystemet, eller exportera som Excel.",
            rad,
        ) from None


def check_bredd(blad: Listblad, rubrikrad: int, konto: int, belopp: Iterable[int]) -> Radfel | None:
    """Why the rows of konton are not divided as the headings are; nothing when they are."""
    if blad.namn:
        return None
    bredd = max(blad.rader[rubrikrad])
    for rad, celler in blad.rader.items():
        if rad <= rubrikrad or not blad.text(rad, konto)[:1].isdigit():
            continue
        if max(celler) > bredd or (max(celler) < bredd and blad.separator == MELLANRUM):
            text = f"Raden har {max(celler)} fält men rubrikraden (rad {rubrikrad}) {bredd}. Kolumnerna skiljs åt med "
            text += (
                "blanksteg, så en tom ruta syns inte, och två blanksteg får inte stå i en text. "
                if blad.separator == MELLANRUM
                else f"{(SEPARATORER | OVANLIGA)[blad.separator]}, som inte får stå i belopp och texter utan "
                "citationstecken. "
            )
            return Radfel(text + EXPORTERA, rad)
    if blad.separator == "," and (kolumn := _ören_för_sig(blad, rubrikrad, belopp)):
        text = f"Kolumn {kolumn} har bara tvåsiffriga tal, som om decimalkommat hade delat beloppen. {EXPORTERA}"
        return Radfel(text, rubrikrad)
    return None


def _ören_för_sig(blad: Listblad, rubrikrad: int, belopp: Iterable[int]) -> int | None:
    """A column for amounts that holds two digits in row after row."""
    rader = [celler for rad, celler in blad.rader.items() if rad > rubrikrad]
    for kolumn in belopp:
        texter = [str(celler[kolumn].värde) for celler in rader if kolumn in celler]
        if len(texter) > 1 and all(map(TVÅ_SIFFROR.fullmatch, texter)):
            return kolumn
    return None
