"""Noter whose figures are given and not made of konton: by data alone."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

import finsam
from facit import jämför
from finsam.checks.kontrollera import KONTROLLER, kontrollera_en
from finsam.model.forbund import LAGENS_RADER, Not
from finsam.report.arsbok import Årsbok
from finsam.statements.redovisning import redovisa
from prov import urval

INPUTS = Path(__file__).parents[1] / "inputs"
FACIT = Path(__file__).parent / "givna_noter"
FALL = sorted(fil.stem for fil in FACIT.glob("*.yml"))


@pytest.fixture
def bok(request: pytest.FixtureRequest, tmp_path: Path) -> Årsbok:
    """exempelforbundet with another last note."""
    mapp = tmp_path / "exempelforbundet"
    shutil.copytree(INPUTS / "exempelforbundet", mapp)
    text = (mapp / "forbund.yml").read_text("utf-8")
    sista = "  - {id: panter, rubrik: Panter och ansvarsförbindelser}\n"
    assert sista in text
    ny = (FACIT / f"{request.param}.yml").read_text("utf-8")
    (mapp / "forbund.yml").write_text(text.replace(sista, ny), "utf-8")
    return finsam.öppna("exempelforbundet", 2025, inputs=tmp_path)


@pytest.mark.parametrize("bok", urval(FALL, *list(FALL)[:2]), indirect=True)
def test_a_note_of_given_figures(bok: Årsbok, request: pytest.FixtureRequest) -> None:
    not_ = list(bok.noter)[-1]
    tabell = bok.noter[not_]
    [data] = tabell.json()
    rader = [f"{data['rubrik']}, {data['enhet']}: {' '.join(data['kolumner'])}"]
    rader += [f"{rad['etikett']}: {' | '.join(rad['visat'])}" for rad in data["rader"]]
    rader += [f"{f.kod} {f.nivå}: {f.text}" for f in bok.findings if f.kod in ("C04", "C25") and f.nivå != "ok"]
    jämför("\n".join(rader), FACIT / f"{request.node.callspec.params['bok']}.txt")
    assert tabell.html() in bok.noter.html()


def test_the_rows_that_the_law_asks_for() -> None:
    assert Not(id="revision", rubrik="Revision").rader == LAGENS_RADER["revision"]
    egen = {"id": "arvode", "etikett": "Arvode"}
    assert [rad.id for rad in Not.model_validate({"id": "revision", "rubrik": "R", "rader": [egen]}).rader] == [
        "arvode"
    ]


def test_what_a_tillgång_is_worth_is_known_without_the_year_that_led_to_it() -> None:
    """A list that has only the closing balances of the year before has no movements of it, but what they came to."""
    år = finsam.öppna("tvealven", 2025, inputs=INPUTS).år
    förra = replace(år.bokföring.år[-1], ib={})
    r = redovisa(replace(år, bokföring=replace(år.bokföring, år={**år.bokföring.år, -1: förra})))
    assert r.fakta["anlaggning.materiella.inkop/2024"].värde is None
    assert r.fakta["not.anlaggning.summa/2024"].värde == r.fakta["br.materiella/2024"].värde != 0
    [c04] = [f.nivå for kontroll in KONTROLLER if kontroll.kod == "C04" for f in kontrollera_en(kontroll, r)]
    assert c04 == "ok"
