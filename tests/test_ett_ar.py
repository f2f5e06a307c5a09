"""*Ett år med finsam* and *Ert första förbund* are gone through: their commands, in their order, as they stand."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from facit import INPUTS, ROT

EXEMPEL = "exempelforbundet"
UTKAST, KLART = 1, 0
VÄNTAT = {
    f"finsam nytt {EXEMPEL} 2025 verksamhetsplan": KLART,
    f"finsam kontrollera {EXEMPEL} 2025 verksamhetsplan": UTKAST,
    f"finsam skapa {EXEMPEL} 2025 verksamhetsplan": UTKAST,
    f"finsam nytt {EXEMPEL} 2025 --bokforing export.se": KLART,
    f"finsam kontrollera {EXEMPEL} 2025": UTKAST,
}
"""How those end that come before the ekonom has filled in what the year needs; all after it end well."""


PROV = "provforbund"
FÖRSTA = {f"finsam kontrollera {PROV} 2025": UTKAST, f"finsam skapa {PROV} 2025": UTKAST}
SVAR = ("", "Provförbundet", "", "", "Region Exempellän", "Granvik, Hällsta, Mossby, Sjöede, Ängby")
"""What she answers `finsam nytt`: Enter for what the export says."""


def kommandon(dokument: str) -> list[str]:
    return re.findall(r"^    (finsam .+)$", (ROT / "docs" / dokument).read_text("utf-8"), re.MULTILINE)


def kör(kommando: str, mapp: Path, väntat: int, *val: str, svar: str = "") -> str:
    körd = subprocess.run(
        [sys.executable, "-m", "finsam", *shlex.split(kommando)[1:], *val],
        cwd=mapp,
        input=svar,
        capture_output=True,
        text=True,
        check=False,
    )
    assert körd.returncode == väntat, kommando + körd.stdout + körd.stderr
    return körd.stdout


def fyll_i(år: Path) -> None:
    """What she does by hand: the sheets and the texts of the example, as they are when its year is done."""
    for fil in (INPUTS / EXEMPEL / "2025").rglob("*"):
        if fil.is_file():
            shutil.copy(fil, år / fil.relative_to(INPUTS / EXEMPEL / "2025"))
    for fil in [*år.glob("vp_*"), *(år / "text").glob("vp_*")]:
        fil.unlink()


@pytest.mark.langsam
def test_the_year_can_be_gone_through_as_it_is_written(tmp_path: Path) -> None:
    shutil.copytree(INPUTS / EXEMPEL, tmp_path / "inputs" / EXEMPEL)
    for år in ("2025", "2026"):
        shutil.rmtree(tmp_path / "inputs" / EXEMPEL / år)
    shutil.copy(INPUTS / EXEMPEL / "2025/bokforing.se", tmp_path / "export.se")
    körda = set()
    for kommando in kommandon("ett_ar.md"):
        kör(kommando, tmp_path, VÄNTAT.get(kommando, KLART))
        körda.add(kommando)
        if kommando == f"finsam kontrollera {EXEMPEL} 2025":
            fyll_i(tmp_path / "inputs" / EXEMPEL / "2025")
    assert körda >= set(VÄNTAT)
    ut = tmp_path / "outputs" / EXEMPEL / "2025/arsredovisning"
    assert (ut / "arsredovisning.pdf").exists()
    assert (tmp_path / "inputs" / EXEMPEL / "2025/plomb.json").exists()
    assert (tmp_path / "inputs" / EXEMPEL / "2026/underlag.xlsx").exists()


@pytest.mark.langsam
def test_the_first_forbund_is_made_as_it_is_written(tmp_path: Path) -> None:
    shutil.copytree(INPUTS / EXEMPEL, tmp_path / "inputs" / EXEMPEL)
    sagt = {}
    for kommando in kommandon("forsta_forbund.md"):
        frågar = ("--fraga",) if " nytt " in kommando else ()
        sagt[kommando] = kör(kommando, tmp_path, FÖRSTA.get(kommando, KLART), *frågar, svar="\n".join((*SVAR, "")))
    assert sagt.keys() > FÖRSTA.keys()
    lagt_upp = next(text for kommando, text in sagt.items() if " nytt " in kommando)
    assert "Skapade 22 filer" in lagt_upp  # as the alternative text of a picture says
    assert "Hindrar: 11 fel" in sagt[f"finsam kontrollera {PROV} 2025"]
    assert "kortnamn: Provförbundet" in (tmp_path / "inputs" / PROV / "forbund.yml").read_text("utf-8")
    assert (tmp_path / "outputs" / PROV / "2025/arsredovisning/arsredovisning.pdf").exists()


def test_the_first_start_says_what_is_written() -> None:
    text = (ROT / "docs/forsta_forbund.md").read_text("utf-8")
    program = "".join(
        (ROT / fil).read_text("utf-8") for fil in ("lib/starta.py", "starta.cmd", "lib/finsam/run/cli/lab.py")
    )
    for rad in (
        "Ställer i ordning finsam (en gång, ett par minuter) ...",
        "Läser underlaget och öppnar JupyterLab. Avsluta med Ctrl-C här.",
        "Hittar inte Python",
        "Paketen kunde inte hämtas",
        "är för gammal",
        "Hämtar paket",
    ):
        assert rad in text and rad in program, rad
    antal = len(re.findall(r"^[\w.-]+==", (ROT / "requirements.lock").read_text("utf-8"), re.MULTILINE))
    assert f"av {antal}\n" in text
