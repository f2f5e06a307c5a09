"""The wheel alone, installed where nothing of the project is, makes a report and verifies its package."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from facit import INPUTS, ROT

pytestmark = pytest.mark.konformitet


def kör(*ord_: str | Path, i: Path, **miljö: str) -> str:
    """Run Python on the wheel's library, and not on the one that the tests stand in."""
    env = {namn: värde for namn, värde in os.environ.items() if namn != "PYTHONPATH"} | miljö
    kommando = [sys.executable, "-P", *map(str, ord_)]
    svar = subprocess.run(kommando, cwd=i, env=env, capture_output=True, text=True, check=False)
    assert svar.returncode == 0, svar.stdout + svar.stderr
    return svar.stdout


@pytest.fixture(scope="module")
def hjul(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy: what a build leaves behind does not come into the next one."""
    mapp = tmp_path_factory.mktemp("bygge")
    for namn in ("lib", "notebooks"):
        shutil.copytree(ROT / namn, mapp / namn, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info", ".ipynb_*"))
    shutil.copy(ROT / "pyproject.toml", mapp)
    kör("-m", "pip", "wheel", "-q", "--no-index", "--no-deps", "--no-build-isolation", mapp, "-w", mapp / "ut", i=mapp)
    [fil] = (mapp / "ut").glob("*.whl")
    return fil


@pytest.mark.parametrize("sätt", ["--prefix", "--target"])
def test_a_wheel_makes_and_verifies_a_report(hjul: Path, tmp_path: Path, sätt: str) -> None:
    hem, tom = tmp_path / "hem", tmp_path / "tom"
    tom.mkdir()
    kör("-m", "pip", "install", "-q", "--no-index", "--no-deps", "--ignore-installed", sätt, hem, hjul, i=tom)
    plats = hem if sätt == "--target" else Path(sysconfig.get_path("purelib", "posix_prefix", {"base": str(hem)}))
    miljö = {"PYTHONPATH": str(plats)}
    assert kör("-c", "import finsam; print(finsam.__file__)", i=tom, **miljö).startswith(str(plats))
    ord_ = ("exempelforbundet", "2024", "--inputs", INPUTS, "--outputs", tmp_path / "ut")
    kör("-m", "finsam", "skapa", *ord_, "--paket", i=tom, **miljö)
    [paket] = (tmp_path / "ut").rglob("*.zip")
    svar = kör("-m", "finsam", "verifiera", paket, i=tom, **miljö)
    assert "filer är desamma, byte för byte" in svar
    assert "\nAllt stämmer.\nJämför nu zipfilens SHA-256 ovan" in svar
