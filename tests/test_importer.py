"""What the program loads: nothing slow that nobody asked for."""

import subprocess
import sys

import pytest

import finsam
from facit import INPUTS


def laddade(program: str) -> set[str]:
    """The packages that a program has loaded when it has done its work."""
    text = f"import sys; {program}; print(*{{n.partition('.')[0] for n in sys.modules}})"
    return set(subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True).stdout.split())


KONTROLL = """
import sys, finsam
bok = finsam.öppna("exempelforbundet", 2025)
assert bok.findings and "diagram_kapital" in bok.tabeller
print(*sorted({n.partition('.')[0] for n in sys.modules}))
"""


@pytest.mark.langsam
def test_nothing_is_drawn_to_be_checked() -> None:
    laddade = subprocess.run(
        [sys.executable, "-c", KONTROLL], capture_output=True, text=True, check=True
    ).stdout.split()
    assert {"matplotlib", "pandas", "nbformat"}.isdisjoint(laddade)


@pytest.mark.langsam
def test_the_grammars_of_jsonschema_are_not_built() -> None:
    namn = laddade("import finsam.run.skapa, finsam.run.avsnitt")
    assert "nbformat" in namn
    assert {"rfc3987_syntax", "lark", "nbconvert", "matplotlib"}.isdisjoint(namn)


def test_a_year_is_opened_without_what_notebooks_need() -> None:
    namn = laddade(f"import finsam; finsam.öppna('exempelforbundet', 2025, inputs={str(INPUTS)!r}).findings")
    assert "openpyxl" in namn
    assert {"IPython", "nbformat", "matplotlib", "pandas"}.isdisjoint(namn)


def test_what_the_package_offers_is_shown_before_it_is_imported() -> None:
    laddat = "import sys, finsam; print(*dir(finsam), 'finsam.oppna' in sys.modules)"
    svar = subprocess.run([sys.executable, "-c", laddat], capture_output=True, text=True, check=True)
    assert svar.stdout.split() == ["__version__", "öppna", "False"]
    assert all(hasattr(finsam, namn) for namn in dir(finsam))
