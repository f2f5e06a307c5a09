"""What the lines above the headings say: whose list it is, for which year, and in which unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from finsam.read.indata import visa
from finsam.read.ledger.problem import Problemsamling
from finsam.read.lista.blad import Listblad
from finsam.read.lista.period import tider
from finsam.read.lista.rubriker import FJOL, Listkolumn

ENHET = re.compile(r"\b(?:tkr|kkr|ksek|tsek|mkr|mnkr|msek|tusental\w*|miljon\w*)\b", re.IGNORECASE)
FÖRE_DAG = re.compile(r"(?:\bper|bokslut(?:et)?|till och med|\btom|\bt\.?\s?o\.?\s?m\.?)[\s:,-]*\Z")
FÖRE_ÅR = re.compile(
    r"(?:\bår(?:et)?|räkenskapsår(?:et)?|period(?:en)?|lista|rapport|balans|bokföring|huvudbok)[\s:,-]*\Z"
)
ORGNR = re.compile(r"(?<![\d-])\d{6}-\d{4}(?![\d-])", re.ASCII)
FÖRBUND = re.compile(r"förbund|\bfinsam\b", re.IGNORECASE)
FÖRETAG = re.compile(r"(?:företag|företagsnamn|bolag|organisation|juridisk person|namn)\s*:?", re.IGNORECASE)
LISTANS_SLAG = re.compile(
    r"\A(?:saldo(?:balans|lista|rapport)\w*|(?:balans|resultat|huvudboks)(?:rapport|räkning|lista)\w*|huvudbok|råbalans)"
    r"[\s:,–-]+(?:(?:för|avser|över)\s+)?",
    re.IGNORECASE,
)
"""What a list calls itself, before the name of the förbund whose it is."""
FÖRE_NAMNET = re.compile(r"^(?:[^:]{1,30}:\s*)?(?:\d+\s*[-–]?\s+)?")

HELA_ÅRET = "Ta ut listan för hela året, från den 1 januari."


@dataclass(frozen=True, slots=True)
class Titel:
    """What the title lines say; `år` and `slut` (the last day the list covers) only when they do."""

    namn: str = ""
    orgnr: str = ""
    år: int | None = None
    slut: date | None = None
    plats: str = ""


def read_titel(blad: Listblad, rubrikrad: int, rubriker: tuple[Listkolumn, ...], problem: Problemsamling) -> Titel:
    """Read the lines above the headings; one that only stands over the amounts is of the headings."""
    första = min((kolumn.nr for kolumn in rubriker if kolumn.har_belopp), default=0)
    rader = {rad: [blad.text(rad, kolumn) for kolumn in sorted(blad.rader[rad])] for rad in sorted(blad.rader)}
    titel = {rad: [text for text in texter if text] for rad, texter in rader.items() if rad < rubrikrad}
    if min(blad.rader.get(rubrikrad - 1, (0,))) >= första:
        titel.pop(rubrikrad - 1, None)
    for rad, texter in (*titel.items(), (rubrikrad, rader[rubrikrad])):
        if enhet := ENHET.search(" ".join(texter)):
            text = f"Beloppen är i {enhet[0]}. Exportera listan i kronor och ören."
            problem.fel(text, blad.plats(rad), "enhet")
    år, slut, plats = _period(blad, titel, problem)
    orgnr = next((träff[0] for texter in titel.values() for text in texter if (träff := ORGNR.search(text))), "")
    return Titel(_namn(titel), orgnr, år, slut, plats)


def _period(
    blad: Listblad, titel: dict[int, list[str]], problem: Problemsamling
) -> tuple[int | None, date | None, str]:
    """The year of the list, the last day it covers, and the place that says so."""
    funna = []
    for rad, texter in titel.items():
        text = " ".join(texter)
        for tid in tider(text):
            före = text[max(tid.plats[0] - 40, 0) : tid.plats[0]].casefold()
            annan = FJOL.search(före) or "jämför" in före
            # A day by itself may be when the list was printed.
            sagt = tid.hel or FÖRE_DAG.search(före) or (tid.start != tid.slut and FÖRE_ÅR.search(före))
            if sagt and not annan:
                funna.append((tid, blad.plats(rad)))
    if not funna:
        return None, None, ""
    tid, plats = funna[0]
    if len({år for ett, _ in funna for år in (ett.start.year, ett.slut.year)}) > 1:
        problem.fel("Raderna ovanför rubrikerna nämner flera år. Ta ut listan för ett år.", funna[-1][1])
        return tid.slut.year, None, plats
    start = max((ett.start for ett, _ in funna if ett.hel), default=date(tid.slut.year, 1, 1))
    if start != date(tid.slut.year, 1, 1):
        problem.fel(f"Listan börjar {start}, så dess ingående saldo är inte årets. {HELA_ÅRET}", plats)
    return tid.slut.year, min(ett.slut for ett, _ in funna), plats


def _namn(titel: dict[int, list[str]]) -> str:
    """The organisation's name, when a line is one or says that it is."""
    for texter in titel.values():
        for text, nästa in zip(texter, [*texter[1:], ""], strict=True):
            if FÖRETAG.fullmatch(text) and nästa:
                return nästa
            if FÖRBUND.search(text):
                namn = LISTANS_SLAG.sub("", FÖRE_NAMNET.sub("", text, count=1))
                return ORGNR.sub("", namn).strip(" ,;()")
    return ""


def bestäm_år(titel: Titel, kolumner: tuple[Listkolumn, ...], år: int | None, problem: Problemsamling) -> int | None:
    """The year of the list: by its title lines and headings, which must agree with the year it should be."""
    belägg = {f"raden {titel.plats}" if "!" in titel.plats else titel.plats: titel.år} if titel.år else {}
    for roller in (("ub", "utfall"), ("förändring",), ("ib", "ing_saldo")):
        egna = [k for k in kolumner if k.har_belopp and k.roll.split()[0] in roller and not k.fjol]
        if egna and (sista := max(egna, key=lambda k: k.år or 0)).år and all(kolumn.år for kolumn in egna):
            belägg[f"kolumnen {visa(sista.rubrik)}"] = sista.år
    if len(set(belägg.values())) > 1:
        skäl = " men ".join(f"{ett} enligt {vad}" for vad, ett in belägg.items())
        problem.fel(f"Listan är för {skäl}. Ta ut den för ett år.")
        return None
    for vad, ett in belägg.items():
        if år is not None and ett != år:
            problem.fel(f"Listan är för {ett} enligt {vad}, inte för {år}. Ta ut den för {år}.")
        return ett
    if år is None:
        problem.fel("Listan säger inte vilket år den är för. Ange året, till exempel --ar 2024.")
    else:
        problem.upplysning(f"Listan säger inte vilket år den är för; den läses som {år}.")
    return år
