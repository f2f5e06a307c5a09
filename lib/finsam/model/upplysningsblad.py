"""The sheets of `underlag.xlsx` that hold what the law asks to be told and no ledger knows."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from finsam.model.underlagsrad import Id, Underlagsrad

Sjukgrupp = Literal["alla", "kvinnor", "män", "29 år eller yngre", "30–49 år", "50 år eller äldre"]

Uppdragspunkt = Literal[
    "mål och riktlinjer",
    "stöd till samverkan",
    "finansiering av insatser",
    "medlens användning",
    "uppföljning och utvärdering",
    "budget och årsredovisning",
]
"""The tasks of Finsam 7 §, in its order."""


class Underskott(Underlagsrad):
    """An earlier year's negative balanskravsresultat and what has become of it (LKBR 11 kap. 11 §)."""

    blad = "Balanskrav"
    om = "Tidigare års negativa balanskravsresultat: vad som är återställt och vad som återstår. En rad per år."

    år: int = Field(alias="År", description="året då underskottet uppkom")
    underskott: Decimal = Field(alias="Underskott", description="kronor, utan minus")
    förut: Decimal = Field(default=Decimal(0), alias="Återställt förut", description="före årets början, kronor")
    i_år: Decimal = Field(default=Decimal(0), alias="Återställt i år", description="kronor")
    undantaget: Decimal = Field(
        default=Decimal(0), alias="Återställs inte", description="enligt beslut om synnerliga skäl, kronor"
    )
    skäl: str = Field(default="", alias="Skäl", description="de synnerliga skälen, eller hur resten ska återställas")
    källa: str = Field(default="", alias="Källa", description="beslutet")


class Personalgrupp(Underlagsrad):
    """A group of employees at the end of the year (LKBR 11 kap. 5 §)."""

    blad = "Personal"
    om = (
        "De anställda vid årets slut, en grupp per rad, t.ex. kansliet eller ett projekt. Tillsammans är de lika många "
        "som i raderna medarbetare och kvinnor i bladet Uppgifter. Utan rader blir det ingen tabell."
    )

    id: Id = Field(alias="Id")
    grupp: str = Field(alias="Grupp")
    kvinnor: int = Field(alias="Kvinnor", description="antal")
    män: int = Field(alias="Män", description="antal")
    årsarbetare: Decimal | None = Field(default=None, alias="Årsarbetare", description="heltider, t.ex. 2,5")
    förra: int | None = Field(default=None, alias="Förra året", description="antal i gruppen vid förra årets slut")
    källa: str = Field(default="", alias="Källa")


class Sjukfrånvaro(Underlagsrad):
    """Sickness absence of a group of employees (LKBR 11 kap. 6 §)."""

    blad = "Sjukfrånvaro"
    om = (
        "Sjukfrånvaron, om de anställda i medeltal är fler än tio. Skriv alla grupper: rapporten visar inte en grupp "
        "som har högst tio anställda."
    )
    räknar_personer = True

    grupp: Sjukgrupp = Field(alias="Grupp")
    antal: int = Field(alias="Anställda", description="antal i gruppen")
    frånvaro: Decimal = Field(alias="Frånvaro", description="% av gruppens ordinarie arbetstid")
    lång: Decimal | None = Field(default=None, alias="Minst 60 dagar", description="% av sjukfrånvaron; bara för alla")
    källa: str = Field(default="", alias="Källa")


class Revisionsanmärkning(Underlagsrad):
    """What the revisorer remarked on last year, and its state."""

    blad = "Revisionens anmärkningar"
    om = "Vad revisorerna anmärkte på eller rekommenderade för förra året, och hur långt det har kommit."

    anmärkning: str = Field(alias="Anmärkning")
    läge: Literal["åtgärdat", "pågår", "ej åtgärdat"] = Field(alias="Läge")
    åtgärd: str = Field(default="", alias="Åtgärd", description="vad som är gjort eller ska göras")
    ansvarig: str = Field(default="", alias="Ansvarig")
    källa: str = Field(default="", alias="Källa", description="revisionsrapporten")


class Uppdragsrad(Underlagsrad):
    """How one of the förbund's tasks by law was done (Finsam 7 §). The text may hold facts."""

    blad = "Uppdrag"
    om = (
        "Hur förbundet har utfört uppgifterna i 7 § lag (2003:1210), punkt för punkt. En punkt utan rad fylls ur "
        "bokföringen och de andra bladen när det går."
    )

    punkt: Uppdragspunkt = Field(alias="Punkt", description="uppgiften i 7 §")
    text: str = Field(alias="Text", description="kan hänvisa till fakta")
