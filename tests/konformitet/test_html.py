"""The page against HTML and WCAG 2.1 AA, in a browser: as wide as a screen and as narrow as a telephone."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser

from finsam.report.arsbok import Årsbok
from finsam.report.kontrollerat import KONTROLLSIDA
from finsam.report.utskrift import html_av
from konformitet import tabeller
from konformitet.dokument import Dokument, litet
from konformitet.verktyg import kräv, npm_fil

pytestmark = pytest.mark.konformitet

BREDD, SMAL = 1280, 320
BREDDER = (1440, 1024, 390, SMAL)
HÖGST_STOPP, MINSTA_GRAD = 60, 14
"""Stops of the tab key before the spår are asked for, and px of its letters."""
"""WCAG 2.1, 1.4.10: at 320 px nothing is read by scrolling sideways, but for tables, which scroll by themselves."""

REGLER = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "EN-301-549", "best-practice"]


@dataclass(frozen=True)
class Syn:
    """What the browser saw of a page."""

    brott: list[str]
    utanför: int
    konsol: list[str]
    hämtat: list[str]

    @property
    def ren(self) -> bool:
        return self == Syn([], 0, [], [])


@pytest.fixture(scope="session")
def se(chromium: Browser) -> Callable[[Path, int], Syn]:
    """Open a page at a width, judge it by axe-core, and note all it asks for beside itself."""
    axe = npm_fil("axe-core@4.14.1").read_text("utf-8")

    def öppna_och_se(fil: Path, bredd: int, läge: Literal["light", "dark"] = "light", plats: str = "") -> Syn:
        konsol: list[str] = []
        hämtat: list[str] = []
        with chromium.new_context(viewport={"width": bredd, "height": 900}, color_scheme=läge) as miljö:
            miljö.set_offline(True)
            sida = miljö.new_page()
            sida.on("console", lambda m: konsol.append(m.text))
            sida.on("pageerror", lambda fel: konsol.append(str(fel)))
            sida.on("request", lambda r: hämtat.append(r.url))
            sida.goto(fil.as_uri() + plats)
            utanför = sida.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            sida.evaluate(axe)
            dom = sida.evaluate("regler => axe.run(document, {runOnly: regler, resultTypes: ['violations']})", REGLER)
        brott = [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in dom["violations"]]
        return Syn(
            brott,
            utanför,
            konsol,
            [url for url in hämtat if url.partition("#")[0] != fil.as_uri() and url[:5] != "data:"],
        )

    return öppna_och_se


@pytest.mark.webblasare
@pytest.mark.parametrize("bredd", BREDDER)
def test_page_is_for_all(dokument: Dokument, bredd: int, se: Callable[[Path, int], Syn]) -> None:
    assert se(dokument.html, bredd) == Syn([], 0, [], [])


@pytest.mark.webblasare
@pytest.mark.parametrize(
    ("bredd", "läge", "plats"), [(1440, "dark", "#spar"), (SMAL, "light", "#spar"), (390, "dark", "")]
)
def test_dark_and_with_spår_it_is_too(
    alla: dict[str, Dokument], bredd: int, läge: str, plats: str, se: Callable[..., Syn]
) -> None:
    assert se(alla["exempel"].html, bredd, läge, plats) == Syn([], 0, [], [])


MÄT = """() => {
  const synlig = e => e.checkVisibility({visibilityProperty: true});
  const ord_ = [...document.querySelectorAll('body *')].filter(e => synlig(e) && !e.closest('.dold, [hidden]')
    && [...e.childNodes].some(n => n.nodeType == 3 && n.data.trim()));
  const skala = e => { const s = e.closest('figure svg');
    return s ? s.getBoundingClientRect().width / s.viewBox.baseVal.width : 1; };
  const stopp = 'a[href], button, input, select, summary, [tabindex]';
  const ytor = [...document.querySelectorAll('.tabell')].filter(synlig);
  return {
    minst: Math.min(...ord_.map(e => parseFloat(getComputedStyle(e).fontSize) * skala(e))),
    stopp: [...document.querySelectorAll(stopp)].filter(e => synlig(e) && e.tabIndex >= 0).length,
    utanfor: ytor.filter(y => y.scrollWidth > y.clientWidth && !y.matches('[tabindex]')
      && ![...y.querySelectorAll('[tabindex]')].some(synlig))
      .map(y => y.querySelector('table').id),
    rad: Math.max(...[...document.querySelectorAll('main > p')].map(e => e.getBoundingClientRect().width))
      / parseFloat(getComputedStyle(document.body).fontSize),
    hoger: ytor.filter(y => { y.scrollLeft = y.scrollWidth;
      const celler = [...y.querySelectorAll('tr:first-child > :not(.spar)')].at(-1).getBoundingClientRect();
      return celler.right > y.getBoundingClientRect().right + 0.5; }).map(y => y.querySelector('table').id),
  };
}"""


@pytest.mark.webblasare
@pytest.mark.parametrize("bredd", BREDDER)
def test_it_can_be_read_and_reached(dokument: Dokument, bredd: int, chromium: Browser) -> None:
    """Letters are not small, stops are few, lines are short, and the last column of each table is there: within its
    surface, which can be reached by the keyboard where it rolls.
    """
    with chromium.new_context(viewport={"width": bredd, "height": 900}) as miljö:
        sida = miljö.new_page()
        sida.goto(dokument.html.as_uri())
        mätt = sida.evaluate(MÄT)
    assert mätt["minst"] >= MINSTA_GRAD - 0.01
    assert mätt["stopp"] <= HÖGST_STOPP
    assert (mätt["utanfor"], mätt["hoger"]) == ([], [])
    assert mätt["rad"] <= 35.01  # 35 em is at most 66 letters of running text or so


@pytest.mark.webblasare
def test_a_row_opens_its_spår_in_place_without_a_script(alla: dict[str, Dokument], chromium: Browser) -> None:
    with chromium.new_context(java_script_enabled=False) as miljö:
        sida = miljö.new_page()
        sida.goto(alla["sofint"].html.as_uri())
        knapp = sida.get_by_role("button", name="Spår för Verksamhetens intäkter 2024").first
        assert sida.get_by_role("button").count() == 0
        sida.get_by_role("checkbox", name="Visa spår").check()
        knapp = sida.locator("#tabell-resultatrakning").get_by_role("button", name="Spår för Verksamhetens intäkter")
        knapp.click()
        spår = sida.locator('[id="spar-rr.verksamhetens_intakter/2024"]')
        assert spår.is_visible()
        rad, öppnat = knapp.bounding_box(), spår.bounding_box()
        assert rad and öppnat
        assert abs(öppnat["y"] - rad["y"]) < 500
        sida.keyboard.press("Escape")
        assert not spår.is_visible()
        sida.goto(f"{alla['sofint'].html.as_uri()}#spar")
        sida.reload()
        assert sida.get_by_role("button", name="Spår för Årets resultat 2024").first.is_visible()
        sida.get_by_role("link", name="Dölj spår").click()
        assert sida.get_by_role("button").count() == 0


@pytest.mark.webblasare
@pytest.mark.parametrize("bredd", [BREDD, SMAL])
def test_the_page_of_findings_is_for_all(dokument: Dokument, bredd: int, se: Callable[[Path, int], Syn]) -> None:
    assert se(dokument.katalog / KONTROLLSIDA, bredd) == Syn([], 0, [], [])


@pytest.mark.webblasare
def test_findings_are_chosen_and_a_spår_is_shown_without_a_script(alla: dict[str, Dokument], chromium: Browser) -> None:
    with chromium.new_context(java_script_enabled=False) as miljö:
        sida = miljö.new_page()
        sida.goto((alla["sofint"].katalog / KONTROLLSIDA).as_uri())
        varningar, publicerat, annat = (sida.locator(s).first for s in ("#varning", ".fynd.C31", ".fynd.C09"))
        assert (varningar.is_visible(), publicerat.is_visible(), annat.is_visible()) == (True, True, True)
        sida.get_by_role("combobox").select_option("C31")
        assert (publicerat.is_visible(), annat.is_visible()) == (True, False)
        sida.get_by_role("checkbox", name="Att ta ställning till").uncheck()
        assert (varningar.is_visible(), sida.locator("#upplysning").is_visible()) == (False, True)
        sida.goto(f"{alla['sofint'].html.as_uri()}#spar-rr.arets_resultat/2024")
        spår = sida.locator('[id="spar-rr.arets_resultat/2024"]')
        assert spår.is_visible()
        assert sida.locator("aside.spar [popover]:visible").count() == 1


@pytest.mark.webblasare
def test_sections_are_for_all(dokument: Dokument, se: Callable[[Path, int], Syn]) -> None:
    sidor = sorted((dokument.katalog / "sektioner").glob("*.html"))
    assert len(sidor) >= 9
    assert {sida.name: syn for sida in sidor if not (syn := se(sida, SMAL)).ren} == {}


@pytest.mark.webblasare
@pytest.mark.parametrize("bredd", [BREDD, SMAL])
def test_a_draft_is_for_all(bredd: int, exempel: Årsbok, se: Callable[[Path, int], Syn], tmp_path: Path) -> None:
    sida = tmp_path / "utkast.html"
    sida.write_text(html_av(litet(exempel, utkast=True)), "utf-8")
    assert se(sida, bredd).ren
    assert vnu(sida) == []


NYARE = tuple(f"Property \u201c{namn}\u201d doesn't exist" for namn in ("position-area", "position-try-fallbacks"))
"""What CSS has (Anchor Positioning, 2024) and the checker does not know; without it a spår is in the middle."""


def vnu(*filer: Path) -> list[str]:
    """The Nu Html Checker's findings."""
    kräv("java")
    kommando = ["java", "-jar", str(npm_fil("vnu-jar@26.9.27")), "--stdout", "--exit-zero-always", "--format", "json"]
    svar = subprocess.run([*kommando, *map(str, filer)], capture_output=True, text=True, check=True, timeout=300)
    fynd = [f for f in json.loads(svar.stdout)["messages"] if not any(n in f["message"] for n in NYARE)]
    return [f"{Path(f['url']).name}:{f.get('lastLine')}: {f['message']}" for f in fynd]


def test_pages_are_valid_html(alla: dict[str, Dokument]) -> None:
    sidor = [sida for dokument in alla.values() for sida in sorted(dokument.katalog.rglob("*.html"))]
    assert len(sidor) >= 30
    assert vnu(*sidor) == []


def test_every_cell_of_the_page_is_under_its_headers(dokument: Dokument) -> None:
    assert (
        tabeller.skillnader(tabeller.i_rapport(dokument.rapport, "tabell", "webb"), tabeller.i_html(dokument.html))
        == []
    )


# --- each check is seen to fail ------------------------------------------------------------------------------------


@pytest.fixture
def bruten(alla: dict[str, Dokument], tmp_path: Path) -> Callable[[str, str], Path]:
    """The balansräkning of the made-up förbund as a page, with something changed in it."""
    källa = (alla["exempel"].katalog / "sektioner" / "30_balansrakning.html").read_text("utf-8")

    def bryt(rätt: str, galet: str) -> Path:
        assert rätt in källa
        fil = tmp_path / "bruten.html"
        fil.write_text(källa.replace(rätt, galet, 1), "utf-8")
        return fil

    return bryt


UR_BILD = '<img alt="Bild" src="https://exempel.invalid/bild.png">'
SEDDA_FEL: dict[str, tuple[str, str, Callable[[Syn], object]]] = {
    "bild utan alt": ("</main>", '<img src="data:,"></main>', lambda syn: syn.brott),
    "svag text": ("</main>", '<p style="color: #ccc">Svagt</p></main>', lambda syn: syn.brott),
    "inget sprak": ('<html lang="sv">', "<html>", lambda syn: syn.brott),
    "for bred": ("</main>", '<p style="width: 400px">Brett</p></main>', lambda syn: syn.utanför),
    "fel i skript": ("</main>", "<script>nej()</script></main>", lambda syn: syn.konsol),
    "hamtar": ("</main>", f"{UR_BILD}</main>", lambda syn: syn.hämtat),
}


@pytest.mark.webblasare
@pytest.mark.parametrize("fel", SEDDA_FEL)
def test_browser_sees_what_is_wrong(
    fel: str, bruten: Callable[[str, str], Path], se: Callable[[Path, int], Syn]
) -> None:
    rätt, galet, fynd = SEDDA_FEL[fel]
    assert fynd(se(bruten(rätt, galet), SMAL))


def test_vnu_finds_what_is_wrong(bruten: Callable[[str, str], Path]) -> None:
    fynd = vnu(bruten("</main>", '<p id="innehall">Igen</p></main>'))
    assert any("Duplicate ID" in f for f in fynd)


OHÖRDA = {
    "rad utan scope": ('<th scope="row">', "<th>"),
    "kolumn utan scope": ('<th scope="col" class="tal">', '<th class="tal">'),
    "grupp utan scope": ('scope="rowgroup" ', ""),
    "en siffra": ("49\u00a0640", "49\u00a0641"),
}


@pytest.mark.parametrize("fel", OHÖRDA)
def test_a_table_that_is_wrong_is_heard(
    fel: str, bruten: Callable[[str, str], Path], alla: dict[str, Dokument]
) -> None:
    [tabell] = [t for t in alla["exempel"].rapport["tabeller"] if t["id"] == "balansrakning"]
    väntad = tabeller.i_rapport({"tabeller": [tabell]})
    assert tabeller.skillnader(väntad, tabeller.i_html(bruten("", ""))[:1]) == []
    assert tabeller.skillnader(väntad, tabeller.i_html(bruten(*OHÖRDA[fel]))[:1])
