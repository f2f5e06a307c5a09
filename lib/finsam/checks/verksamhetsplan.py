"""Checks of a verksamhetsplan med budget: law, and its parts against each other."""

from __future__ import annotations

import re
from datetime import date

from finsam.checks.bidrag import check_fördelning
from finsam.checks.finding import Finding, Kontroll, Kontrollnivå, Prövat, jämför
from finsam.checks.kontroll import kontroll
from finsam.checks.obligatoriskt import check_avsnitt_finns, check_texter_finns, check_uppgifter_finns, datum
from finsam.checks.texter import skrivna_tal
from finsam.model.belopp import NOLL, andel, kr
from finsam.model.rapport import VERKSAMHETSPLAN
from finsam.statements.budgetplan import RESERVERADE, TOTALER, ÅRET_FÖRE, alla_under, planår
from finsam.statements.redovisning import Redovisning

OBLIGATORISKA_TEXTER = {
    "vp_inledning": ("inledning", ""),
    "vp_andamal": ("ändamål, uppgifter och målgrupp", "lag (2003:1210) 1 och 7 §§"),
    "vp_vision": ("vision", ""),
    "vp_medlemmar": ("medlemmar", "lag (2003:1210) 4 §"),
    "vp_styrelse": ("styrelsen", "lag (2003:1210) 15 §"),
    "vp_beredningsgrupp": ("beredningsgruppen", ""),
    "vp_kansli": ("kansliet", ""),
    "vp_revision": ("revisionen", "lag (2003:1210) 25 §"),
    "vp_malgrupper": ("målgrupper", "lag (2003:1210) 7 §"),
    "vp_inriktning": ("verksamhetens inriktning", "KL 11 kap. 6 §"),
    "vp_mal": ("målen", "KL 11 kap. 6 §"),
    "vp_budget": ("budgetens förutsättningar", "KL 11 kap. 6 §"),
    "vp_finansiering": ("hur planen finansieras", "KL 11 kap. 6 §"),
    "vp_ekonomisk_stallning": ("den ekonomiska ställningen vid årets slut", "KL 11 kap. 6 §"),
}
OBLIGATORISKA_AVSNITT = {
    "mal": ("verksamhetens inriktning och mål", "KL 11 kap. 6 §"),
    "budget": ("budgeten", "KL 11 kap. 6 §, lag (2003:1210) 23 §"),
}
"""By section: what a plan may not leave out. Without a section its texts are not printed, so the law's are in these."""
OBLIGATORISKA_UPPGIFTER = {
    "beslutsdatum": ("dag för beslutet", "lag (2003:1210) 23 §"),
    "samradsdatum": ("dag för samrådet med medlemmarna", "lag (2003:1210) 23 §"),
    "eget_kapital_ingaende": ("ingående eget kapital", "KL 11 kap. 6 §"),
}


@kontroll(
    "C25",
    "Alla delar som lagen kräver finns.",
    lag="KL 11 kap. 6 §",
    saknas="inget är obligatoriskt",
    i=(VERKSAMHETSPLAN,),
)
def check_obligatoriskt(r: Redovisning) -> Kontroll:
    """What the law asks of a plan is there: three years, financing, ekonomisk ställning, goals."""
    yield from check_avsnitt_finns(r, OBLIGATORISKA_AVSNITT)
    yield from check_texter_finns(r, OBLIGATORISKA_TEXTER)
    if not r.år.underlag.budgetplan:
        yield Finding("fel", "Bladet Budgetplan är tomt.", r.år.underlag.fil)
        return
    for period in planår(r.år):
        yield Prövat()
        if r.fakta[f"budget.intakter/{period}"].värde is None or r.fakta[f"budget.kostnader/{period}"].värde is None:
            text = f"Budgetplanen saknar belopp för {period}; planen ska omfatta tre år."
            yield Finding("varning", text, r.år.underlag.fil, saknas="budget för alla tre åren")
    yield Prövat()
    if not any(m.fakta for m in r.år.underlag.planmål):
        text = "Planen har inget finansiellt mål som kan prövas: ange Fakta och Gräns i bladet Planmål."
        yield Finding("varning", text, r.år.underlag.fil, saknas="finansiella mål som kan prövas")
    yield from check_uppgifter_finns(r, OBLIGATORISKA_UPPGIFTER)


@kontroll(
    "C35",
    "Budgetplanens grupper håller ihop.",
    saknas="inga grupper (bladet Budgetplan)",
    i=(VERKSAMHETSPLAN,),
    avstämning=True,
)
def check_grupper(r: Redovisning) -> Kontroll:
    """A group that is called as a total holds just what the total holds, and every row has its group."""
    rader = r.år.underlag.budgetplan
    grupper = {rad.id for rad in rader if rad.typ == "grupp"}
    for rad in rader:
        yield Prövat(bool(rad.grupp) + (rad.typ == "grupp" and rad.id in TOTALER))
        if rad.grupp and rad.grupp not in grupper:
            text = f"Raden {rad.id} hör till gruppen {rad.grupp}, som inte finns i bladet Budgetplan."
            yield Finding("fel", text, f"Budgetplan, rad {rad.rad}")
        av_typen = [annan.id for annan in rader if annan.typ in TOTALER.get(rad.id, ())]
        if rad.typ != "grupp" and (rad.id in RESERVERADE or (rad.id in TOTALER and av_typen != [rad.id])):
            text = f"Raden {rad.id} heter som en summa. Byt radens id."
            yield Finding("fel", text, f"Budgetplan, rad {rad.rad}")
        if rad.typ == "grupp" and rad.id in TOTALER:
            har = {under.id for under in alla_under(rad.id, r.år)}
            ska = {annan.id for annan in rader if annan.typ in TOTALER[rad.id]}
            if fel := sorted(har ^ ska):
                text = (
                    f"Gruppen {rad.id} heter som en summa men skiljer sig från den: {', '.join(fel)}. Byt gruppens id."
                )
                yield Finding("fel", text, f"Budgetplan, rad {rad.rad}")


@kontroll(
    "C13",
    "Eget kapital hänger ihop år för år.",
    lag="KL 11 kap. 6 §",
    saknas="inget eget kapital i budgeten (raden eget_kapital_ingaende i bladet Uppgifter)",
    i=(VERKSAMHETSPLAN,),
    avstämning=True,
)
def check_kedja(r: Redovisning) -> Kontroll:
    """Eget kapital rolls forward year by year: ingående + resultat = utgående = next year's ingående."""
    före = None
    for period in planår(r.år):
        in_, resultat, ut = (
            r.fakta[f"budget.{id_}/{period}"].värde for id_ in ("eget_kapital_ingaende", "resultat", "eget_kapital")
        )
        if in_ is None or ut is None:
            continue
        poster = ("budget.eget_kapital_ingaende", "budget.resultat"), ("budget.eget_kapital",)
        yield jämför(f"Eget kapital vid årets början och resultatet {period} = vid årets slut", *poster, period)
        yield Prövat(int(före is not None))
        if in_ + (resultat or NOLL) != ut or (före is not None and före != in_):
            text = f"Eget kapital {period}: ingående {kr(in_)}, resultat {kr(resultat)} ger inte {kr(ut)} kr."
            fakta = tuple(f"budget.{id_}/{period}" for id_ in ("eget_kapital_ingaende", "resultat", "eget_kapital"))
            yield Finding("fel", text, "budget", in_ + (resultat or NOLL) - ut, fakta=fakta)
        före = ut
    yield from _check_året_före(r)
    förra = str(r.år.årtal - 1)
    fastställt, nyckel = r.år.tidigare.get((förra, "br.eget_kapital")), f"budget.eget_kapital_ingaende/{r.år.period}"
    ingående = r.fakta[nyckel].värde
    if fastställt is None or ingående is None:
        return
    yield Prövat()
    if fastställt != ingående:
        text = (
            f"Planens ingående eget kapital är {kr(ingående)} kr men årsredovisningen {förra} slutar med "
            f"{kr(fastställt)} kr."
        )
        yield Finding("varning", text, "budget", ingående - fastställt, fakta=(nyckel,))


def _check_året_före(r: Redovisning) -> Kontroll:
    """The ingående eget kapital is what Uppgifter says that the year before began with and gave."""
    nycklar = [f"uppgift.{id_}/{r.år.period}" for id_ in ÅRET_FÖRE]
    delar = [r.fakta[nyckel].värde if nyckel in r.fakta else None for nyckel in nycklar]
    kända = [del_ for del_ in delar if del_ is not None]
    ingående = r.fakta[f"budget.eget_kapital_ingaende/{r.år.period}"].värde
    if ingående is None or len(kända) < len(delar):
        return
    yield Prövat()
    if sum(kända, NOLL) != ingående:
        text = (
            f"Eget kapital vid årets början är {kr(ingående)} kr, men {kr(kända[0])} kr ett år tidigare och "
            f"resultatet {kr(kända[1])} kr ger {kr(sum(kända, NOLL))} kr. Rätta bladet Uppgifter."
        )
        yield Finding("fel", text, r.år.underlag.fil, ingående - sum(kända, NOLL))


@kontroll(
    "C14",
    "Medlemsbidragen är desamma överallt i planen.",
    lag="lag (2003:1210) 5 §",
    saknas="medlemsbidragen står bara på ett ställe eller inget (bladen Budgetplan, Medlemsbidrag och Uppgifter)",
    i=(VERKSAMHETSPLAN,),
    avstämning=True,
)
def check_bidrag(r: Redovisning) -> Kontroll:
    """Medlemsbidraget is the same in the budget, in the split and as decided by member."""
    budget = r.fakta[f"budget.medlemsbidrag/{r.år.period}"].värde
    jämförda = (
        ("bidrag.totalt", "fördelningen mellan medlemmarna"),
        ("medlemsbidrag.beslutat", "bladet Medlemsbidrag"),
    )
    for id_, ord_ in jämförda:
        nyckel = f"{id_}/{r.år.period}"
        annat = r.fakta[nyckel].värde if nyckel in r.fakta else None
        if budget is None or annat is None:
            continue
        yield jämför(f"Medlemsbidragen i budgeten = {ord_}", ("budget.medlemsbidrag",), (id_,), r.år.period)
        if annat != budget:
            skiljer = f"{kr(abs(budget - annat))} kr skiljer"
            text = f"Medlemsbidragen är {kr(budget)} kr i budgeten men {kr(annat)} kr i {ord_}; {skiljer}."
            fakta = (f"budget.medlemsbidrag/{r.år.period}", nyckel)
            yield Finding("varning", text, "budget", budget - annat, fakta=fakta)
    yield from check_fördelning(r)


@kontroll(
    "C16",
    "Budgeten klarar de mål som gäller den.",
    lag="KL 11 kap. 6 §",
    saknas="inget mål gäller budgeten (Fakta och Gräns i bladet Planmål)",
    i=(VERKSAMHETSPLAN,),
)
def check_mål(r: Redovisning) -> Kontroll:
    """The budget keeps the goals that are set on it."""
    for mål in r.år.underlag.planmål:
        nyckel = f"planmal.{mål.id}.bedomning/{r.år.period}"
        yield Prövat(int(nyckel in r.fakta))
        if nyckel in r.fakta and r.fakta[nyckel].text == "budgeten klarar inte målet":
            gräns = _visa(r, mål.id, "grans") + (f" till {_visa(r, mål.id, 'ovre')}" if mål.övre is not None else "")
            budget = _visa(r, mål.id, "utfall")
            text = f"Budgeten klarar inte målet {mål.id}: {mål.jämförelse} {gräns}, men budgeten ger {budget}."
            fakta = (r.fakta[f"planmal.{mål.id}.utfall"].nyckel, r.fakta[f"planmal.{mål.id}.grans"].nyckel)
            yield Finding("varning", text, f"Planmål, rad {mål.rad}", fakta=fakta)
        if mål.fakta and f"planmal.{mål.id}.utfall/{r.år.period}" not in r.fakta:
            text = f"Målet {mål.id} hänvisar till {mål.fakta}, som inte finns."
            yield Finding("fel", text, f"Planmål, rad {mål.rad}", lag="")


def _visa(r: Redovisning, id_: str, del_: str) -> str:
    fakta = r.fakta[f"planmal.{id_}.{del_}"]
    return andel(fakta.värde) if fakta.enhet == "andel" else f"{kr(fakta.värde)} kr"


@kontroll(
    "C15",
    "Beslutets belopp är budgetens.",
    lag="KL 11 kap. 6 §",
    saknas="inga beslutspunkter (bladet Beslut)",
    i=(VERKSAMHETSPLAN,),
    avstämning=True,
)
def check_beslut(r: Redovisning) -> Kontroll:
    """Amounts of the decision are the budget's: none is typed, and one that is not computed is pointed out."""
    for punkt in r.år.underlag.beslut:
        plats = f"Beslut, rad {punkt.rad}"
        yield Prövat()
        for tal in skrivna_tal(punkt.text):
            text = f"Beslutspunkt {punkt.nr} har talet {tal[0]} skrivet för hand. Hänvisa till budgeten."
            yield Finding("fel", text, plats)
        for id_ in UPPGIFT_I_BESLUT.findall(punkt.text):
            fakta = r.fakta.get(f"{id_}/{r.år.period}")
            if fakta and fakta.enhet == "kr" and fakta.värde is not None:
                text = f"Beslutspunkt {punkt.nr} har {kr(fakta.värde)} kr ur bladet Uppgifter, inte ur budgeten."
                yield Finding("upplysning", text, plats, fakta=(fakta.nyckel,))


UPPGIFT_I_BESLUT = re.compile(r"\{\s*(uppgift\.\w+)")


@kontroll(
    "C18",
    "Budgeten är beslutad i tid.",
    lag="lag (2003:1210) 23 §",
    saknas="inget datum för beslut eller samråd (bladet Uppgifter)",
    i=(VERKSAMHETSPLAN,),
)
def check_datum(r: Redovisning) -> Kontroll:
    """The budget is decided by 30 November the year before, that year, and after the members were consulted."""
    dag, samråd = datum(r, "beslutsdatum"), datum(r, "samradsdatum")
    sista = date(r.år.årtal - 1, 11, 30)
    yield Prövat(2 * bool(dag), "" if dag else "budgetbeslutet är inte daterat")
    yield Prövat(int(bool(samråd)) + bool(dag and samråd), "" if samråd else "samrådet är inte daterat")
    for ett, ord_ in ((dag, "Budgeten är beslutad"), (samråd, "Samrådet är daterat")):
        if ett and ett.year < sista.year:
            text = f"{ord_} {ett.isoformat()}, inte året före budgetåret {r.år.årtal}. Stämmer året?"
            yield Finding("varning", text, r.år.underlag.fil)
    if dag and samråd and samråd > dag:
        text = f"Samrådet med medlemmarna är daterat {samråd.isoformat()}, efter beslutet {dag.isoformat()}."
        yield Finding("varning", text, r.år.underlag.fil)
    if dag and dag > sista:
        text = f"Budgeten är beslutad {dag.isoformat()} men ska vara fastställd senast {sista.isoformat()}."
        yield Finding("varning", text, r.år.underlag.fil)


@kontroll(
    "C22",
    "Budgeten är i balans eller motiverad.",
    lag="KL 11 kap. 5 §",
    saknas="ingen budget (bladet Budgetplan)",
    i=(VERKSAMHETSPLAN,),
)
def check_underskott(r: Redovisning) -> Kontroll:
    """A budget year in deficit is explained; it is allowed with reasons, never a fel. Plan years are noted."""
    for period in planår(r.år):
        resultat = r.fakta[f"budget.resultat/{period}"].värde
        yield Prövat(int(resultat is not None))
        if resultat is not None and resultat < 0 and "vp_underskott" not in r.år.texter:
            text = f"Budgeten {period} har ett underskott på {kr(-resultat)} kr. Skriv skälet i text/vp_underskott.md."
            nivå: Kontrollnivå = "varning" if period == r.år.period else "upplysning"
            yield Finding(nivå, text, "budget", resultat, fakta=(f"budget.resultat/{period}",))


@kontroll(
    "C23",
    "Intäkterna kommer från medlemmarna.",
    lag="lag (2003:1210) 5 §",
    saknas="inga intäkter i budgeten (bladet Budgetplan)",
    i=(VERKSAMHETSPLAN,),
)
def check_externa_intäkter(r: Redovisning) -> Kontroll:
    """Income from others than members is pointed out, not refused."""
    externt = r.fakta[f"budget.externa_intakter/{r.år.period}"].värde
    yield Prövat(int(r.fakta[f"budget.intakter/{r.år.period}"].värde is not None))
    if externt:
        text = f"Budgeten har {kr(externt)} kr från andra än medlemmarna; bara medlemmarna får föra över medel."
        fakta = tuple(f"budget.{id_}/{r.år.period}" for id_ in ("externa_intakter", "intakter"))
        yield Finding("upplysning", text, "budget", externt, fakta=fakta)


@kontroll(
    "C24",
    "Eget kapital är inte negativt och under taket.",
    lag="lag (2003:1210) 22 §",
    saknas="inget eget kapital i budgeten (raden eget_kapital_ingaende i bladet Uppgifter)",
    i=(VERKSAMHETSPLAN,),
)
def check_kapital(r: Redovisning) -> Kontroll:
    """Eget kapital is never negative, and a plan above the recommended ceiling is pointed out."""
    for period in planår(r.år):
        kapital, tak = r.fakta[f"budget.eget_kapital/{period}"].värde, r.fakta[f"kapitaltak/{period}"].värde
        yield Prövat(0 if kapital is None else 1 + (tak is not None))
        if kapital is not None and kapital < 0:
            text = f"Eget kapital blir {kr(kapital)} kr {period}. Medlemmarna svarar för bristen efter sina andelar."
            yield Finding("varning", text, "budget", kapital, fakta=(f"budget.eget_kapital/{period}",))
        elif kapital is not None and tak is not None and kapital > tak:
            text = f"Eget kapital {period} blir {kr(kapital)} kr, över det rekommenderade taket {kr(tak)} kr."
            fakta = (f"budget.eget_kapital/{period}", f"kapitaltak/{period}")
            yield Finding("upplysning", text, "budget", kapital - tak, lag="", fakta=fakta)


@kontroll(
    "C34",
    "Insatsernas budget är densamma i faktarutan som i budgeten.",
    saknas="ingen insats har en budget både i bladet Insatser och i bladet Budgetplan",
    i=(VERKSAMHETSPLAN,),
    avstämning=True,
)
def check_insatsbudget(r: Redovisning) -> Kontroll:
    """An insats has the same budget in its faktaruta as in the budget."""
    for insats in r.år.underlag.insatser:
        nyckel = f"budget.{insats.id}/{r.år.period}"
        budget = r.fakta[nyckel].värde if nyckel in r.fakta else None
        yield Prövat(int(insats.budget is not None and budget is not None))
        if insats.budget is not None and budget is not None and insats.budget != -budget:
            text = f"{insats.namn} har {kr(insats.budget)} kr i bladet Insatser men {kr(-budget)} kr i budgeten."
            plats, skiljer = f"Insatser, rad {insats.rad}", insats.budget + budget
            yield Finding("fel", text, plats, skiljer, fakta=(nyckel,))
        elif insats.budget and nyckel not in r.fakta:
            text = f"{insats.namn} har {kr(insats.budget)} kr i bladet Insatser men ingen rad i budgeten ({insats.id})."
            yield Finding("varning", text, f"Insatser, rad {insats.rad}", insats.budget)
