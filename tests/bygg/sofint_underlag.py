"""SOFINT's underlag for 2024: the figures of the published årsredovisning, each with its page."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from finsam.model.underlag import (
    Bidragsrad,
    Budgetrad,
    Flerårsrad,
    Kostnadsrad,
    Underlag,
    Undertecknare,
    Uppgift,
)

from .sofint_insatser import (
    DELTAGARE,
    FAKTARUTOR,
    INDIKATORER,
    INSATSEKONOMI,
    INSATSER,
    MÅL,
    MÅLOMRÅDEN,
    källa,
)

SAKNAS = "finns inte i SOFINT, Årsredovisning 2024"
BESLUTAD = date(2025, 2, 21)

UPPGIFTER = (
    Uppgift(id="dnr", benämning="Diarienummer", enhet="text", källa=SAKNAS),
    Uppgift(id="beslutsdatum", benämning="Styrelsen beslutade", värde=BESLUTAD, enhet="datum", källa=källa(1)),
    Uppgift(id="undertecknad", benämning="Styrelsen skrev under", värde=BESLUTAD, enhet="datum", källa=källa(25)),
    Uppgift(
        id="raekenskapsrevision",
        benämning="Kostnad för granskning av bokföring, delårsrapport och årsredovisning (LKBR 9 kap. 13 §)",
        enhet="kr",
        källa=SAKNAS,
    ),
    Uppgift(id="panter", benämning="Ställda panter (LKBR 6 kap. 1 §)", enhet="kr", källa=SAKNAS),
    Uppgift(id="ansvarsforbindelser", benämning="Ansvarsförbindelser (LKBR 6 kap. 1 §)", enhet="kr", källa=SAKNAS),
    Uppgift(
        id="varderingsprinciper",
        benämning="Principer för värdering av tillgångar, avsättningar och skulder (LKBR 9 kap. 4 §)",
        enhet="text",
        källa=SAKNAS,
    ),
    Uppgift(
        id="anpassningar",
        benämning="Anpassningar till Finsams verksamhet, och skälen för dem (LKBR 4 kap. 3 §)",
        enhet="text",
        källa=f"{källa(23)} säger bara att vissa anpassningar är gjorda",
    ),
    Uppgift(
        id="balanskrav_reglering",
        benämning="Hur tidigare års underskott har reglerats och vad som återstår (LKBR 11 kap. 11 §)",
        enhet="text",
        källa=SAKNAS,
    ),
    Uppgift(
        id="handelser_efter_arets_slut",
        benämning="Väsentliga händelser efter årets slut (LKBR 11 kap. 3 §)",
        enhet="text",
        källa=SAKNAS,
    ),
    Uppgift(id="medarbetare", benämning="Antal anställda", värde=Decimal(0), enhet="antal", källa=källa(19)),
    Uppgift(
        id="forbundschef_omfattning",
        benämning="Förbundschefens tjänstgöringsgrad sedan april",
        värde=Decimal(45),
        enhet="%",
        källa=f"{källa(3)} och 4",
    ),
    Uppgift(
        id="forbundschef_tidigare",
        benämning="Förbundschefens tjänstgöringsgrad till och med mars",
        värde=Decimal(100),
        enhet="%",
        källa=källa(4),
    ),
    Uppgift(
        id="avslutsformular_andel",
        benämning="Andel avslutade deltagare med avslutsformulär, ungefär",
        värde=Decimal(80),
        enhet="%",
        källa=källa(8),
    ),
    Uppgift(
        id="coachingteamet_uppfoljda",
        benämning="Personer som följts upp efter Coachingteamet",
        värde=Decimal(26),
        enhet="antal",
        källa=källa(14),
    ),
)

BUDGETKÄLLA = f"{källa(22)} (driftredovisning); reviderad budget fastställd i maj 2024, dagen anges inte (s. 4)"
BUDGET = tuple(
    Budgetrad(post=post, år=2024, belopp=Decimal(tkr), enhet="tkr", version="reviderad", källa=BUDGETKÄLLA)
    for post, tkr in (("medlemsbidrag", 3600), ("projektmedel", 2765), ("administration", 798))
)

BIDRAG = {
    "staten": (1_800_000, 1_988_000),
    "region": (900_000, 994_000),
    "lindesberg": (467_100, 514_892),
    "nora": (213_300, 234_584),
    "hallefors": (130_500, 146_118),
    "ljusnarsberg": (89_100, 98_406),
}
MEDLEMSBIDRAG = tuple(
    Bidragsrad(medlem=medlem, år=år, belopp=Decimal(belopp), källa=f"{källa(23)}, not 2")
    for kolumn, år in enumerate((2024, 2023))
    for medlem, belopp in ((medlem, tal[kolumn]) for medlem, tal in BIDRAG.items())
)

KOSTNADER_2022 = {
    "individ.coachingteamet": 3_083_000,
    "individ.arbetsgivarkoordinator": 139_800,
    "struktur.samverkansdag": 5_472,
    "struktur.rehabmassan": 5_019,
    "struktur.bip": 26_207,
    "struktur.valfardsguiden": 41_089,
    "struktur.ovrigt_strategiskt": 162_000,
    "struktur.forbundschef": 240_903,
    "administration.arvoden_styrelse": 93_833,
    "administration.forbundschef": 562_137,
    "administration.administrativt_stod": 127_104,
    "administration.lokalkostnader": 65_095,
    "administration.ovrigt": 121_988,
    "administration.revision": 68_219,
}
KOSTNADSFÖRDELNING = tuple(
    Kostnadsrad(funktion=funktion, år=2022, belopp=Decimal(belopp), källa=f"{källa(7)}, Finansierad verksamhet")
    for funktion, belopp in KOSTNADER_2022.items()
)

HÄRLETT_2022 = (
    "Årets resultat är förändringen av det egna kapitalet och finansnettot det som skiljer det från verksamhetens "
    "resultat. Balansomslutningen är härledd ur kassaflödesanalysen för 2023."
)
BLANDAT_2021 = (
    "Kostnaderna innehåller finansiella poster, eftersom det egna kapitalet minskade med lika mycket som det "
    "publicerade resultatet. Balansomslutningen är inte känd."
)
SÄRSKILT_2020 = "Beloppen är hämtade ur årsredovisningen för 2020, där finansiella poster inte ingår i kostnaderna."
RR_2020 = "SOFINT, Årsredovisning 2020, resultaträkningen"
BR_2020 = "SOFINT, Årsredovisning 2020, balansräkningen"
FLERÅR = (
    ("rr.verksamhetens_intakter", 2022, 3_986_000, källa(4), ""),
    ("rr.verksamhetens_kostnader", 2022, -4_740_656, f"{källa(4)} (utan finansiella poster)", ""),
    ("finansnetto", 2022, 3_694, f"{källa(4)}: −750 962 − (3 986 000 − 4 740 656)", ""),
    ("rr.arets_resultat", 2022, -750_962, f"{källa(4)}: 769 148 − 1 520 110", HÄRLETT_2022),
    ("br.eget_kapital", 2022, 769_148, källa(4), ""),
    (
        "br.summa_tillgangar",
        2022,
        2_695_821,
        f"{källa(22)}: likvida medel 2 442 099 + fordringar (84 965 + 168 757)",
        "",
    ),
    ("rr.verksamhetens_intakter", 2021, 3_986_000, källa(4), ""),
    (
        "rr.verksamhetens_kostnader",
        2021,
        -4_257_055,
        f"{källa(4)}; 1 791 165 − 271 055 = 1 520 110 visar att finansiella poster ingår",
        BLANDAT_2021,
    ),
    ("rr.arets_resultat", 2021, -271_055, källa(4), ""),
    ("br.eget_kapital", 2021, 1_520_110, källa(4), ""),
    ("rr.verksamhetens_intakter", 2020, 3_986_000, RR_2020, ""),
    ("rr.verksamhetens_kostnader", 2020, -3_970_640, RR_2020, SÄRSKILT_2020),
    ("finansnetto", 2020, -1_263, RR_2020, ""),
    ("rr.arets_resultat", 2020, 14_097, RR_2020, ""),
    ("br.eget_kapital", 2020, 1_791_165, BR_2020, ""),
    ("br.summa_tillgangar", 2020, 3_033_242, BR_2020, ""),
)
FLERÅRSÖVERSIKT = (
    *(
        Flerårsrad(post=post, år=år, värde=Decimal(belopp), enhet="kr", källa=varifrån, anmärkning=anmärkning)
        for post, år, belopp, varifrån, anmärkning in FLERÅR
    ),
    Flerårsrad(post="soliditet", år=2021, värde=Decimal(45), enhet="%", källa=källa(4)),
)

UNDERTECKNARE = (
    *(
        Undertecknare(namn=namn, roll=roll, organ="styrelse")
        for namn, roll in (
            ("Lars-Göran Zetterlund", "Ordförande"),
            ("Linda Matstoms", "Vice ordförande"),
            ("Anna Karlsson", "Ledamot"),
            ("Sten Walegren", "Ledamot"),
            ("Jari Mehtäläinen", "Ledamot"),
            ("Allen Ustamujic", "Ledamot"),
            ("Natalie Ström", "Ledamot"),
        )
    ),
    *(
        Undertecknare(namn=namn, roll="Revisor", organ="revisor", utsedd_av=utsedd_av)
        for namn, utsedd_av in (
            ("Jenny Barksjö-Forslund", "staten (KPMG)"),
            ("Annika Blomgren", "Region Örebro län"),
            ("Pirjo Nilsson", "Ljusnarsbergs kommun"),
            ("Ida Takala", "Hällefors kommun"),
            ("Bengt Karlsson", "Lindesbergs kommun"),
            ("Jan Kallenbäck", "Nora kommun"),
        )
    ),
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
    deltagare=DELTAGARE,
    indikatorer=INDIKATORER,
    kostnadsfördelning=KOSTNADSFÖRDELNING,
    flerårsöversikt=FLERÅRSÖVERSIKT,
    undertecknare=UNDERTECKNARE,
)
