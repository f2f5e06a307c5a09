"""The sheets of `underlag.xlsx` on participants and surveys: counts and shares, never persons."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from finsam.model.underlagsrad import Id, Underlagsrad


class Deltagarrad(Underlagsrad):
    """A number of participants, never a person."""

    blad = "Deltagare"
    räknar_personer = True
    om = (
        "Antal deltagare per insats och mått, gärna per kön och kommun. Bara antal, aldrig personer. "
        "Små grupper skrivs som de är: rapporten visar dem inte."
    )

    insats: str = Field(alias="Insats")
    mått: Id = Field(alias="Mått", description="id, t.ex. totalt, nya, avslutade")
    benämning: str = Field(alias="Benämning", description="börja med varav för en del av måttet ovanför")
    år: int = Field(alias="År")
    kön: Literal["kvinnor", "män", ""] = Field(default="", alias="Kön")
    kommun: str = Field(default="", alias="Kommun", description="medlemmens id")
    antal: int = Field(alias="Antal")
    källa: str = Field(default="", alias="Källa")


class Enkätsvar(Underlagsrad):
    """How many gave one of the answers to a question of a survey."""

    blad = "Enkätsvar"
    räknar_personer = True
    om = (
        "Enkäternas svar, en rad per fråga och svarsalternativ. Bara antal, aldrig enskilda svar. "
        "Bladet Indikatorer säger vilka svar som räknas; rapporten visar andelen, inte raderna här."
    )

    insats: str = Field(alias="Insats")
    enkätfråga: Id = Field(alias="Enkätfråga", description="id, t.ex. q1")
    fråga: str = Field(default="", alias="Fråga")
    skala: Literal["frekvens", "grad", "ja/nej", "egen"] = Field(alias="Skala")
    svarsalternativ: str = Field(alias="Svarsalternativ", description="ett ord ur skalan, t.ex. för det mesta")
    antal: int = Field(alias="Antal")
    år: int = Field(alias="År")
    källa: str = Field(default="", alias="Källa")


class Indikator(Underlagsrad):
    """A survey result: the share that answered within the success set, typed or computed from Enkätsvar."""

    blad = "Indikatorer"
    räknar_personer = True
    om = (
        "Enkätresultat (NNS indikatorer och egna enkäter). Med Enkätfråga räknas andel och antal svar ur bladet "
        "Enkätsvar; annars skrivs de här. Samma fråga kan ha flera rader med olika Skala."
    )

    insats: str = Field(alias="Insats")
    id: Id = Field(alias="Id")
    fråga: str = Field(alias="Fråga")
    skala: str = Field(
        default="", alias="Skala", description="svar som räknas som lyckade: ofta, alltid; eller: delvis eller mer"
    )
    andel: Decimal | None = Field(default=None, alias="Andel", description="procent, 93 betyder 93 %")
    svar: int | None = Field(default=None, alias="Antal svar")
    enkätfråga: str = Field(default="", alias="Enkätfråga", description="id i bladet Enkätsvar, om andelen ska räknas")
    källa: str = Field(default="", alias="Källa")
