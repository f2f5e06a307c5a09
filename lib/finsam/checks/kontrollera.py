"""All checks of a report, in the order they are printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from finsam.checks import arsredovisning, bidrag, bokforing, budget, deltagare, insatser, mal, plomb, rakningar
from finsam.checks import verksamhetsplan as plan
from finsam.checks.agare import check_ägare
from finsam.checks.avrundning import check_avrundning
from finsam.checks.finding import Finding, Kontroll, Kontrollnivå, Prövat, utfall
from finsam.checks.publicerat import check_publicerat
from finsam.checks.texter import check_genomgångna, check_texter
from finsam.model import rapport
from finsam.statements.redovisning import Redovisning


@dataclass(frozen=True, slots=True)
class Kontrollpunkt:
    """A check: its code, what it assures when it finds nothing, its law, and the function.

    `saknas` says what is missing when there is nothing for it to try.
    """

    kod: str
    utsaga: str
    lag: str
    kontroll: Callable[[Redovisning], Kontroll]
    saknas: str


def check_inläsning(r: Redovisning) -> Kontroll:
    """C33: what the readers remarked on without refusing the file."""
    yield Prövat(len(r.år.filer))
    for problem in r.år.problem:
        yield Finding("C33", problem.nivå, str(problem), problem.slag or problem.fil)


_SUMMOR = Kontrollpunkt(
    "C07",
    "Varje summa kan räknas om ur raderna i sin egen tabell.",
    "",
    rakningar.check_summor,
    "ingen tabell har en summa av sina rader",
)
_TEXTER = Kontrollpunkt(
    "C10", "Tal i texterna är hämtade ur beräkningarna.", "", check_texter, "inga texter är skrivna"
)
_SMÅ_GRUPPER = Kontrollpunkt(
    "C21",
    "Små grupper visas inte och går inte att räkna ut, och inga personnummer finns.",
    deltagare.GRUND,
    deltagare.check_små_grupper,
    "inga texter och inga deltagare",
)
_PUBLICERAT = Kontrollpunkt(
    "C31",
    "Publicerade tal stämmer med de beräknade.",
    "",
    check_publicerat,
    "inget publicerat dokument att jämföra med (publicerat.yml)",
)
_INLÄSNING = Kontrollpunkt("C33", "Filerna lästes utan anmärkning.", "", check_inläsning, "inga filer")
_GENOMGÅNGNA = Kontrollpunkt(
    "C36", "Texterna är genomgångna och har inga platshållare kvar.", "", check_genomgångna, "inga texter är skrivna"
)
_PLOMB = Kontrollpunkt(
    "C26",
    "Underlaget till ett plomberat år är oförändrat sedan det plomberades.",
    "",
    plomb.check_plomb,
    "året är inte plomberat",
)
_AVRUNDNING = Kontrollpunkt(
    "C08",
    "Avrundade rader ger den tryckta summan, och andelar 100 procent, i varje tabell.",
    "",
    check_avrundning,
    "ingen tabell har en summa av sina rader",
)
_GRÄNSER = Kontrollpunkt(
    "C17",
    "Gränser har samma enhet och storleksordning som det de gäller.",
    "",
    mal.check_gränser,
    "inget mål har både en gräns och ett utfall att jämföra den med",
)
_INSATSER = Kontrollpunkt(
    "C42",
    "Varje insats är av det slag som dess kostnader är, och pågår under året.",
    "",
    insatser.check_insatser,
    "inga insatser (bladet Insatser)",
)
ÅRSREDOVISNING = (
    Kontrollpunkt(
        "C27",
        "Bokföringen balanserar: debet är lika med kredit.",
        "LKBR 3 kap.",
        bokforing.check_debet_kredit,
        "bokföringen har inga saldon",
    ),
    Kontrollpunkt(
        "C28",
        "Varje konto med saldo hör till exakt en post, notrad och funktion.",
        "LKBR 5 kap. 2 §, 6 kap. 2 §",
        bokforing.check_konton,
        "bokföringen har inga saldon",
    ),
    Kontrollpunkt(
        "C29",
        "Ingående balans är föregående års utgående, konto för konto.",
        "LKBR 4 kap. 4 § 7",
        bokforing.check_ingående_balans,
        "bokföringen har inga saldon",
    ),
    Kontrollpunkt(
        "C32",
        "Kontona stämmer med den kontoplan som förbundet har angett.",
        "",
        bokforing.check_kontoplanstyp,
        "inget kontonamn i bokföringen skiljer kontoplanerna åt",
    ),
    Kontrollpunkt(
        "C01",
        "Tillgångarna är lika stora som eget kapital, avsättningar och skulder.",
        "LKBR 6 kap. 2 §",
        rakningar.check_balans,
        "bokföringen har inga saldon",
    ),
    Kontrollpunkt(
        "C02",
        "Eget kapital vid årets början och årets resultat ger eget kapital vid årets slut.",
        "LKBR 6 kap. 2 §",
        rakningar.check_eget_kapital,
        "bokföringen har inga saldon",
    ),
    Kontrollpunkt(
        "C03",
        "Årets resultat är detsamma, med samma tecken, i resultaträkning och balansräkning.",
        "LKBR 5 kap. 2 §",
        rakningar.check_resultat,
        "bokföringen har inga saldon",
    ),
    Kontrollpunkt(
        "C04",
        "Varje not summerar till sin post.",
        "LKBR 9 kap.",
        rakningar.check_noter,
        "ingen not har rader som hör till en post (noter i forbund.yml)",
    ),
    Kontrollpunkt(
        "C05",
        "Årets kassaflöde är förändringen av likvida medel.",
        "LKBR 8 kap. 1 §",
        rakningar.check_kassaflöde,
        "bokföringen har inga saldon",
    ),
    Kontrollpunkt(
        "C06",
        "Kostnadsfördelningen summerar till resultaträkningens kostnader.",
        "LKBR 11 kap. 8 §",
        rakningar.check_kostnadsfördelning,
        "bokföringen har inga saldon",
    ),
    _SUMMOR,
    _AVRUNDNING,
    Kontrollpunkt(
        "C09",
        "Flerårsöversikten hänger ihop år för år.",
        "LKBR 11 kap. 1 §",
        arsredovisning.check_flerårsöversikt,
        "inga tidigare år (bladet Flerårsöversikt)",
    ),
    _TEXTER,
    Kontrollpunkt(
        "C12",
        "Medlemsbidragen är bokförda som beslutat och delade hälften, fjärdedel, fjärdedel.",
        "lag (2003:1210) 5 §",
        bidrag.check_medlemsbidrag,
        "inga beslutade bidrag (bladet Medlemsbidrag)",
    ),
    _GRÄNSER,
    Kontrollpunkt(
        "C18",
        "Beslut och underskrift ligger inom tre månader efter året.",
        "lag (2003:1210) 24 §",
        arsredovisning.check_datum,
        "inget datum för beslut eller underskrift (bladet Uppgifter)",
    ),
    Kontrollpunkt(
        "C19",
        "Antalen deltagare stämmer med varandra.",
        "",
        deltagare.check_deltagare,
        "inga antal som ska stämma med varandra (bladet Deltagare)",
    ),
    Kontrollpunkt(
        "C20",
        "Måluppfyllelsen följer av utfall och gräns.",
        "LKBR 11 kap. 8 §",
        arsredovisning.check_mål,
        "inget mål har en gräns (bladet Mål)",
    ),
    _SMÅ_GRUPPER,
    Kontrollpunkt(
        "C22",
        "Budgeten är i balans eller motiverad.",
        "KL 11 kap. 5 §",
        arsredovisning.check_budget,
        "ingen hel budget för året (bladet Budget)",
    ),
    Kontrollpunkt(
        "C24",
        "Förbundet har inga lån och eget kapital är inte negativt.",
        "lag (2003:1210) 21–22 §§",
        arsredovisning.check_skulder,
        "bokföringen har inga saldon",
    ),
    Kontrollpunkt(
        "C25",
        "Alla delar som lagen kräver finns.",
        "LKBR 4 kap. 1 §",
        arsredovisning.check_obligatoriskt,
        "inget är obligatoriskt",
    ),
    _PLOMB,
    Kontrollpunkt(
        "C30",
        "Insatsägarnas redovisning stämmer med bokföringen.",
        "",
        arsredovisning.check_insatsekonomi,
        "ingen insatsägare har redovisat (bladet Insatsekonomi)",
    ),
    _PUBLICERAT,
    _INLÄSNING,
    _GENOMGÅNGNA,
    Kontrollpunkt(
        "C37",
        "Enkätresultaten stämmer med svaren.",
        "",
        deltagare.check_enkäter,
        "inga enkätresultat med svar (bladen Enkätsvar och Indikatorer)",
    ),
    Kontrollpunkt(
        "C38",
        "Jämförelsetalen är de som fastställdes.",
        "RKR R12",
        plomb.check_jämförelsetal,
        "året före är inte plomberat",
    ),
    Kontrollpunkt(
        "C40",
        "Budgetens rader är fullständiga och har utfallets storleksordning.",
        "LKBR 10 kap. 1 §",
        budget.check_budgetrader,
        "ingen budget (bladet Budget)",
    ),
    Kontrollpunkt(
        "C41",
        "Driftredovisningens resultat är resultaträkningens.",
        "LKBR 10 kap. 1 §",
        budget.check_driftredovisning,
        "driftredovisningen har inga rader (driftredovisning i forbund.yml)",
    ),
    _INSATSER,
    Kontrollpunkt(
        "C45",
        "Bokföringen är förbundets egen.",
        "LKBR 3 kap. 1 §",
        check_ägare,
        "bokföringen och forbund.yml har varken organisationsnummer eller namn gemensamt",
    ),
    Kontrollpunkt(
        "C44",
        "Bokföringen har verifikationer för årets alla månader.",
        "LKBR 3 kap.",
        bokforing.check_månader,
        "bokföringen har inga verifikationer",
    ),
)
VERKSAMHETSPLAN = (
    _SUMMOR,
    _AVRUNDNING,
    _TEXTER,
    Kontrollpunkt(
        "C12",
        "Medlemsbidragen är delade hälften, fjärdedel, fjärdedel.",
        "lag (2003:1210) 5 §",
        bidrag.check_planens_andelar,
        "inga bidrag medlem för medlem (bladen Medlemsbidrag och Budgetplan)",
    ),
    Kontrollpunkt(
        "C13",
        "Eget kapital hänger ihop år för år.",
        "KL 11 kap. 6 §",
        plan.check_kedja,
        "inget eget kapital i budgeten (raden eget_kapital_ingaende i bladet Uppgifter)",
    ),
    Kontrollpunkt(
        "C14",
        "Medlemsbidragen är desamma överallt i planen.",
        "lag (2003:1210) 5 §",
        plan.check_bidrag,
        "medlemsbidragen står bara på ett ställe eller inget (bladen Budgetplan, Medlemsbidrag och Uppgifter)",
    ),
    Kontrollpunkt(
        "C15",
        "Beslutets belopp är budgetens.",
        "KL 11 kap. 6 §",
        plan.check_beslut,
        "inga beslutspunkter (bladet Beslut)",
    ),
    Kontrollpunkt(
        "C16",
        "Budgeten klarar de mål som gäller den.",
        "KL 11 kap. 6 §",
        plan.check_mål,
        "inget mål gäller budgeten (Fakta och Gräns i bladet Planmål)",
    ),
    _GRÄNSER,
    Kontrollpunkt(
        "C18",
        "Budgeten är beslutad i tid.",
        "lag (2003:1210) 23 §",
        plan.check_datum,
        "inget datum för beslut eller samråd (bladet Uppgifter)",
    ),
    Kontrollpunkt(
        "C21",
        "Inga personnummer finns i underlaget.",
        deltagare.GRUND,
        deltagare.check_personnummer,
        "inga texter",
    ),
    Kontrollpunkt(
        "C22",
        "Budgeten är i balans eller motiverad.",
        "KL 11 kap. 5 §",
        plan.check_underskott,
        "ingen budget (bladet Budgetplan)",
    ),
    Kontrollpunkt(
        "C23",
        "Intäkterna kommer från medlemmarna.",
        "lag (2003:1210) 5 §",
        plan.check_externa_intäkter,
        "inga intäkter i budgeten (bladet Budgetplan)",
    ),
    Kontrollpunkt(
        "C24",
        "Eget kapital är inte negativt och under taket.",
        "lag (2003:1210) 22 §",
        plan.check_kapital,
        "inget eget kapital i budgeten (raden eget_kapital_ingaende i bladet Uppgifter)",
    ),
    Kontrollpunkt(
        "C25",
        "Alla delar som lagen kräver finns.",
        "KL 11 kap. 6 §",
        plan.check_obligatoriskt,
        "inget är obligatoriskt",
    ),
    _PLOMB,
    _PUBLICERAT,
    _INLÄSNING,
    Kontrollpunkt(
        "C34",
        "Insatsernas budget är densamma i faktarutan som i budgeten.",
        "",
        plan.check_insatsbudget,
        "ingen insats har en budget både i bladet Insatser och i bladet Budgetplan",
    ),
    Kontrollpunkt(
        "C35", "Budgetplanens grupper håller ihop.", "", plan.check_grupper, "inga grupper (bladet Budgetplan)"
    ),
    _GENOMGÅNGNA,
    Kontrollpunkt(
        "C40",
        "Budgetens belopp är utan minus och har samma storleksordning år för år.",
        "KL 11 kap. 6 §",
        budget.check_planrader,
        "inga belopp (bladet Budgetplan)",
    ),
    _INSATSER,
    Kontrollpunkt("C43", "Mötena är under budgetåret.", "", insatser.check_möten, "inga möten (bladet Möten)"),
)
KONTROLLER = {rapport.ÅRSREDOVISNING.id: ÅRSREDOVISNING, rapport.VERKSAMHETSPLAN.id: VERKSAMHETSPLAN}
"""The checks of each kind of report."""


_ORDNING = ("fel", "varning", "upplysning", "ej prövad", "ok")


def kontrollera(r: Redovisning) -> tuple[Finding, ...]:
    """Run every check; one that finds nothing says so, or that it had nothing to try. The gravest first, waived ones as
    upplysning.
    """
    alla = (f for punkt in KONTROLLER[r.år.rapport.id] for f in kontrollera_en(punkt, r))
    return tuple(sorted(alla, key=lambda f: _ORDNING.index(f.nivå)))


def kontrollera_en(punkt: Kontrollpunkt, r: Redovisning) -> list[Finding]:
    """What one check says: what it found, or that all is well, or that it had nothing to try."""
    funna, prövade, saknas = utfall(punkt.kontroll(r))
    if funna:
        return [replace(_undanta(f, r), prövade=prövade) for f in funna]
    if not prövade:
        return [Finding(punkt.kod, "ej prövad", f"Ej prövad: {punkt.saknas}.", "", punkt.lag)]
    delvis = f" Ej prövat: {'; '.join(saknas)}." if saknas else ""
    return [Finding(punkt.kod, "ok", f"{punkt.utsaga}{delvis}", "", punkt.lag, prövade=prövade)]


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


_I_ORD: dict[Kontrollnivå, tuple[str, str]] = {
    "fel": ("fel", "fel"),
    "varning": ("varning", "varningar"),
    "upplysning": ("upplysning", "upplysningar"),
    "ok": ("godkänd", "godkända"),
    "ej prövad": ("ej prövad", "ej prövade"),
}


def antal_per_nivå(findings: Iterable[Finding]) -> list[str]:
    """How many there are of each level, in words.

    >>> antal_per_nivå([Finding("C01", "ok", ""), Finding("C25", "fel", ""), Finding("C25", "varning", "")])
    ['1 fel', '1 varning', '0 upplysningar', '1 godkänd', '0 ej prövade']
    """
    antal = Counter(f.nivå for f in findings)
    return [f"{antal[nivå]} {en if antal[nivå] == 1 else flera}" for nivå, (en, flera) in _I_ORD.items()]
