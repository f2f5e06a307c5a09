"""Sentences in pairs: the true one passes in silence, and its false twin is found.

`tests/ord_och_tal/<förbund>_<år>/<ämne>.txt` has a pair in each paragraph, + the true and - the false; `<ämne>.facit`
beside it is what is said of the false ones.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from facit import INPUTS, jämför
from finsam.checks import ord_och_tal
from finsam.checks.finding import Finding
from finsam.checks.ord_och_tal import check_antal_i_ord, check_lagrum, check_ord_och_tal
from finsam.read.arsmapp import hitta_bokföring, read_räkenskapsår
from finsam.statements.redovisning import Redovisning, redovisa

PAR = sorted((Path(__file__).parent / "ord_och_tal").glob("*/*.txt"))


@cache
def redovisning(mapp: str) -> Redovisning:
    """A year of a förbund, as its inputs are."""
    förbund, _, år = mapp.rpartition("_")
    har_bokföring = hitta_bokföring(INPUTS / förbund / år)
    rapport = "arsredovisning" if har_bokföring else "verksamhetsplan"
    return redovisa(read_räkenskapsår(förbund, int(år), INPUTS, rapport))


def sagt(r: Redovisning, stycken: list[str], monkeypatch: pytest.MonkeyPatch) -> list[list[Finding]]:
    """What is found of each paragraph when they are the report's only words."""
    monkeypatch.setattr(ord_och_tal, "skriven_prosa", lambda _: [("text", "", "\n\n".join(stycken))])
    funna: list[list[Finding]] = [[] for _ in stycken]
    for kontroll in (check_ord_och_tal, check_antal_i_ord, check_lagrum):
        for f in kontroll(r):
            if isinstance(f, Finding) and (rad := re.match(r"text, rad (\d+)", f.text)):
                funna[int(rad[1]) // 2].append(f)
    return funna


@pytest.mark.parametrize("fil", PAR, ids=lambda fil: f"{fil.parent.name}/{fil.stem}")
def test_pairs(fil: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    r, facit = redovisning(fil.parent.name), []
    par = [[rad[2:] for rad in ett.splitlines()] for ett in fil.read_text("utf-8").strip().split("\n\n")]
    sanna, falska = [sant for sant, _ in par], [falskt for _, falskt in par]
    assert [f.text for funna in sagt(r, sanna, monkeypatch) for f in funna] == []
    for falskt, funna in zip(falska, sagt(r, falska, monkeypatch), strict=True):
        assert funna, falskt
        facit += ["", falskt, *(f"  {f.kod} {f.nivå} {f.text.split(' Meningen:')[0]}" for f in funna)]
    jämför("\n".join(facit[1:]), fil.with_suffix(".facit"))
