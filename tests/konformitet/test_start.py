"""`finsam lab` in a browser, as an ekonom has it: a page that reads without a kernel, then its buttons."""

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
from playwright.sync_api import Browser, Locator, Page, expect

from facit import INPUTS, ROT

pytestmark = [pytest.mark.konformitet, pytest.mark.webblasare]

TÅLAMOD = 120_000


@pytest.fixture(autouse=True)
def _tålamod() -> Iterator[None]:
    """A kernel that starts on a machine that has much to do takes its time."""
    expect.set_options(timeout=TÅLAMOD)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def projekt(tmp_path: Path) -> Path:
    """A folder with the made-up förbund, of whose kontoplan a row is missing."""
    shutil.copytree(INPUTS / "exempelforbundet", tmp_path / "projekt/inputs/exempelforbundet")
    plan = tmp_path / "projekt/inputs/exempelforbundet/kontoplan.csv"
    rader = plan.read_text("utf-8").splitlines(keepends=True)
    plan.write_text("".join(rad for rad in rader if not rad.startswith("1631")), "utf-8")
    return tmp_path / "projekt"


@pytest.fixture
def adress(projekt: Path, tmp_path: Path) -> Iterator[str]:
    """What `finsam lab` says that one opens."""
    mappar = {namn: tmp_path / namn.lower() for namn in ("RUNTIME", "CONFIG", "DATA")}
    mappar["CONFIG"].mkdir()
    val = {"allow_root": True, "port": 0, "token": "prov"}
    (mappar["CONFIG"] / "jupyter_server_config.json").write_text(json.dumps({"ServerApp": val}), "utf-8")
    jupyter = {f"JUPYTER_{namn}_DIR": str(mapp) for namn, mapp in mappar.items()}
    server = subprocess.Popen(
        [sys.executable, "-m", "finsam", "lab", "--oppna-inte"],
        cwd=projekt,
        env={**os.environ, **jupyter, "PYTHONPATH": str(ROT / "lib")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield f"{_server(server, mappar['RUNTIME'])}lab/tree/outputs/00_start.ipynb?token=prov"
    finally:
        server.terminate()
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()


def _server(server: subprocess.Popen[bytes], körtid: Path) -> str:
    """Where it listens, once it does."""
    for _ in range(600):
        for fil in körtid.glob("jpserver-*.json"):
            if text := fil.read_text("utf-8"):  # it is there before it is written
                return str(json.loads(text)["url"])
        assert server.poll() is None, "finsam lab startade inte"
        time.sleep(0.2)
    pytest.fail("finsam lab svarade inte")


def knapp(sida: Page, ord_: str) -> Locator:
    """A button of the page's."""
    return sida.locator(".finsam-start .jupyter-button").filter(has_text=re.compile(f"^{re.escape(ord_)}$"))


def test_a_year_from_the_checklist_to_a_draft(adress: str, projekt: Path, chromium: Browser) -> None:
    # without a kernel: none can be started, and the page is there to read
    with chromium.new_context(viewport={"width": 1280, "height": 1000}) as miljö:
        sida = miljö.new_page()
        sida.set_default_timeout(TÅLAMOD)
        sida.route("**/api/kernels**", lambda väg: väg.abort())
        sida.route("**/api/sessions**", lambda väg: väg.abort())
        sida.goto(adress)
        start = sida.locator(".finsam-start")
        expect(start).to_contain_text("Rätta det som hindrar.")
        expect(start).to_contain_text("773 verifikationer")
        expect(start).to_contain_text("Konto 1631 Skattekonto saknas i kontoplanen.")
        expect(start.locator(".fs-tecken").first).to_be_visible()  # signed, so it is shown as it is
        assert sida.locator(".finsam-start .jupyter-button").count() == 0
        expect(sida.locator(".jp-InputArea-editor")).to_be_hidden()

    with chromium.new_context(viewport={"width": 1280, "height": 1000}) as miljö:
        sida = miljö.new_page()
        sida.set_default_timeout(TÅLAMOD)
        sida.goto(adress)
        sida.get_by_role("button", name="Visa knapparna").click()
        knapp(sida, "Kontrollera").wait_for()
        expect(sida.get_by_text("Would you like")).to_have_count(0)

        knapp(sida, "Kontrollera").click()
        start = sida.locator(".finsam-start")
        hinder = start.locator(".fs-grupp").filter(has_text="Konto 1631 Skattekonto")
        expect(hinder).to_be_visible()
        expect(hinder).to_contain_text("C01")
        hinder.get_by_role("button", name="kontoplan.csv").click()
        expect(sida.locator(".jp-FileEditor .cm-content")).to_contain_text("not_rad")
        sida.locator(".lm-TabBar-tab", has_text="00_start.ipynb").first.click()

        knapp(sida, "Gör utkast").click()
        expect(start.locator("[role=progressbar]")).to_be_visible()
        expect(start).to_contain_text("Den är märkt UTKAST")
        for ord_ in ("PDF", "Webbsida", "Arbetsbok"):
            expect(knapp(sida, ord_).first).to_be_visible()
        expect(start.locator(".fs-korning")).to_contain_text("Utkast, 1 hindrar")
        assert (projekt / "outputs/exempelforbundet/2025/arsredovisning/arsredovisning.pdf").is_file()
        assert not (projekt / "notebooks").exists()
