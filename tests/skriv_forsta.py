"""Makes the pictures of docs/forsta_forbund.md: its steps, gone through on the start page in a browser.

    make bilder

They are of a copy of the project, with the export of the made-up förbund. What is another every time is not in them:
how long ago a file was changed, and when a run was made. Needs Chromium, LibreOffice and pdftoppm.
"""

from __future__ import annotations

import shutil
import sys
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from labserver import finsam_lab, fält, knapp
from skriv_galleri import DOCS, ROT, blad, sidor_i, uppslag

TILL = DOCS / "forsta"
BREDD = 1100
SLUG, ÅR = "provforbund", "2025"
EXPORT = ROT / "inputs/exempelforbundet/2025/bokforing.se"
LUGN = ".jp-DirListing-itemModified, .jp-id-modified { visibility: hidden; }"
RÄKNINGARNA = 8
"""The page of the draft that is shown beside its cover."""
TÅLAMOD = 180_000


def spara(bild: Image.Image, namn: str) -> None:
    """A picture of a step, as small as it can be and still be read."""
    TILL.mkdir(exist_ok=True)
    fil = TILL / f"{namn}.webp"
    bild.convert("RGB").save(fil, quality=72, method=6)
    print(f"{fil.relative_to(ROT)}: {bild.width} × {bild.height}, {fil.stat().st_size / 1000:.0f} kB")


def stegen(adress: str, sida: Page) -> None:
    """From the first sight of the start page to a draft."""

    def ta(namn: str, höjd: int) -> None:
        """What is seen now, from the top."""
        sida.add_style_tag(content=LUGN)
        sida.mouse.move(5, 5)
        sida.wait_for_timeout(700)
        bild = Image.open(BytesIO(sida.screenshot(animations="disabled", caret="hide")))
        spara(bild.crop((0, 0, BREDD, höjd)), namn)

    start = sida.locator(".finsam-start")
    sida.goto(adress)
    sida.locator(".fs-kor").wait_for()
    sida.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    ta("start", 640)

    sida.get_by_role("button", name="Visa knapparna").click()
    knapp(sida, "Kontrollera").wait_for()
    knapp(sida, "Nytt förbund …").click()
    fält(sida, "Kort namn för mappen").fill(SLUG)
    fält(sida, "Räkenskapsår").fill(ÅR)
    with sida.expect_file_chooser() as väljare:
        sida.locator(".finsam-start .fs-knapp", has_text="Välj årets export").click()
    väljare.value.set_files(EXPORT)
    expect(start).to_contain_text("Välj årets export (1)")
    ta("export", 700)

    knapp(sida, "Nästa").click()
    expect(start).to_contain_text("Steg 2 av 3")
    fält(sida, "Kort namn i rubriker").fill("Provförbundet")
    fält(sida, "Region").fill("Region Exempellän")
    fält(sida, "Kommuner").fill("Granvik, Hällsta, Mossby, Sjöede, Ängby")
    fält(sida, "Kommuner").press("Home")
    ta("vem", 760)

    knapp(sida, "Nästa").click()
    expect(start).to_contain_text("Steg 3 av 3")
    knapp(sida, "Lägg upp förbundet").click()
    knapp(sida, "Stäng").wait_for()
    expect(start.locator(".fs-lage")).to_contain_text("Rätta det som hindrar")
    ta("upplagt", 640)
    knapp(sida, "Stäng").click()

    text = sida.locator(".finsam-start .fs-grupp button", has_text="viktiga_forhallanden.md").first
    text.click()
    sida.locator(".jp-FileEditor .cm-content").wait_for()
    ta("text", 480)
    sida.locator(".lm-TabBar-tab", has_text="00_start.ipynb").first.click()

    knapp(sida, "Kontrollera").click()
    sida.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    knapp(sida, "Visa vad som hindrar").click()
    sida.wait_for_timeout(2_000)
    start.get_by_role("heading", name="2. Fynd").evaluate("e => e.scrollIntoView()")
    ta("kontrollera", 760)

    knapp(sida, "Gör utkast").click()
    expect(start).to_contain_text("Den är märkt UTKAST")
    knapp(sida, "PDF").first.wait_for()
    sida.locator(".jp-WindowedPanel-outer").first.evaluate("e => { e.scrollTop = 0 }")
    ta("utkast", 590)


def main() -> None:
    """All of them."""
    if saknas := [namn for namn in ("pdftoppm", "chromium", "soffice") if not shutil.which(namn)]:
        sys.exit(f"Bilderna behöver {', '.join(saknas)}.")
    with TemporaryDirectory() as tom, sync_playwright() as p:
        mapp, projekt = Path(tom), Path(tom) / "finsam"
        projekt.mkdir()
        for del_ in ("inputs", "notebooks", "docs"):
            shutil.copytree(ROT / del_, projekt / del_)
        for fil in ("README.md", "CHANGES.md", "starta.cmd", "starta.sh"):
            shutil.copy(ROT / fil, projekt)
        webbläsare = p.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu", "--lang=sv-SE"]
        )
        sida = webbläsare.new_page(viewport={"width": BREDD, "height": 900}, locale="sv-SE")
        sida.set_default_timeout(TÅLAMOD)
        expect.set_options(timeout=TÅLAMOD)
        with finsam_lab(projekt, mapp) as adress:
            stegen(adress, sida)
        webbläsare.close()
        spara(blad(projekt / f"inputs/{SLUG}/{ÅR}/underlag.xlsx", mapp)[1], "arbetsbok")
        pdf = projekt / f"outputs/{SLUG}/{ÅR}/arsredovisning/arsredovisning.pdf"
        sidor = sidor_i(pdf, 62, mapp)
        spara(uppslag([sidor[0], sidor[RÄKNINGARNA - 1]], 2), "pdf")


if __name__ == "__main__":
    main()
