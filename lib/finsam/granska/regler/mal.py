"""G10, G13, G14: goals for the equity, decisions against the budget, years left from before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from finsam.granska.begrepp import normal, vik
from finsam.granska.fynd import Fynd, ställe
from finsam.granska.grund import Cell, Underlag, etikett, skriv
from finsam.granska.lasa.dokument import Dokument
from finsam.granska.lasa.meningar import Mening
from finsam.granska.lasa.siffror import FAKTOR, Tal, tal_i_text
from finsam.granska.sakerhet import intygad

_KAPITALTAK = re.compile(r"(?:inte overstiga|max|hogst|inte overskrida)")


def check_kapitalmål(u: Underlag) -> Iterator[Fynd]:
    """G10: a ceiling for the equity in kronor, against what the same plan or report ends the year with."""
    for d, dok in enumerate(u.dokument):
        ut = [
            c for c in u.celler.values() if c.plats[0] == d and c.begrepp == "ek_ut" and c.kolumn.år and c.enhet == "kr"
        ]
        ut = [c for c in ut if c.kolumn.slag not in ("avvikelse", "andel")]
        for mening in dok.meningar:
            vikt = vik(mening.text)
            if not re.search(r"\beg(?:et|na) kapital", vikt) or not re.search(r"\b(?:ska|skall|far)\b", vikt):
                continue
            när = _när_målet_gäller(dok, vikt, ut)
            då = [c for c in ut if c.kolumn.år == när]
            if len({c.kr for c in då}) != 1:
                continue
            for tal in tal_i_text(mening.text):
                före = vik(mening.text[: tal.början])[-40:]
                if tal.värde is None or tal.enhet not in ("kr", "tkr") or not _KAPITALTAK.search(före):
                    continue
                tak = tal.värde * FAKTOR[tal.enhet]
                u.räkna("G10")
                if då[0].kr > tak:
                    yield _kapitalfynd(u, dok, mening, tal.tryckt, tal.början, tak, då[0])


def _när_målet_gäller(dok: Dokument, vikt: str, ut: list[Cell]) -> int | None:
    """The year that a goal is for: the one it names, the last of the plan when it says its end, else the document's."""
    åren = {int(år) for år in re.findall(r"(?<!\d)20\d\d(?!\d)", vikt)}
    if len(åren) == 1:
        return åren.pop()
    if re.search(r"\bperioden|\bplanperiod", vikt):
        return max((c.kolumn.år or 0 for c in ut), default=None)
    return dok.år


def _kapitalfynd(u: Underlag, dok: Dokument, mening: Mening, tryckt: str, läge: int, tak: Decimal, ut: Cell) -> Fynd:
    text = (
        f"Målet är att eget kapital är högst {tryckt}. Det stämmer inte med {etikett(ut.etikett)} {ut.kolumn.år}:"
        f" {skriv(ut.kr)} kr."
    )
    return Fynd(
        "G10",
        "att ta ställning till",
        3,
        u.läsning(ut.plats) * intygad(1 + u.intygade.get(ut.plats, 0)),
        text,
        (ställe(dok.fil, mening.rad(läge), tryckt), u.ställe(ut)),
        f"{skriv(ut.kr)} − {skriv(tak)} = {skriv(ut.kr - tak)}",
        ut.kr - tak,
    )


_BESLUTAR = re.compile(r"(?i)\bbesluta(?:r|de)\b|\batt (?:fastställa|fördela|anvisa|avsätta)\b")
_TILL_RAD = re.compile(r"\s*(?:kronor|kr|tkr|mnkr)?\s*(?:till|för)\s+([a-zåäö]+)")


def check_beslutat(u: Underlag) -> Iterator[Fynd]:
    """G13: a decision over several amounts, where one is in no table and the row it is for has another."""
    for d, dok in enumerate(u.dokument):
        celler = [c for p, c in u.celler.items() if p[0] == d and c.enhet in ("kr", "tkr", "mnkr")]
        värden = {abs(c.kr) for c in celler}
        for mening in dok.meningar:
            tal = [t for t in tal_i_text(mening.text) if t.värde and t.enhet in ("kr", "tkr", "mnkr")]
            utan = [t for t in tal if t.storlek * FAKTOR[t.enhet] not in värden]
            if len(tal) < 2 or len(utan) != 1 or not _BESLUTAR.search(mening.text):
                continue
            u.räkna("G13")
            ett = utan[0]
            rad = _TILL_RAD.match(mening.text[ett.början + len(ett.tryckt) :])
            raden = [
                c
                for c in celler
                if rad and normal(c.etikett).removeprefix("summa ") == vik(rad[1]) and c.kolumn.år == dok.år
            ]
            raden = [c for c in raden if c.kolumn.slag not in ("avvikelse", "andel") and u.intygade.get(c.plats)]
            if raden and len({abs(c.kr) for c in raden}) == 1:
                yield _beslutsfynd(u, d, mening, ett, raden[0])


def _beslutsfynd(u: Underlag, d: int, mening: Mening, tal: Tal, cell: Cell) -> Fynd:
    text = (
        f"Beslutet säger {tal.tryckt} och stämmer inte med raden ”{etikett(cell.etikett)}” {cell.kolumn.rubrik[:20]}:"
        f" {skriv(abs(cell.värde))} {cell.enhet}."
    )
    kr = tal.storlek * FAKTOR[tal.enhet]
    return Fynd(
        "G13",
        "att ta ställning till",
        3,
        u.läsning(cell.plats) * intygad(1 + u.intygade.get(cell.plats, 0)),
        text,
        (ställe(u.dokument[d].fil, mening.rad(tal.början), tal.tryckt), u.ställe(cell)),
        f"{skriv(kr)} − {skriv(abs(cell.kr))} = {skriv(kr - abs(cell.kr))}",
        kr - abs(cell.kr),
    )


_ANSLÅ = re.compile(r"(?i)\banslå\w*\s+(\d{1,3}(?:[ \u00a0]\d{3})+)\s*kr")


def check_beslut(u: Underlag) -> Iterator[Fynd]:
    """G13: what the decision grants, all together, is what the budget costs."""
    for d, dok in enumerate(u.dokument):
        beslut = [(m, t) for m in dok.meningar for t in _ANSLÅ.finditer(m.text)]
        kostnader = [
            c
            for c in u.celler.values()
            if c.plats[0] == d and c.begrepp == "kostnader" and c.kolumn.år == dok.år and u.intygade.get(c.plats)
        ]
        if len(beslut) < 2 or not kostnader:
            continue
        u.räkna("G13")
        tal = [Decimal(re.sub(r"\s", "", t[1])) for _, t in beslut]
        hela = kostnader[0]
        if sum(tal) == abs(hela.kr):
            continue
        värden = {abs(c.kr) for c in u.celler.values() if c.plats[0] == d}
        if any(abs(sum(tal) - värde) <= 1 for värde in värden) or not any(t in värden for t in tal):
            continue
        utan = [(m, t) for (m, t), värde in zip(beslut, tal, strict=True) if värde not in värden]
        if len(utan) != 1:
            continue
        mening, träff = utan[0]
        kvar = abs(hela.kr) - sum(värde for värde in tal if värde in värden)
        text = (
            f"Beslutet anslår {träff[1]} kr, och det stämmer inte med budgeten: kostnaderna {skriv(abs(hela.kr))} utom"
            f" det andra som anslås är {skriv(kvar)} kr."
        )
        belopp = Decimal(re.sub(r"\s", "", träff[1]))
        yield Fynd(
            "G13",
            "att ta ställning till",
            3,
            u.läsning(hela.plats) * intygad(sum(ett in värden for ett in tal)),
            text,
            (ställe(dok.fil, mening.rad(träff.start(1)), träff[1]), u.ställe(hela)),
            f"{skriv(abs(hela.kr))} − {skriv(abs(hela.kr) - kvar)} = {skriv(kvar)}; beslutat {skriv(belopp)}",
            belopp - kvar,
        )


_MÖTENAS_ÅR = re.compile(
    r"(?i)\b(?:under|i) (20\d\d)\b(?=[^.;]*\bstyrelse)(?=[^.;]*\b(?:sammanträ\w+|möten|styrelsemöten)\b)[^.;]*\bhar\b"
    r"|\bstyrelsen har\b[^.;\d]*\bunder (20\d\d)\b[^.;]*\b(?:sammanträ\w+|möten)\b"
)
_PERIODMÅL = re.compile(
    r"(?i)(?:perioden|helår)[^.]{0,40}?\b(20\d\d)\b[^.]{0,25}\bär målet\b"
    r"|^\W*(?:förbundets\s+)?mål(?:en)? för (20\d\d)\b"
)


def check_år(u: Underlag) -> Iterator[Fynd]:
    """G14: a goal for a year that is not the report's; a heading with years that its table does not have."""
    for d, dok in enumerate(u.dokument):
        if dok.år is None:
            continue
        for mening in dok.meningar:
            yield from _mötenas_år(u, d, dok, mening)
            träff = _PERIODMÅL.search(mening.text)
            u.räkna("G14", int(bool(träff)))
            if not träff or str(dok.år) in mening.text:
                continue
            del_ = 1 if träff[1] else 2
            rubrik = mening.rader[0][1].rubrik
            motsägs = str(dok.år) in rubrik if del_ == 2 else int(träff[1]) == dok.år - 1 and not dok.är_plan
            if motsägs and int(träff[del_]) < dok.år:
                text = f"Målet gäller {träff[del_]} och stämmer inte med att dokumentet handlar om {dok.år}."
                plats = ställe(dok.fil, mening.rad(träff.start(del_)), träff[del_])
                säkerhet = u.läsning_av_text(d, mening.rad(träff.start(del_))) * intygad(_om_året(dok))
                yield Fynd("G14", "bra att veta", 1, säkerhet, text, (plats,))
        yield from _rubrikår(u, d, dok)


def _mötenas_år(u: Underlag, d: int, dok: Dokument, mening: Mening) -> Iterator[Fynd]:
    """The board has met in the year before: the sentence is last year's, when this year is not in it."""
    träff = _MÖTENAS_ÅR.search(mening.text)
    if not träff or dok.är_plan or not _titelår(dok):
        return
    u.räkna("G14")
    år = träff[1] or träff[2]
    if int(år) == (dok.år or 0) - 1 and len(set(re.findall(r"(?<!\d)20\d\d(?!\d)", mening.text))) == 1:
        rad = mening.rad(träff.start())
        text = f"Styrelsens möten sägs vara under {år} och stämmer inte med att dokumentet handlar om {dok.år}."
        plats = ställe(dok.fil, rad, år)
        yield Fynd("G14", "bra att veta", 1, u.läsning_av_text(d, rad) * intygad(_om_året(dok)), text, (plats,))


def _rubrikår(u: Underlag, d: int, dok: Dokument) -> Iterator[Fynd]:
    """A heading of years over a table whose columns go further."""
    for t, tabell in enumerate(dok.tabeller):
        träff = re.search(r"(20\d\d)\s?[-–]\s?(20\d\d)\s*$", tabell.rubrik or "")
        åren = {k.år for k in tabell.kolumner if k.år}
        if not träff or len(åren) < 2:
            continue
        u.räkna("G14")
        rubrik = set(range(int(träff[1]), int(träff[2]) + 1))
        utom = {int(å) for å in re.findall(r"20\d\d", tabell.rubrik)} - rubrik
        if utom or rubrik == åren or not rubrik < åren:
            continue
        rad = next((r for r in dok.rader if r.text == tabell.rubrik), None)
        första = next((c for p, c in u.celler.items() if p[:2] == (d, t)), None)
        if rad is None or första is None:
            continue
        text = f"Rubriken säger {träff[0].strip()} och stämmer inte med tabellen, som har {min(åren)}–{max(åren)}."
        säkerhet = u.läsning_av_text(d, rad) * intygad(sum(bool(k.år) for k in tabell.kolumner))
        yield Fynd("G14", "bra att veta", 1, säkerhet, text, (ställe(dok.fil, rad, träff[1], träff[2]),))


def _om_året(dok: Dokument) -> int:
    """How many of the title and of the tables' first columns say the year of a document."""
    return _titelår(dok) + sum(tabell.kolumner[0].år == dok.år for tabell in dok.tabeller if tabell.kolumner)


def _titelår(dok: Dokument) -> bool:
    """The year of a document stands in its first lines, and not only over its tables."""
    return any(str(dok.år) in rad.text for rad in dok.rader[:10])
