"""The made-up förbund's underlag: budget, insatser, mål, deltagare and the rest of `underlag.xlsx`.

What the ledger decides is taken from the ledger: insatsernas kostnader and earlier years.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from finsam.model.forbund import Kontorad
from finsam.model.underlag import (
    Bedömning,
    Bidragsrad,
    Budgetrad,
    Faktaruterad,
    Flerårsrad,
    Insats,
    Insatskostnad,
    Kostnadsrad,
    Målområde,
    Underlag,
    Undertecknare,
    Uppgift,
)

from .exempel_bokforing import INVÅNARE, KOMMUNER, ÖVERSKOTT_KOMPASSEN, bokföringsår, insatskostnader, medlemsbidrag
from .exempel_deltagare import deltagare, enkätsvar, indikatorer
from .exempel_mal import MÅLOMRÅDEN, mål

KONTOPLAN = Path(__file__).parents[2] / "inputs" / "exempelforbundet" / "kontoplan.csv"

INSATSER = {
    "kompassen": ("KOM", "Kompassen", "individ", "Granviks kommun"),
    "vagen_vidare": ("VAG", "Vägen vidare", "individ", "Region Exempellän"),
    "spraksteget": ("SPR", "Språksteget", "individ", "Hällsta kommun"),
    "samverkansdagar": ("SAM", "Samverkansdagar", "struktur", "Förbundets kansli"),
    "metodstod": ("MET", "Metodstöd", "struktur", "Förbundets kansli"),
    "insatskatalogen": ("KAT", "Insatskatalogen", "struktur", "Förbundets kansli"),
}
PERIOD = {"spraksteget": (date(2024, 9, 1), date(2026, 12, 31))}
INSATSBUDGET = {
    2024: (1_640_000, 890_000, 150_000, 125_000, 150_000, 85_000),
    2025: (1_600_000, 880_000, 360_000, 120_000, 150_000, 80_000),
}
"""In the order of INSATSER; the strukturinsatser and the förbundschef's share make the budget row struktur."""
INSATSBEDÖMNING: dict[int, tuple[Bedömning, ...]] = {
    2024: ("delvis uppfyllt", "uppfyllt", "kan inte bedömas", "uppfyllt", "delvis uppfyllt", "uppfyllt"),
    2025: ("uppfyllt", "delvis uppfyllt", "delvis uppfyllt", "delvis uppfyllt", "uppfyllt", "uppfyllt"),
}

BUDGET = {
    2024: (
        ("ursprunglig", date(2023, 11, 24), "§ 52", (4_200_000, 2_720_000, 525_000, 945_000)),
        ("reviderad", date(2024, 5, 17), "§ 23", (4_200_000, 2_680_000, 525_000, 965_000)),
    ),
    2025: (
        ("ursprunglig", date(2024, 11, 22), "§ 49", (4_200_000, 2_860_000, 520_000, 970_000)),
        ("reviderad", date(2025, 5, 16), "§ 21", (4_200_000, 2_840_000, 520_000, 990_000)),
    ),
}
BUDGETRADER = ("medlemsbidrag", "individ", "struktur", "administration")

KOSTNADSSLAG = {
    "personal": "Personalkostnader",
    "handledning": "Handledning",
    "lokal": "Lokal",
    "forelasare": "Föreläsare",
    "kurser": "Kurser",
    "innehall": "Uppdatering och användarstöd",
    "licens": "Licens",
    "ovrigt": "Övriga kostnader",
}

# What the förbund printed before the years of the ledger.
TIDIGARE = {
    2020: {
        "rr.verksamhetens_intakter": 4_000_000,
        "rr.verksamhetens_kostnader": -3_976_541,
        "rr.avskrivningar": 0,
        "finansnetto": -2_047,
        "rr.arets_resultat": 21_412,
        "br.summa_tillgangar": 1_098_330,
        "br.eget_kapital": 482_439,
    }
}

FAKTARUTOR = {
    "kompassen": (
        ("Samverkande parter", "Försäkringskassan, Arbetsförmedlingen, Region Exempellän och alla medlemskommuner"),
        ("Typ av insats", "Individinriktad; arbetscoacher som arbetar enligt Supported Employment"),
        ("Syfte", "Att deltagarna kommer i arbete eller studier, eller närmare dit, med samlat stöd från parterna"),
        ("Målgrupp", "Personer i åldern {= 18–66 år} som behöver stöd från minst två parter samtidigt"),
        ("Så kommer man med", "Anmälan från handläggare hos någon av parterna, med den enskildes samtycke"),
        ("Bemanning", "Arbetscoacher anställda i Granvik, Hällsta och Sjöede, med en samordnare i Granvik"),
    ),
    "vagen_vidare": (
        ("Samverkande parter", "Region Exempellän, Försäkringskassan och medlemskommunerna"),
        ("Typ av insats", "Individinriktad; arbetsterapeut och kurator med psykologhandledning"),
        (
            "Syfte",
            "Att personer med långvarig psykisk ohälsa får en hållbar vardag och en plan för arbete eller studier",
        ),
        ("Målgrupp", "Personer i åldern {= 18–66 år} med psykisk ohälsa och utan pågående insats hos någon part"),
        ("Så kommer man med", "Remiss från vårdcentral eller psykiatri, eller anmälan från kommunen"),
    ),
    "spraksteget": (
        ("Samverkande parter", "Hällsta och Mossby kommuner och Arbetsförmedlingen"),
        ("Typ av insats", "Individinriktad; språkstöd på arbetsplats"),
        ("Syfte", "Att utrikes födda som står långt från arbete lär sig yrkessvenska på en arbetsplats"),
        ("Målgrupp", "Utrikes födda med ohälsa och kort skolbakgrund"),
        ("Så kommer man med", "Anmälan från försörjningsstöd, sfi eller Arbetsförmedlingen"),
    ),
    "samverkansdagar": (
        ("Syfte", "Att handläggare och chefer hos parterna lär känna varandras uppdrag"),
        ("Målgrupp", "Medarbetare och chefer hos medlemmarna"),
        ("Upplägg", "En dag på våren och en på hösten med föreläsare och arbete i tvärgrupper"),
    ),
    "metodstod": (
        ("Syfte", "Att parterna arbetar efter samma, väl prövade metoder"),
        ("Målgrupp", "Medarbetare hos medlemmarna som möter deltagarna"),
        ("Upplägg", "Kurser i Supported Employment och handledning i grupp under läsåret"),
    ),
    "insatskatalogen": (
        ("Syfte", "Att handläggare och invånare hittar det stöd som finns i Exempelbygden"),
        ("Målgrupp", "Invånare och handläggare i medlemskommunerna"),
        ("Upplägg", "En webbplats med alla insatser, sökbar på kommun och behov"),
    ),
}

STYRELSE = (
    ("Ada Exempelsson", "Ordförande", "Granviks kommun"),
    ("Bo Påhittberg", "Vice ordförande", "Försäkringskassan"),
    ("Cilla Fiktivsson", "Ledamot", "Arbetsförmedlingen"),
    ("Dag Låtsasson", "Ledamot", "Region Exempellän"),
    ("Eva Mallexempel", "Ledamot", "Hällsta kommun"),
    ("Finn Provexempel", "Ledamot", "Mossby kommun"),
    ("Gun Övningsson", "Ledamot", "Sjöede kommun"),
    ("Hans Mönsterfall", "Ledamot", "Ängby kommun"),
)
REVISORER = (
    ("Ivar Granskarsson", "Försäkringskassan och Arbetsförmedlingen"),
    ("Kaj Kontrollsson", "Region Exempellän"),
    ("Lo Revisorsson", "Medlemskommunerna gemensamt"),
)


def uppgifter(år: int) -> Iterator[Uppgift]:
    """Single facts; a full set, so that the example has no findings."""
    sent = år == 2025
    dagar = {
        "beslutsdatum": ("Styrelsens beslut om årsredovisningen", date(2026, 2, 20) if sent else date(2025, 2, 21)),
        "undertecknad": ("Dag då årsredovisningen undertecknades", date(2026, 3, 13) if sent else date(2025, 3, 14)),
        "budgetbeslut": ("Styrelsens beslut om årets budget", BUDGET[år][0][1]),
        "budgetrevidering": ("Styrelsens beslut om reviderad budget", BUDGET[år][1][1]),
        "medlemssamrad": ("Samråd med medlemmarna om nästa års budget", date(år, 10, 3 if sent else 4)),
    }
    kronor = {
        "raekenskapsrevision": ("Revisorernas granskning av bokföring och årsredovisning", 36_720 if sent else 36_000),
        "panter": ("Ställda panter", 0),
        "ansvarsforbindelser": ("Ansvarsförbindelser", 0),
        "beslutade_insatsmedel": ("Beslutade insatsmedel för nästa år", 2_780_000 if sent else 2_860_000),
        "medlemsbidrag_nasta_ar": ("Beslutat medlemsbidrag nästa år", 4_280_000 if sent else 4_200_000),
        "budget_nasta_ar": ("Budgeterat verksamhetsresultat nästa år", 60_000 if sent else -150_000),
        "aktiveringsgrans": ("Lägsta anskaffningsvärde för inventarier", 29_400 if sent else 28_650),
    }
    antal = {
        "medarbetare": ("Anställda i förbundet", 0),
        "styrelsemoten": ("Styrelsemöten", 7),
        "beredningsmoten": ("Möten i beredningsgruppen", 8),
        "nyttjandeperiod": ("Nyttjandeperiod för inventarier, år", 5),
    }
    procent = {
        "forbundschef_omfattning": ("Förbundschefens tjänst", 60),
        "forbundschef_struktur": ("Förbundschefens tid till strukturarbete", 30),
        "ekonom_omfattning": ("Ekonomens tjänst", 15),
    }
    dnr = f"EXF {år + 1}-014"
    yield Uppgift(id="dnr", benämning="Diarienummer", värde=dnr, enhet="text", källa="Diariet")
    for id_, (benämning, dag) in dagar.items():
        yield Uppgift(id=id_, benämning=benämning, värde=dag, enhet="datum", källa="Styrelsens protokoll")
    for id_, (benämning, tal) in kronor.items():
        källa = "Slutfaktura från revisorerna" if id_ == "raekenskapsrevision" else "Styrelsens protokoll"
        yield Uppgift(id=id_, benämning=benämning, värde=Decimal(tal), enhet="kr", källa=källa)
    for id_, (benämning, tal) in antal.items():
        yield Uppgift(id=id_, benämning=benämning, värde=Decimal(tal), enhet="antal", källa="Kansliet")
    for id_, (benämning, tal) in procent.items():
        yield Uppgift(id=id_, benämning=benämning, värde=Decimal(tal), enhet="%", källa="Avtal med Granviks kommun")


def budget(år: int) -> Iterator[Budgetrad]:
    """The decided budget and its revision."""
    for version, beslutad, paragraf, belopp in BUDGET[år]:
        källa = f"Styrelsens protokoll {beslutad}, {paragraf}"
        for post, kronor in zip(BUDGETRADER, belopp, strict=True):
            yield Budgetrad(
                post=post,
                år=år,
                belopp=Decimal(kronor),
                enhet="kr",
                version="ursprunglig" if version == "ursprunglig" else "reviderad",
                beslutad=beslutad,
                källa=källa,
            )


def bidrag(år: int) -> Iterator[Bidragsrad]:
    """What each member has decided, for the year and the year before."""
    for ett_år in (år, år - 1):
        invånare = dict(zip(KOMMUNER, INVÅNARE[ett_år], strict=True))
        källa = f"Medlemmarnas beslut hösten {ett_år - 1}"
        for medlem, belopp in medlemsbidrag(ett_år).items():
            yield Bidragsrad(
                medlem=medlem, år=ett_år, belopp=Decimal(belopp), invånare=invånare.get(medlem), källa=källa
            )


def insatskostnad(kod: str, år: int) -> Decimal:
    """What an insats cost in a year."""
    return sum((belopp for (insats, _), belopp in insatskostnader(år).items() if insats == kod), Decimal(0))


def insatser(år: int) -> Iterator[Insats]:
    """The year's insatser; only Kompassen is paid in advance and has something to give back."""
    rader = zip(INSATSER.items(), INSATSBUDGET[år], INSATSBEDÖMNING[år], strict=True)
    for (id_, (kod, namn, slag, ägare)), budgeten, bedömning in rader:
        från, till = PERIOD.get(id_, (date(år, 1, 1), date(år, 12, 31)))
        kostnad = insatskostnad(kod, år)
        yield Insats(
            id=id_,
            namn=namn,
            slag="individ" if slag == "individ" else "struktur",
            funktion=f"{slag}.{id_}",
            insatsägare=ägare,
            från=från,
            till=till,
            budget=Decimal(budgeten),
            beviljat=kostnad + ÖVERSKOTT_KOMPASSEN[år] if kod == "KOM" else kostnad if slag == "individ" else None,
            bedömning=bedömning,
        )


def insatsekonomi(år: int) -> Iterator[Insatskostnad]:
    """The insatsägares' own reports, by kind of cost."""
    kostnader = insatskostnader(år)
    for id_, (kod, *_) in INSATSER.items():
        for slag, benämning in KOSTNADSSLAG.items():
            if belopp := kostnader.get((kod, slag)):
                källa = f"Insatsägarens redovisning {år}"
                yield Insatskostnad(insats=id_, id=slag, benämning=benämning, belopp=belopp, källa=källa)


def tidigare_år(år: int) -> Iterator[Flerårsrad]:
    """The three years before the ledger's two, as the earlier årsredovisningar printed them."""
    for tidigare in range(år - 2, år - 5, -1):
        for post, värde in (TIDIGARE.get(tidigare) or nyckelposter(tidigare)).items():
            källa = f"Årsredovisning {tidigare}, flerårsöversikten"
            yield Flerårsrad(post=post, år=tidigare, värde=Decimal(värde), enhet="kr", källa=källa)


def nyckelposter(år: int) -> dict[str, Decimal]:
    """The posts of the flerårsöversikt as the ledger of that year has them."""
    bok = bokföringsår(år, 0)

    def res(siffror: str) -> Decimal:
        return -sum((b for k, b in bok.res.items() if k[0] in siffror and k[:2] not in ("79", "89")), Decimal(0))

    tillgångar = sum((b for k, b in bok.ub.items() if k[0] == "1"), Decimal(0))
    return {
        "rr.verksamhetens_intakter": res("3"),
        "rr.verksamhetens_kostnader": res("4567"),
        "rr.avskrivningar": -bok.res.get("7911", Decimal(0)),
        "finansnetto": res("8"),
        "rr.arets_resultat": bok.res["8999"],
        "br.summa_tillgangar": tillgångar,
        "br.eget_kapital": -(bok.ub["2010"] + bok.ub["2099"]),
    }


def tidigare_kostnader(år: int) -> Iterator[Kostnadsrad]:
    """Costs by function two years ago, by today's kontoplan."""
    bok = bokföringsår(år - 2, 0)
    summor: defaultdict[str, Decimal] = defaultdict(Decimal)
    with KONTOPLAN.open(encoding="utf-8", newline="") as fil:
        for nr, rad in enumerate(csv.DictReader(fil, delimiter=";"), 2):
            från, _, till = rad["konto"].partition("-")
            span = Kontorad(från, till or från, rad["objekt"], rad["post"], rad["not_rad"], rad["funktion"], nr)
            dim, _, kod = span.objekt.partition(":")
            for konto, belopp in bok.res.items() if span.funktion else ():
                if span.omfattar(konto):
                    summor[span.funktion] += bok.objekt.get((konto, (dim, kod)), Decimal(0)) if dim else belopp
    for funktion, belopp in summor.items():
        källa = f"Årsredovisning {år - 2}, kostnadsfördelningen"
        yield Kostnadsrad(funktion=funktion, år=år - 2, belopp=belopp, källa=källa)


def undertecknare() -> Iterator[Undertecknare]:
    """Who signs: styrelsen and the revisorer."""
    for namn, roll, utsedd_av in STYRELSE:
        yield Undertecknare(namn=namn, roll=roll, organ="styrelse", utsedd_av=utsedd_av)
    for namn, utsedd_av in REVISORER:
        yield Undertecknare(namn=namn, roll="Revisor", organ="revisor", utsedd_av=utsedd_av)


def underlag(år: int) -> Underlag:
    """Everything that stands in a year's underlag.xlsx."""
    rutor = (
        Faktaruterad(insats=insats, rubrik=rubrik, text=text)
        for insats, egna in FAKTARUTOR.items()
        for rubrik, text in egna
    )
    return Underlag(
        uppgifter=tuple(uppgifter(år)),
        budget=tuple(budget(år)),
        medlemsbidrag=tuple(bidrag(år)),
        insatser=tuple(insatser(år)),
        faktarutor=tuple(rutor),
        insatsekonomi=tuple(insatsekonomi(år)),
        målområden=tuple(Målområde(id=id_, namn=namn, mål=text) for id_, namn, text in MÅLOMRÅDEN),
        mål=tuple(mål(år)),
        deltagare=tuple(deltagare(år)),
        enkätsvar=tuple(enkätsvar(år)),
        indikatorer=tuple(indikatorer(år)),
        kostnadsfördelning=tuple(tidigare_kostnader(år)),
        flerårsöversikt=tuple(tidigare_år(år)),
        undertecknare=tuple(undertecknare()),
    )
