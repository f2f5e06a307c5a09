"""G09, G17, G18: figures in sentences against the tables, counts said twice, and words for which way it went."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from finsam.granska.begrepp import I_TEXT, ORD, begrepp, normal, vik
from finsam.granska.fynd import Fynd, ställe
from finsam.granska.lasa.meningar import Mening
from finsam.granska.lasa.siffror import FAKTOR, Tal, som_tal, tal_i_text
from finsam.granska.regler.forklara import en_siffra, omkastade
from finsam.granska.regler.grund import Cell, Underlag, etikett, siffror, skriv

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
_STEG = {"kr": Decimal(1), "tkr": Decimal(1000), "mnkr": Decimal(1_000_000)}
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
        celler = [c for p, c in u.celler.items() if p[0] == d and c.enhet in _STEG and c.värde]
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
                if tal.värde and tal.enhet in _STEG and siffror(tal.värde) >= 2:
                    yield from _belopp(u, d, mening, förra, tal, celler, per_värde, i_text)
            förra = mening


def _noggrannhet(tal: Tal) -> Decimal:
    return FAKTOR[tal.enhet].scaleb(-tal.decimaler)


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
    kr, steg = tal.storlek * FAKTOR[tal.enhet], _noggrannhet(tal)
    finns = kr in per_värde or any(abs(värde - kr) <= steg / 2 for värde in per_värde)
    u.räkna("G09")
    träff = _begreppet(u, d, mening, tal, celler)
    if träff is not None:
        cell, säkerhet = träff
        if abs(abs(cell.kr) - kr) <= max(steg, cell.steg) * Decimal("0.501") or abs(abs(cell.kr) - kr) <= cell.steg:
            return
        if not finns or säkerhet > 0.84:
            yield _fynd(u, d, mening, tal, cell, säkerhet * u.läsning(cell.plats), kr)
            return
    if not finns and i_text[kr] < 2 and siffror(tal.värde or Decimal(0)) >= 3:
        nära = _slip(mening, förra, tal, celler)
        if nära is not None:
            yield _fynd(u, d, mening, tal, nära, 0.86 * max(0.9, u.läsning(nära.plats)), kr)


def _begreppet(u: Underlag, d: int, mening: Mening, tal: Tal, celler: Sequence[Cell]) -> tuple[Cell, float] | None:
    """The figure that the words right before an amount name: a concept, a verb, and the year that is meant."""
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
    dok = u.dokument[d]
    år = åren[-1] if åren else dok.år
    andra = [int(å) for å in _ÅRTAL.findall(mening.text)]
    if not åren and andra:
        return None
    kandidater = [
        c
        for c in celler
        if c.begrepp == namn and c.kolumn.år == år and c.kolumn.slag not in ("avvikelse", "andel", "antal")
    ]
    if not dok.är_plan:
        kandidater = [c for c in kandidater if c.kolumn.slag not in ("budget", "prognos")]
    if not kandidater or len({abs(c.kr) for c in kandidater if c.enhet == "kr"}) > 1:
        return None
    bäst = max(kandidater, key=lambda c: (c.enhet == "kr", u.intygade.get(c.plats, 0)))
    return (bäst, 0.86) if u.intygade.get(bäst.plats, 0) else None


def _slip(mening: Mening, förra: Mening | None, tal: Tal, celler: Sequence[Cell]) -> Cell | None:
    """A figure of a row that the sentence names, but for one digit or two that have changed places."""
    ord_ = {o for o in vik(mening.text + (" " + förra.text if förra else "")).split() if len(o) > 4}
    for cell in celler:
        if cell.enhet != tal.enhet or cell.tal.decimaler != tal.decimaler or siffror(cell.värde) < 3:
            continue
        a, b = tal.storlek, abs(cell.värde)
        if not (omkastade(a, b) or en_siffra(a, b)) or a < 1000:
            continue
        namn = {o for o in normal(cell.etikett).split() if len(o) > 4} - _OVIKTIGA
        if namn and any(_samma_ord(n, o) for n in namn for o in ord_):
            return cell
    return None


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


# --- which way it went -----------------------------------------------------------------------------------------------

_TALET = r"(\d{1,3}(?:[ \u00a0]\d{3})+|\d+(?:,\d+)?)\s*(%|procent|tkr|mnkr|kr|kronor)?"
_FRÅN_TILL = re.compile(
    rf"\b(öka(?:t|de|r)?|stig(?:it|er)|steg|minska(?:t|de|r)?|sjunk(?:it|er)|sjönk|gick (?:ner|ned|upp))\b"
    rf"[^.;]{{0,60}}?"
    rf"\bfrån\s+{_TALET}\s*(?:\((?:\d{{4}})\))?[^.;\d]{{0,40}}?(?:\(?\d{{4}}\)?\s+)?\btill\s+{_TALET}"
)
_RIKTNING = re.compile(r"\b(?:öka|stig|steg\b|minska|sjunk|sjönk|upp\b|ner\b|ned\b)")
_UPP = re.compile(r"öka|stig|steg|upp")


def check_riktning(u: Underlag) -> Iterator[Fynd]:
    """G18: from one figure to another, and the word for it."""
    for d, dok in enumerate(u.dokument):
        for mening in dok.meningar:
            for träff in _FRÅN_TILL.finditer(mening.text):
                ord_, från, e1, till, e2 = träff.groups()
                if _RIKTNING.search(mening.text[träff.end(1) : träff.end()]):
                    continue  # another word stands nearer
                if e1 and e2 and e1 != e2:
                    continue
                a, b = map(som_tal, (från, till))
                if a == b or (not (e1 or e2) and 1990 < a < 2100):
                    continue
                u.räkna("G18")
                if (b > a) != bool(_UPP.search(ord_)):
                    text = (
                        f"Texten säger ”{ord_}” från {från.strip()} till {till.strip()}, men det går åt andra hållet."
                    )
                    rader = dict.fromkeys(mening.rad(träff.start(nr)) for nr in (1, 2, 4))
                    platser = tuple(ställe(dok.fil, rad, från, till) for rad in rader)
                    nära = träff.start(2) - träff.end(1) < 30
                    yield Fynd(
                        "G18",
                        "att ta ställning till",
                        2,
                        u.läsning_av_text(d, *rader) * (0.97 if e1 and e2 else 0.9) * (0.97 if nära else 0.93),
                        text,
                        platser,
                        f"{till.strip()} − {från.strip()}",
                        b - a,
                    )


# --- counts -----------------------------------------------------------------------------------------------------------

_ANTAL = (
    ("avslutade", re.compile(r"(?i)^\W*avslutade deltagare\W{1,3}(\d{1,4})\b")),
    ("avslutade", re.compile(r"(?i)\b(\d{1,4}) deltagare (?:avslutades|har avslutats)\b")),
    ("nya", re.compile(r"(?i)^\W*nya deltagare\W{1,3}(\d{1,4})\b")),
    ("nya", re.compile(r"(?i)\b(\d{1,4}) nya deltagare (?:registrerades|har registrerats|skrevs in)\b")),
    ("totalt", re.compile(r"(?i)^\W*(?:totalt antal deltagare|antal deltagare totalt)\W{1,3}(\d{1,4})\b")),
    ("totalt", re.compile(r"(?i)\b(\d{1,4}) deltagare har (?:varit inskrivna|deltagit)\b")),
)
_ÄR_MÅL = re.compile(r"(?i)\b(?:målet?|ska|skall|minst|planera\w*|budget\w*)\b")


def check_antal(u: Underlag) -> Iterator[Fynd]:
    """G17: the same count of participants in a list and in a sentence; several of a form are several insatser."""
    for d, dok in enumerate(u.dokument):
        funna: dict[str, dict[int, list[tuple[Mening, re.Match[str]]]]] = defaultdict(lambda: defaultdict(list))
        for mening in dok.meningar:
            for form, (vad, mönster) in enumerate(_ANTAL):
                träff = mönster.search(mening.text)
                if träff and not _ÄR_MÅL.search(mening.text[: träff.end()]):
                    funna[vad][form].append((mening, träff))
        for vad, former in funna.items():
            u.räkna("G17", len(former) - 1)
            if len(former) != 2 or any(len(alla) > 1 for alla in former.values()):
                continue
            [(lista, i_listan)], [(mening, träff)] = (former[form] for form in sorted(former))
            if i_listan[1] == träff[1]:
                continue
            text = f"{träff[1]} deltagare ({vad}) stämmer inte med {i_listan[1]} på det andra stället."
            ställen = (
                ställe(dok.fil, mening.rad(träff.start(1)), träff[1]),
                ställe(dok.fil, lista.rad(i_listan.start(1)), i_listan[1]),
            )
            skillnad = Decimal(träff[1]) - Decimal(i_listan[1])
            tal = f"{träff[1]} − {i_listan[1]} = {skriv(skillnad)}"
            läsning = u.läsning_av_text(d, mening.rad(träff.start(1)), lista.rad(i_listan.start(1)))
            nära = 0.96 if mening.rader[0][1].rubrik == lista.rader[0][1].rubrik else 0.93  # under one heading
            yield Fynd("G17", "att ta ställning till", 3, läsning * nära * 0.92, text, ställen, tal, skillnad)


def check_par(u: Underlag) -> Iterator[Fynd]:
    """G08: an amount and its share in one sentence, tried against everything that it may reasonably be a share of."""
    par = re.compile(
        r"(?P<belopp>\d{1,3}(?:[ \u00a0]\d{3})+|\d+,\d+(?=\s*mnkr)|\d+(?=\s*tkr))\s*(?P<enhet>tkr|mnkr|kr)\w*"
        r"(?:,?\s+(?:vilket|som|det)?\s*(?:motsvarar|är|alltså|dvs\.?)|\s*=)\s*(?:ca\s+)?"
        r"(?P<andel>\d{1,2}(?:,\d+)?)\s*(?:%|procent)"
    )
    for d, dok in enumerate(u.dokument):
        baser = [c for c in u.celler.values() if c.plats[0] == d and c.enhet in _STEG and abs(c.kr) > 100_000]
        for mening in dok.meningar:
            for träff in par.finditer(mening.text):
                talen = (träff["belopp"], träff["andel"])
                belopp, andel = map(som_tal, talen)
                belopp *= FAKTOR[träff["enhet"]]
                halva = FAKTOR[träff["enhet"]].scaleb(-len(talen[0].partition(",")[2])) / 2
                spel = Decimal(1).scaleb(-len(talen[1].partition(",")[2])) * Decimal("0.55")
                u.räkna("G08")
                if not baser or any(
                    abs(belopp / abs(c.kr) * 100 - andel) <= spel + (halva + c.steg / 2) / abs(c.kr) * 100
                    for c in baser
                ):
                    continue
                namngivna = [
                    c for c in baser if begrepp(c.etikett) in ("intäkter", "medlemsbidrag", "kostnader", "tillgångar")
                ]
                if not namngivna:
                    continue
                visas = list({abs(c.kr): c for c in namngivna}.values())[:4]
                kvoter = "; ".join(
                    f"{etikett(c.etikett)} {c.kolumn.år or ''}: {skriv(round(belopp / abs(c.kr) * 100, 1))} %"
                    for c in visas
                )
                rad = mening.rad(träff.start(1))
                vad = "dokumentets intäkter, bidrag, kostnader eller tillgångar"
                text = f"{talen[0]} {träff['enhet']} är inte {talen[1]} % av något av {vad}."
                plats = ställe(dok.fil, rad, *talen)
                yield Fynd(
                    "G08", "att ta ställning till", 2, _par_säkerhet(u, d, mening, namngivna), text, (plats,), kvoter
                )


def _par_säkerhet(u: Underlag, d: int, mening: Mening, namngivna: Sequence[Cell]) -> float:
    """The reading, how much of what it is tried against is certified, and whether the sentence says of what it is."""
    läsning = u.läsning_av_text(d, *(rad for _, rad in mening.rader))
    samband = 0.86 + 0.1 * u.intygad_del(namngivna)
    nämnd = any(mönster.search(vik(mening.text)) for _, mönster in I_TEXT)
    return läsning * samband * (0.95 if nämnd else 0.88)
