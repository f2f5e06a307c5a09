"""The förbund's tasks by law, one by one (Finsam 7 §), and what the revisorer remarked on last year."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from finsam.model.fakta import Faktabas, Indata
from finsam.model.ord import SAKNAS, gemena, hänvisning
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.tabell import Cell, Kolumn, Rad, Tabell
from finsam.model.upplysningsblad import Revisionsanmärkning, Uppdragspunkt
from finsam.statements.delar import Del
from finsam.statements.uppgifter import uppgiftscell

BUDGETRESULTAT = "drift.resultat.budget"
UPPGIFTERNA: Mapping[Uppdragspunkt, tuple[str, str, str]] = {
    "mål och riktlinjer": (
        "Besluta om mål och riktlinjer för den finansiella samordningen",
        "uppdrag.mal",
        "Antalet mål är {uppdrag.mal | antal}. Måluppfyllelsen visar hur det gick.",
    ),
    "stöd till samverkan": (
        "Stödja samverkan mellan samverkansparterna",
        "uppdrag.struktur",
        "Strukturövergripande insatser har kostat {uppdrag.struktur | kr}.",
    ),
    "finansiering av insatser": (
        "Finansiera insatser som ligger inom parternas samlade ansvarsområde",
        "uppdrag.insatsmedel",
        "Antalet insatser är {uppdrag.insatser | antal} och kostnaden {uppdrag.insatsmedel | kr}.",
    ),
    "medlens användning": (
        "Besluta hur medlen för finansiell samordning ska användas",
        BUDGETRESULTAT,
        "Utfallet mot styrelsens budget står i driftredovisningen.",
    ),
    "uppföljning och utvärdering": (
        "Svara för uppföljning och utvärdering av insatserna",
        "uppdrag.uppfoljda",
        "{uppdrag.uppfoljda | antal} av {uppdrag.insatser | antal} insatser har deltagare, enkätsvar, mål eller text.",
    ),
    "budget och årsredovisning": (
        "Upprätta budget och årsredovisning",
        "uppgift.beslutsdatum",
        "Årsredovisningen beslutades den {uppgift.beslutsdatum | datum}.",
    ),
}
"""The tasks of Finsam 7 §, in its order: the words of the law, and the fact there is to tell of it and how."""


def fyll_uppdrag(år: Räkenskapsår, fakta: Faktabas) -> None:
    """Make uppdrag.mal, .insatser and .uppfoljda as counts, and uppdrag.insatsmedel and .struktur in kronor."""
    u, period = år.underlag, år.period
    följda = {rad.insats for rader in (u.deltagare, u.indikatorer, u.mål) for rad in rader}
    uppföljda = [insats for insats in u.insatser if insats.id in följda or f"insats_{insats.id}" in år.texter]
    for id_, antal, ord_, blad in (
        ("mal", len(u.mål), "Mål som redovisas", "Mål"),
        ("insatser", len(u.insatser), "Insatser under året", "Insatser"),
        ("uppfoljda", len(uppföljda), "Insatser som redovisas med deltagare, enkätsvar, mål eller text", "Insatser"),
    ):
        fakta.indata(f"uppdrag.{id_}", period, Decimal(antal), "antal", f"{ord_}.", Indata(u.fil, blad, "antal rader"))
    for id_, vilka, ord_ in (
        ("insatsmedel", [i.id for i in u.insatser], "Kostnad för insatserna"),
        ("struktur", [i.id for i in u.insatser if i.slag == "struktur"], "Kostnad för strukturövergripande insatser"),
    ):
        fakta.summa(f"uppdrag.{id_}", period, [(1, f"insats.{i}.utfall/{period}") for i in vilka], f"{ord_}.")


def uppdragstext(punkt: Uppdragspunkt, år: Räkenskapsår, fakta: Faktabas) -> str:
    """How a task was done: as the sheet Uppdrag says, else by what there is of it; that it is missing otherwise."""
    for rad in år.underlag.uppdrag:
        if rad.punkt == punkt:
            return rad.text
    _, id_, text = UPPGIFTERNA[punkt]
    f = fakta.get(f"{id_}/{år.period}")
    if f is None:
        return SAKNAS
    finns = f.värde is not None if id_ == BUDGETRESULTAT else bool(f.värde) or f.text not in ("", SAKNAS)
    return text if finns else SAKNAS


def uppdragstabell(år: Räkenskapsår, fakta: Faktabas) -> Tabell:
    """The six tasks, each with how it was done."""
    rader = tuple(
        Rad(f"punkt_{nr}", UPPGIFTERNA[punkt][0], (Cell(text=uppdragstext(punkt, år, fakta)),))
        for nr, punkt in enumerate(UPPGIFTERNA, 1)
    )
    kolumner = (Kolumn("text", "Så har det gjorts", tal=False, bredd=9),)
    rubrik = "Förbundets uppgifter enligt lagen"
    return Tabell("uppdrag", rubrik, "", kolumner, rader, första="Uppgift", första_bredd=6)


def revisionstabell(år: Räkenskapsår, fakta: Faktabas) -> Tabell:
    """What was remarked on last year with its state; one row when nothing was, or when nobody has said."""
    rader = [
        Rad(f"rad{nr}", rad.anmärkning, (Cell(text=rad.läge), Cell(text=rad.åtgärd), Cell(text=rad.ansvarig)))
        for nr, rad in enumerate(år.underlag.revisionsanmärkningar, 1)
    ]
    if rader:
        mening = _anmärkt(*år.underlag.revisionsanmärkningar)
    else:
        cell = uppgiftscell("revisionsanmarkningar", år, fakta)
        rader = [Rad("inga", "Anmärkningar", (cell, Cell(), Cell()))]
        svar = hänvisning(cell.fakta, "text") if cell.fakta else cell.text
        mening = f"**Revisorernas anmärkningar förra året.** Anmärkningar, och hur långt de har kommit: {svar}."
    kolumner = (
        Kolumn("lage", "Läge", tal=False, bredd=3),
        Kolumn("atgard", "Åtgärd", tal=False, bredd=6),
        Kolumn("ansvarig", "Ansvarig", tal=False, bredd=3),
    )
    rubrik = "Revisorernas anmärkningar förra året"
    return Tabell("revisionsanmarkningar", rubrik, "", kolumner, tuple(rader), första="Anmärkning", mening=mening)


def _anmärkt(första: Revisionsanmärkning, *fler: Revisionsanmärkning) -> str:
    """What was remarked on, when it was one thing."""
    if fler:
        return ""
    delar = (("Läge", första.läge), ("Åtgärd", första.åtgärd), ("Ansvarig", första.ansvarig))
    efter = "".join(f" {ord_}: {text.rstrip('.')}." for ord_, text in delar if text)
    return f"Revisorerna hade en anmärkning förra året: {gemena(första.anmärkning).rstrip('.')}.{efter}"


DEL = Del(fyll_uppdrag, lambda år, fakta: (uppdragstabell(år, fakta), revisionstabell(år, fakta)))
