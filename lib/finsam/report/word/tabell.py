"""A table of the page as one of Word: header row marked and repeated, figures to the right, totals with a line over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from finsam.model.farg import Färger
from finsam.report.word.xml import körning, löpande, stycke, text_xml

BREDD = 9070
"""The width of the text on the page, in twentieths of a point."""
FLEST = 63
"""Columns that Word allows."""
_TECKEN, _SIFFRA, _LUFT, _MEST = 96, 122, 170, 46


@dataclass(frozen=True, slots=True)
class _Cell:
    element: HtmlElement
    text: str
    är_tal: bool
    spänner: int


def tabell_xml(tabell: HtmlElement, färger: Färger) -> str:
    """The table, with what it is called as its alternative text, and before it unless the heading above says it."""
    rader = [(rad, [_cell(c) for c in rad.iter("td", "th")]) for rad in tabell.iter("tr")]
    kolumner = max((sum(c.spänner for c in celler) for _, celler in rader), default=0)
    if not kolumner:
        return ""
    if kolumner > FLEST:
        return stycke(körning(f"En tabell med {kolumner} kolumner får inte plats i Word; se sidan."))
    bredder = _bredder([celler for _, celler in rader], kolumner)
    rubrik = tabell.find("caption")
    ord_ = rubrik.text_content().strip() if rubrik is not None else ""
    visas = rubrik is not None and "dold" not in (rubrik.get("class") or "").split()
    före = stycke(löpande(rubrik), "Caption", "<w:keepNext/>") if rubrik is not None and visas and ord_ else ""
    sist = sum(not _är_huvud(rad) for rad, _ in rader) - 1
    nr, delar = 0, []
    for rad, celler in rader:
        är_huvud = _är_huvud(rad)
        samman = är_huvud or (nr < sist and (nr < 2 or nr == sist - 1 or len(celler) == 1))
        delar.append(_rad(rad, celler, bredder, färger, håll_samman=samman, är_huvud=är_huvud))
        nr += not är_huvud
    rutnät = "".join(f'<w:gridCol w:w="{bredd}"/>' for bredd in bredder)
    om = (
        f'<w:tblPr><w:tblW w:w="{sum(bredder)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>'
        '<w:tblLook w:val="00A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="1" '
        f'w:noVBand="1"/>{f"<w:tblCaption w:val={_attribut(ord_)}/>" if ord_ else ""}</w:tblPr>'
    )
    return f"{före}<w:tbl>{om}<w:tblGrid>{rutnät}</w:tblGrid>{''.join(delar)}</w:tbl>" + stycke("", "Tabellslut")


def _attribut(text: str) -> str:
    return '"' + text_xml(text).replace('"', "&quot;") + '"'


def _är_huvud(rad: HtmlElement) -> bool:
    förälder = rad.getparent()
    return förälder is not None and förälder.tag == "thead"


def _cell(element: HtmlElement) -> _Cell:
    klasser = (element.get("class") or "").split()
    spänner = element.get("colspan") or "1"
    return _Cell(
        element,
        element.text_content().strip(),
        "tal" in klasser,
        min(int(spänner[:4]), FLEST) if spänner.isdecimal() else 1,
    )


def _bredder(rader: Sequence[Sequence[_Cell]], kolumner: int) -> list[int]:
    """Columns of figures as wide as they need, those of words sharing what is left by how much they have to say."""
    tal, längst, ord_ = [False] * kolumner, [1] * kolumner, [1] * kolumner
    for celler in rader:
        if len(celler) != kolumner:
            continue
        for nr, cell in enumerate(celler):
            tal[nr] |= cell.är_tal
            längst[nr] = max(längst[nr], len(cell.text))
            ord_[nr] = max(ord_[nr], *map(len, cell.text.replace("-", " ").split() or [""]))
    smala = [nr for nr in range(kolumner) if nr and (tal[nr] or längst[nr] <= 4)]
    bredder = [0] * kolumner
    for nr in smala:
        behov = max(
            ord_[nr], max((len(r[nr].text) for r in rader[1:] if len(r) == kolumner and r[nr].är_tal), default=1)
        )
        bredder[nr] = max(3, min(behov, 18)) * _SIFFRA + _LUFT
    kvar = BREDD - sum(bredder)
    breda = [nr for nr in range(kolumner) if nr not in smala]
    minst = 1700
    if kvar < minst * len(breda):  # more figures than there is room for: all give way alike
        skala = (BREDD - minst * len(breda)) / max(1, sum(bredder))
        bredder = [int(bredd * skala) for bredd in bredder]
        kvar = BREDD - sum(bredder)
    vikt = [min(_MEST, max(ord_[nr] + 2, längst[nr])) for nr in breda]
    minst_ord = [min(ord_[nr], 16) * _TECKEN + _LUFT for nr in breda]
    delas = max(0, kvar - sum(minst_ord))
    for nr, ett, ordets in zip(breda, vikt, minst_ord, strict=True):
        bredder[nr] = min(kvar, ordets) + int(delas * ett / sum(vikt))
    behövs = sum(min(längst[nr], 200) * _TECKEN + _LUFT for nr in breda)
    if behövs < kvar and not smala:  # a table no wider than what it says
        for nr in breda:
            bredder[nr] = längst[nr] * _TECKEN + _LUFT * 2
    return bredder


def _rad(
    rad: HtmlElement,
    celler: Sequence[_Cell],
    bredder: Sequence[int],
    färger: Färger,
    *,
    håll_samman: bool,
    är_huvud: bool,
) -> str:
    klasser = (rad.get("class") or "").split()
    indrag = next((int(k[6:]) for k in klasser if k.startswith("indrag") and k[6:].isdecimal()), 0)
    fet = bool({"summa", "delsumma", "rubrik"}.intersection(klasser)) or är_huvud
    kant = ""
    if "summa" in klasser or "delsumma" in klasser:
        kant = f'<w:top w:val="single" w:sz="4" w:color="{färger.profil[1:]}"/>'
    if "summa" in klasser or är_huvud:
        kant += f'<w:bottom w:val="single" w:sz="{8 if är_huvud else 4}" w:color="{färger.profil[1:]}"/>'
    plats, ut = 0, []
    for cell in celler:
        bredd = sum(bredder[plats : plats + cell.spänner])
        om = f'<w:tcW w:w="{bredd}" w:type="dxa"/>'
        om += f'<w:gridSpan w:val="{cell.spänner}"/>' if cell.spänner > 1 else ""
        om += f"<w:tcBorders>{kant}</w:tcBorders>" if kant else ""
        om += f'<w:shd w:val="clear" w:color="auto" w:fill="{färger.ton[1:]}"/>' if är_huvud else ""
        om += "<w:noWrap/>" if cell.är_tal and not är_huvud else ""
        om += '<w:vAlign w:val="bottom"/>' if är_huvud else ""
        egen = "<w:keepNext/>" if håll_samman else ""
        egen += f'<w:ind w:left="{170 * indrag}"/>' if indrag and not plats else ""
        egen += '<w:jc w:val="right"/>' if cell.är_tal else ""
        innehåll = löpande(cell.element, frozenset({"<w:b/>"}) if fet else frozenset())
        ut.append(f"<w:tc><w:tcPr>{om}</w:tcPr>{stycke(innehåll, 'Tabelltext', egen)}</w:tc>")
        plats += cell.spänner
    huvud = "<w:tblHeader/>" if är_huvud else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{huvud}</w:trPr>{''.join(ut)}</w:tr>"
