"""Committed workbooks and ledgers are their own source: read and written they are the same; `make mallar` is safe."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from bygg.sie import write_sie
from facit import INPUTS
from finsam.begin.mall import write_underlag
from finsam.read.bokforing import read_bokföring
from finsam.read.underlag.underlag import read_underlag
from prov import urval
from rulla_mallar import rulla

UNDERLAG = sorted(INPUTS.glob("*/*/*underlag.xlsx"))
BOKFÖRING = sorted(INPUTS.glob("*/*/bokforing.se"))

# What the writer of the tests fills in although nothing in the ledger says it; a real förbund's file has none of it.
PÅHITTAT = (b"#GEN", b"#KSUMMA", b"#FNR", b"#BKOD", b"#ADRESS", b"#TAXAR", b"#KTYP", b"#ENHET", b"#SRU")


def mapp(fil: Path) -> str:
    return "/".join(fil.parts[-3:-1])


def test_there_are_workbooks_and_ledgers() -> None:
    assert len(UNDERLAG) >= 8
    assert len(BOKFÖRING) >= 4


@pytest.mark.parametrize("sparad", BOKFÖRING, ids=mapp)
def test_a_ledger_read_and_written_is_itself(sparad: Path) -> None:
    bokföring, problem = read_bokföring(sparad)
    assert bokföring is not None
    assert {ett.nivå for ett in problem} == {"upplysning"}
    assert "Kontrollsumman stämmer." in [ett.text for ett in problem]
    före, efter = sparad.read_bytes(), write_sie(bokföring)
    if {"exempelforbundet", "tvealven"} & {*sparad.parts}:
        assert efter == före
    före, efter = ([rad for rad in ett.splitlines() if not rad.startswith(PÅHITTAT)] for ett in (före, efter))
    assert efter == före


@pytest.mark.parametrize("sparad", urval(UNDERLAG, *UNDERLAG[:2]), ids=mapp)
def test_a_workbook_read_and_written_is_itself(sparad: Path, tmp_path: Path) -> None:
    underlag, problem = read_underlag(sparad, "underlag.xlsx")
    assert problem == []
    write_underlag(tmp_path / "underlag.xlsx", underlag)
    assert read_underlag(tmp_path / "underlag.xlsx", "underlag.xlsx") == (underlag, [])
    assert (tmp_path / "underlag.xlsx").read_bytes() == sparad.read_bytes(), "kör make mallar"


# ---------------------------------------------------------------- make mallar


@pytest.fixture
def kopior(tmp_path: Path) -> list[Path]:
    """Two workbooks to change."""
    år = ("2024", "2025")
    return [shutil.copy(INPUTS / "exempelforbundet" / ett / "underlag.xlsx", tmp_path / f"{ett}.xlsx") for ett in år]


def ändra(fil: Path, ändring: Callable[[Workbook], None]) -> None:
    bok = openpyxl.load_workbook(fil)
    ändring(bok)
    bok.save(fil)


def äldre_mall(bok: Workbook) -> None:
    """Other words above the headings, another example in an empty sheet, another width, no drop-downs."""
    blad = bok["Budget"]
    blad["A1"], blad["A2"] = "Så sade mallen förr", "och så"
    blad.column_dimensions["A"].width = 7
    blad.data_validations.dataValidation = []
    bok["Läs mig"]["B3"] = "en annan inledning"
    bok["Undantag"]["B4"] = "ett annat exempel"


@pytest.mark.langsam
def test_an_older_template_is_rolled_and_a_present_one_is_left(kopior: list[Path]) -> None:
    ny = kopior[0].read_bytes()
    ändra(kopior[0], äldre_mall)
    tid = kopior[1].stat().st_mtime_ns
    assert kopior[0].read_bytes() != ny
    assert rulla(kopior) == []
    assert kopior[0].read_bytes() == ny
    assert kopior[1].stat().st_mtime_ns == tid


def eget_blad(bok: Workbook) -> None:
    bok.create_sheet("Mina anteckningar")["A1"] = "Fråga Eva"


def anteckning_under_raderna(bok: Workbook) -> None:
    bok["Budget"]["A12"] = "# frågan är öppen"


def anteckning_mellan_raderna(bok: Workbook) -> None:
    bok["Budget"].insert_rows(6)
    bok["Budget"]["A6"] = "# frågan är öppen"


def formel(bok: Workbook) -> None:
    bok["Budget"]["G4"] = '="Styrelsens protokoll"'


def text_i_egen_kolumn(bok: Workbook) -> None:
    bok["Budget"]["K5"] = "kolla"


def kommentar(bok: Workbook) -> None:
    bok["Budget"]["C4"].comment = Comment("Stämmer det?", "Eva")


def fel_i_en_cell(bok: Workbook) -> None:
    bok["Budget"]["D4"] = "kronor"


HINDER = {
    eget_blad: 'Mina anteckningar!A1  →  "Fråga Eva" försvinner eller flyttas.',
    anteckning_under_raderna: 'Budget!A12  Rad  →  "# frågan är öppen" försvinner eller flyttas.',
    anteckning_mellan_raderna: "raderna blir inte desamma.",
    formel: "har en formel utan uträknat värde",
    text_i_egen_kolumn: 'Budget!K5  individ  →  "kolla" försvinner eller flyttas.',
    kommentar: "xl/comments",
    fel_i_en_cell: "Budget!D4 Enhet är ”kronor”; välj kr eller tkr.",
}


@pytest.mark.langsam
def test_nothing_is_written_when_something_would_be_lost(kopior: list[Path], tmp_path: Path) -> None:
    """Nor in a workbook that could be rolled by itself."""
    ändra(kopior[0], äldre_mall)
    ändrade = {ändring: shutil.copy(kopior[1], tmp_path / f"{ändring.__name__}.xlsx") for ändring in HINDER}
    for ändring, fil in ändrade.items():
        ändra(fil, ändring)
    alla = [kopior[0], *ändrade.values()]
    före = [fil.read_bytes() for fil in alla]
    hinder = rulla(alla)
    for ändring, fil in ändrade.items():
        egna = [text for text in hinder if text.startswith(f"{fil}: ")]
        assert any(HINDER[ändring] in text for text in egna), (fil, hinder)
    assert not [text for text in hinder if text.startswith(f"{kopior[0]}: ")]
    assert [fil.read_bytes() for fil in alla] == före
