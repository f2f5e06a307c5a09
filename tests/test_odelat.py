"""A year before that has only totals: its rows are empty, its sums are shown, and it is said once. And the rest of a
konto that is only partly on objekt.

Tveälven without its foregaende.se; the expected tables stand in tests/odelat/.
"""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from facit import INPUTS, jämför, som_text
from finsam.begin.ar.blad import Rullning, rulla_blad
from finsam.model.fakta import Faktabas, Saldon
from finsam.model.forbund import RESTEN
from finsam.model.underlag import Kostnadsrad
from finsam.oppna import öppna
from finsam.report.arsbok import Årsbok
from finsam.run.spar import hitta_fakta, spår, spår_text
from finsam.statements.kostnadsfordelning import kända_kostnadsår

FACIT = Path(__file__).parent / "odelat"
KOSTNADER = {"2024": Decimal("9089928"), "2025": Decimal("10012913")}  # tests/tvealven/rakning.md


def utan_objekt(inputs: Path) -> Path:
    """Tveälven 2025, whose own file has objekt on this year's rows alone."""
    shutil.copytree(INPUTS / "tvealven", inputs / "tvealven", ignore=shutil.ignore_patterns("2024", "2026"))
    (inputs / "tvealven" / "2025" / "foregaende.se").unlink()
    return inputs


def ändra_kontoplan(inputs: Path, *byten: tuple[str, str]) -> None:
    fil = inputs / "tvealven" / "kontoplan.csv"
    text = fil.read_text("utf-8-sig")
    for gammalt, nytt in byten:
        assert text.count(gammalt) == 1
        text = text.replace(gammalt, nytt)
    fil.write_text(text, "utf-8")


@pytest.fixture(scope="module")
def bok(tmp_path_factory: pytest.TempPathFactory) -> Årsbok:
    return öppna("tvealven", 2025, inputs=utan_objekt(tmp_path_factory.mktemp("utan")))


def test_rows_are_empty_and_sums_are_shown(bok: Årsbok) -> None:
    tabeller = (bok.kostnadsfördelning, bok.driftredovisning, bok.noter["kostnader"])
    jämför("\n\n".join(map(som_text, tabeller)), FACIT / "tabeller.txt")


def test_it_is_said_once_and_nothing_is_fel(bok: Årsbok) -> None:
    assert not [f for f in bok.findings if f.nivå in ("fel", "varning")]
    [sagt] = [f for f in bok.findings if "bara totaler" in f.text]
    assert (sagt.kod, sagt.nivå) == ("C28", "upplysning")
    jämför(sagt.text, FACIT / "sagt.txt")


def test_the_totals_are_those_of_the_year_with_objekt(bok: Årsbok) -> None:
    with_objekt = öppna("tvealven", 2025, inputs=INPUTS)
    for nyckel, fakta in bok.fakta.items():
        if not fakta.okänd and fakta.värde is not None and not fakta.dold:
            assert fakta.värde == with_objekt.fakta[nyckel].värde, nyckel
    assert {år: round(bok.fakta[f"kostnad.totalt/{år}"].värde or 0) for år in KOSTNADER} == KOSTNADER
    assert bok.fakta["kostnad.individ/2024"].okänd
    assert bok.fakta["kostnad.administration.avskrivningar/2024"].värde == 27000


def test_a_bar_is_never_a_part_of_a_years_costs(bok: Årsbok) -> None:
    assert kända_kostnadsår(bok.år, bok.fakta) == ("2025",)
    hela = öppna("tvealven", 2025, inputs=INPUTS)
    assert kända_kostnadsår(hela.år, hela.fakta)[:2] == ("2025", "2024")


def test_a_year_that_is_partly_known_is_not_taken_to_the_next(bok: Årsbok) -> None:
    """Its known rows would be added up as if they were all."""
    funktioner = tuple(f"{g.id}.{rad.id}" for g in bok.år.förbund.kostnadsfördelning for rad in g.rader)
    hela = öppna("tvealven", 2025, inputs=INPUTS)
    rullade = [
        rulla_blad(Kostnadsrad, (), Rullning(2025, 2026, b.fakta, funktioner=funktioner)).rader for b in (bok, hela)
    ]
    assert [len(rader) for rader in rullade] == [0, len(funktioner)]


def test_the_rest_of_a_konto_is_what_no_other_line_has(tmp_path: Path) -> None:
    """6:20 is the kansli: its lines can be left to the rest."""
    inputs = tmp_path / "inputs"
    shutil.copytree(INPUTS / "tvealven", inputs / "tvealven")
    ändra_kontoplan(inputs, ("7010;6:20;", "7010;Resten;"), ("7410;6:20;", "7410;resten;"))
    bok, facit = öppna("tvealven", 2025, inputs=inputs), öppna("tvealven", 2025, inputs=INPUTS)
    assert {n: f.värde for n, f in bok.fakta.items()} == {n: f.värde for n, f in facit.fakta.items()}
    assert not [f for f in bok.findings if f.nivå in ("fel", "varning")]
    rader = {(k, o): b for (k, o), b in bok.fakta.saldon["2025", "res"].items() if o == RESTEN}
    assert rader["7010", RESTEN] == bok.fakta.saldon["2025", "res"]["7010", "6:20"]
    ena, andra = (
        [rad for rad in spår_text(spår(b, hitta_fakta(b, "kostnad.administration.personal"))) if "2025-" in rad]
        for b in (bok, facit)
    )
    assert ena == andra
    assert len(ena) > 10


def test_a_rest_in_a_year_that_has_only_totals_is_not_known(tmp_path: Path) -> None:
    inputs = utan_objekt(tmp_path / "inputs")
    ändra_kontoplan(inputs, ("7010;6:20;", "7010;resten;"))
    bok = öppna("tvealven", 2025, inputs=inputs)
    assert bok.fakta["kostnad.administration.personal/2024"].okänd
    assert not [f for f in bok.findings if f.nivå in ("fel", "varning")]


def test_this_years_rest_is_one_fel_that_says_what_to_write(tmp_path: Path) -> None:
    inputs = utan_objekt(tmp_path / "inputs")
    ändra_kontoplan(inputs, ("7010;6:200;rr.verksamhetens_kostnader;kostnader.loner;struktur.samverkansforum;\n", ""))
    [fel] = [f for f in öppna("tvealven", 2025, inputs=inputs).findings if f.nivå == "fel"]
    jämför("\n".join((fel.text, *fel.följder)), FACIT / "rest_i_ar.txt")


def test_parts_that_are_not_the_whole_or_have_other_signs_are_not_known() -> None:
    saldon = Saldon(
        {("2024", "res"): {("4010", ""): Decimal(7), ("3010", ""): Decimal(-9)}},
        {"2024": {"4010": {frozenset({"6:A", "6:B"})}}},
    )
    fakta = Faktabas("2025", saldon)
    a = fakta.konton("a", "2024", "res", [("4010", "6:A")], "A")
    b = fakta.konton("b", "2024", "res", [("4010", "6:B")], "B")
    intäkt = fakta.konton("i", "2024", "res", [("3010", "")], "I", -1)
    assert fakta[fakta.summa("ab", "2024", [(1, a), (1, b)], "")].värde == 7
    assert fakta[fakta.summa("resultat", "2024", [(1, intäkt), (-1, a), (-1, b)], "")].värde == 2
    for namn, termer in {
        "bara den ena": [(1, a), (1, intäkt)],
        "den ena två gånger": [(1, a), (1, a), (1, b)],
        "skillnaden": [(1, a), (-1, b)],
    }.items():
        summa = fakta[fakta.summa(namn, "2024", termer, "")]
        assert (summa.värde, summa.okänd) == (None, True), namn
