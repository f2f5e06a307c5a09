"""What is settled for a förbund: `forbund.yml`, and its konton: `kontoplan.csv`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, model_validator

from finsam.model.farg import FÖRVAL, Färger, ur_egen

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_]+$")]
"""A name that the other files refer to, so it has no blanks, dots or å, ä, ö."""


Namn = Annotated[str, Field(min_length=1)]
"""Words that are printed, and so cannot be none."""

Ställe = tuple[str | int, ...]
"""The way to a value of `forbund.yml`: `("noter", 1, "rader", 0, "id")`."""


class Inställning(BaseModel):
    """A frozen part of `forbund.yml`; a key that is not known is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, allow_inf_nan=False, defer_build=True)


class Medlem(Inställning):
    """A member. `id` is what the other files call it (ASCII).

    `utanför_region` is a kommun that is in no region (Finsam 5 a §); `från` and `till` are its first and last day as a
    member, `ersätter` the members it was merged of.
    """

    id: Id
    namn: Namn
    typ: Literal["stat", "region", "kommun"]
    utanför_region: bool = False
    från: date | None = None
    till: date | None = None
    ersätter: tuple[str, ...] = ()

    def är_med(self, start: date, slut: date) -> bool:
        """Whether it is a member on any day of a time."""
        return (self.från or start) <= slut and (self.till or slut) >= start

    def är_med_under(self, år: int) -> bool:
        """Whether it is a member on any day of a calendar year."""
        return self.är_med(date(år, 1, 1), date(år, 12, 31))


BILDFIL = r"^\w[\w.-]*\.(svg|png|jpe?g)$"
"""The name of a picture in the förbund's own folder."""


class Ruta(Inställning):
    """A box of the organisationsschema, hanging under another."""

    id: Id
    namn: Namn
    under: str = ""
    stöd: bool = False


class Radetikett(Inställning):
    """A row of a note or of the kostnadsfördelning, with the words it is printed with."""

    id: Id
    etikett: Namn


class Notrad(Radetikett):
    """A row of a note. It is made of the konton that have it, or shows `fakta`, a figure that is given.

    A `delsumma` shows what the rows above come to, and is not added once more.
    """

    fakta: str = ""
    delsumma: bool = False


def _anläggning(post: str, tid: str) -> tuple[Notrad, ...]:
    """From opening to closing balance, so that the rows add up to what is booked (RKR R3 and R4)."""
    delar = {
        "anskaffning_in": "Anskaffningsvärde vid årets början",
        "inkop": "Inköp",
        "avgang": "Försäljningar och utrangeringar",
        "anskaffning_ut": "Anskaffningsvärde vid årets slut",
        "avskrivet_in": "Avskrivet vid årets början",
        "arets_avskrivning": "Årets avskrivningar",
        "aterfort": "Avskrivet på sålt och utrangerat",
        "avskrivet_ut": "Avskrivet vid årets slut",
    }
    rader = (
        Notrad(id=id_, etikett=ord_, fakta=f"anlaggning.{post}.{id_}", delsumma=id_.endswith("_ut"))
        for id_, ord_ in delar.items()
    )
    return *rader, Notrad(id=tid, etikett="Bedömd genomsnittlig nyttjandeperiod, år", fakta=f"uppgift.{tid}")


LAGENS_RADER = {
    "anlaggning": _anläggning("materiella", "nyttjandeperiod"),
    "immateriella": _anläggning("immateriella", "nyttjandeperiod_immateriella"),
    "placeringar": (
        Notrad(id="bokfort", etikett="Bokfört värde", fakta="br.kortfristiga_placeringar"),
        Notrad(id="anskaffning", etikett="Anskaffningsvärde", fakta="uppgift.placeringar_anskaffning"),
        Notrad(id="verkligt", etikett="Verkligt värde", fakta="uppgift.placeringar_verkligt"),
        Notrad(id="vardeforandring", etikett="Årets värdeförändring", fakta="uppgift.placeringar_forandring"),
    ),
    "pensioner": (
        Notrad(id="kostnad", etikett="Pensionskostnader", fakta="bokfort.pensioner"),
        Notrad(id="loneskatt", etikett="Särskild löneskatt", fakta="bokfort.loneskatt"),
        Notrad(id="avsattning", etikett="Avsättning för pensioner", fakta="bokfort.pensionsavsattning"),
        Notrad(id="ansvar", etikett="Ansvarsförbindelse för pensioner", fakta="uppgift.pension_ansvarsforbindelse"),
    ),
    "leasing": (
        Notrad(id="slag", etikett="Operationell eller finansiell", fakta="uppgift.leasing_slag"),
        Notrad(id="avgifter", etikett="Årets leasingavgifter", fakta="bokfort.leasing"),
        Notrad(id="ett_ar", etikett="Att betala inom ett år", fakta="uppgift.leasing_ett_ar"),
        Notrad(id="senare", etikett="Att betala senare, inom fem år", fakta="uppgift.leasing_senare"),
        Notrad(id="efter_fem", etikett="Att betala senare än fem år", fakta="uppgift.leasing_efter_fem"),
    ),
    "revision": (
        Notrad(
            id="rakenskapsrevision",
            etikett="Räkenskapsrevision (bokföring, delårsrapport och årsredovisning)",
            fakta="uppgift.rakenskapsrevision",
        ),
    ),
}
"""Rows that the law asks for: a note with that id and no rows of its own has them (docs/upplysningar.md)."""

LAGENS_POSTER = {"anlaggning": "br.materiella", "immateriella": "br.immateriella"}
"""The posts that those of them explain that add up to one."""


class Not(Inställning):
    """A note: a text (`text/not_<id>.md`), a table whose total is `post`, or both. Numbers are given in order."""

    id: Id
    rubrik: Namn
    post: str = ""
    rader: tuple[Notrad, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _med_lagens_rader(cls, data: Any) -> Any:
        lagens = LAGENS_RADER.get(str(data.get("id"))) if isinstance(data, dict) else None
        if not lagens or data.get("rader"):
            return data
        return {**data, "rader": lagens, "post": LAGENS_POSTER.get(data["id"], data.get("post", ""))}


class Kostnadsgrupp(Inställning):
    """A group of the kostnadsfördelning (Finsam: insatser against administration)."""

    id: Id
    etikett: Namn
    rader: tuple[Radetikett, ...]


class Driftrad(Inställning):
    """A row of the driftredovisning: the facts it adds up, with `-` before one that is taken away.

    `kostnad` says that a row which nets costs with income is still a cost, with a budget written without minus.
    """

    id: Id
    etikett: Namn
    av: tuple[str, ...]
    kostnad: bool = False


class Extrarad(Inställning):
    """A row under the driftredovisning's result that shows a fact as it is, such as eget kapital."""

    id: Id
    etikett: Namn
    fakta: str


class Tecken(Inställning):
    """How costs are printed in each kind of table: with minus or without."""

    resultaträkning: Literal["minus", "utan"] = "minus"
    noter: Literal["minus", "utan"] = "utan"
    kostnadsfördelning: Literal["minus", "utan"] = "utan"
    driftredovisning: Literal["minus", "utan"] = "minus"
    budget: Literal["minus", "utan"] = "minus"


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


class Medlemsandelar(Inställning):
    """The members' shares of tillgångar and skulder by the förbundsordning (Finsam 9 § 8), in per cent, and where.

    Without any they are as the members are to contribute (5 §).
    """

    andelar: dict[str, Decimal] = Field(default_factory=dict)
    källa: str = ""


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
    """How tables are printed: marks for nil and no figure, the unit of a table, tables with columns reversed.

    `driftredovisning` shows each row's net, or its intäkt and kostnad beside it.
    """

    noll: str = "–"
    tomt: str = ""
    enheter: dict[str, Literal["kr", "tkr"]] = Field(default_factory=dict)
    omvända: tuple[str, ...] = ()
    driftredovisning: Literal["netto", "intäkt, kostnad och netto"] = "netto"


class Rapportval(Inställning):
    """What a förbund changes in a report: the sections, in order (notebook names without number)."""

    avsnitt: tuple[str, ...] = ()


class Omslagsbild(Inställning):
    """A picture on the cover, in the förbund's folder, and what it shows; a year in those words would be unbound."""

    fil: str = Field(pattern=BILDFIL)
    alt: str = Field(min_length=1, max_length=300, pattern=r"^\D+$")


class Förbund(Inställning):
    """Everything in `forbund.yml`, the förbund's own and the year's.

    `etiketter` are other words for rows, by fact; `rubriker` other words for headings; `dolda_rader` the facts whose
    rows are left out of the räkningar. `minsta_grupp` is the smallest group of persons that is shown, with nil; 0 and
    1 show all. `färg` is the förbund's own colour, `logotyp` and `omslagsbild` are pictures in its folder.
    `året_i_siffror` are the figures of that page (report/siffror.py).
    """

    slug: str = ""
    namn: Namn
    kortnamn: Namn
    orgnr: str = ""
    webbplats: str = ""
    påhittat: bool = False
    färg: str = Field(default="", pattern="^(#[0-9A-Fa-f]{6})?$")
    logotyp: str = Field(default="", pattern=BILDFIL.replace("^", "^(").replace("$", ")?$"))
    omslagsbild: Omslagsbild | None = None
    kontoplan: Literal["kommun-bas", "bas"] = "kommun-bas"
    medlemmar: tuple[Medlem, ...]
    organisation: tuple[Ruta, ...] = ()
    noter: tuple[Not, ...]
    kostnadsfördelning: tuple[Kostnadsgrupp, ...]
    driftredovisning: tuple[Driftrad, ...]
    driftredovisning_extra: tuple[Extrarad, ...] = ()
    medlemsbidrag: tuple[str, ...] = ()
    tecken: Tecken = Tecken()
    etiketter: dict[str, Namn] = Field(default_factory=dict)
    kapitaltak: Kapitaltak = Kapitaltak()
    delvis_från: float = 0.75
    bidragsnyckel: Bidragsnyckel = Bidragsnyckel()
    medlemsandelar: Medlemsandelar = Medlemsandelar()
    plan: Planval = Planval()
    dolda_rader: tuple[str, ...] = ()
    minsta_grupp: int = Field(default=5, ge=0, le=100)
    visning: Visningsval = Visningsval()
    rubriker: dict[str, Namn] = Field(default_factory=dict)
    året_i_siffror: tuple[str, ...] = ()
    rapporter: dict[str, Rapportval] = Field(default_factory=dict)
    _rader: dict[Ställe, tuple[str, str]] = PrivateAttr(default_factory=dict)

    @property
    def färger(self) -> Färger:
        """The colours of its documents."""
        return ur_egen(self.färg) if self.färg else FÖRVAL

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

    def med_nya_rader(self, nya: Iterable[NyRad]) -> Förbund:
        """The settings with rows that kontoplan.csv names, last in their note or group."""
        noter, grupper = ({del_.id: del_ for del_ in delar} for delar in (self.noter, self.kostnadsfördelning))
        for ny in nya:
            if ny.nyckel == "noter":
                rad = Notrad(id=ny.id, etikett=ny.etikett)
                noter[ny.grupp] = noter[ny.grupp].model_copy(update={"rader": (*noter[ny.grupp].rader, rad)})
            else:
                rader = (*grupper[ny.grupp].rader, Radetikett(id=ny.id, etikett=ny.etikett))
                grupper[ny.grupp] = grupper[ny.grupp].model_copy(update={"rader": rader})
        return self.model_copy(
            update={"noter": tuple(noter.values()), "kostnadsfördelning": tuple(grupper.values())}
        ).med_rader(self._rader)

    def var(self, ställe: Ställe) -> tuple[str, str]:
        """The file and line of a place, or of the nearest one around it; settings not read from a file have none."""
        while ställe and ställe not in self._rader:
            ställe = ställe[:-1]
        return self._rader.get(ställe, ("forbund.yml", ""))


RESTEN = "resten"
"""The objekt of a line of the kontoplan for what of a konto no other line has."""


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
class NyRad:
    """A row of a note or of a group of the kostnadsfördelning that is named only in `kontoplan.csv`."""

    nyckel: Literal["noter", "kostnadsfördelning"]
    grupp: str
    id: str
    etikett: str


@dataclass(frozen=True, slots=True)
class Kontoplan:
    """All lines of `kontoplan.csv`, in the order of the file, and the rows that they name and `forbund.yml` lacks."""

    rader: tuple[Kontorad, ...]
    fil: str = "kontoplan.csv"
    nya: tuple[NyRad, ...] = ()
    _funna: dict[str, tuple[Kontorad, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def träffar(self, konto: str) -> tuple[Kontorad, ...]:
        """Lines that hold a konto; they must agree on its post (check C28)."""
        if konto not in self._funna:
            self._funna[konto] = tuple(rad for rad in self.rader if rad.omfattar(konto))
        return self._funna[konto]
