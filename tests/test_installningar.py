"""What a förbund or a year may choose in `forbund.yml`: hidden rows, other words, extra rows, other chapters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from conftest import kör
from finsam.checks.arsredovisning import OBLIGATORISKA_AVSNITT
from finsam.checks.kontrollera import kontrollera
from finsam.model.forbund import Extrarad, Rapportval, Visningsval
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.report.arsbok import Årsbok
from finsam.statements.insatser import insatsekonomi
from finsam.statements.redovisning import Redovisning, redovisa, tabeller


def med(år: Räkenskapsår, **val: object) -> Redovisning:
    """The same year with other settings."""
    return redovisa(replace(år, förbund=år.förbund.model_copy(update=val)))


def rader(r: Redovisning, tabell: str) -> list[str]:
    return [rad.id for t in tabeller(r) if t.id == tabell for rad in t.rader]


def funna(r: Redovisning, *koder: str) -> list[str]:
    return [f"{f.nivå}: {f.text}" for f in kontrollera(r) if f.kod in koder and f.nivå in ("fel", "varning")]


@pytest.mark.parametrize(
    ("till", "ord_"), [(date(2025, 12, 31), "Överskott som återförs"), (date(2026, 6, 30), "Kvar av erhållna medel")]
)
def test_money_that_is_left_goes_back_when_the_insats_has_ended(exempel: Årsbok, till: date, ord_: str) -> None:
    insats = exempel.år.underlag.insatser[0].model_copy(update={"beviljat": Decimal(5_000_000), "till": till})
    assert insatsekonomi(insats, exempel.år, exempel.fakta).rader[-1].etikett == ord_


def test_a_hidden_sum_is_left_out_and_can_still_be_added(exempel: Årsbok) -> None:
    """Kortfristiga skulder stand in for summa skulder, so nothing is missing for a reader."""
    r = med(exempel.år, dolda_rader=("br.summa_skulder", "kf.ej_likvida"))
    assert "summa_skulder" not in rader(r, "balansrakning")
    assert "ej_likvida" not in rader(r, "kassaflodesanalys")
    assert [text for text in funna(r, "C07", "C25") if "balansräkning" in text.lower()] == []


def test_a_hidden_post_of_a_sum_is_found(exempel: Årsbok) -> None:
    r = med(exempel.år, dolda_rader=("br.kortfristiga_skulder", "br.summa_skulder"))
    [c07] = [text for text in funna(r, "C07") if exempel.år.period in text]
    assert "Summa eget kapital, avsättningar och skulder" in c07
    assert "som inte står i tabellen" in c07


def test_hidden_rows_that_the_law_names_are_found(exempel: Årsbok) -> None:
    r = med(exempel.år, dolda_rader=("br.eget_kapital_ingaende", "br.arets_resultat"))
    assert funna(r, "C07") == []
    [c25] = funna(r, "C25")
    assert c25.startswith("varning: I lagens uppställning står Eget kapital vid årets början och Årets resultat, men")


def test_extra_rows_stand_under_the_result(exempel: Årsbok) -> None:
    extra = Extrarad(id="kapital", etikett="Eget kapital", fakta="br.eget_kapital")
    r = med(exempel.år, driftredovisning_extra=(extra,), etiketter={"drift.resultat": "Resultat"})
    tabell = next(t for t in tabeller(r) if t.id == "driftredovisning")
    assert [(rad.id, rad.etikett) for rad in tabell.rader[-2:]] == [
        ("resultat", "Resultat"),
        ("kapital", "Eget kapital"),
    ]
    assert {c.fakta for c in tabell.rader[-1].celler} == {"br.eget_kapital/2025", "br.eget_kapital/2024", ""}


def test_a_row_of_net_costs_has_its_budget_without_minus(exempel: Årsbok) -> None:
    rad = exempel.år.förbund.driftredovisning[1]
    netto = rad.model_copy(update={"av": ("rr.verksamhetens_kostnader",), "kostnad": True})
    före = exempel.fakta[f"drift.{rad.id}.budget"].värde
    efter = med(exempel.år, driftredovisning=(exempel.år.förbund.driftredovisning[0], netto))
    assert efter.fakta[f"drift.{rad.id}.budget"].värde == före
    assert före is not None
    assert före < 0


def test_a_year_without_any_figure_is_left_out(exempel: Årsbok) -> None:
    utan = exempel.år.underlag.model_copy(update={"kostnadsfördelning": ()})
    r = redovisa(replace(exempel.år, underlag=utan))
    kolumner = {t.id: [k.id for k in t.kolumner] for t in tabeller(r)}
    assert kolumner["kostnadsfordelning"] == ["2025", "2024"]
    assert len(kolumner["flerarsoversikt"]) == 5


def test_a_first_year_has_one_column(exempel: Årsbok) -> None:
    """A ledger without the year before gives tables of one year, not of empty cells."""
    ensamt = replace(exempel.år.bokföring, år={0: exempel.år.bokföring.år[0]})
    kolumner = {t.id: [k.id for k in t.kolumner] for t in tabeller(redovisa(replace(exempel.år, bokföring=ensamt)))}
    for tabell in ("resultatrakning", "balansrakning", "kassaflodesanalys", "not_kostnader"):
        assert kolumner[tabell] == ["2025"], tabell


def test_redovisningsprinciper_must_be_shown_somewhere(exempel: Årsbok) -> None:
    noter = tuple(n for n in exempel.år.förbund.noter if n.id != "redovisningsprinciper")
    assert any("Redovisningsprinciperna visas inte" in text for text in funna(med(exempel.år, noter=noter), "C25"))
    avsnitt = {"arsredovisning": Rapportval(avsnitt=("redovisningsprinciper", *OBLIGATORISKA_AVSNITT))}
    assert funna(med(exempel.år, noter=noter, rapporter=avsnitt), "C25") == []


def test_a_chosen_foreword_must_be_written(exempel: Årsbok) -> None:
    r = med(exempel.år, rapporter={"arsredovisning": Rapportval(avsnitt=("forord", *OBLIGATORISKA_AVSNITT))})
    assert funna(r, "C25") == ["fel: Förordet saknas: skriv text/forord.md, eller ta bort avsnittet."]


def test_whole_kronor_may_miss_by_their_rounding(exempel: Årsbok) -> None:
    """One krona over many rows is told, ten are a fel; with öre, one is too."""
    första = exempel.år.underlag.insatsekonomi[0]

    def nivåer(mer: str) -> set[str]:
        ändrade = tuple(
            rad.model_copy(update={"belopp": rad.belopp + type(rad.belopp)(mer)}) if rad == första else rad
            for rad in exempel.år.underlag.insatsekonomi
        )
        underlag = exempel.år.underlag.model_copy(update={"insatsekonomi": ändrade})
        return {f.nivå for f in kontrollera(redovisa(replace(exempel.år, underlag=underlag))) if f.kod == "C30"}

    assert [nivåer(mer) for mer in ("1", "10", "0.50")] == [{"upplysning"}, {"fel"}, {"fel"}]


@pytest.mark.parametrize(
    ("rad", "väntat"),
    [
        ("dolda_rader: [br.summa_skuld]", "forbund.yml, dolda_rader: Raden ”br.summa_skuld” finns inte."),
        (
            "driftredovisning_extra: [{id: a, etikett: A, fakta: br.eget_kapitel}]",
            "forbund.yml, driftredovisning_extra: Faktat ”br.eget_kapitel” finns inte. Menar du br.eget_kapital?",
        ),
        (
            "rapporter: {arsredovisningen: {avsnitt: [omslag]}}",
            "forbund.yml, rapporter: Rapporten ”arsredovisningen” finns inte. Menar du arsredovisning?",
        ),
        (
            "etiketter: {br.kassa: Kassa}",
            "forbund.yml, etiketter: Raden ”br.kassa” finns inte. Menar du br.kassa_bank?",
        ),
        (
            "medlemsbidrag: [rr.intakter]",
            "forbund.yml, medlemsbidrag: Faktat ”rr.intakter” finns inte.",
        ),
        (
            "rubriker: {Balans: B}",
            "forbund.yml, rubriker: Rubriken ”Balans” finns inte i någon rapport.",
        ),
        (
            "året_i_siffror: [soliditt]",
            "forbund.yml, året_i_siffror: Talet ”soliditt” finns inte. Menar du soliditet?",
        ),
    ],
)
def test_a_setting_that_names_nothing_is_told(kopia: Callable[[], Path], tmp_path: Path, rad: str, väntat: str) -> None:
    inputs = kopia()
    (inputs / "exempelforbundet" / "2025" / "forbund.yml").write_text(rad + "\n", "utf-8")
    svar = kör("skapa", "exempelforbundet", "2025", "--inputs", inputs, "--outputs", tmp_path / "outputs")
    assert svar.exit_code == 2
    assert väntat in " ".join(svar.output.split())
    assert not (tmp_path / "outputs").exists()


def test_how_tables_are_printed_is_the_foerbunds_choice(exempel: Årsbok) -> None:
    """Marks for nil and for no figure, the unit of a table and the order of its columns."""
    val = {"noll": "0", "tomt": "..", "enheter": {"resultatrakning": "tkr"}, "omvända": ["flerarsoversikt"]}
    förbund = exempel.år.förbund.model_copy(update={"visning": Visningsval.model_validate(val)})
    bok = Årsbok(redovisa(replace(exempel.år, förbund=förbund)))
    [rr] = bok.resultaträkning.json()
    assert (rr["enhet"], rr["rader"][0]["varden"][0]) == ("tkr", 4200)
    assert '<span class="enhet">tusen kronor</span></caption>' in bok.resultaträkning.html()
    assert bok.resultaträkning.json()[0]["rader"][-2]["visat"] == ["0", "0"]
    assert [k.rubrik for k in bok.flerårsöversikt.tabell.kolumner] == ["2021", "2022", "2023", "2024", "2025"]
    assert exempel.flerårsöversikt.tabell.kolumner[0].rubrik == "2025"
    tom = next(rad for rad in bok.flerårsöversikt.json()[0]["rader"] if rad["id"] == "avskrivningar")
    assert set(tom["visat"]) <= {"..", "0", "−8\u00a0760"}
