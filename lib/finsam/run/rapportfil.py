"""`rapport.json` read back, as another program does it (docs/format.md)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from finsam.model.fakta import Enhet, Fakta, Indata
from finsam.run.manifest import KanInteVerifieras, read_json


class Rad(BaseModel):
    """A row of a table: figures in the printed sign and the table's unit, as printed, and the facts' keys."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    etikett: str
    varden: tuple[Decimal | None, ...]
    visat: tuple[str, ...]
    fakta: tuple[str | None, ...]


class Tabell(BaseModel):
    """A table of the document."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    rubrik: str
    enhet: str
    kolumner: tuple[str, ...]
    rader: tuple[Rad, ...]


class Faktum(BaseModel):
    """A fact: kronor with öre, a ratio or a count; None is no figure."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    varde: Decimal | None
    enhet: Enhet
    definition: str
    konton: tuple[str, ...]
    av: tuple[str, ...]
    text: str = ""
    kalla: str = ""

    @property
    def visat(self) -> str:
        """The exact value, or the words, as `rapport.json` writes it."""
        return self.text if self.varde is None else f"{self.varde:f}"

    def källa(self) -> str:
        """Where it comes from, in a few words."""
        if self.kalla:
            return self.kalla
        if self.av:
            return f"beräknat ur {', '.join(self.av[:4])}{' …' if len(self.av) > 4 else ''}"
        return f"konto {', '.join(self.konton[:8])}{' …' if len(self.konton) > 8 else ''}" if self.konton else ""

    def fakta(self, nyckel: str) -> Fakta:
        """As the program has it, to be printed."""
        id_, _, period = nyckel.partition("/")
        return Fakta(id_, period, self.varde, self.enhet, self.definition, Indata("", ""), self.text)


class Rapport(BaseModel):
    """The whole file."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    utkast: bool
    tabeller: tuple[Tabell, ...]
    fakta: dict[str, Faktum]


def read_rapport(katalog: Path) -> Rapport:
    """`rapport.json` of a run's folder. Raises KanInteVerifieras."""
    data = read_json(katalog / "rapport.json")
    try:
        return Rapport.model_validate(data)
    except ValidationError as fel:
        var = "; ".join(f"{'.'.join(map(str, f['loc']))}: {f['msg']}" for f in fel.errors()[:5])
        raise KanInteVerifieras(f"rapport.json har inte den form som en körning skriver ({var}).") from None
