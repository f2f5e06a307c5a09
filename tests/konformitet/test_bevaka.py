"""The page that follows, in a browser: what is changed is marked and scrolled to, without a new page."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from finsam.run.bevaka.server import Sidserver
from finsam.run.bevaka.tavla import Tavla

pytestmark = pytest.mark.webblasare

SIDA = """<!DOCTYPE html><html lang="sv"><head><title>t</title></head><body><header class="sida"><p>x</p></header>
<main id="innehall"><h2>Ett</h2>{}<ul><li>a</li></ul><p>{}</p></main>
<footer class="sida"><p>f</p></footer></body></html>"""
FYLLNAD = "<p>rad</p>" * 200


def test_what_is_changed_is_marked_and_scrolled_to(chromium: Browser, tmp_path: Path) -> None:
    tavla = Tavla()
    server = Sidserver(tavla, "r.html")
    with server.igång():
        sida = chromium.new_page()
        fel: list[str] = []
        sida.on("pageerror", lambda ett: fel.append(str(ett)))
        sida.goto(server.adress)
        sida.wait_for_selector("text=Läser underlaget")
        tavla.visa(sida=SIDA.format(FYLLNAD, "före").encode(), namn="r.html", svar="Talen prövas …", problem=())
        sida.wait_for_selector("text=före")
        sida.evaluate("window.samma = 1")
        tavla.visa(sida=SIDA.format(FYLLNAD, "efter").encode(), namn="r.html", svar="Talen prövas …", prövas=True)
        sida.wait_for_selector("text=efter")
        sida.evaluate("document.querySelector('h2').classList.add('gammal')")
        prövad = SIDA.format(FYLLNAD, "efter").replace("<p>x</p>", "<p>x, 244 kB</p>")
        tavla.visa(sida=prövad.encode(), namn="r.html", svar="Klart.", prövas=False)
        sida.wait_for_selector("text=244 kB")
        assert not sida.query_selector(".gammal")  # it is the new page
        assert sida.evaluate("window.samma") == 1
        assert sida.eval_on_selector_all(".finsam-andrad", "e => e.map(x => x.textContent)") == ["efter"]
        assert sida.evaluate("window.scrollY") > 500
        assert sida.eval_on_selector_all("#finsam-laget a", "e => e.map(x => x.textContent)") == ["Fynden", "PDF"]
        tavla.visa(svar="Går inte att läsa.", problem=("<b>rad 3</b>",))
        sida.wait_for_selector("#finsam-laget[data-hinder]")
        assert sida.text_content("#finsam-laget li") == "<b>rad 3</b>"
        assert sida.is_visible("text=efter")
        assert not fel
