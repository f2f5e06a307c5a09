"""A section opened and run in JupyterLab, in a browser, as an analyst does it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from facit import INPUTS, ROT
from finsam.report.arsbok import Årsbok
from konformitet.dokument import summor

pytestmark = [pytest.mark.konformitet, pytest.mark.webblasare]

NOTEBOOKS = ROT / "notebooks"
VAL = (
    "--no-browser",
    "--allow-root",
    "--port=0",
    "--ServerApp.token=prov",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
)


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[str]:
    """The address of a JupyterLab on a copy of the notebooks."""
    mapp, körtid = tmp_path / "notebooks", tmp_path / "runtime"
    shutil.copytree(NOTEBOOKS, mapp)
    jupyter = {f"JUPYTER_{namn}_DIR": str(tmp_path / namn.lower()) for namn in ("RUNTIME", "CONFIG", "DATA")}
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", *VAL, f"--ServerApp.root_dir={mapp}"],
        env={**os.environ, **jupyter, "FINSAM_INPUTS": str(INPUTS), "PYTHONPATH": str(ROT / "lib")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield _adress(server, körtid)
    finally:
        server.terminate()
        server.wait(30)


def _adress(server: subprocess.Popen[bytes], körtid: Path) -> str:
    """Where the server listens, once it does."""
    for _ in range(300):
        for fil in körtid.glob("jpserver-*.json"):
            return str(json.loads(fil.read_text("utf-8"))["url"])
        assert server.poll() is None, "JupyterLab startade inte"
        time.sleep(0.2)
    pytest.fail("JupyterLab svarade inte inom en minut")


def test_a_section_runs_in_jupyterlab(lab: str, chromium: Browser, exempel: Årsbok) -> None:
    före = summor(NOTEBOOKS)
    [rad] = [r for r in exempel.resultaträkning.json()[0]["rader"] if r["id"] == "arets_resultat"]
    with chromium.new_context(viewport={"width": 1280, "height": 900}) as miljö:
        sida = miljö.new_page()
        sida.set_default_timeout(60_000)
        sida.goto(f"{lab}lab/tree/arsredovisning/20_resultatrakning.ipynb?token=prov")
        sida.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
        sida.locator(".jp-NotebookPanel .jp-Cell").first.click()
        sida.get_by_role("menuitem", name="Run", exact=True).click()
        sida.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        resultat = sida.locator(".jp-OutputArea-output tr", has_text="Årets resultat")
        expect(resultat.locator("th")).to_have_text("Årets resultat", timeout=60_000)
        expect(resultat.locator("td.tal")).to_have_text(rad["visat"])
    assert summor(NOTEBOOKS) == före
