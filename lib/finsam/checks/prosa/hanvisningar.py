"""References by the words around them: a sentence that names one fact and binds another beside it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

import yaml

from finsam.model.fakta import Fakta
from finsam.model.monster import Mönster
from finsam.model.ord import antal_gånger, vik
from finsam.read.yaml_fil import SNABB_TOLK

FÖRE, EFTER = 70, 40
"""How many signs before and after a reference its own clause may be of."""
_KORTAST = 5
"""Letters of a word that alone tells one fact from another."""
_VANLIGT = 0.3
"""In how many of its family's facts a word stands that does not tell them apart."""
_FAMILJ = 3
_HÄNVISNING = re.compile(r"\{\s*([a-z][\w.-]+?)\s*(?:\[[^\]]*\])?\s*(?:\|[^{}]*)?\}")
_ANNAN = re.compile(r"\{[^{}]*\}")
_ORD = re.compile(r"[a-z]{3,}")
_AV = re.compile(r"^\s+av\s+(?:de\s+|förbundets\s+|årets\s+)?\w+")
"""What a share is of, which is not what it is a share for."""
_STYCKE = re.compile(r"\n\s*\n|\n\s*[-*] ")
_MENING = re.compile(r"(?<=[.:;!?])\s+(?=[A-ZÅÄÖ{])")
_RUBRIK = re.compile(r"\*\*[^*]+\*\*")
_TOMMA = frozenset({"under", "aret", "arets", "varav", "enligt", "totalt", "forbundet", "forbundets", "alla", "samt"})


_FÖRBUNDET = frozenset({"forbund", "forbundet", "forbundets"})


class Hänvisning(NamedTuple):
    """A reference, where it stands in its text, and the fact that the words beside it name instead."""

    ord_: str
    plats: int
    namngivet: Fakta
    med: str


class Begrepp:
    """The facts of a year by the words that tell each from the others of its family (the same id but for the last)."""

    def __init__(self, fakta: Mapping[str, Fakta], period: str) -> None:
        self._fakta = {f.id: f for f in fakta.values() if f.period == period}
        self._familjer: defaultdict[str, list[Fakta]] = defaultdict(list)
        for f in self._fakta.values():
            self._familjer[f.id.rpartition(".")[0]].append(f)
        self._vanliga: dict[str, frozenset[str]] = {}
        self._egna: dict[str, tuple[frozenset[str], frozenset[str]]] = {}

    def _vanligt(self, familj: str) -> frozenset[str]:
        """The words that many of a family have."""
        if familj not in self._vanliga:
            alla = self._familjer[familj]
            antal = Counter(ord_ for f in alla for ord_ in {ett[:5] for ett in (*_led(f.id), *_orden(f.definition))})
            många = _VANLIGT * len(alla) if len(alla) > _FAMILJ else len(alla)
            self._vanliga[familj] = frozenset(ord_ for ord_, nr in antal.items() if nr > många)
        return self._vanliga[familj]

    def orden(self, f: Fakta) -> tuple[frozenset[str], frozenset[str]]:
        """How words begin that may mean a fact, and those of them that it is called by itself."""
        if f.id not in self._egna:
            familj, _, sista = f.id.rpartition(".")
            vanliga, egna = self._vanligt(familj), set(_led(sista))
            alla = egna | {ord_ for ord_ in (*_led(f.id), *_orden(f.definition)) if ord_[:5] not in vanliga}
            andra = {början for ord_ in alla for början in _synonymer().get(ord_, ())}
            heter = frozenset(
                början for ord_ in egna if len(början := _början(ord_)) >= _KORTAST and ord_ not in _FÖRBUNDET
            )
            self._egna[f.id] = frozenset(map(_början, alla)) | andra, heter
        return self._egna[f.id]

    def fel_i(self, text: str, runt: str) -> Iterator[Hänvisning]:
        """The references of a text that are of another fact than the words say; `runt` is what else says what it is."""
        for träff in _HÄNVISNING.finditer(text):
            f = self._fakta.get(träff[1])
            if f is None:
                continue
            start, slut = _stycket(text, träff.start())
            mening, före = _meningen(text, start, slut, träff.start())
            egna, _ = self.orden(f)
            if f.enhet == "andel":
                egna = self._täljarens(f) or egna
                mening = mening.replace(
                    text[träff.end() : träff.end() + EFTER], _AV.sub(" ", text[träff.end() : träff.end() + EFTER])
                )
            sagt = _utan(f"{mening} {före} {' '.join(_RUBRIK.findall(text[start:slut]))} {runt}")
            if any(ord_ in sagt for ord_ in egna):
                continue
            nämnda = set(_HÄNVISNING.findall(mening))
            nära = _utan(text[max(start, träff.start() - FÖRE) : min(slut, träff.end() + EFTER)])
            for annat in self._familjer[f.id.rpartition(".")[0]]:
                _, heter = self.orden(annat)
                if annat.enhet == f.enhet and annat.id not in nämnda and (med := [o for o in heter if o in nära]):
                    yield Hänvisning(träff[0], träff.start(), annat, med[0])
                    break

    def _täljarens(self, f: Fakta) -> frozenset[str]:
        """How words begin that may mean what a share is of its whole: insats, not andel and intäkter."""
        led = [ett.removesuffix("andel") for ett in _led(f.id.partition("_av_")[0]) if ett not in ("andel", "budget")]
        andra = {början for ett in led for början in _synonymer().get(ett, ())}
        return frozenset(_början(ett) for ett in led if ett) | andra

    def upprepade(self, text: str) -> Iterator[Hänvisning]:
        """References that are the same as one of the sentence or item before, where only one of the two names it."""
        förra: dict[str, tuple[re.Match[str], bool]] = {}
        start = 0
        for slut in [*(träff.end() for träff in _SATS.finditer(text)), len(text)]:
            träffar = [*_HÄNVISNING.finditer(text, start, slut)]
            sagt = _utan(text[start:slut]) if träffar else ""
            nu: dict[str, tuple[re.Match[str], bool]] = {}
            for träff in träffar:
                f = self._fakta.get(träff[1])
                if f is None:
                    continue
                nyckel = _utan_format(träff[0])
                nu.setdefault(nyckel, (träff, any(ord_ in sagt for ord_ in self._namn(f))))
                if nyckel in förra and förra[nyckel][1] != nu[nyckel][1]:
                    udda = träff if förra[nyckel][1] else förra[nyckel][0]
                    yield Hänvisning(udda[0], udda.start(), f, "")
            förra, start = nu, slut

    def _namn(self, f: Fakta) -> frozenset[str]:
        """How words begin that tell a fact from the others of its family, whatever else it is called by."""
        egna, _ = self.orden(f)
        vanliga = self._vanligt(f.id.rpartition(".")[0])
        return frozenset(led[:8] for led in _led(f.id.rpartition(".")[2]) if led[:5] not in vanliga) or egna


_SATS = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ{])|\n\s*\n|\n\s*[-*] ")


def _utan_format(hänvisning: str) -> str:
    """A reference by its fact and year alone."""
    return "".join(hänvisning.strip("{} ").partition("|")[0].split())


_ANNAT_ÅR = re.compile(r"\{\s*[a-z][\w.-]+?\s*\[\s*(?!år\s*\])[^\]]+\]\s*(?:\|[^{}]*)?\}")
_TID = re.compile(
    r"\{\s*år|(?<!\d)(?:19|20)\d\d(?!\d)|\bår|innan|förr|före|föreg|tidigare|fjol|från|mot\b|\bän\b|sedan|senare|senast|kommande|nästa"
    r"|jämför|ingång|börja|samma|oförändra|därefter|båda|alla|utveckl|hittills|planen|planår|därpå|bland|varje",
    re.IGNORECASE,
)


_DETTA_ÅR = re.compile(
    r"(?<!\w)(?:vid\s)?årets\s(?:slut|utgång|resultat|överskott|underskott|del)(?!\w)|(?:under\s)?\{\s*år\s*\}",
    re.IGNORECASE,
)
_FÖRRA = Mönster(r"\{\s*[a-z][\w.]*_(?:forra|foregaende|tidigare)\s*(?:\|[^{}]*)?\}", "_forra|_foregaende|_tidigare")
"""A reference to what was before, by its id."""
_ÄR = re.compile(r"(?<!\w)är:?\s\Z")
_SEDAN = re.compile(r"(?<!\w)(?:kommande|nästa)(?!\w)", re.IGNORECASE)
"""What says nothing of a year that has been."""
_I_ÅR = re.compile(r"\{\s*[a-z][\w.-]+\s*(?:\|[^{}]*)?\}")
"""A reference to this year, beside one to another."""


def fel_år(text: str) -> Iterator[tuple[str, int]]:
    """References to another year, or to what was before, in paragraphs that say nothing of time but this year's end."""
    for träff in (*_ANNAT_ÅR.finditer(text), *_FÖRRA.finditer(text)):
        start, slut = _stycket(text, träff.start())
        mening, före = _meningen(text, start, slut, träff.start())
        tidigare = re.search(r"\[\s*år\s*-", träff[0])
        ord_ = _SEDAN.sub(" ", mening) if tidigare else mening
        i_den, i_båda = (_TID.search(_DETTA_ÅR.sub(" ", _HÄNVISNING.sub(" ", ett))) for ett in (ord_, f"{före} {ord_}"))
        if not i_båda or (
            tidigare
            and not i_den
            and (_ÄR.search(text[max(0, träff.start() - 5) : träff.start()]) or _I_ÅR.search(mening))
        ):
            yield träff[0], träff.start()


_NOT = Mönster(r"\{not:\s*(\w+)\s*\}", "{not:")


def annan_not(text: str, rubriker: Mapping[str, str]) -> Iterator[tuple[str, int, str]]:
    """References to a note that no word of the sentence is about, right after words of another; by their headings."""
    orden = {id_: {_början(ord_) for ord_ in (*_led(id_), *_orden(rubrik))} for id_, rubrik in rubriker.items()}
    for träff in _NOT.finditer(text):
        if träff[1] not in orden:
            continue
        start, slut = _stycket(text, träff.start())
        mening, före = _meningen(text, start, slut, träff.start())
        sagt, nära = _utan(f"{mening} {före}"), _utan(text[max(start, träff.start() - FÖRE) : träff.start()])
        if any(ord_ in sagt for ord_ in orden[träff[1]]):
            continue
        andra = (id_ for id_, egna in orden.items() if any(ord_ in nära for ord_ in egna if len(ord_) >= _KORTAST))
        if annan := next(andra, ""):
            yield träff[0], träff.start(), rubriker[annan]


@cache
def _synonymer() -> Mapping[str, Sequence[str]]:
    lästa: dict[str, list[str]] = yaml.load((files(__package__) / "begrepp.yml").read_text("utf-8"), SNABB_TOLK)  # noqa: S506
    return lästa


@lru_cache(maxsize=1 << 12)
def _led(id_: str) -> tuple[str, ...]:
    return tuple(led for led in re.split(r"[._]", vik(id_)) if len(led) > 2)


@lru_cache(maxsize=1 << 12)
def _orden(text: str) -> tuple[str, ...]:
    return tuple(ord_ for ord_ in _ORD.findall(vik(text)) if len(ord_) > 3 and ord_ not in _TOMMA)


def _början(ord_: str) -> str:
    """What of a word its forms have in common.

    >>> _början("insatser"), _början("esf"), _början("budget"), _början("forbundschef")
    ('insat', 'esf', 'budge', 'forbundsc')
    """
    if ord_.startswith("forbunds"):
        return ord_[:9]
    return ord_[:5] if len(ord_) > 5 else ord_[:4]


def _utan(text: str) -> str:
    """Words in small letters without marks or references."""
    return vik(_ANNAN.sub(" ", text))


@lru_cache(maxsize=1 << 10)
def _stycket(text: str, plats: int) -> tuple[int, int]:
    """Where the paragraph or list item of a place begins and ends."""
    start = max((träff.end() for träff in _STYCKE.finditer(text, 0, plats)), default=0)
    return start, next((träff.start() for träff in _STYCKE.finditer(text, plats)), len(text))


@lru_cache(maxsize=1 << 10)
def _meningen(text: str, start: int, slut: int, plats: int) -> tuple[str, str]:
    """The sentence of a place, and the one before it in the paragraph."""
    gränser = [start, *(start + träff.end() for träff in _MENING.finditer(text[start:slut])), slut]
    nr = max(i for i, gräns in enumerate(gränser[:-1]) if gräns <= plats)
    return text[gränser[nr] : gränser[nr + 1]], text[gränser[nr - 1] : gränser[nr]] if nr else ""


_FAKTA_OM = re.compile(
    r"\{\s*(?:(?:insats|deltagare|enkat)\.(?P<insats>\w+)\.|(?:plan)?mal\.(?P<mål>\w+)\.|budget\.(?P<rad>\w+)(?![.\w]))"
)
_FÅR = Mönster(
    r"(?:(?<!\w)budgeten\s(?:är|var)|(?<!\w)(?:insatsen|projektet|det)\s(?:får|kostar))\s\Z",
    "budgeten|får|kostar",
    flaggor=re.IGNORECASE,
)
"""What stands right before what the insats of a text gets."""


def annan_insats_i(
    text: str, egen: str, namn: Mapping[str, str], målens: Mapping[str, str]
) -> Iterator[tuple[str, int, str]]:
    """Figures of one insats in a sentence that names another and not it; `egen` is the insats of the text or row.

    `namn` are the names of the insatser by id, `målens` which of them each goal is for.
    """
    for träff in _FAKTA_OM.finditer(text):
        insats = träff["insats"] or träff["rad"] or målens.get(träff["mål"], "")
        hänvisning = text[träff.start() : text.find("}", träff.start()) + 1]
        if insats not in namn:
            if egen and träff["rad"] and _FÅR.search(text[max(0, träff.start() - 30) : träff.start()]):
                yield hänvisning, träff.start(), namn[egen]
            continue
        start, slut = _stycket(text, träff.start())
        mening, före = _meningen(text, start, slut, träff.start())
        sagda = [id_ for id_, ett in namn.items() if antal_gånger(mening, ett)]
        runt = f"{före} {mening} {' '.join(_RUBRIK.findall(text[start:slut]))}"
        i_runt = antal_gånger(runt, namn[insats], versal=bool(träff["insats"]))
        if sagda and insats not in sagda and insats != egen and not i_runt:
            yield hänvisning, träff.start(), namn[sagda[0]]
        elif egen and insats != egen and not sagda and not antal_gånger(text, namn[insats], versal=False):
            yield hänvisning, träff.start(), namn[egen]
