"""How a property test picks its examples: the same every time in `make test`, new ones in `make prova`."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import settings

STYRKA = {"": (1 / 3, 1 / 8), "alla": (1, 1), "nya": (3, 3)}
"""Parts of its examples that a test tries, and one with dear ones: in `make test`, `konformitet` and `prova`."""
PROV = os.environ.get("FINSAM_PROV", "")


def antal(alla: int, *, dyra: bool = False) -> int:
    """The number of examples to try; dear are those of more than some hundredths of a second each.

    >>> antal(300) in (100, 300, 900)
    True
    """
    return max(1, round(alla * STYRKA[PROV][dyra]))


def urval(fall: Iterable[Any], *snabba: Any) -> list[Any]:
    """All cases of a test, of which `make test` tries those named and `make konformitet` the others."""
    alla = list(fall)
    assert set(snabba) <= set(alla)
    return [ett if ett in snabba else pytest.param(*_delad(ett), marks=pytest.mark.langsam) for ett in alla]


def _delad(fall: Any) -> tuple[Any, ...]:
    return fall if isinstance(fall, tuple) else (fall,)


def välj_profil() -> None:
    """No test depends on luck, on what an earlier run found, or on how busy the machine is."""
    settings.register_profile(
        "finsam", derandomize=PROV != "nya", database=None, deadline=None, print_blob=True, max_examples=antal(100)
    )
    settings.load_profile("finsam")
