"""What Typst does not do to the PDF yet: row headers in its tables, and no day where there is none to tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, Object, String

_DAGAR = re.compile(rb"<(xmp:ModifyDate|xmp:CreateDate|stEvt:when)>[^<]*</\1>")


def finish_pdf(pdf: bytes, *, dated: bool) -> bytes:
    """The same PDF with row headers, and without dates when it is not `dated`. Same bytes in, same bytes out."""
    with pikepdf.open(BytesIO(pdf)) as dok:
        _add_row_headers(dok)
        if not dated:
            _remove_dates(dok)
        ut = BytesIO()
        dok.save(ut, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return ut.getvalue()


def _remove_dates(dok: pikepdf.Pdf) -> None:
    """Take away the clock that Typst was given: it asks for a day in a PDF/A, which the standard does not."""
    for namn in ("/CreationDate", "/ModDate"):
        if namn in dok.docinfo:
            del dok.docinfo[namn]
    dok.Root.Metadata.write(_DAGAR.sub(b"", dok.Root.Metadata.read_bytes()))


def _add_row_headers(dok: pikepdf.Pdf) -> None:
    """Make the first cell of each row of a table the header of its row.

    Typst tags the headers of columns only, so who listens would hear a figure without what it is a figure of. A cell
    as wide as the table heads the rows under it, as `scope="rowgroup"` does in the page.
    """
    rot = dok.Root.StructTreeRoot
    nya: dict[str, Object] = {}
    for nr, tabell in enumerate(_element(rot, "/Table"), 1):
        nya |= _märk_tabell(tabell, nr)
    if nya:
        rot.IDTree = rot.get("/IDTree") or dok.make_indirect(Dictionary(Names=Array()))
        NameTree(rot.IDTree).update(nya)


def _märk_tabell(tabell: Object, nr: int) -> dict[str, Object]:
    """Mark the row headers of a table and name them in its other cells; the headers by their new ids."""
    nya: dict[str, Object] = {}
    grupp: list[str] = []
    rader = [rad for kropp in _element(tabell, "/TBody") for rad in _element(kropp, "/TR")]
    for rad_nr, rad in enumerate(rader, 1):
        första, *övriga = _barn(rad)
        id_ = f"T{nr}R{rad_nr}"
        nya[id_] = första
        första.S, första.ID = Name.TH, String(id_)
        if int(_attribut(första).get("/ColSpan", 1)) > 1:
            grupp = [id_]
            _attribut(första).update({"/Scope": Name.Both, "/Headers": Array()})
            continue
        _attribut(första)["/Scope"] = Name.Row
        _lägg_till_huvuden(första, grupp)
        for cell in övriga:
            _lägg_till_huvuden(cell, [*grupp, id_])
    return nya


def _lägg_till_huvuden(cell: Object, id_n: list[str]) -> None:
    attribut = _attribut(cell)
    attribut["/Headers"] = Array([*attribut.get("/Headers", Array()), *(String(id_) for id_ in id_n)])


def _attribut(cell: Object) -> Object:
    """The attributes of a cell that belong to its table."""
    if not isinstance(cell.get("/A"), Array):
        cell["/A"] = Array([cell["/A"]] if "/A" in cell else [])
    for attribut in cell["/A"].as_list():
        if attribut["/O"] == Name.Table:
            return attribut
    cell["/A"].append(Dictionary(O=Name.Table))
    return _attribut(cell)


def _element(över: Object, slag: str) -> Iterator[Object]:
    """The outermost structure elements of a kind, in reading order."""
    for barn in _barn(över):
        if barn["/S"] == slag:
            yield barn
        else:
            yield from _element(barn, slag)


def _barn(över: Object) -> list[Object]:
    """The structure elements right under one; not the pieces of a page that it holds."""
    barn = över.get("/K", Array())
    alla = barn.as_list() if isinstance(barn, Array) else [barn]
    return [b for b in alla if isinstance(b, Dictionary) and "/S" in b]
