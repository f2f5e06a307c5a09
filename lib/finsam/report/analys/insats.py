"""Insatser: what each costs by deltagare, and how its goals went."""

from __future__ import annotations

from decimal import Decimal

from finsam.report.analys.ram import Ram, ram
from finsam.report.bok import Bok

LÄGEN = {"uppfyllt": "uppfyllda", "delvis uppfyllt": "delvis uppfyllda", "ej uppfyllt": "ej uppfyllda"}
"""Grades as counted, and what their column is called."""
_FLERA = "En person som deltar i flera insatser räknas i var och en."


def insatser(bok: Bok) -> Ram:
    """Varje insats: kostnad (kronor, utan minus, ur bokföringen, annars insatsägarens redovisning), deltagare under
    året, kostnad per deltagare, budget, och hur många mål som är uppfyllda. Tomt är uppgift saknas eller visas ej.
    """
    rader = [_insats(bok, insats.id, insats.namn, insats.slag) for insats in bok.år.underlag.insatser]
    kolumner = ("insats", "slag", "kostnad", "deltagare", "kostnad per deltagare", "budget", *LÄGEN.values())
    ord_ = [] if rader else ["Årets underlag har inga insatser (bladet Insatser)."]
    if rader and not any(rad[3] for rad in rader):
        ord_.append("Ingen insats har uppgift om deltagare (måttet totalt i bladet Deltagare).")
    elif rader:
        ord_.append(_FLERA)
    enheter = {"kostnad": "kr", "kostnad per deltagare": "kr", "budget": "kr", "deltagare": "antal"}
    ut = ram(rader, kolumner, anmärkningar=ord_)
    ut.attrs["enheter"] = enheter
    for namn in enheter:
        ut[namn] = ut[namn].astype(float)
    return ut


def _insats(bok: Bok, id_: str, namn: str, slag: str) -> tuple[object, ...]:
    kostnad = kostnaden(bok, id_)
    deltagare = bok.fakta.värde(f"deltagare.{id_}.totalt")
    per = kostnad / deltagare if kostnad is not None and deltagare else None
    bedömda = [bok.fakta[f"mal.{mål.id}.bedomning"].text for mål in bok.år.underlag.mål if mål.insats == id_]
    antal = (bedömda.count(ett) for ett in LÄGEN)
    budget = bok.fakta.värde(f"insats.{id_}.budget")
    return (namn, slag, kostnad, deltagare, None if per is None else round(per, 2), budget, *antal)


def kostnaden(bok: Bok, id_: str) -> Decimal | None:
    """What an insats has cost by the ledger, else as its owner accounts for it."""
    bokfört = bok.fakta.värde(f"insats.{id_}.utfall")
    return bok.fakta.värde(f"insats.{id_}.kostnad_summa") if bokfört is None else bokfört


def mål(bok: Bok) -> Ram:
    """Varje mål med utfall, gräns och bedömning, så som dokumentet visar dem."""
    namn = {insats.id: insats.namn for insats in bok.år.underlag.insatser}
    rader = [
        (ett.mål, namn.get(ett.insats, ""), *(_visat(bok, f"mal.{ett.id}.{del_}") for del_ in _DELAR))
        for ett in bok.år.underlag.mål
    ]
    ord_ = () if rader else ("Årets underlag har inga mål (bladet Mål).",)
    return ram(rader, ("mål", "insats", "utfall", "gräns", "bedömning"), anmärkningar=ord_)


_DELAR = ("utfall", "grans", "bedomning")


def _visat(bok: Bok, id_: str) -> str:
    return bok.fakta[id_].visat if id_ in bok.fakta else ""


def måluppfyllelse(bok: Bok) -> Ram:
    """Hur många mål som är uppfyllda, delvis uppfyllda, ej uppfyllda och utan bedömning."""
    ids = {"uppfyllda": "uppfyllda", "delvis uppfyllda": "delvis", "ej uppfyllda": "ej", "kan inte bedömas": "utan"}
    rader = [(namn, bok.fakta.värde(f"malsumma.{id_}")) for namn, id_ in ids.items() if f"malsumma.{id_}" in bok.fakta]
    return ram(rader, ("bedömning", "antal"), antal="antal")
