"""Checks that the insatser are those of the year, and the meetings too."""

from __future__ import annotations

from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.checks.kontroll import kontroll
from finsam.model.rapport import VERKSAMHETSPLAN, ÅRSREDOVISNING
from finsam.statements.redovisning import Redovisning

SLAG = ("individ", "struktur")


@kontroll(
    "C42",
    "Varje insats är av det slag som dess kostnader är, och pågår under året.",
    saknas="inga insatser (bladet Insatser)",
    i=(ÅRSREDOVISNING, VERKSAMHETSPLAN),
)
def check_insatser(r: Redovisning) -> Kontroll:
    """An insats is of the kind that its costs are, and goes on for some of the year."""
    for insats in r.år.underlag.insatser:
        plats, grupp = f"Insatser, rad {insats.rad}", insats.funktion.partition(".")[0]
        yield Prövat((grupp in SLAG) + bool(insats.till) + bool(insats.från) + bool(insats.från and insats.till))
        if not (insats.från or insats.till):
            yield Prövat(0, "om alla insatser pågår under året (Från och Till är tomma i bladet Insatser)")
        if grupp in SLAG and grupp != insats.slag:
            text = f"{insats.namn} är av slaget {insats.slag} men har funktionen {insats.funktion}."
            yield Finding("varning", f"{text} Rätta Slag eller Funktion.", plats)
        if insats.till and insats.till.year < r.år.årtal:
            text = f"{insats.namn} slutade {insats.till.isoformat()}, före {r.år.årtal}. Stämmer Till?"
            yield Finding("varning", text, plats)
        if insats.från and insats.från.year > r.år.årtal:
            text = f"{insats.namn} börjar {insats.från.isoformat()}, efter {r.år.årtal}. Stämmer Från?"
            yield Finding("varning", text, plats)
        if insats.från and insats.till and insats.från > insats.till:
            text = f"{insats.namn} slutar {insats.till.isoformat()}, före sin början {insats.från.isoformat()}."
            yield Finding("varning", text, plats)


@kontroll(
    "C43",
    "Mötena är under budgetåret.",
    saknas="inga möten (bladet Möten)",
    i=(VERKSAMHETSPLAN,),
)
def check_möten(r: Redovisning) -> Kontroll:
    """The meetings of a plan are in its year."""
    for möte in r.år.underlag.möten:
        yield Prövat()
        if möte.datum.year != r.år.årtal:
            text = f"Mötet {möte.datum.isoformat()} ({möte.organ}) är inte under {r.år.årtal}. Stämmer året?"
            yield Finding("varning", text, f"Möten, rad {möte.rad}")
