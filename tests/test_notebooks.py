"""Where the sections' notebooks are found: in a clone, in an installed wheel, and in one installed with --target."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from facit import INPUTS, ROT
from finsam.model.problem import UnreadableInput
from finsam.model.underlagsrad import Underlagsrad
from finsam.oppna import öppna
from finsam.read import notebooks
from finsam.read.notebooks import DATA, hitta_notebooks, våra_notebooks
from finsam.report.arsbok import Årsbok
from finsam.report.block import Följd
from finsam.report.form.notebookstil import i_dokument
from finsam.report.utskrift import OM_AVSNITTET, delar, html_av

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


AVSNITTEN = sorted(
    fil for mapp in ("arsredovisning", "verksamhetsplan") for fil in (ROT / "notebooks" / mapp).glob("*.ipynb")
)


@pytest.mark.parametrize("fil", AVSNITTEN, ids=lambda fil: f"{fil.parent.name}-{fil.stem}")
def test_a_section_says_what_it_is_to_who_opens_it_and_not_in_the_document(fil: Path) -> None:
    nb = nbformat.read(fil, 4)
    om, parametrar, *_ = nb.cells
    assert nb.metadata.kernelspec.name == "python3"
    assert om.cell_type == "markdown"
    assert om.metadata.tags == [OM_AVSNITTET]
    assert len(om.source.splitlines()) == 1
    assert ", ur " in om.source
    assert [cell for cell in nb.cells if "parameters" in cell.metadata.get("tags", ())] == [parametrar]
    assert "i nästa cell" in om.source
    sida = html_av(nb)
    assert "kommer inte med i dokumentet" not in sida
    assert not any("kommer inte med" in del_.typst for del_ in delar(nb))


def test_the_sheets_that_sections_say_they_read_are_there() -> None:
    text = "".join(nbformat.read(fil, 4).cells[0].source for fil in AVSNITTEN)
    blad = {
        ord_
        for ett in re.findall(r"blade[tn] ((?:[A-ZÅÄÖ]\w+(?: och )?)+)", text)
        for ord_ in ett.split(" och ")
        if ord_
    }
    alla = {fält.blad for fält in Underlagsrad.__subclasses__() if hasattr(fält, "blad")}
    assert len(blad) >= 8
    assert blad <= alla


def test_a_block_looks_like_the_document_where_its_notebook_is_open(exempel: Årsbok) -> None:
    """The style goes with what the notebook shows, reaches nothing else, and is no part of the document."""
    visat = exempel.resultaträkning._repr_mimebundle_()["text/html"]
    assert visat.startswith("<style>.jp-RenderedHTMLCommon {")
    assert i_dokument(visat) == exempel.resultaträkning.html()
    assert Följd(())._repr_mimebundle_()["text/html"] == ""
    regler = visat.partition("<style>")[2].partition("</style>")[0]
    utanför = re.sub(r"\{(?:[^{}]|\{[^{}]*\})*\}", "", regler)
    assert all(".jp-RenderedHTMLCommon" in del_ for del_ in utanför.strip().splitlines())


def test_a_plan_looks_the_same_way() -> None:
    bok = öppna("exempelforbundet", 2026, "verksamhetsplan", inputs=INPUTS)
    assert i_dokument(bok.detaljbudget._repr_mimebundle_()["text/html"]) == bok.detaljbudget.html()
