"""G15, G16: numbers of headings in order, and the contents against the headings."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from finsam.granska.begrepp import vik
from finsam.granska.fynd import Fynd, ställe
from finsam.granska.lasa.dokument import NUMMER, Dokument
from finsam.granska.lasa.rad import Rad
from finsam.granska.regler.grund import Underlag

OMTAG = 2
LÄNGST = 100
"""So long is a heading at most."""
_SIDA = re.compile(r"[\s.·…]*(\d{1,3})\s*$")


def check_nummer(u: Underlag) -> Iterator[Fynd]:
    """The numbering of headings, and the table of contents."""
    for d, dok in enumerate(u.dokument):
        if dok.är_ocr:
            continue
        rubriker = list(_numrerade(dok.rubriker))
        u.räkna("G15", len(rubriker))
        yield from _dubbla(u, d, dok, rubriker)
        yield from _mot_innehåll(u, d, dok, rubriker)
        yield from _sidor(u, d, dok)


def _numrerade(rader: Sequence[Rad]) -> Iterator[tuple[str, str, Rad]]:
    """Number, words and line of the headings that have a number with a point in it."""
    for rad in rader:
        träff = NUMMER.match(rad.text.lstrip("# "))
        if träff and "." in träff[1]:
            yield träff[1].rstrip("."), vik(_SIDA.sub("", träff[2])).strip(), rad


def _dubbla(u: Underlag, d: int, dok: Dokument, rubriker: Sequence[tuple[str, str, Rad]]) -> Iterator[Fynd]:
    antal = Counter(nr for nr, _, _ in rubriker)
    dubbla = [nr for nr, n in antal.items() if n > 1]
    for nummer in dubbla if len(dubbla) <= OMTAG else ():  # more of them: an appendix begins anew
        if antal[nummer] != 2:
            continue
        ena, andra = (rad for nr, _, rad in rubriker if nr == nummer)
        if vik(ena.text) == vik(andra.text):
            continue
        text = f"Två avsnitt har numret {nummer}."
        ställen = (ställe(dok.fil, ena, nummer), ställe(dok.fil, andra, nummer))
        säkerhet = u.läsning_av_text(d, ena) * 0.98 * (0.97 if len(dubbla) == 1 else 0.92)
        yield Fynd("G15", "bra att veta", 1, säkerhet, text, ställen)


def _mot_innehåll(u: Underlag, d: int, dok: Dokument, rubriker: Sequence[tuple[str, str, Rad]]) -> Iterator[Fynd]:
    """The same words with another number; a page that is not the heading's."""
    i_dokumentet = {namn: (nr, rad) for nr, namn, rad in rubriker}
    for rad in dok.förteckning:
        träff = NUMMER.match(rad.text)
        if not träff or "." not in träff[1]:
            continue
        namn = vik(_SIDA.sub("", träff[2])).strip(" .")
        funnen = i_dokumentet.get(namn)
        if funnen is None:
            continue
        u.räkna("G16")
        nummer = träff[1].rstrip(".")
        if funnen[0] != nummer:
            text = f"Innehållet har {nummer} och avsnittet {funnen[0]} för samma rubrik."
            ställen = (ställe(dok.fil, rad, nummer), ställe(dok.fil, funnen[1], funnen[0]))
            egen = sum(namn == annat for _, annat, _ in rubriker) == 1
            säkerhet = u.läsning_av_text(d, rad) * 0.97 * (0.97 if egen else 0.8)
            yield Fynd("G16", "bra att veta", 1, säkerhet, text, ställen)


MINST_SIDOR = 4
"""How many lines of the contents must have the same step to the pages, for another to be wrong."""


def _sidor(u: Underlag, d: int, dok: Dokument) -> Iterator[Fynd]:
    """The page of a line of the contents is its heading's, as far from the file's pages as most of them are."""
    var = {_namn(rad.text): rad for rad in reversed(dok.rubriker) if rad.sida}
    par = [
        (rad, var[namn], int(träff[1]))
        for rad in dok.förteckning
        if (träff := _SIDA.search(rad.text)) and (namn := _namn(rad.text)) in var
    ]
    steg = Counter((rubrik.sida or 0) - sida for _, rubrik, sida in par).most_common(1)
    if not steg or steg[0][1] < MINST_SIDOR or steg[0][1] * 3 < len(par) * 2:
        return
    u.räkna("G16", len(par))
    for rad, rubrik, sida in par:
        rätt = (rubrik.sida or 0) - steg[0][0]
        if rätt != sida:
            text = f"Innehållet säger sida {sida} och avsnittet börjar på sida {rätt}."
            ställen = (ställe(dok.fil, rad, str(sida)), ställe(dok.fil, rubrik))
            säkerhet = u.läsning_av_text(d, rad) * (0.82 + 0.15 * steg[0][1] / len(par)) * 0.96
            yield Fynd("G16", "bra att veta", 1, säkerhet, text, ställen)


def _namn(text: str) -> str:
    """The words of a heading, without its number and page."""
    träff = NUMMER.match(text.lstrip("# "))
    return vik(_SIDA.sub("", träff[2] if träff else text)).strip(" .")


# --- headings with a word and a number --------------------------------------------------------------------------------

_SERIE = re.compile(
    r"(?i)\W*(?:\d{1,2}(?:\.\d{1,2})+\.?\s+)?(mål|mal|målområde|malomrade|bilaga|tabell)\s+(\d{1,2})\s*[:–-]\s*(\S.*)"
)
_FLERA = 3


def check_serier(u: Underlag) -> Iterator[Fynd]:
    """G15: goals, appendices and tables are numbered 1, 2, 3; told of one number twice where the next is missing."""
    for d, dok in enumerate(u.dokument):
        serier: dict[str, list[tuple[int, str, Rad]]] = defaultdict(list)
        for rad in dok.rader:
            träff = _SERIE.match(rad.text) if rad.slag not in ("fot", "förteckning") else None
            if träff and len(rad.text) < LÄNGST:
                serier[vik(träff[1])].append((int(träff[2]), vik(träff[3]), rad))
        for slag, alla in serier.items():
            u.räkna("G15", len(alla))
            yield from _dubbel(u, d, slag, alla)


def _dubbel(u: Underlag, d: int, slag: str, alla: Sequence[tuple[int, str, Rad]]) -> Iterator[Fynd]:
    """Each number is the one before or the next, and one of them stands over two things."""
    numren = [nr for nr, _, _ in alla]
    dubbla = [nr for nr in range(len(alla) - 1) if numren[nr] == numren[nr + 1]]
    if len(alla) < _FLERA or numren != sorted(numren) or numren[0] != 1 or len(dubbla) != 1:
        return
    if sorted(set(numren)) != list(range(1, numren[-1] + 1)):
        return
    (n, namn, ena), (_, annat, andra) = alla[dubbla[0]], alla[dubbla[0] + 1]
    if set(namn.split()) <= set(annat.split()) or set(annat.split()) <= set(namn.split()):
        return
    dok = u.dokument[d]
    ord_ = ena.text.split()[0] if slag[:3] != "mal" else "mål"
    platser = (ställe(dok.fil, ena, str(n)), ställe(dok.fil, andra, str(n)))
    text = f"Två olika rubriker heter {ord_.lower()} {n}."
    yield Fynd("G15", "bra att veta", 1, u.läsning_av_text(d, ena, andra), text, platser)
