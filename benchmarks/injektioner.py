"""What an injection is: one error put into a copy of a year's inputs, and the list they are put on.

Each injection changes the copy and says what it did, or returns None where there is nothing of the kind to change.
`ska` says what must then happen: a check tells ("fångas"), or, where nothing in the inputs can know better, the figure
flows to every place ("flödar"); such an injection says in its docstring why nothing can know.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Utfall = Literal["fångas", "flödar"]


@dataclass(frozen=True)
class Mål:
    """The copy to change: the inputs folder, förbund, year and report."""

    inputs: Path
    förbund: str
    år: int
    rapport: str

    @property
    def mapp(self) -> Path:
        return self.inputs / self.förbund

    @property
    def årsmapp(self) -> Path:
        return self.mapp / str(self.år)

    @property
    def är_plan(self) -> bool:
        return self.rapport == "verksamhetsplan"


Injektion = Callable[[Mål, random.Random], str | None]


@dataclass(frozen=True)
class Slag:
    """A kind of error; `facit` when it needs the published figures, that are otherwise taken away."""

    ska: Utfall
    injektion: Injektion
    facit: bool = False


INJEKTIONER: list[Slag] = []


def ska(utfall: Utfall, *, facit: bool = False) -> Callable[[Injektion], Injektion]:
    """Put an injection on the list."""

    def lägg(injektion: Injektion) -> Injektion:
        INJEKTIONER.append(Slag(utfall, injektion, facit))
        return injektion

    return lägg


def kasta_om(tal: str, slump: random.Random) -> str:
    """A number with two neighbouring digits that differ changed about; the same when it has none."""
    platser = [i for i in range(len(tal) - 1) if tal[i].isdigit() and tal[i + 1].isdigit() and tal[i] != tal[i + 1]]
    if not platser:
        return tal
    i = slump.choice(platser)
    return tal[:i] + tal[i + 1] + tal[i] + tal[i + 2 :]


def byt_i_fil(fil: Path, före: str, efter: str) -> str | None:
    """Change the first place where something stands in a file of text."""
    text = fil.read_text("utf-8") if fil.is_file() else ""
    if före not in text or före == efter:
        return None
    fil.write_text(text.replace(före, efter, 1), "utf-8")
    return f"{fil.name}: {före} blev {efter}"
