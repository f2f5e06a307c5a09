"""The sheets of `underlag.xlsx` that a verksamhetsplan needs: one class a sheet, one instance a row."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from finsam.model.underlagsrad import Id, Mätenhet, Underlagsrad


class Planrad(Underlagsrad):
    """A row of the budget over three years: an amount, or a group that adds up the rows under it."""

    blad = "Budgetplan"
    om = "Verksamhetsplanens budget: budgetåret och två planår. Belopp i kronor, kostnader utan minus. Summor räknas."

    id: Id = Field(alias="Id")
    benämning: str = Field(alias="Benämning")
    typ: Literal[
        "grupp",
        "medlemsbidrag",
        "extern intäkt",
        "individinsats",
        "strukturinsats",
        "insats",
        "administration",
        "finansiell intäkt",
        "finansiell kostnad",
    ] = Field(
        alias="Typ",
        description="grupp för en rubrik med summa, annars vad raden är; insats om den inte är fördelad på slag",
    )
    grupp: str = Field(default="", alias="Grupp", description="id för gruppen som raden hör till")
    summarad: str = Field(default="", alias="Summarad", description="grupper: vad summan heter, tomt för ingen summa")
    budget: Decimal | None = Field(default=None, alias="Budget", description="budgetåret")
    plan1: Decimal | None = Field(default=None, alias="Plan 1", description="första planåret")
    plan2: Decimal | None = Field(default=None, alias="Plan 2", description="andra planåret")
    ursprunglig: Decimal | None = Field(default=None, alias="Ursprunglig", description="om budgeten är reviderad")
    källa: str = Field(default="", alias="Källa")


class Planmål(Underlagsrad):
    """A goal of the verksamhetsplan, or what belongs to it: a mätpunkt, an indikator, an aktivitet."""

    blad = "Planmål"
    om = "Verksamhetsplanens mål. Mätpunkter, indikatorer och aktiviteter pekar på sitt mål eller sitt område."

    id: Id = Field(alias="Id")
    område: str = Field(alias="Område", description="målområdets id")
    mål: str = Field(default="", alias="Mål", description="id för målet som raden hör till")
    insats: str = Field(default="", alias="Insats", description="insatsens id")
    slag: Literal["mål", "mätpunkt", "indikator", "aktivitet"] = Field(alias="Slag")
    text: str = Field(alias="Text")
    jämförelse: Literal["minst", "mer än", "högst", "mellan", ""] = Field(default="", alias="Jämförelse")
    gräns: Decimal | None = Field(default=None, alias="Gräns")
    övre: Decimal | None = Field(default=None, alias="Övre gräns")
    enhet: Mätenhet = Field(default="", alias="Enhet")
    fakta: str = Field(default="", alias="Fakta", description="faktat i budgeten som målet gäller")
    kommentar: str = Field(default="", alias="Gräns i ord", description="hur måluppfyllelsen avgörs")


class Möte(Underlagsrad):
    """A meeting of the year."""

    blad = "Möten"
    om = "Årets möten. De blir en tabell och en kalenderfil (.ics)."

    datum: date = Field(alias="Datum")
    start: str = Field(default="", alias="Start", description="klockslag, 09:00")
    slut: str = Field(default="", alias="Slut", description="klockslag, 12:00")
    organ: str = Field(alias="Organ", description="styrelse, beredningsgrupp, presidium …")
    innehåll: str = Field(default="", alias="Innehåll")
    plats: str = Field(default="", alias="Plats")


class Årshjulsrad(Underlagsrad):
    """What is done in a month of every year."""

    blad = "Årshjul"
    om = "Återkommande händelser per månad. De ritas som ett hjul."

    månad: int = Field(alias="Månad", ge=1, le=12, description="1–12")
    händelse: str = Field(alias="Händelse")
    organ: str = Field(default="", alias="Organ")


class Behovsrad(Underlagsrad):
    """A share of the inhabitants in need, by kommun and kön."""

    blad = "Behov"
    om = "Underlag för behov, till exempel helårsekvivalenter per kommun och kön, i procent."

    mått: Id = Field(alias="Mått", description="id, t.ex. helarsekvivalenter")
    benämning: str = Field(alias="Benämning")
    plats: str = Field(alias="Område", description="medlemmens id, eller riket")
    kön: Literal["kvinnor", "män", ""] = Field(default="", alias="Kön")
    år: int = Field(alias="År", ge=2000, le=2099)
    andel: Decimal = Field(alias="Andel", description="procent")
    källa: str = Field(default="", alias="Källa")


class Projekt(Underlagsrad):
    """A project the förbund takes part in but does not finance."""

    blad = "Projekt"
    om = "Projekt som förbundet deltar i, till exempel ESF-projekt."

    namn: str = Field(alias="Namn")
    finansiär: str = Field(default="", alias="Finansiär")
    ägare: str = Field(default="", alias="Projektägare")
    tid: str = Field(default="", alias="Projekttid")
    innehåll: str = Field(default="", alias="Innehåll och effekt")


class Beslutspunkt(Underlagsrad):
    """A point of the decision on plan and budget. Amounts are references to facts."""

    blad = "Beslut"
    om = "Beslutspunkter. Belopp skrivs som hänvisningar: {budget.insatser | kr utan_tecken}."

    nr: int = Field(alias="Nr", ge=1)
    text: str = Field(alias="Text")
    kommentar: str = Field(default="", alias="Kommentar", description="står efter punkten, inte en del av beslutet")


PLANBLAD: tuple[type[Underlagsrad], ...] = (
    Planrad,
    Planmål,
    Möte,
    Årshjulsrad,
    Behovsrad,
    Projekt,
    Beslutspunkt,
)
"""Sheets of a verksamhetsplan; a workbook that has none of them has no rows there."""
