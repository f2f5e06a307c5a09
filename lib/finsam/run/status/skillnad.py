"""What has changed from one moment of a year to another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from difflib import unified_diff
from itertools import islice

from finsam.model.belopp import NOLL
from finsam.model.ord import antal
from finsam.run.status.ogonblick import TEXT, Anmärkt, Faktum, Lästfil, Ögonblick

_MENING = re.compile(r"(?<=[.!?]) +(?=[A-ZÅÄÖ{])")
_RADER = 400
"""Lines of a file's diff that are kept; a year's own workbook that is filled in for the first time has thousands."""


@dataclass(frozen=True, slots=True)
class Faktaskillnad:
    """A fact that is another: before and after as they are printed, "" where it was not.

    `differens` is in the fact's own unit, None when one of them is no figure; `följd` says that a fact which it is
    computed from is another too.
    """

    id: str
    namn: str
    före: str
    efter: str
    enhet: str
    differens: Decimal | None = None
    följd: bool = False


@dataclass(frozen=True, slots=True)
class Filskillnad:
    """An input that is another: its lines as a unified diff; none when it is compared by its hash alone."""

    fil: str
    rader: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fynd:
    """A finding as it was or is."""

    kod: str
    nivå: str
    text: str


@dataclass(frozen=True, slots=True)
class Skillnad:
    """What has changed; `från` and `till` tell of the two moments in words.

    `fakta` has first those that no other explains. `texter` are the förbund's words, `inställningar` its settings and
    the rows of its sheets, `övriga` inputs that are compared by their hash alone.
    """

    från: str = ""
    till: str = ""
    hinder: str = ""
    """Why the inputs of now are not what is compared with, when they should be."""

    fakta: tuple[Faktaskillnad, ...] = ()
    texter: tuple[Filskillnad, ...] = ()
    inställningar: tuple[Filskillnad, ...] = ()
    övriga: tuple[str, ...] = ()
    nya: tuple[Fynd, ...] = ()
    borta: tuple[Fynd, ...] = ()

    @property
    def tom(self) -> bool:
        """Whether nothing has changed."""
        return not (self.fakta or self.texter or self.inställningar or self.övriga or self.nya or self.borta)

    @property
    def största(self) -> tuple[Faktaskillnad, ...]:
        """The two amounts that have changed most."""
        kronor = [f for f in self.fakta if f.enhet == "kr" and f.differens]
        return tuple(sorted(kronor, key=lambda f: -abs(f.differens or NOLL))[:2])


def jämför(före: Ögonblick, efter: Ögonblick, från: str = "", till: str = "", hinder: str = "") -> Skillnad:
    """What has changed from one moment to the other."""
    filer = [ett for ett in dict.fromkeys((*före.filer, *efter.filer)) if före.filer.get(ett) != efter.filer.get(ett)]
    med_rader = {fil: _rader(fil, före.filer.get(fil), efter.filer.get(fil)) for fil in filer}
    sagda = [Filskillnad(fil, rader) for fil, rader in med_rader.items() if rader]
    return Skillnad(
        från,
        till,
        hinder,
        tuple(sorted(_fakta(före.fakta, efter.fakta), key=lambda f: f.följd)),
        tuple(ett for ett in sagda if ett.fil.endswith(TEXT)),
        tuple(ett for ett in sagda if not ett.fil.endswith(TEXT)),
        tuple(fil for fil, rader in med_rader.items() if not rader),
        tuple(_fynd(efter.fynd, före.fynd)),
        tuple(_fynd(före.fynd, efter.fynd)),
    )


def i_korthet(s: Skillnad) -> str:
    """The same in a line: how many of each, and the amounts that have changed most.

    >>> i_korthet(Skillnad(nya=(Fynd("C01", "fel", "Ett."),), övriga=("a/bokforing.se",)))
    '1 annan fil, 1 nytt fynd'
    """
    tal = f"{len(s.fakta)} tal"
    if s.största:
        störst = (f"{f.namn.rstrip('.')} {f.före} → {f.efter}" for f in s.största)
        tal += f" ({'; '.join(störst)})"
    delar = [
        (len(s.fakta), tal),
        (len(s.texter), antal(len(s.texter), "text", "texter")),
        (len(s.inställningar), antal(len(s.inställningar), "fil med uppgifter", "filer med uppgifter")),
        (len(s.övriga), antal(len(s.övriga), "annan fil", "andra filer")),
        (len(s.nya), antal(len(s.nya), "nytt fynd", "nya fynd")),
        (len(s.borta), antal(len(s.borta), "löst fynd", "lösta fynd")),
    ]
    return ", ".join(ord_ for hur_många, ord_ in delar if hur_många)


def _fakta(före: Mapping[str, Faktum], efter: Mapping[str, Faktum]) -> Iterator[Faktaskillnad]:
    def skiljer(nyckel: str) -> bool:
        ena, andra = före.get(nyckel), efter.get(nyckel)
        return ena is None or andra is None or (ena.varde, ena.visat) != (andra.varde, andra.visat)

    andra = {nyckel: None for nyckel in (*efter, *före) if skiljer(nyckel)}
    for nyckel in andra:
        f, e = före.get(nyckel), efter.get(nyckel)
        om = e or f
        assert om
        yield Faktaskillnad(
            id=nyckel,
            namn=om.namn or nyckel,
            före=f.visat if f else "",
            efter=e.visat if e else "",
            enhet=om.enhet,
            differens=_differens(f, e),
            följd=not andra.keys().isdisjoint(om.av),
        )


def _differens(före: Faktum | None, efter: Faktum | None) -> Decimal | None:
    if not före or not efter or not före.varde or not efter.varde:
        return None
    try:
        return Decimal(efter.varde) - Decimal(före.varde)
    except InvalidOperation:  # a file that someone has written in
        return None


def _rader(fil: str, före: Lästfil | None, efter: Lästfil | None) -> tuple[str, ...]:
    """A file's lines as a unified diff; none when one is kept by its hash alone, or what differs is not kept."""
    ena, andra = (_meningar(fil, ett.rader) if ett else () for ett in (före, efter))
    if (före and not ena) or (efter and not andra):
        return ()
    rader = list(islice(unified_diff(ena, andra, fil, fil, n=1, lineterm=""), _RADER + 1))
    return (*rader[:_RADER], "…") if len(rader) > _RADER else tuple(rader)


def _meningar(fil: str, rader: tuple[str, ...]) -> tuple[str, ...]:
    """The lines of a text, one a sentence: a paragraph may be one line, and then all of it would be another."""
    return tuple(ord_ for rad in rader for ord_ in _MENING.split(rad)) if fil.endswith(TEXT) else rader


def _fynd(alla: Sequence[Anmärkt], andra: Sequence[Anmärkt]) -> Iterator[Fynd]:
    """The findings that the others have not."""
    kända = set(andra)
    for ett in alla:
        if ett not in kända:
            yield Fynd(ett.kod, ett.niva, ett.text)
