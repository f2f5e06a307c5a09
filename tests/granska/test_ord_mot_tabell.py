"""`finsam granska`: what is said in words against tables, lists, headings and other words; true and not."""

from __future__ import annotations

import pytest

from finsam.granska.granska import granska

RAPPORT = """
Årsredovisning 2024

Samordningsförbundet Åsnen

Beslutad av styrelsen den 14 mars 2025

{text}

Tabell 1. Bidrag

Medlem                       2024        2023
Staten                     4 120 000   4 000 000
Region Åsnen               2 060 000   2 000 000
Lillåns kommun             1 230 000   1 200 000
Norrby kommun                830 000     800 000
Summa                      8 240 000   8 000 000

Tabell 2. Kostnader

                             2024        2023
Individinriktade insatser  5 610 000   5 400 000
Administration             1 870 000   1 800 000
Summa kostnader            7 480 000   7 200 000

Tabell 3. Svar på enkäten, procent

Fråga                                  2024     2023
Stödet kom i rätt tid                    81       77
Planen gjordes tillsammans med mig       64       66

Tabell 4. Balansräkning

                             2024-12-31   2023-12-31
Fordringar                    212 400      198 300
Bank                        2 318 650    2 104 150
Summa tillgångar            2 531 050    2 302 450

Annika Berglund, ordförande
"""


def funnet(text: str) -> list[str]:
    """The rules that tell of a report with these words in it."""
    return [f.kod for f in granska([("rapport.txt", RAPPORT.format(text=text).encode())]).larm]


@pytest.mark.parametrize(
    ("mening", "kod", "sant", "falskt"),
    [
        ("Bidragen står i tabell {}.", "G22", "4", "6"),
        ("Annika {} är ordförande i styrelsen.", "G23", "Berglund", "Bergström"),
        ("Årsredovisningen fastställdes av styrelsen den {} mars 2025.", "G24", "14", "21"),
        ("Tillgångarna var 2 531 050 kronor per den {} 2024.", "G24", "31 december", "31 oktober"),
        ("Årsredovisningen avser {}.", "G14", "2024", "2023"),
        ("Under året deltog 46 personer, vilket är {} procent av planens mål på 50.", "G08", "92", "82"),
        ("Av kostnaderna går {} procent till administration.", "G08", "25", "35"),
        ("Av dem som svarade sade {} procent att stödet kom i rätt tid.", "G08", "81", "18"),
        ("Förbundet har {} medlemskommuner.", "G17", "två", "tre"),
        ("Under året deltog 80 kvinnor och 60 män. Mer än hälften var {}.", "G18", "kvinnor", "män"),
        ("Region Åsnen bidrog med {} kronor.", "G09", "2 060 000", "2 090 000"),
        ("Administration kostade {}.", "G12", "1 870 tkr", "1 870 mnkr"),
    ],
)
def test_what_is_said_is_what_is_printed(mening: str, kod: str, sant: str, falskt: str) -> None:
    assert funnet(mening.format(sant)) == []
    assert funnet(mening.format(falskt)) == [kod]


DAGAR = "Styrelsens möten\n\nStyrelsen höll {} möten under 2024.\n\n20 februari\n24 april\n12 juni\n25 september\n"


def test_meetings_are_as_many_as_their_days() -> None:
    assert funnet(DAGAR.format("fyra")) == []
    assert funnet(DAGAR.format("sex")) == ["G17"]


@pytest.mark.parametrize(
    "mening",
    [
        "I tabell 9 i Försäkringskassans rapport finns alla förbund.",
        "Se not 14 i årsredovisningen för 2022.",
        "Vice ordförande är Annika Holm.",
        "Förra ordföranden Bo Ek, ordförande till 2022, tackas.",
        "Budgeten för 2024 reviderades av styrelsen den 4 juni 2024 och fastställdes den 24 november 2023.",
        "Styrelsen beslutade om budget för 2025 den 22 november 2024.",
        "Tillgångarna var 2 104 150 kronor per den 31 augusti 2022.",
        "Under året deltog 46 personer, vilket är drygt 92 procent av planens mål på 50.",
        "Målet är att högst 30 procent av kostnaderna går till administration.",
        "Av dem som svarade 2023 sade 77 procent att stödet kom i rätt tid.",
        "Region Åsnen betalade ytterligare 90 000 kronor för en utredning.",
        "En förbundschef på 45 procent köps som tjänst av Region Åsnen.",
        "Förbundet har två medlemskommuner och samarbetar med fyra andra kommuner.",
        "Administration kostade 1 870 tkr, mot 1 800 tkr året före.",
    ],
)
def test_what_may_be_true_is_silent(mening: str) -> None:
    assert funnet(mening) == []
