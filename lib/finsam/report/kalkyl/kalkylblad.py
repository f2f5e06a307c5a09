"""A sheet in which words are words, whatever they look like."""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

HÖGST_TECKEN = 32_767
FORTSÄTTER = " … (resten får inte plats i cellen)"


class Kalkylblad(Worksheet):  # type: ignore[misc]
    """A sheet for `add_worksheet(namn, Kalkylblad)`."""

    def write_string(self, row: int, col: int, string: str, cell_format: Any = None) -> int:
        """Write words, if there are any. A text that is too long says so where it is cut."""
        if not string:
            return int(self.write_blank(row, col, None, cell_format))
        return int(super().write_string(row, col, cellens_text(string), cell_format))

    def write_url(
        self, row: int, col: int, url: str, cell_format: Any = None, string: str = "", tip: Any = None
    ) -> int:
        """Write words that lead to another cell."""
        return int(super().write_url(row, col, url, cell_format, cellens_text(string), tip))

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        """As it is stored. xlsxwriter looks through each for thirty functions newer than those we write."""
        return formula.removeprefix("=")

    def _write_hyperlink_internal(self, row: int, col: int, url: Any) -> None:
        """A link without a copy of the words that stand in its cell."""
        om = [("ref", xl_rowcol_to_cell(row, col)), ("location", url._link)]
        self._xml_empty_tag("hyperlink", [*om, *([("tooltip", url._tip)] if url._tip else [])])


def får_plats(text: str) -> bool:
    """Whether a cell can hold the text; letters are counted as spreadsheets do (an emoji is two)."""
    return len(text.encode("utf-16-le")) <= 2 * HÖGST_TECKEN


def cellens_text(text: str) -> str:
    """The text as a cell can hold it.

    xlsxwriter takes what stands between <r> and </r> for markup of its own; a blank after it makes it a text.

    >>> cellens_text("<r>x</r>"), len(cellens_text("x" * 40_000))
    ('<r>x</r> ', 32767)
    """
    if not får_plats(text):
        rum = HÖGST_TECKEN - len(FORTSÄTTER)
        text = text.encode("utf-16-le")[: 2 * rum].decode("utf-16-le", "ignore") + FORTSÄTTER
    return f"{text} " if text.endswith("</r>") else text
