"""Everything that was read for one förbund and one year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from finsam.model.bildfil import Bildfil
from finsam.model.bokforing import Bokföring
from finsam.model.forbund import Förbund, Kontoplan
from finsam.model.plomb import Fastställt, Plombläge
from finsam.model.problem import Problem
from finsam.model.rapport import ÅRSREDOVISNING, Rapportslag
from finsam.model.underlag import Deltagarrad, Underlag


@dataclass(frozen=True, slots=True)
class Textfil:
    """The words of a section, as Markdown with references to facts.

    `märke` is what the file's first line says until somebody has read it through: "ej genomgången: rullad från 2024".
    """

    namn: str
    text: str
    fil: str
    märke: str = ""


@dataclass(frozen=True, slots=True)
class Publiceradrad:
    """A row as it was published: amounts by year in the table's unit, and the fact it should equal.

    `orsaker` says by year why an amount is another here; `orsak` says it without a year.
    """

    etikett: str
    fakta: str
    värden: Mapping[str, Decimal]
    enhet: str
    tecken: int = 1
    summa_av: tuple[str, ...] = ()
    orsak: str = ""
    orsaker: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Publiceradtabell:
    """A table (or the sentences, id `texter`) of the published document."""

    id: str
    rubrik: str
    sida: str
    rader: tuple[Publiceradrad, ...]


@dataclass(frozen=True, slots=True)
class Deltagarblad:
    """The participants of an earlier report, and how small a group it showed."""

    år: int
    minsta_grupp: int
    rader: tuple[Deltagarrad, ...]


@dataclass(frozen=True, slots=True)
class Räkenskapsår:
    """A förbund's year as read from its inputs folder; nothing is computed here."""

    förbund: Förbund
    årtal: int
    kontoplan: Kontoplan
    bokföring: Bokföring
    underlag: Underlag
    texter: Mapping[str, Textfil]
    publicerat: tuple[Publiceradtabell, ...] = ()
    filer: tuple[Path, ...] = ()
    problem: tuple[Problem, ...] = field(default=())
    rapport: Rapportslag = ÅRSREDOVISNING
    tidigare: Mapping[tuple[str, str], Decimal] = field(default_factory=dict)
    """What earlier years' own reports say, by year and fact: `("2020", "br.eget_kapital")`."""
    ej_skrivna: tuple[str, ...] = ()
    """Names of texts whose file is there but holds only guidance; they are not among `texter`."""

    logotyp: Bildfil | None = None
    omslagsbild: Bildfil | None = None

    plomb: Plombläge | None = None
    """What the year's own seal says of its files; None when the report is not sealed."""
    fastställt: Fastställt | None = None
    """What the year before was sealed with."""
    tidigare_deltagare: tuple[Deltagarblad, ...] = ()
    tidigare_underlag: Mapping[int, Underlag] = field(default_factory=dict)
    """The workbooks of those earlier årsredovisningar, by year."""

    @property
    def period(self) -> str:
        """The year as facts are keyed by it."""
        return str(self.årtal)

    @property
    def väntar_på_bokföringen(self) -> bool:
        """Whether the year's ledger is yet to come, so that the report is a draft without räkningar."""
        return self.rapport.har_bokföring and 0 not in self.bokföring.år

    @property
    def föregående(self) -> str:
        """The year before, as facts are keyed by it."""
        return str(self.årtal - 1)
