"""Sydnärke's underlag for its verksamhetsplan 2025: the figures of the published plan, the words our own.

Amounts stand as the plan prints them, also where its tables disagree with each other; the checks say so.
`PYTHONPATH=lib:. python -m tests.bygg.sydnarke` gives the same bytes each time.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from finsam.model.underlag import (
    Behovsrad,
    Beslutspunkt,
    Bidragsrad,
    Faktaruterad,
    Insats,
    Målområde,
    Planmål,
    Planrad,
    Projekt,
    Underlag,
    Uppgift,
)
from finsam.report.underlag import write_underlag

INPUTS = Path(__file__).parents[2] / "inputs" / "sydnarke" / "2025"
ÅR = 2025


def källa(avsnitt: str) -> str:
    """Where in the published plan a figure stands; it has no page numbers."""
    return f"Sydnärke, Verksamhetsplan 2025, avsnitt {avsnitt}"


SAKNAS = "finns inte i Sydnärke, Verksamhetsplan 2025"
OKLART = "Eget kapital vid årets början, {} delen; planen säger inte vad den är"
UPPGIFTER = tuple(
    Uppgift(id=id_, benämning=benämning, värde=värde, enhet=enhet, källa=källa(avsnitt) if avsnitt else SAKNAS)
    for id_, benämning, värde, enhet, avsnitt in (
        ("beslutsdatum", "Styrelsen fastställde planen", date(2024, 11, 29), "datum", "1 och 7.5"),
        ("samradsdatum", "Samråd med medlemmarna om budgeten (Finsam 23 §)", None, "datum", ""),
        ("medlemsbidrag_ram", "Medlemsbidrag att fördela", Decimal(4_684_000), "kr", "7.2, tabell 2, Summa"),
        ("eget_kapital_ingaende", "Eget kapital 2024-12-31, beräknat", Decimal(1_023_433), "kr", "7.1"),
        ("eget_kapital_del_1", OKLART.format("första"), Decimal(801_162), "kr", "7.1"),
        ("eget_kapital_del_2", OKLART.format("andra"), Decimal(222_271), "kr", "7.1"),
        ("beslut_kansli", "Anslag till kansliet enligt beslutet", Decimal(582_700), "kr", "7.5, punkt 4"),
        ("behov_andel", "Andel av alla i arbetsför ålder som antas ha behov, ungefär", Decimal(5), "%", "4"),
        ("behov_antal", "Personer i Sydnärke som det motsvarar, ungefär", Decimal(1_500), "antal", "4"),
    )
)

# medlem: medlemsbidrag och invånare
BIDRAG: dict[str, tuple[int, int | None]] = {
    "laxa": (115_305, 5_498),
    "hallsberg": (341_846, 16_300),
    "kumla": (472_607, 22_535),
    "askersund": (241_242, 11_503),
    "region": (1_171_000, None),
    "staten": (2_342_000, None),
}
MEDLEMSBIDRAG = tuple(
    Bidragsrad(medlem=medlem, år=ÅR, belopp=Decimal(kr), invånare=invånare, källa=källa("7.2, tabell 2, preliminärt"))
    for medlem, (kr, invånare) in BIDRAG.items()
)


def _grupp(id_: str, benämning: str, summarad: str, grupp: str = "") -> Planrad:
    return Planrad(id=id_, benämning=benämning, typ="grupp", grupp=grupp, summarad=summarad)


def _rad(id_: str, benämning: str, typ: Any, grupp: str, *belopp: int) -> Planrad:
    """A row of table 4, or of table 3 for the insatser."""
    tabell = "7.3, tabell 3, netto" if grupp == "insatser" else "7.4, tabell 4"
    budget, plan1, plan2 = (Decimal(kr) for kr in belopp)
    return Planrad(
        id=id_, benämning=benämning, typ=typ, grupp=grupp, budget=budget, plan1=plan1, plan2=plan2, källa=källa(tabell)
    )


BUDGETPLAN = (
    _grupp("intakter", "Intäkter", "Summa intäkter"),
    _rad("driftbidrag", "Driftbidrag", "medlemsbidrag", "intakter", 4_628_000, 4_628_000, 4_628_000),
    _rad("projektmedel", "Projektmedel", "extern intäkt", "intakter", 1_507_100, 1_507_100, 753_748),
    _grupp("kostnader", "Kostnader", "Rörelsens kostnader"),
    _grupp("insatser", "Finansierade insatser", "Utbetalda projektmedel", "kostnader"),
    _rad("struktur_gemensamt", "Strukturinsatser", "strukturinsats", "insatser", 300_000, 300_000, 300_000),
    _rad("rehabiliteringsmassan", "Rehabiliteringsmässan", "strukturinsats", "insatser", 35_000, 35_000, 35_000),
    _rad("psykiatriveckan", "Psykiatriveckan", "strukturinsats", "insatser", 10_000, 10_000, 10_000),
    _rad("samverkansdag", "Samverkansdag", "strukturinsats", "insatser", 15_000, 15_000, 15_000),
    _rad("samordningsteamet", "Samordningsteamet", "individinsats", "insatser", 2_355_100, 2_420_200, 2_793_500),
    _rad("ciceron", "Ciceron", "individinsats", "insatser", 1_919_800, 2_012_100, 1_411_600),
    _grupp("administration", "Kansli, styrelse och revision", "Summa kansli, styrelse och revision", "kostnader"),
    *(
        _rad(id_, benämning, "administration", "administration", *belopp)
        for id_, benämning, *belopp in (
            ("administrativa_tjanster", "Köp av administrativa tjänster", 134_000, 138_000, 142_000),
            ("tjanst_forbundschef", "Köp av tjänst förbundschef", 131_500, 155_500, 261_400),
            ("revision", "Revisionstjänster", 60_000, 60_000, 60_000),
            ("arvoden", "Arvoden, sociala avgifter och övriga ersättningar", 244_700, 248_000, 252_400),
            ("ovrigt", "Övriga verksamhetskostnader", 70_400, 70_500, 70_500),
            ("hyra", "Hyra av lokal, städning och el", 55_900, 57_600, 64_200),
            ("resor", "Resekostnader, även hotell och logi", 105_000, 5_000, 5_000),
            ("representation", "Representation", 0, 0, 0),
            ("kurser", "Kurser, konferenser och utbildningar", 0, 0, 0),
        )
    ),
    _rad("finansiella_intakter", "Finansiella intäkter", "finansiell intäkt", "", 0, 0, 0),
    _rad("finansiella_kostnader", "Finansiella kostnader", "finansiell kostnad", "", 1_700, 1_800, 1_900),
)

# id, namn, slag
INSATSER = tuple(
    Insats(id=id_, namn=namn, slag=slag, funktion=f"{slag}.{id_}", insatsägare=ägare, från=från)
    for id_, namn, slag, ägare, från in (
        ("samordningsteamet", "Samordningsteamet", "individ", "", None),
        ("ciceron", "Ciceron", "individ", "Samordningsförbundet Degerfors/Karlskoga", date(2024, 9, 1)),
        ("radgivande_insats", "Rådgivande insats", "individ", "", None),
        ("rehabiliteringsmassan", "Rehabiliteringsmässan", "struktur", "", None),
        ("psykiatriveckan", "Psykiatriveckan", "struktur", "", None),
        ("samverkansdag", "Samverkansdag", "struktur", "", None),
    )
)


def _budget(id_: str) -> str:
    """The budget of an insats over the three years, as references to facts."""
    ett, två, tre = (f"{{budget.{id_}[{år}] | kr utan_tecken}} {{{år}}}" for år in ("år", "år+1", "år+2"))
    return f"{ett}, {två} och {tre}."


RUTOR = {
    "samordningsteamet": {
        "Syfte": "Att ge deltagarna ett samlat stöd som utgår från personen och söker lösningar, så att de kommer "
        "närmare arbete och egen försörjning.",
        "Målgrupp": "Främst kvinnor och män långt från arbetsmarknaden som behöver att minst två av förbundets "
        "parter samordnar sig.",
        "Vägar in": "Alla medlemmar kan remittera. Det går också att söka sig dit själv.",
        "Metoder": "MI, validerande samtal, BIP, IPS och Supported Employment, {= 7TJUGO} och Supported Education "
        "(SEd).",
        "Budget": _budget("samordningsteamet"),
    },
    "ciceron": {
        "Målgrupp": "Personer långt från arbetsmarknaden, till exempel med funktionsnedsättning eller psykisk ohälsa. "
        "Främst unga och unga vuxna, {= 16–29 år}, utan både studier och arbete.",
        "Projektägare": "Samordningsförbundet Degerfors/Karlskoga.",
        "Samverkansparter": "Samordningsförbunden SOFINT och Sydnärke.",
        "Finansiär": "ESF-rådet.",
        "Projekttid": "Tre år från den 1 september {år-1}.",
        "Metoder": "MI, validerande samtal, BIP, {= 7TJUGO} och Supported Education (SEd).",
        "Budget": _budget("ciceron"),
    },
    "radgivande_insats": {
        "Syfte": "Att ge myndigheterna en gemensam struktur och kunskap att planera vidare utifrån, i komplexa ärenden "
        "som den vanliga samverkan inte klarar.",
        "Målgrupp": "Klienter och deras handläggare eller andra yrkesverksamma.",
        "Resurs": "Samordnaren i Samordningsteamet medverkar vid rådgivningen.",
    },
    "rehabiliteringsmassan": {
        "Syfte": "Att olika aktörer som arbetar med rehabilitering ska träffas och att kunskap om insatser som lyckas "
        "ska spridas.",
        "Budget": _budget("rehabiliteringsmassan"),
    },
    "psykiatriveckan": {
        "Syfte": "Att främja invånarnas psykiska hälsa genom kontakter, information och mer kunskap. Veckan hålls "
        "varje år.",
        "Målgrupp": "Alla: allmänhet, patienter, närstående, föreningar, politiker och myndigheternas medarbetare.",
        "Budget": _budget("psykiatriveckan"),
    },
    "samverkansdag": {
        "Syfte": "Att parterna ska veta mer om och bättre förstå varandras uppdrag, ansvar och roll när någon är "
        "sjukskriven eller i rehabilitering.",
        "Utveckling": "Tanken är att dagen också ska omfatta medarbetare i kommunerna och i Samordningsteamet.",
        "Budget": _budget("samverkansdag"),
    },
}
FAKTARUTOR = tuple(
    Faktaruterad(insats=insats, rubrik=rubrik, text=text)
    for insats, ruta in RUTOR.items()
    for rubrik, text in ruta.items()
)

MÅLOMRÅDEN = (
    Målområde(
        id="individ",
        namn="Individinriktade insatser",
        mål="Stödja individinriktade insatser för invånare som behöver samordnad rehabilitering mot arbete.",
    ),
    Målområde(
        id="struktur",
        namn="Strukturinsatser",
        mål="Stödja insatser som ger bättre metoder och arbetssätt i samordnad rehabilitering mot arbete.\n"
        "Stödja att myndigheterna fortsätter att utveckla kultur och struktur för samverkan.",
    ),
    Målområde(id="ekonomi", namn="Ekonomi", mål="Förbundet ska ha god ekonomisk hushållning."),
)

Slag = Literal["mål", "mätpunkt", "indikator", "aktivitet"]


def _mål(id_: str, område: str, slag: Slag, text: str, insats: str = "", **övrigt: Any) -> Planmål:
    return Planmål(id=id_, område=område, insats=insats, slag=slag, text=text, **övrigt)


TEAMET = (
    _mål("T1", "individ", "indikator",
         "Minst {planmal.T1.grans | antal} personer som behöver samordnad rehabilitering tar del av Samordningsteamet.",
         "samordningsteamet", jämförelse="minst", gräns=Decimal(150), enhet="antal"),
    _mål("T2", "individ", "indikator",
         "Minst {planmal.T2.grans | procent} av deltagarna i Samordningsteamet gör en stegförflyttning och känner sig "
         "redo för rehabilitering, studier, arbete eller att söka arbete genom Arbetsförmedlingen.",
         "samordningsteamet", jämförelse="minst", gräns=Decimal(65), enhet="%"),
    _mål("T3", "individ", "indikator",
         "Deltagarna upplever att de förstår sin situation bättre, kan hantera den, har en bra planering och så långt "
         "det går har kommit vidare i sin stegförflyttning.", "samordningsteamet"),
    _mål("T4", "individ", "indikator",
         "Deltagarna närmar sig arbetsmarknaden: de börjar studera, söker arbete aktivt eller deltar i "
         "arbetsförberedande verksamhet hos myndigheterna.", "samordningsteamet"),
    _mål("T5", "individ", "indikator",
         "Den enskilde upplever att insatserna är ordnade efter de egna behoven.", "samordningsteamet"),
    _mål("T6", "individ", "aktivitet",
         "Samordningsteamet erbjuder, ihop med ordinarie verksamhet, var och en kartläggning, social träning, "
         "coachning, studie- och yrkesvägledning, stöd att söka arbete samt arbetsprövning eller praktik.",
         "samordningsteamet"),
)  # fmt: skip

CICERON = (
    _mål("C1", "individ", "mål",
         "En mindre andel unga ska stå utan både arbete och studier. Ciceron ska ge dem bättre förutsättningar att "
         "våga och vilja börja studera igen och att lyckas med studierna.", "ciceron"),
    _mål("C1_totalt", "individ", "mätpunkt",
         "Minst {planmal.C1_totalt.grans | antal} personer deltar i Ciceron under projektets tre år.",
         "ciceron", mål="C1", jämförelse="minst", gräns=Decimal(60), enhet="antal"),
    _mål("C1_aret", "individ", "mätpunkt",
         "Minst {planmal.C1_aret.grans | antal}–{planmal.C1_aret.ovre | antal} unga och unga vuxna tar del av Ciceron "
         "{år}.",
         "ciceron", mål="C1", jämförelse="minst", gräns=Decimal(20), övre=Decimal(25), enhet="antal"),
    _mål("C2", "individ", "mål", "Ciceron ska kunna söka upp fler i målgruppen.", "ciceron"),
    _mål("C3", "individ", "mål",
         "Samverkan inom och mellan myndigheter ska bli bättre, så att planering och utbyte av information om "
         "målgruppen fungerar och dess behov syns.", "ciceron"),
    _mål("C4", "individ", "mål",
         "Målgruppen ska bli mer motiverad och få bättre möjligheter att börja studera eller slutföra studier.",
         "ciceron"),
    _mål("C5", "individ", "mål",
         "Målgruppen ska få bättre möjligheter till arbete genom att veta mer om arbete och arbetsmarknaden.",
         "ciceron"),
    _mål("C6", "individ", "mål",
         "Målgruppen ska må bättre och få högre livskvalitet, och därmed mer egenmakt, framtidstro och på sikt bättre "
         "möjligheter till egen försörjning.", "ciceron"),
    _mål("C7", "individ", "aktivitet",
         "Ciceron erbjuder, ihop med ordinarie verksamhet, var och en kartläggning, coachning, studie- och "
         "yrkesvägledning samt arbetsprövning eller praktik.", "ciceron"),
)  # fmt: skip

STRUKTUR = (
    _mål("S1", "struktur", "mål", "Samverkan ska få struktur och bli långsiktig."),
    _mål("S2", "struktur", "mål", "Samverkan kring samordnad rehabilitering ska kunna fortsätta att utvecklas."),
    _mål("S3", "struktur", "indikator",
         "Personal, handläggare, vårdgivare och chefer hos parterna upplever att det som förbundet finansierar "
         "förbättrar samverkan."),
    _mål("S4", "struktur", "indikator",
         "Medlemmarnas ordinarie verksamhet blir bättre av strukturinsatsernas resultat."),
    _mål("S5", "struktur", "indikator",
         "Förbundets insatser utvecklar medlemmarnas kompetens i samverkan och rehabilitering mot arbete."),
    _mål("S6", "struktur", "indikator",
         "Förbundet bidrar till ett systematiskt arbete för en mer jämlik och jämställd samordnad rehabilitering."),
    _mål("S7", "struktur", "indikator", "Parterna känner till förbundet."),
    _mål("S8", "struktur", "aktivitet",
         "Kunskap om psykisk ohälsa och sjukdom, om neuropsykiatriska funktionsvariationer och om bemötande."),
    _mål("S9", "struktur", "aktivitet", "Rehabiliteringsmässan.", "rehabiliteringsmassan"),
    _mål("S10", "struktur", "aktivitet", "Psykiatriveckan.", "psykiatriveckan"),
    _mål("S11", "struktur", "aktivitet", "Samverkansdag.", "samverkansdag"),
    _mål("S12", "struktur", "aktivitet", "Fortsatt satsning på att mäta deltagarnas framsteg med BIP."),
    _mål("S13", "struktur", "aktivitet", "Regeringsuppdraget att motverka psykiskt, fysiskt och sexuellt våld."),
)  # fmt: skip


def _insatsandel(id_: str, vilket: str, period: int) -> Planmål:
    """The goal that insatserna shall be more than medlemsavgifterna, tried on a year of the budget."""
    text = f"Insatserna som andel av medlemsbidraget i budgeten, {vilket}."
    fakta = f"budget.insatsandel/{period}"
    gräns = {"jämförelse": "mer än", "gräns": Decimal(100), "enhet": "%", "fakta": fakta}
    return _mål(id_, "ekonomi", "mätpunkt", text, mål="F2", **gräns)


EKONOMI = (
    _mål("F1", "ekonomi", "mål",
         "Verksamheten ska hushålla väl med pengarna och hålla sig inom styrelsens budgetram."),
    _mål("F2", "ekonomi", "mål",
         "Under {år}–{år+2} ska förbundet hitta och finansiera projekt för mer än de årliga medlemsavgifterna och på "
         "så sätt använda överskottet från tidigare år."),
    _insatsandel("F2_budget", "budgetåret", ÅR),
    _insatsandel("F2_plan1", "första planåret", ÅR + 1),
    _insatsandel("F2_plan2", "andra planåret", ÅR + 2),
    _mål("F3", "ekonomi", "mål",
         "Under {år} ska eget kapital vara högst {planmal.F3_andel.grans | procent} av intäkterna eller högst "
         "{planmal.F3_belopp.grans | kr}."),
    _mål("F3_andel", "ekonomi", "mätpunkt", "Eget kapital vid årets slut som andel av intäkterna.", mål="F3",
         jämförelse="högst", gräns=Decimal(7), enhet="%", fakta="budget.kapitalandel"),
    _mål("F3_belopp", "ekonomi", "mätpunkt", "Eget kapital vid årets slut.", mål="F3",
         jämförelse="högst", gräns=Decimal(300_000), enhet="kr", fakta="budget.eget_kapital"),
)  # fmt: skip

PLANMÅL = (*TEAMET, *CICERON, *STRUKTUR, *EKONOMI)

# område: kvinnor and män; for riket the plan gives one figure
HELÅRSEKVIVALENTER = {
    "askersund": ("13.12", "8.83"),
    "hallsberg": ("15.18", "9.78"),
    "kumla": ("14.49", "10.32"),
    "laxa": ("17.37", "14.03"),
}


def _behov(område: str, kön: Literal["kvinnor", "män", ""], andel: str, tryckt: str = "") -> Behovsrad:
    return Behovsrad(
        mått="helarsekvivalenter",
        benämning="Helårsekvivalenter {= 2023}, personer {= 20–64 år}",
        plats=område,
        kön=kön,
        år=2023,
        andel=Decimal(andel),
        källa=källa("4 (Den offentliga försörjningens omfattning, Statisticon och SCB)") + tryckt,
    )


BEHOV = (
    *(
        rad
        for område, (kvinnor, män) in HELÅRSEKVIVALENTER.items()
        for rad in (_behov(område, "kvinnor", kvinnor), _behov(område, "män", män))
    ),
    _behov("riket", "", "11.9", "; tryckt utan procenttecken"),
)

PROJEKT = (
    Projekt(
        namn="Progressionsmätning med BIP (Beskæftigelses Indikator Projektet)",
        finansiär="ESF",
        innehåll="Samarbete med sex andra förbund i Östra Mellansverige. Forskningscentret Væksthuset studerar sedan "
        "{= 2016} hur insatserna för den som söker arbete kan bli bättre, så att fler får arbete.",
    ),
    Projekt(
        namn="Regeringsuppdrag att motverka psykiskt, fysiskt och sexuellt våld",
        finansiär="Staten",
        innehåll="Ger ny kunskap om våld och om samband som gör det lättare att förstå och att åstadkomma förändring.",
    ),
)

BESLUT = tuple(
    Beslutspunkt(nr=nr, text=text)
    for nr, text in enumerate(
        (
            "Underlaget till verksamhetsplan {år} godkänns.",
            "Budgeten för {år}–{år+2} antas preliminärt.",
            "Förbundet anslår {budget.insatser | kr utan_tecken} i insatsmedel till insatser under {år}.",
            "Förbundet anslår {budget.administration | kr utan_tecken} till kansliet för {år}. Beloppet är "
            "budgetens; i styrelsens beslut står {uppgift.beslut_kansli | kr}. Anslaget täcker bland annat löner, "
            "arvoden, lokaler, kontorsmaterial, resor och kurser för styrelse och kansli, och dessutom "
            "ekonomihantering, sekreterarskap, it-stöd och arbete med GDPR.",
            "Förbundschefen får rätt att utanordna medel inom de kostnadsramar som är beslutade.",
            "Beslutet skickas till de samverkande parterna.",
        ),
        1,
    )
)

UNDERLAG = Underlag(
    uppgifter=UPPGIFTER,
    medlemsbidrag=MEDLEMSBIDRAG,
    insatser=INSATSER,
    faktarutor=FAKTARUTOR,
    målområden=MÅLOMRÅDEN,
    budgetplan=BUDGETPLAN,
    planmål=PLANMÅL,
    behov=BEHOV,
    projekt=PROJEKT,
    beslut=BESLUT,
)


def bygg(katalog: Path = INPUTS) -> None:
    """Write underlag.xlsx."""
    katalog.mkdir(parents=True, exist_ok=True)
    write_underlag(katalog / "underlag.xlsx", UNDERLAG)


if __name__ == "__main__":
    bygg()
