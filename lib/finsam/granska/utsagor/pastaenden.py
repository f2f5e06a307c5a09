"""G10, G14, G17, G18: what a sentence says of the förbund, and what another sentence or the figures say against it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from finsam.granska.begrepp import I_TEXT, ORD, vik
from finsam.granska.fynd import Fynd, ställe
from finsam.granska.grund import BELOPP, NOLL, Cell, Underlag, etikett, skriv
from finsam.granska.lasa.meningar import Mening
from finsam.granska.lasa.rad import Rad
from finsam.granska.lasa.siffror import FAKTOR, Tal, tal_i_text

# --- a trend that is broken -------------------------------------------------------------------------------------------

_TREND = re.compile(
    r"\b(?:bryt\w*|brot|brutit|brutits|vant|vande|vanda)\b.{0,40}\btrend\w* (?:dar|av att|med att|att)\b"
    r"(?P<vad>.{0,60}?)\b(?P<ord>okat|okar|minskat|minskar)\b"
)


def check_trend(u: Underlag) -> Iterator[Fynd]:
    """G18: the trend that is said to be broken goes on in the year's own figures."""
    for d, dok in enumerate(u.dokument):
        for mening in dok.meningar if dok.år else ():
            träff = _TREND.search(vik(mening.text))
            namn = next((n for n, mönster in I_TEXT if mönster.search(träff["vad"])), "") if träff else ""
            nu, förra = (_årets(u, d, namn, år) for år in (dok.år or 0, (dok.år or 0) - 1))
            if not träff or not nu or not förra:
                continue
            u.räkna("G18")
            if nu.kr != förra.kr and (nu.kr > förra.kr) == träff["ord"].startswith("ok"):
                hur = "ökat" if nu.kr > förra.kr else "minskat"
                vad = f"{ORD[namn]} går från {skriv(förra.värde)} {förra.enhet} till {skriv(nu.värde)} {nu.enhet}"
                rader = dict.fromkeys((_raden(mening, "trend"), _raden(mening, träff["ord"])))
                yield Fynd(
                    "G18",
                    "att ta ställning till",
                    2,
                    u.läsning_av_text(d, *rader) * u.läsning(nu.plats, förra.plats),
                    f"Texten säger att en trend där det har {hur} är bruten, men {vad}.",
                    (*(ställe(dok.fil, rad) for rad in rader), u.ställe(nu), u.ställe(förra)),
                    f"{skriv(nu.kr)} − {skriv(förra.kr)} = {skriv(nu.kr - förra.kr)}",
                )


def _årets(u: Underlag, d: int, namn: str, år: int) -> Cell | None:
    """The certified figure of a concept in a year, where the tables have one and the same; the finest printed."""
    slag = ("", "budget") if u.dokument[d].är_plan else ("", "utfall")
    celler = [
        c
        for p, c in u.celler.items()
        if p[0] == d and namn and c.begrepp == namn and c.kolumn.år == år and c.enhet in BELOPP and u.intygade.get(p)
    ]
    celler = [c for c in celler if c.kolumn.slag in slag and not c.kolumn.period]
    fin = min(celler, key=lambda c: c.steg, default=None)
    return fin if fin and all(abs(c.kr - fin.kr) <= c.steg for c in celler) else None


def _raden(mening: Mening, ord_: str) -> Rad:
    """The line of a sentence that a word stands on, letters folded."""
    return next((rad for _, rad in mening.rader if ord_ in vik(rad.text)), mening.rader[0][1])


# --- no one employed, and those who are -------------------------------------------------------------------------------

_INGEN = re.compile(r"\bforbund\w*\b.{0,30}\b(?:har (?:ingen|inga)|saknar) (?:egen |egna )?anstalld")
_NÅGRA = re.compile(
    r"\b(?:forbunds\w+ och dess|forbundet och dess|forbundets|samordningsforbundets) anstallda\b"
    r"|\banstalld(?:a)? (?:av|i|hos) (?:samordnings)?forbundet\b"
)
_NEKAR = re.compile(r"\b(?:ingen|inga|inte|ej|saknar|utan)\b")


def check_anställda(u: Underlag) -> Iterator[Fynd]:
    """G17: the förbund has no one employed, and its employees are spoken of."""
    for d, dok in enumerate(u.dokument):
        ingen = [m for m in dok.meningar if _INGEN.search(vik(m.text))]
        några = [m for m in dok.meningar if _NÅGRA.search(vik(m.text)) and not _NEKAR.search(vik(m.text))]
        u.räkna("G17", len(ingen))
        if ingen and några:
            rader = [_raden(m, "anstalld") for m in (ingen[0], några[0])]
            text = "Förbundet sägs inte ha någon anställd, och på ett annat ställe talas det om dess anställda."
            platser = tuple(ställe(dok.fil, rad) for rad in rader)
            yield Fynd("G17", "att ta ställning till", 2, u.läsning_av_text(d, *rader), text, platser)


_DELÅR = re.compile(r"\bmal(?:et|en)?\b.*\b(?:uppfyllt|uppfyllda|uppnatt|uppnadda|natt|nas)\b.{0,20}\bpa delarsbasis\b")


def check_delår(u: Underlag) -> Iterator[Fynd]:
    """G14: the grade of a goal is that of a part of the year, in the report of the whole."""
    for d, dok in enumerate(u.dokument):
        början = " ".join(rad.text for rad in dok.rader[:25]).lower()
        if "årsredovisning" not in början or re.search(r"delårs(?:rapport|bokslut|redovisning)", början):
            continue
        for nr, rad in enumerate(dok.rader):
            nära = dok.rader[max(0, nr - 3) : nr + 1]  # the words of a narrow cell are lines by themselves
            if "delarsbasis" in vik(rad.text) and _DELÅR.search(vik(" ".join(r.text for r in nära))):
                u.räkna("G14")
                text = "Målets bedömning är gjord på delårsbasis och stämmer inte med att rapporten är för hela året."
                plats = ställe(dok.fil, rad)
                yield Fynd("G14", "bra att veta", 1, u.läsning_av_text(d, *nära), text, (plats,))


# --- equity that is to be used, or to be no more than so much ---------------------------------------------------------

_NYTTJA = re.compile(
    r"\b(?:mal(?:et|en)?|ska|skall)\b.*\b(?:nyttja|anvanda|forbruka|minska) (?:av )?(?:det |de |sitt |vart )?"
    r"(?:egna |eget |tidigare )?(?:overskott|kapital)"
)
_TAK = re.compile(r"(?:inte overstiga|max|hogst|inte overskrida) $")
_UTGÅENDE = re.compile(r"\b(?:utgaende eget kapital|eget kapital (?:per|vid)|det egna kapitalet (?:per|vid))\b")


def check_kapital_i_plan(u: Underlag) -> Iterator[Fynd]:
    """G10: the goal of a plan for its equity, against the result of its budget."""
    for d, dok in enumerate(u.dokument):
        år = dok.år if dok.är_plan else None
        resultat = _årets(u, d, "resultat", år) if år else None
        if år is None or resultat is None:
            continue
        for mening in dok.meningar:
            vikt = vik(mening.text)
            if _NYTTJA.search(vikt) and not _NEKAR.search(vikt):
                u.räkna("G10")
                if _i_perioden(u, resultat) > 0 and resultat.kr > 0:
                    yield _sparar(u, d, mening, resultat)
            if re.search(r"\beg(?:et|na) kapital", vikt) and re.search(r"\b(?:ska|skall|far)\b", vikt):
                yield from _över_taket(u, d, mening, år, resultat)


def _i_perioden(u: Underlag, resultat: Cell) -> Decimal:
    """The results of all years of the plan together."""
    rad = (c for p, c in u.celler.items() if p[:3] == resultat.plats[:3] and c.kolumn.slag in ("", "budget"))
    return sum((c.kr for c in rad), NOLL)


def _sparar(u: Underlag, d: int, mening: Mening, resultat: Cell) -> Fynd:
    rad = _raden(mening, "overskott" if "overskott" in vik(mening.text) else "kapital")
    text = (
        f"Målet är att använda av det egna kapitalet. Det stämmer inte med budgeten, där {etikett(resultat.etikett)}"
        f" {resultat.kolumn.år} är ett överskott: {skriv(resultat.värde)} {resultat.enhet}."
    )
    return Fynd(
        "G10",
        "att ta ställning till",
        2,
        u.läsning_av_text(d, *(r for _, r in mening.rader)) * u.läsning(resultat.plats),
        text,
        (ställe(u.dokument[d].fil, rad), u.ställe(resultat)),
        f"{skriv(resultat.kr)}",
    )


def _över_taket(u: Underlag, d: int, mening: Mening, år: int, resultat: Cell) -> Iterator[Fynd]:
    """What the sentences say that the year begins with and the result are more than the ceiling of the year."""
    tabell = [c for p, c in u.celler.items() if p[0] == d and c.begrepp == "ek_ut" and c.kolumn.år == år]
    ingående = _ingående(u, d, år)
    nämnda = set(re.findall(r"(?<!\d)20\d\d(?!\d)", mening.text))
    if tabell or ingående is None or nämnda != {str(år)}:
        return
    början, in_ = ingående
    for tal in tal_i_text(mening.text):
        if tal.värde and tal.enhet in BELOPP and _TAK.search(vik(mening.text[: tal.början])):
            tak, in_kr = (t.storlek * FAKTOR[t.enhet] for t in (tal, in_))
            ut = in_kr + resultat.kr
            u.räkna("G10")
            if ut > tak and in_kr > tak:
                text = (
                    f"Målet är att eget kapital är högst {tal.tryckt}. Det stämmer inte med {in_.tryckt} när året"
                    f" börjar och budgetens {etikett(resultat.etikett)}, som ger {skriv(ut)} kr."
                )
                rader = (mening.rad(tal.början), början.rad(in_.början))
                platser = (ställe(u.dokument[d].fil, rad, t.tryckt) for rad, t in zip(rader, (tal, in_), strict=True))
                yield Fynd(
                    "G10",
                    "att ta ställning till",
                    3,
                    u.läsning_av_text(d, *rader) * u.läsning(resultat.plats),
                    text,
                    (*platser, u.ställe(resultat)),
                    f"{skriv(in_kr)} + {skriv(resultat.kr)} = {skriv(ut)}; högst {skriv(tak)}",
                    ut - tak,
                )


def _ingående(u: Underlag, d: int, år: int) -> tuple[Mening, Tal] | None:
    """The equity that a sentence says that the year before ends with: the last amount of the sentence."""
    for mening in u.dokument[d].meningar:
        tal = [t for t in tal_i_text(mening.text) if t.värde and t.enhet in BELOPP]
        if tal and _UTGÅENDE.search(vik(mening.text)) and re.search(rf"31(?:/12/| december ){år - 1}", mening.text):
            return mening, tal[-1]
    return None
