"""A workbook as text: every kind of cell, and what `git diff` shows once `make xlsxdiff` has told git how."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from xlsxwriter import Workbook

from facit import INPUTS, ROT, jämför
from finsam.read.celltext import celltext

FACIT = Path(__file__).parent / "celltext"
UNDERLAG = INPUTS / "exempelforbundet" / "2024" / "underlag.xlsx"


def test_a_sheet_of_the_underlag_names_its_rows_and_columns() -> None:
    rader = celltext(UNDERLAG).splitlines()
    jämför("\n".join(rad for rad in rader if rad.startswith("Budget!")), FACIT / "budget.txt")


def test_every_kind_of_cell_is_shown_as_what_it_is(tmp_path: Path) -> None:
    fil = tmp_path / "celler.xlsx"
    bok = Workbook(fil, {"strings_to_formulas": False, "strings_to_urls": False})
    blad = bok.add_worksheet("Egna celler")
    dag, stund, klocka, procent = (
        bok.add_format({"num_format": f}) for f in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm", "hh:mm", "0.0%")
    )
    for rad, text in enumerate(('Två\nrader och "citat"', "=1+1", "12", " ", "å\u202eä\x1b[31m\\", "hårt\u00a0blank")):
        blad.write_string(rad, 0, text)
    for rad, tal in enumerate((12, 0.1 + 0.2, 1234567.5, -3, 1e20)):
        blad.write_number(rad, 1, tal)
    blad.write_number(5, 1, 0.05, procent)
    blad.write_datetime(0, 2, date(2025, 2, 21), dag)
    blad.write_datetime(1, 2, datetime(2025, 2, 21, 13, 45), stund)  # noqa: DTZ001
    blad.write_datetime(2, 2, time(13, 45), klocka)
    blad.write_boolean(3, 2, True)
    blad.write_formula(0, 3, "=SUM(B1:B3)", None, 42)
    blad.write_formula(1, 3, '="a"&"b"', None, "ab")
    blad.write_formula(2, 3, "=1/0", None, "#DIV/0!")
    blad.write_array_formula("D4:D4", "{=SUM(B1:B3*2)}", None, 84)
    blad.write_formula(4, 3, "=B1", None, "")
    dolt = bok.add_worksheet("Dolt")
    dolt.hide()
    dolt.write_string(0, 0, "syns ändå")
    bok.close()
    jämför(celltext(fil), FACIT / "celler.txt")


def test_a_formula_that_was_never_worked_out_says_so(tmp_path: Path) -> None:
    bok = openpyxl.Workbook()
    bok.active["A1"] = '=HYPERLINK("http://x")'
    bok.save(tmp_path / "f.xlsx")
    assert celltext(tmp_path / "f.xlsx") == 'Sheet!A1  →  =HYPERLINK("http://x")  (inget sparat värde)\n'


def test_what_is_no_workbook_is_told_apart_by_its_bytes(tmp_path: Path) -> None:
    ett, två = tmp_path / "ett.xlsx", tmp_path / "två.xlsx"
    ett.write_bytes(b"inget arkiv")
    två.write_bytes(b"inte heller")
    assert celltext(ett).startswith("Filen är inte en Excelarbetsbok (.xlsx)")
    assert celltext(ett) != celltext(två)
    openpyxl.Workbook().save(ett)
    assert celltext(ett).startswith("Arbetsboken har inga celler som kan läsas.\n")
    assert "sha256" in celltext(ett)
    assert celltext(tmp_path / "tre.xlsx") == "Filen finns inte.\n"


# ---------------------------------------------------------------- git


@pytest.fixture
def git(tmp_path: Path) -> Callable[..., str]:
    """A command in a new repository that has our .gitattributes, a workbook and an environment beside it."""
    if not (shutil.which("git") and shutil.which("make") and os.name == "posix"):
        pytest.skip("git eller make finns inte här")
    rena = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "MAKE", "MFLAGS"))}
    rena |= {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
    klon = tmp_path / "en klon"

    def kör(*ord_: str) -> str:
        return subprocess.run(ord_, cwd=klon, env=rena, capture_output=True, text=True, check=True).stdout

    klon.mkdir()
    for namn in (".gitattributes", "Makefile"):
        shutil.copy(ROT / namn, klon)
    shutil.copy(UNDERLAG, klon)
    (klon / ".venv").symlink_to(sys.prefix, target_is_directory=True)
    kör("git", "init", "-q")
    kör("git", "add", "underlag.xlsx", ".gitattributes")
    kör("git", "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-q", "-m", "x")
    return kör


def ändra(klon: Path) -> None:
    bok = openpyxl.load_workbook(klon / "underlag.xlsx")
    bok["Budget"]["C4"] = 4200001
    bok.save(klon / "underlag.xlsx")


@pytest.mark.langsam
def test_git_diff_shows_the_cell_that_was_changed(git: Callable[..., str], tmp_path: Path) -> None:
    git("make", "xlsxdiff")
    assert git("git", "diff") == ""
    ändra(tmp_path / "en klon")
    skillnad = [rad for rad in git("git", "diff").splitlines() if rad[:1] in "+-" and rad[:3] not in ("+++", "---")]
    assert skillnad == [
        "-Budget!C4  medlemsbidrag · Belopp  →  4200000",
        "+Budget!C4  medlemsbidrag · Belopp  →  4200001",
    ]


def test_without_the_setting_or_the_environment_git_diff_still_works(git: Callable[..., str], tmp_path: Path) -> None:
    ändra(tmp_path / "en klon")
    assert "Binary files a/underlag.xlsx and b/underlag.xlsx differ" in git("git", "diff")
    git("make", "xlsxdiff")
    (tmp_path / "en klon" / ".venv").unlink()
    assert "underlag.xlsx" in git("git", "diff")


def test_outside_a_repository_make_xlsxdiff_does_nothing(git: Callable[..., str], tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "en klon" / ".git")
    assert git("make", "xlsxdiff") == ""
