"""Comparisons without a figure: the largest, more than its budget, higher than last year, by the rows they name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from finsam.checks.prosa.mening import Mening
from finsam.checks.prosa.ordlista import grupp_av, något_av, ordlista
from finsam.checks.prosa.pastaende import Ordval, Utsaga
from finsam.checks.prosa.riktning import nekad, satser
from finsam.checks.prosa.sammanhang import Sammanhang
from finsam.checks.prosa.storheter import NAMNGER, read_storheter
from finsam.checks.prosa.storlek import NÅGON_DEL, read_delar
from finsam.model.belopp import NOLL, kr, svenskt_tal
from finsam.model.fakta import Fakta
from finsam.model.forbund import Medlem
from finsam.model.monster import Mönster, gemena
from finsam.model.underlag import Insats

_MEST = "störst|största|större|högst|högsta|flest|mest|mer|högre"
_JÄMFÖR = re.compile(
    rf"(?<!\w)(?:{_MEST}|minst|minsta|mindre|lägst|lägre)(?!\w)|{något_av('ökning', 'minskning')}|{NAMNGER.pattern}"
    rf"|(?:över|under)skr(?:ed|ider|idit)|sig\sinom|rym\w+\sinom|{NÅGON_DEL.pattern}"
)
_GER = r"(?:ger|gav|bidrar\smed|bidrog\smed|betalar|betalade|står\sför|stod\sför)"
_DELEN = Mönster(
    rf"(?<!\w){_GER}\sden\s(?P<ord>större|största|mindre|minsta)(?!\w)"
    rf"|(?<=kommun)\s(?:{_GER}\s)?den\s(?P<ord2>största|minsta)\sav\skommunernas(?!\w)"
    r"|(?<=kommun)\s(?:är\sden\ssom\s)?(?:bidrar|betalar)\s(?P<ord3>mest|minst)(?:\sav\skommunerna)?(?=[.,;]|$)",
    "större|största|mindre|minsta|mest|minst",
    "den|bidrar|betalar",
)
_PLATS = Mönster(
    r"(?<!\w)(?P<ord>högst|störst|lägst|minst)\si\s(?P<namn>[a-zåäöé-]{3,})(?!\w|\soch\s|,)", "högst|störst|lägst|minst"
)
_FLEST = Mönster(
    r"(?<!\w)(?P<ord>flest)\sdeltagare\s(?:kom|kommer|bor|bodde|var|är)\s(?:från|i)\s(?P<namn>[a-zåäöé-]{3,})(?!\w|\soch\s|,)"
    r"|(?<!\w)(?P<namn2>[a-zåäöé-]{3,})\s(?:har|hade)\s(?P<ord2>flest)\sdeltagare(?!\w)",
    "flest",
    "deltagare",
)
_FÖRRA = något_av("förra året")
_SINA = r"(?:(?:sin|sina|sitt|vad|som|var)\s)*"
_KOSTADE = Mönster(
    r"(?<!\w)kostade\s(?:\w+\s)?(?P<ord>mer|mindre)\sän\s"
    rf"(?:(?P<budget>{_SINA}{något_av('budget')})|(?:under\s)?{_FÖRRA})",
    "kostade",
    "än",
)
_INOM = Mönster(
    r"(?<!\w)(?P<ord>överskr(?:ed|ider|idit)|underskred|h(?:öll|åller|ållit)\ssig\sinom|rym(?:s|des|ts)\sinom|klarade)\s"
    rf"(?:\w+\s)?(?:{_SINA})?{något_av('budget')}",
    "inom|klarade|underskred|överskr",
    "budget|planerat",
)
_EGEN = Mönster(
    r"^(?:insatsen|projektet|teamet|verksamheten|katalogen|mässan|guiden|kurserna|dagarna|metodstödet)(?!\w)"
)
"""What the text of an insats calls it."""
_DELARNA = Mönster(
    r"(?<!\w)(?P<hur>alla|samtliga|ingen\sav|ingen|(?<!minst\s)(?:en|två)\sav)\s(?:de\s)?(?:två\s|tre\s|fyra\s)?\w*delar(?:na)?\s$",
    "delar",
)
_NÅGRA = Mönster(
    rf"(?<!\w)(?P<hur>{'|'.join(ordlista()['räkneord'])}|ingen|alla)\sav\s(?:de\s)?(?P<andra>andra\s)?(?:(?:två|tre|fyra|fem|sex)\s)?"
    r"(?:(?P<slag>individinriktade|strukturövergripande)\s)?insatserna\s",
    "insatserna",
    "av",
)
_INSATSERNA = Mönster(r"(?:^|\satt\s)insatserna\s$", "insatserna")
_RÄNTAN = Mönster(
    r"(?<!\w)räntan\spå\s(?:banken|kontot|bankkontot|bankmedlen)\s"
    rf"(?:(?:är|var|blev)\s(?:\w+\s)?(?P<ord>högre|lägre|större|mindre|mer)\sän\s(?:under\s)?{_FÖRRA}"
    rf"|(?P<ord2>{något_av('ökning', 'minskning')})\s(?:\w+\s)?(?:jämfört\smed|mot|sedan|från)\s{_FÖRRA})",
    "räntan",
)
_EJ_VAR_FÖR_SIG = Mönster(r"(?<!\w)(?:tillsammans|sammanlagt|totalt|per)(?!\w)", "tillsammans|sammanlagt|totalt|per")


@lru_cache(maxsize=1 << 12)
def jämför(text: str) -> bool:
    """Whether a text has a word that makes it worth reading here."""
    return _JÄMFÖR.search(gemena(text)) is not None


def read_utan_tal(mening: Mening, s: Sammanhang) -> Iterator[Utsaga]:
    """What the sentence says of rows of the sheets and of the ledger without any figure of theirs."""
    if not jämför(mening.text):
        return
    for sats in satser(mening.text):
        if all(år == s.r.år.årtal for år in mening.åren(sats)) and not _EJ_VAR_FÖR_SIG.search(sats):
            yield from _delen(sats, s)
            if "budget" in sats or "kostade" in sats:
                yield from _kostade(sats, s, mening.insats)
                yield from _inom(mening, sats, s)
            yield from _mot_förra(mening, sats, s)
    yield from _platsen(mening, s)
    yield from _flest(mening, s)
    yield from read_storheter(mening, s)
    yield from read_delar(mening, s)


def _sagt(mening: str, träff: re.Match[str], *namn: str) -> str:
    """The word of a comparison; empty where it is denied, or only thought of."""
    ord_ = next(ett for ett in namn if träff[ett])
    return träff[ord_] if nekad(mening, träff.start(ord_), träff.end(ord_)) is False else ""


def _mer(ord_: str) -> bool:
    return bool(re.fullmatch(_MEST, ord_)) or grupp_av(ord_, "ökning", "minskning") == "ökning"


def _ytterst(ord_: str, vem: str, tal: Mapping[str, Decimal], enhet: str) -> Ordval:
    """That somebody has the most of all, or the least."""
    gräns = max(tal.values()) if _mer(ord_) else min(tal.values())
    ytterst = next(namn for namn, ett in tal.items() if ett == gräns)
    gränsen, egen = (
        f"{kr(ett) if enhet == 'kr' else svenskt_tal(ett, int(ett % 1 != 0))}" for ett in (gräns, tal[vem])
    )
    return Ordval(ord_, f"{ytterst} har {gränsen} {enhet} och {vem} {egen} {enhet}", tal[vem] != gräns)


def _jämfört(ord_: str, vad: str, ena: Decimal, andra: Decimal) -> Ordval:
    """That something is more than another thing, or less."""
    motsagt = ena <= andra if _mer(ord_) else ena >= andra
    return Ordval(ord_, f"{vad} är {kr(ena)} kr mot {kr(andra)} kr", motsagt)


# Members and places


def _delen(sats: str, s: Sammanhang) -> Iterator[Utsaga]:
    """The member that gives the larger part, of those of its kind."""
    medlemmar = s.r.år.förbund.medlemmar
    bidrag = {rad.medlem: rad.belopp for rad in s.r.år.underlag.medlemsbidrag if rad.år == s.r.år.årtal}
    for träff in _DELEN.finditer(sats):
        före = sats[: träff.start()].rstrip()
        medlem = next((m for m in medlemmar if m.typ != "stat" and före.endswith(m.namn.lower())), None)
        ord_ = _sagt(sats, träff, "ord", "ord2", "ord3")
        if medlem and ord_ and medlem.id in bidrag:
            lika = {m.namn: bidrag[m.id] for m in medlemmar if m.typ == medlem.typ and m.id in bidrag}
            if len(lika) > 1:
                yield _ytterst(ord_, medlem.namn, lika, "kr")


def _kommun(s: Sammanhang, namn: str) -> Medlem | None:
    """The kommun that a word names, with its genitive or without."""
    kärna = namn.removesuffix("s")
    return next(
        (
            m
            for m in s.r.år.förbund.medlemmar
            if m.typ == "kommun" and m.namn.lower().removesuffix(" kommun").removesuffix("s") == kärna
        ),
        None,
    )


def _platsen(mening: Mening, s: Sammanhang) -> Iterator[Utsaga]:
    """The kommun where a share is highest: of women, of men or of both in the middle, for one must be what is meant."""
    nämnda = {t.id.split(".")[1] for m in mening.stycke for t in m.talen() if t.id.startswith("behov.")}
    for träff in _PLATS.finditer(mening.text) if len(nämnda) == 1 else ():
        vald, ord_ = _kommun(s, träff["namn"]), _sagt(mening.text, träff, "ord")
        andelar = [tal for tal in _andelar(next(iter(nämnda)), s) if vald and vald.namn in tal]
        if vald and ord_ and andelar:
            sagda = [_ytterst(ord_, vald.namn, tal, "%") for tal in andelar]
            yield next((ett for ett in sagda if not ett.motsagt), sagda[0])


def _andelar(mått: str, s: Sammanhang) -> list[dict[str, Decimal]]:
    """The latest shares of the kommuner in per cent, for women, for men and in the middle."""
    rader = [rad for rad in s.r.år.underlag.behov if rad.mått == mått]
    sist = max((rad.år for rad in rader), default=0)
    kommuner = {m.id: m.namn for m in s.r.år.förbund.medlemmar if m.typ == "kommun"}
    per_kön: dict[str, dict[str, Decimal]] = {}
    for rad in rader:
        if rad.plats in kommuner and rad.år == sist:
            per_kön.setdefault(rad.kön, {})[kommuner[rad.plats]] = rad.andel
    if len(per_kön) == 2:
        ena, andra = per_kön.values()
        per_kön["båda"] = {namn: (ena[namn] + andra[namn]) / 2 for namn in ena if namn in andra}
    return [tal for tal in per_kön.values() if len(tal) > 1]


def _flest(mening: Mening, s: Sammanhang) -> Iterator[Utsaga]:
    """The kommun that most of those who took part in the text's own insats are of, where all are shown."""
    for träff in _FLEST.finditer(mening.text) if mening.insats else ():
        vald, ord_ = _kommun(s, träff["namn"] or träff["namn2"]), _sagt(mening.text, träff, "ord", "ord2")
        kommuner = [m for m in s.r.år.förbund.medlemmar if m.typ == "kommun"]
        funna = {m.namn: s.fakta(f"deltagare.{mening.insats}.totalt.{m.id}") for m in kommuner}
        tal = {namn: f.värde for namn, f in funna.items() if f and f.värde is not None}
        if vald and ord_ and len(tal) == len(kommuner) > 1:
            yield _ytterst(ord_, vald.namn, tal, "deltagare")


# Costs and income


def _kostade(sats: str, s: Sammanhang, insats: str = "") -> Iterator[Utsaga]:
    """What stands right before the verb cost against its budget, or against the year before."""
    for träff in _KOSTADE.finditer(sats):
        ord_, före = _sagt(sats, träff, "ord"), sats[: träff.start()]
        if ord_ and träff["budget"] and _INSATSERNA.search(före):
            yield from _insatserna(ord_, s)
        egen = [_insatsens(i) for i in s.r.år.underlag.insatser if i.id == insats and _EGEN.fullmatch(före.strip())]
        for vad, utfall, budgetar in [*egen, *_insatser_före(före, s), *_driftrader_före(före, s)] if ord_ else ():
            a, förra = s.fakta(utfall), s.fakta(utfall, s.r.år.föregående)
            andra = [s.fakta(id_) for id_ in budgetar] if träff["budget"] else [förra]
            sagda = [_jämfört(ord_, vad, abs(_kr(a)), abs(_kr(b))) for b in andra if a and b]
            if sagda:
                yield next((ett for ett in sagda if not ett.motsagt), sagda[0])


def _insatserna(ord_: str, s: Sammanhang) -> Iterator[Utsaga]:
    """All the insatser, by the rows of the driftredovisning that are not administration."""
    rader = [rad.id for rad in s.r.år.förbund.driftredovisning if not rad.id.startswith("administration")]
    par = [(s.fakta(f"drift.{id_}.utfall"), s.fakta(f"drift.{id_}.budget")) for id_ in rader]
    lästa = [(a, b) for a, b in par if a and b and _är_kostnad(b)]
    a, b = (sum((abs(_kr(ett[nr])) for ett in lästa), NOLL) for nr in (0, 1))
    if lästa and a != b:
        yield _jämfört(ord_, "insatserna", a, b)


def _inom(mening: Mening, sats: str, s: Sammanhang) -> Iterator[Utsaga]:
    """What went over its budget, or kept within it."""
    for träff in _INOM.finditer(sats):
        över, före = träff["ord"].startswith("över"), sats[: träff.start()]
        if grupp := _DELARNA.search(före) or _NÅGRA.search(före):
            yield from _av_dem(grupp, träff[0], s, över=över)
            continue
        nekat = nekad(sats, träff.start("ord"), träff.end("ord"))
        egen = next((i for i in s.r.år.underlag.insatser if i.id == mening.insats and _EGEN.match(sats)), None)
        vad = [_insatsens(egen)] if egen else [*_insatser_före(före, s), *_driftrader_före(före, s)]
        for namn, utfall, budgetar in vad if nekat is not None else ():
            a, andra = s.fakta(utfall), [b for id_ in budgetar if (b := s.fakta(id_))]
            sagda = [
                Ordval(
                    träff[0], f"{namn} är {kr(abs(_kr(a)))} kr mot {kr(abs(_kr(b)))} kr", (_över(a, b) == över) == nekat
                )
                for b in andra
                if a
            ]
            if sagda:
                yield next((ett for ett in sagda if not ett.motsagt), sagda[0])


def _över(utfall: Fakta | None, budget: Fakta | None) -> bool:
    return abs(_kr(utfall)) > abs(_kr(budget))


def _av_dem(grupp: re.Match[str], ord_: str, s: Sammanhang, *, över: bool) -> Iterator[Utsaga]:
    """How many of the parts of the driftredovisning, or of the insatser of a kind, went over their budgets."""
    slag = {"individinriktade": "individ", "strukturövergripande": "struktur"}.get(grupp.groupdict().get("slag") or "")
    delarna = grupp.re.pattern == _DELARNA.pattern
    if delarna:
        par = [(f"drift.{rad.id}.utfall", f"drift.{rad.id}.budget") for rad in s.r.år.förbund.driftredovisning]
    else:
        insatser = [i for i in s.r.år.underlag.insatser if slag in (None, i.slag)]
        par = [(utfall, budgetar[0]) for _, utfall, budgetar in map(_insatsens, insatser)]
    lästa = [(a, b) for ena, andra in par if (a := s.fakta(ena)) and (b := s.fakta(andra)) and _är_kostnad(b)]
    antal = sum(_över(a, b) == över for a, b in lästa)
    hur = grupp["hur"].split()[0]
    sagt = {"alla": len(lästa), "samtliga": len(lästa), "ingen": 0}.get(hur, ordlista()["räkneord"].get(hur, 0))
    # Some of the others are no more than there are of them all.
    motsagt = antal < sagt if grupp.groupdict().get("andra") else antal != sagt
    if lästa and (delarna or len(lästa) == len(par)):
        yield Ordval(f"{grupp[0]}{ord_}", f"{antal} av {len(lästa)} gjorde det", motsagt)


def _är_kostnad(budget: Fakta) -> bool:
    return _kr(budget) < 0 or not budget.id.startswith("drift.")


def _kr(f: Fakta | None) -> Decimal:
    return f.värde if f and f.värde is not None else NOLL


Kostnad = tuple[str, str, tuple[str, ...]]
"""What something is called, the fact of what it cost, and those of what its budget may be."""


def _insatsens(insats: Insats) -> Kostnad:
    return insats.namn, f"kostnad.{insats.funktion}", (f"insats.{insats.id}.budget",)


def _insatser_före(före: str, s: Sammanhang) -> Iterator[Kostnad]:
    """The insatser that a clause ends with, as a list."""
    while True:
        före = re.sub(r"(?:[,\s]|(?<!\w)(?:och|samt))+$", "", före)
        insats = next((ett for ett in s.r.år.underlag.insatser if före.endswith(ett.namn.lower())), None)
        if insats is None:
            return
        yield _insatsens(insats)
        före = före.removesuffix(insats.namn.lower())


def _driftrader_före(före: str, s: Sammanhang) -> Iterator[Kostnad]:
    """The row of the driftredovisning that a clause ends with, in its definite form."""
    for rad in s.r.år.förbund.driftredovisning:
        administration = rad.id.startswith("administration") and före.endswith("administrationen ")
        if administration or re.search(rf"(?<!\w){re.escape(rad.etikett.lower())}(?:na|en|n|et|t)\s$", före):
            bas = f"drift.{rad.id}"
            yield rad.etikett, f"{bas}.utfall", (f"{bas}.budget", f"{bas}.budget_ursprunglig")


def _mot_förra(mening: Mening, sats: str, s: Sammanhang) -> Iterator[Utsaga]:
    """The interest of the bank against the year before."""
    if mening.insats or mening.talen(sats):
        return
    for träff in _RÄNTAN.finditer(sats):
        nu, då = _räntan(s)
        if (ord_ := _sagt(sats, träff, "ord", "ord2")) and (nu or då):
            yield _jämfört(ord_, "räntan", nu, då)


def _räntan(s: Sammanhang) -> tuple[Decimal, Decimal]:
    """What it is this year and was the year before."""
    konton = [k.nummer for k in s.r.år.bokföring.konton.values() if k.namn.casefold().startswith("ränteintäkt")]
    åren = (s.r.år.bokföring.år.get(nr) for nr in (0, -1))
    nu, då = (abs(sum((år.res.get(k, NOLL) for k in konton), NOLL)) if år else NOLL for år in åren)
    return nu, då
