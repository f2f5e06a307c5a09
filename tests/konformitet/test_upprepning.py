"""The same inputs give the same bytes, whatever the process, its hash seed, its clock's zone and its folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from konformitet.dokument import RAPPORTER, Dokument, skapa, summor

pytestmark = pytest.mark.konformitet


@pytest.mark.parametrize("rapport", RAPPORTER)
def test_a_second_run_gives_the_same_bytes(rapport: str, alla: dict[str, Dokument], tmp_path: Path) -> None:
    andra = skapa(rapport, tmp_path, PYTHONHASHSEED="2", TZ="Pacific/Auckland", LC_ALL="C", MPLCONFIGDIR=str(tmp_path))
    första = summor(alla[rapport].katalog)
    assert {Path(fil).suffix for fil in första} >= {".html", ".pdf", ".xlsx", ".json", ".ipynb"}
    assert summor(andra.katalog) == första
