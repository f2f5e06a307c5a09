"""The document as a Word file: the same words, tables and pictures as the page, made of the same executed sections."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as Dokument
from docx.opc.packuri import PackURI
from docx.opc.pkgwriter import PackageWriter
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.text.paragraph import CT_P
from docx.shared import Mm
from docx.text.paragraph import Paragraph
from lxml import html
from lxml.html import HtmlElement
from nbformat import NotebookNode

from finsam.model.farg import FÖRVAL, Färger, ur_egen
from finsam.report.typst import typst_sträng
from finsam.report.utskrift import hopsatt
from finsam.report.word.stilar import ARBETSKOPIA, SPRÅK, sätt_reserv, sätt_sida, sätt_stilar
from finsam.report.word.tabell import tabell_xml
from finsam.report.word.xml import körning, löpande, rensa, stycke

_XMLNS = 'xmlns="http://www.w3.org/2000/svg"'
_BILDBREDD, _TÄTHET = 160, 200
_OM = (
    f"{ARBETSKOPIA}. Den är till för kommentarer och ändringsförslag före beslutet. Det som ändras här läses inte "
    "tillbaka: skriv in det i förbundets underlag och gör rapporten på nytt. PDF-filen är dokumentet."
)
_BLOCK = {
    "p",
    "ul",
    "ol",
    "div",
    "table",
    "figure",
    "details",
    "dl",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "pre",
    "section",
}
_SVG = "data:image/svg+xml;base64,"
_PNG = "data:image/png;base64,"
_ÄR_PNG = b"\x89PNG\r\n\x1a\n"
_REDSKAP = "//a[@class='lank'] | //p[@class='vink' or @class='verktyg']"
"""What helps to use a page, and is not in the document."""
_INRITAD = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_ASCII = str.maketrans("åäö", "aao")


def write_docx(nb: NotebookNode, fil: Path) -> None:
    """Write an executed document for Word. The same bytes for the same notebook."""
    om: dict[str, Any] = {
        "titel": "",
        "förbund": "",
        "datum": "",
        "avtryck": "",
        "färg": "",
        "hel": False,
        **nb.metadata["finsam"],
    }
    om |= {vad: rensa(om[vad]) for vad in ("titel", "förbund")}
    färger = ur_egen(om["färg"]) if om["färg"] else FÖRVAL
    omslag, kropp, innehåll = hopsatt(nb, hel=om["hel"], avtryck=om["avtryck"])
    dok = Document()
    dok._body.clear_content()
    sätt_stilar(dok, färger)
    sätt_sida(dok, f"{om['förbund']}, {om['titel']}".strip(", "), färger)
    _egenskaper(dok, om)
    märkt, inritade = _lös_svg(kropp)
    träd = html.document_fromstring(f"<html><body>{märkt}</body></html>").find("body")
    assert träd is not None
    for redskap in träd.xpath(_REDSKAP):
        redskap.drop_tree()
    skrivare = _Skrivare(dok, färger, träd, dict(_bilder(träd, inritade, färger)))
    skrivare.write(omslag, innehåll)
    fil.write_bytes(_packad(dok))


class _Skrivare:
    """The document while it is written, one block of the page after the other."""

    def __init__(self, dok: Dokument, färger: Färger, kropp: HtmlElement, bilder: dict[HtmlElement, bytes]) -> None:
        self.dok, self.färger, self.kropp, self.bilder = dok, färger, kropp, bilder
        self.slut = dok.element.body.sectPr
        self.bokmärken = 0
        self._väntar: list[str] = []

    def write(self, omslag: str, innehåll: str) -> None:
        """The cover, what the copy is, the contents and all the rest."""
        if omslag:
            for element in html.fragment_fromstring(omslag):
                self._block(element)
        self._lägg(stycke(körning(_OM, f'<w:color w:val="{self.färger.hindrar[1:]}"/>')))
        if innehåll:
            self._innehåll(html.fragment_fromstring(innehåll))
        for element in self.kropp:
            self._block(element)
        self._lägg_in()

    def _lägg(self, xml: str) -> None:
        self._väntar.append(xml)

    def _lägg_in(self) -> None:
        """Put what waits into the document."""
        for del_ in parse_xml(f"<w:body {nsdecls('w')}>{''.join(self._väntar)}</w:body>"):
            self.slut.addprevious(del_)
        self._väntar = []

    def _innehåll(self, lista: HtmlElement) -> None:
        """A table of contents that leads to its headings; Word can fill in the pages (F9)."""
        rader = [(len(list(li.iterancestors("ol"))), a) for li in lista.iter("li") for a in li.findall("a")[:1]]
        self._lägg(stycke(körning("Innehåll"), "TOCHeading" if self._har_stil("TOC Heading") else "Heading2"))
        fält = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
        instr = r'<w:r><w:instrText xml:space="preserve"> TOC \o "1-3" \h \z \u </w:instrText></w:r>'
        for nr, (nivå, a) in enumerate(rader):
            början = fält.format("begin") + instr + fält.format("separate") if not nr else ""
            slutet = fält.format("end") if nr == len(rader) - 1 else ""
            mål = _bokmärke((a.get("href") or "").removeprefix("#"))
            länk = f'<w:hyperlink w:anchor="{mål}" w:history="1">{löpande(a)}</w:hyperlink>'
            egen = f'<w:spacing w:after="40"/><w:ind w:left="{max(0, nivå - 1) * 340}"/>'
            self._lägg(stycke(början + länk + slutet, "", egen))

    def _har_stil(self, namn: str) -> bool:
        return self.dok.styles.element.get_by_name(namn) is not None

    def _block(self, element: HtmlElement) -> None:
        """A block of the page as one or more of the document."""
        tagg, klasser = element.tag, (element.get("class") or "").split()
        if not isinstance(tagg, str) or tagg in ("script", "style") or element.get("data-webb") is not None:
            return
        if re.fullmatch("h[2-6]", tagg):
            self._rubrik(element, min(int(tagg[1]) - 1, 4))
        elif write := _SKRIVARE.get(tagg):
            write(self, element)
        elif any(isinstance(barn.tag, str) and barn.tag in _BLOCK for barn in element):
            self._delar(element)
        else:
            stil = "Fotnot" if {"fotnot", "avtryck"}.intersection(klasser) else ""
            self._lägg(stycke(löpande(element), stil))

    def _delar(self, element: HtmlElement) -> None:
        """What an element holds, one block after the other; words between blocks are paragraphs."""
        if (element.text or "").strip():
            self._lägg(stycke(körning((element.text or "").strip())))
        for barn in element:
            self._block(barn)
            if (barn.tail or "").strip():
                self._lägg(stycke(körning((barn.tail or "").strip())))

    def _rubrik(self, element: HtmlElement, nivå: int) -> None:
        text = löpande(element)
        if id_ := element.get("id"):
            self.bokmärken += 1
            nr, namn = self.bokmärken, _bokmärke(id_)
            text = f'<w:bookmarkStart w:id="{nr}" w:name="{namn}"/>{text}<w:bookmarkEnd w:id="{nr}"/>'
        self._lägg(stycke(text, f"Heading{nivå}"))

    def _tabell(self, tabell: HtmlElement) -> None:
        self._lägg(tabell_xml(tabell, self.färger))

    def _titel(self, element: HtmlElement) -> None:
        self._lägg(stycke(löpande(element), "Title"))

    def _uppgifter(self, lista: HtmlElement) -> None:
        for dt, dd in zip(lista.findall("dt"), lista.findall("dd"), strict=False):
            self._lägg(stycke(löpande(dt, frozenset({"<w:b/>"})) + körning(": ") + löpande(dd)))

    def _ensam_bild(self, bild: HtmlElement) -> None:
        self._bild(bild, bild.get("alt") or "")

    def _lista(self, lista: HtmlElement) -> None:
        if "underskrifter" in (lista.get("class") or "").split():
            for li in lista.findall("li"):
                linje = (
                    f'<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="{self.färger.kant[1:]}"/></w:pBdr>'
                )
                self._lägg(stycke("", "", f'<w:keepNext/>{linje}<w:spacing w:before="560" w:after="40"/>'))
                [namn, *_] = [*li.findall("strong"), li]
                roll = (namn.tail or "").strip() if namn is not li else ""
                self._lägg(stycke(löpande(namn, frozenset({"<w:b/>"})) + körning(f"  {roll}" if roll else "")))
            return
        numrerad = lista.tag == "ol"
        egen = (
            f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{self._ny_numrering(lista)}"/></w:numPr>' if numrerad else ""
        )
        for li in lista.findall("li"):
            under = [barn for barn in li if barn.tag in ("ul", "ol")]
            for barn in under:
                li.remove(barn)
            self._lägg(stycke(löpande(li), "ListNumber" if numrerad else "ListBullet", egen))
            for barn in under:
                self._block(barn)

    def _ny_numrering(self, lista: HtmlElement) -> int:
        """A numbering of its own, that begins where the list does."""
        numrering = self.dok.part.numbering_part.element
        stil = self.dok.styles["List Number"].element
        [förebild] = stil.xpath("w:pPr/w:numPr/w:numId/@w:val") or ["1"]
        [abstrakt] = numrering.xpath(f"w:num[@w:numId='{förebild}']/w:abstractNumId/@w:val")
        num = numrering.add_num(int(abstrakt))
        start = lista.get("start") or "1"
        num.add_lvlOverride(ilvl=0).add_startOverride(int(start) if start.isdecimal() else 1)
        return int(num.numId)

    def _figur(self, figur: HtmlElement) -> None:
        for rubrik in figur.iter("figcaption"):
            self._lägg(stycke(löpande(rubrik), "Caption", "<w:keepNext/>"))
        for bild in [*figur.iter("img")][:1]:  # the page may have another for a narrow screen
            self._ensam_bild(bild)

    def _bild(self, bild: HtmlElement, alt: str) -> None:
        """A picture of its own line, with its words for who does not see it."""
        png = self.bilder.get(bild, b"")
        if not png.startswith(_ÄR_PNG):
            self._lägg(stycke(körning(alt)))
            return
        self._lägg_in()
        stycket = cast("CT_P", OxmlElement("w:p"))
        self.slut.addprevious(stycket)
        form = Paragraph(stycket, self.dok._body).add_run().add_picture(BytesIO(png))
        if form.width > Mm(_BILDBREDD):
            form.height = int(form.height * Mm(_BILDBREDD) / form.width)  # type: ignore[assignment]
            form.width = Mm(_BILDBREDD)
        [om] = form._inline.xpath("wp:docPr")
        om.set("descr", rensa(alt))
        om.set("name", f"Bild {om.get('id')}")


_SKRIVARE: dict[str, Callable[[_Skrivare, HtmlElement], None]] = {
    "h1": _Skrivare._titel,
    "table": _Skrivare._tabell,
    "figure": _Skrivare._figur,
    "img": _Skrivare._ensam_bild,
    "ul": _Skrivare._lista,
    "ol": _Skrivare._lista,
    "dl": _Skrivare._uppgifter,
}


def _lös_svg(kropp: str) -> tuple[str, list[str]]:
    """The page with a mark for each picture that is drawn in it, and those, as they are: HTML has no large letters."""
    ritade: list[str] = []

    def märk(träff: re.Match[str]) -> str:
        ritade.append(träff[0])
        namn = re.search(r'aria-label="([^"]*)"|<title[^>]*>([^<]*)</title>', träff[0])
        return f'<img data-svg="{len(ritade) - 1}" alt="{(namn[1] or namn[2] or "") if namn else ""}">'

    return _INRITAD.sub(märk, kropp), ritade


def _bilder(kropp: HtmlElement, inritade: list[str], färger: Färger) -> Iterator[tuple[HtmlElement, bytes]]:
    """Every picture that is shown, as dots; the drawn ones are made so in one go."""
    ritade: list[tuple[HtmlElement, str]] = []
    for bild in kropp.iter("img"):
        if any(f.get("data-webb") is not None for f in bild.iterancestors()):
            continue
        källa, nr = bild.get("src") or "", bild.get("data-svg") or ""
        if nr.isdecimal() and int(nr) < len(inritade):
            ritade.append((bild, inritade[int(nr)]))
        elif källa.startswith(_SVG):
            ritade.append((bild, base64.b64decode(källa.removeprefix(_SVG)).decode()))
        elif källa.startswith(_PNG):
            yield bild, base64.b64decode(källa.removeprefix(_PNG))
    if ritade:
        pngs = _som_punkter([_för_sig(_med_färger(svg, färger)) for _, svg in ritade])
        yield from ((bild, png) for (bild, _), png in zip(ritade, pngs, strict=True) if png)


def _med_färger(svg: str, färger: Färger) -> str:
    """A picture with the colours that the page gives it by name."""
    egna = {f.name.translate(_ASCII): getattr(färger, f.name) for f in fields(färger)}
    return re.sub(r"var\(--([\w-]+)[^)]*\)", lambda träff: egna.get(träff[1], träff[0]), svg)


def _för_sig(svg: str) -> str:
    """A picture that is no longer part of a page, which tells what language it is in.

    >>> _för_sig('<svg width="1"/>')
    '<svg xmlns="http://www.w3.org/2000/svg" width="1"/>'
    """
    return svg if "xmlns=" in svg.partition(">")[0] else svg.replace("<svg", f"<svg {_XMLNS}", 1)


def _som_punkter(svgs: list[str]) -> list[bytes]:
    """Pictures as PNG; one that cannot be drawn is empty."""
    from finsam.report.typst_pdf import TypstError, rita

    bilder = (f"#image(bytes({typst_sträng(svg)}), width: {_BILDBREDD}mm)\n" for svg in svgs)
    sidor = "#pagebreak()\n".join(bilder)
    try:
        return rita(f"#set page(width: auto, height: auto, margin: 0pt)\n{sidor}", _TÄTHET)
    except TypstError:
        return [png for svg in svgs for png in _som_punkter([svg])] if len(svgs) > 1 else [b""]


def _bokmärke(id_: str) -> str:
    """A name that Word takes: letters, digits and underscores, at most 40, the end of a long one its fingerprint.

    >>> _bokmärke("not-2"), len(_bokmärke("väsentliga-" * 9))
    ('h_not_2', 40)
    """
    namn = "h_" + re.sub(r"\W", "_", id_)
    return namn if len(namn) <= 40 else f"{namn[:31]}_{hashlib.sha256(namn.encode()).hexdigest()[:8]}"


def _egenskaper(dok: Dokument, om: dict[str, Any]) -> None:
    """What the file says of itself; no day but the decision's."""
    egna = dok.core_properties
    egna.title, egna.author, egna.language = f"{om['förbund']}: {om['titel']}"[:255], om["förbund"][:255], SPRÅK
    egna.comments, egna.keywords, egna.subject = ARBETSKOPIA, "", "Arbetskopia"
    egna.last_modified_by = ""
    element = egna._element
    for dag in [*element.findall(qn("dcterms:created")), *element.findall(qn("dcterms:modified"))]:
        element.remove(dag)
    if om["datum"]:
        egna.created = egna.modified = datetime.fromisoformat(om["datum"])


class _Packare:
    """Packs the parts of a file with no time of its own, and without the picture of python-docx's template."""

    def __init__(self, till: ZipFile) -> None:
        self._till = till

    def write(self, pack_uri: PackURI, blob: bytes) -> None:
        """Pack a part, as python-docx gives them."""
        namn = pack_uri.membername
        if namn == "docProps/thumbnail.jpeg":
            return
        if namn == "word/fontTable.xml":
            blob = sätt_reserv(blob)
        elif namn == "_rels/.rels":
            blob = re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", blob)
        ny = ZipInfo(namn)
        ny.compress_type, ny.create_system, ny.external_attr = ZIP_DEFLATED, 3, 0o644 << 16
        self._till.writestr(ny, blob)


def _packad(dok: Dokument) -> bytes:
    """The file, which `dok.save` would have packed for itself first."""
    ut, paket = BytesIO(), dok.part.package
    delar = paket.parts
    for del_ in delar:
        del_.before_marshal()
    skrivare: Any = PackageWriter
    with ZipFile(ut, "w", ZIP_DEFLATED) as till:
        packare = _Packare(till)
        skrivare._write_content_types_stream(packare, delar)
        skrivare._write_pkg_rels(packare, paket.rels)
        skrivare._write_parts(packare, delar)
    return ut.getvalue()
