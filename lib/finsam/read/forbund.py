"""`forbund.yml`, the förbund's and the year's → Förbund, with the file and line of everything that is wrong."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from finsam.model.farg import blev
from finsam.model.forbund import Förbund, Ställe
from finsam.model.problem import Problem
from finsam.read.bidragsnyckel import medlemsfel
from finsam.read.indata import förslag, visa
from finsam.read.yaml_fil import Lästyaml, meningar, platsnamn, read_yaml


def read_forbund(
    path: Path, slug: str, fil: str, årets: tuple[Path, str] | None = None
) -> tuple[Förbund | None, list[Problem]]:
    """The settings of a förbund, or None and everything that is wrong; a wrong check digit is only a warning.

    `årets` is the year's own file and its name: the keys it has are used in place of the förbund's, whole.
    """
    lästa: list[Lästyaml] = []
    problem: list[Problem] = []
    for path_, namn in ((path, fil), *([årets] if årets else [])):
        läst, fel = read_yaml(path_, namn)
        lästa += [läst] if läst else []
        problem += fel
    if problem:
        return None, problem
    data = {nyckel: värde for läst in lästa for nyckel, värde in läst.data.items()}
    var = {nyckel: läst for läst in lästa for nyckel in läst.data}
    funna = [*_dubbla_id(data), *_orimligt(data)]
    orgnr, anmärkning = _orgnr(data.get("orgnr", ""))
    funna += [(("orgnr",), anmärkning)] if anmärkning and not orgnr else []
    förbund = None
    try:
        förbund = Förbund.model_validate({**data, "slug": slug, "orgnr": orgnr}).med_rader(_rader(var))
        funna += medlemsfel(förbund)
    except ValidationError as ogiltigt:
        funna += meningar(ogiltigt, data, Förbund)
    problem = [ett.problem(text, ställe) for ett in lästa for ställe, text in ett.fel]
    problem += [var.get(str(ställe[0]), lästa[0]).problem(text, ställe) for ställe, text in funna]
    if problem:
        förbund = None
    if anmärkning and orgnr:
        problem.append(var["orgnr"].problem(anmärkning, ("orgnr",), "varning"))
    if förbund and förbund.färg and (text := blev(förbund.färg, förbund.färger)):
        problem.append(var["färg"].problem(text, ("färg",), "upplysning"))
    problem.sort(key=lambda ett: (ett.fil != fil, int(ett.plats.removeprefix("rad "))))
    return förbund, problem


def _rader(var: dict[str, Lästyaml]) -> dict[Ställe, tuple[str, str]]:
    """The file and line of every place, in the file that its first key is taken from."""
    return {
        ställe: (läst.fil, f"rad {rad}")
        for nyckel, läst in var.items()
        for ställe, rad in läst.rader.items()
        if ställe[:1] == (nyckel,)
    }


def _dubbla_id(data: Any, ställe: Ställe = ()) -> Iterator[tuple[Ställe, str]]:
    """Ids that are there twice in the same list."""
    if isinstance(data, dict):
        for nyckel, värde in data.items():
            yield from _dubbla_id(värde, (*ställe, str(nyckel)))
    elif isinstance(data, list):
        ids = [str(post["id"]) if isinstance(post, dict) and "id" in post else "" for post in data]
        sedda: set[str] = set()
        for nr, id_ in enumerate(ids):
            if id_ and id_ in sedda:
                yield (*ställe, nr, "id"), f"{platsnamn(ställe, None)}: id {visa(id_)} finns två gånger."
            sedda.add(id_)
            yield from _dubbla_id(data[nr], (*ställe, nr))


def _orimligt(data: dict[str, Any]) -> Iterator[tuple[Ställe, str]]:
    """Shares that are written as percentages, and boxes that hang in the air or in each other."""
    tak = data.get("kapitaltak")
    andelar: dict[Ställe, Any] = {("delvis_från",): data.get("delvis_från")}
    stegen = tak.get("steg") if isinstance(tak, dict) else None
    if stegen == []:
        yield ("kapitaltak", "steg"), "kapitaltak: steg ska ha minst ett värde, eller tas bort."
    for nr, steg in enumerate(stegen if isinstance(stegen, list) else ()):
        andelar[("kapitaltak", "steg", nr, "andel")] = steg.get("andel") if isinstance(steg, dict) else None
    for ställe, andel in andelar.items():
        if (tal := _tal(andel)) is not None and not 0 <= tal <= 1:
            yield ställe, f"{platsnamn(ställe, data)} är {visa(andel)} men ska vara mellan 0 och 1; 0.20 betyder 20 %."
    rutor = data.get("organisation")
    if not isinstance(rutor, list) or not all(isinstance(ruta, dict) for ruta in rutor):
        return
    under = {str(ruta.get("id")): str(ruta.get("under") or "") for ruta in rutor}
    for nr, (id_, över) in enumerate((str(ruta.get("id")), str(ruta.get("under") or "")) for ruta in rutor):
        if över and över not in under:
            yield ("organisation", nr, "under"), f"organisation: rutan {visa(över)} finns inte.{förslag(över, under)}"
        steg = Counter[str]()
        while över in under and not steg[över]:
            steg[över] += 1
            över = under[över]
        if steg[id_]:
            yield ("organisation", nr, "under"), f"organisation: rutan {visa(id_)} hänger under sig själv."


def _tal(värde: object) -> float | None:
    try:
        return float(värde) if isinstance(värde, str) else None
    except ValueError:
        return None


def _orgnr(orgnr: object) -> tuple[str, str]:
    """Organisationsnummer as NNNNNN-NNNN, and what is wrong with it; empty when it cannot be one.

    >>> _orgnr("2120001355"), _orgnr("16212000-1355"), _orgnr("212000-1356")[0]
    (('212000-1355', ''), ('212000-1355', ''), '212000-1356')
    """
    if orgnr == "":
        return "", ""
    träff = re.fullmatch(r"(?:16)?([0-9]{6})[-–\u2212 ]?([0-9]{4})", orgnr.strip()) if isinstance(orgnr, str) else None
    if not träff:
        return "", f"orgnr är {visa(orgnr)} men ska ha tio siffror, som 222000-1818."
    siffror = [int(siffra) for siffra in träff[1] + träff[2]]
    summa = sum(sum(divmod(siffra * (2 - nr % 2), 10)) for nr, siffra in enumerate(siffror))
    fel = "" if summa % 10 == 0 else f"orgnr {träff[1]}-{träff[2]} har fel kontrollsiffra; någon siffra är felskriven."
    return f"{träff[1]}-{träff[2]}", fel
