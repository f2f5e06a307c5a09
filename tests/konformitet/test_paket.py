"""The auditor's package is a Process Run Crate, says a validator that is not ours."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from facit import INPUTS, ROT
from finsam.oppna import öppna
from finsam.run.paket import write_paket
from konformitet.dokument import RAPPORTER, Dokument
from konformitet.verktyg import kräv

pytestmark = pytest.mark.konformitet

# What the profile recommends and a run without a clock, of a program without a home page, cannot have.
UTAN = {
    ("process-run-crate-0.5_3.2", "The Application SHOULD have a url"),
    ("process-run-crate-0.5_5.1", "The SoftwareApplication id SHOULD be an absolute URI"),
    ("process-run-crate-0.5_8.4", "The Action SHOULD have an endTime in ISO 8601 format"),
    ("ro-crate-1.1_31.2", "The organization SHOULD have a URL."),
}


@pytest.fixture(scope="module")
def paket(alla: dict[str, Dokument]) -> Path:
    """The package of one of the documents."""
    dokument = alla[next(iter(RAPPORTER))]
    förbund, år, rapport = dokument.katalog.parts[-3:]
    return write_paket(öppna(förbund, int(år), rapport, inputs=INPUTS), dokument.katalog, INPUTS, ROT / "notebooks")


def pröva(paket: Path) -> dict[str, Any]:
    kräv("rocrate_validator", "rocrate")
    kommando = [sys.executable, Path(__file__).with_name("krate.py"), paket]
    svar = subprocess.run(kommando, capture_output=True, text=True, check=False)
    assert svar.returncode == 0, svar.stderr[-2000:]
    data: dict[str, Any] = json.loads(svar.stdout.splitlines()[-1])
    return data


def test_the_package_conforms_to_the_profile(paket: Path) -> None:
    utfall = pröva(paket)
    assert utfall["prov"] > 80
    assert utfall["nekade"] == []
    assert [b for b in utfall["brutna"] if b[0] == "REQUIRED"] == []
    assert {(kod, text) for _, kod, text, _ in utfall["brutna"]} == UTAN


SAKNAS = {
    ("CreateAction", "instrument"): "The Action MUST have an instrument",
    ("./", "conformsTo"): "The Root Data Entity MUST reference a CreativeWork entity",
    ("./", "license"): "`license`",
    ("./", "datePublished"): "`datePublished`",
}


def test_the_validator_sees_what_is_missing(paket: Path, tmp_path: Path) -> None:
    """That it finds nothing in ours says something only when it finds what is wrong in another."""
    trasigt = tmp_path / "paket.zip"
    with zipfile.ZipFile(paket) as arkiv, zipfile.ZipFile(trasigt, "w") as ut:
        for namn in arkiv.namelist():
            ut.writestr(namn, utan(arkiv.read(namn)) if namn == "ro-crate-metadata.json" else arkiv.read(namn))
    funna = [text for nivå, _, text, _ in pröva(trasigt)["brutna"] if nivå == "REQUIRED"]
    for ord_ in SAKNAS.values():
        assert any(ord_ in text for text in funna), (ord_, funna)


def utan(data: bytes) -> bytes:
    """The metadata without some of what the profile requires."""
    krate = json.loads(data)
    for sort, nyckel in SAKNAS:
        del next(e for e in krate["@graph"] if sort in (e["@type"], e["@id"]))[nyckel]
    return json.dumps(krate).encode()
