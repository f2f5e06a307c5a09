"""Noter whose figures are given and not made of konton: by data alone."""

import shutil
from pathlib import Path

import pytest

import finsam
from facit import jämför
from finsam.model.forbund import LAGENS_RADER, Not
from finsam.report.arsbok import Årsbok
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
