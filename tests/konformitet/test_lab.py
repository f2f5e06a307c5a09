"""A section opened and run in JupyterLab, in a browser, as an analyst does it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

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


def kör_allt(lab: str, miljö: BrowserContext, fil: str) -> Page:
    """A notebook opened, and all its cells asked to run."""
    sida = miljö.new_page()
    sida.set_default_timeout(60_000)
    sida.goto(f"{lab}lab/tree/{fil}.ipynb?token=prov")
    sida.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    sida.locator(".jp-NotebookPanel .jp-Cell").first.click()
    sida.get_by_role("menuitem", name="Run", exact=True).click()
    sida.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    return sida


def test_a_section_runs_in_jupyterlab(lab: str, chromium: Browser, exempel: Årsbok) -> None:
    före = summor(NOTEBOOKS)
    [rad] = [r for r in exempel.resultaträkning.json()[0]["rader"] if r["id"] == "arets_resultat"]
    with chromium.new_context(viewport={"width": 1280, "height": 900}) as miljö:
        sida = kör_allt(lab, miljö, "arsredovisning/20_resultatrakning")
        resultat = sida.locator(".jp-OutputArea-output tr", has_text="Årets resultat")
        expect(resultat.locator("th")).to_have_text("Årets resultat", timeout=60_000)
        expect(resultat.locator("td.tal")).to_have_text(rad["visat"])
        expect(resultat.locator("th")).to_have_css("font-weight", "600")
        expect(resultat.locator("td.tal").first).to_have_css("text-align", "right")
        expect(sida.locator(".jp-OutputArea-output .verktyg").first).to_be_hidden()
    assert summor(NOTEBOOKS) == före


def test_sliders_count_the_budget_again(lab: str, chromium: Browser) -> None:
    with chromium.new_context(viewport={"width": 1280, "height": 2400}) as miljö:
        sida = kör_allt(lab, miljö, "analys/medlemsbidrag")
        reglage = sida.locator(".jupyter-widgets .widget-readout")
        expect(reglage.first).to_have_text("2.00", timeout=60_000)
        bild = sida.locator(".jupyter-widgets svg[role=img]").first
        före = bild.get_attribute("aria-label")
        reglage.first.click()
        sida.keyboard.press("Control+a")
        sida.keyboard.type("5")
        sida.keyboard.press("Enter")
        expect(bild).not_to_have_attribute("aria-label", före or "")
        expect(bild).to_have_attribute("aria-label", re.compile("1\\s157\\s874,67"))


@pytest.mark.parametrize("namn", ["bokforing", "forbundsjamforelse"])
def test_an_analysis_runs_in_jupyterlab(lab: str, chromium: Browser, namn: str) -> None:
    with chromium.new_context(viewport={"width": 1280, "height": 1200}) as miljö:
        sida = kör_allt(lab, miljö, f"analys/{namn}")
        expect(sida.locator(".jp-OutputArea-output table").nth(2)).to_be_attached(timeout=60_000)
        assert (
            sida.locator(
                ".jp-OutputArea-output[data-mime-type*=error], .jp-RenderedText[data-mime-type*=stderr]"
            ).count()
            == 0
        )
