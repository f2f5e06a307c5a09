"""On the page each figure opens its own spår, which adds up, down to files of verifikationer; without a script."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from lxml import html
from openpyxl import load_workbook

from conftest import Körning
from finsam.model.fakta import Konton, Summa
from finsam.prove.verifiera.html import visat_i
from finsam.report import verifikat
from finsam.report.arsbok import Årsbok
from finsam.report.spar import med_spår
from finsam.report.verifikat import write_verifikat
from finsam.report.visning import visa_fakta

NOLL = Decimal(0)


def tal(text: str) -> Decimal:
    """A printed amount."""
    return Decimal(text.replace("\u00a0", "").replace("\u2212", "-").replace(",", "."))


@pytest.fixture(scope="module")
def sida(körning: Körning) -> html.HtmlElement:
    return html.parse(str(körning.katalog / "arsredovisning.html")).getroot()


def test_figures_are_words_and_each_row_opens_its_spår(sida: html.HtmlElement) -> None:
    """One button a row, named by what it opens; from there to the other figures of the row."""
    assert len(sida.xpath("//main//data")) > 400
    assert not sida.xpath("//main//data//button")
    rutor = {ruta.get("id"): ruta for ruta in sida.xpath("//aside/div[@popover]")}
    assert {knapp.get("popovertarget") for knapp in sida.iter("button")} <= set(rutor)
    rader = [rad for rad in sida.xpath("//main//table[starts-with(@id, 'tabell-')]/tbody/tr") if rad.xpath(".//data")]
    assert len(rader) > 100
    for rad in rader:
        [knapp] = rad.xpath("./td[@class='spar']/button")
        nyckel = knapp.get("popovertarget").removeprefix("spar-")
        assert nyckel in rad.xpath(".//data/@data-fakta")
        namn = " ".join("".join(rad.xpath("./th//text()[not(ancestor::sup)]")).split())
        år = nyckel.rpartition("/")[2]
        assert " ".join(knapp.get("aria-label").split()) == f"Spår för {namn} {år if år.isdecimal() else ''}".rstrip()
    [knapp] = sida.xpath("//table[@id='tabell-resultatrakning']/tbody/tr[1]/td/button")
    assert knapp.get("aria-label") == "Spår för Verksamhetens intäkter 2024"


def test_every_figure_can_be_opened(sida: html.HtmlElement) -> None:
    """From its own row, from a figure that is made of it, or from the row of a figure of the same kind."""
    mål = {knapp.get("popovertarget") for knapp in sida.iter("button")}
    visade = {f"spar-{nyckel}" for nyckel in sida.xpath("//main//data/@data-fakta")}
    assert sorted(visade - mål) == []
    assert all(len(tr.xpath("./th")) + len(tr.xpath("./td")) for tr in sida.xpath("//main//tr"))


def test_the_mode_is_in_the_address_and_needs_no_script(sida: html.HtmlElement) -> None:
    [ruta] = sida.xpath("//input[@id='spar']")
    assert ruta.get("type") == "checkbox"
    assert ruta.get("checked") is None
    assert [a.text for a in sida.xpath("//a[@href='#spar']")] == ["Länk till spåren"]
    stil = sida.xpath("//style/text()")[0]
    assert ".spar { display: none; }" in stil
    assert "body:has(#spar:checked, #spar:target) button.spar" in stil


def test_the_parts_of_a_spår_are_the_figure(körning: Körning, sida: html.HtmlElement) -> None:
    summor = kontorader = 0
    for ruta in sida.xpath("//aside/div"):
        fakta = körning.bok.fakta[ruta.get("id").removeprefix("spar-")]
        assert fakta.definition in ruta.text_content()
        match fakta.källa:
            case Summa() if fakta.värde is not None and fakta.enhet == "kr":
                delar = [(li.text.strip(), knapp) for li in ruta.xpath("ul/li") for knapp in li.xpath("button")]
                summa = NOLL
                for ord_, knapp in delar:
                    led = körning.bok.fakta[knapp.get("popovertarget").removeprefix("spar-")]
                    assert knapp.text == visa_fakta(led, "kr")
                    summa += (-1 if ord_ == "−" else 1) * (led.värde or NOLL)
                assert summa == fakta.värde, fakta.nyckel
                summor += 1
            case Konton(tecken=tecken) if fakta.värde is not None:
                saldon = [tal(td.text) for td in ruta.xpath(".//td[@class='tal']")]
                assert tecken * sum(saldon, NOLL) == fakta.värde, fakta.nyckel
                kontorader += len(saldon)
    assert summor > 60
    assert kontorader > 60


def test_figures_in_sentences_open_theirs_too(sida: html.HtmlElement) -> None:
    assert len(sida.xpath("//main/p/button[@class='spar'] | //main/ul//button[@class='spar']")) > 20


def test_verifikationer_add_up_to_the_balances(exempel: Årsbok, tmp_path: Path) -> None:
    bokföring = exempel.år.bokföring
    filer = write_verifikat(bokföring, tmp_path, "Årsredovisning 2025")
    assert filer["7413"] == "verifikationer/7413.html"
    for konto, fil in filer.items():
        sida = html.parse(str(tmp_path / fil)).getroot()
        rader = [tal(td.text) for td in sida.xpath("//tbody/tr/td[@class='tal']")]
        [utgående] = [tal(td.text) for td in sida.xpath("//tfoot/tr/td[@class='tal']")]
        år = bokföring.år[0]
        assert sum(rader, NOLL) == utgående == år.ub.get(konto, NOLL) + år.res.get(konto, NOLL), konto
    texter = {ver.text for ver in bokföring.verifikationer if len(ver.text) > 8}
    assert not [text for text in texter if text in (tmp_path / filer["7413"]).read_text("utf-8")]


def test_a_konto_with_many_rows_has_pages_in_order(
    exempel: Årsbok, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hel = write_verifikat(exempel.år.bokföring, tmp_path / "hel", "x")["1941"]
    monkeypatch.setattr(verifikat, "RADER_PER_SIDA", 10)
    fil = tmp_path / "delad" / write_verifikat(exempel.år.bokföring, tmp_path / "delad", "x")["1941"]
    utgående, rader, sidor = None, 0, 0
    while fil:
        sida = html.parse(str(fil)).getroot()
        belopp = [tal(td.text) for td in sida.xpath("//tbody/tr/td[@class='tal']")]
        assert utgående in (None, belopp[0])
        utgående, rader, sidor = (
            tal(sida.xpath("//tfoot//td[@class='tal']")[0].text),
            rader + len(belopp) - 1,
            sidor + 1,
        )
        nästa = sida.xpath("//nav/a[.='Nästa']/@href")
        fil = fil.with_name(str(nästa[0])) if nästa else None  # type: ignore[assignment]
    enda = html.parse(str(tmp_path / "hel" / hel)).getroot()
    assert rader == len(enda.xpath("//tbody/tr")) - 1
    assert sidor > 5
    assert utgående == exempel.år.bokföring.år[0].ub["1941"]


def test_last_years_figures_do_not_lead_to_this_years_verifikationer(exempel: Årsbok) -> None:
    data = '<data value="x" data-fakta="{0}">1</data>'.format
    kropp = data("rr.finansiella_kostnader/2025") + data("rr.finansiella_kostnader/2024")
    källa = f'<main id="innehall">{kropp}</main></body>'
    sida = html.fromstring(med_spår(källa, exempel.fakta, exempel.år.bokföring, {"8571": "verifikationer/8571.html"}))
    länkar = {ruta.get("id"): ruta.xpath(".//a/@href") for ruta in sida.xpath("//div[@popover]")}
    assert länkar["spar-rr.finansiella_kostnader/2025"] == ["verifikationer/8571.html"]
    assert länkar["spar-rr.finansiella_kostnader/2024"] == []


def test_a_spår_in_a_notebook_is_a_list_to_open(exempel: Årsbok) -> None:
    spår = exempel.spår("rr.arets_resultat")
    assert spår[0].id == "rr.arets_resultat"
    trädet = html.fromstring(spår._repr_html_())
    assert trädet.tag == "details"
    assert len(trädet.xpath(".//details")) >= len(spår) - 1
    assert "4511" in trädet.text_content()


def test_the_workbook_leads_from_each_figure_to_what_it_is_made_of(körning: Körning) -> None:
    bok = load_workbook(körning.katalog / "arsredovisning.xlsx")
    plats = {(rad[0].value, rad[1].value): rad for rad in bok["Fakta"].iter_rows(min_row=5)}
    länkade = 0
    for (id_, period), rad in plats.items():
        fakta = körning.bok.fakta[f"{id_}/{period}"]
        if not (länk := rad[5].hyperlink):
            assert not fakta.av
            continue
        blad, _, cell = länk.location.replace("'", "").partition("!")
        mål = bok[blad][cell].value
        if isinstance(fakta.källa, Konton):
            assert (blad, mål in fakta.konton) == ("Saldon", True)
        else:
            assert (blad, mål) == ("Fakta", körning.bok.fakta[fakta.av[0]].id)
        länkade += 1
    assert länkade > 150


def test_a_part_of_a_spår_is_held_against_its_fact() -> None:
    """It is a button with the fact's words; the year beside it is another spår."""
    delar = '<ul><li>+ <button popovertarget="spar-rr.x/2024">13 kr</button> Ord.</li></ul>'
    samma = '<p class="fler">Samma rad: <button popovertarget="spar-rr.x/2023">2023</button></p>'
    i_text = '<ul><li>Ord <button class="spar" popovertarget="spar-rr.x/2024">Spår</button></li></ul>'
    träd = html.document_fromstring(f"<main>{i_text}</main><aside><div popover>{delar}{samma}</div></aside>")
    assert [(v.nyckel, v.text, v.exakt) for v in visat_i(träd)] == [("rr.x/2024", "13 kr", False)]
