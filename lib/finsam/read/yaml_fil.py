"""YAML as settings need it: data, the line of everything in it, and all that is wrong, never a surprise.

Values are kept as they are written: `no` is a name and `2025` a text where the model asks for text. Tags, aliases and
deep nesting, which can swell or do things, are refused.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin

import yaml
from pydantic import BaseModel, ValidationError

from finsam.model.forbund import Ställe
from finsam.model.problem import Nivå, Problem
from finsam.read.indata import (
    FLER_FEL,
    HÖGST_FEL,
    OSYNLIGT,
    förslag,
    kort,
    nfc,
    osynligt_i_rad,
    read_bytes,
    svenskt_fel,
)

HÖGST_BYTE = 300_000
DJUPAST = 20
SNABB_TOLK: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


# What YAML's own messages mean, by a part of them.
YAML_FEL = {
    "found character '\\t'": "Raden börjar med en tabb; använd blanksteg.",
    "mapping values are not allowed": "Oväntat kolon: sätt citattecken om värdet, eller rätta indraget.",
    "expected <block end>": "Indraget stämmer inte med raderna ovanför.",
    "expected a single document": "Filen ska vara ett enda dokument; ta bort raden ---.",
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
class Lästyaml:
    """A file that was read: its data, the line of every place in it, and what is wrong as YAML."""

    fil: str
    data: dict[str, Any] = field(default_factory=dict)
    rader: dict[Ställe, int] = field(default_factory=dict)
    fel: list[tuple[Ställe, str]] = field(default_factory=list)

    def problem(self, text: str, ställe: Ställe, nivå: Nivå = "fel") -> Problem:
        """A problem at a place of the file, or at the nearest one around it that the file has."""
        while ställe and ställe not in self.rader:
            ställe = ställe[:-1]
        return Problem(nivå, text, self.fil, f"rad {self.rader.get(ställe, 1)}")


def read_yaml(path: Path, fil: str) -> tuple[Lästyaml | None, list[Problem]]:
    """One file of settings; `None`, and why, when it cannot be read."""
    byte, problem = read_bytes(path, fil, HÖGST_BYTE)
    if byte is None:
        return None, problem
    try:
        return _läs(byte, Lästyaml(fil)), []
    except Otolkbar as fel:
        return None, [Problem("fel", fel.text, fil, f"rad {fel.rad}" if fel.rad else "")]


def _läs(byte: bytes, läst: Lästyaml) -> Lästyaml:
    """The data, the line of every key and list item, and keys and characters that cannot be right."""
    try:
        text = nfc(byte.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Otolkbar("Filen är inte sparad som UTF-8. Spara den som UTF-8 i en textredigerare.") from None
    if träff := yaml.reader.Reader.NON_PRINTABLE.search(text):
        rad = text[: träff.start()].count("\n") + 1
        raise Otolkbar(osynligt_i_rad(träff[0], träff.start() - text.rfind("\n", 0, träff.start())), rad)
    nod = _tolka(text)
    if not isinstance(nod, yaml.MappingNode):
        raise Otolkbar("Filen ska bestå av nycklar med värden, till exempel namn: Samordningsförbundet.")
    läst.data.update(_värde(nod, (), läst))
    return läst


@lru_cache(maxsize=16)
def _tolka(text: str) -> yaml.Node | None:
    """The file as nodes. The parser in C is ten times as quick; the other one's words are those we translate.

    A förbund's settings are asked for once for each year that is read, and nobody changes a node.
    """
    for tolk in (SNABB_TOLK, yaml.SafeLoader):
        try:
            _hindra_överraskningar(text, tolk)
            return yaml.compose(text, Loader=tolk)
        except yaml.YAMLError as fel:
            if tolk is yaml.SafeLoader:
                raise _yaml_fel(fel) from None
    return None


def _hindra_överraskningar(text: str, tolk: type[yaml.SafeLoader]) -> None:
    """Refuse what settings do not need and what can swell: tags, aliases and deep nesting."""
    djup = 0
    for händelse in yaml.parse(text, Loader=tolk):
        djup += isinstance(händelse, yaml.CollectionStartEvent) - isinstance(händelse, yaml.CollectionEndEvent)
        rad = _rad(händelse.start_mark)
        if isinstance(händelse, yaml.AliasEvent):
            raise Otolkbar("Hänvisningar med * används inte här; skriv ut värdet.", rad)
        if getattr(händelse, "tag", None):
            raise Otolkbar("Taggar (ord som börjar med !) används inte här.", rad)
        if djup > DJUPAST:
            raise Otolkbar("Filen har fler nivåer än den kan ha; en klammer är nog inte avslutad.", rad)


def _värde(nod: yaml.Node, ställe: Ställe, läst: Lästyaml) -> Any:
    """The value of a node, noting the line of every place in it."""
    läst.rader.setdefault(ställe, nod.start_mark.line + 1)
    if isinstance(nod, yaml.SequenceNode):
        return [_värde(del_, (*ställe, nr), läst) for nr, del_ in enumerate(nod.value)]
    if not isinstance(nod, yaml.MappingNode):
        _check_synligt(nod.value, ställe, läst)
        return nod.value
    data = {}
    sedda: set[str] = set()
    for nyckel, del_ in nod.value:
        ord_ = str(nyckel.value)
        under = (*ställe, ord_)
        if ord_ in sedda:
            läst.fel.append((under, f"Nyckeln {kort(ord_)} finns två gånger."))
        sedda.add(ord_)
        läst.rader[under] = nyckel.start_mark.line + 1
        _check_synligt(ord_, under, läst)
        if del_.tag != "tag:yaml.org,2002:null":  # a key without a value is as good as none
            data[ord_] = _värde(del_, under, läst)
    return data


def _check_synligt(text: str, ställe: Ställe, läst: Lästyaml) -> None:
    if träff := OSYNLIGT.search(text):
        läst.fel.append((ställe, osynligt_i_rad(träff[0])))


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


# What the model says of the data


def meningar(fel: ValidationError, data: dict[str, Any], modell: type[BaseModel]) -> list[tuple[Ställe, str]]:
    """Everything pydantic found, but not without end."""
    poster = fel.errors()
    sagt = [_mening(post, data, modell) for post in poster[:HÖGST_FEL]]
    return [*sagt, (sagt[-1][0], FLER_FEL)] if len(poster) > HÖGST_FEL else sagt


def _mening(post: Any, data: dict[str, Any], modell: type[BaseModel]) -> tuple[Ställe, str]:
    """One of pydantic's errors as a place and a sentence."""
    ställe: Ställe = tuple(del_ for del_ in post["loc"] if del_ != "[key]")
    if post["type"] == "extra_forbidden":
        kända = _nycklar(ställe[:-1], modell)
        gissning = förslag(str(ställe[-1]), kända) or f" Här kan stå {', '.join(kända)}."
        return ställe, f"Nyckeln {platsnamn(ställe, data)} är okänd.{gissning}"
    return ställe, f"{platsnamn(ställe, data)} {svenskt_fel(post)}."


def _nycklar(ställe: Ställe, modell: Any) -> list[str]:
    """The keys that can stand at a place, by the model."""
    typ = modell
    for del_ in ställe:
        if isinstance(typ, type) and issubclass(typ, BaseModel):
            typ = typ.model_fields[str(del_)].annotation
        elif get_origin(typ) in (tuple, dict):
            typ = get_args(typ)[1 if get_origin(typ) is dict else 0]
        if get_origin(typ) is UnionType:  # a part that may be left out
            typ = get_args(typ)[0]
    return [namn for namn in typ.model_fields if namn != "slug"] if hasattr(typ, "model_fields") else []


def platsnamn(ställe: Ställe, data: Any) -> str:
    """A place in words: `noter: kostnader: rader: nr 3: etikett`."""
    delar = []
    for del_ in ställe:
        if isinstance(del_, str):
            data = data.get(del_) if isinstance(data, dict) else None
            delar.append(kort(del_))
        else:
            data = data[del_] if isinstance(data, list) and del_ < len(data) else None
            id_ = data.get("id") if isinstance(data, dict) else None
            delar.append(kort(id_) if isinstance(id_, str) else f"nr {del_ + 1}")
    return ": ".join(delar)
