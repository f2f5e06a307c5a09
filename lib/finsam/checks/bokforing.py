"""Checks of the ledger and of how its konton are placed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from finsam.checks.finding import Finding, Kontroll, Kontrollnivå, Prövat
from finsam.checks.kontroll import kontroll
from finsam.checks.plomb import check_plomberad_ingående_balans, kan_jämföras
from finsam.model.belopp import NOLL, kr, svenskt_tal
from finsam.model.bokforing import Bokföring, Bokföringsår, Verifikation, avvikelser, är_omföring
from finsam.model.fakta import Konton, Saldoslag
from finsam.model.forbund import RESTEN
from finsam.model.ord import MÅNADER, uppräkning
from finsam.model.rapport import ÅRSREDOVISNING
from finsam.model.verifikattext import Period, gäller_efter, perioder
from finsam.read.normalkontoplan import kännetecken, normalkonto
from finsam.statements.redovisning import Redovisning

_RESULTATKLASSER = "345678"
_FÄLT = {"not_rad": "noten", "funktion": "kostnadsfördelningen"}
"""The columns of the kontoplan that a konto can be divided in, and what is made of them."""
_VISAS = 10
_INTERIM = ("17", "29")
"""Konton of what is paid before the year it is for, or after."""
_VÄSENTLIGT = Decimal(5000)
"""Kronor that nobody has to decide about under."""


@kontroll(
    "C27",
    "Bokföringen balanserar: debet är lika med kredit.",
    lag="LKBR 3 kap.",
    saknas="bokföringen har inga saldon",
    i=(ÅRSREDOVISNING,),
    före="C01",
    avstämning=True,
)
def check_debet_kredit(r: Redovisning) -> Kontroll:
    """Opening balances add up to nil, and so do closing balances with results."""
    for nr, bokår in r.år.bokföring.år.items():
        yield Prövat(bool(bokår.ib) + bool(bokår.ub or bokår.res))
        for namn, summa in _avstämningar(bokår):
            if summa:
                text = (
                    f"{namn} {r.år.årtal + nr} går inte ihop: debet och kredit skiljer {kr(summa)} kr. Exportera "
                    "bokföringen på nytt."
                )
                yield Finding("fel", text, "bokforing.se", summa, lag="LKBR 4 kap. 4 §")


def _avstämningar(bokår: Bokföringsår) -> tuple[tuple[str, Decimal], ...]:
    resultat = NOLL if bokår.avslutat else sum(bokår.res.values(), NOLL)
    utgående = sum(bokår.ub.values(), NOLL) + resultat
    return ("Ingående balans", sum(bokår.ib.values(), NOLL)), ("Utgående balans med resultat", utgående)


@kontroll(
    "C28",
    "Varje konto med saldo hör till exakt en post, notrad och funktion.",
    lag="LKBR 5 kap. 2 §, 6 kap. 2 §",
    saknas="bokföringen har inga saldon",
    i=(ÅRSREDOVISNING,),
    före="C01",
)
def check_konton(r: Redovisning) -> Kontroll:
    """Every konto with a balance belongs to exactly one post, note row and function."""
    kontoplan = r.år.kontoplan
    for konto in sorted(konton_med_saldo(r)):
        namn = r.år.bokföring.konton[konto].namn if konto in r.år.bokföring.konton else ""
        rader = kontoplan.träffar(konto)
        poster = sorted({rad.post for rad in rader})
        yield Prövat()
        if len(poster) != 1:
            var = f"hör till både {' och '.join(poster)}" if poster else "saknas i kontoplanen"
            text = f"Konto {konto} {namn} {var}. Ge det en rad i {kontoplan.fil}{'' if poster else _rad_för(konto, r)}."
            yield Finding("fel", text, kontoplan.fil)
            continue
        yield from _check_delning(r, konto, namn)
    yield from _säg_odelade(r)
    yield from _säg_utan_post(r)


def _säg_utan_post(r: Redovisning) -> Kontroll:
    """A note of konton that is of no post is held against none."""
    planens = {rad.not_rad: rad.post for rad in r.år.kontoplan.rader if rad.not_rad}
    for notis in r.år.förbund.noter:
        poster = [post for rad in notis.rader if (post := planens.get(f"{notis.id}.{rad.id}"))]
        yield Prövat(int(bool(poster)))
        if poster and not notis.post:
            text = f"Noten {notis.rubrik} ({notis.id}) har konton men ingen post, så summan prövas inte."
            yield Finding("varning", f"{text} Skriv post: {poster[0]} i forbund.yml.", "forbund.yml")


def _rad_för(konto: str, r: Redovisning) -> str:
    """What to write in the line of a konto: the post of its number, and the columns that others of that post have."""
    normal = normalkonto(r.år.förbund.kontoplan, konto)
    if normal is None or not normal.rad.post:
        return ""
    andra = [rad for rad in r.år.kontoplan.rader if rad.post == normal.rad.post]
    mer = [kolumn for kolumn in _FÄLT if any(getattr(rad, kolumn) for rad in andra)]
    väljs = f", och i {uppräkning(mer)} en av raderna i forbund.yml" if mer else ""
    return f": post {normal.rad.post} (efter numret){väljs}"


def konton_med_saldo(r: Redovisning) -> set[str]:
    """The konton that any year of the ledger has a balance on."""
    return {
        konto
        for bokår in r.år.bokföring.år.values()
        for saldon in (bokår.ib, bokår.ub, bokår.res)
        for konto, belopp in saldon.items()
        if belopp
    }


def _check_delning(r: Redovisning, konto: str, namn: str) -> Kontroll:
    """Objects must explain the whole konto; a konto is not counted twice in a note or function."""
    rader = r.år.kontoplan.träffar(konto)
    for fält, ord_ in _FÄLT.items():
        delar = [(rad.objekt, getattr(rad, fält)) for rad in rader if getattr(rad, fält)]
        objekt = [o for o, _ in delar]
        if len(set(objekt)) < len(objekt) or ("" in objekt and len(objekt) > 1):
            text = (
                f"Konto {konto} {namn} räknas två gånger i {ord_} ({', '.join(v for _, v in delar)}). Rätta "
                f"{r.år.kontoplan.fil}."
            )
            yield Finding("fel", text, r.år.kontoplan.fil, lag="")
    if rester := odelad_rest(r, konto):
        delade = dict.fromkeys(rad.objekt for rad in rader if rad.objekt)
        belopp = uppräkning(f"{kr(rest)} kr {period}" for period, (rest, _) in rester.items())
        saknas = dict.fromkeys(_FÄLT[fält] for _, fälten in rester.values() for fält in fälten)
        text = (
            f"Konto {konto} {namn} har {belopp} som inte hör till något objekt i kontoplanen ({', '.join(delade)}), så "
            f"{uppräkning(saknas)} blir fel. Lägg till en rad för objektet, eller en med objektet {RESTEN} för det som "
            "inte har något."
        )
        yield Finding("fel", text, r.år.kontoplan.fil, next(iter(rester.values()))[0], lag="")


def odelad_rest(r: Redovisning, konto: str) -> dict[str, tuple[Decimal, list[str]]]:
    """By year, what of a konto is on none of the objekt that the kontoplan divides it into, and where it is missing."""
    slag: Saldoslag = "res" if konto[0] in _RESULTATKLASSER else "ub"
    rester: dict[str, tuple[Decimal, list[str]]] = {}
    for fält in _FÄLT:
        objekt = {rad.objekt for rad in r.år.kontoplan.träffar(konto) if getattr(rad, fält)}
        for period in (r.år.period, r.år.föregående):
            saldon = r.fakta.saldon[period, slag]
            if not objekt or "" in objekt or konto in r.fakta.saldon.odelade.get(period, {}):
                continue
            if rest := saldon.get((konto, ""), NOLL) - sum((saldon.get((konto, o), NOLL) for o in objekt), NOLL):
                rester.setdefault(period, (rest, []))[1].append(fält)
    return rester


def _säg_odelade(r: Redovisning) -> Kontroll:
    """Say once which konton an earlier year has only as a whole, when rows are without a figure because of it."""
    for period, odelade in r.odolda.saldon.odelade.items():
        okända = [f.källa for f in r.odolda.values() if f.okänd and f.period == period]
        konton = {konto for källa in okända if isinstance(källa, Konton) for konto, _ in källa.rader}
        if delade := [f"{konto} {r.år.bokföring.konton[konto].namn}" for konto in sorted(konton & set(odelade))]:
            visade = uppräkning(delade[:_VISAS] + ([f"{len(delade) - _VISAS} till"] if len(delade) > _VISAS else []))
            text = (
                f"Bokföringen har bara totaler för {period} på konton som delas på objekt ({visade}). Det går inte att "
                f"veta hur de delades, så de raderna är tomma för {period}; summorna visas. Har ni bokföringen "
                f"{period} med objekt: lägg den i årsmappen som foregaende.se."
            )
            yield Finding("upplysning", text, r.år.kontoplan.fil, lag="")


@kontroll(
    "C29",
    "Ingående balans är föregående års utgående, konto för konto.",
    lag="LKBR 4 kap. 4 § 7",
    saknas="bokföringen har inga saldon",
    i=(ÅRSREDOVISNING,),
    före="C01",
    avstämning=True,
)
def check_ingående_balans(r: Redovisning) -> Kontroll:
    """Opening balances are last year's closing balances, konto by konto, in the file and as sealed."""
    yield from check_plomberad_ingående_balans(r)
    if r.år.väntar_på_bokföringen:
        return
    åren = r.år.bokföring.år
    if kan_jämföras(r) and (-1 not in åren or not åren[-1].ub):
        return
    if 0 not in åren or -1 not in åren or not åren[-1].ub:
        text = (
            "Föregående års utgående balans finns inte i filen, så ingående balans kan inte jämföras. "
            "Lägg till föregående år i exporten, eller lägg förra årets bokföring i mappen som foregaende.se."
        )
        yield Finding("varning", text, "bokforing.se")
        return
    utgående = f"föregående års utgående{f' ({åren[-1].fil})' if åren[-1].fil else ''}"
    yield Prövat(len({*åren[0].ib, *åren[-1].ub}))
    skilda = avvikelser(åren[0], åren[-1])
    if är_omföring(skilda, åren[-1]):
        text = f"Ingående balans är {utgående}, med föregående års resultat omfört på {' och '.join(skilda)}."
        yield Finding("upplysning", text, "bokforing.se")
        return
    for konto, differens in skilda.items():
        text = f"Ingående balans på konto {konto} avviker från {utgående} med {svenskt_tal(differens, 2)} kr."
        yield Finding("fel", text, "bokforing.se", differens)


@kontroll(
    "C44",
    "Bokföringen har verifikationer för årets alla månader.",
    lag="LKBR 3 kap.",
    saknas="bokföringen har inga verifikationer",
    i=(ÅRSREDOVISNING,),
)
def check_månader(r: Redovisning) -> Kontroll:
    """A ledger with verifikationer has some in every month; without the last it was exported too early."""
    bokår = r.år.bokföring.år.get(0)
    if not r.år.bokföring.verifikationer or bokår is None:
        return
    bokförda = {dag.month for dag in r.år.bokföring.verifikationer.bokförda_dagar() if bokår.start <= dag <= bokår.slut}
    antal = 12 * (bokår.slut.year - bokår.start.year) + bokår.slut.month - bokår.start.month + 1
    for nr in (1 + (bokår.start.month - 1 + steg) % 12 for steg in range(antal)):
        yield Prövat()
        if nr not in bokförda:
            text = f"Bokföringen har inga verifikationer i {MÅNADER[nr - 1]}. Är hela året med i exporten?"
            nivå: Kontrollnivå = "varning" if nr == bokår.slut.month else "upplysning"
            yield Finding(nivå, text, "bokforing.se")


@kontroll(
    "C84",
    "Det som enligt sin text gäller nästa år är inte årets kostnad eller intäkt.",
    lag="LKBR 4 kap. 4 § 4",
    saknas="bokföringen har inga verifikationer",
    i=(ÅRSREDOVISNING,),
)
def check_nästa_års(r: Redovisning) -> Kontroll:
    """What is booked for a period after the year is periodiserat, in its own verifikation or in another."""
    verifikationer, bokår = r.år.bokföring.verifikationer, r.år.bokföring.år.get(0)
    if not verifikationer or bokår is None:
        return
    yield Prövat()
    nästa = re.compile(
        f"{bokår.slut.year}|{bokår.slut.year + 1}" if bokår.slut.month < 12 else f"{bokår.slut.year + 1}"
    )
    misstänkta = [ver for ver in verifikationer.med_text(nästa) if gäller_efter(ver.text, bokår.slut)]
    funna = [(ver, konto, belopp) for ver in misstänkta for konto, belopp in _årets(ver)]
    omfört = _omfört(verifikationer) if funna else {}
    for ver, konto, belopp in funna:
        if abs(belopp) > omfört.get((konto, belopp > 0), NOLL):
            namn = " ".join(filter(None, (ver.serie, ver.nummer, f"({ver.datum}, {ver.text})")))
            vad = "intäkt" if konto.startswith("3") else "kostnad"
            text = f"Verifikation {namn} gäller nästa år, men {kr(abs(belopp))} kr är årets {vad} på konto {konto}."
            nivå: Kontrollnivå = "varning" if abs(belopp) >= _VÄSENTLIGT else "upplysning"
            yield Finding(
                nivå, f"{text} För om det till ett interimskonto (17 eller 29), eller rätta texten.", "bokforing.se"
            )


def _årets(ver: Verifikation) -> list[tuple[str, Decimal]]:
    """What a verifikation books as costs and incomes of the year, when it periodiserar nothing."""
    if any(rad.konto.startswith(_INTERIM) for rad in ver.rader):
        return []
    summor: dict[str, Decimal] = defaultdict(lambda: NOLL)
    for rad in ver.rader:
        summor[rad.konto] += rad.belopp
    return [
        (konto, belopp)
        for konto, belopp in summor.items()
        if (konto.startswith("3") and belopp < 0) or (konto.startswith(("4", "5", "6", "7")) and belopp > 0)
    ]


def _omfört(verifikationer: Iterable[Verifikation]) -> dict[tuple[str, bool], Decimal]:
    """What is moved to or from interimskonton, by konto and whether it is less of a cost or of an income."""
    summor: dict[tuple[str, bool], Decimal] = defaultdict(lambda: NOLL)
    for ver in verifikationer:
        if any(rad.konto.startswith(_INTERIM) for rad in ver.rader):
            for rad in ver.rader:
                summor[rad.konto, rad.belopp < 0] += abs(rad.belopp)
    return summor


@kontroll(
    "C85",
    "Det som köptes under året är inte avskrivet för hela året.",
    lag="RKR R4",
    saknas="årets inköp är inga, eller går inte att skilja från äldre i avskrivningarna",
    i=(ÅRSREDOVISNING,),
)
def check_helår(r: Redovisning) -> Kontroll:
    """The only purchase of the year is not written off as if it had been there from the beginning.

    For how many years it is used nobody has to say: a whole number comes out of only one of the two ways to count.
    """
    b, bokår = r.år.bokföring, r.år.bokföring.år.get(0)
    avskrivs = {nr for nr, konto in b.konton.items() if "avskr" in konto.namn.lower()}
    tillgångar = {nr for nr in b.konton if nr.startswith(("10", "11", "12"))} - avskrivs
    inköp = [(ver, ver.datum, pris) for ver, pris in _summor(b, tillgångar).items() if ver.datum and pris > 0]
    if bokår is None or len(inköp) != 1:
        return
    [(köp, dag, pris)] = inköp
    bara_det = not any(bokår.ib.get(konto) for konto in tillgångar)
    kostnader = _summor(b, {konto for konto in avskrivs if konto.startswith("7")})
    årets = [tal for ver, tal in kostnader.items() if bara_det or Period(bokår.slut.year) in perioder(ver.text)]
    avskrivet = sum(årets, NOLL)
    yield Prövat(int(avskrivet > 0))
    månader = 12 * (bokår.slut.year - dag.year) + bokår.slut.month - dag.month
    delar = [pris * antal / 12 for antal in (månader, månader + 1, 6)]  # half a year is another way to count
    if avskrivet <= 0 or månader > 9 or any(_hela_år(ett, avskrivet) for ett in delar):
        return
    if _hela_år(pris, avskrivet):
        namn = " ".join(filter(None, (köp.serie, köp.nummer, f"({dag}, {köp.text})")))
        text = (
            f"Inköpet i verifikation {namn} är avskrivet med {kr(avskrivet)} kr, som är ett helt år av {kr(pris)} kr "
            f"på {round(pris / avskrivet)} år. Skriv av det från månaden då det togs i bruk."
        )
        yield Finding("varning", text, "bokforing.se")


def _summor(b: Bokföring, konton: Iterable[str]) -> dict[Verifikation, Decimal]:
    """What each verifikation books on some konton together."""
    summor: dict[Verifikation, Decimal] = defaultdict(lambda: NOLL)
    for konto in sorted(konton):
        for ver, rad in b.verifikationer.med_konto(konto)[1]:
            summor[ver] += rad.belopp
    return summor


def _hela_år(pris: Decimal, avskrivet: Decimal) -> bool:
    """Whether so much a year is the price in a whole number of years, to the krona a year.

    >>> _hela_år(Decimal(60000), Decimal(12000)), _hela_år(Decimal(30000), Decimal(12000))
    (True, False)
    """
    antal = round(pris / avskrivet)
    return 3 <= antal <= 50 and abs(pris - antal * avskrivet) <= antal


@kontroll(
    "C32",
    "Kontona stämmer med den kontoplan som förbundet har angett.",
    saknas="inget kontonamn i bokföringen skiljer kontoplanerna åt",
    i=(ÅRSREDOVISNING,),
    före="C01",
)
def check_kontoplanstyp(r: Redovisning) -> Kontroll:
    """Konto 84 is income in Kommun-Bas and cost in plain BAS; the names must agree with what is declared."""
    grupper: dict[str, list[str]] = defaultdict(list)
    for tecken in kännetecken(r.år.bokföring.konton.values()):
        yield Prövat()
        if tecken.typ != r.år.förbund.kontoplan:
            grupper[tecken.konto.nummer[:2]].append(f"{tecken.konto.nummer} {tecken.konto.namn}")
    for grupp, konton in sorted(grupper.items()):
        text = (
            f"Grupp {grupp} stämmer inte med kontoplanen {r.år.förbund.kontoplan}: {', '.join(konton)}. "
            "Rätta kontoplan i forbund.yml."
        )
        yield Finding("fel", text, "forbund.yml")
