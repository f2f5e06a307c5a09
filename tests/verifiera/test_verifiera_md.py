"""Every command of docs/verifiera.md is run as it stands, in order, from a folder that holds the package alone."""

from __future__ import annotations

import re
import shlex
import shutil
import zipfile
from pathlib import Path

import pytest

from conftest import kör
from facit import ROT
from finsam.run.omkorning import read_paket

SVARAR = {
    "finsam verifiera sofint-2024-arsredovisning.zip": "nivå 1  Fakta: alla ",
    "finsam verifiera .": "Allt stämmer.",
    "finsam spar sofint 2024 rr.arets_resultat": "rr.arets_resultat/2024: 118 764 kr",
    "finsam spar sofint 2024 br.fordringar/2023": "br.fordringar/2023",
    "finsam kontrollera sofint 2024 --utforligt": "✓ C27  ",
    "finsam plombera sofint 2024 --visa": "sofint 2024 är inte plomberat.",
}


def kommandon() -> list[str]:
    text = (ROT / "docs" / "verifiera.md").read_text("utf-8")
    return re.findall(r"^    (\S.*)$", text, re.MULTILINE)


@pytest.mark.langsam
def test_every_command_is_run_as_documented(paket: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The run is not made again here; test_paket.py does that with the same command."""
    monkeypatch.setattr("finsam.run.omkorning._kör_om", lambda *_: read_paket(paket))
    shutil.copy(paket, tmp_path)
    monkeypatch.chdir(tmp_path)
    körda = []
    for rad in kommandon():
        program, *ord_ = shlex.split(rad)
        match program:
            case "finsam":
                svar = kör(*ord_)
                assert svar.exit_code == 0, svar.output
                assert SVARAR[rad] in svar.output.replace("\u00a0", " ")
                körda.append(rad)
            case "python":
                assert ord_[:3] == ["-m", "zipfile", "-e"]
                with zipfile.ZipFile(ord_[3]) as arkiv:
                    arkiv.extractall(ord_[4])
            case "cd":
                monkeypatch.chdir(ord_[0])
            case _:
                pytest.fail(f"okänt kommando i docs/verifiera.md: {rad}")
    assert körda == list(SVARAR)


def test_every_option_that_is_named_exists() -> None:
    text = (ROT / "docs" / "verifiera.md").read_text("utf-8") + (ROT / "docs" / "nytt_ar.md").read_text("utf-8")
    kommandon_ = ("skapa", "verifiera", "plombera", "spar", "stickprov", "kontrollera", "nytt", "las")
    finns = "".join(kör(ord_, "--help").output for ord_ in kommandon_)
    nämnda = set(re.findall(r"--[a-z][a-z-]+", text))
    assert {"--paket", "--niva", "--json", "--visa", "--oppna", "--skal"} <= nämnda
    assert [val for val in nämnda if val not in finns] == []
