"""Checks between the räkningar and their notes."""

from __future__ import annotations

from decimal import Decimal

from finsam.checks.finding import Finding, Kontroll, Prövat, jämför
from finsam.checks.kontroll import kontroll
from finsam.model.belopp import NOLL, kr
from finsam.model.fakta import Summa
from finsam.model.rapport import ÅRSREDOVISNING
from finsam.model.tabell import Tabell
from finsam.statements.noter import i_noten
from finsam.statements.redovisning import Redovisning, tabeller


def _belopp(r: Redovisning, id_: str, period: str) -> Decimal:
    nyckel = f"{id_}/{period}"
    return (r.fakta[nyckel].värde or NOLL) if nyckel in r.fakta else NOLL


def _är_okänd(r: Redovisning, id_: str, period: str) -> bool:
    """Whether there is no figure because the year's ledger has only totals; C28 says so."""
    nyckel = f"{id_}/{period}"
    return nyckel in r.fakta and r.fakta[nyckel].okänd


def _år_med_balans(r: Redovisning) -> list[str]:
    return [period for period in (r.år.period, r.år.föregående) if (period, "ub") in r.fakta.saldon]


@kontroll(
    "C01",
    "Tillgångarna är lika stora som eget kapital, avsättningar och skulder.",
    lag="LKBR 6 kap. 2 §",
    saknas="bokföringen har inga saldon",
    i=(ÅRSREDOVISNING,),
    avstämning=True,
)
def check_balans(r: Redovisning) -> Kontroll:
    """Tillgångar equal eget kapital, avsättningar and skulder; there is a closing balance to look at."""
    if r.år.väntar_på_bokföringen:
        text = (
            f"Bokföringen för {r.år.period} finns inte än, så dokumentet är ett utkast där räkningarna väntar. Lägg "
            "årets export i mappen som bokforing.se (eller .xlsx, .csv)."
        )
        yield Finding("fel", text, "bokforing.se")
    elif r.år.period not in _år_med_balans(r):
        text = f"Bokföringen har ingen utgående balans för {r.år.period}. Ta med den i exporten ur ekonomisystemet."
        yield Finding("fel", text, "balansrakning")
    for period in _år_med_balans(r):
        tillgångar = _belopp(r, "br.summa_tillgangar", period)
        skulder = _belopp(r, "br.summa_eget_kapital_och_skulder", period)
        poster = ("br.summa_tillgangar",), ("br.summa_eget_kapital_och_skulder",)
        yield jämför(f"Tillgångar {period} = eget kapital, avsättningar och skulder", *poster, period)
        if tillgångar != skulder:
            text = f"Summa tillgångar {period} är {kr(tillgångar)} kr men eget kapital och skulder {kr(skulder)} kr."
            fakta = tuple(f"br.summa_{id_}/{period}" for id_ in ("tillgangar", "eget_kapital_och_skulder"))
            yield Finding("fel", text, "balansrakning", tillgångar - skulder, fakta=fakta)


@kontroll(
    "C02",
    "Eget kapital vid årets början och årets resultat ger eget kapital vid årets slut.",
    lag="LKBR 6 kap. 2 §",
    saknas="bokföringen har inga saldon",
    i=(ÅRSREDOVISNING,),
    avstämning=True,
)
def check_eget_kapital(r: Redovisning) -> Kontroll:
    """Eget kapital rolls forward: ingående + årets resultat = utgående, and ingående = last year's utgående."""
    for period in _år_med_balans(r):
        if (period, "ib") not in r.fakta.saldon:
            continue
        kedja = ("br.eget_kapital_ingaende", "br.arets_resultat", "br.eget_kapital")
        ib, resultat, ub = (_belopp(r, id_, period) for id_ in kedja)
        yield jämför(
            f"Eget kapital vid årets början och årets resultat {period} = vid årets slut", kedja[:2], kedja[2:], period
        )
        if ib + resultat != ub:
            text = (
                f"Eget kapital {period}: ingående {kr(ib)} och årets resultat {kr(resultat)} ger {kr(ib + resultat)} "
                "kr,"
                f" men utgående är {kr(ub)} kr. Sök bokningar direkt mot eget kapital."
            )
            lag, fakta = "LKBR 6 kap. 2 §, 4 kap. 4 § 8", tuple(f"{id_}/{period}" for id_ in kedja)
            yield Finding("fel", text, "balansrakning", ib + resultat - ub, lag=lag, fakta=fakta)
    ib, ub = _belopp(r, "br.eget_kapital_ingaende", r.år.period), _belopp(r, "br.eget_kapital", r.år.föregående)
    if r.år.väntar_på_bokföringen or r.år.föregående not in _år_med_balans(r):
        return
    text, förra = "Eget kapital vid årets början = vid föregående års slut", f"br.eget_kapital/{r.år.föregående}"
    yield jämför(text, ("br.eget_kapital_ingaende",), (förra,), r.år.period)
    if ib != ub:
        text = f"Eget kapital vid årets början är {kr(ib)} kr men var {kr(ub)} kr vid föregående års slut."
        fakta = (f"br.eget_kapital_ingaende/{r.år.period}", f"br.eget_kapital/{r.år.föregående}")
        yield Finding("fel", text, "balansrakning", ib - ub, lag="LKBR 4 kap. 4 § 7", fakta=fakta)


@kontroll(
    "C03",
    "Årets resultat är detsamma, med samma tecken, i resultaträkning och balansräkning.",
    lag="LKBR 5 kap. 2 §",
    saknas="bokföringen har inga saldon",
    i=(ÅRSREDOVISNING,),
    avstämning=True,
)
def check_resultat(r: Redovisning) -> Kontroll:
    """Årets resultat is every result account, and what is booked as the result has the same sign and size."""
    for period in _år_med_balans(r):
        saldon = r.fakta.saldon[period, "res"]
        konton = -sum((b for (k, o), b in saldon.items() if not o and k[0] in "345678" and k[:2] != "89"), NOLL)
        resultat = _belopp(r, "rr.arets_resultat", period)
        yield Prövat()
        if resultat != konton:
            text = (
                f"Årets resultat {period} är {kr(resultat)} kr men resultatkontona ger {kr(konton)} kr: "
                "något konto saknar post."
            )
            yield Finding("fel", text, "resultatrakning", resultat - konton, fakta=(f"rr.arets_resultat/{period}",))
        bokfört = sum((b for (k, o), b in saldon.items() if not o and k[:2] == "89"), NOLL)
        yield Prövat(int(bool(bokfört)))
        if bokfört and bokfört != resultat:
            text = f"Årets resultat {period} är {kr(resultat)} kr men bokfört på 89-konto med {kr(bokfört)} kr."
            fakta = (f"rr.arets_resultat/{period}",)
            yield Finding("fel", text, "balansrakning", resultat - bokfört, lag="LKBR 6 kap. 2 §", fakta=fakta)


@kontroll(
    "C04",
    "Varje not summerar till sin post.",
    lag="LKBR 9 kap.",
    saknas="ingen not har rader som hör till en post (noter i forbund.yml)",
    i=(ÅRSREDOVISNING,),
    avstämning=True,
)
def check_noter(r: Redovisning) -> Kontroll:
    """Every note adds up to its line."""
    for notis in r.år.förbund.noter:
        if not (notis.rader and notis.post):
            continue
        for period in _år_med_balans(r):
            if _är_okänd(r, f"not.{notis.id}.summa", period):
                continue
            summa = _belopp(r, f"not.{notis.id}.summa", period)
            post = i_noten(notis.post) * _belopp(r, notis.post, period)
            post_i_noten = f"{'-' if i_noten(notis.post) < 0 else ''}{notis.post}"
            text = f"Noten {notis.rubrik} {period} = sin post"
            yield jämför(text, (f"not.{notis.id}.summa",), (post_i_noten,), period)
            if summa != post:
                given = any(rad.fakta for rad in notis.rader)
                råd = (
                    "Rätta notens rader i forbund.yml" if given else f"Ge varje konto en notrad i {r.år.kontoplan.fil}"
                )
                text = f"Noten {notis.rubrik} {period} är {kr(summa)} kr men posten {kr(post)} kr. {råd}."
                fakta = (f"not.{notis.id}.summa/{period}", f"{notis.post}/{period}")
                yield Finding("fel", text, f"not_{notis.id}", summa - post, fakta=fakta)


@kontroll(
    "C05",
    "Årets kassaflöde är förändringen av likvida medel.",
    lag="LKBR 8 kap. 1 §",
    saknas="bokföringen har inga saldon",
    i=(ÅRSREDOVISNING,),
    avstämning=True,
)
def check_kassaflöde(r: Redovisning) -> Kontroll:
    """Årets kassaflöde is the change in likvida medel of the balansräkning."""
    for period in _år_med_balans(r):
        slut = r.fakta[f"kf.likvida_utgaende/{period}"].värde
        if slut is None:
            text = f"Kassaflödesanalysen för {period} saknas: filen har ingen ingående balans för året."
            yield Finding("varning", text, "kassaflodesanalys")
            continue
        poster = ("br.kassa_bank", "br.kortfristiga_placeringar")
        yield jämför(
            f"Kassaflödets likvida medel {period} = balansräkningens", ("kf.likvida_utgaende",), poster, period
        )
        bank = _belopp(r, "br.kassa_bank", period) + _belopp(r, "br.kortfristiga_placeringar", period)
        if slut != bank:
            text = (
                f"Kassaflödesanalysen {period} slutar på {kr(slut)} kr men likvida medel i balansräkningen "
                f"är {kr(bank)} kr."
            )
            fakta = (f"kf.likvida_utgaende/{period}", f"br.kassa_bank/{period}")
            yield Finding("fel", text, "kassaflodesanalys", slut - bank, fakta=fakta)


@kontroll(
    "C06",
    "Kostnadsfördelningen summerar till resultaträkningens kostnader.",
    lag="LKBR 11 kap. 8 §",
    saknas="bokföringen har inga saldon",
    i=(ÅRSREDOVISNING,),
    avstämning=True,
)
def check_kostnadsfördelning(r: Redovisning) -> Kontroll:
    """Kostnadsfördelningen adds up to the costs of the resultaträkning."""
    for period in _år_med_balans(r):
        fördelat = _belopp(r, "kostnad.totalt", period)
        kostnader = -_belopp(r, "rr.verksamhetens_kostnader", period) - _belopp(r, "rr.avskrivningar", period)
        if _är_okänd(r, "kostnad.totalt", period):
            continue
        poster = ("-rr.verksamhetens_kostnader", "-rr.avskrivningar")
        yield jämför(
            f"Kostnadsfördelningen {period} = resultaträkningens kostnader", ("kostnad.totalt",), poster, period
        )
        if fördelat != kostnader:
            text = (
                f"Kostnadsfördelningen {period} är {kr(fördelat)} kr men resultaträkningens kostnader {kr(kostnader)} "
                f"kr. Ge varje kostnadskonto en funktion i {r.år.kontoplan.fil}."
            )
            fakta = (f"kostnad.totalt/{period}", f"rr.verksamhetens_kostnader/{period}")
            yield Finding("fel", text, "kostnadsfordelning", fördelat - kostnader, fakta=fakta)


@kontroll(
    "C07",
    "Varje summa kan räknas om ur raderna i sin egen tabell.",
    saknas="ingen tabell har en summa av sina rader",
    avstämning=True,
)
def check_summor(r: Redovisning) -> Kontroll:
    """What a total adds up stands in the same table, so that a reader can add it.

    A term that is not shown may itself be a total of what is shown.
    """
    for tabell in tabeller(r):
        for kolumn in range(len(tabell.kolumner)):
            yield from _check_kolumn(r, tabell, kolumn)


def _check_kolumn(r: Redovisning, tabell: Tabell, kolumn: int) -> Kontroll:
    synliga = {rad.celler[kolumn].fakta for rad in tabell.rader if rad.celler}
    for rad in tabell.rader:
        if rad.slag not in ("summa", "delsumma") or not rad.celler or not rad.celler[kolumn].fakta:
            continue
        total = r.fakta[rad.celler[kolumn].fakta]
        källa = total.källa
        if not isinstance(källa, Summa):
            continue
        visade = [nyckel for _, nyckel in källa.termer if nyckel in synliga]
        dolda = [nyckel for _, nyckel in källa.termer if not _går_att_räkna(r, nyckel, synliga)]
        yield Prövat(int(bool(visade) and total.värde is not None))
        if visade and dolda:
            text = f"{rad.etikett} i {tabell.rubrik} innehåller {', '.join(dolda)} som inte står i tabellen."
            yield Finding("fel", text, tabell.id, fakta=(total.nyckel,))


def _går_att_räkna(r: Redovisning, nyckel: str, synliga: set[str]) -> bool:
    """Whether a reader of the table can see a fact, or add it up from what is seen."""
    källa = r.fakta[nyckel].källa
    if nyckel in synliga or not r.fakta[nyckel].värde:
        return True
    return isinstance(källa, Summa) and all(_går_att_räkna(r, n, synliga) for _, n in källa.termer)
