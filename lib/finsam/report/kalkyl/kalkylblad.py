"""A sheet in which words are words, whatever they look like."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from xlsxwriter.format import Format
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
        return int(self._write_string(row, col, cellens_text(string), cell_format))

    def write_url(
        self, row: int, col: int, url: str, cell_format: Any = None, string: str = "", tip: Any = None
    ) -> int:
        """Write words that lead to another cell."""
        return int(self._write_url(row, col, url, cell_format, cellens_text(string), tip))

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        """As it is stored. xlsxwriter looks through each for thirty functions newer than those we write."""
        return formula.removeprefix("=")

    def _write_hyperlink_internal(self, row: int, col: int, url: Any) -> None:
        """A link without a copy of the words that stand in its cell."""
        om = [("ref", xl_rowcol_to_cell(row, col)), ("location", url._link)]
        self._xml_empty_tag("hyperlink", [*om, *([("tooltip", url._tip)] if url._tip else [])])


class TättBlad(Kalkylblad):
    """The same in fewer bytes: where the cells of a row follow each other from the first column on, each is told by its
    place among them. Words stand apart, but for those that a formula gives.
    """

    def _write_rows(self) -> None:
        """Write the rows that have cells or a height, all cells of a row at once."""
        self._calculate_spans()
        for rad in sorted(self.table.keys() | self.row_info.keys()):
            celler, om, spann = self.table.get(rad), self.row_info.get(rad), self.row_spans.get(rad // 16)
            if celler:
                self._write_row(rad, spann, om)
                följd = max(celler) + 1 == len(celler)
                xml = [self._cell(rad, kol, celler[kol], följd=följd) for kol in sorted(celler)]
                self.fh.write(f"{''.join(xml)}</row>")
            elif om:
                self._write_empty_row(rad, spann, om)

    def _calculate_spans(self) -> None:
        """From which column to which the cells of sixteen rows stand."""
        kolumner: dict[int, set[int]] = defaultdict(set)
        for rad, celler in self.table.items():
            kolumner[rad // 16].update(celler)
        self.row_spans = {nr: f"{min(alla) + 1}:{max(alla) + 1}" for nr, alla in kolumner.items() if alla}

    def _cell(self, row: int, col: int, cell: Any, *, följd: bool) -> str:
        """A cell."""
        plats = "" if följd else f' r="{xl_rowcol_to_cell(row, col)}"'
        format_ = cell.format or self._omgivningens_format(row, col)
        stil = f' s="{format_._get_xf_index()}"' if format_ else ""
        match type(cell).__name__:
            case "String":
                return f'<c{plats}{stil} t="s"><v>{cell.string}</v></c>'
            case "Number":
                return f"<c{plats}{stil}><v>{cell.number:.16G}</v></c>"
            case "Formula":
                slag, värde = "", cell.value
                if isinstance(värde, str):
                    slag, värde = ' t="str"', self._escape_data(värde)
                return f"<c{plats}{stil}{slag}><f>{self._escape_data(cell.formula)}</f><v>{värde}</v></c>"
            case "Blank":
                return f"<c{plats}{stil}/>"
            case annat:
                raise NotImplementedError(annat)

    def _omgivningens_format(self, row: int, col: int) -> Format | None:
        """What a cell has that has no format: its row's, else its column's."""
        rad, kolumn = self.row_info.get(row), self.col_info.get(col)
        return (rad and rad.row_format) or (kolumn and kolumn.column_format)


def får_plats(text: str) -> bool:
    """Whether a cell can hold the text; letters are counted as spreadsheets do (an emoji is two)."""
    return 2 * len(text) <= HÖGST_TECKEN or len(text.encode("utf-16-le")) <= 2 * HÖGST_TECKEN


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
