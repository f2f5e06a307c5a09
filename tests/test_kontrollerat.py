"""The section that tells how the figures were checked, and the page with all that was found (kontroller.html)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import html

from conftest import Körning
from facit import INPUTS, jämför
from finsam.checks.finding import Finding
from finsam.model.problem import Problem
from finsam.oppna import öppna
from finsam.prove.pdf import read_pdf
from finsam.prove.sida import read_html
from finsam.prove.tal import siffror
from finsam.read.arsmapp import finns
from finsam.report.arsbok import Årsbok
from finsam.report.bok import Bok
from finsam.report.garanti import Obundet, Siffergaranti
from finsam.report.kontrollerat import KONTROLLSIDA, kontrollerat, meningar
from finsam.report.kontrollsida import kontrollsida, svaret
from finsam.report.text import prosa_html
from interna_ord import interna_ord

HÄR = Path(__file__).with_name("kontrollerat")
AVTRYCK = "0f" * 32


# ---------------------------------------------------------------- in the document


def avsnittet(bok: Bok, findings: Sequence[Finding] | None = None) -> str:
    delar = kontrollerat(bok.år, bok.findings if findings is None else findings)
    stycken = (re.sub(r"<li>", "- ", prosa_html(del_.prosa)) for del_ in delar)
    return "\n\n".join(re.sub(r"<[^>]*>", "", ett.replace("</li>", "\n")).strip() for ett in stycken)


@pytest.mark.parametrize(
    "vilken",
    [
        pytest.param(v, marks=() if v[:2] == ("sofint", 2026) else pytest.mark.langsam, id="_".join(map(str, v)))
        for v in finns(INPUTS)
    ],
)
def test_what_each_report_says(vilken: tuple[str, int, str]) -> None:
    förbund, år, rapport = vilken
    jämför(avsnittet(öppna(förbund, år, rapport, inputs=INPUTS)), HÄR / f"{förbund}_{år}_{rapport}.md")


def med(bok: Bok, kod: str, **ändrat: object) -> list[Finding]:
    """The findings, with what one check says in another way."""
    return [replace(f, **ändrat) if f.kod == kod else f for f in bok.findings]  # type: ignore[arg-type]


LÄGEN: dict[str, dict[str, object]] = {
    "Det här går inte ihop:": {"nivå": "fel"},
    "Det här är prövat, och visar en skillnad som förbundet har att ta ställning till:": {"nivå": "varning"},
    "Det här är prövat, och förbundet har godtagit det som skiljer, med skäl:": {
        "nivå": "upplysning",
        "godtaget": True,
    },
}


@pytest.mark.parametrize("rubrik", LÄGEN)
def test_a_reconciliation_that_does_not_agree_is_told_so(exempel: Årsbok, rubrik: str) -> None:
    """It leaves those that agree, and stands under its own words."""
    utsaga = "- Tillgångarna är lika stora som eget kapital, avsättningar och skulder."
    assert avsnittet(exempel).count(utsaga) == 1
    assert rubrik not in avsnittet(exempel)
    sagt = avsnittet(exempel, med(exempel, "C01", **LÄGEN[rubrik]))
    assert sagt.endswith(sagt.partition(f"{rubrik}\n\n{utsaga}\n\nUppgifter som saknas")[2])
    assert sagt.count(utsaga) == 1


def test_what_follows_of_another_finding_does_not_agree_either(exempel: Årsbok) -> None:
    """It is not among the findings then, but under the one that it follows of."""
    andra = [f for f in exempel.findings if f.kod not in ("C01", "C28")]
    sagt = avsnittet(exempel, [Finding("fel", "Ett konto.", kod="C28", följder=("C01 Summan är en annan.",)), *andra])
    assert "Det här går inte ihop:\n\n- Tillgångarna är lika stora" in sagt


def test_what_had_nothing_to_try_is_not_said_to_agree(exempel: Årsbok) -> None:
    sagt = avsnittet(exempel, med(exempel, "C01", nivå="ej prövad"))
    assert "Tillgångarna är lika stora" not in sagt
    assert "hade inget att jämföra" in sagt


def test_what_the_law_asks_for_is_named_by_name(exempel: Årsbok) -> None:
    funna = [
        Finding("varning", "Fyll i raden x i bladet Y.", lag="LKBR 6 kap. 2 §", saknas="ställda *panter* <b>"),
        Finding("fel", "Skriv text/y.md.", lag="LKBR 6 kap. 2 §", saknas="ställda *panter* <b>"),
        Finding("varning", "Fyll i raden dnr.", lag="", saknas="diarienummer"),
    ]
    sagt = avsnittet(exempel, funna)
    assert sagt.count("- Ställda *panter* &lt;b&gt; (LKBR 6 kap. 2\u00a0§)") == 1
    assert "diarienummer" not in sagt
    assert "Alla uppgifter som är prövade mot lagen finns." in avsnittet(exempel, [])


@pytest.mark.langsam
def test_the_section_is_a_page_at_most(körning: Körning) -> None:
    """It begins on the last page, for each chapter begins one."""
    stycken = read_pdf((körning.katalog / "arsredovisning.pdf").read_bytes()).stycken
    början = next(s for s in stycken if s.slag == "rubrik" and s.text.endswith("Så är talen kontrollerade"))
    assert int(början.om["sida"]) == max(int(s.om["sida"]) for s in stycken if "sida" in s.om)


# ---------------------------------------------------------------- beside it


@pytest.fixture(scope="module")
def sidan(körning: Körning) -> html.HtmlElement:
    return html.document_fromstring((körning.katalog / KONTROLLSIDA).read_text("utf-8"))


def test_the_page_as_it_is_read(körning: Körning) -> None:
    stycken = read_html((körning.katalog / KONTROLLSIDA).read_text("utf-8"))
    jämför("\n".join(s.text for s in stycken if not re.fullmatch("[0-9a-f]{64}", s.text)), HÄR / "sidan.txt")
    assert len(interna_ord(stycken, körning.bok)) > 50  # what may not stand in the document is found here


def test_every_number_on_the_page_is_from_a_finding(körning: Körning, sidan: html.HtmlElement) -> None:
    """Or counts them, or is in what a figure is called that a finding is about."""
    funna, fakta = körning.kontroller, körning.bok.fakta
    ord_ = [f"{f['text']} {f['grund'] if 'grund' in f else f['lag']} {f['kod']}" for f in funna]
    ord_ += [
        f"{fakta[n].definition} {fakta[n].period}"
        for n in fakta
        if f'spar-{n}"' in html.tostring(sidan, encoding="unicode")
    ]
    ord_ += [körning.bok.titel]
    kända = {tal for ett in ord_ for tal in siffror(ett)}
    antal = {str(n) for n in Counter(f["niva"] for f in funna).values()} | {"0"}
    antal |= {str(len(lista)) for lista in sidan.iter("ul")}
    texter = sidan.body.xpath(".//text()[not(ancestor::footer)]")
    assert [tal for text in texter for tal in siffror(text) if tal not in kända | antal] == []


def test_every_link_leads_somewhere(körning: Körning, sidan: html.HtmlElement) -> None:
    ids = {f"{körning.katalog.name}.html": set(re.findall(r'id="([^"]*)"', körning.sida))}
    mål = [länk for länk in sidan.xpath("//a/@href") if not länk.startswith("#")]
    assert len(mål) > 30
    for länk in mål:
        fil, _, ankare = unquote(länk).partition("#")
        assert (körning.katalog / fil).is_file(), länk
        assert not ankare or html.fromstring(f"<i>{ankare}</i>").text in ids[fil], länk


def test_a_finding_about_a_figure_leads_to_its_spår(körning: Körning, sidan: html.HtmlElement) -> None:
    länkar = {unquote(länk).partition("#")[2] for länk in sidan.xpath("//a/@href")}
    spår = {
        f"spar-{n}"
        for f in körning.bok.findings
        if f.nivå not in ("ok", "ej prövad")
        for n in (*f.fakta, f.källa)
        if f'id="spar-{n}"' in körning.sida
    }
    assert len(spår) > 20
    assert spår <= länkar


def test_all_that_was_found_is_on_the_page(körning: Körning, sidan: html.HtmlElement) -> None:
    text = " ".join(" ".join(map(str, sidan.itertext())).split()).casefold()
    for f in körning.kontroller:
        for mening in re.split(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])", f["text"]):
            assert " ".join(mening.rpartition(": ")[2].split()).casefold() in text, f["text"]


def test_the_page_needs_nothing(körning: Körning) -> None:
    text = (körning.katalog / KONTROLLSIDA).read_text("utf-8")
    assert not re.search(r"<script|https?:|@import|url\(|\son\w+=|javascript:", text)


FIENTLIGT = '</style><script>alert(1)</script> "><img src=x onerror=alert(1)> {{ bok }} {% raw %} &amp;'


def test_words_from_elsewhere_are_words(exempel: Årsbok) -> None:
    """In a draft with every level, under its head and joined with its like."""
    problem = [Problem("fel", f"{FIENTLIGT} {nr}", f"{FIENTLIGT}.xlsx") for nr in range(2)]
    problem += [Problem("varning", f"{FIENTLIGT} {nr}", "a.xlsx") for nr in range(2)]
    bok = exempel.med_anmärkningar(problem)
    bok = bok.med_siffergaranti(Siffergaranti({"fakta": 1}, (Obundet(FIENTLIGT, FIENTLIGT, FIENTLIGT, "är fel."),)))
    sida = html.document_fromstring(kontrollsida(bok, "", AVTRYCK))
    assert not list(sida.iter("script", "img"))
    assert sida.text_content().count(FIENTLIGT) >= 4
    fel = sum(f.nivå == "fel" for f in bok.findings)
    assert sida.find(".//h1").text == svaret(bok.findings)
    assert svaret(bok.findings).startswith(f"{fel} saker hindrar.")
    assert next(sida.iter("article")).get("class").startswith("fynd ")


def test_what_is_joined_and_what_is_not(exempel: Årsbok) -> None:
    """What hinders is told in full, one by one; what else is alike stands under one head, as in the terminal."""
    for nivå, antal in (("fel", 3), ("varning", 1)):
        problem = [Problem(nivå, f"Uppgift saknas: {vad}.", "a.xlsx") for vad in ("panter", "dag", "ort")]  # type: ignore[arg-type]
        sida = html.document_fromstring(kontrollsida(exempel.med_anmärkningar(problem), "", AVTRYCK))
        funna = sida.get_element_by_id(nivå).findall("article")
        assert len(funna) == antal


@pytest.mark.parametrize(
    ("nivåer", "svar"),
    [
        ("", "Inget hindrar."),
        ("vv", "Inget hindrar. 2 saker att ta ställning till."),
        ("fv", "1 sak hindrar. 1 sak att ta ställning till."),
    ],
)
def test_the_answer(nivåer: str, svar: str) -> None:
    slag = {"f": "fel", "v": "varning"}
    assert svaret([Finding(slag[n], "", differens=Decimal(1)) for n in nivåer]) == svar  # type: ignore[arg-type]


def test_what_the_section_may_say_is_what_it_says(sofint: Årsbok) -> None:
    """The words that the reading of the document holds it against are those of the page, one by one."""
    stycken = [s for s in read_html(sofint.kontrollerat.html()) if s.kontroll]
    assert [s.text for s in stycken] == [ett.replace("  ", " ") for ett in meningar(sofint.om_kontrollerna)]
