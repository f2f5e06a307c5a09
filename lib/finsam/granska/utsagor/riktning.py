"""G18: words for a surplus or a deficit, for more or less, for up and down, against the figures they are said of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from finsam.granska.begrepp import I_TEXT, normal, vik
from finsam.granska.fynd import Fynd, ställe
from finsam.granska.grund import BELOPP, Cell, Underlag, etikett, namn_på, siffror, skriv, steg
from finsam.granska.lasa.dokument import Dokument
from finsam.granska.lasa.meningar import Mening
from finsam.granska.lasa.siffror import FAKTOR, Tal, som_tal, tal_i_text
from finsam.granska.sakerhet import ej_slump, intygad

KOD = "G18"
_SKOTT = re.compile(r"\b(over|under)skott(?:et)?(?: (?:ar|var|blev|uppgar till|uppgick till))? (?:(?:pa|om) )?$")
_MED = re.compile(r"\b(okar|okade|okat|okning|steg|stiger|minskar|minskade|minskat|minskning|sjonk|sjunker) med $")
_ÄN = re.compile(
    r"^ ?(?:kr |tkr |mnkr |kronor )?(hogre|mer|lagre|mindre|battre|samre) an\b(?: (?:ar )?(20\d\d))?(?P<mot>.{0,40})"
)
_NEKAT = re.compile(r"\b(?:inte|ej|varken|istallet|i stallet|om)\b")
_UPP = ("ok", "st", "hogre", "mer", "battre")
_UTFALL = re.compile(r"\b(?:resultat|prognos|budget|over ?skott|under ?skott)")


def check_ord_om_tal(u: Underlag) -> Iterator[Fynd]:
    """What a sentence calls an amount, and what the tables say that it is."""
    for d, dok in enumerate(u.dokument):
        celler = [c for p, c in u.celler.items() if p[0] == d and c.enhet in BELOPP and c.värde]
        skillnader = _skillnader(celler)
        for mening in dok.meningar if celler else ():
            for tal in tal_i_text(mening.text):
                if tal.värde and tal.enhet in BELOPP:
                    yield from _skott(u, d, mening, tal, celler)
                    yield from _mer_eller_mindre(u, d, mening, tal, skillnader)


def _skott(u: Underlag, d: int, mening: Mening, tal: Tal, celler: Sequence[Cell]) -> Iterator[Fynd]:
    """A surplus is a result above zero; told when every result of that size has the other sign."""
    före = vik(mening.text[: tal.början])
    träff = _SKOTT.search(före)
    kr = tal.storlek * FAKTOR[tal.enhet]
    if not träff or (siffror(tal.storlek) < 2 and not (kr >= 1000 and _UTFALL.search(före[: träff.start()]))):
        return
    lika = [c for c in celler if "resultat" in normal(c.etikett) and c.kolumn.slag != "avvikelse"]
    lika = [c for c in lika if abs(abs(c.kr) - kr) <= steg(tal) / 2]
    u.räkna(KOD, int(bool(lika)))
    över = träff[1] == "over"
    if lika and all((c.värde > 0) != över for c in lika):
        bäst = max(lika, key=lambda c: u.intygade.get(c.plats, 0))
        ord_ = "överskott" if över else "underskott"
        text = f"Texten säger {ord_} om {tal.tryckt}, och {namn_på(bäst)} är {skriv(bäst.värde)} {bäst.enhet}."
        samband = max(ej_slump(siffror(tal.storlek)), intygad(2) if _UTFALL.search(före) else 0)
        yield _fynd(u, d, mening, tal, (bäst,), text, samband)


# --- more or less than another year, or than the budget ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Skillnad:
    """A figure, the one on its row that it may be compared with, and what that one is: `år` or `budget`."""

    a: Cell
    b: Cell
    mot: str

    @property
    def kr(self) -> Decimal:
        """How much more it is: of a result more is better; all else is more without its sign."""
        return self.a.kr - self.b.kr if _är_resultat(self.a) else abs(self.a.kr) - abs(self.b.kr)


def _är_resultat(cell: Cell) -> bool:
    return "resultat" in normal(cell.etikett)


def _skillnader(celler: Sequence[Cell]) -> list[Skillnad]:
    """The figures of each row two and two; those of a row that changes sign are none, but for results."""
    rader: dict[tuple[int, int], list[Cell]] = {}
    for cell in celler:
        if cell.kolumn.slag not in ("avvikelse", "andel", "antal"):
            rader.setdefault(cell.plats[1:3], []).append(cell)
    par = ((a, b) for rad in rader.values() for a in rad for b in rad if a is not b)
    return [
        Skillnad(a, b, mot)
        for a, b in par
        if (mot := _mot(a, b)) and (_är_resultat(a) or (a.värde > 0) == (b.värde > 0))
    ]


def _mot(a: Cell, b: Cell) -> str:
    """What the second is to the first: the same of an earlier year, or its budget; empty when it is neither."""
    i, j = a.kolumn, b.kolumn
    if i.år and j.år and i.år > j.år:
        return "år"
    if i.period and j.period and i.period > j.period and i.period[1] == j.period[1] and i.slag == j.slag:
        return "år"
    if j.slag == "budget" and i.slag != "budget" and i.år == j.år and not i.period and not j.period:
        return "budget"
    return ""


def _mer_eller_mindre(u: Underlag, d: int, mening: Mening, tal: Tal, alla: Sequence[Skillnad]) -> Iterator[Fynd]:
    """More than the year before; told when every row with that difference went the other way."""
    före = vik(mening.text[: tal.början])
    än = _ÄN.search(vik(mening.text[tal.början + len(tal.tryckt) :]))
    träff = än or _MED.search(före)
    if not träff or _NEKAT.search(före[-60:]):
        return
    kr, upp = tal.storlek * FAKTOR[tal.enhet], träff[1].startswith(_UPP)
    om_resultat = träff[1] in ("battre", "samre")
    lika = [s for s in alla if abs(abs(s.kr) - kr) <= (0 if tal.enhet == s.a.enhet else steg(tal) / 2)]
    lika = [s for s in lika if om_resultat == _är_resultat(s.a) and (om_resultat or _nämns(mening, s.a))]
    if än and än[2]:
        lika = [s for s in lika if s.b.kolumn.år == int(än[2])]
    elif än and "budget" in än["mot"]:
        lika = [s for s in lika if s.mot == "budget"]
    if siffror(tal.storlek) < 3:  # few digits: only of a row whose concept the sentence names
        lika = [s for s in lika if s.a.begrepp and len(tal.tryckt) > 3]
    u.räkna(KOD, int(bool(lika)))
    if lika and all((s.kr > 0) != upp for s in lika):
        a, b = lika[0].a, lika[0].b
        text = (
            f"Texten säger ”{_ordet(mening, tal, träff[1])}” om {tal.tryckt}, men {etikett(a.etikett)} går från"
            f" {skriv(b.värde)} ({_när(b)}) till {skriv(a.värde)} ({_när(a)})."
        )
        yield _fynd(u, d, mening, tal, (a, b), text, ej_slump(siffror(tal.storlek)))


def _när(cell: Cell) -> str:
    return str(cell.kolumn.år) if cell.kolumn.år and not cell.kolumn.slag else cell.kolumn.rubrik


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


def _fynd(u: Underlag, d: int, mening: Mening, tal: Tal, celler: Sequence[Cell], text: str, samband: float) -> Fynd:
    rad = mening.rad(tal.början)
    säkerhet = u.läsning_av_text(d, rad) * u.läsning(*(c.plats for c in celler)) * samband
    ställen = (ställe(u.dokument[d].fil, rad, tal.tryckt), *(u.ställe(c) for c in celler[:1]))
    uträkning = " mot ".join(f"{skriv(c.värde)} {c.enhet}" for c in celler)
    return Fynd(KOD, "att ta ställning till", 2, säkerhet, text, ställen, uträkning)


# --- from one figure to another ---------------------------------------------------------------------------------------

_TALET = r"(\d{1,3}(?:[ \u00a0]\d{3})+|\d+(?:,\d+)?)\s*(%|procent|tkr|mnkr|kr|kronor)?"
_FRÅN_TILL = re.compile(
    rf"\b(öka(?:t|de|r)?|stig(?:it|er)|steg|minska(?:t|de|r)?|sjunk(?:it|er)|sjönk|gick (?:ner|ned|upp))\b"
    rf"[^.;]{{0,60}}?"
    rf"\bfrån\s+{_TALET}\s*(?:\((?:\d{{4}})\))?[^.;\d]{{0,40}}?(?:\(?\d{{4}}\)?\s+)?\btill\s+{_TALET}"
)
_TILL_FRÅN = re.compile(
    rf"\b(öka(?:t|de|r)?|stig(?:it|er)|steg|minska(?:t|de|r)?|sjunk(?:it|er)|sjönk)\b"
    rf"[^.,;\d]{{0,40}}?\btill\s+{_TALET}\s+(?:\w+\s+)?från\s+{_TALET}"
)
_MOT_DÅ = re.compile(
    rf"(?<![\d,]){_TALET}\b[^.,;\d]{{0,40}}, (?:vilket|det) (?:är|var|blev) (?:\w+ )?(?<!inte )"
    rf"(fler|färre|högre|lägre|mer|mindre) än [^.\d;]{{0,20}}(?:20\d\d)?,? (?:då|när)\b[^.,;\d]{{0,30}}{_TALET}"
)
_RIKTNING = re.compile(r"\b(?:öka|stig|steg\b|minska|sjunk|sjönk|upp\b|ner\b|ned\b)")
_UPPÅT = re.compile(r"öka|stig|steg|upp|fler|högre|mer\b")


def check_riktning(u: Underlag) -> Iterator[Fynd]:
    """From one figure to another in a sentence, and the word for it."""
    for d, dok in enumerate(u.dokument):
        for mening in dok.meningar:
            for mönster, (ord_, från, till) in _FORMER:
                for träff in mönster.finditer(mening.text):
                    yield from _från_till(u, d, dok, mening, träff, (ord_, från, till))


_FORMER = ((_FRÅN_TILL, (1, 2, 4)), (_TILL_FRÅN, (1, 4, 2)), (_MOT_DÅ, (3, 4, 1)))
"""In which group of each form the word stands, the figure before and the figure after; their units are next."""


def _från_till(
    u: Underlag, d: int, dok: Dokument, mening: Mening, träff: re.Match[str], grupper: tuple[int, int, int]
) -> Iterator[Fynd]:
    ord_, från, till = (träff[nr] for nr in grupper)
    e1, e2 = (träff[nr + 1] for nr in grupper[1:])
    if _RIKTNING.search(mening.text[träff.end(grupper[0]) : träff.end()]) or (e1 and e2 and e1 != e2):
        return  # another word stands nearer, or the units are not the same
    a, b = map(som_tal, (från, till))
    if a == b or (not (e1 or e2) and 1990 < a < 2100):
        return
    u.räkna(KOD)
    if (b > a) == bool(_UPPÅT.search(ord_)):
        return
    text = f"Texten säger ”{ord_}” från {från.strip()} till {till.strip()}, men det går åt andra hållet."
    rader = dict.fromkeys(mening.rad(träff.start(nr)) for nr in grupper)
    platser = tuple(ställe(dok.fil, rad, från, till) for rad in rader)
    säkerhet = u.läsning_av_text(d, *rader)
    tal = f"{till.strip()} − {från.strip()}"
    yield Fynd(KOD, "att ta ställning till", 2, säkerhet, text, platser, tal, b - a)


# --- with so much, to so much -----------------------------------------------------------------------------------------

_BELOPP = r"(\d{1,3}(?:[ \u00a0]\d{3})+|\d+(?:,\d+)?) ?(tkr|mnkr|kr|kronor)"
_MED_TILL = re.compile(rf"\b(ökade|ökar|steg|minskade|minskar|sjönk) med {_BELOPP} till {_BELOPP}")


def check_med_till(u: Underlag) -> Iterator[Fynd]:
    """So much more, to so much: a row that the sentence names has one of the two amounts, and not the other."""
    for d, dok in enumerate(u.dokument):
        skillnader = _skillnader([c for p, c in u.celler.items() if p[0] == d and c.enhet in BELOPP and c.värde])
        for mening in dok.meningar if skillnader else ():
            for träff in _MED_TILL.finditer(mening.text):
                namngivna = [s for s in skillnader if s.mot == "år" and _nämns(mening, s.a)]
                yield from _med_till(u, d, mening, träff, namngivna)


def _med_till(u: Underlag, d: int, mening: Mening, träff: re.Match[str], alla: Sequence[Skillnad]) -> Iterator[Fynd]:
    (med, spel), (till, spel_till) = (_i_kronor(träff[nr], träff[nr + 1]) for nr in (2, 4))
    ena = [s for s in alla if abs(abs(s.kr) - med) <= spel + s.a.steg / 2]
    andra = [s for s in alla if abs(abs(s.a.kr) - till) <= spel_till + s.a.steg / 2]
    u.räkna("G09", int(bool(ena or andra)))
    if bool(ena) == bool(andra):
        return
    s = (ena or andra)[0]
    fel, sagt, räknat = (4, till, abs(s.a.kr)) if ena else (2, med, abs(s.kr))
    tryckt = f"{träff[fel]} {träff[fel + 1]}"
    rad = mening.rad(träff.start(fel))
    text = (
        f"Texten säger {träff[1]} med {träff[2]} {träff[3]} till {träff[4]} {träff[5]}, och {etikett(s.a.etikett)} går"
        f" från {skriv(abs(s.b.värde))} ({_när(s.b)}) till {skriv(abs(s.a.värde))} {s.a.enhet} ({_när(s.a)})."
    )
    yield Fynd(
        "G09",
        "att ta ställning till",
        3,
        u.läsning_av_text(d, rad) * ej_slump(siffror(med if ena else till), len(alla)),
        text,
        (ställe(u.dokument[d].fil, rad, tryckt), u.ställe(s.a), u.ställe(s.b)),
        f"{skriv(abs(s.a.kr))} − {skriv(abs(s.b.kr))} = {skriv(abs(s.a.kr) - abs(s.b.kr))}",
        sagt - räknat,
        frozenset({s.a.plats}),
    )


def _i_kronor(skrivet: str, enhet: str) -> tuple[Decimal, Decimal]:
    """An amount, and half of what it is printed in."""
    faktor = FAKTOR["kr" if enhet == "kronor" else enhet]
    return som_tal(skrivet) * faktor, faktor.scaleb(-len(skrivet.partition(",")[2])) / 2
