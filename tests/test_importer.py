"""What the program loads: nothing slow that nobody asked for."""

import subprocess
import sys

PROV = "import sys, finsam.run.skapa, finsam.run.avsnitt; print(*sorted({n.partition('.')[0] for n in sys.modules}))"


def test_the_grammars_of_jsonschema_are_not_built() -> None:
    laddade = subprocess.run([sys.executable, "-c", PROV], capture_output=True, text=True, check=True).stdout.split()
    assert "nbformat" in laddade
    assert {"rfc3987_syntax", "lark"}.isdisjoint(laddade)
