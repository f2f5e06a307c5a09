"""What has changed between two runs, or since a run."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Faktaskillnad:
    """A fact that is another: before and after as they are printed, "" where it was not; `differens` None for words."""

    id: str
    namn: str
    före: str
    efter: str
    enhet: str
    differens: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Filskillnad:
    """An input that is another: its lines as a unified diff; none for a file that is compared by its hash alone."""

    fil: str
    rader: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fynd:
    """A finding as a run left it."""

    kod: str
    nivå: str
    text: str


@dataclass(frozen=True, slots=True)
class Skillnad:
    """What has changed from one state to another; each is told of in words (`från`, `till`)."""

    från: str
    till: str
    fakta: tuple[Faktaskillnad, ...] = ()
    texter: tuple[Filskillnad, ...] = ()
    inställningar: tuple[Filskillnad, ...] = ()
    nya: tuple[Fynd, ...] = ()
    borta: tuple[Fynd, ...] = ()
