"""*Ett år med finsam* is gone through from beginning to end: its commands, in its order, as they stand there."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from facit import INPUTS, ROT

EXEMPEL = "exempelforbundet"
UTKAST, KLART = 1, 0
VÄNTAT = {
    f"finsam nytt {EXEMPEL} 2025 verksamhetsplan": KLART,
    f"finsam kontrollera {EXEMPEL} 2025 verksamhetsplan": UTKAST,
    f"finsam skapa {EXEMPEL} 2025 verksamhetsplan": UTKAST,
    f"finsam nytt {EXEMPEL} 2025 --bokforing export.se": KLART,
    f"finsam kontrollera {EXEMPEL} 2025": UTKAST,
}
"""How those end that come before the ekonom has filled in what the year needs; all after it end well."""


def kommandon(dokument: str) -> list[str]:
    return re.findall(r"^    (finsam .+)$", (ROT / "docs" / dokument).read_text("utf-8"), re.MULTILINE)


def fyll_i(år: Path) -> None:
    """What she does by hand: the sheets and the texts of the example, as they are when its year is done."""
    for fil in (INPUTS / EXEMPEL / "2025").rglob("*"):
        if fil.is_file():
            shutil.copy(fil, år / fil.relative_to(INPUTS / EXEMPEL / "2025"))
    for fil in [*år.glob("vp_*"), *(år / "text").glob("vp_*")]:
        fil.unlink()


@pytest.mark.langsam
def test_the_year_can_be_gone_through_as_it_is_written(tmp_path: Path) -> None:
    shutil.copytree(INPUTS / EXEMPEL, tmp_path / "inputs" / EXEMPEL)
    for år in ("2025", "2026"):
        shutil.rmtree(tmp_path / "inputs" / EXEMPEL / år)
    shutil.copy(INPUTS / EXEMPEL / "2025/bokforing.se", tmp_path / "export.se")
    körda = set()
    for kommando in kommandon("ett_ar.md"):
        körd = subprocess.run(
            [sys.executable, "-m", "finsam", *shlex.split(kommando)[1:]],
            cwd=tmp_path,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert körd.returncode == VÄNTAT.get(kommando, KLART), kommando + körd.stdout + körd.stderr
        körda.add(kommando)
        if kommando == f"finsam kontrollera {EXEMPEL} 2025":
            fyll_i(tmp_path / "inputs" / EXEMPEL / "2025")
    assert körda >= set(VÄNTAT)
    ut = tmp_path / "outputs" / EXEMPEL / "2025/arsredovisning"
    assert (ut / "arsredovisning.pdf").exists()
    assert (tmp_path / "inputs" / EXEMPEL / "2025/plomb.json").exists()
    assert (tmp_path / "inputs" / EXEMPEL / "2026/underlag.xlsx").exists()
