"""Committed files of real förbund are what their builders make (the made-up förbund's are tried in test_exempel)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bygg import lekeberg_orebro, sofint, sofint_2026, sydnarke
from facit import INPUTS

BYGGEN: dict[str, tuple[Callable[[Path], None], tuple[str, ...]]] = {
    "lekeberg-orebro/2024": (lekeberg_orebro.bygg, ("underlag.xlsx",)),
    "sofint/2024": (sofint.bygg, ("bokforing.se", "underlag.xlsx")),
    "sofint/2026": (sofint_2026.bygg, ("underlag.xlsx",)),
    "sydnarke/2025": (sydnarke.bygg, ("underlag.xlsx",)),
}
"""Year folder: its builder, and the files it makes."""


@pytest.mark.parametrize("mapp", BYGGEN)
def test_committed_files_are_what_the_builder_makes(mapp: str, tmp_path: Path) -> None:
    bygg, filer = BYGGEN[mapp]
    bygg(tmp_path)
    for namn in filer:
        assert (tmp_path / namn).read_bytes() == (INPUTS / mapp / namn).read_bytes(), f"{mapp}/{namn}"
