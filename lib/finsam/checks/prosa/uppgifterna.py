"""Which uppgift a sentence is about: one that no text refers to fits it better, or it is another day."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache

from finsam.checks.prosa.bredvid import Fel, hänvisning, nyckel
from finsam.model.fakta import Fakta
from finsam.model.monster import Mönster
from finsam.model.ord import SAKNAS, vik

_ENSAM = re.compile(hänvisning("a"))
_ID = re.compile(r"\{\s*([a-z][\w.-]+)")
_BUNDET = re.compile(r"\{[^{}]*\}")
_RUBRIK = re.compile(r"\*\*[^*]+\*\*|^#+ .*$", re.MULTILINE)
_MENING = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ{*])|\n\s*\n|\n\s*[-*] ")
_STAM = 5
"""How many letters of a word its forms, and what it is part of, have in common."""
_NÄRA = 40
"""How near before a reference a word of its own is what it is about."""
_FLER = 2
"""How many words of an uppgift a sentence has that refers to something else and has no word of that."""
_ALLMÄNNA = frozenset(
    (
        *(
            "under",
            "arets",
            "enligt",
            "forbundet",
            "forbundets",
            "forbunds",
            "verksamhet",
            "senaste",
            "antal",
            "andel",
            "andelen",
        ),
        *("ungefar", "hogst", "lagst", "minst", "mellan", "varje", "kronor", "belopp", "summa", "totalt", "procent"),
        *("andelen", "nasta", "forra"),
    )
)
_DAGAR = (
    (re.compile(r"samråd", re.I), re.compile("samrad")),
    (re.compile(r"revider|ändra(?:de|des|d|t|s)\b|ändring", re.I), re.compile("revider|andring")),
    (re.compile(r"undertecknad|skrev\w*\sunder|underskrift", re.I), re.compile("undert|underskr")),
    (re.compile(r"beslut|fastställ|antog", re.I), re.compile("beslut|faststall|antog|antag")),
)
"""Words for what happened on a day, and what the id of that day has in it."""
_DAG = re.compile(r"\d{4}-\d\d-\d\d")
_BUDGET = Mönster(r"budget", flaggor=re.I)
_BUDGETENS = Mönster(r"(?<!\w)budgeten\sden\s$", "budgeten", flaggor=re.I)
_BUDGETDAG = Mönster(r"uppgift\.budget(?:beslut|revidering)")
_RAPPORT = Mönster(r"årsredovisning|verksamhetsplan|planen\b", flaggor=re.I)


def ensamma(uppgifter: Collection[Fakta], texter: Collection[str]) -> list[Fakta]:
    """The uppgifter with a value that no text refers to."""
    nämnda = {id_ for text in texter for id_ in _ID.findall(text)}
    return [f for f in uppgifter if f.id not in nämnda and (f.värde is not None or f.text not in ("", SAKNAS))]


def fel_uppgift(text: str, runt: str, fakta: Mapping[str, Fakta], år: int, andra: Collection[Fakta]) -> Iterator[Fel]:
    """References to an uppgift in sentences that one of `andra`, of the same unit, fits better; and of another day."""
    for träff in _ENSAM.finditer(text):
        f = fakta.get(nyckel(träff["a"], träff["a_år"], år))
        kandidater = [g for g in andra if f is not None and g.enhet == f.enhet]
        if f is None or not (kandidater or _är_dag(f)):
            continue
        start, slut = _meningen(text, träff.start())
        före = [text[start : träff.start()], text[träff.end() : slut]]
        stycke = text[text.rfind("\n\n", 0, träff.start()) + 1 : slut]
        delar = [
            " ".join(före),
            " ".join(_RUBRIK.findall(stycke)) + " " + runt,
            text[_meningen(text, max(0, start - 2))[0] : start],
        ]
        delar.append(före[0][-_NÄRA:])
        sagt = [vik(_BUNDET.sub(" ", del_)) for del_ in delar]
        andras = {id_ for id_ in _ID.findall(text[start:slut]) if id_.startswith("uppgift.")} - {f.id}
        sagda = [fakta[k] for id_ in andras if (k := f"{id_}/{f.period}") in fakta]
        upptagna = frozenset[str]().union(*(_stammar(ett.id, ett.definition) for ett in sagda))
        bättre = next((g for g in kandidater if _passar_bättre(g, f, sagt, upptagna)), None)
        if bättre is not None:
            yield träff[0], träff.start(), f"står där orden handlar om {bättre.id}, som ingen text hänvisar till"
        elif vad := _fel_dag(före[0], f, fakta):
            yield träff[0], träff.start(), vad


def _meningen(text: str, plats: int) -> tuple[int, int]:
    """Where the sentence of a place begins and ends."""
    start = max((träff.end() for träff in _MENING.finditer(text, 0, plats)), default=0)
    return start, next((träff.start() for träff in _MENING.finditer(text, plats)), len(text))


@cache
def _stammar(id_: str, benämning: str) -> frozenset[str]:
    """How the words of an uppgift begin, those of its id and of what it is called."""
    led = [ett for ett in re.split(r"[._]", vik(id_))[1:] if len(ett) >= _STAM - 1]
    ord_ = [ett for ett in re.findall(r"[a-z]{5,}", vik(benämning)) if ett not in _ALLMÄNNA]
    return frozenset((*(ett for ett in led if ett not in _ALLMÄNNA), *ord_))


def _passar_bättre(g: Fakta, f: Fakta, sagt: list[str], upptagna: frozenset[str]) -> bool:
    """Whether a sentence, then its heading and row, then the sentence before have more words of one uppgift than of
    another, and of that none right before it. `upptagna` are the words of what else the sentence refers to.
    """
    dess, egna = _stammar(g.id, g.definition), _stammar(f.id, f.definition)
    if _antal(egna, dess, sagt[-1]):
        return False
    if not f.id.startswith("uppgift."):
        return _antal(dess, upptagna, sagt[0]) >= _FLER and not any(_antal(egna, frozenset(), del_) for del_ in sagt)
    poäng = [(_antal(dess, egna | upptagna, del_), _antal(egna, dess, del_)) for del_ in sagt[:-1]]
    if sum(eget for _, eget in poäng[:2]) > 0 and not poäng[0][0]:
        return False
    return next((a > b for a, b in poäng if a != b), False)


def _antal(ord_: frozenset[str], andra: frozenset[str], text: str) -> int:
    """How many of some words, but for those that are others' too, a text has, whole or as parts."""
    stammar = {ett[:_STAM] for ett in ord_ if not any(ett[:_STAM] in annat for annat in andra)}
    delar = {ett[:_STAM] for ett in re.findall(r"[a-z]{6,}", text) if ett not in _ALLMÄNNA}
    i_ord = {ett for ett in delar if any(ett in o for o in ord_) and not any(ett in o for o in andra)}
    return len({*(s for s in stammar if re.search(rf"(?<![a-z]){s}", text)), *i_ord})


def _är_dag(f: Fakta) -> bool:
    """Whether it is a day, or may come to be one."""
    return f.text == SAKNAS or _DAG.fullmatch(f.text) is not None


def _fel_dag(före: str, f: Fakta, fakta: Mapping[str, Fakta]) -> str:
    """What is wrong with a day after words of what happened then; empty when nothing is."""
    if not _är_dag(f):
        return ""
    sedan = före.rpartition("}")[2]
    sagda = [(träff.end(), id_) for ord_, id_ in _DAGAR for träff in ord_.finditer(sedan)]
    egen = any(id_.search(f.id) for _, id_ in _DAGAR)
    if not egen:
        return ""
    if _BUDGETENS.search(sedan) and not _BUDGET.search(f"{f.id} {f.definition}"):
        rätt_dag = next((g.id for g in fakta.values() if g.period == f.period and _BUDGETDAG.match(g.id)), "")
        return f"är en annan dag än den som orden före säger ({rätt_dag})" if rätt_dag else ""
    if not sagda:
        return ""
    _, rätt = max(sagda, key=lambda ett: ett[0])
    dagar = [
        g for g in fakta.values() if g.period == f.period and g.id.startswith("uppgift.") and _DAG.fullmatch(g.text)
    ]
    rätta = [g for g in dagar if rätt.search(g.id)]
    ändring = _DAGAR[1][1].search(f.id)  # an ändring is a beslut too
    if rätta and f not in rätta and not (ändring and rätt is _DAGAR[-1][1]):
        return f"är en annan dag än den som orden före säger ({rätta[0].id})"
    ord_ = _BUNDET.sub(" ", före)
    if len(rätta) > 1 and bool(_BUDGET.search(ord_)) != bool(_RAPPORT.search(ord_)):
        om_budget = bool(_BUDGET.search(ord_))
        passar = [g for g in rätta if ("budget" in g.id) == om_budget]
        if passar and f not in passar:
            return f"är en annan dag än den som orden före säger ({passar[0].id})"
    return ""
