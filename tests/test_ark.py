"""The workbooks read straight from their XML, held cell by cell against what openpyxl makes of them."""

from __future__ import annotations

import warnings
import zipfile
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from facit import INPUTS, ROT
from finsam.read.arbetsbok import Cellinnehåll, _innehåll, _med_openpyxl
from finsam.read.ark import Ovanligt, read_ark
from underlag.trasiga import FALL, write_trasig

ALLA = sorted({*INPUTS.rglob("*.xlsx"), *(ROT / "tests").rglob("*.xlsx")})


def är_lika(data: bytes) -> None:
    """Every cell has the same value of the same type, and what is not read here is read there."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        väntat, läst = _med_openpyxl(data), _innehåll(data)
    assert läst == väntat
    assert typer(läst) == typer(väntat)


def typer(bok: dict[str, dict[int, dict[int, Cellinnehåll]]]) -> list[type]:
    return [
        type(cell.värde)
        for rader in bok.values()
        for _, rad in sorted(rader.items())
        for _, cell in sorted(rad.items())
    ]


def sparad(bok: Workbook) -> bytes:
    ut = BytesIO()
    bok.save(ut)
    return ut.getvalue()


@pytest.mark.parametrize("fil", ALLA, ids=lambda fil: "-".join(fil.relative_to(ROT).parts[1:]))
def test_every_workbook_here_is_read_the_same(fil: Path) -> None:
    data = fil.read_bytes()
    read_ark(data)
    är_lika(data)


@pytest.mark.langsam
def test_workbooks_with_something_wrong_are_read_the_same(tmp_path: Path) -> None:
    for blad in FALL.values():
        write_trasig(tmp_path / "x.xlsx", blad)
        är_lika((tmp_path / "x.xlsx").read_bytes())


FORMAT = (
    "General",
    "0",
    "0 %",
    "0.00%",
    '0" %"',
    "yyyy-mm-dd",
    "d mmm",
    "h:mm",
    '[Red]0;"y"0',
    "#,##0 kr",
    "\\d0",
    "@",
)
VÄRDEN = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(-1e9, 1e9, allow_nan=False),
    st.floats(0, 70_000),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001
    st.times(time(0), time(23, 59, 59)),
    st.timedeltas(timedelta(0), timedelta(3)),
    st.sampled_from(["", " ", "=A1", "=1/0", "#REF!", "a_x000D_b", "_x005F_x0041_", "å\ne", "x005F_"]),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12),
)


@given(st.lists(st.lists(st.tuples(VÄRDEN, st.sampled_from(FORMAT)), max_size=4), max_size=5))
def test_any_cells_are_read_the_same(rader: list[list[tuple[object, str]]]) -> None:
    bok = Workbook()
    for nr, rad in enumerate(rader, 1):
        for kolumn, (värde, format_) in enumerate(rad, 1):
            cell = bok.active.cell(2 * nr, kolumn, värde)
            cell.number_format = format_ if not isinstance(värde, (date, time, timedelta)) else cell.number_format
    är_lika(sparad(bok))


def test_what_another_program_writes_is_read_the_same() -> None:
    ut = BytesIO()
    bok = xlsxwriter.Workbook(ut)
    blad = bok.add_worksheet("Ett blad")
    fet = bok.add_format({"bold": True})
    blad.write_rich_string("A1", "röd ", fet, "och", " fet")
    blad.write_datetime(
        "A2", datetime(2024, 2, 29, tzinfo=UTC).replace(tzinfo=None), bok.add_format({"num_format": 14})
    )
    blad.write_number("C2", 0.125, bok.add_format({"num_format": 10}))
    blad.write_formula("B4", "=A1+1", None, "")
    blad.write_formula("C4", "=A1+1", None, "#DIV/0!")
    blad.write_boolean("D4", True)
    blad.merge_range("A6:C6", "sammanslagen", fet)
    bok.add_worksheet("Tomt")
    bok.close()
    read_ark(ut.getvalue())
    är_lika(ut.getvalue())


OVANLIGT = {
    "kolumner i oordning": (b'<c r="B1"', b'<c r="A1"'),
    "ingen sådan stil": (b'<c r="A1"', b'<c s="99" r="A1"'),
    "något i en rad": (b"</row>", b"<x/></row>"),
    "en dag i text": (b'<c r="A1" t="n"><v>1</v>', b'<c r="A1" t="d"><v>2024-02-29</v>'),
    "rader i oordning": (b'<row r="2"', b'<row r="1"'),
}


@pytest.mark.parametrize("fall", OVANLIGT)
def test_what_is_unusual_is_left_to_openpyxl(fall: str) -> None:
    bok = Workbook()
    bok.active.append([1, 2])
    bok.active.append([3])
    före, efter = OVANLIGT[fall]
    ut = BytesIO()
    with zipfile.ZipFile(BytesIO(sparad(bok))) as arkiv, zipfile.ZipFile(ut, "w") as nytt:
        for namn in arkiv.namelist():
            data = arkiv.read(namn)
            if namn == "xl/worksheets/sheet1.xml":
                assert före in data
                data = data.replace(före, efter, 1)
            nytt.writestr(namn, data)
    with pytest.raises(Ovanligt):
        read_ark(ut.getvalue())
