"""A text rolled forward says the same of last year, whatever year its figures were typed from."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facit import INPUTS, jämför
from finsam.begin.ar.texter import Talindex, Träff, rulla_text, talindex, texttyda
from finsam.oppna import öppna
from finsam.report.bok import Bok
from finsam.report.text import prosa_html, read_prosa
from prov import antal

HÄR = Path(__file__).parent
RAPPORTER = (
    ("sofint", 2020, "arsredovisning"),
    ("sofint", 2024, "arsredovisning"),
    ("exempelforbundet", 2025, "arsredovisning"),
    ("exempelforbundet", 2026, "verksamhetsplan"),
    ("sofint", 2026, "verksamhetsplan"),
    ("sydnarke", 2025, "verksamhetsplan"),
    ("lekeberg-orebro", 2024, "verksamhetsplan"),
)


@cache
def bok(förbund: str, år: int, rapport: str) -> Bok:
    return öppna(förbund, år, rapport, inputs=INPUTS)


@cache
def index(förbund: str, år: int, rapport: str) -> Talindex:
    return talindex(texttyda(bok(förbund, år, rapport).redovisning))


def ord_i(text: str, vilken: tuple[str, int, str]) -> str:
    """The words of the page, without regard to how blanks and minus are written; every reference is known."""
    prosa, problem = read_prosa(text, texttyda(bok(*vilken).redovisning), "text.md")
    assert problem == []
    klartext = re.sub(r"<[^>]*>", "", prosa_html(prosa))
    return " ".join(klartext.replace("\u2212", "-").split())


def test_typed_figures_and_years() -> None:
    sofint = RAPPORTER[1]
    text = (HÄR / "skrivna_tal.md").read_text("utf-8")
    rullad = rulla_text(text, 2024, index(*sofint))
    assert ord_i(rullad.text, sofint) == ord_i(text, sofint)
    bytta = "\n".join(f"{skrivet} → {hänvisning}" for skrivet, hänvisning in rullad.bytta)
    jämför(f"{rullad.text}\nBytta:\n{bytta}\n\nKvar:\n" + "\n".join(rullad.kvar), HÄR / "skrivna_tal.txt")


@pytest.mark.parametrize("vilken", RAPPORTER)
def test_every_text_says_the_same_as_before(vilken: tuple[str, int, str]) -> None:
    for fil in bok(*vilken).år.texter.values():
        assert ord_i(rulla_text(fil.text, vilken[1], index(*vilken)).text, vilken) == ord_i(fil.text, vilken)


@pytest.mark.parametrize("vilken", RAPPORTER)
def test_so_does_every_text_with_its_figures_typed(vilken: tuple[str, int, str]) -> None:
    """The texts as somebody writes them who does not refer to facts: none may come to say something else."""
    tyda = texttyda(bok(*vilken).redovisning)
    for fil in bok(*vilken).år.texter.values():
        skriven = re.sub(r"\{[^{}]*\}", lambda m: read_prosa(m[0], tyda, "")[0].klartext, fil.text)
        rullad = rulla_text(skriven, vilken[1], index(*vilken))
        assert ord_i(rullad.text, vilken) == ord_i(skriven, vilken)


def test_most_of_the_figures_are_found_again() -> None:
    """Of the amounts in kronor that SOFINT's texts refer to, typed, two of three become references."""
    vilken = RAPPORTER[1]
    tyda = texttyda(bok(*vilken).redovisning)
    bytta = kvar = 0
    for fil in bok(*vilken).år.texter.values():
        skriven = re.sub(r"\{[^{}]*\| kr[^{}]*\}", lambda m: read_prosa(m[0], tyda, "")[0].klartext, fil.text)
        rullad = rulla_text(skriven, vilken[1], index(*vilken))
        bytta += len(rullad.bytta)
        kvar += sum("kr" in tal for tal in rullad.kvar)
    assert bytta > 2 * kvar > 0


@cache
def alla_träffar() -> list[Träff]:
    return [träff for nyckel, träffar in index(*RAPPORTER[1]).items() for träff in träffar if len(nyckel[0]) > 2]


@settings(max_examples=antal(100))
@given(nr=st.integers(0, 10**6), före=st.sampled_from(["", "Det blev ", "minus ", "(", "**"]), ny=st.booleans())
def test_any_figure_of_the_year_rolled_is_printed_as_it_was_typed(nr: int, före: str, ny: bool) -> None:
    vilken, träff = RAPPORTER[1], alla_träffar()[nr % len(alla_träffar())]
    skriven, _ = read_prosa(f"{{{träff.uttryck}}}", texttyda(bok(*vilken).redovisning), "")
    text = f"{före}{skriven.klartext} {'under 2024' if ny else 'då'}."
    rullad = rulla_text(text, 2024, index(*vilken))
    assert ord_i(rullad.text, vilken) == ord_i(text, vilken)
    assert len(rullad.bytta) + len(rullad.kvar) == 1
    if ny:
        assert "{år}" in rullad.text
