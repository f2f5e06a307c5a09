"""G13, G09: amounts beside the name of a row, and amounts that a sentence lists, against the tables and each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from finsam.granska.begrepp import begrepp, vik
from finsam.granska.forklara import en_siffra, omkastade
from finsam.granska.fynd import Fynd, ställe
from finsam.granska.grund import BELOPP, NOLL, Cell, Underlag, etikett, siffror, skriv, steg, är_delsumma
from finsam.granska.lasa.meningar import Mening
from finsam.granska.lasa.siffror import FAKTOR, Tal, tal_i_text
from finsam.granska.sakerhet import av_ett_slag, intygad

_BESLUT = re.compile(r"\b(?:beslut\w*|bevilja\w*|tilldela\w*|ansla\w*|avsatt\w*|fordela\w*)\b")
_FÖRE = re.compile(r"(?:\s+(?:med|får|fick|om|på)|\s*[:,–-])?\s*$")
_EFTER = re.compile(r"\s*(?:till|för|åt)\s+")
_MINST_NAMN = 4


@dataclass(frozen=True, slots=True)
class Namngivet:
    """An amount that stands right beside the name of a row, and the figures of that row."""

    tal: Tal
    celler: Sequence[Cell]

    @property
    def kr(self) -> Decimal:
        """The amount in kronor."""
        return self.tal.storlek * FAKTOR[self.tal.enhet]

    @property
    def stämmer(self) -> bool:
        """It is one of them, as finely as both are printed."""
        return any(abs(abs(c.kr) - self.kr) <= max(c.steg, steg(self.tal)) / 2 for c in self.celler)


def check_beviljat(u: Underlag) -> Iterator[Fynd]:
    """G13: what is granted to each by name, against the rows of those names."""
    for d, dok in enumerate(u.dokument):
        namn = namngivna_rader(u, d)
        for mening in dok.meningar if namn else ():
            if not _BESLUT.search(vik(mening.text)):
                continue
            par = list(namn_och_belopp(mening, namn))
            u.räkna("G13", len(par))
            stämmer = sum(p.stämmer for p in par)
            for p in par:
                if not p.stämmer and any(u.intygade.get(c.plats) for c in p.celler):
                    yield from _beviljat(u, d, mening, p, stämmer)


def namngivna_rader(u: Underlag, d: int) -> Mapping[str, list[Cell]]:
    """The amounts of each row that has a name of its own: no concept and no sum."""
    ut: dict[str, list[Cell]] = defaultdict(list)
    for (dd, t, r, _), cell in u.celler.items():
        rad = u.dokument[dd].tabeller[t].rader[r]
        eget = rad.etikett[:1].isupper() and len(rad.etikett) >= _MINST_NAMN and not begrepp(rad.etikett)
        if dd == d and eget and not är_delsumma(rad) and cell.enhet in BELOPP and cell.värde:
            for namn in {" ".join(rad.etikett.split()), cell.rad.celler[0].text}:  # the label may be of two columns
                if len(namn) >= _MINST_NAMN:
                    ut[namn].append(cell)
    return ut


def namn_och_belopp(mening: Mening, namn: Mapping[str, list[Cell]]) -> Iterator[Namngivet]:
    """Name and amount beside each other, the longest name first."""
    for tal in tal_i_text(mening.text):
        if tal.enhet not in BELOPP or not tal.värde:
            continue
        före = _FÖRE.sub("", mening.text[: tal.början])
        efter = _EFTER.match(mening.text, tal.början + len(tal.tryckt))
        funna = [n for n in namn if re.search(rf"(?<!\w){re.escape(n)}$", före)]
        funna = funna or [n for n in namn if efter and re.match(rf"{re.escape(n)}(?!\w)", mening.text[efter.end() :])]
        if funna:
            yield Namngivet(tal, namn[max(funna, key=len)])


def _beviljat(u: Underlag, d: int, mening: Mening, p: Namngivet, stämmer: int) -> Iterator[Fynd]:
    kr = p.kr
    nära = [c for c in p.celler if slip(kr, abs(c.kr), min(c.steg, steg(p.tal)))]
    if not nära and not stämmer:
        return  # another sum of money, to the same one
    år = re.findall(r"(?<!\d)20\d\d(?!\d)", mening.text)
    cell = max(nära or p.celler, key=lambda c: (str(c.kolumn.år) in år, c.kolumn.år == u.dokument[d].år))
    samband = intygad(stämmer + 2 * bool(nära))
    förklaring = "Två siffror kan ha bytt plats." if nära and omkastade(kr, abs(cell.kr)) else ""
    sagt = f"Beslutet ger {etikett(cell.etikett)} {p.tal.tryckt}"
    yield inte_raden("G13", u, d, mening, p, cell, sagt, samband, förklaring)


def inte_raden(
    kod: str, u: Underlag, d: int, mening: Mening, p: Namngivet, cell: Cell, sagt: str, samband: float, förklaring: str
) -> Fynd:
    """What a sentence says of a name is not what its row has."""
    rad, kr = mening.rad(p.tal.början), abs(cell.kr)
    text = f"{sagt}, och det stämmer inte med raden {cell.kolumn.rubrik[:20]}: {skriv(abs(cell.värde))} {cell.enhet}."
    return Fynd(
        kod,
        "att ta ställning till",
        3,
        u.läsning_av_text(d, rad) * u.läsning(cell.plats) * samband,
        " ".join(text.split()),
        (ställe(u.dokument[d].fil, rad, p.tal.tryckt), u.ställe(cell)),
        f"{skriv(p.kr)} − {skriv(kr)} = {skriv(p.kr - kr)}",
        p.kr - kr,
        frozenset({cell.plats}),
        förklaring,
    )


def slip(a: Decimal, b: Decimal, skala: Decimal) -> bool:
    """Two amounts are the same but for a digit, or two that have changed places, as finely as they are printed."""
    x, y = (Decimal(int(v / skala)) for v in (a, b))
    return siffror(a) >= 2 and (omkastade(x, y) or en_siffra(x, y))


# --- what a sentence lists --------------------------------------------------------------------------------------------

_ALLT = re.compile(r"(?:tillsammans|sammanlagt|totalt|summa)\s*$")
_PARENTES = re.compile(r"\([^()]*\)")
_UTOM = re.compile(r"\b(?:procent|%|bland annat|t\.ex|framst|huvudsakligen|minus|avdrag|exklusive|utom)")


def check_uppräkning(u: Underlag) -> Iterator[Fynd]:
    """G09: amounts in a sentence and their sum, in the same sentence or on the row of the note."""
    for d, dok in enumerate(u.dokument):
        per_not = {
            rad.not_: [c for k in range(len(tabell.kolumner)) if (c := u.cell(d, t, r, k))]
            for t, tabell in enumerate(dok.tabeller)
            for r, rad in enumerate(tabell.rader)
            if rad.not_
        }
        for nr, mening in enumerate(dok.meningar):
            utan = _PARENTES.sub(lambda m: " " * len(m[0]), mening.text)
            tal = [t for t in tal_i_text(utan) if t.enhet in BELOPP and t.värde]
            if len(tal) < 3 - bool(per_not) or len({t.enhet for t in tal}) != 1 or _UTOM.search(vik(utan)):
                continue
            if _ALLT.search(utan[: tal[-1].början]) and len(tal) > 2:
                yield from _med_summa(u, d, mening, tal[:-1], tal[-1])
            elif träff := _noten(dok.meningar, nr):
                år = [c for c in per_not.get(träff, ()) if c.kolumn.år == dok.år and c.enhet in BELOPP]
                if len(år) == 1:
                    yield from _mot_rad(u, d, mening, tal, år[0])


def _noten(meningar: Sequence[Mening], nr: int) -> str:
    """The number of the note that a sentence begins, or stands right after the beginning of."""
    for mening in meningar[max(0, nr - 1) : nr + 1][::-1]:
        text = f"{mening.rader[0][1].rubrik} " if mening is meningar[nr] else ""
        träff = re.match(r"Not (\d+)\b", mening.text) or re.match(r"Not (\d+)\b", text)
        if träff:
            return träff[1]
    return ""


def _med_summa(u: Underlag, d: int, mening: Mening, delar: Sequence[Tal], summa: Tal) -> Iterator[Fynd]:
    """Told when the sum is a figure of the tables, so that it is a part that is wrong."""
    räknat = sum((t.storlek for t in delar), NOLL)
    u.räkna("G09")
    kr = summa.storlek * FAKTOR[summa.enhet]
    cell = next((c for p, c in u.celler.items() if p[0] == d and abs(c.kr) == kr and u.intygade.get(p)), None)
    if abs(räknat - summa.storlek) <= steg(summa) / FAKTOR[summa.enhet] * (len(delar) + 1) / 2 or cell is None:
        return
    yield _lista(u, d, mening, delar, summa.storlek, f"{summa.tryckt}, som står i samma mening", cell, 1)


def _mot_rad(u: Underlag, d: int, mening: Mening, delar: Sequence[Tal], cell: Cell) -> Iterator[Fynd]:
    """Told when a slip in one of the parts, or in their sum, gives the figure of the row."""
    hela = abs(cell.kr) / FAKTOR[delar[0].enhet]
    skillnad = sum((t.storlek for t in delar), NOLL) - hela
    u.räkna("G09")
    spel = max(cell.steg, steg(delar[0])) / FAKTOR[delar[0].enhet] * (len(delar) + 1) / 2
    slip = any(omkastade(t.storlek, t.storlek - skillnad) for t in delar if t.storlek > skillnad)
    if abs(skillnad) <= spel or not slip or hela in [t.storlek for t in delar]:
        return
    vad = f"raden ”{etikett(cell.etikett)}”: {skriv(cell.värde)} {cell.enhet}"
    yield _lista(u, d, mening, delar, hela, vad, cell, av_ett_slag(hela, len(delar)))


def _lista(
    u: Underlag, d: int, mening: Mening, delar: Sequence[Tal], hela: Decimal, vad: str, cell: Cell, samband: float
) -> Fynd:
    räknat = sum((t.storlek for t in delar), NOLL)
    tal = " + ".join(skriv(t.storlek) for t in delar)
    rader = dict.fromkeys(mening.rad(t.början) for t in delar)
    platser = tuple(ställe(u.dokument[d].fil, rad, *(t.tryckt for t in delar)) for rad in rader)
    return Fynd(
        "G09",
        "att ta ställning till",
        3,
        u.läsning_av_text(d, *rader) * u.läsning(cell.plats) * samband,
        f"Beloppen som räknas upp ger {skriv(räknat)} {delar[0].enhet} och stämmer inte med {vad}.",
        (*platser, u.ställe(cell)),
        f"{tal} = {skriv(räknat)}; tryckt {skriv(hela)}",
        räknat - hela,
        frozenset({cell.plats}),
    )
