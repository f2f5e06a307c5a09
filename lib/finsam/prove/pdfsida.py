"""What is drawn on a page of a PDF, step by step: fonts, texts and the marks around them.

pikepdf reads any page. It gives each operand as an object, which is most of the time that a PDF takes to read back, so
a page in the plain form that Typst writes is read here. That form is a narrow one: a page that is not in it to the last
byte is left to pikepdf.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pikepdf
from pikepdf import Array, Name, Object, Stream

Steg = tuple[int | list[Object] | None, str | None, bytes | None, bool]
"""In this order, each if it is there: a mark (the number of marked content alone, or all that the mark says), a font by
its name, a text in the codes of its font, and the end of a mark."""

_OPERATORER = "BDC BMC EMC Tf Tj TJ"
_LUFT = rb"[ \n]*+"
_SLUT = rb"(?=[ \n/\[(<]|\Z)"
_TAL = rb"-?\d{1,9}(?:\.\d{1,9})?"
_TECKEN = rb"[^()\\\r]*+(?:\\(?:[0-3][0-7]{2}|[nrtbf()\\])[^()\\\r]*+)*+"
_INNANFÖR = rb"(?:" + _TECKEN + rb"(?:\(" + _TECKEN + rb"\)" + _TECKEN + rb")*+)"
_ORD = rb"\(" + _INNANFÖR + rb"\)"
"""A string, in which parentheses in pairs are as they are."""
_ANNAT = (
    rb"(?:[-+.\d \n]*+(?:(?:/\w++" + _SLUT + rb"|\[[-.\d \n]*+\])[-+.\d \n]*+)*+"
    rb"(?!(?:[BEIT](?:[DM]C|MC|[DI]|[fjJ])|true|false|null)" + _SLUT + rb")[A-Za-z]++\*?" + _SLUT + _LUFT + rb")*+"
)
"""Instructions of numbers and names that are neither a font, a text, a mark nor a picture in the page."""
_MÄRKT = rb"/\w++" + _LUFT + rb"<</MCID (\d{1,9})>>"
_ANNAT_MÄRKE = rb"(/\w++)" + _LUFT + rb"(<<(?:[^<>()\\%]|<[\dA-Fa-f]*+>|" + _ORD + rb")*+>>)"
_ORDRAD = rb"\[((?:" + _ORD + rb"|" + _TAL + rb"(?=[ \n(\]])|[ \n])*+)\]"
_STEG = re.compile(
    _ANNAT.join(
        (
            rb"",
            rb"(?:(?:" + _MÄRKT + rb"|" + _ANNAT_MÄRKE + rb")" + _LUFT + rb"BDC" + _SLUT + _LUFT + rb")?+",
            rb"(?:(/\w++)[ \n]++" + _TAL + rb"[ \n]++Tf" + _SLUT + _LUFT + rb")?+",
            rb"(?:(?:\((" + _INNANFÖR + rb")\)" + _LUFT + rb"Tj|" + _ORDRAD + _LUFT + rb"TJ)" + _SLUT + _LUFT + rb")?+",
            rb"(?:(EMC)" + _SLUT + _LUFT + rb")?+",
        )
    )
)
"""A mark, a font, a text and the end of a mark, each if it is there."""
_I_ORD = re.compile(rb"\((" + _INNANFÖR + rb")\)")
_KODER = {b"\\\\": rb"\134", b"\\(": rb"\050", b"\\)": rb"\051"}
"""What a string may have in two ways, in the one that Python has too; the first leaves no \\ that begins nothing."""


def steg(sida: pikepdf.Page) -> Iterable[Steg]:
    """The steps of a page."""
    innehåll = sida.get("/Contents")
    enkla = _enkla(innehåll.read_bytes()) if isinstance(innehåll, Stream) else None
    return _vilka_som_helst(sida) if enkla is None else enkla


def _enkla(data: bytes) -> list[Steg] | None:
    """The steps of a page in the form that Typst writes; None for any other.

    >>> _enkla(b"/P<</MCID 3>>BDC\\nBT 0 Tr/f0 8 Tf[(\\\\000\\\\\\\\)-5(\\\\0007)]TJ ET EMC")
    [(3, '/f0', b'\\x00\\\\\\x007', True)]
    >>> _enkla(b"/P BMC"), _enkla(b"(a) Tj % b")
    (None, None)
    """
    ut: list[Steg] = []
    plats = 0
    for träff in _STEG.finditer(data):
        if träff.start() != plats or träff.end() == plats:
            break
        plats = träff.end()
        nummer, märke, om, typsnitt, ord_, ordrad, slut = träff.groups()
        hela: int | list[Object] | None = int(nummer) if nummer else None
        if märke:
            try:
                hela = [Name(märke.decode()), Object.parse(om)]
            except pikepdf.PdfError:  # nor is a page with such a mark in that form
                return None
        if ordrad is not None:
            ord_ = b"".join(_I_ORD.findall(ordrad))
        koder = None if ord_ is None else _koder(ord_)
        ut.append((hela, typsnitt.decode() if typsnitt else None, koder, bool(slut)))
    return ut if plats == len(data) else None


def _koder(ord_: bytes) -> bytes:
    """The codes that a string has.

    >>> _koder(rb"(\\\\(\\050\\n))") == b"(\\\\((\\n))"
    True
    """
    if b"\\(" in ord_ or b"\\)" in ord_:
        for två, kod in _KODER.items():
            ord_ = ord_.replace(två, kod)
    return ord_.decode("unicode_escape").encode("latin-1")


def _vilka_som_helst(sida: pikepdf.Page) -> Iterator[Steg]:
    for instruktion in pikepdf.parse_content_stream(sida, _OPERATORER):
        operator, operander = str(instruktion.operator), list(instruktion.operands)
        if operator == "Tf":
            yield None, str(operander[0]), None, False
        elif operator == "EMC":
            yield None, None, None, True
        elif operator in ("BDC", "BMC"):
            yield operander, None, None, False
        else:
            delar = operander[0].as_list() if isinstance(operander[0], Array) else [operander[0]]
            yield None, None, b"".join([bytes(del_) for del_ in delar if isinstance(del_, pikepdf.String)]), False
