"""The answers of `finsam status --json`."""

from __future__ import annotations

from typing import Any

from finsam.run.status.las import Val
from finsam.run.status.skillnad import Filskillnad, Fynd, Skillnad
from finsam.run.status.svar import Dokument, Status


def val_json(val: Val) -> dict[str, Any]:
    """What one can choose, and how its document stands."""
    slug, namn, år, dokument = val
    return {"forbund": slug, "namn": namn, "ar": år, "dokument": dokument_json(dokument)}


def status_json(s: Status) -> dict[str, Any]:
    """How a year stands."""
    return {
        "forbund": s.förbund,
        "namn": s.namn,
        "ar": s.år,
        "rapport": s.rapport,
        "titel": s.titel,
        "last": s.läst,
        "underlag": [
            {"id": d.id, "namn": d.namn, "fil": d.fil, "lage": d.läge, "sager": d.säger, "problem": list(d.problem)}
            for d in s.underlag
        ],
        "kontroller": [f.json() for f in s.anmärkningar],
        "dokument": [dokument_json(d) for d in s.dokument],
        "korningar": [
            {
                "nr": k.nr,
                "gjort": k.gjort,
                "utkast": k.utkast,
                "fel": k.fel,
                "varningar": k.varningar,
                "andrat": k.ändrat,
                "korning": k.avtryck,
            }
            for k in s.körningar
        ],
        "olasliga": list(s.oläsliga),
        "nasta": s.nästa,
    }


def dokument_json(d: Dokument) -> dict[str, Any]:
    """A document and what it is older than."""
    return {
        "rapport": d.rapport,
        "slag": d.slag,
        "gjort": d.gjort,
        "filer": list(d.filer),
        "aldre_an": list(d.äldre_än),
        "annat_program": d.annat_program,
    }


def skillnad_json(s: Skillnad) -> dict[str, Any]:
    """What has changed since a run."""
    return {
        "fran": s.från,
        "till": s.till,
        "hinder": s.hinder,
        "fakta": [
            {
                "id": f.id,
                "namn": f.namn,
                "fore": f.före,
                "efter": f.efter,
                "enhet": f.enhet,
                "differens": None if f.differens is None else str(f.differens),
                "foljd": f.följd,
            }
            for f in s.fakta
        ],
        "texter": [_fil(ett) for ett in s.texter],
        "installningar": [_fil(ett) for ett in s.inställningar],
        "ovriga": list(s.övriga),
        "nya": [_fynd(ett) for ett in s.nya],
        "borta": [_fynd(ett) for ett in s.borta],
    }


def _fil(ett: Filskillnad) -> dict[str, Any]:
    return {"fil": ett.fil, "rader": list(ett.rader)}


def _fynd(ett: Fynd) -> dict[str, str]:
    return {"kod": ett.kod, "niva": ett.nivå, "text": ett.text}
