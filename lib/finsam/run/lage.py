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


@dataclass
class Läge:
    """How things stand in a process: what a section could leave to the next."""

    övrigt: tuple[object, ...]
    bilder: Mapping[str, object]
    moduler: dict[str, dict[str, object]]

    @classmethod
    def nu(cls) -> Läge:
        """As they stand now."""
        return cls(_övrigt(), _bilder(), {namn: dict(vars(sys.modules[namn])) for namn in _våra()})

    def står_kvar(self) -> bool:
        """Whether nothing that was there is another. What has been loaded since is no difference, and is there from
        now on.
        """
        våra, bilder = _våra(), _bilder()
        if self.övrigt != _övrigt() or (self.bilder and self.bilder != bilder) or self.moduler.keys() - våra:
            return False
        self.bilder = bilder
        return all(self._har_samma(namn) for namn in våra)

    def _har_samma(self, modul: str) -> bool:
        """Whether a module has the same by the same names, but for what is private and the modules loaded below it."""
        efter = vars(sys.modules[modul])
        före = self.moduler.get(modul, efter)
        if före.keys() == efter.keys() and all(map(is_, före.values(), efter.values())):  # in the same order too
            self.moduler.setdefault(modul, dict(efter))
            return True
        andra = {namn for namn, värde in före.items() if namn not in efter or efter[namn] is not värde}
        andra |= efter.keys() - före.keys()
        self.moduler[modul] = dict(efter)
        return all(namn.startswith("_") or f"{modul}.{namn}" in sys.modules for namn in andra)


def _övrigt() -> tuple[object, ...]:
    """The working folder, the environment, where temporary files lie, where modules are looked for, and warnings."""
    return (os.getcwd(), dict(os.environ), tempfile.tempdir, tuple(sys.path), tuple(warnings.filters))


def _bilder() -> Mapping[str, object]:
    matplotlib = sys.modules.get("matplotlib")
    return dict(matplotlib.rcParams) if matplotlib else {}


def _våra() -> list[str]:
    return [namn for namn in sys.modules if namn in ("builtins", "finsam") or namn.startswith("finsam.")]
