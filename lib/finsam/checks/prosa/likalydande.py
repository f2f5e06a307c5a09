"""The same words in two places, but for one that says the opposite or counts otherwise."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.checks.kontroll import kontroll
from finsam.checks.prosa.ordlista import ordlista
from finsam.checks.texter import skrivna_förr, tryckta_ord
from finsam.model.monster import Mönster
from finsam.model.ord import MÅNADER
from finsam.model.skrivet import Ord
from finsam.statements.redovisning import Redovisning

_PAR = (
    "före efter; alla inga; första sista; minst högst; snabbare långsammare; bättre sämre; god dålig; längre kortare; "
    "intäkter kostnader; intäkterna kostnaderna; tillgångar skulder; kvinnor män"
)
MOTSATS = {ena: andra for par in _PAR.split("; ") for ena, andra in (par.split(), par.split()[::-1])}
"""Words that say the opposite, whatever the figures are."""
_SIDOR = frozenset({"intäkter", "kostnader", "intäkterna", "kostnaderna", "tillgångar", "skulder", "kvinnor", "män"})
"""Those that much is said of in the same words, and rightly."""
FLERA = 2
"""How many places must agree against a number, or a side, that stands in one."""
LÅNGT = 6
"""Letters of one of the words around it, at least."""
_TID = Mönster(r"(?:år|månader|veckor|dagar|timmar)$")
"""What many numbers are said of in the same words."""
_LED = re.compile(r"\{[^{}]*\}|\d[\d \u00a0.,]*|\w+|[.!?;:](?=\s|$)|\n\s*\n|\n\s*[-*] ")
_RUNT = ((-2, -1, 1, 2), (-3, -2, -1, 1), (-1, 1, 2, 3))
"""What stands around a word, as places from it."""
_MENING = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ{*])|\n\s*\n|\n\s*[-*] ")
_I_MÅNAD = Mönster(rf"(?<=\w)\si\s(?P<månad>{'|'.join(MÅNADER)})(?!\w)(?!\s(?:\{{|\d))", "|".join(MÅNADER))
_ÅTERKOMMER = Mönster(r"möt|träff|sammanträd|h[öå]ll|gavs|ges|ordna|besök|utbild|kurs|delta", flaggor=re.I)
"""What may well be in several months."""
ORD_FÖRE = 3
"""How many words before a month are what happens then."""
Omgivning = tuple[str, ...]


class Ställe(NamedTuple):
    """A word, where it stands, and the words around it as they are read."""

    ord_: str
    var: str
    fil: str
    citat: str


@kontroll(
    "C86",
    "Samma ord säger inte motsatsen på två ställen.",
    saknas="inga ord med en motsats står på två ställen",
)
def check_likalydande(r: Redovisning) -> Kontroll:
    """What stands in one place is not what all other places, in the same words, say the opposite of."""
    nu = _ställen(tryckta_ord(r))
    förr = _ställen(skrivna_förr(r))
    yield Prövat(sum(len(alla) > 1 for alla in nu.values()))
    yield from _månader(tryckta_ord(r))
    sagda = set[tuple[str, str]]()
    for omgivning, alla in nu.items():
        for ett in alla:
            andra = [annat for annat in (*alla, *förr.get(omgivning, ())) if annat.ord_ != ett.ord_]
            ensam = sum(annat.ord_ == ett.ord_ for annat in (*alla, *förr.get(omgivning, ()))) == 1
            if ensam and (menat := _menat(ett, andra)) and (ett.var, ett.ord_) not in sagda:
                sagda.add((ett.var, ett.ord_))
                text = f"{ett.var}: ”{ett.citat}”, men ”{menat.citat}” i {menat.var}. Vilket är rätt?"
                yield Finding("varning", text, ett.fil)


def _månader(skrivet: Iterable[Ord]) -> Kontroll:
    """What is said in the same words of the same thing is in the same month."""
    sagda: defaultdict[tuple[str, str], list[Ställe]] = defaultdict(list)
    for fil, plats, text in skrivet:
        if not _I_MÅNAD.search(text):
            continue
        start = 0
        for slut in [*(träff.end() for träff in _MENING.finditer(text)), len(text)]:
            träffar = [*_I_MÅNAD.finditer(text, start, slut)]
            ämne = re.match(r"[\s*-]*(\w{7,})", text[start:slut])
            if len(träffar) == 1 and ämne:
                [träff] = träffar
                var = f"{fil}, {plats or f'rad {text.count(chr(10), 0, träff.start()) + 1}'}"
                före = " ".join(text[start : träff.start()].split()[-ORD_FÖRE:])
                if _ÅTERKOMMER.search(före):
                    start = slut
                    continue
                ställe = Ställe(träff["månad"], var, fil, f"{ämne[1]} … {före}{träff[0]}")
                sagda[ämne[1].lower(), före.lower()].append(ställe)
            start = slut
    for alla in sagda.values():
        yield Prövat(int(len(alla) > 1))
        if len({ett.ord_ for ett in alla}) == 2:
            ett = min(alla, key=lambda annat: sum(a.ord_ == annat.ord_ for a in alla))
            menat = next(annat for annat in alla if annat.ord_ != ett.ord_)
            text = f"{ett.var}: ”{ett.citat}”, men ”{menat.citat}” i {menat.var}. Vilken månad är det?"
            yield Finding("varning", text, ett.fil)


def _menat(ett: Ställe, andra: list[Ställe]) -> Ställe | None:
    """What the other places say: the opposite, or one and the same other number; where both may be said, in several."""
    if motsats := MOTSATS.get(ett.ord_):
        emot = [annat for annat in andra if annat.ord_ == motsats]
        return emot[0] if len(emot) >= (FLERA if ett.ord_ in _SIDOR else 1) else None
    tal = [annat for annat in andra if annat.ord_ not in MOTSATS and not _TID.search(annat.citat)]
    return tal[0] if len(tal) >= FLERA and len({annat.ord_ for annat in tal}) == 1 else None


def _ställen(skrivet: Iterable[Ord]) -> Mapping[Omgivning, list[Ställe]]:
    """Every word with an opposite, and every number in words, by what stands around it."""
    ut: defaultdict[Omgivning, list[Ställe]] = defaultdict(list)
    for fil, plats, text in skrivet:
        for ord_, rad, citat, omgivningar in _i_texten(text):
            for omgivning in omgivningar:
                ut[omgivning].append(Ställe(ord_, f"{fil}, {plats or f'rad {rad}'}", fil, citat))
    return ut


@lru_cache(maxsize=1 << 12)
def _i_texten(text: str) -> tuple[tuple[str, int, str, tuple[Omgivning, ...]], ...]:
    """Those words of one text: each with its line, as it is read, and what stands around it."""
    räkneord = ordlista()["räkneord"]
    rena = ["", "", "", *map(_rent, _LED.findall(text)), "", "", ""]
    funna = [nr for nr, ett in enumerate(rena) if ett in MOTSATS or ett in räkneord]
    led = [*_LED.finditer(text)] if funna else []
    ut = []
    for nr in funna:
        rad = text.count("\n", 0, led[nr - 3].start()) + 1
        citat = " ".join(text[led[max(0, nr - 5)].start() : led[min(len(led), nr) - 1].end()].split())
        minst_parter = rena[nr - 1] == "minst" and rena[nr + 1] in ("parter", "part")
        omgivningar = (*_omgivningar(rena, nr), *([("minst", "parter")] if minst_parter else []))
        ut.append((rena[nr], rad, citat, omgivningar))
    return tuple(ut)


def _rent(led: str) -> str:
    """A word as it is compared; a figure is none, and neither is what ends a sentence."""
    return led.lower() if led[0].isalpha() else "#" if led[0] in "{0123456789" else ""


def _omgivningar(rena: list[str], nr: int) -> Iterator[Omgivning]:
    for runt in _RUNT:
        orden = tuple(rena[nr + steg] for steg in runt)
        if "#" not in orden and all(orden) and max(map(len, orden)) >= LÅNGT:
            yield (*orden, str(runt[0]))
