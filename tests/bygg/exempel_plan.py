"""The made-up förbund's underlag for the verksamhetsplan 2026: budget over three years, insatser, meetings, needs.

The plan goes on where the årsredovisning 2025 stops: its eget kapital, its medlemsbidrag and its insatsmedel for 2026.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Literal

from finsam.model.underlag import (
    Behovsrad,
    Beslutspunkt,
    Bidragsrad,
    Faktaruterad,
    Insats,
    Målområde,
    Möte,
    Planrad,
    Projekt,
    Underlag,
    Uppgift,
    Årshjulsrad,
)

from .exempel_bokforing import KOMMUNER, fördela_på
from .exempel_mal import MÅLOMRÅDEN
from .exempel_planmal import KAPITAL_FÖRE_UNDERSKOTTET, planmål
from .exempel_underlag import FAKTARUTOR, INSATSER, PERIOD, nyckelposter

ÅR = 2026
BESLUT, ÄNDRING, SAMRÅD = date(2025, 11, 21), date(2026, 4, 17), date(2025, 10, 3)
PROTOKOLL = f"Styrelsens protokoll {BESLUT}, § 47"
ÄNDRINGSPROTOKOLL = f"Styrelsens protokoll {ÄNDRING}, § 18"

# --- budget --------------------------------------------------------------------------------------------------------

MEDLEMSBIDRAG = {2026: 4_280_000, 2027: 4_340_000, 2028: 4_400_000}
INVÅNARE = (21_655, 14_222, 9_848, 6_301, 4_063)
"""In the order of KOMMUNER on 1 November 2024."""

Plantyp = Literal[
    "grupp",
    "medlemsbidrag",
    "individinsats",
    "strukturinsats",
    "administration",
    "finansiell intäkt",
    "finansiell kostnad",
]
_HÄLFTEN, _FJÄRDEDELEN = (tuple(bidrag // del_ for bidrag in MEDLEMSBIDRAG.values()) for del_ in (2, 4))
_BESLUT = "Medlemmarnas beslut hösten 2025; planåren enligt samrådet"
_AVTAL, _BANKEN, _ANSÖKAN = "Avtal med Granviks kommun", "Bankens villkor", "Insatsägarens ansökan hösten 2025"

# id, benämning, typ, grupp, then for a group its sum's name, for a row its källa and the three years
BUDGET: tuple[tuple[str, str, Plantyp, str, str, tuple[int, ...]], ...] = (
    ("intakter", "Intäkter", "grupp", "", "Summa intäkter", ()),
    ("medlemsbidrag_staten", "Medlemsbidrag från staten", "medlemsbidrag", "intakter", _BESLUT, _HÄLFTEN),
    ("medlemsbidrag_regionen", "Medlemsbidrag från Region Exempellän", "medlemsbidrag", "intakter", _BESLUT,
     _FJÄRDEDELEN),
    ("medlemsbidrag_kommunerna", "Medlemsbidrag från kommunerna", "medlemsbidrag", "intakter", _BESLUT, _FJÄRDEDELEN),
    ("kostnader", "Kostnader", "grupp", "", "Summa kostnader", ()),
    ("insatser", "Insatser", "grupp", "kostnader", "Summa insatser", ()),
    ("individinsatser", "Individinriktade insatser", "grupp", "insatser", "Summa individinriktade insatser", ()),
    ("kompassen", "Kompassen", "individinsats", "individinsatser", _ANSÖKAN, (1_540_000, 1_575_000, 1_597_000)),
    ("vagen_vidare", "Vägen vidare", "individinsats", "individinsatser", _ANSÖKAN, (890_000, 905_000, 913_000)),
    ("spraksteget", "Språksteget", "individinsats", "individinsatser", ÄNDRINGSPROTOKOLL, (310_000, 0, 0)),
    ("unga_vuxna", "Unga vuxna", "individinsats", "individinsatser", ÄNDRINGSPROTOKOLL, (40_000, 380_000, 385_000)),
    ("strukturinsatser", "Strukturövergripande insatser", "grupp", "insatser", "Summa strukturövergripande insatser",
     ()),
    ("samverkansdagar", "Samverkansdagar", "strukturinsats", "strukturinsatser", PROTOKOLL,
     (100_000, 102_000, 104_000)),
    ("metodstod", "Metodstöd", "strukturinsats", "strukturinsatser", PROTOKOLL, (125_000, 128_000, 130_000)),
    ("insatskatalogen", "Insatskatalogen", "strukturinsats", "strukturinsatser", PROTOKOLL, (70_000, 72_000, 74_000)),
    ("forbundschef_struktur", "Förbundschef, strukturarbete", "strukturinsats", "strukturinsatser", _AVTAL,
     (175_500, 180_000, 184_500)),
    ("administration", "Administration", "grupp", "kostnader", "Summa administration", ()),
    ("styrelse_revision", "Styrelse och revision", "grupp", "administration", "Summa styrelse och revision", ()),
    ("arvoden", "Arvoden, sociala avgifter och ersättningar", "administration", "styrelse_revision", PROTOKOLL,
     (126_000, 128_000, 130_000)),
    ("moten", "Sammanträden", "administration", "styrelse_revision", PROTOKOLL, (10_000, 10_000, 10_000)),
    ("revision", "Revision", "administration", "styrelse_revision", "Revisorernas förslag", (70_000, 71_000, 72_000)),
    ("kansli", "Kansli", "grupp", "administration", "Summa kansli", ()),
    ("forbundschef", "Förbundschef, ledning och administration", "administration", "kansli", _AVTAL,
     (409_500, 420_000, 430_500)),
    ("ekonomi", "Ekonomi och administrativt stöd", "administration", "kansli", _AVTAL, (150_000, 153_000, 156_000)),
    ("lokal", "Lokal", "administration", "kansli", _AVTAL, (73_000, 74_500, 76_000)),
    ("resor", "Resor, kurser och konferenser", "administration", "kansli", PROTOKOLL, (42_000, 42_000, 42_000)),
    ("information", "Information", "administration", "kansli", PROTOKOLL, (22_000, 20_000, 20_000)),
    ("ovrigt", "It, telefoni, försäkring och övrigt", "administration", "kansli", PROTOKOLL,
     (55_320, 52_820, 51_320)),
    ("avskrivningar", "Avskrivningar", "administration", "kansli", "Anläggningsregistret", (11_680, 11_680, 11_680)),
    ("finansnetto", "Finansiella poster", "grupp", "", "Finansnetto", ()),
    ("finansiella_intakter", "Ränta", "finansiell intäkt", "finansnetto", _BANKEN, (10_000, 9_000, 9_000)),
    ("finansiella_kostnader", "Bankavgifter", "finansiell kostnad", "finansnetto", _BANKEN, (2_000, 2_000, 2_000)),
)  # fmt: skip
URSPRUNGLIG = {"spraksteget": 350_000, "unga_vuxna": 0}
"""What was moved by the change in April; the result is the same."""


def budgetplan() -> Iterator[Planrad]:
    """The rows of the budget."""
    for id_, benämning, typ, grupp, ord_, belopp in BUDGET:
        if typ == "grupp":
            yield Planrad(id=id_, benämning=benämning, typ=typ, grupp=grupp, summarad=ord_)
            continue
        budget, plan1, plan2 = map(Decimal, belopp)
        ursprunglig = Decimal(URSPRUNGLIG[id_]) if id_ in URSPRUNGLIG else None
        yield Planrad(
            id=id_,
            benämning=benämning,
            typ=typ,
            grupp=grupp,
            budget=budget,
            plan1=plan1,
            plan2=plan2,
            ursprunglig=ursprunglig,
            källa=ord_,
        )


def bidrag() -> Iterator[Bidragsrad]:
    """What each member gives: half, a quarter, and a quarter divided by invånare (2003:1210, 5 §)."""
    summa, källa = MEDLEMSBIDRAG[ÅR], f"Medlemmarnas beslut hösten {ÅR - 1}"
    for medlem, del_ in (("staten", 2), ("regionen", 4)):
        yield Bidragsrad(medlem=medlem, år=ÅR, belopp=Decimal(summa // del_), källa=källa)
    for medlem, belopp, invånare in zip(KOMMUNER, fördela_på(summa // 4, INVÅNARE), INVÅNARE, strict=True):
        yield Bidragsrad(medlem=medlem, år=ÅR, belopp=Decimal(belopp), invånare=invånare, källa=källa)


# --- single facts --------------------------------------------------------------------------------------------------


def uppgifter() -> Iterator[Uppgift]:
    """Single facts; what the ledger of 2025 closed with comes from the ledger."""
    före = nyckelposter(ÅR - 1)
    bokslut = f"Årsredovisning {ÅR - 1}"
    yield Uppgift(id="dnr", benämning="Diarienummer", värde=f"EXF {ÅR - 1}-061", enhet="text", källa="Diariet")
    for id_, benämning, dag, källa in (
        ("beslutsdatum", "Styrelsens beslut om verksamhetsplan och budget", BESLUT, PROTOKOLL),
        ("samradsdatum", "Samråd med medlemmarna om budgeten", SAMRÅD, "Anteckningar från samrådet"),
        ("andringsdatum", "Styrelsens beslut om ändrad budget", ÄNDRING, ÄNDRINGSPROTOKOLL),
    ):
        yield Uppgift(id=id_, benämning=benämning, värde=dag, enhet="datum", källa=källa)
    for id_, benämning, belopp, källa in (
        ("eget_kapital_ingaende", f"Eget kapital vid ingången av {ÅR}", före["br.eget_kapital"],
         f"{bokslut}, balansräkningen, br.eget_kapital/{ÅR - 1}"),
        ("eget_kapital_fore_underskottet", f"Eget kapital vid ingången av {ÅR - 1}", KAPITAL_FÖRE_UNDERSKOTTET,
         f"{bokslut}, balansräkningen, br.eget_kapital_ingaende/{ÅR - 1}"),
        ("resultat_foregaende", f"Årets resultat {ÅR - 1}", före["rr.arets_resultat"],
         f"{bokslut}, resultaträkningen, rr.arets_resultat/{ÅR - 1}"),
        ("medlemsbidrag_ram", "Medlemsbidrag att fördela", Decimal(MEDLEMSBIDRAG[ÅR]),
         f"Medlemmarnas beslut hösten {ÅR - 1}"),
        ("omfordelning", "Vad förbundschefen får flytta mellan strukturinsatser", Decimal(30_000), PROTOKOLL),
    ):  # fmt: skip
        yield Uppgift(id=id_, benämning=benämning, värde=belopp, enhet="kr", källa=källa)
    for id_, benämning, procent in (
        ("forbundschef_omfattning", "Förbundschefens tjänst", 60),
        ("forbundschef_struktur", "Förbundschefens tid till strukturarbete", 30),
        ("ekonom_omfattning", "Ekonomens tjänst", 15),
    ):
        yield Uppgift(id=id_, benämning=benämning, värde=Decimal(procent), enhet="%", källa="Avtal med Granviks kommun")
    for id_, organ in (("styrelsemoten", STYRELSE), ("beredningsmoten", BEREDNING)):
        antal = sum(möte.organ == organ for möte in MÖTEN)
        yield Uppgift(id=id_, benämning=f"Möten, {organ}", värde=Decimal(antal), enhet="antal", källa="Bladet Möten")


# --- insatser ------------------------------------------------------------------------------------------------------

UNGA_VUXNA = (
    ("Samverkande parter", "Alla medlemmar; Mossby kommun leder förarbetet"),
    ("Typ av insats", "Individinriktad från {år+1}; förarbete hösten {år}"),
    ("Syfte", "Att unga vuxna som varken arbetar eller studerar får ett samlat stöd att komma vidare"),
    ("Målgrupp", "Unga vuxna i åldern {= 20–25 år} utan arbete och studier"),
    ("Upplägg", "Förarbetet ger förslag till arbetssätt, bemanning och mål, och redovisas i september"),
)
MÅL_I_RUTAN = {
    "kompassen": "Minst {planmal.I3a.grans | antal} deltagare; minst {planmal.I2a.grans | procent} av dem som avslutar "
    "går vidare",
    "vagen_vidare": "Minst {planmal.I3b.grans | antal} deltagare; minst {planmal.I2b.grans | procent} av dem som "
    "avslutar går vidare",
    "spraksteget": "Minst {planmal.I3c.grans | antal} deltagare; minst {planmal.I2c.grans | procent} av dem som "
    "avslutar går vidare",
    "samverkansdagar": "Minst {planmal.K1a.grans | antal} deltagare",
    "metodstod": "Minst {planmal.S2a.grans | antal} deltagare",
    "insatskatalogen": "Minst {planmal.K1b.grans | antal} besök",
}
ALLA = {**INSATSER, "unga_vuxna": ("UNG", "Unga vuxna", "individ", "Mossby kommun")}
BELOPP = {id_: belopp for id_, *_, belopp in BUDGET}


def insatser() -> Iterator[Insats]:
    """The insatser that have money in 2026, with the budget of their row."""
    perioder = {**PERIOD, "unga_vuxna": (date(ÅR, 9, 1), date(ÅR, 12, 31))}
    for id_, (_, namn, slag, ägare) in ALLA.items():
        från, till = perioder.get(id_, (date(ÅR, 1, 1), date(ÅR, 12, 31)))
        yield Insats(
            id=id_,
            namn=namn,
            slag="individ" if slag == "individ" else "struktur",
            funktion=f"{slag}.{id_}",
            insatsägare=ägare,
            från=från,
            till=till,
            budget=Decimal(BELOPP[id_][0]),
        )


def faktarutor() -> Iterator[Faktaruterad]:
    """What the årsredovisning says of each insats, and its owner, goals and budget."""
    for id_, (_, _, _, ägare) in ALLA.items():
        rader = [("Insatsägare", ägare), *(FAKTARUTOR.get(id_) or UNGA_VUXNA)]
        if id_ in MÅL_I_RUTAN:
            rader.append(("Mål {år}", MÅL_I_RUTAN[id_]))
        plan = "".join(f", {{budget.{id_}[år+{nr}] | kr utan_tecken}} {{år+{nr}}}" for nr in (1, 2) if BELOPP[id_][nr])
        rader.append(("Budget", f"{{insats.{id_}.budget | kr}} {{år}}{plan}"))
        for rubrik, text in rader:
            yield Faktaruterad(insats=id_, rubrik=rubrik, text=text)


PROJEKT = (
    Projekt(
        namn="Första dagen",
        finansiär="Europeiska socialfonden (ESF)",
        ägare="Region Exempellän",
        tid="{år-1}–{år+1}",
        innehåll="Arbetsgivare får stöd att ta emot den som har varit länge borta från arbetslivet. Förbundet sitter i "
        "styrgruppen, och Kompassens deltagare kan få plats.",
    ),
    Projekt(
        namn="Samma språk",
        finansiär="Hällsta och Mossby kommuner",
        ägare="Hällsta kommun",
        tid="Från hösten {år}",
        innehåll="Språkstödet på arbetsplatser går över från Språksteget till sfi. Förbundet delar med sig av metod "
        "och material.",
    ),
)

# --- the year ------------------------------------------------------------------------------------------------------

STYRELSE, BEREDNING = "styrelse", "beredningsgrupp"
MÖTEN = tuple(
    Möte(datum=date(ÅR, månad, dag), start=start, slut=slut, organ=organ, innehåll=innehåll, plats=plats)
    for månad, dag, start, slut, organ, innehåll, plats in (
        (1, 30, "09:00", "11:30", BEREDNING, "Insatsernas redovisning för året", "Distans"),
        (2, 20, "09:00", "12:00", STYRELSE, "Årsredovisning", "Kansliet, Granvik"),
        (3, 13, "09:00", "11:30", BEREDNING, "Språksteget, förslag om fortsättning", "Kansliet, Granvik"),
        (4, 17, "09:00", "12:00", STYRELSE, "Språksteget, ändrad budget", "Kansliet, Granvik"),
        (5, 8, "09:00", "11:30", BEREDNING, "Insatsernas första kvartal", "Distans"),
        (5, 29, "09:00", "11:30", BEREDNING, "Behov inför nästa år", "Mossby kommunhus"),
        (6, 12, "09:00", "12:00", STYRELSE, "Inriktning för nästa år", "Mossby kommunhus"),
        (8, 28, "09:00", "11:30", BEREDNING, "Insatsernas första halvår", "Distans"),
        (9, 18, "09:00", "12:00", STYRELSE, "Delårsbokslut, förarbetet för unga vuxna", "Kansliet, Granvik"),
        (9, 25, "09:00", "11:30", BEREDNING, "Ansökningar om insatsmedel", "Kansliet, Granvik"),
        (10, 2, "13:00", "15:00", "samråd med medlemmarna", "Budgeten för nästa år", "Distans"),
        (10, 9, "09:00", "15:00", STYRELSE, "Planeringsdag", "Sjöede folkets hus"),
        (11, 6, "09:00", "11:30", BEREDNING, "Förslag till verksamhetsplan", "Distans"),
        (11, 20, "09:00", "12:00", STYRELSE, "Verksamhetsplan och budget", "Kansliet, Granvik"),
        (12, 4, "09:00", "11:30", BEREDNING, "Avtal med insatsägare", "Kansliet, Granvik"),
        (12, 11, "09:00", "12:00", STYRELSE, "Intern kontroll", "Kansliet, Granvik"),
    )
)
ÅRSHJUL = tuple(
    Årshjulsrad(månad=månad, händelse=händelse, organ=organ)
    for månad, händelse, organ in (
        (1, "bokslut", "kansli"),
        (2, "årsredovisning", STYRELSE),
        (3, "revisorerna granskar", "revisorer"),
        (4, "revisionsberättelse", "revisorer"),
        (4, "uppföljning av kvartalet", BEREDNING),
        (5, "behovsanalys", BEREDNING),
        (6, "inriktning för nästa år", STYRELSE),
        (8, "uppföljning av halvåret", BEREDNING),
        (9, "delårsbokslut", STYRELSE),
        (9, "ansökningar om insatsmedel", BEREDNING),
        (10, "samråd med medlemmarna", "medlemmar"),
        (10, "planeringsdag", STYRELSE),
        (11, "verksamhetsplan och budget", STYRELSE),
        (12, "intern kontroll", STYRELSE),
        (12, "avtal med insatsägare", "kansli"),
    )
)

# mått: benämning, then område: kvinnor and män, in per cent
BEHOV = {
    "helarsekvivalenter": ("Helårsekvivalenter {= 2024}, andel av invånarna {= 20–64 år}", {
        "regionen": ("12.9", "9.8"), "granvik": ("13.4", "10.1"), "hallsta": ("12.2", "9.3"),
        "mossby": ("14.6", "10.9"), "sjoede": ("15.8", "12.4"), "angby": ("14.1", "11.6"),
    }),
    "unga_utanfor": ("Unga vuxna {= 20–25 år} utan arbete och studier {= 2024}, andel av åldersgruppen", {
        "regionen": ("8.1", "8.9"), "granvik": ("8.6", "9.4"), "hallsta": ("7.2", "8.1"),
        "mossby": ("9.3", "10.6"), "sjoede": ("10.8", "12.2"), "angby": ("9.9", "11.3"),
    }),
}  # fmt: skip


def behov() -> Iterator[Behovsrad]:
    """Needs by område and kön."""
    for mått, (benämning, områden) in BEHOV.items():
        for plats, andelar in områden.items():
            kvinnor, män = (Decimal(andel) for andel in andelar)
            rad = Behovsrad(
                mått=mått, benämning=benämning, plats=plats, kön="kvinnor", år=ÅR - 2, andel=kvinnor, källa="Påhittat"
            )
            yield rad
            yield rad.model_copy(update={"kön": "män", "andel": män})


BESLUTSPUNKTER = (
    "Verksamhetsplanen för {år} fastställs.",
    "Budgeten för {år} fastställs med intäkter på {budget.intakter | kr}, kostnader på "
    "{budget.kostnader | kr utan_tecken} och ett resultat på {budget.resultat | kr}.",
    "Planen för ekonomin {år+1} och {år+2} antas.",
    "{budget.insatser | kr utan_tecken} avsätts till insatser: {budget.individinsatser | kr utan_tecken} till de "
    "individinriktade och {budget.strukturinsatser | kr utan_tecken} till de strukturövergripande.",
    "{budget.administration | kr utan_tecken} avsätts till administration.",
    "Beslut om insatsmedel gäller med förbehåll för att medlemmarna betalar sina bidrag.",
    "Förbundschefen får flytta högst {uppgift.omfordelning | kr} mellan de strukturövergripande insatserna.",
    "Planen skickas till medlemmarna och revisorerna och läggs ut på förbundets webbplats.",
)


def plan() -> Underlag:
    """Everything that stands in the underlag.xlsx of 2026."""
    return Underlag(
        uppgifter=tuple(uppgifter()),
        medlemsbidrag=tuple(bidrag()),
        insatser=tuple(insatser()),
        faktarutor=tuple(faktarutor()),
        målområden=tuple(Målområde(id=id_, namn=namn, mål=text) for id_, namn, text in MÅLOMRÅDEN),
        budgetplan=tuple(budgetplan()),
        planmål=tuple(planmål()),
        möten=MÖTEN,
        årshjul=ÅRSHJUL,
        behov=tuple(behov()),
        projekt=PROJEKT,
        beslut=tuple(Beslutspunkt(nr=nr, text=text) for nr, text in enumerate(BESLUTSPUNKTER, 1)),
    )
