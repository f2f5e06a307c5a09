"""G08: shares in sentences, against the amount beside them, and against the rows that the sentence names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from finsam.granska.begrepp import begrepp, normal, vik
from finsam.granska.forklara import en_siffra, omkastade
from finsam.granska.fynd import Fynd, ställe
from finsam.granska.grund import BELOPP, HALV, Cell, Underlag, etikett, skriv, steg
from finsam.granska.lasa.meningar import Mening
from finsam.granska.lasa.rad import Rad
from finsam.granska.lasa.siffror import FAKTOR, som_tal, tal_i_text
from finsam.granska.sakerhet import av_ett_slag, intygad
from finsam.model.belopp import avrunda

KOD = "G08"
BASER = ("intäkter", "medlemsbidrag", "kostnader", "tillgångar")
"""What something may be a share of."""
_PAR = re.compile(
    r"(?P<belopp>\d{1,3}(?:[ \u00a0]\d{3})+|\d+,\d+(?=\s*mnkr)|\d+(?=\s*tkr))\s*(?P<enhet>tkr|mnkr|kr)\w*"
    r"(?:,?\s+(?:vilket|som|det|och)?\s*(?:motsvarar|är|alltså|dvs\.?)|\s*=)\s*(?:ca\s+)?"
    r"(?P<andel>\d{1,2}(?:,\d+)?)\s*(?:%|procent)"
)
_DET_ÄR = re.compile(r"^(?:Det|Detta) (?:är|motsvarar)\s+(?:ca\s+)?(?P<andel>\d{1,2}(?:,\d+)?)\s*(?:%|procent)")


@dataclass(frozen=True, slots=True)
class Par:
    """An amount and its share: in kronor, how they are printed and where."""

    kr: Decimal
    halva: Decimal
    """Half the step of the printed amount."""
    belopp: str
    andel: str
    rader: tuple[Rad, Rad]


def check_par(u: Underlag) -> Iterator[Fynd]:
    """An amount and its share, tried against everything that it may reasonably be a share of."""
    for d, dok in enumerate(u.dokument):
        baser = [c for c in u.celler.values() if c.plats[0] == d and c.enhet in BELOPP and abs(c.kr) > 100_000]
        for nr, mening in enumerate(dok.meningar):
            for par in _par(mening, dok.meningar[nr - 1] if nr else None):
                u.räkna(KOD)
                yield from _pröva_par(u, d, mening, par, baser)


def _par(mening: Mening, förra: Mening | None) -> Iterator[Par]:
    """The pairs of a sentence; its first share may be of the last amount of the sentence before."""
    for träff in _PAR.finditer(mening.text):
        kr = FAKTOR[träff["enhet"]]
        halva = kr.scaleb(-len(träff["belopp"].partition(",")[2])) / 2
        rad = mening.rad(träff.start(1))
        belopp = f"{träff['belopp']} {träff['enhet']}"
        yield Par(som_tal(träff["belopp"]) * kr, halva, belopp, träff["andel"], (rad, mening.rad(träff.start("andel"))))
    det = _DET_ÄR.match(mening.text)
    tal = [t for t in tal_i_text(förra.text) if t.enhet in BELOPP] if förra and det else []
    if det and förra and tal:
        rader = (förra.rad(tal[-1].början), mening.rad(det.start("andel")))
        kr = tal[-1].storlek * FAKTOR[tal[-1].enhet]
        yield Par(kr, steg(tal[-1]) / 2, tal[-1].tryckt, det["andel"], rader)


def _pröva_par(u: Underlag, d: int, mening: Mening, par: Par, baser: Sequence[Cell]) -> Iterator[Fynd]:
    andel, spel = som_tal(par.andel), Decimal(1).scaleb(-len(par.andel.partition(",")[2])) * Decimal("0.55")
    if any(abs(par.kr / abs(c.kr) * 100 - andel) <= spel + (par.halva + c.steg / 2) / abs(c.kr) * 100 for c in baser):
        return
    namngivna = [c for c in baser if begrepp(c.etikett) in BASER]
    if not namngivna:
        return
    visas = list({abs(c.kr): c for c in namngivna}.values())[:4]
    kvoter = "; ".join(
        f"{etikett(c.etikett)} {c.kolumn.år or ''}: {skriv(round(par.kr / abs(c.kr) * 100, 1))} %" for c in visas
    )
    vad = "dokumentets intäkter, bidrag, kostnader eller tillgångar"
    text = f"{par.belopp} är inte {par.andel} % av något av {vad}."
    platser = tuple(ställe(u.dokument[d].fil, rad, par.belopp, par.andel) for rad in dict.fromkeys(par.rader))
    yield Fynd(KOD, "att ta ställning till", 2, _par_säkerhet(u, d, mening, namngivna), text, platser, kvoter)


def _par_säkerhet(u: Underlag, d: int, mening: Mening, namngivna: Sequence[Cell]) -> float:
    """The reading, and how many certified amounts it has been tried against."""
    läsning = u.läsning_av_text(d, *(rad for _, rad in mening.rader))
    return läsning * intygad(len({abs(c.kr) for c in namngivna if u.intygade.get(c.plats)}))


# --- a share of what the sentence names -------------------------------------------------------------------------------

_AVSER = re.compile(
    r"varav\s+(?P<andel>\d{1,2},\d+)\s*(?:%|procent)\s+"
    r"(?:avser|avsåg|gick till|går till|är|var|till)\s+(?P<vad>[^,.;]+)"
)


def check_varav_andel(u: Underlag) -> Iterator[Fynd]:
    """Of an amount, a share for a row: told when the row's own share has the same digits but for a slip."""
    for d, dok in enumerate(u.dokument):
        for mening in dok.meningar:
            for träff in _AVSER.finditer(mening.text):
                före = [t for t in tal_i_text(mening.text[: träff.start()]) if t.enhet in BELOPP and t.värde]
                if före:
                    hela = före[-1].storlek * FAKTOR[före[-1].enhet]
                    yield from _varav_andel(u, d, mening, träff, hela)


def _varav_andel(u: Underlag, d: int, mening: Mening, träff: re.Match[str], hela: Decimal) -> Iterator[Fynd]:
    andel, vad = som_tal(träff["andel"]), vik(träff["vad"]).strip()
    decimaler = len(träff["andel"].partition(",")[2])
    kolumner = {(*c.plats[:2], c.plats[3]) for c in u.celler.values() if c.plats[0] == d and abs(c.kr) == hela}
    rader = [
        c
        for c in u.celler.values()
        if (*c.plats[:2], c.plats[3]) in kolumner and normal(c.etikett) == vad and c.enhet in BELOPP
    ]
    kvoter = {avrunda(abs(c.kr) / hela * 100, decimaler): c for c in rader if hela}
    u.räkna(KOD, len(kvoter))
    if len(kvoter) != 1 or andel in kvoter:
        return
    [(kvot, cell)] = kvoter.items()
    if not (omkastade(kvot, andel) or en_siffra(kvot, andel)):
        return
    text = (
        f"Texten säger {träff['andel']} % om {etikett(cell.etikett)}, och {skriv(cell.värde)} {cell.enhet} av"
        f" {skriv(hela)} kr är {skriv(kvot)} %."
    )
    rad = mening.rad(träff.start("andel"))
    säkerhet = u.läsning_av_text(d, rad) * u.läsning(cell.plats) * av_ett_slag(kvot)
    platser = (ställe(u.dokument[d].fil, rad, träff["andel"]), u.ställe(cell))
    tal = f"{skriv(abs(cell.kr))} / {skriv(hela)} = {skriv(kvot)} %; tryckt {träff['andel']}"
    yield Fynd(KOD, "att ta ställning till", 2, säkerhet, text, platser, tal, andel - kvot)


# --- a share in one year and in another -------------------------------------------------------------------------------

_TVÅ_ÅR = re.compile(
    r"(?i)fr[aåé]n (\d{1,2}) ?(?:%|procent) \(?(20\d\d)\)?,? till (\d{1,2}) ?(?:%|procent) \(?(20\d\d)\)?"
)
DELARNA = (
    ("individ", re.compile(r"\bindivid\w*riktade insatser|\bindividinsatser")),
    ("struktur", re.compile(r"\bstruktur\w* insatser|\bstrukturinsatser")),
    ("administration", re.compile(r"\badministration\w*|\badministrativa kostnader")),
)


def check_andel_två_år(u: Underlag) -> Iterator[Fynd]:
    """From a share of the costs in one year to one in another: where one is right the other is of the same."""
    for d, dok in enumerate(u.dokument):
        for mening in dok.meningar:
            for träff in _TVÅ_ÅR.finditer(mening.text):
                före = vik(mening.text[: träff.start()])
                nämnda = [(m.end(), namn) for namn, mönster in DELARNA for m in mönster.finditer(före)]
                if nämnda:
                    yield from _två_år(u, d, mening, träff, max(nämnda)[1])


def _två_år(u: Underlag, d: int, mening: Mening, träff: re.Match[str], namn: str) -> Iterator[Fynd]:
    prövade = [(läge, andelar(u, d, namn, int(träff[läge + 1]))) for läge in (1, 3)]
    rätta = [(läge, a) for läge, a in prövade if any(abs(k - int(träff[läge])) <= HALV for k, _, _ in a)]
    fel = [(läge, a) for läge, a in prövade if a and all(abs(k - int(träff[läge])) > 1 for k, _, _ in a)]
    u.räkna(KOD, len(rätta) + len(fel))
    if len(rätta) != 1 or len(fel) != 1:
        return
    [(läge, [(kvot, del_, hela), *_])] = fel
    rad = mening.rad(träff.start(läge))
    sagt = f"{träff[läge]} %"
    text = (
        f"Texten säger {sagt} {träff[läge + 1]}, och {etikett(del_.etikett)} {skriv(del_.värde)} av"
        f" {etikett(hela.etikett)} {skriv(abs(hela.värde))} är {skriv(avrunda(kvot, 0))} %. Det andra året stämmer."
    )
    yield Fynd(
        KOD,
        "att ta ställning till",
        2,
        u.läsning_av_text(d, rad) * u.läsning(del_.plats, hela.plats),
        text,
        (ställe(u.dokument[d].fil, rad, sagt), u.ställe(del_), u.ställe(hela)),
        f"{skriv(abs(del_.kr))} / {skriv(abs(hela.kr))} = {skriv(avrunda(kvot, 1))} %; tryckt {sagt}",
        int(träff[läge]) - avrunda(kvot, 1),
    )


def andelar(u: Underlag, d: int, namn: str, år: int) -> list[tuple[Decimal, Cell, Cell]]:
    """What a concept is of the costs of a year, by every table that has either."""
    årets = [c for p, c in u.celler.items() if p[0] == d and c.kolumn.år == år and c.enhet in BELOPP and c.värde]
    delar, hela = ([c for c in årets if c.begrepp == n and u.intygade.get(c.plats)] for n in (namn, "kostnader"))
    return [(abs(a.kr / b.kr) * 100, a, b) for a in delar for b in hela]
