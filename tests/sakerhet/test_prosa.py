"""Any text gives words or problems: never an exception, an element of its own, or Typst code."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_notebook

from finsam.read.indata import OSYNLIGT
from finsam.report.arsbok import Årsbok
from finsam.report.block import Tabellblock
from finsam.report.tecken import KÄNDA, i_typsnitten, tryckbar
from finsam.report.text import (
    _MD,
    _UTAN_MARKERING,
    Prosa,
    _stycke,
    prosa_html,
    prosa_typst,
    read_prosa,
    typst_text,
)
from finsam.report.typst import diagram_typst, rubrik_typst
from finsam.report.utskrift import typst_källa, utan_hopp, write_pdf
from prov import antal

MARKERING = st.sampled_from(
    [
        *(
            "# ",
            "###### ",
            "\n",
            "\n\n",
            "- ",
            "1. ",
            "99. ",
            "> ",
            "**",
            "*",
            "_",
            "`",
            "```\n",
            "---\n",
            "===\n",
            "    ",
        ),
        *("[a](b)", "![a](b)", "<b>", "</b>", "<!--", "-->", "<script>", "<http://x.se>"),
        *("&lt;", "&#x202e;", "&#0;", "&amp", "\\", "\u00ad", "\ue0000\ue001", "\ue000", "🎉", "中"),
        *("{", "}", "{{", "}}", "{år}", "{år-1}", "{rr.arets_resultat | kr}", "{x}", "{= 18 *år*}", "{not:kostnader}"),
        *("{soliditet | procent1 utan_tecken}", "{uppgift.beslutsdatum | datum}"),
        *('#read("/etc/passwd")', '"', '\\"', '";', "#panic()", "$", "@a", "//", "/*", "~", "[", "]", "(", ")", ";"),
    ]
)
TEXTER = st.lists(MARKERING | st.text(max_size=8), max_size=25).map("".join)
NOGA = settings(max_examples=antal(150), suppress_health_check=[HealthCheck.function_scoped_fixture])

ELEMENT = {"p", "ul", "ol", "li", "strong", "em", "blockquote", "br", "h2", "h3", "h4", "h5", "data", "span", "a"}
ATTRIBUT = {
    "value",
    "data-fakta",
    "data-format",
    "data-ordagrant",
    "data-onumrerad",
    "data-dold",
    "start",
    "href",
    "class",
}
TYPST = re.compile(
    r"(?:#;|#strong\[|#emph\[|\];|\],|\[|\]|#list\(|#enum\((?:start: [0-9]+, )?|\)|#quote\(block: true\)\["
    r"|#linebreak\(\);|#underrubrik\([1-4]\)\[|#(?:link|till|hänvisning)\[|[ \n])*"
)
MÅL = re.compile(r'(?<=#link|#till)\("(?:[^"\\]|\\["\\])*"\)(?=\[)|(?<=#hänvisning)\("(?:[^"\\]|\\["\\])*"\)(?=\[)')
"""Where a reference leads, which is not printed."""
STRÄNG = re.compile(r'"(?:[^"\\]|\\["\\])*"')


class Läsare(HTMLParser):
    """What elements, attributes and words a page has; every element must be closed in its turn."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.öppna: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ELEMENT
        assert {namn for namn, _ in attrs} <= ATTRIBUT
        if tag != "br":
            self.öppna.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.öppna.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def läs_html(html: str) -> str:
    läsare = Läsare()
    läsare.feed(html)
    läsare.close()
    assert not läsare.öppna
    return läsare.text


def utan_märken(text: str) -> str:
    """A text without blanks, marks and �: on a letter across the end of a piece, a mark is printed as �."""
    delar = unicodedata.normalize("NFD", text)
    return "".join(t for t in delar if not t.isspace() and t != "\ufffd" and unicodedata.category(t)[0] != "M")


@NOGA
@given(text=TEXTER)
def test_any_text_gives_words_or_problems(text: str, exempel: Årsbok) -> None:
    prosa, problem = read_prosa(text, exempel._tyda, "x.md")
    assert all(ett.text and ett.plats for ett in problem)
    for i_cell in (False, True):
        ord_ = läs_html(prosa_html(prosa, i_cell=i_cell))
        assert not OSYNLIGT.search(ord_)
        typst = MÅL.sub("", prosa_typst(prosa, i_cell=i_cell))
        assert TYPST.fullmatch(STRÄNG.sub("", typst)), typst
        utan_blanka = "".join(s[1:-1].replace("\\\\", "\\").replace('\\"', '"') for s in STRÄNG.findall(typst))
        assert utan_märken(utan_blanka) == utan_märken(tryckbar(ord_))


@settings(max_examples=antal(4), suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(texter=["\ufffd\u1df2"])
@given(texter=st.lists(TEXTER, min_size=20, max_size=40))
def test_any_text_can_be_printed(texter: list[str], exempel: Årsbok) -> None:
    om = {"titel": "Prov", "förbund": "Prov", "dnr": "", "utkast": False, "ny_sida": True, "datum": "", "hel": False}
    om |= {"avtryck": "", "färg": ""}
    källa = typst_källa(new_notebook(), om)
    for text in texter:
        källa += "#heading(level: 1)[Prov]\n\n" + prosa_typst(read_prosa(text, exempel._tyda, "x.md")[0])
        cell = prosa_typst(read_prosa(text, exempel._tyda, "x.md")[0], i_cell=True)
        källa += f"#table([{cell.strip()}])\n\n"
    assert write_pdf(utan_hopp(källa), "").startswith(b"%PDF")


@NOGA
@given(text=st.from_regex(_UTAN_MARKERING, fullmatch=True))
def test_words_that_are_taken_for_no_more_than_words_are_so_in_markdown(text: str) -> None:
    assert list(_stycke(text)) == _MD.parse(text)


@given(text=st.text())
def test_a_text_without_markup_is_shown_as_it_is(text: str) -> None:
    """What is not Markdown (a name, a remark) keeps every letter when it is escaped as the checks' findings are."""
    from finsam.report.kontrollerat import _ren

    rad = "".join(t for t in text if t.isalnum() or t in "*_`#\\[]<>{}&;$@\"'()!") or "x"
    prosa = Prosa(_ren(f"a{rad}").replace("{{", "{").replace("}}", "}"), ())
    assert läs_html(prosa_html(prosa)) == f"a{rad}"


def test_references_without_end_are_told_only_so_far(exempel: Årsbok) -> None:
    prosa, problem = read_prosa("{x}" * 10_000, exempel._tyda, "x.md")
    assert len(problem) == 300
    assert prosa.källa == "{x}" * 10_000


# What is written, and what is printed of it.
TECKEN = {
    "letters of other scripts": ("Å α я א 中", "Å α я א �"),
    "a picture": ("gott 🎉!", "gott �!"),
    "a letter in two parts": ("ge\u0301 q\u0302\u0323 \u0438\u0306", "gé q\u0323\u0302 й"),
    "a mark that the letter's font lacks": ("na\u1df2r", "na�r"),
    "a mark on what stands for another sign": ("�\u1df2 \U0001f389\u1df2", "�� ��"),
    "a mark on nothing": ("\u0301", "�"),
    "a mark on a blank or on markup": ("a \u0301*\u0301\n\u0301", "a �*�\n�"),
    "marks of another script": ("o\u0ecd\u093e", "o��"),
    "letters that join to a syllable": ("\U0001d57f�\u0eb3 \u0915\u093f", "\U0001d57f�� ��"),
    "very many marks": ("b" + "\u0301" * 500 + "\u1df2" * 3, "b" + "\u0301" * 500 + "���"),
    "a quotation mark or a backslash with a mark": ('"\u0301\\\u0301', '"�\\�'),
    "pictures joined to one": ("\U0001f469\u200d\U0001f467", "���"),
    "a picture with a colour": ("\U0001f44d\U0001f3fd", "��"),
    "a picture in another shape": ("\u2764\ufe0f", "\u2764"),
    "a flag": ("\U0001f1f8\U0001f1ea", "��"),
    "a syllable in parts": ("\u1112\u1161\u11ab", "�"),
    "marks of direction": ("a\u202eb\u2066c\u200f", "a�b�c�"),
    "what means nothing": ("\ue000\uf8ff\ufdd0\uffff\U0010ffff\u0378", "������"),
    "half a pair": ("a\ud800b\udc00\u0301", "a�b��"),
    "breaks and controls": ("a\u2028b\u2029c\x00d\x85", "a�b�c�d�"),
}


@pytest.mark.parametrize("fall", TECKEN)
def test_what_the_fonts_lack_is_shown(fall: str) -> None:
    """In a text, a cell, a heading, an alt text and the document's own data."""
    skrivet, tryckt = TECKEN[fall]
    assert tryckbar(skrivet) == tryckt
    ord_ = typst_text(skrivet)
    om = {"titel": skrivet, "förbund": skrivet, "dnr": skrivet, "utkast": True, "ny_sida": True, "datum": ""}
    om |= {"avtryck": "", "färg": ""}
    källa = typst_källa(new_notebook(), om | {"hel": False}) + rubrik_typst(skrivet, 1) + rubrik_typst(f"A{skrivet}", 2)
    källa += f"{ord_}#strong[{ord_}];#emph[A{ord_};#strong[{ord_}];];#table([{ord_}{ord_}])"
    källa += diagram_typst(
        "x", Prosa(skrivet, ()), Prosa(skrivet, ()), '<svg xmlns="http://www.w3.org/2000/svg" width="9"/>'
    )
    assert write_pdf(utan_hopp(källa + "#underrubrik(2)[A]"), "").startswith(b"%PDF")


def test_a_link_in_the_caption_of_a_table_over_pages_is_there_once() -> None:
    """The caption is said again on the next page, where nothing may lead anywhere."""
    om = {"titel": "Prov", "förbund": "Prov", "dnr": "", "utkast": False, "ny_sida": True, "datum": "", "hel": False}
    rader = "".join(f'..rad("post", 0, 0, [{nr}], [1]), ' for nr in range(150))
    tabell = 'id: "t", rubrik: [#link("https://exempel.se")[A]], kolumner: (1fr, 1fr), huvud: ([A], [B]), bruten: true'
    källa = typst_källa(new_notebook(), om | {"avtryck": "", "färg": ""}) + "#heading(level: 1)[Prov]\n"
    assert write_pdf(f"{källa}#finsam-tabell({tabell}, {rader})", "").startswith(b"%PDF")


def test_what_is_known_needs_no_trial() -> None:
    kända = sorted(KÄNDA - set("\t\n"))
    assert i_typsnitten(kända) == kända


def test_a_table_has_no_headings(exempel: Årsbok) -> None:
    block = exempel.resultaträkning
    assert isinstance(block, Tabellblock)
    assert (
        prosa_html(read_prosa("# 1 i landet", exempel._tyda, "")[0], i_cell=True)
        == "<p><strong>1 i landet</strong></p>"
    )
    assert (
        prosa_html(read_prosa("- # a\n- b", exempel._tyda, "")[0])
        == "<ul><li><p><strong>a</strong></p></li><li>b</li></ul>"
    )
    assert prosa_html(read_prosa("###### a", exempel._tyda, "")[0]) == "<h5 data-onumrerad data-dold>a</h5>"


def test_a_list_keeps_its_number(exempel: Årsbok) -> None:
    prosa = read_prosa("3. tre\n4. fyra", exempel._tyda, "")[0]
    assert prosa_html(prosa) == '<ol start="3"><li>tre</li><li>fyra</li></ol>'
    assert prosa_typst(prosa).startswith("#enum(start: 3, ")
