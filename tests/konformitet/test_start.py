"""`finsam lab` in a browser, as an ekonom has it: a page that reads without a kernel, then its buttons."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from facit import INPUTS
from labserver import finsam_lab, knapp, välj_mörkt

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
    with finsam_lab(projekt, tmp_path) as öppnas:
        yield öppnas


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


def test_the_page_in_the_dark_and_with_the_keyboard(adress: str, tmp_path: Path, chromium: Browser) -> None:
    välj_mörkt(tmp_path)
    with chromium.new_context(viewport={"width": 1280, "height": 1000}) as miljö:
        sida = miljö.new_page()
        sida.set_default_timeout(TÅLAMOD)
        sida.goto(adress)
        expect(sida.locator("body[data-jp-theme-light=false]")).to_be_attached()
        sida.get_by_role("button", name="Visa knapparna").click()
        knapp(sida, "Kontrollera").wait_for()
        val = sida.locator(".finsam-start select").first
        bild = Image.open(BytesIO(val.screenshot())).convert("L")
        mörkast, ljusast = bild.crop((bild.width - 28, 6, bild.width - 4, bild.height - 6)).getextrema()
        assert mörkast < 40 < 180 < ljusast  # its arrow

        val.focus()
        i_ordning = []
        for _ in range(12):
            i_ordning.append(sida.evaluate("document.activeElement.textContent"))
            assert sida.evaluate("getComputedStyle(document.activeElement).outline").endswith("solid 3px")
            sida.keyboard.press("Tab")
        assert i_ordning[3:8] == ["Nytt år …", "Nytt förbund …", "Granska …", "Öppna mappen", "Kontrollera"]
