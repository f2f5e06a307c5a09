"""A förbund where a kommun left in the middle of the year and another came: on to the next year's plan and ledger.

The ledger and its totals, worked by hand, are those of tests/nytt/fall/bas_medlem_byts_mitt_i_aret.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bygg.nasta_ar import nästa_år
from conftest import kör
from finsam.oppna import öppna

from .test_fall import FALL, ÅR, Fall

LÄMNADE, KOM = "Granhult kommun", "Kvarnfors kommun"


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first year, as nytt makes it, with the days that the ekonom writes."""
    mapp = tmp_path_factory.mktemp("byts")
    fall, inputs = Fall(FALL / "bas_medlem_byts_mitt_i_aret"), mapp / "inputs"
    svar = kör("nytt", "bygden", str(ÅR), *fall.skriv(mapp), *fall.svar, "--fraga-inte", "--inputs", inputs)
    assert svar.exit_code == 0, svar.output
    fil = inputs / "bygden" / "forbund.yml"
    text = fil.read_text("utf-8")
    for namn, dag in ((LÄMNADE, f"till: {ÅR}-06-30"), (KOM, f"från: {ÅR}-07-01")):
        text = text.replace(f"  namn: {namn}\n", f"  namn: {namn}\n  {dag}\n")
    fil.write_text(text, "utf-8")
    return inputs


def ordnat(text: str) -> str:
    """What is told in the terminal, whatever its lines are."""
    return " ".join(text.split())


@pytest.mark.langsam
def test_the_year_of_the_change(inputs: Path) -> None:
    bok = öppna("bygden", ÅR, inputs=inputs)
    sagt = {f.kod: f.text for f in bok.findings if "balanskrav.md" in f.text or "del av året" in f.text}
    assert sagt["C25"].endswith("när och hur det ska regleras.")
    assert f"{LÄMNADE} och {KOM} har varit medlem bara en del av året" in sagt["C65"]
    [rad] = [rad for tabell in bok.tabeller["medlemsandelar"].json() for rad in tabell["rader"]]
    assert rad["visat"][0] == "uppgift saknas"


@pytest.mark.langsam
def test_the_next_years_plan_and_ledger(inputs: Path, tmp_path: Path) -> None:
    svar = kör("nytt", "bygden", str(ÅR + 1), "verksamhetsplan", "--inputs", inputs)
    assert svar.exit_code == 0, svar.output
    mapp = inputs / "bygden" / str(ÅR + 1)
    assert LÄMNADE not in (mapp / "text" / "vp_medlemmar.md").read_text("utf-8")
    assert KOM in (mapp / "text" / "vp_medlemmar.md").read_text("utf-8")

    export = tmp_path / "export.se"
    före = inputs / "bygden" / str(ÅR) / "bokforing.se"
    export.write_bytes(nästa_år(före, bara_totaler=True, ib={"2099": "48034.98"}))  # type: ignore[dict-item]
    svar = kör("nytt", "bygden", str(ÅR + 1), "--bokforing", export, "--inputs", inputs)
    assert svar.exit_code == 0, svar.output
    assert "Föregående års resultat är omfört i ingående balans på 2099; i övrigt stämmer den." in ordnat(svar.output)
    assert "foregaende.se är bokföringen 2025. Årets export har bara totaler för 2025" in ordnat(svar.output)
    bok = öppna("bygden", ÅR + 1, inputs=inputs)
    assert bok.fakta[f"kostnad.individ/{ÅR}"].värde == 3_250_000  # the objekt of last year's own file
    assert bok.fakta[f"br.eget_kapital/{ÅR}"].värde == bok.fakta[f"br.eget_kapital_ingaende/{ÅR + 1}"].värde
    sagt = [f.text for f in bok.findings if f.kod in ("C29", "C33") and f.nivå in ("fel", "varning")]
    assert [text for text in sagt if "Verifikationerna" not in text] == []  # the case has none between balances
