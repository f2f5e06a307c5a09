"""Costs that are booked on the objekt of an insats, on a konto that is counted as something else."""

from __future__ import annotations

from collections import defaultdict

from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.checks.kontroll import kontroll
from finsam.model.belopp import NOLL, kr
from finsam.model.rapport import ÅRSREDOVISNING
from finsam.statements.redovisning import Redovisning


@kontroll(
    "C94",
    "Det som är bokfört på en insats objekt räknas till insatsen.",
    saknas="inga insatser har ett eget objekt i kontoplan.csv",
    i=(ÅRSREDOVISNING,),
)
def check_insatsobjekt(r: Redovisning) -> Kontroll:
    """A konto that is not divided by objekt has nothing on the objekt of an insats, unless it is that insats' konto."""
    insatser = {insats.funktion: insats for insats in r.år.underlag.insatser}
    funktioner: dict[str, set[str]] = defaultdict(set)
    for rad in r.år.kontoplan.rader:
        if rad.objekt and rad.funktion:
            funktioner[rad.objekt].add(rad.funktion)
    ägda = {objekt: insatser[f] for objekt, (f, *fler) in funktioner.items() if not fler and f in insatser}
    bokår = r.år.bokföring.år.get(0)
    for (konto, (dim, kod)), belopp in sorted(bokår.objekt.items()) if bokår else ():
        insats = ägda.get(f"{dim}:{kod}")
        rader = r.år.kontoplan.träffar(konto)
        if insats is None or len(rader) != 1 or rader[0].objekt or not rader[0].funktion:
            continue
        yield Prövat()
        if belopp != NOLL and rader[0].funktion != insats.funktion:
            har = f"Konto {konto} har {kr(belopp)} kr på objekt {dim}:{kod} ({insats.namn})"
            text = f"{har}, men allt på kontot räknas till {rader[0].funktion}."
            yield Finding("varning", f"{text} Dela kontot på objekt, eller rätta objektet.", r.år.kontoplan.fil, belopp)
