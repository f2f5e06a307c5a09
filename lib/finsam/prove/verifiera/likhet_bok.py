"""The parts of a workbook as a reader meets them: each cell with its own text and look, whatever number they have.

Programs number texts and looks in the order that they meet them, and list conditional formats in an order that means
something only where their cells are the same. All else is kept as it is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations

from lxml import etree
from openpyxl.worksheet.cell_range import MultiCellRange

_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TEXTER, _STILAR, _BLAD = "xl/sharedStrings.xml", "xl/styles.xml", "xl/worksheets/"
_LISTOR = {"fontId": "fonts", "fillId": "fills", "borderId": "borders"}
_EGNA_FORMAT = 164
"""Number formats below are Excel's own, whatever a file says of them."""
_HÖGST_VILLKOR = 20_000
"""Characters that name the cells of a sheet's conditional formats; when they are more the order is kept."""


def i_ordning(delar: Mapping[str, etree._Element]) -> None:
    """Put all that is numbered in a workbook's parts where it is used.

    Raises ValueError or LookupError for numbers that nothing has.
    """
    texter = _texter(delar.get(_TEXTER))
    stilar = _stilar(delar.get(_STILAR))
    for namn, blad in delar.items():
        if namn.startswith(_BLAD) and blad.tag == f"{_NS}worksheet":
            _numrerat(blad, texter, stilar)
            _villkor(blad)


def _skrivet(element: etree._Element) -> str:
    return etree.tostring(element, method="c14n", exclusive=True).decode()


def _sortera(lista: etree._Element | None) -> None:
    if lista is not None:
        lista[:] = sorted(lista, key=_skrivet)


def _texter(del_: etree._Element | None) -> list[str]:
    """The shared texts by number; the list is sorted, so that one that no cell has is seen too."""
    if del_ is None:
        return []
    ut = [_skrivet(text) for text in del_]
    _sortera(del_)
    return ut


def _stilar(del_: etree._Element | None) -> list[str]:
    """The looks of cells by number, each with its font, fill, border and number format; the lists are sorted."""
    if del_ is None:
        return []
    listor = {namn: [_skrivet(ett) for ett in _lista(del_, namn)] for namn in _LISTOR.values()}
    format_ = {ett.get("numFmtId"): ett.get("formatCode", "") for ett in _lista(del_, "numFmts")}
    for xf in (*_lista(del_, "cellStyleXfs"), *_lista(del_, "cellXfs")):
        for attribut, namn in _LISTOR.items():
            xf.set(attribut, listor[namn][_nummer(xf.get(attribut, "0"))])
        nummer = xf.get("numFmtId", "0")
        if nummer in format_ and _nummer(nummer) >= _EGNA_FORMAT:
            xf.set("numFmtId", f"som {format_[nummer]}")  # a format "9" is not the ninth
    for ett in _lista(del_, "numFmts"):
        ett.attrib.pop("numFmtId", None)
    ut = [_skrivet(xf) for xf in _lista(del_, "cellXfs")]
    for namn in (*_LISTOR.values(), "numFmts", "cellXfs"):
        _sortera(del_.find(f"{_NS}{namn}"))
    return ut


def _lista(del_: etree._Element, namn: str) -> Iterable[etree._Element]:
    funnen = del_.find(f"{_NS}{namn}")
    return () if funnen is None else list(funnen)


def _nummer(text: str) -> int:
    """A place in a list. Raises ValueError for one before its beginning, which Python would take from its end."""
    if (nummer := int(text)) < 0:
        raise ValueError(f"hänvisar till nummer {nummer}")
    return nummer


def _numrerat(blad: etree._Element, texter: list[str], stilar: list[str]) -> None:
    """What has no number has the first look, and so have the cells that are not written."""
    blad.set("annars", stilar[0])
    for cell in blad.iter(f"{_NS}c", f"{_NS}row", f"{_NS}col"):
        attribut = "style" if cell.tag == f"{_NS}col" else "s"
        cell.set(attribut, stilar[_nummer(cell.get(attribut, "0"))])
        värde = cell.find(f"{_NS}v")
        if cell.get("t") == "s" and värde is not None:
            värde.text = texter[_nummer(värde.text or "")]


def _villkor(blad: etree._Element) -> None:
    """Conditional formats by their cells, when no cell has two: the first in order then decides nothing."""
    block = blad.findall(f"{_NS}conditionalFormatting")
    platser = [ett.get("sqref", "") for ett in block]
    if not block or sum(map(len, platser)) > _HÖGST_VILLKOR:
        return
    områden = [område for plats in platser for område in MultiCellRange(plats).ranges]
    if not all(ena.isdisjoint(andra) for ena, andra in combinations(områden, 2)):
        return
    plats = blad.index(block[0])
    for ett in block:
        regler = sorted(ett, key=lambda regel: int(regel.get("priority", "0")))
        for nr, regel in enumerate(regler, 1):
            regel.set("priority", str(nr))
        ett[:] = regler
        blad.remove(ett)
    blad[plats:plats] = sorted(block, key=lambda ett: ett.get("sqref", ""))
