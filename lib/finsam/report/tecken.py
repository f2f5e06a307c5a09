"""Which characters the fonts of the PDF have, and where in the inputs the others stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from finsam.model.problem import Problem
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.read.indata import kodpunkt

ERSATT = "\ufffd"
KÄNDA = frozenset(map(chr, (9, 10, *range(0x20, 0x7F), *range(0xA0, 0x180)))) | frozenset("–—‘’“”„•…−€\u2009\ufffd")
"""What Swedish is written with, which the report's own font has."""
HÖGST_PRÖVADE = 500

_OKÄNT = re.compile(f"[^{re.escape(''.join(sorted(KÄNDA)))}]")


class _Tabell(dict[int, int]):
    """Character → itself or �; one that is not known is tried once, so many at most."""

    def __missing__(self, kod: int) -> int:
        tryckbart = len(self) < HÖGST_PRÖVADE and går_att_trycka(chr(kod))
        self[kod] = kod if tryckbart else ord(ERSATT)
        return self[kod]


_TABELL = _Tabell()


def tryckbar(text: str) -> str:
    """The text with � for what the fonts do not have.

    >>> tryckbar("Åre − 5 §"), tryckbar("gott 🎉")
    ('Åre − 5 §', 'gott �')
    """
    return _OKÄNT.sub(lambda träff: chr(_TABELL[ord(träff[0])]), text)


def går_att_trycka(tecken: str) -> bool:
    """Whether Typst finds a character in a font; it refuses to make an archive PDF with one it does not find."""
    from finsam.report.typst_pdf import TypstError, kompilera

    källa = f'#set document(title: "prov")\n#set text(font: "Source Sans Pro")\n#"{tecken}";'
    try:
        kompilera(källa, 0)
    except TypstError:
        return False
    return True


def otryckbara(år: Räkenskapsår) -> Iterator[Problem]:
    """Every place in the year's own words with a character that cannot be printed."""
    for fil, plats, text in _ord(år):
        if ovanliga := sorted(set(_OKÄNT.findall(text))):
            saknas = [t for t in ovanliga if tryckbar(t) == ERSATT]
            namn = ", ".join(f"{t} ({kodpunkt(t)})" for t in saknas[:5])
            if saknas:
                yield Problem("varning", f"Typsnittet saknar {namn}; i PDF:en visas �.", fil, plats)


def _ord(år: Räkenskapsår) -> Iterator[tuple[str, str, str]]:
    """File, place and words of all that a person has written."""
    yield "forbund.yml", "", år.förbund.model_dump_json()
    for fil in år.texter.values():
        for nr, rad in enumerate(fil.text.split("\n"), 1):
            yield fil.fil, f"rad {nr}", rad
    for namn in type(år.underlag).model_fields:
        for rad_ in getattr(år.underlag, namn) if namn != "fil" else ():
            text = " ".join(värde for _, värde in rad_ if isinstance(värde, str))
            yield år.underlag.fil, f"{rad_.blad}, rad {rad_.rad}", text
