"""Whether a section can have left something behind in its process, which another is to use."""

from __future__ import annotations

import os
import sys
import tempfile
import warnings
from collections.abc import Mapping
from dataclasses import dataclass

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
    moduler: Mapping[str, Mapping[str, int]]

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
            {namn: _innehåll(namn) for namn in _våra()},
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
        return all(annat.moduler.get(namn) == innehåll for namn, innehåll in self.moduler.items())

    __hash__ = None  # type: ignore[assignment]


def _våra() -> list[str]:
    return [namn for namn in (*sys.modules, "builtins") if namn.partition(".")[0] in ("finsam", "builtins")]


def _innehåll(modul: str) -> Mapping[str, int]:
    """What a module has, by what is the same thing; not the modules that are loaded below it."""
    del_ = vars(sys.modules[modul])
    return {
        namn: id(värde)
        for namn, värde in del_.items()
        if not namn.startswith("_") and f"{modul}.{namn}" not in sys.modules
    }
