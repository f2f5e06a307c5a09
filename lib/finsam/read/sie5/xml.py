"""XML from outside, element by element: nothing in it is expanded, fetched or opened, and no depth costs a call.

The standard library's expat is enough: a DOCTYPE is refused where it begins, so no entity is ever declared.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.parsers import expat

from finsam.read.indata import OSYNLIGT, nfc

NAMNRYMD = "http://www.sie.se/sie5"
DJUPAST = 100
TECKENKODER = frozenset(("utf-8", "utf8", "us-ascii", "utf-16", "iso-8859-1", "iso-8859-15", "windows-1252"))

EXPORTERA_OM = "Exportera den på nytt ur ekonomisystemet."
DTD = f"XML-filen använder DTD/entiteter och läses inte av säkerhetsskäl. {EXPORTERA_OM}"
WEBBSIDA = "Filen är en webbsida, inte en SIE-fil. Hämta exporten på nytt ur ekonomisystemet."
AVKLIPPT = f"Filen är avklippt: XML-koden tar slut mitt i. {EXPORTERA_OM}"
TRASIG = f"Filen är skadad: här är den inte riktig XML. {EXPORTERA_OM}"
DJUP = f"Elementen ligger djupare än {DJUPAST} nivåer; det är inte en SIE 5-fil. {EXPORTERA_OM}"

_VID_SLUTET = frozenset(
    expat.errors.codes[fel]
    for fel in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
)
_ENTITET = expat.errors.codes[expat.errors.XML_ERROR_UNDEFINED_ENTITY]
_OGILTIGT = frozenset(
    expat.errors.codes[fel] for fel in (expat.errors.XML_ERROR_INVALID_TOKEN, expat.errors.XML_ERROR_BAD_CHAR_REF)
)
_STYRBYTE = re.compile(rb"(?:&#(?:x0*[01]?[0-9a-fA-F]|0*[12]?[0-9]|0*3[01]);|[\x00-\x08\x0b\x0c\x0e-\x1f])")

Väg = tuple[str, ...]
"""The names from the root to an element: `("Sie", "Accounts", "Account")`. One of another namespace has it first."""

Början = Callable[[Väg, dict[str, str], int], None]
"""Takes an element where it begins: its way, its attributes and its row."""


class OläsligXML(Exception):
    """XML that is not read further: what the user is told, and the row."""

    def __init__(self, text: str, rad: int) -> None:
        self.text, self.rad = text, rad
        super().__init__(text)


def read_xml(data: bytes, början: Början, slut: Callable[[Väg], None]) -> str:
    """Give each element to `början` and, at its end, `slut`; return the encoding. Raises OläsligXML."""
    parser = expat.ParserCreate(namespace_separator=" ")
    vägar: list[Väg] = [()]
    teckenkod = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"

    def element(namn: str, attribut: dict[str, str]) -> None:
        if len(vägar) > DJUPAST:
            raise OläsligXML(DJUP, parser.CurrentLineNumber)
        väg = (*vägar[-1], namn.removeprefix(f"{NAMNRYMD} "))
        vägar.append(väg)
        början(väg, attribut, parser.CurrentLineNumber)

    def element_slut(_: str) -> None:
        slut(vägar.pop())

    def doctype(namn: str, *_: object) -> None:
        raise OläsligXML(WEBBSIDA if namn.lower() == "html" else DTD, parser.CurrentLineNumber)

    def deklaration(_: str, angiven: str | None, __: int) -> None:
        nonlocal teckenkod
        if angiven and angiven.lower() not in TECKENKODER:
            text = f'Filen anger teckenkoden "{utan_styrtecken(angiven[:40])}"; SIE 5 ska vara i UTF-8. {EXPORTERA_OM}'
            raise OläsligXML(text, parser.CurrentLineNumber)
        teckenkod = (angiven or teckenkod).lower().replace("utf8", "utf-8")

    parser.StartElementHandler, parser.EndElementHandler = element, element_slut
    parser.StartDoctypeDeclHandler, parser.XmlDeclHandler = doctype, deklaration
    try:
        parser.Parse(data, True)
    except expat.ExpatError as fel:
        text = DTD if fel.code == _ENTITET else AVKLIPPT if fel.code in _VID_SLUTET else TRASIG
        if fel.code in _OGILTIGT and _STYRBYTE.match(data, parser.ErrorByteIndex):
            text = f"Raden har ett styrtecken (tecken {fel.offset + 1}), som inte får stå i XML. {EXPORTERA_OM}"
        raise OläsligXML(text, fel.lineno) from None
    return teckenkod


def utan_styrtecken(text: str) -> str:
    """Text from an attribute as it may be shown: line ends and tabs as blanks, other control characters as �.

    >>> utan_styrtecken("a\\nb\\x9b31m")
    'a b�31m'
    """
    if text.isprintable():
        return nfc(text)
    return OSYNLIGT.sub("\ufffd", nfc(re.sub(r"[\t\n\r]", " ", text)))
