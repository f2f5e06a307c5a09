"""The measurements can be made: both readers read the made-up file, and give the same. Nothing is said of time."""

from __future__ import annotations

import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from facit import ROT

pytest.importorskip("resource", reason="mäts inte på Windows")

SIE = ROT / "benchmarks" / "sie.py"


def test_readers_of_a_sie_file_give_the_same_sums(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROT / "lib"))
    svar = subprocess.run(
        [sys.executable, SIE, "--rader", "1000", "--varv", "1"], capture_output=True, encoding="utf-8", check=False
    )
    assert svar.returncode == 0, svar.stderr
    assert svar.stdout.startswith("1000 rader, ")
    assert "båda ger samma summor" in svar.stdout


def test_the_made_up_file_follows_its_seed(tmp_path: Path) -> None:
    mätning = runpy.run_path(str(SIE))
    filer = [tmp_path / namn for namn in ("a.se", "b.se", "c.se")]
    for fil, frö in zip(filer, (1, 1, 2), strict=True):
        mätning["write_sie"](fil, 50, frö)
    a, b, c = (fil.read_bytes() for fil in filer)
    assert a == b != c
    assert a.count(b"#TRANS") == 50
