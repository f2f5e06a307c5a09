"""A sample that anybody can draw again: by hashes, so that no program's random numbers decide."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

from conftest import kör
from facit import INPUTS, ROT, jämför
from finsam.model.bokforing import Transaktion, Verifikation
from finsam.run.stickprov import SLUMP, STÖRST, dra, lotter

FALL = Path(__file__).parent / "fall"


def ver(nummer: int, belopp: int, serie: str = "A") -> Verifikation:
    rader = tuple(Transaktion("1930", (), Decimal(tal), None, "") for tal in (belopp, -belopp))
    return Verifikation(serie, str(nummer), date(2025, 1, 2), "", rader)


def test_the_lot_is_what_the_guide_says() -> None:
    """Also where two have the same number and date."""
    alla = [ver(1, 10), ver(1, 10), ver(2, 5, serie="")]
    väntade = ["frö\nA\n1\n2025-01-02\n0", "frö\nA\n1\n2025-01-02\n1", "frö\n\n2\n2025-01-02\n0"]
    assert lotter(alla, "frö") == [hashlib.sha256(text.encode()).hexdigest() for text in väntade]


def test_the_largest_come_first_and_are_not_drawn_again() -> None:
    alla = [ver(nr, belopp) for nr, belopp in enumerate((10, 900, 30, 900, 50))]
    valda = dra(alla, 2, "x", 2)
    assert [nr for nr, skäl in valda.items() if skäl == STÖRST] in ([1, 3], [3, 1])
    assert sorted(skäl for skäl in valda.values()) == [SLUMP, SLUMP, STÖRST, STÖRST]
    assert set(dra(alla, 99, "x")) == set(range(5))
    assert dra(alla, 2, "x") != dra(alla, 2, "y") or dra(alla, 1, "x") != dra(alla, 1, "z")
    assert set(dra(alla, 2, "x")) < set(dra(alla, 3, "x"))  # a larger sample is the smaller one and more


def test_the_sample_is_told_and_is_the_same_every_time() -> None:
    val = ("exempelforbundet", "2025", "--antal", "3", "--fro", "revisorerna 2026", "--inputs", INPUTS)
    svar = kör("stickprov", *val, "--storsta", "1")
    assert svar.exit_code == 0
    jämför(svar.output, FALL / "stickprov.txt")
    data = json.loads(kör("stickprov", *val, "--storsta", "1", "--json").output)
    assert (data["av"], data["fro"], data["antal"], data["storsta"]) == (773, "revisorerna 2026", 3, 1)
    assert [ver["ver"] for ver in data["verifikationer"]] == [
        rad.split("ver ")[1].partition(":")[0] for rad in svar.output.splitlines() if "  ver " in rad
    ]
    for ett in data["verifikationer"]:
        assert sum(Decimal(rad["belopp"]) for rad in ett["rader"]) == 0
    bokföring = INPUTS / "exempelforbundet" / "2025" / "bokforing.se"
    assert data["bokforing"] == {"bokforing.se": hashlib.sha256(bokföring.read_bytes()).hexdigest()}


def test_a_ledger_without_verifikationer_is_told() -> None:
    svar = kör("stickprov", "sofint", "2024", "--antal", "3", "--fro", "1", "--inputs", INPUTS)
    assert svar.exit_code == 2
    assert "Bokföringen har inga verifikationer att dra ur. Exportera SIE 4 med verifikationer." in svar.output


def test_the_command_of_the_guide_is_run() -> None:
    rad = "finsam stickprov exempelforbundet 2025 --antal 25 --fro revisorerna-2026 --storsta 5"
    assert rad in (ROT / "docs" / "verifiera.md").read_text("utf-8")
    svar = kör(*rad.split()[1:], "--inputs", INPUTS)
    assert svar.output.startswith("30 av 773 verifikationer, frö revisorerna-2026")
