"""Years pass: what each released version has made is read, verified, rolled forward and still sealed."""

from __future__ import annotations

import hashlib
import io
import json
import re
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import en_gång, kör
from finsam import __version__
from finsam.model.underlag import BLAD
from finsam.prove.verifiera.aldre import tidigare_version
from finsam.prove.verifiera.uppackning import packa_upp
from finsam.read.arbetsbok import read_arbetsbok
from finsam.read.underlag.blad import hitta_rubrikrad, kolumner, rubrik
from finsam.read.underlag.nytt import NYA_BLAD, NYA_KOLUMNER
from finsam.read.underlag.underlag import read_underlag
from finsam.run.omkorning import read_paket
from finsam.run.paket import write_zip
from verifiera.manipulera import anpassa_paket, byt, byt_alla

FÖRR = Path(__file__).parent / "forr"
VERSIONER = sorted(mapp.name for mapp in FÖRR.iterdir() if mapp.is_dir())
NAMN = "aspdalen-2024-arsredovisning.zip"
UT = "outputs/aspdalen/2024/arsredovisning"

pytestmark = pytest.mark.parametrize("version", VERSIONER)


def filer(version: str) -> dict[str, bytes]:
    """The files of the package that a version made, in its order, and last the seal of the same run."""
    with tarfile.open(FÖRR / version / "aspdalen.tar.xz") as arkiv:
        ut = {}
        for post in arkiv:
            fil = arkiv.extractfile(post)
            assert fil
            ut[post.name] = fil.read()
    return ut


@pytest.fixture
def paket(version: str, tmp_path: Path) -> Path:
    alla = filer(version)
    del alla["plomb.json"]
    ut = io.BytesIO()
    write_zip(alla, ut)
    (tmp_path / NAMN).write_bytes(ut.getvalue())
    return tmp_path / NAMN


@pytest.fixture
def uppackat(paket: Path, tmp_path: Path) -> Path:
    packa_upp(paket, tmp_path / "paket")
    return tmp_path / "paket"


def test_the_package_that_is_kept_is_the_one_that_was_made(version: str, paket: Path) -> None:
    text = (FÖRR / "README.md").read_text("utf-8").partition(f"## {version}")[2].partition("\n## ")[0]
    assert re.findall(r"SHA-256 ([0-9a-f]{64})", text) == [hashlib.sha256(paket.read_bytes()).hexdigest()]
    assert re.match(r"\d+\.\d+\.\d+\Z", __version__), "the number of a version can be told from an earlier one's"


# ---------------------------------------------------------------- the workbook


def test_what_is_new_in_the_workbook_is_named(version: str) -> None:
    """The sheets and columns that the version's own template lacks, and no other."""
    senare = [ny for ny in NYA_BLAD if ny > version]
    bok, problem = read_arbetsbok((FÖRR / version / "mall.xlsx").read_bytes(), "mall.xlsx")
    assert not problem
    assert [k.blad for k in BLAD if k.blad not in bok] == [
        k.blad for k in BLAD if any(k in NYA_BLAD[ny] for ny in senare)
    ]
    for klass in (k for k in BLAD if k.blad in bok):
        rad = hitta_rubrikrad(klass, bok[klass.blad])
        assert rad
        finns = {cell.värde for cell in bok[klass.blad][rad].values()}
        saknas = {namn for namn, fält in kolumner(klass).items() if rubrik(fält) not in finns}
        assert saknas == {namn for ny in senare for namn in NYA_KOLUMNER[ny].get(klass, ())}
    _, problem = read_underlag(FÖRR / version / "mall.xlsx", "underlag.xlsx")
    assert [p.nivå for p in problem] == ["upplysning"] * len(senare)
    for ny, ett in zip(reversed(senare), problem, strict=True):
        assert ett.text.startswith(f"Arbetsboken gjordes före finsam {ny} och läses som den är.")
        assert all(k.blad in ett.text for k in NYA_BLAD[ny])
        assert all(rubrik(kolumner(k)[namn]) in ett.text for k, alla in NYA_KOLUMNER[ny].items() for namn in alla)


def test_the_year_is_rolled_forward(version: str, uppackat: Path) -> None:
    """The new year's workbook has what is new; the old year is as it was."""
    före = {fil: fil.read_bytes() for fil in (uppackat / "inputs").rglob("*") if fil.is_file()}
    svar = kör("nytt", "aspdalen", "2025", "--fraga-inte", "--inputs", uppackat / "inputs")
    assert svar.exit_code == 0, svar.output
    assert "Utgår från 2024: årsredovisningen." in svar.output
    assert {fil: fil.read_bytes() for fil in före} == före
    _, problem = read_underlag(uppackat / "inputs/aspdalen/2025/underlag.xlsx", "underlag.xlsx")
    assert problem == []


# ---------------------------------------------------------------- the seal


def test_a_sealed_year_need_not_change(version: str, uppackat: Path, tmp_path: Path) -> None:
    for mapp in ("inputs", "outputs"):
        (uppackat / mapp).rename(tmp_path / mapp)
    plomb = tmp_path / "inputs/aspdalen/2024/plomb.json"
    plomb.write_bytes(filer(version)["plomb.json"])
    svar = kör("kontrollera", "aspdalen", "2024", "--utforligt", "--inputs", tmp_path / "inputs")
    assert svar.exit_code == 0, svar.output
    assert "✓ C26  Underlaget till ett plomberat år är oförändrat sedan det plomberades." in svar.output
    prova = ("verifiera", tmp_path / UT, "--niva", "0", "--inputs", tmp_path / "inputs")
    svar = kör(*prova)
    assert svar.exit_code == 0, svar.output
    assert "✓ nivå 0  Plomben: körningen är den som plomberades 2025-02-21 av Eva Ek" in svar.output
    plomb.write_bytes(plomb.read_bytes().replace(b"Eva Ek", b"Eva Al"))
    assert "✗ nivå 0  Plomben" in kör(*prova).output


# ---------------------------------------------------------------- the package


@pytest.fixture
def omgjort(
    version: str, paket: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> dict[str, bytes]:
    """What a run of the package's inputs gives here, made once."""

    def gör(mapp: Path) -> None:
        packa_upp(paket, mapp / "paket")
        kör("skapa", "aspdalen", "2024", "--paket", "--inputs", mapp / "paket/inputs", "--outputs", mapp / "ut")

    nya = read_paket(en_gång(tmp_path_factory, f"forr-{version}", gör) / "ut/aspdalen/2024" / NAMN)
    monkeypatch.setattr("finsam.run.omkorning._kör_om", lambda *_: nya)
    return nya


@pytest.mark.langsam
@pytest.mark.usefixtures("omgjort")
def test_each_fact_and_cell_is_the_same_and_new_words_are_named(version: str, paket: Path) -> None:
    svar = kör("verifiera", paket, "--json")
    steg = json.loads(svar.output)["steg"]
    assert svar.exit_code == 2, svar.output
    assert not [ett for ett in steg if ett["utfall"] == "skiljer"]
    fakta = len(json.loads(filer(version)[f"{UT}/rapport.json"])["fakta"])
    funna = {ett["namn"]: ett for ett in steg}
    assert funna["Fakta"]["text"] == f"alla {fakta} är desamma"
    assert {"Nya fakta", "Nya filer"} <= {ett["namn"] for ett in steg if ett["utfall"] == "upplysning"}
    oklara = {ett["namn"] for ett in steg if ett["utfall"] == "oklart"}
    assert oklara <= {"Avsnitten", "Tabellernas ord", "Orden", "Äldre filer"}, oklara
    assert f"prövas av finsam {version}" in funna["Orden"]["text"]
    for namn in ("Tabellerna", "rapport.json", "arsredovisning.html", "arsredovisning.xlsx", "arsredovisning.pdf"):
        assert funna[namn]["utfall"] == "stämmer"


ÄNDRINGAR: dict[str, tuple[Callable[[Path], None], str]] = {
    "ett_fakta": (
        byt_alla("rapport.json", r'(?s)("rr.arets_resultat/2024": \{\s+"varde": ")[-\d.]+', r"\g<1>1.00"),
        "rr.arets_resultat/2024: 1.00 i dokumentet, 114997.50 vid omkörning",
    ),
    "ett_tal_i_sidan": (byt("arsredovisning.html", ">114\u00a0998<", ">114\u00a0997<"), "visar 114 997"),
    "ett_fakta_till": (
        byt("rapport.json", '"rr.arets_resultat/2024": {', '"rr.hittat_pa/2024": {'),
        "rr.hittat_pa/2024: 114997.50 i dokumentet, finns inte vid omkörning",
    ),
}


@pytest.mark.langsam
@pytest.mark.usefixtures("omgjort", "version")
@pytest.mark.parametrize("namn", ÄNDRINGAR)
def test_the_age_of_a_package_excuses_no_figure(uppackat: Path, namn: str) -> None:
    ändra, ord_ = ÄNDRINGAR[namn]
    ändra(uppackat / UT)
    anpassa_paket(uppackat, UT)
    svar = kör("verifiera", uppackat)
    assert svar.exit_code == 1, svar.output
    assert ord_ in svar.output.replace("\u00a0", " ")
    assert "✗ nivå 0" not in svar.output


def test_only_an_earlier_version_is_one(version: str, paket: Path, tmp_path: Path) -> None:
    from finsam.prove.manifest import read_körning

    packa_upp(paket, tmp_path / "p")
    körning = read_körning(tmp_path / "p" / UT)
    assert tidigare_version(körning) == version
    for annan in (__version__, "99.0", "", "0.1.0-ny", "٠.١", "9" * 5000):
        assert tidigare_version(körning.model_copy(update={"versioner": {"finsam": annan}})) == ""
