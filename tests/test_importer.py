"""What the program loads: nothing slow that nobody asked for."""

import subprocess
import sys

import finsam

PROV = "import sys, finsam.run.skapa, finsam.run.avsnitt; print(*sorted({n.partition('.')[0] for n in sys.modules}))"


def test_the_grammars_of_jsonschema_are_not_built() -> None:
    laddade = subprocess.run([sys.executable, "-c", PROV], capture_output=True, text=True, check=True).stdout.split()
    assert "nbformat" in laddade
    assert {"rfc3987_syntax", "lark"}.isdisjoint(laddade)


def test_what_the_package_offers_is_shown_before_it_is_imported() -> None:
    laddat = "import sys, finsam; print(*dir(finsam), 'finsam.oppna' in sys.modules)"
    svar = subprocess.run([sys.executable, "-c", laddat], capture_output=True, text=True, check=True)
    assert svar.stdout.split() == ["__version__", "öppna", "False"]
    assert all(hasattr(finsam, namn) for namn in dir(finsam))
