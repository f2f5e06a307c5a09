"""Resultaträkning (LKBR 5 kap. 2 §), without the tax lines that a förbund never has."""

from __future__ import annotations

from finsam.model.fakta import Faktabas
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.tabell import Tabell
from finsam.statements.delar import Del
from finsam.statements.uppstallning import Delsumma, Post, formtabell, fyll

FORM = (
    Post("rr.verksamhetens_intakter", "Verksamhetens intäkter", "Intäkter i den egna verksamheten, medlemsbidragen."),
    Post("rr.verksamhetens_kostnader", "Verksamhetens kostnader", "Insatser och administration."),
    Post("rr.avskrivningar", "Avskrivningar", "Årets av- och nedskrivningar.", alltid=False),
    Delsumma(
        "rr.verksamhetens_resultat",
        "Verksamhetens resultat",
        "Verksamhetens intäkter minus verksamhetens kostnader och avskrivningar.",
        ("rr.verksamhetens_intakter", "rr.verksamhetens_kostnader", "rr.avskrivningar"),
    ),
    Post("rr.finansiella_intakter", "Finansiella intäkter", "Ränteintäkter och andra finansiella intäkter."),
    Post("rr.finansiella_kostnader", "Finansiella kostnader", "Räntor, bankavgifter och andra finansiella kostnader."),
    Delsumma(
        "rr.resultat_efter_finansiella_poster",
        "Resultat efter finansiella poster",
        "Verksamhetens resultat med finansiella intäkter och kostnader.",
        ("rr.verksamhetens_resultat", "rr.finansiella_intakter", "rr.finansiella_kostnader"),
    ),
    Post("rr.extraordinara_poster", "Extraordinära poster", "Extraordinära intäkter och kostnader."),
    Delsumma(
        "rr.arets_resultat",
        "Årets resultat",
        "Alla intäkter minus alla kostnader under året.",
        ("rr.resultat_efter_finansiella_poster", "rr.extraordinara_poster"),
        "summa",
    ),
)


def fyll_resultaträkning(år: Räkenskapsår, fakta: Faktabas) -> None:
    """Make the facts rr.* for both years, and finansnetto."""
    fyll(FORM, år, fakta)
    for period in (år.period, år.föregående):
        termer = [(1, f"rr.finansiella_intakter/{period}"), (1, f"rr.finansiella_kostnader/{period}")]
        fakta.summa("finansnetto", period, termer, "Finansiella intäkter minus finansiella kostnader.")


def resultaträkning(år: Räkenskapsår, fakta: Faktabas) -> Tabell:
    """The resultaträkning of a year with the year before."""
    utan_minus = år.förbund.tecken.resultaträkning == "utan"
    return formtabell("resultatrakning", "Resultaträkning", FORM, år, fakta, utan_minus)


DEL = Del(fyll_resultaträkning, lambda år, fakta: (resultaträkning(år, fakta),))
