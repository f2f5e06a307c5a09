"""Blocks: what a cell of a report notebook shows.

Each gives HTML for JupyterLab and the page, Typst for the PDF, and JSON for `rapport.json`, from the same facts.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from finsam.model.meningar import radens_mening
from finsam.model.ord import med_årsord
from finsam.model.tabell import Cell, Form, Tabell
from finsam.report.bild.yta import BRED, SMAL, Format
from finsam.report.form.bildtext import bildtext
from finsam.report.form.notebookstil import i_notebook
from finsam.report.form.numrering import Slag, hänvisning_html, nummerplats
from finsam.report.fotnoter import Märkt, märken, märkta_fotnoter
from finsam.report.html import diagram_html, tabell_html, webbens_html
from finsam.report.text import Prosa, Texttyda, ord_i, prosa_html, prosa_typst, rad_html, rad_typst
from finsam.report.typst import diagram_typst, rubrik_typst, tabell_typst, är_smal
from finsam.report.visning import Visning, visa_cell

if TYPE_CHECKING:
    from finsam.report.analys.ram import Ram

JSON_MIME = "application/vnd.finsam+json"
HÖGST_I_HALV = 120
"""Letters of a row's words in a table that has another beside it."""
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

    def som_text(self) -> str:
        """What a terminal shows."""
        return type(self).__name__

    def tabellblock(self) -> Iterator[Tabellblock]:
        """The tables in the block."""
        yield from ()

    def prosa(self) -> Iterator[Prosa]:
        """All words that the block shows."""
        yield from ()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {
            "text/html": i_notebook(self.html()),
            TYPST_MIME: self.typst(),
            JSON_MIME: {"tabeller": self.json()},
            "text/plain": self.som_text(),
        }


@dataclass(frozen=True)
class Rubrikblock(Block):
    """A heading made by data, such as the name of an insats."""

    text: Prosa
    nivå: int
    i_förteckning: bool = False
    id: str = ""

    def prosa(self) -> Iterator[Prosa]:
        yield self.text

    def html(self) -> str:
        förteckning = "" if self.i_förteckning else " data-dold"
        id_ = f' data-id="{self.id}"' if self.id else ""
        return f"<h{self.nivå + 1} data-onumrerad{förteckning}{id_}>{rad_html(self.text)}</h{self.nivå + 1}>"

    def typst(self) -> str:
        text, id_ = self.text.klartext, self.id
        return rubrik_typst(text, self.nivå, numrerad=False, i_förteckning=self.i_förteckning, id_=id_)


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


@dataclass(frozen=True, repr=False)
class Tabellblock(Block):
    """A table of facts. `.df()` gives it to pandas, `.tabell` as it is in the model; `form` says how it is shown.

    One that stands in a note has the note's number and none of its own. `bild` is the picture whose figures it has. One
    that is `halv` stands beside another in the PDF.
    """

    tabell: Tabell
    tyda: Texttyda
    form: Form = "tabell"
    numrerad: bool = True
    bild: str = ""
    halv: bool = False

    @cached_property
    def _ord(self) -> Callable[[str], Prosa]:
        """How words are read, the same in every form."""
        tyda = self.tyda
        return cache(lambda text: ord_i(text, tyda))

    def tabellblock(self) -> Iterator[Tabellblock]:
        yield self

    def prosa(self) -> Iterator[Prosa]:
        t = self.tabell
        yield from map(
            self._ord,
            (t.rubrik, self.bildtext, *(m.fotnot.text for m in self.fotnoter), *(k.rubrik for k in t.kolumner)),
        )
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

    @property
    def bildtext(self) -> str:
        """What stands over the table."""
        return bildtext(self._med_årsord())

    def som(self, form: Form) -> Tabellblock:
        """The same table, shown in another way; a table of one row is still a sentence when it can be."""
        return replace(self, form=form)

    def i_not(self) -> Tabellblock:
        """The same table, in a note."""
        return replace(self, numrerad=False)

    def _med_årsord(self) -> Tabell:
        """The table with references for the years that its headings name."""
        t, år = self.tabell, self.tyda.år
        kolumner = (replace(k, rubrik=med_årsord(k.rubrik, (k.period,), år)) if k.period else k for k in t.kolumner)
        return replace(t, rubrik=med_årsord(t.rubrik, t.perioder, år), kolumner=tuple(kolumner))

    def html(self) -> str:
        return self._html

    @cached_property
    def _html(self) -> str:
        if self.form in ("text", "mening"):
            return prosa_html(self._ord(self.mening)) if self.form == "mening" else ""
        tabell = self._tabell_html()
        return webbens_html(tabell) if self.form == "webb" else tabell

    def _tabell_html(self) -> str:
        @cache  # what is seen stands in the file as well
        def ord_(text: str) -> str:
            html = prosa_html(self._ord(text), i_cell=True)
            return html.removeprefix("<p>").removesuffix("</p>") if html.count("<p>") == 1 else html

        @cache
        def rad_(text: str) -> str:
            return rad_html(self._ord(text))

        över, t = rad_(self.bildtext), self._med_årsord()
        if self.form == "webb":
            över = f"Siffrorna i {hänvisning_html(self.bild, 'diagrammet')}: {över}" if self.bild else över
        elif self.numrerad:
            över = nummerplats(f"tabell-{t.id}", "Tabell") + över
        noter, årets = self.tyda.noter, self._årets()
        return tabell_html(t, self._visa, ord_, rad_, noter, self.fotnoter, årets, över, numrerad=self.numrerad)

    def typst(self) -> str:
        if self.form != "tabell":
            return prosa_typst(self._ord(self.mening)) if self.form == "mening" else ""

        def ord_(text: str) -> str:
            return prosa_typst(self._ord(text), i_cell=True).strip()

        def rad_(text: str) -> str:
            return rad_typst(self._ord(text))

        över, noter, årets = rad_(bildtext(self.tabell)), self.tyda.noter, self._årets()
        val = {"numrerad": self.numrerad, "halv": self.halv}
        return tabell_typst(self.tabell, self._visa, ord_, rad_, noter, self.fotnoter, årets, över, **val)

    @property
    def kan_stå_bredvid(self) -> bool:
        """Whether there is room for another table beside it: one column of short figures, and short words."""
        t = self.tabell
        korta = all(len(self._ord(rad.etikett).klartext) <= HÖGST_I_HALV and rad.slag != "rubrik" for rad in t.rader)
        är_tabell = self.form == "tabell" and not self.fotnoter
        return är_tabell and korta and len(t.kolumner) == 1 and är_smal(t, self._visa)

    def _årets(self) -> str:
        """The column of this year's figures, by id, in a table that has another year's beside it."""
        kolumner = [k for k in self.tabell.kolumner if k.period]
        egna = [k.id for k in kolumner if k.period == str(self.tyda.år)]
        return egna[0] if len(egna) == 1 < len(kolumner) else ""

    @cached_property
    def _visa(self) -> Callable[[Cell], Visning]:
        """How a cell is printed, the same in every form."""
        t, fakta = self.tabell, self.tyda.fakta
        return cache(lambda cell: visa_cell(cell, fakta, t.enhet, t.noll, t.tomt))

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

    @property
    def rubrik(self) -> str:
        """The table's heading as words."""
        return self._ord(self._med_årsord().rubrik).klartext

    def df(self, enhet: str = "") -> Ram:
        """Tabellen som en DataFrame: raderna efter id, med etikett, en kolumn för varje kolumn, och radens enhet.

        Belopp är kronor, exakt på öret och med tabellens tecken, också när tabellen är tryckt i tusen kronor; andelar
        är procent. `df("kr")` ger bara raderna i kronor, `df("%")` bara dem i procent. `df.attrs["fakta"]` säger vilka
        fakta som cellerna är.
        """
        from finsam.report.analys.tabellram import tabellram

        [data] = self.json()
        return tabellram(self.tabell, data, self.tyda.fakta, enhet)

    def som_text(self) -> str:
        """The table as it is printed, in columns."""
        [tabell] = self.json()
        rader = [["", *tabell["kolumner"]], *([rad["etikett"], *rad["visat"]] for rad in tabell["rader"])]
        bredd = len(rader[0])
        fulla = [[*rad, *[""] * (bredd - len(rad))] for rad in rader]
        bredder = [max(len(rad[nr]) for rad in fulla) for nr in range(bredd)]
        ut = ("  ".join((r[0].ljust(bredder[0]), *map(str.rjust, r[1:], bredder[1:]))).rstrip() for r in fulla)
        return "\n".join((f"{tabell['rubrik']} {tabell['enhet']}".strip(), *ut))

    __repr__ = som_text


def _tal(värde: Any) -> float | int:
    return int(värde) if värde == värde.to_integral_value() else float(värde)


_UTAN_TAL = ("diagram-organisation", "diagram-arshjul")
"""Pictures that draw no figures."""


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

    @property
    def slag(self) -> Slag:
        """What it is called: a diagram has figures."""
        return "Bild" if self.id in _UTAN_TAL else "Diagram"

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
        bild = diagram_html(self.id, self.slag, self.rubrik, self.alt, (self.svg, self.smal), self.under)
        return bild + (replace(self.tabell, bild=self.id).html() if self.tabell else "")

    def typst(self) -> str:
        bild = diagram_typst(self.id, self.rubrik, self.alt, self.svg, self.under)
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
class Bredvid(Följd):
    """Two small tables, side by side in the PDF; the left is read first."""

    def typst(self) -> str:
        vänster, höger = (replace(b, halv=True) if isinstance(b, Tabellblock) else b for b in self.block)
        return f"#i-spalter([{vänster.typst().strip()}], [{höger.typst().strip()}])\n\n"


def bredvid_varandra(block: Sequence[Block]) -> list[Block]:
    """Blocks in order, small tables that follow each other two and two."""
    ut: list[Block] = []
    for ett in block:
        små = [b for b in (ut[-1] if ut else None, ett) if isinstance(b, Tabellblock) and b.kan_stå_bredvid]
        if len(små) == 2:
            ut[-1] = Bredvid(tuple(små))
        else:
            ut.append(ett)
    return ut


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
