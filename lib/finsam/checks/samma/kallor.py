"""What sources say: years and days that can be, a page, and a sum that gives the amount beside it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.checks.obligatoriskt import datum
from finsam.model.belopp import NOLL, svenskt_tal
from finsam.model.rapport import VERKSAMHETSPLAN
from finsam.model.underlag import BLAD
from finsam.model.underlagsrad import Underlagsrad
from finsam.statements.redovisning import Redovisning

MINST, VANLIGT = 4, 3
"""How many sources are alike but for their figures, and have one year, for another year in one of them to be told."""
KORT, LÅNG = 6, 12
"""How many words a source has for one of them to be told by many others, and by a single one."""
FÅR_SKILJA = ("Uppgifter", "Flerårsöversikt", "Budget")
"""Sheets where what stands in one row may well come of another year's document (Budget has a rule of its own)."""
UTFALL = ("Flerårsöversikt", "Kostnadsfördelning")
"""Sheets of what has been: an årsredovisning may tell of bidrag and budget for the year after it."""
FRAMÅT = 5
"""How many years after its own a report's source may be about: a plan names the years it is for."""
_DAG = re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)")
_ÅR = re.compile(r"(?<![\d-])\d{4}(?![\d-])")
_ÅRTAL = re.compile(r"(?:19|20)\d\d")
_ÅRSREDOVISNING = re.compile(r"(?i)årsredovisning(?:en)?(?: för)? ((?:19|20)\d\d)(?![\d-])")
_NOLLOR = re.compile(
    r"(?<![\d-])(?!2000)20\d\d000(?!\d| ?kr)"
    r"|(?:(?<=redovisning )|(?<=plan )|(?<=budget )|(?<=hösten )|(?<=våren ))20\d\d0(?!\d| ?kr)"
)
"""An årtal with one or three noughts too many."""
_UTAN_ÅR = re.compile(
    r"(?i)\b(årsredovisning|verksamhetsplan och budget|verksamhetsplan|hösten|våren) (\d|\d{3})(?=[,.;]|$)"
)
"""A number after the name of a document that is no year, not a short one either."""
_BLADET = re.compile(r"^Bladet ([A-ZÅÄÖ][\wåäö]+)$")
_BLAD = frozenset(klass.blad for klass in BLAD)
_SIFFROR = re.compile(r"\d+")
_SIDA = re.compile(r"(?<!\w)(?:s\.|sid\.?|sidan)\s(?:\d{1,3}(?: och |, |–|-))*(\d{4,})(?!\d)")
"""A page of four figures: an årtal, or with zeros too many."""
_PARAGRAF = re.compile(r"§\s?((?:19|20)\d\d)(?![\d:])")
_MINUS = re.compile(r"(?:\(|(?<=avsnitt )|(?<=s\. ))[-−]\d[\d.]*")
"""A section or a page below nought."""
_FAKTA = re.compile(r"(?<![\w/])[a-z]\w*(?:\.\w+)+/(\d+)")
"""A fact by its key, with its year."""
_GRUPPERAT = re.compile(r"(?<![\d-])\d{4,}[ \u00a0]\d{3}(?!\d)")
"""Thousands that are parted after more than three figures."""
_TECKEN = re.compile(
    r"(?P<tal>\d{1,3}(?:\s\d{3})+(?:,\d+)?|\d+(?:,\d+)?)|(?P<lika>=)|(?P<tecken>[+−-])|(?P<parentes>[()])|och"
)
_RÄKNAR = re.compile(r"\d\s[+−]\s\(?\d|\d\s-\s\(?\d.*=")
"""What makes words of a source a sum: two numbers with a sign between them. A hyphen may be a span."""


class Källa(NamedTuple):
    """A source and the row it stands in."""

    text: str
    rad: Underlagsrad


def check_källornas_år(r: Redovisning) -> Kontroll:
    """A source is of a day that has been, and of the year that others like it are of."""
    källor = list(_källor(r))
    yield Prövat(len(källor))
    yield from _check_var_för_sig(r, källor)
    skrivna = Counter(år for källa in källor for år in set(_ÅR.findall(källa.text)))
    lika: defaultdict[str, list[Källa]] = defaultdict(list)
    for källa in källor:
        lika[_SIFFROR.sub("0", källa.text)].append(källa)
    yield from _check_udda(källor)
    yield from _check_tappat_år(källor)
    yield from _check_ett_ord(källor)
    for grupp in lika.values():
        år = Counter(ett for källa in grupp for ett in set(_ÅR.findall(källa.text)))
        if len(grupp) < MINST or not år or max(år.values()) < VANLIGT:
            continue
        vanligast = år.most_common(1)[0][0]
        for källa in grupp:
            egna = [ett for ett in _ÅR.findall(källa.text) if skrivna[ett] == 1 and ett not in _radens(källa.rad)]
            if egna and vanligast not in källa.text and not _innan_året(källa):
                yield _finding(källa, f"{egna[0]} står bara här, men {vanligast} i andra källor av samma slag")


def _check_var_för_sig(r: Redovisning, källor: Sequence[Källa]) -> Kontroll:
    """Each source by itself: its days, its page and its year can be."""
    beslutad = _beslutad(r)
    for källa in källor:
        if fel := _omöjlig(källa.text, r.år.årtal):
            yield _finding(källa, f"{fel} finns inte än, eller är ingen dag")
        elif vad := next(_fel_form(källa.text), None):
            yield _finding(källa, *vad)
        elif beslutad and (fel := _efter(källa.text, beslutad)):
            yield _finding(källa, f"{fel} är efter det sista beslutet om planen, {beslutad}")
        elif fel := _innan_året(källa):
            yield _finding(källa, f"Årsredovisningen {fel} kan inte ha något för {källa.rad.år}")  # type: ignore[attr-defined]


def _fel_form(text: str) -> Iterator[tuple[str] | tuple[str, str]]:
    """What no source is written as: a number where an årtal, a page or a paragraph would be.

    >>> next(_fel_form("Styrelsens protokoll 2024-11-22, § 2024")), list(_fel_form("Planen (7.1), s. 4-5"))
    (('Paragrafen 2024 är ett årtal', 'Vilken paragraf är det?'), [])
    """
    if utan := _UTAN_ÅR.search(text):
        yield (f"Efter {utan[1]} står {utan[2]}, som inte är något år",)
    if (blad := _BLADET.search(text)) and blad[1] not in _BLAD:
        yield f"Det finns inget blad {blad[1]}", "Vilket blad är det?"
    if nollor := _NOLLOR.search(text):
        yield (f"{nollor[0]} är inget årtal",)
    if (fakta := _FAKTA.search(text)) and not _ÅRTAL.fullmatch(fakta[1]):
        yield (f"{fakta[1]} i {fakta[0]} är inget årtal",)
    if paragraf := _PARAGRAF.search(text):
        yield f"Paragrafen {paragraf[1]} är ett årtal", "Vilken paragraf är det?"
    if minus := _MINUS.search(text):
        yield f"{minus[0].lstrip('(')} är varken avsnitt eller sida", "Vilket är det?"
    if (tal := _GRUPPERAT.search(text)) and _RÄKNAR.search(text):
        yield f"{tal[0]} är inget tal", "Vilket är det?"
    if sida := _SIDA.search(text):
        fel = "är ett årtal" if _ÅR.fullmatch(sida[1]) and sida[1][:2] in ("19", "20") else "finns knappast"
        yield f"Sidan {sida[1]} {fel}", "Vilken sida är det?"


def _check_udda(källor: Sequence[Källa]) -> Kontroll:
    """In a sheet where all rows of a year have sources alike, one is not of another year than all the others."""
    blad: defaultdict[tuple[str, object, str], list[Källa]] = defaultdict(list)
    for källa in källor:
        if källa.rad.blad not in FÅR_SKILJA:
            blad[källa.rad.blad, getattr(källa.rad, "år", None), _ÅR.sub("0", källa.text)].append(källa)
    for grupp in blad.values():
        [(vanligast, antal), *andra] = Counter(källa.text for källa in grupp).most_common()
        yield Prövat(int(len(grupp) >= MINST))
        if len(grupp) >= MINST and len(andra) == 1 and antal == len(grupp) - 1:
            udda = next(källa for källa in grupp if källa.text != vanligast)
            yield _finding(udda, f"På alla andra rader av samma slag är den {vanligast}")


def _check_tappat_år(källor: Sequence[Källa]) -> Kontroll:
    """Where all other sources like one have a year, it has one too, not another number."""
    lika: defaultdict[tuple[str, str], list[Källa]] = defaultdict(list)
    for källa in källor:
        lika[källa.rad.blad, _SIFFROR.sub("0", källa.text)].append(källa)
    for grupp in lika.values():
        yield Prövat(int(len(grupp) >= MINST))
        for tal in zip(*(_SIFFROR.findall(källa.text) for källa in grupp), strict=True) if len(grupp) >= MINST else ():
            utan = [nr for nr, ett in enumerate(tal) if not _ÅRTAL.fullmatch(ett)]
            if len(utan) == 1:
                yield _finding(grupp[utan[0]], f"På alla andra rader av samma slag står ett årtal för {tal[utan[0]]}")


def _check_ett_ord(källor: Sequence[Källa]) -> Kontroll:
    """A source that is another of the sheet but for one word amid it is the other, with a wrong word."""
    blad: defaultdict[str, dict[str, list[Källa]]] = defaultdict(lambda: defaultdict(list))
    for källa in källor:
        blad[källa.rad.blad][källa.text].append(källa)
    for per_text in blad.values():
        ensamma = [text for text, deras in per_text.items() if len(deras) == 1 and len(text.split()) >= KORT]
        yield Prövat(len(ensamma))
        sedda: set[str] = set()
        for text in ensamma:
            vanliga = (ett for ett, deras in per_text.items() if len(deras) >= VANLIGT or len(ett.split()) >= LÅNG)
            lik = next((ett for ett in vanliga if ett not in sedda and (par := _skiljer(text, ett))), "")
            if lik and (par := _skiljer(text, lik)):
                sedda.add(text)
                nr = per_text[lik][0].rad.rad
                yield _finding(
                    per_text[text][0], f"Den är som på rad {nr}, men {par[0]} är {par[1]} där", "Vilket är det?"
                )


def _skiljer(ena: str, andra: str) -> tuple[str, str] | None:
    """The one word that two sources differ in, when it has words before it and at least two after it.

    >>> _skiljer("Plan, Granvik och budget 2026, s. 16", "Plan, verksamhet och budget 2026, s. 16")
    ('Granvik', 'verksamhet')
    >>> _skiljer("Förbundet, Årsredovisning 2020, avsnitt 1, Not", "Förbundet, Årsredovisning 2020, avsnitt 1, Mål")
    """
    par = list(zip(ena.split(), andra.split(), strict=False))
    olika = [nr for nr, (ett, annat) in enumerate(par) if ett != annat]
    if len(ena.split()) != len(andra.split()) or len(olika) != 1:
        return None
    [nr] = olika
    efter = [ett for ett, _ in par[nr + 1 :] if ett.isalpha()]
    return par[nr] if nr and len(efter) > 1 and all(ett.isalpha() for ett in par[nr]) else None


def check_uträkningar(r: Redovisning) -> Kontroll:
    """Where a source says how an amount is reckoned (”949 766 − 309 562”), it gives the amount."""
    for källa in _källor(r):
        led = _summor(källa.text.rpartition(": ")[2])
        tal = [ett for fält in ("värde", "belopp") if isinstance(ett := getattr(källa.rad, fält, None), Decimal)]
        yield Prövat(int(bool(led)))
        mot = led[1:] or tal
        gånger = {1, 1000} if len(led) == 1 and getattr(källa.rad, "enhet", "") == "tkr" else {1}
        if led and mot and not any(abs(abs(led[0]) - abs(mot[0] * ett)) < ett for ett in gånger):
            var = f"{källa.rad.blad}, rad {källa.rad.rad}"
            text = f"{var}: källan räknar ut {svenskt_tal(led[0])}, inte {svenskt_tal(mot[0])} ({källa.text})."
            yield Finding("varning", f"{text} Vilket är rätt?", var)


def _summor(text: str) -> list[Decimal]:
    """The sums on each side of the equals sign of a reckoning in words; none when it is no reckoning.

    >>> _summor("kassa 2 032 732 − 697 802 och fordringar 30 691 − 12 725"), _summor("s. 22 och 23")
    ([Decimal('1352896')], [])
    >>> _summor("3 694 − (3 986 000 − 4 740 656) = 758 350 visar det"), _summor("2024 - 2026")
    ([Decimal('758350'), Decimal('758350')], [])
    """
    led, tecken, utanför, nästa = [NOLL], 1, [1], True
    tal = [ett["tal"] for ett in _TECKEN.finditer(text) if ett["tal"]]
    if not _RÄKNAR.search(text) or any(len(ett) == len("2024") and ett.isdigit() for ett in tal):
        return []
    for ett in _TECKEN.finditer(text):
        if ett["tal"]:
            if not nästa:
                return []
            led[-1] += tecken * utanför[-1] * Decimal(re.sub(r"\s", "", ett["tal"]).replace(",", "."))
        elif ett["parentes"] == "(":
            utanför.append(tecken * utanför[-1])
        elif ett["parentes"] and len(utanför) > 1:
            utanför.pop()
        elif ett["lika"]:
            led.append(NOLL)
        nästa = not ett["tal"] and ett["parentes"] != ")"
        tecken = -1 if ett["tecken"] in ("−", "-") else 1
    return led


def _källor(r: Redovisning) -> Iterator[Källa]:
    for _, rader in r.år.underlag:
        if isinstance(rader, tuple) and rader and "källa" in type(rader[0]).model_fields:
            yield from (Källa(rad.källa, rad) for rad in rader if rad.källa)


def _omöjlig(text: str, årtal: int) -> str:
    """A day or year of a source that cannot be; empty when all can."""
    for träff in _DAG.finditer(text):
        try:
            dag = date(*map(int, träff.groups()))
        except ValueError:
            return träff[0]
        if dag.year > årtal + 1:
            return träff[0]
    return next((ett for ett in _ÅR.findall(text) if årtal + FRAMÅT < int(ett) < 2100), "")


def _beslutad(r: Redovisning) -> date | None:
    """The last day on which a plan was decided or revised; None of a report, whose sources may come after it."""
    dagar = [datum(r, id_) for id_ in ("budgetbeslut", "budgetrevidering", "beslutsdatum", "andringsdatum")]
    dagar += [rad.beslutad for rad in r.år.underlag.budget if rad.år == r.år.årtal]
    return max((dag for dag in dagar if dag), default=None) if r.år.rapport is VERKSAMHETSPLAN else None


def _efter(text: str, dag: date) -> str:
    """The first day of a source that is after another; empty when there is none."""
    return next((träff[0] for träff in _DAG.finditer(text) if träff[0] > dag.isoformat()), "")


def _innan_året(källa: Källa) -> str:
    """The year of an årsredovisning that is before what it is the source of; empty when it is not."""
    år, skrivna = getattr(källa.rad, "år", None), _ÅR.findall(källa.text)
    träff = _ÅRSREDOVISNING.search(källa.text)
    utfall = källa.rad.blad in UTFALL
    return träff[1] if utfall and träff and år and max(map(int, skrivna)) < år else ""


def _radens(rad: Underlagsrad) -> set[str]:
    """The year that a row is of, and the one after it, whose report tells of it."""
    år = getattr(rad, "år", None)
    return {str(år), str(år + 1)} if år else set()


def _finding(källa: Källa, fel: str, fråga: str = "Vilket år är det?") -> Finding:
    var = f"{källa.rad.blad}, rad {källa.rad.rad}"
    return Finding("varning", f"{var}: källan är {källa.text}. {fel}. {fråga}", var)
