"""How the working copy looks: the styles that Word's users know, in our type and colours, on A4, in Swedish."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from finsam.model.farg import Färger
from finsam.report.roller import GRADER, TYPSNITT

SPRÅK = "sv-SE"
RESERV = "Calibri"
"""What Word takes where our type is not installed."""
ARBETSKOPIA = "Arbetskopia, inte det beslutade dokumentet"
_RUBRIKER = {f"Heading {nr}": f"rubrik{nr}" for nr in range(1, 5)}
_MINDRE = {"rubrik1": 20}
"""The printed document begins a page with its chapters; here they follow each other."""


def sätt_stilar(dok: Document, färger: Färger) -> None:
    """The styles of a document and the language of all of it."""
    normal = dok.styles["Normal"]
    _snitt(normal, GRADER["bröd"].storlek)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.15
    for namn, grad in _RUBRIKER.items():
        stil = dok.styles[namn]
        roll = GRADER[grad]
        _snitt(stil, _MINDRE.get(grad, roll.storlek))
        stil.font.bold, stil.font.italic = True, False
        stil.font.color.rgb = _färg(getattr(färger, roll.färg))
        stil.paragraph_format.space_before, stil.paragraph_format.space_after = (
            Pt(18 if grad == "rubrik1" else 12),
            Pt(4),
        )
        stil.paragraph_format.keep_with_next = True
    titel = dok.styles["Title"]
    _snitt(titel, GRADER["omslagstitel"].storlek)
    titel.font.bold, titel.font.color.rgb = True, _färg(färger.profil)
    for kant in titel.element.iter(qn("w:pBdr")):
        kant.getparent().remove(kant)
    bildtext = dok.styles["Caption"]
    _snitt(bildtext, GRADER["tabell"].storlek)
    bildtext.font.bold, bildtext.font.color.rgb = True, _färg(färger.text)
    bildtext.paragraph_format.space_before, bildtext.paragraph_format.space_after = Pt(8), Pt(3)
    for namn in ("List Bullet", "List Number", "Header", "Footer"):
        _snitt(dok.styles[namn], GRADER["bröd"].storlek if namn.startswith("List") else GRADER["liten"].storlek)
    tabell = _ny(dok, "Tabelltext", GRADER["tabell"].storlek)
    tabell.paragraph_format.space_before = tabell.paragraph_format.space_after = Pt(1.5)
    tabell.paragraph_format.line_spacing = 1.0
    slut = _ny(dok, "Tabellslut", 4)
    slut.paragraph_format.space_after = Pt(2)
    fotnot = _ny(dok, "Fotnot", GRADER["liten"].storlek)
    fotnot.font.color.rgb = _färg(färger.dämpad)
    fotnot.paragraph_format.space_after = Pt(4)
    _språk(dok)


def _ny(dok: Document, namn: str, storlek: float) -> Any:
    stil = dok.styles.add_style(namn, WD_STYLE_TYPE.PARAGRAPH)
    stil.base_style = dok.styles["Normal"]
    _snitt(stil, storlek)
    return stil


def _snitt(stil: Any, storlek: float) -> None:
    stil.font.size = Pt(storlek)
    rpr = stil.element.get_or_add_rPr()
    for gammal in rpr.findall(qn("w:rFonts")):
        rpr.remove(gammal)
    fonts = OxmlElement("w:rFonts")
    for del_ in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{del_}"), TYPSNITT["sans"])
    rpr.insert(0, fonts)


def _färg(kod: str) -> RGBColor:
    return RGBColor.from_string(kod.removeprefix("#"))


def _språk(dok: Document) -> None:
    """Swedish in the defaults, and in no style anything else."""
    for lang in list(dok.styles.element.iter(qn("w:lang"))):
        lang.getparent().remove(lang)
    [rpr] = dok.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr")
    rpr.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="{SPRÅK}" w:eastAsia="{SPRÅK}" w:bidi="{SPRÅK}"/>'))
    for fonts in rpr.findall(qn("w:rFonts")):
        rpr.remove(fonts)


def sätt_sida(dok: Document, titel: str, färger: Färger) -> None:
    """A4, with what it is at the top of every page and its number at the bottom."""
    [sida] = dok.sections
    sida.page_width, sida.page_height = Mm(210), Mm(297)
    sida.left_margin = sida.right_margin = Mm(25)
    sida.top_margin, sida.bottom_margin = Mm(28), Mm(25)
    sida.header_distance = sida.footer_distance = Mm(12)
    huvud = sida.header.paragraphs[0]
    märke = huvud.add_run(ARBETSKOPIA)
    märke.bold, märke.font.color.rgb = True, _färg(färger.hindrar)
    huvud.add_run(f" – {titel}")
    fot = sida.footer.paragraphs[0]
    fot.add_run("Sida ")
    for fält in ("PAGE", "NUMPAGES"):
        fot._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{fält}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'))
        if fält == "PAGE":
            fot.add_run(" av ")


def sätt_reserv(fontlista: bytes) -> bytes:
    """The list of fonts with ours, and what to take where it is not."""
    egen = (
        f'<w:font w:name="{TYPSNITT["sans"]}"><w:altName w:val="{RESERV}"/><w:family w:val="swiss"/>'
        '<w:pitch w:val="variable"/></w:font>'
    )
    return fontlista.replace(b"</w:fonts>", egen.encode() + b"</w:fonts>")
