"""All checks of a report, in the order they are printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from finsam.checks import arsredovisning, bidrag, bokforing, budget, deltagare, insatser, mal, plomb, rakningar
from finsam.checks import verksamhetsplan as plan
from finsam.checks.avrundning import check_avrundning
from finsam.checks.finding import Finding, Kontroll
from finsam.checks.publicerat import check_publicerat
from finsam.checks.texter import check_genomgångna, check_texter
from finsam.statements.redovisning import Redovisning


@dataclass(frozen=True, slots=True)
class Kontrollpunkt:
    """A check: its code, what it assures when it finds nothing, its law, and the function."""

    kod: str
    utsaga: str
    lag: str
    kontroll: Callable[[Redovisning], Kontroll]


def check_inläsning(r: Redovisning) -> Kontroll:
    """C33: what the readers remarked on without refusing the file."""
    for problem in r.år.problem:
        yield Finding("C33", problem.nivå, str(problem), problem.slag or problem.fil)


_SUMMOR = Kontrollpunkt("C07", "Varje summa kan räknas om ur raderna i sin egen tabell.", "", rakningar.check_summor)
_TEXTER = Kontrollpunkt("C10", "Tal i texterna är hämtade ur beräkningarna.", "", check_texter)
_SMÅ_GRUPPER = Kontrollpunkt(
    "C21",
    "Små grupper visas inte och går inte att räkna ut, och inga personnummer finns.",
    deltagare.GRUND,
    deltagare.check_små_grupper,
)
_PUBLICERAT = Kontrollpunkt("C31", "Publicerade tal stämmer med de beräknade.", "", check_publicerat)
_INLÄSNING = Kontrollpunkt("C33", "Filerna lästes utan anmärkning.", "", check_inläsning)
_GENOMGÅNGNA = Kontrollpunkt("C36", "Texterna är genomgångna.", "", check_genomgångna)
_PLOMB = Kontrollpunkt(
    "C26", "Underlaget till ett plomberat år är oförändrat sedan det plomberades.", "", plomb.check_plomb
)
_AVRUNDNING = Kontrollpunkt(
    "C08", "Avrundade rader ger den tryckta summan, och andelar 100 procent, i varje tabell.", "", check_avrundning
)
_GRÄNSER = Kontrollpunkt("C17", "Gränser har samma enhet och storleksordning som det de gäller.", "", mal.check_gränser)
_INSATSER = Kontrollpunkt(
    "C42", "Varje insats är av det slag som dess kostnader är, och pågår under året.", "", insatser.check_insatser
)
ÅRSREDOVISNING = (
    Kontrollpunkt(
        "C27", "Bokföringen balanserar: debet är lika med kredit.", "LKBR 3 kap.", bokforing.check_debet_kredit
    ),
    Kontrollpunkt(
        "C28",
        "Varje konto med saldo hör till exakt en post, notrad och funktion.",
        "LKBR 5 kap. 2 §, 6 kap. 2 §",
        bokforing.check_konton,
    ),
    Kontrollpunkt(
        "C29",
        "Ingående balans är föregående års utgående, konto för konto.",
        "LKBR 4 kap. 4 § 7",
        bokforing.check_ingående_balans,
    ),
    Kontrollpunkt(
        "C32", "Kontona stämmer med den kontoplan som förbundet har angett.", "", bokforing.check_kontoplanstyp
    ),
    Kontrollpunkt(
        "C01",
        "Tillgångarna är lika stora som eget kapital, avsättningar och skulder.",
        "LKBR 6 kap. 2 §",
        rakningar.check_balans,
    ),
    Kontrollpunkt(
        "C02",
        "Eget kapital vid årets början och årets resultat ger eget kapital vid årets slut.",
        "LKBR 6 kap. 2 §",
        rakningar.check_eget_kapital,
    ),
    Kontrollpunkt(
        "C03",
        "Årets resultat är detsamma, med samma tecken, i resultaträkning och balansräkning.",
        "LKBR 5 kap. 2 §",
        rakningar.check_resultat,
    ),
    Kontrollpunkt("C04", "Varje not summerar till sin post.", "LKBR 9 kap.", rakningar.check_noter),
    Kontrollpunkt(
        "C05", "Årets kassaflöde är förändringen av likvida medel.", "LKBR 8 kap. 1 §", rakningar.check_kassaflöde
    ),
    Kontrollpunkt(
        "C06",
        "Kostnadsfördelningen summerar till resultaträkningens kostnader.",
        "LKBR 11 kap. 8 §",
        rakningar.check_kostnadsfördelning,
    ),
    _SUMMOR,
    _AVRUNDNING,
    Kontrollpunkt(
        "C09", "Flerårsöversikten hänger ihop år för år.", "LKBR 11 kap. 1 §", arsredovisning.check_flerårsöversikt
    ),
    _TEXTER,
    Kontrollpunkt(
        "C12",
        "Medlemsbidragen är bokförda som beslutat och delade som lagen och avtalen säger.",
        "lag (2003:1210) 5 §",
        bidrag.check_medlemsbidrag,
    ),
    _GRÄNSER,
    Kontrollpunkt(
        "C18",
        "Beslut och underskrift ligger inom tre månader efter året.",
        "lag (2003:1210) 24 §",
        arsredovisning.check_datum,
    ),
    Kontrollpunkt("C19", "Antalen deltagare stämmer med varandra.", "", deltagare.check_deltagare),
    Kontrollpunkt("C20", "Måluppfyllelsen följer av utfall och gräns.", "LKBR 11 kap. 8 §", arsredovisning.check_mål),
    _SMÅ_GRUPPER,
    Kontrollpunkt("C22", "Budgeten är i balans eller motiverad.", "KL 11 kap. 5 §", arsredovisning.check_budget),
    Kontrollpunkt(
        "C24",
        "Förbundet har inga lån och eget kapital är inte negativt.",
        "lag (2003:1210) 21–22 §§",
        arsredovisning.check_skulder,
    ),
    Kontrollpunkt("C25", "Alla delar som lagen kräver finns.", "LKBR 4 kap. 1 §", arsredovisning.check_obligatoriskt),
    _PLOMB,
    Kontrollpunkt("C30", "Insatsägarnas redovisning stämmer med bokföringen.", "", arsredovisning.check_insatsekonomi),
    _PUBLICERAT,
    _INLÄSNING,
    _GENOMGÅNGNA,
    Kontrollpunkt("C37", "Enkätresultaten stämmer med svaren.", "", deltagare.check_enkäter),
    Kontrollpunkt("C38", "Jämförelsetalen är de som fastställdes.", "RKR R12", plomb.check_jämförelsetal),
    Kontrollpunkt(
        "C40",
        "Budgetens rader är fullständiga och har utfallets storleksordning.",
        "LKBR 10 kap. 1 §",
        budget.check_budgetrader,
    ),
    Kontrollpunkt(
        "C41",
        "Driftredovisningens resultat är resultaträkningens.",
        "LKBR 10 kap. 1 §",
        budget.check_driftredovisning,
    ),
    _INSATSER,
    Kontrollpunkt(
        "C44", "Bokföringen har verifikationer för årets alla månader.", "LKBR 3 kap.", bokforing.check_månader
    ),
)
VERKSAMHETSPLAN = (
    _SUMMOR,
    _AVRUNDNING,
    _TEXTER,
    Kontrollpunkt(
        "C12",
        "Medlemsbidragen är delade som lagen och avtalen säger.",
        "lag (2003:1210) 5 §",
        bidrag.check_planens_andelar,
    ),
    Kontrollpunkt("C13", "Eget kapital hänger ihop år för år.", "KL 11 kap. 6 §", plan.check_kedja),
    Kontrollpunkt("C14", "Medlemsbidragen är desamma överallt i planen.", "lag (2003:1210) 5 §", plan.check_bidrag),
    Kontrollpunkt("C15", "Beslutets belopp är budgetens.", "KL 11 kap. 6 §", plan.check_beslut),
    Kontrollpunkt("C16", "Budgeten klarar de mål som gäller den.", "KL 11 kap. 6 §", plan.check_mål),
    _GRÄNSER,
    Kontrollpunkt("C18", "Budgeten är beslutad i tid.", "lag (2003:1210) 23 §", plan.check_datum),
    _SMÅ_GRUPPER,
    Kontrollpunkt("C22", "Budgeten är i balans eller motiverad.", "KL 11 kap. 5 §", plan.check_underskott),
    Kontrollpunkt("C23", "Intäkterna kommer från medlemmarna.", "lag (2003:1210) 5 §", plan.check_externa_intäkter),
    Kontrollpunkt("C24", "Eget kapital är inte negativt och under taket.", "lag (2003:1210) 22 §", plan.check_kapital),
    Kontrollpunkt("C25", "Alla delar som lagen kräver finns.", "KL 11 kap. 6 §", plan.check_obligatoriskt),
    _PLOMB,
    _PUBLICERAT,
    _INLÄSNING,
    Kontrollpunkt("C34", "Insatsernas budget är densamma i faktarutan som i budgeten.", "", plan.check_insatsbudget),
    Kontrollpunkt("C35", "Budgetplanens grupper håller ihop.", "", plan.check_grupper),
    _GENOMGÅNGNA,
    Kontrollpunkt(
        "C40",
        "Budgetens belopp är utan minus och har samma storleksordning år för år.",
        "KL 11 kap. 6 §",
        budget.check_planrader,
    ),
    _INSATSER,
    Kontrollpunkt("C43", "Mötena är under budgetåret.", "", insatser.check_möten),
)
KONTROLLER = {"arsredovisning": ÅRSREDOVISNING, "verksamhetsplan": VERKSAMHETSPLAN}
"""The checks of each kind of report."""


_SAKNAR: dict[str, Callable[[Redovisning], bool]] = {
    "C26": lambda r: r.år.plomb is None,
    "C31": lambda r: not r.år.publicerat,
    "C37": lambda r: not r.år.underlag.enkätsvar,
    "C38": lambda r: r.år.fastställt is None,
    "C43": lambda r: not r.år.underlag.möten,
    "C44": lambda r: not r.år.bokföring.verifikationer,
}
"""When a check has nothing to look at; then it says nothing, rather than that all is well."""


_ORDNING = ("fel", "varning", "upplysning", "ok")


def kontrollera(r: Redovisning) -> tuple[Finding, ...]:
    """Run every check; one that finds nothing says so. The gravest first, waived ones as upplysning."""
    alla: list[Finding] = []
    for punkt in KONTROLLER[r.år.rapport]:
        funna = [_undanta(f, r) for f in punkt.kontroll(r)]
        alla += funna or (
            []
            if punkt.kod in _SAKNAR and _SAKNAR[punkt.kod](r)
            else [Finding(punkt.kod, "ok", punkt.utsaga, "", punkt.lag)]
        )
    return tuple(sorted(alla, key=lambda f: _ORDNING.index(f.nivå)))


def _undanta(f: Finding, r: Redovisning) -> Finding:
    """A finding somebody has answered for is printed with the answer."""
    if f.nivå not in ("fel", "varning"):
        return f
    for undantag in r.år.underlag.undantag:
        if undantag.kod == f.kod and undantag.gäller in ("", f.källa):
            ord_ = f"{f.text} Godtaget av {undantag.namn} {undantag.datum.isoformat()}: {undantag.skäl}"
            return replace(f, nivå="upplysning", text=ord_)
    return f


def med_fler(findings: Iterable[Finding], fler: Iterable[Finding], r: Redovisning) -> tuple[Finding, ...]:
    """The findings with those of a check that is made later, when there is a document to read."""
    alla = (*findings, *(_undanta(f, r) for f in fler))
    return tuple(sorted(alla, key=lambda f: _ORDNING.index(f.nivå)))


def har_fel(findings: tuple[Finding, ...]) -> bool:
    """Whether a document with these findings is a draft."""
    return any(f.nivå == "fel" for f in findings)
