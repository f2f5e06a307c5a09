"""The sheets of `underlag.xlsx`: one class a sheet, one instance a row.

The class is the sheet's only description: the reader, the template and the docs are made from it.
A field's alias is the column's heading, its description the explanation above the column.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from finsam.model.bokslutsblad import BOKSLUTSBLAD, Avstämning, Kontrollmoment, Projektrad
from finsam.model.deltagarblad import Deltagarrad, Enkätsvar, Indikator
from finsam.model.planblad import (
    PLANBLAD,
    Behovsrad,
    Beslutspunkt,
    Möte,
    Planmål,
    Planrad,
    Projekt,
    Årshjulsrad,
)
from finsam.model.underlagsrad import Bedömning, Beloppsenhet, Id, Mätenhet, Underlagsrad
from finsam.model.upplysningsblad import Personalgrupp, Revisionsanmärkning, Sjukfrånvaro, Underskott, Uppdragsrad

__all__ = [
    "BLAD",
    "BOKSLUTSBLAD",
    "PLANBLAD",
    "Avstämning",
    "Behovsrad",
    "Beslutspunkt",
    "Bidragsrad",
    "Budgetrad",
    "Deltagarrad",
    "Enkätsvar",
    "Faktaruterad",
    "Flerårsrad",
    "Indikator",
    "Insats",
    "Insatskostnad",
    "Kontrollmoment",
    "Kostnadsrad",
    "Målområde",
    "Målrad",
    "Möte",
    "Personalgrupp",
    "Planmål",
    "Planrad",
    "Projekt",
    "Projektrad",
    "Revisionsanmärkning",
    "Sjukfrånvaro",
    "Undantag",
    "Underlag",
    "Underlagsrad",
    "Underskott",
    "Undertecknare",
    "Uppdragsrad",
    "Uppgift",
    "Årshjulsrad",
]


class Uppgift(Underlagsrad):
    """A single fact about the year: a date, a number, a name."""

    blad = "Uppgifter"
    om = "Enstaka uppgifter om året. Lämna Värde tomt om uppgiften saknas: dokumentet säger då det."

    id: Id = Field(alias="Id", description="kort namn utan å, ä, ö, t.ex. beslutsdatum")
    benämning: str = Field(alias="Benämning", description="vad uppgiften är, i klartext")
    värde: Decimal | date | str | None = Field(default=None, alias="Värde", description="tal, datum eller text")
    enhet: Literal["kr", "tkr", "%", "antal", "datum", "text"] = Field(alias="Enhet")
    källa: str = Field(default="", alias="Källa")


class Budgetrad(Underlagsrad):
    """A decided budget amount for a row of the driftredovisning."""

    blad = "Budget"
    om = "Beslutad budget per rad i driftredovisningen. Kostnader skrivs utan minus."

    post: str = Field(alias="Rad", description="radens id i driftredovisningen (forbund.yml)")
    år: int = Field(alias="År")
    belopp: Decimal = Field(alias="Belopp", description="utan tecken")
    enhet: Beloppsenhet = Field(alias="Enhet")
    version: Literal["ursprunglig", "reviderad"] = Field(alias="Version")
    beslutad: date | None = Field(default=None, alias="Beslutad")
    källa: str = Field(default="", alias="Källa")


class Bidragsrad(Underlagsrad):
    """What a member has decided to contribute for a year."""

    blad = "Medlemsbidrag"
    om = "Beslutade medlemsbidrag, en rad per medlem och år."

    medlem: str = Field(alias="Medlem", description="medlemmens id i forbund.yml")
    år: int = Field(alias="År")
    belopp: Decimal = Field(alias="Belopp", description="kronor")
    invånare: int | None = Field(default=None, alias="Invånare", description="kommuner: invånare som nyckeln bygger på")
    källa: str = Field(default="", alias="Källa")


class Insats(Underlagsrad):
    """A financed insats."""

    blad = "Insatser"
    om = "Årets insatser. Utfallet hämtas ur bokföringen genom kontoplanens funktion."

    id: Id = Field(alias="Id")
    namn: str = Field(alias="Namn")
    slag: Literal["individ", "struktur"] = Field(alias="Slag")
    funktion: str = Field(alias="Funktion", description="grupp.rad i kostnadsfördelningen, t.ex. individ.teamet")
    insatsägare: str = Field(default="", alias="Insatsägare")
    från: date | None = Field(default=None, alias="Från")
    till: date | None = Field(default=None, alias="Till")
    budget: Decimal | None = Field(default=None, alias="Budget", description="kronor")
    beviljat: Decimal | None = Field(default=None, alias="Beviljat", description="utbetalda (erhållna) medel, kronor")
    bedömning: Bedömning = Field(default="", alias="Bedömning")


class Faktaruterad(Underlagsrad):
    """A row of an insats' faktaruta. The text may hold facts: {insats.teamet.utfall | kr}."""

    blad = "Faktarutor"
    om = "Rader i insatsernas faktarutor, i den ordning de ska stå."

    insats: str = Field(alias="Insats")
    rubrik: str = Field(alias="Rubrik")
    text: str = Field(alias="Text")


class Insatskostnad(Underlagsrad):
    """A kind of cost in the insatsägare's own report."""

    blad = "Insatsekonomi"
    om = "Insatsägarens ekonomiska redovisning, ett kostnadsslag per rad. Summan stäms av mot bokföringen."

    insats: str = Field(alias="Insats")
    id: Id = Field(alias="Id")
    benämning: str = Field(alias="Benämning")
    belopp: Decimal = Field(alias="Belopp", description="kronor, utan tecken")
    källa: str = Field(default="", alias="Källa")


class Målområde(Underlagsrad):
    """An area of goals in the verksamhetsplan."""

    blad = "Målområden"
    om = "Målområden i verksamhetsplanen, i ordning. Flera övergripande mål skrivs på var sin rad i cellen."

    id: Id = Field(alias="Id")
    namn: str = Field(alias="Namn")
    mål: str = Field(default="", alias="Övergripande mål")


class Målrad(Underlagsrad):
    """A goal with its measure, limit, outcome and grade. Text may hold facts."""

    blad = "Mål"
    om = "Delmål per målområde, och effektmål och insatsmål per insats. Med Jämförelse och Gräns räknas bedömningen."

    id: Id = Field(alias="Id")
    område: str = Field(default="", alias="Område", description="målområdets id")
    insats: str = Field(default="", alias="Insats", description="insatsens id, för effektmål och insatsmål")
    slag: Literal["delmål", "effektmål", "insatsmål"] = Field(alias="Slag")
    mål: str = Field(alias="Mål")
    aktivitet: str = Field(default="", alias="Aktivitet", description="vad som gjorts")
    mätpunkt: str = Field(default="", alias="Mätpunkt", description="hur målet mäts")
    jämförelse: Literal["minst", "mer än", "högst", "mellan", ""] = Field(default="", alias="Jämförelse")
    gräns: Decimal | None = Field(default=None, alias="Gräns")
    övre: Decimal | None = Field(default=None, alias="Övre gräns")
    enhet: Mätenhet = Field(default="", alias="Enhet")
    fakta: str = Field(default="", alias="Fakta", description="faktat som är utfallet, t.ex. br.eget_kapital")
    utfall: Decimal | None = Field(default=None, alias="Utfall", description="när utfallet inte är ett fakta")
    bedömning: Bedömning = Field(default="", alias="Bedömning", description="styrelsens bedömning")
    kommentar: str = Field(default="", alias="Kommentar")
    källa: str = Field(default="", alias="Källa")


class Flerårsrad(Underlagsrad):
    """A figure of an earlier year's report, with the page or table it is taken from."""

    blad = "Flerårsöversikt"
    om = "Tidigare års värden som bokföringen inte har, med källa. Kostnader skrivs med minus."

    post: str = Field(alias="Post", description="t.ex. rr.verksamhetens_intakter, br.eget_kapital, soliditet")
    år: int = Field(alias="År")
    värde: Decimal | None = Field(default=None, alias="Värde")
    enhet: Literal["kr", "%", "antal"] = Field(alias="Enhet")
    källa: str = Field(alias="Källa")
    anmärkning: str = Field(default="", alias="Anmärkning")


class Kostnadsrad(Underlagsrad):
    """An earlier year's cost by function."""

    blad = "Kostnadsfördelning"
    om = "Tidigare års kostnader per funktion, som bokföringen inte har. Kostnader skrivs utan minus."

    funktion: str = Field(alias="Funktion", description="grupp.rad, t.ex. administration.revision")
    år: int = Field(alias="År")
    belopp: Decimal = Field(alias="Belopp", description="kronor, utan tecken")
    källa: str = Field(alias="Källa")


class Undertecknare(Underlagsrad):
    """Somebody who signs, by function in the styrelse, or a revisor."""

    blad = "Undertecknare"
    om = "Styrelsens ledamöter och revisorer som skriver under, i ordning."

    namn: str = Field(alias="Namn")
    roll: str = Field(alias="Roll", description="Ordförande, Vice ordförande, Ledamot, Revisor")
    organ: Literal["styrelse", "revisor"] = Field(alias="Organ")
    utsedd_av: str = Field(default="", alias="Utsedd av")


class Undantag(Underlagsrad):
    """A finding somebody has answered for."""

    blad = "Undantag"
    om = "Anmärkningar som någon har tagit ställning till. Skälet och namnet skrivs ut i dokumentet."

    kod: str = Field(alias="Kod", description="kontrollens kod, t.ex. C20")
    gäller: str = Field(default="", alias="Gäller", description="kontrollens ställe (kalla); tomt för alla")
    skäl: str = Field(alias="Skäl")
    namn: str = Field(alias="Namn")
    datum: date = Field(alias="Datum")


BLAD: tuple[type[Underlagsrad], ...] = (
    Uppgift,
    Budgetrad,
    Bidragsrad,
    Insats,
    Faktaruterad,
    Insatskostnad,
    Målområde,
    Målrad,
    Deltagarrad,
    Enkätsvar,
    Indikator,
    Kostnadsrad,
    Flerårsrad,
    Underskott,
    Personalgrupp,
    Sjukfrånvaro,
    Uppdragsrad,
    Revisionsanmärkning,
    Undertecknare,
    Undantag,
    *BOKSLUTSBLAD,
    *PLANBLAD,
)


class Underlag(BaseModel):
    """All rows of `underlag.xlsx`."""

    model_config = ConfigDict(frozen=True)

    fil: str = "underlag.xlsx"
    uppgifter: tuple[Uppgift, ...] = ()
    budget: tuple[Budgetrad, ...] = ()
    medlemsbidrag: tuple[Bidragsrad, ...] = ()
    insatser: tuple[Insats, ...] = ()
    faktarutor: tuple[Faktaruterad, ...] = ()
    insatsekonomi: tuple[Insatskostnad, ...] = ()
    målområden: tuple[Målområde, ...] = ()
    mål: tuple[Målrad, ...] = ()
    deltagare: tuple[Deltagarrad, ...] = ()
    enkätsvar: tuple[Enkätsvar, ...] = ()
    indikatorer: tuple[Indikator, ...] = ()
    kostnadsfördelning: tuple[Kostnadsrad, ...] = ()
    flerårsöversikt: tuple[Flerårsrad, ...] = ()
    underskott: tuple[Underskott, ...] = ()
    personal: tuple[Personalgrupp, ...] = ()
    sjukfrånvaro: tuple[Sjukfrånvaro, ...] = ()
    uppdrag: tuple[Uppdragsrad, ...] = ()
    revisionsanmärkningar: tuple[Revisionsanmärkning, ...] = ()
    undertecknare: tuple[Undertecknare, ...] = ()
    undantag: tuple[Undantag, ...] = ()
    avstämningar: tuple[Avstämning, ...] = ()
    projektredovisning: tuple[Projektrad, ...] = ()
    intern_kontroll: tuple[Kontrollmoment, ...] = ()
    budgetplan: tuple[Planrad, ...] = ()
    planmål: tuple[Planmål, ...] = ()
    möten: tuple[Möte, ...] = ()
    årshjul: tuple[Årshjulsrad, ...] = ()
    behov: tuple[Behovsrad, ...] = ()
    projekt: tuple[Projekt, ...] = ()
    beslut: tuple[Beslutspunkt, ...] = ()
