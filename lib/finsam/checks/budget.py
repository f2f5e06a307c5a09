"""Checks of the budget against utfall, and of the driftredovisning against the resultaträkning (C40, C41)."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from finsam.checks.finding import Finding, Kontroll
from finsam.model.belopp import kr
from finsam.model.underlag import Budgetrad
from finsam.statements.redovisning import Redovisning

STÖRST = 50
"""How many times larger or smaller a budget may be than its utfall before the unit is doubted."""

RESULTAT = (
    "rr.verksamhetens_resultat",
    "rr.resultat_efter_finansiella_poster",
    "rr.arets_resultat",
)
"""What a driftredovisning can end in: a förbund may have its finansnetto among the rows."""


def check_budgetrader(r: Redovisning) -> Kontroll:
    """C40: budget rows have no minus, every year that has any row has them all, and amounts have the utfall's size."""
    versioner: dict[tuple[int, str], list[Budgetrad]] = defaultdict(list)
    for rad in r.år.underlag.budget:
        versioner[rad.år, rad.version].append(rad)
        if rad.belopp < 0:
            text = f"Budgeten för {rad.post} {rad.år} är {kr(rad.belopp)}; belopp skrivs utan minus."
            yield Finding("C40", "varning", text, f"Budget, rad {rad.rad}", "LKBR 10 kap. 1 §", rad.belopp)
    alla = {rad.id for rad in r.år.förbund.driftredovisning}
    for (år, version), rader in sorted(versioner.items()):
        saknas = sorted(alla - {rad.post for rad in rader})
        ersätter = version == "reviderad" and (år, "ursprunglig") in versioner
        if saknas and not ersätter:
            text = f"Budgeten för {år} ({version}) saknar {', '.join(saknas)} men har andra rader. Stämmer året?"
            yield Finding("C40", "varning", text, r.år.underlag.fil, "LKBR 10 kap. 1 §")
    for okänd in (rad for rad in r.år.underlag.budget if rad.post not in alla):
        text = f"Budgetraden {okänd.post} finns inte i driftredovisningen (forbund.yml), så den visas inte."
        yield Finding("C40", "varning", text, f"Budget, rad {okänd.rad}", "LKBR 10 kap. 1 §")
    for post in r.år.förbund.driftredovisning:
        yield from _check_storlek(r, post.id, post.etikett)


def _check_storlek(r: Redovisning, id_: str, etikett: str) -> Kontroll:
    utfall = r.fakta[f"drift.{id_}.utfall/{r.år.period}"].värde
    for del_, ord_ in (("budget", "budgeten"), ("budget_ursprunglig", "den ursprungliga budgeten")):
        budget = r.fakta[f"drift.{id_}.{del_}/{r.år.period}"].värde
        if budget and utfall and not Decimal(1) / STÖRST <= abs(budget / utfall) <= STÖRST:
            text = f"{etikett}: {ord_} är {kr(budget)} kr men utfallet {kr(utfall)} kr. Är enheten fel?"
            yield Finding("C40", "varning", text, "driftredovisning", "LKBR 10 kap. 1 §", budget - utfall)


def check_driftredovisning(r: Redovisning) -> Kontroll:
    """C41: the driftredovisning's utfall ends in a result of the resultaträkning, for both years."""
    for period in (r.år.period, r.år.föregående):
        utfall = r.fakta[f"drift.resultat.utfall/{period}"].värde
        möjliga = [r.fakta[n].värde for id_ in RESULTAT if (n := f"{id_}/{period}") in r.fakta]
        if utfall is not None and möjliga[0] is not None and utfall not in möjliga:
            belopp = f"{kr(utfall)} kr men resultaträkningens {kr(möjliga[0])} kr"
            text = f"Driftredovisningens resultat {period} är {belopp}. Rätta driftredovisning i forbund.yml."
            yield Finding("C41", "fel", text, "driftredovisning", "LKBR 10 kap. 1 §", utfall - möjliga[0])
