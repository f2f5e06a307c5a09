"""SOFINT's underlag for the verksamhetsplan 2026: the figures of the published plan, each with its page.

The words are our own. `PYTHONPATH=lib:. python -m tests.bygg.sofint_2026` gives the same bytes each time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

from finsam.model.underlag import (
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

INPUTS = Path(__file__).parents[2] / "inputs" / "sofint" / "2026"

Plantyp = Literal[
    "grupp",
    "medlemsbidrag",
    "extern intäkt",
    "individinsats",
    "strukturinsats",
    "administration",
    "finansiell intäkt",
    "finansiell kostnad",
]


def källa(sida: int | str) -> str:
    """Where in the published plan a figure stands."""
    return f"SOFINT, Verksamhetsplan och budget 2026, s. {sida}"


SAKNAS = "finns inte i SOFINT, Verksamhetsplan och budget 2026"

UPPGIFTER = (
    Uppgift(id="dnr", benämning="Diarienummer", enhet="text", källa=SAKNAS),
    Uppgift(
        id="beslutsdatum", benämning="Styrelsen beslutade", värde=date(2025, 11, 21), enhet="datum", källa=källa(1)
    ),
    Uppgift(
        id="samradsdatum",
        benämning="Samråd med medlemmarna om budgeten (lag 2003:1210, 23 §)",
        enhet="datum",
        källa=SAKNAS,
    ),
    Uppgift(
        id="eget_kapital_ingaende",
        benämning="Eget kapital vid budgetårets början, preliminärt",
        värde=Decimal(900_000),
        enhet="kr",
        källa=f"{källa(16)}, Överskott från tidigare år (Preliminärt)",
    ),
    *(
        Uppgift(id=id_, benämning=benämning, värde=Decimal(värde), enhet="%", källa=källa(sida))
        for id_, benämning, värde, sida in (
            ("forbundschef_omfattning", "Förbundschefens tjänst för förbundet", 45, "5"),
            ("ekonom_omfattning", "Ekonomens tjänst för förbundet", 10, "5"),
            ("enkat_delvis_fran", "Andel erbjudna enkäten som räcker för delvis uppfyllt mål", 75, "11–12"),
        )
    ),
    *(
        Uppgift(id=id_, benämning=benämning, värde=Decimal(år), enhet="antal", källa=källa(3))
        for id_, benämning, år in (
            ("malgrupp_fran", "Målgruppens lägsta ålder", 16),
            ("malgrupp_till", "Målgruppens högsta ålder", 67),
            ("unga_till", "Unga vuxna, högsta ålder", 29),
            ("vuxna_fran", "Vuxna, lägsta ålder", 30),
        )
    ),
)

# id, benämning, typ, grupp, summarad or källa, then the budget and the two planår; None where the source is blank
BUDGET: tuple[tuple[str, str, Plantyp, str, str, tuple[int | None, int | None, int | None] | None], ...] = (
    ("intakter", "Intäkter", "grupp", "", "Summa intäkter", None),
    ("medlemsbidrag_region", "Medlemsbidrag Region Örebro län", "medlemsbidrag", "intakter", "", (893_500,) * 3),
    (
        "medlemsbidrag_staten",
        "Medlemsbidrag Försäkringskassan och Arbetsförmedlingen",
        "medlemsbidrag",
        "intakter",
        "",
        (1_787_000,) * 3,
    ),
    ("medlemsbidrag_kommunerna", "Medlemsbidrag kommunerna", "medlemsbidrag", "intakter", "", (893_500,) * 3),
    ("esf", "Externa intäkter (ESF)", "extern intäkt", "intakter", "", (300_000, 150_000, None)),
    ("kostnader", "Kostnader", "grupp", "", "Summa kostnader", None),
    ("insatser", "Insatser", "grupp", "kostnader", "Summa insatser", None),
    (
        "projektfinansiering",
        "Projektfinansiering",
        "individinsats",
        "insatser",
        "planen säger inte vilket slag av insats; räknas som individinriktad, liksom raden under",
        (300_000, 100_000, 100_000),
    ),
    ("coachingteamet", "Coachingteamet", "individinsats", "insatser", "", (2_333_000, 3_083_000, 3_083_000)),
    ("finsammassan", "Rehabmässa", "strukturinsats", "insatser", "", (35_000,) * 3),
    (
        "strukturell_samverkan",
        "Strukturell samverkan (lönekostnad förbundschef)",
        "strukturinsats",
        "insatser",
        "beloppet 2026 är tryckt med två minustecken",
        (148_635, 153_094, 156_156),
    ),
    # The plan has no such group; it holds what the goal for administration (E1b) counts.
    ("administration", "Administration", "grupp", "kostnader", "Summa administration", None),
    ("tjanster", "Tjänster", "grupp", "administration", "Summa tjänster", None),
    (
        "administrativa_tjanster",
        "Köp av administrativa tjänster",
        "administration",
        "tjanster",
        "",
        (114_444, 116_732, 119_100),
    ),
    ("forbundschef", "Köp av tjänst förbundschef", "administration", "tjanster", "", (346_815, 357_219, 364_363)),
    ("styrelse_revision", "Styrelse och revision", "grupp", "administration", "Summa styrelse och revision", None),
    (
        "arvoden",
        "Arvoden, sociala avgifter och övriga ersättningar",
        "administration",
        "styrelse_revision",
        "",
        (110_000,) * 3,
    ),
    ("revision", "Revision", "administration", "styrelse_revision", "", (85_000,) * 3),
    ("forbundskostnader", "Förbundskostnader", "grupp", "administration", "Summa förbundskostnader", None),
    ("resor", "Resor och hotell", "administration", "forbundskostnader", "", (10_000,) * 3),
    ("kurser", "Kurser och konferenser", "administration", "forbundskostnader", "", (7_000, 10_000, 10_000)),
    ("representation", "Representation", "administration", "forbundskostnader", "", (7_000,) * 3),
    ("medlemsavgift_nns", "Medlemsavgift NNS", "administration", "forbundskostnader", "", (14_000,) * 3),
    ("telefoni", "Telefoni", "administration", "forbundskostnader", "", (13_000,) * 3),
    ("utvardering", "Verksamhetsutvärdering", "administration", "forbundskostnader", "", (10_000,) * 3),
    ("ovrigt", "Övriga verksamhetskostnader", "administration", "forbundskostnader", "", (28_925,) * 3),
    ("finansnetto", "Finansiella intäkter och kostnader", "grupp", "", "Summa finansiella poster", None),
    ("finansiella_intakter", "Finansiella intäkter", "finansiell intäkt", "finansnetto", "", (0,) * 3),
    ("finansiella_kostnader", "Finansiella kostnader", "finansiell kostnad", "finansnetto", "", (1_500,) * 3),
)


def _budgetplan() -> Iterator[Planrad]:
    """The rows of the budget as the plan prints them."""
    for id_, benämning, typ, grupp, ord_, belopp in BUDGET:
        if belopp is None:
            yield Planrad(id=id_, benämning=benämning, typ=typ, grupp=grupp, summarad=ord_)
            continue
        budget, plan1, plan2 = (None if tal is None else Decimal(tal) for tal in belopp)
        yield Planrad(
            id=id_,
            benämning=benämning,
            typ=typ,
            grupp=grupp,
            budget=budget,
            plan1=plan1,
            plan2=plan2,
            källa=f"{källa(16)}; {ord_}" if ord_ else källa(16),
        )


INSATSER = (
    Insats(id="coachingteamet", namn="Coachingteamet", slag="individ", funktion="individ.coachingteamet"),
    Insats(id="finsammassan", namn="Rehabmässan", slag="struktur", funktion="struktur.rehabmassan"),
    Insats(id="strukturell_samverkan", namn="Strukturell samverkan", slag="struktur", funktion="struktur.forbundschef"),
)

PROJEKT = (
    Projekt(
        namn="Ciceron",
        finansiär="ESF",
        tid="Till hösten {= 2027}",
        innehåll="Personer som inte har gått ut gymnasiet ska börja studera igen. SOFINT är samverkanspart sedan "
        "hösten {= 2024}, och delar av beredningsgruppen är ledningsgrupp.",
    ),
)

MÅLOMRÅDEN = (
    Målområde(
        id="insats",
        namn="Insatser och aktiviteter",
        mål="Insatserna ska passa förhållandena på orten och vara en självklar part att samverka med i medlemmarnas "
        "vanliga arbete.",
    ),
    Målområde(id="organisation", namn="Organisation"),
    Målområde(id="kommunikation", namn="Kommunikation"),
    Målområde(id="ekonomi", namn="Ekonomi"),
)

I_TID = "Hålls inte tiden är målet inte uppfyllt."

# målområde, then its goals and under each goal the mätpunkter; ids say which belongs to which (O1, O1a, O1b)
MÅL = {
    "insats": {
        "I1": "De individinriktade insatserna ska använda NNS indikatorer för att utvärdera kvaliteten för deltagarna.",
        "I2": "Under {år} och {år+1} ska förbundet verka för att en större del av pengarna till insatserna går till "
        "personal.",
        "I2a": "Personalkostnadernas andel av insatsernas samlade kostnader mäts.",
        "I3": "Minst {planmal.I3a.grans | procent} av deltagarna i insatserna ska tycka att de har stor nytta av "
        "stödet.",
    },
    "organisation": {
        "O1": "Den som söker projektmedel ska möta en förutsägbar och tydlig process.",
        "O1a": "Inom två månader från ansökan ska förbundet begära komplettering, avslå eller godkänna.",
        "O1b": "Ett avslag ska motiveras skriftligt till den som har sökt.",
        "O1c": "Avtal ska skrivas med den sökande inom en månad från beslutet om finansiering.",
        "O2": "Medlemmarna ska ha många kontaktytor, så att klimatet för samverkan är gott.",
        "O3": "Förbundet följer upp och utvärderar insatserna mot uppdrag och mål och enligt finansieringspolicyn.",
        "O3a": "Styrelsen följer upp insatserna på sina möten, så ofta och på det sätt som finansieringspolicyn och "
        "projektbesluten anger.",
        "O3b": "Insatserna följs upp och analyseras i delårsrapporten och årsredovisningen.",
        "O4": "Förbundets administration ska vara effektiv. Fler resurser ska delas med de andra samordningsförbunden "
        "i Örebro län.",
        "O4a": "Dialogen med länets övriga samordningsförbund om gemensamma administrativa resurser fortsätter.",
        "O5": "Jämställdhet ska vara en del av det dagliga arbetet i all verksamhet, särskilt i insatserna.",
        "O5a": "Statistiken om insatserna är uppdelad på kön så långt det finns uppgifter. Delårsrapporten och "
        "årsredovisningen analyserar insatserna ur ett jämställdhetsperspektiv.",
    },
    "kommunikation": {
        "K1": "Förbundet ska tydligt berätta om sitt syfte och uppdrag, så att intressenterna får en rättvisande bild.",
        "K1a": "Under {år} får alla medlemmar möjlighet till en riktad informationsrunda om SOFINT.",
        "K1b": "Under {år} stärks kunskapsutbytet mellan medlemmarna, både i beredningsgruppen och i styrelsen.",
    },
    "ekonomi": {
        "E1": "Förbundet ska ha god ekonomisk hushållning. Det innebär att följa Nationella rådets rekommendation om "
        "hur stort det egna kapitalet bör vara och att alltid ha pengar att betala med.",
    },
}

MED_GRÄNS = (
    Planmål(
        id="I1a",
        område="insats",
        mål="I1",
        slag="mätpunkt",
        text="Andelen deltagare i insatserna som har erbjudits att svara på NNS enkät",
        jämförelse="mer än",
        gräns=Decimal(90),
        enhet="%",
        kommentar="Från {uppgift.enkat_delvis_fran | procent} till {planmal.I1a.grans | procent} är målet delvis "
        "uppfyllt, under {uppgift.enkat_delvis_fran | procent} är det inte uppfyllt.",
    ),
    Planmål(
        id="I3a",
        område="insats",
        mål="I3",
        slag="mätpunkt",
        text="NNS deltagarenkät, fråga {= 1}: andelen som svarar ofta, för det mesta eller alltid",
        jämförelse="minst",
        gräns=Decimal(80),
        enhet="%",
    ),
    Planmål(
        id="O2a",
        område="organisation",
        mål="O2",
        slag="mätpunkt",
        text="NNS chefsenkät, fråga {= 4}: andelen som svarar till stor del, till mycket stor del eller helt och "
        "hållet",
        jämförelse="minst",
        gräns=Decimal(70),
        enhet="%",
    ),
    Planmål(
        id="E1a",
        område="ekonomi",
        mål="E1",
        slag="mätpunkt",
        text="Eget kapital vid årets slut",
        jämförelse="mellan",
        gräns=Decimal(200_000),
        övre=Decimal(1_210_000),
        enhet="kr",
        fakta="budget.eget_kapital",
    ),
    Planmål(
        id="E1b",
        område="ekonomi",
        mål="E1",
        slag="mätpunkt",
        text="Administrationens andel av förbundets samlade kostnader",
        jämförelse="högst",
        gräns=Decimal(21),
        enhet="%",
        fakta="budget.administrationsandel",
    ),
)


def _planmål() -> Iterator[Planmål]:
    """Each goal and what belongs to it, in the order of their ids. O4a is not called a mätpunkt in the plan."""
    for område, texter in MÅL.items():
        rader = [rad for rad in MED_GRÄNS if rad.område == område]
        for id_, text in texter.items():
            mål = id_.rstrip("abc")
            slag: Literal["mål", "mätpunkt", "aktivitet"] = "aktivitet" if id_ == "O4a" else "mätpunkt"
            rader.append(
                Planmål(
                    id=id_,
                    område=område,
                    mål="" if id_ == mål else mål,
                    slag="mål" if id_ == mål else slag,
                    text=text,
                    kommentar=I_TID if id_ in ("O1a", "O1c") else "",
                )
            )
        yield from sorted(rader, key=lambda rad: rad.id)


STYRELSE, BEREDNING = "styrelse", "beredningsgrupp"
MÖTEN = tuple(
    Möte(datum=date(2026, månad, dag), start=start, slut=slut, organ=organ, innehåll=innehåll)
    for månad, dag, start, slut, organ, innehåll in (
        (2, 6, "09:30", "12:00", BEREDNING, ""),
        (2, 20, "09:00", "12:00", STYRELSE, "Årsredovisning"),
        (5, 8, "09:30", "12:00", BEREDNING, ""),
        (5, 22, "09:00", "12:00", STYRELSE, "Revisionsrapport och handlingsplan"),
        (8, 28, "09:30", "12:00", BEREDNING, ""),
        (9, 11, "09:00", "12:00", STYRELSE, "Delårsrapport"),
        (10, 9, "09:00", "13:00", f"{STYRELSE} och {BEREDNING}", "Planeringsdag"),
        (11, 6, "09:30", "12:00", BEREDNING, ""),
        (11, 20, "09:00", "15:00", STYRELSE, "Budget och verksamhetsplan"),
    )
)

ÅRSHJUL = tuple(
    Årshjulsrad(månad=månad, händelse=händelse, organ=organ)
    for månad, händelse, organ in (
        (2, "beredningsgruppen möts", BEREDNING),
        (2, "styrelsen: årsredovisning", STYRELSE),
        (5, "beredningsgruppen möts", BEREDNING),
        (5, "styrelsen: revisionsrapport och handlingsplan", STYRELSE),
        (8, "beredningsgruppen möts", BEREDNING),
        (9, "styrelsen: delårsrapport", STYRELSE),
        (10, "planeringsdag", f"{STYRELSE} och {BEREDNING}"),
        (11, "beredningsgruppen möts", BEREDNING),
        (11, "styrelsen: budget och verksamhetsplan", STYRELSE),
    )
)

UNDERLAG = Underlag(
    uppgifter=UPPGIFTER,
    insatser=INSATSER,
    målområden=MÅLOMRÅDEN,
    budgetplan=tuple(_budgetplan()),
    planmål=tuple(_planmål()),
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
