"""Verksamhetsplan med budget: three real förbund's figures as readable tables, the chain and the shares as laws."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from conftest import Färdig
from facit import INPUTS, jämför, som_text
from finsam.checks.finding import utfall
from finsam.checks.kontrollera import kontroller_i, kontrollera, kontrollera_en
from finsam.model.forbund import Rapportval
from finsam.model.plomb import Plombläge
from finsam.model.problem import Problem
from finsam.model.rakenskapsar import Publiceradrad, Publiceradtabell, Räkenskapsår, Textfil
from finsam.model.rapport import VERKSAMHETSPLAN
from finsam.model.underlag import Beslutspunkt, Planmål, Planrad
from finsam.oppna import öppna
from finsam.read.arsmapp import read_räkenskapsår
from finsam.report.analys.kalkyl import bidrag_per_medlem, vad_händer_om
from finsam.report.kalender import kalender
from finsam.report.planbok import Planbok
from finsam.statements.bidragslag import andelar_av, fördela
from finsam.statements.budgetplan import planår
from finsam.statements.redovisning import Redovisning, redovisa
from prov import antal

FACIT = Path(__file__).parent / "verksamhetsplan"
PLANER = (("sofint", 2026), ("sydnarke", 2025), ("lekeberg-orebro", 2024))
NOLL = Decimal(0)


@pytest.fixture(scope="module")
def planer() -> dict[str, Planbok]:
    return {förbund: öppna(förbund, år, "verksamhetsplan", inputs=INPUTS) for förbund, år in PLANER}


@pytest.fixture(scope="module")
def ren() -> Planbok:
    """The made-up förbund's plan, which has no findings."""
    return öppna("exempelforbundet", 2026, "verksamhetsplan", inputs=INPUTS)


@pytest.mark.parametrize("förbund", [f for f, _ in PLANER])
def test_tables_are_as_expected(planer: dict[str, Planbok], förbund: str) -> None:
    bok = planer[förbund]
    tabeller = [bok.resultatbudget, bok.detaljbudget]
    if "bidragsfordelning" in bok.tabeller:
        tabeller.append(bok.tabeller["bidragsfordelning"])
    jämför("\n\n".join(som_text(t) for t in tabeller), FACIT / f"{förbund}.txt")


@pytest.mark.parametrize("förbund", [f for f, _ in PLANER])
def test_findings_are_as_expected(planer: dict[str, Planbok], förbund: str) -> None:
    rader = (f"{f.kod} {f.nivå}: {f.text}" for f in planer[förbund].findings if f.nivå != "ok")
    jämför("\n".join(rader), FACIT / f"{förbund}_anmarkningar.txt")


def test_the_known_contradictions_are_found(planer: dict[str, Planbok]) -> None:
    """They come from the checks, with both figures, and not from a list."""
    sofint = " ".join(f.text for f in planer["sofint"].findings).replace("\u00a0", " ")
    assert "publicerat 844 741 kr, här 799 211 kr" in sofint
    assert "802 211" in sofint
    assert "publicerat −89 925 kr, här −92 925 kr" in sofint
    assert "fel enhet, kronor och tusen kronor" in sofint
    sydnärke = " ".join(f.text for f in planer["sydnarke"].findings).replace("\u00a0", " ")
    assert "4 628 000 kr i budgeten men 4 684 000 kr i fördelningen" in sydnärke
    assert "publicerat 582 700 kr, här 801 500 kr" in sydnärke
    assert "högst 300 000 kr, men budgeten ger 1 720 433 kr" in sydnärke


def test_a_plan_that_adds_up_gives_no_false_alarm(planer: dict[str, Planbok]) -> None:
    """Lekeberg och Örebro: only what the source truly lacks is pointed out."""
    funna = [f for f in planer["lekeberg-orebro"].findings if f.nivå in ("fel", "varning")]
    assert {f.kod for f in funna} == {"C25"}


BELOPP = st.none() | st.integers(0, 10**9).map(lambda öre: Decimal(öre).scaleb(-2))
TYPER = ("medlemsbidrag", "extern intäkt", "individinsats", "strukturinsats", "insats", "administration")
FINANSIELLA = ("finansiell intäkt", "finansiell kostnad")


@st.composite
def rader(draw: st.DrawFn) -> tuple[Planrad, ...]:
    antal = draw(st.integers(1, 12))
    return tuple(
        Planrad(
            id=f"r{nr}",
            benämning=f"Rad {nr}",
            typ=draw(st.sampled_from([*TYPER, *FINANSIELLA])),
            budget=draw(BELOPP),
            plan1=draw(BELOPP),
            plan2=draw(BELOPP),
        )
        for nr in range(antal)
    )


@settings(max_examples=antal(40, dyra=True))
@given(rader())
def test_the_chain_holds_for_any_budget(budgetplan: tuple[Planrad, ...]) -> None:
    grund = öppna("exempelforbundet", 2026, "verksamhetsplan", inputs=INPUTS).år if not _GRUND else _GRUND[0]
    _GRUND[:] = [grund]
    r = redovisa(replace(grund, underlag=grund.underlag.model_copy(update={"budgetplan": budgetplan})))
    före = None
    for del_, period in zip(("budget", "plan1", "plan2"), planår(r.år), strict=True):
        if r.fakta[f"budget.resultat/{period}"].värde is None:  # nothing is budgeted, so no capital is foretold
            assert r.fakta[f"budget.eget_kapital/{period}"].värde is None
            break
        tal = {
            id_: r.fakta[f"budget.{id_}/{period}"].värde or NOLL
            for id_ in ("resultat", "eget_kapital_ingaende", "eget_kapital")
        }
        väntat = sum(
            (
                (getattr(rad, del_) or NOLL) * (1 if "intäkt" in rad.typ or rad.typ == "medlemsbidrag" else -1)
                for rad in budgetplan
            ),
            NOLL,
        )
        assert tal["resultat"] == väntat
        assert tal["eget_kapital_ingaende"] + tal["resultat"] == tal["eget_kapital"]
        assert före is None or före == tal["eget_kapital_ingaende"]
        före = tal["eget_kapital"]
    assert not [f for f in kontrollera(r) if f.kod in ("C07", "C13", "C35") and f.nivå == "fel"]


_GRUND: list[Räkenskapsår] = []
VIKTER = st.dictionaries(
    st.text("abcdefgh", min_size=1, max_size=3), st.integers(1, 10**6).map(Decimal), min_size=1, max_size=8
)


@given(st.integers(0, 10**9).map(Decimal), VIKTER)
def test_shares_meet_the_amount_to_the_krona(belopp: Decimal, vikter: dict[str, Decimal]) -> None:
    delar = fördela(belopp, vikter)
    totalt = sum(vikter.values(), NOLL)
    assert sum(delar.values(), NOLL) == belopp
    assert all(abs(delar[n] - belopp * v / totalt) < 1 for n, v in vikter.items())


@given(VIKTER)
def test_rounded_shares_are_tenths_that_make_a_hundred(vikter: dict[str, Decimal]) -> None:
    andelar = andelar_av(vikter, "tiondels procent")
    assert sum(andelar.values(), NOLL) == 1
    assert all(andel * 1000 == (andel * 1000).to_integral_value() for andel in andelar.values())


def test_sofints_shares_of_2024_come_out_of_tenths() -> None:
    """51,9, 23,7, 14,5 and 9,9 per cent of 900 000, as the source has them."""
    andelar = {"lindesberg": "0.519", "nora": "0.237", "hallefors": "0.145", "ljusnarsberg": "0.099"}
    delar = fördela(Decimal(900000), {n: Decimal(a) for n, a in andelar.items()})
    assert list(map(int, delar.values())) == [467100, 213300, 130500, 89100]


Ändring = Callable[[Räkenskapsår], Räkenskapsår]


def plan(ändra: Callable[[tuple[Planrad, ...]], tuple[Planrad, ...]]) -> Ändring:
    return lambda år: replace(år, underlag=år.underlag.model_copy(update={"budgetplan": ändra(år.underlag.budgetplan)}))


def belopp(typ: str, faktor: int | Decimal, *delar: str) -> Ändring:
    """Multiply the amounts of a type of row."""
    return plan(
        lambda rader_: tuple(
            r.model_copy(update={d: (getattr(r, d) or NOLL) * faktor for d in delar}) if r.typ == typ else r
            for r in rader_
        )
    )


def text(namn: str, ord_: str | None) -> Ändring:
    def ändra(år: Räkenskapsår) -> Räkenskapsår:
        texter = {k: v for k, v in år.texter.items() if k != namn}
        if ord_ is not None:
            texter[namn] = Textfil(namn, ord_, f"text/{namn}.md")
        return replace(år, texter=texter)

    return ändra


def uppgift(id_: str, värde: object) -> Ändring:
    return lambda år: replace(
        år,
        underlag=år.underlag.model_copy(
            update={
                "uppgifter": tuple(
                    u.model_copy(update={"värde": värde}) if u.id == id_ else u for u in år.underlag.uppgifter
                )
            }
        ),
    )


def bidrag(**mer: int) -> Ändring:
    """Add to what members have decided for the budget year."""

    def ändra(år: Räkenskapsår) -> Räkenskapsår:
        rader = tuple(
            r.model_copy(update={"belopp": r.belopp + mer.get(r.medlem, 0)}) if r.år == år.årtal else r
            for r in år.underlag.medlemsbidrag
        )
        return replace(år, underlag=år.underlag.model_copy(update={"medlemsbidrag": rader}))

    return ändra


def mål(**fält: object) -> Ändring:
    nytt = Planmål(id="nytt", område="x", slag="mätpunkt", text="Nytt mål", **fält)  # type: ignore[arg-type]
    return lambda år: replace(år, underlag=år.underlag.model_copy(update={"planmål": (*år.underlag.planmål, nytt)}))


def publicerat(år: Räkenskapsår) -> Räkenskapsår:
    rad = Publiceradrad("Resultat", "budget.resultat", {"2026": Decimal(1)}, "kr")
    return replace(år, publicerat=(Publiceradtabell("b", "Budget", "", (rad,)),))


def statens_halva(år: Räkenskapsår) -> Räkenskapsår:
    """The state's contribution of the first plan year is not half of them."""

    def ändra(rader: tuple[Planrad, ...]) -> tuple[Planrad, ...]:
        return tuple(
            r.model_copy(update={"plan1": (r.plan1 or NOLL) + 900}) if r.id == "medlemsbidrag_staten" else r
            for r in rader
        )

    return plan(ändra)(år)


def utan_medlem(id_: str) -> Ändring:
    """A förbund that a member has left, its decisions unchanged."""
    return lambda år: replace(
        år,
        förbund=år.förbund.model_copy(update={"medlemmar": tuple(m for m in år.förbund.medlemmar if m.id != id_)}),
    )


def utan_invånare(id_: str) -> Ändring:
    def ändra(år: Räkenskapsår) -> Räkenskapsår:
        rader = (r.model_copy(update={"invånare": None}) if r.medlem == id_ else r for r in år.underlag.medlemsbidrag)
        return replace(år, underlag=år.underlag.model_copy(update={"medlemsbidrag": tuple(rader)}))

    return ändra


def avsnitt(*namn: str) -> Ändring:
    val = {"verksamhetsplan": Rapportval(avsnitt=namn)}
    return lambda år: replace(år, förbund=år.förbund.model_copy(update={"rapporter": val}))


def rad(blad: str, *nummer: int, **fält: object) -> Ändring:
    """Other values in some rows of a sheet."""

    def ändra(år: Räkenskapsår) -> Räkenskapsår:
        rader_ = (r.model_copy(update=fält) if r.rad in nummer else r for r in getattr(år.underlag, blad))
        return replace(år, underlag=år.underlag.model_copy(update={blad: tuple(rader_)}))

    return ändra


def förra_årets_bidrag(år: Räkenskapsår) -> Räkenskapsår:
    """A member's contribution of the year before too, which that year's workbook says is another."""
    bidrag_ = år.underlag.medlemsbidrag
    nytt = bidrag_[0].model_copy(update={"år": 2025, "belopp": bidrag_[0].belopp + 1})
    return replace(år, underlag=år.underlag.model_copy(update={"medlemsbidrag": (*bidrag_, nytt)}))


def samma_möte_igen(år: Räkenskapsår) -> Räkenskapsår:
    möten = år.underlag.möten
    return replace(år, underlag=år.underlag.model_copy(update={"möten": (*möten, möten[0])}))


def insatsbudget(år: Räkenskapsår) -> Räkenskapsår:
    insatser = tuple(i.model_copy(update={"budget": Decimal(1)}) for i in år.underlag.insatser)
    return replace(år, underlag=år.underlag.model_copy(update={"insatser": insatser}))


FALL: dict[str, tuple[str, str, Ändring]] = {
    "tal skrivet för hand": ("C10", "varning", text("vp_mal", "Vi har 17 mål.")),
    "bidragen skiljer": ("C14", "varning", belopp("medlemsbidrag", 2, "budget")),
    "en kommun har beslutat annat än fördelningen": ("C14", "varning", bidrag(granvik=1000, hallsta=-1000)),
    "förbundet har ingen region": ("C14", "fel", utan_medlem("regionen")),
    "en kommun har inga invånare angivna": ("C14", "varning", utan_invånare("granvik")),
    "budgeten är bortvald": ("C25", "fel", avsnitt("omslag", "inledning", "mal", "kontroller")),
    "målen är bortvalda": ("C25", "fel", avsnitt("omslag", "inledning", "budget", "kontroller")),
    "platshållare kvar i en text": ("C36", "fel", text("vp_mal", "Målet är ... procent.")),
    "pengar från andra än medlemmarna": (
        "C23",
        "upplysning",
        plan(lambda r: (*r, Planrad(id="eu", benämning="EU", typ="extern intäkt", budget=Decimal(5000)))),
    ),
    "statens andel är inte hälften": ("C12", "varning", bidrag(staten=5000)),
    "planen börjar inte där årsredovisningen slutade": ("C13", "varning", uppgift("eget_kapital_ingaende", Decimal(1))),
    "beslutet har ett skrivet belopp": (
        "C15",
        "fel",
        lambda år: replace(
            år,
            underlag=år.underlag.model_copy(update={"beslut": (Beslutspunkt(nr=1, text="582 700 kr till kansliet."),)}),
        ),
    ),
    "budgeten bryter målet": (
        "C16",
        "varning",
        mål(jämförelse="högst", gräns=Decimal(1), enhet="kr", fakta="budget.eget_kapital"),
    ),
    "gräns i fel enhet": (
        "C17",
        "varning",
        mål(jämförelse="högst", gräns=Decimal(10**7), enhet="tkr", fakta="budget.eget_kapital"),
    ),
    "beslutad för sent": ("C18", "varning", uppgift("beslutsdatum", date(2026, 1, 5))),
    "beslutad ett år för tidigt": ("C18", "varning", uppgift("beslutsdatum", date(2024, 11, 21))),
    "samrådet efter beslutet": ("C18", "varning", uppgift("samradsdatum", date(2025, 11, 28))),
    "besluten är inte nyckelns, och ingen ram trycks": (
        "C12",
        "varning",
        lambda år: uppgift("medlemsbidrag_ram", None)(bidrag(granvik=1000, hallsta=-1000)(år)),
    ),
    "budgetens bidrag ger ingen halva": ("C12", "varning", statens_halva),
    "belopp med minus": ("C40", "varning", belopp("administration", -1, "budget", "plan1", "plan2")),
    "ett år i tusen kronor": ("C40", "varning", belopp("administration", Decimal("0.001"), "plan1")),
    "alla år i tusen kronor": (
        "C40",
        "varning",
        belopp("administration", Decimal("0.001"), "budget", "plan1", "plan2"),
    ),
    "insatsen saknas i budgeten": (
        "C34",
        "varning",
        plan(lambda rader: tuple(rad for rad in rader if rad.id != "kompassen")),
    ),
    "insats av annat slag än sina kostnader": (
        "C42",
        "varning",
        lambda år: replace(
            år,
            underlag=år.underlag.model_copy(
                update={"insatser": tuple(i.model_copy(update={"slag": "struktur"}) for i in år.underlag.insatser)}
            ),
        ),
    ),
    "krymper fast kapitalet växer": (
        "C60",
        "varning",
        text("vp_vision", "Kapitalet krymper till {budget.eget_kapital[år+1] | kr}."),
    ),
    "fyra kommuner fast de är fem": ("C61", "varning", text("vp_vision", "De fyra kommunerna samverkar.")),
    "kommunallagen med fel nummer": ("C62", "varning", text("vp_vision", "Se kommunallagen (2017:752).")),
    "samma stycke i två texter": ("C63", "varning", lambda år: text("vp_vision", år.texter["vp_revision"].text)(år)),
    "ett möte står två gånger": ("C58", "varning", samma_möte_igen),
    "en tom text": ("C59", "varning", text("vp_vision", "\n")),
    "en annan insats text": (
        "C64",
        "varning",
        text("insats_kompassen", "Språksteget trappas ned till {budget.spraksteget | kr utan_tecken}."),
    ),
    "möte under ett annat år": (
        "C43",
        "varning",
        lambda år: replace(
            år,
            underlag=år.underlag.model_copy(
                update={
                    "möten": tuple(
                        m.model_copy(update={"datum": m.datum.replace(year=2027)}) for m in år.underlag.möten
                    )
                }
            ),
        ),
    ),
    "en medlem är inte den som texten räknar upp": ("C52", "varning", utan_medlem("angby")),
    "ändrad före beslutet": ("C54", "varning", uppgift("andringsdatum", date(2025, 4, 17))),
    "en tjänst på sexhundra procent": ("C55", "varning", uppgift("forbundschef_omfattning", Decimal(600))),
    "färre möten än det står": ("C57", "varning", uppgift("styrelsemoten", Decimal(8))),
    "personnummer i en text": ("C21", "fel", text("vp_mal", "Ring 640823-3234.")),
    "underskott utan skäl": (
        "C22",
        "varning",
        lambda år: text("vp_underskott", None)(belopp("administration", 9, "budget")(år)),
    ),
    "negativt eget kapital": ("C24", "varning", belopp("administration", 90, "budget", "plan1", "plan2")),
    "obligatorisk text saknas": ("C25", "fel", text("vp_finansiering", None)),
    "samrådet är inte daterat": ("C25", "varning", uppgift("samradsdatum", None)),
    "publicerat annat": ("C31", "varning", publicerat),
    "inläsningen anmärkte": (
        "C33",
        "varning",
        lambda år: replace(år, problem=(Problem("varning", "Något.", "underlag.xlsx"),)),
    ),
    "förra årets text": (
        "C36",
        "varning",
        lambda år: replace(
            år, texter={n: replace(t, märke="ej genomgången: rullad från 2025") for n, t in år.texter.items()}
        ),
    ),
    "plomben är inte hel": (
        "C26",
        "fel",
        lambda år: replace(år, plomb=Plombläge("2026/plomb.json", brott="händelse 1: ett tal är ändrat")),
    ),
    "insatsen har annan budget": ("C34", "fel", insatsbudget),
    "ett ord utan en bokstav": ("C70", "varning", text("vp_vision", "Medlemarna samverkar om stöd till den enskilde.")),
    "en mätpunkt i ett annat område": ("C71", "varning", rad("planmål", 5, område="samverkan")),
    "en krona från ett jämnt belopp": ("C72", "varning", rad("budgetplan", 35, plan1=Decimal(1999))),
    "ett tidigare års bidrag är ett annat": (
        "C73",
        "varning",
        förra_årets_bidrag,
    ),
    "kapitalet är bidraget": (
        "C74",
        "varning",
        text("vp_vision", "Det egna kapitalet vid årets slut är {budget.medlemsbidrag | kr}."),
    ),
    "en dag som inte finns": ("C75", "varning", text("vp_vision", "Den 31 november är sista dagen att svara.")),
    "två texter ombytta": (
        "C76",
        "varning",
        lambda år: text("vp_arshjul", år.texter["vp_budget"].text)(text("vp_budget", år.texter["vp_arshjul"].text)(år)),
    ),
    "ett mål som inte är ett mål": ("C80", "varning", rad("planmål", 36, slag="aktivitet")),
    "ett belopp saknas": ("C81", "varning", rad("budgetplan", 18, budget=None)),
    "det händer före och efter insatsen": (
        "C86",
        "varning",
        text("vp_mal", "De vet vad som händer efter insatsen. Alla vet vad som händer före insatsen."),
    ),
    "intäkterna heter kostnader": ("C82", "varning", rad("budgetplan", 4, summarad="Summa kostnader")),
    "ett avsnitt två gånger": ("C77", "varning", avsnitt("omslag", "budget", "omslag")),
    "rad utan grupp": (
        "C35",
        "fel",
        plan(lambda r: (*r, Planrad(id="los", benämning="Lös", typ="administration", grupp="finns_inte"))),
    ),
}
ALLTID = {"C07", "C08"}
"""Held by how facts are made (tried by the chain above)."""


@pytest.mark.parametrize("fall", FALL)
def test_check_can_fail(ren: Planbok, fall: str) -> None:
    kod, nivå, ändra = FALL[fall]
    assert (kod, nivå) not in {(f.kod, f.nivå) for f in ren.findings}
    r = redovisa(ändra(ren.år))
    funna = (f for ett in kontroller_i(VERKSAMHETSPLAN) if ett.kod == kod for f in kontrollera_en(ett, r))
    assert (kod, nivå) in {(f.kod, f.nivå) for f in funna}


@pytest.mark.parametrize("ram", ["1", "3", "4279999", "4280001.50"])
def test_a_split_of_any_amount_is_the_amount(ren: Planbok, ram: str) -> None:
    """Rounding of the kommuner's part to whole kronor is no fel; that members have decided otherwise is."""
    funna = [
        f.text for f in kontrollera(redovisa(uppgift("medlemsbidrag_ram", Decimal(ram))(ren.år))) if f.kod == "C14"
    ]
    assert not [text for text in funna if "ramen är" in text]
    assert len([text for text in funna if "har beslutat" in text]) >= (7 if Decimal(ram) < 9 else 0)


def test_a_member_with_another_decision_is_told_with_both_amounts(ren: Planbok) -> None:
    """Without the region the kommuner give half, which is twice what they have decided."""
    funna = [f for f in kontrollera(redovisa(utan_medlem("regionen")(ren.år))) if (f.kod, f.nivå) == ("C14", "fel")]
    assert len(funna) == 5
    assert (funna[0].text.replace("\u00a0", " "), funna[0].differens) == (
        "Granviks kommun har beslutat 413 109 kr men fördelningen, som trycks, ger 826 217 kr; 413 108 kr skiljer.",
        Decimal(-413108),
    )


def test_every_check_has_a_case() -> None:
    assert {p.kod for p in kontroller_i(VERKSAMHETSPLAN)} - {kod for kod, _, _ in FALL.values()} == ALLTID


def test_the_chain_check_can_fail(ren: Planbok, monkeypatch: pytest.MonkeyPatch) -> None:
    from finsam.checks import verksamhetsplan as v

    nyckel = "budget.eget_kapital/2027"
    fel = {**ren.fakta, nyckel: replace(ren.fakta[nyckel], värde=Decimal(1))}
    r = Redovisning(ren.år, fel, ren.fakta)  # type: ignore[arg-type]
    assert {f.kod for f in utfall(v.check_kedja(r))[0]} == {"C13"}


def test_the_clean_plan_has_no_findings(ren: Planbok) -> None:
    assert [f for f in ren.findings if f.nivå in ("fel", "varning")] == []


def test_original_and_revised_budget_are_both_shown(ren: Planbok) -> None:
    tabell = ren.tabeller["budget_reviderad"]
    assert [k.rubrik for k in tabell.tabell.kolumner] == ["Ursprunglig budget", "Reviderad budget"]
    assert tabell.json()[0]["rader"]


def test_what_if_changes_eget_kapital_by_what_was_changed(planer: dict[str, Planbok]) -> None:
    df = vad_händer_om(planer["sydnarke"], 0, "ciceron", 919800)
    assert list(df["eget kapital med ändringen"] - df["eget kapital i budgeten"]) == [1000000, 2092300, 2584100]


def test_raised_bidrag_is_split_to_the_krona(planer: dict[str, Planbok]) -> None:
    df = bidrag_per_medlem(planer["sydnarke"], 2.0)
    sista = df.columns[-1]
    assert df[sista].iloc[:-1].sum() == df[sista].iloc[-1] == 4777680


def test_meetings_are_a_calendar(planer: dict[str, Planbok]) -> None:
    ics = kalender(planer["sofint"].år, planer["sofint"].tyda)
    assert ics.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert ics.count("BEGIN:VEVENT") == len(planer["sofint"].år.underlag.möten) > 5
    assert "DTSTART:20260206T093000\r\nDTEND:20260206T120000" in ics
    assert all(len(rad.encode()) <= 75 for rad in ics.split("\r\n"))


def test_the_whole_plan_is_made(färdig: Färdig) -> None:
    ut = färdig("sofint", 2026, "verksamhetsplan")
    kod, utskrift = json.loads((ut / "svar.json").read_text("utf-8"))
    assert kod == 0, utskrift
    katalog = ut / "sofint" / "2026" / "verksamhetsplan"
    for fil in ("verksamhetsplan.html", "verksamhetsplan.pdf", "verksamhetsplan.xlsx", "rapport.json", "moten.ics"):
        assert (katalog / fil).stat().st_size > 500
    sida = (katalog / "verksamhetsplan.html").read_text("utf-8")
    figurer = html.fromstring(sida).xpath("//main//data[@data-fakta='budget.eget_kapital/2027']")
    assert "799\u00a0211" in {figur.text_content() for figur in figurer}
    assert "diagram-arshjul" in sida


def test_a_plan_tells_its_year_in_figures(planer: dict[str, Planbok]) -> None:
    """The budget and the plan after it; what the förbund has chosen of a year that has been is not told."""
    bok = planer["sofint"]
    sida = html.fromstring(bok.året_i_siffror.html())
    staplar = [stapel.text_content() for stapel in sida.find_class("mini")[2].find_class("stapel")]
    assert [" ".join(ord_.split()) for ord_ in staplar] == ["310 2026", "−410 2027", "−573 2028"]
    assert [namn for namn, _, _ in bok.nyckeltal][1:] == [
        "Budgeterat resultat",
        "Budgeterat eget kapital vid årets slut",
    ]
    val = {"året_i_siffror": ("soliditet", "deltagare.vagskalet.totalt", "insatser")}
    egen = replace(bok.år, förbund=bok.år.förbund.model_copy(update=val))
    kort = Planbok(replace(bok.redovisning, år=egen)).året_i_siffror
    assert [ett.namn.klartext for ett in kort.kort] == ["Budget för insatser"]  # type: ignore[attr-defined]


def test_a_year_may_have_both_reports(tmp_path: Path) -> None:
    """Words on an insats are the årsredovisning's when there is a ledger; the plan then has its own, vp_…"""
    inputs = tmp_path / "inputs"
    shutil.copytree(INPUTS / "exempelforbundet", inputs / "exempelforbundet")
    förbund = inputs / "exempelforbundet"
    text = förbund / "2026" / "text"
    (text / "insats_kompassen.md").rename(text / "vp_insats_kompassen.md")
    for fil in text.glob("*.md"):
        if fil.name.startswith(("vp_", "insats_", "malomrade_")):
            shutil.copy(fil, förbund / "2025" / "text" / f"vp_{fil.name.removeprefix('vp_')}")
    funna = öppna("exempelforbundet", 2025, inputs=inputs).findings
    assert {(f.kod, f.nivå) for f in funna if f.nivå not in ("ok", "ej prövad")} == {
        ("C08", "upplysning"),
        ("C21", "upplysning"),
        ("C33", "upplysning"),
    }
    plan_ = öppna("exempelforbundet", 2026, "verksamhetsplan", inputs=inputs)
    assert "vp_insats_kompassen" in plan_.år.texter
    assert not [f for f in plan_.findings if f.nivå in ("fel", "varning")]
    delade = read_räkenskapsår("exempelforbundet", 2026, inputs, "verksamhetsplan").texter
    (förbund / "2026" / "bokforing.se").write_bytes((förbund / "2025" / "bokforing.se").read_bytes())
    med_bok = read_räkenskapsår("exempelforbundet", 2026, inputs, "verksamhetsplan").texter
    assert {n for n in delade if not n.startswith("vp_")} == set(delade) - set(med_bok) != set()
