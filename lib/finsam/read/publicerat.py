"""`publicerat.yml`: the figures as an earlier document printed them, for comparison (check C31)."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from finsam.model.problem import Problem
from finsam.model.rakenskapsar import Publiceradrad, Publiceradtabell


def read_publicerat(fil: Path, namn: str) -> tuple[tuple[Publiceradtabell, ...], str, list[Problem]]:
    """The figures as published, for comparison; none when the file is not there."""
    if not fil.is_file():
        return (), "", []
    try:
        data = yaml.safe_load(fil.read_text("utf-8-sig")) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as fel:
        märke = getattr(fel, "problem_mark", None)
        plats = f"rad {märke.line + 1}" if märke else ""
        text = "Filen är inte giltig YAML i UTF-8. Jämför indrag, klamrar och citattecken med raderna intill."
        return (), "", [Problem("fel", text, namn, plats)]
    problem: list[Problem] = []
    tabeller: list[Publiceradtabell] = []
    for nr, tabell in enumerate(data.get("tabeller", []) if isinstance(data, dict) else [], 1):
        try:
            rader = tuple(_publicerad_rad(rad, tabell) for rad in tabell["rader"])
            tabeller.append(Publiceradtabell(tabell["id"], tabell["rubrik"], str(tabell.get("sida", "")), rader))
        except (KeyError, TypeError, InvalidOperation, ValueError) as fel:
            problem.append(Problem("fel", f"Tabell {nr} kan inte läsas: {fel}.", namn))
    if isinstance(data, dict) and data.get("texter"):
        try:
            rader = tuple(_publicerad_rad({"etikett": t["citat"], **t}, {"enhet": "kr"}) for t in data["texter"])
            tabeller.append(Publiceradtabell("texter", "Löpande text", "", rader))
        except (KeyError, TypeError, InvalidOperation, ValueError) as fel:
            problem.append(Problem("fel", f"Avsnittet texter kan inte läsas: {fel}.", namn))
    return tuple(tabeller), str(data.get("källa", "")) if isinstance(data, dict) else "", problem


def _publicerad_rad(rad: dict[str, Any], tabell: dict[str, Any]) -> Publiceradrad:
    värden = {str(år): Decimal(str(värde)) for år, värde in rad["värden"].items() if värde is not None}
    return Publiceradrad(
        rad["etikett"],
        rad.get("fakta") or "",
        värden,
        rad.get("enhet") or tabell.get("enhet") or "kr",
        int(rad.get("tecken", 1)),
        tuple(rad.get("summa_av", ())),
        rad.get("orsak", ""),
    )
