"""The committed files of SOFINT are what their builder makes (the made-up förbund's are tried in test_exempel)."""

from __future__ import annotations

from pathlib import Path

from bygg.sofint import bygg
from facit import INPUTS


def test_sofint_is_what_its_builder_makes(tmp_path: Path) -> None:
    (tmp_path / "sofint" / "2024").mkdir(parents=True)
    bygg(tmp_path / "sofint" / "2024")
    for namn in ("bokforing.se", "underlag.xlsx"):
        assert (tmp_path / "sofint" / "2024" / namn).read_bytes() == (INPUTS / "sofint" / "2024" / namn).read_bytes()
