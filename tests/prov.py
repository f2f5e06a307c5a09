"""How a property test picks its examples: the same every time in `make test`, new ones in `make prova`."""

from __future__ import annotations

import os

from hypothesis import settings

STYRKA = {"": 1 / 3, "alla": 1, "nya": 3}
"""Parts of its examples that a test tries: in `make test`, in `make konformitet`, and in `make prova`."""
PROV = os.environ.get("FINSAM_PROV", "")


def antal(alla: int) -> int:
    """The number of examples to try.

    >>> antal(300) in (100, 300, 900)
    True
    """
    return max(1, round(alla * STYRKA[PROV]))


def välj_profil() -> None:
    """No test depends on luck, on what an earlier run found, or on how busy the machine is."""
    settings.register_profile(
        "finsam", derandomize=PROV != "nya", database=None, deadline=None, print_blob=True, max_examples=antal(100)
    )
    settings.load_profile("finsam")
