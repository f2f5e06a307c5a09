"""A table of the document as a DataFrame: kronor exact to the öre, per cent said to be so."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from finsam.model.fakta import Fakta
from finsam.model.tabell import Cell, Rad, Tabell
from finsam.report.analys.ram import PROCENT, Ram, ram

Faktan = Mapping[str, Fakta]


def tabellram(tabell: Tabell, data: Mapping[str, Any], fakta: Faktan, bara: str = "") -> Ram:
    """The rows of a table with their units, or those of one unit only. `data` is what rapport.json says of it."""
    rader = [rad for rad in tabell.rader if rad.slag != "rubrik"]
    ord_ = [rad for rad in data["rader"] if rad["slag"] != "rubrik"]
    kolumner: dict[str, Sequence[object]] = {"etikett": [rad["etikett"] for rad in ord_]}
    egna: dict[str, str] = {}
    for nr, kolumn in enumerate(tabell.kolumner):
        namn = _ledigt(data["kolumner"][nr], kolumn.id, kolumner)
        if kolumn.tal:
            kolumner[namn] = [_tal(rad.celler[nr], fakta) for rad in rader]
            egna[namn] = _enda(_enhet(rad.celler[nr], fakta) for rad in rader)
        else:
            kolumner[namn] = [rad["visat"][nr] for rad in ord_]
    blandad = len(set(filter(None, egna.values()))) > 1
    kolumner["enhet"] = [_radens(tabell, rad, fakta, list(egna.values()) if blandad else []) for rad in rader]
    ut = ram(kolumner, **egna)
    ut.index = pd.Index([rad.id for rad in rader], name=tabell.id)
    ut.attrs = {
        "titel": data["rubrik"],
        "enheter": {namn: enhet for namn, enhet in egna.items() if enhet and blandad},
        "fakta": {rad.id: [cell.fakta or None for cell in rad.celler] for rad in rader},
    }
    if not bara:
        return ut
    andra = [namn for namn, enhet in ut.attrs["enheter"].items() if enhet != bara]
    return ut[(ut["enhet"] == bara) | blandad].drop(columns=andra)


def _radens(tabell: Tabell, rad: Rad, fakta: Faktan, kolumnernas: Sequence[str]) -> str:
    """What the figures of a row are, besides those whose column says it."""
    celler = [cell for cell, kolumn in zip(rad.celler, tabell.kolumner, strict=True) if kolumn.tal]
    sagda = [*kolumnernas, *[""] * len(celler)]
    return _enda(_enhet(cell, fakta) for cell, sagd in zip(celler, sagda, strict=False) if not sagd)


def _enhet(cell: Cell, fakta: Faktan) -> str:
    enhet = fakta[cell.fakta].enhet if cell.fakta else "text"
    return {"text": "", "andel": PROCENT}.get(enhet, enhet)


def _tal(cell: Cell, fakta: Faktan) -> Decimal | None:
    f = fakta[cell.fakta] if cell.fakta else None
    if f is None or f.värde is None:
        return None
    return f.värde * cell.tecken * (100 if f.enhet == "andel" else 1)


def _enda(enheter: Iterable[str]) -> str:
    """The one unit there is; empty when there are several."""
    alla = {enhet for enhet in enheter if enhet}
    return alla.pop() if len(alla) == 1 else ""


def _ledigt(rubrik: str, id_: str, upptagna: Container[str]) -> str:
    """A name for a column that no other has."""
    return rubrik if rubrik and rubrik not in upptagna and rubrik != "enhet" else f"{rubrik} ({id_})".strip()
