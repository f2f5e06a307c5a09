"""A year whose ledger is yet to come: a draft with all that is not from there, and no figure made of half of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import förkorta, kör
from facit import INPUTS
from finsam.model.fakta import Indata, Konton, Summa
from finsam.oppna import öppna
from finsam.report.arsbok import Årsbok

FÖRBUND = "exempelforbundet"


def utan_bokföring(kopia: Callable[[], Path]) -> Path:
    inputs = kopia()
    (inputs / FÖRBUND / "2025" / "bokforing.se").unlink()
    return inputs


def test_it_is_said_once_and_gives_a_draft(kopia: Callable[[], Path]) -> None:
    svar = kör("kontrollera", FÖRBUND, "2025", "--json", "--inputs", utan_bokföring(kopia))
    assert svar.exit_code == 1
    assert [f["text"] for f in json.loads(svar.stdout) if f["niva"] in ("fel", "varning")] == [
        "Bokföringen för 2025 finns inte än, så dokumentet är ett utkast där räkningarna väntar. Lägg årets "
        "export i mappen som bokforing.se (eller .xlsx, .csv)."
    ]


def test_no_figure_is_made_of_the_half_that_is_there(kopia: Callable[[], Path], exempel: Årsbok) -> None:
    bok = öppna(FÖRBUND, 2025, inputs=utan_bokföring(kopia))

    def ur_bokföringen(nyckel: str) -> bool:
        källa = exempel.fakta[nyckel].källa
        if isinstance(källa, Konton) or (isinstance(källa, Indata) and källa.fil == "bokföringen"):
            return True
        return not isinstance(källa, Indata) and any(ur_bokföringen(ett) for ett in exempel.fakta[nyckel].av)

    årets = [nyckel for nyckel in bok.fakta if nyckel in exempel.fakta and nyckel.endswith("/2025")]
    väntande = {nyckel for nyckel in årets if ur_bokföringen(nyckel)}
    assert {"rr.arets_resultat/2025", "br.eget_kapital/2025", "drift.resultat.avvikelse/2025"} <= väntande
    assert {nyckel for nyckel in väntande if bok.fakta[nyckel].värde is not None} == set()
    kvar = {nyckel for nyckel in årets if nyckel not in väntande and not isinstance(bok.fakta[nyckel].källa, Summa)}
    assert {n for n in kvar if bok.fakta[n].värde != exempel.fakta[n].värde} == set()
    assert {"drift.resultat.budget/2025", "deltagare.kompassen.totalt/2025"} <= {*bok.fakta}


@pytest.mark.langsam
def test_tables_say_what_they_wait_for(kopia: Callable[[], Path], tmp_path: Path) -> None:
    inputs, ut = förkorta(utan_bokföring(kopia), "omslag", "resultatrakning", "driftredovisning"), tmp_path / "ut"
    svar = kör("skapa", FÖRBUND, "2025", "--inputs", inputs, "--outputs", ut)
    assert svar.exit_code == 1
    assert "dokumentet är märkt UTKAST" in svar.output
    sida = (ut / FÖRBUND / "2025" / "arsredovisning" / "arsredovisning.html").read_text("utf-8")
    assert re.search(r"2025</[a-z]+>\s*väntar på bokföringen\.", sida)
    assert "UTKAST" in sida


def test_the_year_before_is_shown_when_its_file_is_there(kopia: Callable[[], Path], exempel: Årsbok) -> None:
    inputs = utan_bokföring(kopia)
    mapp = inputs / FÖRBUND
    (mapp / "2025" / "foregaende.se").write_bytes((mapp / "2024" / "bokforing.se").read_bytes())
    bok = öppna(FÖRBUND, 2025, inputs=inputs)
    assert bok.fakta["rr.arets_resultat/2024"].värde == exempel.fakta["rr.arets_resultat/2024"].värde
    assert bok.fakta["rr.arets_resultat/2025"].värde is None
    assert [f.kod for f in bok.findings if f.nivå == "fel"] == ["C01"]


def test_a_file_of_another_year_before_is_refused(kopia: Callable[[], Path]) -> None:
    inputs = utan_bokföring(kopia)
    (inputs / FÖRBUND / "2025" / "foregaende.se").write_bytes(
        (INPUTS / "sofint" / "2020" / "bokforing.se").read_bytes()
    )
    svar = kör("kontrollera", FÖRBUND, "2025", "--inputs", inputs)
    assert svar.exit_code == 2
    assert "det är inte året före 2025" in svar.output
