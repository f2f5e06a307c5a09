"""What is withheld stands in none of the files that a run writes, nor in what the other commands say."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import html

from conftest import en_gång, kör
from facit import INPUTS
from finsam.begin.mall import write_underlag
from finsam.model.underlag import Deltagarrad, Indikator, Underlag
from finsam.oppna import öppna
from finsam.read.underlag.underlag import read_underlag
from finsam.run.status.historik import historikmapp

pytestmark = pytest.mark.langsam

HEMLIGA = {
    "nya": (41_876, 41_873, 3),
    "avslutade": (52_391, 52_377, 4),  # does not add up: C19 must not say by how much
    "vidare": (30_017, 30_017, 0),
    "totalt": (61_243, 30_622, 30_621),
}
VISADE = {"41876", "61243", "30621"}
DOLDA = {"41873", "52391", "52377", "52381"}
ANDEL = Decimal("76.4321")
TEXT = """\
Nya kvinnor: {deltagare.spraksteget.nya.kvinnor | antal}, nya män: {deltagare.spraksteget.nya.män | antal}.
Målet: {mal.spraksteget_nya.utfall | antal}, {mal.spraksteget_nya.bedomning | text}.
Nöjda: {enkat.spraksteget.nytta | procent1} av {enkat.spraksteget.nytta.svar | antal}.
"""
PUBLICERAT = """\
källa: Årsredovisning 2025
tabeller:
  - id: deltagare
    rubrik: Deltagare
    rader:
      - {etikett: Nya kvinnor, fakta: deltagare.spraksteget.nya.kvinnor, värden: {2025: 41873}, enhet: antal}
      - {etikett: Nya, fakta: deltagare.spraksteget.nya, värden: {2025: 41999}, enhet: antal, summa_av: [Nya kvinnor]}
"""


@dataclass
class Skrivet:
    """A run of a förbund with secrets."""

    inputs: Path
    katalog: Path
    utskrift: str


def hemligt(u: Underlag) -> Underlag:
    """The made-up förbund with small groups whose neighbours have figures that are found nowhere else."""
    rader: list[Deltagarrad] = [r for r in u.deltagare if r.insats != "spraksteget"]
    for mått, antalen in HEMLIGA.items():
        benämning = "varav vidare" if mått == "vidare" else mått
        for kön, antal in zip(("", "kvinnor", "män"), antalen, strict=True):
            fält: dict[str, Any] = {"insats": "spraksteget", "mått": mått, "benämning": benämning, "år": 2025}
            rader.append(Deltagarrad.model_validate({**fält, "kön": kön, "antal": antal}))
    enkät = {"insats": "spraksteget", "id": "nytta", "fråga": "Nöjd?", "andel": ANDEL, "svar": 4}
    indikatorer = [r for r in u.indikatorer if r.insats != "spraksteget"]
    mål = [m for m in u.mål if not m.id.startswith("spraksteget") or m.fakta.startswith("enkat")]
    ett = next(m for m in u.mål if m.fakta == "deltagare.kompassen.nya")
    fakta = "deltagare.spraksteget.nya.kvinnor"
    mål.append(ett.model_copy(update={"id": "spraksteget_nya", "insats": "spraksteget", "fakta": fakta}))
    nya = {"deltagare": tuple(rader), "indikatorer": (*indikatorer, Indikator.model_validate(enkät)), "mål": tuple(mål)}
    return u.model_copy(update=nya)


@pytest.fixture(scope="module")
def skrivet(tmp_path_factory: pytest.TempPathFactory) -> Skrivet:
    rot = en_gång(tmp_path_factory, "läckage", gör_läckage)
    katalog = rot / "ut" / "exempelforbundet" / "2025" / "arsredovisning"
    return Skrivet(rot / "inputs", katalog, (rot / "utskrift").read_text("utf-8"))


def gör_läckage(rot: Path) -> None:
    inputs, mapp = rot / "inputs", rot / "inputs" / "exempelforbundet" / "2025"
    shutil.copytree(INPUTS / "exempelforbundet", inputs / "exempelforbundet")
    underlag, _ = read_underlag(mapp / "underlag.xlsx", "underlag.xlsx")
    write_underlag(mapp / "underlag.xlsx", hemligt(underlag))
    (mapp / "text" / "insats_spraksteget.md").write_text(TEXT, "utf-8")
    (mapp / "publicerat.yml").write_text(PUBLICERAT, "utf-8")
    svar = kör("skapa", "exempelforbundet", "2025", "--inputs", inputs, "--outputs", rot / "ut")
    (rot / "utskrift").write_text(svar.output, "utf-8")


def innehåll(katalog: Path) -> Iterator[tuple[str, str]]:
    """Every file as text, workbooks part by part; the PDF where there is a program to read it."""
    läsare = shutil.which("pdftotext")
    for fil in sorted(f for f in katalog.rglob("*") if f.is_file()):
        if fil.suffix == ".pdf":
            if läsare:
                yield fil.name, subprocess.run([läsare, fil, "-"], capture_output=True, check=True).stdout.decode()
        elif fil.suffix in (".xlsx", ".docx"):
            with zipfile.ZipFile(fil) as arkiv:
                delar = [del_ for del_ in arkiv.namelist() if not del_.endswith(".png")]
                yield from ((f"{fil.name}/{del_}", arkiv.read(del_).decode()) for del_ in delar)
        else:
            yield fil.name, fil.read_text("utf-8")


def test_nor_has_the_history(skrivet: Skrivet) -> None:
    """It stands beside the documents, and is of what went in."""
    [fil] = historikmapp(skrivet.katalog).iterdir()
    text = gzip.decompress(fil.read_bytes()).decode()
    assert "spraksteget" in text
    assert not [tal for tal in DOLDA if finns(tal, text)]


def finns(tal: str, text: str) -> bool:
    """Whether a number stands in a text, in any way we write them."""
    mellan = r"(?:\s|\\u00a0|&#160;|&nbsp;|[.,])?"
    return bool(re.search(rf"(?<!\d){tal[:-3]}{mellan}{tal[-3:]}(?!\d)", text))


def test_the_draft_is_written_and_says_what_does_not_agree(skrivet: Skrivet) -> None:
    kontroller = (skrivet.katalog / "kontroller.json").read_text("utf-8")
    assert "avslutade i spraksteget 2025: kvinnor och män ger inte totalen (visas ej)." in kontroller
    assert "Deltagare, Nya kvinnor 2025: publicerat, visas ej här." in kontroller
    assert "Lämna inte ut" not in kontroller


def test_no_file_has_what_is_withheld(skrivet: Skrivet) -> None:
    alla = dict(innehåll(skrivet.katalog))
    assert len(alla) > 30
    for namn, text in alla.items():
        assert not [tal for tal in DOLDA if finns(tal, text)], namn
        assert not re.search(r"76[.,]43|0\.7643|76[.,]4\s?%", text), namn
    assert all(any(finns(tal, text) for text in alla.values()) for tal in VISADE)


def test_the_keys_of_small_groups_carry_no_value(skrivet: Skrivet) -> None:
    bok = öppna("exempelforbundet", 2025, inputs=skrivet.inputs)
    dolda = {n for n, f in bok.fakta.items() if f.dold}
    assert {f"deltagare.spraksteget.{n}/2025" for n in ("nya.män", "nya.kvinnor", "avslutade.män")} <= dolda
    assert {"enkat.spraksteget.nytta/2025", "enkat.spraksteget.nytta.svar/2025"} <= dolda
    assert {"mal.spraksteget_nya.utfall/2025", "mal.spraksteget_nya.bedomning/2025"} <= dolda
    sida = html.parse(str(skrivet.katalog / "arsredovisning.html")).getroot()
    assert not dolda & set(sida.xpath("//data/@data-fakta"))
    visat = {s.text_content() for s in sida.xpath("//span[@data-fakta]") if s.get("data-fakta") in dolda}
    assert visat == {"visas ej", "(visas ej)"}
    rader = openpyxl.load_workbook(skrivet.katalog / "arsredovisning.xlsx")["Fakta"].iter_rows(min_row=5)
    värden = {f"{rad[0].value}/{rad[1].value}": rad[4].value for rad in rader}
    assert {värden[n] for n in dolda} == {"visas ej"}
    kolumner = bok.tabeller["insats_spraksteget_deltagare"].df().loc["nya", ["Kvinnor", "Män"]]
    assert kolumner.isna().all()


@pytest.mark.parametrize("ord_", [(), ("--json",)])
def test_the_commands_do_not_say_it(skrivet: Skrivet, ord_: tuple[str, ...]) -> None:
    sagt = skrivet.utskrift + kör("kontrollera", "exempelforbundet", "2025", "--inputs", skrivet.inputs, *ord_).output
    for fakta in ("deltagare.spraksteget.nya", "deltagare.spraksteget.nya.kvinnor", "mal.spraksteget_nya.utfall"):
        sagt += kör("spar", "exempelforbundet", "2025", fakta, "--inputs", skrivet.inputs, *ord_).output
    assert not [tal for tal in DOLDA if finns(tal, sagt)]
    assert finns("41876", sagt)


def test_a_total_of_withheld_parts_is_no_formula(kopia: Callable[[], Path], tmp_path: Path) -> None:
    """The total is only added up from kön: its value stays, but its formula would need what is not there."""
    inputs = kopia()
    fil = inputs / "exempelforbundet" / "2025" / "underlag.xlsx"
    underlag, _ = read_underlag(fil, "underlag.xlsx")
    utan = tuple(r for r in underlag.deltagare if (r.insats, r.mått, r.kön) != ("spraksteget", "avslutade", ""))
    write_underlag(fil, underlag.model_copy(update={"deltagare": utan}))
    from finsam.report.kalkyl.xlsx import write_xlsx

    bok = öppna("exempelforbundet", 2025, inputs=inputs)
    assert bok.fakta["deltagare.spraksteget.avslutade"].värde == 16
    write_xlsx(bok, [], tmp_path / "bok.xlsx")
    rader = openpyxl.load_workbook(tmp_path / "bok.xlsx")["Fakta"].iter_rows(min_row=5)
    [värde] = [
        rad[4].value for rad in rader if (rad[0].value, rad[1].value) == ("deltagare.spraksteget.avslutade", "2025")
    ]
    assert värde == 16
