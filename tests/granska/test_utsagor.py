"""`finsam granska`: what a sentence says of people, goals, lists and units, true and not."""

from __future__ import annotations

import pytest

from finsam.granska.granska import granska
from finsam.granska.lasa.text import read_text

MÅL = """
Intäkter                     1 234 500
Mål                          Nivå      Utfall    Nått
Antal deltagare              55        58        Ja
Nöjda deltagare              70 %      62 %      Nej
Sjukfrånvaro                 3 %       2 %       Ja
"""


def koder(text: str) -> list[str]:
    """The rules that tell of a text."""
    return [f.kod for f in granska([("a.txt", f"Årsredovisning 2024\n\n{text}\n".encode())]).larm]


@pytest.mark.parametrize(
    ("mening", "kod"),
    [
        ("Av deltagarna avslutades 55 personer. Av dem gick 23 till arbete, det vill säga {} procent.", "G08:42:35"),
        ("Totalt deltog 58 personer. 31 av dem, {} procent, var kvinnor.", "G08:53:35"),
        ("21 av 38 avslutade, {} %, hade ett arbete.", "G08:55:65"),
        ("Gruppen är 162 kvinnor och 111 män, det vill säga {} procent.", "G08:59 respektive 41:63 respektive 37"),
        ("Delen fördelas så: Lillfors 44 procent, Björkvattnet {} procent och Ottsele 24 procent.", "G08:32:36"),
        ("Förbundet finansierar {} insatser: Steget, Rusta, Kåtan och Navet.", "G17:fyra:fem"),
        ("I Rusta {} antalet deltagare till 285 från 301.", "G18:minskade:ökade"),
        ("31 personer deltog, vilket är {} än 2023, då 35 personer deltog.", "G18:färre:fler"),
        ("Norr gav 6,12 mnkr och Söder 4,08 {}, sammanlagt 10,2 mnkr.", "G12:mnkr:tkr"),
        ("Under {} har styrelsen sammanträtt vid fyra möten.", "G14:2024:2023"),
        ("Målet är att minst 75 % ska vara nöjda. Utfall: {} %. Målet är uppnått.", "G11:78:71"),
    ],
)
def test_a_true_sentence_is_silent_and_a_false_one_is_told(mening: str, kod: str) -> None:
    kod, sant, falskt = kod.split(":")
    assert koder(mening.format(sant)) == []
    assert koder(mening.format(falskt)) == [kod]


@pytest.mark.parametrize(
    "mening",
    [
        "Vi frågade 55 personer. Fyra av fem, 78 procent, svarade.",
        "21 av 38 avslutade, 45 procent av kvinnorna, hade ett arbete.",
        "21 av 38 avslutade, 45 procent fler än året före, hade ett arbete.",
        "Styrelsen följer arbetet vid tre tillfällen: per den 30 april, den 31 augusti och i årsredovisningen.",
        "Förbundet finansierar två insatser: Rusta, Kunskap och utbildning samt arbete.",
        "Under 2023 har styrelsen haft fyra möten och under 2024 fem möten.",
        "Det är 22 fler än 2023, då 109 personer deltog.",
    ],
)
def test_what_may_be_true_is_silent(mening: str) -> None:
    assert koder(mening) == []


@pytest.mark.parametrize(
    ("mening", "funna"),
    [
        ("Två av tre mål är uppfyllda.", []),
        ("Samtliga mål har nåtts.", ["G11"]),
        ("Av tre mål är ett av tre mål uppfyllda, det första.", []),
        ("Vi hade tre mål, varav tre bedöms uppnådda.", ["G11"]),
    ],
)
def test_how_many_goals_are_reached(mening: str, funna: list[str]) -> None:
    assert koder(f"{mening}\n{MÅL}") == funna


def test_a_drawn_line_is_no_row_and_a_hard_blank_no_cell() -> None:
    text = "Intäkter   1\u00a0234   2\u00a0345\n--------------\n+-----+------+\nKostnader   1\u00a0000   2\u00a0000\n"
    rader = [rad for sida in read_text(text.encode()) for rad in sida]
    assert [[c.text for c in rad.celler] for rad in rader] == [
        ["Intäkter", "1\u00a0234", "2\u00a0345"],
        ["Kostnader", "1\u00a0000", "2\u00a0000"],
    ]
