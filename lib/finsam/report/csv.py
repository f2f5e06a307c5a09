"""A table as a file for a Swedish spreadsheet: semicolons, decimal commas, exact figures, and words that stay words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

BOM = "\ufeff"
_SOM_FORMEL = ("=", "+", "-", "@", "\t", "\r", "\n", "\N{FULLWIDTH EQUALS SIGN}")
"""What a spreadsheet takes for the beginning of a formula."""
_DECIMALER = Decimal("1E-10")
_I_ADRESS = re.compile(r"[%\"#<>&'`{}|\\^\s\x00-\x1f]")


def csv(rader: Iterable[Sequence[str | Decimal | None]]) -> str:
    r"""Rows as a file.

    >>> csv([["Post", "2024"], ["=1+1", Decimal("-1234.50")], ["a;b", None]]).removeprefix(BOM).split("\r\n")
    ['Post;2024', "'=1+1;-1234,5", '"a;b";', '']
    """
    return BOM + "".join(";".join(map(_fält, rad)) + "\r\n" for rad in rader)


def _fält(värde: str | Decimal | None) -> str:
    if värde is None:
        return ""
    if isinstance(värde, Decimal):
        return _tal(värde)
    text = ofarlig(" ".join(värde.split()))
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if re.search('[;"]', text) else text


def ofarlig(text: str) -> str:
    """Words that no spreadsheet takes for a formula: those that could be have an apostrophe before them.

    >>> ofarlig("=1+1"), ofarlig("Årets resultat")
    ("'=1+1", 'Årets resultat')
    """
    return f"'{text}" if text.startswith(_SOM_FORMEL) else text


def _tal(tal: Decimal) -> str:
    """The figure to ten decimals, without those that are nil.

    >>> _tal(Decimal("1E+3")), _tal(Decimal("-0.00")), _tal(Decimal(1) / 3)
    ('1000', '0', '0,3333333333')
    """
    exakt = tal if tal == tal.quantize(_DECIMALER) else tal.quantize(_DECIMALER)
    siffror = f"{exakt:f}"
    siffror = siffror.rstrip("0").rstrip(".") if "." in siffror else siffror
    return "0" if siffror in ("-0", "") else siffror.replace(".", ",")


def som_adress(text: str) -> str:
    """The file as an address that holds all of it."""
    return "data:text/csv;charset=utf-8," + _I_ADRESS.sub(
        lambda m: "".join(f"%{byte:02X}" for byte in m[0].encode()), text
    )
