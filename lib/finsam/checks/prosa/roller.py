"""What a reference is in its sentence: a limit, the budget, last year's, a share of something, one of a pair."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise

from finsam.checks.prosa.bredvid import Fel, hänvisning, nyckel
from finsam.model.fakta import Fakta
from finsam.model.monster import Mönster
from finsam.model.ord import vik

_REF = hänvisning("a")
_ENSAM = re.compile(_REF)
_SKA_HÖGST = Mönster(
    rf"(?<!\w)ska\s(?:\w+\s){{1,6}}?(?:högst|minst|lägst|mer\sän|som\smest)\s{_REF}",
    "ska",
    "högst|minst|lägst|mer|mest",
)
_UTFALL = Mönster(r"(?:rr|br|kf|kostnad|kostnadsandel|deltagare|enkat|drift)\.|(?:kapitalandel|soliditet|finansnetto)$")
"""Facts of what came out, which no limit is."""
_BUDGETEN_ÄR = Mönster(
    rf"(?:^|[.!?]\s)Budgeten\s(?:hade|har|var|är)\s(?:\w+\s){{0,4}}?{_REF}", "Budgeten", flaggor=re.MULTILINE
)
_BLEV = Mönster(
    rf"(?:^|[.!?]\s)(?:Resultatet|Utfallet)\s(?:blev|slutade\spå)\s(?:\w+\s){{0,3}}?{_REF}",
    "Resultatet|Utfallet",
    "blev|slutade",
    flaggor=re.MULTILINE,
)
_MOT_FÖRRA = Mönster(
    rf"{_REF},?\smot\s{hänvisning('b')}\s(?:året\sinnan|ett\sår\stidigare|i\sfjol|föregående\sår)",
    "mot",
    "innan|tidigare|fjol|föregående",
)
_MOT_BUDGETEN = Mönster(rf"(?<!\w)mot\s(?:de\s)?{_REF}\s(?:i|enligt)\s(?:den\s\w+\s)?budgeten(?!\w)", "mot", "budgeten")
_FÖRRA_ID = Mönster(r"forra|foreg|tidigare|ingaende|fjol|_\d{4}")
_HELHET = {"medlemsbidrag": "medlemsbidrag", "kostnad": "kostnad", "intäkt": "intäkt", "tillgång": "tillgång"}
_AV = Mönster(
    rf"{_REF}\sav\s(?:de\s|alla\s|förbundets\s|årets\s|samlade\s)*(?P<helhet>{'|'.join(_HELHET)})\w*",
    "av",
    "medlemsbidrag|kostnad|intäkt|tillgång",
)
_DELAR_AV = Mönster(rf"(?:av|genom|som andel av)\s(?:de\s|förbundets\s|samlade\s)*({'|'.join(_HELHET)})", flaggor=re.I)
_DÅ = Mönster(
    rf"(?P<år>\{{\s*år\s*(?:\+\s*\d+)?\s*\}})(?P<m>(?:\{{[^{{}}]*\}}|[^.;{{}}]){{0,120}}?)(?<!\w)då\s(?:är|blir|var|blev)\s{_REF}",
    "då",
    "år",
)
_ÅR_ELLER_REF = Mönster(r"\{\s*år\s*(?P<steg>[+-]\s*\d+)?\s*\}")
_AV_DE = Mönster(
    r"(?<!\w)Av\sde\s\{[^{}|]*\|\s*antal\s*\}[^.;:{}]*?(?P<ref>\{\s*(?P<a>[\w.]+)[^{}|]*\|\s*(?:kr|tkr|mnkr)\b[^{}]*\})",
    "Av",
    "antal",
)
_BIDRAR = Mönster(
    rf"(?<!\w)(?P<vem>[Ss]taten|[Rr]egionen|Region\s[A-ZÅÄÖ]\w+(?:\s\w+)?|[Kk]ommunerna)(?:\stillsammans)?"
    rf"\s(?:bidrar|bidrog|betalar|betalade)(?:\stillsammans)?\smed\s{_REF}",
    "bidrar|bidrog|betalar|betalade",
    "taten|egion|ommunerna",
)
_MENING = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ{])|\n\s*\n|\n\s*[-*] ")
_MÄTER = 4
"""Letters of what tells two facts apart, and of what they have in common."""
_NOT = re.compile(r"\{not:\s*(\w+)\s*\}")
_RUBRIK = Mönster(r"\*\*[^*]+\*\*")


def fel_i_roll(text: str, fakta: Mapping[str, Fakta], år: int) -> Iterator[Fel]:
    """The references of a text that cannot be what their sentence has them for."""
    for träff in _SKA_HÖGST.finditer(text):
        if _UTFALL.match(träff["a"]):
            yield f"{{{träff['a']}}}", träff.start("a"), "är ett utfall, men orden före säger en gräns"
    for träff in _BUDGETEN_ÄR.finditer(text):
        if re.fullmatch(r"drift\..*\.(?:utfall|avvikelse)", träff["a"]) and "avvik" not in träff[0].partition("{")[0]:
            yield f"{{{träff['a']}}}", träff.start("a"), "är inte budgeten, som meningen handlar om"
    for träff in _BLEV.finditer(text):
        if re.fullmatch(r"drift\..*\.budget", träff["a"]):
            yield f"{{{träff['a']}}}", träff.start("a"), "är budgeten, men meningen säger vad det blev"
    for träff in _MOT_FÖRRA.finditer(text):
        b = träff["b"]
        if b.startswith("uppgift.") and not träff["a"].startswith("uppgift.") and not _FÖRRA_ID.search(b):
            yield f"{{{b}}}", träff.start("b"), "är en uppgift om i år, men meningen säger året innan"
    for träff in _AV_DE.finditer(text):
        yield f"{{{träff['a']}}}", träff.start("ref"), "är kronor, men meningen räknar dem som är en del av ett antal"
    yield from _mot_budgeten(text)
    yield from _bidrar(text, fakta, år)
    yield from _då(text, fakta, år)
    yield from _andelar(text, fakta, år)
    yield from _tvillingar(text, fakta, år)


def _mot_budgeten(text: str) -> Iterator[Fel]:
    """What is "mot … i budgeten" is of the budget."""
    for träff in _MOT_BUDGETEN.finditer(text):
        utfall = _UTFALL.match(träff["a"]) or träff["a"].startswith("medlemsbidrag")
        if utfall and "budget" not in träff["a"]:
            yield f"{{{träff['a']}}}", träff.start("a"), "är inte budgetens, som meningen säger"


def _bidrar(text: str, fakta: Mapping[str, Fakta], år: int) -> Iterator[Fel]:
    """What the state, the region or the kommuner give is theirs, where there is a fact of that."""
    for träff in _BIDRAR.finditer(text):
        vem = vik(träff["vem"])[:5]
        eget = nyckel(träff["a"], träff["a_år"], år)
        period = eget.rpartition("/")[2]
        deras = any(f.period == period and vem in f.id and "bidrag" in f.id for f in fakta.values())
        if deras and eget in fakta and vem not in träff["a"]:
            yield f"{{{träff['a']}}}", träff.start("a"), f"är inte det som {träff['vem'].lower()} bidrar med"


def _andelar(text: str, fakta: Mapping[str, Fakta], år: int) -> Iterator[Fel]:
    """A share is of what the words after it say."""
    for träff in _AV.finditer(text):
        f = fakta.get(nyckel(träff["a"], träff["a_år"], år))
        egna = {ett[1] for ett in _DELAR_AV.finditer(f.definition.lower())} if f and f.enhet == "andel" else set()
        if egna and träff["helhet"] not in egna:
            yield (
                f"{{{träff['a']}}}",
                träff.start("a"),
                f"är en andel av {' och '.join(sorted(egna))}…, inte av {träff['helhet']}…",
            )


def _då(text: str, fakta: Mapping[str, Fakta], år: int) -> Iterator[Fel]:
    """What is "då" is of the year that was named last before it."""
    for träff in _DÅ.finditer(text):
        åren = [*_ÅR_ELLER_REF.finditer(träff["år"] + träff["m"])]
        sagt = f"{träff['a']}/{år + int((åren[-1]['steg'] or '0').replace(' ', ''))}"
        eget = nyckel(träff["a"], träff["a_år"], år)
        if eget != sagt and eget in fakta and sagt in fakta:
            yield f"{{{träff['a']}}}", träff.start("a"), "är för ett annat år än det som ”då” står för"


@cache
def _isär(ena: str, andra: str) -> tuple[str, str]:
    """What tells two ids apart that end alike; empty when they do not.

    >>> _isär("uppgift.styrelsemoten", "uppgift.beredningsmoten"), _isär("rr.a", "br.b")
    (('styrelse', 'berednings'), ('', ''))
    """
    if ena.rpartition(".")[0] != andra.rpartition(".")[0]:
        return "", ""
    a, b = (ett.rpartition(".")[2] for ett in (ena, andra))
    slut = next((nr for nr in range(min(len(a), len(b))) if a[-nr - 1] != b[-nr - 1]), 0)
    return (a[: len(a) - slut].strip("_"), b[: len(b) - slut].strip("_")) if slut >= _MÄTER else ("", "")


def _tvillingar(text: str, fakta: Mapping[str, Fakta], år: int) -> Iterator[Fel]:
    """A fact beside the word that tells its twin from it, and no word for itself in the sentence or the one before."""
    gränser = [0, *(träff.end() for träff in _MENING.finditer(text)), len(text)] if "uppgift." in text else []
    for nr, (start, slut) in enumerate(pairwise(gränser)):
        mening = text[start:slut]
        före = text[gränser[nr - 1] : start] if nr else ""
        for träff in _ENSAM.finditer(mening):
            f = fakta.get(nyckel(träff["a"], träff["a_år"], år))
            if f is None or f.enhet != "antal" or not f.id.startswith("uppgift."):
                continue
            sagt = vik(re.sub(r"\{[^{}]*\}", " ", f"{före} {mening}"))
            nära = vik(re.sub(r"\{[^{}]*\}", " ", mening[max(0, träff.start() - 40) : träff.end() + 30]))
            for annat in fakta.values():
                if annat.period != f.period or annat.enhet != f.enhet or annat.id == f.id:
                    continue
                eget, dess = _isär(f.id, annat.id)
                if len(eget) < _MÄTER or len(dess) < _MÄTER or f"{{{annat.id}" in mening.replace(" ", ""):
                    continue
                if dess[:8] in nära and eget[:6] not in sagt:
                    yield träff[0], start + träff.start(), f"står vid ord om {annat.id} och inte om sig själv"
                    break


def egen_not(fil: str, text: str) -> Iterator[tuple[str, int, str]]:
    """References of a note's own text to that note, and one note for two things that each has its own bold words."""
    if "{not:" not in text:
        return
    namn = fil.rpartition("/")[2].removesuffix(".md")
    for träff in _NOT.finditer(text):
        if namn == f"not_{träff[1]}":
            yield träff[0], träff.start(), "är noten som texten själv står i"
    for stycke in re.finditer(r".+", text):
        träffar = [*_NOT.finditer(stycke[0])]
        for ena, andra in pairwise(träffar):
            if ena[1] == andra[1] and _RUBRIK.search(stycke[0], ena.end(), andra.start()):
                yield andra[0], stycke.start() + andra.start(), "är samma not som för det som står före"


_ORD = re.compile(r"\w+")
_HADE = Mönster(
    r"(?<!\w)(?:hade|fick|i)\s(?P<namn>[A-ZÅÄÖ]\w+(?:\s[a-zåäö]+)?)\s\{\s*deltagare\.(?P<insats>\w+)\.[^{}]*\}\s(?:deltagare|personer)",
    "deltagare.",
)


def annans_deltagare(text: str, insatser: Mapping[str, str], medlemmar: str) -> Iterator[tuple[str, int, str]]:
    """The participants of an insats that a sentence gives to a member or another insats."""
    for träff in _HADE.finditer(text):
        namn, egen = träff["namn"].split()[0], insatser.get(träff["insats"], "")
        andra = " ".join([medlemmar, *(ett for id_, ett in insatser.items() if id_ != träff["insats"])])
        if egen and namn not in _ORD.findall(egen) and namn in _ORD.findall(andra):
            yield träff[0], träff.start("namn"), f"ger {namn} deltagarna i {egen}"
