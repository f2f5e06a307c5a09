"""The form of every document of inputs/: no figure three times, nothing empty, one order, no headings in a heap."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pytest

from facit import INPUTS
from finsam.model.tabell import Tabell
from finsam.oppna import öppna
from finsam.read.arsmapp import finns
from finsam.read.notebooks import Avsnitt, _visat, read_avsnitt
from finsam.report.block import Block, Diagramblock, Följd, Tabellblock
from finsam.report.bok import OM_DOKUMENTET, Bok
from finsam.report.fotnoter import AVRUNDADE_ANDELAR, AVRUNDAT
from finsam.report.text import hänvisningar
from finsam.report.visning import visa_cell

SNABBA = (("sofint", 2024), ("sydnarke", 2025))
"""One of each kind in `make test`; the others in `make konformitet`."""

alla_dokument = pytest.mark.parametrize(
    "vilket",
    [
        pytest.param(ett, id="-".join(map(str, ett)), marks=() if ett[:2] in SNABBA else pytest.mark.langsam)
        for ett in finns(INPUTS)
    ],
)
Vilket = tuple[str, int, str]


@dataclass(frozen=True)
class Del:
    """What stands in a section: a block, or a heading (its level) or words of the section's own."""

    block: Block | None
    nivå: int = 0

    @property
    def html(self) -> str:
        """What is on the page, with a frame for each picture: it need not be drawn for this."""
        if self.block is None:
            return f"<h{self.nivå + 1}>rubrik</h{self.nivå + 1}>"
        return "<figure>" if isinstance(self.block, Diagramblock) else self.block.html()


@cache
def bok(vilket: Vilket) -> Bok:
    förbund, år, rapport = vilket
    return öppna(förbund, år, rapport, inputs=INPUTS)


@cache
def avsnitt(vilket: Vilket) -> tuple[tuple[Del, ...], ...]:
    """The document, section by section, without what is said of its checks."""
    return tuple(
        tuple(_delar(ett, bok(vilket)))
        for ett in read_avsnitt(vilket[2], bok(vilket).år.förbund)
        if ett.namn != "kontroller"
    )


def _delar(ett: Avsnitt, bok: Bok) -> Iterator[Del]:
    for cell in json.loads(ett.fil.read_text("utf-8"))["cells"]:
        källa = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            for rad in källa.splitlines():
                if rubrik := re.match("(#{1,4}) ", rad):
                    yield Del(None, len(rubrik[1]))
        elif (visat := _visat(källa)) and visat.namn not in OM_DOKUMENTET:
            block = visat.hos(bok)
            assert isinstance(block, Block)
            yield from _platta(block)


def _platta(block: Block) -> Iterator[Del]:
    if isinstance(block, Följd):
        for ett in block.block:
            yield from _platta(ett)
    else:
        yield Del(block)


def visade_tabeller(vilket: Vilket) -> list[list[Tabellblock]]:
    """The tables that are shown as tables, section by section."""
    block = [[d.block for d in delar if d.block] for delar in avsnitt(vilket)]
    alla = [[t for b in egna for t in b.tabellblock()] for egna in block]
    return [[t for t in egna if t.form in ("tabell", "webb")] for egna in alla]


def diagram(vilket: Vilket) -> Iterator[tuple[Diagramblock, set[str]]]:
    """The pictures, each with the facts of the other tables of its section."""
    for delar in avsnitt(vilket):
        for d in delar:
            if isinstance(d.block, Diagramblock):
                andra = [a.block for a in delar if a.block is not None and a.block is not d.block]
                yield (
                    d.block,
                    {f for b in andra for t in b.tabellblock() if t.form == "tabell" for f in fakta_i(t.tabell)},
                )


def fakta_i(tabell: Tabell) -> set[str]:
    return {cell.fakta for rad in tabell.rader for cell in rad.celler if cell.fakta}


@alla_dokument
def test_no_table_has_one_row_or_anything_empty(vilket: Vilket) -> None:
    fakta = bok(vilket).fakta
    fel = []
    for t in (block.tabell for egna in visade_tabeller(vilket) for block in egna):
        rader = [
            [bool(visa_cell(c, fakta, t.enhet, t.noll, t.tomt).text.strip()) for c in r.celler] for r in t.datarader
        ]
        fel += [f"{t.id}: en rad"] if len(rader) < 2 else []
        fel += [f"{t.id}: tom rad {nr}" for nr, rad in enumerate(rader) if not any(rad)]
        fel += [f"{t.id}: tom kolumn {nr}" for nr, kolumn in enumerate(zip(*rader, strict=True)) if not any(kolumn)]
    assert fel == []


@alla_dokument
def test_a_picture_brings_its_table_only_when_the_figures_stand_nowhere_else(vilket: Vilket) -> None:
    for bild, andra in diagram(vilket):
        if bild.tabell:
            egna = fakta_i(bild.tabell.tabell)
            assert bild.tabell.form == ("webb" if egna <= andra else "tabell"), bild.id
            assert "#finsam-tabell" not in bild.tabell.typst() or not egna <= andra
            assert "<table" in bild.tabell.html()


@alla_dokument
def test_a_picture_says_every_figure_of_its_table_in_words(vilket: Vilket) -> None:
    for bild, _ in diagram(vilket):
        sagda = {bit.fakta.nyckel for bit in bild.alt.bitar if bit.fakta}
        ritade = {f for f in fakta_i(bild.tabell.tabell) if ".avvikelse/" not in f} if bild.tabell else set()
        assert {f for f in ritade if bok(vilket).fakta[f].värde is not None} <= sagda, bild.id


@alla_dokument
def test_figures_beside_words_take_no_more_than_they_need(vilket: Vilket) -> None:
    """Words have the rest of the table: a figure's column is as wide as its widest figure or word of its head."""
    for block in (ett for egna in visade_tabeller(vilket) for ett in egna):
        tabell, typst = block.tabell, block.typst()
        if all(k.tal for k in tabell.kolumner) or "#finsam-tabell" not in typst:
            continue
        alla = re.search(r"kolumner: \((.*?), \)", typst)
        bredder = alla[1].split(", ")[-len(tabell.kolumner) :] if alla else []
        for nr, (kolumn, bredd) in enumerate(zip(tabell.kolumner, bredder, strict=True)):
            if kolumn.tal and bredd != "auto":
                celler = (rad.celler[nr] for rad in tabell.rader if rad.celler)
                tal = [visa_cell(cell, bok(vilket).fakta, tabell.enhet).text for cell in celler]
                längst = max(map(len, [*tal, *kolumn.rubrik.split()]))
                assert float(bredd.removesuffix("mm")) <= min(30, 1.75 * längst + 4) + 0.1, tabell.id


@alla_dokument
def test_years_have_one_order(vilket: Vilket) -> None:
    """In tables the report's own year comes first, in pictures the oldest; the two are the same in a plan."""
    förr_först = vilket[2] == "verksamhetsplan"
    for t in (block.tabell for egna in visade_tabeller(vilket) for block in egna):
        i_kolumner = [int(k.period) for k in t.kolumner if k.period.isdecimal() and k.id != "hela"]
        i_rader = [int(r.id[3:]) for r in t.datarader if re.fullmatch(r"ar_\d{4}", r.id)]
        for åren in (i_kolumner, i_rader):
            assert åren == sorted(åren, reverse=not förr_först), t.id
    for bild, _ in diagram(vilket):
        åren = [bit.text for bit in bild.alt.bitar if re.match("år", bit.hur)]
        sagda = [bit.fakta.period for bit in bild.alt.bitar if bit.fakta]
        assert sagda == sorted(sagda), bild.id
        assert åren[: len(set(sagda))] == sorted(åren[: len(set(sagda))]), bild.id


@alla_dokument
def test_no_three_headings_in_a_row_and_none_over_nothing(vilket: Vilket) -> None:
    sidan = "".join(d.html for egna in avsnitt(vilket) for d in egna)
    i_rad: list[str] = []
    for träff in re.finditer(r"<(h[2-5])\b[^>]*>(.*?)</h|<(?:p|table|ul|ol|figure|div)\b", sidan, re.DOTALL):
        i_rad = [*i_rad, träff[1]] if träff[1] else []
        assert len(i_rad) < 3, träff[2]
        assert i_rad == sorted(set(i_rad)), f"{träff[2]} står under en rubrik utan innehåll"
    assert not i_rad


@alla_dokument
def test_a_footnote_stands_once_and_is_marked(vilket: Vilket) -> None:
    for egna in visade_tabeller(vilket):
        alla = [m.fotnot.text for block in egna for m in block.fotnoter]
        allmänna = (AVRUNDAT, AVRUNDADE_ANDELAR)
        gånger = Counter(t for t in alla if t not in allmänna and not t.startswith(("Visas ej", "Källa:")))
        assert [t for t, n in gånger.items() if n > 1] == []
        for block in egna:
            märken = [m.märke for m in block.fotnoter if m.märke]
            assert märken == [f"{chr(ord('a') + nr)})" for nr in range(len(märken))]
            kända = {*(k.id for k in block.tabell.kolumner), *(r.id for r in block.tabell.rader)}
            for m in block.fotnoter:
                vid = {*m.fotnot.kolumner, *m.fotnot.rader}
                assert bool(m.märke) == bool(vid & kända), m
                assert block.html().count(f"\u00a0{m.märke}</sup>") == len(vid & kända) if m.märke else True


@alla_dokument
def test_a_goal_of_the_plan_stands_once(vilket: Vilket) -> None:
    planmål = bok(vilket).år.underlag.planmål
    assert bool(planmål) == (vilket[2] == "verksamhetsplan")
    sidan = "".join(d.html for egna in avsnitt(vilket) for d in egna) if planmål else ""
    for mål in planmål:
        if mål.slag != "mål" and not hänvisningar(mål.text):
            text = re.escape(mål.text.strip().rstrip("."))
            assert len(re.findall(rf"<li>(?:<p>)?{text}(?:[.:<]| \()", sidan)) == 1, mål.id
    assert not [t for egna in visade_tabeller(vilket) for t in egna if "planmal" in t.tabell.id]


@alla_dokument
def test_what_stands_in_words_is_in_the_file_for_other_programs(vilket: Vilket) -> None:
    """A table that is shown as a sentence, or told in the words beside it, is in rapport.json with its figures."""
    for block in (b for egna in avsnitt(vilket) for d in egna if d.block for b in d.block.tabellblock()):
        [data] = block.json()
        assert data["form"] == block.form
        assert {f for rad in data["rader"] for f in rad["fakta"] if f} == fakta_i(block.tabell)
        if block.form == "mening":
            sagda = {bit.fakta.nyckel for p in block.prosa() for bit in p.bitar if bit.fakta}
            som_i_budgeten = {f for f in fakta_i(block.tabell) if "investering" in f}
            assert fakta_i(block.tabell) <= sagda | som_i_budgeten
