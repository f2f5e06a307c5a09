"""A figure's spår adds up: parts to the figure, konton to the part, verifikationer to the konto."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from conftest import kör
from facit import INPUTS
from finsam.report.arsbok import Årsbok
from finsam.run.spar import hitta_fakta, spår

NOLL = Decimal(0)


def löv(data: dict[str, Any]) -> list[dict[str, Any]]:
    """The facts at the bottom of a spår."""
    delar = data.get("av")
    return [l for del_ in delar for l in löv(del_)] if delar else [data]  # noqa: E741


def test_every_trail_of_the_statements_ends_in_konton_or_a_file(exempel: Årsbok) -> None:
    for id_ in (
        "rr.arets_resultat",
        "br.eget_kapital",
        "kf.arets_kassaflode",
        "kostnad.totalt",
        "drift.resultat.avvikelse",
    ):
        for del_ in löv(spår(exempel, exempel.fakta[id_])):
            assert "konton" in del_ or "kalla" in del_, del_["fakta"]


def test_konton_and_verifikationer_add_up(exempel: Årsbok) -> None:
    prövade = 0
    for nyckel, fakta in exempel.fakta.items():
        if nyckel.startswith("not.kostnader.") and nyckel.endswith("/2025") and not fakta.av:
            konton = spår(exempel, fakta)["konton"]
            assert sum((Decimal(k["saldo"]) for k in konton), NOLL) == fakta.värde
            for konto in konton:
                belopp = sum((Decimal(v["belopp"]) for v in konto["verifikationer"]), NOLL)
                assert belopp == Decimal(konto["saldo"]), konto["konto"]
                prövade += 1
    assert prövade > 8


def test_parts_add_up_with_their_signs(sofint: Årsbok) -> None:
    data = spår(sofint, sofint.fakta["kf.fordringar"])
    delar = [(-1 if d["tecken"] == "−" else 1) * Decimal(d["varde"]) for d in data["av"]]
    assert sum(delar, NOLL) == Decimal(data["varde"]) == Decimal(-41637)


def test_command_shows_the_trail() -> None:
    svar = kör("spar", "exempelforbundet", "2025", "kostnad.administration.revision", "--inputs", INPUTS)
    assert svar.exit_code == 0
    assert "konto 7413 Revision: 68 340,00" in svar.output
    assert "2025-12-31 ver O 22: 36 720,00" in svar.output
    kort = kör(
        "spar",
        "exempelforbundet",
        "2025",
        "kostnad.administration.revision",
        "--verifikationer",
        "2",
        "--inputs",
        INPUTS,
    )
    assert "och 3 verifikationer till" in kort.output


def test_command_answers_programs() -> None:
    data = json.loads(kör("spar", "sofint", "2024", "soliditet", "--inputs", INPUTS, "--json").output)
    assert [d["fakta"] for d in data["av"]] == ["br.eget_kapital/2024", "br.summa_tillgangar/2024"]


def test_an_unknown_fact_is_told_with_the_nearest() -> None:
    svar = kör("spar", "sofint", "2024", "soliditett", "--inputs", INPUTS)
    assert svar.exit_code == 2
    assert "Faktat soliditett finns inte. Menas soliditet" in svar.output


@pytest.mark.parametrize("id_", ["rr.arets_resultat", "rr.arets_resultat/2023"])
def test_a_fact_is_found_with_and_without_year(sofint: Årsbok, id_: str) -> None:
    assert hitta_fakta(sofint, id_).id == "rr.arets_resultat"
