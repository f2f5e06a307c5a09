"""G09: amounts in sentences against the tables."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from finsam.granska.begrepp import I_TEXT, ORD, normal, vik
from finsam.granska.forklara import en_siffra, omkastade
from finsam.granska.fynd import Fynd, ställe
from finsam.granska.grund import BELOPP, Cell, Underlag, etikett, siffror, skriv, steg
from finsam.granska.lasa.dokument import Dokument
from finsam.granska.lasa.meningar import Mening
from finsam.granska.lasa.siffror import FAKTOR, Tal, tal_i_text
from finsam.granska.sakerhet import av_ett_slag, intygad

_ÅRTAL = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_MELLAN = re.compile(
    r"\s*(?:(?:for|under|ar|aret|arets|vid|per|slut|slutet|utgang|utgangen|av|den|31|december|tillsammans|totalt"
    r"|sammanlagt|verksamhetsaret|20\d\d|kommer att|beraknas|beraknades)\s+)*"
    r"(?:uppgar till|uppgick till|uppgar|uppgick|blev|ar|var|bli|ligga pa|landade pa)"
    r"(?:\s+(?:totalt|sammanlagt|preliminart|ca|cirka|alltsa|till|minus))*\s*[-+]?\s*"
)
"""What may stand between the name of a concept and its amount: when, and a verb."""
_SPÄRR = re.compile(
    r"\b(?:varav|prognos\w*|hogst|max|lagst|minst|overstig\w*|understig\w*|ingaende|vid arets borjan|mal\w*|av det"
    r"|minskat? med"
    r"|okat? med|okade med|minskade med|per|rekommend\w*|tak\w*|golv|mer an|mindre an|fler an|battre|samre|kvar av"
    r"|skillnad\w*|differens\w*|avvik\w*|fran|mot|budgeterat|budgeterade?|plan\w*|jamfort|bidrog|enligt|om det)\b"
)
_EFTER = re.compile(
    r"\s*(?:kr |tkr |mnkr )?(?:nar aret borjar|vid (?:arets )?(?:borjan|ingangen)"
    r"|battre|samre|mer|mindre|lagre|hogre|over|under|per)\b"
)
_OVIKTIGA = {
    "summa",
    "totalt",
    "ovrigt",
    "ovriga",
    "kostnader",
    "intakter",
    "medel",
    "belopp",
    "andel",
    "arets",
    "arbete",
}


def check_text(u: Underlag) -> Iterator[Fynd]:
    """Amounts in sentences: what is named is the figure of the tables, and a slip of a digit is seen."""
    for d, dok in enumerate(u.dokument):
        celler = [c for p, c in u.celler.items() if p[0] == d and c.enhet in BELOPP and c.värde]
        if not celler:
            continue
        per_värde = {abs(c.kr) for c in celler}
        förra: Mening | None = None
        i_text: dict[Decimal, int] = defaultdict(int)
        for mening in dok.meningar:
            for tal in tal_i_text(mening.text):
                i_text[tal.storlek * FAKTOR[tal.enhet]] += 1
        for mening in dok.meningar:
            for tal in tal_i_text(mening.text):
                if tal.värde and tal.enhet in BELOPP and siffror(tal.värde) >= 2:
                    yield from _belopp(u, d, mening, förra, tal, celler, per_värde, i_text)
            förra = mening


def _belopp(
    u: Underlag,
    d: int,
    mening: Mening,
    förra: Mening | None,
    tal: Tal,
    celler: Sequence[Cell],
    per_värde: set[Decimal],
    i_text: dict[Decimal, int],
) -> Iterator[Fynd]:
    kr, bredd = tal.storlek * FAKTOR[tal.enhet], steg(tal)
    finns = kr in per_värde or any(abs(värde - kr) <= bredd / 2 for värde in per_värde)
    u.räkna("G09")
    träff = _begreppet(u, d, mening, tal, celler)
    if träff is not None:
        cell, säkerhet = träff
        if abs(abs(cell.kr) - kr) <= max(bredd, cell.steg) * Decimal("0.501") or abs(abs(cell.kr) - kr) <= cell.steg:
            return
        yield _fynd(u, d, mening, tal, cell, säkerhet * u.läsning(cell.plats), kr)
        return
    if not finns and i_text[kr] < 2 and siffror(tal.värde or Decimal(0)) >= 3:
        nära = _slip(mening, förra, tal, celler)
        if nära is not None:
            yield _fynd(u, d, mening, tal, nära[0], av_ett_slag(nära[0].värde, nära[1]), kr)


def påstående(dok: Dokument, mening: Mening, tal: Tal) -> tuple[str, int | None] | None:
    """What the words right before an amount say that it is: a concept, by a verb, and the year that is meant."""
    före = vik(mening.text[: tal.början])
    bit = vik(re.split(r"[,;:(](?!\d)| men | och | samt | medan ", mening.text[: tal.början])[-1])
    funna = [(m.end(), m.start(), namn) for namn, mönster in I_TEXT for m in mönster.finditer(bit)]
    if not funna:
        return None
    slut, start, namn = max(funna)
    efter = vik(mening.text[tal.början + len(tal.tryckt) :])[:40]
    hindras = _SPÄRR.search(bit[:start][-45:]) or re.search(
        r"\b(?:av|ur|pa|till|over|under)\s+(?:det |de )?$", bit[:start]
    )
    if not _MELLAN.fullmatch(bit[slut:]) or hindras or _EFTER.match(efter):
        return None
    åren = [int(å) for å in _ÅRTAL.findall(bit)] or [int(å) for å in _ÅRTAL.findall(före)]
    if not åren and _ÅRTAL.search(mening.text):
        return None
    return namn, åren[-1] if åren else dok.år


def _begreppet(u: Underlag, d: int, mening: Mening, tal: Tal, celler: Sequence[Cell]) -> tuple[Cell, float] | None:
    """The figure of the tables that an amount is said to be."""
    dok = u.dokument[d]
    sagt = påstående(dok, mening, tal)
    if sagt is None:
        return None
    utom = ("avvikelse", "andel", "antal") if dok.är_plan else ("avvikelse", "andel", "antal", "budget", "prognos")
    kandidater = [c for c in celler if (c.begrepp, c.kolumn.år) == sagt and c.kolumn.slag not in utom]
    if not kandidater or len({abs(c.kr) for c in kandidater if c.enhet == "kr"}) > 1:
        return None
    bäst = max(kandidater, key=lambda c: (c.enhet == "kr", u.intygade.get(c.plats, 0)))
    antal = u.intygade.get(bäst.plats, 0)
    return (bäst, intygad(1 + antal)) if antal else None


def _slip(mening: Mening, förra: Mening | None, tal: Tal, celler: Sequence[Cell]) -> tuple[Cell, int] | None:
    """A figure of a row that the sentence names, but for one digit or two that have changed places; of how many."""
    ord_ = {o for o in vik(mening.text + (" " + förra.text if förra else "")).split() if len(o) > 4}
    if _EFTER.match(vik(mening.text[tal.början + len(tal.tryckt) :])[:40]):
        return None  # how much more or less it is, and not how much
    namngivna = [c for c in celler if siffror(c.värde) >= 3 and _nämns(c, ord_)]
    nära = next((c for c in namngivna if _är_slip(tal, c)), None)
    return (nära, len(namngivna)) if nära else None


def _nämns(cell: Cell, ord_: set[str]) -> bool:
    """A long word of the row's label is one of those."""
    namn = {o for o in normal(cell.etikett).split() if len(o) > 4} - _OVIKTIGA
    return any(_samma_ord(n, o) for n in namn for o in ord_)


def _är_slip(tal: Tal, cell: Cell) -> bool:
    """Two figures are the same but for a digit; in different units, but for two that have changed places."""
    if (cell.enhet, cell.tal.decimaler) == (tal.enhet, tal.decimaler):
        a, b = tal.storlek, abs(cell.värde)
        return a >= 1000 and (omkastade(a, b) or en_siffra(a, b))
    skala = min(steg(tal), cell.steg)
    a, b = tal.storlek * FAKTOR[tal.enhet] / skala, abs(cell.kr) / skala
    egen = not cell.begrepp and "revider" not in cell.kolumn.rubrik.lower()
    return egen and steg(tal) != cell.steg and siffror(tal.storlek) >= 3 and omkastade(a, b)


def _samma_ord(a: str, b: str) -> bool:
    """Two words are one in different forms."""
    n = min(len(a), len(b))
    return n > 4 and a[: max(5, n - 2)] == b[: max(5, n - 2)]


def _fynd(u: Underlag, d: int, mening: Mening, tal: Tal, cell: Cell, säkerhet: float, kr: Decimal) -> Fynd:
    namn = ORD.get(cell.begrepp, "")
    vad = f"{namn} " if namn else ""
    text = (
        f"Texten säger {tal.tryckt} om {vad or 'beloppet '}och det stämmer inte med raden ”{etikett(cell.etikett)}”"
        f" {cell.kolumn.rubrik[:20]}: {skriv(cell.värde)} {cell.enhet}."
    )
    fel = "Två siffror kan ha bytt plats." if omkastade(tal.storlek, abs(cell.värde)) else ""
    fel = fel or ("En siffra skiljer." if en_siffra(tal.storlek, abs(cell.värde)) else "")
    return Fynd(
        "G09",
        "att ta ställning till",
        3,
        säkerhet,
        " ".join(text.split()),
        (ställe(u.dokument[d].fil, mening.rad(tal.början), tal.tryckt), u.ställe(cell)),
        f"{skriv(kr)} − {skriv(abs(cell.kr))} = {skriv(kr - abs(cell.kr))}",
        kr - abs(cell.kr),
        frozenset({cell.plats}),
        fel,
    )


# --- parts of a year, forecast and budget -----------------------------------------------------------------------------

_SAGT = re.compile(
    r"\b(?:resultat\w*|prognosen?)\b.{0,60}\b(?:over|under)skott (?:pa|om) $|\b(?:vantas|beraknas|forvantas)\b"
    r".{0,30}\b(?:over|under)skott (?:pa|om) $|\bprognosen for (?:helaret|aret)(?: ar| blev)? [+-]?$"
    r"|\bperiodens resultat (?:ar|blev|uppgar till|uppgick till) $"
)
_SLAGEN = (
    ("prognos", re.compile(r"\b(?:prognos\w*|vantas|beraknas|forvantas)\b")),
    ("period", re.compile(r"\b(?:perioden|periodens)\b")),
)


def check_period_och_prognos(u: Underlag) -> Iterator[Fynd]:
    """G09: the result of a part of the year, or of the forecast, in a sentence and in the only column that it is of."""
    for d, dok in enumerate(u.dokument):
        celler = [c for p, c in u.celler.items() if p[0] == d and c.begrepp == "resultat" and c.enhet in BELOPP]
        tryckta = {abs(c.kr) for p, c in u.celler.items() if p[0] == d}
        for mening in dok.meningar:
            for tal in tal_i_text(mening.text):
                före = vik(mening.text[: tal.början])
                if not tal.värde or tal.enhet not in BELOPP or not _SAGT.search(före):
                    continue
                lägen = [(m.start(), slag) for slag, mönster in _SLAGEN for m in mönster.finditer(före)]
                egna = _kolumnens(dok, celler, max(lägen)[1]) if lägen else []
                u.räkna("G09", int(bool(egna)))
                kr = tal.storlek * FAKTOR[tal.enhet]
                if len({abs(c.kr) for c in egna}) != 1 or abs(abs(egna[0].kr) - kr) <= max(egna[0].steg, steg(tal)):
                    continue
                if kr not in tryckta and u.intygade.get(egna[0].plats):
                    yield _fynd(u, d, mening, tal, egna[0], u.läsning(egna[0].plats), kr)


def _kolumnens(dok: Dokument, celler: Sequence[Cell], slag: str) -> list[Cell]:
    """The results of the columns that are of the forecast, or of this year's part of the year."""
    if slag == "prognos":
        return [c for c in celler if c.kolumn.slag == "prognos"]
    return [c for c in celler if c.kolumn.period and c.kolumn.period[0] == dok.år and c.kolumn.slag != "budget"]
