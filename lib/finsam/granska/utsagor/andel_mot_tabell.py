"""G08: a share in a sentence against its two counts, against the rows it is of, and against the row that it quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from finsam.granska.begrepp import normal, vik
from finsam.granska.fynd import Fynd, ställe
from finsam.granska.grund import HALV, Cell, Underlag, etikett, skriv
from finsam.granska.lasa.meningar import Mening
from finsam.granska.lasa.siffror import som_tal
from finsam.granska.sakerhet import ej_slump, intygad
from finsam.granska.utsagor.andel_i_text import DELARNA, andelar
from finsam.model.belopp import avrunda

KOD = "G08"
_PROCENT = r"(?P<andel>\d{1,3}(?:,\d{1,2})?)\s*(?:%|procent)"
_AV_ANTAL = re.compile(
    r"(?<![\d,])(?<!\d )(?P<del>\d{1,5}) (?:personer|deltagare|unga|individer|kvinnor|män)\b[^.;:%]*?"
    rf"\b(?:vilket är|det är|är|motsvarar|alltså)\s+(?P<ungefär>(?:drygt|knappt|ca|cirka|ungefär|nästan) )?{_PROCENT}"
    r" av [^.;:\d%]*?\b(?:på|om|av)\s+(?P<hela>\d{1,5})\b(?![ ,]\d)"
)
_ANDEL = re.compile(rf"(?<![\d,–-]){_PROCENT}")
_GRÄNS = re.compile(r"\b(?:mal\w*|hogst|minst|tak\w*|grans\w*|ska|far|over|under|mellan|plan\w*|varav|perioden)\b")
_FÖRRA = re.compile(r"(?i)\b(?:förra året|föregående år|året innan|20\d\d)\b")
_ENKÄT = re.compile(r"\b(?:fråg|enkät|svar|påstående)")
_MINST_ORD = 3


def check_andel_av_hela(u: Underlag) -> Iterator[Fynd]:
    """So many, which is so many per cent of so many: all three in one sentence."""
    for d, dok in enumerate(u.dokument):
        for mening in dok.meningar:
            for träff in _AV_ANTAL.finditer(mening.text):
                del_, hela, andel = (som_tal(träff[n]) for n in ("del", "hela", "andel"))
                if not hela:
                    continue
                kvot = del_ / hela * 100
                steg = Decimal(1).scaleb(-len(träff["andel"].partition(",")[2]))
                u.räkna(KOD)
                if abs(kvot - andel) > steg * (3 if träff["ungefär"] else HALV):
                    sant = skriv(avrunda(kvot, 0))
                    text = f"{träff['del']} av {träff['hela']} är {sant} procent, inte {träff['andel']}."
                    rad = mening.rad(träff.start("andel"))
                    plats = ställe(dok.fil, rad, träff["del"], träff["andel"], träff["hela"])
                    tal = f"{träff['del']} / {träff['hela']} = {skriv(avrunda(kvot, 1))} %"
                    säkerhet = u.läsning_av_text(d, rad)
                    skillnad = andel - avrunda(kvot, 1)
                    yield Fynd(KOD, "att ta ställning till", 2, säkerhet, text, (plats,), tal, skillnad)


def check_andel_av_kostnaderna(u: Underlag) -> Iterator[Fynd]:
    """What a part is of the costs, against every table that has both; a sentence of one share and one part."""
    for d, dok in enumerate(u.dokument):
        for mening in dok.meningar:
            text = vik(mening.text)
            delar = {namn for namn, mönster in DELARNA if mönster.search(text)}
            andel = list(_ANDEL.finditer(mening.text))
            if len(delar) != 1 or len(andel) != 1 or "kostnaderna" not in text or _GRÄNS.search(text) or not dok.år:
                continue
            if {int(år) for år in re.findall(r"(?<!\d)20\d\d(?!\d)", mening.text)} - {dok.år}:
                continue
            yield from _mot_tabellerna(u, d, mening, andel[0], andelar(u, d, next(iter(delar)), dok.år))


def _mot_tabellerna(
    u: Underlag, d: int, mening: Mening, träff: re.Match[str], prövade: list[tuple[Decimal, Cell, Cell]]
) -> Iterator[Fynd]:
    prövade = [ett for ett in prövade if ett[2].kolumn.slag != "avvikelse" and ett[1].plats[3] == ett[2].plats[3]]
    sagt, decimaler = som_tal(träff["andel"]), len(träff["andel"].partition(",")[2])
    u.räkna(KOD, int(bool(prövade)))
    if not prövade or any(abs(kvot - sagt) <= 1 for kvot, _, _ in prövade):
        return
    kvot, del_, hela = max(prövade, key=lambda ett: u.intygade.get(ett[1].plats, 0))
    rad = mening.rad(träff.start("andel"))
    text = (
        f"Texten säger {träff['andel']} procent, och {etikett(del_.etikett)} {skriv(abs(del_.värde))} av"
        f" {etikett(hela.etikett)} {skriv(abs(hela.värde))} är {skriv(avrunda(kvot, decimaler))} %."
    )
    säkerhet = u.läsning_av_text(d, rad) * u.läsning(del_.plats, hela.plats) * intygad(1 + len(prövade))
    yield Fynd(
        KOD,
        "att ta ställning till",
        2,
        säkerhet,
        text,
        (ställe(u.dokument[d].fil, rad, träff["andel"]), u.ställe(del_), u.ställe(hela)),
        f"{skriv(abs(del_.kr))} / {skriv(abs(hela.kr))} = {skriv(avrunda(kvot, 1))} %; tryckt {träff['andel']}",
        sagt - avrunda(kvot, 1),
    )


# --- the row that a sentence quotes -----------------------------------------------------------------------------------


def check_andel_på_raden(u: Underlag) -> Iterator[Fynd]:
    """Of those who answered so many said what a row of a table of answers says: the share is that row's, this year."""
    for d, dok in enumerate(u.dokument):
        rader = [c for c in _årets_andelar(u, d, dok.år) if len(_ord(c.etikett)) >= _MINST_ORD]
        for mening in dok.meningar if rader else ():
            for bit in re.split(r",\s+(?:och|men|medan|samt)\s+|;\s+", mening.text):
                andel = list(_ANDEL.finditer(bit))
                egna = set(vik(bit).split())
                passar = [c for c in rader if _ord(c.etikett) <= egna]
                if len(andel) != 1 or len(passar) != 1 or _FÖRRA.search(bit) or _GRÄNS.search(vik(bit)):
                    continue
                yield from _på_raden(u, d, mening, andel[0]["andel"], passar[0], rader)


def _årets_andelar(u: Underlag, d: int, år: int | None) -> Iterator[Cell]:
    for (dd, t, _, _), cell in u.celler.items():
        tabell = u.dokument[dd].tabeller[t]
        rubrik = f"{tabell.rubrik} {tabell.hörn} {cell.kolumn.rubrik}".lower()
        procent = cell.enhet == "%" or (not cell.enhet and re.search(r"procent|%|andel", rubrik))
        if dd == d and procent and _ENKÄT.search(rubrik) and cell.kolumn.år in (None, år) and 0 < cell.värde <= 100:
            yield cell


def _ord(etikett: str) -> frozenset[str]:
    return frozenset(o for o in normal(etikett).split() if len(o) > 2 and o not in ("jag", "har", "att", "och", "som"))


def _på_raden(u: Underlag, d: int, mening: Mening, sagt: str, cell: Cell, rader: list[Cell]) -> Iterator[Fynd]:
    u.räkna(KOD)
    egna = [c for c in rader if c.plats[:3] == cell.plats[:3]]
    if any(abs(c.värde - som_tal(sagt)) <= 1 for c in egna):
        return
    rad = mening.rad(mening.text.find(sagt))
    text = f"Texten säger {sagt} procent, och raden ”{etikett(cell.etikett)}” har {skriv(cell.värde)}."
    samband = ej_slump(len(_ord(cell.etikett)), len(rader))
    säkerhet = u.läsning_av_text(d, rad) * intygad(len(_ord(cell.etikett))) * samband
    platser = (ställe(u.dokument[d].fil, rad, sagt), u.ställe(cell))
    yield Fynd(KOD, "att ta ställning till", 2, säkerhet, text, platser, "", som_tal(sagt) - cell.värde)
