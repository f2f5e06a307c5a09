"""Typst, shut in, and the row headers in the tables of its PDF, which it does not tag yet."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, Object, String

HÄR = Path(__file__).parent


def kompilera(källa: str, tid: int) -> bytes:
    """Compile a source to PDF/A-3a and PDF/UA-1, alone in an empty folder; `tid` is its clock, in Unix seconds.

    It can read its source and the report's font, and nothing else. Raises TypstError for what is not Typst and for what
    the standards forbid.
    """
    import typst

    with TemporaryDirectory(prefix="finsam-") as tom:
        kompilator = typst.Compiler(
            root=tom, font_paths=[HÄR], ignore_system_fonts=True, package_path=tom, package_cache_path=tom
        )
        pdf = kompilator.compile(källa.encode(), format="pdf", pdf_standards=["a-3a", "ua-1"], timestamp=tid)
    assert isinstance(pdf, bytes)
    return pdf


def add_row_headers(pdf: bytes) -> bytes:
    """The same PDF, where the first cell of each row of a table is the header of its row.

    Typst tags the headers of columns only, so who listens would hear a figure without what it is a figure of. A cell
    as wide as the table heads the rows under it, as `scope="rowgroup"` does in the page. Same bytes in, same bytes out.
    """
    with pikepdf.open(BytesIO(pdf)) as dok:
        rot = dok.Root.StructTreeRoot
        nya: dict[str, Object] = {}
        for nr, tabell in enumerate(_element(rot, "/Table"), 1):
            nya |= _märk_tabell(tabell, nr)
        if nya:
            rot.IDTree = rot.get("/IDTree") or dok.make_indirect(Dictionary(Names=Array()))
            NameTree(rot.IDTree).update(nya)
        ut = BytesIO()
        dok.save(ut, deterministic_id=True)
    return ut.getvalue()


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
