"""SOFINT 2024: the figures that are right in the source come out to the krona, and the wrong ones are right here."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from facit import SHARED, jämför, som_text
from finsam.checks.kontrollera import kontrollera
from finsam.model.fakta import Indata
from finsam.report.arsbok import Årsbok
from finsam.statements.redovisning import redovisa

FACIT = Path(__file__).parent / "sofint_2024"
TABELLER = (
    "resultatrakning",
    "balansrakning",
    "kassaflodesanalys",
    "driftredovisning",
    "kostnadsfordelning",
    "flerarsoversikt",
    "medlemsbidrag_utveckling",
    "balanskravsutredning",
    "not_intakter",
    "not_kostnader",
    "not_fordringar",
    "not_skulder",
    "insats_coachingteamet_ekonomi",
    "insats_coachingteamet_deltagare",
)

# Rows of the published tables and the facts that must equal them for both years: (table, row) -> fact, sign.
PUBLICERADE = {
    **{
        ("resultatrakning", rad): (f"rr.{fakta}", 1)
        for rad, fakta in (
            ("intakter", "verksamhetens_intakter"),
            ("kostnader", "verksamhetens_kostnader"),
            ("verksamhetens_resultat", "verksamhetens_resultat"),
            ("finansiella_intakter", "finansiella_intakter"),
            ("finansiella_kostnader", "finansiella_kostnader"),
            ("efter_finansiella", "resultat_efter_finansiella_poster"),
            ("arets_resultat", "arets_resultat"),
        )
    },
    **{
        ("balansrakning", rad): (f"br.{fakta}", 1)
        for rad, fakta in (
            ("fordringar", "fordringar"),
            ("kassa_bank", "kassa_bank"),
            ("summa_omsattningstillgangar", "summa_omsattningstillgangar"),
            ("summa_tillgangar", "summa_tillgangar"),
            ("kortfristiga_skulder", "kortfristiga_skulder"),
            ("summa_ek_skulder", "summa_eget_kapital_och_skulder"),
        )
    },
    **{
        ("kassaflodesanalys", rad): (f"kf.{fakta}", 1)
        for rad, fakta in (
            ("arets_resultat", "arets_resultat"),
            ("ej_likvid", "ej_likvida"),
            ("fore_rorelsekapital", "fore_rorelsekapital"),
            ("forandring_fordringar", "fordringar"),
            ("forandring_skulder", "skulder"),
            ("lopande", "lopande"),
            ("investering", "investering"),
            ("finansiering", "finansiering"),
            ("arets_kassaflode", "arets_kassaflode"),
            ("likvida_ib", "likvida_ingaende"),
            ("likvida_ub", "likvida_utgaende"),
        )
    },
}
NOTER = {"not2": "intakter", "not3": "kostnader", "not4": "fordringar", "not5": "skulder"}


@pytest.mark.parametrize("tabell", TABELLER)
def test_table_is_as_expected(sofint: Årsbok, tabell: str) -> None:
    jämför(som_text(sofint.tabeller[tabell]), FACIT / f"{tabell}.txt")


def test_eget_kapital_follows_lkbr(sofint: Årsbok) -> None:
    """LKBR 6 kap. 2 §: ingående, årets resultat, utgående, both years (the source had the sign turned)."""
    block = [
        [sofint.fakta[f"br.{id_}/{år}"].värde for id_ in ("eget_kapital_ingaende", "arets_resultat", "eget_kapital")]
        for år in (2024, 2023)
    ]
    assert block == [[482152, 118764, 600916], [769148, -286996, 482152]]


def test_administration_is_the_sum_of_its_rows(sofint: Årsbok) -> None:
    fakta = sofint.fakta
    rader = fakta["kostnad.administration"].av
    assert sum((fakta[n].värde or Decimal(0) for n in rader), Decimal(0)) == Decimal(803284)
    assert fakta["kostnad.totalt"].värde == -(fakta["rr.verksamhetens_kostnader"].värde or 0) == Decimal(3530284)


def test_findings_are_as_expected(sofint: Årsbok) -> None:
    rader = (f"{f.kod} {f.nivå}: {f.text}" for f in sofint.findings if f.nivå != "ok")
    jämför("\n".join(rader), FACIT / "anmarkningar.txt")


def test_a_missing_figure_is_said_to_be_missing(sofint: Årsbok) -> None:
    """No figure about a real förbund is invented: LKBR 9 kap. 13 § is answered "uppgift saknas", with a finding."""
    assert "uppgift saknas" in sofint.noter["revision"].html()
    assert "uppgift saknas" in sofint.panter_och_ansvarsförbindelser.html()
    assert any(f.kod == "C25" and "räkenskapsrevision" in f.text for f in sofint.findings)


@pytest.fixture(scope="module")
def källa() -> dict[str, Any]:
    fil = SHARED / "kallor" / "sofint_ar2024.yaml"
    if not fil.is_file():
        pytest.skip("källdokumentet i ../shared finns inte här")
    data: dict[str, Any] = yaml.safe_load(fil.read_text("utf-8"))
    return {tabell["id"]: tabell for tabell in data["tabeller"]}


def test_published_lines_come_out_to_the_krona(sofint: Årsbok, källa: dict[str, Any]) -> None:
    """Every line of RR, BR and kassaflöde that is right in the source, both years."""
    for (tabell, rad), (fakta, tecken) in PUBLICERADE.items():
        tryckt = next(r["varden"] for r in källa[tabell]["rader_tabell"] if r["id"] == rad)
        vårt = [tecken * (sofint.fakta[f"{fakta}/{år}"].värde or 0) for år in (2024, 2023)]
        assert vårt == tryckt, (tabell, rad)


def test_published_notes_come_out_to_the_krona(sofint: Årsbok, källa: dict[str, Any]) -> None:
    for nummer, id_ in NOTER.items():
        tryckt = {r["etikett"]: r["varden"] for r in källa[nummer]["rader_tabell"]}
        df = sofint.tabeller[f"not_{id_}"].df()
        vårt = [[int(a), int(b)] for a, b in df[["2024", "2023"]].to_numpy().tolist()]
        assert sorted(vårt) == sorted(tryckt.values())


def test_earlier_years_come_from_their_own_report(sofint: Årsbok) -> None:
    """2024's översikt takes 2020 from 2020's own report, and a figure typed otherwise is pointed out."""
    fakta = sofint.fakta["br.eget_kapital/2020"]
    assert fakta.värde == 1791165
    assert fakta.källa == Indata("sofint/2020", "årsredovisning 2020", "br.eget_kapital")
    rader = tuple(
        r.model_copy(update={"värde": r.värde + 1}) if r.år == 2020 and r.post == "br.eget_kapital" and r.värde else r
        for r in sofint.år.underlag.flerårsöversikt
    )
    underlag = sofint.år.underlag.model_copy(update={"flerårsöversikt": rader})
    funna = kontrollera(redovisa(replace(sofint.år, underlag=underlag)))
    assert any(f.kod == "C09" and "årsredovisningen för 2020, som används" in f.text for f in funna)
