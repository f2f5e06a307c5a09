"""A ledger's own budget (#PBUDGET) is the budget of rows that the sheet Budget does not have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from bygg.sie import write_sie
from conftest import kör
from finsam.oppna import öppna
from finsam.read.bokforing import read_bokföring
from finsam.report.kalkyl.xlsx import write_xlsx

BUDGET = {
    ("3511", "202501"): Decimal("-2000000.00"),
    ("3511", "202507"): Decimal("-140000.50"),
    ("4511", "202503"): Decimal("1500000.00"),
    ("4512", "202503"): Decimal("300000.00"),
    ("6011", "202506"): Decimal("84000.00"),
}


@pytest.fixture
def med_budget(kopia: Callable[[], Path]) -> Path:
    """The made-up förbund with a budget in its ledger, and none in the sheet but for the administration."""
    inputs = kopia()
    mapp = inputs / "exempelforbundet" / "2025"
    bok, _ = read_bokföring(mapp / "bokforing.se")
    assert bok is not None
    bok = replace(bok, år={**bok.år, 0: replace(bok.år[0], budget=BUDGET)})
    (mapp / "bokforing.se").write_bytes(write_sie(bok))
    arbetsbok = openpyxl.load_workbook(mapp / "underlag.xlsx")
    for rad in arbetsbok["Budget"].iter_rows(min_row=4):
        if rad[0].value != "administration":
            rad[0].value = f"# {rad[0].value}"
    arbetsbok.save(mapp / "underlag.xlsx")
    return inputs


def test_rows_without_a_budget_in_the_sheet_take_the_ledgers(med_budget: Path, exempel: object) -> None:
    bok = öppna("exempelforbundet", 2025, inputs=med_budget)
    assert bok.fakta["drift.medlemsbidrag.budget"].värde == Decimal("2140000.50")
    assert bok.fakta["drift.individ.budget"].värde == Decimal("-1500000.00")
    assert bok.fakta["drift.individ.avvikelse"].värde == bok.fakta["drift.individ.utfall"].värde + Decimal(1500000)
    assert bok.fakta["drift.administration.budget"].värde == exempel.fakta["drift.administration.budget"].värde  # type: ignore[attr-defined]


def test_a_row_with_only_some_of_a_kontos_objekt_has_no_part_of_its_budget(med_budget: Path) -> None:
    bok = öppna("exempelforbundet", 2025, inputs=med_budget)
    assert bok.fakta["drift.struktur.budget"].värde is None
    assert any(f.kod == "C25" and "Budget saknas" in f.text for f in bok.findings)


def test_the_spår_of_such_a_budget_is_its_konton(med_budget: Path) -> None:
    svar = kör("spar", "exempelforbundet", "2025", "drift.medlemsbidrag.budget", "--inputs", med_budget)
    assert "konto 3511 Medlemsbidrag, staten: −2 140 000,50" in svar.output.replace("\u00a0", " ").replace("  ", " ")


@pytest.mark.langsam
def test_the_budget_stands_among_the_balances_of_the_workbook(med_budget: Path, tmp_path: Path) -> None:
    fil = tmp_path / "bok.xlsx"
    write_xlsx(öppna("exempelforbundet", 2025, inputs=med_budget), [], fil)
    blad = openpyxl.load_workbook(fil, data_only=True)["Saldon"]
    kolumn = next(cell.column for cell in blad[4] if cell.value == "Budget 2025")
    saldon = {rad[0].value: rad[kolumn - 1].value for rad in blad.iter_rows(min_row=5) if not rad[1].value}
    assert saldon["3511"] == -2140000.5
