"""What holds where a year is opened: given by a run to its sections, and nothing of it elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from facit import INPUTS, ROT
from finsam.model.problem import Problem, UnreadableInput
from finsam.oppna import Sammanhang, gällande, i_sammanhang, öppna
from finsam.read.arsmapp import INPUTS_VARIABEL
from finsam.report.arsbok import Årsbok
from finsam.report.parametrar import check_parametrar

SOFINT = ("sofint", 2024, "arsredovisning")
VISA = "import finsam; b = finsam.öppna('sofint', 2024); print(b.år.förbund.slug, len(b.fakta) > 100)"


@pytest.fixture(autouse=True)
def tomt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has set anything."""
    monkeypatch.delenv(INPUTS_VARIABEL, raising=False)


def test_by_hand_there_is_none() -> None:
    assert gällande() == Sammanhang()


def test_a_section_gets_the_year_that_the_run_has_read(sofint: Årsbok) -> None:
    with i_sammanhang(Sammanhang(INPUTS, {SOFINT: sofint})):
        assert öppna("sofint", 2024) is sofint


def test_who_names_the_inputs_gets_them_read(sofint: Årsbok) -> None:
    with i_sammanhang(Sammanhang(INPUTS, {SOFINT: sofint})):
        assert öppna("sofint", 2024, inputs=INPUTS).redovisning is not sofint.redovisning
        with pytest.raises(UnreadableInput):
            öppna("finns-inte", 2024)


@pytest.mark.langsam
def test_a_process_that_is_started_has_its_environment(sofint: Årsbok, tmp_path: Path) -> None:
    with i_sammanhang(Sammanhang(INPUTS, {SOFINT: sofint})):
        miljö = {**os.environ, "PYTHONPATH": str(ROT / "lib")}
        kommando = [sys.executable, "-P", "-c", VISA]
        svar = subprocess.run(kommando, cwd=tmp_path, env=miljö, capture_output=True, text=True, check=True)
    assert svar.stdout == "sofint True\n"


def test_afterwards_all_is_as_it_was(sofint: Årsbok, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(INPUTS_VARIABEL, "/annat")
    före = dict(os.environ)
    with pytest.raises(RuntimeError), i_sammanhang(Sammanhang(INPUTS, {SOFINT: sofint})):
        assert os.environ[INPUTS_VARIABEL] == str(INPUTS)
        raise RuntimeError
    assert dict(os.environ) == före
    assert gällande() == Sammanhang(Path("/annat"))


@pytest.mark.parametrize(
    ("celler", "fel"),
    [
        ((), ""),
        (("år = 1", "# Parameters\når = 2"), ""),
        (("import finsam", "år = 1", "# Parameters\nar = 2"), "Okänd parameter: ar. Det som kan anges är år."),
        (("# Parameters\nar = 2",), ""),
    ],
)
def test_a_parameter_that_the_notebook_lacks_is_told(celler: tuple[str, ...], fel: str) -> None:
    if not fel:
        check_parametrar(celler)
        return
    with pytest.raises(UnreadableInput, match=fel):
        check_parametrar(celler)


def test_what_is_remarked_on_comes_to_the_checks_without_another_reading(sofint: Årsbok) -> None:
    före = len(sofint.findings)
    ny = sofint.med_anmärkningar([Problem("varning", "Texten säger något.", "text/x.md")])
    assert ny.fakta is sofint.fakta
    assert len(ny.findings) == före + 1
    assert any("Texten säger något." in f.text for f in ny.findings)
    assert len(sofint.findings) == före
