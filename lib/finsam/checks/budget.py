"""Checks of the budget against utfall, and of the driftredovisning against the resultaträkning."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.checks.kontroll import kontroll
from finsam.model.belopp import TKR, kr
from finsam.model.rapport import VERKSAMHETSPLAN, ÅRSREDOVISNING
from finsam.model.underlag import Budgetrad
from finsam.statements.medlemsbidrag import räknade
from finsam.statements.redovisning import Redovisning

STÖRST = 5
"""How many times larger or smaller a budget may be than its utfall before its unit and digits are doubted."""
STÖRST_I_PLAN = 50
"""The same for a row of a plan from one year to another: there a row may begin or end."""
MINST_I_PLAN = 100
"""Kronor that no row of a budget is under."""

RESULTAT = (
    "rr.verksamhetens_resultat",
    "rr.resultat_efter_finansiella_poster",
    "rr.arets_resultat",
)
"""What a driftredovisning can end in: a förbund may have its finansnetto among the rows."""


@kontroll(
    "C40",
    "Budgetens rader är fullständiga och har utfallets storleksordning.",
    lag="LKBR 10 kap. 1 §",
    saknas="ingen budget (bladet Budget)",
    i=(ÅRSREDOVISNING,),
)
def check_budgetrader(r: Redovisning) -> Kontroll:
    """Budget rows have no minus, every year that has any row has them all, and amounts have the utfall's size."""
    versioner: dict[tuple[int, str], list[Budgetrad]] = defaultdict(list)
    for rad in r.år.underlag.budget:
        versioner[rad.år, rad.version].append(rad)
        yield Prövat()
        if rad.belopp < 0:
            text = f"Budgeten för {rad.post} {rad.år} är {kr(rad.belopp)}; belopp skrivs utan minus."
            yield Finding("varning", text, f"Budget, rad {rad.rad}", rad.belopp)
    alla = {rad.id for rad in r.år.förbund.driftredovisning}
    for (år, version), rader in sorted(versioner.items()):
        saknas = sorted(alla - {rad.post for rad in rader})
        yield Prövat()
        ersätter = version == "reviderad" and (år, "ursprunglig") in versioner
        if saknas and not ersätter:
            text = f"Budgeten för {år} ({version}) saknar {', '.join(saknas)} men har andra rader. Stämmer året?"
            yield Finding("varning", text, r.år.underlag.fil)
    for okänd in (rad for rad in r.år.underlag.budget if rad.post not in alla):
        text = f"Budgetraden {okänd.post} finns inte i driftredovisningen (forbund.yml), så den visas inte."
        yield Finding("varning", text, f"Budget, rad {okänd.rad}")
    for post in r.år.förbund.driftredovisning:
        yield from _check_storlek(r, post.id, post.etikett)
        if post.av == räknade(r.fakta[f"medlemsbidrag/{r.år.period}"]):
            yield from _check_bidrag(r, post.id, post.etikett)


def _check_bidrag(r: Redovisning, id_: str, etikett: str) -> Kontroll:
    """The row that is the contributions has what the members have decided, but for rounding to thousands."""
    nycklar = f"drift.{id_}.budget/{r.år.period}", f"medlemsbidrag.beslutat/{r.år.period}"
    budget, beslutat = (r.fakta.värde(nyckel) for nyckel in nycklar)
    if budget is None or beslutat is None:
        return
    yield Prövat()
    if abs(budget - beslutat) >= TKR:
        text = f"{etikett}: budgeten är {kr(budget)} kr men medlemmarna har beslutat {kr(beslutat)} kr."
        lag = "lag (2003:1210) 5 §"
        yield Finding("varning", text, "driftredovisning", budget - beslutat, lag=lag, fakta=nycklar)


def _check_storlek(r: Redovisning, id_: str, etikett: str) -> Kontroll:
    utfall = r.fakta[f"drift.{id_}.utfall/{r.år.period}"].värde
    for del_, ord_ in (("budget", "budgeten"), ("budget_ursprunglig", "den ursprungliga budgeten")):
        budget = r.fakta[f"drift.{id_}.{del_}/{r.år.period}"].värde
        if not (budget and utfall):
            continue
        yield Prövat()
        sagt = del_ != "budget" and budget == r.fakta[f"drift.{id_}.budget/{r.år.period}"].värde
        if not sagt and not Decimal(1) / STÖRST <= abs(budget / utfall) <= STÖRST:
            text = f"{etikett}: {ord_} är {kr(budget)} kr men utfallet {kr(utfall)} kr. Är enheten eller en siffra fel?"
            fakta = tuple(f"drift.{id_}.{ett}/{r.år.period}" for ett in (del_, "utfall"))
            yield Finding("varning", text, "driftredovisning", budget - utfall, fakta=fakta)


@kontroll(
    "C41",
    "Driftredovisningens resultat är resultaträkningens.",
    lag="LKBR 10 kap. 1 §",
    saknas="driftredovisningen har inga rader (driftredovisning i forbund.yml)",
    i=(ÅRSREDOVISNING,),
    avstämning=True,
)
def check_driftredovisning(r: Redovisning) -> Kontroll:
    """The driftredovisning's utfall ends in a result of the resultaträkning, for both years."""
    for period in (r.år.period, r.år.föregående):
        utfall = r.fakta[f"drift.resultat.utfall/{period}"].värde
        möjliga = [r.fakta[n].värde for id_ in RESULTAT if (n := f"{id_}/{period}") in r.fakta]
        if utfall is None or möjliga[0] is None:
            continue
        yield Prövat()
        if utfall not in möjliga:
            belopp = f"{kr(utfall)} kr men resultaträkningens {kr(möjliga[0])} kr"
            text = f"Driftredovisningens resultat {period} är {belopp}. Rätta driftredovisning i forbund.yml."
            fakta = (f"drift.resultat.utfall/{period}", f"rr.arets_resultat/{period}")
            yield Finding("fel", text, "driftredovisning", utfall - möjliga[0], fakta=fakta)


@kontroll(
    "C40",
    "Budgetens belopp är utan minus och har samma storleksordning år för år.",
    lag="KL 11 kap. 6 §",
    saknas="inga belopp (bladet Budgetplan)",
    i=(VERKSAMHETSPLAN,),
)
def check_planrader(r: Redovisning) -> Kontroll:
    """Amounts of a plan's budget have no minus, and a row has the same size from year to year."""
    for rad in r.år.underlag.budgetplan:
        belopp = [b for b in (rad.budget, rad.plan1, rad.plan2, rad.ursprunglig) if b]
        plats = f"Budgetplan, rad {rad.rad}"
        yield Prövat(int(bool(belopp)))
        if any(b < 0 for b in belopp):
            text = f"{rad.benämning} har {kr(min(belopp))} kr i bladet Budgetplan; belopp skrivs utan minus."
            yield Finding("varning", text, plats)
        elif belopp and max(belopp) / min(belopp) > STÖRST_I_PLAN:
            text = f"{rad.benämning} har {kr(min(belopp))} kr ett år och {kr(max(belopp))} kr ett annat."
            yield Finding("varning", f"{text} Är enheten fel?", plats)
        elif belopp and min(belopp) < MINST_I_PLAN:
            text = f"{rad.benämning} har {kr(min(belopp))} kr i bladet Budgetplan, där belopp är kronor."
            yield Finding("varning", f"{text} Är enheten fel?", plats)
