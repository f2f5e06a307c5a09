"""Paragraphs that say the same, and texts that are about another insats than their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files
from itertools import combinations, pairwise
from typing import NamedTuple

import yaml

from finsam.checks.prosa.mening import stycken
from finsam.model.ord import antal_gånger, vik
from finsam.model.rakenskapsar import Textfil
from finsam.model.underlag import Insats
from finsam.read.yaml_fil import SNABB_TOLK

MINST_ORD = 12
"""How many words a paragraph has for its repetition to be no chance."""
_LIKT = 0.92
"""How much of two paragraphs' words are the same when one is the other with a word changed."""
_MINST_LIKT = 20
"""How many words a paragraph has for that to be tried."""
_PUNKTER = 12
"""How many points a list may have and its repetition be seen."""
_VIKT = 0.5
"""How much more of each other's words two texts have together, where a word is worth one divided by how many texts have
it.
"""
_STAM_I_RAD = 8
"""Letters of a word of a row that its text is known by."""
_LED_I_NAMN, _STAM = 5, 7
"""Letters that a part of a text's name must have to be looked for in its words, and how many of them are."""
_ORD = re.compile(r"\{[^{}]*\}|[\w-]+")
_HÄNVISNING = re.compile(r"\{[^{}]*\}")
_BOKSTÄVER = re.compile("[a-z]+")


class Stycke(NamedTuple):
    """A paragraph: its file and line, and its words with what it refers to."""

    fil: str
    rad: int
    ord_: tuple[str, ...]


def delade(texter: Iterable[Textfil]) -> list[Stycke]:
    """All paragraphs, list items and headings that have words, in order."""
    alla = (
        Stycke(fil.fil, rad, tuple(ord_.lower() for ord_ in _ORD.findall(stycke)))
        for fil in texter
        for rad, stycke in stycken(fil.text)
    )
    return [stycke for stycke in alla if stycke.ord_]


def intill(alla: list[Stycke]) -> Iterator[tuple[Stycke, Stycke]]:
    """A short paragraph and the one right before it that says the same; or several in a row, such as a list."""
    for förra, stycke in pairwise(alla):
        if len(stycke.ord_) < MINST_ORD and stycke.ord_ == förra.ord_ and stycke.fil == förra.fil:
            yield förra, stycke
    for nr, stycke in enumerate(alla):
        for antal in range(2, min(nr, _PUNKTER) + 1) if len(stycke.ord_) < MINST_ORD else ():
            if stycke.ord_ != alla[nr - antal].ord_:
                continue
            följd, före = alla[nr : nr + antal], alla[nr - antal : nr]
            lika = [(ett.fil, ett.ord_) for ett in följd] == [(ett.fil, ett.ord_) for ett in före]
            if lika and len({ett.ord_ for ett in följd}) == antal:
                yield före[0], stycke


def upprepade(långa: list[Stycke]) -> Iterator[tuple[Stycke, Stycke]]:
    """A paragraph and the one before it that says the same, to the word or nearly; with the same figures."""
    for nr, stycke in enumerate(långa):
        förra = next((ett for ett in långa[:nr] if _lika(ett.ord_, stycke.ord_)), None)
        if förra:
            yield förra, stycke


def _lika(ena: tuple[str, ...], andra: tuple[str, ...]) -> bool:
    if ena == andra:
        return True
    kort, lång = min(len(ena), len(andra)), max(len(ena), len(andra))
    if kort < _MINST_LIKT or kort / lång < _LIKT or set(ena[:6]).isdisjoint(andra[:6]):
        return False
    if [ord_ for ord_ in ena if ord_[0] == "{"] != [ord_ for ord_ in andra if ord_[0] == "{"]:
        return False
    grannar = SequenceMatcher(None, ena, andra, autojunk=False)
    return grannar.quick_ratio() >= _LIKT and grannar.ratio() >= _LIKT


def annan_insats(text: str, egen: Insats, insatser: Iterable[Insats]) -> Insats | None:
    """The insats that a text is about when it neither names its own nor has its figures, but has another's, or begins
    with another and comes back to it.
    """
    if antal_gånger(text, egen.namn, versal=False) or refererar(text, egen.id):
        return None
    början = text.strip().split("\n\n")[0]
    for insats in insatser:
        först = text.lstrip("#*- \n").startswith(f"{insats.namn} ")
        nämnd = först or (antal_gånger(text, insats.namn) > 1 and antal_gånger(början, insats.namn) > 0)
        if insats.id != egen.id and (nämnd or refererar(text, insats.id)):
            return insats
    return None


def refererar(text: str, insats: str) -> bool:
    """Whether a text has a figure of an insats."""
    return bool(re.search(rf"\{{\s*(?:insats|deltagare|enkat|budget)\.{re.escape(insats)}(?!\w)", text))


def ombytta(
    texter: Mapping[str, Textfil], insatser: Mapping[str, str], rader: Mapping[str, Iterable[str]]
) -> Iterator[tuple[Textfil, Textfil]]:
    """Pairs of texts that each are about what the other is named for.

    `insatser` are the names of the insatser, by the names of their texts; `rader` the words of the rows of the insats
    or målområde that a text is of.
    """
    rena = {namn: " ".join(("", *_BOKSTÄVER.findall(vik(fil.text)))) for namn, fil in texter.items()}
    ämnen = {namn: _ämne(namn) for namn in texter if namn not in insatser}
    for ena, andra in combinations(ämnen, 2):
        if ena in _ämnen() and andra in _ämnen():
            continue
        egna = _antal(rena[ena], ämnen[ena]), _antal(rena[andra], ämnen[andra])
        andras = _antal(rena[ena], ämnen[andra]), _antal(rena[andra], ämnen[ena])
        if min(andras) > 0 and not any(egna):
            yield texter[ena], texter[andra]
    yield from _viktade(texter, insatser, rader, rena)
    utan = [namn for namn in insatser if namn in texter and not _nämner(texter[namn], insatser[namn])]
    for ena, andra in combinations(utan, 2):
        if _nämner(texter[ena], insatser[andra]) or _nämner(texter[andra], insatser[ena]):
            yield texter[ena], texter[andra]


def _viktade(
    texter: Mapping[str, Textfil],
    insatser: Mapping[str, str],
    rader: Mapping[str, Iterable[str]],
    rena: Mapping[str, str],
) -> Iterator[tuple[Textfil, Textfil]]:
    """Pairs of texts that both have more of the other's words than of their own, each word worth less the more texts
    have it.
    """
    ämnen = {
        namn: {*((_namnet(insatser[namn]),) if namn in insatser else _ämne(namn)), *_långa(rader.get(namn, ()))}
        for namn in texter
    }
    börjar = {namn: {ord_[:_STAM_I_RAD] for ord_ in rena[namn].split()} for namn in texter}
    finns = {
        ord_: {
            namn
            for namn in texter
            if (ord_ in börjar[namn] if len(ord_) == _STAM_I_RAD and " " not in ord_ else f" {ord_}" in rena[namn])
        }
        for ord_ in sorted(set().union(*ämnen.values()))
    }
    värt = {
        (text, namn): sum(1 / len(finns[ord_]) for ord_ in sorted(ämnen[namn]) if text in finns[ord_])
        for text in texter
        for namn in texter
    }
    for ena, andra in combinations(texter, 2):
        mer = värt[ena, andra] - värt[ena, ena], värt[andra, ena] - värt[andra, andra]
        if min(mer) > 0 and sum(mer) >= _VIKT:
            yield texter[ena], texter[andra]


def _långa(rader: Iterable[str]) -> set[str]:
    """How the long words of some rows begin."""
    orden = _BOKSTÄVER.findall(vik(_HÄNVISNING.sub(" ", " ".join(rader))))
    return {ord_[:_STAM_I_RAD] for ord_ in orden if len(ord_) >= _STAM_I_RAD}


def _namnet(namn: str) -> str:
    return " ".join(_BOKSTÄVER.findall(vik(namn)))


def _nämner(fil: Textfil, insats: str) -> bool:
    return antal_gånger(fil.text, insats, versal=False) > 0


def _ämne(namn: str) -> tuple[str, ...]:
    """How words begin that a text of this name has: those of the list, or the parts of the name itself."""
    egna = (del_[:_STAM] for del_ in namn.removeprefix("malomrade_").split("_") if len(del_) >= _LED_I_NAMN)
    return tuple(_ämnen().get(namn, ())) or tuple(egna)


def _antal(text: str, ämne: Iterable[str]) -> int:
    """How many of the words of a subject a text has."""
    return sum(f" {början}" in text for början in ämne)


@cache
def _ämnen() -> Mapping[str, Sequence[str]]:
    lästa: dict[str, list[str]] = yaml.load((files(__package__) / "texter.yml").read_text("utf-8"), SNABB_TOLK)  # noqa: S506
    return lästa
