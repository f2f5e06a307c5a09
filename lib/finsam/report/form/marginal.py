"""What stands in the margin beside a block and is read after it: the way back from a note, a source, a figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from finsam.report.block import Block, Tabellblock
from finsam.report.form.numrering import hänvisning_html
from finsam.report.text import Prosa, typst_text
from finsam.report.typst import typst_sträng


@dataclass(frozen=True)
class Hänvisning:
    """A table or a picture by its id, with words for where it has no number, and the place in it that is meant."""

    id: str
    annars: str
    plats: str = ""

    def html(self) -> str:
        """The reference on the page."""
        return hänvisning_html(self.id, self.annars, self.plats)

    def typst(self) -> str:
        """The reference in the PDF, with its page."""
        plats = f", plats: {typst_sträng(self.plats)}" if self.plats else ""
        return f"#hänvisning({typst_sträng(self.id)}{plats})[{typst_text(self.annars)}];"


@dataclass(frozen=True)
class Intill(Block):
    """A block with references to what it belongs to in the margin."""

    block: Block
    hör_till: tuple[Hänvisning, ...] = ()

    def tabellblock(self) -> Iterator[Tabellblock]:
        yield from self.block.tabellblock()

    def prosa(self) -> Iterator[Prosa]:
        yield from self.block.prosa()

    def html(self) -> str:
        if not self.hör_till:
            return self.block.html()
        ord_ = " och ".join(ett.html() for ett in self.hör_till)
        return f'{self.block.html()}<p class="marginal">Hör till {ord_}.</p>'

    def typst(self) -> str:
        if not self.hör_till:
            return self.block.typst()
        ord_ = f"{typst_text(' och ')}".join(ett.typst() for ett in self.hör_till)
        vid = f"{typst_text('Hör till ')}{ord_}{typst_text('.')}"
        return f"#intill[{self.block.typst().strip()}][{vid}]\n\n"
