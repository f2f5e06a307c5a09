"""What a förbund has chosen for a document and is tried before it is made: headings in its own words, figures of Året i
siffror, tables in its own sections.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from finsam.model.forbund import Förbund
from finsam.model.problem import Problem, UnreadableInput
from finsam.prove.rapportfil import tabeller_i
from finsam.read.indata import förslag, visa
from finsam.read.notebooks import hitta_notebooks
from finsam.report.form.siffror import MÅTT

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from finsam.report.bok import Bok

_RUBRIK = re.compile(r"^(#{1,4}) (.*?)( \{-\})?[ ]*$", re.MULTILINE)


def byt_rubriker(nb: NotebookNode, rubriker: Mapping[str, str]) -> None:
    """Give the headings of a notebook the förbund's words; their level and number stay.

    >>> from nbformat.v4 import new_markdown_cell, new_notebook
    >>> nb = new_notebook(cells=[new_markdown_cell("# Driftredovisning {-}")])
    >>> byt_rubriker(nb, {"Driftredovisning": "Driftsredovisning"})
    >>> nb.cells[0].source
    '# Driftsredovisning {-}'
    """

    def byt(träff: re.Match[str]) -> str:
        return f"{träff[1]} {' '.join(rubriker.get(träff[2], träff[2]).split())}{träff[3] or ''}"

    for cell in nb.cells:
        if cell.cell_type == "markdown":
            cell.source = _RUBRIK.sub(byt, cell.source)


def check_rubriker(förbund: Förbund) -> None:
    """Every heading that the förbund has its own word for is a heading of some report."""
    if not förbund.rubriker:
        return
    finns = {rubrik for fil in sorted(hitta_notebooks().glob("*/*.ipynb")) for rubrik in _rubriker_i(fil)}
    problem = [
        Problem(
            "fel", f"Rubriken {visa(ord_)} finns inte i någon rapport.{förslag(ord_, finns)}", "forbund.yml", "rubriker"
        )
        for ord_ in förbund.rubriker
        if ord_ not in finns
    ]
    if problem:
        raise UnreadableInput(problem)


def check_siffror(bok: Bok) -> None:
    """Every figure that the förbund has chosen for Året i siffror is one that there is; a plan has no fact of what has
    been, and tells nothing of it.
    """
    fakta_finns = bok.år.rapport.har_bokföring
    kända = [*MÅTT, *(nyckel.partition("/")[0] for nyckel in bok.fakta)]
    problem = [
        Problem("fel", f"Talet {visa(namn)} finns inte.{förslag(namn, kända)}", "forbund.yml", "året_i_siffror")
        for namn in bok.år.förbund.året_i_siffror
        if namn not in kända and (fakta_finns or "." not in namn)
    ]
    if problem:
        raise UnreadableInput(problem)


def check_tabeller(körda: Mapping[str, NotebookNode]) -> None:
    """No table stands twice in a document: its number, its links and its sheet in the workbook are its own."""
    visas_i: dict[str, str] = {}
    problem = []
    for avsnitt, nb in körda.items():
        for tabell in tabeller_i([nb]):
            if tabell["id"] in visas_i:
                var = "här" if visas_i[tabell["id"]] == avsnitt else f"i avsnittet {visas_i[tabell['id']]}"
                text = (
                    f"Tabellen {visa(tabell['rubrik'])} visas redan {var}. Ta bort den ena; "
                    f"en text kan hänvisa till den med {{tabell:{tabell['id']}}}."
                )
                problem.append(Problem("fel", text, f"avsnittet {avsnitt}"))
            visas_i.setdefault(tabell["id"], avsnitt)
    if problem:
        raise UnreadableInput(problem)


def _rubriker_i(fil: Path) -> Iterator[str]:
    for cell in json.loads(fil.read_text("utf-8"))["cells"]:
        if cell["cell_type"] == "markdown":
            yield from (träff[2] for träff in _RUBRIK.finditer("".join(cell["source"])))
