"""Blocks: what a cell of a report notebook shows.

Each gives HTML for JupyterLab and the page, Typst for the PDF, and JSON for `rapport.json`, from the same facts.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from finsam.model.meningar import radens_mening
from finsam.model.ord import med_årsord
from finsam.model.tabell import Cell, Form, Tabell
from finsam.report.bild.yta import BRED, SMAL, Format
from finsam.report.fotnoter import Märkt, märken, märkta_fotnoter
from finsam.report.html import diagram_html, tabell_html, webbens_html
from finsam.report.text import Prosa, Texttyda, ord_i, prosa_html, prosa_typst, rad_html, typst_text
from finsam.report.typst import diagram_typst, rubrik_typst, tabell_typst
from finsam.report.visning import Visning, visa_cell

if TYPE_CHECKING:
    import pandas as pd

JSON_MIME = "application/vnd.finsam+json"
TYPST_MIME = "text/vnd.typst"
TYST = Prosa("", ())
"""No words."""


class Block(ABC):
    """Something shown in a report."""

    @abstractmethod
    def html(self) -> str:
        """The block as an HTML fragment."""

    @abstractmethod
    def typst(self) -> str:
        """The block as Typst markup."""

    def json(self) -> list[dict[str, Any]]:
        """The tables in the block, as `rapport.json` lists them."""
        return [data for block in self.tabellblock() for data in block.json()]

    def tabellblock(self) -> Iterator[Tabellblock]:
        """The tables in the block."""
        yield from ()

    def prosa(self) -> Iterator[Prosa]:
        """All words that the block shows."""
        yield from ()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {
            "text/html": self.html(),
            TYPST_MIME: self.typst(),
            JSON_MIME: {"tabeller": self.json()},
            "text/plain": type(self).__name__,
        }


@dataclass(frozen=True)
class Rubrikblock(Block):
    """A heading made by data, such as the name of an insats."""

    text: Prosa
    nivå: int
    i_förteckning: bool = False

    def prosa(self) -> Iterator[Prosa]:
        yield self.text

    def html(self) -> str:
        förteckning = "" if self.i_förteckning else " data-dold"
        return f"<h{self.nivå + 1} data-onumrerad{förteckning}>{rad_html(self.text)}</h{self.nivå + 1}>"

    def typst(self) -> str:
        return rubrik_typst(self.text.klartext, self.nivå, numrerad=False, i_förteckning=self.i_förteckning)


@dataclass(frozen=True)
class Textblock(Block):
    """Words with facts in them."""

    text: Prosa

    def prosa(self) -> Iterator[Prosa]:
        yield self.text

    def html(self) -> str:
        return prosa_html(self.text)

    def typst(self) -> str:
        return prosa_typst(self.text)


@dataclass(frozen=True)
class Tabellblock(Block):
    """A table of facts. `.df()` gives it to pandas, `.tabell` as it is in the model; `form` says how it is shown."""

    tabell: Tabell
    tyda: Texttyda
    form: Form = "tabell"

    def _ord(self, text: str) -> Prosa:
        return ord_i(text, self.tyda)

    def tabellblock(self) -> Iterator[Tabellblock]:
        yield self

    def prosa(self) -> Iterator[Prosa]:
        t = self.tabell
        yield from map(self._ord, (t.rubrik, *(m.fotnot.text for m in self.fotnoter), *(k.rubrik for k in t.kolumner)))
        yield self._ord(self.mening)
        for rad in t.rader:
            yield from map(self._ord, (rad.etikett, *(cell.text for cell in rad.celler)))

    @cached_property
    def fotnoter(self) -> tuple[Märkt, ...]:
        """What stands under the table, with its marks."""
        return märkta_fotnoter(self.tabell, self.tyda.fakta)

    @property
    def mening(self) -> str:
        """What a table of one row says as a sentence, with what is said under it; empty for other tables."""
        mening = radens_mening(self._med_årsord(), self.tyda.fakta)
        return " ".join((mening, *(m.fotnot.text for m in self.fotnoter))) if mening else ""

    def som(self, form: Form) -> Tabellblock:
        """The same table, shown in another way; a table of one row is still a sentence when it can be."""
        return replace(self, form=form)

    def _med_årsord(self) -> Tabell:
        """The table with references for the years that its headings name."""
        t, år = self.tabell, self.tyda.år
        kolumner = (replace(k, rubrik=med_årsord(k.rubrik, (k.period,), år)) if k.period else k for k in t.kolumner)
        return replace(t, rubrik=med_årsord(t.rubrik, t.perioder, år), kolumner=tuple(kolumner))

    def html(self) -> str:
        if self.form in ("text", "mening"):
            return prosa_html(self._ord(self.mening)) if self.form == "mening" else ""
        tabell = self._tabell_html()
        return webbens_html(tabell) if self.form == "webb" else tabell

    def _tabell_html(self) -> str:
        def ord_(text: str) -> str:
            html = prosa_html(self._ord(text), i_cell=True)
            return html.removeprefix("<p>").removesuffix("</p>") if html.count("<p>") == 1 else html

        def rad_(text: str) -> str:
            return rad_html(self._ord(text))

        return tabell_html(self._med_årsord(), self._visa, ord_, rad_, self.tyda.noter, self.fotnoter, self._årets())

    def typst(self) -> str:
        if self.form != "tabell":
            return prosa_typst(self._ord(self.mening)) if self.form == "mening" else ""

        def ord_(text: str) -> str:
            return prosa_typst(self._ord(text), i_cell=True).strip()

        def rad_(text: str) -> str:
            return typst_text(self._ord(text).klartext)

        return tabell_typst(self.tabell, self._visa, ord_, rad_, self.tyda.noter, self.fotnoter, self._årets())

    def _årets(self) -> str:
        """The column of this year's figures, by id, in a table that has another year's beside it."""
        kolumner = [k for k in self.tabell.kolumner if k.period]
        egna = [k.id for k in kolumner if k.period == str(self.tyda.år)]
        return egna[0] if len(egna) == 1 < len(kolumner) else ""

    def _visa(self, cell: Cell) -> Visning:
        t = self.tabell
        return visa_cell(cell, self.tyda.fakta, t.enhet, t.noll, t.tomt)

    def json(self) -> list[dict[str, Any]]:
        """The table as `rapport.json` lists it."""
        rader = []
        for rad in self.tabell.rader:
            visade = [self._visa(cell) if cell.fakta else None for cell in rad.celler]
            text = [v.text if v else self._ord(c.text).klartext for v, c in zip(visade, rad.celler, strict=True)]
            rader.append(
                {
                    "id": rad.id,
                    "etikett": self._ord(rad.etikett).klartext,
                    "not": self.tyda.noter.get(rad.not_id),
                    "slag": rad.slag,
                    "summa": rad.slag in ("summa", "delsumma"),
                    "varden": [None if v is None or v.värde is None else _tal(v.värde) for v in visade],
                    "visat": text,
                    "fakta": [cell.fakta or None for cell in rad.celler],
                    "marke": märken(self.fotnoter, rad.id, kolumn=False),
                }
            )
        kolumner = [self._ord(k.rubrik).klartext for k in self.tabell.kolumner]
        t = self.tabell
        return [
            {
                "id": t.id,
                "rubrik": self._ord(t.rubrik).klartext,
                "enhet": t.enhet,
                "kolumner": kolumner,
                "marken": [märken(self.fotnoter, k.id, kolumn=True) for k in self.tabell.kolumner],
                "rader": rader,
                "fotnot": " ".join(self._ord(m.text).klartext for m in self.fotnoter),
                "form": self.form,
            }
        ]

    def df(self) -> pd.DataFrame:
        """The table as a DataFrame: rows by id, a column of labels, figures as printed but unrounded.

        Amounts are in `df.attrs["enhet"]`, ratios in per cent. Each cell's fact is in `df.attrs["fakta"]`.
        """
        import pandas as pd

        [tabell] = self.json()
        rader = [rad for rad in tabell["rader"] if rad["slag"] != "rubrik"]
        data: dict[str, list[Any]] = {"etikett": [rad["etikett"] for rad in rader]}
        for nr, kolumn in enumerate(self.tabell.kolumner):
            data[tabell["kolumner"][nr]] = [rad["varden"][nr] if kolumn.tal else rad["visat"][nr] for rad in rader]
        df = pd.DataFrame(data, index=pd.Index([rad["id"] for rad in rader], name=tabell["id"]))
        df.attrs = {"enhet": tabell["enhet"], "fakta": {rad["id"]: rad["fakta"] for rad in rader}}
        return df


def _tal(värde: Any) -> float | int:
    return int(värde) if värde == värde.to_integral_value() else float(värde)


@dataclass(frozen=True)
class Diagramblock(Block):
    """A picture, what it shows in words, and the table of the same figures, which says itself where it is printed. It
    is drawn when it is looked at.
    """

    id: str
    rubrik: Prosa
    alt: Prosa
    rita: Callable[[Format], str]
    tabell: Tabellblock | None = None
    under: Prosa = TYST

    @cached_property
    def svg(self) -> str:
        """The picture."""
        return self.rita(BRED)

    @cached_property
    def smal(self) -> str:
        """The same in the width of a telephone."""
        return self.rita(SMAL)

    def tabellblock(self) -> Iterator[Tabellblock]:
        yield from self.tabell.tabellblock() if self.tabell else ()

    def prosa(self) -> Iterator[Prosa]:
        yield from (self.rubrik, self.alt, self.under, *(self.tabell.prosa() if self.tabell else ()))

    def html(self) -> str:
        bild = diagram_html(self.id, self.rubrik, self.alt, (self.svg, self.smal), self.under)
        return bild + (self.tabell.html() if self.tabell else "")

    def typst(self) -> str:
        bild = diagram_typst(self.rubrik, self.alt, self.svg, self.under)
        return bild + (self.tabell.typst() if self.tabell else "")


@dataclass(frozen=True)
class Följd(Block):
    """Blocks one after the other."""

    block: tuple[Block, ...]

    def html(self) -> str:
        return "".join(b.html() for b in self.block)

    def typst(self) -> str:
        return "".join(b.typst() for b in self.block)

    def tabellblock(self) -> Iterator[Tabellblock]:
        for b in self.block:
            yield from b.tabellblock()

    def prosa(self) -> Iterator[Prosa]:
        for b in self.block:
            yield from b.prosa()


@dataclass(frozen=True)
class Rådata(Block):
    """A block whose HTML and Typst are made by its own function (cover, signatures)."""

    som_html: str
    som_typst: str
    ord: tuple[Prosa, ...] = ()

    def prosa(self) -> Iterator[Prosa]:
        yield from self.ord

    def html(self) -> str:
        return self.som_html

    def typst(self) -> str:
        return self.som_typst
