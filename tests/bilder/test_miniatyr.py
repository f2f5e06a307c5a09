"""Small bars: each has its number, nothing is set upon anything else, and the same figures are the same bytes."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilder.geometri import fel_i, read_bild
from finsam.report.arsbok import Årsbok
from finsam.report.bild.miniatyr import BREDD, miniatyr
from prov import antal

ÅREN = ["{år-4}", "{år-3}", "{år-2}", "{år-1}", "{år}"]
TAL = st.none() | st.just(0) | st.integers(-9_999_999, 9_999_999) | st.integers(-9, 9)


def rita(bok: Årsbok, tal: list[int | None], gränser: list[int | None] | None = None) -> str:
    exakta = [None if t is None else Decimal(t) for t in tal]
    ord_ = ["" if t is None else f"{t:,}".replace(",", "\u00a0").replace("-", "\u2212") for t in tal]
    strecken = [None if g is None else Decimal(g) for g in gränser] if gränser else ()
    return miniatyr(ÅREN[-len(tal) :], exakta, ord_, bok._tyda, strecken)


def test_each_bar_has_its_number_and_year(exempel: Årsbok) -> None:
    svg = rita(exempel, [14, -271, -751, None, 119])
    assert [o.text for o in read_bild(svg).ord] == [
        "14",
        "2021",
        "−271",
        "2022",
        "−751",
        "2023",
        "–",
        "2024",
        "119",
        "2025",
    ]
    assert 'data-ord="&lt;span data-ordagrant=&quot;år-1&quot;&gt;2024&lt;/span&gt;"' in svg
    assert svg == rita(exempel, [14, -271, -751, None, 119])
    assert re.findall(r'font-weight="(\d+)"[^>]*>([^<]*)<', svg) == [("600", "119"), ("600", "2025")]


@pytest.mark.parametrize("tal", [[5], [0, 0, 0], [None, None, 3], [7, 7, 7, 7, 7], [-1, -5], [3_986_000, 1]])
def test_few_equal_none_and_negative(exempel: Årsbok, tal: list[int | None]) -> None:
    svg = rita(exempel, tal)
    assert fel_i(svg) == []
    assert read_bild(svg).bredd == BREDD


@settings(max_examples=antal(40), deadline=None)
@given(st.lists(st.tuples(TAL, st.none() | st.integers(0, 9_999_999)), min_size=1, max_size=5))
def test_nothing_is_set_upon_anything_else(exempel: Årsbok, par: list[tuple[int | None, int | None]]) -> None:
    assert fel_i(rita(exempel, [t for t, _ in par], [g for _, g in par])) == []
