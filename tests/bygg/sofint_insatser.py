"""SOFINT's insatser, goals and participants in 2024: the published figures, in our own words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Literal

from finsam.model.underlag import (
    Deltagarrad,
    Faktaruterad,
    Indikator,
    Insats,
    Insatskostnad,
    Målområde,
    Målrad,
)


def källa(sida: int) -> str:
    """Where in the published årsredovisning a figure stands."""
    return f"SOFINT, Årsredovisning 2024, s. {sida}"


INSATSER = (
    Insats(
        id="coachingteamet",
        namn="Coachingteamet",
        slag="individ",
        funktion="individ.coachingteamet",
        insatsägare="Lindesbergs kommun",
        från=date(2024, 1, 1),
        till=date(2024, 12, 31),
        beviljat=Decimal(2_403_500),
    ),
    Insats(id="ciceron", namn="Ciceron", slag="individ", funktion="individ.ciceron"),
    Insats(
        id="finsammassan",
        namn="Finsam-mässan",
        slag="struktur",
        funktion="struktur.rehabmassan",
        budget=Decimal(35_000),
        bedömning="uppfyllt",
    ),
    Insats(
        id="valfardsguiden",
        namn="Välfärdsguiden",
        slag="struktur",
        funktion="struktur.valfardsguiden",
        bedömning="uppfyllt",
    ),
)

RUTOR = {
    "coachingteamet": {
        "Samverkansparter": "Alla samverkande myndigheter.",
        "Typ av insats": "En lågtröskelverksamhet där förbundets parter samverkar. Arbetssättet bygger på Supported "
        "Employment, som har god evidens inom arbetslivsinriktad rehabilitering.",
        "Syfte": "Att invånare i norra Örebro län som behöver samlat stöd från flera aktörer ska få bättre hälsa, bli "
        "mer redo för sysselsättning och öka sin arbets- och funktionsförmåga.",
        "Målgrupp": "Personer i arbetsför ålder som behöver samordnad rehabilitering och har förutsättningar att ha "
        "nytta av den.",
        "Projektperiod": "Kalenderåret {år}.",
        "Projektägare": "Lindesbergs kommun.",
    },
    "finsammassan": {
        "Syfte": "Att ge aktörer som arbetar med rehabilitering ett ställe att träffas på.",
        "Målgrupp": "De som arbetar med rehabilitering till arbete i Örebro län.",
        "Övergripande mål": "Att sprida information och utbyta kunskap om insatser som fungerar, med hjälp av den "
        "samverkan som samordningsförbunden gör möjlig. Det ger god kännedom om länets verksamheter och gör förbunden "
        "kända och uppskattade i regionen.",
        "Kvalitativa mål": "Att visa vilka verksamheter i länet som kan stödja den som behöver samordnad "
        "rehabilitering för att komma ut i arbetslivet.",
        "Deltagare": "{deltagare.finsammassan.totalt | antal}",
        "Budget och utfall": "Budget {insats.finsammassan.budget | kr}, utfall {insats.finsammassan.utfall | kr}.",
    },
    "valfardsguiden": {
        "Syfte": "Att invånarna och medlemmarnas handläggare ska ha ett verktyg som samlar det lokala, regionala och "
        "nationella utbudet av välfärdsinsatser.",
        "Målgrupp": "Invånarna i norra Örebro län. Handläggare och chefer hos förbundets medlemmar.",
        "Övergripande mål": "Att samla offentliga och ideella insatser för människor utanför arbetsmarknaden i en "
        "databas som både invånare och handläggare kan söka i.",
        "Utfall": "{insats.valfardsguiden.utfall | kr}",
    },
}
FAKTARUTOR = tuple(
    Faktaruterad(insats=insats, rubrik=rubrik, text=text)
    for insats, ruta in RUTOR.items()
    for rubrik, text in ruta.items()
)

INSATSEKONOMI = tuple(
    Insatskostnad(insats="coachingteamet", id=id_, benämning=benämning, belopp=Decimal(belopp), källa=källa(13))
    for id_, benämning, belopp in (("lon", "Lönekostnader", 1_985_015), ("ovrigt", "Övriga kostnader", 371_601))
)

MÅLOMRÅDEN = (
    Målområde(
        id="individ",
        namn="Individ",
        mål="Samverkansinsatserna ska vara anpassade till förhållandena på orten och vara en självklar "
        "samverkanspart i medlemmarnas ordinarie arbete.",
    ),
    Målområde(
        id="organisation",
        namn="Organisation",
        mål="Den som söker projektmedel ska möta en förutsägbar och tydlig process.\n"
        "Förbundet följer upp och utvärderar insatserna mot uppdrag och mål och enligt finansieringspolicyn.\n"
        "Jämställdhet ska vara en del av det dagliga arbetet i all verksamhet, särskilt i insatserna.",
    ),
    Målområde(
        id="kommunikation",
        namn="Kommunikation",
        mål="Förbundet ska tydligt förklara sitt syfte och uppdrag, så att intressenterna får en rättvisande bild.",
    ),
    Målområde(id="ekonomi", namn="Ekonomi", mål="Förbundet ska ha god ekonomisk hushållning."),
)


def _delmål() -> Iterator[Målrad]:
    """Delmål per målområde; those without a limit have only styrelsens own grade."""
    yield _mål(
        "M1_1", "individ", 8, "uppfyllt",
        "Individinriktade insatser ska använda NNS indikatorer för att utvärdera kvaliteten för deltagarna.",
        "Avslutsformulär har lämnats till förbundet i den omfattning som behövs, för ungefär "
        "{uppgift.avslutsformular_andel | procent} av de avslutade deltagarna.",
    )  # fmt: skip
    yield _mål(
        "M1_2", "individ", 8, "uppfyllt",
        "Under {år} ska insatserna och medlemmarnas verksamheter erbjudas fördjupat stöd i BIP.",
        "Arbetet pågår inom ESF-projektet Inkluderingslyftet.",
    )  # fmt: skip
    yield _mål(
        "M1_3", "individ", 8, "uppfyllt",
        "Under {år} ska förbundet följa upp om insatsernas deltagare kommer från alla parter och alla kommuner, "
        "berätta det för styrgrupperna och uppmana dem att bredda deltagandet.",
        "Frågan tas upp löpande i Coachingteamets styrgrupp, där också inflödet från varje part redovisas.",
    )  # fmt: skip
    yield _mål(
        "M2_1", "organisation", 9, "uppfyllt",
        "Inom två månader från en ansökan ska förbundet begära komplettering, avslå eller godkänna.",
        "Coachingteamets ansökan hanterades i tid.",
    )  # fmt: skip
    yield _mål(
        "M2_2", "organisation", 9, "kan inte bedömas",
        "Ett avslag på en projektansökan ska motiveras skriftligt.",
        "Ingen projektansökan avslogs under perioden.",
    )  # fmt: skip
    yield _mål(
        "M2_3", "organisation", 9, "uppfyllt",
        "Avtal ska skrivas med den sökande inom en månad från beslutet om finansiering.",
        "Projektavtalet för Coachingteamet undertecknades i tid.",
    )  # fmt: skip
    yield _mål(
        "M2_4", "organisation", 9, "uppfyllt",
        "Styrelsen ska följa upp insatserna så ofta och på det sätt som finansieringspolicy och projektbeslut anger.",
        "Coachingteamet har följts upp enligt riktlinjerna.",
    )  # fmt: skip
    yield _mål(
        "M2_5", "organisation", 9, "uppfyllt",
        "Statistiken om insatserna ska vara könsuppdelad, och delårsrapporten och årsredovisningen ska analysera dem "
        "ur ett jämställdhetsperspektiv.",
        "Könsuppdelad statistik tas fram så långt det går när ett strukturerat uppföljningssystem saknas. Analysen "
        "görs per delår och helår.",
    )  # fmt: skip
    yield _mål(
        "M3_1", "kommunikation", 10, "delvis uppfyllt",
        "Under {år} ska Välfärdsguiden (valfardsguiden.se) fortsätta att fyllas med det lokala utbudet av "
        "arbetslivsinriktad rehabilitering. Den ska göras känd bland medlemmarna, med riktade insatser till "
        "handläggare på försörjningsstöd, arbetsmarknadsenheter, Arbetsförmedlingen och Försäkringskassan.",
        "Införandet har fortsatt, och guiden fylls nu med innehåll. Riktade insatser till parterna pågår.",
        kommentar="Bedömningen är gjord vid delåret.",
    )  # fmt: skip
    yield _mål(
        "M3_2", "kommunikation", 10, "",
        "Under {år} ska alla medlemmar få möjlighet till en riktad informationsrunda om SOFINT.",
        "Medlemmarna har haft möjligheten, genom sina ledamöter i styrelsen. Inga informationsrundor har ägt rum.",
    )  # fmt: skip
    yield _mål(
        "M3_3", "kommunikation", 10, "kan inte bedömas",
        "Under {år} ska medlemmarna bjudas in till en gemensam dialog om hur förbundet utvecklas.",
        "Det sker vid det årliga medlemssamrådet. För {år} har regionen i uppdrag att se till att det genomförs.",
    )  # fmt: skip
    yield Målrad(
        id="M4_1",
        område="ekonomi",
        slag="delmål",
        mål="Det egna kapitalet ska vid årets slut vara lägst {mal.M4_1.grans | tkr} och högst {mal.M4_1.ovre | tkr}.",
        aktivitet="Vid årets slut är det egna kapitalet {br.eget_kapital | tkr}.",
        jämförelse="mellan",
        gräns=Decimal(200),
        övre=Decimal(720),
        enhet="tkr",
        fakta="br.eget_kapital",
        bedömning="uppfyllt",
        källa=källa(10),
    )
    yield Målrad(
        id="M4_2",
        område="ekonomi",
        slag="delmål",
        mål="Administrationen ska kosta högst {mal.M4_2.grans | procent} av förbundets samlade kostnader.",
        aktivitet="Administrationen är {kostnadsandel.administration | procent} av kostnaderna {år}. Andelen väntas "
        "fortsätta att minska, eftersom förbundschefen delas.",
        jämförelse="högst",
        gräns=Decimal(29),
        enhet="%",
        fakta="kostnadsandel.administration",
        bedömning="uppfyllt",
        källa=f"{källa(10)}–11",
    )


def _mål(
    id_: str,
    område: str,
    sida: int,
    bedömning: Literal["uppfyllt", "delvis uppfyllt", "kan inte bedömas", ""],
    mål: str,
    aktivitet: str,
    kommentar: str = "",
) -> Målrad:
    """A delmål without a measure."""
    return Målrad(
        id=id_,
        område=område,
        slag="delmål",
        mål=mål,
        aktivitet=aktivitet,
        bedömning=bedömning,
        kommentar=kommentar,
        källa=källa(sida),
    )


def _effektmål() -> Iterator[Målrad]:
    """What Coachingteamet should lead to for its participants."""
    vidare = (
        "Mer än {mal.E1.grans | procent} av deltagarna ska gå vidare till en insats hos en ordinarie myndighet, söka "
        "arbete aktivt, studera eller få en anställning."
    )
    yield Målrad(
        id="E1",
        insats="coachingteamet",
        slag="effektmål",
        mål=vidare,
        mätpunkt="Uppföljning Finsam: avslutade deltagare som tog ett steg framåt.",
        jämförelse="mer än",
        gräns=Decimal(55),
        enhet="%",
        utfall=round(Decimal(26) / Decimal(57) * 100, 2),
        bedömning="delvis uppfyllt",
        källa=f"{källa(15)}: 26 av 57 avslutade",
    )
    ofta = "ofta, för det mesta eller alltid"
    delvis = "delvis, till stor del, till mycket stor del eller helt och hållet"
    stor_del = "till stor del, till mycket stor del eller helt och hållet"
    for id_, fråga, gräns, svarsgräns, svar, sida, bedömning, mål in (
        ("E2", 1, 90, 80, ofta, 15, "uppfyllt", "uppleva att de har fått stöd som varit till stor nytta"),
        ("E3", 6, 65, 90, delvis, 15, "delvis uppfyllt", "känna sig mer redo att arbeta eller studera efteråt"),
        ("E4", 9, 80, 80, stor_del, 16, "uppfyllt", "uppge att det är tillräckligt planerat vad som händer sedan"),
    ):
        yield Målrad.model_validate(
            {
                "id": id_,
                "insats": "coachingteamet",
                "slag": "effektmål",
                "mål": f"Mer än {{mal.{id_}.grans | procent}} av deltagarna ska {mål}.",
                "mätpunkt": f"NNS deltagarenkät, fråga {{= {fråga}}}: svar {svar}. "
                f"I uppföljningen anges också {{= {svarsgräns} %}} svarsfrekvens.",
                "jämförelse": "mer än",
                "gräns": Decimal(gräns),
                "enhet": "%",
                "fakta": f"enkat.coachingteamet.q{fråga}",
                "bedömning": bedömning,
                "källa": källa(sida),
            }
        )


def _insatsmål() -> Iterator[Målrad]:
    """How many Coachingteamet should reach; the published goals said 2023."""
    rättat = "målet anger år 2023 men är uppföljt för 2024"
    for id_, mått, gräns, mål, anmärkning in (
        ("I1", "totalt", 120, "{mal.I1.grans | antal} personer ska delta i insatsen under {år}.", rättat),
        ("I2", "nya", 50, "{mal.I2.grans | antal} nya deltagare ska registreras under {år}.", rättat),
        (
            "I3",
            "avslutade",
            57,
            "{mal.I3.grans | antal} deltagare ska avslutas under {år}.",
            f"{rättat}; utfallet anges här till 88, i statistiken till 57",
        ),
    ):
        yield Målrad(
            id=id_,
            insats="coachingteamet",
            slag="insatsmål",
            mål=mål,
            jämförelse="minst",
            gräns=Decimal(gräns),
            enhet="antal",
            fakta=f"deltagare.coachingteamet.{mått}",
            bedömning="uppfyllt",
            källa=f"{källa(16)}: {anmärkning}",
        )


DELTAGARE = tuple(
    Deltagarrad(insats=insats, mått=mått, benämning=benämning, år=2024, antal=antal, källa=källa(sida))
    for insats, mått, benämning, antal, sida in (
        ("coachingteamet", "totalt", "Deltagare totalt", 125, 15),
        ("coachingteamet", "nya", "Nya deltagare", 68, 16),
        ("coachingteamet", "avslutade", "Avslutade deltagare", 57, 15),
        (
            "coachingteamet",
            "avslutade_vidare",
            "Avslutade till arbetsmarknadsenhet, förstärkt samarbete, Arbetsförmedlingen, arbete eller studier",
            26,
            15,
        ),
        ("coachingteamet", "avslutade_remittent", "Avslutade åter till remittent", 31, 15),
        ("coachingteamet", "endast_informationsmote", "Därutöver: tackade nej vid eller före informationsmöte", 16, 15),
        ("finsammassan", "totalt", "Deltagare på mässan", 220, 16),
    )
)

INDIKATORER = tuple(
    Indikator(insats=insats, id=id_, fråga=fråga, skala=skala, andel=Decimal(andel), källa=källa(sida))
    for insats, id_, fråga, skala, andel, sida in (
        (
            "coachingteamet",
            "q1",
            "Stödet har varit till stor nytta (NNS deltagarenkät, fråga {= 1})",
            "ofta, för det mesta eller alltid",
            93,
            15,
        ),
        (
            "coachingteamet",
            "q6",
            "Mer redo att arbeta eller studera (NNS deltagarenkät, fråga {= 6})",
            "delvis, till stor del, till mycket stor del eller helt och hållet",
            60,
            15,
        ),
        (
            "coachingteamet",
            "q9",
            "Det är planerat vad som händer efter insatsen (NNS deltagarenkät, fråga {= 9})",
            "till stor del, till mycket stor del eller helt och hållet",
            85,
            16,
        ),
        ("finsammassan", "nojd", "Nöjd med mässan", "", 95, 16),
        ("finsammassan", "kunskap", "Fick ny användbar kunskap och lärde känna fler aktörer", "", 62, 16),
        ("finsammassan", "valordnad", "Mässan var välordnad", "", 97, 17),
    )
)

MÅL = (*_delmål(), *_effektmål(), *_insatsmål())
