"""Reading saldolistor and huvudböcker: every message with a list that causes it, and the systems' own ways of writing."""

from __future__ import annotations

from pathlib import Path

import pytest

from facit import jämför
from finsam.model.bokforing import Bokföring
from finsam.model.problem import Problem
from finsam.read.bokforing import read_bokföring
from saldolista.bladtext import write_blad

MAPP = Path(__file__).with_name("fall")
FALL = sorted(fil for fil in MAPP.iterdir() if fil.suffix != ".txt")
ÅR = {"ar_ges": 2024, "ar_annat_an_det_ska_vara": 2025, "ar_i_rubrik_annat_an_det_ska_vara": 2023}
"""The year that a list should be for, where that is known."""


def läs(fil: Path, mapp: Path) -> tuple[Bokföring | None, list[Problem]]:
    """Read a list of `fall/`, a described workbook made into one first."""
    data = fil.read_bytes()
    namn = fil.name
    if fil.suffix == ".blad":
        data, namn = write_blad(data.decode("utf-8")), f"{fil.stem}.xlsx"
    (mapp / namn).write_bytes(data)
    return read_bokföring(mapp / namn, namn, ÅR.get(fil.stem))


@pytest.mark.parametrize("fil", FALL, ids=lambda fil: fil.stem)
def test_meddelande(fil: Path, tmp_path: Path) -> None:
    bokföring, problem = läs(fil, tmp_path)
    jämför("".join(f"{ett.nivå}: {ett}\n" for ett in problem), fil.with_suffix(".txt"))
    assert (bokföring is None) == any(ett.nivå == "fel" for ett in problem)


def test_every_expected_file_has_its_input() -> None:
    assert {fil.stem for fil in MAPP.glob("*.txt")} == {fil.stem for fil in FALL}
