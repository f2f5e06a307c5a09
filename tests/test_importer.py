"""What the program loads: nothing slow that nobody asked for."""

import subprocess
import sys

PROV = "import sys, finsam.run.skapa, finsam.run.avsnitt; print(*sorted({n.partition('.')[0] for n in sys.modules}))"


KONTROLL = """
import sys, finsam
bok = finsam.öppna("exempelforbundet", 2025)
assert bok.findings and "diagram_kapital" in bok.tabeller
print(*sorted({n.partition('.')[0] for n in sys.modules}))
"""


def test_nothing_is_drawn_to_be_checked() -> None:
    laddade = subprocess.run(
        [sys.executable, "-c", KONTROLL], capture_output=True, text=True, check=True
    ).stdout.split()
    assert {"matplotlib", "pandas", "nbformat"}.isdisjoint(laddade)


def test_the_grammars_of_jsonschema_are_not_built() -> None:
    laddade = subprocess.run([sys.executable, "-c", PROV], capture_output=True, text=True, check=True).stdout.split()
    assert "nbformat" in laddade
    assert {"rfc3987_syntax", "lark"}.isdisjoint(laddade)
