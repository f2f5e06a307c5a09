"""What the program loads: nothing slow that nobody asked for."""

import subprocess
import sys

from facit import INPUTS


def laddade(program: str) -> set[str]:
    """The packages that a program has loaded when it has done its work."""
    text = f"import sys; {program}; print(*{{n.partition('.')[0] for n in sys.modules}})"
    return set(subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True).stdout.split())


def test_the_grammars_of_jsonschema_are_not_built() -> None:
    namn = laddade("import finsam.run.skapa, finsam.run.avsnitt")
    assert "nbformat" in namn
    assert {"rfc3987_syntax", "lark", "nbconvert", "matplotlib"}.isdisjoint(namn)


def test_a_year_is_opened_without_what_notebooks_need() -> None:
    namn = laddade(f"import finsam; finsam.öppna('exempelforbundet', 2025, inputs={str(INPUTS)!r}).findings")
    assert "openpyxl" in namn
    assert {"IPython", "nbformat", "matplotlib", "pandas"}.isdisjoint(namn)
