"""Underlag of Finsam Lekeberg och Örebro for 2024: the figures of its published verksamhetsplan, each with its page.

`PYTHONPATH=lib:. python -m tests.bygg.lekeberg_orebro` gives the same bytes each time. The words are our own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from finsam.model.underlag import (
    Faktaruterad,
    Insats,
    Målområde,
    Möte,
    Planmål,
    Planrad,
    Projekt,
    Underlag,
    Uppgift,
    Årshjulsrad,
)
from finsam.report.underlag import write_underlag

INPUTS = Path(__file__).parents[2] / "inputs" / "lekeberg-orebro" / "2024"

SAKNAS = "finns inte i Finsam Lekeberg och Örebro, Verksamhetsplan och budget 2024"


def källa(sida: int) -> str:
    """Where in the published verksamhetsplan a figure stands; the pages are those of its table of contents."""
    return f"Finsam Lekeberg och Örebro, Verksamhetsplan och budget 2024, s. {sida}"


# --- single facts -------------------------------------------------------------------------------------------------

KRONOR = (
    (
        "eget_kapital_ingaende",
        "Eget kapital vid ingången av 2024, preliminärt",
        2_103_610,
        f"{källa(10)}: 2 359 937 kr vid ingången av 2023 minus preliminärt underskott 2023, 256 327 kr",
    ),
    ("eget_kapital_foregaende", "Eget kapital vid ingången av 2023", 2_359_937, källa(10)),
    ("resultat_foregaende", "Preliminärt resultat 2023", -256_327, källa(10)),
    ("valfardsguiden_arsavgift", "Välfärdsguiden, årsavgift", 37_800, källa(9)),
    ("valfardsguiden_redaktor", "Välfärdsguiden, köp av tjänst som lokal redaktör", 151_200, källa(9)),
)
PROCENT = (
    ("forbundschef_struktur", "Andel av förbundschefens lön till strukturövergripande arbete", 30, källa(11)),
    ("forbundschef_administration", "Andel av förbundschefens lön till administration", 70, källa(11)),
    ("valfardsguiden_redaktor_omfattning", "Lokala redaktörens tjänstgöringsgrad", 20, källa(9)),
    ("ct_lekeberg_mal", "Coachingteamet Lekeberg, mål för dem som avslutar", 50, källa(8)),
    ("ct_orebro_mal", "Coachingteamet Örebro, mål för dem som avslutar", 45, källa(9)),
)
ANTAL = (
    ("styrelse_ledamoter", "Ledamöter i styrelsen", 5, källa(4)),
    ("styrelse_ersattare", "Ersättare i styrelsen", 5, källa(4)),
    ("revisorer", "Revisorer, ersättaren inräknad", 4, källa(4)),
    ("ct_lekeberg_deltagare", "Coachingteamet Lekeberg, deltagare", 40, källa(8)),
    ("ct_orebro_deltagare_lagst", "Coachingteamet Örebro, deltagare, lägst", 70, källa(9)),
    ("ct_orebro_deltagare_hogst", "Coachingteamet Örebro, deltagare, högst", 90, källa(9)),
)
UPPGIFTER = (
    Uppgift(id="beslutsdatum", benämning="Styrelsen beslutade", enhet="datum", källa=SAKNAS),
    Uppgift(
        id="samradsdatum",
        benämning="Samråd med medlemmarna om budgeten (lag 2003:1210, 23 §)",
        enhet="datum",
        källa=SAKNAS,
    ),
    *(Uppgift(id=i, benämning=b, värde=Decimal(v), enhet="kr", källa=k) for i, b, v, k in KRONOR),
    *(Uppgift(id=i, benämning=b, värde=Decimal(v), enhet="%", källa=k) for i, b, v, k in PROCENT),
    *(Uppgift(id=i, benämning=b, värde=Decimal(v), enhet="antal", källa=k) for i, b, v, k in ANTAL),
)

# --- budget -------------------------------------------------------------------------------------------------------

# group: id and name of its rows, and the amount for 2024
DETALJER = {
    "individ": (
        ("ct_orebro", "Coachingteamet Örebro", 3_238_500),
        ("ct_lekeberg", "Coachingteamet Lekeberg", 546_000),
    ),
    "struktur": (
        ("finsammassan", "Finsammässan", 30_000),
        ("valfardsguiden", "Välfärdsguiden", 189_000),
        ("forbundschef_struktur", "Förbundschef, strukturövergripande arbete {= 30 %}", 290_147),
        ("strukturell_samverkan", "Strukturell samverkan", 100_000),
    ),
    "kontor": (
        ("lokalhyra", "Lokalhyra", 86_000),
        ("forbrukningsinventarier", "Förbrukningsinventarier", 20_000),
        ("licenser", "Licenser och medlemsavgifter", 32_000),
        ("kontorsmaterial", "Kontorsmaterial", 4_000),
        ("foretagsforsakring", "Företagsförsäkring", 5_500),
        ("foreningsavgifter", "Föreningsavgifter", 13_000),
        ("mobiltelefoni", "Mobiltelefoni", 4_800),
        ("ovriga_externa_kostnader", "Övriga externa kostnader", 500),
    ),
    "reklam": (
        ("informationsmaterial", "Informationsmaterial", 2_000),
        ("representation", "Representation, extern", 5_000),
        ("gavor", "Gåvor och presentartiklar", 3_000),
    ),
    "tjanster": (
        ("ekonomi_lon", "Ekonomi- och löneadministration", 200_000),
        ("revision", "Revision", 80_000),
        ("it", "IT-tjänster", 15_000),
        ("dataskydd", "Dataskyddsombud, GDPR", 40_000),
        ("bank", "Bankkostnader", 5_000),
    ),
    "personal": (
        ("forbundschef_administration", "Förbundschef {= 70 %}: lön, semesterlön, sociala avgifter", 677_009),
        ("pension", "Pensionsförsäkring med särskild löneskatt ({= 100 %})", 43_000),
        ("forvaltningskostnader", "Förvaltningskostnader", 15_000),
        ("kompetensutveckling", "Kompetensutveckling", 5_000),
        ("kompetensutveckling_styrelse", "Kompetensutveckling, styrelse", 5_000),
        ("styrelsearvode", "Styrelsearvode", 150_000),
        ("ovriga_personalkostnader", "Övriga personalkostnader", 10_000),
    ),
}


def _grupp(id_: str, benämning: str, under: str = "", detaljer: str = "") -> Iterator[Planrad]:
    """A group, and its rows of a type when it has any."""
    summarad = f"Summa {benämning[0].lower()}{benämning[1:]}"
    yield Planrad(id=id_, benämning=benämning, typ="grupp", grupp=under, summarad=summarad)
    for rad, namn, belopp in DETALJER.get(id_, ()):
        värden = {"id": rad, "benämning": namn, "typ": detaljer, "grupp": id_, "källa": källa(11)}
        yield Planrad.model_validate({**värden, "budget": Decimal(belopp)})


def budgetplan() -> Iterator[Planrad]:
    """The detailed budget of 2024 (s. 11); 2025 and 2026 have two amounts only (s. 10), not yet split."""
    bidrag, insatser, administration = Decimal(4_000_000), Decimal(2_500_000), Decimal(1_500_000)
    yield from _grupp("intakter", "Intäkter")
    yield Planrad(
        id="medlemsbidrag", benämning="Medlemsbidrag", typ="medlemsbidrag", grupp="intakter",
        budget=bidrag, plan1=bidrag, plan2=bidrag, källa=f"{källa(10)} och 11",
    )  # fmt: skip
    yield Planrad(
        id="sjukloneersattning", benämning="Sjuklöneersättning", typ="extern intäkt", grupp="intakter",
        källa=f"{källa(11)}, utan belopp",
    )  # fmt: skip
    yield from _grupp("kostnader", "Kostnader")
    yield from _grupp("insatser", "Insatser", "kostnader")
    yield from _grupp("individ", "Individinriktade insatser", "insatser", "individinsats")
    yield from _grupp("struktur", "Strukturövergripande insatser", "insatser", "strukturinsats")
    yield Planrad(  # the source does not say of which kind: it stands outside both groups
        id="insatser_ej_fordelade", benämning="Insatser, ej fördelade", typ="insats", grupp="insatser",
        plan1=insatser, plan2=insatser, källa=källa(10),
    )  # fmt: skip
    yield from _grupp("administration", "Administration och kansli", "kostnader")
    yield from _grupp("kontor", "Administration", "administration", "administration")
    yield Planrad(
        id="resor", benämning="Resor och logi", typ="administration", grupp="administration",
        budget=Decimal(14_000), källa=källa(11),
    )  # fmt: skip
    yield from _grupp("reklam", "Reklam och representation", "administration", "administration")
    yield from _grupp("tjanster", "Köp av tjänster", "administration", "administration")
    yield from _grupp("personal", "Personal", "administration", "administration")
    yield Planrad(
        id="administration_ej_fordelad", benämning="Administration, ej fördelad", typ="administration",
        grupp="administration", plan1=administration, plan2=administration, källa=källa(10),
    )  # fmt: skip


# --- insatser -----------------------------------------------------------------------------------------------------

# id, name, kind, owner, period and budget
ÅRET = {"från": date(2024, 1, 1), "till": date(2024, 12, 31)}
INSATSER = tuple(
    Insats.model_validate(
        {"id": id_, "namn": namn, "slag": slag, "funktion": f"{slag}.{id_}", "insatsägare": ägare, "budget": kr, **tid}
    )
    for id_, namn, slag, ägare, tid, kr in (
        ("ct_lekeberg", "Coachingteamet Lekeberg", "individ", "Lekebergs kommun", ÅRET, 546_000),
        ("ct_orebro", "Coachingteamet Örebro", "individ", "Örebro kommun", ÅRET, 3_238_500),
        ("valfardsguiden", "Välfärdsguiden", "struktur", "Samordningsförbundet Centrala Östergötland", {}, 189_000),
        ("finsammassan", "Finsammässan", "struktur", "Samordningsförbunden i Örebro län", {}, 30_000),
    )
)

UPPFÖLJNING = (
    "Insatsägaren svarar för registreringen i det nationella systemet Uppföljning Finsam, för uppföljningen och för "
    "rapporter till förbund och styrgrupp enligt finansieringspolicyn. Den som avslutar insatsen erbjuds att svara på "
    "en enkät om stödet."
)
PARTER = "Arbetsförmedlingen, Försäkringskassan och Region Örebro län."
METODER = "de metoder som NNS har tagit fram i sitt projekt om att upptäcka psykiskt, fysiskt och sexuellt våld."

RUTOR = {
    "ct_lekeberg": {
        "Insatsägare": "Lekebergs kommun.",
        "Samverkansparter": PARTER,
        "Period": "2024-01-01 till 2024-12-31.",
        "Målgrupp": "Personer i Lekebergs kommun, {= 19–67 år}, som behöver samordnad rehabilitering. De saknar "
        "arbete och lever på försörjningsstöd eller ersättning från Försäkringskassan, eller har ingen försörjning "
        "alls. De bör vara redo för arbetsförberedande insatser, vilja delta och själva tro att de på sikt kan arbeta "
        "eller studera.",
        "Syfte": "Att vara ett första steg, lätt att ta, för den som står långt från arbetsmarknaden och inte passar "
        "in i det som Arbetsförmedlingen eller arbetsmarknadsenheten erbjuder. Deltagaren ska få möjlighet och lust "
        "att ta lämpliga steg som går att mäta, mot bättre förmåga att arbeta eller studera.",
        "Mål": "{uppgift.ct_lekeberg_mal | procent} av dem som avslutar insatsen ska ha fått bättre förmåga att "
        "arbeta eller studera. Det betyder att de har kvalificerat sig för arbete, eget företag, studier eller "
        "insatser hos Arbetsförmedlingen eller Jobb och praktikcenter i Lekebergs kommun.",
        "Arbetssätt": "Stödet är personligt och följer ett schema som görs upp gemensamt. Personalen och "
        "deltagaren träffas på plats eller digitalt, enskilt eller i grupp, och vid arbetsträning hos andra "
        "aktörer. Teamet använder bland annat BIP/VTA, MI, Supported Employment, ACT, validerande samtal "
        "och tjänstedesign, och " + METODER,
        "Antal deltagare": "{uppgift.ct_lekeberg_deltagare | antal}",
        "Uppföljning": UPPFÖLJNING,
        "Budget": "{insats.ct_lekeberg.budget | kr}",
    },
    "ct_orebro": {
        "Insatsägare": "Örebro kommun.",
        "Samverkansparter": PARTER,
        "Period": "2024-01-01 till 2024-12-31.",
        "Målgrupp": "Personer i Örebro kommun, {= 19–67 år}, som behöver samordnad rehabilitering. De saknar arbete "
        "och lever på försörjningsstöd eller ersättning från Försäkringskassan, eller har ingen försörjning alls. De "
        "bör vara redo för arbetsförberedande insatser, eller bli det inom rimlig tid, vilja delta och själva tro att "
        "de på sikt kan arbeta eller studera.",
        "Syfte": "Att ge deltagaren stöd att ta ett steg framåt, komma i gång och hålla en jämn aktivitet, så att "
        "arbete eller studier blir möjliga längre fram. Deltagaren ska uppmuntras att ta ansvar för sin situation och "
        "göra vad hen kan för att ändra den, med arbete eller studier som mål på lång sikt.",
        "Mål": "{uppgift.ct_orebro_mal | procent} av dem som avslutar insatsen ska ha tagit steg som gör dem redo för "
        "arbetslivsinriktad eller arbetsförberedande rehabilitering i det förstärkta samarbetet mellan "
        "Försäkringskassan och Arbetsförmedlingen, eller för insatser genom Örebro kommuns Verksamhet arbetsmarknad.",
        "Arbetssätt": "Varje deltagare har en egen plan som ska stärka deltagaren och göra hen mer aktiv. "
        "Möten med jämna mellanrum följer upp vad som behövs för nästa steg. Stödet ges i enskilda samtal "
        "för kartläggning, planering, uppföljning, utvärdering, samverkan och motivation. Någon gång kan "
        "det bli aktiviteter i grupp eller för hälsan. Arbetsträning sker mest i nästa steg men kan ske i "
        "teamet. Teamet använder bland annat BIP, MI, Supported Employment, ACT och validerande samtal, och " + METODER,
        "Antal deltagare": "{uppgift.ct_orebro_deltagare_lagst | antal} till "
        "{uppgift.ct_orebro_deltagare_hogst | antal}",
        "Uppföljning": UPPFÖLJNING,
        "Budget": "{insats.ct_orebro.budget | kr}",
    },
    "valfardsguiden": {
        "Insatsägare och samverkansparter": "Samordningsförbundet Centrala Östergötland äger guiden. Förbundet köper "
        "och använder konceptet, liksom andra samordningsförbund.",
        "Målgrupp": "Handläggare och andra som arbetar med förbundets målgrupp. Privatpersoner och deras anhöriga.",
        "Syfte": "Att vara en webbplats som visar vägen i välfärden och bland insatser för ett inkluderande "
        "arbetsliv, så att målgruppen lättare hittar rätt stöd.",
        "Uppföljning": "Statistik i årsredovisningen, och uppföljning på möten med styrelsen och beredningsgruppen.",
        "Budget": "{insats.valfardsguiden.budget | kr}, varav årsavgift {uppgift.valfardsguiden_arsavgift | kr} och "
        "köp av tjänst som lokal redaktör på {uppgift.valfardsguiden_redaktor_omfattning | procent} "
        "{uppgift.valfardsguiden_redaktor | kr}",
    },
    "finsammassan": {
        "Insatsägare och samverkansparter": "Länets samordningsförbund äger och genomför mässan tillsammans.",
        "Målgrupp": "Handläggare och andra yrkesverksamma inom arbetsrehabilitering, civilsamhället och alla som är "
        "intresserade.",
        "Syfte": "Att vara en plats där yrken och aktörer som arbetar med arbetsrehabilitering i länet utbyter "
        "kunskap och får nya idéer.",
        "Uppföljning": "Antal deltagare och svar på enkäten i årsredovisningen.",
        "Budget": "{insats.finsammassan.budget | kr}",
    },
}
FAKTARUTOR = tuple(
    Faktaruterad(insats=insats, rubrik=rubrik, text=text)
    for insats, ruta in RUTOR.items()
    for rubrik, text in ruta.items()
)

PROJEKT = (
    Projekt(
        namn="Inkluderingslyftet",
        finansiär="Europeiska socialfonden (ESF)",
        ägare="Samordningsförbundet Centrala Östergötland",
        tid="2023-08-01 till 2026-07-31",
        innehåll="Utbildning i BIP (sysselsättningsindikatorprojektet) och VTA (Vägen till arbetsgivarna).",
    ),
    Projekt(
        namn="#framtid",
        finansiär="Europeiska socialfonden (ESF)",
        ägare="Activa",
        tid="2023-03-31 till 2026-03-30",
        innehåll="Kunskap om unga vuxna som varken arbetar eller studerar (UVAS).",
    ),
    Projekt(
        namn="Att öka upptäckten av psykiskt, fysiskt och sexuellt våld",
        finansiär="Regeringsuppdrag",
        ägare="Nationella nätverket för samordningsförbund (NNS)",
        tid="2019-10-10 till 2023-12-31, kan komma att fortsätta",
        innehåll="Utbildning om våld i nära relation och metodstöd för att fråga om våld.",
    ),
)

# --- mål ----------------------------------------------------------------------------------------------------------

# id: name, goal and aktiviteter
MÅL = {
    "behovsanalys": (
        "Behovsanalys",
        "Det som förbundet finansierar ska alltid grunda sig på en systematisk analys av behoven.",
        (
            "Utse någon som ansvarar för behovsanalysen, till exempel förbundschefen med en referensgrupp där parterna "
            "ingår.",
            "Bestämma hur statistik ska tas fram och vilken, och ta reda på vilka insatser det redan finns i ordinarie "
            "verksamhet och vilka som fattas.",
            "Använda Finsams mall för behovsanalys när behoven kartläggs.",
            "Ta hand om det analysen visar på ett ordnat sätt, så att verksamheten utvecklas.",
        ),
    ),
    "kunskap": (
        "Kunskap mellan parterna",
        "Parterna ska systematiskt föra över kunskap till varandra, så att insatserna i deras ordinarie verksamhet "
        "utvecklas.",
        (
            "Göra kunskapsöverföringen till en fast del av beredningsgruppens möten, där varje part berättar om sitt "
            "arbete.",
            "Ordna mötesplatser, till exempel inspirationsdagar och workshops, för handläggare och chefer som möter "
            "målgruppen, så att de utbyter kunskap, får tillit och vet vad de kan vänta sig av varandra.",
            "Ta hand om det parterna lär sig om varandra på ett ordnat sätt, så att verksamheten utvecklas.",
        ),
    ),
    "medel": (
        "Förbundets medel",
        "Förbundets medel ska räcka långt och användas till det de är till för.",
        (
            "Se över hur de administrativa kostnaderna kan bli lägre.",
            "Ta reda på om en av parterna kan anställa kansliets personal.",
            "Utreda vad parterna kan ta in i sin egen verksamhet, och bestämma riktning för det förbundet finansierar.",
            "Se till att mål och aktiviteter i de två andra målområdena följs upp.",
            "Börja tala med medlemmarna om att slå ihop länets förbund.",
        ),
    ),
}
MÅLOMRÅDEN = tuple(Målområde(id=id_, namn=namn, mål=mål) for id_, (namn, mål, _) in MÅL.items())
PLANMÅL = tuple(
    Planmål(id=f"{område}_{nr}", område=område, slag="aktivitet", text=text)
    for område, (_, _, aktiviteter) in MÅL.items()
    for nr, text in enumerate(aktiviteter, 1)
)

# --- möten --------------------------------------------------------------------------------------------------------

# organ, start and end: the days as month and day, with what the meeting is about
KALENDER = {
    ("beredningsgrupp", "09:30", "12:00"): (
        (1, 26, ""), (3, 8, ""), (4, 19, ""), (5, 24, ""), (8, 30, ""), (10, 4, ""), (11, 8, ""),
    ),
    ("presidium", "08:30", "10:30"): (
        (3, 19, ""), (4, 30, ""), (6, 4, ""), (9, 10, "Planering av planeringsdagen"), (10, 15, ""), (11, 19, ""),
    ),
    ("styrelse", "13:00", "16:00"): (
        (3, 27, "Årsredovisning"), (5, 8, "Revisionsrapport"), (6, 12, "Preliminär medelstilldelning"),
        (10, 23, "Ansökningar"), (11, 27, "Verksamhetsplan och budget, intern kontroll"),
    ),
    ("styrelse", "09:00", "12:00"): ((9, 18, "Delårsredovisning"),),
    ("styrelse och beredningsgrupp", "12:00", "16:00"): ((9, 18, "Planeringsdag"),),
}  # fmt: skip
MÖTEN = tuple(
    sorted(
        (
            Möte(datum=date(2024, månad, dag), start=start, slut=slut, organ=organ, innehåll=innehåll)
            for (organ, start, slut), dagar in KALENDER.items()
            for månad, dag, innehåll in dagar
        ),
        key=lambda möte: (möte.datum, möte.start),
    )
)

# The source draws its årshjul without words; these are the matters that its calendar names.
ÅRSHJUL = tuple(
    Årshjulsrad(månad=möte.datum.month, händelse=händelse[:1].upper() + händelse[1:], organ=möte.organ)
    for möte in MÖTEN
    for händelse in möte.innehåll.split(", ")
    if händelse
)

UNDERLAG = Underlag(
    uppgifter=UPPGIFTER,
    insatser=INSATSER,
    faktarutor=FAKTARUTOR,
    målområden=MÅLOMRÅDEN,
    budgetplan=tuple(budgetplan()),
    planmål=PLANMÅL,
    möten=MÖTEN,
    årshjul=ÅRSHJUL,
    projekt=PROJEKT,
)


def bygg(katalog: Path = INPUTS) -> None:
    """Write underlag.xlsx."""
    katalog.mkdir(parents=True, exist_ok=True)
    write_underlag(katalog / "underlag.xlsx", UNDERLAG)


if __name__ == "__main__":
    bygg()
