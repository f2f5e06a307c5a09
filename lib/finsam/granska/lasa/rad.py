"""Lines with cells, out of words that have their places."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

MELLANRUM = 0.42
"""Space within a cell, in heights of the line; what is more is between two cells."""
BRED = 250.0
"""How wide a line is that is one of a paragraph, in points."""
RIMLIGT = 8
"""Digits that a figure of a samordningsförbund has, at most."""
UPPHÖJDA = "⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍʰ"
EXPONENT = str.maketrans("0123456789abcdefgh", UPPHÖJDA)
"""Raised marks of footnotes, so that they are no part of a figure or a word."""
OMSLAG = 10
"""How far the number that is printed on a page may be from its place in the file."""
RÖR = 0.15
"""How far from a word a mark of it may be, in heights."""
SAMMA_RAD = 0.45
"""How far the middles of words on the same line are from each other, in heights."""


@dataclass(frozen=True, slots=True)
class Ord:
    """A word and its box; y grows downwards."""

    text: str
    x0: float
    x1: float
    y0: float
    y1: float

    @property
    def höjd(self) -> float:
        """Its height."""
        return self.y1 - self.y0

    @property
    def mitt(self) -> float:
        """The middle of its height."""
        return (self.y0 + self.y1) / 2


@dataclass(frozen=True, slots=True)
class Cell:
    """Text between two gaps of a line."""

    text: str
    x0: float
    x1: float
    ord: tuple[tuple[int, float, float], ...] = ()
    """Where in the text each word begins, and where on the page it begins and ends, when that is known."""

    def läge(self, början: int, slut: int) -> tuple[float, float]:
        """Where on the page a part of the text begins and ends; by its share of the cell when no words are known."""
        return self._x(början, början), self._x(slut, slut - 1)

    def _x(self, läge: int, tecken: int) -> float:
        """Where on the page a place in the text is, by its share of the word that a letter is in."""
        nr, x0, x1 = next((o for o in reversed(self.ord) if o[0] <= tecken), (0, self.x0, self.x1))
        ord_ = self.text[nr:].split(" ")[0] if self.ord else self.text
        return x0 + (x1 - x0) * (läge - nr) / max(1, len(ord_))


@dataclass(slots=True, eq=False)
class Rad:
    """A line of a page: what it says as it stands in the file, and its cells."""

    citat: str
    celler: tuple[Cell, ...]
    sida: int | None = None
    nr: int = 0
    y: float = 0.0
    höjd: float = 0.0
    lägen: bool = True
    """The cells' places are known, so that an empty cell shows."""
    slag: str = ""
    """`fot` (repeated on pages), `förteckning`, `rubrik`, or nothing."""
    rubrik: str = ""
    """The heading that it stands under."""
    tom_före: bool = False
    text: str = field(default="")

    def __post_init__(self) -> None:
        if not all(unicodedata.is_normalized("NFC", cell.text) for cell in self.celler):
            nfc = (unicodedata.normalize("NFC", cell.text) for cell in self.celler)
            self.celler = tuple(replace(c, text=text) for c, text in zip(self.celler, nfc, strict=True))
        if not self.text:
            self.text = " ".join(cell.text for cell in self.celler if cell.text)


def rader(ord_: Iterable[Ord], sida: int) -> list[Rad]:
    """The lines of a page, from the top, of its words."""
    grupper: list[list[Ord]] = []
    for ett in sorted(_med_märken(ord_), key=lambda o: (o.mitt, o.x0)):
        if grupper:
            först = grupper[-1][0]
            if abs(ett.mitt - först.mitt) <= SAMMA_RAD * min(först.höjd, ett.höjd):
                grupper[-1].append(ett)
                continue
        grupper.append([ett])
    ut = [_rad(sorted(grupp, key=lambda o: o.x0), sida) for grupp in grupper]
    steg = _radavstånd(ut)
    for förra, rad in pairwise(ut):
        rad.tom_före = rad.y - förra.y > (1.3 * steg if steg else 1.9 * max(förra.höjd, rad.höjd))
    if ut:
        ut[0].tom_före = True
    return _med_hela_tal(ut)


def _med_märken(ord_: Iterable[Ord]) -> list[Ord]:
    """The words, where a raised mark is on the line of the word that it touches, and a raised figure looks raised."""
    alla = list(ord_)
    return [_upphöjt(ett, alla) if _UPPHÖJT.fullmatch(ett.text) else ett for ett in alla]


def _upphöjt(märke: Ord, alla: Sequence[Ord]) -> Ord:
    for ett in alla:
        höjd = ett.höjd
        if abs(märke.x0 - ett.x1) < RÖR * höjd and 0.05 * höjd < ett.mitt - märke.mitt < 0.65 * höjd:
            litet = märke.text.isalnum() and märke.höjd < 0.85 * höjd
            text = märke.text.translate(EXPONENT) if litet else märke.text
            return replace(märke, text=text, y0=ett.y0, y1=ett.y1)
    return märke


def _radavstånd(rader_: Sequence[Rad]) -> float:
    """How far the lines of a paragraph are from each other on a page; 0 when no two lines are those of one."""
    löpande = [len(rad.celler) == 1 and rad.celler[0].x1 - rad.celler[0].x0 > BRED for rad in rader_]
    par = zip(pairwise(rader_), pairwise(löpande), strict=True)
    return min((b.y - a.y for (a, b), (x, y) in par if x and y and b.y - a.y > 0.8 * b.höjd), default=0.0)


# --- figures that are broken over two lines of a narrow cell ---------------------------------------------------------

_BÖRJAN = re.compile(r"[-−–+(]?\d{1,3}(?:\s\d{3})*")
_TAL = re.compile(r"[-−–+(]?\d[\d\s,.]*\)?(?:\s?%)?|[-−–]")
_FORTSÄTTNING = re.compile(r"\d{3}(?:\s\d{3})*\)?")


def _med_hela_tal(rader_: list[Rad]) -> list[Rad]:
    """Two lines whose figures go on below each other, with the rest of the row halfway between them, are one row."""
    ut: list[Rad] = []
    nr = 0
    while nr < len(rader_):
        brutna = next((n for n in range(nr + 2, min(nr + 5, len(rader_))) if _hör_ihop(rader_[nr : n + 1])), None)
        if brutna is None:
            ut.append(rader_[nr])
            nr += 1
        else:
            ut += _hopfogad(rader_[nr : brutna + 1])
            nr = brutna + 1
    return ut


def _hör_ihop(rader_: Sequence[Rad]) -> bool:
    """The first and the last line hold the two halves of the same figures, a line apart; the others are between."""
    först, *mellan, sist = rader_
    avstånd, höjd = sist.y - först.y, max(först.höjd, 1.0)
    if not 0.7 * höjd < avstånd < 2 * höjd:
        return False
    if not all(0.3 * avstånd < rad.y - först.y < 0.75 * avstånd for rad in mellan):
        return False
    if _etikett_runt(först, mellan, sist):
        return True
    par = _halvor(först, sist)
    tal = [sum(any(t.isdigit() for t in c.text) for c in rad.celler) for rad in (först, sist)]
    return bool(par) and tal == [len(par)] * 2


def _etikett_runt(först: Rad, mellan: Sequence[Rad], sist: Rad) -> bool:
    """A label on two lines, and nothing but its figures halfway between them."""
    if len(mellan) != 1 or len(först.celler) != 1 or len(sist.celler) != 1:
        return False
    (över,), (under,) = först.celler, sist.celler
    if any(t.isdigit() for t in över.text + under.text) or min(över.x1, under.x1) <= max(över.x0, under.x0):
        return False
    return all(_TAL.fullmatch(c.text) or _MÄRKE.fullmatch(c.text) for c in mellan[0].celler) and any(
        c.x0 > över.x1 and _TAL.fullmatch(c.text) for c in mellan[0].celler
    )


def _halvor(först: Rad, sist: Rad) -> list[tuple[Cell, Cell]]:
    """Figures and what they go on with right below."""
    return [
        (a, b)
        for a in först.celler
        for b in sist.celler
        if _BÖRJAN.fullmatch(a.text) and _FORTSÄTTNING.fullmatch(b.text) and min(a.x1, b.x1) > max(a.x0, b.x0)
    ]


def _hopfogad(rader_: Sequence[Rad]) -> list[Rad]:
    """The row, with its figures whole; words that are no part of it stay by themselves."""
    först, *mellan, sist = rader_
    celler = [cell for rad in mellan for cell in rad.celler]
    celler += [Cell(f"{a.text} {b.text}", min(a.x0, b.x0), max(a.x1, b.x1)) for a, b in _halvor(först, sist)]
    ord_ = [[c for c in rad.celler if not any(t.isdigit() for t in c.text)] for rad in (först, sist)]
    brutna = [(a, b) for a in ord_[0] for b in ord_[1] if min(a.x1, b.x1) > max(a.x0, b.x0)]
    celler += [Cell(f"{a.text} {b.text}", min(a.x0, b.x0), max(a.x1, b.x1)) for a, b in brutna]
    celler.sort(key=lambda c: c.x0)
    tagna = [cell for par in brutna for cell in par]
    ut = []
    for rad, kvar in zip((först, sist), ord_, strict=True):
        fria = tuple(c for c in kvar if c not in tagna)
        text = " ".join(c.text for c in fria)
        ut.append(Rad(text, fria, rad.sida, y=rad.y, höjd=rad.höjd, tom_före=rad.tom_före) if fria else None)
    text = " ".join(c.text for c in celler)
    hel = Rad(text, tuple(celler), först.sida, y=mellan[0].y, höjd=mellan[0].höjd, tom_före=först.tom_före)
    return [rad for rad in (ut[0], hel, ut[1]) if rad]


def _rad(ord_: Sequence[Ord], sida: int) -> Rad:
    höjd = median(o.höjd for o in ord_) or 1.0
    celler: list[list[Ord]] = [[ord_[0]]]
    for förra, ett in pairwise(ord_):
        if ett.x0 - förra.x1 < MELLANRUM * höjd:
            celler[-1].append(ett)
        else:
            celler.append([ett])
    celler = [del_ for cell in celler for del_ in _delad(cell)]
    färdiga = tuple(_samman(c) for c in celler)
    y = sum(o.mitt for o in ord_) / len(ord_)
    return Rad(" ".join(c.text for c in färdiga), färdiga, sida, y=y, höjd=höjd)


def _delad(ord_: list[Ord]) -> list[list[Ord]]:
    """Digits of two columns that stand close: they part where the gap is widest, and wider than within a number."""
    siffror = sum(t.isdigit() for o in ord_ for t in o.text)
    if siffror <= RIMLIGT or len(ord_) < 3 or not all(_SIFFERORD.fullmatch(o.text) for o in ord_):
        return [ord_]
    gap = [b.x0 - a.x1 for a, b in pairwise(ord_)]
    bredast = max(gap)
    if bredast < 1.04 * median(gap) + 0.1:
        return [ord_]
    nr = gap.index(bredast) + 1
    return [ord_[:nr], *_delad(ord_[nr:])]


def _samman(ord_: Sequence[Ord]) -> Cell:
    """The words of a cell; what touches is one word (a raised mark, a number set in pieces)."""
    text = ord_[0].text
    lägen = [(0, ord_[0].x0, ord_[0].x1)]
    for förra, ett in pairwise(ord_):
        ihop = ett.x0 - förra.x1 < 0.12 * förra.höjd and not _MÄRKE.fullmatch(ett.text)
        if ihop:
            lägen[-1] = (*lägen[-1][:2], ett.x1)
        else:
            text += " "
            lägen.append((len(text), ett.x0, ett.x1))
        text += ett.text
    return Cell(text, ord_[0].x0, ord_[-1].x1, tuple(lägen))


_UPPHÖJT = re.compile(r"\d{1,2}\)?|[a-h]\)?|[*†]+")
_MÄRKE = re.compile(r"[a-h]\)")
_SIFFERORD = re.compile(r"[-−–+]?\d{1,3}[-−–]?")
_SIFFROR = re.compile(r"\d+")
_BELOPP = re.compile(r"[-−–+(]*\d{1,3}(?:\s\d{3})+\W*")
_ÅR = re.compile(r"\D{0,14}(?:19|20)\d\d\W?")


def märk_återkommande(sidor: Sequence[Sequence[Rad]]) -> None:
    """Mark what stands at the same place at the top or foot of several pages, its numbers apart: it is no text."""
    kanter = [{id(rad): rad for rad in (*sida[:3], *sida[-8:])}.values() for sida in sidor]
    lägen: dict[str, list[tuple[float, float]]] = {}
    for sida, kant in zip(sidor, kanter, strict=True):
        for text, rad in {_SIFFROR.sub("#", rad.text): rad for rad in kant}.items():
            lägen.setdefault(text, []).append((rad.y, sida[-1].y - rad.y))
    gräns = max(3, len(sidor) // 3)
    for sida, kant in zip(sidor, kanter, strict=True):
        for rad in kant:
            här, alla = (rad.y, sida[-1].y - rad.y), lägen[_SIFFROR.sub("#", rad.text)]
            lika = max(sum(abs(ett[n] - här[n]) < rad.höjd / 2 for ett in alla) for n in (0, 1))
            if lika >= gräns and not _många_tal(rad) and not _är_huvud(rad):
                rad.slag = "fot"
        for rad in (*sida[:1], *sida[-1:]):
            if rad.sida and rad.text.isdecimal() and abs(int(rad.text) - rad.sida) < OMSLAG and len(sida) > 1:
                rad.slag = "fot"


def _många_tal(rad: Rad) -> bool:
    """Figures of a table: more than a page and a year, or amounts."""
    tal = [cell.text for cell in rad.celler if any(t.isdigit() for t in cell.text)]
    return len(tal) > 2 or sum(bool(_BELOPP.fullmatch(text)) for text in tal) > 1


def _är_huvud(rad: Rad) -> bool:
    """Years in cells of their own: the head of a table."""
    return sum(bool(_ÅR.fullmatch(cell.text)) for cell in rad.celler) > 1
