"""What becomes of each sheet: kept, emptied or prepared, and never an invented figure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from pydantic import Field

from facit import INPUTS, jämför
from finsam.begin.ar.blad import REGLER, Rullning, rulla_blad
from finsam.begin.ar.underlag import RullatUnderlag, rulla_underlag
from finsam.begin.ar.ur_arsredovisning import plan_ur_årsredovisning
from finsam.begin.ar.ur_plan import _mål
from finsam.begin.mall import write_underlag
from finsam.model.fakta import Faktabas, Saldon
from finsam.model.rapport import RAPPORTER, VERKSAMHETSPLAN, ÅRSREDOVISNING
from finsam.model.underlag import (
    BLAD,
    Budgetrad,
    Deltagarrad,
    Faktaruterad,
    Flerårsrad,
    Insats,
    Målområde,
    Målrad,
    Planmål,
    Planrad,
    Undantag,
    Underlag,
    Underlagsrad,
    Underskott,
    Uppgift,
)
from finsam.oppna import öppna
from finsam.read.underlag.underlag import I_UNDERLAGET, read_underlag
from finsam.report.bok import Bok
from finsam.statements.redovisning import redovisa
from prov import urval

from .blad import som_text

HÄR = Path(__file__).parent
TOM = Rullning(2024, 2025, Faktabas("2024", Saldon({})))


@cache
def bok(förbund: str, år: int, rapport: str = "arsredovisning") -> Bok:
    return öppna(förbund, år, rapport, inputs=INPUTS)


def rulla(underlag: Underlag, **ändrat: object) -> RullatUnderlag:
    """SOFINT's 2024 with another underlag, rolled to 2025."""
    år = replace(bok("sofint", 2024).år, underlag=underlag, **ändrat)
    return rulla_underlag({ÅRSREDOVISNING: type(bok("sofint", 2024))(redovisa(år))}, 2025, None)


@pytest.mark.parametrize(
    ("förbund", "år", "rapport"),
    urval(
        [
            ("sofint", 2024, "arsredovisning"),
            ("exempelforbundet", 2026, "verksamhetsplan"),
            ("tvealven", 2025, "arsredovisning"),
        ],
        ("sofint", 2024, "arsredovisning"),
    ),
)
def test_the_workbook_as_it_is_seen(förbund: str, år: int, rapport: str, tmp_path: Path) -> None:
    rullat = rulla_underlag({RAPPORTER[rapport]: bok(förbund, år, rapport)}, år + 1)
    write_underlag(tmp_path / "underlag.xlsx", rullat.underlag, rullat.väntar)
    jämför(som_text(tmp_path / "underlag.xlsx"), HÄR / f"{förbund}_{år + 1}_underlag.txt")


@pytest.mark.parametrize(
    ("förbund", "år", "rapport"),
    urval(
        [
            ("sofint", 2020, "arsredovisning"),
            ("sofint", 2024, "arsredovisning"),
            ("exempelforbundet", 2025, "arsredovisning"),
            ("sofint", 2026, "verksamhetsplan"),
            ("sydnarke", 2025, "verksamhetsplan"),
            ("lekeberg-orebro", 2024, "verksamhetsplan"),
        ],
        ("sofint", 2024, "arsredovisning"),
        ("sydnarke", 2025, "verksamhetsplan"),
    ),
)
def test_every_workbook_is_read_without_remark(förbund: str, år: int, rapport: str, tmp_path: Path) -> None:
    """The rows that are written are read back the same, and those that are prepared are passed over."""
    rullat = rulla_underlag({RAPPORTER[rapport]: bok(förbund, år, rapport)}, år + 1)
    write_underlag(tmp_path / "underlag.xlsx", rullat.underlag, rullat.väntar)
    läst, problem = read_underlag(tmp_path / "underlag.xlsx", "underlag.xlsx")
    assert problem == []
    for fält in I_UNDERLAGET.values():
        rader = [rad.model_copy(update={"rad": 0}) for rad in getattr(rullat.underlag, fält)]
        assert [rad.model_copy(update={"rad": 0}) for rad in getattr(läst, fält)] == rader


def test_no_outcome_of_the_earlier_year_is_read_as_the_new_years() -> None:
    for förbund, år in (("sofint", 2024), ("exempelforbundet", 2025)):
        nytt = rulla_underlag({ÅRSREDOVISNING: bok(förbund, år)}, år + 1).underlag
        assert nytt.uppgifter
        assert {u.värde for u in nytt.uppgifter} == {None}
        assert {(m.utfall, m.bedömning, m.aktivitet, m.kommentar) for m in nytt.mål} == {(None, "", "", "")}
        assert {(i.budget, i.beviljat, i.bedömning) for i in nytt.insatser} == {(None, None, "")}
        assert {rad.år for rad in (*nytt.budget, *nytt.medlemsbidrag, *nytt.deltagare)} == {år}
        assert nytt.insatsekonomi == nytt.indikatorer == nytt.undantag == ()


def test_a_sheet_without_a_rule_is_prepared_without_its_figures() -> None:
    class Svar(Underlagsrad):
        """A sheet that is not known here."""

        blad = "Enkätsvar"
        om = "Svar."
        insats: str = Field(alias="Insats")
        år: int = Field(alias="År")
        svar: int = Field(alias="Svar")
        andel: Decimal | None = Field(default=None, alias="Andel")
        dag: date | None = Field(default=None, alias="Dag")
        källa: str = Field(default="", alias="Källa")

    rader = tuple(Svar(insats="teamet", år=år, svar=3, andel=Decimal(4), källa="NNS") for år in (2023, 2024))
    blad = rulla_blad(Svar, rader, TOM)
    assert blad.rader == ()
    assert blad.väntar == ({"insats": "teamet", "år": 2025, "svar": None, "andel": None, "dag": None, "källa": None},)


def test_the_rules_are_for_sheets_there_are() -> None:
    assert set(REGLER) <= set(BLAD)


def insats(id_: str, från: date | None, till: date | None) -> Insats:
    return Insats(id=id_, namn=id_, slag="individ", funktion="individ.coachingteamet", från=från, till=till)


INSATSER = (
    insats("utan_slut", None, None),
    insats("pagar", date(2023, 5, 1), date(2025, 3, 31)),
    insats("arsvis", date(2024, 1, 1), date(2024, 12, 31)),
    insats("slut", date(2022, 5, 1), date(2024, 6, 30)),
)


def test_insatser_go_on_unless_they_have_ended() -> None:
    rullat = rulla(Underlag(insatser=INSATSER))
    assert [(i.id, i.från, i.till) for i in rullat.underlag.insatser] == [
        ("utan_slut", None, None),
        ("pagar", date(2023, 5, 1), date(2025, 3, 31)),
        ("arsvis", None, None),
    ]
    assert rullat.avslutade == ("slut",)
    assert "Avslutade insatser följer inte med: slut. De står som anteckningar i bladet Insatser." in rullat.att_säga


def test_an_insats_with_costs_in_the_new_ledger_goes_on() -> None:
    blad = rulla_blad(Insats, INSATSER, replace(TOM, pågår=frozenset({"slut"})))
    assert [rad.id for rad in blad.rader if isinstance(rad, Insats)][-1] == "slut"


def test_rows_of_an_ended_insats_or_a_missing_fact_are_prepared_and_so_are_those_that_need_them() -> None:
    underlag = Underlag(
        insatser=INSATSER,
        målområden=(Målområde(id="o", namn="O", mål="Av {deltagare.arsvis.totalt | antal}."),),
        mål=(Målrad(id="m", område="o", slag="delmål", mål="M", jämförelse="minst", gräns=Decimal(4), enhet="antal"),),
        faktarutor=(
            Faktaruterad(insats="slut", rubrik="Syfte", text="Ord."),
            Faktaruterad(insats="arsvis", rubrik="Gräns", text="{mal.m.grans | antal}"),
            Faktaruterad(insats="arsvis", rubrik="Tid", text="Under 2024, {år}."),
        ),
        deltagare=(
            Deltagarrad(insats="arsvis", mått="totalt", benämning="Alla", år=2024, antal=9),
            Deltagarrad(insats="slut", mått="totalt", benämning="Alla", år=2024, antal=9),
        ),
    )
    rullat = rulla(underlag)
    assert [rad.text for rad in rullat.underlag.faktarutor] == ["Under {år}, {år}."]
    assert rullat.underlag.målområden == rullat.underlag.mål == ()
    assert [rad["rubrik"] for rad in rullat.väntar[Faktaruterad]] == ["Syfte", "Gräns"]
    assert [rad["insats"] for rad in rullat.väntar[Deltagarrad]] == ["arsvis"]
    assert (
        "Rader i Målområden, Mål och Faktarutor hänvisar till siffror som inte finns än (3 st); de är bara "
        in " ".join(rullat.att_säga)
    )


def test_those_who_went_on_are_proposed_as_those_to_begin_with() -> None:
    rader = tuple(
        Deltagarrad(insats="arsvis", mått=mått, benämning=mått, år=2024, kön=kön, antal=antal, källa="SUS")
        for mått, kön, antal in (("pagaende_in", "", 5), ("pagaende_in", "män", 2), ("pagaende_ut", "", 8))
    )
    blad = rulla_blad(Deltagarrad, rader, TOM)
    assert blad.rader == rader
    assert [(r["mått"], r["kön"], r["år"], r["antal"], r["källa"]) for r in blad.väntar] == [
        ("pagaende_in", "", 2025, 8, "Pågående vid utgången av 2024"),
        ("pagaende_in", "män", 2025, None, ""),
        ("pagaende_ut", "", 2025, None, None),
    ]


def test_a_waiver_is_for_its_year() -> None:
    undantag = Undantag(kod="C20", skäl="Skäl", namn="Ek Onom", datum=date(2025, 2, 1))
    rullat = rulla(Underlag(undantag=(undantag,)))
    assert rullat.underlag.undantag == ()
    assert "Undantagen gällde 2024 och följer inte med." in rullat.att_säga


def test_a_fact_named_with_its_year_moves_with_the_year() -> None:
    underlag = Underlag(
        målområden=(Målområde(id="o", namn="O"),),
        mål=(Målrad(id="m", område="o", slag="delmål", mål="M", fakta="br.eget_kapital/2023"),),
    )
    assert rulla(underlag).underlag.mål[0].fakta == "br.eget_kapital/2024"


def test_labels_that_name_a_year_are_told() -> None:
    underlag = Underlag(
        uppgifter=(Uppgift(id="a", benämning="Hyra 2024", enhet="kr"), Uppgift(id="b", benämning="B", enhet="kr"))
    )
    assert "I bladet Uppgifter nämns år: ”Hyra 2024”. Stämmer det 2025?" in rulla(underlag).att_säga


def test_the_plan_moves_a_year_and_its_amounts_are_only_proposed_as_budget() -> None:
    plan = (
        Planrad(id="kommunerna", benämning="Bidrag", typ="medlemsbidrag", budget=Decimal(90), plan1=Decimal(95)),
        Planrad(
            id="teamet", benämning="T", typ="individinsats", budget=Decimal(50), plan1=Decimal(55), plan2=Decimal(60)
        ),
        Planrad(id="dag", benämning="D", typ="strukturinsats", budget=Decimal(5), plan1=Decimal(6)),
        Planrad(
            id="kansli", benämning="K", typ="administration", budget=Decimal(20), plan1=None, ursprunglig=Decimal(1)
        ),
    )
    gammal = Budgetrad(post="administration", år=2024, belopp=Decimal(20), enhet="kr", version="ursprunglig")
    år = replace(bok("sofint", 2024).år, underlag=Underlag(budgetplan=plan, budget=(gammal,)))
    böcker = {
        ÅRSREDOVISNING: type(bok("sofint", 2024))(redovisa(år)),
        VERKSAMHETSPLAN: type(bok("sofint", 2026, "verksamhetsplan"))(redovisa(replace(år, rapport=VERKSAMHETSPLAN))),
    }
    rullat = rulla_underlag(böcker, 2025)
    assert [(r.id, r.budget, r.plan1, r.plan2, r.ursprunglig) for r in rullat.underlag.budgetplan] == [
        ("kommunerna", 95, None, None, None),
        ("teamet", 55, 60, None, None),
        ("dag", 6, None, None, None),
        ("kansli", None, None, None, None),
    ]
    assert rullat.underlag.budget == (gammal,)
    assert [(r["post"], r.get("belopp"), r.get("källa")) for r in rullat.väntar[Budgetrad]] == [
        ("medlemsbidrag", 95, "Verksamhetsplan 2024, plan för 2025; inte beslutad budget"),
        ("projektmedel", 61, "Verksamhetsplan 2024, plan för 2025; inte beslutad budget"),
        ("administration", None, None),
    ]
    assert any(text.startswith("Bladet Budget har planens siffror för 2025 som förslag.") for text in rullat.att_säga)


def test_insatser_that_the_plan_has_not_divided_by_kind_are_proposed_for_no_kind() -> None:
    rad = Planrad(id="x", benämning="X", typ="insats", budget=Decimal(5), plan1=Decimal(6))
    exempel = bok("exempelforbundet", 2025)
    gammal = Budgetrad(post="individ", år=2025, belopp=Decimal(20), enhet="kr", version="ursprunglig")
    år = replace(exempel.år, underlag=Underlag(budgetplan=(rad,), budget=(gammal,)))
    böcker = {
        ÅRSREDOVISNING: type(exempel)(redovisa(år)),
        VERKSAMHETSPLAN: type(bok("sofint", 2026, "verksamhetsplan"))(redovisa(replace(år, rapport=VERKSAMHETSPLAN))),
    }
    väntar = {r["post"]: r.get("belopp") for r in rulla_underlag(böcker, 2026).väntar[Budgetrad]}
    assert väntar == {"medlemsbidrag": None, "individ": None, "struktur": None, "administration": None}


def test_goals_of_a_plan_keep_their_words_and_their_year_moves() -> None:
    plan = bok("exempelforbundet", 2026, "verksamhetsplan")
    nya = {m.id: m for m in rulla_underlag({VERKSAMHETSPLAN: plan}, 2027, None).underlag.planmål}
    gamla = {m.id: m for m in plan.år.underlag.planmål}
    assert isinstance(nya["E1b"], Planmål)
    assert nya["E1b"].text == gamla["E1b"].text
    assert (gamla["E1b"].fakta, nya["E1b"].fakta) == ("budget.kapitalandel/2027", "budget.kapitalandel/2028")


def test_a_deficit_is_told_of_until_the_report_no_longer_looks_back_to_it() -> None:
    åter = Underskott(år=2022, underskott=Decimal(9), förut=Decimal(9))
    gammalt = åter.model_copy(update={"år": 2021})
    kvar = gammalt.model_copy(update={"förut": Decimal(5), "i_år": Decimal(1)})
    rader = rulla_blad(Underskott, (åter, gammalt, kvar), TOM).rader
    assert [(rad.år, rad.förut, rad.i_år) for rad in rader] == [(2022, 9, 0), (2021, 6, 0)]


def test_the_limit_of_a_goal_is_named_by_the_report_that_it_is_in() -> None:
    """The rows of a plan have other names than those of an årsredovisning, and the words that name them follow."""
    mål = Målrad(
        id="kapital",
        område="ekonomi",
        slag="delmål",
        mål="Högst {mal.kapital.grans | kr}.",
        mätpunkt="Kapitalet",
        jämförelse="högst",
        gräns=Decimal(5),
        enhet="kr",
    )
    år = bok("exempelforbundet", 2025).år
    område = Målområde(id="ekonomi", namn="Ekonomi")
    underlag = år.underlag.model_copy(update={"mål": (mål,), "målområden": (område,), "deltagare": ()})
    källa = type(bok("exempelforbundet", 2025))(redovisa(replace(år, underlag=underlag)))
    plan = plan_ur_årsredovisning(källa, 2026)[Planmål]
    assert [rad.text for rad in plan.rader] == ["Högst {planmal.kapital_matt.grans | kr}.", "Kapitalet"]
    [åter] = _mål(plan.rader, "2026")
    assert (åter.id, åter.mål) == ("kapital_matt", "Högst {mal.kapital_matt.grans | kr}.")


def test_the_overview_keeps_what_was_typed_and_adds_a_year() -> None:
    skriven = Flerårsrad(post="br.eget_kapital", år=2022, värde=Decimal(7), enhet="kr", källa="Sidan 3", anmärkning="A")
    gammal = skriven.model_copy(update={"år": 2020})
    rader = rulla(Underlag(flerårsöversikt=(skriven, gammal)), tidigare={}).underlag.flerårsöversikt
    assert skriven in rader
    assert {rad.år for rad in rader} == {2022, 2023}
    [ek] = [rad for rad in rader if (rad.post, rad.år) == ("br.eget_kapital", 2023)]
    assert (ek.värde, ek.källa) == (
        bok("sofint", 2024).fakta["br.eget_kapital/2023"].värde,
        "Årsredovisning 2024, år 2023",
    )


def test_the_overview_takes_an_earlier_years_own_report_before_what_was_typed() -> None:
    skriven = Flerårsrad(post="br.eget_kapital", år=2022, värde=Decimal(7), enhet="kr", källa="Sidan 3")
    rullat = rulla(Underlag(flerårsöversikt=(skriven,)), tidigare={("2022", "br.eget_kapital"): Decimal(8)})
    [ek] = [rad for rad in rullat.underlag.flerårsöversikt if (rad.post, rad.år) == ("br.eget_kapital", 2022)]
    assert (ek.värde, ek.källa) == (8, "Årsredovisning 2022")
