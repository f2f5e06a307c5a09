"""Checks of medlemsbidrag: shares, what was booked against what was decided, member by member."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal

from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.checks.kontroll import kontroll
from finsam.model.belopp import NOLL, kr
from finsam.model.rapport import VERKSAMHETSPLAN, ÅRSREDOVISNING
from finsam.statements.bidragsfordelning import RAM, fördela, kommunandelar
from finsam.statements.redovisning import Redovisning

LAG = "lag (2003:1210) 5 §"
ANDELAR = (("stat", 2, "Statens halva"), ("region", 4, "Regionens fjärdedel"), ("kommun", 4, "Kommunernas fjärdedel"))

AVRUNDAT = Decimal("0.5")
"""Kronor that the split may differ by from what is split: the kommuner's part is made whole kronor, once."""
HÖGST_RADER = 12
"""Rows of contributions whose sums are tried; with more, some sum is a half by chance."""


@kontroll(
    "C12",
    "Medlemsbidragen är bokförda som beslutat och delade hälften, fjärdedel, fjärdedel.",
    lag=LAG,
    saknas="inga beslutade bidrag (bladet Medlemsbidrag)",
    i=(ÅRSREDOVISNING,),
)
def check_medlemsbidrag(r: Redovisning) -> Kontroll:
    """The contributions are ½ state, ¼ region and ¼ kommuner, and the ledger has what was decided, by member."""
    yield from _check_medlemmar(r)
    for period in (r.år.period, r.år.föregående):
        yield from check_andelar(r, period)
        yield from _check_efter_invånare(r, period)
        yield from _check_bokfört(r, period)


def _check_medlemmar(r: Redovisning) -> Kontroll:
    """The members are the state, one region and one kommun or more."""
    antal = Counter(medlem.typ for medlem in r.år.förbund.medlemmar)
    if antal["region"] != 1 or not antal["stat"] or not antal["kommun"]:
        har = f"{antal['stat']} från staten, {antal['region']} region och {antal['kommun']} kommuner"
        text = f"Medlemmarna i forbund.yml är {har}; lagen säger staten, en region och en eller flera kommuner."
        yield Finding("varning", text, "forbund.yml")


def _check_efter_invånare(r: Redovisning, period: str) -> Kontroll:
    """Where every kommun has its inhabitants, the kommuner split their part by them, to the krona."""
    kommuner = {medlem.id: medlem.namn for medlem in r.år.förbund.medlemmar if medlem.typ == "kommun"}
    rader = {rad.medlem: rad for rad in r.år.underlag.medlemsbidrag if str(rad.år) == period and rad.medlem in kommuner}
    invånare = {id_: Decimal(rad.invånare) for id_, rad in rader.items() if rad.invånare}
    if not rader or len(invånare) < len(rader):
        return
    andelar = kommunandelar(invånare, r.år.förbund.bidragsnyckel.avrundning)
    delat = fördela(sum((rad.belopp for rad in rader.values()), NOLL), andelar)
    for id_, ska in delat.items():
        belopp = rader[id_].belopp
        yield Prövat()
        if abs(belopp - ska) > 1:
            text = f"Bidraget från {kommuner[id_]} {period} är {kr(belopp)} kr, men efter invånare {kr(ska)} kr."
            yield Finding("varning", f"{text} Stämmer Invånare?", f"Medlemsbidrag, rad {rader[id_].rad}")


def _beslutat(r: Redovisning, period: str) -> dict[str, Decimal]:
    """What each member has decided, in kronor, for those with a row."""
    nycklar = {medlem.id: f"medlemsbidrag.{medlem.id}/{period}" for medlem in r.år.förbund.medlemmar}
    return {id_: r.fakta[nyckel].värde or NOLL for id_, nyckel in nycklar.items() if nyckel in r.fakta}


def check_andelar(r: Redovisning, period: str) -> Kontroll:
    """Half, a quarter and a quarter of what is decided for a year."""
    beslutat = _beslutat(r, period)
    totalt = sum(beslutat.values(), NOLL)
    per_typ: dict[str, Decimal] = defaultdict(Decimal)
    for medlem in r.år.förbund.medlemmar:
        per_typ[medlem.typ] += beslutat.get(medlem.id, NOLL)
    for typ, del_, ord_ in ANDELAR if totalt else ():
        yield Prövat()
        if per_typ[typ] * del_ != totalt:
            ska = totalt / del_
            text = f"{ord_} {period} är {kr(per_typ[typ])} kr men ska vara {kr(ska)} kr av {kr(totalt)} kr."
            yield Finding("varning", text, "Medlemsbidrag", per_typ[typ] - ska)


def _check_bokfört(r: Redovisning, period: str) -> Kontroll:
    """The ledger has the sum that was decided, and each member's, where the note of income has a row for it."""
    beslutat = _beslutat(r, period)
    totalt, bokfört = sum(beslutat.values(), NOLL), r.fakta[f"medlemsbidrag/{period}"].värde
    yield Prövat(int(bool(totalt) and bokfört is not None))
    if totalt and bokfört is not None and bokfört != totalt:
        text = f"Medlemsbidragen {period} är bokförda med {kr(bokfört)} kr men beslutade till {kr(totalt)} kr."
        yield Finding("fel", text, "Medlemsbidrag", bokfört - totalt)
    noter = [notis.id for notis in r.år.förbund.noter if notis.post == "rr.verksamhetens_intakter"]
    for medlem in r.år.förbund.medlemmar:
        nyckel = next((n for id_ in noter if (n := f"not.{id_}.{medlem.id}/{period}") in r.fakta), "")
        i_noten = r.fakta[nyckel].värde if nyckel else None
        if i_noten is None or medlem.id not in beslutat:
            continue
        yield Prövat()
        if i_noten != beslutat[medlem.id]:
            text = (
                f"Bidraget från {medlem.namn} {period} är bokfört med {kr(i_noten)} kr men beslutat till "
                f"{kr(beslutat[medlem.id])} kr."
            )
            yield Finding("fel", text, "Medlemsbidrag", i_noten - beslutat[medlem.id])


@kontroll(
    "C12",
    "Medlemsbidragen är delade hälften, fjärdedel, fjärdedel.",
    lag=LAG,
    saknas="inga bidrag medlem för medlem (bladen Medlemsbidrag och Budgetplan)",
    i=(VERKSAMHETSPLAN,),
)
def check_planens_andelar(r: Redovisning) -> Kontroll:
    """Half, a quarter and a quarter of what is decided for the budget year, and of the rows of the budget."""
    yield from _check_medlemmar(r)
    yield from check_andelar(r, r.år.period)
    rader = [rad for rad in r.år.underlag.budgetplan if rad.typ == "medlemsbidrag"]
    for nr, fält in enumerate(("budget", "plan1", "plan2")):
        belopp = [b for rad in rader if (b := getattr(rad, fält))]
        totalt, summor = sum(belopp, NOLL), _delsummor(belopp)
        for typ, del_, ord_ in ANDELAR[:2] if 1 < len(belopp) <= HÖGST_RADER else ():
            yield Prövat()
            if all(abs(summa * del_ - totalt) > del_ for summa in summor):
                text = (
                    f"Inga av budgetens medlemsbidrag {r.år.årtal + nr} är tillsammans {ord_.lower()} av "
                    f"{kr(totalt)} kr, som ska vara {kr(totalt / del_)} kr."
                )
                yield Finding("varning", text, f"Budgetplan, {typ}")


def _delsummor(belopp: list[Decimal]) -> set[Decimal]:
    """What any of the amounts come to together."""
    summor = {NOLL}
    for ett in belopp:
        summor |= {summa + ett for summa in summor}
    return summor


def check_fördelning(r: Redovisning) -> Kontroll:
    """The split that is printed adds up to what is split, has every member, and gives each what it has decided."""
    fördelat = {m.id: _värde(r, f"bidrag.{m.id}") for m in r.år.förbund.medlemmar}
    ram, totalt = _värde(r, RAM), _värde(r, "bidrag.totalt")
    if "bidrag.totalt" not in r.fakta or ram is None:
        return
    yield Prövat()
    if abs(skiljer := ram - (totalt or NOLL)) > AVRUNDAT:
        text = (
            f"Medlemsbidragen i fördelningen är tillsammans {kr(totalt or NOLL)} kr men ramen är {kr(ram)} kr; "
            f"{kr(abs(skiljer))} kr skiljer. Stämmer medlemmarna i forbund.yml och Invånare i bladet Medlemsbidrag?"
        )
        yield Finding("fel", text, "bidragsfordelning", skiljer)
    beslutat = _beslutat(r, r.år.period)
    for medlem in r.år.förbund.medlemmar:
        yield Prövat(1 + (medlem.id in beslutat))
        belopp = fördelat[medlem.id]
        if belopp is None:
            text = f"{medlem.namn} har inget bidrag i fördelningen. Fyll i Invånare i bladet Medlemsbidrag."
            yield Finding("fel", text, "Medlemsbidrag")
        elif medlem.id in beslutat and abs(belopp - beslutat[medlem.id]) >= 1:
            text = (
                f"{medlem.namn} har beslutat {kr(beslutat[medlem.id])} kr men fördelningen, som trycks, ger "
                f"{kr(belopp)} kr; {kr(abs(beslutat[medlem.id] - belopp))} kr skiljer."
            )
            yield Finding("fel", text, "Medlemsbidrag", beslutat[medlem.id] - belopp)


def _värde(r: Redovisning, id_: str) -> Decimal | None:
    nyckel = f"{id_}/{r.år.period}"
    return r.fakta[nyckel].värde if nyckel in r.fakta else None
