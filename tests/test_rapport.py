"""The finished documents read back: HTML, XLSX, JSON and notebooks show the facts, and only them."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import nbformat
import openpyxl
import pikepdf
import pytest
from lxml import html

from conftest import Körning
from finsam.model.belopp import TANKSTRECK
from finsam.prove.manifest import sha256
from finsam.report.visning import exakt
from finsam.statements.redovisning import tabeller

FILER = (
    "arsredovisning.docx",
    "arsredovisning.html",
    "arsredovisning.pdf",
    "arsredovisning.xlsx",
    "datapackage.json",
    "fakta.csv",
    "rapport.json",
    "kontroller.html",
    "kontroller.json",
    "korning.json",
    "siffergaranti.json",
)


@pytest.fixture(scope="module")
def sida(körning: Körning) -> html.HtmlElement:
    return html.parse(str(körning.katalog / "arsredovisning.html")).getroot()


def test_the_run_is_done_without_fel(körning: Körning) -> None:
    assert körning.kod == 0, körning.utskrift
    assert [f.name for f in sorted(körning.katalog.iterdir())] == sorted([*FILER, "sektioner"])
    assert not körning.rapport["utkast"]


def test_every_figure_of_the_page_is_its_fact(körning: Körning, sida: html.HtmlElement) -> None:
    figurer = sida.xpath("//data")
    assert len(figurer) > 400
    for figur in figurer:
        fakta = körning.bok.fakta[figur.get("data-fakta")]
        assert figur.get("value") == exakt(fakta)
        visat = figur.text_content()
        siffror = visat.replace("\u00a0", "").replace("\u2212", "-").rstrip("%krt ").replace(",", ".")
        tal = Decimal(0) if siffror == TANKSTRECK else Decimal(siffror)
        värde = fakta.värde or Decimal(0)
        möjliga = {"kr": (värde, värde / 1000), "andel": (värde * 100,)}.get(fakta.enhet, (värde,))
        assert any(abs(abs(tal) - abs(m)) <= Decimal("0.5") for m in möjliga), (figur.get("data-fakta"), visat)


def test_the_page_needs_nothing_outside_itself(sida: html.HtmlElement) -> None:
    """Nothing is fetched; what leads out is an address that stands in the words."""
    adresser = sida.xpath("//@src | //link/@href | //a/@href")
    assert adresser
    bredvid = {"arsredovisning.pdf", "arsredovisning.xlsx", "fakta.csv"}
    ut = {str(a) for a in adresser if not str(a).startswith(("data:text/csv", "#", "verifikationer/"))} - bredvid
    assert ut == {f"https://{a.text_content()}" for a in sida.xpath("//a[starts-with(@href, 'http')]")} != set()
    assert bredvid <= set(map(str, sida.xpath("//a/@href")))
    assert bredvid == set(map(str, sida.xpath("//link/@href")))
    assert not sida.xpath("//*[starts-with(@src, 'http')]")
    mål = set(sida.xpath("//@id"))
    assert {str(a)[1:] for a in adresser if str(a).startswith("#")} <= mål
    assert len(sida.xpath("//@id")) == len(mål)
    assert not sida.xpath("//script")


def test_the_page_is_built_for_those_who_listen(sida: html.HtmlElement) -> None:
    assert sida.get("lang") == "sv"
    nivåer = [int(h.tag[1]) for h in sida.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert nivåer[0] == 1
    assert nivåer.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(nivåer))
    for tabell in sida.iter("table"):
        assert tabell.xpath("./caption")
        assert all(th.get("scope") for th in tabell.iter("th"))
        assert all(tr.xpath("./th") for tr in tabell.iter("tr"))
    bilder = sida.xpath("//figure//svg")
    assert len(bilder) == 2 * 4
    assert all(svg.get("role") == "img" and len(svg.get("aria-label")) > 40 for svg in bilder)


def test_contents_list_the_headings_with_their_numbers(sida: html.HtmlElement) -> None:
    förteckning = [" ".join(a.text_content().split()) for a in sida.xpath("//nav[@class='innehall']//a")]
    rubriker = [
        " ".join(h.text_content().split())
        for h in sida.xpath("//main//h2 | //main//h3[span or starts-with(text(), 'Not ')]")
        if not h.xpath("ancestor::*[@data-kolofon]")
    ]
    assert förteckning == rubriker
    assert "1.5 God ekonomisk hushållning, måluppfyllelse och ekonomisk ställning" in förteckning


def test_all_parts_of_the_document_are_there_in_order(körning: Körning) -> None:
    ordning = [tabell["id"] for tabell in körning.rapport["tabeller"]]
    väntat = [
        *(
            "flerarsoversikt",
            "medlemsbidrag_utveckling",
            "kostnadsfordelning",
            "balanskravsutredning",
            "resultatrakning",
        ),
        *("kassaflodesanalys", "balansrakning", "panter", "driftredovisning"),
        *("not_intakter", "not_kostnader", "not_fordringar", "not_skulder", "not_revision"),
    ]
    assert [id_ for id_ in ordning if id_ in väntat] == väntat
    assert len(ordning) == len(set(ordning))


def test_the_tables_of_an_opened_report_are_those_of_its_document_in_order(körning: Körning) -> None:
    bok = körning.bok
    ordning = [tabell["id"] for tabell in körning.rapport["tabeller"]]
    assert list(bok.tabeller)[: len(ordning)] == ordning
    assert [tabell.id for tabell in tabeller(bok._visad)] == list(bok.tabeller)


def test_rapport_json_is_what_other_programs_rely_on(körning: Körning) -> None:
    rapport = körning.rapport
    assert {k: rapport[k] for k in ("schema", "forbund", "ar", "rapport")} == {
        "schema": 1,
        "forbund": "sofint",
        "ar": 2024,
        "rapport": "arsredovisning",
    }
    rr = next(t for t in rapport["tabeller"] if t["id"] == "resultatrakning")
    assert (rr["enhet"], rr["kolumner"], rr["marken"], rr["form"]) == ("kr", ["2024", "2023"], ["", ""], "tabell")
    assert rr["rader"][0] == {
        "id": "verksamhetens_intakter",
        "etikett": "Verksamhetens intäkter",
        "not": 2,
        "slag": "post",
        "summa": False,
        "varden": [3600000, 3976000],
        "visat": ["3\u00a0600\u00a0000", "3\u00a0976\u00a0000"],
        "fakta": ["rr.verksamhetens_intakter/2024", "rr.verksamhetens_intakter/2023"],
        "marke": "",
    }
    assert rapport["fakta"]["rr.arets_resultat/2024"]["varde"] == "118764.00"
    for tabell in rapport["tabeller"]:
        for rad in tabell["rader"]:
            assert all(nyckel is None or nyckel in rapport["fakta"] for nyckel in rad["fakta"])


def test_kontroller_json_has_the_shape_promised(körning: Körning) -> None:
    kontroller = json.loads((körning.katalog / "kontroller.json").read_text("utf-8"))
    assert all(set(k) == {"kod", "niva", "text", "kalla", "lag", "differens", "provade"} for k in kontroller)
    assert {k["niva"] for k in kontroller} == {"varning", "upplysning", "ej_provad", "ok"}


def test_korning_json_names_every_file_by_its_hash(körning: Körning) -> None:
    manifest = json.loads((körning.katalog / "korning.json").read_text("utf-8"))
    filer = {f.relative_to(körning.katalog).as_posix() for f in körning.katalog.rglob("*") if f.is_file()}
    assert set(manifest["outputs"]) == filer - {"korning.json"}
    assert all(sha256(körning.katalog / fil) == h for fil, h in manifest["outputs"].items())
    assert "sofint/2024/bokforing.se" in manifest["inputs"]
    assert len(manifest["notebooks"]) == 10


def test_workbook_has_live_formulas_with_the_facts_as_values(körning: Körning) -> None:
    fil = körning.katalog / "arsredovisning.xlsx"
    formler, värden = openpyxl.load_workbook(fil), openpyxl.load_workbook(fil, data_only=True)
    assert {"Resultaträkning", "Balansräkning", "Kassaflöde", "Not 2", "Not 3", "Fakta", "Saldon", "Kontroller"} <= set(
        formler.sheetnames
    )
    sedda = 0
    for rad in värden["Fakta"].iter_rows(min_row=5):
        nyckel = f"{rad[0].value}/{rad[1].value}"
        fakta = körning.bok.fakta[nyckel]
        if fakta.värde is not None:
            assert Decimal(str(rad[4].value)).quantize(Decimal("0.01")) == fakta.värde.quantize(Decimal("0.01"))
            sedda += 1
    assert sedda == sum(f.värde is not None for f in körning.bok.fakta.values())
    räkning = formler["Resultaträkning"]
    assert [räkning[cell].value for cell in ("C5", "C7")] == ["=rr_verksamhetens_intakter_2024", "=SUM(C5:C6)"]
    källa = formler.defined_names["rr_verksamhetens_intakter_2024"].attr_text.replace("$", "").removeprefix("Fakta!")
    assert str(formler["Fakta"][källa].value).startswith("=-(Saldon!")


def test_words_from_outside_are_never_formulas(körning: Körning) -> None:
    for blad in openpyxl.load_workbook(körning.katalog / "arsredovisning.xlsx").worksheets:
        for rad in blad.iter_rows():
            for cell in rad:
                if isinstance(cell.value, str) and cell.data_type == "f":
                    utan_text = cell.value.replace('"OK","FEL"', "").replace('"FEL"', "")
                    assert re.fullmatch(
                        r"=(?:[-+*/()<:,.0-9]|(?:Fakta!|Saldon!)?[A-Z]+\d+|SUM|ABS|ROUND|IF|COUNTIF|[a-z]\w+)+",
                        utan_text,
                    )


def test_pdf_is_tagged_archival_and_in_swedish(körning: Körning) -> None:
    with pikepdf.open(körning.katalog / "arsredovisning.pdf") as pdf:
        assert str(pdf.Root.Lang) in ("sv", "sv-SE")
        assert pdf.Root.MarkInfo.Marked
        with pdf.open_metadata() as xmp:
            assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("3", "A")
            assert xmp["pdfuaid:part"] == "1"
            assert xmp["dc:title"] == "Årsredovisning 2024 – Samordningsförbundet i norra Örebro län"
        assert 20 <= len(pdf.pages) <= 30
        with pdf.open_outline() as outline:
            assert [str(p.title) for p in outline.root][:5] == [
                "Innehåll",
                "Så verifierar du",
                "Året i siffror",
                "1 Förvaltningsberättelse",
                "2 Resultaträkning",
            ]
            assert [str(p.title) for p in outline.root[3].children[8].children][:2] == [
                "Finansierad verksamhet",
                "Måluppfyllelse",
            ]


def test_sections_are_executed_and_tidy(körning: Körning) -> None:
    sektioner = sorted((körning.katalog / "sektioner").glob("*.ipynb"))
    assert len(sektioner) == 10
    for fil in sektioner:
        nb = nbformat.read(fil, 4)
        assert nb.metadata.papermill.parameters == {"förbund": "sofint", "år": 2024}
        assert all(c.execution_count for c in nb.cells if c.cell_type == "code")
        assert fil.with_suffix(".html").is_file()
        assert "T" not in json.dumps([c.metadata for c in nb.cells])


def test_nothing_of_this_machine_is_in_the_documents(körning: Körning) -> None:
    for fil in körning.katalog.rglob("*"):
        if fil.suffix in (".html", ".json", ".ipynb"):
            assert str(Path.home()) not in fil.read_text("utf-8")
            assert str(körning.katalog) not in fil.read_text("utf-8")
