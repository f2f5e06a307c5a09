"""The measurements can be made: readers give the same, and errors are told apart. Nothing is said of time or share."""

from __future__ import annotations

import importlib
import runpy
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest

from facit import ROT
from finsam.checks.finding import Finding
from finsam.model.fakta import Fakta, Indata, Summa

pytest.importorskip("resource", reason="mäts inte på Windows")

SIE = ROT / "benchmarks" / "sie.py"
SOFINT = ("sofint", 2020, "arsredovisning")
"""The report that is opened quickest."""


@pytest.fixture(scope="module")
def felinjektion() -> Iterator[ModuleType]:
    with pytest.MonkeyPatch.context() as mp:
        mp.syspath_prepend(str(ROT / "benchmarks"))
        yield importlib.import_module("felinjektion")


UTFALL = {
    "saldo_fel_tecken": {"vägrad", "fel"},
    "månad_saknas_överallt": set(),
    "verifikation_utelämnad": set(),
    "post_felstavad": {"vägrad"},
    "klammer_saknas": {"fel"},
    "hänvisning_ersatt_av_tal": {"varning"},
    "gammalt_årtal": {"upplysning"},
    "budget_omkastade_siffror": {"flödar"},
    "publicerat_omkastade_siffror": {"varning"},
}
"""What must become of an error in that report, which has no verifikationer to leave out."""


def test_errors_are_put_in_and_told(felinjektion: ModuleType) -> None:
    mål = felinjektion.Mål(ROT / "inputs", *SOFINT)
    rena = {facit: felinjektion._ren(mål, facit=facit) for facit in (False, True)}
    assert not [f for ren in rena.values() for f in ren.sagt if f.nivå == "fel"]
    funna = {}
    for nr, slag in enumerate(felinjektion.INJEKTIONER):
        if slag.injektion.__name__ in UTFALL:
            svar = felinjektion.pröva((mål, rena[slag.facit], nr, 1))
            funna[slag.injektion.__name__] = {svar.utfall} if svar else set()
    assert funna.keys() == UTFALL.keys()
    assert {namn: utfall for namn, utfall in funna.items() if not utfall <= UTFALL[namn]} == {}
    assert all(funna[namn] for namn, väntat in UTFALL.items() if väntat)


def test_what_only_flows_says_why(felinjektion: ModuleType) -> None:
    assert all(slag.injektion.__doc__ for slag in felinjektion.INJEKTIONER if slag.ska == "flödar")


def test_what_stood_there_before_is_not_told(felinjektion: ModuleType) -> None:
    """A finding with other figures than before counts when it names what was changed; so does an upplysning."""
    före = (Finding("varning", "Kostnaderna 2022 skiljer 1 210 kr.", kod="C09"),)
    andra_tal = (replace(före[0], text="Kostnaderna 2022 skiljer 8 410 kr."),)
    assert felinjektion.sagt(före, andra_tal, "Kostnadsfördelning, rad 16: 121988 blev 129188", 2024) == ""
    assert felinjektion.sagt(före, andra_tal, "skillnaden blev 8410", 2024) == "varning"
    mer = (*före, Finding("upplysning", "handelser.md, rad 3: årtalet 2019 är inte rapportårets.", kod="C10"))
    assert felinjektion.sagt(före, mer, "handelser.md: {år} blev 2019", 2024) == "upplysning"
    assert felinjektion.sagt(före, mer, "personal.md: {år} blev 2018", 2024) == ""
    assert felinjektion.sagt(före, (*före, *före), "konto 3511", 2024) == "varning"


def test_a_figure_that_does_not_flow_is_found(felinjektion: ModuleType) -> None:
    källa = Indata("underlag.xlsx", "Budget, rad 4")
    a, b = (Fakta(id_, "2024", Decimal(tal), "kr", "", källa) for id_, tal in (("a", 100), ("b", 20)))
    summa = Fakta("c", "2024", Decimal(120), "kr", "", Summa(((1, "a/2024"), (1, "b/2024"))))
    före = {f.nyckel: f for f in (a, b, summa)}
    ändrat = {**före, "a/2024": replace(a, värde=Decimal(300))}
    flödar = importlib.import_module("flode").flödar
    assert flödar(före, före) == "inget fakta ändrades"
    assert flödar(före, ändrat) == "c/2024 är 120 men dess delar ger 320"
    assert flödar(före, {**ändrat, "c/2024": replace(summa, värde=Decimal(320))}) == ""


def test_readers_of_a_sie_file_give_the_same_sums(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROT / "lib"))
    svar = subprocess.run(
        [sys.executable, SIE, "--rader", "1000", "--varv", "1"], capture_output=True, encoding="utf-8", check=False
    )
    assert svar.returncode == 0, svar.stderr
    assert svar.stdout.startswith("1000 rader, ")
    assert "båda ger samma summor" in svar.stdout


def test_a_small_ledger_is_read_with_little_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """What `finsam las` does not need it does not load: that is most of the time it takes."""
    monkeypatch.setenv("PYTHONPATH", str(ROT / "lib"))
    bokföring = ROT / "tests" / "sie" / "fall" / "felfri.se"
    kommando = [sys.executable, "-X", "importtime", "-m", "finsam", "las", bokföring]
    svar = subprocess.run(kommando, capture_output=True, encoding="utf-8", check=True)
    laddade = {rad.rsplit("|", 1)[1].strip() for rad in svar.stderr.splitlines() if rad.startswith("import time:")}
    assert "finsam.read.sie.sie" in laddade
    assert laddade.isdisjoint({"lxml.etree", "matplotlib", "numpy", "openpyxl", "pandas", "papermill", "pydantic"})


def test_the_made_up_file_follows_its_seed(tmp_path: Path) -> None:
    mätning = runpy.run_path(str(SIE))
    filer = [tmp_path / namn for namn in ("a.se", "b.se", "c.se")]
    for fil, frö in zip(filer, (1, 1, 2), strict=True):
        mätning["write_sie"](fil, 50, frö)
    a, b, c = (fil.read_bytes() for fil in filer)
    assert a == b != c
    assert a.count(b"#TRANS") == 50
