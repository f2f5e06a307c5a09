"""Checks that the insatser are those of the year, and the meetings too (C42, C43)."""

from __future__ import annotations

from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.statements.redovisning import Redovisning

SLAG = ("individ", "struktur")


def check_insatser(r: Redovisning) -> Kontroll:
    """C42: an insats is of the kind that its costs are, and goes on for some of the year."""
    for insats in r.år.underlag.insatser:
        plats, grupp = f"Insatser, rad {insats.rad}", insats.funktion.partition(".")[0]
        yield Prövat((grupp in SLAG) + bool(insats.till) + bool(insats.från) + bool(insats.från and insats.till))
        if not (insats.från or insats.till):
            yield Prövat(0, "om alla insatser pågår under året (Från och Till är tomma i bladet Insatser)")
        if grupp in SLAG and grupp != insats.slag:
            text = f"{insats.namn} är av slaget {insats.slag} men har funktionen {insats.funktion}."
            yield Finding("C42", "varning", f"{text} Rätta Slag eller Funktion.", plats)
        if insats.till and insats.till.year < r.år.årtal:
            text = f"{insats.namn} slutade {insats.till.isoformat()}, före {r.år.årtal}. Stämmer Till?"
            yield Finding("C42", "varning", text, plats)
        if insats.från and insats.från.year > r.år.årtal:
            text = f"{insats.namn} börjar {insats.från.isoformat()}, efter {r.år.årtal}. Stämmer Från?"
            yield Finding("C42", "varning", text, plats)
        if insats.från and insats.till and insats.från > insats.till:
            text = f"{insats.namn} slutar {insats.till.isoformat()}, före sin början {insats.från.isoformat()}."
            yield Finding("C42", "varning", text, plats)


def check_möten(r: Redovisning) -> Kontroll:
    """C43: the meetings of a plan are in its year."""
    for möte in r.år.underlag.möten:
        yield Prövat()
        if möte.datum.year != r.år.årtal:
            text = f"Mötet {möte.datum.isoformat()} ({möte.organ}) är inte under {r.år.årtal}. Stämmer året?"
            yield Finding("C43", "varning", text, f"Möten, rad {möte.rad}")
