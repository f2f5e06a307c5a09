"""What a run says it read is all that it read: with those files and no others it comes to the same."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from facit import INPUTS
from finsam.oppna import öppna
from finsam.report.bok import Bok
from finsam.report.visning import exakt
from prov import urval

_öppnade: list[str] | None = None


def _lyssna(händelse: str, argument: tuple[object, ...]) -> None:
    if _öppnade is not None and händelse == "open":
        _öppnade.append(str(argument[0]))


sys.addaudithook(_lyssna)


@contextmanager
def öppnade_under(mapp: Path) -> Iterator[set[Path]]:
    """Every file under a folder that is opened meanwhile."""
    global _öppnade  # noqa: PLW0603  an audit hook cannot be taken away
    _öppnade, funna = [], set[Path]()
    try:
        yield funna
    finally:
        funna |= {Path(fil) for fil in _öppnade if Path(fil).is_file() and Path(fil).is_relative_to(mapp)}
        _öppnade = None


def svar(bok: Bok) -> tuple[object, ...]:
    return {n: (exakt(f), f.text, f.dold) for n, f in bok.fakta.items()}, bok.findings


def bara(bok: Bok, inputs: Path, till: Path) -> Path:
    """A folder with the files that the year was read from."""
    for fil in bok.år.filer:
        mål = till / fil.relative_to(inputs)
        mål.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(fil, mål)
    return till


@pytest.mark.parametrize(
    ("förbund", "år", "rapport"),
    urval(
        [
            ("exempelforbundet", 2025, "arsredovisning"),
            ("exempelforbundet", 2026, "verksamhetsplan"),
            ("sofint", 2024, "arsredovisning"),
        ],
        ("sofint", 2024, "arsredovisning"),
    ),
)
def test_the_files_that_were_read_are_enough(förbund: str, år: int, rapport: str, tmp_path: Path) -> None:
    with öppnade_under(INPUTS) as lästa:
        bok = öppna(förbund, år, rapport, inputs=INPUTS)
    assert lästa - set(bok.år.filer) == set()
    assert svar(öppna(förbund, år, rapport, inputs=bara(bok, INPUTS, tmp_path))) == svar(bok)


@pytest.mark.langsam
@pytest.mark.parametrize("fil", ["underlag.xlsx", "bokforing.se"])
def test_an_earlier_year_that_cannot_be_read_is_read_all_the_same(tmp_path: Path, fil: str) -> None:
    """What was said of it comes from the files there are, so they belong to the run."""
    inputs = tmp_path / "inputs"
    for år in ("2023", "2024", "2025"):
        källa = INPUTS / "exempelforbundet" / ("2025" if år == "2025" else "2024")
        shutil.copytree(källa, inputs / "exempelforbundet" / år)
    for namn in ("forbund.yml", "kontoplan.csv"):
        shutil.copy(INPUTS / "exempelforbundet" / namn, inputs / "exempelforbundet")
    (inputs / "exempelforbundet" / "2023" / fil).write_bytes(b"\xff\xfe\x00")
    bok = öppna("exempelforbundet", 2025, inputs=inputs)
    assert "C33" in {f.kod for f in bok.findings if f.nivå == "varning"}
    assert svar(öppna("exempelforbundet", 2025, inputs=bara(bok, inputs, tmp_path / "bara"))) == svar(bok)
