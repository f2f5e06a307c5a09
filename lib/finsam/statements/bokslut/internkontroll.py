"""Intern kontroll: each risk, how it is controlled and how that came out, as the underlag gives it."""

from __future__ import annotations

from finsam.model.ord import versal
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.tabell import Cell, Kolumn, Rad, Tabell
from finsam.model.underlag import Kontrollmoment
from finsam.statements.delar import Del


def internkontrolltabell(år: Räkenskapsår) -> Tabell | None:
    """The year's controls; None when none are given. One without an outcome is shown as not yet made."""
    rader = tuple(
        Rad(f"risk{nr}", m.risk, tuple(Cell(text=text) for text in (m.kontroll, m.ansvarig, _utfall(m))))
        for nr, m in enumerate(år.underlag.intern_kontroll, 1)
    )
    if not rader:
        return None
    kolumner = (
        Kolumn("kontroll", "Kontroll", tal=False, bredd=6),
        Kolumn("ansvarig", "Ansvarig", tal=False, bredd=3),
        Kolumn("utfall", "Utfall", tal=False, bredd=6),
    )
    return Tabell("intern_kontroll", "Intern kontroll", "", kolumner, rader, första="Risk", första_bredd=5)


def _utfall(m: Kontrollmoment) -> str:
    läge = versal(m.läge) or ("" if m.utfall else "Uppgift saknas")
    return ". ".join(del_.rstrip(".") for del_ in (läge, m.utfall) if del_) + "."


DEL = Del(tabeller=lambda år, _: (internkontrolltabell(år),))
