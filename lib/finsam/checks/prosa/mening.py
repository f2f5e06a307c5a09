"""Texts as sentences, with each figure and year as one sign, so that a pattern can be looked for in the words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from finsam.checks.texter import skrivna_tal, skrivna_årtal
from finsam.model import belopp
from finsam.model.fakta import Fakta

T = "[\U000f0000-\U000f07ff]"
"""In a pattern: a figure, as a sign that no input may have, and so high that a set with it is made quickly."""
EJ_T = "[^\U000f0000-\U000f07ff]"
"""In a pattern: any other sign."""
ÅR = "[\U000f0800-\U000f0fff]"
"""In a pattern: a year, by its number or as `{år-1}`."""
_ETT_T, _ETT_ÅR = re.compile(T), re.compile(ÅR)
_TAL_BAS, _ÅR_BAS, _ANNAT = 0xF0000, 0xF0800, "\U000f1000"
_HÖGST = 0x7FF
"""How many figures, and how many years, a paragraph may have and still be read."""

_HÄNVISNING = re.compile(r"\{([^{}]*)\}")
_FAKTA = re.compile(r"\s*([\w.-]+?)\s*(?:\[\s*([^\]]+?)\s*\])?\s*(?:\|\s*(.*?)\s*)?")
_RELATIVT_ÅR = re.compile(r"\s*år\s*(?:([+-])\s*(\d+))?\s*")
_ENHET = re.compile(r"[ \u00a0]?(kr|kronor|tkr|procent|%)(?!\w)")
_LISTMÄRKE = re.compile(r"^\s*(?:#+|[-*+>]|\d+\.)\s+")
_MENINGSSLUT = re.compile(
    r"(?<=[.!?])(?<!kap\.)(?<!st\.)(?<!t\.ex\.)(?<!bl\.a\.)(?<!ca\.)(?<!m\.m\.)(?<!nr\.)(?<!kl\.)\s+"
    '(?=[A-ZÅÄÖ”"\U000f0000-\U000f1000])'
)


@dataclass(frozen=True, slots=True)
class Tal:
    """A figure in a sentence. `värde` is the figure as it is printed, in kronor, as a ratio or a count, with the sign
    that is printed; `fakta` is what it is bound to, if it is.
    """

    värde: Decimal
    text: str
    enhet: str
    fakta: Fakta | None = None
    utan_tecken: bool = False

    @property
    def id(self) -> str:
        """The id of its fact; empty for a figure that is typed."""
        return self.fakta.id if self.fakta else ""

    @property
    def period(self) -> str:
        """The year of its fact."""
        return self.fakta.period if self.fakta else ""

    @property
    def visat(self) -> str:
        """The figure and which fact it is, for a message."""
        return f"{self.text} ({self.fakta.nyckel})" if self.fakta else self.text


@dataclass(frozen=True, slots=True)
class Mening:
    """A sentence in small letters, with its figures and years (`T`, `ÅR`), and where it stands.

    `stycke` are the sentences of its paragraph, itself the one with the number `nr`; `insats` is the id of the insats
    that its text is about.
    """

    text: str
    ordagrant: str
    tal: tuple[Tal, ...]
    år: tuple[int, ...]
    rad: int
    stycke: list[Mening] = field(repr=False, compare=False)
    nr: int = 0
    insats: str = ""

    @property
    def före(self) -> list[Mening]:
        """The sentences before it in its paragraph."""
        return self.stycke[: self.nr]

    def talet(self, tecken: str) -> Tal:
        """The figure that a sign stands for."""
        return self.tal[ord(tecken) - _TAL_BAS]

    def talen(self, text: str | None = None) -> list[Tal]:
        """The figures of the sentence, or of a part of it, in order."""
        return [self.talet(tecken) for tecken in _ETT_T.findall(self.text if text is None else text)]

    def åren(self, text: str | None = None) -> list[int]:
        """The years of the sentence, or of a part of it, in order."""
        return [self.år[ord(tecken) - _ÅR_BAS] for tecken in _ETT_ÅR.findall(self.text if text is None else text)]

    def läst(self, ord_: str) -> str:
        """Words of the sentence with its figures and years as they are read."""
        ord_ = re.sub(T, lambda m: self.talet(m[0]).text, ord_)
        return re.sub(ÅR, lambda m: str(self.år[ord(m[0]) - _ÅR_BAS]), ord_).replace(_ANNAT, "…")

    @property
    def citat(self) -> str:
        """The sentence as it is read, shortened."""
        ord_ = self.läst(self.ordagrant)
        return ord_ if len(ord_) <= 160 else f"{ord_[:159].rstrip()}…"


def har_tal(text: str) -> bool:
    """Whether a sentence, or a part of it, has a figure."""
    return _ETT_T.search(text) is not None


def har_år(text: str) -> bool:
    """Whether a sentence, or a part of it, has a year."""
    return _ETT_ÅR.search(text) is not None


def read_meningar(text: str, fakta: Mapping[str, Fakta], år: int, insats: str = "") -> Iterator[Mening]:
    """The sentences of a text, with the facts that they are bound to; those of a withheld or missing value are none."""
    for rad, ord_ in stycken(text):
        läst = _Stycke(fakta, år)
        ersatt = läst.ersätt(ord_)
        if len(läst.tal) > _HÖGST or len(läst.år) > _HÖGST:
            continue
        tal, åren, stycke = tuple(läst.tal), tuple(läst.år), list[Mening]()
        gränser = [0, *(m.end() for m in _MENINGSSLUT.finditer(ersatt)), len(ersatt)]
        for start, slut in itertools.pairwise(gränser):
            if rent := " ".join(ersatt[start:slut].split()):
                på_rad = rad + ersatt.count("\n", 0, start)
                stycke.append(Mening(rent.lower(), rent, tal, åren, på_rad, stycke, len(stycke), insats))
        yield from stycke


def stycken(text: str) -> Iterator[tuple[int, str]]:
    """The paragraphs, headings and list items of a text, without marks, each with its first line's number."""
    delar: list[tuple[int, list[str]]] = []
    nytt = True
    for nr, rad in enumerate(text.split("\n"), 1):
        märkt = _LISTMÄRKE.match(rad)
        if nytt or märkt:
            delar.append((nr, []))
        if rad.strip():
            delar[-1][1].append(_LISTMÄRKE.sub("", rad))
        nytt = not rad.strip() or rad.lstrip().startswith("#")
    for nr, rader in delar:
        if rader:
            yield nr, "\n".join(rader).replace("*", "")


class _Stycke:
    """The figures and years of a paragraph while it is read."""

    def __init__(self, fakta: Mapping[str, Fakta], år: int) -> None:
        self._fakta, self._år = fakta, år
        self.tal: list[Tal] = []
        self.år: list[int] = []

    def ersätt(self, text: str) -> str:
        """The words with signs for references, then for typed years and numbers."""
        text = _HÄNVISNING.sub(lambda m: m[1][1:].strip() if m[1].startswith("=") else m[0], text)
        text = _HÄNVISNING.sub(lambda m: self._hänvisning(m[1]), text)
        årtal = [(m.start(), m.end(), self._årtecken(int(m[0]))) for m in skrivna_årtal(text)]
        tal = [ersatt for m in skrivna_tal(text) if (ersatt := self._skrivet(text, m.start(), m.end()))]
        for start, slut, tecken in sorted((*årtal, *tal), reverse=True):
            text = text[:start] + tecken + text[slut:]
        return text

    def _hänvisning(self, uttryck: str) -> str:
        if relativt := _RELATIVT_ÅR.fullmatch(uttryck):
            return self._årtecken(self._år + int((relativt[1] or "+") + (relativt[2] or "0")))
        träff = _FAKTA.fullmatch(uttryck)
        if not träff or uttryck.startswith("not:"):
            return _ANNAT
        relativt = _RELATIVT_ÅR.fullmatch(träff[2] or "år")
        period = str(self._år + int((relativt[1] or "+") + (relativt[2] or "0"))) if relativt else träff[2]
        fakta = self._fakta.get(f"{träff[1]}/{period}")
        if fakta is None or fakta.värde is None:
            return _ANNAT
        self.tal.append(bundet(fakta, (träff[3] or "").split()))
        return chr(_TAL_BAS + len(self.tal) - 1)

    def _årtecken(self, år: int) -> str:
        self.år.append(år)
        return chr(_ÅR_BAS + len(self.år) - 1)

    def _skrivet(self, text: str, start: int, slut: int) -> tuple[int, int, str] | None:
        """A typed number with its unit; none for what is no figure by itself, such as 18–66."""
        if text[start - 1 : start] in ("–", "-", ":", "/") or text[slut : slut + 1] in ("–", "-", ":", "/"):
            return None
        siffror = re.sub(r"[ \u00a0]", "", text[start:slut]).replace(",", ".")
        if not re.fullmatch(r"\d+(?:\.\d+)?", siffror):
            return None
        enhet = _ENHET.match(text, slut)
        värde, slag = Decimal(siffror), "antal"
        if enhet:
            slag = "andel" if enhet[1] in ("procent", "%") else "kr"
            värde = värde / 100 if slag == "andel" else värde * (1000 if enhet[1] == "tkr" else 1)
            slut = enhet.end()
        if text[start - 1 : start] == belopp.MINUS:
            start, värde = start - 1, -värde
        self.tal.append(Tal(värde, text[start:slut], slag))
        return start, slut, chr(_TAL_BAS + len(self.tal) - 1)


def bundet(fakta: Fakta, hur: list[str]) -> Tal:
    """A fact as a sentence prints it, by the words of its format."""
    värde = fakta.värde or belopp.NOLL
    utan_tecken = "utan_tecken" in hur
    värde = abs(värde) if utan_tecken else värde
    match fakta.enhet, hur[:1]:
        case "kr", ["tkr"]:
            return Tal(belopp.avrunda(värde / 1000) * 1000, f"{belopp.tkr(värde)} tkr", "kr", fakta, utan_tecken)
        case "kr", _:
            return Tal(belopp.avrunda(värde), f"{belopp.kr(värde)} kr", "kr", fakta, utan_tecken)
        case "andel", ["procent1"]:
            return Tal(belopp.avrunda(värde, 3), belopp.procent(värde, 1), "andel", fakta, utan_tecken)
        case "andel", ["procent2"]:
            return Tal(belopp.avrunda(värde, 4), belopp.procent(värde, 2), "andel", fakta, utan_tecken)
        case "andel", ["andel"]:
            return Tal(belopp.avrunda(värde, 4), belopp.andel(värde), "andel", fakta, utan_tecken)
        case "andel", _:
            return Tal(belopp.avrunda(värde, 2), belopp.procent(värde), "andel", fakta, utan_tecken)
        case enhet, _:
            decimaler = 0 if värde == värde.to_integral_value() else 1
            return Tal(värde, belopp.svenskt_tal(värde, decimaler), enhet, fakta, utan_tecken)
