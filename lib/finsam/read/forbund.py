"""`forbund.yml`, the förbund's and the year's → Förbund, with the file and line of everything that is wrong."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args, get_origin

import yaml
from pydantic import BaseModel, ValidationError

from finsam.model.forbund import Förbund
from finsam.model.problem import Nivå, Problem
from finsam.read.indata import förslag, read_bytes, svenskt_fel, visa

HÖGST_BYTE = 1_000_000
DJUPAST = 20

Ställe = tuple[str | int, ...]
"""The way to a value: `("noter", 1, "rader", 0, "id")`."""

# What YAML's own messages mean, by a part of them.
YAML_FEL = {
    "found character '\\t'": "Raden börjar med en tabb; använd blanksteg.",
    "mapping values are not allowed": "Oväntat kolon: sätt citattecken om värdet, eller rätta indraget.",
    "expected <block end>": "Indraget stämmer inte med raderna ovanför.",
    "expected a single document": "Filen ska vara ett enda dokument; ta bort raden ---.",
    "special characters are not allowed": "Filen har ett osynligt styrtecken; ta bort det.",
}
# The same for what is found too late: the line that counts is where it began.
YAML_FEL_FRÅN_BÖRJAN = {
    "could not find expected ':'": "Kolon saknas efter nyckeln.",
    "found unexpected end of stream": "Ett citattecken är inte avslutat.",
    "expected ',' or": "En klammer är inte avslutad, eller så saknas ett komma.",
}


class Otolkbar(Exception):
    """A file that is not the YAML we read; carries the sentence and the line."""

    def __init__(self, text: str, rad: int | None = None) -> None:
        self.text, self.rad = text, rad
        super().__init__(text)


@dataclass(frozen=True, slots=True)
class Läst:
    """A file of settings that was read: its data, the line of every place in it, and the keys that are there twice."""

    fil: str
    data: dict[str, Any]
    rader: dict[Ställe, int]
    dubbla: list[Ställe]

    def problem(self, text: str, ställe: Ställe, nivå: Nivå = "fel") -> Problem:
        """A problem at a place of the file, or at the nearest one around it that the file has."""
        while ställe and ställe not in self.rader:
            ställe = ställe[:-1]
        return Problem(nivå, text, self.fil, f"rad {self.rader.get(ställe, 1)}")


def read_forbund(
    path: Path, slug: str, fil: str, årets: tuple[Path, str] | None = None
) -> tuple[Förbund | None, list[Problem]]:
    """The settings of a förbund, or None and everything that is wrong; a wrong check digit is only a warning.

    `årets` is the year's own file and its name: the keys it has are used in place of the förbund's, whole.
    """
    lästa, problem = [], []
    for path_, namn in ((path, fil), *([årets] if årets else [])):
        läst = _läs(path_, namn)
        if isinstance(läst, Läst):
            lästa.append(läst)
        else:
            problem.append(läst)
    if problem:
        return None, problem
    data = {nyckel: värde for läst in lästa for nyckel, värde in läst.data.items()}
    var = {nyckel: läst for läst in lästa for nyckel in läst.data}
    funna = [*_dubbla_id(data), *_orimligt(data)]
    orgnr, anmärkning = _orgnr(data.get("orgnr", ""))
    funna += [(("orgnr",), anmärkning)] if anmärkning and not orgnr else []
    förbund = None
    try:
        förbund = Förbund.model_validate({**data, "slug": slug, "orgnr": orgnr})
    except ValidationError as fel:
        funna += [_mening(post, data) for post in fel.errors()]
    problem = [ett.problem(f"Nyckeln {del_[-1]} finns två gånger.", del_) for ett in lästa for del_ in ett.dubbla]
    problem += [var.get(str(ställe[0]), lästa[0]).problem(text, ställe) for ställe, text in funna]
    if problem:
        förbund = None
    if anmärkning and orgnr:
        problem.append(var["orgnr"].problem(anmärkning, ("orgnr",), "varning"))
    problem.sort(key=lambda ett: (ett.fil != fil, int(ett.plats.removeprefix("rad "))))
    return förbund, problem


def _läs(path: Path, fil: str) -> Läst | Problem:
    """One file of settings, or what keeps it from being read."""
    byte = read_bytes(path, fil, HÖGST_BYTE)
    if isinstance(byte, Problem):
        return byte
    try:
        return Läst(fil, *_läs_yaml(byte))
    except Otolkbar as fel:
        return Problem("fel", fel.text, fil, f"rad {fel.rad}" if fel.rad else "")


# YAML


def _läs_yaml(byte: bytes) -> tuple[dict[str, Any], dict[Ställe, int], list[Ställe]]:
    """The data, the line of every key and list item, and the keys that are there twice.

    Values are kept as they are written: `no` is a name and `2025` a text where the model asks for text.
    """
    try:
        text = byte.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Otolkbar("Filen är inte sparad som UTF-8. Spara den som UTF-8 i en textredigerare.") from None
    try:
        _hindra_överraskningar(text)
        nod = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as fel:
        raise _yaml_fel(fel) from None
    if not isinstance(nod, yaml.MappingNode):
        raise Otolkbar("Filen ska bestå av nycklar med värden, till exempel namn: Samordningsförbundet.")
    rader: dict[Ställe, int] = {}
    dubbla: list[Ställe] = []
    return _värde(nod, (), rader, dubbla), rader, dubbla


def _hindra_överraskningar(text: str) -> None:
    """Refuse what settings do not need and what can swell: tags, aliases and deep nesting."""
    djup = 0
    for händelse in yaml.parse(text, Loader=yaml.SafeLoader):
        djup += isinstance(händelse, yaml.CollectionStartEvent) - isinstance(händelse, yaml.CollectionEndEvent)
        rad = _rad(händelse.start_mark)
        if isinstance(händelse, yaml.AliasEvent):
            raise Otolkbar("Hänvisningar med * används inte här; skriv ut värdet.", rad)
        if getattr(händelse, "tag", None):
            raise Otolkbar("Taggar (ord som börjar med !) används inte här.", rad)
        if djup > DJUPAST:
            raise Otolkbar("Filen har fler nivåer än den kan ha; en klammer är nog inte avslutad.", rad)


def _värde(nod: yaml.Node, ställe: Ställe, rader: dict[Ställe, int], dubbla: list[Ställe]) -> Any:
    """The value of a node, noting the line of every place in it."""
    rader.setdefault(ställe, nod.start_mark.line + 1)
    if isinstance(nod, yaml.SequenceNode):
        return [_värde(del_, (*ställe, nr), rader, dubbla) for nr, del_ in enumerate(nod.value)]
    if not isinstance(nod, yaml.MappingNode):
        return nod.value
    data = {}
    sedda: set[str] = set()
    for nyckel, del_ in nod.value:
        ord_ = str(nyckel.value)
        if ord_ in sedda:
            dubbla.append((*ställe, ord_))
        sedda.add(ord_)
        rader[(*ställe, ord_)] = nyckel.start_mark.line + 1
        if del_.tag != "tag:yaml.org,2002:null":  # a key without a value is as good as none
            data[ord_] = _värde(del_, (*ställe, ord_), rader, dubbla)
    return data


def _yaml_fel(fel: yaml.YAMLError) -> Otolkbar:
    """YAML's error as a sentence and the line to look at."""
    märke = getattr(fel, "problem_mark", None)
    text = "Raden går inte att tolka som YAML. Kontrollera indrag, kolon och citattecken."
    for mening, svenska in (YAML_FEL | YAML_FEL_FRÅN_BÖRJAN).items():
        if mening in str(fel):
            text = svenska
            märke = getattr(fel, "context_mark", None) or märke if mening in YAML_FEL_FRÅN_BÖRJAN else märke
            break
    return Otolkbar(text, _rad(märke))


def _rad(märke: Any) -> int | None:
    """The line of a mark in YAML, counted from 1."""
    return märke.line + 1 if märke else None


# What must hold


def _mening(post: Any, data: dict[str, Any]) -> tuple[Ställe, str]:
    """One of pydantic's errors as a place and a sentence."""
    ställe: Ställe = tuple(del_ for del_ in post["loc"] if del_ != "[key]")
    if post["type"] == "extra_forbidden":
        kända = _nycklar(ställe[:-1])
        gissning = förslag(str(ställe[-1]), kända) or f" Här kan stå {', '.join(kända)}."
        return ställe, f"Nyckeln {_namn(ställe, data)} är okänd.{gissning}"
    return ställe, f"{_namn(ställe, data)} {svenskt_fel(post)}."


def _nycklar(ställe: Ställe) -> list[str]:
    """The keys that can stand at a place, by the model."""
    typ: Any = Förbund
    for del_ in ställe:
        if isinstance(typ, type) and issubclass(typ, BaseModel):
            typ = typ.model_fields[str(del_)].annotation
        elif get_origin(typ) in (tuple, dict):
            typ = get_args(typ)[1 if get_origin(typ) is dict else 0]
    return [namn for namn in typ.model_fields if namn != "slug"] if hasattr(typ, "model_fields") else []


def _namn(ställe: Ställe, data: Any) -> str:
    """A place in words: `noter: kostnader: rader: nr 3: etikett`."""
    delar = []
    for del_ in ställe:
        if isinstance(del_, str):
            data = data.get(del_) if isinstance(data, dict) else None
            delar.append(del_)
        else:
            data = data[del_] if isinstance(data, list) and del_ < len(data) else None
            id_ = data.get("id") if isinstance(data, dict) else None
            delar.append(id_ if isinstance(id_, str) else f"nr {del_ + 1}")
    return ": ".join(delar)


def _dubbla_id(data: Any, ställe: Ställe = ()) -> Iterator[tuple[Ställe, str]]:
    """Ids that are there twice in the same list."""
    if isinstance(data, dict):
        for nyckel, värde in data.items():
            yield from _dubbla_id(värde, (*ställe, str(nyckel)))
    elif isinstance(data, list):
        ids = [str(post["id"]) if isinstance(post, dict) and "id" in post else "" for post in data]
        for nr, id_ in enumerate(ids):
            if id_ and id_ in ids[:nr]:
                yield (*ställe, nr, "id"), f"{_namn(ställe, None)}: id {visa(id_)} finns två gånger."
            yield from _dubbla_id(data[nr], (*ställe, nr))


def _orimligt(data: dict[str, Any]) -> Iterator[tuple[Ställe, str]]:
    """Shares that are written as percentages, and boxes that hang in the air or in each other."""
    tak = data.get("kapitaltak")
    andelar: dict[Ställe, Any] = {("delvis_från",): data.get("delvis_från")}
    stegen = tak.get("steg") if isinstance(tak, dict) else None
    for nr, steg in enumerate(stegen if isinstance(stegen, list) else ()):
        andelar[("kapitaltak", "steg", nr, "andel")] = steg.get("andel") if isinstance(steg, dict) else None
    for ställe, andel in andelar.items():
        if (tal := _tal(andel)) is not None and not 0 <= tal <= 1:
            yield ställe, f"{_namn(ställe, data)} är {visa(andel)} men ska vara mellan 0 och 1; 0.20 betyder 20 %."
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
