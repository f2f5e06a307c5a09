"""An ok means that something was tried; what was not tried is said not to have been, and why."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from conftest import kör
from facit import INPUTS, jämför
from finsam.checks.agare import check_ägare
from finsam.checks.bokforing import check_månader
from finsam.checks.finding import Finding, utfall
from finsam.checks.kontrollera import kontroller_i
from finsam.checks.platshallare import platshållare
from finsam.model.bokforing import Ägare
from finsam.oppna import öppna
from finsam.read.arsmapp import finns
from finsam.report.arsbok import Årsbok
from finsam.report.bok import Bok
from finsam.report.garanti import GARANTI, NUMRERING, Obundet, Siffergaranti, ej_läst
from prov import urval
from test_kontroller import bokföring, förbund

FACIT = Path(__file__).parent / "provat"
EXPORT = INPUTS / "exempelforbundet" / "2025" / "bokforing.se"
MEDLEMMAR = ("--kortnamn", "Bygden", "--region", "Region Exempellän", "--kommun", "Granviks kommun")
PLANEN = ("--namn", "Förbundet Bygden", "--orgnr", "222000-0000", "--kontoplan", "bas", *MEDLEMMAR)


def check_sagt(bok: Bok) -> None:
    """Every check says one kind of thing: what it found, or ok with something tried, or not tried with nothing."""
    sagt: dict[str, list[Finding]] = defaultdict(list)
    for f in bok.findings:
        sagt[f.kod].append(f)
    assert set(sagt) == {punkt.kod for punkt in (*kontroller_i(bok.år.rapport), NUMRERING, GARANTI)}
    for kod, funna in sagt.items():
        nivåer = {f.nivå for f in funna}
        assert len(funna) == 1 or not nivåer & {"ok", "ej prövad"}, (kod, nivåer)
        assert all((f.prövade == 0) == (f.nivå == "ej prövad") for f in funna), (kod, funna)
        assert all(f.text.startswith("Ej prövad: ") for f in funna if f.nivå == "ej prövad")


@pytest.mark.parametrize(("förbund", "år", "rapport"), urval(finns(INPUTS), *finns(INPUTS)[:3]))
def test_every_check_of_the_reports_says_what_it_tried(förbund: str, år: int, rapport: str) -> None:
    check_sagt(öppna(förbund, år, rapport, inputs=INPUTS))


@pytest.mark.parametrize(
    ("rapport", "ord_"), [("arsredovisning", ("--bokforing", EXPORT, *MEDLEMMAR)), ("verksamhetsplan", PLANEN)]
)
def test_a_new_förbund_is_not_told_that_empty_sheets_are_right(
    tmp_path: Path, rapport: str, ord_: tuple[str | Path, ...]
) -> None:
    svar = kör("nytt", "bygden", "2025", rapport, *ord_, "--fraga-inte", "--inputs", tmp_path)
    assert svar.exit_code == 0, svar.output
    check_sagt(öppna("bygden", 2025, rapport, inputs=tmp_path))
    svar = kör("kontrollera", "bygden", "2025", rapport, "--inputs", tmp_path, "--utforligt")
    jämför(svar.output.replace(str(tmp_path), "inputs"), FACIT / f"nytt_{rapport}.txt")
    data = json.loads(kör("kontrollera", "bygden", "2025", rapport, "--inputs", tmp_path, "--json").output)
    assert {k["niva"] for k in data} >= {"fel", "ej_provad", "ok"}
    assert all(isinstance(k["provade"], int) and (k["provade"] > 0) == (k["niva"] != "ej_provad") for k in data)


def test_the_guarantee_is_not_passed_before_there_is_a_document() -> None:
    assert {(f.kod, f.nivå, f.prövade) for f in ej_läst()} == {("C11", "ej prövad", 0), ("C39", "ej prövad", 0)}
    assert {(f.kod, f.nivå) for f in Siffergaranti().findings()} == {("C11", "ej prövad"), ("C39", "ej prövad")}
    läst = Siffergaranti({"fakta": 9, "rubriknummer": 3})
    assert [(f.kod, f.nivå, f.prövade) for f in läst.findings()] == [("C11", "ok", 3), ("C39", "ok", 12)]
    fel = Siffergaranti({"fakta": 9}, (Obundet("4", "sida 2", "4 Noter", "är 5", NUMRERING.kod),))
    assert {(f.kod, f.nivå, f.prövade) for f in fel.findings()} == {("C11", "fel", 1), ("C39", "fel", 10)}


def test_the_months_of_a_broken_year_are_all_tried(exempel: Årsbok) -> None:
    bokår = replace(exempel.år.bokföring.år[0], start=date(2024, 7, 1), slut=date(2025, 6, 30))
    r = replace(exempel.redovisning, år=bokföring(år={0: bokår})(exempel.år))
    assert utfall(check_månader(r))[1] == 12


RAD = "Beloppet uppgick till {rr.arets_resultat | kr}."


@pytest.mark.parametrize(
    "text",
    [
        "TODO skriv om detta",
        "Att göra (todo): texten",
        "Beloppet är XX kr.",
        "XXX personer deltog",
        "xx % av deltagarna",
        "Under 20XX hände mycket",
        "Beslutat 2025-XX-XX",
        "Dnr XX/2025",
        "Datum: ÅÅÅÅ-MM-DD",
        "Utfallet blev … kr.",
        "Utfallet blev ... procent.",
        "…",
        "- ...",
        "Kommentar: …",
        "[fyll i]",
        "[Fyll i antal deltagare]",
        "(fyll i)",
        "[belopp] kr",
        "Lorem ipsum dolor sit amet",
        "Vad blev det???",
        "Skriv här om året.",
        "skriv din text här",
        "Klicka eller tryck här för att ange text.",
        "Summan var ____ kr",
        "Namn .........",
        "Ordförande N.N.",
        "{= XX} kr",
        "Kostnaden blev X kr",
        "Kostnaden blev NN kronor, mot YY tkr",
        "Soliditeten är x,x procent",
        "Kostnaden blev ?? kr",
        "Kostnaden blev ### kr",
        "Kostnaden blev (belopp) kr",
        "Under 202X hölls möten",
        "Beslutat 2025-MM-DD",
        "Sedan [årtal] finns förbundet",
        "[ska kompletteras]",
    ],
)
def test_what_is_left_to_write_is_seen(text: str) -> None:
    assert list(platshållare(text))


@pytest.mark.parametrize(
    "text",
    [
        RAD,
        "På XX-talet, i storlek XXL, sa påven Pius XX:s kammarherre nej.",
        "Kapitel XXI och XXX:e världsmötet hölls.",
        "”Jag fick hjälp … och nu jobbar jag”, säger en deltagare.",
        '"Det var ... kr hit och kr dit", säger en annan.',
        "Att våga … det är målet.",
        "Insatser som coachning, praktik, studiebesök ...",
        "Inledning ........ 3",
        "Se [skriv till oss](mailto:x@example.se).",
        "Se https://example.se/xx/todo för mer.",
        "Deltagarna skriver här ned sina mål.",
        "Deltagarna fyller i en enkät (fylls i av var och en).",
        "Hur gick det? Bra!",
        "___",
        "Metoden, todotavlan och ansvaret är NNS.",
        "Kommunerna X och Y, alternativ X, personer i grupp X.",
        "Vad kostar det? Kronor räknas. Hur många procent? 40 %.",
        "Under 2020 fick förbundet 2025-modellen, och EU:s kr.",
        "",
    ],
)
def test_true_sentences_are_left_alone(text: str) -> None:
    assert list(platshållare(text)) == []


@pytest.mark.parametrize(
    ("namn", "orgnr", "nivå"),
    [
        ("SAMORDNINGSFÖRBUNDET EXEMPELBYGDEN", "222000 0000", ""),
        ("Samordningsförb. Exempel-bygden", "162220000000", ""),
        ("Exempelförbundet", "222000-0000", ""),
        ("Sf Exempelbyg", "", ""),
        ("Samordningsforbundet Exempelbygden (2025)", "", ""),
        ("", "", "ej prövad"),
        ("Samordningsförbundet", "", "ej prövad"),
        ("Granviks kommun", "222000-0000", "varning"),
        ("", "222000-0018", "fel"),
        ("", "222000", "ej prövad"),
    ],
)
def test_whose_the_ledger_is(exempel: Årsbok, namn: str, orgnr: str, nivå: str) -> None:
    r = replace(exempel.redovisning, år=bokföring(namn=namn, orgnr=orgnr)(exempel.år))
    funna, prövade, _ = utfall(check_ägare(r))
    assert [f.nivå for f in funna] == ([nivå] if nivå in ("fel", "varning") else [])
    assert (prövade == 0) == (nivå == "ej prövad")


def test_a_förbund_without_a_number_is_told_that_it_was_not_tried(exempel: Årsbok) -> None:
    år = förbund(orgnr="")(bokföring(orgnr="", föregående=Ägare("Exempelbygden", "222000-0000"))(exempel.år))
    assert utfall(check_ägare(replace(exempel.redovisning, år=år))) == (
        [],
        2,
        ["organisationsnumret saknas i forbund.yml"],
    )
