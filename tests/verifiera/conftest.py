"""A package of the finished run, and last year of the made-up förbund finished and sealed; each made once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest

from conftest import Körning, en_gång, kör
from facit import INPUTS, ROT
from finsam.prove.pdf import read_pdf
from finsam.prove.sida import read_html
from finsam.prove.verifiera import likhet_pdf, pdf
from finsam.prove.verifiera.uppackning import packa_upp
from finsam.run.omkorning import read_paket
from finsam.run.paket import write_paket

PAKET = "sofint-2024-arsredovisning.zip"


@pytest.fixture(scope="session", autouse=True)
def lästa_dokument() -> Iterator[None]:
    """A PDF and a page are read once as long as they are the same; most tests change another file.

    What tries the reading itself calls `read_pdf` and `read_html`, which are let be.
    """
    minns = lru_cache(maxsize=8)
    with pytest.MonkeyPatch.context() as m:
        for läs in (read_pdf, read_html):
            m.setattr(pdf, läs.__name__, minns(läs))
        m.setattr(likhet_pdf, "read_pdf", pdf.read_pdf)
        yield


@pytest.fixture(scope="session")
def paket(körning: Körning, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The auditor's package of SOFINT 2024."""

    def gör(mapp: Path) -> None:
        write_paket(körning.bok, körning.katalog, INPUTS, ROT / "notebooks").rename(mapp / PAKET)

    return en_gång(tmp_path_factory, "paket", gör) / PAKET


@pytest.fixture(scope="session")
def plomberat(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with inputs and outputs where the made-up förbund's 2024 is finished and sealed."""

    def gör(rot: Path) -> None:
        shutil.copytree(INPUTS / "exempelforbundet", rot / "inputs" / "exempelforbundet")
        kör("skapa", "exempelforbundet", "2024", "--inputs", rot / "inputs", "--outputs", rot / "outputs")
        svar = plombera(rot, "--namn", "Eva Ek", "--datum", "2025-02-20")
        assert svar[0] == 0, svar

    return en_gång(tmp_path_factory, "plomberat", gör)


def plombera(rot: Path, *val: str) -> tuple[int, str]:
    """`finsam plombera exempelforbundet 2024` in a folder: exit code and what is said."""
    svar = kör("plombera", "exempelforbundet", "2024", *val, "--inputs", rot / "inputs", "--outputs", rot / "outputs")
    return svar.exit_code, svar.output


@dataclass(frozen=True)
class Omgjort:
    """A package of the made-up förbund, unpacked and packed, and its files as a new run gives them."""

    fil: Path
    filer: dict[str, bytes]

    def packa_upp(self, mapp: Path) -> Path:
        packa_upp(self.fil, mapp)
        return mapp


@pytest.fixture(scope="session")
def exempelpaket(tmp_path_factory: pytest.TempPathFactory) -> Omgjort:
    """The auditor's package of the made-up förbund 2025."""

    def gör(mapp: Path) -> None:
        kör("skapa", "exempelforbundet", "2025", "--paket", "--inputs", INPUTS, "--outputs", mapp)

    mapp = en_gång(tmp_path_factory, "exempelpaket", gör) / "exempelforbundet" / "2025"
    fil = mapp / "exempelforbundet-2025-arsredovisning.zip"
    return Omgjort(fil, read_paket(fil))


@pytest.fixture
def omgjort(exempelpaket: Omgjort, monkeypatch: pytest.MonkeyPatch) -> Omgjort:
    """What a new run of the package gives, without making it: that it is the same bytes is tried in test_paket.py."""
    monkeypatch.setattr("finsam.run.omkorning._kör_om", lambda *_: exempelpaket.filer)
    return exempelpaket


@pytest.fixture
def omkörd(paket: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a new run gives, without making it: that it is the same bytes is tried in test_paket.py."""
    filer = read_paket(paket)
    monkeypatch.setattr("finsam.run.omkorning._kör_om", lambda *_: filer)
