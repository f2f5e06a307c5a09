"""What one row says and another row, sheet, law or last year's workbook contradicts; and what is nearly that.

What is said of each break stands in tests/mellan_bladen/, by report.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from facit import INPUTS, jämför
from finsam.checks.finding import Finding
from finsam.checks.prosa.lagrum import read_lagrum
from finsam.model.forbund import Kapitaltak
from finsam.oppna import öppna
from finsam.report.arsbok import Årsbok
from finsam.report.planbok import Planbok
from test_kontroller import förbund, underlag, ändra_uppgift
from test_samma import byt_i_text, rad, sagt, utan_rad
from test_slarv import och, uppgiftens_text

FACIT = Path(__file__).parent / "mellan_bladen"


@cache
def bok(rapport: str) -> Årsbok | Planbok:
    förbundet, år, slag = rapport.split()
    return öppna(förbundet, int(år), slag, inputs=INPUTS)  # type: ignore[return-value]


@cache
def före(rapport: str, kod: str) -> set[str]:
    """What a check finds before any change."""
    return {f.text for f in sagt(bok(rapport), lambda år: år, kod)}


def nytt(rapport: str, kod: str, ändra) -> list[Finding]:  # type: ignore[no-untyped-def]
    """What a check finds after a change, and not before."""
    funna = sagt(bok(rapport), ändra, kod)
    return [f for f in funna if f.nivå in ("fel", "varning") and f.text not in före(rapport, kod)]


def med_rad(blad: str, nr: int, **nytt: object):  # type: ignore[no-untyped-def]
    """A row more, like another but for something."""

    def fler(u):  # type: ignore[no-untyped-def]
        rader = getattr(u, blad)
        return (*rader, next(r for r in rader if r.rad == nr).model_copy(update={"rad": 99, **nytt}))

    return underlag(**{blad: fler})


def utan_post(not_: str):  # type: ignore[no-untyped-def]
    def ändra(år):  # type: ignore[no-untyped-def]
        noter = tuple(n.model_copy(update={"post": ""}) if n.id == not_ else n for n in år.förbund.noter)
        return förbund(noter=noter)(år)

    return ändra


def åtgärd(läge: str, text: str):  # type: ignore[no-untyped-def]
    return rad("revisionsanmärkningar", 5, läge=läge, åtgärd=text)


EXEMPEL, PLAN = "exempelforbundet 2025 arsredovisning", "exempelforbundet 2026 verksamhetsplan"
LEKEBERG = "lekeberg-orebro 2024 verksamhetsplan"
SYDNÄRKE = "sydnarke 2025 verksamhetsplan"
TVEÄLVEN, SOFINT = "tvealven 2025 arsredovisning", "sofint 2024 arsredovisning"
SPRÅKSTEGET = "Individinriktad; språkstöd på arbetsplats"
"""What the plan has as the kind of another insats."""
DERAS_DEL = "Kommunernas del av de kortfristiga skulderna står i {not:skulder}"
ETT_ANTAL = "Personer i åldern {= 18–66 år} som behöver stöd från minst tre parter samtidigt"
"""Who an insats is for, where last year has two."""
BROTT = {
    EXEMPEL: {
        "C17": {
            "tio gånger så många besök": rad("mål", 12, utfall=Decimal(80)),
        },
        "C28": {"en not hör inte till någon post": utan_post("intakter")},
        "C42": {"kostnader före insatsens början": rad("insatser", 4, från=date(2025, 9, 1))},
        "C51": {
            "en etikett är en annan posts": förbund(etiketter={"br.fordringar": "Eget kapital"}),
            "ett resultat heter eget kapital": förbund(etiketter={"drift.resultat": "Eget kapital"}),
        },
        "C52": {
            "en kostnad har förra årets annat id": rad("insatsekonomi", 19, id="kurser"),
            "en kommun sägs vara en region": rad("faktarutor", 10, text="Region Granvik och Försäkringskassan"),
        },
        "C55": {
            "revisionen kostade inget": ändra_uppgift("rakenskapsrevision", Decimal(0)),
            "det egna kapitalet är mer än tillgångarna": rad("flerårsöversikt", 9, värde=Decimal("455704.62")),
            "soliditeten är inte kapitalets del": med_rad(
                "flerårsöversikt", 9, post="soliditet", värde=Decimal(84), enhet="%"
            ),
        },
        "C58": {
            "två mått heter lika": underlag(
                deltagare=lambda u: tuple(
                    r.model_copy(update={"benämning": "Avslutade under året"}) if r.mått == "nya" else r
                    for r in u.deltagare
                )
            )
        },
        "C59": {
            "budgetens år är inte i följd": byt_i_text("balanskrav", "för {år+2} och", "för {år+1} och"),
            "en ort två gånger": rad("faktarutor", 9, text="Arbetscoacher i Granvik, Hällsta och Granvik"),
        },
        "C62": {"en lista efter fel paragraf": byt_i_text("uppdrag", "enligt 7 § samma", "enligt 8 § samma")},
        "C70": {
            "ett ord utan vokal": rad("faktarutor", 6, text="Se förbundets pln"),
            "ett överskott regleras": rad("faktarutor", 6, text="Tidigare års överskott har reglerats"),
            "verksamhetns": rad("insatsekonomi", 14, benämning="Verksamhetns övriga kostnader"),
            "kostnaer": rad("insatsekonomi", 4, benämning="Personalkostnaer"),
            "ett genitiv-s borta": rad("medlemsbidrag", 6, källa="Medlemmarna beslut hösten 2024"),
            "ett a borta": rad("insatsekonomi", 4, benämning="Insatserns andel"),
            "kortare fram": rad("faktarutor", 6, text="Att arbete blir möjligt kortare fram"),
        },
        "C71": {
            "ett år med nollor efter": rad("uppgifter", 15, benämning="Budgeterat resultat i slutet av 2025000"),
            "en avgift i antal": rad("uppgifter", 16, benämning="Leasingavgifter inom ett år", enhet="antal"),
            "nästa år är i år": rad("uppgifter", 15, benämning="Budgeterat resultat 2025"),
            "diarienumret är samma tal två gånger": uppgiftens_text("dnr", "EXF 061-061"),
            "en kommun saknar invånare": rad("medlemsbidrag", 9, invånare=None),
            "en källa men inget värde": ändra_uppgift("ekonom_omfattning", None),
            "ett svar som inte säger vilka": uppgiftens_text("jamforelsestorande", "alla"),
            "ett belopp som text": uppgiftens_text("jamforelsestorande", "29400"),
            "ett årtal som inget är": uppgiftens_text("jamforelsestorande", "2024"),
            "en dag i kronor": rad("uppgifter", 5, enhet="kr", värde=None),
            "en annan enkätfråga": rad("indikatorer", 5, enkätfråga="planering"),
            "samma enkätfråga två gånger": med_rad("indikatorer", 5, id="annat"),
            "två insatser räknar olika svar": och(
                rad("indikatorer", 6, skala="Ofta"), rad("indikatorer", 12, insats="", fråga="En annan")
            ),
        },
        "C72": {
            "en budget har två siffror ombytta": rad("budget", 5, belopp=Decimal(8260000)),
            "insatsen kostade mycket mer än sin budget": rad("insatser", 8, budget=Decimal(80000)),
            "källan ger ett annat belopp": rad("budget", 4, källa="Avtalen: 3 000 000 + 1 300 000"),
            "källan räknar fel": rad("budget", 4, källa="Avtalen: 3 000 000 + 1 200 000 = 4 100 000"),
        },
        "C73": {
            "samma dag som förra året": ändra_uppgift("medlemssamrad", date(2024, 10, 4)),
            "ett annat antal parter än i fjol": rad("faktarutor", 7, text=ETT_ANTAL),
            "diarienumret är kortare än i fjol": ändra_uppgift("dnr", "EXF 2026-49"),
            "diarienumret har inget år": ändra_uppgift("dnr", "EXF 014"),
            "diarienumret är två år senare": ändra_uppgift("dnr", "EXF 2027-014"),
            "samma diarienummer som förra året": ändra_uppgift("dnr", "EXF 2025-014"),
            "en annan nyttjandeperiod": ändra_uppgift("nyttjandeperiod", Decimal(50)),
            "insatsen började senare": rad("insatser", 6, från=date(2025, 9, 1)),
            "insatsen började tidigare": rad("insatser", 4, från=date(2023, 1, 1)),
        },
        "C74": {
            "en del av deltagarna är målets gräns": byt_i_text("insats_vagen_vidare", "vidare.utfall", "vidare.grans")
        },
        "C75": {
            "ett år långt fram": byt_i_text("verksamhetside", "hänger ihop.", ", som det har varit sedan {= 2061}.")
        },
        "C77": {
            "en post saknas ett år": utan_rad("flerårsöversikt", 9),
            "en årsredovisning utan år": rad("flerårsöversikt", 4, källa="Årsredovisning 8, flerårsöversikten"),
            "ett blad som inte finns": rad("uppgifter", 18, källa="Bladet Möte"),
            "ett årtal med nollor efter": rad("insatsekonomi", 4, källa="Insatsägarens redovisning 2025000"),
            "en källa är förra årets": rad("insatsekonomi", 4, källa="Insatsägarens redovisning 2024"),
            "ett beslut är ett annat års": rad("medlemsbidrag", 6, källa="Medlemmarnas beslut hösten 2025"),
            "en sida som är ett år": rad("kostnadsfördelning", 4, källa="Årsredovisning 2023, s. 2023"),
        },
    },
    PLAN: {
        "C81": {
            "en nolla har fallit bort": rad("budgetplan", 24, budget=Decimal(7000)),
            "ett år är radens intill": rad("budgetplan", 16, budget=Decimal(125000)),
            "en rad heter som en annan grupp": rad("budgetplan", 19, benämning="Administration"),
            "en nolla för mycket": rad("budgetplan", 12, plan2=Decimal(9130000)),
        },
        "C60": {"en annan kommun har mest": och(*(rad("behov", nr, andel=Decimal(11)) for nr in (12, 13)))},
        "C80": {
            "en andel på mer än hundra": rad("planmål", 7, gräns=Decimal(150)),
            "mer än i ett enda mål": rad("planmål", 7, jämförelse="mer än"),
            "ett mål har tappat sitt mål": rad("planmål", 37, mål=""),
            "en övre gräns men inte mellan": rad("planmål", 37, jämförelse="mer än"),
        },
        "C52": {"en insats är en kommun": rad("budgetplan", 28, källa="Avtal med Vägen kommun")},
        "C55": {
            "en ålder som ingen har": med_rad(
                "uppgifter", 16, id="unga_till", benämning="Unga vuxna, högsta ålder", värde=Decimal(290)
            )
        },
        "C86": {"ett annat antal parter": rad("faktarutor", 8, text="Personer som får stöd från minst tre parter")},
        "C62": {"ett kapitel som inte finns": byt_i_text("vp_mal", "11 kap.", "110 kap.")},
        "C71": {
            "en faktaruta har en annans text": rad("faktarutor", 51, text=SPRÅKSTEGET),
            "två insatser har samma syfte": rad(
                "faktarutor", 50, text="Att parterna arbetar efter samma, väl prövade metoder"
            ),
            "det ingående är utgående": rad("uppgifter", 8, benämning="Eget kapital vid ingången av 2027"),
            "en månad i årshjulet är ur ordning": rad("årshjul", 9, månad=12),
        },
        "C72": {
            "en gräns med två siffror ombytta": rad("planmål", 42, gräns=Decimal("678401.07")),
            "en kommun skiljer sig": rad("behov", 22, andel=Decimal(93)),
        },
        "C77": {"regionen har bara män": rad("behov", 16, kön="")},
    },
    TVEÄLVEN: {
        "C70": {"en bokstav borta i en grupp": rad("personal", 4, grupp="Kanliet")},
        "C42": {"kostnader efter insatsens slut": rad("insatser", 4, till=date(2025, 6, 30))},
        "C46": {
            "avstämt efter underskriften": rad("avstämningar", 8, datum=date(2026, 5, 15)),
            "avstämt mot en tidigare månad": rad("avstämningar", 9, mot="leverantörsreskontran för november"),
        },
        "C53": {
            "utsedd av en som skriver under": rad("undertecknare", 7, utsedd_av="Region Sagolund"),
            "ingen är vice ordförande": rad("undertecknare", 5, roll="Ledamot"),
            "staten har ingen revisor": utan_rad("undertecknare", 12),
            "den som förra året utsåg en revisor": rad("undertecknare", 12, utsedd_av="Kommunerna gemensamt"),
        },
        "C72": {"medelantalet är dubbelt": ändra_uppgift("medelantal", Decimal(21))},
        "C80": {"målet handlar om en annan insats": rad("mål", 5, mål="Samverkansforum ska samla medarbetare.")},
        "C57": {
            "noten är en annan": byt_i_text("not_redovisningsprinciper", "{not:anlaggning}", "{not:skulder}"),
            "finansiärens del är inte projektets": ändra_uppgift("esf_andel", Decimal(66)),
            "taket är beslutat efter året": förbund(kapitaltak=Kapitaltak(beslutad=date(2031, 10, 2))),
            "årets utbetalning är inte projektets": ändra_uppgift("esf_utbetalt", Decimal(500000)),
            "åtgärdat men ska göras": åtgärd("åtgärdat", "Uppföljning efter sex månader börjar nästa år."),
        },
        "C73": {
            "projektet som pågår är borta": utan_rad("projektredovisning", 4),
            "källan har tappat sin dag": rad("uppgifter", 13, källa="Svenska ESF-rådets beslut"),
        },
        "C77": {"en av budgetens källor utan år": rad("budget", 8, källa="Verksamhetsplan")},
    },
    LEKEBERG: {
        "C71": {"en annan insats i benämningen": rad("uppgifter", 21, benämning="Coachingteamet Lekeberg, mål")},
        "C55": {"lönens delar är mer än hundra": ändra_uppgift("forbundschef_struktur", Decimal(40))},
        "C74": {
            "en ruta har en annan rads tal": rad(
                "faktarutor", 9, text="{uppgift.ct_lekeberg_deltagare | antal} av dem som avslutar ska klara mer."
            )
        },
    },
    SYDNÄRKE: {
        "C55": {"delarna är inte det hela": ändra_uppgift("eget_kapital_del_1", Decimal(810162))},
        "C71": {"den första delen är den sista": rad("uppgifter", 8, benämning="Eget kapital, sista delen")},
        "C72": {"det första planåret är långt bort": rad("budgetplan", 13, plan1=Decimal(4220200))},
        "C80": {"en aktivitet bland indikatorer": rad("planmål", 22, slag="aktivitet")},
    },
    SOFINT: {
        "C19": {"tio gånger så många deltagare": rad("deltagare", 4, antal=1250)},
        "C55": {
            "en soliditet i tusental": rad("flerårsöversikt", 20, värde=Decimal(45000)),
            "tillgångarna är ett annat års": rad("flerårsöversikt", 9, år=2021),
            "ett års kostnader är mer än räkningens": rad("kostnadsfördelning", 17, belopp=Decimal(121988)),
        },
        "C80": {
            "deltagare i procent": rad("mål", 21, mål="Deltagare under året", enhet="%"),
            "ett mål är ett annat års": rad("mål", 21, mål="{mal.I1.grans | antal} ska delta under {år-1}."),
        },
        "C72": {"tio gånger vad källan räknar ut": rad("flerårsöversikt", 9, värde=Decimal(26958210))},
    },
}
NÄSTAN = {
    EXEMPEL: {
        "C17": {"fyra gånger så många": rad("mål", 12, utfall=Decimal(32))},
        "C51": {"en post har ett eget namn": förbund(etiketter={"br.kassa_bank": "Pengar på banken"})},
        "C52": {
            "regionen har en kommuns namn": rad("faktarutor", 10, text="Region Granviks län och kommunerna"),
            "en kostnad har ett id som inget annat heter": rad("insatsekonomi", 19, id="avgift"),
        },
        "C59": {
            "en ort med sin genitiv": rad("faktarutor", 9, text="Coacher i Granvik, Hällsta och Granviks grannkommun"),
            "två år i följd": byt_i_text("balanskrav", "för {år+2} och {år+3}", "för {år+1} och {år+2}"),
            "två år utan budget": byt_i_text("balanskrav", "budgeten för {år+2} och", "mässan {år+1} och"),
        },
        "C70": {
            "en förkortning": rad("insatsekonomi", 14, benämning="Övrigt, tkr, jfr not"),
            "ett kort ord": rad("insatsekonomi", 14, benämning="Övrigt, torr sommar"),
            "en obestämd form": rad("medlemsbidrag", 6, källa="Medlemmarnas beslut höst 2024"),
        },
        "C74": {
            "ett mål efter ett antal": byt_i_text(
                "insats_vagen_vidare",
                ", vilket är {mal.vagen_vidare_vidare.utfall",
                ". Målet är {mal.vagen_vidare_vidare.grans",
            )
        },
        "C75": {
            "ett år i framtiden": byt_i_text("verksamhetside", "hänger ihop.", ", till och med {= 2030}."),
            "ett antal": byt_i_text("verksamhetside", "hänger ihop.", " för {= 2061} personer."),
        },
        "C55": {
            "soliditeten är avrundad": med_rad("flerårsöversikt", 9, post="soliditet", värde=Decimal(48), enhet="%")
        },
        "C71": {
            "ett antal avgifter": rad("uppgifter", 16, benämning="Antal leasingavtal", enhet="antal"),
            "ärende 26 år 26": uppgiftens_text("dnr", "SF 26/26"),
            "ett belopp i en benämning": rad("uppgifter", 16, benämning="Gränsen av 20250 kr"),
            "inga invånare alls": underlag(
                medlemsbidrag=lambda u: tuple(r.model_copy(update={"invånare": None}) for r in u.medlemsbidrag)
            ),
            "källan säger att värdet inte finns": och(
                ändra_uppgift("ekonom_omfattning", None), rad("uppgifter", 23, källa="Avtalet anger inte tiden")
            ),
            "ett år och ett nummer": och(uppgiftens_text("rkr_lydelse", "2025"), uppgiftens_text("dnr", "20260117")),
            "alla är ett svar": och(
                uppgiftens_text("rkr_lydelse", "alla"), rad("uppgifter", 25, benämning="Medlemmar som har betalat")
            ),
            "alla svar i en mening": uppgiftens_text("jamforelsestorande", "Alla avgångsvederlag, 120 tkr"),
        },
        "C72": {
            "budgeten är ändrad": rad("budget", 5, belopp=Decimal(1400000)),
            "källan räknar rätt": rad("budget", 4, källa="Avtalen: 3 000 000 + 1 200 000"),
            "källan räknar i delar": rad("budget", 4, källa="Avtalen: staten 2 100 000 och resten 2 200 000 − 100 000"),
            "källan räknar i tusental": rad(
                "budget", 4, belopp=Decimal(4200), enhet="tkr", källa="Avtalen: 3 000 000 + 1 200 000"
            ),
            "ett spann": rad("budget", 4, källa="Offert: 500 000 - 600 000 kr"),
            "sidor, år och paragrafer": rad("budget", 4, källa="Protokoll: 2024 - 2026, s. 3 och 4, § 12 - 14"),
        },
        "C73": {
            "diarienumret är årets": ändra_uppgift("dnr", "EXF 2025-061"),
            "diarienumret har en ny form": ändra_uppgift("dnr", "SF 26/14"),
            "diarienumret är längre": ändra_uppgift("dnr", "EXF 2026-1014"),
            "en ny period av en insats": rad("insatser", 4, från=date(2025, 3, 1)),
            "nyttjandeperioden är ändrad": och(
                ändra_uppgift("nyttjandeperiod", Decimal(3)),
                byt_i_text("not_redovisningsprinciper", "nyttjandeperiod", "nyttjandeperiod, som är ändrad,"),
            ),
        },
        "C77": {
            "en post som bara finns ett år": med_rad(
                "flerårsöversikt", 9, post="soliditet", värde=Decimal(48), enhet="%"
            ),
            "ett kort årtal": rad("uppgifter", 10, källa="Årsredovisning 24, not 5"),
            "två källor är andra": och(*(rad("insatsekonomi", nr, källa="Faktura 2024") for nr in (4, 5))),
        },
    },
    PLAN: {
        "C52": {"en kommun": rad("budgetplan", 28, källa="Avtal med Hällsta kommun")},
        "C73": {"samrådet står också i årsredovisningen": med_rad("uppgifter", 6, id="medlemssamrad")},
        "C71": {
            "en händelse sist": med_rad("årshjul", 5, månad=3, händelse="en ny händelse"),
            "två insatser för samma personer": rad(
                "faktarutor", 51, text="Utrikes födda med ohälsa och kort skolbakgrund"
            ),
            "en ägare är också part": rad("faktarutor", 48, text="Mossby kommun"),
            "ett läsår": underlag(årshjul=lambda u: (*u.årshjul[7:], *u.årshjul[:7])),
        },
        "C80": {
            "mer än i orden": rad("planmål", 7, jämförelse="mer än", text="Andelen som svarar ska vara mer än målet"),
            "mer än hela bidraget": rad("planmål", 44, gräns=Decimal(110)),
            "mer än noll": rad("planmål", 44, jämförelse="mer än", gräns=Decimal(0)),
        },
        "C81": {
            "en insats börjar på hösten": rad("budgetplan", 14, budget=Decimal(41000)),
            "två rader är nära varandra": rad("budgetplan", 28, budget=Decimal(75000)),
            "två rader är lika alla år": rad(
                "budgetplan", 17, budget=Decimal(100000), plan1=Decimal(102000), plan2=Decimal(104000)
            ),
        },
        "C72": {
            "en kommun har dubbelt så stor del": rad("behov", 22, andel=Decimal(20)),
            "två runda belopp": rad("planmål", 42, gräns=Decimal(4820000)),
        },
    },
    TVEÄLVEN: {
        "C57": {
            "noten har orden som en annan också har": byt_i_text(
                "not_redovisningsprinciper", "**Inventarier** skrivs av enligt {not:anlaggning}", DERAS_DEL
            )
        },
        "C42": {"den sista räkningen kom efter slutet": rad("insatser", 4, till=date(2025, 10, 31))},
        "C46": {"hyran för nästa år": rad("avstämningar", 7, mot="hyresfakturan för januari till mars")},
        "C53": {
            "två nya och ingen borta": rad("undertecknare", 13, utsedd_av="Region Älvnord"),
        },
        "C71": {
            "åtgärdat": åtgärd("åtgärdat", "Planen har fått en tid, som gäller från nästa år."),
            "ska göras": åtgärd("pågår", "Det ska prövas nästa år."),
        },
    },
}


@pytest.mark.parametrize("rapport", BROTT)
def test_every_break_is_told(rapport: str) -> None:
    rader = []
    for kod, lägen in BROTT[rapport].items():
        for läge, ändra in lägen.items():
            funna = nytt(rapport, kod, ändra)
            assert funna, läge
            rader += [f"{läge}:", *(f"  {f.kod} {f.nivå} ({f.källa}) {f.text}" for f in funna)]
    jämför("\n".join(rader), FACIT / f"{rapport.replace(' ', '_')}.txt")


@pytest.mark.parametrize("rapport", NÄSTAN)
def test_what_is_nearly_a_break_is_not_told(rapport: str) -> None:
    for kod, lägen in NÄSTAN[rapport].items():
        for läge, ändra in lägen.items():
            assert [(läge, f.text) for f in nytt(rapport, kod, ändra)] == []


@pytest.mark.parametrize(("minst", "sagt"), [(10, False), (50, True)])
def test_a_small_group_is_of_some_persons(minst: int, sagt: bool) -> None:
    funna = nytt(EXEMPEL, "C21", förbund(minsta_grupp=minst))
    assert any(f.text.startswith("minsta_grupp är") for f in funna) == sagt


@pytest.mark.parametrize(
    ("text", "fel"),
    [
        ("Samråd om budgeten (Finsam 23 §).", False),
        ("Samråd om budgeten (Finsam 230 §).", True),
        ("Mer om Finsam. Enligt avtalet, 230 §.", False),
        ("Sekretess enligt 44 kap. 1 § OSL.", False),
        ("Sekretess enligt 444 kap. 1 § OSL.", True),
        ("Förbundet ska enligt 8 § lag (2003:1210)\n\n- besluta om mål och riktlinjer\n- stödja samverkan.", True),
    ],
)
def test_short_names_and_lists_are_of_their_law(text: str, fel: bool) -> None:
    assert any(ett.fel for ett in read_lagrum(text)) == fel
