"""`rapport.json` read back, as another program does it (docs/format.md)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from finsam.model.belopp import HÅRT_BLANK, MINUS, NOLL, TKR, avrunda
from finsam.model.fakta import Enhet, Fakta, Indata
from finsam.model.ord import VISAS_EJ
from finsam.model.tabell import Form
from finsam.prove.manifest import Tal, fel_form, read_json
from finsam.report.block import JSON_MIME

if TYPE_CHECKING:
    from nbformat import NotebookNode

_TAL = re.compile(rf"({MINUS}?)(\d[\d{HÅRT_BLANK}]*(?:,\d+)?)(?:{HÅRT_BLANK}(kr|tkr|%)({MINUS}?))?")
_FAKTOR = {"kr": Decimal(1), "tkr": 1 / TKR, "%": Decimal(100)}
_LITET = Decimal("1e-7")
_HÖGST_TECKEN = 40
"""Of a printed figure; more decimals than that cannot be rounded to."""


class Rad(BaseModel):
    """A row of a table: figures in the printed sign and the table's unit, as printed, and the facts' keys."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)

    id: str
    etikett: str
    slag: str = ""
    not_: int | None = Field(default=None, alias="not")
    varden: tuple[Tal | None, ...]
    visat: tuple[str, ...]
    fakta: tuple[str | None, ...]


class Tabell(BaseModel):
    """A table of the document."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)

    id: str
    rubrik: str
    enhet: str
    kolumner: tuple[str, ...]
    rader: tuple[Rad, ...]
    form: Form = "tabell"

    def plats(self, rad: Rad, nr: int) -> str:
        """A cell in words."""
        kolumn = self.kolumner[nr] if nr < len(self.kolumner) else f"kolumn {nr + 1}"
        return f"{self.rubrik}, {rad.etikett}, {kolumn}"


class Faktum(BaseModel):
    """A fact: kronor with öre, a ratio or a count; None is no figure. `dold` is one that is withheld."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)

    varde: Tal | None
    enhet: Enhet
    definition: str
    konton: tuple[str, ...]
    av: tuple[str, ...]
    text: str = ""
    kalla: str = ""
    dold: bool = False

    @property
    def visat(self) -> str:
        """The exact value, or the words, as `rapport.json` writes it."""
        if self.dold:
            return VISAS_EJ
        return self.text if self.varde is None else f"{self.varde:f}"

    @property
    def halv(self) -> Decimal:
        """Half of the last decimal that the value is written with: what the exact one may differ by.

        A count that is written without decimals is whole.
        """
        if self.enhet == "antal" and self.varde is not None and self.varde == self.varde.to_integral_value():
            return NOLL
        return Decimal(1).scaleb(int((self.varde or Decimal(0)).as_tuple().exponent)) / 2

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
        return Fakta(id_, period, self.varde, self.enhet, self.definition, Indata("", ""), self.text, int(self.dold))


class Rapport(BaseModel):
    """The whole file."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)

    utkast: bool
    tabeller: tuple[Tabell, ...]
    fakta: dict[str, Faktum]


def read_rapport(katalog: Path) -> Rapport:
    """`rapport.json` of a run's folder. Raises KanInteVerifieras."""
    data = read_json(katalog / "rapport.json")
    try:
        return Rapport.model_validate(data)
    except ValidationError as fel:
        raise fel_form("rapport.json", fel) from None


def tabeller_i(körda: Iterable[NotebookNode]) -> list[dict[str, Any]]:
    """The tables as they stand in the executed notebooks, in order."""
    return [
        tabell
        for nb in körda
        for cell in nb.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        for tabell in output.get("data", {}).get(JSON_MIME, {}).get("tabeller", [])
    ]


def visar(text: str, värde: Decimal) -> bool:
    """Whether the printed figure is the value, rounded to the decimals it is printed with.

    The value is in the table's unit; a figure with a unit of its own may also be in kronor or a ratio. A mark that
    is no number (– or blank) stands for nil.

    >>> visar("−1\u00a0235", Decimal("-1234.5")), visar("601\u00a0tkr", Decimal(600900)), visar("–", Decimal(5))
    (True, True, False)
    """
    träff = _TAL.fullmatch(text) if len(text) <= _HÖGST_TECKEN else None
    if not träff:
        return not värde and len(text) <= _HÖGST_TECKEN
    tecken, siffror, enhet, efter = träff.groups()
    tal = Decimal(siffror.replace(HÅRT_BLANK, "").replace(",", "."))
    visat = -tal if tecken or efter else tal
    decimaler = max(0, -int(tal.as_tuple().exponent))
    möjliga = {värde, värde * _FAKTOR.get(enhet or "kr", Decimal(1))}
    return any(avrunda(m + d, decimaler) == visat for m in möjliga for d in (Decimal(0), _LITET, -_LITET))
