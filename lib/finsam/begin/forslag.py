"""A first kontoplan and settings for a förbund, proposed from its ledger's own konton and the normal chart.

Every konto with a balance gets one line, or is listed as one that could not be placed. Nothing is hidden: what was
placed by a fallback is listed too, for the ekonom to look at.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from finsam.begin.forslagsrader import NAMNREGLER, NOTER, Slag, driftrader, kostnadsgrupper, noter
from finsam.model.bokforing import Bokföring, Konto, Objekt
from finsam.model.forbund import Förbund, Kontorad, Medlem
from finsam.model.ord import ascii_id, i_parentes
from finsam.read.kontoplan import MED_FUNKTION, OBJEKT
from finsam.read.normalkontoplan import Kontoplanstyp, normalkonto

PROJEKT = "6"
STAT = ("stat", "försäkringskassan", "arbetsförmedlingen")
REGION = ("region", "landsting")
SLAG: dict[Slag, str] = {"individ": r"individ", "struktur": r"struktur"}


@dataclass(frozen=True, slots=True)
class Svar:
    """What must be known of a förbund besides its ledger. `slag` tells what kind of insats an objekt ("6:A") is."""

    slug: str
    namn: str
    kortnamn: str
    orgnr: str
    kontoplan: Kontoplanstyp
    medlemmar: tuple[Medlem, ...]
    slag: Mapping[str, Slag]


@dataclass(frozen=True, slots=True)
class Planrad:
    """A line of the kontoplan with its remark."""

    rad: Kontorad
    anmärkning: str


@dataclass(frozen=True, slots=True)
class Föreslagen:
    """An insats as the ledger has it: objekt, id, name, and its kind when that is known."""

    objekt: str
    id: str
    namn: str
    slag: Slag | None

    @property
    def grupp(self) -> str:
        """The group of the kostnadsfördelning it belongs to."""
        return self.slag or "insatser"


@dataclass(frozen=True, slots=True)
class Förslag:
    """What is proposed: settings, kontoplan, insatser, and sentences on what needs a look and what found no place."""

    förbund: Förbund
    kontoplan: tuple[Planrad, ...]
    insatser: tuple[Föreslagen, ...]
    att_se_över: tuple[str, ...]
    oplacerade: tuple[str, ...]


def föreslå(svar: Svar, bokföring: Bokföring | None) -> Förslag:
    """The proposal for a förbund; without a ledger there are members and insatser to fill in, but no konton."""
    konton = _med_saldo(bokföring) if bokföring else []
    insatser = tuple(_insatser(bokföring, konton, svar)) if bokföring else ()
    placering = _Placering(svar, bokföring, insatser)
    rader = tuple(rad for konto in konton for rad in placering.rader(konto))
    if bokföring is None:
        rader = tuple(_hela_normalplanen(svar))
    return Förslag(
        förbund=_förbund(svar, [rad.rad for rad in rader], insatser),
        kontoplan=rader,
        insatser=insatser,
        att_se_över=tuple(placering.att_se_över),
        oplacerade=tuple(placering.oplacerade),
    )


def _hela_normalplanen(svar: Svar) -> Iterator[Planrad]:
    """The whole normal chart as spans that do not overlap, for a förbund whose ledger comes later."""
    for normal, gruppen in groupby(range(1000, 9000), lambda nummer: normalkonto(svar.kontoplan, str(nummer))):
        if normal:
            första, *övriga = map(str, gruppen)
            not_rad = _medlemmens_rad(normal.rad.not_rad, svar.medlemmar)
            rad = replace(normal.rad, från=första, till=övriga[-1] if övriga else första, not_rad=not_rad)
            yield Planrad(rad, normal.namn)


def _medlemmens_rad(not_rad: str, medlemmar: Iterable[Medlem]) -> str:
    """The row of the only member of a kind, where the chart names the kind; with several it is bidrag."""
    typ = not_rad.removeprefix("intakter.")
    if typ not in ("stat", "region", "kommun"):
        return not_rad
    av_typen = [medlem.id for medlem in medlemmar if medlem.typ == typ]
    return f"intakter.{av_typen[0]}" if len(av_typen) == 1 else "intakter.bidrag"


def _med_saldo(bokföring: Bokföring) -> list[Konto]:
    """The konton that any year has a balance on, in order of number."""
    använda = {
        konto
        for ett in bokföring.år.values()
        for saldon in (ett.ib, ett.ub, ett.res)
        for konto, belopp in saldon.items()
        if belopp
    }
    return [bokföring.konton[nummer] for nummer in sorted(använda)]


def _namnregel(namn: str, post: str) -> tuple[str, str] | None:
    """Note row and function by words in a konto's name, which local numbers tell better than the normal chart does."""
    for ord_, regelns_post, not_rad, funktion in NAMNREGLER:
        if post == regelns_post and re.search(ord_, namn, re.IGNORECASE):
            return not_rad, funktion
    return None


class _Placering:
    """Places konton one by one, and remembers what it was not sure of."""

    def __init__(self, svar: Svar, bokföring: Bokföring | None, insatser: tuple[Föreslagen, ...]) -> None:
        self.svar, self.bokföring = svar, bokföring
        self.har_löner = any(
            (normal := normalkonto(svar.kontoplan, konto.nummer)) and normal.rad.not_rad == "kostnader.loner"
            for konto in (_med_saldo(bokföring) if bokföring else ())
        )
        self.insatser = {insats.objekt: insats for insats in insatser}
        self.att_se_över: list[str] = []
        self.oplacerade: list[str] = []

    def rader(self, konto: Konto) -> Iterator[Planrad]:
        """The lines of a konto; none when it could not be placed."""
        normal = normalkonto(self.svar.kontoplan, konto.nummer)
        benämning = f"{konto.nummer} {konto.namn}".strip()
        if normal is None:
            self.oplacerade.append(
                f"{benämning}: den normala kontoplanen ({self.svar.kontoplan}) har inget sådant konto."
            )
            return
        post, not_rad, funktion = normal.rad.post, normal.rad.not_rad, normal.rad.funktion
        if regel := _namnregel(konto.namn, post):
            not_rad, funktion = regel
        elif not konto.namn:
            self.att_se_över.append(
                f"{benämning}: kontot saknar namn i filen och är placerat efter numret ({normal.namn})."
            )
        if post == "rr.verksamhetens_intakter":
            yield from self._intäkter(konto, not_rad)
        elif not_rad == "kostnader.insatser":
            yield from self._insatskonto(konto, funktion)
        else:
            if normal.namn.startswith(("Övriga", "Diverse")) and not_rad and not regel:
                rad = NOTER[not_rad.partition(".")[0]].rader[not_rad.partition(".")[2]]
                self.att_se_över.append(f"{benämning}: förs till {rad.lower()}, efter kontogruppen.")
            if funktion == "administration.personal" and not self.har_löner:
                funktion = "administration.styrelse"
            yield _planrad(konto, "", post, not_rad, funktion if post in MED_FUNKTION else "")

    def _insatskonto(self, konto: Konto, funktion: str) -> Iterator[Planrad]:
        """A konto of insatser: a line for each objekt when they explain it, else one for the whole."""
        koder = [kod for kod in self.insatser if self.bokföring and kod in _koder(self.bokföring, konto.nummer)]
        if koder and self.bokföring and _förklarar(self.bokföring, konto.nummer, koder):
            for kod in koder:
                insats = self.insatser[kod]
                plats = f"{insats.grupp}.{insats.id}"
                yield _planrad(konto, kod, "rr.verksamhetens_kostnader", "kostnader.insatser", plats, insats.namn)
            return
        self.att_se_över.append(
            f"{konto.nummer} {konto.namn}: kontot är inte helt fördelat på projekt, så hela kontot är övriga insatser."
        )
        yield _planrad(konto, "", "rr.verksamhetens_kostnader", "kostnader.insatser", funktion)

    def _intäkter(self, konto: Konto, not_rad: str) -> Iterator[Planrad]:
        """A konto of income: the member by its name, or by objekt named as the members; else income of other kinds."""
        post = "rr.verksamhetens_intakter"
        if medlem := _medlem(konto.namn, self.svar.medlemmar):
            yield _planrad(konto, "", post, f"intakter.{medlem.id}", "")
            return
        if not_rad != "intakter.ovriga" and self.bokföring:
            per_objekt = {
                kod: medlem
                for kod, namn in _koder(self.bokföring, konto.nummer).items()
                if (medlem := _medlem(namn, self.svar.medlemmar))
            }
            if per_objekt and _förklarar(self.bokföring, konto.nummer, per_objekt):
                for kod, medlem in per_objekt.items():
                    yield _planrad(konto, kod, post, f"intakter.{medlem.id}", "", medlem.namn)
                return
        typ = not_rad.partition(".")[2]
        av_typen = [m for m in self.svar.medlemmar if m.typ == typ]
        if len(av_typen) == 1:
            yield _planrad(konto, "", post, f"intakter.{av_typen[0].id}", "")
            return
        rad = "bidrag" if not_rad != "intakter.ovriga" else "ovriga"
        self._säg_intäkt(konto, rad)
        yield _planrad(konto, "", post, f"intakter.{rad}", "")

    def _säg_intäkt(self, konto: Konto, rad: str) -> None:
        """Tell that a konto of income has no member, and which of its objekt have one and which not."""
        text = f"{konto.nummer} {konto.namn}: förs till {'bidrag' if rad == 'bidrag' else 'övriga intäkter'}"
        koder = _koder(self.bokföring, konto.nummer) if self.bokföring else {}
        kända = {kod for kod, namn in koder.items() if _medlem(namn, self.svar.medlemmar)}
        motparter = {kod.partition(":")[0] for kod in kända}
        okända = [
            f"{namn} ({kod})" for kod, namn in koder.items() if kod not in kända and kod.partition(":")[0] in motparter
        ]
        if rad == "bidrag" and okända:
            self.att_se_över.append(f"{text}, för {', '.join(okända)} är ingen av medlemmarna.")
        else:
            self.att_se_över.append(f"{text}. Är det ett medlemsbidrag?")


def _planrad(konto: Konto, objekt: str, post: str, not_rad: str, funktion: str, anmärkning: str = "") -> Planrad:
    rad = Kontorad(konto.nummer, konto.nummer, objekt, post, not_rad, funktion, 0)
    return Planrad(rad, f"{konto.namn}, {anmärkning}" if anmärkning else konto.namn)


def _medlem(namn: str, medlemmar: Iterable[Medlem]) -> Medlem | None:
    """The one member that words name: the state, a region, or the kommun by the first word of its name."""
    text = namn.casefold()
    träffar = [medlem for medlem in medlemmar if any(re.search(rf"\b{ord_}", text) for ord_ in _igenkänning(medlem))]
    return träffar[0] if len(träffar) == 1 else None


def _igenkänning(medlem: Medlem) -> tuple[str, ...]:
    match medlem.typ:
        case "stat":
            return STAT
        case "region":
            return REGION
        case _:
            plats = medlem.namn.casefold().split()[0]
            return (re.escape(plats.removesuffix("s")),) if len(plats) > 2 else ()


def _koder(bokföring: Bokföring, konto: str) -> dict[str, str]:
    """The objekt ("6:A") with a movement on a konto in any year, and their names; those a kontoplan can hold."""
    par: dict[Objekt, None] = {}
    for ett in bokföring.år.values():
        par |= {objekt: None for (nummer, objekt), belopp in ett.objekt.items() if nummer == konto and belopp}
    koder = {f"{dimension}:{kod}": bokföring.objekt.get((dimension, kod), kod) for dimension, kod in sorted(par)}
    return {kod: namn for kod, namn in koder.items() if OBJEKT.fullmatch(kod)}


def _förklarar(bokföring: Bokföring, konto: str, koder: Iterable[str]) -> bool:
    """Whether these objekt together are the whole konto in every year."""
    valda = {tuple(kod.split(":", 1)) for kod in koder}
    if len({dimension for dimension, _ in valda}) != 1:
        return False
    for ett in bokföring.år.values():
        summa = sum((b for (nr, par), b in ett.objekt.items() if nr == konto and par in valda), Decimal(0))
        if summa != ett.res.get(konto, Decimal(0)):
            return False
    return True


def _insatser(bokföring: Bokföring, konton: Iterable[Konto], svar: Svar) -> Iterator[Föreslagen]:
    """The projekt on the konton of insatser (another dimension where there are no projekt).

    Their kind is as answered, else as the name of their only konto says.
    """
    koder: dict[str, str] = {}
    på_konton: dict[str, list[str]] = defaultdict(list)
    for konto in konton:
        normal = normalkonto(svar.kontoplan, konto.nummer)
        if normal and normal.rad.not_rad == "kostnader.insatser":
            for kod, namn in _koder(bokföring, konto.nummer).items():
                koder[kod] = namn
                på_konton[kod].append(konto.namn)
    dimensioner = {kod.partition(":")[0] for kod in koder}
    vald = PROJEKT if PROJEKT in dimensioner else min(dimensioner, default="")
    upptagna: list[str] = []
    for kod, namn in sorted(koder.items()):
        if kod.startswith(f"{vald}:"):
            upptagna.append(ascii_id(namn, upptagna))
            yield Föreslagen(kod, upptagna[-1], i_parentes(namn), svar.slag.get(kod) or _slag(på_konton[kod]))


def _slag(kontonamn: list[str]) -> Slag | None:
    """The kind of insats that the names of its konton agree on."""
    funna = [slag for slag, ord_ in SLAG.items() if all(re.search(ord_, namn, re.IGNORECASE) for namn in kontonamn)]
    return funna[0] if len(funna) == 1 else None


def _förbund(svar: Svar, rader: Iterable[Kontorad], insatser: Iterable[Föreslagen]) -> Förbund:
    """The settings that fit the lines."""
    rader = list(rader)
    funktioner = {rad.funktion for rad in rader}
    grupper = tuple(kostnadsgrupper(funktioner, ((insats.grupp, insats.id, insats.namn) for insats in insatser)))
    notrader = {rad.not_rad for rad in rader}
    return Förbund(
        slug=svar.slug,
        namn=svar.namn,
        kortnamn=svar.kortnamn,
        orgnr=svar.orgnr,
        kontoplan=svar.kontoplan,
        medlemmar=svar.medlemmar,
        noter=tuple(noter(notrader, svar.medlemmar)),
        kostnadsfördelning=grupper,
        driftredovisning=tuple(driftrader(grupper)),
    )
