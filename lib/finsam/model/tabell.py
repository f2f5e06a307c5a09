"""A table before it is printed: rows of facts and words, in the order of the document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Radslag = Literal["post", "delsumma", "summa", "rubrik"]
Tabellenhet = Literal["kr", "tkr", ""]
Form = Literal["tabell", "mening", "webb", "text"]
"""How a table is shown: as one, as a sentence (it has one row), folded and on the page alone (its figures stand in
another table beside it), or not at all (the words beside it say all of it)."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A fact (by key), or words, or nothing. `tecken` -1 shows the fact with its sign turned.

    `format` prints it with its unit, as in a sentence ("tkr": 601 tkr), whatever the table's unit is.
    """

    fakta: str = ""
    text: str = ""
    tecken: int = 1
    format: str = ""


@dataclass(frozen=True, slots=True)
class Kolumn:
    """A column's heading. `tal` columns are set flush right; one of words takes `bredd` parts of the width.

    `period` is the year of the column's facts, which the heading may name.
    """

    id: str
    rubrik: str
    tal: bool = True
    bredd: int = 5
    period: str = ""


@dataclass(frozen=True, slots=True)
class Rad:
    """A row: its words, one cell a column, what kind of row it is and the note it points to."""

    id: str
    etikett: str
    celler: tuple[Cell, ...] = ()
    slag: Radslag = "post"
    indrag: int = 0
    not_id: str = ""


@dataclass(frozen=True, slots=True)
class Fotnot:
    """Words under a table, on the columns and rows with these ids; on all of it when none are given."""

    text: str
    kolumner: tuple[str, ...] = ()
    rader: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tabell:
    """A table of the document. `enhet` is what amounts are printed in; ratios and counts keep their own.

    `första` heads the column of row labels. `mening` is what a table of one row says as a sentence, with
    references to its facts. `perioder` are the years that `rubrik` may name when its words are the program's. `noll`
    and `tomt` stand for nil and for no figure.
    """

    id: str
    rubrik: str
    enhet: Tabellenhet
    kolumner: tuple[Kolumn, ...]
    rader: tuple[Rad, ...]
    första: str = ""
    första_bredd: int = 4
    fotnoter: tuple[Fotnot, ...] = ()
    mening: str = ""
    noll: str = "–"
    tomt: str = ""
    perioder: tuple[str, ...] = ()

    @property
    def datarader(self) -> tuple[Rad, ...]:
        """The rows that are no headings."""
        return tuple(rad for rad in self.rader if rad.slag != "rubrik")
