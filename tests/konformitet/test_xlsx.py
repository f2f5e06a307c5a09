"""The workbook calculated anew by LibreOffice: every formula gives the value that is stored beside it."""

from __future__ import annotations

import math
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest

from konformitet.dokument import RAPPORTER, Dokument
from konformitet.verktyg import kräv

pytestmark = pytest.mark.konformitet

RÄKNA_ALLTID = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>
"""
"""LibreOffice else trusts the stored values of a workbook that says it is Excel's."""


def räkna_om(filer: dict[str, Path], mapp: Path) -> dict[str, Path]:
    """The workbooks calculated anew, by the same names."""
    kräv("soffice")
    profil, före, efter = mapp / "profil", mapp / "före", mapp / "efter"
    (profil / "user").mkdir(parents=True)
    före.mkdir()
    (profil / "user" / "registrymodifications.xcu").write_text(RÄKNA_ALLTID, "utf-8")
    kopior = [str(shutil.copy(fil, före / f"{namn}.xlsx")) for namn, fil in filer.items()]
    val = ["--headless", f"-env:UserInstallation={profil.as_uri()}", "--convert-to", "xlsx", "--outdir", str(efter)]
    subprocess.run(["soffice", *val, *kopior], capture_output=True, check=True, timeout=180)
    return {namn: efter / f"{namn}.xlsx" for namn in filer}


def skillnader(fil: Path, omräknad: Path) -> list[str]:
    """The formulas whose stored value is not what they give, or that give an error."""
    formler = openpyxl.load_workbook(fil)
    lagrat, nytt = openpyxl.load_workbook(fil, data_only=True), openpyxl.load_workbook(omräknad, data_only=True)
    celler = [cell for blad in formler for rad in blad for cell in rad if cell.data_type == "f"]
    assert len(celler) > 200
    par = [
        (cell, lagrat[cell.parent.title][cell.coordinate], nytt[cell.parent.title][cell.coordinate]) for cell in celler
    ]
    return [
        f"{cell.parent.title}!{cell.coordinate} {cell.value}: lagrat {a.value!r}, räknat {b.value!r}"
        for cell, a, b in par
        if not (a.data_type == b.data_type == "n" and math.isclose(a.value, b.value, rel_tol=1e-12, abs_tol=1e-6))
    ]


def ändrad(fil: Path, mål: Path, mönster: str, nytt: str) -> Path:
    """The workbook with the first cell that fits the pattern changed."""
    antal = 0
    with zipfile.ZipFile(fil) as från, zipfile.ZipFile(mål, "w") as till:
        for namn in från.namelist():
            data = från.read(namn).decode("utf-8")
            if namn.startswith("xl/worksheets/sheet") and not antal:
                data, antal = re.subn(mönster, nytt, data, count=1)
            till.writestr(namn, data)
    assert antal == 1
    return mål


FEL = {
    "lagrat varde": (r"(<f>-?Fakta!E\d+</f><v>)[^<]+", r"\g<1>12345.5"),
    "formel": (r"<f>(-?)Fakta!E(\d+)</f>", r"<f>\g<1>Fakta!E\g<2>+1</f>"),
    "felvarde": (r"<f>(-?Fakta!E\d+)</f>", r"<f>\g<1>/0</f>"),
    "okant namn": (r"<f>-?Fakta!E(\d+)</f>", r"<f>Finnsinte!E\g<1></f>"),
}


@pytest.fixture(scope="module")
def böcker(alla: dict[str, Dokument], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The finished workbooks, and the made-up förbund's with one thing wrong at a time."""
    mapp = tmp_path_factory.mktemp("fel")
    hel = alla["exempel"].xlsx
    brutna = {namn: ändrad(hel, mapp / f"{nr}.xlsx", *fel) for nr, (namn, fel) in enumerate(FEL.items())}
    return {rapport: dokument.xlsx for rapport, dokument in alla.items()} | brutna


@pytest.fixture(scope="module")
def omräknade(böcker: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """All of them calculated anew, in one go."""
    return räkna_om(böcker, tmp_path_factory.mktemp("xlsx"))


@pytest.mark.parametrize("rapport", RAPPORTER)
def test_every_formula_gives_its_stored_value(
    rapport: str, böcker: dict[str, Path], omräknade: dict[str, Path]
) -> None:
    assert skillnader(böcker[rapport], omräknade[rapport]) == []


@pytest.mark.parametrize("fel", FEL)
def test_a_formula_that_does_not_is_found(fel: str, böcker: dict[str, Path], omräknade: dict[str, Path]) -> None:
    assert skillnader(böcker[fel], omräknade[fel])
