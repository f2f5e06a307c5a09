"""A misspelt papermill parameter is an error also when papermill itself is run plainly (it only warns)."""

from __future__ import annotations

import ast
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from finsam.model.problem import Problem, UnreadableInput

INJICERAD = "# Parameters"
"""How the cell that papermill injects begins."""


def namn_i(källa: str) -> set[str]:
    """Names that are given a value at the top of a cell.

    >>> sorted(namn_i("a = 1\\nb = 2"))
    ['a', 'b']
    """
    satser = (s for s in ast.parse(källa).body if isinstance(s, ast.Assign))
    return {unicodedata.normalize("NFKC", t.id) for s in satser for t in s.targets if isinstance(t, ast.Name)}


def med_värden(källa: str, värden: Mapping[str, str | int]) -> str:
    """A parameters cell with other values, its other lines as they are.

    >>> med_värden("förbund = 'x'  # ett\\når = 1", {"förbund": "sofint"})
    "förbund = 'sofint'\\når = 1"
    """
    rader = källa.splitlines()
    for sats in reversed(ast.parse(källa).body):
        if isinstance(sats, ast.Assign) and isinstance(namn := sats.targets[0], ast.Name) and namn.id in värden:
            rader[sats.lineno - 1 : sats.end_lineno] = [f"{namn.id} = {värden[namn.id]!r}"]
    return "\n".join(rader)


def okända(givna: Iterable[str], kända: Iterable[str]) -> list[str]:
    """Names that are given but not known."""
    kända = set(kända)
    return sorted(n for n in (unicodedata.normalize("NFKC", g) for g in givna) if n not in kända)


def felmeddelande(namn: list[str], kända: Iterable[str]) -> str:
    """What to say of parameters that no notebook has."""
    return f"Okänd parameter: {', '.join(namn)}. Det som kan anges är {', '.join(sorted(kända))}."


def check_parametrar(celler: Sequence[str]) -> None:
    """In a notebook that papermill runs: every injected name must be in the parameters cell."""
    for nr, cell in enumerate(celler):
        if nr and cell.startswith(INJICERAD):
            kända = namn_i(celler[nr - 1])
            if fel := okända(namn_i(cell), kända):
                raise UnreadableInput([Problem("fel", felmeddelande(fel, kända))])


def körda_celler() -> tuple[str, ...]:
    """Sources of the cells run so far, none outside IPython."""
    getipython = sys.modules.get("IPython.core.getipython")  # loaded, then, where there are cells
    skal = getipython.get_ipython() if getipython else None
    return tuple(cell for cell in skal.user_ns.get("In", ()) if cell) if skal else ()
