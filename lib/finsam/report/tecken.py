"""Which signs the fonts of the PDF have, and where in the inputs the others stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator

from finsam.model.problem import Problem
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.skrivet import skrivna_ord
from finsam.read.indata import kodpunkt

ERSATT = "\ufffd"
KÄNDA = frozenset(map(chr, (9, 10, *range(0x20, 0x7F), *range(0xA0, 0x180)))) | frozenset("–—‘’“”„•…−€\u2009\ufffd")
"""What Swedish is written with, which the report's own font has."""
MEST = 100
"""How many signs are tried at once; Typst takes long to tell of many."""

_OKÄNT = re.compile(f"[^{re.escape(''.join(sorted(KÄNDA)))}]")
_TECKEN = re.compile(
    "[A-Za-zÀ-ɏḀ-ỿ][\u0300-\u0304\u0306-\u030c\u030f\u0312\u0313\u031b\u0323\u0324\u0326-\u0328\u032e\u0331]+|.",
    re.DOTALL,
)
"""A sign: any character, or a Latin letter with the marks on it that the report's own font has in every style.

Typst takes a letter with its marks from one font. Whether it finds one turns on what stands beside it, so other marks
are never printed.
"""
_ANNAN_FORM = re.compile("[\ufe00-\ufe0f]")
"""Marks without a form of their own that choose among the forms of a sign."""
_UTAN_EGEN_FORM = ("Cc", "Cf", "Cn", "Co", "Cs", "Mc", "Me", "Mn", "Zl", "Zp")
"""Unicode's kinds: controls, what is private or not assigned, half a pair, marks by themselves, and breaks."""
_SAMMANSATT = re.compile("[\u0900-\u109f\u1100-\u11ff\u1700-\u1cff\ua800-\uabff]")
"""Scripts of India and further east, whose letters join into syllables that one font must have whole, as with marks."""
_STILAR = [f'weight: {vikt}, style: "{stil}"' for vikt in (400, 600, 700) for stil in ("normal", "italic")]
_HUVUD = '#set document(title: "prov")\n#set text(font: "Source Sans 3")\n'
_RADNUMMER = re.compile(r"\.typ:(\d+):")

_tryckbart: dict[str, bool] = {}


def tryckbar(text: str) -> str:
    """The text with � for what the fonts do not have.

    >>> tryckbar("Åre − 5 §"), tryckbar("gott 🎉"), tryckbar("na\u1df2r")
    ('Åre − 5 §', 'gott �', 'na�r')
    """
    if not _OKÄNT.search(text):
        return text
    _pröva(alla := _tecken(text))
    return "".join(tecken if _går_att_trycka(tecken) else ERSATT for tecken in alla)


def i_typsnitten(tecken: Collection[str]) -> list[str]:
    """Those of some signs that Typst finds in its fonts, in every style that the report has.

    Typst refuses to make an archive PDF with a sign it does not find, and tells the line of each.
    """
    from finsam.report.typst_pdf import TypstError, kompilera

    kvar = list(tecken)
    while kvar:
        try:
            kompilera(_HUVUD + "".join(map(_provrad, kvar)), 0)
        except TypstError as fel:
            rader = {int(nr) - _HUVUD.count("\n") - 1 for nr in _RADNUMMER.findall(fel.diagnostic)}
            kvar = [t for nr, t in enumerate(kvar) if nr not in rader] if rader else []
        else:
            break
    return kvar


def _tecken(text: str) -> list[str]:
    return _TECKEN.findall(_ANNAN_FORM.sub("", unicodedata.normalize("NFC", text)))


def _pröva(alla: Collection[str]) -> None:
    """Find out, for each sign that is not known, whether it can be printed."""
    nya = [t for t in dict.fromkeys(alla) if t not in KÄNDA and t not in _tryckbart]
    _tryckbart.update(dict.fromkeys(nya, False))
    med_form = [t for t in nya if unicodedata.category(t[0]) not in _UTAN_EGEN_FORM and not _SAMMANSATT.match(t)]
    for första in range(0, len(med_form), MEST):
        _tryckbart.update(dict.fromkeys(i_typsnitten(med_form[första : första + MEST]), True))


def _går_att_trycka(tecken: str) -> bool:
    return tecken in KÄNDA or _tryckbart[tecken]


def _provrad(tecken: str) -> str:
    """A line with a sign in every style."""
    sträng = '"' + tecken.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return "".join(f"#text({stil}, {sträng}); " for stil in _STILAR) + f"#raw({sträng})#parbreak();\n"


def otryckbara(år: Räkenskapsår) -> Iterator[Problem]:
    """Every place in the year's own words with a sign that cannot be printed."""
    ställen = [(fil, plats, _tecken(text)) for fil, plats, text in skrivna_ord(år) if _OKÄNT.search(text)]
    _pröva({tecken for _, _, alla in ställen for tecken in alla})
    for fil, plats, alla in ställen:
        if saknas := sorted({tecken for tecken in alla if not _går_att_trycka(tecken)}):
            namn = ", ".join(map(_namn, saknas[:5]))
            yield Problem("varning", f"Typsnittet saknar {namn}; i PDF:en visas �.", fil, plats)


def _namn(tecken: str) -> str:
    """A sign and its numbers.

    >>> _namn("🎉"), _namn("\u202e")
    ('🎉 (U+1F389)', 'U+202E')
    """
    nummer = " ".join(map(kodpunkt, tecken))
    return f"{tecken} ({nummer})" if tecken.isprintable() else nummer
