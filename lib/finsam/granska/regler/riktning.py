"""G18: words for a surplus or a deficit, and for more or less, against the figures that they are said of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from finsam.granska.begrepp import I_TEXT, normal, vik
from finsam.granska.fynd import Fynd, ställe
from finsam.granska.lasa.meningar import Mening
from finsam.granska.lasa.siffror import FAKTOR, Tal, tal_i_text
from finsam.granska.regler.grund import Cell, Underlag, etikett, namn_på, siffror, skriv

KOD = "G18"
_SKOTT = re.compile(r"\b(over|under)skott(?:et)?(?: (?:ar|var|blev|uppgar till|uppgick till))? (?:(?:pa|om) )?$")
_MED = re.compile(r"\b(okar|okade|okat|okning|steg|stiger|minskar|minskade|minskat|minskning|sjonk|sjunker) med $")
_ÄN = re.compile(r"^ ?(?:kr |tkr |kronor )?(hogre|mer|lagre|mindre) an\b(?: (?:ar )?(20\d\d))?")
_NEKAT = re.compile(r"\b(?:inte|ej|varken|istallet|i stallet|om)\b")
_UPP = ("ok", "st", "hogre", "mer")
_ENHETER = ("kr", "tkr", "mnkr")


def check_ord_om_tal(u: Underlag) -> Iterator[Fynd]:
    """What a sentence calls an amount, and what the tables say that it is."""
    for d, dok in enumerate(u.dokument):
        celler = [c for p, c in u.celler.items() if p[0] == d and c.enhet in _ENHETER and c.värde]
        skillnader = _skillnader(celler)
        for mening in dok.meningar if celler else ():
            for tal in tal_i_text(mening.text):
                if tal.värde and tal.enhet in _ENHETER:
                    yield from _skott(u, d, mening, tal, celler)
                    yield from _mer_eller_mindre(u, d, mening, tal, skillnader)


def _skott(u: Underlag, d: int, mening: Mening, tal: Tal, celler: Sequence[Cell]) -> Iterator[Fynd]:
    """A surplus is a result above zero; told when every result of that size has the other sign."""
    träff = _SKOTT.search(vik(mening.text[: tal.början]))
    if not träff or siffror(tal.storlek) < 2:
        return
    kr, steg = tal.storlek * FAKTOR[tal.enhet], FAKTOR[tal.enhet].scaleb(-tal.decimaler)
    lika = [c for c in celler if "resultat" in normal(c.etikett) and abs(abs(c.kr) - kr) <= steg / 2]
    u.räkna(KOD, int(bool(lika)))
    över = träff[1] == "over"
    if lika and all((c.värde > 0) != över for c in lika):
        bäst = max(lika, key=lambda c: u.intygade.get(c.plats, 0))
        ord_ = "överskott" if över else "underskott"
        text = f"Texten säger {ord_} om {tal.tryckt}, och {namn_på(bäst)} är {skriv(bäst.värde)} {bäst.enhet}."
        yield _fynd(u, d, mening, tal, (bäst,), text, 0.95 if siffror(tal.storlek) > 2 else 0.9, 0.97)


Skillnad = tuple[Cell, Cell]
"""A figure and that of an earlier year on the same row."""


def _skillnader(celler: Sequence[Cell]) -> list[Skillnad]:
    """The figures of each row two and two, the later year first; those of a row that changes sign are none."""
    rader: dict[tuple[int, int], list[Cell]] = {}
    for cell in celler:
        if cell.kolumn.år and cell.kolumn.slag not in ("avvikelse", "andel", "antal"):
            rader.setdefault(cell.plats[1:3], []).append(cell)
    return [
        (a, b)
        for rad in rader.values()
        for a in rad
        for b in rad
        if (a.kolumn.år or 0) > (b.kolumn.år or 0) and (a.värde > 0) == (b.värde > 0)
    ]


def _mer_eller_mindre(u: Underlag, d: int, mening: Mening, tal: Tal, skillnader: Sequence[Skillnad]) -> Iterator[Fynd]:
    """More than the year before; told when every row with that difference went the other way."""
    före = vik(mening.text[: tal.början])
    än = _ÄN.search(vik(mening.text[tal.början + len(tal.tryckt) :]))
    träff = _MED.search(före) or än
    if not träff or siffror(tal.storlek) < 3 or _NEKAT.search(före[-60:]):
        return
    kr = tal.storlek * FAKTOR[tal.enhet]
    lika = [(a, b) for a, b in skillnader if abs(abs(a.kr) - abs(b.kr)) == kr and _nämns(mening, a)]
    if än and än[2]:
        lika = [(a, b) for a, b in lika if b.kolumn.år == int(än[2])]
    u.räkna(KOD, int(bool(lika)))
    upp = träff[1].startswith(_UPP)
    if lika and all((abs(a.kr) > abs(b.kr)) != upp for a, b in lika):
        a, b = lika[0]
        text = (
            f"Texten säger ”{_ordet(mening, tal, träff[1])}” om {tal.tryckt}, men {etikett(a.etikett)} går från"
            f" {skriv(abs(b.värde))} ({b.kolumn.år}) till {skriv(abs(a.värde))} ({a.kolumn.år})."
        )
        samband = 0.97 if siffror(tal.storlek) > 3 else 0.92
        yield _fynd(u, d, mening, tal, (a, b), text, samband, 0.95 if a.begrepp else 0.9)


def _ordet(mening: Mening, tal: Tal, vikt: str) -> str:
    """The word as it is printed, with its marks over letters."""
    nära = mening.text[max(0, tal.början - 40) : tal.början + len(tal.tryckt) + 20]
    return next((ord_ for ord_ in re.findall(r"\w+", nära) if vik(ord_) == vikt), vikt)


def _nämns(mening: Mening, cell: Cell) -> bool:
    """The sentence names the row: its concept, or a long word of its label."""
    text = vik(mening.text)
    if any(namn == cell.begrepp and mönster.search(text) for namn, mönster in I_TEXT):
        return True
    return any(len(ord_) > 5 and ord_[:6] in text for ord_ in normal(cell.etikett).split())


def _fynd(
    u: Underlag, d: int, mening: Mening, tal: Tal, celler: Sequence[Cell], text: str, samband: float, begrepp: float
) -> Fynd:
    rad = mening.rad(tal.början)
    säkerhet = u.läsning_av_text(d, rad) * u.läsning(*(c.plats for c in celler)) * samband * begrepp
    ställen = (ställe(u.dokument[d].fil, rad, tal.tryckt), *(u.ställe(c) for c in celler[:1]))
    uträkning = " mot ".join(f"{skriv(c.värde)} {c.enhet}" for c in celler)
    return Fynd(KOD, "att ta ställning till", 2, säkerhet, text, ställen, uträkning)
