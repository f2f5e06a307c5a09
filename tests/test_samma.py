"""What is said twice agrees: a small break of the made-up förbund and what is said of it, and what is nearly one.

What is said of each break stands in tests/samma/, by report.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from facit import INPUTS, jämför
from finsam.checks.finding import Finding
from finsam.checks.kontrollera import KONTROLLER, kontrollera_en
from finsam.checks.samma.dagar import helgdag
from finsam.model.bokforing import Verifikation, Verifikationslista, bokfört
from finsam.model.bokslutsblad import Kontrollmoment
from finsam.model.forbund import Kapitaltak
from finsam.model.rakenskapsar import Deltagarblad, Räkenskapsår
from finsam.model.underlag import Faktaruterad, Revisionsanmärkning
from finsam.model.underlagsrad import Underlagsrad
from finsam.oppna import öppna
from finsam.read.bokforing import read_bokföring
from finsam.report.arsbok import Årsbok
from finsam.report.planbok import Planbok
from finsam.statements.redovisning import redovisa
from test_kontroller import (
    PROJEKT,
    bokföring,
    förbund,
    insats,
    kontoplan,
    på_objekt,
    saldo,
    text,
    underlag,
    verifikationer,
    ändra_mål,
    ändra_uppgift,
)

FACIT = Path(__file__).parent / "samma"


def rad(blad: str, nr: int, **nytt: object):  # type: ignore[no-untyped-def]
    """Change the row of a sheet."""
    return underlag(
        **{blad: lambda u: tuple(r.model_copy(update=nytt) if r.rad == nr else r for r in getattr(u, blad))}
    )


def utan_rad(blad: str, nr: int):  # type: ignore[no-untyped-def]
    return underlag(**{blad: lambda u: tuple(r for r in getattr(u, blad) if r.rad != nr)})


def dubbel_rad(blad: str, nr: int):  # type: ignore[no-untyped-def]
    def ny(rader: tuple[Underlagsrad, ...]) -> Iterable[Underlagsrad]:
        return (*rader, next(r.model_copy(update={"rad": 99}) for r in rader if r.rad == nr))

    return underlag(**{blad: lambda u: tuple(ny(getattr(u, blad)))})


def numrera_om(serie: str, nummer: str, nytt: str):  # type: ignore[no-untyped-def]
    return verifikationer(
        lambda alla: [replace(v, nummer=nytt) if (v.serie, v.nummer) == (serie, nummer) else v for v in alla]
    )


def faktura(alla: list[Verifikation]) -> Verifikation:
    """The invoice of the revisorer."""
    return next(v for v in alla if "Revision" in v.text and any(rad.konto == "7413" for rad in v.rader))


def bokförd_igen(alla: list[Verifikation]) -> list[Verifikation]:
    return [*alla, replace(faktura(alla), nummer=str(1 + sum(v.serie == faktura(alla).serie for v in alla)))]


def och_återtagen(alla: list[Verifikation]) -> list[Verifikation]:
    """Booked again by mistake, and taken back."""
    ny = bokförd_igen(alla)[-1]
    rader = tuple(replace(rad, belopp=-rad.belopp) for rad in ny.rader)
    rättelse = replace(ny, nummer=str(int(ny.nummer) + 1), text="Rättelse", rader=rader)
    return [*alla, ny, rättelse]


def byt_kontonamn(ena: str, andra: str):  # type: ignore[no-untyped-def]
    def bryt(år: Räkenskapsår) -> Räkenskapsår:
        k = dict(år.bokföring.konton)
        k[ena], k[andra] = replace(k[ena], namn=k[andra].namn), replace(k[andra], namn=k[ena].namn)
        return bokföring(konton=k)(år)

    return bryt


def kontonamn(nummer: str, namn: str):  # type: ignore[no-untyped-def]
    return lambda år: bokföring(
        konton={**år.bokföring.konton, nummer: replace(år.bokföring.konton[nummer], namn=namn)}
    )(år)


def kontopost(nummer: str, post: str):  # type: ignore[no-untyped-def]
    return kontoplan(
        lambda p: replace(p, rader=tuple(replace(r, post=post) if r.omfattar(nummer) else r for r in p.rader))
    )


def kontorad(gammal: str, ny: str):  # type: ignore[no-untyped-def]
    """The konton of a note row in another."""
    return kontoplan(
        lambda p: replace(p, rader=tuple(replace(r, not_rad=ny) if r.not_rad == gammal else r for r in p.rader))
    )


def kostnadsetikett(id_: str, etikett: str):  # type: ignore[no-untyped-def]
    """What a row of the kostnadsfördelning is called."""

    def ändra(år: Räkenskapsår) -> Räkenskapsår:
        grupper = tuple(
            g.model_copy(
                update={
                    "rader": tuple(r.model_copy(update={"etikett": etikett}) if r.id == id_ else r for r in g.rader)
                }
            )
            for g in år.förbund.kostnadsfördelning
        )
        return förbund(kostnadsfördelning=grupper)(år)

    return ändra


def medlemmar(**namn: str):  # type: ignore[no-untyped-def]
    return lambda år: förbund(
        medlemmar=tuple(m.model_copy(update={"namn": namn[m.id]}) if m.id in namn else m for m in år.förbund.medlemmar)
    )(år)


def medlem_som(id_: str, **nytt: object):  # type: ignore[no-untyped-def]
    """Change a member."""

    def ändra(år: Räkenskapsår) -> Räkenskapsår:
        alla = tuple(m.model_copy(update=nytt) if m.id == id_ else m for m in år.förbund.medlemmar)
        return förbund(medlemmar=alla)(år)

    return ändra


def utan_medlem(id_: str):  # type: ignore[no-untyped-def]
    return lambda år: förbund(medlemmar=tuple(m for m in år.förbund.medlemmar if m.id != id_))(år)


def notrubrik(id_: str, rubrik: str):  # type: ignore[no-untyped-def]
    return lambda år: förbund(
        noter=tuple(n.model_copy(update={"rubrik": rubrik}) if n.id == id_ else n for n in år.förbund.noter)
    )(år)


def byt_i_text(namn: str, gammalt: str, nytt: str):  # type: ignore[no-untyped-def]
    def bryt(år: Räkenskapsår) -> Räkenskapsår:
        assert gammalt in år.texter[namn].text
        fil = replace(år.texter[namn], text=år.texter[namn].text.replace(gammalt, nytt))
        return replace(år, texter={**år.texter, namn: fil})

    return bryt


def förra_årets_rapport(antal: int):  # type: ignore[no-untyped-def]
    """What last year's own report had: as many more of the first count of that year."""

    def bryt(år: Räkenskapsår) -> Räkenskapsår:
        rader = [r for r in år.underlag.deltagare if str(r.år) == år.föregående]
        rader[0] = rader[0].model_copy(update={"antal": rader[0].antal + antal})
        return replace(år, tidigare_deltagare=(Deltagarblad(år.årtal - 1, 5, tuple(rader)),))

    return bryt


def kontrollerat(läge: str, utfall: str):  # type: ignore[no-untyped-def]
    """An intern kontroll with one row."""
    moment = Kontrollmoment(rad=4, risk="Fel mottagare.", kontroll="Två godkänner.", läge=läge, utfall=utfall)
    return underlag(intern_kontroll=lambda _: (moment,))


def anmärkt(läge: str, åtgärd: str):  # type: ignore[no-untyped-def]
    """One thing that the revisorer remarked on."""
    ett = Revisionsanmärkning(rad=4, anmärkning="Målen går inte att mäta.", läge=läge, åtgärd=åtgärd)
    return underlag(revisionsanmärkningar=lambda _: (ett,))


def antal(insats: str, mått: str, mer: int):  # type: ignore[no-untyped-def]
    """So many more men, and in all, of a count of the year."""
    return underlag(
        deltagare=lambda u: tuple(
            r.model_copy(update={"antal": r.antal + mer})
            if (r.insats, r.mått, r.år, r.kommun) == (insats, mått, 2025, "") and r.kön != "kvinnor"
            else r
            for r in u.deltagare
        )
    )


def faktaruta(rubrik: str, text: str):  # type: ignore[no-untyped-def]
    ett = Faktaruterad(rad=99, insats="kompassen", rubrik=rubrik, text=text)
    return underlag(faktarutor=lambda u: (*u.faktarutor, ett))


def med_text(namn: str, till: str):  # type: ignore[no-untyped-def]
    """A text with a sentence more."""
    return lambda år: text(namn, f"{år.texter[namn].text}\n\n{till}")(år)


def förra_uppgiften(id_: str, värde: Decimal):  # type: ignore[no-untyped-def]
    """What last year's workbook has."""

    def ändra(år: Räkenskapsår) -> Räkenskapsår:
        förra = år.tidigare_underlag[år.årtal - 1]
        nya = tuple(u.model_copy(update={"värde": värde}) if u.id == id_ else u for u in förra.uppgifter)
        ändrad = förra.model_copy(update={"uppgifter": nya})
        return replace(år, tidigare_underlag={**år.tidigare_underlag, år.årtal - 1: ändrad})

    return ändra


BROTT = {
    "C19": {
        "färre deltog än de som fanns och de som kom": antal("kompassen", "totalt", -8),
        "fler fanns vid årets början än vid förra årets slut": antal("spraksteget", "pagaende_in", 2),
    },
    "C37": {
        "andelen går inte att få av svaren": rad("indikatorer", 10, andel=Decimal(88)),
        "svarsandelen har två siffror ombytta": ändra_mål("ind_enkat", utfall=Decimal("79.2")),
        "svarsandelen är inte av dem som förra året": ändra_mål("ind_enkat", utfall=Decimal(81)),
    },
    "C42": {"insatsen heter annat i kostnadsfördelningen": kostnadsetikett("vagen_vidare", "Vägen framåt")},
    "C50": {
        "en verifikation fattas": verifikationer(lambda alla: [v for v in alla if (v.serie, v.nummer) != ("A", "26")]),
        "ett nummer har fått två siffror för mycket": numrera_om("A", "50", "5050"),
        "två verifikationer har samma nummer": numrera_om("B", "7", "6"),
        "samma faktura är bokförd två gånger": verifikationer(bokförd_igen),
    },
    "C51": {
        "två konton har bytt namn": byt_kontonamn("1511", "2441"),
        "inget konto i raden arvoden": kontorad("kostnader.arvoden", "kostnader.ovrigt"),
        "två kostnadskonton har bytt namn": byt_kontonamn("7411", "7413"),
        "ränta och bankkostnad har bytt namn": byt_kontonamn("8441", "8571"),
        "ett konto har ett annats namn": kontonamn("1511", "Leverantörsskulder"),
        "banken är en fordran i kontoplanen": kontopost("1941", "br.fordringar"),
        "leverantörsskulder är långfristiga i kontoplanen": kontopost("2441", "br.langfristiga_skulder"),
        "en not har en annan posts rubrik": notrubrik("skulder", "Långfristiga skulder"),
        "en rad har en annan posts namn": förbund(etiketter={"br.kassa_bank": "Fordringar"}),
    },
    "C52": {
        "insatsägaren heter nästan som medlemmen": insats(insatsägare="Granvik kommun"),
        "två kommuner har bytt namn": medlemmar(mossby="Ängby kommun", angby="Mossby kommun"),
        "två kommuner heter lika": medlemmar(mossby="Ängby kommun"),
        "en medlem är felstavad i inställningarna": medlemmar(mossby="Mosby kommun"),
        "en medlem är felstavad i texten": byt_i_text("organisation", "Sjöede", "Sjöe"),
        "en medlem är borta i texten": byt_i_text("organisation", "Mossby, ", ""),
        "en medlem är borta i inställningarna": utan_medlem("angby"),
        "en insats är felstavad i texten": byt_i_text("insats_kompassen", "hade Kompassen", "hade Kompasen"),
        "texten räknar upp en som har lämnat": medlem_som("mossby", till=date(2024, 12, 31)),
        "ett bidrag har ett id som ingen medlem har": rad("medlemsbidrag", 4, medlem="mosby"),
        "en insatsägare är ingen medlem": rad("insatser", 4, insatsägare="Grankviks kommun"),
        "en annan än ägaren har fakturerat": rad("insatser", 5, insatsägare="Granviks kommun"),
        "bara andra än ägaren har fått betalt": rad("insatser", 6, insatsägare="Ängby kommun"),
        "en annan än ägaren betalar tillbaka": byt_i_text("not_fordringar", "Granviks kommun", "Hällsta kommun"),
        "en annan sägs vara ägare": med_text("handelser", "Mossby kommun är insatsägare för Språksteget."),
        "en annan sägs driva den": med_text("handelser", "Kompassen drivs av Mossby kommun."),
        "faktarutan har en annan ägare": faktaruta("Projektägare", "Ängby kommun."),
        "den som är projektägare": med_text(
            "insats_kompassen", "De är anställda av Ängby kommun, som är projektägare."
        ),
        "ett annat målområde": text(
            "god_ekonomisk_hushallning", "Målen hör till fyra områden: individ, struktur, kommunikation och ekonomi."
        ),
        "en kommun för mycket": med_text(
            "handelser", "I Granviks, Hällsta, Mossby, Norrby, Sjöede och Ängby kommuner."
        ),
        "två texter säger vem som köps av vem": byt_i_text(
            "organisation", "köps av Granviks kommun", "köps av Hällsta kommun"
        ),
    },
    "C53": {
        "ingen är ordförande": rad("undertecknare", 4, roll="Ledamot"),
        "två är ordförande": rad("undertecknare", 5, roll="Ordförande"),
        "en person skriver under två gånger": rad("undertecknare", 6, namn="Ada  exempelsson"),
        "en ledamot saknas": utan_rad("undertecknare", 9),
    },
    "C54": {
        "reviderad före den ursprungliga": rad("budget", 8, beslutad=date(2024, 5, 16)),
        "budgeten beslutad ett år för sent": rad("budget", 4, beslutad=date(2025, 11, 22)),
        "budgetens dag är inte protokollets": rad("budget", 5, beslutad=date(2024, 11, 21)),
        "budgetbeslutet är inte budgetens": ändra_uppgift("budgetbeslut", date(2024, 11, 23)),
    },
    "C55": {
        "räkenskapsrevisionen dyrare än revisionen": ändra_uppgift("rakenskapsrevision", Decimal(136720)),
        "en tjänst på mer än hundra procent": ändra_uppgift("forbundschef_omfattning", Decimal(600)),
        "fler gick vidare än avslutade": underlag(
            deltagare=lambda u: tuple(
                r.model_copy(update={"antal": 740}) if (r.insats, r.mått, r.kön) == ("kompassen", "vidare", "") else r
                for r in u.deltagare
            )
        ),
        "fler svarade än deltog": rad("indikatorer", 7, andel=Decimal(90), svar=300),
        "gränserna är ombytta": ändra_mål("eko_kapital", gräns=Decimal(20), övre=Decimal(5)),
    },
    "C56": {
        "räntan på kontot för bankkostnader": saldo("res", "8571", -5000),
        "räntan är en kostnad": saldo("res", "8441", 20000),
        "kundfordringarna är negativa": saldo("ub", "1511", -50000),
        "banken är övertrasserad": saldo("ub", "1941", -5000000),
        "leverantörsskulderna är en fordran": saldo("ub", "2441", 500000),
    },
    "C57": {
        "insatsen bedöms inte som sina mål": rad("insatser", 4, bedömning="ej uppfyllt"),
        "utfallet är inte deltagarnas": ändra_mål("kompassen_vidare", utfall=Decimal("72.7")),
        "rekommendationen är lägre än gränsen": ändra_mål("eko_kapital", övre=Decimal(25)),
        "taket är inte det som källan säger": förbund(kapitaltak=Kapitaltak(källa="Högst 25 % av medlemsbidraget")),
        "en annan not": byt_i_text("finansiering", "{not:intakter}", "{not:skulder}"),
        "förra årets deltagare är andra": förra_årets_rapport(2),
        "uppgiften är kontots med två siffror ombytta": ändra_uppgift("rakenskapsrevision", Decimal(63720)),
        "avskrivet på andra år än det sägs": ändra_uppgift("nyttjandeperiod", Decimal(3)),
        "ej genomförd fast den visade något": kontrollerat("ej genomförd", "Stickprovet visade inga avvikelser."),
        "genomförd fast den inte gjordes": kontrollerat("utan anmärkning", "Kontrollen har inte hunnit göras."),
        "åtgärdat fast det ska göras": anmärkt("åtgärdat", "Mätpunkter ska tas fram till hösten {år+1}."),
        "fler än målet fast utfallet är lägre": ändra_mål("kom_dagar", aktivitet="Dagarna fick fler än målet."),
        "under gränsen fast utfallet är över": ändra_mål("eko_kapital", kommentar="Det är under den nedre gränsen."),
        "åtgärdat fast det inte har börjat": anmärkt("åtgärdat", "Arbetet med mätpunkterna har inte börjat."),
        "utan anmärkning fast något skilde": kontrollerat("utan anmärkning", "Två avvikelser i stickprovet."),
        "vice ordföranden kallas ordförande": med_text("organisation", "Ordförande har varit Bo Påhittberg."),
        "en ledamot kallas revisor": med_text("organisation", "För kommunerna har Eva Mallexempel varit revisor."),
        "revisorn kallas ledamot": med_text("organisation", "Vår ledamot Kaj Kontrollsson har gått igenom det."),
        "ordföranden kallas vice ordförande": med_text("organisation", "**Ada Exempelsson**, vice ordförande"),
        "ej åtgärdat fast det är gjort": anmärkt("ej åtgärdat", "Det är åtgärdat i verksamhetsplanen."),
        "antalet ledamöter": lambda år: replace(
            år,
            underlag=år.underlag.model_copy(
                update={
                    "uppgifter": (
                        *år.underlag.uppgifter,
                        år.underlag.uppgifter[-5].model_copy(
                            update={
                                "id": "styrelse_ledamoter",
                                "benämning": "Ledamöter",
                                "värde": Decimal(9),
                                "enhet": "antal",
                            }
                        ),
                    )
                }
            ),
        ),
    },
}
PLANBROTT = {
    "C73": {
        "budgetens resultat är inte det som förra året sade": förra_uppgiften("budget_nasta_ar", Decimal(90000)),
        "tjänsten är förra årets med två siffror ombytta": ändra_uppgift("ekonom_omfattning", Decimal(51)),
    },
    "C54": {
        "ett möte slutar innan det börjar": rad("möten", 5, start="12:00", slut="09:00"),
        "ett klockslag som inte finns": rad("möten", 5, slut="25:00"),
        "ett möte står två gånger": dubbel_rad("möten", 5),
        "ett möte på juldagen": rad("möten", 19, datum=date(2026, 12, 25)),
        "ändrad före beslutet": ändra_uppgift("andringsdatum", date(2025, 4, 17)),
        "beslutets dag är inte protokollets": ändra_uppgift("beslutsdatum", date(2025, 11, 22)),
        "ett projekt slutar innan det börjar": rad("projekt", 4, tid="{år+1}–{år-1}"),
        "ett projekt med ombytta dagar": rad("projekt", 4, tid="2026-07-31 till 2023-08-01"),
    },
    "C57": {
        "ett möte är borta": utan_rad("möten", 10),
        "årshjulet har en annan månad": rad("årshjul", 5, månad=3),
        "beslutet är inte ett mötes dag": ändra_uppgift("andringsdatum", date(2026, 4, 18)),
        "samma belopp i två beslutspunkter": rad(
            "beslut", 8, text="{budget.insatser | kr utan_tecken} avsätts till kansliet."
        ),
        "delarna är inte beslutets belopp": rad(
            "beslut",
            7,
            text="{budget.insatser | kr} avsätts: {budget.individinsatser | kr} till de ena och "
            "{budget.administration | kr} till de andra.",
        ),
        "uppgiften är inte den som källan har": ändra_uppgift("resultat_foregaende", Decimal(-96926)),
        "gränsen är uppgiften med två siffror ombytta": underlag(
            planmål=lambda u: tuple(
                m.model_copy(update={"gräns": Decimal("647801.07")}) if m.id == "E2b" else m for m in u.planmål
            )
        ),
        "planen har en högre gräns än rekommendationen": rad("planmål", 37, övre=Decimal(30)),
    },
}


def räknas_om(ny: Räkenskapsår, år: Räkenskapsår) -> bool:
    """Whether a change is of what the facts are made of."""
    blad = ("uppgifter", "mål", "planmål", "deltagare", "indikatorer", "flerårsöversikt")
    skilda = [getattr(ny.underlag, ett) is not getattr(år.underlag, ett) for ett in blad]
    return any((*skilda, ny.bokföring.år is not år.bokföring.år, ny.kontoplan is not år.kontoplan))


def sagt(bok: Årsbok | Planbok, ändra, kod: str) -> list[Finding]:  # type: ignore[no-untyped-def]
    """What a check finds after a change."""
    år = ändra(bok.år)
    r = redovisa(år) if räknas_om(år, bok.år) else replace(bok.redovisning, år=år)
    [kontroll] = [k for k in KONTROLLER if k.kod == kod and k.görs_i(år.rapport)]
    return [f for f in kontrollera_en(kontroll, r) if f.nivå not in ("ok", "ej prövad")]


@pytest.fixture(scope="module")
def plan() -> Planbok:
    return öppna("exempelforbundet", 2026, "verksamhetsplan", inputs=INPUTS)


def test_every_break_is_told(exempel: Årsbok, plan: Planbok) -> None:
    for bok, brott, fil in ((exempel, BROTT, "arsredovisning"), (plan, PLANBROTT, "verksamhetsplan")):
        rader = []
        for kod, lägen in brott.items():
            for läge, ändra in lägen.items():
                funna = sagt(bok, ändra, kod)
                assert funna, läge
                rader += [f"{läge}:", *(f"  {f.kod} {f.nivå} ({f.källa}) {f.text}" for f in funna)]
        jämför("\n".join(rader), FACIT / f"{fil}.txt")


NÄSTAN = {
    "C42": {
        "etiketten säger mer": kostnadsetikett("vagen_vidare", "Vägen vidare (till och med juni)"),
        "insatsen har ett annat id": kostnadsetikett("kompassen", "Insatsen Kompassen"),
    },
    "C50": {
        "bokförd två gånger och rättad": verifikationer(och_återtagen),
        "två små avgifter samma dag": verifikationer(
            lambda alla: [
                replace(v, rader=tuple(replace(rad, belopp=rad.belopp / 100) for rad in v.rader)) if v in (a, b) else v
                for alla_ in (bokförd_igen(alla),)
                for a, b in ((faktura(alla), alla_[-1]),)
                for v in alla_
            ]
        ),
        "en serie börjar på 160": verifikationer(
            lambda alla: [replace(v, nummer=str(int(v.nummer) + 159)) if v.serie == "A" else v for v in alla]
        ),
        "serierna delar en nummerföljd": verifikationer(
            lambda alla: [replace(v, nummer=str(nr)) for nr, v in enumerate(alla, 1)]
        ),
        "en serie utan nummer": verifikationer(
            lambda alla: [replace(v, nummer="1") if v.serie == "A" else v for v in alla]
        ),
    },
    "C51": {
        "ett konto med ett eget namn": kontonamn("7611", "Avgift till Nationella nätverket"),
        "ett koncernkonto bland fordringarna": lambda år: kontopost("1631", "br.kassa_bank")(
            kontonamn("1631", "Koncernkonto, bank hos Granviks kommun")(år)
        ),
        "en not om något eget": notrubrik("skulder", "Korta skulder vid årets slut"),
    },
    "C52": {
        "insatsägaren är medlemmen och några till": insats(insatsägare="Granviks kommun med Hällsta kommun"),
        "insatsägaren är en förvaltning": insats(insatsägare="Arbetsmarknadsenheten i Granviks kommun"),
        "en grannkommun i en text": text(
            "uppdrag", "I länet finns också Norra Skoga och Hallsberg, som har ett eget förbund."
        ),
        "länets kommuner i stället för deras namn": text(
            "organisation",
            "Medlemmar i förbundet är staten (genom Försäkringskassan), Region Exempellän och länets kommuner.",
        ),
        "medlemmarna är något annat": text(
            "organisation", "Medlemmarna är överens: Granvik, Hällsta och Mossby börjar."
        ),
        "texten räknar upp en som lämnar under året": medlem_som("mossby", till=date(2025, 6, 30)),
        "flera fakturerar var sin del": med_text("insats_kompassen", "Hällsta kommun har fakturerat sin del."),
        "några av kommunerna och en annan": med_text("handelser", "Hällsta, Mossby och Norrby kommuner samverkar."),
        "målområdena i andra ord": text(
            "god_ekonomisk_hushallning", "Målen har fyra områden: individerna, samverkan, kommunikationen och ekonomin."
        ),
        "flera driver den": med_text("handelser", "Kompassen drivs av Mossby kommun och Granvik."),
        "en annan var ägare förut": med_text("insats_kompassen", "Tidigare var Mossby kommun insatsägare."),
        "någon annan betalar tillbaka något annat": med_text("handelser", "Hällsta kommun betalade tillbaka hyran."),
        "faktarutan har flera parter": faktaruta("Insatsägare och parter", "Ängby kommun och Granvik."),
        "förbundschefen är anställd av förbundet och lånas ut": med_text(
            "handelser", "Ekonomen har träffat revisorerna, som köps av Hällsta kommun till och med {år}."
        ),
        "en text som inte räknar upp medlemmarna": text("organisation", "Av medlemmarna deltog Granvik och Hällsta."),
    },
    "C61": {"en ersättare skriver under för en ledamot": rad("undertecknare", 9, roll="Tjänstgörande ersättare")},
    "C71": {
        "en fråga räknas ur svaren": rad("indikatorer", 7, andel=None, svar=None, enkätfråga="nytta"),
        "någon hoppade över en fråga": rad("enkätsvar", 18, antal=4),
    },
    "C94": {
        "kansliets eget objekt": på_objekt("6511", "1", "210"),
        "kontot är insatsens eget": på_objekt("4511", "6", "KOM"),
        "ett konto i balansräkningen": på_objekt("1711", "6", "KOM"),
    },
    "C53": {
        "två vice ordförande": rad("undertecknare", 6, roll="Andre vice ordförande"),
        "två med samma efternamn": rad("undertecknare", 6, namn="Cilla Exempelsson"),
    },
    "C37": {
        "andelen är avrundad": rad("indikatorer", 10, andel=Decimal("91.7")),
        "utan svar": rad("indikatorer", 10, svar=None),
        "ingen fråga är besvarad": rad("indikatorer", 10, andel=Decimal(0)),
    },
    "C57": {
        "ett mål som är strängare än rekommendationen": ändra_mål("eko_kapital", övre=Decimal(15)),
        "utfallet med två decimaler": ändra_mål("kompassen_vidare", utfall=Decimal("52.70")),
        "stycket har tal ur båda noterna": byt_i_text(
            "finansiering", "{not:intakter}", "{not:intakter} och {br.kortfristiga_skulder | kr} {not:skulder}"
        ),
        "förra årets deltagare är samma": förra_årets_rapport(0),
        "en uppgift som inte är nära något": ändra_uppgift("rakenskapsrevision", Decimal(36750)),
        "avskrivet på fem år räknat från månaden efter": ändra_uppgift("nyttjandeperiod", Decimal(5)),
        "avvikelsen var att något inte gjordes": kontrollerat("med anmärkning", "Inte alla fakturor var attesterade."),
        "flyttad och därför inte gjord": kontrollerat("ej genomförd", "Alla kontroller flyttas till nästa år."),
        "åtgärdat genom det som nu ska göras": anmärkt("åtgärdat", "Planen har fått en tid då det ska göras."),
        "färre än målet": ändra_mål("kom_dagar", aktivitet="Dagarna fick färre deltagare än målet."),
        "inte fler än målet": ändra_mål("kom_dagar", aktivitet="Det var inte fler än målet."),
        "mer än ett annat mål": ändra_mål("kom_dagar", aktivitet="Det är fler än målet för våren."),
        "åtgärdat så att inget mer återstår att besluta": anmärkt(
            "åtgärdat", "Inga medel betalas innan avtalet finns."
        ),
        "utan anmärkning och inga avvikelser": kontrollerat("utan anmärkning", "Stickprov på tjugo; inga avvikelser."),
        "en ordförande i något annat": med_text(
            "organisation", "Styrgruppens ordförande Eva Mallexempel leder mötena."
        ),
        "ordförande i en grupp": med_text("organisation", "Eva Mallexempel är ordförande i styrgruppen."),
        "ordföranden är en av ledamöterna": med_text("organisation", "Ledamot är Ada Exempelsson, som leder mötena."),
        "den som är ordförande så länge": med_text("organisation", "Tf ordförande Bo Påhittberg ledde mötet."),
        "den tidigare ordföranden": med_text("organisation", "Tidigare ordförande var Eva Mallexempel."),
        "rätt roller": med_text("organisation", "Ada Exempelsson (ordförande) och vice ordförande Bo Påhittberg."),
        "ej åtgärdat men på väg": anmärkt("ej åtgärdat", "Frågan har tagits upp med styrelsen."),
    },
    "C19": {"så många fler kom som deltog": antal("kompassen", "totalt", 0)},
    "C56": {
        "en del av bankkostnaderna är tillbaka": saldo("res", "8571", -2000),
        "skattekontot är tomt": saldo("ub", "1631", -1917),
    },
    "C55": {
        "räkenskapsrevisionen är hela revisionen": ändra_uppgift("rakenskapsrevision", Decimal(68340)),
    },
}
PLANNÄSTAN = {
    "C73": {
        "resultatet efter räntan": förra_uppgiften("budget_nasta_ar", Decimal(68000)),
        "tjänsten är större": ändra_uppgift("ekonom_omfattning", Decimal(25)),
        "beloppet är ett annat": ändra_uppgift("omfordelning", Decimal(31000)),
    },
    "C54": {
        "ett styrelsemöte på en torsdag": rad("möten", 10, datum=date(2026, 6, 11)),
        "ett möte utan klockslag": rad("möten", 5, start="", slut=""),
        "två möten samma dag": rad("möten", 14, datum=date(2026, 10, 9)),
        "ett projekt utan slut": rad("projekt", 4, tid="Från hösten 2027"),
        "ett projekt över ett år": rad("projekt", 4, tid="2026–2026"),
    },
    "C57": {
        "kansliets arbete utan möte": rad("årshjul", 8, månad=7, organ="kansli"),
        "en punkt utan belopp": rad("beslut", 8, text="Resten avsätts till administration."),
    },
}


def test_what_is_nearly_a_break_is_not_told(exempel: Årsbok, plan: Planbok) -> None:
    for bok, nära in ((exempel, NÄSTAN), (plan, PLANNÄSTAN)):
        for kod, lägen in nära.items():
            for läge, ändra in lägen.items():
                assert [(läge, f.text) for f in sagt(bok, ändra, kod) if f.nivå != "upplysning"] == []


def test_withheld_counts_are_not_told(exempel: Årsbok) -> None:
    """A share of four answers is not shown, so what is wrong with it is not told with its figures."""
    [f] = sagt(exempel, rad("indikatorer", 10, andel=Decimal(88), svar=4), "C37")
    assert "visas ej" in f.text
    assert not {"88", "75"} & set(f.text.replace(",", " ").split())


def test_verifikationer_in_columns_answer_as_a_list() -> None:
    """What the reader knows by its columns is what looking at each gives."""
    b, _ = read_bokföring(INPUTS / "exempelforbundet" / "2025" / "bokforing.se")
    assert b is not None
    lista = Verifikationslista(b.verifikationer)
    assert list(b.verifikationer.huvuden()) == list(lista.huvuden())
    dubbla = Verifikationslista([*lista, lista[3], replace(lista[3], rader=lista[3].rader[::-1])])
    [grupp] = dubbla.likadana()
    assert {bokfört(ver) for ver in grupp} == {bokfört(lista[3])}
    assert list(b.verifikationer.likadana()) == list(lista.likadana()) == []


def test_holidays_of_a_year() -> None:
    dagar = [date.fromordinal(dag) for dag in range(date(2027, 1, 1).toordinal(), date(2028, 1, 1).toordinal())]
    assert [f"{dag:%m-%d} {helgdag(dag)}" for dag in dagar if helgdag(dag)] == [
        "01-01 nyårsdagen",
        "01-06 trettondedag jul",
        "03-26 långfredagen",
        "03-28 påskdagen",
        "03-29 annandag påsk",
        "05-01 första maj",
        "05-06 Kristi himmelsfärdsdag",
        "05-16 pingstdagen",
        "06-06 nationaldagen",
        "06-26 midsommardagen",
        "11-06 alla helgons dag",
        "12-25 juldagen",
        "12-26 annandag jul",
    ]


@pytest.mark.parametrize(("källa", "antal"), [("Beslut 2024-05-28", 1), ("Beslut 2025-03-11", 0)])
def test_a_project_is_changed_by_a_new_decision(exempel: Årsbok, källa: str, antal: int) -> None:
    då = PROJEKT.model_copy(update={"källa": "Beslut 2024-05-28"})
    nu = PROJEKT.model_copy(update={"källa": källa, "beviljat": Decimal(120000)})

    def ändra(år: Räkenskapsår) -> Räkenskapsår:
        förra = år.tidigare_underlag[år.årtal - 1].model_copy(update={"projektredovisning": (då,)})
        med_nytt = underlag(projektredovisning=lambda _: (nu,))(år)
        return replace(med_nytt, tidigare_underlag={**år.tidigare_underlag, år.årtal - 1: förra})

    assert len([f for f in sagt(exempel, ändra, "C73") if "Beviljat" in f.text]) == antal
