"""What a verksamhetsplan says of a year's budget, by the rows of the driftredovisning."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from finsam.model.fakta import Faktabas
from finsam.model.forbund import Förbund
from finsam.model.underlag import Budgetrad
from finsam.report.bok import Bok

I_PLANEN: Mapping[frozenset[str], tuple[str, int]] = {
    frozenset({"rr.verksamhetens_intakter"}): ("budget.intakter", 1),
    frozenset({"-kostnad.individ"}): ("budget.individinsatser", -1),
    frozenset({"-kostnad.struktur"}): ("budget.strukturinsatser", -1),
    frozenset({"-kostnad.individ", "-kostnad.struktur"}): ("budget.insatser", -1),
    frozenset({"-kostnad.administration"}): ("budget.administration", -1),
    frozenset({"rr.verksamhetens_kostnader"}): ("budget.kostnader", -1),
}
"""What a row of the driftredovisning adds up, the plan's word for the same, and the sign that makes it an amount."""


def planens_budget(plan: Bok, år: int, förbund: Förbund | None = None) -> dict[str, Budgetrad]:
    """A plan's budget for a year as rows of the sheet Budget: decided for the plan's own year, else only planned.

    The rows are those of `förbund`, else of the settings that the plan was read with.
    """
    eget = plan.år.årtal == år
    källa = f"Verksamhetsplan {år}" if eget else f"Verksamhetsplan {plan.år.årtal}, plan för {år}; inte beslutad budget"
    ändrad = eget and any(rad.ursprunglig is not None for rad in plan.år.underlag.budgetplan)
    return {
        post: Budgetrad(
            post=post,
            år=år,
            belopp=belopp,
            enhet="kr",
            version="reviderad" if ändrad else "ursprunglig",
            beslutad=_beslutsdatum(plan) if eget and not ändrad else None,
            källa=källa,
        )
        for post, belopp in budget_ur_plan(plan.fakta, år, förbund or plan.år.förbund).items()
    }


def _beslutsdatum(plan: Bok) -> date | None:
    dagar = [u.värde for u in plan.år.underlag.uppgifter if u.id == "beslutsdatum"]
    return next((dag for dag in dagar if isinstance(dag, date)), None)


def budget_ur_plan(fakta: Faktabas, år: int, förbund: Förbund) -> dict[str, Decimal]:
    """A plan's amounts for a year by row of the driftredovisning, without sign (kronor).

    Only rows that the plan tells apart: insatser it has not divided by kind are in no row for one kind.
    """
    blandat = fakta.get(f"budget.insatser_ofordelade/{år}")
    funna = {}
    for rad in förbund.driftredovisning:
        id_, tecken = I_PLANEN.get(frozenset(rad.av), ("", 1))
        planerat = fakta.get(f"{id_}/{år}")
        delas = id_ in ("budget.individinsatser", "budget.strukturinsatser") and blandat is not None and blandat.värde
        if planerat is not None and planerat.värde is not None and not delas:
            funna[rad.id] = planerat.värde * tecken
    return funna
