"""The syntax of SIE 1–4: a line into its fields. Nothing here knows what a record means."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from finsam.model.bokforing import Objekt

BLANKA = " \t"  # nothing else separates fields: a no-break space is part of a text
ETIKETT = re.compile(r"#[^ \t{]*")

# A quote ends a field only before a blank, a brace or the end of the line: real files have unescaped quotes in names.
CITERAT = re.compile(r'"((?:[^"\\]|\\"?+|"(?=[^ \t{}]))*+)"(?=[ \t{}]|$)')
OBJEKTLISTA = re.compile(r'\{((?:[^}"]|"(?:[^"\\]|\\"?+)*+")*+)\}')
ORD = re.compile(r"[^ \t]+")
ORD_FÖRE_KLAMMER = re.compile(r"[^ \t{]+")
MED_OBJEKTLISTA = frozenset(("#TRANS", "#RTRANS", "#BTRANS", "#OIB", "#OUB", "#PSALDO", "#PBUDGET"))

# Nearly every other record is a label and fields with nothing odd about them.
ENKEL_RAD = re.compile(r'(#[A-Z]+)((?:[ \t]+(?:"[^"\\]*+"|[^ \t"\\{]++))*+)[ \t]*')
ENKELT_FÄLT = re.compile(r'"([^"]*)"|([^ \t"]+)')


@dataclass(slots=True)
class Siepost:
    """A record: its label, its fields, and the fields of its object list (`None` when it has none).

    `före` is the number of fields before the object list; `citerad` tells that the first field is in quotes,
    `trasig` that quotes do not pair.
    """

    etikett: str
    fält: list[str] = field(default_factory=list)
    objekt: list[str] | None = None
    före: int = 0
    citerad: bool = False
    trasig: bool = False

    def fält_eller_tomt(self, nr: int) -> str:
        """A field, empty when it is left out."""
        return self.fält[nr] if nr < len(self.fält) else ""


def split_post(rad: str) -> Siepost:
    r"""Split a line into label, fields and object list.

    >>> split_post('#TRANS 1930 {1 "0123"} -5.00 "" "Kassa \\"A\\""').fält
    ['1930', '-5.00', '', 'Kassa "A"']
    >>> split_post('#TRANS 1930 {1 "0123"} -5.00').objekt
    ['1', '0123']
    """
    if enkel := ENKEL_RAD.fullmatch(rad):
        fält = [citerat or ord_ for citerat, ord_ in ENKELT_FÄLT.findall(enkel[2])]
        return Siepost(enkel[1], fält, citerad=enkel[2].lstrip(BLANKA).startswith('"'))
    träff = ETIKETT.match(rad)
    etikett = träff[0] if träff else ""
    post = Siepost(etikett.upper())
    _split_fält(rad, len(etikett), post, med_lista=post.etikett in MED_OBJEKTLISTA)
    return post


def _split_fält(rad: str, plats: int, post: Siepost, med_lista: bool) -> None:
    """Add the fields from a place in a line to a record."""
    while True:
        while plats < len(rad) and rad[plats] in BLANKA:
            plats += 1
        if plats >= len(rad):
            return
        söker_lista = med_lista and post.objekt is None
        if rad[plats] == '"':
            plats = _quoted_fält(rad, plats, post)
        elif rad[plats] == "{" and söker_lista:
            plats = _objektlista(rad, plats, post)
        else:
            träff = (ORD_FÖRE_KLAMMER if söker_lista else ORD).match(rad, plats)
            if träff is None:
                return
            post.fält.append(träff[0])
            post.trasig = post.trasig or träff[0].endswith('"')
            plats = träff.end()


def _quoted_fält(rad: str, plats: int, post: Siepost) -> int:
    post.citerad = post.citerad or not post.fält
    träff = CITERAT.match(rad, plats)
    if träff is None:
        post.trasig = True
        post.fält.append(rad[plats + 1 :].removesuffix('"'))
        return len(rad)
    if '"' in träff[1]:
        post.trasig = post.trasig or '"' in träff[1].replace('\\"', "")
    post.fält.append(träff[1].replace('\\"', '"'))
    return träff.end()


def _objektlista(rad: str, plats: int, post: Siepost) -> int:
    träff = OBJEKTLISTA.match(rad, plats)
    slut = träff.end() if träff else rad.find("}", plats) + 1
    if not slut:
        post.trasig = True
        slut = len(rad) + 1
    post.före = len(post.fält)
    inre = Siepost("")
    _split_fält(rad[plats + 1 : slut - 1], 0, inre, med_lista=False)
    post.objekt = inre.fält
    return slut


@lru_cache(maxsize=65536)
def split_objekt(text: str) -> tuple[Objekt, ...] | None:
    """The pairs of an object list.

    >>> split_objekt('1 "Nord" "7" 1')
    (('1', 'Nord'), ('7', '1'))
    """
    inre = Siepost("")
    _split_fält(text, 0, inre, med_lista=False)
    return objektpar(inre.fält)


def objektpar(fält: list[str]) -> tuple[Objekt, ...] | None:
    """The fields of an object list two by two; `None` when one is left over."""
    return None if len(fält) % 2 else tuple(zip(fält[::2], fält[1::2], strict=True))
