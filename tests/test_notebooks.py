"""Where the sections' notebooks are found: in a clone, in an installed wheel, and in one installed with --target."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from facit import ROT
from finsam.model.problem import UnreadableInput
from finsam.read import notebooks
from finsam.read.notebooks import DATA, hitta_notebooks, våra_notebooks

AVSNITT = "arsredovisning/rapport.yml"
HJUL = f"../../../{DATA.as_posix()}/{AVSNITT}"
PLATSER = {
    "klon": ("lib", "notebooks", None),
    "hjul": ("venv/lib/python3.11/site-packages", f"venv/{DATA}", HJUL),
    "hjul_i_hemmappen": (
        ".local/lib/python3.11/site-packages",
        f".local/{DATA}",
        f"../../../{DATA.as_posix()}/{AVSNITT}",
    ),
    "hjul_med_target": ("mapp", f"mapp/{DATA}", f"../../{DATA.as_posix()}/{AVSNITT}"),
}
"""The folders of the library and its notebooks, and where the installer says that they are (wrongly with --target)."""

Installera = Callable[[str], tuple[Path, Path]]


def skriv(fil: Path, text: str = "") -> None:
    fil.parent.mkdir(parents=True, exist_ok=True)
    fil.write_text(text, "utf-8")


@pytest.fixture
def installera(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installera:
    """Put a finsam in one of PLATSER, and let it be the one that runs: its library and its notebooks."""

    def lägg(var: str) -> tuple[Path, Path]:
        bibliotek, böcker, antecknat = PLATSER[var]
        paket = tmp_path / bibliotek / "finsam/__init__.py"
        skriv(paket)
        skriv(tmp_path / böcker / AVSNITT)
        if antecknat:
            info = tmp_path / bibliotek / "finsam-9.dist-info"
            skriv(info / "METADATA", "Metadata-Version: 2.1\nName: finsam\nVersion: 9\n")
            skriv(info / "RECORD", f"finsam/__init__.py,,\n{antecknat},,\n")
            monkeypatch.syspath_prepend(tmp_path / bibliotek)
        monkeypatch.setattr(notebooks, "__file__", str(paket.parent / "read" / "notebooks.py"))
        return tmp_path / bibliotek, tmp_path / böcker

    return lägg


@pytest.mark.parametrize("var", PLATSER)
def test_the_notebooks_are_those_that_came_with_the_library(installera: Installera, var: str) -> None:
    _, böcker = installera(var)
    assert våra_notebooks() == böcker


def test_the_notebooks_of_another_finsam_are_not_ours(installera: Installera, tmp_path: Path) -> None:
    """A clone without notebooks is run, and a wheel is installed beside it: its notebooks are of another version."""
    installera("hjul")
    _, böcker = installera("klon")
    (böcker / AVSNITT).unlink()
    (böcker / "arsredovisning").rmdir()
    böcker.rmdir()
    assert våra_notebooks() is None


def test_a_wheel_whose_notebooks_are_gone_says_so(
    installera: Installera, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, böcker = installera("hjul")
    böcker.rename(tmp_path / "flyttade")
    tom = tmp_path / "tom"
    tom.mkdir()
    monkeypatch.chdir(tom)
    with pytest.raises(UnreadableInput, match="Mappen notebooks finns inte"):
        hitta_notebooks()


def test_every_notebook_is_in_the_wheel() -> None:
    data = tomllib.loads((ROT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["data-files"]
    med = {(mål, fil) for mål, mönster in data.items() for ett in mönster for fil in ROT.glob(ett)}
    filer = [fil for fil in (ROT / "notebooks").rglob("*") if fil.is_file() and ".ipynb_checkpoints" not in fil.parts]
    assert med == {(f"share/finsam/{fil.parent.relative_to(ROT).as_posix()}", fil) for fil in filer}
