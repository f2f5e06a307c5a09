"""What the program loads: nothing slow that nobody asked for."""

import subprocess
import sys

import pytest

import finsam
from facit import INPUTS
from prov import urval


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


TUNGA = {"nbformat", "papermill", "nbconvert", "jsonschema", "IPython", "matplotlib", "pandas", "typst", "pikepdf"}
TUNGA |= {"docx", "numpy", "openpyxl"}
"""What takes long to load, and only those commands may that make or show documents."""

KOMMANDON = {
    "--help": TUNGA | {"pydantic"},
    f"las {INPUTS}/sofint/2024/bokforing.se": TUNGA | {"pydantic"},
    f"kontrollera exempelforbundet 2025 --inputs {INPUTS}": TUNGA,
    f"status exempelforbundet 2025 --inputs {INPUTS}": TUNGA,
    f"status --inputs {INPUTS}": TUNGA,
    f"spar exempelforbundet 2025 rr.arets_resultat --inputs {INPUTS}": TUNGA,
}


EFTER_KOMMANDOT = """
import sys
from finsam.run.cli.kommandon import main
try:
    main({!r}, standalone_mode=False)
except SystemExit:
    pass
print(*{{n.partition(".")[0] for n in sys.modules}})
"""


@pytest.mark.parametrize("kommando", urval(KOMMANDON, list(KOMMANDON)[2]), ids=lambda k: k.split()[0].strip("-"))
def test_a_command_loads_no_more_than_it_needs(kommando: str) -> None:
    text = EFTER_KOMMANDOT.format(kommando.split())
    svar = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True)
    assert set(svar.stdout.splitlines()[-1].split()) & KOMMANDON[kommando] == set()


@pytest.mark.langsam
def test_the_grammars_of_jsonschema_are_not_built() -> None:
    namn = laddade("import finsam.run.skapa, finsam.run.avsnitt")
    assert "nbformat" in namn
    assert {"rfc3987_syntax", "lark", "nbconvert", "matplotlib"}.isdisjoint(namn)


@pytest.mark.langsam
def test_a_year_is_opened_without_what_notebooks_need() -> None:
    namn = laddade(f"import finsam; finsam.öppna('exempelforbundet', 2025, inputs={str(INPUTS)!r}).findings")
    assert "pydantic" in namn
    assert TUNGA.isdisjoint(namn)


def test_what_the_package_offers_is_shown_before_it_is_imported() -> None:
    laddat = "import sys, finsam; print(*dir(finsam), 'finsam.oppna' in sys.modules)"
    svar = subprocess.run([sys.executable, "-c", laddat], capture_output=True, text=True, check=True)
    assert svar.stdout.split() == ["__version__", "jämför", "öppna", "False"]
    assert all(hasattr(finsam, namn) for namn in dir(finsam))
