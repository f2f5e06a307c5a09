"""The page, the PDF, the workbook and `rapport.json` show the same value for the same fact."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

from conftest import Körning
from facit import jämför
from finsam.report.samma import samma_i_alla


def test_the_files_of_a_run_say_the_same(körning: Körning) -> None:
    assert samma_i_alla(körning.katalog) == []


def kopia_av(körning: Körning, mapp: Path) -> Path:
    """The files of the run, to change."""
    mapp.mkdir()
    for fil in körning.katalog.glob("*.*"):
        shutil.copy(fil, mapp)
    return mapp


def i_text(fil: str, rätt: str, galet: str) -> Callable[[Path], None]:
    """Change a file of text."""

    def ändra(katalog: Path) -> None:
        text = (katalog / fil).read_text("utf-8")
        assert rätt in text
        (katalog / fil).write_text(text.replace(rätt, galet, 1), "utf-8")

    return ändra


def i_arbetsboken(blad: str, mönster: str, nytt: str) -> Callable[[Path], None]:
    """Change the stored values of a sheet, by its place in the workbook."""

    def ändra(katalog: Path) -> None:
        fil = katalog / "arsredovisning.xlsx"
        with zipfile.ZipFile(fil) as från:
            delar = {namn: från.read(namn) for namn in från.namelist()}
        text = delar[blad].decode()
        assert re.search(mönster, text)
        delar[blad] = re.sub(mönster, nytt, text, count=1).encode()
        with zipfile.ZipFile(fil, "w") as till:
            for namn, data in delar.items():
                till.writestr(namn, data)

    return ändra


ÄNDRINGAR: dict[str, Callable[[Path], None]] = {
    "ett fakta i rapport.json": i_text("rapport.json", '"varde": "118764.00"', '"varde": "118765.00"'),
    "en cell i rapport.json": i_text("rapport.json", "118764,", "118765,"),
    "vad en cell visar": i_text("rapport.json", '"118\u00a0764"', '"118\u00a0765"'),
    "värdet bakom ett tal på sidan": i_text("arsredovisning.html", 'value="118764.00"', 'value="118765.00"'),
    "en cell på sidan": i_text("arsredovisning.html", ">118\u00a0764<", ">118\u00a0765<"),
    "ett sparat värde i en tabell": i_arbetsboken("xl/worksheets/sheet2.xml", "<v>3976000</v>", "<v>3976001</v>"),
    "en andel i en tabell": i_arbetsboken("xl/worksheets/sheet2.xml", r"<v>0\.309", "<v>0.319"),
}


def test_a_file_that_differs_is_named(körning: Körning, tmp_path: Path) -> None:
    svar = []
    for nr, (namn, ändra) in enumerate(ÄNDRINGAR.items()):
        kopia = kopia_av(körning, tmp_path / str(nr))
        ändra(kopia)
        skillnader = samma_i_alla(kopia)
        assert skillnader, namn
        svar.append("\n".join((namn, *(f"  {s}" for s in skillnader))))
    jämför("\n\n".join(svar), Path(__file__).parent / "fall_samma.txt")


def test_files_of_another_document_are_told(körning: Körning, tmp_path: Path) -> None:
    kopia = kopia_av(körning, tmp_path / "kopia")
    i_text("rapport.json", '"tabeller": [', '"tabeller": [], "andra": [')(kopia)
    assert [s.fil for s in samma_i_alla(kopia)] == ["arsredovisning.html", "arsredovisning.pdf", "arsredovisning.xlsx"]
