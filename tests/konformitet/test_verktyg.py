"""In CI nothing is skipped: every tool is there."""

from __future__ import annotations

import os

import pytest

from konformitet.verktyg import NPM, npm_fil, saknade


@pytest.mark.konformitet
@pytest.mark.skipif(not os.environ.get("CI"), reason="bara CI måste ha alla verktyg; här hoppas det över som saknas")
def test_ci_has_every_tool() -> None:
    assert saknade() == {}
    try:
        assert all(npm_fil(paket).is_file() for paket in NPM)
    except pytest.skip.Exception as fel:
        pytest.fail(str(fel))
