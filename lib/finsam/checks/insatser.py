"""Checks that the insatser are those of the year, and the meetings too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.checks.kontroll import kontroll
from finsam.model.ord import MÅNADER, ascii_id, uppräkning
from finsam.model.rapport import VERKSAMHETSPLAN, ÅRSREDOVISNING
from finsam.model.underlag import Insats
from finsam.statements.redovisning import Redovisning

SLAG = ("individ", "struktur")
MÅNGA_MÅNADER = 3
"""In how many months outside its own an insats has costs for its days to be told of."""


@kontroll(
    "C42",
    "Varje insats är av det slag som dess kostnader är, och pågår under året.",
    saknas="inga insatser (bladet Insatser)",
    i=(ÅRSREDOVISNING, VERKSAMHETSPLAN),
)
def check_insatser(r: Redovisning) -> Kontroll:
    """An insats is of the kind that its costs are, and goes on for some of the year."""
    yield from _check_etiketter(r)
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
        yield from _check_månader(r, insats)


def _check_etiketter(r: Redovisning) -> Kontroll:
    """The row of an insats in the kostnadsfördelning, which has its name as id, is not called something else."""
    rader = {f"{g.id}.{rad.id}": rad for g in r.år.förbund.kostnadsfördelning for rad in g.rader}
    for insats in r.år.underlag.insatser:
        rad = rader.get(insats.funktion)
        if rad and rad.id == ascii_id(insats.namn):
            yield Prövat()
            if not set(rad.id.split("_")) <= set(ascii_id(rad.etikett).split("_")):
                text = f"{insats.namn} heter {rad.etikett} i kostnadsfördelningen ({insats.funktion}). Rätta etiketten."
                yield Finding("varning", text, "forbund.yml")


def _check_månader(r: Redovisning, insats: Insats) -> Kontroll:
    """What begins or ends within the year has no costs for months before or after, but for a last bill or two."""
    start, slut = date(r.år.årtal, 1, 1), date(r.år.årtal, 12, 31)
    från, till = max(insats.från or start, start), min(insats.till or slut, slut)
    if (från, till) == (start, slut) or r.år.rapport is VERKSAMHETSPLAN or från > till:
        return
    utanför = {dag.month for dag in _kostnadsdagar(r, insats.funktion) if dag < från or dag > till}
    utanför -= {från.month, till.month}
    yield Prövat()
    if len(utanför) >= MÅNGA_MÅNADER:
        månader = uppräkning(MÅNADER[nr - 1] for nr in sorted(utanför))
        text = f"{insats.namn} är från {från.isoformat()} till {till.isoformat()}, men har kostnader i {månader}."
        yield Finding("varning", f"{text} Rätta Från eller Till.", f"{insats.blad}, rad {insats.rad}")


def _kostnadsdagar(r: Redovisning, funktion: str) -> Iterator[date]:
    """The days on which something was booked as a cost of a function, in a ledger with verifikationer."""
    i_år = r.år.bokföring.år.get(0)
    for rad in (rad for rad in r.år.kontoplan.rader if rad.funktion == funktion):
        for konto in filter(rad.omfattar, i_år.res if i_år else ()):
            _, bokförda = r.år.bokföring.verifikationer.med_konto(konto, rad.objekt)
            yield from (ver.datum for ver, del_ in bokförda if ver.datum and del_.belopp > 0)


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
