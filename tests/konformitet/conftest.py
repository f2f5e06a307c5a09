"""One run of each report, made once, and a browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from konformitet.dokument import RAPPORTER, Dokument, skapa
from konformitet.verktyg import kräv

TYST = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")


@pytest.fixture(scope="session")
def alla(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Dokument]:
    """Two årsredovisningar and a verksamhetsplan."""
    ut = tmp_path_factory.mktemp("outputs")
    return {rapport: skapa(rapport, ut, PYTHONHASHSEED="1") for rapport in RAPPORTER}


@pytest.fixture(params=list(RAPPORTER))
def dokument(request: pytest.FixtureRequest, alla: dict[str, Dokument]) -> Dokument:
    """One of them at a time."""
    return alla[request.param]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A browser without a screen."""
    kräv("chromium")
    with sync_playwright() as p:
        webbläsare = p.chromium.launch(executable_path=shutil.which("chromium"), args=list(TYST))
        yield webbläsare
        webbläsare.close()
