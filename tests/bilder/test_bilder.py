"""Every picture of every document, and pictures of what no document has: nothing is set upon anything else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from bilder.geometri import SVG, fel_i, read_bild
from facit import INPUTS
from finsam.model.farg import FÖRVAL, grå
from finsam.model.forbund import Ruta
from finsam.oppna import öppna
from finsam.read.arsmapp import finns
from finsam.report.arsbok import Årsbok
from finsam.report.bild.hjul import rita_hjul
from finsam.report.bild.liggande import Spalt, Stapel, liggande
from finsam.report.bild.organisation import rita_organisation
from finsam.report.bild.parvis import Namn, Par, parvis
from finsam.report.bild.staplade import Del, Rad, staplade
from finsam.report.bild.yta import BINDESTRECK, BRED, SMAL, Format, bryt, i_egen_stil, ordens_bredd, på_papper
from finsam.report.block import Block, Diagramblock, Följd
from prov import antal

BILDER = ("kapitaldiagram", "kostnadsdiagram", "budgetdiagram", "årshjul", "behov", "organisationsschema")
ALLA = finns(INPUTS)
SNABBA = (("sofint", 2024), ("sofint", 2026))
FORMAT = pytest.mark.parametrize("format_", [BRED, SMAL], ids=["bred", "smal"])


def bilder_i(block: Block) -> Iterator[Diagramblock]:
    if isinstance(block, Följd):
        for ett in block.block:
            yield from bilder_i(ett)
    elif isinstance(block, Diagramblock):
        yield block


@cache
def bilder(vilket: tuple[str, int, str]) -> tuple[Diagramblock, ...]:
    bok = öppna(*vilket, inputs=INPUTS)
    return tuple(b for namn in BILDER if hasattr(bok, namn) for b in bilder_i(getattr(bok, namn)))


@pytest.mark.parametrize(
    "vilket",
    [
        pytest.param(ett, id="-".join(map(str, ett)), marks=() if ett[:2] in SNABBA else pytest.mark.langsam)
        for ett in ALLA
    ],
)
def test_no_word_is_crossed_or_outside(vilket: tuple[str, int, str]) -> None:
    assert len(bilder(vilket)) >= 2
    for bild in bilder(vilket):
        for svg, minst in ((bild.svg, 9), (bild.smal, 14)):
            assert fel_i(svg) == [], bild.id
            läst = read_bild(svg)
            assert {o.grad for o in läst.ord if not re.fullmatch(r"20\d\d", o.text)} == {minst}
            assert len(läst.ord) > 3


def test_every_figure_that_is_said_is_drawn(exempel: Årsbok) -> None:
    """The same facts in the picture, wide and narrow, as in its words."""
    for bild in (exempel.kapitaldiagram, exempel.kostnadsdiagram, *bilder_i(exempel.budgetdiagram)):
        sagda = {bit.fakta.nyckel for bit in bild.alt.bitar if bit.fakta}
        for svg in (bild.svg, bild.smal):
            ritade = set(re.findall(r"data-fakta=&quot;(.*?)&quot;", svg))
            som_streck = {f for f in sagda if f.startswith("kapitaltak/") and not f.endswith("2025")}
            jämna = {
                f for f in sagda if f.startswith(("drift.medlemsbidrag.", "drift.individ.avv")) and f not in ritade
            }
            assert sagda - ritade <= som_streck | jämna, bild.id
            assert ritade - sagda <= {f for f in ritade if f.startswith("kapitaltak.andel")}


def test_a_picture_is_words_and_shapes_and_the_same_each_time(exempel: Årsbok) -> None:
    svg = exempel.kapitaldiagram.svg
    assert svg == exempel.kapitaldiagram.svg
    rot = etree.fromstring(svg.encode())
    assert {e.tag.removeprefix(SVG) for e in rot.iter()} == {"svg", "path", "g", "text"}
    assert not rot.xpath("//@id | //@class")
    assert "var(" in svg
    assert "var(" not in på_papper(svg)
    assert {färg.upper() for färg in re.findall(r"#\w{6}", på_papper(svg))} <= {
        FÖRVAL.profil, FÖRVAL.ljus, FÖRVAL.kant, FÖRVAL.gräns, FÖRVAL.yta, FÖRVAL.text
    }  # fmt: skip


def test_tones_beside_each_other_are_told_apart_in_grey() -> None:
    """The parts of a bar, in order; the limit on what it goes over."""
    i_ordning = [FÖRVAL.profil, FÖRVAL.ljus, FÖRVAL.mellan, FÖRVAL.yta2]
    for a, b in [
        *pairwise(i_ordning),
        (FÖRVAL.yta2, FÖRVAL.profil),
        (FÖRVAL.gräns, FÖRVAL.yta),
    ]:
        assert abs(grå(a) - grå(b)) >= 9


def test_a_letter_of_another_font_has_a_width() -> None:
    """Source Sans lacks it, and the document has it all the same."""
    assert ordens_bredd("\u0182", 10) == 10
    assert ordens_bredd("a\u0182", 10) > 10


def test_words_are_parted_between_words() -> None:
    rader = bryt("Strukturövergripande insatser för arbetsgivare", 90, 9)
    assert rader == ["Strukturövergripande", "insatser för", "arbetsgivare"]
    långt = bryt("x" * 100, 90, 9)
    assert "".join(rad.removesuffix(BINDESTRECK) for rad in långt) == "x" * 100
    assert max(ordens_bredd(rad, 9) for rad in [*rader, *långt]) <= 90


# ---------------------------------------------------------------- what no document has

NAMN = st.sampled_from(
    ["A", "Administration", "Strukturövergripande insatser", "Samverkansdagar med insatsägare och medlemmar", "x" * 90,
     "Sammanhållen rehabiliteringskedja för unga vuxna utan studieersättning", "Kansli (förbundschef och ekonom)"]
)  # fmt: skip
TAL = st.sampled_from([0.0, 1.0, 3.0, 500.0, 500.0, 3_986.0, 3_985.0, 120_000.0]) | st.floats(0, 9_999)
MED_TECKEN = st.tuples(TAL, st.sampled_from([1, 1, -1])).map(lambda par: par[0] * par[1])


def tal(värde: float | None) -> str:
    return "" if värde is None else f"{round(värde):,}".replace(",", "\u00a0").replace("-", "\u2212")


@FORMAT
@settings(max_examples=antal(60), deadline=None)
@given(data=st.data())
def test_level_bars_of_anything(exempel: Årsbok, format_: Format, data: st.DataObject) -> None:
    namn = data.draw(st.lists(NAMN, min_size=1, max_size=12))
    med_gräns, efter = data.draw(st.booleans()), data.draw(st.sampled_from(["", "5 över budget 798"]))
    rubriker, spalter = data.draw(st.lists(NAMN, min_size=1, max_size=4)), []
    efter = efter if len(rubriker) == 1 else ""
    for rubrik in rubriker:
        staplar = []
        for nr, ett in enumerate(namn):
            värde = data.draw(st.none() | (TAL if med_gräns else MED_TECKEN))
            gräns = data.draw(TAL) if med_gräns else None
            staplar.append(Stapel(ett, värde, tal(värde), i_år=nr == 0, gräns=gräns, efter=efter))
        spalter.append(Spalt(rubrik, tuple(staplar), gränsord="Budget", gränsord_sist=data.draw(st.booleans())))
    assert fel_i(i_egen_stil(liggande)(spalter, format_, exempel._tyda)) == []


@settings(max_examples=antal(120), deadline=None)
@given(st.lists(NAMN, min_size=1, max_size=6), st.data())
def test_parts_of_anything(exempel: Årsbok, namn: list[str], data: st.DataObject) -> None:
    serier = [(ett, färg) for ett, färg in zip(namn, (FÖRVAL.profil, FÖRVAL.ljus, FÖRVAL.mellan) * 2, strict=False)]
    rader = [
        Rad(str(2020 + nr), tuple(Del(v, tal(v)) for v in delar), tal(sum(delar)), nr == 0)
        for nr, delar in enumerate(
            data.draw(st.lists(st.lists(MED_TECKEN, min_size=len(namn), max_size=len(namn)), min_size=1, max_size=5))
        )
    ]
    bild = i_egen_stil(staplade)(serier, rader, BRED, exempel._tyda)
    assert bild is None or fel_i(bild) == []


@settings(max_examples=antal(200), deadline=None)
@given(st.lists(st.tuples(TAL, MED_TECKEN, st.none() | TAL), min_size=1, max_size=5), NAMN)
def test_pairs_of_anything(exempel: Årsbok, tre: list[tuple[float, float, float | None]], namn: str) -> None:
    par = [
        Par(str(2020 + nr), yttre, inre, tak, tal(yttre), tal(inre), nr == len(tre) - 1)
        for nr, (yttre, inre, tak) in enumerate(tre)
    ]
    bild = i_egen_stil(parvis)(par, Namn("Medlemsbidrag", namn, "Tak: 20 % av bidraget, 720"), exempel._tyda)
    assert bild is None or fel_i(bild) == []


def test_common_pairs_are_drawn_upright(exempel: Årsbok) -> None:
    """The form that gives up is seen not to do so for what is common, five years and one."""
    for tre in ([(3986.0, 1791.0, 797.0)] * 5, [(9600.0, 880.0, 1920.0)], [(4000.0, -120.0, 800.0)], [(5.0, 5.0, 1.0)]):
        par = [Par("2024", *ett, tal(ett[0]), tal(ett[1]), True) for ett in tre]
        assert i_egen_stil(parvis)(par, Namn("Medlemsbidrag", "Eget kapital", "Tak: 20 %"), exempel._tyda)


@FORMAT
@settings(max_examples=antal(60), deadline=None)
@given(data=st.data())
def test_organisations_of_anything(exempel: Årsbok, format_: Format, data: st.DataObject) -> None:
    rutor: list[Ruta] = []
    for nr in range(data.draw(st.integers(1, 12))):
        under = data.draw(st.sampled_from(["", *(r.id for r in rutor)])) if nr else ""
        rutor.append(Ruta(id=f"r{nr}", namn=data.draw(NAMN), under=under, stöd=data.draw(st.booleans())))
    svg = rita_organisation(rutor, exempel._tyda, format_)
    assert fel_i(svg) == []


@FORMAT
@settings(max_examples=antal(60), deadline=None)
@given(st.dictionaries(st.integers(1, 12), st.lists(NAMN, min_size=1, max_size=3), min_size=1))
def test_wheels_of_anything(exempel: Årsbok, format_: Format, händelser: dict[int, list[str]]) -> None:
    assert fel_i(rita_hjul(händelser, exempel._tyda, format_)) == []
