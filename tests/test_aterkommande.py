"""Verifikationer that come back, and what is for another year: small ledgers, and what is said of each.

A case is a folder in tests/aterkommande: bokforing.txt has a verifikation a line (day | text | konto and amount | …),
sagt.txt what C83–C85 say of it, which may be nothing.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from facit import INPUTS, jämför
from finsam.model.bokforing import Konto, Transaktion, Verifikation, Verifikationslista
from finsam.read.bokforing import read_bokföring
from finsam.report.arsbok import Årsbok
from test_kontroller import bokföring
from test_samma import sagt

FALL = Path(__file__).parent / "aterkommande"
NAMN = {"1221": "Möbler", "1229": "Ackumulerade avskrivningar", "2640": "Ingående moms", "7832": "Avskrivningar"}


def läs(fil: Path) -> Verifikationslista:
    return Verifikationslista(
        verifikation(str(nr), *rad.split(" | ")) for nr, rad in enumerate(fil.read_text("utf-8").splitlines(), 1)
    )


def verifikation(nummer: str, dag: str, text: str, *rader: str) -> Verifikation:
    belopp = [(konto, Decimal(tal)) for konto, tal in map(str.split, rader)]
    assert not sum(tal for _, tal in belopp), text
    datum = date.fromisoformat(dag)
    return Verifikation(
        "A", nummer, datum, text, tuple(Transaktion(konto, (), tal, datum, "") for konto, tal in belopp)
    )


@pytest.mark.parametrize("fall", sorted(FALL.iterdir()), ids=lambda fall: fall.name)
def test_what_is_said(exempel: Årsbok, fall: Path) -> None:
    konton = {nummer: Konto(nummer, namn) for nummer, namn in NAMN.items()}
    ändra = bokföring(verifikationer=läs(fall / "bokforing.txt"), konton={**exempel.år.bokföring.konton, **konton})
    funna = [f for kod in ("C83", "C84", "C85") for f in sagt(exempel, ändra, kod)]
    jämför("\n".join(f"{f.kod} {f.nivå}: {f.text}" for f in funna), fall / "sagt.txt")


def test_true_ledgers_are_silent(exempel: Årsbok) -> None:
    for fil in sorted(INPUTS.glob("tvealven/*/bokforing.se")):
        bok, _ = read_bokföring(fil)
        assert bok is not None
        for kod in ("C83", "C84", "C85"):
            assert [
                (fil.parent, f.text) for f in sagt(exempel, lambda år, ny=bok: replace(år, bokföring=ny), kod)
            ] == []
            assert sagt(exempel, lambda år: år, kod) == []
