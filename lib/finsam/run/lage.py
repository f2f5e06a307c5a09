"""Whether a section can have left something behind in its process, which another is to use."""

from __future__ import annotations

import os
import sys
import tempfile
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from operator import is_

from nbformat import NotebookNode

from finsam.read.notebooks import bara_visar


def visar(nb: NotebookNode) -> bool:
    """Whether a section does nothing but show what the library has."""
    return bara_visar(cell.source for cell in nb.cells if cell.cell_type == "code") is not None


@dataclass(frozen=True)
class Läge:
    """How things stand in a process: what a section could leave to the next."""

    mapp: str
    miljö: Mapping[str, str]
    tillfällig: str | None
    sökväg: tuple[str, ...]
    varningar: tuple[object, ...]
    bilder: Mapping[str, object]
    moduler: Mapping[str, Mapping[str, object]]

    @classmethod
    def nu(cls) -> Läge:
        """As they stand now."""
        matplotlib = sys.modules.get("matplotlib")
        return cls(
            os.getcwd(),
            dict(os.environ),
            tempfile.tempdir,
            tuple(sys.path),
            tuple(warnings.filters),
            dict(matplotlib.rcParams) if matplotlib else {},
            {namn: dict(vars(sys.modules[namn])) for namn in _våra()},
        )

    def __eq__(self, annat: object) -> bool:
        """Whether nothing that was there is another; what has been loaded since is no difference."""
        if not isinstance(annat, Läge):
            return NotImplemented
        delar = ("mapp", "miljö", "tillfällig", "sökväg", "varningar")
        if any(getattr(self, del_) != getattr(annat, del_) for del_ in delar):
            return False
        if self.bilder and self.bilder != annat.bilder:
            return False
        return all(_samma(namn, före, annat.moduler.get(namn, {})) for namn, före in self.moduler.items())

    __hash__ = None  # type: ignore[assignment]


def _våra() -> list[str]:
    return [namn for namn in sys.modules if namn in ("builtins", "finsam") or namn.startswith("finsam.")]


def _samma(modul: str, före: Mapping[str, object], efter: Mapping[str, object]) -> bool:
    """Whether a module has the same by the same names, but for what is private and the modules loaded below it."""
    if list(före) == list(efter) and all(map(is_, före.values(), efter.values())):
        return True
    andra = {namn for namn, värde in före.items() if namn not in efter or efter[namn] is not värde}
    andra |= efter.keys() - före.keys()
    return all(namn.startswith("_") or f"{modul}.{namn}" in sys.modules for namn in andra)
