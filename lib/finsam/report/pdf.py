"""What Typst does not do to the PDF yet: row headers in its tables, files in it, and no day where there is none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Literal

import pikepdf
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, NameTree, Object, String

_DELAR = ("/THead", "/TBody", "/TFoot")
_DAGAR = re.compile(rb"<(xmp:ModifyDate|xmp:CreateDate|stEvt:when)>[^<]*</\1>")


def finish_pdf(pdf: bytes, *, dated: bool) -> bytes:
    """The same PDF with row headers, and without dates when it is not `dated`. Same bytes in, same bytes out."""
    with pikepdf.open(BytesIO(pdf)) as dok:
        _add_row_headers(dok)
        if not dated:
            _remove_dates(dok)
        return _bytes(dok)


@dataclass(frozen=True, slots=True)
class Bilaga:
    """A file inside a PDF: its name and words, its kind, and what it is to the document (AFRelationship)."""

    namn: str
    om: str
    mime: str
    relation: Literal["Data", "Source"]
    innehåll: bytes


def attach(pdf: bytes, bilagor: Iterable[Bilaga]) -> bytes:
    """The PDF with files in it, as PDF/A-3 has them. Same bytes in, same bytes out: they have no day of their own."""
    with pikepdf.open(BytesIO(pdf)) as dok:
        alla = Array()
        for bilaga in bilagor:
            fil = AttachedFileSpec(
                dok,
                bilaga.innehåll,
                description=bilaga.om,
                filename=bilaga.namn,
                mime_type=bilaga.mime,
                creation_date="",
                mod_date="",
            )
            fil.obj.AFRelationship = Name(f"/{bilaga.relation}")
            dok.attachments[bilaga.namn] = fil
            alla.append(fil.obj)
        dok.Root.AF = alla
        return _bytes(dok)


def _bytes(dok: pikepdf.Pdf) -> bytes:
    """The file. Its streams are left as they are packed: packing them harder takes longer than all else done here."""
    ut, läge = BytesIO(), pikepdf.ObjectStreamMode.generate
    pikepdf.settings.set_flate_compression_level(6)
    dok.save(ut, deterministic_id=True, object_stream_mode=läge)
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
    as wide as the table heads the rows under it, as `scope="rowgroup"` does in the page; Typst has it among the headers
    of columns, since it is repeated on the next page. The column that keeps rows together holds nothing and goes, and
    so does the row over the head, which says that the table goes on where it does.
    """
    rot = dok.Root.StructTreeRoot
    nya: dict[str, Object] = {}
    for nr, tabell in enumerate((t for t in _element(rot, "/Table") if any(_element(t, "/THead"))), 1):
        nya |= _märk_tabell(tabell, nr)
    if nya:
        rot.IDTree = dok.make_indirect(Dictionary(Names=Array()))
        NameTree(rot.IDTree).update(nya)


def _märk_tabell(tabell: Object, nr: int) -> dict[str, Object]:
    """Mark the row headers of a table and name all headers in its other cells; the headers by their new ids."""
    över, huvud, *rader = [rad for del_ in _barn(tabell) if del_["/S"] in _DELAR for rad in _barn(del_)]
    assert all(map(_är_tom, _barn(över)))
    kolumner = _utan_tom_kolumn(huvud, rader)
    _samla_rader(tabell, rader)
    nya: dict[str, Object] = {}
    for kol, th in enumerate(kolumner):
        th.ID = String(f"T{nr}K{kol}")
        nya[str(th.ID)] = th
        _attribut(th)["/Headers"] = Array()
    grupp: list[str] = []
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
        _sätt_huvuden(första, [f"T{nr}K0", *grupp])
        for kol, cell in enumerate(övriga, 1):
            _sätt_huvuden(cell, [f"T{nr}K{kol}", *grupp, id_])
    return nya


def _utan_tom_kolumn(huvud: Object, rader: list[Object]) -> list[Object]:
    """Take the last column away when it holds nothing; the headers that are left."""
    kolumner = _barn(huvud)
    if not _är_tom(kolumner[-1]):
        return kolumner
    for rad in (huvud, *rader):
        celler = _barn(rad)
        if _är_tom(celler[-1]) and sum(int(_attribut(c).get("/ColSpan", 1)) for c in celler) == len(kolumner):
            rad["/K"] = Array(celler[:-1])
    return kolumner[:-1]


def _är_tom(element: Object) -> bool:
    barn = element.get("/K", Array())
    return isinstance(barn, Array) and not len(barn)


def _samla_rader(tabell: Object, rader: list[Object]) -> None:
    """Gather all rows but the head's in one body: Typst has parted it where a group begins."""
    delar = [del_ for del_ in _barn(tabell) if del_["/S"] in _DELAR]
    kroppar = [del_ for del_ in delar if del_["/S"] == "/TBody"]
    kropp, övriga = kroppar[0], [del_ for del_ in delar[1:] if del_.objgen != kroppar[0].objgen]
    delar[0]["/K"] = Array(_barn(delar[0])[1:2])
    kropp["/K"] = Array(rader)
    for rad in rader:
        rad["/P"] = kropp
    bort = {del_.objgen for del_ in övriga}
    tabell["/K"] = Array([barn for barn in tabell["/K"].as_list() if getattr(barn, "objgen", (0, 0)) not in bort])


def _sätt_huvuden(cell: Object, id_n: list[str]) -> None:
    _attribut(cell)["/Headers"] = Array([String(id_) for id_ in id_n])


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
