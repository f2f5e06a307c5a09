"""A workbook as text, one line a cell, so that `git diff` shows what a change in it is.

`python -m finsam.read.celltext FIL` prints it. Only what stands in cells is shown, not how they look; formulas are
shown as they are written, with the value that was saved with them, and nothing is worked out.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

from finsam.model.underlag import BLAD
from finsam.read.arbetsbok import SKADAD, Bladinnehåll, Cellinnehåll, FörStor, formler, read_arbetsbok
from finsam.read.cell import är_tom
from finsam.read.indata import kort, read_bytes
from finsam.read.underlag.blad import cellplats, hitta_rubrikrad, sökord


@dataclass(frozen=True, slots=True)
class Textcell:
    """A cell: where it stands, whether under the headings of the underlag, what it is called and what it holds."""

    blad: str
    rad: int
    plats: str
    under_rubrik: bool
    etikett: str
    värde: str

    def __str__(self) -> str:
        """`Budget!C4  individ · Belopp  →  2400000`."""
        return "  ".join(del_ for del_ in (self.plats, self.etikett, "→", self.värde) if del_)


def textceller(data: bytes, fil: str) -> list[Textcell]:
    """The cells of a workbook, sheet by sheet and row by row; a ValueError says why there are none."""
    bok, problem = read_arbetsbok(data, fil)
    if problem:
        raise ValueError(problem[0].text)
    try:
        skrivna = formler(data)
    except (FörStor, *SKADAD) as fel:
        raise ValueError("Formlerna kan inte läsas.") from fel
    return [cell for blad, innehåll in bok.items() for cell in _bladets(blad, innehåll, skrivna)]


def _bladets(blad: str, innehåll: Bladinnehåll, skrivna: dict[tuple[str, int, int], str]) -> Iterator[Textcell]:
    """The cells of a sheet; in a sheet of the underlag each is called by its row's first cell and its heading."""
    klass = next((klass for klass in BLAD if sökord(klass.blad) == sökord(blad)), None)
    rubrikrad = hitta_rubrikrad(klass, innehåll) if klass else None
    rubriker = innehåll[rubrikrad] if rubrikrad else {}
    for rad, celler in sorted(innehåll.items()):
        under = rubrikrad is not None and rad > rubrikrad
        for kolumn, cell in sorted(celler.items()):
            if not (värde := _med_formel(skrivna.get((blad, rad, kolumn), ""), cell)):
                continue
            namn = [celler.get(1) if kolumn > 1 else None, rubriker.get(kolumn)] if under else []
            etikett = " · ".join(_kort(ett) for ett in namn if ett is not None and not är_tom(ett))
            yield Textcell(blad, rad, cellplats(_synligt(blad), kolumn, rad), under, etikett, värde)


def _kort(cell: Cellinnehåll) -> str:
    return kort(cell.värde) if isinstance(cell.värde, str) else _värde(cell)


def _med_formel(formel: str, cell: Cellinnehåll) -> str:
    """The formula and the value that was saved with it, or the value alone; nothing for a text of no letters."""
    if not formel:
        return "" if cell.värde == "" else _värde(cell)
    sparat = "inget sparat värde" if cell.slag == "formel" else f"sparat värde {_värde(cell)}"
    return f"{_synligt(formel)}  ({sparat})"


def _värde(cell: Cellinnehåll) -> str:
    """A value so that its type is seen: text in quotation marks, a date as ISO, a number with its own digits."""
    match cell.värde:
        case str(text):
            synligt = _synligt(text)
            return synligt if cell.slag == "felvärde" else '"{}"'.format(synligt.replace('"', '\\"'))
        case bool(sant):
            return "SANT" if sant else "FALSKT"
        case int() | float() as tal:
            exakt = Decimal(f"{tal:.15g}") if isinstance(tal, float) else Decimal(tal)
            return f"{(exakt * 100).normalize():f} %" if cell.procent else f"{exakt:f}"
        case datetime() as stund if stund.time() == time():
            return stund.date().isoformat()
        case date() | time() as stund:
            return stund.isoformat()
    return "" if cell.värde is None else _synligt(str(cell.värde))


def _synligt(text: str) -> str:
    r"""A text on one line with nothing invisible in it.

    >>> print(_synligt("två\nrader\N{RIGHT-TO-LEFT OVERRIDE}"))
    två\nrader\u202e
    """
    tecken = text.replace("\\", "\\\\")
    return "".join(t if t.isprintable() else t.encode("unicode_escape").decode("ascii") for t in tecken)


def celltext(path: Path) -> str:
    """The lines of a workbook; where there are none, why, and what tells the file from another such file."""
    data, problem = read_bytes(path, path.name)
    if data is None:
        return "".join(f"{ett.text}\n" for ett in problem)
    try:
        rader = "".join(f"{cell}\n" for cell in textceller(data, path.name))
        orsak = "Arbetsboken har inga celler som kan läsas."
    except ValueError as fel:
        rader, orsak = "", str(fel)
    return rader or f"{orsak}\n{len(data)} byte, sha256 {hashlib.sha256(data).hexdigest()}\n"


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    for namn in sys.argv[1:]:
        sys.stdout.write(celltext(Path(namn)))
