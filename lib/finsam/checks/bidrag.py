"""Checks of medlemsbidrag: shares, what was booked against what was decided, member by member (C12, C14)."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from finsam.checks.finding import Finding, Kontroll
from finsam.model.belopp import NOLL, kr
from finsam.statements.redovisning import Redovisning

LAG = "lag (2003:1210) 5 §"
ANDELAR = (("stat", 2, "Statens halva"), ("region", 4, "Regionens fjärdedel"), ("kommun", 4, "Kommunernas fjärdedel"))


def check_medlemsbidrag(r: Redovisning) -> Kontroll:
    """C12: the contributions are ½ state, ¼ region and ¼ kommuner, and the ledger has what was decided, by member."""
    for period in (r.år.period, r.år.föregående):
        yield from check_andelar(r, period)
        yield from _check_bokfört(r, period)


def _beslutat(r: Redovisning, period: str) -> dict[str, Decimal]:
    """What each member has decided, in kronor, for those with a row."""
    nycklar = {medlem.id: f"medlemsbidrag.{medlem.id}/{period}" for medlem in r.år.förbund.medlemmar}
    return {id_: r.fakta[nyckel].värde or NOLL for id_, nyckel in nycklar.items() if nyckel in r.fakta}


def check_andelar(r: Redovisning, period: str) -> Kontroll:
    """C12: half, a quarter and a quarter of what is decided for a year."""
    beslutat = _beslutat(r, period)
    totalt = sum(beslutat.values(), NOLL)
    per_typ: dict[str, Decimal] = defaultdict(Decimal)
    for medlem in r.år.förbund.medlemmar:
        per_typ[medlem.typ] += beslutat.get(medlem.id, NOLL)
    for typ, del_, ord_ in ANDELAR if totalt else ():
        if per_typ[typ] * del_ != totalt:
            ska = totalt / del_
            text = f"{ord_} {period} är {kr(per_typ[typ])} kr men ska vara {kr(ska)} kr av {kr(totalt)} kr."
            yield Finding("C12", "varning", text, "Medlemsbidrag", LAG, per_typ[typ] - ska)


def _check_bokfört(r: Redovisning, period: str) -> Kontroll:
    """C12: the ledger has the sum that was decided, and each member's, where the note of income has a row for it."""
    beslutat = _beslutat(r, period)
    totalt, bokfört = sum(beslutat.values(), NOLL), r.fakta[f"medlemsbidrag/{period}"].värde
    if totalt and bokfört is not None and bokfört != totalt:
        text = f"Medlemsbidragen {period} är bokförda med {kr(bokfört)} kr men beslutade till {kr(totalt)} kr."
        yield Finding("C12", "fel", text, "Medlemsbidrag", LAG, bokfört - totalt)
    noter = [notis.id for notis in r.år.förbund.noter if notis.post == "rr.verksamhetens_intakter"]
    for medlem in r.år.förbund.medlemmar:
        nyckel = next((n for id_ in noter if (n := f"not.{id_}.{medlem.id}/{period}") in r.fakta), "")
        i_noten = r.fakta[nyckel].värde if nyckel else None
        if i_noten is not None and medlem.id in beslutat and i_noten != beslutat[medlem.id]:
            text = (
                f"Bidraget från {medlem.namn} {period} är bokfört med {kr(i_noten)} kr men beslutat till "
                f"{kr(beslutat[medlem.id])} kr."
            )
            yield Finding("C12", "fel", text, "Medlemsbidrag", LAG, i_noten - beslutat[medlem.id])


def check_planens_andelar(r: Redovisning) -> Kontroll:
    """C12: half, a quarter and a quarter of what is decided for the budget year."""
    yield from check_andelar(r, r.år.period)


def check_fördelning(r: Redovisning) -> Kontroll:
    """C14: each member has decided what the split by inhabitants gives it, to the krona."""
    beslutat = _beslutat(r, r.år.period)
    for medlem in r.år.förbund.medlemmar:
        nyckel = f"bidrag.{medlem.id}/{r.år.period}"
        fördelat = r.fakta[nyckel].värde if nyckel in r.fakta else None
        if fördelat is not None and medlem.id in beslutat and abs(fördelat - beslutat[medlem.id]) >= 1:
            text = (
                f"{medlem.namn} har beslutat {kr(beslutat[medlem.id])} kr men fördelningen mellan medlemmarna ger "
                f"{kr(fördelat)} kr."
            )
            yield Finding("C14", "varning", text, "Medlemsbidrag", LAG, beslutat[medlem.id] - fördelat)
