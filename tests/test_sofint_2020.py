"""SOFINT 2020: another order, other notes and other words than 2024, from the year's own settings alone.

The figures that are right in the source come out to the krona; the others are listed by C31.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import html

from conftest import Färdig
from facit import INPUTS, SHARED, jämför, som_text
from finsam.oppna import öppna
from finsam.report.arsbok import Årsbok

FACIT = Path(__file__).parent / "sofint_2020"
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
    "insats_mottagningsteamet_ekonomi",
    "insats_samverkansteamet_ekonomi",
    "insats_coachingteamet_ekonomi",
    "insats_motivera_mera_ekonomi",
    "insats_behovsinventering_ekonomi",
)
KAPITEL = (
    "Ordförande har ordet",
    "1 Förvaltningsberättelse",
    "2 Driftsredovisning",
    "3 Resultaträkning",
    "4 Balansräkning",
    "5 Kassaflödesanalys",
    "6 Redovisningsprinciper",
    "7 Noter",
    "8 Styrelsens underskrift",
    "9 Revisorernas påteckning",
    "10 Så är talen kontrollerade",
    "Så verifierar du",
)

# Tables of the source, and the fact of each of their rows; every column is a year, newest first.
RÄKNINGAR = {
    "flerarsoversikt": {"intakter": "rr.verksamhetens_intakter", "resultat": "rr.arets_resultat"},
    "resultatrakning": {
        "intakter": "rr.verksamhetens_intakter",
        "kostnader": "rr.verksamhetens_kostnader",
        "verksamhetens_resultat": "rr.verksamhetens_resultat",
        "finansiella_kostnader": "rr.finansiella_kostnader",
        "efter_finansiella": "rr.resultat_efter_finansiella_poster",
        "arets_resultat": "rr.arets_resultat",
    },
    "balansrakning": {
        "fordringar": "br.fordringar",
        "kassa_bank": "br.kassa_bank",
        "summa_omsattningstillgangar": "br.summa_omsattningstillgangar",
        "summa_tillgangar": "br.summa_tillgangar",
        "eget_kapital": "br.eget_kapital",
        "kortfristiga_skulder": "br.kortfristiga_skulder",
        "summa_ek_skulder": "br.summa_eget_kapital_och_skulder",
    },
    "kassaflodesanalys": {
        "arets_resultat": "kf.arets_resultat",
        "ej_likvid": "kf.ej_likvida",
        "fore_rorelsekapital": "kf.fore_rorelsekapital",
        "forandring_fordringar": "kf.fordringar",
        "forandring_skulder": "kf.skulder",
        "lopande": "kf.lopande",
        "investering": "kf.investering",
        "finansiering": "kf.finansiering",
        "arets_kassaflode": "kf.arets_kassaflode",
        "likvida_ub": "kf.likvida_utgaende",
    },
}
NOTER = {"not1": "intakter", "not2": "kostnader", "not3": "fordringar", "not4": "skulder"}
INSATSER = {
    "mottagningsteam": "mottagningsteamet",
    "samverkansteam": "samverkansteamet",
    "coachingteam": "coachingteamet",
    "motivera_mer": "motivera_mera",
}


@pytest.fixture(scope="module")
def bok() -> Årsbok:
    return öppna("sofint", 2020, inputs=INPUTS)


@pytest.fixture(scope="module")
def katalog(färdig: Färdig) -> Path:
    """`finsam skapa sofint 2020`, once."""
    ut = färdig("sofint", 2020)
    kod, utskrift = json.loads((ut / "svar.json").read_text("utf-8"))
    assert kod == 0, utskrift
    return ut / "sofint" / "2020" / "arsredovisning"


@pytest.mark.parametrize("tabell", TABELLER)
def test_table_is_as_expected(bok: Årsbok, tabell: str) -> None:
    jämför(som_text(bok.tabeller[tabell]), FACIT / f"{tabell}.txt")


def test_a_note_is_had_by_its_id_and_the_noter_by_their_order(bok: Årsbok) -> None:
    assert list(bok.noter) == [*NOTER.values(), "revision"]
    assert bok.noter["kostnader"] == bok.tabeller["not_kostnader"]
    with pytest.raises(KeyError):
        bok.noter["finns_inte"]


def test_findings_are_as_expected(bok: Årsbok) -> None:
    rader = (f"{f.kod} {f.nivå}: {f.text}" for f in bok.findings if f.nivå != "ok")
    jämför("\n".join(rader), FACIT / "anmarkningar.txt")


# ---------------------------------------------------------------- the source


@pytest.fixture(scope="module")
def källa() -> dict[str, dict[str, list[Any]]]:
    """The source's tables: id of the row -> its figures."""
    fil = SHARED / "kallor" / "sofint_ar2020.yaml"
    if not fil.is_file():
        pytest.skip("källdokumentet i ../shared finns inte här")
    tabeller = yaml.safe_load(fil.read_text("utf-8"))["tabeller"]
    return {t["id"]: {rad["id"]: rad["varden"] for rad in t["rader_tabell"] if "varden" in rad} for t in tabeller}


def år_för_år(bok: Årsbok, fakta: str, antal: int) -> list[Decimal | None]:
    return [bok.fakta[f"{fakta}/{2020 - nr}"].värde for nr in range(antal)]


def test_published_lines_come_out_to_the_krona(bok: Årsbok, källa: dict[str, dict[str, list[Any]]]) -> None:
    for tabell, rader in RÄKNINGAR.items():
        for rad, fakta in rader.items():
            tryckt = källa[tabell][rad]
            assert år_för_år(bok, fakta, len(tryckt)) == tryckt, (tabell, rad)


def test_published_notes_come_out_to_the_krona(bok: Årsbok, källa: dict[str, dict[str, list[Any]]]) -> None:
    """Every row of the notes, also those of both years nil, which are not printed."""
    for nummer, id_ in NOTER.items():
        notis = next(n for n in bok.år.förbund.noter if n.id == id_)
        våra = [år_för_år(bok, f"not.{id_}.{rad}", 2) for rad in (*(r.id for r in notis.rader), "summa")]
        for rad, tryckt in källa[nummer].items():
            assert [tal or 0 for tal in tryckt] in våra, (nummer, rad)


def test_published_insatser_come_out_to_the_krona(bok: Årsbok, källa: dict[str, dict[str, list[Any]]]) -> None:
    for i_källan, insats in INSATSER.items():
        tryckt = {rad: värden[0] for rad, värden in källa[f"ek_{i_källan}"].items()}
        assert bok.fakta[f"insats.{insats}.utfall"].värde == tryckt.pop("forbrukade")
        assert bok.fakta[f"insats.{insats}.kvar_av_budget"].värde == tryckt.pop("overskott")
        for rad, belopp in tryckt.items():
            assert bok.fakta[f"insats.{insats}.kostnad.{rad}"].värde == belopp, (insats, rad)


def test_driftredovisning_is_printed_as_published(bok: Årsbok, källa: dict[str, dict[str, list[Any]]]) -> None:
    df = bok.tabeller["driftredovisning"].df()
    tkr = df.drop(columns=["etikett", "enhet"]).div(1000)
    vårt = [[None if tal != tal else round(tal) for tal in rad] for rad in tkr.to_numpy()]
    assert vårt == list(källa["driftsredovisning"].values())


def test_2024_says_the_same_of_2020(bok: Årsbok, sofint: Årsbok) -> None:
    """The flerårsöversikt of 2024 goes back to 2020: the same figures as 2020's own."""
    tabeller = [b.tabeller[t].df() for b in (bok, sofint) for t in ("flerarsoversikt", "medlemsbidrag_utveckling")]
    for egen, senare in zip(tabeller[:2], tabeller[2:], strict=True):
        rader = [rad for rad in senare.index if rad in egen.index]
        assert len(rader) >= 5
        assert egen.loc[rader, "2020"].tolist() == senare.loc[rader, "2020"].tolist()


# ---------------------------------------------------------------- the year's own settings


@pytest.mark.langsam
def test_chapters_stand_in_the_years_own_order_with_its_own_words(katalog: Path) -> None:
    sida = html.parse(str(katalog / "arsredovisning.html")).getroot()
    assert tuple(" ".join(h.text_content().split()) for h in sida.xpath("//main//h2")) == KAPITEL
    assert (
        tuple(" ".join(a.text_content().split()) for a in sida.xpath("//nav[@class='innehall']/ol/li/a"))
        == KAPITEL[:-1]
    )
    underrubriker = [" ".join(h.text_content().split()) for h in sida.xpath("//main//h3 | //main//h4")]
    assert "Not 1. Verksamhetens intäkter" in underrubriker
    assert "Kostnadsfördelning mellan administration och insatser" in underrubriker
    assert "Finansierad verksamhet" not in underrubriker


@pytest.mark.langsam
def test_the_manifest_names_the_years_own_settings(katalog: Path) -> None:
    inputs = json.loads((katalog / "korning.json").read_text("utf-8"))["inputs"]
    assert {"sofint/forbund.yml", "sofint/2020/forbund.yml", "sofint/2020/kontoplan.csv"} <= set(inputs)
    assert "sofint/kontoplan.csv" not in inputs


def test_the_years_settings_are_only_the_years(bok: Årsbok, sofint: Årsbok) -> None:
    assert bok.år.förbund.noter[0].id == "intakter"
    assert sofint.år.förbund.noter[0].id == "redovisningsprinciper"
    assert sofint.år.förbund.dolda_rader == ()
    assert bok.år.förbund.medlemmar == sofint.år.förbund.medlemmar


def test_what_the_source_lacks_is_said_to_be_missing(bok: Årsbok) -> None:
    """Where the law asks for it; the cover leaves it out."""
    assert re.findall("<dt>([^<]*)", bok.omslag.html()) == ["Organisationsnummer"]
    assert bok.beslutsdag is None
    for block in (bok.noter["revision"], bok.panter_och_ansvarsförbindelser, bok.text("handelser")):
        assert "uppgift saknas" in block.html()
    for block in (bok.styrelsens_underskrift, bok.revisorernas_påteckning):
        assert "Uppgift saknas" in block.html()
