"""The page against HTML and WCAG 2.1 AA, in a browser: as wide as a screen and as narrow as a telephone."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

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

    def öppna_och_se(fil: Path, bredd: int) -> Syn:
        konsol: list[str] = []
        hämtat: list[str] = []
        with chromium.new_context(viewport={"width": bredd, "height": 900}) as miljö:
            miljö.set_offline(True)
            sida = miljö.new_page()
            sida.on("console", lambda m: konsol.append(m.text))
            sida.on("pageerror", lambda fel: konsol.append(str(fel)))
            sida.on("request", lambda r: hämtat.append(r.url))
            sida.goto(fil.as_uri())
            utanför = sida.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            sida.evaluate(axe)
            dom = sida.evaluate("regler => axe.run(document, {runOnly: regler, resultTypes: ['violations']})", REGLER)
        brott = [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in dom["violations"]]
        return Syn(brott, utanför, konsol, [url for url in hämtat if url != fil.as_uri() and url[:5] != "data:"])

    return öppna_och_se


@pytest.mark.webblasare
@pytest.mark.parametrize("bredd", [BREDD, SMAL])
def test_page_is_for_all(dokument: Dokument, bredd: int, se: Callable[[Path, int], Syn]) -> None:
    assert se(dokument.html, bredd) == Syn([], 0, [], [])


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


def vnu(*filer: Path) -> list[str]:
    """The Nu Html Checker's findings."""
    kräv("java")
    kommando = ["java", "-jar", str(npm_fil("vnu-jar@26.9.27")), "--stdout", "--exit-zero-always", "--format", "json"]
    svar = subprocess.run([*kommando, *map(str, filer)], capture_output=True, text=True, check=True, timeout=300)
    fynd = json.loads(svar.stdout)["messages"]
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
