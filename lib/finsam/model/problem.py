"""What is wrong with an input file, said so that the ekonom can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Nivå = Literal["fel", "varning", "upplysning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in one place of one file. `slag` is set when it is known by a word of its own (C33 in Undantag).

    >>> str(Problem("fel", "Beloppet kan inte tolkas.", "bokforing.se", "rad 24"))
    'bokforing.se, rad 24: Beloppet kan inte tolkas.'
    """

    nivå: Nivå
    text: str
    fil: str = ""
    plats: str = ""
    slag: str = ""

    def __str__(self) -> str:
        var = ", ".join(del_ for del_ in (self.fil, self.plats) if del_)
        return f"{var}: {self.text}" if var else self.text


class UnreadableInput(Exception):
    """Input that no report can be made from; carries every problem found, not only the first."""

    def __init__(self, problem: Iterable[Problem]) -> None:
        self.problem = tuple(problem)
        super().__init__("\n".join(map(str, self.problem)))

    def __reduce__(self) -> tuple[type[UnreadableInput], tuple[tuple[Problem, ...]]]:
        """The same problems, when it is sent from a process to its parent."""
        return type(self), (self.problem,)
