"""The sheets of `underlag.xlsx` that close the books: what was reconciled, projects, intern kontroll."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from finsam.model.underlagsrad import Id, Underlagsrad


class Avstämning(Underlagsrad):
    """What the balance of a konto was checked against, and by whom (LKBR 4 kap. 6 §)."""

    blad = "Avstämningar"
    om = "Vad kontona i balansräkningen är avstämda mot. Arbetsboken visar det i bokslutsspecifikationen."

    konto: str = Field(alias="Konto")
    belopp: Decimal = Field(alias="Belopp", description="kronor enligt det man stämde av mot; skulder utan minus")
    mot: str = Field(alias="Avstämt mot", description="kontoutdrag, reskontra, beräkning, beslut …")
    av: str = Field(alias="Av", description="den som stämde av")
    datum: date | None = Field(default=None, alias="Datum")
    kommentar: str = Field(default="", alias="Kommentar")


class Projektrad(Underlagsrad):
    """A project with accounts of its own, that somebody else helps to pay.

    `kostnader`, `intäkter` and `förskott` are facts that the ledger gives. Amounts are kronor without sign.
    """

    blad = "Projektredovisning"
    om = "Projekt som förbundet driver med bidrag från ESF, EU eller någon annan. Beloppen hämtas ur bokföringen."

    id: Id = Field(alias="Id")
    namn: str = Field(alias="Namn")
    finansiär: str = Field(alias="Finansiär")
    kostnader: str = Field(
        alias="Kostnader", description="faktat som är projektets kostnader, t.ex. kostnad.individ.steget"
    )
    intäkter: str = Field(alias="Intäkter", description="faktat som är finansiärens bidrag, t.ex. not.intakter.esf")
    förskott: str = Field(
        default="", alias="Förskott", description="faktat som är skulden för oförbrukat bidrag, t.ex. not.skulder.esf"
    )
    från: date = Field(alias="Från")
    till: date = Field(alias="Till")
    beviljat: Decimal = Field(alias="Beviljat", description="bidraget till hela projektet, kronor")
    andel: Decimal | None = Field(
        default=None, alias="Andel", description="procent av de stödgrundande kostnaderna som finansiären betalar"
    )
    stödgrundande: str = Field(
        default="", alias="Stödgrundande konton", description="kontonummer eller deras början; tomt för alla kostnader"
    )
    utbetalt: Decimal | None = Field(
        default=None, alias="Utbetalt", description="av finansiären från projektets början till årets slut, kronor"
    )
    tidigare_intäkter: Decimal = Field(
        default=Decimal(0), alias="Tidigare intäkter", description="före förra året, kronor"
    )
    tidigare_kostnader: Decimal = Field(
        default=Decimal(0), alias="Tidigare kostnader", description="före förra året, kronor"
    )
    källa: str = Field(default="", alias="Källa")


class Kontrollmoment(Underlagsrad):
    """A risk, how it is controlled, and how that came out."""

    blad = "Intern kontroll"
    om = "Årets interna kontroll: en risk per rad, hur den kontrolleras och vad kontrollen visade."

    risk: str = Field(alias="Risk")
    kontroll: str = Field(alias="Kontroll")
    ansvarig: str = Field(default="", alias="Ansvarig", description="funktion, inte namn")
    läge: Literal["utan anmärkning", "med anmärkning", "ej genomförd", ""] = Field(default="", alias="Läge")
    utfall: str = Field(default="", alias="Utfall", description="vad kontrollen visade och vad som görs")


BOKSLUTSBLAD = (Avstämning, Projektrad, Kontrollmoment)
