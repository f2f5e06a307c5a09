"""What these tests share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def kort(kopia: Callable[[], Path]) -> Path:
    """The made-up förbund's inputs with a report of two sections, for speed."""
    inputs = kopia()
    with (inputs / "exempelforbundet" / "forbund.yml").open("a", encoding="utf-8") as fil:
        fil.write("rapporter:\n  arsredovisning:\n    avsnitt: [omslag, forvaltningsberattelse]\n")
    return inputs
