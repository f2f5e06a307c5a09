"""What is shown of a report while its inputs are changed: the last good page, its files, and how it stands."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True)
class Läge:
    """How it stands: what the page says of itself, and the files there are, by name.

    `nr` is another each time anything is; `sidans` each time the page is.
    """

    nr: int = 0
    sidans: int = 0
    svar: str = "Läser underlaget …"
    prövas: bool = True
    problem: tuple[str, ...] = ()
    filer: Mapping[str, bytes] = field(default_factory=dict)

    def json(self) -> dict[str, Any]:
        """As the page asks for it."""
        return {
            "nr": self.nr,
            "sidans": self.sidans,
            "svar": self.svar,
            "provas": self.prövas,
            "problem": list(self.problem),
        }


class Tavla:
    """The one place that the maker of pages and those who show them share."""

    def __init__(self) -> None:
        self._läge = Läge()
        self._ändrat = threading.Condition()

    @property
    def läge(self) -> Läge:
        """How it stands now."""
        return self._läge

    def visa(self, *, sida: bytes | None = None, namn: str = "", **nytt: Any) -> None:
        """Show something else than before; with `sida` another page, by its name."""
        with self._ändrat:
            före = self._läge
            filer = dict(nytt.pop("filer", före.filer))
            ny_sida = sida is not None and filer.get(namn) != sida
            if sida is not None:
                filer[namn] = sida
            self._läge = replace(före, nr=före.nr + 1, sidans=före.sidans + ny_sida, filer=filer, **nytt)
            self._ändrat.notify_all()

    def vänta(self, efter: int, högst: float) -> Läge:
        """How it stands when it is another than `efter`, or after a time."""
        with self._ändrat:
            self._ändrat.wait_for(lambda: self._läge.nr != efter, högst)
            return self._läge
