"""A förbund's own colour is used in every document, and what was done with it is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from conftest import kör
from facit import INPUTS
from finsam.model.farg import FÖRVAL, ur_egen
from finsam.oppna import öppna

GUL = "#F5B700"


@pytest.fixture
def gul(tmp_path: Path) -> Path:
    """The made-up förbund with a yellow of its own."""
    shutil.copytree(INPUTS / "exempelforbundet", tmp_path / "exempelforbundet")
    fil = tmp_path / "exempelforbundet" / "forbund.yml"
    fil.write_text(f'färg: "{GUL}"\n{fil.read_text("utf-8")}', "utf-8")
    return tmp_path


def test_pictures_have_it(gul: Path) -> None:
    bok = öppna("exempelforbundet", 2025, inputs=gul)
    assert ur_egen(GUL).profil.lower() in bok.kapitaldiagram.svg
    assert FÖRVAL.profil.lower() not in bok.kapitaldiagram.svg


def test_what_was_done_is_told(gul: Path) -> None:
    svar = kör("kontrollera", "exempelforbundet", "2025", "--utforligt", "--inputs", str(gul))
    assert "Färgen #F5B700 har 1,8:1 mot vitt" in " ".join(svar.output.split())


def test_what_is_no_colour_is_refused(gul: Path) -> None:
    fil = gul / "exempelforbundet" / "forbund.yml"
    fil.write_text(fil.read_text("utf-8").replace(GUL, "gul"), "utf-8")
    svar = kör("kontrollera", "exempelforbundet", "2025", "--inputs", str(gul))
    assert svar.exit_code == 2
    assert "rad 1: färg" in svar.output


@pytest.mark.langsam
def test_documents_have_it(gul: Path, tmp_path: Path) -> None:
    ut = tmp_path / "ut"
    assert kör("skapa", "exempelforbundet", "2025", "--inputs", str(gul), "--outputs", str(ut)).exit_code == 0
    sida = next(ut.rglob("arsredovisning.html")).read_text("utf-8")
    assert f"--profil:{ur_egen(GUL).profil}" in sida
    assert FÖRVAL.profil not in sida
