"""Checks of what an årsredovisning must hold and of its figures against each other."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

from finsam.checks.finding import Finding, Kontroll, Kontrollnivå, Prövat, jämför
from finsam.checks.kontroll import kontroll
from finsam.checks.obligatoriskt import (
    I_EGEN_NOT,
    Krav,
    check_avsnitt_finns,
    check_texter_finns,
    check_uppgifter_finns,
    datum,
    valda_avsnitt,
)
from finsam.checks.texter import utan_hänvisningar
from finsam.model.belopp import NOLL, kr
from finsam.model.ord import SAKNAS, VISAS_EJ, ascii_id, uppräkning, versal
from finsam.model.rapport import ÅRSREDOVISNING
from finsam.model.underlag import Insats
from finsam.statements import balansrakning, resultatrakning
from finsam.statements.flerarsoversikt import översiktsår
from finsam.statements.mal import INGEN_BEDÖMNING
from finsam.statements.redovisning import Redovisning
from finsam.statements.upplysningar.krav import gällande

OBLIGATORISKA_TEXTER = {
    "inledning": ("förvaltningsberättelsens inledning", "LKBR 11 kap. 1 §"),
    "organisation": ("organisation", "LKBR 11 kap. 1 §"),
    "uppdrag": ("uppdrag", "lag (2003:1210) 7 §"),
    "finansiering": ("finansiering", "lag (2003:1210) 5 §"),
    "viktiga_forhallanden": ("viktiga förhållanden för resultat och ekonomisk ställning", "LKBR 11 kap. 2 §"),
    "handelser": ("händelser av väsentlig betydelse", "LKBR 11 kap. 3 §"),
    "forvantad_utveckling": ("förväntad utveckling", "LKBR 11 kap. 4 §"),
    "personal": ("väsentliga personalförhållanden", "LKBR 11 kap. 5 §"),
    "styrning": ("styrning och uppföljning", "LKBR 11 kap. 7 §"),
    "god_ekonomisk_hushallning": ("god ekonomisk hushållning", "LKBR 11 kap. 8 §"),
    "bedomning": ("styrelsens samlade bedömning av målen", "LKBR 11 kap. 8 §"),
    "ekonomisk_stallning": ("utvärdering av den ekonomiska ställningen", "LKBR 11 kap. 9 §"),
    "balanskrav": ("balanskravsresultat", "LKBR 11 kap. 10 §"),
    "intygande": ("styrelsens intygande", "LKBR 4 kap. 3 §"),
    "not_redovisningsprinciper": ("not om redovisningsprinciper", "LKBR 9 kap. 4 §"),
}
OBLIGATORISKA_AVSNITT = {
    "forvaltningsberattelse": ("förvaltningsberättelsen", "LKBR 4 kap. 1 §"),
    "resultatrakning": ("resultaträkningen", "LKBR 4 kap. 1 §"),
    "balansrakning": ("balansräkningen", "LKBR 4 kap. 1 §"),
    "kassaflodesanalys": ("kassaflödesanalysen", "LKBR 4 kap. 1 §"),
    "driftredovisning": ("driftredovisningen och investeringsredovisningen", "LKBR 4 kap. 1 §"),
    "noter": ("noterna", "LKBR 4 kap. 1 §"),
    "underskrifter": ("styrelsens underskrift", "lag (2003:1210) 24 §"),
}
"""By section: what an årsredovisning may not leave out."""
OBLIGATORISKA_NOTER = {"revision": ("kostnaden för räkenskapsrevision", "LKBR 9 kap. 13 §")}
"""By note: what must be told in one. Redovisningsprinciper may be a section instead (9 kap. 4 §)."""
OBLIGATORISKA_UPPGIFTER = {
    "dnr": ("diarienummer", ""),
    "beslutsdatum": ("dag för styrelsens beslut", "lag (2003:1210) 24 §"),
    "undertecknad": ("dag för underskrift", "lag (2003:1210) 24 §"),
    "rakenskapsrevision": ("kostnad för räkenskapsrevision", "LKBR 9 kap. 13 §"),
    "panter": ("ställda panter", "LKBR 6 kap. 1 §"),
    "ansvarsforbindelser": ("ansvarsförbindelser", "LKBR 6 kap. 1 §"),
}
UNDERTECKNARE = {"styrelse": "styrelsens namn", "revisor": "revisorernas namn"}
"""By organ: what is missing when nobody of it signs, in words."""

KEDJA = ("rr.verksamhetens_intakter", "rr.verksamhetens_kostnader", "rr.arets_resultat", "br.eget_kapital")
"""Posts that an översikt cannot be without for a year that it shows."""


@kontroll(
    "C25",
    "Alla delar som lagen kräver finns.",
    lag="LKBR 4 kap. 1 §",
    saknas="inget är obligatoriskt",
    i=(ÅRSREDOVISNING,),
)
def check_obligatoriskt(r: Redovisning) -> Kontroll:
    """What the law asks for is there; a missing text is fel, a missing figure is printed as missing."""
    yield from check_avsnitt_finns(r, OBLIGATORISKA_AVSNITT)
    yield from check_texter_finns(r, OBLIGATORISKA_TEXTER)
    yield from check_uppgifter_finns(r, {**OBLIGATORISKA_UPPGIFTER, **_noternas_uppgifter(r)})
    for organ, ord_ in UNDERTECKNARE.items():
        yield Prövat()
        if not any(u.organ == organ for u in r.år.underlag.undertecknare):
            text = f"Ingen {organ} finns i bladet Undertecknare."
            yield Finding("fel", text, r.år.underlag.fil, lag="lag (2003:1210) 24–25 §§", saknas=ord_)
        elif any(u.organ == organ and u.namn.casefold() == SAKNAS for u in r.år.underlag.undertecknare):
            text = f"Uppgift saknas: namn på undertecknare ({organ}). Fyll i bladet Undertecknare."
            lag = "lag (2003:1210) 24–25 §§"
            yield Finding("varning", text, r.år.underlag.fil, lag=lag, saknas=ord_)
    yield Prövat()
    if r.fakta[f"drift.resultat.budget/{r.år.period}"].värde is None:
        text = "Budget saknas för någon rad i driftredovisningen: fyll i bladet Budget."
        yield Finding("fel", text, r.år.underlag.fil, lag="LKBR 10 kap. 1 §", saknas="hela budgeten")
    yield from _check_reglering(r)
    yield from _check_visat(r)


_REGLERING = re.compile(r"återställ|regler|täck|synnerlig|överskott|egna kapitalet|nästa år|kommande år", re.IGNORECASE)
"""A word that a sentence on how a deficit is dealt with has."""


def _check_reglering(r: Redovisning) -> Kontroll:
    """Where balanskravsresultatet is negative the text tells when and how it is regulated, not only what it is."""
    underskott = r.fakta.värde(f"balanskrav.resultat/{r.år.period}") or NOLL
    text = r.år.texter.get("balanskrav")
    if underskott < 0 and text is not None and text.text.strip():
        yield Prövat()
        if not _REGLERING.search(utan_hänvisningar(text.text)):
            ord_ = f"Balanskravsresultatet är {kr(underskott)} kr. Skriv i {text.fil} när och hur det ska regleras."
            yield Finding("fel", ord_, text.fil, lag="LKBR 11 kap. 11 §")


def _noternas_uppgifter(r: Redovisning) -> Krav:
    """The other uppgifter that the förbund's own notes show, but for those that C65 asks for by their paragraph."""
    rader = (rad for notis in r.år.förbund.noter for rad in notis.rader if rad.fakta.startswith("uppgift."))
    visade = {rad.fakta.removeprefix("uppgift."): f"{rad.etikett}{I_EGEN_NOT}" for rad in rader}
    andras = {*OBLIGATORISKA_UPPGIFTER, *(fråga.id for krav in gällande(r.år, r.fakta) for fråga in krav.frågor)}
    return {id_: (ord_, "LKBR 9 kap.") for id_, ord_ in visade.items() if id_ not in andras}


def _check_visat(r: Redovisning) -> Kontroll:
    """What the law names is shown: no row of its forms is hidden, and a chapter that was chosen has its text."""
    etiketter = {rad.id: rad.etikett for rad in (*resultatrakning.FORM, *balansrakning.FORM)}
    dolda = [id_ for id_ in r.år.förbund.dolda_rader if id_ in etiketter and not id_.startswith("br.summa_")]
    if dolda:
        raderna = uppräkning([etiketter[id_] for id_ in dolda])
        text = f"I lagens uppställning står {raderna}, men det är dolt (dolda_rader i forbund.yml)."
        yield Finding("varning", text, "forbund.yml", lag="LKBR 5 kap. 2 §, 6 kap. 2 §")
    valda, noter = valda_avsnitt(r), [notis.id for notis in r.år.förbund.noter]
    yield Prövat(1 + len(OBLIGATORISKA_NOTER))
    for id_, (ord_, lag) in OBLIGATORISKA_NOTER.items():
        if id_ not in noter:
            text = f"Noten om {ord_} saknas: lägg till noten {id_} under noter i forbund.yml."
            yield Finding("fel", text, "forbund.yml", lag=lag, saknas=ord_)
    if "redovisningsprinciper" not in (*valda, *noter):
        text = (
            "Redovisningsprinciperna visas inte. Ta med redovisningsprinciper bland noter eller avsnitt i forbund.yml."
        )
        yield Finding("fel", text, "forbund.yml", lag="LKBR 9 kap. 4 §", saknas="redovisningsprinciperna")
    if "forord" in valda and "forord" not in r.år.texter:
        text = "Förordet saknas: skriv text/forord.md, eller ta bort avsnittet."
        yield Finding("fel", text, "text/forord.md", lag="")


@kontroll(
    "C09",
    "Flerårsöversikten hänger ihop år för år.",
    lag="LKBR 11 kap. 1 §",
    saknas="inga tidigare år (bladet Flerårsöversikt)",
    i=(ÅRSREDOVISNING,),
    avstämning=True,
)
def check_flerårsöversikt(r: Redovisning) -> Kontroll:
    """Each year of the översikt holds together: resultat is the change in eget kapital, and the parts give it."""
    åren = översiktsår(r.år)
    for period, före in pairwise(åren):
        nu, då, resultat = (
            r.fakta[n].värde
            for n in (f"br.eget_kapital/{period}", f"br.eget_kapital/{före}", f"rr.arets_resultat/{period}")
        )
        if nu is None or då is None or resultat is None:
            continue
        kapital, text = (
            (f"br.eget_kapital/{period}", f"-br.eget_kapital/{före}"),
            f"Förändringen av eget kapital {period}",
        )
        yield jämför(f"{text} = årets resultat", kapital, ("rr.arets_resultat",), period)
        if nu - då != resultat:
            text = (
                f"Flerårsöversikten {period}: eget kapital ändras med {kr(nu - då)} kr men årets resultat "
                f"är {kr(resultat)} kr."
            )
            yield Finding("fel", text, "flerarsoversikt", nu - då - resultat)
    for period in åren:
        delar = [
            r.fakta[f"{id_}/{period}"].värde
            for id_ in ("rr.verksamhetens_resultat", "finansnetto", "rr.arets_resultat")
        ]
        extra = (
            r.fakta[f"rr.extraordinara_poster/{period}"].värde
            if f"rr.extraordinara_poster/{period}" in r.fakta
            else NOLL
        )
        finansnetto_saknas = delar[1] is None
        if delar[0] is None or delar[2] is None:
            continue
        poster = ("rr.verksamhetens_resultat", "finansnetto", "rr.extraordinara_poster")
        text = f"Verksamhetens resultat, finansnetto och extraordinära poster {period} = årets resultat"
        yield jämför(text, poster, ("rr.arets_resultat",), period)
        if differens := delar[0] + (delar[1] or NOLL) + (extra or NOLL) - delar[2]:
            text = (
                f"Flerårsöversikten {period}: verksamhetens resultat och finansnetto ger inte årets resultat; "
                f"{kr(differens)} kr skiljer."
            )
            text += " Finansnettot saknas." if finansnetto_saknas else ""
            nivå: Kontrollnivå = "varning" if finansnetto_saknas else "fel"
            yield Finding(nivå, text, "flerarsoversikt", differens, fakta=(f"rr.arets_resultat/{period}",))
    tomma = [p for p in åren if r.fakta[f"rr.arets_resultat/{p}"].värde is None]
    yield Prövat(0, f"{uppräkning(tomma)}, som översikten inte har (bladet Flerårsöversikt)" if tomma else "")
    yield from _check_översiktens_rader(r)
    yield from _check_tidigare_kostnader(r)
    yield from _check_egna_rapporter(r)


def _check_översiktens_rader(r: Redovisning) -> Kontroll:
    """Every row of the sheet is used, and what it gives for one earlier year it gives for all."""
    for rad in r.år.underlag.flerårsöversikt:
        if str(rad.år) in översiktsår(r.år) and f"{rad.post}/{rad.år}" not in r.fakta:
            text = f"{rad.post} {rad.år} i bladet Flerårsöversikt är ingen post i översikten. Rätta Post."
            yield Finding("varning", text, f"Flerårsöversikt, rad {rad.rad}")
    tidigare = översiktsår(r.år)[2:]
    for post in dict.fromkeys(rad.post for rad in r.år.underlag.flerårsöversikt):
        saknas = [p for p in tidigare if f"{post}/{p}" in r.fakta and r.fakta[f"{post}/{p}"].värde is None]
        kända = {p for p in tidigare if r.fakta.get(f"soliditet/{p}") and r.fakta[f"soliditet/{p}"].värde is not None}
        saknas = [p for p in saknas if post != "br.summa_tillgangar" or p not in kända]
        if saknas and len(saknas) < len(tidigare):
            text = f"{post} saknas för {uppräkning(saknas)} i bladet Flerårsöversikt men finns för andra år."
            nivå: Kontrollnivå = "varning" if post in KEDJA else "upplysning"
            yield Finding(nivå, text, "flerarsoversikt")


def _check_egna_rapporter(r: Redovisning) -> Kontroll:
    """A figure typed for an earlier year is what that year's own report says."""
    for rad in r.år.underlag.flerårsöversikt:
        eget = r.år.tidigare.get((str(rad.år), rad.post))
        if eget is None or rad.värde is None:
            continue
        yield Prövat()
        if rad.värde != eget:
            text = (
                f"{rad.post} {rad.år} är {kr(rad.värde)} kr i bladet Flerårsöversikt men {kr(eget)} kr i "
                f"årsredovisningen för {rad.år}, som används."
            )
            yield Finding("varning", text, "flerarsoversikt", rad.värde - eget)


def _check_tidigare_kostnader(r: Redovisning) -> Kontroll:
    """An earlier year's kostnadsfördelning and kostnader in the översikt are the same amount."""
    for period in översiktsår(r.år)[2:]:
        fördelat = r.fakta.värde(f"kostnad.totalt/{period}")
        kostnader = r.fakta[f"rr.verksamhetens_kostnader/{period}"].värde
        avskrivningar = r.fakta[f"rr.avskrivningar/{period}"].värde or NOLL
        if fördelat is None or kostnader is None:
            continue
        yield Prövat()
        if differens := fördelat + kostnader + avskrivningar:
            text = (
                f"Kostnadsfördelningen {period} är {kr(fördelat)} kr men flerårsöversiktens kostnader {kr(-kostnader)} "
                "kr;"
                f" {kr(differens)} kr skiljer. Båda är hämtade ur tidigare årsredovisning."
            )
            fakta = (f"kostnad.totalt/{period}", f"rr.verksamhetens_kostnader/{period}")
            yield Finding("varning", text, "kostnadsfordelning", differens, lag="", fakta=fakta)


@kontroll(
    "C18",
    "Beslut och underskrift ligger inom tre månader efter året.",
    lag="lag (2003:1210) 24 §",
    saknas="inget datum för beslut eller underskrift (bladet Uppgifter)",
    i=(ÅRSREDOVISNING,),
)
def check_datum(r: Redovisning) -> Kontroll:
    """Decided and signed after the year, within three months, signed when decided or later."""
    sista = date(r.år.årtal + 1, 3, 31)
    for id_, ord_ in (("beslutsdatum", "Beslutet"), ("undertecknad", "Underskriften")):
        dag = datum(r, id_)
        yield Prövat(1 if dag else 0, "" if dag else f"{ord_.lower()} är inte daterat")
        if dag and not date(r.år.årtal, 12, 31) < dag <= sista:
            text = (
                f"{ord_} är daterat {dag.isoformat()}; årsredovisningen ska lämnas efter årets slut och "
                f"senast {sista.isoformat()}."
            )
            yield Finding("varning", text, r.år.underlag.fil)
    beslut, namn = datum(r, "beslutsdatum"), datum(r, "undertecknad")
    yield Prövat(1 if beslut and namn else 0)
    if beslut and namn and namn < beslut:
        text = f"Årsredovisningen är undertecknad {namn.isoformat()}, före beslutet {beslut.isoformat()}."
        yield Finding("varning", text, r.år.underlag.fil, lag="")


@kontroll(
    "C20",
    "Måluppfyllelsen följer av utfall och gräns.",
    lag="LKBR 11 kap. 8 §",
    saknas="inget mål har en gräns (bladet Mål)",
    i=(ÅRSREDOVISNING,),
)
def check_mål(r: Redovisning) -> Kontroll:
    """A goal's grade is what its limit and outcome give; a goal with a limit has an outcome and a grade."""
    for mål in r.år.underlag.mål:
        nyckel = f"mal.{mål.id}.bedomning"
        beräknad, dold = r.odolda[nyckel].text, r.fakta[nyckel].dold
        yield Prövat(bool(mål.jämförelse) + bool(mål.jämförelse and mål.bedömning))
        if mål.bedömning and beräknad != mål.bedömning:
            text = f"Målet {mål.id} bedöms som {mål.bedömning} i underlaget, men utfall och gräns ger {beräknad}."
            if dold:
                text = f"Målet {mål.id}: bedömningen i underlaget är inte den som utfall och gräns ger ({VISAS_EJ})."
            yield Finding("fel", text, f"Mål, rad {mål.rad}")
        utfall = f"mal.{mål.id}.utfall/{r.år.period}"
        if mål.fakta and r.år.väntar_på_bokföringen:
            yield Prövat(0, "mål vars utfall väntar på bokföringen")
            continue
        if mål.jämförelse and (utfall not in r.odolda or r.odolda[utfall].värde is None):
            text = f"Målet {mål.id} har en gräns men inget utfall. Fyll i Utfall eller Fakta."
            yield Finding("varning", text, f"Mål, rad {mål.rad}")
        elif beräknad == INGEN_BEDÖMNING:
            text = f"Målet {mål.id} har ingen bedömning. Styrelsen behöver ta ställning."
            yield Finding("varning", text, f"Mål, rad {mål.rad}")


@kontroll(
    "C22",
    "Budgeten är i balans eller motiverad.",
    lag="KL 11 kap. 5 §",
    saknas="ingen hel budget för året (bladet Budget)",
    i=(ÅRSREDOVISNING,),
)
def check_budget(r: Redovisning) -> Kontroll:
    """A budget in deficit is explained (KL 11:5 lets it be, with reasons)."""
    resultat = r.fakta[f"drift.resultat.budget/{r.år.period}"].värde
    yield Prövat(int(resultat is not None))
    if resultat is not None and resultat < 0 and "driftredovisning" not in r.år.texter:
        text = f"Budgeten har ett underskott på {kr(-resultat)} kr. Skriv skälet i text/driftredovisning.md."
        yield Finding("varning", text, "driftredovisning", resultat, fakta=(f"drift.resultat.budget/{r.år.period}",))


@kontroll(
    "C24",
    "Förbundet har inga lån och eget kapital är inte negativt.",
    lag="lag (2003:1210) 21–22 §§",
    saknas="bokföringen har inga saldon",
    i=(ÅRSREDOVISNING,),
)
def check_skulder(r: Redovisning) -> Kontroll:
    """A förbund may not borrow, and members must cover a negative eget kapital."""
    skulder = r.fakta[f"br.langfristiga_skulder/{r.år.period}"].värde
    kapital = r.fakta[f"br.eget_kapital/{r.år.period}"].värde
    yield Prövat((skulder is not None) + (kapital is not None))
    if skulder:
        text = f"Långfristiga skulder är {kr(skulder)} kr, men ett samordningsförbund får inte låna."
        fakta = (f"br.langfristiga_skulder/{r.år.period}",)
        yield Finding("varning", text, "balansrakning", skulder, lag="lag (2003:1210) 21 §", fakta=fakta)
    if kapital is not None and kapital < 0:
        text = f"Eget kapital är {kr(kapital)} kr. Medlemmarna svarar för bristen efter sina andelar."
        fakta = (f"br.eget_kapital/{r.år.period}",)
        yield Finding("varning", text, "balansrakning", kapital, lag="lag (2003:1210) 22 §", fakta=fakta)


@kontroll(
    "C30",
    "Insatsägarnas redovisning stämmer med bokföringen.",
    saknas="ingen insatsägare har redovisat (bladet Insatsekonomi)",
    i=(ÅRSREDOVISNING,),
    avstämning=True,
)
def check_insatsekonomi(r: Redovisning) -> Kontroll:
    """The insatsägare's own report adds up to what the ledger has for the insats."""
    for insats in r.år.underlag.insatser:
        utfall = r.fakta[f"insats.{insats.id}.utfall"].värde
        redovisat = r.fakta[f"insats.{insats.id}.kostnad_summa"].värde
        if utfall is not None and redovisat is not None:
            poster = (f"insats.{insats.id}.kostnad_summa",), (f"insats.{insats.id}.utfall",)
            yield jämför(f"{insats.namn}: insatsägarens redovisning = bokföringen", *poster, r.år.period)
        if utfall is None and not r.år.väntar_på_bokföringen:
            text = f"Insatsen {insats.namn} har funktionen {insats.funktion} som inte finns i kostnadsfördelningen."
            yield Finding("fel", f"{text} {_råd_om_funktion(r, insats)}", f"Insatser, rad {insats.rad}")
        elif utfall is not None and redovisat is not None and redovisat != utfall:
            text = f"{insats.namn}: insatsägaren redovisar {kr(redovisat)} kr men bokföringen har {kr(utfall)} kr."
            rader = [rad.belopp for rad in r.år.underlag.insatsekonomi if rad.insats == insats.id]
            avrundat = all(b == b.to_integral_value() for b in rader) and 2 * abs(redovisat - utfall) <= len(rader)
            text += " Det ryms i radernas avrundning till hela kronor." if avrundat else ""
            fakta = tuple(r.fakta[f"insats.{insats.id}.{del_}"].nyckel for del_ in ("kostnad_summa", "utfall"))
            yield Finding("upplysning" if avrundat else "fel", text, "Insatsekonomi", redovisat - utfall, fakta=fakta)


def _råd_om_funktion(r: Redovisning, insats: Insats) -> str:
    """The one line that an insats lacks: its konto's, where a new row may be named, or that of forbund.yml."""
    grupp, _, rad = insats.funktion.partition(".")
    grupper = [ett.id for ett in r.år.förbund.kostnadsfördelning]
    if grupp not in grupper or not rad:
        return f"Skriv den som grupp.rad; grupper är {uppräkning(grupper, 'eller') or 'inga än'}."
    ny = f"lägg till - {{id: {rad}, etikett: {insats.namn}}} i {grupp} i forbund.yml"
    if ascii_id(insats.namn) != rad:
        return f"{versal(ny)}."
    return f"Skriv {grupp}.{insats.namn} som funktion för insatsens konto i {r.år.kontoplan.fil}, eller {ny}."
