"""Results: a surplus, a deficit, costs that are more than the income, better than budget."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from finsam.checks.prosa.mening import EJ_T, ÅR, Mening, T, Tal, bundet, har_tal, har_år
from finsam.checks.prosa.ordlista import något_av, ordlista
from finsam.checks.prosa.pastaende import RESULTAT, Ordval, Påstående, Utsaga
from finsam.checks.prosa.riktning import satser
from finsam.checks.prosa.sammanhang import Sammanhang
from finsam.model.belopp import NOLL, kr
from finsam.model.fakta import Fakta
from finsam.model.monster import Mönster
from finsam.statements.redovisning import Redovisning, en_gång

_RESULTATORD = "skott|förlust|vinst|plus|minus|positivt|negativt"
"""What one of is in each word for a surplus or a deficit (ordlista.yml)."""
_ÖVERSKOTT = Mönster(
    rf"(?P<ord>{något_av('överskott', 'underskott')})(?P<m>{EJ_T}{{0,45}}?)(?P<t>{T}(?:(?:,\s|\soch\s){T})*)",
    _RESULTATORD,
)
_ANNAT_EMELLAN = (
    rf"{något_av('överskott', 'underskott', 'nekande', 'tänkt', 'ökning', 'minskning', 'verb')}|(?:med|mot|än|till)\s$"
)
_ÄR = rf"\s(?:{ÅR}\s)?(?:är|var|blev|blir|(?:är|var)\sstörst\s{ÅR},)\s"


def _överskott(mening: Mening, sats: str, träff: re.Match[str]) -> Iterator[Utsaga]:
    """A surplus is a plus and a deficit a minus."""
    ord_, mellan = träff["ord"], träff["m"]
    if re.search(_ANNAT_EMELLAN, mellan) and not re.fullmatch(_ÄR, mellan):
        return
    plus = bool(re.fullmatch(något_av("överskott"), ord_))
    if re.search(rf"{något_av('nekande')}\s$|i\sstället\sför\s(?:ett\s)?$", sats[: träff.start()]):
        return
    for tal in mening.talen(träff["t"]):
        värde = tal.fakta.värde if tal.fakta else None
        om_resultat = bool(RESULTAT.search(tal.id)) and ".avvikelse" not in tal.id
        if tal.id.startswith("uppgift."):
            # What is written down may be a deficit without minus, never a surplus with one.
            om_resultat = (värde or NOLL) < 0 and bool(re.search("budget|resultat", tal.id))
        if värde and (om_resultat or tal.id.endswith(".overskott")):
            yield Påstående(ord_, 1 if plus else -1, NOLL, värde, _med_tecken(tal))


def _med_tecken(tal: Tal) -> str:
    """The figure with its sign, also where the text leaves it out."""
    return bundet(tal.fakta, []).visat if tal.fakta else tal.visat


_ÖVER_KOSTNADERNA = Mönster(
    rf"(?P<ena>kostnaderna|intäkterna){EJ_T}{{0,40}}?(?P<t>{T})\s(?P<ord>högre|större|lägre|mindre)\sän\s(?P<andra>kostnaderna|intäkterna)",
    "kostnaderna|intäkterna",
    "än",
)
_TECKEN = Mönster(
    r"(?P<vad>balanskravsresultatet|årets\sresultat)\s(?:är|blev)\s(?P<ord>negativt|positivt)(?!\w)",
    "resultat",
    "negativt|positivt",
)


_ÖVERSTEG = Mönster(
    rf"(?P<ena>kostnaderna|intäkterna)\s(?P<ord>översteg|överstiger|understeg|understiger)\s(?:kostnaderna|intäkterna)\smed\s(?P<t>{T})",
    "överst|underst",
    "kostnaderna|intäkterna",
)


def _över_kostnaderna(mening: Mening, sats: str) -> Iterator[Utsaga]:
    """Costs that are more than the income are a deficit, by the result that says how much."""
    for träff in (*_ÖVER_KOSTNADERNA.finditer(sats), *_ÖVERSTEG.finditer(sats)):
        tal = mening.talet(träff["t"])
        if (
            tal.fakta
            and tal.fakta.värde
            and RESULTAT.search(tal.id)
            and not re.search(något_av("nekande", "tänkt"), sats)
        ):
            över = träff["ord"].startswith(("högre", "större", "över")) == (träff["ena"] == "intäkterna")
            yield Påstående(träff["ord"], 1 if över else -1, NOLL, tal.fakta.värde, _med_tecken(tal))


def _med_vilket_tecken(mening: Mening, s: Sammanhang) -> Iterator[Utsaga]:
    """That the year's result is negative."""
    for träff in _TECKEN.finditer(mening.text):
        resultat = s.fakta({"årets resultat": "rr.arets_resultat"}.get(träff["vad"], "balanskrav.resultat"))
        if resultat and resultat.värde:
            väntat = 1 if träff["ord"] == "positivt" else -1
            yield Påstående(träff["ord"], väntat, NOLL, resultat.värde, bundet(resultat, []).visat)


_ÅRET = Mönster(rf"(?<!\w)(?P<ord>överskottet|underskottet)\s(?P<år>{ÅR})(?!\s(?:är|var))", "skottet")
_PLANÅREN = Mönster(
    r"(?<!\w)(?P<när>planåren|alla\stre\såren)\shar\s(?P<ord>överskott|underskott)(?!\w)", "skott", "åren"
)
_INTÄKTERNA = Mönster(
    r"(?<!\w)(?P<ena>intäkterna|kostnaderna)\s(?:(?:är|var|blev)\s)?(?P<ord>högre|större|lägre|mindre)\sän\s"
    r"(?:intäkterna|kostnaderna)(?!\w)",
    "intäkterna|kostnaderna",
    "än",
)
_GICK_MED = Mönster(
    r"(?<!\w)(?P<vem>förbundet|verksamheten)\s(?:gick|går|redovisar|redovisade|visar|visade|hade)\s(?:med\s)?(?:ett\s)?"
    rf"{något_av('överskott', 'underskott')}"
    rf"(?=[.,;]|$|\s(?:även|också|i\sår|{ÅR}))",
    "förbundet|verksamheten",
    _RESULTATORD,
)
_EJ_FÖRRA = "".join(rf"(?<!{ord_}\s)" for ord_ in ("förra", "nästa", "tidigare", "senaste", "föregående", "varje"))
_ÅRETS_SLAG = Mönster(
    rf"(?<!\w){_EJ_FÖRRA}årets\s(?:(?P<ord>underskott|överskott)(?!\w|\s(?:i|för|från|hos|av)\s)"
    r"|resultat\s(?:beräknas\sbli|väntas\sbli|blir|blev|är)\s(?:ett\s)?(?P<ord2>underskott|överskott)(?!\w))",
    "skott",
    "årets",
)
_I_BALANS = Mönster(
    rf"(?<!\w)budgeten\s(?:är|har)\s(?P<inte>inte\s)?(?P<ord>i\sbalans|underbalanserad)(?P<när>\salla\stre\såren|\s{ÅR})?(?=[.,;]|$)",
    "budgeten",
    "balans",
)
_ÄN_BUDGET = Mönster(
    r"(?<!\w)(?P<vad>resultatet|utfallet|överskottet|underskottet)\s(?:[^.,;]{1,30}?\soch\s)?blev\s(?:\w+\s)?"
    rf"(?P<ord>bättre|sämre|större|mindre)\sän\s(?:{något_av('budget')}|väntat)(?!\w)",
    "än",
    "blev",
    "resultatet|utfallet|skottet",
)
_SLAG = rf"(?P<ord>{något_av('överskott', 'underskott')}|(?<=blev\s)(?:negativt|positivt)|(?:över|under)skottsår\w*)"
_SLUTADE = r"(?:slutade|slutar|gick|går|visade|visar|hade|har|gett|gav|ger)(?:\smed|\sett)?"
_NÅGOT_SLAG = Mönster(_SLAG, _RESULTATORD)
_ORDNING = {"andra": 2, "tredje": 3, "fjärde": 4, "femte": 5}
_I_RAD = Mönster(rf"(?<!\w)(?P<nr>{'|'.join(_ORDNING)})\såret\si\s(?:rad|följd)(?!\w)", "rad|följd", "året")
_N = "|".join(ordlista()["räkneord"])
_SVIT = Mönster(
    rf"(?<!\w)(?P<bröts>bröts|bryter|brutits)\s[^.,;]{{0,25}}?(?P<n>{_N})\s(?:år(?:s|\sav|\smed)?\s)?{_SLAG}",
    "bröts|bryter|brutits",
)
_EFTER_ÅR = Mönster(
    rf"(?<!\w)efter\s(?P<n>{_N})\sår\s(?P<rad>i\s(?:rad|följd)\s)?(?:med|av)\s{_SLAG}", "efter", _RESULTATORD, "av|med"
)
_ÅREN_FÖRE = Mönster(
    rf"(?<!\w)(?:de\s(?P<n>{_N})\s)?åren\s(?P<när>dessförinnan|före\s(?:det|dess)|innan)\s{_SLUTADE}\s{_SLAG}(?!\w)",
    "före|innan",
    "åren",
)
_ÅREN_ÄR = Mönster(
    rf"(?<!\w)åren?\s(?P<åren>{ÅR}(?:(?:,\s|\soch\s){ÅR})*)\s{_SLUTADE}\s{_SLAG}(?!\w)",
    "åre",
    _RESULTATORD,
    "slut|gick|går|visa|ha|ge|gav",
)
_PLANENS = Mönster(
    r"(?<!\w)(?:(?P<första>de\stvå\sförsta\såren)|(?P<sista>det\s(?:tredje|sista)(?:\såret)?))\s(?:har\s)?(?:ett\s)?"
    r"(?P<ord>överskott|underskott)(?!\w)",
    "skott",
    "första|tredje|sista",
)
_RÄCKER = Mönster(
    rf"(?P<åren>{ÅR}(?:\soch\s{ÅR})?)\sräcker\s(?:medlemsbidrag\w*|intäkterna)\s(?P<inte>inte\s)?till(?!\w)", "räcker"
)
_TAS_UR = Mönster(
    r"^(?P<ord>underskottet)\s(?:tas|täcks|betalas)\s(?:ur|av|med)\sdet\segna\skapitalet(?!\w)",
    "underskottet",
    "kapitalet",
)
_STAM = 8
"""How much of a word its forms have in common."""
_MER_TILL = Mönster(r"(?<!\w)(?P<ord>mer|mindre)\s(?:pengar\s)?till\s(?P<vad>[^,.;:]{4,50})", "till", "mer|mindre")
_BUDGETEN_FÖR = Mönster(
    r"(?<!\w)(?P<ord>höjde|ökade|sänkte|minskade)\s(?:\w+\s){0,2}?budgeten\sför\s(?P<vad>[^,.;:]{4,50})",
    "budgeten",
    "för",
)
_FLYTTADE = Mönster(
    r"(?<!\w)flytta(?:de|des|t|ts)\s[^,.;:]{0,30}?från\s(?P<från>[^,.;:]{4,30}?)\still\s(?P<till>[^,.;:]{4,50})",
    "flytta",
    "från",
)
_JÄMFÖRS_MED = Mönster(r"(?<!\w)jämförs\smed\sden\s(?P<ord>ursprungliga|reviderade)\sbudgeten(?!\w)", "jämförs")
_ÄNDRAD = Mönster(
    r"(?<!\w)(?:revider|ändra|flytta|sänkte|höjde|omfördel)", "revider|ändra|flytta|sänkte|höjde|omfördel"
)


def read_resultat(mening: Mening, s: Sammanhang) -> Iterator[Utsaga]:
    """What the sentence says of results: of its own figures, or of the year's where it has none."""
    for sats in satser(mening.text):
        if har_tal(sats):
            for träff in _ÖVERSKOTT.finditer(sats):
                yield from _överskott(mening, sats, träff)
            yield from _över_kostnaderna(mening, sats)
        if ("skott" in sats or "än" in sats) and not re.search(något_av("nekande", "tänkt"), sats):
            yield from _årets(mening, sats, s)
            yield from _i_planen(mening, sats, s)
    yield from _följden(mening, s)
    for träff in _I_BALANS.finditer(mening.text):
        åren = [s.r.år.årtal + nr for nr in range(3)] if "alla" in (träff["när"] or "") else mening.åren(träff[0])
        plus = (träff["ord"] == "i balans") != bool(träff["inte"])
        yield from _tecken(mening.läst(träff[0]), s, åren or [s.r.år.årtal], plus=plus)
    if "budget" in mening.text or "flytta" in mening.text:
        yield from _ändrad_budget(mening, s)
    yield from _med_vilket_tecken(mening, s)
    for träff in _RÄCKER.finditer(mening.text):
        for ett in mening.åren(träff["åren"]):
            resultat = s.fakta("budget.resultat", str(ett))
            if resultat and resultat.värde is not None:
                räcker = resultat.värde >= 0
                yield Ordval(
                    mening.läst(träff[0]), f"talet är {bundet(resultat, []).visat}", räcker == bool(träff["inte"])
                )


def _årets(mening: Mening, sats: str, s: Sammanhang) -> Iterator[Utsaga]:
    """Of the results of the years that are named, or of the report's, in a clause that prints none of them."""
    for träff in _ÅRET.finditer(sats) if har_år(sats) else ():
        yield from _tecken(träff["ord"], s, mening.åren(träff["år"]), plus=träff["ord"] == "överskottet")
    if mening.talen(sats):
        return
    år = s.r.år.årtal
    alla = [år, år + 1, år + 2]
    for träff in _PLANÅREN.finditer(sats):
        yield from _tecken(träff["ord"], s, alla[träff["när"] == "planåren" :], plus=träff["ord"] == "överskott")
    for träff in _INTÄKTERNA.finditer(sats):
        if not re.search(r"(?<!\w)(?:ska|upprättas|regel|kräver\satt)(?!\w)", sats):
            plus = (träff["ord"] in ("högre", "större")) == (träff["ena"] == "intäkterna")
            åren = alla[1:] if "planåren" in sats else alla if "alla tre åren" in sats else mening.åren(sats) or [år]
            yield from _tecken(träff[0], s, åren, plus=plus)
    yield from _i_år(mening, sats, s)


def _i_år(mening: Mening, sats: str, s: Sammanhang) -> Iterator[Utsaga]:
    """How the report's year came out, and against its budget."""
    år = s.r.år.årtal
    for träff in _ÄN_BUDGET.finditer(sats) if " än " in sats else ():
        # What came out may be that of a goal, or of an insats.
        if träff["vad"] != "utfallet" or not (mening.insats or mening.före or "väntat" in träff[0]):
            yield from _än_budget(träff, s)
    if "skott" not in sats or mening.insats or not set(mening.åren(sats)) <= {år}:
        return
    om_insats = any(i.namn.lower() in mening.text for i in s.r.år.underlag.insatser)
    for träff in (*_GICK_MED.finditer(sats), *_ÅRETS_SLAG.finditer(sats)) if not om_insats else ():
        verksamhetens = s.fakta("rr.verksamhetens_resultat") if träff[0].startswith("verksamheten") else None
        if verksamhetens and verksamhetens.värde:
            yield _sagt(mening.läst(träff[0]), verksamhetens, plus="överskott" in träff[0])
        else:
            yield from _tecken(mening.läst(träff[0]), s, [år], plus="överskott" in träff[0])


def _än_budget(träff: re.Match[str], s: Sammanhang) -> Iterator[Utsaga]:
    """A result that is better than budget, or a surplus or deficit that is larger, when the budget had one too."""
    utfall, budget, avvikelse = (s.fakta(f"drift.resultat.{del_}") for del_ in ("utfall", "budget", "avvikelse"))
    if not (utfall and budget and avvikelse and avvikelse.värde and utfall.värde is not None and budget.värde):
        return
    if träff["ord"] in ("bättre", "sämre"):
        yield _sagt(träff[0], avvikelse, plus=träff["ord"] == "bättre")
        return
    tecken = -1 if träff["vad"] == "underskottet" else 1
    a, b = utfall.värde * tecken, budget.värde * tecken
    if a > 0 and b > 0:
        om = f"talen är {bundet(utfall, []).visat} och {bundet(budget, []).visat}"
        yield Ordval(träff[0], om, (a > b) != (träff["ord"] == "större"))


def _plus(ord_: str) -> bool:
    return ord_.startswith(("över", "ett plus", "vinst", "positivt"))


def _följden(mening: Mening, s: Sammanhang) -> Iterator[Utsaga]:
    """Years in a row that all had a surplus, or a deficit, and the one before them that had not."""
    år, text = s.r.år.årtal, mening.text
    slag = _NÅGOT_SLAG.search(text) if "år" in text else None
    if not slag or re.search(något_av("nekande", "tänkt"), text):
        return
    for träff in _I_RAD.finditer(text):
        if not mening.åren() and not re.search("budget|plan", text):
            yield from _i_rad(träff[0], s, år, _ORDNING[träff["nr"]], plus=_plus(slag["ord"]))
    for träff in _SVIT.finditer(text):
        plus, antal = _plus(träff["ord"]), ordlista()["räkneord"][träff["n"]]
        yield from _i_rad(träff[0], s, år - 1, antal, plus=plus)
        yield from _tecken(träff[0], s, [år], plus=not plus)
    for träff in _EFTER_ÅR.finditer(text):
        antal, plus = ordlista()["räkneord"][träff["n"]], _plus(träff["ord"])
        yield from _i_rad(träff[0], s, år - 1, antal, plus=plus, exakt=bool(träff["rad"]))
    for träff in _ÅREN_FÖRE.finditer(text):
        yield from _tecken(träff[0], s, _åren_före(mening, träff, år), plus=_plus(träff["ord"]))
    for träff in _ÅREN_ÄR.finditer(text) if har_år(text) else ():
        yield from _tecken(mening.läst(träff[0]), s, mening.åren(träff["åren"]), plus=_plus(träff["ord"]))


def _åren_före(mening: Mening, träff: re.Match[str], år: int) -> list[int]:
    """The years before the report's, or before the first that is named where that is what is said."""
    sagda = [ett for m in (*mening.före[-1:], mening) for ett in m.åren()]
    if not träff["när"].startswith("före") and (sagda or re.search(något_av("förra året"), mening.text)):
        return []
    antal = ordlista()["räkneord"][träff["n"]] if träff["n"] else 2
    return [min([*sagda, år]) - 1 - nr for nr in range(antal)]


def _i_planen(mening: Mening, sats: str, s: Sammanhang) -> Iterator[Utsaga]:
    """Which of a plan's years have a surplus, and what a deficit is paid with, in a clause that names no year."""
    år = s.r.år.årtal
    if "skott" not in sats or s.fakta("budget.resultat") is None:
        return
    for träff in _PLANENS.finditer(sats):
        yield from _tecken(träff[0], s, [år, år + 1] if träff["första"] else [år + 2], plus=_plus(träff["ord"]))
    for träff in _TAS_UR.finditer(sats):
        if all(ett == år for m in mening.stycke for ett in m.åren()):
            yield from _tecken(träff[0], s, [år], plus=False)


def _i_rad(ord_: str, s: Sammanhang, sista: int, antal: int, *, plus: bool, exakt: bool = True) -> Iterator[Utsaga]:
    """That so many years in a row were alike and, when it is exact, not one more, as far as they are known."""
    for nr in range(antal + exakt):
        resultat = s.fakta("rr.arets_resultat", str(sista - nr))
        if resultat and resultat.värde:
            sagt = _sagt(ord_, resultat, plus=plus if nr < antal else not plus)
            yield sagt
            if sagt.motsagt:
                return


def _tecken(ord_: str, s: Sammanhang, åren: list[int], *, plus: bool) -> Iterator[Utsaga]:
    """That the results of some years are all plus, or all minus."""
    for år in åren:
        resultat = s.fakta("rr.arets_resultat", str(år)) or s.fakta("budget.resultat", str(år))
        if resultat is None and år == s.r.år.årtal - 1:
            resultat = s.fakta("uppgift.resultat_foregaende")
        if resultat and resultat.värde:
            sagt = _sagt(ord_, resultat, plus=plus)
            yield sagt
            if sagt.motsagt:
                return


def _sagt(ord_: str, resultat: Fakta, *, plus: bool) -> Påstående:
    return Påstående(ord_, 1 if plus else -1, NOLL, resultat.värde or NOLL, bundet(resultat, []).visat)


def _ändrad_budget(mening: Mening, s: Sammanhang) -> Iterator[Utsaga]:
    """What got more, or less, when the budget was changed, by the rows that have both amounts."""
    reviderad = any(b.version == "reviderad" and b.år == s.r.år.årtal for b in s.r.år.underlag.budget)
    for träff in _JÄMFÖRS_MED.finditer(mening.text) if s.r.år.underlag.budget else ():
        om = f"bladet Budget har {'en' if reviderad else 'ingen'} reviderad budget för {s.r.år.period}"
        yield Ordval(träff[0], om, (träff["ord"] == "reviderade") != reviderad)
    stycket = " ".join(m.text for m in (*mening.före, mening))
    if not _ÄNDRAD.search(stycket) or re.search(något_av("nekande", "tänkt"), mening.text):
        return
    sagda = [(t[0], t["vad"], t["ord"] == "mer") for t in _MER_TILL.finditer(mening.text)]
    sagda += [(t[0], t["vad"], t["ord"] in ("höjde", "ökade")) for t in _BUDGETEN_FÖR.finditer(mening.text)]
    for träff in _FLYTTADE.finditer(mening.text):
        sagda += [(träff[0], träff["från"], False), (träff[0], träff["till"], True)]
    for ord_, vad, mer in sagda:
        namn, före, efter = next((rad for rad in _ändrade(s.r) if _om(rad[0], vad)), ("", NOLL, NOLL))
        if före != efter:
            om = f"{namn} är {kr(efter)} kr mot {kr(före)} kr före ändringen"
            yield Ordval(ord_, om, (efter > före) != mer)


def _om(etikett: str, ord_: str) -> bool:
    """Whether the words of a row are those of a phrase, but for how they end.

    >>> _om("Individinriktade insatser", "de individinriktade insatserna i maj"), _om("Administration", "lokalen")
    (True, False)
    """
    return all(re.search(rf"(?<!\w){re.escape(del_[:_STAM])}", ord_) for del_ in etikett.lower().split())


@en_gång
def _ändrade(r: Redovisning) -> list[tuple[str, Decimal, Decimal]]:
    """The rows of the budget that had another amount before it was changed: what they are called, and both."""
    u, rader = r.år.underlag, list[tuple[str, Decimal, Decimal]]()
    for rad in r.år.förbund.driftredovisning:
        belopp = {b.version: b.belopp for b in u.budget if b.post == rad.id and b.år == r.år.årtal}
        if len(belopp) > 1:
            rader.append((rad.etikett, belopp["ursprunglig"], belopp["reviderad"]))
    for ett in u.budgetplan:
        if ett.ursprunglig is not None and ett.budget is not None:
            rader.append((ett.benämning, ett.ursprunglig, ett.budget))
    return [(etikett, före, efter) for etikett, före, efter in rader if före != efter]
