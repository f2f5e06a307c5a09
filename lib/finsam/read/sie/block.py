"""A whole verifikation at once, when it is in the usual form. The others go line by line."""

from __future__ import annotations

import re

from finsam.model.bokforing import Transaktion, Verifikation
from finsam.read.ledger.belopp import decimal_kr, parse_datum, öre_av
from finsam.read.ledger.rader import Kontering
from finsam.read.sie.text import split_objekt

# Every quantifier is possessive: a line that does not fit is given up at once.
FÄLT = r'(?:"[^"\\\n]*+"|[^ \t"\\{}\n]++)'
DATUM = r'(?:"\d{8}"|\d{8})'
_HUVUD = rf"[ \t]*+#VER[ \t]++({FÄLT})[ \t]++({FÄLT})[ \t]++({DATUM})"
HUVUD = re.compile(rf"{_HUVUD}(?=[ \t\n])", re.ASCII)
VERIFIKATION = re.compile(
    rf"{_HUVUD}(?:[ \t]++({FÄLT})(?:[ \t][^\n{{]*+)?+)?+[ \t]*+\n"
    r"[ \t]*+\{[ \t]*+\n((?:[ \t]*+#TRANS[ \t][^\n]*+\n)*+)[ \t]*+\}[ \t]*+(?:\n|\Z)",
    re.ASCII,
)
_RAD = (
    r'\n[ \t]*+#TRANS[ \t]++(\d++[ \t]*+\{[^}"\n]*+(?:"[^"\\\n]*+"[^}"\n]*+)*+\})[ \t]*+(-?\d{1,15}+(?:\.\d\d?)?+)'
    rf'(?:[ \t]++(?:({DATUM})|"")(?:[ \t]++TEXT(?:[ \t].*+)?+)?+)?+[ \t]*+(?=\n)'
)
RAD = re.compile(_RAD.replace("TEXT", FÄLT), re.ASCII)
RAD_MED_TEXT = re.compile(_RAD.replace("TEXT", f"({FÄLT})"), re.ASCII)


def read_block(text: str, plats: int) -> Verifikation | None:
    """The verifikation that begins at a place of the text, or `None` when it must be read line by line."""
    block = VERIFIKATION.match(text, plats)
    if block is None:
        return None
    serie, nummer, datumtext, vertext = (fält.strip('"') for fält in block.groups(default="")[:4])
    datum = parse_datum(datumtext)
    träffar = RAD_MED_TEXT.findall(text, plats, block.end())
    if datum is None or len(träffar) != radantal(block):
        return None
    rader = []
    for kontering, belopp, radens_datum, radtext in träffar:
        konterad, dag = parse_kontering(kontering), parse_datum(radens_datum.strip('"') or datumtext)
        if konterad is None or dag is None:
            return None
        rader.append(Transaktion(*konterad, decimal_kr(öre_av(belopp)), dag, radtext.strip('"')))
    return Verifikation(serie, nummer, datum, vertext, tuple(rader))


def radantal(block: re.Match[str]) -> int:
    """How many rows a verifikation has."""
    return block.string.count("\n", *block.span(5))


def parse_kontering(text: str) -> Kontering | None:
    """A konto with its object list, or `None` when the list is not pairs.

    >>> parse_kontering('4510 {6 "CT"}')
    ('4510', (('6', 'CT'),))
    """
    konto, _, lista = text.partition("{")
    objekt = split_objekt(lista[:-1])
    return None if objekt is None else (konto.rstrip(" \t"), objekt)
