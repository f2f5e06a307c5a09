"""A pattern is made and looked for only where a text has its words: none can be found in a text without them."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Sequence
from itertools import product
from re import _constants as c  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]

from hypothesis import given
from hypothesis import strategies as st

from facit import INPUTS
from finsam.checks.kontrollera import KONTROLLER
from finsam.checks.prosa import manader
from finsam.checks.prosa.lagrum import lagar
from finsam.checks.samma.nastan import _fraser
from finsam.checks.skrivfel import _SAMMA_NAMN, _kan_ha_samma
from finsam.model.monster import Mönster

GLAPP = "\0"
"""Where any sign may stand in what a pattern matches."""
FLEST = 600
"""How many forms of a piece of a pattern are written out."""
LÄNGST = 40
"""Of how many parts a piece is at most."""


def alla_mönster() -> list[Mönster]:
    """Those of all checks, and of the lists that they read."""
    assert KONTROLLER
    assert lagar()
    assert _fraser()
    return [ett for ett in gc.get_objects() if isinstance(ett, Mönster)]


def former(delar: Iterable[tuple[object, object]]) -> list[str]:
    """Every form of what a piece of a pattern matches, where it is not any sign; empty when they are too many."""
    alla = [""]
    for slag, del_ in delar:
        egna = _former_av(slag, del_) or [GLAPP]
        if len(alla) * len(egna) > FLEST:
            egna = [GLAPP]
        alla = list(dict.fromkeys(f"{början}{slut}" for början, slut in product(alla, egna)))
    return alla


def _former_av(slag: object, del_) -> list[str]:  # type: ignore[no-untyped-def]
    if slag is c.LITERAL:
        return [chr(del_)]
    if slag in (c.AT, c.ASSERT, c.ASSERT_NOT):
        return [""]
    if slag is c.SUBPATTERN:
        return former(del_[3])
    if slag is c.BRANCH:
        return [form for gren in del_[1] for form in former(gren)]
    if slag is c.IN and all(ett is c.LITERAL for ett, _ in del_):
        return [chr(tecken) for _, tecken in del_]
    if slag in (c.MAX_REPEAT, c.MIN_REPEAT):
        minst, högst, innehåll = del_
        inne = former(innehåll)
        if (minst, högst) == (0, 1):
            return ["", *inne]
        return [f"{form * int(minst)}{GLAPP * (högst > minst)}" for form in inne] if minst and len(inne) == 1 else []
    return []


def har_något(delar: Sequence[tuple[object, object]], ord_: Sequence[str], *, gemena: bool) -> bool:
    """Whether all that a pattern matches, or what it looks at beside it, has one of some words."""
    for slag, del_ in delar:
        if slag is c.BRANCH and all(har_något(gren, ord_, gemena=gemena) for gren in del_[1]):  # type: ignore[index]
            return True
        inne = _måste_finnas(slag, del_)
        if inne is not None and har_något(inne, ord_, gemena=gemena):
            return True
    bitar = ((start, slut) for start in range(len(delar)) for slut in range(start + 1, start + LÄNGST))
    for start, slut in bitar:
        alla = former(delar[start:slut])
        if all(any(ett in (form.lower() if gemena else form) for ett in ord_) for form in alla):
            return True
    return False


def _måste_finnas(slag: object, del_):  # type: ignore[no-untyped-def]
    if slag is c.SUBPATTERN:
        return del_[3]
    if slag is c.ASSERT:
        return del_[1]
    return del_[2] if slag in (c.MAX_REPEAT, c.MIN_REPEAT) and del_[0] else None


def test_words_are_in_all_that_a_pattern_matches():
    """Also when a word is put in a list (ordlista.yml, smaord.yml), or a pattern is changed."""
    fel = [
        (ord_, mönster.pattern)
        for mönster in alla_mönster()
        for ord_ in mönster.ord
        if not har_något(
            list(_parser.parse(mönster.pattern, int(mönster.flaggor))),
            ord_,
            gemena=bool(mönster.flaggor & re.IGNORECASE),
        )
    ]
    assert not fel


def test_a_pattern_that_may_miss_its_words_is_found_out():
    for mönster, ord_ in ((r"(?:mer|mindre)\sän", "mer"), (r"(?:inte\s)?nås", "inte"), (r"\w*del(?:ar)?", "delar")):
        assert not har_något(list(_parser.parse(mönster)), ord_.split("|"), gemena=False)


def test_the_same_is_found_as_without_words():
    texter = [fil.read_text("utf-8") for fil in sorted(INPUTS.glob("exempelforbundet/*/text/*.md"))]
    for mönster in alla_mönster():
        vanligt = re.compile(mönster.pattern, mönster.flaggor)
        for text in (ett for hel in texter for ett in (hel, hel.lower())):
            assert [ett.span() for ett in mönster.finditer(text)] == [ett.span() for ett in vanligt.finditer(text)]


def test_case_is_no_matter_where_it_is_not_to_be():
    mönster = Mönster("(?:stig|ökar)", "stig|ökar", flaggor=re.IGNORECASE)
    for text in ("STIGER", "Ökar", "ſtiger", "stıger", "STİGER"):
        assert (mönster.search(text) is None) == (re.search(mönster.pattern, text, re.IGNORECASE) is None)


@given(st.text("0129-−{}=/ ,.§år", max_size=12))
def test_what_no_number_is_has_what_is_looked_for_first(text):
    assert manader._KANSKE_OMÖJLIGT.search(text) or not manader._OMÖJLIGT.search(text)


@given(
    st.lists(st.sampled_from(["Nora", "Hällefors", "kvinnor", "för", "maj", "och", "eller", ",", "kommun"]), max_size=7)
)
def test_what_is_there_twice_has_what_is_looked_for_first(ord_):
    text = " ".join(ord_).replace(" ,", ",")
    assert _kan_ha_samma(text) or not _SAMMA_NAMN.search(text)
