"""Letters in two parts, as macOS and PDF give them: a förbund whose every file has them is read as any other."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import openpyxl

from finsam.oppna import öppna
from finsam.read.bokforing import read_bokföring

FÖRBUND = "exempelforbundet"


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def delad_arbetsbok(fil: Path) -> None:
    bok = openpyxl.load_workbook(fil)
    for blad in bok.worksheets:
        blad.title = nfd(blad.title)
        for rad in blad.iter_rows():
            for cell in rad:
                if isinstance(cell.value, str):
                    cell.value = nfd(cell.value)
    bok.save(fil)


def dela(mapp: Path) -> None:
    """Every text, cell and name of a förbund's folder with its letters in two parts."""
    for fil in [*mapp.glob("*.*"), *(mapp / "2025").rglob("*.*")]:
        if fil.suffix in (".md", ".yml", ".csv"):
            fil.write_text(nfd(fil.read_text("utf-8")), "utf-8")
        elif fil.suffix == ".se":
            fil.write_text(nfd(fil.read_bytes().decode("cp437")), "utf-8", newline="")
        elif fil.suffix == ".xlsx":
            delad_arbetsbok(fil)
    (mapp / "2025" / "bokforing.se").rename(mapp / "2025" / nfd("Bokföring.SE"))


def test_a_förbund_in_two_parts_is_read_as_any_other(kopia: Callable[[], Path]) -> None:
    inputs = kopia()
    (inputs / FÖRBUND / "2025" / "text" / "inledning.md").write_text(
        "Året {år}: {rr.arets_resultat | kr}. Året.\n", "utf-8"
    )
    helt = öppna(FÖRBUND, 2025, inputs=inputs)
    dela(inputs / FÖRBUND)
    bok = öppna(FÖRBUND, 2025, inputs=inputs)
    assert bok.år.texter == helt.år.texter
    assert bok.år.förbund == helt.år.förbund
    assert bok.år.underlag == helt.år.underlag
    assert bok.år.bokföring.konton == helt.år.bokföring.konton
    assert {id_: f.värde for id_, f in bok.fakta.items()} == {id_: f.värde for id_, f in helt.fakta.items()}
    skilda = {(p.plats, p.text) for p in bok.år.problem} ^ {(p.plats, p.text) for p in helt.år.problem}
    assert skilda == {("", "Filen är i UTF-8 fast den anger PC8.")}


def test_a_place_in_a_message_is_that_of_the_file(kopia: Callable[[], Path]) -> None:
    inputs = kopia()
    text = inputs / FÖRBUND / "2025" / "text" / "personal.md"
    text.write_text(nfd("Förbundet\nhade året 17 möten.\n"), "utf-8")
    [f] = [f for f in öppna(FÖRBUND, 2025, inputs=inputs).findings if f.kod == "C10" and f.nivå == "varning"]
    assert "personal.md, rad 2: talet 17" in f.text


def test_sie_5_and_lists_in_two_parts(tmp_path: Path) -> None:
    mapp = Path(__file__).parent
    for hel in (mapp / "sie5" / "fall" / "felfri.xml", mapp / "saldolista" / "fall" / "kolon.csv"):
        delad = tmp_path / hel.name
        delad.write_text(nfd(hel.read_text("utf-8")), "utf-8")
        assert read_bokföring(delad)[0] == read_bokföring(hel)[0] is not None
