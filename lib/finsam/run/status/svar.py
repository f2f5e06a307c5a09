"""What is told of how a year stands; values alone, for the terminal, for `--json` and for the start page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from finsam.checks.finding import Finding

Delläge = Literal["finns", "saknas", "problem", "valfri"]
Dokumentslag = Literal["saknas", "utkast", "slutlig"]


@dataclass(frozen=True, slots=True)
class Underlagsdel:
    """One input: a file of the year's folder or of the förbund's own.

    `fil` is its path below the inputs folder, `säger` what it holds, or what to do when it is missing (`saknas`) or is
    not there and need not be (`valfri`); `problem` what was wrong when it was read, as it is printed.
    """

    id: str
    namn: str
    fil: str
    läge: Delläge
    säger: str
    problem: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dokument:
    """What a run has left in the outputs folder. `filer` are paths below it, the ones to open first.

    `gjort` is when it was made, as ISO, "" when no history tells. `äldre_än` names the inputs that have changed since,
    by their paths, and `annat_program` says that it was made by another version of the program or of its sections.
    """

    rapport: str
    filer: tuple[str, ...] = ()
    gjort: str = ""
    slag: Dokumentslag = "saknas"
    äldre_än: tuple[str, ...] = ()
    annat_program: bool = False

    @property
    def aktuellt(self) -> bool:
        """Whether it is there and is made of the inputs as they are now."""
        return self.slag != "saknas" and not self.äldre_än


@dataclass(frozen=True, slots=True)
class Körning:
    """A run of the history. `ändrat` is what had changed since the run before, in words; "" for the first.

    `avtryck` is the hash of its `korning.json`: the documents that are there now are of the run that has theirs.
    """

    nr: int
    gjort: str
    utkast: bool
    fel: int
    varningar: int
    ändrat: str = ""
    avtryck: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """How a year stands for one kind of report. `oläsliga` are files of the history that cannot be read."""

    förbund: str
    namn: str
    år: int
    rapport: str
    titel: str
    underlag: tuple[Underlagsdel, ...]
    anmärkningar: tuple[Finding, ...]
    dokument: tuple[Dokument, ...]
    körningar: tuple[Körning, ...]
    oläsliga: tuple[str, ...]
    nästa: str
    läst: bool = True
    """Whether the inputs could be read; if not, there are no `anmärkningar`, and each input has its problems."""
    kommando: str = ""
    """The command that does what is next; "" when nothing is left to do."""

    @property
    def fel(self) -> int:
        """How many things hinder: problems of the inputs when they cannot be read, else findings of level fel."""
        if not self.läst:
            return sum(len(del_.problem) for del_ in self.underlag)
        return sum(f.nivå == "fel" for f in self.anmärkningar)
