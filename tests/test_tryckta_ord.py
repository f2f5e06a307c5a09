"""Whatever somebody has written that is printed and refers to something: it is read out, or told with its place.

Every word there is in the settings, the underlag and the texts gets a reference of its own to what is not there. What
is then found raw anywhere in what is printed must have been told, where it was written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from finsam.model.fakta import Indata
from finsam.model.rapport import rapportslag
from finsam.model.skrivet import NAMN, Ord, skrivna_ord
from finsam.oppna import BÖCKER, öppna
from finsam.report.bok import Bok
from finsam.report.kalender import kalender
from finsam.statements.redovisning import redovisa

INPUTS = Path(__file__).parents[1] / "inputs"
RAPPORTER = (
    ("exempelforbundet", 2025, "arsredovisning"),
    ("exempelforbundet", 2026, "verksamhetsplan"),
    ("sofint", 2024, "arsredovisning"),
)
VILKA = [
    pytest.param(ett, id="-".join(map(str, ett)), marks=() if ett[1] == 2025 else pytest.mark.langsam)
    for ett in RAPPORTER
]
BETYDER = NAMN | {"år", "start", "slut", "plats", "kommun", "enkätfråga", "svarsalternativ", "orgnr", "slug", "fil"}
"""Fields whose words are also looked up or computed with, so that other words would make another report."""

MÄRKE = re.compile(r"\{(?:x \| fel|= märke )(\d+)\}")
NUMMER = re.compile(r"(?:fel|märke )(\d+)")
OKÄND, UTSKRIVEN, ÅRET = "{x | fel%d}", "{= märke %d}", "{år}"
"""A reference that names nothing, and two that may be read out: one of its own in each word, and one for them all."""


class Märkning:
    """A mark for every word, numbered."""

    def __init__(self, form: str) -> None:
        self.form, self.antal = form, 0

    def märk(self, text: str) -> str:
        self.antal += 1
        return f"{text} {self.form % self.antal if '%' in self.form else self.form}"

    def allt(self, del_: Any) -> Any:
        """The same settings or rows, with a mark in each word."""
        if isinstance(del_, BaseModel):
            fält = type(del_).model_fields
            ord_ = {n: v for n, v in del_ if n not in BETYDER and not _val(fält[n].annotation)}
            return del_.model_copy(update={n: self.allt(v) for n, v in ord_.items() if v not in ("", None)})
        if isinstance(del_, tuple):
            return tuple(self.allt(ett) for ett in del_)
        if isinstance(del_, dict):
            return {nyckel: self.allt(ett) for nyckel, ett in del_.items()}
        return self.märk(del_) if isinstance(del_, str) else del_


def _val(typ: object) -> bool:
    return "Literal" in str(typ)


def märkt(vilken: tuple[str, int, str], form: str) -> Bok:
    """A report with a mark in every word."""
    bok = öppna(*vilken, inputs=INPUTS)
    år, m = bok.år, Märkning(form)
    egna = {
        "etiketter": {"rr.arets_resultat": "Resultat", "drift.resultat": "Resultat"},
        "rubriker": {"Resultaträkning": "Räkning", "Projekt": "Andra projekt"},
    }
    nytt = replace(
        år,
        förbund=m.allt(år.förbund.model_copy(update=egna)),
        underlag=m.allt(år.underlag),
        texter={namn: replace(fil, text=m.märk(fil.text), märke="") for namn, fil in år.texter.items()},
        problem=(),
    )
    return BÖCKER[rapportslag(vilken[2])](redovisa(nytt), bok.avsnitt)


def tryckt(bok: Bok) -> Iterator[str]:
    """All that is printed, but for what is drawn: the page, the PDF, the tables, the facts and the calendar."""
    for block in (*bok._visade, *bok.uppställda, bok.omslag):
        yield from (prosa.källa for prosa in block.prosa())
        yield json.dumps(block.json(), ensure_ascii=False)
        if "Diagram" not in str(block) and "diagram" not in json.dumps(block.json()):
            yield from (block.html(), block.typst())
    for f in bok.fakta.values():
        yield from (f.definition, f.text, f.källa.anmärkning if isinstance(f.källa, Indata) else "")
    yield from (kalender(bok.år, bok.tyda), bok.titel, bok.år.förbund.namn)
    yield from (undantag.skäl + undantag.namn for undantag in bok.år.underlag.undantag)


def märken(bok: Bok) -> dict[str, Ord]:
    """Every mark, with the words that it stands in."""
    return {m[1]: skrivet for skrivet in skrivna_ord(bok.år) for m in MÄRKE.finditer(skrivet.text)}


@pytest.mark.parametrize("form", [OKÄND, UTSKRIVEN])
@pytest.mark.parametrize("vilken", VILKA)
def test_what_is_printed_raw_is_told_where_it_is_written(vilken: tuple[str, int, str], form: str) -> None:
    bok = märkt(vilken, form)
    alla, råa = märken(bok), {m[1] for text in tryckt(bok) for m in MÄRKE.finditer(text.replace("\\", ""))}
    assert len(råa) > (100 if form == OKÄND else 20)
    problem = list(bok.textproblem())
    sagda_ = {(p.fil, p.plats) for p in problem}
    assert [alla[nr] for nr in råa if alla[nr][:2] not in sagda_] == []
    nummer = [(p, m[1]) for p in problem if (m := NUMMER.search(p.text))]
    assert [p for p, nr in nummer if alla[nr][:2] != (p.fil, p.plats)] == []


@pytest.mark.langsam
@pytest.mark.parametrize("vilken", VILKA)
def test_only_words_that_can_have_no_reference_are_told_of_one_that_there_is(vilken: tuple[str, int, str]) -> None:
    """All places are told of words that stand in many."""
    ett, vart_sitt = (
        [{ord_ for ord_ in skrivna_ord(bok.år) if ord_[:2] == (p.fil, p.plats)} for p in bok.textproblem()]
        for bok in (märkt(vilken, ÅRET), märkt(vilken, UTSKRIVEN))
    )
    väntade = {_omärkt(ord_) for ställe in vart_sitt for ord_ in ställe}
    assert [ställe for ställe in ett if väntade.isdisjoint(map(_omärkt, ställe))] == []
    assert {(o.fil, o.plats) for ställe in vart_sitt for o in ställe} <= {(o.fil, o.plats) for s in ett for o in s}


def _omärkt(ord_: Ord) -> str:
    return ord_.text.rpartition(" {")[0]
