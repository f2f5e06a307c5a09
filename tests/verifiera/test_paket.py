"""The auditor's package: the same bytes every time, verified in an empty folder, and never trusted."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import finsam
from conftest import Körning, kör
from facit import INPUTS, ROT
from finsam.model.problem import UnreadableInput
from finsam.prove.verifiera import uppackning
from finsam.prove.verifiera.uppackning import packa_upp
from finsam.run.paket import write_paket
from verifiera.conftest import Omgjort


def program(*ord_: str | Path, i: Path, **miljö: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder, in a process of its own."""
    env = {k: v for k, v in os.environ.items() if k != "FINSAM_INPUTS"} | miljö
    kommando = [sys.executable, "-m", "finsam", *map(str, ord_)]
    return subprocess.run(kommando, cwd=i, env=env, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.mark.langsam
def test_a_second_run_gives_the_same_package(paket: Path, tmp_path: Path) -> None:
    """In another process, folder, time zone and language."""
    annat = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONPATH": str(ROT / "lib")}
    val = ("--inputs", INPUTS, "--outputs", tmp_path / "ut", "--json")
    svar = program("skapa", "sofint", "2024", "--paket", *val, i=ROT, **annat)
    data = json.loads(svar.stdout)
    fil = tmp_path / "ut" / "sofint" / "2024" / "sofint-2024-arsredovisning.zip"
    assert data["paket"]["fil"] == str(fil)
    assert fil.read_bytes() == paket.read_bytes()


@pytest.mark.langsam
def test_the_package_is_verified_in_an_empty_folder_with_only_the_program(paket: Path, tmp_path: Path) -> None:
    """No inputs and no lock file lie beside the program; without its own notebooks it runs none at all."""
    shutil.copytree(Path(finsam.__file__).parent, tmp_path / "site" / "finsam")
    shutil.copytree(ROT / "notebooks", tmp_path / "notebooks")
    tom = tmp_path / "tom"
    tom.mkdir()
    svar = program("verifiera", paket, i=tom, PYTHONPATH=str(tmp_path / "site"))
    assert svar.returncode == 0, svar.stdout + svar.stderr
    for rad in (
        "✓ nivå 0  Programmet: samma program, Python och paket som vid körningen",
        "✓ nivå 1  Fakta: alla ",
        "i nivå 1  requirements.lock: är inte jämförd: programmet är installerat utan sin låsfil",
        "filer är desamma, byte för byte",
        "Det som jämfördes stämmer.\nLäs raderna med i: ",
        "Jämför nu zipfilens SHA-256 ovan med den som förbundet har uppgett.",
    ):
        assert rad in svar.stdout
    assert list(tom.iterdir()) == []
    shutil.rmtree(tmp_path / "notebooks")
    svar = program("verifiera", paket, i=tom, PYTHONPATH=str(tmp_path / "site"))
    assert svar.returncode == 2
    assert (
        "? nivå 1  Omkörning: kan inte göras; dokumenten läses tillbaka och hålls mot varandra i stället, vilket inte "
        "visar att underlaget ger dem\n      finsams egna avsnitt (mappen notebooks) finns inte" in svar.stdout
    )


@pytest.mark.langsam
def test_the_package_is_verified_by_another_checkout(exempelpaket: Omgjort, tmp_path: Path) -> None:
    """Without forks, in another time zone and language, under another umask."""
    klon = tmp_path / "klon"
    shutil.copytree(Path(finsam.__file__).parent, klon / "lib" / "finsam")
    shutil.copytree(ROT / "notebooks", klon / "notebooks")
    shutil.copy(ROT / "requirements.lock", klon)
    miljö = {"FINSAM_KORSATT": "process", "TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONPATH": str(klon / "lib")}
    före = os.umask(0o077)
    try:
        svar = program("verifiera", exempelpaket.fil, i=tmp_path, **miljö)
    finally:
        os.umask(före)
    assert svar.returncode == 0, svar.stdout + svar.stderr
    assert "filer är desamma, byte för byte\nAllt stämmer.\nJämför nu zipfilens SHA-256" in svar.stdout


@pytest.mark.langsam
def test_a_package_made_with_another_version_of_a_dependency_agrees(tmp_path: Path) -> None:
    """And without forks, in another time zone: XlsxWriter 3.2 lists conditional formats in another order than 3.3."""
    annan, ut = tmp_path / "annan", tmp_path / "ut"
    pip = ("-m", "pip", "install", "-q", "--no-deps", "--target", annan, "XlsxWriter==3.2.8", "jinja2==3.1.5")
    svar = subprocess.run([sys.executable, *map(str, pip)], capture_output=True, text=True, check=False)
    if svar.returncode:
        pytest.skip(f"paketen kan inte hämtas: {svar.stderr.strip().splitlines()[-1:]}")
    sökväg = os.pathsep.join((str(annan), str(ROT / "lib")))
    miljö = {"PYTHONPATH": sökväg, "FINSAM_KORSATT": "process", "TZ": "Pacific/Auckland"}
    program("skapa", "exempelforbundet", "2025", "--paket", "--inputs", INPUTS, "--outputs", ut, i=tmp_path, **miljö)
    [fil] = ut.rglob("*.zip")
    svar = program("verifiera", fil, i=tmp_path, PYTHONPATH=str(ROT / "lib"))
    assert svar.returncode == 0, svar.stdout + svar.stderr
    rader = [rad.strip() for rad in svar.stdout.splitlines()]
    for paket, version in (("XlsxWriter", "3.2.8"), ("jinja2", "3.1.5")):
        assert any(rad.startswith(f"{paket}: {version} vid körningen, ") for rad in rader)
    for bara_form in ("arsredovisning.pdf", "arsredovisning.xlsx"):
        assert f"{bara_form}: innehållet är detsamma, bara filens form skiljer" in rader
    assert "Det som jämfördes stämmer." in rader


def test_the_package_holds_what_the_manifest_names_and_nothing_else(paket: Path, körning: Körning) -> None:
    manifest = json.loads((körning.katalog / "korning.json").read_text("utf-8"))
    ut = "outputs/sofint/2024/arsredovisning"
    väntade = {f"{ut}/{f}" for f in (*manifest["outputs"], "korning.json")}
    väntade |= {f"inputs/{f}" for f in manifest["inputs"]} | {
        f"notebooks/arsredovisning/{f}" for f in manifest["notebooks"]
    }
    väntade |= {"notebooks/arsredovisning/rapport.yml", "requirements.lock", "LAS_MIG.md", "ro-crate-metadata.json"}
    with zipfile.ZipFile(paket) as arkiv:
        assert set(arkiv.namelist()) == väntade
        assert {p.date_time for p in arkiv.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {p.external_attr >> 16 for p in arkiv.infolist()} == {stat.S_IFREG | 0o644}
        assert "finsam verifiera sofint-2024-arsredovisning.zip" in arkiv.read("LAS_MIG.md").decode()


def test_a_file_that_changes_while_the_package_is_made_stops_it(körning: Körning, tmp_path: Path) -> None:
    inputs = shutil.copytree(INPUTS / "sofint", tmp_path / "inputs" / "sofint").parent
    (inputs / "sofint" / "kontoplan.csv").write_text("ny")
    katalog = shutil.copytree(körning.katalog, tmp_path / "ut" / "sofint" / "2024" / "arsredovisning")
    with pytest.raises(UnreadableInput, match=r"inputs/sofint/kontoplan.csv: Filen ändrades medan rapporten gjordes."):
        write_paket(körning.bok, katalog, inputs, ROT / "notebooks")
    assert [f.name for f in katalog.parent.iterdir()] == ["arsredovisning"]


# ---------------------------------------------------------------- an unpacked package


@pytest.fixture
def uppackat(paket: Path, tmp_path: Path) -> Path:
    packa_upp(paket, tmp_path / "paket")
    return tmp_path / "paket"


@pytest.mark.langsam
def test_an_unpacked_package_is_verified_too(uppackat: Path) -> None:
    svar = kör("verifiera", uppackat, "--niva", "1")
    assert svar.exit_code == 0
    assert svar.output.endswith("Allt stämmer.\n")


@pytest.mark.parametrize(
    ("ändra", "ord_"),
    [
        (lambda p: (p / "inputs/sofint/2024/bokforing.se").write_text("x"), "sofint/2024/bokforing.se: ändrad"),
        (lambda p: (p / "inputs/sofint/forbund.yml").unlink(), "sofint/forbund.yml: saknas"),
        (lambda p: (p / "inputs/extra.txt").write_text("x"), "inputs/extra.txt: hör inte till paketet"),
        (lambda p: (p / "LAS_MIG.md").write_text("x"), "LAS_MIG.md: ändrad"),
        (lambda p: (p / "requirements.lock").write_text("x"), "requirements.lock: ändrad"),
        (lambda p: (p / "notebooks/arsredovisning/rapport.yml").write_text("x"), "rapport.yml: ändrad"),
    ],
)
def test_a_changed_package_is_found(uppackat: Path, ändra: Callable[[Path], object], ord_: str) -> None:
    ändra(uppackat)
    svar = kör("verifiera", uppackat, "--niva", "0")
    assert svar.exit_code == 1
    assert ord_ in svar.output


def test_a_list_of_files_edited_to_fit_does_not_agree_with_the_manifest(uppackat: Path) -> None:
    krate = uppackat / "ro-crate-metadata.json"
    data = json.loads(krate.read_text("utf-8"))
    next(e for e in data["@graph"] if e["@id"] == "inputs/sofint/kontoplan.csv")["sha256"] = "0" * 64
    krate.write_text(json.dumps(data), "utf-8")
    text = "inputs/sofint/kontoplan.csv: ro-crate-metadata.json och korning.json har olika kontrollsumma"
    assert text in kör("verifiera", uppackat, "--niva", "0").output


# ---------------------------------------------------------------- nothing from outside is trusted


@pytest.mark.parametrize("namn", ["../ut.txt", "/tmp/ut.txt", "a/../../ut.txt", "a\\..\\ut.txt", "C:ut.txt"])
def test_a_package_never_writes_outside_its_folder(tmp_path: Path, namn: str) -> None:
    fil = tmp_path / "ond.zip"
    with zipfile.ZipFile(fil, "w") as arkiv:
        arkiv.writestr(zipfile.ZipInfo(namn), "x")
    svar = kör("verifiera", fil)
    assert svar.exit_code == 2
    assert "leder ut ur mappen" in svar.output


def länk(fil: Path) -> None:
    post = zipfile.ZipInfo("inputs")
    post.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(fil, "w") as arkiv:
        arkiv.writestr(post, "/etc")


def dubbla(fil: Path) -> None:
    with zipfile.ZipFile(fil, "w") as arkiv:
        arkiv.writestr("a.txt", "1")
        arkiv.writestr("A.TXT", "2")


@pytest.mark.parametrize(
    ("gör", "ord_"),
    [
        (länk, "inputs är en länk"),
        (dubbla, "två filer har samma namn"),
        (lambda f: f.write_bytes(b"PK\x03\x04skadad"), "är inget paket"),
        (lambda f: f.write_bytes(b""), "är inget paket"),
    ],
)
def test_a_broken_package_gives_code_2(tmp_path: Path, gör: Callable[[Path], object], ord_: str) -> None:
    gör(tmp_path / "paket.zip")
    svar = kör("verifiera", tmp_path / "paket.zip")
    assert svar.exit_code == 2
    assert ord_ in svar.output


def test_an_unreasonably_large_package_is_not_unpacked(paket: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uppackning, "HÖGST_UPPACKAT", 1000)
    assert "orimligt stort" in kör("verifiera", paket).output
