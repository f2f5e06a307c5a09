"""The made-up förbund: its ledger holds together, its years follow on one another, its report has no findings."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TypeVar

import pytest

from facit import INPUTS
from finsam.checks.kontrollera import kontrollera
from finsam.model.belopp import NOLL
from finsam.model.bokforing import Bokföring, Bokföringsår
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.underlag import PLANBLAD
from finsam.oppna import öppna
from finsam.read.arsmapp import read_räkenskapsår
from finsam.report.planbok import Planbok
from finsam.report.text import Texttyda, read_prosa
from finsam.statements.noter import notnummer
from finsam.statements.redovisning import Redovisning, redovisa

T = TypeVar("T")
ÅREN = (2024, 2025)
PLANÅR = 2026


@dataclass(frozen=True, slots=True)
class Rörelse:
    """What the vouchers of a year add up to."""

    per_konto: dict[str, Decimal]
    per_månad: dict[tuple[str, str], Decimal]
    per_objekt: dict[tuple[str, tuple[str, str]], Decimal]


@cache
def läst(år: int) -> Räkenskapsår:
    return read_räkenskapsår("exempelforbundet", år, INPUTS)


@cache
def planen() -> Planbok:
    return öppna("exempelforbundet", PLANÅR, "verksamhetsplan", inputs=INPUTS)


@cache
def redovisat(år: int) -> Redovisning:
    return redovisa(läst(år))


def rörelse(bokföring: Bokföring) -> Rörelse:
    svar = Rörelse(defaultdict(Decimal), defaultdict(Decimal), defaultdict(Decimal))
    for ver in bokföring.verifikationer:
        for rad in ver.rader:
            svar.per_konto[rad.konto] += rad.belopp
            svar.per_månad[rad.konto, f"{ver.datum:%Y%m}"] += rad.belopp
            for objekt in rad.objekt:
                svar.per_objekt[rad.konto, objekt] += rad.belopp
    return svar


def förändring(år: Bokföringsår) -> dict[str, Decimal]:
    """What each konto changed by, according to the balances: UB − IB, or RES."""
    balans = {konto: år.ub.get(konto, NOLL) - år.ib.get(konto, NOLL) for konto in {*år.ib, *år.ub}}
    return balans | dict(år.res)


def utan_noll(saldon: dict[T, Decimal]) -> dict[T, Decimal]:
    return {nyckel: belopp for nyckel, belopp in saldon.items() if belopp}


def test_there_are_many_vouchers_in_six_series() -> None:
    alla = [ver for år in ÅREN for ver in läst(år).bokföring.verifikationer]
    assert len(alla) >= 1400
    assert {ver.serie for ver in alla} == set("ABLMOP")
    assert all(ver.text for ver in alla)
    månader = {f"{ver.datum:%Y%m}" for ver in alla}
    assert len(månader) == 24


@pytest.mark.parametrize("år", ÅREN)
def test_vouchers_balance_and_are_numbered_without_gaps(år: int) -> None:
    nummer: dict[str, list[tuple[int, object]]] = defaultdict(list)
    for ver in läst(år).bokföring.verifikationer:
        assert sum(rad.belopp for rad in ver.rader) == 0, ver
        assert ver.datum is not None and ver.datum.year == år
        nummer[ver.serie].append((int(ver.nummer), ver.datum))
    for serie, rader in nummer.items():
        assert [nr for nr, _ in rader] == list(range(1, len(rader) + 1)), serie
        assert rader == sorted(rader, key=lambda rad: rad[1]), serie


@pytest.mark.parametrize("år", ÅREN)
def test_vouchers_explain_balances_months_and_objects(år: int) -> None:
    bokföring = läst(år).bokföring
    bok, verifikat = bokföring.år[0], rörelse(bokföring)
    assert utan_noll(verifikat.per_konto) == utan_noll(förändring(bok))
    assert utan_noll(verifikat.per_månad) == utan_noll(dict(bok.perioder))
    assert utan_noll(verifikat.per_objekt) == utan_noll(dict(bok.objekt))


@pytest.mark.parametrize("år", ÅREN)
def test_both_years_of_a_file_are_closed_and_add_up_by_month(år: int) -> None:
    for bok in läst(år).bokföring.år.values():
        assert sum(bok.ib.values()) == sum(bok.ub.values()) == sum(bok.res.values()) == 0
        assert bok.avslutat
        per_konto: dict[str, Decimal] = defaultdict(Decimal)
        for (konto, _), belopp in bok.perioder.items():
            per_konto[konto] += belopp
        assert utan_noll(per_konto) == utan_noll(förändring(bok))


def test_each_year_opens_where_the_last_one_closed() -> None:
    före, efter = (läst(år).bokföring for år in ÅREN)
    assert efter.år[0].ib == före.år[0].ub
    for fält in ("ib", "ub", "res", "objekt", "perioder"):
        assert utan_noll(dict(getattr(efter.år[-1], fält))) == utan_noll(dict(getattr(före.år[0], fält)))


def test_earlier_years_in_the_underlag_are_what_was_reported_then() -> None:
    """What 2025 types of 2021–2023 is what the report of 2024 has, by its ledger or its own underlag."""
    före, underlag = redovisat(2024).fakta, läst(2025).underlag
    skrivna = {f"{rad.post}/{rad.år}": rad.värde for rad in underlag.flerårsöversikt}
    skrivna |= {f"kostnad.{rad.funktion}/{rad.år}": rad.belopp for rad in underlag.kostnadsfördelning}
    assert len(skrivna) == 3 * 7 + 14
    assert {nyckel: före[nyckel].värde for nyckel in skrivna} == skrivna


@pytest.mark.parametrize("år", ÅREN)
def test_outcomes_typed_in_goals_follow_from_the_participants(år: int) -> None:
    underlag = läst(år).underlag
    antal: dict[tuple[str, str], int] = {
        (rad.insats, rad.mått): rad.antal for rad in underlag.deltagare if (rad.år, rad.kön, rad.kommun) == (år, "", "")
    }
    utfall = {rad.id: rad.utfall for rad in underlag.mål if rad.utfall is not None}
    gått_vidare = [insats for insats in ("kompassen", "vagen_vidare", "spraksteget") if f"{insats}_vidare" in utfall]
    assert len(gått_vidare) == år - 2022
    for insats in gått_vidare:
        andel = Decimal(100 * antal[insats, "vidare"]) / antal[insats, "avslutade"]
        assert utfall[f"{insats}_vidare"] == round(andel, 1), insats
    räknade = {rad.insats for rad in underlag.enkätsvar}
    svar = sum(rad.antal for rad in underlag.enkätsvar if rad.enkätfråga == "nytta")
    svar += sum(rad.svar or 0 for rad in underlag.indikatorer if rad.id == "nytta" and rad.insats not in räknade)
    assert utfall["ind_enkat"] == round(Decimal(100 * svar) / sum(antal[i, "avslutade"] for i in gått_vidare), 1)


def test_eget_kapital_stays_below_the_ceiling() -> None:
    överskott, underskott = (redovisat(år).fakta for år in ÅREN)
    assert överskott["rr.arets_resultat"].värde > 0 > underskott["rr.arets_resultat"].värde
    assert underskott["drift.resultat.budget"].värde < 0
    for fakta in (överskott, underskott):
        assert 0 < fakta["br.eget_kapital"].värde < fakta["kapitaltak"].värde
    assert underskott["kf.ej_likvida"].värde == 8760
    assert underskott["kf.investering"].värde == -58400


@pytest.mark.parametrize("år", ÅREN)
def test_no_check_finds_anything(år: int) -> None:
    funna = [finding for finding in kontrollera(redovisat(år)) if finding.nivå != "ok"]
    väntade = ("Kontrollsumman stämmer.", "så att ingen grupp med färre än 5 personer framgår.")
    ej_prövade = {f.kod for f in funna if f.nivå == "ej prövad"}
    # what a förbund has only when it has published, sealed or reconciled, has projects, tillgångar, old deficits
    # or an objekt in its kontoplan
    assert ej_prövade - {"C37", "C66", "C73", "C85"} == {"C26", "C31", "C38", "C46", "C47", "C67", "C94"}
    funna = [f for f in funna if f.kod not in ("C08", *ej_prövade)]  # rounding shows in any year
    assert [f for f in funna if not (f.nivå == "upplysning" and f.text.endswith(väntade))] == []


@pytest.mark.parametrize("år", ÅREN)
def test_every_reference_in_the_words_is_known(år: int) -> None:
    r = redovisat(år)
    tyda = Texttyda(r.fakta, år, notnummer(r.år))
    problem = [p for text in r.år.texter.values() for p in read_prosa(text.text, tyda, text.fil)[1]]
    assert problem == []


def test_a_text_that_names_an_uppgift_by_its_id_from_before_says_the_same() -> None:
    r = redovisat(2025)
    tyda = Texttyda(r.fakta, 2025, notnummer(r.år))
    ny, gammal = (
        read_prosa(f"{{uppgift.{id_} | kr}}", tyda, "") for id_ in ("rakenskapsrevision", "raekenskapsrevision")
    )
    assert ny[0].klartext == gammal[0].klartext == "36\u00a0720\u00a0kr"
    assert ny[1] == gammal[1] == []


@pytest.mark.parametrize("år", ÅREN)
def test_groups_of_participants_are_small_in_one_place(år: int) -> None:
    små = {(rad.insats, rad.mått, rad.kön) for rad in läst(år).underlag.deltagare if 0 < rad.antal < 5}
    assert små == ({("spraksteget", "avslutade", "män"), ("spraksteget", "vidare", "män")} if år == ÅREN[-1] else set())


def test_orgnr_is_made_up_but_has_a_right_check_digit() -> None:
    siffror = [int(tecken) for tecken in läst(ÅREN[0]).förbund.orgnr.replace("-", "")]
    dubblade = [tal * 2 if plats % 2 == 0 else tal for plats, tal in enumerate(siffror)]
    assert sum(tal // 10 + tal % 10 for tal in dubblade) % 10 == 0
    assert läst(ÅREN[0]).förbund.påhittat
    assert {läst(år).bokföring.orgnr for år in ÅREN} == {läst(ÅREN[0]).förbund.orgnr}


def test_the_plan_has_no_findings_and_uses_every_sheet() -> None:
    assert {finding.nivå for finding in planen().findings} == {"ok", "ej prövad", "upplysning"}
    ej_prövade = {finding.kod for finding in planen().findings if finding.nivå == "ej prövad"}
    assert ej_prövade == {"C11", "C26", "C31", "C39"}
    assert {finding.kod for finding in planen().findings if finding.nivå == "upplysning"} == {"C15"}
    använda = {type(rad) for _, rader in planen().år.underlag if isinstance(rader, tuple) for rad in rader}
    assert set(PLANBLAD) <= använda


def test_the_plan_goes_on_where_the_arsredovisning_stops() -> None:
    före, plan = redovisat(PLANÅR - 1).fakta, planen().fakta
    assert plan["budget.eget_kapital_ingaende"].värde == före["br.eget_kapital"].värde
    assert plan["uppgift.resultat_foregaende"].värde == före["rr.arets_resultat"].värde
    assert plan["uppgift.eget_kapital_fore_underskottet"].värde == före["br.eget_kapital_ingaende"].värde
    assert plan["uppgift.samradsdatum"].text == före["uppgift.medlemssamrad"].text
    assert plan["budget.medlemsbidrag"].värde == före["uppgift.medlemsbidrag_nasta_ar"].värde
    assert plan["budget.rorelseresultat"].värde == före["uppgift.budget_nasta_ar"].värde
    assert plan["budget.individinsatser"].värde == -(före["uppgift.beslutade_insatsmedel"].värde or NOLL)


def test_each_member_decides_the_bidrag_that_the_split_gives() -> None:
    fakta, medlemmar = planen().fakta, planen().år.förbund.medlemmar
    assert len(medlemmar) == 7
    for medlem in medlemmar:
        assert fakta[f"bidrag.{medlem.id}"].värde == fakta[f"medlemsbidrag.{medlem.id}"].värde


def test_every_budget_year_has_a_surplus_and_keeps_the_goals() -> None:
    fakta = planen().fakta
    for år in range(PLANÅR, PLANÅR + 3):
        assert fakta[f"budget.resultat/{år}"].värde > 0
        assert 0.05 < fakta[f"budget.kapitalandel/{år}"].värde < 0.20
    prövade = [fakta[n].text for n in fakta if n.startswith("planmal.") and ".bedomning/" in n]
    assert prövade == ["budgeten klarar målet"] * 7


def test_the_change_of_the_budget_moves_money_and_keeps_the_result() -> None:
    ändrade = [rad for rad in planen().år.underlag.budgetplan if rad.ursprunglig is not None]
    assert len(ändrade) == 2
    assert sum((rad.budget or NOLL) - (rad.ursprunglig or NOLL) for rad in ändrade) == 0
