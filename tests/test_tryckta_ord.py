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
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.skrivet import NAMN, inställda_ord, skrivna_ord, underlagets_ord
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
BETYDER = NAMN | {"år", "start", "slut", "plats", "kommun", "enkätfråga", "svarsalternativ", "orgnr", "slug", "fil"}
"""Fields whose words are also looked up or computed with, so that other words would make another report."""

MÄRKE = re.compile(r"\{x \| fel(\d+)\}")


class Märkning:
    """A mark for every word, numbered."""

    def __init__(self) -> None:
        self.antal = 0

    def märk(self, text: str) -> str:
        self.antal += 1
        return f"{text} {{x | fel{self.antal}}}"

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


def märkt(vilken: tuple[str, int, str]) -> tuple[Räkenskapsår, Bok]:
    bok = öppna(*vilken, inputs=INPUTS)
    år, m = bok.år, Märkning()
    förbund = år.förbund.model_copy(
        update={
            "etiketter": {"rr.arets_resultat": "Resultat", "drift.resultat": "Resultat"},
            "rubriker": {"Resultaträkning": "Räkning", "Projekt": "Andra projekt"},
        }
    )
    nytt = replace(
        år,
        förbund=m.allt(förbund),
        underlag=m.allt(år.underlag),
        texter={namn: replace(fil, text=m.märk(fil.text), märke="") for namn, fil in år.texter.items()},
        problem=(),
    )
    return nytt, BÖCKER[vilken[2]](redovisa(nytt), bok.avsnitt)


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


@pytest.fixture(scope="module", params=RAPPORTER, ids=lambda vilken: "-".join(map(str, vilken)))
def fall(request: pytest.FixtureRequest) -> tuple[Räkenskapsår, Bok, dict[str, set[tuple[str, str]]]]:
    år, bok = märkt(request.param)
    sagt: dict[str, set[tuple[str, str]]] = {}
    for problem in bok.textproblem():
        nummer = re.search(r"fel(\d+)", problem.text)
        for ett in [nummer[1]] if nummer else _i_klartext(år, problem.fil, problem.plats):
            sagt.setdefault(ett, set()).add((problem.fil, problem.plats))
    return år, bok, sagt


def _i_klartext(år: Räkenskapsår, fil: str, plats: str) -> list[str]:
    """The marks at a place, for a message that does not say which."""
    ställen = [o for o in skrivna_ord(år) if (o.fil, o.plats) == (fil, plats)]
    return [m[1] for o in ställen for m in MÄRKE.finditer(o.text)]


def test_what_is_printed_raw_is_told(fall: tuple[Räkenskapsår, Bok, dict[str, set[tuple[str, str]]]]) -> None:
    år, bok, sagt = fall
    råa = {m[1] for text in tryckt(bok) for m in MÄRKE.finditer(text.replace("\\", ""))}
    skrivna = {m[1]: o.text for o in skrivna_ord(år) for m in MÄRKE.finditer(o.text)}
    assert len(råa) > 40
    assert [skrivna.get(nr, nr) for nr in sorted(råa - set(sagt))] == []


def test_it_is_told_where_it_is_written(fall: tuple[Räkenskapsår, Bok, dict[str, set[tuple[str, str]]]]) -> None:
    år, _, sagt = fall
    rätt = {m[1]: (o.fil, o.plats) for o in skrivna_ord(år) for m in MÄRKE.finditer(o.text)}
    assert {nr: ställen for nr, ställen in sagt.items() if ställen != {rätt[nr]}} == {}
    assert {o.plats for o in inställda_ord(år.förbund) if MÄRKE.search(o.text)} - {""}
    assert any(rätt[nr] == (år.underlag.fil, o.plats) for nr in sagt for o in underlagets_ord(år.underlag))
