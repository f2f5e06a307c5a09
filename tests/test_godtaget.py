"""A ledger that does not hold together is read when somebody has answered for it, and the answer is printed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from conftest import kör
from facit import INPUTS
from finsam.read.arsmapp import read_räkenskapsår


@pytest.fixture
def obalans(kopia: Callable[[], Path]) -> Path:
    """Inputs where one figure of the ledger is changed: neither the checksum nor the balance is right."""
    fil = kopia() / "exempelforbundet" / "2025" / "bokforing.se"
    data = fil.read_bytes()
    assert b"#UB 0 1941 1" in data
    fil.write_bytes(data.replace(b"#UB 0 1941 1", b"#UB 0 1941 2"))
    return fil


def undanta(fil: Path, *rader: tuple[str, str]) -> Path:
    """Answer for kod and gäller in the underlag beside the ledger."""
    underlag = fil.with_name("underlag.xlsx")
    bok = openpyxl.load_workbook(underlag)
    for kod, gäller in rader:
        bok["Undantag"].append([kod, gäller, "Byråns export är så.", "Ek Onom", date(2026, 2, 1)])
    bok.save(underlag)
    return fil.parents[2]


def test_each_must_be_answered_for(obalans: Path) -> None:
    inputs = undanta(obalans, ("C33", "kontrollsumma"), ("C33", ""), ("C27", "obalans"))
    svar = kör("kontrollera", "exempelforbundet", "2025", "--inputs", inputs)
    assert svar.exit_code == 2
    [fel] = [rad for rad in svar.output.splitlines() if rad.startswith("  fel")]
    assert "går inte ihop: differens 1 000 000,00 kr" in fel


def test_what_is_answered_for_is_read_and_printed(obalans: Path) -> None:
    inputs = undanta(obalans, ("C33", "kontrollsumma"), ("C33", "obalans"))
    svar = kör("kontrollera", "exempelforbundet", "2025", "--inputs", inputs, "--json")
    assert svar.exit_code == 1  # C27 and C01 are answered for one by one
    kontroller = json.loads(svar.output)
    godtagna = {k["kalla"]: k for k in kontroller if k["kod"] == "C33" and k["kalla"] in ("kontrollsumma", "obalans")}
    assert {k["niva"] for k in godtagna.values()} == {"upplysning"}
    for vad, text in (("kontrollsumma", "Kontrollsumman stämmer inte"), ("obalans", "går inte ihop")):
        assert text in godtagna[vad]["text"]
        assert godtagna[vad]["text"].endswith("Godtaget av Ek Onom 2026-02-01: Byråns export är så.")
    assert [k["kod"] for k in kontroller if k["niva"] == "fel"][:1] == ["C27"]


def test_without_an_answer_nothing_is_read(obalans: Path) -> None:
    svar = kör("kontrollera", "exempelforbundet", "2025", "--inputs", obalans.parents[2])
    assert svar.exit_code == 2
    assert "Stämmer filen ändå: skriv ett undantag (kod C33, gäller kontrollsumma)." in svar.output


def test_an_answer_that_is_not_needed_changes_nothing(kopia: Callable[[], Path]) -> None:
    inputs = undanta(kopia() / "exempelforbundet" / "2025" / "bokforing.se", ("C33", "obalans"))
    före, efter = (read_räkenskapsår("exempelforbundet", 2025, mapp) for mapp in (INPUTS, inputs))
    assert efter.bokföring == före.bokföring
    assert efter.problem == före.problem


def test_las_with_what_is_accepted(obalans: Path) -> None:
    assert kör("las", obalans).exit_code == 2
    assert kör("las", obalans, "--godta", "obalans").exit_code == 2
    svar = kör("las", obalans, "--godta", "obalans", "--godta", "kontrollsumma")
    assert svar.exit_code == 0
    assert "Kontrollsumman stämmer inte" in svar.output
    assert kör("las", obalans, "--godta", "allt").exit_code == 2
