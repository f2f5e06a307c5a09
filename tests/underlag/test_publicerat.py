"""Reading `publicerat.yml`: every message has a file that causes it, with the line to look at."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finsam.model.rakenskapsar import Publiceradrad, Publiceradtabell
from finsam.read.publicerat import read_publicerat
from prov import antal

FALL = Path(__file__).with_name("fall") / "publicerat"
FIL = "publicerat.yml"


@pytest.mark.parametrize("fil", sorted(FALL.glob("*.yml")), ids=lambda fil: fil.stem)
def test_meddelande(fil: Path) -> None:
    tabeller, problem = read_publicerat(fil, FIL)
    assert "".join(f"{ett.nivå}: {ett}\n" for ett in problem) == fil.with_suffix(".txt").read_text("utf-8")
    assert not (problem and tabeller)


def test_a_whole_file() -> None:
    assert read_publicerat(FALL / "felfri.yml", FIL) == (
        (
            Publiceradtabell(
                "not_intakter",
                "Not 2",
                "17",
                (
                    Publiceradrad("Staten", "rr.verksamhetens_intakter", {"2024": Decimal(3600)}, "tkr", -1),
                    Publiceradrad("Summa", "", {"2024": Decimal("3600.50")}, "tkr", summa_av=("Staten",)),
                ),
            ),
            Publiceradtabell(
                "texter",
                "Löpande text",
                "",
                (Publiceradrad("31 procent", "soliditet", {"2024": Decimal(31)}, "procent"),),
            ),
        ),
        [],
    )


def test_no_file_is_no_figures(tmp_path: Path) -> None:
    assert read_publicerat(tmp_path / FIL, FIL) == ((), [])


def test_all_problems_at_once_but_not_without_end(tmp_path: Path) -> None:
    (tmp_path / FIL).write_text("".join(f"nyckel{nr}: x\n" for nr in range(1000)), "utf-8")
    _, problem = read_publicerat(tmp_path / FIL, FIL)
    assert len(problem) == 301
    assert problem[-1].text == "Fler än 300 fel; resten är inte läst. Rätta dem först."


@settings(max_examples=antal(100), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.sampled_from("tabeler:\n -[]{}\"'&*!|>%@`#\x00\u202eå1,?")) | st.text())
def test_any_text_gives_figures_or_problems(text: str, tmp_path: Path) -> None:
    (tmp_path / FIL).write_bytes(text.encode("utf-8", "replace"))
    tabeller, problem = read_publicerat(tmp_path / FIL, FIL)
    assert all(ett.text and ett.fil == FIL for ett in problem)
    assert not (problem and tabeller)
