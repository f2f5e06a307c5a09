"""Paragraphs that say the same, and texts that are about another insats than their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from itertools import combinations, pairwise
from typing import NamedTuple

from finsam.checks.prosa.mening import stycken
from finsam.model.ord import vik
from finsam.model.rakenskapsar import Textfil
from finsam.model.underlag import Insats

MINST_ORD = 12
"""How many words a paragraph has for its repetition to be no chance."""
_LIKT = 0.92
"""How much of two paragraphs' words are the same when one is the other with a word changed."""
_MINST_LIKT = 20
"""How many words a paragraph has for that to be tried."""
_LED_I_NAMN, _STAM = 5, 7
"""Letters that a part of a text's name must have to be looked for in its words, and how many of them are."""
_ORD = re.compile(r"\{[^{}]*\}|[\w-]+")


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
    """A short paragraph and the one right before it that says the same."""
    for förra, stycke in pairwise(alla):
        if len(stycke.ord_) < MINST_ORD and stycke.ord_ == förra.ord_ and stycke.fil == förra.fil:
            yield förra, stycke


def upprepade(långa: list[Stycke]) -> Iterator[tuple[Stycke, Stycke]]:
    """A paragraph and the one before it that says the same, to the word or nearly; with the same figures."""
    for nr, stycke in enumerate(långa):
        förra = next((ett for ett in långa[:nr] if _lika(ett.ord_, stycke.ord_)), None)
        if förra:
            yield förra, stycke


def _lika(ena: tuple[str, ...], andra: tuple[str, ...]) -> bool:
    if ena == andra:
        return True
    kort, lång = sorted((len(ena), len(andra)))
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


def antal_gånger(text: str, namn: str, *, versal: bool = True) -> int:
    """How often a text names something, in any form of its name: Kompassens, Metodstödet for Metodstöd.

    >>> antal_gånger("I Kompassens lokaler", "Kompassen"), antal_gånger("Att kliva in", "Klivet")
    (1, 0)
    """
    *första, sista = namn.split()
    stam = r"\s+".join(re.escape(ord_) for ord_ in (*första, re.sub(r"(?:en|et|n|s)$", "", sista)))
    return len(re.findall(rf"(?<!\w){stam}\w{{0,3}}(?!\w)", text, 0 if versal else re.IGNORECASE))


def refererar(text: str, insats: str) -> bool:
    """Whether a text has a figure of an insats."""
    return bool(re.search(rf"\{{\s*(?:insats|deltagare|enkat|budget)\.{re.escape(insats)}(?!\w)", text))


def ombytta(texter: Mapping[str, Textfil]) -> Iterator[tuple[Textfil, Textfil]]:
    """Pairs of texts that each have words of the other's name and none of their own; by the names without prefix."""
    orden = {namn: vik(fil.text) for namn, fil in texter.items()}
    led = {namn: [del_[:_STAM] for del_ in namn.split("_") if len(del_) >= _LED_I_NAMN] for namn in texter}
    utan = [namn for namn in texter if not any(del_ in orden[namn] for del_ in led[namn])]
    for ena, andra in combinations(utan, 2):
        if any(del_ in orden[andra] for del_ in led[ena]) and any(del_ in orden[ena] for del_ in led[andra]):
            yield texter[ena], texter[andra]
