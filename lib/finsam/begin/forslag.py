"""A first kontoplan and settings for a förbund, proposed from its ledger's own konton and the normal chart.

Every konto with a balance gets one line for each of its parts, or is listed as one that could not be placed. Nothing is
hidden: each line says what decided it, and what is not sure is a question that tells what to write where.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from finsam.begin.forslagsintakt import Del, dela_intäkt, typens_rad
from finsam.begin.forslagsnamn import (
    INTÄKTER,
    KOSTNADER,
    administration_i,
    balansrad_i,
    kostnad_i,
    post_i,
    slag_i,
    säger_insats,
)
from finsam.begin.forslagsobjekt import Föreslagen, föreslå_insatser, koder_på, rester
from finsam.begin.forslagsrader import FUNKTIONER, NOTER, Slag, driftrader, kostnadsgrupper, noter
from finsam.model.belopp import NOLL, kr
from finsam.model.bokforing import Bokföring, Konto
from finsam.model.forbund import RESTEN, Förbund, Kontorad, Medlem
from finsam.model.ord import uppräkning
from finsam.read.kontoplan import MED_FUNKTION
from finsam.read.normalkontoplan import Kontoplanstyp, Normalkonto, normalkonto

INSATSRAD = "kostnader.insatser"
FIL = "kontoplan.csv"
DIVERSE = ("Övriga", "Diverse")
"""How groups of this and that are called in the normal chart."""
TYPRADER = [("intakter", typ) for typ in ("stat", "region", "kommun")]
"""What the normal chart says of income from a kind of members."""


@dataclass(frozen=True, slots=True)
class Svar:
    """What must be known of a förbund besides its ledger. `slag` tells what kind of insats an objekt ("6:A") is, or a
    konto without objekt.
    """

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
class Förslag:
    """What is proposed: settings, kontoplan, insatser, and sentences on what needs a look and what found no place.

    `utan_slag` are the konton of insatser that have no projekt and whose kind nobody has told.
    """

    förbund: Förbund
    kontoplan: tuple[Planrad, ...]
    insatser: tuple[Föreslagen, ...]
    att_se_över: tuple[str, ...]
    oplacerade: tuple[str, ...]
    utan_slag: tuple[Konto, ...] = ()


@dataclass(frozen=True, slots=True)
class Plats:
    """Where a konto goes before it is divided, what decided it, and what to ask about it."""

    post: str
    not_rad: str
    funktion: str
    varför: str
    fråga: str = ""


def föreslå(svar: Svar, bokföring: Bokföring | None) -> Förslag:
    """The proposal for a förbund; without a ledger there are members and insatser to fill in, but no konton."""
    if bokföring is None:
        insatser = tuple(föreslå_insatser(None, (), svar.slag))
        rader = tuple(_hela_normalplanen(svar))
        return Förslag(_förbund(svar, [rad.rad for rad in rader], insatser), rader, insatser, (), ())
    konton = _med_saldo(bokföring)
    platser = {konto.nummer: _plats(konto, svar, konton, bokföring) for konto in konton}
    kostnader = [(k, p.not_rad == INSATSRAD) for k in konton if (p := platser[k.nummer]) and p.post in MED_FUNKTION]
    insatser = tuple(föreslå_insatser(bokföring, kostnader, svar.slag))
    delning = _Delning(svar, bokföring, insatser)
    rader = tuple(rad for konto in konton if (p := platser[konto.nummer]) for rad in delning.rader(konto, p))
    return Förslag(
        förbund=_förbund(svar, [rad.rad for rad in rader], insatser),
        kontoplan=rader,
        insatser=insatser,
        att_se_över=(*delning.att_se_över, *_som_administration(bokföring, kostnader, insatser)),
        oplacerade=tuple(
            f"{_benämning(k)}: den normala kontoplanen ({svar.kontoplan}) har inget sådant konto."
            for k in konton
            if not platser[k.nummer]
        ),
        utan_slag=tuple(delning.utan_slag),
    )


def _hela_normalplanen(svar: Svar) -> Iterator[Planrad]:
    """The whole normal chart as spans that do not overlap, for a förbund whose ledger comes later."""
    for normal, gruppen in groupby(range(1000, 9000), lambda nummer: normalkonto(svar.kontoplan, str(nummer))):
        if normal:
            första, *övriga = map(str, gruppen)
            not_, _, typ = normal.rad.not_rad.partition(".")
            not_rad = typens_rad(typ, svar.medlemmar) if (not_, typ) in TYPRADER else normal.rad.not_rad
            yield Planrad(
                replace(normal.rad, från=första, till=övriga[-1] if övriga else första, not_rad=not_rad), normal.namn
            )


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


def _benämning(konto: Konto) -> str:
    return f"{konto.nummer} {konto.namn}".strip()


# A konto as a whole: by its name, else by its number


def _plats(konto: Konto, svar: Svar, alla: Iterable[Konto], bokföring: Bokföring) -> Plats | None:
    """Where a konto goes; None when neither its number nor its name tells."""
    normal = normalkonto(svar.kontoplan, konto.nummer)
    post = normal.rad.post if normal else ""
    sagd = post_i(konto.namn, _tecken(bokföring, konto.nummer)) if konto.nummer[:1] in "345678" else ""
    if post == "rr.bokslut" or not sagd or sagd == post:
        if normal is None:
            return None
        if post == KOSTNADER:
            return _kostnad(konto, normal, svar, alla)
        rad = balansrad_i(konto.namn, post)
        fråga = _utan_namn(konto, normal) if not konto.namn else ""
        funktion = normal.rad.funktion if post in MED_FUNKTION else ""
        return Plats(post, rad or normal.rad.not_rad, funktion, "namnet" if rad else f"numret: {normal.namn}", fråga)
    av_numret = f"numret säger {normal.namn.lower()} ({post})" if normal else "numret finns inte i kontoplanen"
    fråga = (
        f"förs till {sagd}, efter namnet, fast {av_numret}. Stämmer det inte: ändra kolumnerna post, not_rad och "
        f"funktion på kontots rad i {FIL}."
    )
    if sagd == KOSTNADER:
        regel = kostnad_i(konto.namn, "")
        rad, funktion = (regel.not_rad, regel.funktion) if regel else (INSATSRAD, "insatser.ovriga")
        return Plats(sagd, rad, funktion, "namnet", fråga)
    funktion = "administration.avskrivningar" if sagd in MED_FUNKTION else ""
    return Plats(sagd, "intakter.bidrag" if sagd == INTÄKTER else "", funktion, "namnet", fråga)


def _tecken(bokföring: Bokföring, konto: str) -> int:
    """The sign of a result account's balance, this year's or else the year before's."""
    belopp = next((b for ett in bokföring.år.values() if (b := ett.res.get(konto, NOLL))), NOLL)
    return (belopp > 0) - (belopp < 0)


def _kostnad(konto: Konto, normal: Normalkonto, svar: Svar, alla: Iterable[Konto]) -> Plats:
    """A cost: by its name where that tells more than the number does, else by the number."""
    plats = _kostnad_av_namnet(konto, normal) or _kostnad_av_numret(konto, normal)
    if plats.funktion == "administration.personal" and not _har_löner(svar.kontoplan, alla):
        return replace(plats, funktion="administration.styrelse")
    return plats


def _kostnad_av_namnet(konto: Konto, normal: Normalkonto) -> Plats | None:
    """A cost by its name; what the number says otherwise of, whether it is an insats, is asked."""
    regel, är_insats = kostnad_i(konto.namn, normal.rad.not_rad), normal.rad.not_rad == INSATSRAD
    if not är_insats and säger_insats(konto.namn):
        fråga = (
            f"förs till insatser, efter namnet, fast numret säger {normal.namn.lower()}. Stämmer det inte: skriv "
            f"{normal.rad.not_rad} i kolumnen not_rad och {normal.rad.funktion} i kolumnen funktion i {FIL}."
        )
        return Plats(KOSTNADER, INSATSRAD, "insatser.ovriga", "namnet", fråga)
    if regel is None or (är_insats and (not regel.stark or säger_insats(konto.namn))):
        return None
    fråga = (
        f"förs till {_rad_i_ord(regel.not_rad)}, efter namnet, fast numret säger insatser. Är det en insats: skriv "
        f"{INSATSRAD} i kolumnen not_rad och insatsens rad i kolumnen funktion i {FIL}."
    )
    return Plats(KOSTNADER, regel.not_rad, regel.funktion, "namnet", fråga if är_insats else "")


def _kostnad_av_numret(konto: Konto, normal: Normalkonto) -> Plats:
    """A cost by its number; that of a group of this and that is asked about."""
    not_rad, fråga = normal.rad.not_rad, "" if konto.namn else _utan_namn(konto, normal)
    säger_övrigt = konto.namn.casefold().startswith(("övrig", "diverse"))
    if konto.namn and not säger_övrigt and not_rad == "kostnader.ovrigt" and normal.namn.startswith(DIVERSE):
        fråga = (
            f"förs till {_rad_i_ord(not_rad)}, efter kontogruppen. Är det något annat: skriv en annan rad i kolumnerna "
            f"not_rad och funktion i {FIL}; raderna står under noter och kostnadsfördelning i forbund.yml."
        )
    return Plats(KOSTNADER, not_rad, normal.rad.funktion, f"numret: {normal.namn}", fråga)


def _rad_i_ord(not_rad: str) -> str:
    return NOTER["kostnader"].rader[not_rad.partition(".")[2]].lower()


def _har_löner(typ: Kontoplanstyp, konton: Iterable[Konto]) -> bool:
    return any((n := normalkonto(typ, konto.nummer)) and n.rad.not_rad == "kostnader.loner" for konto in konton)


def _utan_namn(konto: Konto, normal: Normalkonto) -> str:
    return (
        f"kontot saknar namn i filen och är placerat efter numret ({normal.namn}). Är det något annat: ändra post, "
        f"not_rad och funktion på kontots rad i {FIL}."
    )


# A konto in its parts: by objekt


class _Delning:
    """Divides konton on the objekt they have, and remembers what it was not sure of."""

    def __init__(self, svar: Svar, bokföring: Bokföring, insatser: tuple[Föreslagen, ...]) -> None:
        self.svar, self.bokföring = svar, bokföring
        self.insatser = {insats.objekt: insats for insats in insatser}
        self.att_se_över: list[str] = []
        self.utan_slag: list[Konto] = []

    def rader(self, konto: Konto, plats: Plats) -> Iterator[Planrad]:
        """The lines of a konto."""
        if plats.fråga:
            self.att_se_över.append(f"{_benämning(konto)}: {plats.fråga}")
        if plats.post == INTÄKTER:
            delar, frågor = dela_intäkt(konto, plats.not_rad, self.svar.medlemmar, self.bokföring)
            self.att_se_över += [f"{_benämning(konto)}: {fråga}" for fråga in frågor]
        elif plats.post in MED_FUNKTION:
            delar = self._kostnad(konto, plats)
        else:
            delar = [Del("", plats.not_rad, plats.varför)]
        for del_ in delar:
            funktion = del_.funktion or (plats.funktion if plats.post in MED_FUNKTION else "")
            rad = Kontorad(konto.nummer, konto.nummer, del_.objekt, plats.post, del_.not_rad, funktion, 0)
            yield Planrad(rad, f"{konto.namn} (efter {del_.varför})".strip())

    def _kostnad(self, konto: Konto, plats: Plats) -> list[Del]:
        """A cost: a line for each insats on it, and one for the rest."""
        egna = self._funktioner(konto, plats)
        namn = koder_på(self.bokföring, konto.nummer)
        if not egna:
            return [self._odelat(konto, plats)]
        delar = [Del(kod, plats.not_rad, f"objektet {namn[kod]}", funktion) for kod, funktion in egna.items()]
        if rest := rester(self.bokföring, konto.nummer, egna):
            delar.append(replace(self._odelat(konto, plats, rest), objekt=RESTEN))
        return delar

    def _funktioner(self, konto: Konto, plats: Plats) -> dict[str, str]:
        """The objekt of one dimension that are insatser on a konto, or administration, with their functions."""
        namn = koder_på(self.bokföring, konto.nummer)
        dimensioner = [kod.partition(":")[0] for kod in namn if kod in self.insatser]
        if not dimensioner:
            return {}
        vald = max(dimensioner, key=dimensioner.count)
        funktioner = {}
        for kod in namn:
            if kod.startswith(f"{vald}:"):
                if kod in self.insatser:
                    funktioner[kod] = self.insatser[kod].funktion
                elif (administration := administration_i(namn[kod])) is not None:
                    egen = "administration.kansli" if plats.not_rad == INSATSRAD else plats.funktion
                    funktioner[kod] = administration or egen
        return funktioner

    def _odelat(self, konto: Konto, plats: Plats, rest: Mapping[int, Decimal] | None = None) -> Del:
        """What of a cost is on no insats: by its function; a konto of insatser by the kind that its name says."""
        funktion, varför = plats.funktion, plats.varför
        if konto.nummer in self.insatser:
            return Del("", plats.not_rad, "ert svar", self.insatser[konto.nummer].funktion)
        if plats.not_rad == INSATSRAD and plats.post == KOSTNADER:
            slag = self.svar.slag.get(konto.nummer) or slag_i(konto.namn)
            funktion = f"{slag}.ovriga" if slag else "insatser.ovriga"
            varför = "ert svar" if konto.nummer in self.svar.slag else "namnet" if slag else varför
            if not slag:
                self.utan_slag.append(konto)
        if rest or (funktion == "insatser.ovriga" and not plats.fråga):
            self.att_se_över.append(f"{_benämning(konto)}: {self._om_det_odelade(konto, plats, funktion, rest)}")
        return Del("", plats.not_rad, varför, funktion)

    def _om_det_odelade(self, konto: Konto, plats: Plats, funktion: str, rest: Mapping[int, Decimal] | None) -> str:
        grupp, _, rad = funktion.partition(".")
        if rest:
            belopp = uppräkning(f"{kr(b)} kr {år}" for år, b in rest.items())
            exempel = next(iter(self._funktioner(konto, plats).values()))
            vart = f"{FUNKTIONER[grupp].etikett}, {FUNKTIONER[grupp].rader[rad].lower()}"
            text = (
                f"{belopp} har inget projekt som är en insats och förs till {vart} (raden med objektet {RESTEN}). Hör "
                f"det till en insats: skriv dess rad, till exempel {exempel}, i kolumnen funktion på raden i {FIL}."
            )
        else:
            text = "kontot har inga projekt, så hela kontot är övriga insatser."
        if funktion == "insatser.ovriga":
            svar = konto.nummer + (", eller" if rest else " (kontot blir då en insats), eller")
            text += (
                " Är de individinriktade eller strukturövergripande: kör finsam nytt igen med --individ "
                f"{konto.nummer} eller --struktur {svar} skriv individ.ovriga eller struktur.ovriga i kolumnen "
                f"funktion i {FIL} och ge forbund.yml raden under kostnadsfördelning och driftredovisning."
            )
        return text


def _som_administration(
    bokföring: Bokföring, kostnader: Iterable[tuple[Konto, bool]], insatser: Iterable[Föreslagen]
) -> Iterator[str]:
    """The projekt that are taken for administration by their names, and how to say that they are insatser."""
    kända = {insats.objekt: insats for insats in insatser}
    dimensioner = {kod.partition(":")[0] for kod in kända}
    funna: dict[str, str] = {}
    for konto, _ in kostnader:
        funna |= {kod: namn for kod, namn in koder_på(bokföring, konto.nummer).items() if kod not in kända}
    for kod, namn in sorted(funna.items()):
        if kod.partition(":")[0] in dimensioner and administration_i(namn) is not None:
            yield (
                f"Objektet {namn} ({kod}) räknas som administration, efter namnet. Är det en insats: kör finsam nytt "
                f"igen med --individ {kod} eller --struktur {kod}."
            )


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
