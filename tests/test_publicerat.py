"""The published figures (publicerat.yml, C31): what is told of a row that says otherwise, or explains it away."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from facit import SHARED, jämför
from finsam.checks.finding import Finding
from finsam.checks.publicerat import check_publicerat
from finsam.read.publicerat import read_publicerat
from finsam.report.arsbok import Årsbok

HÄR = Path(__file__).parent / "publicerat"


def sagt(bok: Årsbok, fil: Path) -> list[str]:
    """What is wrong with the file, and what C31 finds in it for a year."""
    tabeller, problem = read_publicerat(fil, "publicerat.yml")
    r = replace(bok.redovisning, år=replace(bok.år, publicerat=tabeller))
    funna = [f for f in check_publicerat(r) if isinstance(f, Finding)]
    return [*(f"{p.nivå}: {p}" for p in problem), *(f"{f.nivå}: {f.text}" for f in funna)]


@pytest.mark.parametrize("fall", sorted(fil.stem for fil in HÄR.glob("*.yml")))
def test_what_is_said_of_a_published_figure(exempel: Årsbok, fall: str) -> None:
    jämför("\n".join(sagt(exempel, HÄR / f"{fall}.yml")), HÄR / f"{fall}.txt")


def test_an_error_explained_away_without_a_fact_is_told(sofint: Årsbok) -> None:
    """`fakta: ""` and a reason on a row that is the sum of rows with facts."""
    fil = SHARED / "fall" / "tyst" / "55_fel_bortforklarat_i_publicerat" / "sofint" / "2024" / "publicerat.yml"
    if not fil.is_file():
        pytest.skip("fallen finns inte här")
    [rad] = [text for text in sagt(sofint, fil) if "Administration 2024 (sidan 7): publicerat" in text]
    assert rad.startswith("varning: ")
    assert "754 237 kr" in rad.replace("\u00a0", " ")
    assert "803 284 kr" in rad.replace("\u00a0", " ")
