"""Sections in one process, where there are no forks: nothing of one is left for the next."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from facit import INPUTS, ROT
from finsam.model import belopp
from finsam.read.notebooks import Avsnitt, bara_visar, read_avsnitt
from finsam.run import verkstad
from finsam.run.avsnitt import fördela
from finsam.run.lage import Läge
from test_korning import SEKTIONER, gör_avsnitt, kör_så

ÖPPNAR = "import finsam\n\nbok = finsam.öppna(förbund, år)"

LÄMNAR = """
import builtins, os, sys, warnings
import matplotlib
import finsam.model.belopp as b
hemlig = builtins.hemlig = b.hemlig = 1
b.TKR = 7
os.environ['HEMLIG'] = '1'
os.chdir('/')
sys.path.append('/hemlig')
warnings.simplefilter('error')
matplotlib.rcParams['font.size'] = 99
"""
SER = """
import builtins, os, sys, warnings
import matplotlib
import finsam.model.belopp as b
[hasattr(builtins, 'hemlig'), hasattr(b, 'hemlig'), b.TKR == 7, 'HEMLIG' in os.environ, os.getcwd() == '/',
 '/hemlig' in sys.path, warnings.filters[0][0] == 'error', matplotlib.rcParams['font.size'] == 99,
 'hemlig' in globals(), len(In)]
"""


@pytest.fixture
def antal_processer(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Grows by each process that is started."""
    startade: list[object] = []
    göra = verkstad._Verkstad.__init__

    def räkna(själv: verkstad._Verkstad, rest: verkstad.Beställning) -> None:
        startade.append(rest)
        göra(själv, rest)

    monkeypatch.setattr(verkstad._Verkstad, "__init__", räkna)
    return startade


@pytest.mark.langsam
def test_what_a_section_leaves_ends_with_its_process(tmp_path: Path, antal_processer: list[object]) -> None:
    avsnitt = [gör_avsnitt(tmp_path, källa, namn=namn) for namn, källa in (("ett", LÄMNAR), ("tva", SER))]
    körda = kör_så("process", tmp_path / "ut", *avsnitt)
    assert körda["tva"].cells[-1].outputs[0].data["text/plain"] == f"[{'False, ' * 9}4]".replace("\n", "")
    assert len(antal_processer) == 2


@pytest.mark.langsam
def test_the_programs_own_sections_share_a_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, antal_processer: list[object]
) -> None:
    monkeypatch.setenv("FINSAM_INPUTS", str(INPUTS))
    namn = ("20_resultatrakning", "30_balansrakning", "40_kassaflodesanalys")
    avsnitt = [Avsnitt(ett, SEKTIONER / f"{ett}.ipynb") for ett in namn]
    i_process = kör_så("process", tmp_path / "ut", *avsnitt)
    assert len(antal_processer) == 1
    assert i_process == kör_så("grenar", tmp_path / "grenar", *avsnitt)


@pytest.mark.langsam
def test_code_of_its_own_after_sections_that_only_show_has_a_shell_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, antal_processer: list[object]
) -> None:
    monkeypatch.setenv("FINSAM_INPUTS", str(INPUTS))
    egen = gör_avsnitt(tmp_path, "sorted(globals()), __doc__, In[1:], Out, _")
    visar = (Avsnitt(ett, SEKTIONER / f"{ett}.ipynb") for ett in ("20_resultatrakning", "30_balansrakning"))
    avsnitt = (*visar, egen)
    assert kör_så("process", tmp_path / "ut", *avsnitt) == kör_så("grenar", tmp_path / "grenar", *avsnitt)
    assert len(antal_processer) == 1


def test_a_fork_is_shared_by_sections_that_only_show(tmp_path: Path) -> None:
    egen = gör_avsnitt(tmp_path, "import os")
    trasig = gör_avsnitt(tmp_path, "1", namn="trasig")
    trasig.fil.write_text("{}")
    våra = [Avsnitt(ett, SEKTIONER / f"{ett}.ipynb") for ett in ("10_forvaltningsberattelse", "20_resultatrakning")]
    sist = Avsnitt("noter", SEKTIONER / "60_noter.ipynb")
    assert fördela((*våra, egen, trasig, sist), 2) == [(våra[0],), (våra[1], sist), (egen,), (trasig,)]


def test_a_fork_that_is_another_is_not_used_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FINSAM_INPUTS", str(INPUTS))
    namn = ("20_resultatrakning", "30_balansrakning", "40_kassaflodesanalys")
    avsnitt = [Avsnitt(ett, SEKTIONER / f"{ett}.ipynb") for ett in namn]
    delad = kör_så("grenar", tmp_path / "delad", *avsnitt)
    monkeypatch.setattr(Läge, "står_kvar", lambda _: False)  # nothing is ever as it was
    assert kör_så("grenar", tmp_path / "egen", *avsnitt) == delad


VISAR = {
    "bok.noter": True,
    "bok.text('forord')": True,
    "bok.noter['kostnader']": True,
    "# en anmärkning\nbok.noter": True,
    "bok.noter;": False,
    "bok.noter\nbok.insatser": False,
    "bok._hemlig": False,
    "bok.år.förbund": False,
    "bok = 1": False,
    "open('fil', 'w')": False,
    "bok.text(str(1))": False,
    "%cd /": False,
    "import os": False,
    "": False,
}


@pytest.mark.parametrize("källa", VISAR)
def test_code_that_only_shows(källa: str) -> None:
    assert (bara_visar(["förbund = 'x'\når = 1", ÖPPNAR, källa]) is not None) is VISAR[källa]


@pytest.mark.parametrize(
    "celler",
    [
        ["förbund = print(1)", ÖPPNAR],
        ["förbund = 'x'", "import finsam\nbok = finsam.öppna(förbund, år)\nx = 1"],
        ["förbund = 'x'", "import os as finsam\nbok = finsam.öppna(förbund, år)"],
        ["förbund = 'x'", "import finsam\nbok = finsam.öppna(förbund, år, inputs='/')"],
        ["förbund = 'x'", "import finsam\nbok.x = finsam.öppna(förbund, år)"],
        ["förbund = 'x'", "bok.noter"],
        [],
    ],
)
def test_code_that_begins_with_something_else(celler: list[str]) -> None:
    assert bara_visar(celler) is None


def test_every_section_of_ours_only_shows() -> None:
    import finsam
    from finsam.run.notebook import read_notebook

    for rapport, år in (("arsredovisning", 2025), ("verksamhetsplan", 2026)):
        förbund = finsam.öppna("exempelforbundet", år, rapport, inputs=INPUTS).år.förbund
        for del_ in read_avsnitt(rapport, förbund, ROT / "notebooks"):
            kod = [cell.source for cell in read_notebook(del_.fil).cells if cell.cell_type == "code"]
            assert bara_visar(kod), del_.namn


ÄNDRINGAR: dict[str, Callable[[pytest.MonkeyPatch], object]] = {
    "miljö": lambda m: m.setenv("HEMLIG", "1"),
    "mapp": lambda m: m.chdir("/"),
    "sökväg": lambda m: m.syspath_prepend("/hemlig"),
    "varningar": lambda m: m.setattr(warnings, "filters", [("error", None, Warning, None, 0), *warnings.filters]),
    "en modul": lambda m: m.setattr(belopp, "TKR", 7),
    "något nytt i en modul": lambda m: m.setattr(belopp, "hemlig", 1, raising=False),
    "det inbyggda": lambda m: m.setattr("builtins.hemlig", 1, raising=False),
    "bilderna": lambda m: m.setitem(sys.modules["matplotlib"].rcParams, "font.size", 99),
}


@pytest.mark.parametrize("ändring", ÄNDRINGAR)
def test_a_process_that_is_another_is_not_used_again(monkeypatch: pytest.MonkeyPatch, ändring: str) -> None:
    import matplotlib  # noqa: F401

    läge, mapp = Läge.nu(), os.getcwd()
    assert läge.står_kvar()
    with monkeypatch.context() as m:
        ÄNDRINGAR[ändring](m)
        assert not läge.står_kvar()
    assert os.getcwd() == mapp


def test_what_a_section_loads_is_there_from_then_on(monkeypatch: pytest.MonkeyPatch) -> None:
    läge = Läge.nu()
    monkeypatch.setitem(sys.modules, "finsam.ny", ny := ModuleType("finsam.ny"))
    assert läge.står_kvar()
    monkeypatch.setattr(ny, "hemlig", 1, raising=False)
    assert not läge.står_kvar()


def test_what_a_section_takes_away_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "finsam.ny", ModuleType("finsam.ny"))
    läge = Läge.nu()
    monkeypatch.delitem(sys.modules, "finsam.ny")
    assert not läge.står_kvar()
