"""Words of a page as WordprocessingML. Text from outside is only ever the content of an element."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape

from lxml.html import HtmlElement

_OTILLÅTET = re.compile("[\0-\x08\x0b\f\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML has no way to write."""
_LUFT = re.compile(r"[ \t\n\r]+")
_KANT = re.compile(r'(<w:r>(?:<w:rPr>.*?</w:rPr>)?<w:t xml:space="preserve">) ')


def text_xml(text: str) -> str:
    """Words as XML has them.

    >>> text_xml("a < b & \\x07c")
    'a &lt; b &amp; c'
    """
    return escape(rensa(text), quote=False)


def rensa(text: str) -> str:
    """Words without the signs that no XML can hold."""
    return _OTILLÅTET.sub("", text)


def stycke(innehåll: str, stil: str = "", egenskaper: str = "") -> str:
    """A paragraph of runs."""
    vald = f'<w:pStyle w:val="{stil}"/>' if stil else ""
    om = f"<w:pPr>{vald}{egenskaper}</w:pPr>" if vald or egenskaper else ""
    return f"<w:p>{om}{innehåll}</w:p>"


def körning(text: str, stil: str = "") -> str:
    """A run of words; `stil` are its properties in XML."""
    if not text:
        return ""
    om = f"<w:rPr>{stil}</w:rPr>" if stil else ""
    return f'<w:r>{om}<w:t xml:space="preserve">{text_xml(text)}</w:t></w:r>'


_STILAR = {
    "strong": "<w:b/>",
    "b": "<w:b/>",
    "em": "<w:i/>",
    "i": "<w:i/>",
    "sup": '<w:vertAlign w:val="superscript"/>',
}
_ORDNING = ("<w:b/>", "<w:i/>", "<w:vertAlign")


def löpande(element: HtmlElement, stil: frozenset[str] = frozenset()) -> str:
    """The words in an element as runs, bold and so on as they are there."""
    return _utan_kanter("".join(_löpande(element, stil)))


def _löpande(element: HtmlElement, stil: frozenset[str]) -> Iterator[str]:
    if element.text:
        yield körning(_LUFT.sub(" ", element.text), _egenskaper(stil))
    for barn in element:
        if barn.tag == "br":
            yield "<w:r><w:br/></w:r>"
        elif isinstance(barn.tag, str) and barn.tag not in ("script", "style", "template"):
            egen = _STILAR.get(barn.tag)
            yield from _löpande(barn, stil | {egen} if egen else stil)
            if barn.tag in ("p", "li") and barn.getnext() is not None:
                yield "<w:r><w:br/></w:r>"
        if barn.tail:
            yield körning(_LUFT.sub(" ", barn.tail), _egenskaper(stil))


@lru_cache(maxsize=16)
def _egenskaper(stil: frozenset[str]) -> str:
    """The properties in the order that the format asks for."""
    return "".join(sorted(stil, key=lambda ett: next(nr for nr, o in enumerate(_ORDNING) if ett.startswith(o))))


def _utan_kanter(xml: str) -> str:
    """Runs without the blank before the first word."""
    kant = _KANT.match(xml)
    return f"{kant[1]}{xml[kant.end() :]}" if kant else xml
