"""The threat model names tests that are there, and the guide says the same of what nothing catches."""

from __future__ import annotations

import re

from facit import ROT

MODELL = (ROT / "docs" / "hotmodell.md").read_text("utf-8")


def test_each_threat_has_tests_that_are_there() -> None:
    finns = {
        namn
        for fil in (ROT / "tests").rglob("test_*.py")
        for namn in re.findall(r"^def (test_\w+)", fil.read_text("utf-8"), re.MULTILINE)
    }
    tabell = MODELL.partition("## Vad som kunde ändras")[2].partition("\n## ")[0]
    rader = [rad for rad in tabell.splitlines() if rad.startswith("| ")][1:]
    assert len(rader) > 10
    for rad in rader:
        nämnda = re.findall(r"`(test_\w+)`", rad.split("|")[4])
        assert nämnda, rad
        assert set(nämnda) <= finns, rad


def test_the_guide_says_the_same_of_what_nothing_catches() -> None:
    guide = (ROT / "docs" / "verifiera.md").read_text("utf-8")
    stycken = MODELL.partition("## Vad inget fångar\n\n")[2].strip().split("\n\n")
    assert len(stycken) == 4
    assert [stycke for stycke in stycken if stycke not in guide] == []
