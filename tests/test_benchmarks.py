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


def test_a_small_ledger_is_read_with_little_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """What `finsam las` does not need it does not load: that is most of the time it takes."""
    monkeypatch.setenv("PYTHONPATH", str(ROT / "lib"))
    bokföring = ROT / "tests" / "sie" / "fall" / "felfri.se"
    kommando = [sys.executable, "-X", "importtime", "-m", "finsam", "las", bokföring]
    svar = subprocess.run(kommando, capture_output=True, encoding="utf-8", check=True)
    laddade = {rad.rsplit("|", 1)[1].strip() for rad in svar.stderr.splitlines() if rad.startswith("import time:")}
    assert "finsam.read.sie" in laddade
    assert laddade.isdisjoint({"lxml.etree", "matplotlib", "numpy", "openpyxl", "pandas", "papermill", "pydantic"})


def test_the_made_up_file_follows_its_seed(tmp_path: Path) -> None:
    mätning = runpy.run_path(str(SIE))
    filer = [tmp_path / namn for namn in ("a.se", "b.se", "c.se")]
    for fil, frö in zip(filer, (1, 1, 2), strict=True):
        mätning["write_sie"](fil, 50, frö)
    a, b, c = (fil.read_bytes() for fil in filer)
    assert a == b != c
    assert a.count(b"#TRANS") == 50
