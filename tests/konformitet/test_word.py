"""The working copy in LibreOffice: it opens, says what it is on every page, and no figure is broken in two."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from konformitet.dokument import RAPPORTER, Dokument
from konformitet.test_xlsx import överskrivna
from konformitet.verktyg import kräv

pytestmark = pytest.mark.konformitet


@pytest.fixture(scope="module")
def utskrivna(alla: dict[str, Dokument], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The working copies on paper."""
    kräv("soffice")
    mapp = tmp_path_factory.mktemp("word")
    ut = {}
    for rapport, dokument in alla.items():
        fil = dokument.katalog / f"{dokument.katalog.name}.docx"
        val = ["--headless", f"-env:UserInstallation={(mapp / 'profil').as_uri()}", "--convert-to", "pdf"]
        subprocess.run(["soffice", *val, "--outdir", mapp / rapport, fil], capture_output=True, check=True, timeout=180)
        ut[rapport] = mapp / rapport / f"{fil.stem}.pdf"
    return ut


@pytest.mark.parametrize("rapport", RAPPORTER)
def test_every_page_says_that_it_is_a_working_copy(
    rapport: str, utskrivna: dict[str, Path], alla: dict[str, Dokument]
) -> None:
    text = subprocess.run(["pdftotext", "-layout", utskrivna[rapport], "-"], capture_output=True, check=True).stdout
    sidor = text.decode().removesuffix("\f").split("\f")
    assert 5 < len(sidor) < 40
    for nr, sida in enumerate(sidor, 1):
        assert sida.split()[0] == "Arbetskopia,"
        assert f"Sida {nr} av {len(sidor)}" in sida
    rader = [
        rad for tabell in alla[rapport].rapport["tabeller"] if tabell["form"] == "tabell" for rad in tabell["rader"]
    ]
    tal = {visat for rad in rader for visat in rad["visat"] if re.fullmatch("−?\\d{1,3}(\u00a0\\d{3})+", visat)}
    ord_ = " ".join(text.decode().replace("\u00a0", " ").split())
    assert len(tal) > 20
    assert [ett for ett in tal if ett.replace("\u00a0", " ") not in ord_] == []


@pytest.mark.parametrize("rapport", RAPPORTER)
def test_nothing_stands_on_anything_else(rapport: str, utskrivna: dict[str, Path]) -> None:
    assert överskrivna(utskrivna[rapport]) == []
