"""What many tests need: the years opened, and one finished run of each, made once."""

from __future__ import annotations

import gc
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from filelock import FileLock

from facit import INPUTS
from finsam.oppna import öppna
from finsam.report.arsbok import Årsbok
from finsam.run.cli.kommandon import main
from prov import välj_profil

välj_profil()
gc.set_threshold(100_000, 50, 1000)  # tests make much that lasts and little that goes in circles


@pytest.fixture(scope="session")
def sofint() -> Årsbok:
    """SOFINT 2024, opened."""
    return öppna("sofint", 2024, inputs=INPUTS)


@pytest.fixture(scope="session")
def exempel() -> Årsbok:
    """The made-up förbund 2025, opened."""
    return öppna("exempelforbundet", 2025, inputs=INPUTS)


def en_gång(fabrik: pytest.TempPathFactory, namn: str, gör: Callable[[Path], Any]) -> Path:
    """A folder that is made by the first worker that needs it, and by all of them only read."""
    rot = fabrik.getbasetemp()
    rot = rot.parent if "PYTEST_XDIST_WORKER" in os.environ else rot
    mapp, klar = rot / namn, rot / f"{namn}.klar"
    with FileLock(rot / f"{namn}.las"):
        if not klar.exists():
            shutil.rmtree(mapp, ignore_errors=True)
            mapp.mkdir()
            gör(mapp)
            klar.touch()
    return mapp


Färdig = Callable[..., Path]


@pytest.fixture(scope="session")
def färdig(tmp_path_factory: pytest.TempPathFactory) -> Färdig:
    """`finsam skapa` of a report of inputs/: the folder of its outputs, with what was said in `svar.json`."""

    def gör(förbund: str, år: int, rapport: str = "arsredovisning") -> Path:
        def skapa(ut: Path) -> None:
            svar = kör("skapa", förbund, str(år), rapport, "--inputs", INPUTS, "--outputs", ut)
            (ut / "svar.json").write_text(json.dumps([svar.exit_code, svar.output]), "utf-8")

        return en_gång(tmp_path_factory, f"{förbund}-{år}-{rapport}", skapa)

    return gör


@dataclass
class Körning:
    """A finished run: its exit code, what it said and its files."""

    kod: int
    utskrift: str
    katalog: Path
    bok: Årsbok

    @cached_property
    def rapport(self) -> dict[str, Any]:
        """`rapport.json`."""
        data: dict[str, Any] = json.loads((self.katalog / "rapport.json").read_text("utf-8"))
        return data

    @cached_property
    def kontroller(self) -> list[dict[str, str]]:
        """`kontroller.json`."""
        data: list[dict[str, str]] = json.loads((self.katalog / "kontroller.json").read_text("utf-8"))
        return data

    @cached_property
    def sida(self) -> str:
        """The page."""
        return (self.katalog / f"{self.katalog.name}.html").read_text("utf-8")


def kör(*ord_: str | Path, svar: str | None = None) -> Result:
    """Run the command as a user does; `svar` is what is typed at its questions."""
    return CliRunner().invoke(main, [str(o) for o in ord_], input=svar)


@pytest.fixture(scope="session")
def körning(färdig: Färdig, sofint: Årsbok) -> Körning:
    """`finsam skapa sofint 2024`, once."""
    ut = färdig("sofint", 2024)
    kod, utskrift = json.loads((ut / "svar.json").read_text("utf-8"))
    return Körning(kod, utskrift, ut / "sofint" / "2024" / "arsredovisning", sofint)


def förkorta(inputs: Path, *avsnitt: str, förbund: str = "exempelforbundet") -> Path:
    """An årsredovisning cut to some sections, for speed."""
    with (inputs / förbund / "forbund.yml").open("a", encoding="utf-8") as fil:
        fil.write(f"rapporter:\n  arsredovisning:\n    avsnitt: [{', '.join(avsnitt)}]\n")
    return inputs


@pytest.fixture
def kopia(tmp_path: Path) -> Callable[[], Path]:
    """A copy of the made-up förbund's inputs, to break."""

    def kopiera() -> Path:
        mål = tmp_path / "inputs"
        if not mål.exists():
            shutil.copytree(INPUTS / "exempelforbundet", mål / "exempelforbundet")
        return mål

    return kopiera
