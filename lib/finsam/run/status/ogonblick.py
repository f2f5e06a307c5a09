"""A year at one moment: its facts, what was found and what its inputs said; what one run is told from another by."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from finsam.checks.finding import Finding
from finsam.model.belopp import svenskt_tal
from finsam.model.fakta import Fakta
from finsam.model.underlag import Underlag, Underlagsrad
from finsam.prove.manifest import sha256
from finsam.read.bokforing import hitta_bokföring
from finsam.read.mapp import filform
from finsam.read.underlag.underlag import NYCKLAR
from finsam.report.bok import Bok
from finsam.report.visning import exakt

FYND = ("fel", "varning", "upplysning")
"""The levels that are told of when they come and go."""
TEXT, INSTÄLLNINGAR = ".md", (".yml", ".csv")
PUBLICERAT = "publicerat.yml"
"""What was published of a group that is withheld here may stand in it: it is compared by its hash alone."""
_LEDGER = ("bokforing", "foregaende")


class Faktum(BaseModel):
    """A fact: what it is, exactly ("" is no figure), as it is printed, and the facts that it is computed from."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    namn: str
    varde: str
    enhet: str
    visat: str
    av: tuple[str, ...] = ()


class Anmärkt(BaseModel):
    """A finding that was there."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    kod: str
    niva: str
    text: str


class Lästfil(BaseModel):
    """An input that was read: its hash, and what it said, line by line, when it is one that is compared so."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    sha256: str
    rader: tuple[str, ...] = ()


class Ögonblick(BaseModel):
    """All that a run is compared by."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    utkast: bool
    fakta: dict[str, Faktum]
    fynd: tuple[Anmärkt, ...]
    filer: dict[str, Lästfil]

    def antal(self, nivå: str) -> int:
        """How many findings there are of a level."""
        return sum(ett.niva == nivå for ett in self.fynd)


def ögonblick(bok: Bok, inputs: Path, summor: Mapping[str, str] | None = None) -> Ögonblick:
    """A year as it has been read. `summor` are the hashes of its files when that was done.

    Sheets that count persons are left out: a group that the document withholds may stand there.
    """
    egen = f"{bok.år.förbund.slug}/{bok.år.årtal}/"
    filer: dict[str, Lästfil] = {}
    for fil in bok.år.filer:
        namn = fil.relative_to(inputs).as_posix()
        summa = (summor or {}).get(namn) or sha256(fil)
        if namn == bok.år.underlag.fil:
            rader = tuple(_blad(bok.år.underlag))
        else:
            rader = _rader(fil, summa) if namn.startswith(egen) or namn.count("/") == 1 else ()
        filer[namn] = Lästfil(sha256=summa, rader=rader)
    return Ögonblick(
        utkast=bok.utkast,
        fakta={nyckel: _faktum(f) for nyckel, f in bok.fakta.items()},
        fynd=tuple(_anmärkta(bok.findings)),
        filer=filer,
    )


def _faktum(f: Fakta) -> Faktum:
    return Faktum(namn=f.definition, varde=exakt(f), enhet=f.enhet, visat=f.visat, av=f.av)


def _anmärkta(findings: Iterable[Finding]) -> Iterable[Anmärkt]:
    return (Anmärkt(kod=f.kod, niva=f.nivå, text=f.text) for f in findings if f.nivå in FYND)


def _rader(fil: Path, summa: str) -> tuple[str, ...]:
    """The lines of a text or of settings, if they are still what was read."""
    if (
        fil.suffix.lower() not in (TEXT, *INSTÄLLNINGAR)
        or filform(fil.name) == PUBLICERAT
        or any(fil in hitta_bokföring(fil.parent, b) for b in _LEDGER if b == filform(fil.stem))
    ):
        return ()
    data = fil.read_bytes()
    return tuple(data.decode("utf-8-sig", "replace").splitlines()) if hashlib.sha256(data).hexdigest() == summa else ()


def _blad(underlag: Underlag) -> Iterator[str]:
    """The cells of the sheets, each by its sheet, what tells its row from the others, and its heading."""
    for namn in type(underlag).model_fields:
        rader = getattr(underlag, namn)
        if isinstance(rader, tuple):
            yield from (ord_ for rad in rader if not rad.räknar_personer for ord_ in _rad(rad))


def _rad(rad: Underlagsrad) -> Iterator[str]:
    fält = {namn: f for namn, f in type(rad).model_fields.items() if not f.exclude}
    nycklar = NYCKLAR.get(type(rad)) or tuple(fält)[:1]
    början = f"{rad.blad}, {' '.join(visa_värde(getattr(rad, ett)) for ett in nycklar)}"
    egna = {namn: visa_värde(getattr(rad, namn)) for namn in fält if namn not in nycklar}
    yield from (f"{början}: {fält[namn].alias} {värde}" for namn, värde in egna.items() if värde)


def visa_värde(värde: object) -> str:
    """What a cell holds, in a line.

    >>> visa_värde(Decimal("2400000")), visa_värde(None), visa_värde("en\\nrad")
    ('2\\xa0400\\xa0000', '', 'en rad')
    """
    if isinstance(värde, Decimal):
        tal = värde.normalize()
        return svenskt_tal(tal, max(0, -int(tal.as_tuple().exponent)))
    if isinstance(värde, date):
        return värde.isoformat()
    return "" if värde is None else " ".join(str(värde).split())
