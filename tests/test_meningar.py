"""What the program says of its own: each pattern holds for any facts, or says nothing."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from facit import ROT
from finsam.model.belopp import avrunda
from finsam.model.fakta import Faktabas, Indata
from finsam.model.forbund import Tecken
from finsam.model.meningar import (
    RÄKNEORD,
    insatsernas_antal,
    jämför,
    mot_budget,
    mot_tak,
    radens_mening,
    störst,
    tecknens_ord,
    uppfyllda_mål,
    ändring,
    över_taket,
)
from finsam.model.tabell import Cell, Kolumn, Rad, Tabell

ÅR = 2024
belopp = st.one_of(
    st.none(), st.integers(-3, 3).map(lambda n: Decimal(n) * 500), st.integers(-4_000_000, 4_000_000).map(Decimal)
)
"""Amounts, often so near each other that they are printed alike, or not known."""


def fakta(värden: dict[str, Decimal | None]) -> Faktabas:
    bas = Faktabas(str(ÅR), {})
    for nyckel, värde in värden.items():
        id_, _, period = nyckel.partition("/")
        bas.indata(id_, period or str(ÅR), värde, "kr", id_, Indata("prov", ""))
    return bas


def tkr(tal: Decimal) -> Decimal:
    return avrunda(tal / 1000)


@given(belopp, belopp)
def test_a_comparison_holds_exactly_and_in_print(a: Decimal | None, b: Decimal | None) -> None:
    utfall, omvänt = jämför(a, b), jämför(b, a)
    assert omvänt == (None if utfall is None else -utfall)
    if a is None or b is None:
        assert utfall is None
    elif utfall is not None:
        assert utfall == (a > b) - (a < b) == (tkr(a) > tkr(b)) - (tkr(a) < tkr(b))
    else:
        assert a != b and tkr(a) == tkr(b)


@given(belopp, belopp)
def test_a_change_has_the_direction_of_its_figures(a: Decimal | None, b: Decimal | None) -> None:
    mening = ändring("eget kapital", ("då", "x/2023"), ("nu", "x/2024"), fakta({"x/2023": a, "x/2024": b}))
    if "ökar" in mening:
        assert a is not None and b is not None and b > a and tkr(b) > tkr(a)
        assert mening == "Eget kapital ökar från {x[2023] | tkr} då till {x[2024] | tkr} nu"
    elif "minskar" in mening:
        assert a is not None and b is not None and b < a and tkr(b) < tkr(a)
    elif "lika stort" in mening:
        assert a == b
    else:
        assert mening == "" and (a is None or b is None or (a != b and tkr(a) == tkr(b)))


@given(st.lists(st.tuples(belopp, belopp), min_size=1, max_size=5), st.booleans())
def test_a_ceiling_is_only_spoken_of_as_the_years_are(
    par: list[tuple[Decimal | None, Decimal | None]], lucka: bool
) -> None:
    åren = [ÅR - nr for nr in range(len(par))][::-1]
    if lucka:
        åren = [år - 1 for år in åren[:-1]] + åren[-1:]
    bas = fakta(
        {
            f"{id_}/{år}": värde
            for år, ett in zip(åren, par, strict=True)
            for id_, värde in zip(("ek", "tak"), ett, strict=True)
        }
    )
    rader = [(str(år), f"ek/{år}", f"tak/{år}") for år in åren]
    lägen = dict(zip(åren, (jämför(a, b) for a, b in par), strict=True))
    mening = mot_tak("eget kapital", rader, ÅR, bas)
    if mening:
        läge = 1 if " över " in mening else -1
        assert lägen[ÅR] == läge
        assert not lucka or len(par) == 1
        if sedan := re.search(r"sedan \{år(?:-(\d))?\}", mening):
            början = ÅR - int(sedan[1] or 0)
            assert all(lägen[år] == läge for år in åren if år >= början)
            assert lägen[början - 1] == -läge
        elif "alla åren" in mening or "båda åren" in mening:
            assert set(lägen.values()) == {läge}
    om_åren = över_taket("eget kapital", rader, ÅR, bas)
    if None in lägen.values():
        assert om_åren == ""
    else:
        över = {år for år, läge in lägen.items() if läge == 1}
        sagda = {ÅR - int(m or 0) for m in re.findall(r"\{år(?:-(\d))?\}", om_åren)}
        assert sagda == över
        assert om_åren.endswith("inte över taket något år.") == (not över)


@given(belopp)
def test_a_result_is_better_or_worse_as_it_is(avvikelse: Decimal | None) -> None:
    mening = mot_budget("årets resultat", "a/2024", fakta({"a/2024": avvikelse}))
    assert ("bättre" in mening) == (avvikelse is not None and avvikelse > 0 and tkr(avvikelse) > 0)
    assert ("sämre" in mening) == (avvikelse is not None and avvikelse < 0 and tkr(avvikelse) < 0)
    assert ("som i budgeten" in mening) == (avvikelse == 0)


@given(st.lists(belopp, min_size=1, max_size=4))
def test_the_largest_part_is_larger_than_every_other(delar: list[Decimal | None]) -> None:
    bas = fakta({f"d{nr}/2024": värde for nr, värde in enumerate(delar)})
    mening = störst([(f"del {nr}", f"d{nr}/2024", f"d{nr}/2024") for nr in range(len(delar))], "allt", bas)
    if träff := re.match(r"Del (\d) är störst", mening):
        vald = delar[int(träff[1])]
        andra = [d for nr, d in enumerate(delar) if nr != int(träff[1])]
        assert vald is not None
        assert all(d is not None and d < vald and tkr(d) < tkr(vald) for d in andra) and andra
    else:
        assert mening == ""


TAL = {ord_: tal for tal, ord_ in enumerate(RÄKNEORD) if tal}


@given(st.integers(0, 12), st.integers(0, 12))
def test_insatser_are_counted_right(individ: int, struktur: int) -> None:
    mening = insatsernas_antal(individ, struktur)
    sagda = [TAL[ord_] for ord_ in re.findall(r"\w+", mening) if ord_ in TAL]
    if 0 < individ + struktur <= 20:
        assert sagda == ([individ + struktur, individ, struktur] if individ and struktur else [individ + struktur])
        assert ("individinriktad" in mening) == bool(individ)
        assert ("strukturövergripande" in mening) == bool(struktur)
    else:
        assert sagda == []


def test_the_signs_are_told_of_where_they_turn_and_only_there() -> None:
    for räkning in ("minus", "utan"):
        for sätt in ("minus", "utan"):
            tecken = Tecken(resultaträkning=räkning, kostnadsfördelning=sätt, driftredovisning=sätt)
            for var in ("kostnadsfördelning", "driftredovisning"):
                assert bool(tecknens_ord(var, tecken)) == (räkning != sätt)
                assert (f"här {'med' if sätt == 'minus' else 'utan'} minus" in tecknens_ord(var, tecken)) == (
                    räkning != sätt
                )
            assert bool(tecknens_ord("noter", tecken)) == (räkning == "minus")  # notes are always without


@given(st.lists(st.tuples(belopp, st.sampled_from([1, -1])), min_size=1, max_size=4))
def test_a_row_in_words_has_each_of_its_figures(celler: list[tuple[Decimal | None, int]]) -> None:
    bas = fakta({f"c{nr}/2024": värde for nr, (värde, _) in enumerate(celler)})
    kolumner = tuple(Kolumn(f"k{nr}", f"Kolumn {'abcd'[nr]}") for nr in range(len(celler)))
    rad = Rad("r", "Raden", tuple(Cell(f"c{nr}/2024", tecken=t) for nr, (_, t) in enumerate(celler)))
    mening = radens_mening(Tabell("t", "Tabell", "kr", kolumner, (rad,)), bas)
    minus = any(t < 0 and (värde or 0) > 0 for värde, t in celler)
    assert bool(mening) != minus
    for nr, (_, tecken) in enumerate(celler if mening else ()):
        assert f"{{c{nr}[2024] | kr{' utan_tecken' if tecken < 0 else ''}}}" in mening
    två = Tabell("t", "Tabell", "kr", kolumner, (rad, rad))
    assert radens_mening(två, bas) == ""


@given(
    st.lists(st.sampled_from(["uppfyllt", "delvis uppfyllt", "ej uppfyllt", "ingen bedömning angiven"]), max_size=22)
)
def test_goals_are_counted_right(bedömningar: list[str]) -> None:
    mening, uppfyllda = uppfyllda_mål(bedömningar).lower(), bedömningar.count("uppfyllt")
    if not 0 < len(bedömningar) <= 20:
        assert mening == ""
    elif len(bedömningar) > 1:
        assert f"{RÄKNEORD[len(bedömningar)]} målen" in mening
        assert ("alla" in mening) == (uppfyllda == len(bedömningar))
        assert ("inget" in mening) == (uppfyllda == 0)
        if 0 < uppfyllda < len(bedömningar):
            assert mening.startswith("ett" if uppfyllda == 1 else RÄKNEORD[uppfyllda])


RIKTNING = re.compile(
    r"\b(?:ökar|ökade|ökat|minskar|minskade|minskat|högre|lägre|bättre|sämre|större|störst|lägst|översteg|sjönk|"
    r"över taket|under taket|eftersom|beror på|på grund av|tack vare)\b"
)
"""Words of direction and of cause."""


LAGENS_ORD = ("Pensionsavsättning som har minskat genom försäkring eller stiftelse",)
"""What the law asks to be told, by its name (LKBR 9 kap.)."""


def skrivna_ord(fil: Path) -> Iterator[str]:
    """The strings of a module that are no docstrings, with those of an f-string put together."""
    träd = ast.parse(fil.read_text("utf-8"))
    tysta = {id(n.value) for n in ast.walk(träd) if isinstance(n, ast.Expr)}
    for nod in ast.walk(träd):
        if isinstance(nod, ast.JoinedStr):
            yield "".join(str(d.value) for d in nod.values if isinstance(d, ast.Constant))
        elif isinstance(nod, ast.Constant) and isinstance(nod.value, str) and id(nod) not in tysta:
            yield nod.value


def test_directions_and_causes_are_said_by_the_patterns_alone() -> None:
    lib = ROT / "lib" / "finsam"
    moduler = [fil for mapp in ("statements", "report") for fil in sorted((lib / mapp).rglob("*.py"))]
    assert any(RIKTNING.search(ord_) for ord_ in skrivna_ord(lib / "model" / "meningar.py"))
    sagt = {
        f"{fil.name}: {ord_}"
        for fil in moduler
        for ord_ in skrivna_ord(fil)
        if RIKTNING.search(ord_) and ord_ not in LAGENS_ORD
    }
    avsnitt = "".join(
        fil.read_text("utf-8")
        for fil in sorted((ROT / "notebooks").glob("[av]*/*.ipynb"))
        if fil.parent.name != "analys"
    )
    assert sagt == set()
    assert not RIKTNING.search(avsnitt)
