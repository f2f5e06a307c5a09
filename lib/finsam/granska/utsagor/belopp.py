"""G09: what a sentence says that somebody gives or gets, against the rows of that name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from finsam.granska.begrepp import normal, vik
from finsam.granska.forklara import omkastade
from finsam.granska.fynd import Fynd, ställe
from finsam.granska.grund import BELOPP, FÖR_STORT, Cell, Underlag, etikett, siffror, skriv, steg
from finsam.granska.lasa.dokument import Dokument
from finsam.granska.lasa.meningar import Mening
from finsam.granska.lasa.siffror import FAKTOR, Tal, tal_i_text
from finsam.granska.sakerhet import av_ett_slag, ej_slump, intygad
from finsam.granska.utsagor.namngivna import Namngivet, inte_raden, namn_och_belopp, namngivna_rader, slip

KOD = "G09"
_BIDRAG = re.compile(r"(?i)\b(?:bidra|bidrog|betala|medlemsbidrag|bidrag|stod för|står för)")
_ANNAT = re.compile(r"(?i)\b(?:budget|plan|prognos|mål|mer än|mindre än|högst|minst|varav|ytterligare|extra)")
_INTE = ("avvikelse", "andel", "antal")


def check_givare(u: Underlag) -> Iterator[Fynd]:
    """Told when the row of that name is the same wherever it stands, certified, and a digit is all that differs."""
    for d, dok in enumerate(u.dokument):
        namn = namngivna_rader(u, d)
        for mening in dok.meningar if namn else ():
            if _BIDRAG.search(mening.text) and not _ANNAT.search(mening.text):
                for p in namn_och_belopp(mening, namn):
                    yield from _mot_raden(u, d, mening, p, _årets(dok, p.celler))


def _årets(dok: Dokument, celler: Sequence[Cell]) -> list[Cell]:
    return [c for c in celler if c.kolumn.år in (None, dok.år) and c.kolumn.slag not in _INTE]


def _mot_raden(u: Underlag, d: int, mening: Mening, p: Namngivet, celler: Sequence[Cell]) -> Iterator[Fynd]:
    u.räkna(KOD, int(bool(celler)))
    säkra = [c for c in celler if u.intygade.get(c.plats)]
    if p.stämmer or not säkra or len({abs(c.kr) for c in celler}) != 1:
        return
    cell = säkra[0]
    if slip(p.kr, abs(cell.kr), min(cell.steg, steg(p.tal))):
        samband = max(intygad(len(säkra)), av_ett_slag(cell.värde))
        förklaring = "Två siffror kan ha bytt plats." if omkastade(p.kr, abs(cell.kr)) else "En siffra skiljer."
        sagt = f"Texten säger {p.tal.tryckt} om {etikett(cell.etikett)}"
        yield inte_raden(KOD, u, d, mening, p, cell, sagt, samband, förklaring)


# --- a thousand times what the row has --------------------------------------------------------------------------------

_TUSEN = 1000
_VERB = re.compile(r"\b(?:blev|ar|var|uppgick till|uppgar till|kostade|fick|far)\s+(?:ca |cirka |totalt )?[-+]?\s*$")


def check_tusen_på_raden(u: Underlag) -> Iterator[Fynd]:
    """G12: what a sentence begins with is a row, and its amount is a thousand times that row's, digit for digit."""
    for d, dok in enumerate(u.dokument):
        celler = [c for p, c in u.celler.items() if p[0] == d and c.enhet in BELOPP and c.värde]
        for mening in dok.meningar if celler else ():
            for tal in tal_i_text(mening.text):
                if tal.enhet in BELOPP and tal.värde and _VERB.search(vik(mening.text[: tal.början])):
                    yield from _tusen(u, d, mening, tal, celler)


def _tusen(u: Underlag, d: int, mening: Mening, tal: Tal, celler: Sequence[Cell]) -> Iterator[Fynd]:
    före, kr = vik(mening.text[: tal.början]), tal.storlek * FAKTOR[tal.enhet]
    egna = [c for c in celler if _namnet(c) and före.startswith(_namnet(c))]
    u.räkna("G12", int(bool(egna)))
    if not egna or any(abs(c.kr) == kr for c in celler) or kr > FÖR_STORT * max(abs(c.kr) for c in celler):
        return
    lika = next((c for c in egna if kr in (abs(c.kr) * _TUSEN, abs(c.kr) / _TUSEN)), None)
    if lika:
        större = "större" if kr > abs(lika.kr) else "mindre"
        rad = mening.rad(tal.början)
        text = (
            f"{tal.tryckt} i texten är tusen gånger {större} än raden ”{etikett(lika.etikett)}”"
            f" {lika.kolumn.rubrik[:20]}, {skriv(lika.värde)} {lika.enhet}."
        )
        samband = ej_slump(siffror(tal.storlek), len({abs(c.kr) for c in egna}))
        yield Fynd(
            "G12",
            "att ta ställning till",
            3,
            u.läsning_av_text(d, rad) * samband,
            text,
            (ställe(u.dokument[d].fil, rad, tal.tryckt), u.ställe(lika)),
            f"{skriv(kr)} mot {skriv(abs(lika.kr))} kr",
            None,
            förklaring="Skillnaden är tusen gånger: enheten kan vara fel.",
        )


def _namnet(cell: Cell) -> str:
    """The label of a row that is one long word or more, as a sentence begins with it."""
    namn = normal(cell.etikett)
    return namn if len(namn) >= 8 else ""
