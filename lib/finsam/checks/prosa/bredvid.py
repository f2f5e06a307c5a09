"""What stands right beside a reference: words for a day, an amount or a number, a limit, the other end of a span."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from finsam.model.fakta import Fakta
from finsam.model.monster import Mönster
from finsam.model.ord import SAKNAS

_H = r"\{{\s*(?P<{0}>[a-z][\w.-]+?)\s*(?:\[\s*(?P<{0}_år>[^\]]*?)\s*\])?\s*(?:\|\s*(?P<{0}_format>\w+)[^{{}}]*)?\}}"


def hänvisning(namn: str) -> str:
    """The pattern of a reference, with its id, year and format as groups by a name: a, a_år and a_format."""
    return _H.format(namn)


_ENSAM = re.compile(_H.format("a"))
_FÖLJD_AV_ÅR = re.compile(rf"{_H.format('a')}\s\{{\s*år[^{{}}]*\}}")
_SPANN = re.compile(rf"{_H.format('a')}(?:–| till | och högst ){_H.format('b')}")
_FRÅN_TILL = Mönster(
    rf"(?<!\w)från\s(?:\w+\s){{0,2}}{_H.format('a')}(?:[^{{}}.,;]{{0,40}}?)\still\s(?:\w+\s){{0,2}}{_H.format('b')}",
    "från",
    "till",
)
_OCH = re.compile(rf"{_H.format('a')}\soch\s{_H.format('b')}")
_OCH_ÅRET = Mönster(
    rf"{_H.format('a')},?\soch\s(?:vid\sslutet\sav\s|för\s|under\s)?\{{\s*år[^{{}}]*\}}\s{_H.format('b')}", "och", "år"
)
_BELOPP = ("kr", "tkr")
_ANDELAR = ("procent", "procent1", "procent2", "andel")
_FÖRE_DAG = Mönster(
    r"(?<!är\s)(?<!var\s)(?<!blev\s)(?<!kostade\s)(?<!kostar\s)(?<!\w)(?:den|daterad|daterat)\s$",
    "den|dater",
    flaggor=re.I,
)
_FÖRE_BELOPP = Mönster(
    r"(?<!\w)(?:kost\w+|betala\w*|förbruka\w*|utbetal\w+)(?:\s(?:är|var|blev))?\s$",
    "kost|betal|förbruka",
    flaggor=re.I,
)
_KOSTADE = Mönster(r"(?<!\w)kosta(?:de|r|t)\s$", "kosta", flaggor=re.I)
_SLUT = re.compile(r"[.:;](?:\s|$)")
_FÖRE_EJ_DAG = Mönster(
    r"(?<!\w)(?:kost\w+|betala\w*|för|fick|får|minst|högst|omkring)\s$",
    "kost|betala|för|fick|får|minst|högst|omkring",
    flaggor=re.I,
)
_EFTER_BELOPP = re.compile(
    r"\s(?:deltagare|personer|unga|platser|ledamöter|ersättare|möten|timmar|kommuner|insatser|besök|medarbetare|chefer|svar)(?!\w)"
)
_EFTER_ÅR = Mönster(r"\sår(?=[.,;]|\soch\s|\ssom\s|\sfrån\s|$)", "år")
_DAG = re.compile(r"\d{4}-\d\d-\d\d")
_FOLK = Mönster(r"anställd|kvinnor|(?<!\w)män|deltagare|ledam|ersättare|personer|möten", flaggor=re.I)
_GRÄNSORD = Mönster(r"(?<!\w)(?:lägst|minst|högst|mer än|mindre än)\s$", "lägst|minst|högst|än", flaggor=re.I)
_UTFALL = re.compile(r"(?:plan)?mal\.\w+\.utfall")
_ÄNDAR = {"_fran": "_till", "_lagst": "_hogst", "grans": "ovre"}
"""How the id of the lower end of a span ends, and of its upper."""
_INGÅNG = re.compile(r"[._](?:ingaende|foregaende|forra|tidigare)(?=$|[._])|_(?:ingaende|foregaende|forra|tidigare)")

_POSTER = ("not", "kostnad", "deltagare")
"""Families whose facts beside one another are other posts, not the same in two ways."""

Fel = tuple[str, int, str]
"""A reference, where it stands, and what is wrong with it there."""


def fel_bredvid(text: str, fakta: Mapping[str, Fakta], år: int, *, väntar: bool = False) -> Iterator[Fel]:
    """The references of a text that the words right beside them contradict; `väntar` when figures are to come."""
    for träff in _ENSAM.finditer(text):
        f = fakta.get(nyckel(träff["a"], träff["a_år"], år))
        if vad := _fel_en(text, träff, f):
            yield träff[0], träff.start(), vad
        elif f is not None and not väntar and _saknas(f, fakta):
            yield f.id, träff.start(), "har inget värde, så att ”uppgift saknas” trycks i meningen"
    yield from _följder(text)
    yield from _spann(text, fakta, år)


@lru_cache(maxsize=1 << 12)
def nyckel(id_: str, period: str | None, år: int) -> str:
    """The key of the fact that a reference is to."""
    relativt = re.fullmatch(r"år\s*(?:([+-])\s*(\d+))?", period or "år")
    return f"{id_}/{år + int((relativt[1] or '+') + (relativt[2] or '0')) if relativt else period}"


def _fel_en(text: str, träff: re.Match[str], f: Fakta | None) -> str:
    """What is wrong with one reference, by what stands before and after it; empty when nothing is."""
    före, efter, format_ = text[max(0, träff.start() - 40) : träff.start()], text[träff.end() :], träff["a_format"]
    if format_ in (*_BELOPP, *_ANDELAR) and _FÖRE_DAG.search(före):
        return "står efter ord för en dag, men är inget datum"
    if format_ == "datum" and _FÖRE_EJ_DAG.search(före):
        return "är ett datum, men står där ett belopp eller ett antal ska stå"
    if format_ == "datum" and f is not None and f.text and f.text != SAKNAS and not _DAG.fullmatch(f.text):
        return "är ingen dag"
    if format_ in _BELOPP and _EFTER_BELOPP.match(efter):
        return "är ett belopp, men står där ett antal ska stå"
    if format_ == "antal" and _FÖRE_BELOPP.search(före) and re.match(r"[.,;]|\soch\s", efter):
        return "är ett antal, men står där ett belopp ska stå"
    if format_ in _ANDELAR and _KOSTADE.search(före) and träff["a"].startswith("uppgift.") and _SLUT.match(efter):
        return "är en andel, men står där ett belopp ska stå"
    if format_ == "antal" and _EFTER_ÅR.match(efter) and f is not None and _FOLK.search(f.definition):
        return "är ett antal av något annat än år"
    if _UTFALL.fullmatch(träff["a"]) and _GRÄNSORD.search(före):
        return "är ett utfall, men orden före säger en gräns"
    return ""


def _saknas(f: Fakta, fakta: Mapping[str, Fakta]) -> bool:
    """Whether a fact has no value though others of its family have; an uppgift may wait for its own."""
    if f.värde is not None or f.dold or f.text not in ("", SAKNAS) or f.id.startswith("uppgift."):
        return False
    familj = f.id.partition(".")[0] + "."
    return any(ett.värde is not None for ett in fakta.values() if ett.id.startswith(familj) and ett.period == f.period)


def _följder(text: str) -> Iterator[Fel]:
    """In a row of figures with a year after each, all are of the same thing; and planår are in order."""
    serie: list[re.Match[str]] = []
    for träff in [*_FÖLJD_AV_ÅR.finditer(text), None]:
        if träff and serie and re.fullmatch(r",?\s(?:och\s)?", text[serie[-1].end() : träff.start()]):
            serie.append(träff)
            continue
        idn = [_led(ett["a"]) for ett in serie]
        for ett, led in zip(serie, idn, strict=True) if len(serie) > 2 else ():
            if not any(led <= annat or annat <= led for nr, annat in enumerate(idn) if serie[nr] is not ett):
                yield ett[0], ett.start(), "är inte detsamma som de andra talen i raden av år"
        serie = [träff] if träff else []
    for träff in _OCH_ÅRET.finditer(text):
        if not samma_sak(träff["a"], träff["b"]):
            yield träff[0], träff.start(), f"är två år av samma sak, men {träff['a']} och {träff['b']} är inte det"
    for träff in _OCH.finditer(text):
        senare = re.fullmatch(r"år\s*\+\s*\d+", träff["a_år"] or "")
        if senare and träff["a"] == träff["b"] and (träff["b_år"] or "år") == "år":
            yield träff[0], träff.start(), "har åren i fel ordning"


def _spann(text: str, fakta: Mapping[str, Fakta], år: int) -> Iterator[Fel]:
    """The two ends of a span are of the same thing, and so is what went from one figure to another."""
    for träff in _SPANN.finditer(text):
        a, b = träff["a"], träff["b"]
        for nedre, övre in _ÄNDAR.items():
            egen = f"{b.removesuffix(övre)}{nedre}" if b.endswith(övre) else ""
            två_nedre = a.endswith(nedre) and b.endswith(nedre)
            if två_nedre or (f"{egen}/{år}" in fakta and a != egen and not a.endswith(nedre)):
                yield träff[0], träff.start(), "är inte de två ändarna av samma spann"
                break
    for träff in _FRÅN_TILL.finditer(text):
        a, b = (fakta.get(nyckel(träff[n], träff[f"{n}_år"], år)) for n in "ab")
        if a is not None and b is not None and (a.enhet != b.enhet or not samma_sak(a.id, b.id)):
            yield träff[0], träff.start(), f"går från ett tal till ett annat, men {a.id} och {b.id} är inte samma sak"


def _led(id_: str) -> set[str]:
    return set(id_.split(".")) - {"ursprunglig"}


def samma_sak(ena: str, andra: str) -> bool:
    """Whether two facts are one thing at two times, or of two kinds of the same: budget and utfall.

    >>> samma_sak("br.eget_kapital_ingaende", "br.eget_kapital"), samma_sak("br.eget_kapital", "br.bank")
    (True, False)
    """
    a, b = (_INGÅNG.sub("", ett) for ett in (ena, andra))
    return (
        a == b
        or _led(a) <= _led(b)
        or _led(b) <= _led(a)
        or (a.count(".") > 1 and a.rpartition(".")[0] == b.rpartition(".")[0] and a.partition(".")[0] not in _POSTER)
    )
