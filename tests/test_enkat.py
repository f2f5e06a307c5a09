"""Surveys computed from counts of answers: success sets, shares, and typed figures that do not agree."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from finsam.checks.deltagare import check_enkäter, check_små_grupper
from finsam.checks.finding import utfall
from finsam.checks.personnummer import har_personnummer
from finsam.checks.texter import check_texter
from finsam.model.rakenskapsar import Räkenskapsår, Textfil
from finsam.model.skala import SKALOR
from finsam.model.underlag import Enkätsvar, Indikator
from finsam.report.arsbok import Årsbok
from finsam.statements.redovisning import Redovisning, redovisa

SVAR = {"frekvens": (1, 2, 3, 4, 5, 6), "grad": (0, 2, 3, 9, 4, 3), "ja/nej": (3, 17), "egen": (8, 7, 6)}
EGEN = ("röd", "grön", "blå")


def med(år: Räkenskapsår, skala: str, *indikatorer: dict[str, object], gånger: int = 1) -> Redovisning:
    """The made-up förbund with one question and these indikatorer of it."""
    ord_ = SKALOR.get(skala, EGEN)
    fråga = {"insats": "kompassen", "enkätfråga": "q", "skala": skala, "år": 2025}
    svar = tuple(
        Enkätsvar.model_validate({**fråga, "svarsalternativ": o, "antal": a * gånger, "rad": nr})
        for nr, (o, a) in enumerate(zip(ord_, SVAR[skala], strict=True), 4)
    )
    grund = {"insats": "kompassen", "fråga": "?", "enkätfråga": "q"}
    rader = tuple(
        Indikator.model_validate({**grund, "id": f"i{nr}", **fält, "rad": nr}) for nr, fält in enumerate(indikatorer, 4)
    )
    return redovisa(replace(år, underlag=år.underlag.model_copy(update={"enkätsvar": svar, "indikatorer": rader})))


@pytest.mark.parametrize(
    ("skala", "urval", "andel"),
    [
        ("frekvens", "ofta, för det mesta, alltid", "15/21"),
        ("frekvens", "Ofta, för det mesta eller alltid.", "15/21"),
        ("frekvens", "ofta eller oftare", "15/21"),
        ("frekvens", "Alltid", "6/21"),
        ("grad", "till stor del eller bättre", "16/21"),
        ("grad", "delvis, till stor del, till mycket stor del eller helt och hållet", "19/21"),
        ("grad", "i liten utsträckning eller mer", "21/21"),
        ("ja/nej", "ja", "17/20"),
        ("egen", "grön eller blå", "13/21"),
    ],
)
def test_the_share_is_the_success_set_of_all_answers(exempel: Årsbok, skala: str, urval: str, andel: str) -> None:
    r = med(exempel.år, skala, {"skala": urval})
    täljare, nämnare = map(Decimal, andel.split("/"))
    assert r.fakta["enkat.kompassen.i4"].värde == täljare / nämnare
    assert r.fakta["enkat.kompassen.i4.svar"].värde == nämnare
    assert not utfall(check_enkäter(r))[0]


def test_one_question_may_serve_goals_with_different_success_sets(exempel: Årsbok) -> None:
    r = med(exempel.år, "grad", {"skala": "delvis eller mer"}, {"skala": "helt och hållet"})
    assert [r.fakta[f"enkat.kompassen.i{nr}"].värde for nr in (4, 5)] == [Decimal(19) / 21, Decimal(3) / 21]
    assert {n for n in r.fakta if n.startswith("enkat.")} == {
        f"enkat.kompassen.i{nr}{led}/2025" for nr in (4, 5) for led in ("", ".svar")
    }


@pytest.mark.parametrize(
    ("skrivet", "funnet"),
    [
        ({"andel": Decimal(71)}, ""),
        ({"andel": Decimal("71.4"), "svar": 21}, ""),
        ({"andel": Decimal("71.43")}, ""),
        (
            {"andel": Decimal(72)},
            "Indikatorer, rad 4: andelen är inte den som bladet Enkätsvar ger: 72 % mot 71,4 %.",
        ),
        ({"svar": 20}, "Indikatorer, rad 4: antalet svar är inte det som bladet Enkätsvar ger: 20 mot 21."),
    ],
)
def test_a_typed_figure_may_be_rounded_but_not_another(
    exempel: Årsbok, skrivet: dict[str, object], funnet: str
) -> None:
    r = med(exempel.år, "frekvens", {"skala": "ofta eller oftare", **skrivet})
    assert " ".join(f.text for f in utfall(check_enkäter(r))[0]).replace("\u00a0", " ") == funnet


def test_few_answers_are_neither_shown_nor_told(exempel: Årsbok) -> None:
    år = replace(exempel.år, förbund=exempel.år.förbund.model_copy(update={"minsta_grupp": 22}))
    r = med(år, "frekvens", {"skala": "alltid", "andel": Decimal(50), "svar": 9})
    assert all(r.fakta[f"enkat.kompassen.i4{led}"].dold == 22 for led in ("", ".svar"))
    assert [f.text for f in utfall(check_enkäter(r))[0]] == [
        "Indikatorer, rad 4: andelen är inte den som bladet Enkätsvar ger (visas ej).",
        "Indikatorer, rad 4: antalet svar är inte det som bladet Enkätsvar ger (visas ej).",
    ]


@pytest.mark.parametrize(
    ("text", "finns"),
    [
        ("640823-3234", True),
        ("Deltagare 19640823-3234 avbröt.", True),
        ("6408233234", True),
        ("640823+3234", True),
        ("640883-3231", True),
        ("640823-3235", False),
        ("641323-3232", False),
        ("orgnr 222000-1818", False),
        ("99640823323412", False),
        ("2025-02-21", False),
    ],
)
def test_a_personnummer_has_a_day_and_a_check_digit(text: str, finns: bool) -> None:
    assert har_personnummer(text) == finns


def test_a_personnummer_is_found_and_not_repeated(exempel: Årsbok) -> None:
    texter = {
        **exempel.år.texter,
        "personal": Textfil("personal", "Ett stycke.\n\nRing 640823-3234.", "text/personal.md"),
    }
    r = redovisa(replace(exempel.år, texter=texter))
    [fel] = [f for f in utfall(check_små_grupper(r))[0] if f.nivå == "fel"]
    assert fel.text.startswith("text/personal.md, rad 3: här står något som ser ut som ett personnummer.")
    sagt = " ".join(f.text for f in (*utfall(check_små_grupper(r))[0], *utfall(check_texter(r))[0]))
    assert "640823" not in sagt
    assert "3234" not in sagt
