"""What a verksamhetsplan says of a year's budget, by the rows of the driftredovisning."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from finsam.model.fakta import Faktabas
from finsam.model.forbund import Förbund

I_PLANEN: Mapping[frozenset[str], tuple[str, int]] = {
    frozenset({"rr.verksamhetens_intakter"}): ("budget.intakter", 1),
    frozenset({"-kostnad.individ"}): ("budget.individinsatser", -1),
    frozenset({"-kostnad.struktur"}): ("budget.strukturinsatser", -1),
    frozenset({"-kostnad.individ", "-kostnad.struktur"}): ("budget.insatser", -1),
    frozenset({"-kostnad.administration"}): ("budget.administration", -1),
    frozenset({"rr.verksamhetens_kostnader"}): ("budget.kostnader", -1),
}
"""What a row of the driftredovisning adds up, the plan's word for the same, and the sign that makes it an amount."""


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
