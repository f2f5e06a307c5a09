"""The organisation in words: each part and what it is under."""

from __future__ import annotations

from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.tabell import Cell, Kolumn, Rad, Tabell
from finsam.statements.delar import Del


def organisationstabell(år: Räkenskapsår) -> Tabell | None:
    """The boxes of the organisationsschema as rows; None when none are given."""
    rutor = år.förbund.organisation
    if not rutor:
        return None
    namn = {ruta.id: ruta.namn for ruta in rutor}
    rader = tuple(Rad(ruta.id, ruta.namn, (Cell(text=namn.get(ruta.under, "–")),)) for ruta in rutor)
    kolumn, rubrik = (Kolumn("under", "Lyder under", tal=False),), "Organisationsschemat i ord"
    return Tabell("organisation", rubrik, "", kolumn, rader, första="Del av organisationen")


DEL = Del(tabeller=lambda år, _: (organisationstabell(år),))
