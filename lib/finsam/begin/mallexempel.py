"""The words of the template: how it is filled in, and one example row a sheet."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from finsam.model.underlag import (
    Behovsrad,
    Beslutspunkt,
    Bidragsrad,
    Budgetrad,
    Deltagarrad,
    Enkätsvar,
    Faktaruterad,
    Flerårsrad,
    Indikator,
    Insats,
    Insatskostnad,
    Kostnadsrad,
    Målområde,
    Målrad,
    Möte,
    Planmål,
    Planrad,
    Projekt,
    Revisionsanmärkning,
    Sjukfrånvaro,
    Undantag,
    Underlagsrad,
    Underskott,
    Undertecknare,
    Uppdragsrad,
    Uppgift,
    Årshjulsrad,
)

SÅ_FYLLS_DEN_I = (
    (
        "Vad det är",
        "Här samlas budget, medlemsbidrag, insatser, mål och annat som rapporten behöver utöver bokföringen. "
        "Varje uppgift skrivs en gång, och rapporten hämtar den härifrån. Programmet läser filen men ändrar den inte.",
    ),
    (
        "Rader",
        "En rad per sak, under rubrikraden. Tomma rader hoppas över. En rad vars första cell börjar med # och ett "
        "blanktecken är en anteckning och läses inte; exempelraderna är sådana och kan skrivas över.",
    ),
    (
        "Kolumner",
        "Rubriker med mörk botten ska fyllas i, de ljusare när uppgiften finns. Ovanför rubriken står vad som menas. "
        "Rubrikerna är låsta utan lösenord. Kolumner får flyttas när bladets skydd är borttaget, men ändra inte "
        "rubrikerna och inte bladens namn.",
    ),
    (
        "Tal",
        "Skriv bara talet; enheten står i kolumnen Enhet eller i förklaringen. Belopp har högst två decimaler. "
        "45 i en rad med enheten % betyder 45 %. Formler får användas, om filen sparas i Excel efteråt.",
    ),
    ("Datum", "Skriv som 2025-02-21."),
    (
        "Id",
        "Ett kort namn som andra blad och texterna hänvisar till: bokstäverna a–z, siffror och understreck. "
        "Ändra det inte när det väl används.",
    ),
    (
        "Siffror i text",
        "Skriv inte av siffror som rapporten räknar fram. Hänvisa i stället till dem inom klammer, till exempel "
        "{insats.teamet.utfall | kr} eller {uppgift.medarbetare | antal}. Det går i Faktarutor, Mål och Målområden.",
    ),
    (
        "Personer",
        "Bara antal, aldrig uppgifter om enskilda deltagare. Skriv små antal som de är: rapporten visar inte grupper "
        "med färre än fem personer, och inte heller de tal som ett sådant antal kan räknas ut av.",
    ),
    (
        "Egna blad",
        "Egna blad får finnas, till exempel för uträkningar. De läses inte.",
    ),
)

EXEMPEL: dict[type[Underlagsrad], dict[str, str | int | date | Decimal]] = {
    Uppgift: {
        "id": "beslutsdatum",
        "benämning": "Styrelsens beslut om årsredovisningen",
        "värde": date(2025, 2, 21),
        "enhet": "datum",
        "källa": "Protokoll 2025-02-21, § 4",
    },
    Budgetrad: {
        "post": "administration",
        "år": 2025,
        "belopp": Decimal(600000),
        "enhet": "kr",
        "version": "ursprunglig",
        "beslutad": date(2024, 11, 22),
        "källa": "Verksamhetsplan 2025, s. 12",
    },
    Bidragsrad: {
        "medlem": "kommunen",
        "år": 2025,
        "belopp": Decimal(450000),
        "invånare": 21500,
        "källa": "Kommunstyrelsens beslut 2024-10-08",
    },
    Insats: {
        "id": "teamet",
        "namn": "Teamet",
        "slag": "individ",
        "funktion": "individ.teamet",
        "insatsägare": "Kommunen",
        "från": date(2024, 1, 1),
        "till": date(2026, 12, 31),
        "budget": Decimal(900000),
        "beviljat": Decimal(900000),
        "bedömning": "uppfyllt",
    },
    Faktaruterad: {
        "insats": "teamet",
        "rubrik": "Kostnad under året",
        "text": "{insats.teamet.utfall | kr} av budgeterade {insats.teamet.budget | kr}",
    },
    Insatskostnad: {
        "insats": "teamet",
        "id": "personal",
        "benämning": "Personalkostnader",
        "belopp": Decimal("812500.50"),
        "källa": "Insatsägarens slutredovisning",
    },
    Målområde: {"id": "egenforsorjning", "namn": "Egen försörjning", "mål": "Fler kommer i arbete eller studier."},
    Målrad: {
        "id": "i_arbete",
        "område": "egenforsorjning",
        "slag": "delmål",
        "mål": "Minst 40 procent av dem som avslutar går till arbete eller studier.",
        "aktivitet": "Uppföljning vid avslut",
        "mätpunkt": "Andel av avslutade",
        "jämförelse": "minst",
        "gräns": Decimal(40),
        "enhet": "%",
        "utfall": Decimal("43.5"),
        "bedömning": "uppfyllt",
        "källa": "SUS, uttag 2026-01-15",
    },
    Deltagarrad: {
        "insats": "teamet",
        "mått": "nya",
        "benämning": "Nya deltagare",
        "år": 2025,
        "kön": "kvinnor",
        "kommun": "kommunen",
        "antal": 14,
        "källa": "SUS, uttag 2026-01-15",
    },
    Enkätsvar: {
        "insats": "teamet",
        "enkätfråga": "q1",
        "fråga": "Har du fått stöd som har varit till nytta?",
        "skala": "frekvens",
        "svarsalternativ": "för det mesta",
        "antal": 12,
        "år": 2025,
        "källa": "NNS enkät 2025",
    },
    Indikator: {
        "insats": "teamet",
        "id": "nytta",
        "fråga": "Har du fått stöd som har varit till nytta?",
        "skala": "ofta, för det mesta, alltid",
        "enkätfråga": "q1",
        "källa": "NNS enkät 2025",
    },
    Kostnadsrad: {
        "funktion": "administration.revision",
        "år": 2023,
        "belopp": Decimal(38500),
        "källa": "Årsredovisning 2023, s. 18",
    },
    Flerårsrad: {
        "post": "rr.verksamhetens_intakter",
        "år": 2022,
        "värde": Decimal(3600000),
        "enhet": "kr",
        "källa": "Årsredovisning 2022, s. 9",
    },
    Underskott: {
        "år": 2024,
        "underskott": Decimal(86500),
        "förut": Decimal(0),
        "i_år": Decimal(40000),
        "undantaget": Decimal(0),
        "skäl": "Resten återställs enligt budgeten för nästa år.",
        "källa": "Styrelsens protokoll 2025-02-21, § 5",
    },
    Sjukfrånvaro: {
        "grupp": "alla",
        "antal": 14,
        "frånvaro": Decimal("4.6"),
        "lång": Decimal("31.5"),
        "källa": "Lönesystemet, uttag 2026-01-15",
    },
    Uppdragsrad: {"punkt": "stöd till samverkan", "text": "Samverkansforum samlade parternas handläggare två gånger."},
    Revisionsanmärkning: {
        "anmärkning": "Målen går inte att utvärdera.",
        "läge": "pågår",
        "åtgärd": "Varje mål har fått en mätpunkt i verksamhetsplanen.",
        "ansvarig": "Förbundschefen",
        "källa": "Revisionsrapport 2025-04-11",
    },
    Undertecknare: {"namn": "Förnamn Efternamn", "roll": "Ordförande", "organ": "styrelse", "utsedd_av": "Kommunen"},
    Undantag: {
        "kod": "C20",
        "skäl": "Avvikelsen är känd och förklaras i not 3.",
        "namn": "Förnamn Efternamn",
        "datum": date(2026, 2, 16),
    },
    Planrad: {
        "id": "teamet",
        "benämning": "Teamet",
        "typ": "individinsats",
        "grupp": "insatser",
        "budget": Decimal(1200000),
        "plan1": Decimal(1220000),
        "plan2": Decimal(1240000),
        "källa": "Ansökan 2025-09-01",
    },
    Planmål: {
        "id": "M1a",
        "område": "egenforsorjning",
        "mål": "M1",
        "slag": "mätpunkt",
        "text": "Andel deltagare som tycker att stödet varit till stor nytta",
        "jämförelse": "minst",
        "gräns": Decimal(80),
        "enhet": "%",
    },
    Möte: {"datum": date(2026, 2, 20), "start": "09:00", "slut": "12:00", "organ": "styrelse", "innehåll": "Bokslut"},
    Årshjulsrad: {"månad": 2, "händelse": "Årsredovisning", "organ": "styrelse"},
    Behovsrad: {
        "mått": "helarsekvivalenter",
        "benämning": "Helårsekvivalenter 20–64 år",
        "plats": "kommunen",
        "kön": "kvinnor",
        "år": 2024,
        "andel": Decimal("13.1"),
        "källa": "SCB",
    },
    Projekt: {"namn": "Projektet", "finansiär": "ESF", "ägare": "Ett annat förbund", "tid": "2024–2027"},
    Beslutspunkt: {"nr": 1, "text": "Fastställa verksamhetsplanen och budgeten."},
}
