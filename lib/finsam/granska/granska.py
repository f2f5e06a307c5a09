"""The door of the stage: files in, findings and what was tried out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from finsam.granska.fynd import LARM, Fynd
from finsam.granska.hopslagning import slå_ihop
from finsam.granska.lasa.dokument import Dokument, read_dokument
from finsam.granska.lasa.olasligt import Oläsligt
from finsam.granska.regler.alla import fynd_i
from finsam.granska.regler.grund import Underlag


@dataclass(frozen=True, slots=True)
class Läst:
    """What was read of a file."""

    fil: str
    sidor: int | None
    tabeller: int
    rader: int
    intygade: int
    """Tables whose reading an exact sum, chain or agreement certifies."""
    meningar: int
    bildsidor: tuple[int, ...]
    ocr: bool
    skadade: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Granskning:
    """The findings, and what they rest on."""

    fynd: tuple[Fynd, ...]
    lästa: tuple[Läst, ...]
    oläsliga: Mapping[str, str]
    prövat: Mapping[str, int]

    @property
    def larm(self) -> tuple[Fynd, ...]:
        """The findings that are sure enough to be told."""
        return tuple(f for f in self.fynd if f.säkerhet >= LARM)

    @property
    def att_titta_på(self) -> tuple[Fynd, ...]:
        """Those that are not, and are counted as nothing."""
        return tuple(f for f in self.fynd if f.säkerhet < LARM)


def granska(filer: Sequence[tuple[str, bytes]]) -> Granskning:
    """Hold files against themselves and each other; each is a name and its bytes."""
    dokument: list[Dokument] = []
    oläsliga: dict[str, str] = {}
    for namn, data in filer:
        try:
            dokument.append(read_dokument(data, namn))
        except Oläsligt as fel:
            oläsliga[PurePath(namn).name] = str(fel)
    return granska_dokument(dokument, oläsliga)


def granska_dokument(dokument: Sequence[Dokument], oläsliga: Mapping[str, str] | None = None) -> Granskning:
    """Hold documents that are read against themselves and each other."""
    u = Underlag(dokument)
    fynd = slå_ihop(fynd_i(u))
    lästa = tuple(_läst(u, d, dok) for d, dok in enumerate(dokument))
    return Granskning(tuple(fynd), lästa, oläsliga or {}, dict(sorted(u.prövat.items())))


def _läst(u: Underlag, d: int, dok: Dokument) -> Läst:
    intygade = {p[1] for p in u.intygade if p[0] == d}
    rader = sum(len(t.rader) for t in dok.tabeller)
    return Läst(
        dok.fil,
        dok.sidor,
        len(dok.tabeller),
        rader,
        len(intygade),
        len(dok.meningar),
        dok.bildsidor,
        dok.är_ocr,
        dok.skadade,
    )
