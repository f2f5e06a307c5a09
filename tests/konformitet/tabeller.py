"""The tables of a document as who listens gets them: each cell with the headers that the document says are its own.

Read from the page by `scope`, from the PDF by its tags, and from `rapport.json`: the three must say the same.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pikepdf
from lxml import html


@dataclass(frozen=True, slots=True)
class Hörd:
    """A cell: the headers of its column, its group of rows and its row; what it says; whether that is a figure."""

    huvuden: tuple[str, ...]
    text: str
    tal: bool = False


Tabeller = list[list[Hörd]]


def i_rapport(rapport: dict[str, Any], *former: str) -> Tabeller:
    """The tables as `rapport.json` has them, of those that are shown in these ways."""
    return [list(_celler(tabell)) for tabell in rapport["tabeller"] if tabell["form"] in (former or ("tabell",))]


def _celler(tabell: dict[str, Any]) -> Iterator[Hörd]:
    med_noter = any(rad["not"] for rad in tabell["rader"])
    grupp: tuple[str, ...] = ()
    for rad in tabell["rader"]:
        if rad["slag"] == "rubrik":
            grupp = (rad["etikett"] + rad["marke"],)
            continue
        rader = (*grupp, rad["etikett"] + rad["marke"])
        kolumner = [kolumn + märke for kolumn, märke in zip(tabell["kolumner"], tabell["marken"], strict=True)]
        if med_noter:
            yield Hörd(("Not", *rader), str(rad["not"] or ""))
        for kolumn, visat, fakta in zip(kolumner, rad["visat"], rad["fakta"], strict=True):
            yield Hörd((kolumn, *rader), visat, tal=fakta is not None)


def skillnader(väntade: Tabeller, lästa: Tabeller) -> list[str]:
    """Where a document says something else than `rapport.json`; figures to the character, words to the letter."""
    if len(väntade) != len(lästa):
        return [f"{len(väntade)} tabeller väntade, {len(lästa)} lästa"]
    return [
        f"tabell {nr}: väntade {a}, läste {b}"
        for nr, (väntad, läst) in enumerate(zip(väntade, lästa, strict=True), 1)
        for a, b in zip_longest(väntad, läst)
        if a is None or b is None or not _samma(a, b)
    ]


def _samma(a: Hörd, b: Hörd) -> bool:
    if [bokstäver(h) for h in a.huvuden] != [bokstäver(h) for h in b.huvuden]:
        return False
    siffror = a.tal and any(tecken.isdigit() for tecken in a.text)
    return _ord(a.text) == _ord(b.text) if siffror else bokstäver(a.text) == bokstäver(b.text)


def _ord(text: str) -> str:
    return " ".join(text.replace("\u00ad", "-").split())


def bokstäver(text: str) -> str:
    """Words without what is only shape: blanks, marks of lists, hyphens where a line ends, Markdown."""
    return re.sub(r"[\W_]+", "", text)


# --- the page ------------------------------------------------------------------------------------------------------


def i_html(fil: Path) -> Tabeller:
    """The tables of a page, by the scope of their headers."""
    sida = html.parse(str(fil)).getroot()
    return [list(_celler_i_html(tabell)) for tabell in sida.xpath("//table[not(ancestor::aside)]")]


def _celler_i_html(tabell: html.HtmlElement) -> Iterator[Hörd]:
    kolumner = [_om_scope(th, "col") for th in tabell.xpath("./thead/tr/th")]
    for kropp in tabell.xpath("./tbody"):
        grupp = [th.text_content() for th in kropp.xpath("./tr/th[@scope='rowgroup']")]
        for rad in kropp.xpath("./tr[td]"):
            etiketter = [_om_scope(th, "row") for th in rad.xpath("./th")]
            for nr, cell in enumerate(rad):
                if cell.tag == "td" and cell.get("class") != "spar":
                    yield Hörd((kolumner[nr], *grupp, *etiketter), cell.text_content())


def _om_scope(th: html.HtmlElement, scope: str) -> str:
    return str(th.text_content()) if th.get("scope") == scope else "(rubrik utan scope)"


# --- the PDF -------------------------------------------------------------------------------------------------------


@dataclass
class Element:
    """An element of the PDF's structure tree, as poppler prints it."""

    slag: str
    indrag: int
    id: str = ""
    attribut: dict[str, str] = field(default_factory=dict)
    barn: list[Element | str] = field(default_factory=list)

    def alla(self, slag: str) -> Iterator[Element]:
        """The elements of a kind below this one."""
        for barn in self.barn:
            if isinstance(barn, Element):
                if barn.slag == slag:
                    yield barn
                yield from barn.alla(slag)

    def text(self) -> str:
        """The words below this one."""
        return "".join(barn if isinstance(barn, str) else barn.text() for barn in self.barn)


def i_pdf(fil: Path) -> Tabeller:
    """The tables of a PDF, by the headers that each data cell names."""
    return [list(_celler_i_pdf(tabell)) for tabell in struktur(fil).alla("Table")]


def _celler_i_pdf(tabell: Element) -> Iterator[Hörd]:
    huvuden = {th.id: th.text() for th in tabell.alla("TH")}
    for cell in tabell.alla("TD"):
        nämnda = re.findall(r"\(([^)]*)\)", cell.attribut.get("Headers", ""))
        yield Hörd(tuple(huvuden.get(id_, f"(rubriken {id_} finns inte)") for id_ in nämnda), cell.text())


_RAD_ELEMENT = re.compile(r"(\w+)(?: <([^>]*)>)?(?: \".*\")?(?: \((?:block|inline)\))?:?")
_RAD_ATTRIBUT = re.compile(r"/(\w+) (.*)")


def utan_ersättningstext(fil: Path) -> bytes:
    """The PDF without marks of ActualText: after one, poppler loses the words of the element it stands in.

    Typst marks a hyphen so, where the same glyph also divides words; the glyph has its own text.
    """
    with pikepdf.open(fil) as dok:
        for sida in dok.pages:
            kvar: list[Any] = []
            öppna: list[bool] = []
            for del_ in pikepdf.parse_content_stream(sida):
                if (operator := str(del_.operator)) in ("BDC", "BMC"):
                    öppna.append(any(isinstance(o, pikepdf.Dictionary) and "/ActualText" in o for o in del_.operands))
                if operator not in ("BDC", "BMC", "EMC") or not (öppna.pop() if operator == "EMC" else öppna[-1]):
                    kvar.append(del_)
            sida.Contents = dok.make_stream(pikepdf.unparse_content_stream(kvar))
        ut = BytesIO()
        dok.save(ut)
    return ut.getvalue()


def struktur(fil: Path) -> Element:
    """The structure tree of a PDF with its words, read by `pdfinfo -struct-text`: depth is indentation."""
    kommando = ["pdfinfo", "-enc", "UTF-8", "-struct-text", "-"]
    svar = subprocess.run(kommando, input=utan_ersättningstext(fil), capture_output=True, check=True)
    stig = [Element("", -1)]
    öppen: list[str] = []
    for rad in svar.stdout.decode("utf-8", "replace").splitlines():
        ren, indrag = rad.strip(), len(rad) - len(rad.lstrip())
        if öppen or ren.startswith('"'):
            while not öppen and stig[-1].indrag >= indrag:
                stig.pop()
            öppen.append(ren)
            if ren.endswith('"') and öppen != ['"']:
                stig[-1].barn.append(" ".join(öppen)[1:-1])
                öppen = []
        elif träff := _RAD_ATTRIBUT.fullmatch(ren):
            stig[-1].attribut[träff[1]] = träff[2]
        elif träff := _RAD_ELEMENT.fullmatch(ren):
            while stig[-1].indrag >= indrag:
                stig.pop()
            nytt = Element(träff[1], indrag, träff[2] or "")
            stig[-1].barn.append(nytt)
            stig.append(nytt)
    return stig[0]
