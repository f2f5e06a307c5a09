"""What every report's checks ask of texts and uppgifter: that they are there, and what day one gives."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.model.ord import SAKNAS
from finsam.read.indata import kort
from finsam.read.mapp import menar
from finsam.statements.redovisning import Redovisning

Krav = Mapping[str, tuple[str, str]]
"""By id: what is asked for in words, and the paragraph that asks for it ("" when none does)."""

I_EGEN_NOT = " (noter i forbund.yml)"
"""What is said of an uppgift that a note of the förbund's own asks for, to who can take it away."""


def check_avsnitt_finns(r: Redovisning, krav: Krav) -> Kontroll:
    """A section that must be there is among those that the förbund has chosen; all are when none are chosen."""
    valda = valda_avsnitt(r)
    for namn, (ord_, lag) in krav.items():
        yield Prövat()
        if valda and namn not in valda:
            text = f"Dokumentet saknar {ord_}: avsnittet {namn} är inte med i forbund.yml (rapporter, avsnitt)."
            yield Finding("fel", f"{text} Lägg till det.", "forbund.yml", lag=lag, saknas=ord_)


def valda_avsnitt(r: Redovisning) -> tuple[str, ...]:
    """The sections in the förbund's own order; empty when it has none, and the document has them all."""
    val = r.år.förbund.rapporter.get(r.år.rapport.id)
    return val.avsnitt if val else ()


def check_texter_finns(r: Redovisning, krav: Krav) -> Kontroll:
    """A text that must be there is there, written and not empty; fel otherwise."""
    for namn, (ord_, lag) in krav.items():
        yield Prövat()
        if namn in r.år.ej_skrivna:
            text = f"Texten om {ord_} är inte skriven: skriv text/{namn}.md och ta bort dess första rad."
            yield Finding("fel", text, f"text/{namn}.md", lag=lag, saknas=ord_)
        elif namn not in r.år.texter or not r.år.texter[namn].text.strip():
            text = f"Texten om {ord_} saknas: skriv text/{namn}.md.{_kanske(r, namn, krav)}"
            yield Finding("fel", text, f"text/{namn}.md", lag=lag, saknas=ord_)


def _kanske(r: Redovisning, namn: str, krav: Krav) -> str:
    """The text that could be the one that is missing, under another name."""
    andra = (fil.fil.rpartition("/")[2] for annat, fil in r.år.texter.items() if annat not in krav)
    funna = [fil for fil in andra if menar(fil, (f"{namn}.md",))]
    return f" Menar du {kort(funna[0])}?" if funna else ""


def check_uppgifter_finns(r: Redovisning, krav: Krav) -> Kontroll:
    """An uppgift that must be there is given; a warning otherwise, for the document prints that it is missing."""
    for id_, (ord_, lag) in krav.items():
        yield Prövat()
        nyckel = f"uppgift.{id_}/{r.år.period}"
        if nyckel not in r.fakta or (r.fakta[nyckel].värde is None and r.fakta[nyckel].text == SAKNAS):
            råd = f"{'Dokumentet säger det; fyll' if lag else 'Fyll'} i raden {id_} i bladet Uppgifter."
            text = f"Uppgift saknas: {ord_}. {råd}"
            yield Finding("varning", text, r.år.underlag.fil, lag=lag, saknas=ord_.removesuffix(I_EGEN_NOT))


def datum(r: Redovisning, id_: str) -> date | None:
    """The day an uppgift gives; None when it is missing or is no day."""
    nyckel = f"uppgift.{id_}/{r.år.period}"
    try:
        return date.fromisoformat(r.fakta[nyckel].text) if nyckel in r.fakta else None
    except ValueError:
        return None
