"""One konto without a place is one fel, with what follows of it under it; what is wrong beside it is still told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from conftest import kör
from facit import jämför
from finsam.checks.finding import Finding
from finsam.checks.kontrollera import kontrollera
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.report.arsbok import Årsbok
from finsam.statements.redovisning import redovisa

FACIT = Path(__file__).parent / "foljder"


def utan(år: Räkenskapsår, *konton: str) -> Räkenskapsår:
    rader = tuple(rad for rad in år.kontoplan.rader if rad.från not in konton)
    assert len(rader) < len(år.kontoplan.rader)
    return replace(år, kontoplan=replace(år.kontoplan, rader=rader))


def allvarliga(år: Räkenskapsår) -> list[Finding]:
    return [f for f in kontrollera(redovisa(år)) if f.nivå in ("fel", "varning")]


@pytest.mark.parametrize(
    "konto", [*(pytest.param(k, marks=pytest.mark.langsam) for k in ("1511", "2010", "3512")), "4511"]
)
def test_a_konto_without_a_place_is_one_fel(exempel: Årsbok, konto: str) -> None:
    [fel] = [f for f in allvarliga(utan(exempel.år, konto)) if f.nivå == "fel"]
    assert fel.text.startswith(f"Konto {konto} ")
    assert fel.json()["foljder"] == list(fel.följder)
    jämför("\n".join((fel.klartext, *fel.följder)), FACIT / f"{konto}.txt")


def test_two_are_two_and_what_follows_is_told_once(exempel: Årsbok) -> None:
    ena, andra = allvarliga(utan(exempel.år, "1511", "6011"))
    assert (ena.text.split()[1], andra.text.split()[1]) == ("1511", "6011")
    assert not ena.följder
    assert len(andra.följder) == len(set(andra.följder)) > 2


def test_another_fault_is_told_beside_it(exempel: Årsbok) -> None:
    """An amount in the sheet Medlemsbidrag that is not what was booked has nothing to do with konto 6011."""
    första, *bidrag = exempel.år.underlag.medlemsbidrag
    ändrat = första.model_copy(update={"belopp": första.belopp + Decimal(1234)})
    underlag = exempel.år.underlag.model_copy(update={"medlemsbidrag": (ändrat, *bidrag)})
    år = replace(utan(exempel.år, "6011"), underlag=underlag)
    egna = {(f.kod, f.text) for f in allvarliga(replace(exempel.år, underlag=underlag))}
    assert egna
    funna = allvarliga(år)
    assert {(f.kod, f.text) for f in funna if f.kod != "C28"} == egna
    assert [f.kod for f in funna].count("C28") == 1


def test_it_is_shown_under_the_fel(kopia: Callable[[], Path]) -> None:
    inputs = kopia()
    fil = inputs / "exempelforbundet" / "kontoplan.csv"
    fil.write_text("".join(rad for rad in fil.open(encoding="utf-8") if not rad.startswith("6011")), "utf-8")
    svar = kör("kontrollera", "exempelforbundet", "2025", "--inputs", inputs)
    jämför(svar.output.partition("Bra att veta")[0], FACIT / "i_terminalen.txt")
