"""SOFINT's underlag for 2020: the figures of the published årsredovisning, each with its section."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from finsam.model.underlag import (
    Bidragsrad,
    Budgetrad,
    Flerårsrad,
    Underlag,
    Undertecknare,
    Uppgift,
)

from .sofint_2020_insatser import FAKTARUTOR, INSATSEKONOMI, INSATSER, MÅL, MÅLOMRÅDEN, källa

SAKNAS = "finns inte i utdraget ur SOFINT, Årsredovisning 2020"
Enhet = Literal["kr", "tkr", "%", "antal", "datum", "text"]


def uppgift(
    id_: str, benämning: str, enhet: Enhet, värde: Decimal | int | date | None = None, varifrån: str = SAKNAS
) -> Uppgift:
    """A row of Uppgifter; one without a value is printed as missing."""
    tal = Decimal(värde) if isinstance(värde, int) else värde
    return Uppgift(id=id_, benämning=benämning, enhet=enhet, värde=tal, källa=varifrån)


UPPGIFTER = (
    uppgift("dnr", "Diarienummer", "text"),
    uppgift("beslutsdatum", "Styrelsen beslutade", "datum"),
    uppgift("undertecknad", "Styrelsen skrev under", "datum", date(2021, 3, 5), källa("8")),
    uppgift(
        "raekenskapsrevision",
        "Kostnad för granskning av bokföring, delårsrapport och årsredovisning (LKBR 9 kap. 13 §)",
        "kr",
    ),
    uppgift("panter", "Ställda panter (LKBR 6 kap. 1 §)", "kr"),
    uppgift("ansvarsforbindelser", "Ansvarsförbindelser (LKBR 6 kap. 1 §)", "kr"),
    uppgift(
        "varderingsprinciper",
        "Principer för värdering av tillgångar, avsättningar och skulder (LKBR 9 kap. 4 §)",
        "text",
    ),
    uppgift(
        "balanskrav_reglering",
        "Hur tidigare års underskott har reglerats och vad som återstår (LKBR 11 kap. 11 §)",
        "text",
    ),
    uppgift("handelser_efter_arets_slut", "Väsentliga händelser efter årets slut (LKBR 11 kap. 3 §)", "text"),
    uppgift("medarbetare", "Antal anställda", "antal", 0, f"{källa('1.1')} och 1.6"),
    uppgift("forbundschef_omfattning", "Förbundschefens tjänstgöringsgrad", "%", 100, källa("1, Organisation")),
    uppgift("ekonom_omfattning", "Ekonomens tjänstgöringsgrad", "%", 10, källa("1, Organisation")),
    uppgift("kpv", "SKR:s prisindex för kommunal verksamhet (KPV) för 2021", "%", Decimal("2.0"), källa("1.7")),
    uppgift(
        "se_utbildning_kostnad",
        "Kostnad för utbildning i Supported Employment",
        "kr",
        69_600,
        f"{källa('1.5')}; ingår inte i notens strukturinsatser",
    ),
    uppgift(
        "se_utbildning_deltagare",
        "Handläggare som deltog i utbildningen i Supported Employment",
        "antal",
        16,
        källa("1.5"),
    ),
    uppgift(
        "arbetstraning_omfattning",
        "Arbetsträning som visar att en deltagare kan gå över till ordinarie verksamhet, andel av heltid",
        "%",
        25,
        källa("1.5, Insatser"),
    ),
    uppgift("arbetstraning_timmar", "Densamma i timmar per vecka", "antal", 10, källa("1.5, Insatser")),
    *(
        uppgift(f"budgetandel_{grupp}", f"{namn}, andel av budgeten", "%", andel, källa("1.5, Kostnadsfördelning"))
        for grupp, namn, andel in (
            ("administration", "Administration", 24),
            ("individ", "Individinriktade insatser", 72),
            ("struktur", "Strukturövergripande insatser", 4),
        )
    ),
)

BUDGETKÄLLA = f"{källa('2')}, kolumnen Aktuell budget; om den är ändrad under året framgår inte"
BUDGET = tuple(
    Budgetrad(post=post, år=2020, belopp=Decimal(tkr), enhet="tkr", version="ursprunglig", källa=BUDGETKÄLLA)
    for post, tkr in (("nettokostnad", 4636), ("medlemsavgift", 3986))
)

BIDRAG = {
    "staten": (1_993_000, 2_005_000),
    "lindesberg": (510_208, 512_278),
    "nora": (232_184, 232_580),
    "hallefors": (151_468, 152_380),
    "ljusnarsberg": (102_640, 105_262),
    "region": (996_500, 1_002_500),
}
MEDLEMSBIDRAG = tuple(
    Bidragsrad(medlem=medlem, år=år, belopp=Decimal(belopp), källa=f"{källa('7')}, not 1")
    for kolumn, år in enumerate((2020, 2019))
    for medlem, belopp in ((medlem, tal[kolumn]) for medlem, tal in BIDRAG.items())
)

HÄRLETT_2018 = (
    "Eget kapital och balansomslutning är härledda ur balansräkningen och kassaflödesanalysen för 2019. Kostnaderna "
    "innehåller finansiella poster, eftersom de tillsammans med intäkterna ger årets resultat. Alla intäkter räknas "
    "som medlemsbidrag."
)
HÄRLETT_2017 = (
    "Eget kapital är härlett ur nästa års eget kapital och resultat, och balansomslutningen är inte känd. Kostnader "
    "och medlemsbidrag som 2018."
)
HÄRLETT_2016 = "Som 2017."
ÖVERSIKT = källa("1.1")
FLERÅR = (
    ("rr.verksamhetens_intakter", 2018, 4_118_000, ÖVERSIKT, ""),
    ("rr.verksamhetens_kostnader", 2018, -3_808_438, ÖVERSIKT, HÄRLETT_2018),
    ("rr.arets_resultat", 2018, 309_562, ÖVERSIKT, ""),
    ("br.eget_kapital", 2018, 949_766, f"{källa('3')} och 4: 1 777 068 − 827 302", ""),
    (
        "br.summa_tillgangar",
        2018,
        1_352_896,
        f"{källa('5')}: likvida medel 2 032 732 − 697 802 och fordringar 30 691 − 12 725",
        "",
    ),
    ("rr.verksamhetens_intakter", 2017, 2_897_420, ÖVERSIKT, ""),
    ("rr.verksamhetens_kostnader", 2017, -3_200_530, ÖVERSIKT, HÄRLETT_2017),
    ("rr.arets_resultat", 2017, -303_110, ÖVERSIKT, ""),
    ("br.eget_kapital", 2017, 640_204, f"{ÖVERSIKT}: 949 766 − 309 562", ""),
    ("rr.verksamhetens_intakter", 2016, 2_897_420, ÖVERSIKT, ""),
    ("rr.verksamhetens_kostnader", 2016, -3_483_725, ÖVERSIKT, HÄRLETT_2016),
    ("rr.arets_resultat", 2016, -586_305, ÖVERSIKT, ""),
    ("br.eget_kapital", 2016, 943_314, f"{ÖVERSIKT}: 640 204 + 303 110", ""),
)
FLERÅRSÖVERSIKT = (
    *(
        Flerårsrad(post=post, år=år, värde=Decimal(belopp), enhet="kr", källa=varifrån, anmärkning=anmärkning)
        for post, år, belopp, varifrån, anmärkning in FLERÅR
    ),
    *(
        Flerårsrad(post="soliditet", år=år, värde=Decimal(andel), enhet="%", källa=ÖVERSIKT)
        for år, andel in ((2017, 91), (2016, 79))
    ),
)

# The pages with signatures are not in the extract. The ordförande signed the foreword, which also names a revisor.
UNDERTECKNARE = (
    Undertecknare(namn="Susanne Grundström", roll="Ordförande", organ="styrelse"),
    Undertecknare(namn="Uppgift saknas", roll="Övriga ledamöter", organ="styrelse"),
    Undertecknare(namn="Nils Nordquvist", roll="Revisor", organ="revisor"),
    Undertecknare(namn="Uppgift saknas", roll="Övriga revisorer", organ="revisor"),
)

UNDERLAG = Underlag(
    uppgifter=UPPGIFTER,
    budget=BUDGET,
    medlemsbidrag=MEDLEMSBIDRAG,
    insatser=INSATSER,
    faktarutor=FAKTARUTOR,
    insatsekonomi=INSATSEKONOMI,
    målområden=MÅLOMRÅDEN,
    mål=MÅL,
    flerårsöversikt=FLERÅRSÖVERSIKT,
    undertecknare=UNDERTECKNARE,
)
