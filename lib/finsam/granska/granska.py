"""The door of the stage: files in, findings and what was tried out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from finsam.granska.alla import fynd_i
from finsam.granska.begrepp import ORD
from finsam.granska.fynd import LARM, Fynd
from finsam.granska.grund import Underlag
from finsam.granska.hopslagning import slå_ihop
from finsam.granska.lasa.dokument import Dokument, read_dokument
from finsam.granska.lasa.olasligt import Oläsligt
from finsam.granska.sanning import Sanning, read_sanning


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
class Bredvid:
    """A ledger or a rapport.json beside the reports: what of it was compared, and for which years."""

    fil: str
    slag: str
    jämfört: Mapping[str, tuple[int, ...]]
    antal: int


@dataclass(frozen=True, slots=True)
class Granskning:
    """The findings, and what they rest on."""

    fynd: tuple[Fynd, ...]
    lästa: tuple[Läst, ...]
    oläsliga: Mapping[str, str]
    prövat: Mapping[str, int]
    bredvid: tuple[Bredvid, ...] = ()

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
    sanningar: list[Sanning] = []
    for namn, data in filer:
        try:
            if sanning := read_sanning(data, namn):
                sanningar.append(sanning)
            else:
                dokument.append(read_dokument(data, namn))
        except Oläsligt as fel:
            oläsliga[PurePath(namn).name] = str(fel)
    return granska_dokument(dokument, oläsliga, sanningar)


def granska_dokument(
    dokument: Sequence[Dokument], oläsliga: Mapping[str, str] | None = None, sanningar: Sequence[Sanning] = ()
) -> Granskning:
    """Hold documents that are read against themselves, each other and what stands beside them."""
    u = Underlag(dokument, sanningar=sanningar)
    fynd = slå_ihop(fynd_i(u))
    lästa = tuple(_läst(u, d, dok) for d, dok in enumerate(dokument))
    return Granskning(tuple(fynd), lästa, oläsliga or {}, dict(sorted(u.prövat.items())), tuple(_bredvid(u)))


def _bredvid(u: Underlag) -> Iterator[Bredvid]:
    for sanning in u.sanningar:
        jämfört = u.jämfört.get(sanning.fil, {})
        namn = dict.fromkeys(ORD.get(vad, vad) for vad, _ in sorted(jämfört, key=lambda j: (j[0] not in ORD, str(j))))
        åren = {n: tuple(sorted({å for v, å in jämfört if ORD.get(v, v) == n and å}, reverse=True)) for n in namn}
        yield Bredvid(sanning.fil, sanning.slag, åren, sum(jämfört.values()))


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
