"""What a section shows is read from its notebook as data, and nothing in it is executed."""

import json
from pathlib import Path

import pytest

import finsam
from finsam.read.notebooks import Visat, read_avsnitt, read_visat
from finsam.report.arsbok import Årsbok

INPUTS = Path(__file__).parents[1] / "inputs"


def skriv(fil: Path, *celler: str) -> Path:
    delar = [{"cell_type": "code", "source": cell.splitlines(keepends=True)} for cell in celler]
    fil.write_text(json.dumps({"cells": [{"cell_type": "markdown", "source": "bok.noter"}, *delar]}), "utf-8")
    return fil


@pytest.mark.parametrize(
    ("cell", "väntat"),
    [
        ("bok.noter", Visat("noter")),
        ("# Noterna\nbok.noter\n", Visat("noter")),
        ('bok.text("forord")', Visat("text", ("forord",))),
        ('bok.noter["kostnader"]', Visat("noter", None, "kostnader")),
        ("x = 1\nbok.resultaträkning", Visat("resultaträkning")),
        ("bok._visade", None),
        ("bok.noter.html()", None),
        ("bok.text(namn)", None),
        ('bok.text(namn="forord")', None),
        ("bok.text(*namn)", None),
        ("bok.noter[0:1]", None),
        ("annan.noter", None),
        ("x = bok.noter", None),
        ("print(bok.noter)", None),
        ("%matplotlib inline\nbok.noter", None),
        ("bok.", None),
        ("", None),
    ],
)
def test_a_cell(tmp_path: Path, cell: str, väntat: Visat | None) -> None:
    assert read_visat(skriv(tmp_path / "a.ipynb", cell)) == ((väntat,) if väntat else ())


@pytest.mark.parametrize("innehåll", ["", "{}", "[]", '{"cells": 1}', '{"cells": [{}]}', "\x00", '{"cells": [1]}'])
def test_a_file_that_is_no_notebook_shows_nothing(tmp_path: Path, innehåll: str) -> None:
    (tmp_path / "a.ipynb").write_text(innehåll, "utf-8")
    assert read_visat(tmp_path / "a.ipynb") == ()
    assert read_visat(tmp_path / "finns_inte.ipynb") == ()


def test_what_is_not_there_is_left_to_the_execution(tmp_path: Path) -> None:
    """And a cell may ask for what is made of the whole document."""
    mapp = tmp_path / "arsredovisning"
    mapp.mkdir()
    celler = ("bok.finns_inte", "bok.text()", 'bok.noter["x"]', "bok.omslag(1)", "bok.findings", "bok.år[1]")
    skriv(mapp / "10_eget.ipynb", *celler, 'bok.tabeller["panter"]', "bok.kontrollerat", 'bok.noter["skulder"]')
    (mapp / "rapport.yml").write_text("avsnitt: [eget]\n", "utf-8")
    bok = finsam.öppna("exempelforbundet", 2025, inputs=INPUTS, notebooks=tmp_path)
    assert list(bok.tabeller)[:2] == ["panter", "not_skulder"]
    assert "resultatrakning" in bok.tabeller
    assert {f.kod for f in bok.findings} >= {"C07", "C08"}


def test_the_sections_are_the_förbunds_own(exempel: Årsbok) -> None:
    """Every section of ours is nothing but what can be read so, beside its first two cells."""
    for avsnitt in exempel.avsnitt:
        nb = json.loads(avsnitt.fil.read_text("utf-8"))
        kod = [cell for cell in nb["cells"] if cell["cell_type"] == "code"]
        assert len(read_visat(avsnitt.fil)) == len(kod) - 2, avsnitt.namn
    assert exempel.avsnitt == read_avsnitt("arsredovisning", exempel.år.förbund)
