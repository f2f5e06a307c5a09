"""What these tests share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import förkorta


@pytest.fixture
def kort(kopia: Callable[[], Path]) -> Path:
    """The made-up förbund's inputs with a report of two small sections, with no picture."""
    return förkorta(kopia(), "omslag", "underskrifter")


@pytest.fixture
def medel(kopia: Callable[[], Path]) -> Path:
    """The same with the section that has everything: texts, tables and pictures."""
    return förkorta(kopia(), "omslag", "forvaltningsberattelse")
