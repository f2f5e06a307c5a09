"""G12: an amount in a sentence in another unit than in the table, or than the sum that it is a part of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from finsam.granska.begrepp import normal, vik
from finsam.granska.fynd import Fynd, ställe
from finsam.granska.grund import BELOPP, Cell, Underlag, etikett, siffror, skriv
from finsam.granska.lasa.meningar import Mening
from finsam.granska.lasa.siffror import FAKTOR, Tal, tal_i_text
from finsam.granska.sakerhet import ej_slump

KOD = "G12"
MINST = 4
"""So many digits are not the same by chance."""
_KORT = 5
"""So long is a word that names a row."""
_ALLMÄNNA = frozenset(["summa", "totalt", "arets", "periodens", "kommun", "region", "verksamhetens", "ovriga"])


def check_enhet_i_text(u: Underlag) -> Iterator[Fynd]:
    """The same figure with the same digits and the name of its row, a thousand times too small or too large."""
    for d, dok in enumerate(u.dokument):
        celler = [c for p, c in u.celler.items() if p[0] == d and c.enhet in BELOPP and u.intygade.get(p)]
        tryckta = {abs(c.kr) for c in celler}
        for mening in dok.meningar if celler else ():
            for tal in tal_i_text(mening.text):
                if not tal.värde or tal.enhet not in BELOPP or siffror(tal.storlek) < MINST:
                    continue
                u.räkna(KOD)
                if tal.storlek * FAKTOR[tal.enhet] not in tryckta and (cell := _samma_siffror(mening, tal, celler)):
                    yield _fynd(u, d, mening, tal, cell)


def _samma_siffror(mening: Mening, tal: Tal, celler: Sequence[Cell]) -> Cell | None:
    text = vik(mening.text)
    for cell in celler:
        om = FAKTOR[cell.enhet] / FAKTOR[tal.enhet]
        if abs(cell.värde) != tal.storlek or cell.tal.decimaler != tal.decimaler or om not in (1000, 1 / FAKTOR["tkr"]):
            continue
        if any(len(o) > _KORT and o not in _ALLMÄNNA and o[:-1] in text for o in normal(cell.etikett).split()):
            return cell
    return None


def _fynd(u: Underlag, d: int, mening: Mening, tal: Tal, cell: Cell) -> Fynd:
    text = (
        f"Texten säger {tal.tryckt} och raden ”{etikett(cell.etikett)}” {cell.kolumn.rubrik[:20]} har"
        f" {skriv(cell.värde)} {cell.enhet}: samma siffror i en annan enhet."
    )
    rad = mening.rad(tal.början)
    säkerhet = u.läsning_av_text(d, rad) * u.läsning(cell.plats) * ej_slump(siffror(tal.storlek))
    platser = (ställe(u.dokument[d].fil, rad, tal.tryckt), u.ställe(cell))
    kr = tal.storlek * FAKTOR[tal.enhet]
    return Fynd(
        KOD,
        "hindrar",
        3,
        säkerhet,
        " ".join(text.split()),
        platser,
        f"{skriv(kr)} mot {skriv(abs(cell.kr))}",
        kr - abs(cell.kr),
        frozenset({cell.plats}),
    )


# --- parts and their sum in one sentence ------------------------------------------------------------------------------

_SAMMANLAGT = re.compile(r"(?:, | och )(?:sammanlagt|tillsammans|totalt)\s+$")


def check_sammanlagt(u: Underlag) -> Iterator[Fynd]:
    """Amounts and then what they are together: the digits add, and the units do not."""
    for d, dok in enumerate(u.dokument):
        for mening in dok.meningar:
            tal = [t for t in tal_i_text(mening.text) if t.värde and t.enhet in BELOPP]
            if len(tal) < 3 or not _SAMMANLAGT.search(mening.text[: tal[-1].början]):
                continue
            *delar, hela = tal
            u.räkna(KOD)
            siffrorna = abs(sum(t.storlek for t in delar) - hela.storlek) <= _spel(tal)
            utanför = [t for t in delar if t.enhet != hela.enhet]
            if siffrorna and len(utanför) == 1:
                kr = sum((t.storlek * FAKTOR[t.enhet] for t in delar), Decimal(0))
                text = f"{utanför[0].tryckt} är en del av {hela.tryckt} och står i en annan enhet."
                rader = dict.fromkeys((mening.rad(utanför[0].början), mening.rad(hela.början)))
                platser = tuple(ställe(dok.fil, rad, utanför[0].tryckt, hela.tryckt) for rad in rader)
                summa = " + ".join(t.tryckt for t in delar)
                säkerhet = u.läsning_av_text(d, *rader) * ej_slump(siffror(hela.storlek))
                skillnad = kr - hela.storlek * FAKTOR[hela.enhet]
                yield Fynd(KOD, "hindrar", 3, säkerhet, text, platser, f"{summa}; tryckt {hela.tryckt}", skillnad)


def _spel(tal: Sequence[Tal]) -> Decimal:
    return Decimal(1).scaleb(-min(t.decimaler for t in tal)) * len(tal) / 2
