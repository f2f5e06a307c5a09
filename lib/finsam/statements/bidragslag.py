"""The law on medlemsbidrag as one table (Finsam 3, 5 and 5 a §§), and what each member gives by it and its agreements.

What the law leaves to the members, how kommuner or regioner share their part, is read from `bidragsnyckel` in
forbund.yml or from what they have decided (the sheet Medlemsbidrag). Where neither says, nothing is guessed: the part
has a `fråga`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from typing import Literal, TypeVar

from finsam.model.belopp import NOLL, kr
from finsam.model.forbund import Delnyckel, Förbund, Medlem
from finsam.model.ord import uppräkning, versal
from finsam.model.rakenskapsar import Räkenskapsår

Bidragsdel = Literal["stat", "region", "kommun"]
K = TypeVar("K", bound=str)


@dataclass(frozen=True, slots=True)
class Lagrad:
    """What a part gives of all, when a region takes part and when none does."""

    del_: Bidragsdel
    med_region: Decimal
    utan_region: Decimal
    lag: str


@dataclass(frozen=True, slots=True)
class Deltagare:
    """Which members share a part."""

    del_: Bidragsdel
    vilka: Callable[[Medlem], bool]
    lag: str


ANDELAR = (
    Lagrad("stat", Decimal("0.5"), Decimal("0.5"), "5 § första stycket"),
    Lagrad("region", Decimal("0.25"), NOLL, "5 § första stycket"),
    Lagrad("kommun", Decimal("0.25"), Decimal("0.5"), "5 § första stycket, 5 a § första stycket"),
)
"""What each part gives."""

DELTAR = (
    Deltagare("stat", lambda m: m.typ == "stat", "5 § första stycket"),
    Deltagare("kommun", lambda m: m.typ == "kommun", "5 § andra stycket, 5 a § andra stycket"),
    Deltagare("region", lambda m: m.typ == "region", "5 § tredje stycket"),
    Deltagare("region", lambda m: m.utanför_region, "5 a § andra stycket: kommunen betraktas som en region"),
)
"""Who shares each part, as they agree. The last row holds only when a region takes part: else there is no such part."""

EFTER = {
    "": "",
    "invånare": "efter invånare",
    "procent": "efter avtalade procenttal",
    "belopp": "med avtalade belopp",
    "historiska belopp": "efter tidigare års belopp",
    "lika": "lika mellan sig",
    "beslut": "som medlemmarna har beslutat",
}
_VEM = {
    "stat": ("statens", "statens"),
    "region": ("regionens", "regionernas"),
    "kommun": ("kommunens", "kommunernas"),
}
_HUR_STOR = {Decimal("0.5"): "hälft", Decimal("0.25"): "fjärdedel"}
NYCKLAR: Mapping[Bidragsdel, str] = {"stat": "stat", "region": "regioner", "kommun": "kommuner"}
"""What the key of a part is called in forbund.yml."""


@dataclass(frozen=True, slots=True)
class Medlemsdel:
    """What a member gives of a part; None where it cannot be known."""

    medlem: Medlem
    andel: Decimal | None
    belopp: Decimal | None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of medlemsbidraget, and its members' shares of it.

    `efter` is how it is shared ("" with one member); `beslutade` says, where no key is given and the amounts are the
    decided ones, what they are not; `fråga` is what is missing when it cannot be shared.
    """

    del_: Bidragsdel
    namn: str
    andel: Decimal
    belopp: Decimal
    poster: tuple[Medlemsdel, ...]
    efter: str = ""
    källa: str = ""
    beslutade: Literal["", "utan angiven nyckel", "inte efter invånare"] = ""
    fråga: str = ""


def fördela(belopp: Decimal, vikter: Mapping[K, Decimal], steg: Decimal = Decimal(1)) -> dict[K, Decimal]:
    """Split an amount by weights in whole steps so that the parts add up to it (largest remainder).

    >>> {k: int(v) for k, v in fördela(Decimal(100), {"a": Decimal(1), "b": Decimal(1), "c": Decimal(1)}).items()}
    {'a': 34, 'b': 33, 'c': 33}
    """
    totalt = sum(vikter.values(), NOLL)
    if not totalt:
        return dict.fromkeys(vikter, NOLL)
    exakt = {namn: belopp * vikt / totalt / steg for namn, vikt in vikter.items()}
    golv = {namn: tal.to_integral_value(ROUND_FLOOR) for namn, tal in exakt.items()}
    rest = int((belopp / steg - sum(golv.values(), NOLL)).to_integral_value())
    för_mest = sorted(vikter, key=lambda namn: golv[namn] - exakt[namn])
    for namn in för_mest[:rest]:
        golv[namn] += 1
    return {namn: (tal * steg).quantize(steg) for namn, tal in golv.items()}


def andelar_av(vikter: Mapping[str, Decimal], avrundning: str) -> dict[str, Decimal]:
    """Each weight's share of them all: exact, or in tenths of a per cent that add up to a hundred."""
    totalt = sum(vikter.values(), NOLL)
    if avrundning == "exakt":
        return {namn: vikt / totalt for namn, vikt in vikter.items()}
    return fördela(Decimal(1), vikter, Decimal("0.001"))


def räkenskapsårets_tid(år: Räkenskapsår, period: str) -> tuple[date, date]:
    """First and last day of a year: as the ledger has them (a shortened year), else the calendar year."""
    bokfört = år.bokföring.år.get(int(period) - år.årtal)
    if bokfört and bokfört.slut.year == int(period):
        return bokfört.start, bokfört.slut
    return date(int(period), 1, 1), date(int(period), 12, 31)


def medlemmar(år: Räkenskapsår, period: str) -> tuple[Medlem, ...]:
    """Those that are members on any day of a year."""
    tid = räkenskapsårets_tid(år, period)
    return tuple(medlem for medlem in år.förbund.medlemmar if medlem.är_med(*tid))


def procenttal(tal: Decimal) -> str:
    """A number of per cent as it was given.

    >>> procenttal(Decimal("12.50")), procenttal(Decimal(40))
    ('12,5', '40')
    """
    return f"{tal.normalize():f}".replace(".", ",")


def delarna(förbund: Förbund, alla: tuple[Medlem, ...]) -> dict[Bidragsdel, Decimal]:
    """What each part gives of all, by the law or as agreed instead."""
    region = any(medlem.typ == "region" for medlem in alla)
    avtalat = förbund.bidragsnyckel.delar
    if avtalat:
        avtalade: dict[Bidragsdel, Decimal] = {"stat": avtalat.stat, "region": avtalat.region, "kommun": avtalat.kommun}
        return {del_: procent / 100 for del_, procent in avtalade.items() if procent}
    lagens = {rad.del_: rad.med_region if region else rad.utan_region for rad in ANDELAR}
    return {del_: andel for del_, andel in lagens.items() if andel}


def delnamn(del_: Bidragsdel, andel: Decimal, antal: int) -> str:
    """A part in words.

    >>> delnamn("kommun", Decimal("0.25"), 4), delnamn("region", Decimal("0.3"), 1)
    ('kommunernas fjärdedel', 'regionens del')
    """
    return f"{_VEM[del_][antal > 1]} {_HUR_STOR.get(andel, 'del')}"


def fördelning(år: Räkenskapsår, ram: Decimal, period: str) -> tuple[Part, ...]:
    """What every member gives of an amount; the parts, and the members' amounts, add up to it."""
    alla = medlemmar(år, period)
    andelar = delarna(år.förbund, alla)
    steg = Decimal(1) if ram == ram.to_integral_value() else Decimal("0.01")
    belopp = fördela(ram, andelar, steg)
    parter: list[Part] = []
    for del_ in ("stat", "kommun", "region"):
        if del_ in andelar:
            vilka = [m for m in alla if any(rad.del_ == del_ and rad.vilka(m) for rad in DELTAR)]
            parter.append(_Delning(år, period, del_, vilka, belopp[del_], parter).part(andelar[del_], steg))
    return tuple(parter)


class _Delning:
    """How one part is shared."""

    def __init__(
        self, år: Räkenskapsår, period: str, del_: Bidragsdel, vilka: list[Medlem], belopp: Decimal, före: list[Part]
    ) -> None:
        self.år, self.period, self.del_, self.vilka, self.belopp = år, period, del_, vilka, belopp
        self.nyckel: Delnyckel | None = getattr(år.förbund.bidragsnyckel, NYCKLAR[del_])
        self.avrundning = år.förbund.bidragsnyckel.avrundning
        self.namn = f"bidragsnyckel: {NYCKLAR[del_]} i forbund.yml"
        self.rader = {rad.medlem: rad for rad in år.underlag.medlemsbidrag if str(rad.år) == period}
        self.som_kommun = {post.medlem.id: post.belopp for part in före for post in part.poster}

    def part(self, andel: Decimal, steg: Decimal) -> Part:
        """The part with each member's share, or with the question that must be answered first."""
        namn = delnamn(self.del_, andel, len(self.vilka))
        vikter, efter, fråga = self._vikter(namn)
        källa = self.nyckel.källa if self.nyckel and len(self.vilka) > 1 else ""
        if fråga:
            utan = tuple(Medlemsdel(medlem, None, None) for medlem in self.vilka)
            return Part(self.del_, namn, andel, self.belopp, utan, efter, källa, fråga=fråga)
        andelar = andelar_av(vikter, self.avrundning if efter == "invånare" else "exakt")
        belopp = self._på_kronan(fördela(self.belopp, andelar, steg))
        poster = tuple(Medlemsdel(medlem, andelar[medlem.id], belopp[medlem.id]) for medlem in self.vilka)
        part = Part(self.del_, namn, andel, self.belopp, poster, efter, källa)
        if efter != "beslut" or self.nyckel:
            return part
        har_invånare = self.del_ == "kommun" and not self._invånare()[1]
        return replace(part, beslutade="inte efter invånare" if har_invånare else "utan angiven nyckel")

    def _på_kronan(self, delat: dict[str, Decimal]) -> dict[str, Decimal]:
        """What the members have decided, where they have rounded to the krona in another way than we do."""
        beslut, inget_beslut = self._beslut() if len(delat) > 1 else ({}, "en")
        if inget_beslut or sum(beslut.values(), NOLL) != self.belopp:
            return delat
        return beslut if all(abs(beslut[id_] - belopp) <= 1 for id_, belopp in delat.items()) else delat

    def _vikter(self, namn: str) -> tuple[dict[str, Decimal], str, str]:
        """The members' weights, how they were found, and what is missing."""
        if not self.vilka:
            return {}, "", f"Ingen medlem i forbund.yml kan ge {namn}. Lägg till den under medlemmar."
        if len(self.vilka) == 1:
            return {self.vilka[0].id: Decimal(1)}, "", ""
        if self.nyckel is None:
            return self._utan_nyckel(namn)
        vägar = {
            "invånare": self._invånare,
            "procent": self._procent,
            "belopp": self._belopp,
            "historiska belopp": self._ur_andelar,
            "lika": self._lika,
            "beslut": self._beslut,
        }
        vikter, fråga = vägar[self.nyckel.efter]()
        if not fråga and self.nyckel.efter in ("invånare", "historiska belopp", "lika"):
            vikter, fråga = self._del_av_år(vikter, self.nyckel.delår)
        if not fråga and not sum(vikter.values(), NOLL):
            fråga = f"{versal(self.namn)}: alla andelar är 0."
        return vikter, self.nyckel.efter, fråga

    def _utan_nyckel(self, namn: str) -> tuple[dict[str, Decimal], str, str]:
        """By inhabitants, where the kommuner have them and have not decided otherwise; else as decided."""
        beslut, inget_beslut = self._beslut()
        vikter, saknas = self._invånare() if self.del_ == "kommun" else ({}, "alla")
        if not saknas:
            vikter, fråga = self._del_av_år(vikter, "")
            if fråga and inget_beslut:
                return {}, "invånare", fråga
            delat = fördela(self.belopp, andelar_av(vikter, self.avrundning)) if vikter else {}
            if delat and (inget_beslut or all(abs(delat[id_] - beslut[id_]) <= 1 for id_ in delat)):
                return vikter, "invånare", ""
        if not inget_beslut:
            return beslut, "beslut", ""
        vilka = uppräkning([medlem.namn for medlem in self.vilka])
        text = (
            f"Hur {vilka} delar {namn} {self.period} är inte angivet. Skriv {self.namn}, med efter (invånare, procent, "
            "belopp, historiska belopp, lika eller beslut) och källa, eller besluten i bladet Medlemsbidrag."
        )
        return {}, "", text

    def _ur_andelar(self) -> tuple[dict[str, Decimal], str]:
        """The agreed figures; one that was merged has those of the members it was merged of."""
        givna = self.nyckel.andelar if self.nyckel else {}
        vikter: dict[str, Decimal] = {}
        for medlem in self.vilka:
            egna = [id_ for id_ in (medlem.id, *medlem.ersätter) if id_ in givna]
            if not egna:
                return {}, f"{versal(self.namn)} har ingen andel för {medlem.namn}, som är medlem {self.period}."
            vikter[medlem.id] = givna[egna[0]] if egna[0] == medlem.id else sum((givna[id_] for id_ in egna), NOLL)
        return vikter, ""

    def _procent(self) -> tuple[dict[str, Decimal], str]:
        vikter, fråga = self._ur_andelar()
        summa = sum(vikter.values(), NOLL)
        if not fråga and summa != 100:
            tal = procenttal(summa)
            fråga = f"{versal(self.namn)}: andelarna för medlemmarna {self.period} är tillsammans {tal} %, inte 100."
        return vikter, fråga

    def _belopp(self) -> tuple[dict[str, Decimal], str]:
        vikter, fråga = self._ur_andelar()
        if not fråga and (fråga := self._inte_delen(vikter, f"Beloppen i {self.namn}")):
            fråga += f" Är andra belopp avtalade för {self.period} skrivs bidragsnyckel i {self.period}/forbund.yml."
        return vikter, fråga

    def _lika(self) -> tuple[dict[str, Decimal], str]:
        return {medlem.id: Decimal(1) for medlem in self.vilka}, ""

    def _beslut(self) -> tuple[dict[str, Decimal], str]:
        """What the members have decided; a kommun that is also regarded as a region has given its part as kommun."""
        saknas = [medlem.namn for medlem in self.vilka if medlem.id not in self.rader]
        if saknas:
            return {}, f"Bladet Medlemsbidrag har inget beslutat belopp {self.period} för {uppräkning(saknas)}."
        vikter = {}
        for medlem in self.vilka:
            båda = medlem.utanför_region and any(m.typ == "region" for m in medlemmar(self.år, self.period))
            givet = self.som_kommun.get(medlem.id)
            if båda and (self.del_ == "kommun" or givet is None):
                text = f"{medlem.namn} ger både som kommun och som region, så dess beslut säger inte vad som är vilket."
                return {}, f"{text} Skriv {self.namn}."
            vikter[medlem.id] = self.rader[medlem.id].belopp - ((givet or NOLL) if båda else NOLL)
        if any(vikt < 0 for vikt in vikter.values()):
            return {}, f"Besluten i bladet Medlemsbidrag {self.period} är för små för delen."
        return vikter, self._inte_delen(vikter, f"Besluten i bladet Medlemsbidrag {self.period}")

    def _invånare(self) -> tuple[dict[str, Decimal], str]:
        """Inhabitants by member, of the members it was merged of where its own row has none."""
        vikter: dict[str, Decimal] = {}
        for medlem in self.vilka:
            for ids in ((medlem.id,), medlem.ersätter):
                rader = [self.rader[id_].invånare for id_ in ids if id_ in self.rader]
                if ids and len(rader) == len(ids) and all(rader):
                    vikter[medlem.id] = sum((Decimal(antal or 0) for antal in rader), NOLL)
                    break
        saknas = [medlem.namn for medlem in self.vilka if medlem.id not in vikter]
        text = f"Invånare {self.period} saknas i bladet Medlemsbidrag för {uppräkning(saknas)}." if saknas else ""
        return vikter, text

    def _inte_delen(self, vikter: Mapping[str, Decimal], vad: str) -> str:
        summa = sum(vikter.values(), NOLL)
        if abs(summa - self.belopp) <= 1:
            return ""
        return f"{vad} är tillsammans {kr(summa)} kr men delen är {kr(self.belopp)} kr. Rätta beloppen eller ramen."

    def _del_av_år(self, vikter: dict[str, Decimal], delår: str) -> tuple[dict[str, Decimal], str]:
        """Weights by the months a member is one, where the key says that they count."""
        tid = räkenskapsårets_tid(self.år, self.period)
        månader = {m.id: _månader(max(tid[0], m.från or tid[0]), min(tid[1], m.till or tid[1])) for m in self.vilka}
        hela = _månader(*tid)
        korta = [medlem.namn for medlem in self.vilka if månader[medlem.id] < hela]
        if korta and not delår:
            text = f"{uppräkning(korta)} är medlem bara en del av {self.period}. Skriv delår: månader eller delår: "
            return {}, f"{text}hela året i {self.namn}, eller de avtalade beloppen."
        if delår != "månader":
            return vikter, ""
        return {id_: vikt * månader[id_] / hela for id_, vikt in vikter.items()}, ""


def _månader(start: date, slut: date) -> int:
    """Months begun from one day to another.

    >>> _månader(date(2026, 7, 1), date(2026, 12, 31)), _månader(date(2026, 1, 1), date(2026, 3, 15))
    (6, 3)
    """
    return (slut.year - start.year) * 12 + slut.month - start.month + 1


def bidragsmening(medlemmar: Iterable[Medlem], skriv: Callable[[str], str] = str) -> str:
    """The law's sentence for the members a förbund has, for the text on its financing; `skriv` writes a name.

    >>> bidragsmening([Medlem(id="a", namn="A", typ="kommun", utanför_region=True)])[-84:]
    'kommunen, som inte ingår i någon region, med hälften (lag (2003:1210) 5 och 5 a §§).'
    """
    medlemmar = tuple(medlemmar)
    regioner, kommuner = (sum(medlem.typ == typ for medlem in medlemmar) for typ in ("region", "kommun"))
    delar = ["Staten bidrar genom Försäkringskassan och Arbetsförmedlingen med hälften av pengarna"]
    if regioner:
        delar.append("regionen med en fjärdedel" if regioner == 1 else "regionerna tillsammans med en fjärdedel")
    vem, tillsammans = ("kommunen", "") if kommuner == 1 else ("kommunerna", " tillsammans")
    utanför = "" if regioner else ", som inte ingår i någon region,"
    delar.append(f"{vem}{utanför}{tillsammans} med {'en fjärdedel' if regioner else 'hälften'}")
    text = f"{uppräkning(delar)} (lag (2003:1210) {'5 §' if regioner else '5 och 5 a §§'})."
    båda = [skriv(medlem.namn) for medlem in medlemmar if medlem.utanför_region and regioner]
    if båda:
        text += f" {uppräkning(båda)} ingår inte i någon region och bidrar både som kommun och som region (5 a §)."
    return text
