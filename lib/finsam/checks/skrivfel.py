"""Slips of the pen that the words themselves show: a row twice, two rows with one name, a gap in a sentence."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import lru_cache

from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.checks.kontroll import kontroll
from finsam.checks.personnummer import utan_personnummer
from finsam.checks.texter import tryckta_ord
from finsam.model.forbund import Förbund, Ställe
from finsam.model.monster import Mönster
from finsam.model.ord import MÅNADER
from finsam.model.skrivet import Ord
from finsam.model.underlagsrad import Underlagsrad
from finsam.statements.redovisning import Redovisning

HETER: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "Insatser": ("namn", ()),
    "Målområden": ("namn", ()),
    "Uppgifter": ("benämning", ()),
    "Mål": ("mål", ("område", "insats", "slag")),
    "Planmål": ("text", ("område", "mål", "insats", "slag")),
    "Insatsekonomi": ("benämning", ("insats",)),
    "Budgetplan": ("benämning", ("grupp",)),
    "Faktarutor": ("rubrik", ("insats",)),
    "Projekt": ("namn", ()),
    "Beslut": ("text", ()),
    "Intern kontroll": ("risk", ()),
    "Uppdrag": ("text", ()),
    "Personal": ("grupp", ()),
}
"""What the rows of a sheet are told apart by, and among which of them."""

SAMMA: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "Deltagare": ("benämning", ("insats", "mått")),
    "Enkätsvar": ("fråga", ("insats", "enkätfråga")),
    "Behov": ("benämning", ("mått",)),
}
"""What is called the same in every row of a sheet that is of the same thing, and which rows those are."""

SKILDA: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "Deltagare": ("mått", ("insats", "benämning")),
    "Enkätsvar": ("enkätfråga", ("insats", "fråga")),
    "Behov": ("mått", ("benämning",)),
}
"""What rows of a sheet that are called the same are of, and among which of them."""

_TOMRUM = re.compile(
    r"""[^\S\n]+[.,;!?](?![\w.…])       # a blank before a full stop: ”Resultatet är .”
      | (?<=[^\s.:;!?])[^\S\n]{2,}(?=[^\S\n]*[\w{])   # two in a sentence: ”Resultatet är  i år”
      | \([^\S\n]*\)
      | (?<!\w)(?:och|från|varav)[^\S\n]*(?:[.;]|\Z)
      | \A[,;]                               # a cell that begins with a comma
      | \{=[^\S\n]*(?:%|kr|tkr|procent|år|st)?[^\S\n]*\}   # words that are to be printed as they are, and no figure
      | :[^\S\n]{2,}(?=(?:av|på|till|från|i|och|för|mot)(?!\w))
      | \A[^\S\n]*(?=(?:till|av|och|varav|från)[^\S\n]\{)      # a cell whose first figure is gone
    """,
    re.VERBOSE,
)
_PUNKT_FÖRST = re.compile(r"^[^\S\n]*\.[^\S\n]+(?=\w)", re.MULTILINE)
"""An item of a numbered list whose number is gone."""
_SAMMA_NAMN = re.compile(
    r"(?<!\w)([A-ZÅÄÖ]\w{3,})(?:,| och| eller| samt)? \1(?!\w)"
    r"|(?<!\w)(kvinnor|män|flickor|pojkar|intäkter|kostnader|tillgångar|skulder)(?:na)?(?:, \w+){0,3}"
    r" (?:och|eller) \2(?!\w)"
    r"|(?<!\w)(?:[Ff]ler|[Ff]ärre) (kvinnor|män|flickor|pojkar) än \3(?!\w)"
    rf"|(?<!\w)({'|'.join(MÅNADER)}) och \4(?!\w)"
    r"|(?<!\w)(för|av|till|från|hos|mellan) (kvinnor|män|flickor|pojkar),? (?:och|eller) (?:\5 )?\6(?!\w)"
    r"|(?<!\w)(?:Arbetsförmedlingen|Försäkringskassan)s? kommun(?!\w)"
    r"|(?<!\w)([A-ZÅÄÖ][a-zåäö]{3,})(?:, [A-ZÅÄÖ][a-zåäö]+){1,5} och \7(?!\w)"
)
"""A name that is counted up twice, and one of another kind than the word after it."""
_NAMN = re.compile(r"[A-ZÅÄÖ]\w{3,}")
_KAN_STÅ_TVÅ_GÅNGER = re.compile(
    rf"kvinnor|män|flickor|pojkar|intäkter|kostnader|tillgångar|skulder| kommun|{'|'.join(MÅNADER)}"
)
"""What one of is in each of them, but where a name is there twice."""
_MENINGSSLUT = re.compile(r"[.!?](?=\s+[A-ZÅÄÖ{])|\n\s*\n|\n\s*[-*] ")
"""Where a sentence ends."""
_LITEN_FÖRST = re.compile(r"\s*[a-zåäö]\w*\s(?=(?:[^{}]*\s)?(?:ska|är|har|får)\s.*\.\s*\Z)", re.DOTALL)
"""The first word of a cell that is a sentence, in small letters."""
_UTAN_SITT_TAL = re.compile(
    r"(?:\A|:)\s*\{\s*år[^{}]*\}, (?:\{\s*[a-z][^{}]*\} \{\s*år[^{}]*\}(?:, | och )?){2}"
    r"|\{\s*[a-z]\w*\.[^{}]*\} \{\s*år[^{}]*\}(?:, | och )\s*\{\s*år[^{}]*\} och \{\s*[a-z]\w*\.[^{}]*\} \{\s*år"
)
"""Of a figure for each year, one that is not there."""
_SLUTET = Mönster(
    r"^#+ Efter (?:årets|räkenskapsårets) slut\s*\n[^#]*?\b(före (?:årets|räkenskapsårets) slut)",
    "Efter",
    flaggor=re.MULTILINE | re.DOTALL,
)
_GRÄNS = Mönster(r"(?:under|över)\s*$")
"""What stands before a figure that a sentence may come back to: from 75 to 90 it is partly so, under 75 it is not."""
_SAMMA_ÅR = re.compile(r"(\{\s*år[^{}]*\})(?:,| och|–| eller) ?\1")
_I_MENINGEN = (
    (_SLUTET, "under rubriken Efter årets slut står ”{del_}”. Ska det vara efter?"),
    (_SAMMA_NAMN, "här står ”{hela}”. Ska det ena vara ett annat?"),
    (_SAMMA_ÅR, "här står {hela}. Ska det ena vara ett annat år?"),
)
"""What a sentence cannot have in it, and what is said of it: all of it, or the words that are wrong."""
_TVÅ_BUDGETÅR = Mönster(
    r"(?<!\w)budget\w*(?: för)? \{\s*år\s*([+-]\s*\d+)?\s*\} och \{\s*år\s*([+-]\s*\d+)?\s*\}",
    "budget",
    flaggor=re.IGNORECASE,
)
_FAKTA = re.compile(r"\{(?!\s*(?:=|not:|år\s*[}+-]))([^{}|]*)[^{}]*\}")


@kontroll("C58", "Ingen rad står två gånger, olika saker heter olika och samma sak lika.", saknas="inga rader")
def check_upprepade_rader(r: Redovisning) -> Kontroll:
    """No row of a sheet says all that another says, and none is called as another that it must be told apart from."""
    for _, rader in r.år.underlag:
        if isinstance(rader, tuple):
            yield Prövat(len(rader))
            yield from _upprepade(rader, r.år.underlag.fil)
    for ställe, namn in _inställda_namn(r.år.förbund):
        yield Prövat(len(namn))
        for nr, annan in _lika(namn):
            fil, rad = r.år.förbund.var((*ställe, nr))
            text = f"{fil}, {rad}: {namn[nr]} står redan på {r.år.förbund.var((*ställe, annan))[1]}."
            yield Finding("varning", f"{text} Ge varje rad sitt eget namn.", fil)


def _upprepade(rader: tuple[Underlagsrad, ...], fil: str) -> Iterator[Finding]:
    """Rows that say the same, but for where it is taken from; else rows of one thing with two names, or the reverse."""
    hela = [tuple(värde for fält, värde in rad if fält not in ("rad", "källa")) for rad in rader]
    dubbla = dict(_lika(hela))
    for nr, annan in dubbla.items():
        text = f"{rader[nr].blad}, rad {rader[nr].rad} säger detsamma som rad {rader[annan].rad}."
        yield Finding("varning", f"{text} Ta bort den ena.", fil)
    if rader and rader[0].blad in SAMMA:
        yield from _olika(rader, *SAMMA[rader[0].blad], fil)
        yield from _skilda(rader, *SKILDA[rader[0].blad], fil)
    if not rader or rader[0].blad not in HETER:
        return
    heter, bland = HETER[rader[0].blad]
    namn = [_namn(rad, heter, bland) for rad in rader]
    for nr, annan in _lika(namn):
        if nr not in dubbla:
            var = f"{rader[nr].blad}, rad {rader[nr].rad}"
            text = f"{var}: {getattr(rader[nr], heter)} står redan på rad {rader[annan].rad}."
            yield Finding("varning", f"{text} Skriv vad som skiljer dem.", fil)


def _olika(rader: Iterable[Underlagsrad], heter: str, bland: tuple[str, ...], fil: str) -> Iterator[Finding]:
    """Rows of the same thing that call it otherwise than its first row does."""
    första: dict[Hashable, Underlagsrad] = {}
    for rad in rader:
        före = första.setdefault(tuple(getattr(rad, fält) for fält in bland), rad)
        if (ord_ := getattr(rad, heter)) and ord_ != getattr(före, heter):
            text = f"{rad.blad}, rad {rad.rad}: {ord_} heter {getattr(före, heter)} på rad {före.rad}."
            yield Finding("varning", f"{text} Skriv lika på båda.", fil)


def _skilda(rader: Iterable[Underlagsrad], är: str, heter: tuple[str, ...], fil: str) -> Iterator[Finding]:
    """The first rows of different things that are called the same."""
    första: dict[Hashable, Underlagsrad] = {}
    sagda = set[Hashable]()
    for rad in rader:
        namn = tuple(getattr(rad, fält) for fält in heter)
        före = första.setdefault(namn, rad)
        if all(namn) and getattr(rad, är) != getattr(före, är) and (*namn, getattr(rad, är)) not in sagda:
            sagda.add((*namn, getattr(rad, är)))
            text = f"{rad.blad}, rad {rad.rad}: {namn[-1]} är {getattr(rad, är)} här, men {getattr(före, är)} på rad"
            yield Finding("varning", f"{text} {före.rad}. Skriv vad som skiljer dem.", fil)


def _namn(rad: Underlagsrad, heter: str, bland: Iterable[str]) -> Hashable:
    """What a row is called, among those it must be told apart from; None when it has no name."""
    namn = " ".join(str(getattr(rad, heter)).casefold().split())
    return (namn, *(getattr(rad, fält) for fält in bland)) if namn else None


def _lika(värden: Iterable[Hashable]) -> Iterator[tuple[int, int]]:
    """The place of each that there was one of before, and of that."""
    sedda: dict[Hashable, int] = {}
    for nr, värde in enumerate(värden):
        if värde is not None and värde in sedda:
            yield nr, sedda[värde]
        sedda.setdefault(värde, nr)


def _inställda_namn(förbund: Förbund) -> Iterator[tuple[Ställe, list[str]]]:
    """The names of each list of the settings that are printed beside each other."""
    yield ("medlemmar",), [medlem.namn for medlem in förbund.medlemmar]
    yield ("organisation",), [ruta.namn for ruta in förbund.organisation]
    yield ("noter",), [notis.rubrik for notis in förbund.noter]
    yield ("kostnadsfördelning",), [grupp.etikett for grupp in förbund.kostnadsfördelning]
    yield ("driftredovisning",), [rad.etikett for rad in förbund.driftredovisning]
    for nr, notis in enumerate(förbund.noter):
        yield ("noter", nr, "rader"), [rad.etikett for rad in notis.rader]
    for nr, grupp in enumerate(förbund.kostnadsfördelning):
        yield ("kostnadsfördelning", nr, "rader"), [rad.etikett for rad in grupp.rader]


@kontroll("C59", "Ingen text är tom, och ingen mening har en lucka eller samma tal två gånger.", saknas="inga texter")
def check_luckor(r: Redovisning) -> Kontroll:
    """A text has words; no sentence lacks one, as a blank before its full stop tells; no sentence has a fact twice."""
    for fil in r.år.texter.values():
        if not fil.text.strip():
            yield Finding("varning", f"{fil.fil} är tom. Skriv texten, eller ta bort filen.", fil.fil)
    for ord_ in tryckta_ord(r):
        yield Prövat()
        if _har_luckor(ord_.text, i_cell=bool(ord_.plats)):
            yield from _luckor(ord_)


@lru_cache(maxsize=1 << 12)
def _har_luckor(text: str, *, i_cell: bool) -> bool:
    """Whether there are any, wherever the text stands."""
    return any(True for _ in _luckor(Ord("", "rad 1" if i_cell else "", text)))


def _luckor(ord_: Ord) -> Iterator[Finding]:
    """The gaps of one text or cell, and the facts that stand twice in a sentence."""
    for träff in _TOMRUM.finditer(ord_.text):
        rad = ord_.text[: träff.end()].rpartition("\n")[2]
        efter = f"efter ”{_slutet(rad)}” är ett tomrum" if _slutet(rad) else f"cellen börjar med ”{träff[0]}”"
        text = f"{_var(ord_, träff.start())}: {efter}. Fattas ett ord eller ett tal?"
        yield Finding("varning", text, ord_.fil)
    if punkt := _PUNKT_FÖRST.search(ord_.text):
        yield Finding("varning", f"{_var(ord_, punkt.end())}: raden börjar med en punkt. Fattas ett nummer?", ord_.fil)
    if ord_.plats and (liten := _LITEN_FÖRST.match(ord_.text)):
        text = (
            f"{ord_.fil}, {ord_.plats}: meningen börjar med ”{liten[0].strip()}”. Fattas ett ord eller ett tal först?"
        )
        yield Finding("varning", text, ord_.fil)
    if utan := _UTAN_SITT_TAL.search(ord_.text):
        text = f"{_var(ord_, utan.start())}: ett av åren i raden har inget tal. Fattas det?"
        yield Finding("varning", text, ord_.fil)
    for mönster, säg in _I_MENINGEN:
        for träff in mönster.finditer(ord_.text) if mönster is not _SAMMA_NAMN or _kan_ha_samma(ord_.text) else ():
            yield Finding(
                "varning", f"{_var(ord_, träff.start())}: {säg.format(hela=träff[0], del_=träff[1])}", ord_.fil
            )
    yield from _glapp(ord_)
    start = 0
    for led in [*_MENINGSSLUT.finditer(ord_.text), None]:
        slut = led.start() if led else len(ord_.text)
        träffar = [*_FAKTA.finditer(ord_.text, start, slut)]
        for nr, _ in _lika([träff[1].strip() for träff in träffar]):
            if _GRÄNS.search(ord_.text, start, träffar[nr].start()):
                continue
            var, fakta = _var(ord_, träffar[nr].start()), träffar[nr][0]
            text = f"{var}: {fakta} står två gånger i samma mening. Ska det ena vara ett annat tal?"
            yield Finding("varning", text, ord_.fil)
        start = slut + 1


def _kan_ha_samma(text: str) -> bool:
    """Whether some name, or what else is counted up, may be in a text twice."""
    namn = _NAMN.findall(text)
    return len(set(namn)) < len(namn) or _KAN_STÅ_TVÅ_GÅNGER.search(text) is not None


def _glapp(ord_: Ord) -> Iterator[Finding]:
    """Two years that budgets are of, one of them not the year after the other."""
    for träff in _TVÅ_BUDGETÅR.finditer(ord_.text):
        a, b = (int((träff[n] or "0").replace(" ", "")) for n in (1, 2))
        if b not in (a, a + 1):
            text = f"{_var(ord_, träff.start())}: ”{träff[0]}” är inte två år i följd. Ska det ena vara ett annat år?"
            yield Finding("varning", text, ord_.fil)


def _slutet(rad: str) -> str:
    """The last words of a line, without what could be a person's number."""
    return utan_personnummer(rad).replace("\0", "").rstrip(" .,;!?)(")[-25:].lstrip()


def _var(ord_: Ord, tecken: int) -> str:
    rad = ord_.text.count("\n", 0, tecken) + 1
    return f"{ord_.fil}, {ord_.plats or f'rad {rad}'}"
