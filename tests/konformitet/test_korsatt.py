"""The two ways of running give the same bytes of every kind of picture too (tests/test_korsatt.py has one)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import förkorta
from test_korsatt import hem, test_both_ways_and_anyones_settings_give_the_same_bytes

__all__ = ["hem", "test_both_ways_and_anyones_settings_give_the_same_bytes"]
pytestmark = pytest.mark.konformitet


@pytest.fixture
def några(kopia: Callable[[], Path]) -> Path:
    """The made-up förbund's inputs with a report of three sections, one of them with all that can be drawn."""
    return förkorta(kopia(), "omslag", "forvaltningsberattelse", "kontroller")


@pytest.fixture
def utan_hem() -> tuple[str, ...]:
    return ("grenar", "process", "karnor")
