"""Names speak: each konto by itself, what it is proposed as and whether it is asked about (tests/nytt/namn/*.csv)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

import pytest

from finsam.begin.forslag import Svar, föreslå
from finsam.begin.fragor import medlemmar
from finsam.model.bokforing import Bokföring, Bokföringsår, Konto

FALL = Path(__file__).parent / "namn"


@dataclass(frozen=True)
class Fall:
    fil: str
    medlemmar: str
    plan: Literal["bas", "kommun-bas"]
    konto: Konto
    belopp: Decimal
    väntat: str
    frågas: bool


def fallen() -> list[Fall]:
    alla = []
    for fil in sorted(FALL.glob("*.csv")):
        rader = fil.read_text("utf-8").splitlines()
        for rad in rader[2:]:
            plan, konto, namn, belopp, väntat, frågas = rad.split(";")
            typ: Literal["bas", "kommun-bas"] = "bas" if plan == "bas" else "kommun-bas"
            alla.append(Fall(fil.stem, rader[0], typ, Konto(konto, namn), Decimal(belopp), väntat, frågas == "ja"))
    return alla


def svar(fall: Fall) -> Svar:
    regioner, kommuner = fall.medlemmar.partition(": ")[2].split("; ")
    alla = medlemmar(regioner.split(", "), kommuner.split(", "))
    return Svar("x", "X", "X", "222000-0000", fall.plan, alla, {})


def bok(fall: Fall) -> Bokföring:
    """A ledger of the konto and one of wages, so that there is staff."""
    löner = "5020" if fall.plan == "kommun-bas" else "7010"
    konton = {fall.konto.nummer: fall.konto}
    konton.setdefault(löner, Konto(löner, "Löner"))
    res = {löner: Decimal(1), fall.konto.nummer: fall.belopp}
    år = {0: Bokföringsår(0, date(2025, 1, 1), date(2025, 12, 31), res=res)}
    return Bokföring("X", "", "4E", "utf-8", "", konton, {}, {}, år)


@pytest.mark.parametrize("fall", fallen(), ids=lambda fall: f"{fall.konto.nummer} {fall.konto.namn}")
def test_a_name_says(fall: Fall) -> None:
    förslag = föreslå(svar(fall), bok(fall))
    [rad] = [rad.rad for rad in förslag.kontoplan if rad.rad.från == fall.konto.nummer]
    assert fall.väntat == " ".join(del_ for del_ in (rad.not_rad or rad.post, rad.funktion) if del_)
    frågor = [text for text in förslag.att_se_över if text.startswith(fall.konto.nummer)]
    assert bool(frågor) == fall.frågas, frågor
    for fråga in frågor:
        assert "kontoplan.csv" in fråga, fråga
        assert re.search(r"kolumn(?:en|erna) ", fråga), fråga
        assert re.search(r"(?:skriv|ändra) ", fråga), fråga
