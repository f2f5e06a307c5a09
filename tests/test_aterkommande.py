"""Verifikationer that come back, and what is for another year: small ledgers, and what is said of each.

A case is a folder in tests/aterkommande: bokforing.txt has a verifikation a line (day | text | konto and amount | …; a
konto on an objekt is 4511@6:KOM), sagt.txt what the checks of verifikationer say of it, which may be nothing.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from facit import INPUTS, jämför
from finsam.model.bokforing import Konto, Transaktion, Verifikation, Verifikationslista
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.read.bokforing import read_bokföring
from finsam.report.arsbok import Årsbok
from test_kontroller import Ändring, bokföring
from test_samma import sagt

KODER = ("C83", "C84", "C85", "C90", "C91", "C92")
FALL = Path(__file__).parent / "aterkommande"
NAMN = {"1221": "Möbler", "1229": "Ackumulerade avskrivningar", "2640": "Ingående moms", "7832": "Avskrivningar"}


def läs(fil: Path) -> Verifikationslista:
    return Verifikationslista(
        verifikation(str(nr), *rad.split(" | ")) for nr, rad in enumerate(fil.read_text("utf-8").splitlines(), 1)
    )


def verifikation(nummer: str, dag: str, text: str, *rader: str) -> Verifikation:
    datum = date.fromisoformat(dag)
    bokfört = tuple(transaktion(*rad.split(), datum) for rad in rader)
    assert abs(sum(rad.belopp for rad in bokfört)) < 1, text
    return Verifikation("A", nummer, datum, text, bokfört)


def transaktion(konto: str, tal: str, datum: date) -> Transaktion:
    nummer, _, objekt = konto.partition("@")
    dim, _, kod = objekt.partition(":")
    return Transaktion(nummer, ((dim, kod),) if kod else (), Decimal(tal), datum, "")


@pytest.mark.parametrize("fall", sorted(FALL.iterdir()), ids=lambda fall: fall.name)
def test_what_is_said(exempel: Årsbok, fall: Path) -> None:
    konton = {nummer: Konto(nummer, namn) for nummer, namn in NAMN.items()}
    ändra = bokföring(verifikationer=läs(fall / "bokforing.txt"), konton={**exempel.år.bokföring.konton, **konton})
    funna = [f for kod in KODER[:-1] for f in sagt(exempel, ändra, kod)]
    jämför("\n".join(f"{f.kod} {f.nivå}: {f.text}" for f in funna), fall / "sagt.txt")


def test_true_ledgers_are_silent(exempel: Årsbok) -> None:
    for fil in sorted(INPUTS.glob("tvealven/*/bokforing.se")):
        bok, _ = read_bokföring(fil)
        assert bok is not None
        for kod in KODER:
            assert [
                (fil.parent, f.text) for f in sagt(exempel, lambda år, ny=bok: replace(år, bokföring=ny), kod)
            ] == []
            assert sagt(exempel, lambda år: år, kod) == []


def med_saldo(konto: str, fält: str, belopp: Decimal) -> Ändring:
    """The ledger with another saldo on a konto."""

    def ändra(år: Räkenskapsår) -> Räkenskapsår:
        bokår = år.bokföring.år[0]
        nytt = replace(bokår, **{fält: {**getattr(bokår, fält), konto: belopp}})
        return bokföring(år={**år.bokföring.år, 0: nytt})(år)

    return ändra


def test_last_years_result_left_on_its_konto_is_told(exempel: Årsbok) -> None:
    ib, ub = (saldon["2099"] for saldon in (exempel.år.bokföring.år[0].ib, exempel.år.bokföring.år[0].ub))
    (sagt_,) = sagt(exempel, med_saldo("2099", "ub", ub + ib), "C92")
    assert "både årets resultat, −99 626 kr, och förra årets, 117 675 kr" in sagt_.text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("konto", "text", "belopp", "antal"),
    [
        ("2992", "Upplupet: revision", 36720, 1),  # as much again, and nothing taken away
        ("2992", "Upplupet: mer revision", 720, 0),  # only the difference
        ("2992", "Upplupet: mycket mer", 90000, 0),  # something else
        ("2991", "Upplupet: insatser", 250000, 1),
        ("1711", "Hyra januari", -29000, 1),
    ],
)
def test_last_years_interim_amount_that_is_left_is_told(
    exempel: Årsbok, konto: str, text: str, belopp: int, antal: int
) -> None:
    ett = verifikation("1", "2025-12-31", text, f"7413 {belopp}", f"{konto} {-belopp}")
    assert len(sagt(exempel, bokföring(verifikationer=Verifikationslista([ett])), "C92")) == antal


@pytest.mark.parametrize("namn", ["Upplupna semesterlöner", "Förutbetalda bidrag från ESF", ""])
def test_interim_konton_that_stand_for_years_are_not_told(exempel: Årsbok, namn: str) -> None:
    ett = verifikation("1", "2025-12-31", "Upplupet", "7413 36720", "2992 -36720")
    konton = {**exempel.år.bokföring.konton, "2992": Konto("2992", namn)}
    assert sagt(exempel, bokföring(verifikationer=Verifikationslista([ett]), konton=konton), "C92") == []


def test_a_reversed_amount_is_not_told(exempel: Årsbok) -> None:
    ver = [
        verifikation("1", "2025-01-01", "Återföring", "2992 36000", "7413 -36000"),
        verifikation("2", "2025-12-31", "Upplupet", "7413 36720", "2992 -36720"),
    ]
    assert sagt(exempel, bokföring(verifikationer=Verifikationslista(ver)), "C92") == []
