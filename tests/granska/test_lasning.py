"""`finsam granska`: tables in all the ways they are written and printed, read as what they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from facit import jämför
from finsam.granska.lasa.dokument import Dokument, read_dokument
from finsam.granska.lasa.rad import Ord, rader
from finsam.granska.lasa.tabell import Tabell, Tabellrad

HÄR = Path(__file__).parent / "lasning"


def läst(namn: str) -> Dokument:
    """A file of the folder."""
    fil = HÄR / namn
    return read_dokument(fil.read_bytes(), fil.name)


def som_text(dok: Dokument, *, utan: tuple[str, ...] = ()) -> str:
    """The tables as they are read: the columns with their years, the rows with their figures."""
    return "\n\n".join(text for t in dok.tabeller if not (text := tabelltext(t)).startswith(utan or ("\0",)))


def tabelltext(t: Tabell) -> str:
    """A table, with its unit in the corner."""
    huvud = [f"{k.år or ''} {k.slag.replace('utfall', '')}".strip() for k in t.kolumner]
    return "\n".join([" | ".join([f"({t.enhet or 'ingen enhet'})", *huvud]), *map(radtext, t.rader)])


def radtext(rad: Tabellrad) -> str:
    """A row: its label, the number of a note in brackets, and the value in each column."""
    etikett = f"{rad.etikett} [{rad.not_}]" if rad.not_ else rad.etikett
    tal = ("" if t is None else "–" if t.värde is None else f"{t.värde}{t.enhet}" for t in rad.tal)
    return " | ".join([etikett, *tal]) + ("" if rad.säker else " (osäker)")


@pytest.mark.parametrize("namn", ["libreoffice.pdf", "chromium.pdf", "word.docx"])
def test_tables_are_read_alike_whoever_printed_them(namn: str) -> None:
    jämför(som_text(läst(namn)), HÄR / "former.txt")


def test_a_text_of_the_same_tables_is_read_as_they_are() -> None:
    text = som_text(läst("text.txt")).split("\n\n")
    alla = (HÄR / "former.txt").read_text("utf-8").rstrip().split("\n\n")
    saknas = [tabell for tabell in alla if tabell not in text]
    assert [tabell for tabell in text if tabell not in alla] == []
    assert ["²" in tabell or "Exempellän" in tabell for tabell in saknas] == [True, True]


def test_a_turned_table_and_columns_of_text_are_read() -> None:
    dok = läst("vriden.pdf")
    jämför(f"{som_text(dok)}\n\n{dok.meningar[1].text}\n{dok.meningar[2].text}", HÄR / "vriden.txt")
    assert "UTKAST" not in "".join(rad.text for rad in dok.rader)


def test_the_head_of_a_table_at_the_top_of_each_page_is_no_running_head() -> None:
    huvud = "{:28}{:>10}{:>10}".format("", "2024", "2023")
    sidor = [
        f"Förbundet Årsredovisning\n{huvud}\n{namn:28}{1234567:>10}{nr:>10}\n\nSida {nr}\n"
        for nr, namn in enumerate(("Intäkter", "Kostnader", "Fordringar", "Skulder"), 1)
    ]
    dok = read_dokument("\f".join(sidor).encode(), "a.txt")
    assert {rad.text for rad in dok.rader if rad.slag == "fot"} == {
        "Förbundet Årsredovisning",
        *(f"Sida {nr}" for nr in range(1, 5)),
    }
    assert all(kolumn.år for tabell in dok.tabeller for kolumn in tabell.kolumner)


def test_a_raised_figure_is_a_mark_and_no_digit() -> None:
    ord_ = [Ord("1", 10, 14, 0, 10), Ord("234", 16, 28, 0, 10), Ord("1", 28.2, 30, -1, 5), Ord("5", 60, 64, 0, 10)]
    [rad] = rader(ord_, 1)
    assert [cell.text for cell in rad.celler] == ["1 234¹", "5"]
