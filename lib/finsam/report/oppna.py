"""Opening a förbund's year: the way in for notebooks, for the runner and for an analyst."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, overload

from finsam.model.problem import UnreadableInput
from finsam.read.arsmapp import read_räkenskapsår
from finsam.report.arsbok import Årsbok
from finsam.report.bok import Bok
from finsam.report.parametrar import check_parametrar
from finsam.report.planbok import Planbok
from finsam.statements.installningar import inställningsproblem
from finsam.statements.redovisning import redovisa

BÖCKER: dict[str, type[Bok]] = {"arsredovisning": Årsbok, "verksamhetsplan": Planbok}
"""What each kind of report is opened as."""

_ÖPPNADE: dict[tuple[str, int, str], Bok] = {}


@overload
def öppna(
    förbund: str, år: int, rapport: Literal["arsredovisning"] = ..., *, inputs: Path | str | None = ...
) -> Årsbok: ...
@overload
def öppna(
    förbund: str, år: int, rapport: Literal["verksamhetsplan"], *, inputs: Path | str | None = ...
) -> Planbok: ...
@overload
def öppna(förbund: str, år: int, rapport: str, *, inputs: Path | str | None = ...) -> Bok: ...
def öppna(förbund: str, år: int, rapport: str = "arsredovisning", *, inputs: Path | str | None = None) -> Bok:
    """Read a förbund's year and compute it. Raises UnreadableInput with every problem in its files.

    `rapport` is "arsredovisning" (an Årsbok) or "verksamhetsplan" (a Planbok).
    """
    check_parametrar()
    if (öppnad := _ÖPPNADE.get((förbund, int(år), rapport))) and inputs is None:
        return öppnad
    räkenskapsår = read_räkenskapsår(förbund, int(år), inputs, rapport)
    redovisning = redovisa(räkenskapsår)
    if fel := list(inställningsproblem(redovisning)):
        raise UnreadableInput(fel)
    bok = BÖCKER[rapport](redovisning)
    if fel := [p for p in bok.textproblem() if p.nivå == "fel"]:
        raise UnreadableInput(fel)
    return bok


@contextmanager
def hålls_öppen(bok: Bok) -> Iterator[None]:
    """For a run: its sections get the year that is already read, the same for all, also if a file changes meanwhile."""
    nyckel = (bok.år.förbund.slug, bok.år.år, bok.år.rapport)
    _ÖPPNADE[nyckel] = bok
    try:
        yield
    finally:
        del _ÖPPNADE[nyckel]
