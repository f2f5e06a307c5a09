"""Sentences in pairs: the true one passes in silence, and its false twin is found.

`tests/ord_och_tal/<förbund>_<år>/<ämne>.txt` has a pair in each paragraph, + the true and - the false (one that is only
true is there because it looks false); `<ämne>.facit` beside it is what is said of the false ones.
`tests/hanvisningar/<förbund>_<år>.txt` has the same of what a reference is to.
"""

from __future__ import annotations

import importlib
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from facit import INPUTS, ROT, SHARED, jämför
from finsam.checks.finding import Finding
from finsam.checks.kontroll import Kontrollfunktion
from finsam.checks.prosa import ord_och_tal
from finsam.checks.prosa.manader import check_dagar_och_antal
from finsam.checks.prosa.ord_och_tal import (
    check_antal_i_ord,
    check_hänvisningar,
    check_insatstexter,
    check_lagrum,
    check_ord_och_tal,
    check_upprepning,
)
from finsam.model.rakenskapsar import Textfil
from finsam.oppna import öppna
from finsam.read.arsmapp import hitta_bokföring, read_räkenskapsår
from finsam.statements.redovisning import Redovisning, redovisa

PAR = sorted((Path(__file__).parent / "ord_och_tal").glob("*/*.txt"))
HÄNVISNINGAR = sorted((Path(__file__).parent / "hanvisningar").glob("*.txt"))


@cache
def redovisning(mapp: str) -> Redovisning:
    """A year of a förbund, as its inputs are."""
    förbund, _, år = mapp.rpartition("_")
    har_bokföring = hitta_bokföring(INPUTS / förbund / år)
    rapport = "arsredovisning" if har_bokföring else "verksamhetsplan"
    return redovisa(read_räkenskapsår(förbund, int(år), INPUTS, rapport))


def sagt(
    r: Redovisning,
    stycken: list[str],
    monkeypatch: pytest.MonkeyPatch,
    kontroller: tuple[Kontrollfunktion, ...] = (check_ord_och_tal, check_antal_i_ord, check_lagrum),
) -> list[list[Finding]]:
    """What is found of each paragraph when they are the report's only words."""
    for ord_ in ("skriven_prosa", "tryckta_ord"):
        monkeypatch.setattr(ord_och_tal, ord_, lambda _: [("text", "", "\n\n".join(stycken))])
    funna: list[list[Finding]] = [[] for _ in stycken]
    for kontroll in kontroller:
        for f in kontroll(r):
            if isinstance(f, Finding) and (rad := re.match(r"text, rad (\d+)", f.text)):
                funna[int(rad[1]) // 2].append(f)
    return funna


def test_two_years_of_one_opening_balance_are_not_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    mening = "Vid ingången av {år}, efter 2025, är det egna kapitalet {budget.eget_kapital_ingaende | kr}."
    assert sagt(redovisning("exempelforbundet_2026"), [mening], monkeypatch) == [[]]


@pytest.mark.parametrize("fil", PAR, ids=lambda fil: f"{fil.parent.name}/{fil.stem}")
def test_pairs(fil: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sanna, falska = par(fil)
    r, facit = redovisning(fil.parent.name), []
    assert [f.text for funna in sagt(r, sanna, monkeypatch) for f in funna] == []
    for falskt, funna in zip(falska, sagt(r, falska, monkeypatch), strict=True):
        assert funna, falskt
        facit += ["", falskt, *(f"  {f.kod} {f.nivå} {f.text.split(' Meningen:')[0]}" for f in funna)]
    jämför("\n".join(facit[1:]), fil.with_suffix(".facit"))


@pytest.mark.parametrize("fil", HÄNVISNINGAR, ids=lambda fil: fil.stem)
def test_references_in_pairs(fil: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each paragraph is the report's only words, so that no text refers to any other uppgift."""
    sanna, falska = par(fil)
    r, facit = redovisning(fil.stem), []
    for mening in sanna:
        assert sagt(replace(r), [mening], monkeypatch, (check_hänvisningar,)) == [[]], mening
    for mening in falska:
        [funna] = sagt(replace(r), [mening], monkeypatch, (check_hänvisningar,))
        assert funna, mening
        facit += ["", mening, *(f"  {f.kod} {f.nivå} {f.text}" for f in funna)]
    jämför("\n".join(facit[1:]), fil.with_suffix(".facit"))


def par(fil: Path) -> tuple[list[str], list[str]]:
    """The true sentences of a file, and the false."""
    rader = fil.read_text("utf-8").splitlines()
    sanna, falska = ([rad[2:] for rad in rader if rad.startswith(märke)] for märke in ("+ ", "- "))
    return sanna, falska


def med_texter(r: Redovisning, **texter: str) -> Redovisning:
    """The same year with other texts."""
    filer = {namn: Textfil(namn, ord_, f"text/{namn}.md") for namn, ord_ in texter.items()}
    return replace(r, år=replace(r.år, texter={**r.år.texter, **filer}))


def test_how_long_a_project_is_is_said_once() -> None:
    """The faktaruta says three years from a day; so does whatever else says how many they are."""
    for antal, fel in (("tre", 0), ("två", 1)):
        r = med_texter(redovisning("sydnarke_2025"), vp_mal=f"Ciceron ska nå dem under projektets {antal} år.")
        funna = [f.text for f in check_dagar_och_antal(r) if isinstance(f, Finding)]
        assert len(funna) == fel, funna
        assert all("”projektets två år”" in text for text in funna)


def test_the_month_of_a_revised_budget_is_that_of_all_other_places() -> None:
    """No day is given in the sheets, but its sources say the month, and so does another text."""
    for månad, fel in (("maj", []), ("april", ["från april"])):
        r = med_texter(redovisning("sofint_2024"), driftredovisning=f"Den reviderade budgeten från {månad} {{år}}.")
        funna = [f.text for f in check_dagar_och_antal(r) if isinstance(f, Finding)]
        assert [re.findall("”(.*?)”", text)[0] for text in funna] == fel, funna


@pytest.mark.parametrize(
    ("text", "fel"),
    [
        ("Antalet anställda minskade under året.", 1),
        ("De anställda blev färre än året innan.", 1),
        ("De anställda blev inte färre än året innan.", 0),
    ],
)
def test_last_years_sheets_say_how_many_were_employed(text: str, fel: int) -> None:
    r = med_texter(öppna("tvealven", 2025, inputs=INPUTS).redovisning, handelser=text)
    funna = [f.text for f in check_ord_och_tal(r) if isinstance(f, Finding) and "text/handelser.md" in f.text]
    assert len(funna) == fel, funna


STYCKE = (
    "Förbundet stöder samverkan mellan parterna, finansierar insatser som ligger inom deras samlade ansvar och följer "
    "upp vad insatserna ger, varje kvartal och när året är slut, för {medlemsbidrag | kr}."
)


@pytest.mark.parametrize(
    ("andra", "sagt"),
    [
        (STYCKE, True),
        (STYCKE.replace("varje kvartal", "varje tertial"), True),
        (f"- {STYCKE}", True),
        (STYCKE.replace("medlemsbidrag", "not.intakter.staten"), False),
        (STYCKE.replace("varje kvartal och när året är slut", "i mars"), False),
        ("Förbundet stöder samverkan mellan parterna.", False),
    ],
    ids=["lika", "ett_annat_ord", "i_en_lista", "annat_tal", "annat_innehåll", "kort"],
)
def test_a_paragraph_twice(andra: str, sagt: bool) -> None:
    r = med_texter(redovisning("exempelforbundet_2025"), handelser=STYCKE, uppdrag=f"Inledning.\n\n{andra}")
    funna = [f.text for f in check_upprepning(r) if isinstance(f, Finding)]
    assert [
        text.startswith("text/uppdrag.md, rad 3: stycket står också i text/handelser.md, rad 1.") for text in funna
    ] == ([True] if sagt else [])


@pytest.mark.parametrize(
    ("text", "annan"),
    [
        ("Vägen vidare vänder sig till den som har varit sjuk länge.", "Vägen vidare"),
        ("Teamet hade {deltagare.vagen_vidare.totalt | antal} deltagare.", "Vägen vidare"),
        ("Kompassens deltagare kommer ofta från Vägen vidare, {deltagare.vagen_vidare.avslutade | antal}.", ""),
        ("Insatsen tar emot dem som har avslutat Vägen vidare.", ""),
        ("Deltagarna får en arbetscoach, och vägen vidare är olika lång.", ""),
    ],
)
def test_a_text_of_another_insats(text: str, annan: str) -> None:
    r = med_texter(redovisning("exempelforbundet_2025"), insats_kompassen=text)
    funna = [f.text for f in check_insatstexter(r) if isinstance(f, Finding)]
    ord_ = f"text/insats_kompassen.md handlar om {annan} men är texten för Kompassen. Är två texter ombytta?"
    assert funna == ([ord_] if annan else [])


@pytest.mark.langsam
def test_no_true_sentence_is_found_wrong(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """In the inputs, nor in the published documents when they are there; and a word that is turned is found."""
    monkeypatch.syspath_prepend(str(ROT / "benchmarks"))
    mätning = importlib.import_module("ord_och_tal")
    källor = SHARED / "kallor"
    assert mätning.mät(källor if källor.is_dir() else None) == 0
    svar = capsys.readouterr().out
    assert "LARM" not in svar
    for slag, minst in (("ord", 80), ("år", 90), ("lagrum", 95), ("räkneord", 90)):
        [funna, prövade] = map(int, re.findall(rf"^{slag}: .* av de prövade (\d+) av (\d+)$", svar, re.M)[0])
        assert prövade > 20
        assert funna * 100 >= prövade * minst, slag
