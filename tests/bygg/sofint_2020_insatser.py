"""SOFINT's insatser and goals in 2020: the published figures, in our own words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from finsam.model.underlag import Faktaruterad, Insats, Insatskostnad, Målområde, Målrad


def källa(avsnitt: str) -> str:
    """Where in the published årsredovisning a figure stands; its pages are not numbered in the extract."""
    return f"SOFINT, Årsredovisning 2020, avsnitt {avsnitt}"


MARS, ÅRSSLUT = date(2020, 3, 31), date(2020, 12, 31)
KOMMUNEN = "Lindesbergs kommun"

INSATSER = (
    *(
        Insats(
            id=id_,
            namn=namn,
            slag="individ",
            funktion=f"individ.{id_}",
            insatsägare=ägare,
            från=från,
            till=till,
            budget=Decimal(budget),
        )
        for id_, namn, ägare, från, till, budget in (
            ("mottagningsteamet", "Mottagningsteamet", "", date(2020, 1, 1), MARS, 168_200),
            ("samverkansteamet", "Samverkansteamet", "", date(2020, 1, 1), MARS, 453_300),
            ("coachingteamet", "Coachingteamet", KOMMUNEN, date(2020, 4, 1), ÅRSSLUT, 2_001_105),
            ("motivera_mera", "Motivera mera", KOMMUNEN, date(2020, 3, 1), ÅRSSLUT, 592_950),
        )
    ),
    Insats(id="behovsinventering", namn="Behovsinventering", slag="struktur", funktion="struktur.behovsinventering"),
)

STEG = "Deltagarna ska märka att de tar steg framåt och kommer närmare arbete eller studier. De ska få bättre "
STEG += "förutsättningar att försörja sig själva."
ARBETE = "ska deltagarna kunna hitta ett arbete, eller börja på studier som leder till arbete. De ska kunna få ett "
ARBETE += "arbete som motsvarar hela deras arbetsförmåga, och behålla det."
RUTOR = {
    "mottagningsteamet": {
        "Period": "1 januari–31 mars {år}.",
        "Samverkansparter": "Alla förbundets medlemmar, i projektform.",
        "Syfte": "Att snabbt och effektivt ge vägledning och rekommendationer till den som behöver samordnat stöd.",
        "Målgrupp": "Personer som behöver samordnat stöd för att ta nästa steg mot egen försörjning.",
        "Kortsiktigt mål": "Efter en ganska kort kartläggning ska deltagaren, med teamets stöd, veta vad nästa steg "
        "mot egen försörjning är.",
        "Långsiktigt mål": "Deltagaren ska snabbare närma sig egen försörjning, få ett arbete och behålla det. Den som "
        "har börjat studera ska fullfölja studierna.",
        "Styrgrupp": "Beredningsgruppen.",
    },
    "samverkansteamet": {
        "Period": "1 januari–31 mars {år}.",
        "Samverkansparter": "Alla förbundets medlemmar, i projektform.",
        "Syfte": "Att ge kvalificerat och professionellt stöd, i samordnad rehabilitering, till den som är eller "
        "riskerar att hamna i långvarigt utanförskap.",
        "Målgrupp": "Främst personer med psykisk ohälsa eller psykisk funktionsnedsättning som behöver samordnad "
        "arbetslivsinriktad rehabilitering för att närma sig arbete eller studier.",
        "Kortsiktigt mål": STEG,
        "Långsiktigt mål": f"Med stöd av teamet {ARBETE}",
        "Styrgrupp": "Beredningsgruppen.",
    },
    "coachingteamet": {
        "Period": "1 april–31 december {år}.",
        "Projektägare": f"{KOMMUNEN}.",
        "Målgrupp": "Personer som behöver arbetslivsinriktad rehabilitering och samverkan mellan sina kontakter hos "
        "myndigheterna.",
        "Kortsiktigt mål": f"{STEG} Deltagarna ska kunna ta steget till den rehabilitering som myndigheterna erbjuder "
        "i sin ordinarie verksamhet.",
        "Långsiktigt mål": f"Deltagarna ska närma sig arbetsmarknaden, för första gången eller på nytt. Med stöd av de "
        f"samverkande parterna {ARBETE}",
        "Styrgrupp": "Insatsen har en egen styrgrupp.",
    },
    "motivera_mera": {
        "Period": "1 mars–31 december {år}.",
        "Projektägare": f"{KOMMUNEN}.",
        "Syfte": "Att hitta insatser och metoder som höjer motivationen.",
        "Målgrupp": "Deltagare inom arbetsmarknadsenheten, vuxenutbildningen, försörjningsstödet och "
        "Arbetsförmedlingen som står långt från arbetsmarknaden och som länge har gått mellan myndigheterna utan att "
        "komma vidare.",
        "Kortsiktigt mål": STEG,
        "Långsiktigt mål": f"Med stöd av de samverkande parterna {ARBETE}",
        "Styrgrupp": "Insatsen har en egen styrgrupp.",
    },
}
FAKTARUTOR = tuple(
    Faktaruterad(insats=insats, rubrik=rubrik, text=text)
    for insats, ruta in RUTOR.items()
    for rubrik, text in ruta.items()
)

# insats: kind of cost and kronor, as in its ekonomiska rapportering
KOSTNADER = {
    "mottagningsteamet": (
        ("loner", "Löner", 134_318),
        ("lokal", "Lokalkostnader", 5_434),
        ("bil", "Bilkostnader", 3_905),
        ("material", "Förbrukningsmaterial och inventarier", 465),
        ("konferens", "Konferens och utbildning", 0),
        ("mobil", "Mobiltelefoni", 987),
        ("ovrigt", "Övrigt", 978),
    ),
    "samverkansteamet": (
        ("loner", "Löner", 276_354),
        ("lokal", "Lokalkostnader", 24_107),
        ("bil", "Bilkostnader", 8_553),
        ("material", "Förbrukningsmaterial och inventarier", 3_880),
        ("konferens", "Konferens och utbildning", 0),
        ("mobil", "Mobiltelefoni", 2_769),
        ("ovrigt", "Övrigt", 4_195),
    ),
    "coachingteamet": (
        ("loner", "Löner", 1_387_925),
        ("lokal", "Lokalkostnader", 87_217),
        ("bil", "Bilkostnader", 39_056),
        ("material", "Förbrukningsmaterial och kontorsmaterial", 6_536),
        ("konferens", "Konferens och utbildning", 0),
        ("mobil", "Mobiltelefoni", 15_256),
        ("ekonomitjanst", "Ekonomitjänst", 18_900),
        ("ovrigt", "Övrigt", 4_289),
    ),
    "motivera_mera": (
        ("loner", "Löner", 493_456),
        ("lokal", "Lokalkostnader", 0),
        ("bil", "Bilkostnader", 0),
        ("material", "Förbrukningsmaterial", 0),
        ("yogakurs", "Yogakurs för deltagare", 64_038),
        ("mobil", "Mobiltelefoni", 0),
        ("tolk", "Tolkkostnad", 8_455),
        ("ovrigt", "Övrigt", 291),
    ),
}
INSATSEKONOMI = tuple(
    Insatskostnad(
        insats=insats,
        id=id_,
        benämning=benämning,
        belopp=Decimal(belopp),
        källa=källa("1.5, Ekonomisk rapportering"),
    )
    for insats, rader in KOSTNADER.items()
    for id_, benämning, belopp in rader
)

MÅLOMRÅDEN = (
    Målområde(id="utvardering", namn="Utvärdering av finansierade insatser"),
    Målområde(id="utveckling", namn="Utveckling av implementering och integrerad samverkan"),
    Målområde(id="resultat", namn="Mål och resultat av samverkan"),
)

# område: goal, what was done, styrelsens grade. No goal has a limit.
DELMÅL: dict[str, tuple[tuple[str, str, Literal["uppfyllt", "delvis uppfyllt"]], ...]] = {
    "utvardering": (
        (
            "SOFINT ska följa upp att varje projektägare gör det som förbundet har godkänt och beviljat medel till, "
            "enligt plan och mål.",
            "Uppföljningen görs varje halvår, i samband med delårsrapporten och årsredovisningen.",
            "uppfyllt",
        ),
        (
            "Alla aktiviteters resultat ska dokumenteras i årsredovisningen och ställas mot uppdrag och mål.",
            "Resultaten dokumenteras i delårsrapporten och årsredovisningen.",
            "uppfyllt",
        ),
        (
            "Resultatet av det som finansieras ska följas upp i en sammanfattande analys.",
            "Förbundschefen analyserar insatserna i samband med årsredovisningen.",
            "uppfyllt",
        ),
        (
            "Det som SOFINT finansierar ska vara kostnader för samverkan, utanför parternas ordinarie verksamhet.",
            "Under {år} finansieras Coachingteamet och Motivera mera. När styrelsen behandlar ansökningarna prövar den "
            "att insatsen inte ligger inom myndigheternas ordinarie uppdrag.",
            "uppfyllt",
        ),
        (
            "Personalen ska ha den utbildning som behövs för uppföljningssystemet SUS.",
            "Coachingteamets samordnare är utbildad i SUS och ansvarar för registreringen i båda insatserna.",
            "uppfyllt",
        ),
        (
            "NNS indikatorer, ett verktyg för att utvärdera kvalitet, ska användas i alla finansierade insatser.",
            "Båda insatserna registrerar alla deltagare som har lämnat sitt samtycke. De som svarar är färre än "
            "väntat.",
            "delvis uppfyllt",
        ),
        (
            "SOFINT ska medverka till att insatserna får resultatmål som kan mätas objektivt.",
            "Coachingteamets andra ansökan har tydliga och mätbara mål. I ansökan för Motivera mera kunde de ha "
            "utvecklats mer, men det är svårare i en pilotstudie av nya arbetsmetoder.",
            "delvis uppfyllt",
        ),
    ),
    "utveckling": (
        (
            "Det som SOFINT finansierar ska leda mot en integrerad samverkan mellan medlemmarna och mot samarbete "
            "kring förbundets målgrupper.",
            "Coachingteamet är genom sin organisation en sådan arena.",
            "uppfyllt",
        ),
        (
            "Parterna i de finansierade aktiviteterna ska planera för hur kunskap om samverkan och god rehabilitering "
            "tas till vara och utvecklas efter målgruppernas behov. Hur det ska gå till behöver framgå av ansökan.",
            "Det görs i beredningsgruppen och i styrgrupperna, där medlemmarna är representerade. Det framgår delvis "
            "av ansökningarna och utvecklas hela tiden.",
            "uppfyllt",
        ),
    ),
    "resultat": (
        (
            "Den samverkan som SOFINT finansierar ska ge nya metoder och synsätt som en eller flera huvudmän inför.",
            "Ett av Coachingteamets mål är att utvecklas efter målgruppens behov och anpassas till nya arbetsmetoder. "
            "Bytet av huvudman har ändrat inriktningen, eftersom parterna har fått stort utrymme att påverka den. "
            "Pilotprojektet Motivera mera ska utveckla nya arbetssätt för dem som saknar motivation. Utbildningen i "
            "Supported Employment för handläggare på kommunernas arbetsmarknadsenheter ger Coachingteamet, enheterna "
            "och Arbetsförmedlingens SIUS-handläggare mer av en gemensam rehabiliteringsmodell.",
            "delvis uppfyllt",
        ),
        (
            "SOFINT:s insatser ska bidra till att utveckla organisation eller idéer.",
            "Parterna kan diskutera målgrupper och behov, och genom projektansökningar kan de pröva nya idéer.",
            "delvis uppfyllt",
        ),
        (
            "Samverkan ska öka tilltron till myndigheterna och ge medborgarna bättre förutsättningar för egenmakt.",
            "Coachingteamet har som uttalad plan att samla de myndigheter som berörs innan rehabiliteringen börjar. "
            "Deltagaren ska uppleva att det finns en gemensam planering som alla är med på.",
            "delvis uppfyllt",
        ),
    ),
}
MÅL = tuple(
    Målrad(
        id=f"M{nr}_{delnr}",
        område=område,
        slag="delmål",
        mål=mål,
        aktivitet=aktivitet,
        bedömning=bedömning,
        källa=källa("1.5"),
    )
    for nr, (område, delmål) in enumerate(DELMÅL.items(), 1)
    for delnr, (mål, aktivitet, bedömning) in enumerate(delmål, 1)
)
