"""Reading `forbund.yml`: every message has a file that causes it, with the line to look at."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finsam.model.forbund import Förbund
from finsam.read.forbund import read_forbund
from prov import antal

FALL = Path(__file__).with_name("fall") / "forbund"
FIL = "forbund.yml"
HELT = {
    "namn": "Samordningsförbundet Exemplet",
    "kortnamn": "Exemplet",
    "orgnr": "2220001818",
    "påhittat": True,
    "medlemmar": [{"id": "nora", "namn": "Nora", "typ": "kommun"}],
    "organisation": [{"id": "styrelse", "namn": "Styrelse"}, {"id": "kansli", "namn": "Kansli", "under": "styrelse"}],
    "noter": [{"id": "intakter", "rubrik": "Intäkter", "rader": [{"id": "staten", "etikett": "Staten"}]}],
    "kostnadsfördelning": [],
    "driftredovisning": [{"id": "individ", "etikett": "Insatser", "av": ["-kostnad.individ"]}],
    "tecken": {"noter": "minus"},
    "etiketter": {"soliditet": "Soliditet"},
    "kapitaltak": {"steg": [{"andel": 0.25}]},
    "rapporter": {"arsredovisning": {"avsnitt": ["omslag"]}},
}


def läs(katalog: Path, text: str) -> tuple[Förbund | None, list[str]]:
    """Read a text as a forbund.yml."""
    (katalog / FIL).write_text(text, "utf-8")
    förbund, problem = read_forbund(katalog / FIL, "exemplet", FIL)
    return förbund, [str(ett) for ett in problem]


@pytest.mark.parametrize("fil", sorted(FALL.glob("*.yml")), ids=lambda fil: fil.stem)
def test_meddelande(fil: Path) -> None:
    förbund, problem = read_forbund(fil, "exemplet", FIL)
    assert "".join(f"{ett.nivå}: {ett}\n" for ett in problem) == fil.with_suffix(".txt").read_text("utf-8")
    assert (förbund is None) == any(ett.nivå == "fel" for ett in problem)


def test_a_whole_file(tmp_path: Path) -> None:
    förbund, problem = läs(tmp_path, "\ufeff" + yaml.safe_dump(HELT, allow_unicode=True))
    assert problem == []
    väntat = Förbund.model_validate({**HELT, "slug": "exemplet", "orgnr": "222000-1818"})
    assert förbund is not None
    assert förbund.model_dump() == väntat.model_dump()


def test_values_are_what_is_written(tmp_path: Path) -> None:
    """YAML's own guesses (no is false, 2025 a number, an empty value null) are not made."""
    data = {**HELT, "kortnamn": "KORTNAMN", "medlemmar": [{"id": "ID", "namn": "Nora", "typ": "kommun"}]}
    text = yaml.safe_dump(data, allow_unicode=True).replace("KORTNAMN", "2025").replace("ID", "no")
    förbund, problem = läs(tmp_path, f"{text}\nwebbplats:\n")
    assert problem == []
    assert förbund is not None
    assert (förbund.kortnamn, förbund.medlemmar[0].id, förbund.webbplats) == ("2025", "no", "")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    förbund, problem = read_forbund(tmp_path / FIL, "exemplet", FIL)
    assert (förbund, [str(ett) for ett in problem]) == (None, ["forbund.yml: Filen finns inte."])


@settings(max_examples=antal(10), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(nummer=st.integers(0, 10**9 - 1))
def test_one_check_digit_in_ten_is_right(nummer: int, tmp_path: Path) -> None:
    def rätt(siffra: int) -> bool:
        förbund, problem = läs(tmp_path, yaml.safe_dump({**HELT, "orgnr": f"{nummer:09}{siffra}"}, allow_unicode=True))
        assert förbund is not None
        assert förbund.orgnr.replace("-", "", 1) == f"{nummer:09}{siffra}"
        return problem == []

    assert [rätt(siffra) for siffra in range(10)].count(True) == 1


@settings(max_examples=antal(80), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_file_is_problems_not_a_traceback(data: st.DataObject, tmp_path: Path) -> None:
    text = yaml.safe_dump(HELT, allow_unicode=True)
    början = data.draw(st.integers(0, len(text)))
    nytt = data.draw(st.text(st.sampled_from("{}[]:-#&*!|>'\" \n\tab0~?,"), max_size=6))
    förbund, problem = läs(tmp_path, text[:början] + nytt + text[början + data.draw(st.integers(0, 30)) :])
    assert förbund is not None or problem
