"""The working copy for Word: the document's words and figures, and nothing of it is read back."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import nbformat
import pytest
import yaml
from docx import Document
from docx.document import Document as Dokument
from docx.oxml.ns import qn
from lxml import etree, html

from conftest import Färdig, Körning
from facit import ROT
from finsam.report.utskrift import delar
from finsam.report.word.arbetskopia import write_docx
from finsam.report.word.stilar import ARBETSKOPIA


@pytest.fixture(scope="module")
def dok(körning: Körning) -> Dokument:
    return Document(str(körning.katalog / "arsredovisning.docx"))


def samman(katalog: Path) -> nbformat.NotebookNode:
    """The executed sections as one document."""
    ordning = yaml.safe_load((ROT / "notebooks" / katalog.name / "rapport.yml").read_text("utf-8"))["avsnitt"]
    filer = {fil.stem.partition("_")[2]: fil for fil in (katalog / "sektioner").glob("*.ipynb")}
    delade = [nbformat.read(filer[namn], 4) for namn in ordning if namn in filer]
    om = {**delade[0].metadata["finsam"], "hel": True}
    return nbformat.v4.new_notebook(cells=[c for nb in delade for c in nb.cells], metadata={"finsam": om})


def litet(*bitar: str, **om: str) -> nbformat.NotebookNode:
    """A document of some HTML."""
    visat = [nbformat.v4.new_output("display_data", {"text/html": bit}) for bit in bitar]
    metadata = {"finsam": {"titel": "Prov", "förbund": "Förbundet", "datum": "", "avtryck": "", "färg": "", **om}}
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(outputs=visat)], metadata=metadata)


def ord_i(dok: Dokument) -> Iterator[str]:
    """The words of each paragraph, in tables too."""
    for p in dok.element.body.iter(qn("w:p")):
        yield "".join(t.text or "" for t in p.iter(qn("w:t")))


def test_every_table_is_there_with_its_figures(körning: Körning, dok: Dokument) -> None:
    visade = [t for t in körning.rapport["tabeller"] if t["form"] == "tabell"]
    assert len(dok.tables) == len(visade) > 20
    for tabell, data in zip(dok.tables, visade, strict=True):
        rader = [[c.text.strip() for c in rad.cells] for rad in tabell.rows]
        visat = [[text.strip() for text in rad["visat"]] for rad in data["rader"] if rad["slag"] != "rubrik"]
        skrivet = [rad[-len(data["kolumner"]) :] for rad in rader[1:] if len(set(rad)) > 1 or len(rad) == 1]
        if len(visat) == len(skrivet):  # rows where all cells say the same look like headings
            assert [[" ".join(c.split()) for c in r] for r in skrivet] == [
                [" ".join(c.split()) for c in r] for r in visat
            ]
        else:
            assert all(" ".join(c.split()) in " ".join(map(str, rader)) for r in visat for c in r)


def test_every_figure_of_the_sections_stands_in_the_same_order(körning: Körning, dok: Dokument) -> None:
    """Each figure that is bound to a fact, and after it the next."""
    bitar = sorted((d.html for d in delar(samman(körning.katalog))), key=lambda bit: "data-kolofon" in bit)
    sida = html.fromstring(f"<div>{''.join(bitar)}</div>")
    väntade = [
        " ".join(str(figur.text_content()).split())
        for figur in sida.iter("data")
        if not any(f.get("data-webb") is not None for f in figur.iterancestors())
    ]
    assert len(väntade) > 350
    text, plats = " ".join(" ".join(ord_i(dok)).split()), 0
    for tal in väntade:
        hittad = text.find(tal, plats)
        assert hittad >= 0, (tal, text[plats : plats + 80])
        plats = hittad + len(tal)


def test_a_screen_reader_finds_its_way(körning: Körning, dok: Dokument) -> None:
    mål = set(dok.element.body.xpath(".//w:bookmarkStart/@w:name"))
    assert set(dok.element.body.xpath(".//w:hyperlink/@w:anchor")) <= mål
    assert len(mål) == len(dok.element.body.xpath(".//w:bookmarkStart"))
    nivåer = [int(p.style.name[-1]) for p in dok.paragraphs if p.style and p.style.name.startswith("Heading")]
    assert nivåer[0] == 1
    assert all(nu <= före + 1 for före, nu in zip([0, *nivåer], nivåer, strict=False))
    assert len(nivåer) > 40
    for tabell in dok.tables:
        assert tabell.rows[0]._tr.xpath("w:trPr/w:tblHeader")
        assert tabell._tbl.xpath("w:tblPr/w:tblCaption/@w:val")
    bilder = dok.element.body.xpath(".//wp:docPr/@descr")
    assert len(bilder) == len(dok.inline_shapes) == 4
    assert all(len(alt) > 40 for alt in bilder)
    assert "118" in " ".join(ord_i(dok))
    assert {str(v) for v in dok.styles.element.xpath(".//w:lang/@w:val")} == {"sv-SE"}
    assert not dok.element.body.xpath(".//w:lang")
    tal = [p for t in dok.tables for p in t._tbl.iter(qn("w:p")) if p.xpath("w:pPr/w:jc[@w:val='right']")]
    assert len(tal) > 300


def test_it_says_what_it_is_on_every_page_and_in_its_properties(körning: Körning, dok: Dokument) -> None:
    [sida] = dok.sections
    assert sida.header.paragraphs[0].text.startswith(ARBETSKOPIA)
    assert not sida.different_first_page_header_footer
    egna = dok.core_properties
    assert egna.title == "Samordningsförbundet i norra Örebro län: Årsredovisning 2024"
    assert (egna.language, egna.author, egna.subject) == (
        "sv-SE",
        "Samordningsförbundet i norra Örebro län",
        "Arbetskopia",
    )
    assert str(egna.created).startswith("2025-02-21")
    manifest = json.loads((körning.katalog / "korning.json").read_text("utf-8"))
    assert "arsredovisning.docx" in manifest["outputs"]
    assert "python-docx" in manifest["versioner"]


def test_the_same_document_is_the_same_bytes_and_has_no_clock(körning: Körning, tmp_path: Path) -> None:
    nb = samman(körning.katalog)
    filer = [tmp_path / "a.docx", tmp_path / "b.docx"]
    for fil in filer:
        write_docx(nb, fil)
    assert filer[0].read_bytes() == filer[1].read_bytes()
    with zipfile.ZipFile(filer[0]) as arkiv:
        assert {post.date_time for post in arkiv.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "docProps/thumbnail.jpeg" not in arkiv.namelist()
        for namn in arkiv.namelist():
            if namn.endswith((".xml", ".rels")):
                etree.fromstring(arkiv.read(namn))
    write_docx(litet("<p>x</p>"), filer[1])
    with zipfile.ZipFile(filer[1]) as arkiv:
        assert b"dcterms" not in re.sub(rb'xmlns:\w+="[^"]*"', b"", arkiv.read("docProps/core.xml"))


ELAKT = '=1+1 &lt;w:p/&gt; {DATE} \x07\ufffe<script>alert(1)</script><a href="file:///etc/passwd">länk</a>&amp;amp;'


def test_words_from_outside_are_words(tmp_path: Path) -> None:
    bit = (
        f"<h2 data-onumrerad>{ELAKT}</h2><p>{ELAKT}</p><ol start='3'><li>{ELAKT}<ul><li>inre</li></ul></li></ol>"
        f'<table><caption>{ELAKT}"</caption><thead><tr><th>{ELAKT}</th><th class="tal">x</th></tr></thead>'
        f'<tbody><tr><th colspan="99999999999">{ELAKT}</th></tr><tr><th>a</th><td class="tal">{ELAKT}</td></tr></table>'
        f"<pre>{ELAKT}</pre><img src='http://exempel.se/x.png' alt='=2'><table></table><div>{ELAKT}</div></div></div>"
        f"<table><tr>{'<td>x</td>' * 64}</tr></table><p>sist</p>"
    )
    write_docx(litet(bit, förbund="A & <B>", titel="\x01x"), fil := tmp_path / "x.docx")
    dok = Document(str(fil))
    text = "\n".join(ord_i(dok))
    assert "=1+1 <w:p/> {DATE} länk&amp;" in text
    assert "alert" not in text
    assert text.endswith("En tabell med 64 kolumner får inte plats i Word; se sidan.\nsist")
    assert set(dok.element.body.xpath(".//w:instrText/text()")) <= {' TOC \\o "1-3" \\h \\z \\u '}
    assert not [r for r in dok.part.rels.values() if r.is_external]
    assert "A & <B>" in dok.sections[0].header.paragraphs[0].text


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10" aria-label="En ruta">{}</svg>'


def test_pictures_are_drawn_however_the_page_has_them(tmp_path: Path) -> None:
    """In the page or beside the words, in the colours of the page; one that cannot be drawn is its words."""
    ruta = SVG.format('<rect width="40" height="10" fill="var(--profil)"/>')
    brutna = SVG.format("<rect").replace("En ruta", "Kan inte ritas")
    ruta = ruta.replace(' xmlns="http://www.w3.org/2000/svg"', "")  # as a page has it
    bit = f"<figure>{ruta}{ruta}<figcaption>Två bredder</figcaption></figure><p>text</p>{brutna}"
    write_docx(litet(bit, '<img alt="Inte en bild" src="data:image/png;base64,AAAA">'), fil := tmp_path / "x.docx")
    dok = Document(str(fil))
    assert [str(alt) for alt in dok.element.body.xpath(".//wp:docPr/@descr")] == ["En ruta"]
    bredd, höjd = (int(dok.inline_shapes[0].width), int(dok.inline_shapes[0].height))
    assert abs(bredd / höjd - 4) < 0.1
    assert list(ord_i(dok))[-1] == "Inte en bild"
    assert "Kan inte ritas" in list(ord_i(dok))


def test_a_plan_has_one_too(färdig: Färdig) -> None:
    katalog = färdig("sofint", 2026, "verksamhetsplan") / "sofint" / "2026" / "verksamhetsplan"
    dok = Document(BytesIO((katalog / "verksamhetsplan.docx").read_bytes()))
    assert "erksamhetsplan" in dok.core_properties.title
    tabeller = json.loads((katalog / "rapport.json").read_text("utf-8"))["tabeller"]
    assert len(dok.tables) == sum(t["form"] == "tabell" for t in tabeller) > 0
