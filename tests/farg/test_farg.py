"""A förbund's own colour becomes colours that can be read, whatever it is."""

from __future__ import annotations

from colorsys import hsv_to_rgb
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from facit import jämför
from finsam.model.farg import (
    DÄMPAD,
    FÖRVAL,
    MÖRKT,
    NÄRA_GRÄNS,
    TEXT,
    VIT,
    Färger,
    grå,
    kontrast,
    kulör,
    mörkt_av,
    ur_egen,
)

HÄR = Path(__file__).parent
EGNA = {
    "finsams": "#134E5E",
    "gul": "#F5B700",
    "orange": "#E4572E",
    "grön": "#6AB023",
    "blå": "#0069B4",
    "magenta": "#C2187A",
    "svart": "#000000",
    "vit": "#FFFFFF",
}
färg = st.integers(0, 0xFFFFFF).map("#{:06X}".format)


def håller(f: Färger) -> None:
    assert kontrast(f.profil, f.yta) >= 7
    assert kontrast(f.mellan, f.yta) >= 3
    assert kontrast(TEXT, f.mellan) >= 4.5
    assert min(kontrast(f.profil, f.ljus), kontrast(TEXT, f.ljus)) >= 4.5
    assert min(kontrast(ord_, f.ton) for ord_ in (f.profil, DÄMPAD, f.gräns, TEXT)) >= 4.5
    assert kontrast(f.gräns, f.yta) >= 4.5


@given(färg)
@example("#00FF00")
@example("#FFFF00")
@example("#0000FF")
def test_any_colour_gives_what_can_be_read(egen: str) -> None:
    håller(ur_egen(egen))


@given(färg)
@example("#00FF00")
@example("#0000FF")
@example("#FFFFFF")
def test_any_colour_can_be_read_on_a_dark_page(egen: str) -> None:
    f = mörkt_av(ur_egen(egen))
    assert kontrast(f.profil, f.yta) >= 7
    assert kontrast(f.mellan, f.yta) >= 4.5  # whose words are in the colour of the page
    assert min(kontrast(ord_, f.ljus) for ord_ in (f.profil, f.text)) >= 4.5
    assert min(kontrast(ord_, f.ton) for ord_ in (f.profil, f.text, f.dämpad)) >= 4.5
    assert kontrast(f.gräns, f.yta) >= 4.5


def test_the_default_is_dark_as_it_is_told() -> None:
    assert mörkt_av(FÖRVAL) == MÖRKT


@given(färg)
def test_neighbouring_series_differ_where_there_is_no_colour(egen: str) -> None:
    f = ur_egen(egen)
    assert grå(f.mellan) - grå(f.profil) >= 9
    assert grå(f.ljus) - grå(f.mellan) >= 9
    assert grå(f.ton) - grå(f.ljus) >= 8  # which is a background, and no series


def test_the_default_is_what_it_makes_of_itself() -> None:
    assert ur_egen(FÖRVAL.profil) == FÖRVAL


@given(st.floats(0, 1), st.floats(0.7, 1), st.floats(0.5, 1))
def test_a_limit_is_not_taken_for_the_profile(ton: float, mättnad: float, ljushet: float) -> None:
    egen = "#" + "".join(f"{round(x * 255):02X}" for x in hsv_to_rgb(ton, mättnad, ljushet))
    avstånd = abs((kulör(egen) - kulör(FÖRVAL.gräns) + 180) % 360 - 180)
    assert (ur_egen(egen).gräns == FÖRVAL.gräns) == (avstånd > NÄRA_GRÄNS)


@pytest.mark.parametrize("läge", [FÖRVAL, MÖRKT], ids=["ljust", "mörkt"])
def test_words_can_be_read_in_both_modes(läge: Färger) -> None:
    for ord_ in (läge.text, läge.dämpad, läge.profil, läge.gräns):
        assert kontrast(ord_, läge.yta) >= 4.5
    for ord_ in (läge.hindrar, läge.ställning, läge.veta, läge.stämmer):
        assert min(kontrast(ord_, läge.yta), kontrast(ord_, läge.yta2)) >= 4.5
    assert kontrast(läge.kant, läge.yta) >= 3


def test_what_becomes_of_some_colours() -> None:
    rader = ["          anges     profil          mellan    ljus      ton       gräns"]
    for namn, egen in EGNA.items():
        f = ur_egen(egen)
        delar = (egen, f"{f.profil} {kontrast(f.profil, VIT):4.1f} ", f.mellan, f.ljus, f.ton, f.gräns)
        rader.append(f"{namn:10}{'   '.join(delar)}")
    jämför("\n".join(rader), HÄR / "utfall.txt")


def test_contrast_is_the_same_both_ways_and_least_with_itself() -> None:
    for a, b in combinations(EGNA.values(), 2):
        assert kontrast(a, b) == kontrast(b, a) > kontrast(a, a) == 1
