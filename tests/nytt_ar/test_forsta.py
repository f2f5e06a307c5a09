"""A förbund's first report of a kind: begun from its report of the other kind, with nothing there touched."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bygg.nasta_ar import nästa_år
from conftest import kör
from facit import INPUTS, jämför
from finsam.begin.ar.rulla import nytt_år
from finsam.model.rapport import VERKSAMHETSPLAN, ÅRSREDOVISNING
from finsam.oppna import öppna

from .blad import som_text
from .test_nytt_ar import HÄR, bytes_i, kopiera, nekas

PLANENS = ("Uppgifter", "Medlemsbidrag", "Insatser", "Målområden", "Budgetplan", "Planmål", "Möten")
BOKSLUTETS = ("Uppgifter", "Budget", "Medlemsbidrag", "Insatser", "Mål", "Undertecknare")


def test_a_plan_from_an_årsredovisning(tmp_path: Path) -> None:
    inputs = kopiera(tmp_path / "inputs", "exempelforbundet/2025")
    före = bytes_i(inputs)
    nytt = nytt_år("exempelforbundet", 2026, inputs, slag=VERKSAMHETSPLAN)
    efter = bytes_i(inputs)
    assert {namn: efter[namn] for namn in före} == före
    assert all(Path(namn).name.startswith("vp_") for namn in nytt.filer)
    jämför("\n".join(nytt.anteckningar), HÄR / "forsta" / "plan_anteckningar.txt")
    jämför(som_text(nytt.mapp / "vp_underlag.xlsx", *PLANENS), HÄR / "forsta" / "plan_underlag.txt")
    bok = öppna("exempelforbundet", 2026, "verksamhetsplan", inputs=inputs)
    assert bok.fakta["budget.eget_kapital_ingaende"].värde == bok.år.tidigare["2025", "br.eget_kapital"]
    assert bok.fakta["budget.eget_kapital"].värde is None  # there is no budget yet


def test_a_member_that_has_left_is_not_in_the_plan(tmp_path: Path) -> None:
    inputs = kopiera(tmp_path / "inputs", "exempelforbundet/2025")
    fil = inputs / "exempelforbundet" / "forbund.yml"
    fil.write_text(fil.read_text("utf-8").replace("typ: kommun}", "typ: kommun, till: 2025-12-31}", 1), "utf-8")
    nytt = nytt_år("exempelforbundet", 2026, inputs, slag=VERKSAMHETSPLAN)
    [borta] = [m for m in öppna("exempelforbundet", 2025, inputs=inputs).år.förbund.medlemmar if m.till]
    assert borta.namn not in (nytt.mapp / "text" / "vp_medlemmar.md").read_text("utf-8")
    bidrag = som_text(nytt.mapp / "vp_underlag.xlsx", "Medlemsbidrag")
    assert f"# {borta.id}" not in bidrag
    assert borta.id in bidrag  # last year's, to compare with


@pytest.mark.langsam
def test_an_årsredovisning_from_the_years_plan(tmp_path: Path) -> None:
    """The plan's files have names of their own; it is as before, and its budget is the one that was decided."""
    inputs = kopiera(tmp_path / "inputs", "exempelforbundet/2026")
    mapp = inputs / "exempelforbundet" / "2026"
    for fil in [*mapp.glob("underlag.xlsx"), *mapp.glob("text/insats_*"), *mapp.glob("text/malomrade_*")]:
        fil.rename(fil.with_name(f"vp_{fil.name}"))
    före = bytes_i(inputs)
    export = tmp_path / "export.se"
    export.write_bytes(nästa_år(INPUTS / "exempelforbundet" / "2025" / "bokforing.se"))
    nytt = nytt_år("exempelforbundet", 2026, inputs, bokföring=export)
    efter = bytes_i(inputs)
    assert {namn: efter[namn] for namn in före} == före
    jämför("\n".join(nytt.anteckningar), HÄR / "forsta" / "bokslut_anteckningar.txt")
    jämför(som_text(mapp / "underlag.xlsx", *BOKSLUTETS), HÄR / "forsta" / "bokslut_underlag.txt")
    plan = öppna("exempelforbundet", 2026, "verksamhetsplan", inputs=inputs)
    bok = öppna("exempelforbundet", 2026, inputs=inputs)
    assert bok.fakta["drift.resultat.budget"].värde == plan.fakta["budget.rorelseresultat"].värde
    assert {f.kod for f in bok.findings if f.nivå == "fel"} == {"C12", "C25"}  # the ledger has last year's bidrag


@pytest.mark.langsam
def test_what_a_förbund_with_only_plans_lacks_is_proposed_for_the_year(tmp_path: Path) -> None:
    """Its forbund.yml has no notes and there is no kontoplan: the year gets its own, from its ledger."""
    inputs = tmp_path / "inputs"
    inputs.mkdir()
    kopiera_plan(inputs)
    före = bytes_i(inputs)
    export = tmp_path / "export.se"
    export.write_bytes(nästa_år(INPUTS / "exempelforbundet" / "2025" / "bokforing.se", steg=0))
    nytt = nytt_år("lekeberg-orebro", 2025, inputs, bokföring=export)
    assert {namn: data for namn, data in bytes_i(inputs).items() if namn in före} == före
    assert {"lekeberg-orebro/2025/forbund.yml", "lekeberg-orebro/2025/kontoplan.csv"} < set(nytt.filer)
    jämför((nytt.mapp / "forbund.yml").read_text("utf-8"), HÄR / "forsta" / "arets_forbund.yml")
    bok = öppna("lekeberg-orebro", 2025, inputs=inputs)
    assert not [f for f in bok.findings if f.kod in ("C01", "C04", "C06", "C28", "C41") and f.nivå == "fel"]


def kopiera_plan(inputs: Path) -> None:
    """Lekeberg-Örebro has no kontoplan to copy."""

    shutil.copytree(INPUTS / "lekeberg-orebro", inputs / "lekeberg-orebro")


@pytest.mark.langsam
def test_the_report_that_is_asked_for_is_the_one_that_is_told_to_be_there(tmp_path: Path) -> None:
    inputs = kopiera(tmp_path / "inputs", "exempelforbundet/2025")
    nytt_år("exempelforbundet", 2025, inputs, slag=VERKSAMHETSPLAN)
    for slag, andra in ((VERKSAMHETSPLAN, "arsredovisning"), (ÅRSREDOVISNING, "verksamhetsplan")):
        sagt = nekas("exempelforbundet", 2025, inputs, slag=slag)
        assert f"{slag.bestämd} 2025 har allt som nytt skriver" in sagt
        assert f"2025 {andra}" not in sagt


@pytest.mark.parametrize(
    ("ord_", "väntat"),
    [
        (("exempelforbundet", "2026", "--region", "Region A"), "Förbundet exempelforbundet finns: ta bort mappen"),
        (("nybygden", "2026", "--fran", "2025"), "Valet --fran gäller ett förbund som finns"),
    ],
)
def test_an_option_is_never_passed_over_in_silence(ord_: tuple[str, ...], väntat: str, tmp_path: Path) -> None:
    inputs = kopiera(tmp_path / "inputs", "exempelforbundet/2025")
    före = bytes_i(inputs)
    svar = kör("nytt", *ord_, "--inputs", inputs)
    assert svar.exit_code == 2
    assert väntat in " ".join(svar.output.split())
    assert bytes_i(inputs) == före


@pytest.mark.langsam
def test_the_årsredovisnings_words_are_not_the_plans(tmp_path: Path) -> None:
    """A year that waits for its ledger has texts on its insatser; a plan that is added has none of them."""
    inputs = kopiera(tmp_path / "inputs", "exempelforbundet/2025")
    nytt_år("exempelforbundet", 2026, inputs, slag=ÅRSREDOVISNING)
    nytt_år("exempelforbundet", 2026, inputs, slag=VERKSAMHETSPLAN)
    assert (inputs / "exempelforbundet" / "2026" / "text" / "insats_kompassen.md").is_file()
    plan = öppna("exempelforbundet", 2026, "verksamhetsplan", inputs=inputs)
    assert all(namn.startswith("vp_") for namn in (*plan.år.texter, *plan.år.ej_skrivna))
    assert "som inte börjar på vp_" in nekas("exempelforbundet", 2026, inputs, slag=ÅRSREDOVISNING)
