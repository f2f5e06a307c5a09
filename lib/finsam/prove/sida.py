"""A finished page read back, without knowing how it was made: every piece of text that is seen or heard, with its
place and with what it says of itself (the fact it shows, the reference it comes from).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

from lxml import etree, html

Element = etree._Element

Slag = Literal[
    "titel",
    "omslag",
    "förteckning",
    "rubrik",
    "text",
    "punkt",
    "nummer",
    "tabellrubrik",
    "kolumn",
    "rad",
    "cell",
    "bildtext",
    "alt",
    "spår",
    "diagram",
    "sidhuvud",
    "sidfot",
    "otaggat",
]
"""What a block is."""

_BLOCK: Mapping[str, Slag] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "rubrik"),
    "p": "text",
    "pre": "text",
    "details": "text",
    "summary": "text",
    "blockquote": "text",
    "div": "text",
    "section": "text",
    "ul": "text",
    "ol": "text",
    "li": "punkt",
    "caption": "tabellrubrik",
    "th": "kolumn",
    "td": "cell",
    "figcaption": "bildtext",
    "dl": "omslag",
    "title": "titel",
    "footer": "sidfot",
    "header": "omslag",
    "main": "text",
    "nav": "förteckning",
}
_TYSTA = frozenset(("style", "script", "template"))
_HÖRDA = ("aria-label", "aria-description", "title", "placeholder", "alt")
"""Attributes that are read aloud or shown."""

_BINDER = {"data-fakta", "data-ordagrant", "data-storlek", "data-nr"}
"""Attributes that say what the words of an element are: a fact, a literal, a file's size, the number of a table."""

PROGRAMMETS = ("nr", "slagnr", "enhet")
"""Classes of what the program puts beside the words of a heading or a caption: numbers, and the unit."""

_BINDESTRECK = "\u2010"
"""What a long word in a picture is parted with."""

_TOLK = etree.HTMLParser()
"""Reads a page without the elements of lxml.html, which only add to those that are used here."""

_ALL_TEXT = etree.XPath("string()", smart_strings=False)
_SPÅRETS_ORD = etree.XPath(".//text()[not(ancestor::p[@class='fler'])]", smart_strings=False)
_UTAN_UPPHÖJT = etree.XPath(".//text()[not(ancestor::sup)]", smart_strings=False)
_FAKTA = etree.XPath(".//data/@data-fakta", smart_strings=False)

_BLANKA = re.compile(r"[ \t\r\n\f]+")
_OSYNLIGA = re.compile("[\u00ad\u200b\u2060]")
_OJÄMN = re.compile("[\t\r\n\f\u00ad\u200b\u2060]|  ")
"""What makes a text another when those are taken away and blanks are single."""

_DELADE = ("dt", "dd", "br")
"""Elements that part words without being a block of their own."""


@dataclass(frozen=True, slots=True)
class Läst:
    """A piece of text, with the attributes of the element that binds it (none when nothing does)."""

    text: str
    om: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stycke:
    """A paragraph, a cell, a heading: what it is, where it stands, its text in pieces.

    `om` is the block's own attributes; `kontroll` is set in the section of checks and in the
    kolofon, `kolofon` in that alone, `dolt` where only listeners get it
    or it is folded on the page, and the PDF has it not.
    `i` is the id of the table or picture it is part of, `kolumn` its place in a row, `före` and `efter` what is around
    it there.
    """

    slag: Slag
    plats: str
    delar: tuple[Läst, ...]
    om: Mapping[str, str] = field(default_factory=dict)
    kontroll: bool = False
    kolofon: bool = False
    dolt: bool = False
    i: str = ""
    kolumn: int = -1
    före: str = ""
    efter: str = ""

    @property
    def text(self) -> str:
        """All its text, with single blanks."""
        return ett_blank("".join([del_.text for del_ in self.delar]))


@lru_cache(maxsize=1 << 14)
def ett_blank(text: str) -> str:
    """The text with one blank where there were several, a hard one where there was one; no soft hyphens.

    >>> ett_blank(" ett\\n  tal: 1\\u00a0234, slu\\u00adtar ")
    'ett tal: 1\\xa0234, slutar'
    """
    if _OJÄMN.search(text):
        text = _BLANKA.sub(" ", _OSYNLIGA.sub("", text))
    return text.strip()


def jämn(text: str) -> str:
    """The words with plain single blanks."""
    return " ".join(text.split())


def read_html(sida: str) -> list[Stycke]:
    """Everything that a page says, in reading order. Raises ValueError for what is no page."""
    try:
        rot = etree.fromstring(sida, _TOLK)
    except etree.LxmlError as fel:
        raise ValueError("Filen är ingen HTML-sida.") from fel
    if rot is None:
        raise ValueError("Filen är ingen HTML-sida.")
    läsare = _Läsare()
    huvuden = (_UTAN_UPPHÖJT(th) for th in rot.iter("th") if th.get("scope") == "col")
    läsare._kolumner = {ett_blank("".join(ord_)) for ord_ in huvuden}
    for element in rot.iter("title"):
        läsare.läs(element)
    if (kropp := next(rot.iter("body"), None)) is not None:
        läsare.läs(kropp)
    return läsare.stycken


class _Läsare:
    """Where the reading of a page is."""

    def __init__(self) -> None:
        self.stycken: list[Stycke] = []
        self._öppet: list[Läst] = []
        self._avsnitt = ""
        self._tabell = ""
        self._slag: Slag = "text"
        self._plats = ""
        self._om: Mapping[str, str] = {}
        self._kontroll = self._kolofon = self._dolt = False
        self._i, self._kolumn = "", -1
        self._kolumner: set[str] = set()
        self._rad: tuple[Element | None, str] = (None, "")
        self._huvud: tuple[Element | None, list[str]] = (None, [])
        """The row and the table that were last read of, with what they say."""

    def läs(self, element: Element) -> None:
        """Read an element and all in it."""
        if not isinstance(element.tag, str) or element.tag in _TYSTA:
            return
        om = dict(element.attrib)
        if element.tag == "div" and om.get("id", "").startswith("spar-"):
            self._läs_spår(element, om["id"].removeprefix("spar-"))
        elif "spar" in om.get("class", "").split() and element.tag in ("th", "td", "button"):
            self._läs_spårknapp(element)
        else:
            self._läs_vanligt(element, om)

    def _läs_vanligt(self, element: Element, om: dict[str, str]) -> None:
        före = (self._slag, self._plats, self._om, self._kontroll, self._kolofon, self._dolt, self._i, self._kolumn)
        self._kontroll |= "data-kontroll" in om
        self._kolofon |= "data-kolofon" in om
        self._dolt |= "dold" in om.get("class", "").split() or "data-webb" in om
        block, början = element.tag in _BLOCK, len(self.stycken)
        if element.tag in ("table", "figure"):
            self._i = om.get("id", "")
        if element.tag in ("th", "td") and (rad := element.getparent()) is not None:
            self._kolumn = rad.index(element)
        if block:
            self._avsluta()
            self._slag, self._plats, self._om = self._vad(element), self._var(element), om
        self._läs_innehåll(element, om)
        if block:
            self._avsluta()
        if element.tag == "tr":
            self.stycken[början:] = _med_raden(self.stycken[början:])
        self._slag, self._plats, self._om, self._kontroll, self._kolofon, self._dolt, self._i, self._kolumn = före

    def _läs_spår(self, element: Element, id_: str) -> None:
        """A spår, and what opens those of the figures in the same row: they are named by their columns."""
        plats, ord_ = f"spåret bakom {id_}", _SPÅRETS_ORD(element)
        self._stycke("spår", plats, [Läst(" ".join(ord_), {"id": id_})])
        for fler in element.iterfind("p[@class='fler']"):
            kända = all(ett_blank(_text(knapp)) in self._kolumner for knapp in fler)
            if not kända or any(map(str.isdigit, fler.text or "")):
                self._stycke("text", plats, [Läst(_text(fler))])

    def _läs_spårknapp(self, element: Element) -> None:
        """A button for a spår is named by what it opens: its row and the year, or the figure before it. What else is
        said by it, or beside it, is read.
        """
        for knapp in element.iter("button"):
            rad, nyckel = next(knapp.iterancestors("tr"), None), knapp.get("popovertarget", "").removeprefix("spar-")
            period = nyckel.rpartition("/")[2]
            vad = ord_i_element(knapp.getprevious())
            if rad is not None and nyckel in _FAKTA(rad):
                vad = f"{ord_i_element(rad.find('th'))} {period if period.isdecimal() else ''}".rstrip()
            if ett_blank(knapp.get("aria-label", "")) != f"Spår för {vad}":
                self._stycke("text", f"{self._plats}, aria-label", [Läst(knapp.get("aria-label", ""))])
        if ett_blank(_text(element)) not in ("", "Spår"):
            self._öppet.append(Läst(_text(element)))

    def _läs_innehåll(self, element: Element, om: dict[str, str]) -> None:
        if om:
            self._läs_attribut(element, om)
            if element.tag == "g" and "data-ord" in om:
                self._läs_diagram(element)
                return
            if not _BINDER.isdisjoint(om) or om.get("class") in PROGRAMMETS:
                self._öppet.append(Läst(_text(element), om))
                return
        if element.tag == "table":
            self._tabell = ord_i_element(element.find("caption"))
        self._lägg(element.text or "")
        barn = list(element)
        if "figcaption" in [b.tag for b in barn[1:]]:
            barn.sort(key=lambda b: b.tag != "figcaption")
        första = start if element.tag == "ol" and (start := element.get("start", "")).isdecimal() else 1
        for nr, del_ in enumerate(barn, int(första)):
            if element.tag == "ol" and self._slag != "förteckning":
                self._stycke("nummer", self._plats, [Läst(f"{nr}.")], efter=ord_i_element(del_))
            self.läs(del_)
            self._lägg((" " if del_.tag in _DELADE else "") + (del_.tail or ""))
        if element.tag in ("h2", "h3", "h4", "h5"):
            self._avsnitt = ord_i_element(element)

    def _läs_attribut(self, element: Element, om: dict[str, str]) -> None:
        for namn in _HÖRDA:
            if namn in om and namn != "alt" and element.tag != "svg":
                self._stycke("text", f"{self._plats}, {namn}", [Läst(om[namn])])
        if element.tag in ("img", "svg"):
            bild = self._bilden(element)
            namn = om.get("aria-label" if element.tag == "svg" else "alt", "")
            self._stycke("alt", f"{bild}, alternativtexten", _bundna(namn, om.get("data-ord")))

    def _läs_diagram(self, grupp: Element) -> None:
        """Words in a picture; those that refer to something have it beside them."""
        text = _text(grupp).replace(_BINDESTRECK, "")
        self._stycke("diagram", self._bilden(grupp), _bundna(text, grupp.get("data-ord")))

    def _bilden(self, i: Element) -> str:
        """The picture that this is in."""
        figur = next(i.iterancestors("figure"), None)
        rubrik = i.getparent() if figur is None else figur.find("figcaption")
        return f"{self._i_avsnittet()}bilden {ord_i_element(rubrik)}".rstrip()

    def _vad(self, element: Element) -> Slag:
        if self._slag in ("förteckning", "sidfot", "omslag"):
            return self._slag
        if element.tag == "th" and element.get("scope") != "col":
            return "rad"
        return "cell" if self._slag == "cell" else _BLOCK[str(element.tag)]

    def _var(self, element: Element) -> str:
        """The place, as a person would say it."""
        match str(element.tag):
            case "title":
                return "sidans titel"
            case "header":
                return "omslaget"
            case "footer":
                return "sidfoten"
            case "nav":
                return "innehållsförteckningen"
            case "caption":
                return f"{self._i_avsnittet()}tabellens rubrik"
            case "th" | "td":
                return f"{self._i_avsnittet()}tabellen {self._tabell}{self._rad_och_kolumn(element)}"
            case "figcaption":
                return f"{self._i_avsnittet()}bildtexten"
            case tagg if tagg[0] == "h" and tagg[1:].isdigit():
                return "rubriken"
            case _ if self._slag in ("förteckning", "omslag", "sidfot", "cell"):
                return self._plats
            case _:
                return f"avsnittet {self._avsnitt}" if self._avsnitt else "dokumentets början"

    def _rad_och_kolumn(self, cell: Element) -> str:
        rad = cell.getparent()
        if rad is None or cell.get("scope") == "col":
            return ", kolumnrubriken"
        if rad is not self._rad[0]:
            self._rad = rad, f", raden {ord_i_element(rad.find('th'))}"
        etikett = self._rad[1]
        if cell.tag == "th":
            return etikett
        tabell = next(rad.iterancestors("table"))
        if tabell is not self._huvud[0]:
            self._huvud = tabell, [ord_i_element(th) for th in tabell.findall("./thead/tr/th")]
        kolumner = self._huvud[1]
        return f"{etikett}, kolumnen {kolumner[self._kolumn]}" if self._kolumn < len(kolumner) else etikett

    def _i_avsnittet(self) -> str:
        return f"{self._avsnitt}, " if self._avsnitt else ""

    def _lägg(self, text: str) -> None:
        if text:
            self._öppet.append(Läst(text))

    def _avsluta(self) -> None:
        if not self._öppet:
            return
        delar, self._öppet = self._öppet, []
        self._stycke(self._slag, self._plats, delar)

    def _stycke(self, slag: Slag, plats: str, delar: Sequence[Läst], efter: str = "") -> None:
        delar = [del_ for del_ in delar if del_.text]
        if any(del_.text.strip() for del_ in delar):
            om, i, kolumn = self._om, self._i, self._kolumn
            dolt = (self._kontroll, self._kolofon, self._dolt)
            self.stycken.append(Stycke(slag, plats, tuple(delar), om, *dolt, i, kolumn, "", efter))


def _med_raden(stycken: list[Stycke]) -> Iterator[Stycke]:
    """The blocks of a row of a table, each with what is before and after it in the row."""
    texter = [stycke.text for stycke in stycken]
    for nr, s in enumerate(stycken):
        före, efter = " ".join(texter[:nr]), " ".join(texter[nr + 1 :])
        yield Stycke(s.slag, s.plats, s.delar, s.om, s.kontroll, s.kolofon, s.dolt, s.i, s.kolumn, före, efter)


def _text(element: Element) -> str:
    """All the words of an element."""
    return str(_ALL_TEXT(element))


def ord_i_element(element: Element | None) -> str:
    """The words of an element, without the number and the unit of a caption, the marks of footnotes and its buttons."""
    if element is None:
        return ""
    return ett_blank(ord_utom(element, lambda e: e.tag == "button" or e.get("class") in ("slagnr", "enhet", "marke")))


def ord_utom(element: Element, utan: Callable[[Any], bool]) -> str:
    """The words of an element but those in elements that are to be left out."""
    delar = [element.text or ""]
    for barn in element:
        delar += ["" if utan(barn) else ord_utom(barn, utan), barn.tail or ""]
    return "".join(delar)


@lru_cache(maxsize=1 << 12)
def _bundna(text: str, ord_: str | None) -> tuple[Läst, ...]:
    """A text that cannot hold elements, with the facts that stand beside it; they bind only when they say the same."""
    if ord_ is None:
        return (Läst(text),)
    läsare = _Läsare()
    läsare.läs(html.fragment_fromstring(ord_, create_parent="span"))
    läsare._avsluta()
    delar = tuple(del_ for stycke in läsare.stycken for del_ in stycke.delar)
    samma = utan_blanka("".join(del_.text for del_ in delar)) == utan_blanka(text)
    return delar if samma else (Läst(text),)


def utan_blanka(text: str) -> str:
    """The text without any blanks."""
    return "".join(text.split())
