"""What is settled for a förbund: `forbund.yml`, and its konton: `kontoplan.csv`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, model_validator

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_]+$")]
"""A name that the other files refer to, so it has no blanks, dots or å, ä, ö."""


Ställe = tuple[str | int, ...]
"""The way to a value of `forbund.yml`: `("noter", 1, "rader", 0, "id")`."""


class Inställning(BaseModel):
    """A frozen part of `forbund.yml`; a key that is not known is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, allow_inf_nan=False)


class Medlem(Inställning):
    """A member. `id` is what the other files call it (ASCII).

    `utanför_region` is a kommun that is in no region (Finsam 5 a §); `från` and `till` are its first and last day as a
    member, `ersätter` the members it was merged of.
    """

    id: Id
    namn: str
    typ: Literal["stat", "region", "kommun"]
    utanför_region: bool = False
    från: date | None = None
    till: date | None = None
    ersätter: tuple[str, ...] = ()

    def är_med(self, start: date, slut: date) -> bool:
        """Whether it is a member on any day of a time."""
        return (self.från or start) <= slut and (self.till or slut) >= start


class Ruta(Inställning):
    """A box of the organisationsschema, hanging under another."""

    id: Id
    namn: str
    under: str = ""
    stöd: bool = False


class Radetikett(Inställning):
    """A row of a note or of the kostnadsfördelning, with the words it is printed with."""

    id: Id
    etikett: str


class Notrad(Radetikett):
    """A row of a note. It is made of the konton that have it, or shows `fakta`, a figure that is given."""

    fakta: str = ""


LAGENS_RADER = {
    "revision": (
        Notrad(
            id="rakenskapsrevision",
            etikett="Räkenskapsrevision (bokföring, delårsrapport och årsredovisning)",
            fakta="uppgift.rakenskapsrevision",
        ),
    ),
}
"""Rows that the law asks for (LKBR 9 kap. 13 §): a note with that id and no rows of its own has them."""


class Not(Inställning):
    """A note: a text (`text/not_<id>.md`), a table whose total is `post`, or both. Numbers are given in order."""

    id: Id
    rubrik: str
    post: str = ""
    rader: tuple[Notrad, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _med_lagens_rader(cls, data: Any) -> Any:
        lagens = LAGENS_RADER.get(str(data.get("id"))) if isinstance(data, dict) else None
        return {**data, "rader": lagens} if lagens and not data.get("rader") else data


class Kostnadsgrupp(Inställning):
    """A group of the kostnadsfördelning (Finsam: insatser against administration)."""

    id: Id
    etikett: str
    rader: tuple[Radetikett, ...]


class Driftrad(Inställning):
    """A row of the driftredovisning: the facts it adds up, with `-` before one that is taken away.

    `kostnad` says that a row which nets costs with income is still a cost, with a budget written without minus.
    """

    id: Id
    etikett: str
    av: tuple[str, ...]
    kostnad: bool = False


class Extrarad(Inställning):
    """A row under the driftredovisning's result that shows a fact as it is, such as eget kapital."""

    id: Id
    etikett: str
    fakta: str


class Tecken(Inställning):
    """How costs are printed in each kind of table: with minus or without."""

    resultaträkning: Literal["minus", "utan"] = "minus"
    noter: Literal["minus", "utan"] = "utan"
    kostnadsfördelning: Literal["minus", "utan"] = "utan"
    driftredovisning: Literal["minus", "utan"] = "minus"
    budget: Literal["minus", "utan", "minus efter"] = "minus"


class Kapitalsteg(Inställning):
    """A step of the recommendation: up to a yearly medlemsbidrag (no limit when left out), a share of it."""

    upp_till_mkr: float | None = None
    andel: float


class Kapitaltak(Inställning):
    """Nationella rådet's recommended ceiling for eget kapital, as a table of steps with its date and source.

    Of the recommendation (2013-10-02) only the first step is known, which is what holds when no steps are given.
    """

    steg: tuple[Kapitalsteg, ...] = (Kapitalsteg(andel=0.20),)
    beslutad: date | None = None
    källa: str = ""

    def andel(self, belopp: Decimal) -> Decimal:
        """The share that holds for a yearly medlemsbidrag (kronor); past the last step, that of the last.

        >>> Kapitaltak().andel(Decimal(3600000))
        Decimal('0.2')
        """
        mkr = belopp / 1_000_000
        valt = next(
            (s for s in self.steg if s.upp_till_mkr is None or mkr <= Decimal(str(s.upp_till_mkr))), self.steg[-1]
        )
        return Decimal(str(valt.andel))


class Delnyckel(Inställning):
    """How the members of a part have agreed to share it (Finsam 5 § second and third paragraph), and where.

    `andelar` are per cent or kronor by member. `delår` says what a member for part of the year counts as: its months
    of the year, or a whole year.
    """

    efter: Literal["invånare", "procent", "belopp", "historiska belopp", "lika", "beslut"]
    andelar: dict[str, Decimal] = Field(default_factory=dict)
    delår: Literal["månader", "hela året", ""] = ""
    källa: str = Field(min_length=1)


class AvtaladeDelar(Inställning):
    """What the parts have agreed to give instead of what the law says, in per cent, and where."""

    stat: Decimal = Field(ge=0)
    region: Decimal = Field(default=Decimal(0), ge=0)
    kommun: Decimal = Field(ge=0)
    källa: str = Field(min_length=1)


class Bidragsnyckel(Inställning):
    """How members that are together a part share it, and how shares by inhabitants are rounded.

    Without a key of their own the kommuner share by inhabitants, if all have them and have decided nothing else.
    """

    avrundning: Literal["exakt", "tiondels procent"] = "exakt"
    stat: Delnyckel | None = None
    regioner: Delnyckel | None = None
    kommuner: Delnyckel | None = None
    delar: AvtaladeDelar | None = None


class Planval(Inställning):
    """How a förbund's budget is measured: against what eget kapital and administration are set."""

    kapital_av: Literal["medlemsbidrag", "intäkter"] = "medlemsbidrag"
    administration_av: Literal["kostnader", "medlemsbidrag"] = "kostnader"
    insatser_av: Literal["kostnader", "medlemsbidrag"] = "kostnader"


class Visningsval(Inställning):
    """How tables are printed: marks for nil and no figure, the unit of a table, tables with columns reversed."""

    noll: str = "–"
    tomt: str = ""
    enheter: dict[str, Literal["kr", "tkr"]] = Field(default_factory=dict)
    omvända: tuple[str, ...] = ()


class Rapportval(Inställning):
    """What a förbund changes in a report: the sections, in order (notebook names without number)."""

    avsnitt: tuple[str, ...] = ()


class Förbund(Inställning):
    """Everything in `forbund.yml`, the förbund's own and the year's.

    `etiketter` are other words for rows, by fact; `rubriker` other words for headings; `dolda_rader` the facts whose
    rows are left out of the räkningar. `minsta_grupp` is the smallest group of persons that is shown, with nil; 0 and
    1 show all.
    """

    slug: str = ""
    namn: str
    kortnamn: str
    orgnr: str = ""
    webbplats: str = ""
    påhittat: bool = False
    kontoplan: Literal["kommun-bas", "bas"] = "kommun-bas"
    medlemmar: tuple[Medlem, ...]
    organisation: tuple[Ruta, ...] = ()
    noter: tuple[Not, ...]
    kostnadsfördelning: tuple[Kostnadsgrupp, ...]
    driftredovisning: tuple[Driftrad, ...]
    driftredovisning_extra: tuple[Extrarad, ...] = ()
    medlemsbidrag: tuple[str, ...] = ()
    tecken: Tecken = Tecken()
    etiketter: dict[str, str] = Field(default_factory=dict)
    kapitaltak: Kapitaltak = Kapitaltak()
    delvis_från: float = 0.75
    bidragsnyckel: Bidragsnyckel = Bidragsnyckel()
    plan: Planval = Planval()
    dolda_rader: tuple[str, ...] = ()
    minsta_grupp: int = Field(default=5, ge=0, le=100)
    visning: Visningsval = Visningsval()
    rubriker: dict[str, str] = Field(default_factory=dict)
    rapporter: dict[str, Rapportval] = Field(default_factory=dict)
    _rader: dict[Ställe, tuple[str, str]] = PrivateAttr(default_factory=dict)

    def med_rader(self, rader: Mapping[Ställe, tuple[str, str]]) -> Förbund:
        """The settings, with the file and line that each place in them was read from."""
        ny = self.model_copy()
        ny._rader = dict(rader)
        return ny

    def är_förval(self, *nycklar: str) -> bool:
        """Whether nobody has said what a key is to be, so that what holds is finsam's own choice.

        >>> Förbund.model_construct({"kapitaltak"}, kapitaltak=Kapitaltak(källa="x")).är_förval("kapitaltak", "steg")
        True
        """
        del_: Any = self
        for nyckel in nycklar:
            if not isinstance(del_, BaseModel) or nyckel not in del_.model_fields_set:
                return True
            del_ = getattr(del_, nyckel)
        return False

    def var(self, ställe: Ställe) -> tuple[str, str]:
        """The file and line of a place, or of the nearest one around it; settings not read from a file have none."""
        while ställe and ställe not in self._rader:
            ställe = ställe[:-1]
        return self._rader.get(ställe, ("forbund.yml", ""))


@dataclass(frozen=True, slots=True)
class Kontorad:
    """A line of `kontoplan.csv`: which post, note row and cost function a konto (with an objekt) belongs to."""

    från: str
    till: str
    objekt: str
    post: str
    not_rad: str
    funktion: str
    rad: int

    def omfattar(self, konto: str) -> bool:
        """Whether the span holds the konto; compared as text by the span's own length, so 35 holds 3511.

        >>> Kontorad("3510", "3519", "", "", "", "", 2).omfattar("351102")
        True
        """
        return self.från <= konto[: len(self.från)] and konto[: len(self.till)] <= self.till


@dataclass(frozen=True, slots=True)
class Kontoplan:
    """All lines of `kontoplan.csv`, in the order of the file."""

    rader: tuple[Kontorad, ...]
    fil: str = "kontoplan.csv"
    _funna: dict[str, tuple[Kontorad, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def träffar(self, konto: str) -> tuple[Kontorad, ...]:
        """Lines that hold a konto; they must agree on its post (check C28)."""
        if konto not in self._funna:
            self._funna[konto] = tuple(rad for rad in self.rader if rad.omfattar(konto))
        return self._funna[konto]
