"""The workbook in LibreOffice: calculated anew, a changed cell is told, and printed no row stands on another."""

from __future__ import annotations

import json
import math
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from openpyxl.worksheet.worksheet import Worksheet

from facit import INPUTS
from finsam.oppna import öppna
from finsam.report.bok import Bok
from finsam.report.kalkyl.xlsx import ANDRA_BLAD, write_xlsx
from konformitet.dokument import RAPPORTER, Dokument
from konformitet.verktyg import kräv

pytestmark = pytest.mark.konformitet

RÄKNA_ALLTID = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>
"""
"""LibreOffice else trusts the stored values of a workbook that says it is Excel's."""

FLER = {
    "sofint_2020": ("sofint", 2020, "arsredovisning"),
    "tvealven": ("tvealven", 2025, "arsredovisning"),
    "tvealven_plan": ("tvealven", 2026, "verksamhetsplan"),
    "sydnarke": ("sydnarke", 2025, "verksamhetsplan"),
    "lekeberg": ("lekeberg-orebro", 2024, "verksamhetsplan"),
    "exempel_plan": ("exempelforbundet", 2026, "verksamhetsplan"),
}
"""Reports of which only the workbook is made."""


def bok_och_fil(förbund: str, år: int, rapport: str, fil: Path) -> tuple[Bok, Path]:
    """The workbook of a report with every table that it has."""
    bok = öppna(förbund, år, rapport, inputs=INPUTS)
    write_xlsx(bok, [tabell for block in bok.tabeller.values() for tabell in block.json()], fil)
    return bok, fil


def gör_om(filer: dict[str, Path], mapp: Path, till: str) -> dict[str, Path]:
    """The workbooks as LibreOffice has calculated them anew, by the same names."""
    kräv("soffice")
    profil, före, efter = mapp / "profil", mapp / "före", mapp / till
    (profil / "user").mkdir(parents=True)
    före.mkdir()
    (profil / "user" / "registrymodifications.xcu").write_text(RÄKNA_ALLTID, "utf-8")
    kopior = [str(shutil.copy(fil, före / f"{namn}.xlsx")) for namn, fil in filer.items()]
    val = ["--headless", f"-env:UserInstallation={profil.as_uri()}", "--convert-to", till, "--outdir", str(efter)]
    subprocess.run(["soffice", *val, *kopior], capture_output=True, check=True, timeout=300)
    return {namn: efter / f"{namn}.{till}" for namn in filer}


def skillnader(fil: Path, omräknad: Path) -> list[str]:
    """The formulas whose stored value is not what they give, or that give an error."""
    formler = openpyxl.load_workbook(fil)
    lagrat, nytt = openpyxl.load_workbook(fil, data_only=True), openpyxl.load_workbook(omräknad, data_only=True)
    celler = [cell for blad in formler for rad in blad for cell in rad if cell.data_type == "f"]
    assert len(celler) > 100
    par = [
        (cell, lagrat[cell.parent.title][cell.coordinate], nytt[cell.parent.title][cell.coordinate]) for cell in celler
    ]
    return [
        f"{cell.parent.title}!{cell.coordinate} {cell.value}: lagrat {a.value!r}, räknat {b.value!r}"
        for cell, a, b in par
        if not _lika(a.value, b.value)
    ]


def _lika(a: object, b: object) -> bool:
    if isinstance(a, str) and isinstance(b, str):
        return a == b
    tal = isinstance(a, int | float) and isinstance(b, int | float)
    return tal and math.isclose(a, b, rel_tol=1e-12, abs_tol=1e-6)  # type: ignore[arg-type]


def ändrad(fil: Path, mål: Path, blad: str, mönster: str, nytt: str) -> Path:
    """The workbook with the first cell of a sheet that fits the pattern changed."""
    with zipfile.ZipFile(fil) as från, zipfile.ZipFile(mål, "w") as till:
        namn = re.findall(r'<sheet name="([^"]+)"', från.read("xl/workbook.xml").decode())
        ändras, antal = f"xl/worksheets/sheet{namn.index(blad) + 1}.xml", 0
        for del_ in från.namelist():
            data = från.read(del_).decode("utf-8")
            if del_ == ändras:
                data, antal = re.subn(mönster, nytt, data, count=1)
            till.writestr(del_, data)
    assert antal == 1
    return mål


LÖV = r"<f>(-?rr_[a-z_]+_2025)</f><v>[^<]+</v>"
FEL = {
    "lagrat varde": ("Resultaträkning", r"(<f>-?rr_\w+</f><v>)[^<]+", r"\g<1>12345.5"),
    "formel": ("Resultaträkning", r"<f>(-?rr_\w+)</f>", r"<f>\g<1>+1</f>"),
    "summa": ("Resultaträkning", r"<f>SUM\(([A-Z]\d+):[A-Z]\d+\)</f>", r"<f>SUM(\g<1>)</f>"),
    "felvarde": ("Resultaträkning", r"<f>(-?rr_\w+)</f>", r"<f>\g<1>/0</f>"),
    "okant namn": ("Resultaträkning", r"<f>-?rr_\w+</f>", r"<f>finns_inte</f>"),
    "ett lov": ("Resultaträkning", LÖV, "<v>4200001</v>"),
    "ett saldo": ("Saldon", r'(<c r="E\d+" s="\d+"><v>)', r"\g<1>7"),
}


@pytest.fixture(scope="module")
def egna(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Bok, Path]]:
    """The workbooks of the other reports in inputs/, with what they are made of."""
    mapp = tmp_path_factory.mktemp("egna")
    return {namn: bok_och_fil(*fall, mapp / f"{namn}.xlsx") for namn, fall in FLER.items()}


@pytest.fixture(scope="module")
def böcker(
    alla: dict[str, Dokument], egna: dict[str, tuple[Bok, Path]], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """The finished workbooks, and the made-up förbund's with one thing wrong at a time."""
    mapp = tmp_path_factory.mktemp("fel")
    hel = alla["exempel"].xlsx
    brutna = {namn: ändrad(hel, mapp / f"{nr}.xlsx", *fel) for nr, (namn, fel) in enumerate(FEL.items())}
    färdiga = {rapport: dokument.xlsx for rapport, dokument in alla.items()}
    return färdiga | {namn: fil for namn, (_, fil) in egna.items()} | brutna


@pytest.fixture(scope="module")
def omräknade(böcker: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """All of them calculated anew, in one go."""
    return gör_om(böcker, tmp_path_factory.mktemp("xlsx"), "xlsx")


ALLA = [*RAPPORTER, *FLER]


@pytest.mark.parametrize("rapport", ALLA)
def test_every_formula_gives_its_stored_value(
    rapport: str, böcker: dict[str, Path], omräknade: dict[str, Path]
) -> None:
    assert skillnader(böcker[rapport], omräknade[rapport]) == []


@pytest.mark.parametrize("fel", FEL)
def test_a_formula_that_does_not_is_found(fel: str, böcker: dict[str, Path], omräknade: dict[str, Path]) -> None:
    if fel == "ett lov":  # there is no formula left to give anything
        hel = openpyxl.load_workbook(böcker["exempel"])["Resultaträkning"]
        assert sum(c.data_type == "f" for rad in hel for c in rad) > 10
    assert skillnader(böcker[fel], omräknade[fel])


def _kontroller(blad: Worksheet) -> dict[int, str]:
    """What the column Lika med Fakta says, by row."""
    return {c.row: str(c.value) for rad in blad.iter_rows() for c in rad if c.value in ("OK", "FEL")}


@pytest.mark.parametrize("rapport", ALLA)
def test_every_total_is_its_fact_and_every_row_is_ok(
    rapport: str, böcker: dict[str, Path], omräknade: dict[str, Path]
) -> None:
    formler, nytt = openpyxl.load_workbook(böcker[rapport]), openpyxl.load_workbook(omräknade[rapport], data_only=True)
    summor = 0
    for namn in set(nytt.sheetnames) - set(ANDRA_BLAD):
        utfall = _kontroller(nytt[namn])
        assert set(utfall.values()) <= {"OK"}, namn
        for rad in formler[namn].iter_rows():
            fakta = next((str(c.value) for c in rad if str(c.value).startswith("=IF(ABS(")), "")
            for c in rad:
                if c.data_type == "f" and str(c.value).startswith("=SUM("):
                    led = re.search(rf"ABS\({c.coordinate}([-+])(\w+)(/1000)?\)", fakta)
                    assert led, (namn, c.coordinate)
                    plats = formler.defined_names[led[2]].attr_text.replace("$", "").removeprefix("Fakta!")
                    värde = nytt["Fakta"][plats].value * (1 if led[1] == "-" else -1) / (1000 if led[3] else 1)
                    assert _lika(nytt[namn][c.coordinate].value, värde), (namn, c.coordinate)
                    summor += 1
    assert summor >= 6
    kontroller = nytt["Kontroller"]
    utfall_ = [rad[5].value for rad in kontroller.iter_rows(min_row=5) if rad[0].value]
    assert kontroller["F1"].value == utfall_.count("FEL")


def test_a_changed_leaf_is_told_by_its_row_and_by_the_totals_over_it(omräknade: dict[str, Path]) -> None:
    hel, bruten = (openpyxl.load_workbook(omräknade[n], data_only=True) for n in ("exempel", "ett lov"))
    före, efter = (_kontroller(bok["Resultaträkning"]) for bok in (hel, bruten))
    assert set(före.values()) == {"OK"}
    fel = [rad for rad, utfall in efter.items() if utfall == "FEL"]
    etiketter = [bruten["Resultaträkning"].cell(rad, 1).value for rad in fel]
    assert etiketter[0] == "Verksamhetens intäkter"
    assert etiketter[-1] == "Årets resultat"
    assert 3 <= len(fel) < len(efter)


def test_a_changed_balance_is_told_by_the_checks(omräknade: dict[str, Path]) -> None:
    hel, bruten = (openpyxl.load_workbook(omräknade[n], data_only=True)["Kontroller"] for n in ("exempel", "ett saldo"))
    assert hel["F1"].value == 0
    assert bruten["F1"].value >= 1
    koder = {rad[0].value for rad in bruten.iter_rows(min_row=5) if rad[5].value == "FEL"}
    assert "C01" in koder


# On paper


def ord_på_sidorna(pdf: Path) -> Iterator[list[tuple[float, float, float, float, str]]]:
    """The words of each page with their boxes."""
    kräv("pdftotext")
    svar = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, check=True)
    träd = etree.fromstring(svar.stdout, etree.XMLParser(recover=True, huge_tree=True))
    for sida in träd.iter("{*}page"):
        yield [
            (*(float(ord_.get(n, "0")) for n in ("xMin", "yMin", "xMax", "yMax")), ord_.text or "")  # type: ignore[misc]
            for ord_ in sida.iter("{*}word")
        ]


def överskrivna(pdf: Path) -> list[tuple[int, str, str]]:
    """Words that stand on each other: over a third of the height and a tenth of the width of the smaller."""
    ut = []
    for nr, alla in enumerate(ord_på_sidorna(pdf), 1):
        alla.sort(key=lambda o: o[1])
        for i, (x0, y0, x1, y1, ena) in enumerate(alla):
            for u0, v0, u1, v1, andra in alla[i + 1 :]:
                if v0 >= y1:
                    break
                höjd, bredd = min(y1, v1) - max(y0, v0), min(x1, u1) - max(x0, u0)
                if höjd > min(y1 - y0, v1 - v0) / 3 and bredd > min(x1 - x0, u1 - u0) / 10:
                    ut.append((nr, ena, andra))
    return ut


@pytest.fixture(scope="module")
def utskrivna(
    alla: dict[str, Dokument], egna: dict[str, tuple[Bok, Path]], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """The workbooks on paper; and one whose rows have no heights, as they once were."""
    mapp = tmp_path_factory.mktemp("utan")
    utan = mapp / "utan.xlsx"
    with zipfile.ZipFile(alla["exempel"].xlsx) as från, zipfile.ZipFile(utan, "w") as till:
        for del_ in från.namelist():
            data = från.read(del_)
            lika = not del_.startswith("xl/worksheets/sheet")
            till.writestr(del_, data if lika else re.sub(rb' ht="[\d.]+" customHeight="1"', b"", data))
    filer = {rapport: dokument.xlsx for rapport, dokument in alla.items()} | {"utan": utan}
    filer |= {namn: egna[namn][1] for namn in ("tvealven", "lekeberg")}
    return gör_om(filer, tmp_path_factory.mktemp("pdf"), "pdf")


@pytest.mark.parametrize("rapport", [*RAPPORTER, "tvealven", "lekeberg"])
def test_no_row_is_printed_on_another(rapport: str, utskrivna: dict[str, Path]) -> None:
    assert överskrivna(utskrivna[rapport]) == []


def test_the_measure_finds_rows_that_are(utskrivna: dict[str, Path]) -> None:
    assert överskrivna(utskrivna["utan"])


def test_the_facts_of_the_json_are_those_of_the_workbook(alla: dict[str, Dokument], omräknade: dict[str, Path]) -> None:
    for rapport, dokument in alla.items():
        fakta = json.loads((dokument.katalog / "rapport.json").read_text("utf-8"))["fakta"]
        rader = openpyxl.load_workbook(omräknade[rapport], data_only=True)["Fakta"].iter_rows(min_row=5)
        värden = {f"{rad[0].value}/{rad[1].value}": rad[4].value for rad in rader}
        assert värden.keys() == fakta.keys()
        for nyckel, ett in fakta.items():
            if ett["varde"] is not None:
                assert math.isclose(värden[nyckel], float(ett["varde"]), abs_tol=0.00501), nyckel
