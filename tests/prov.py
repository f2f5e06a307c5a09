"""How many examples a property test tries: a third in `make test`, all of them in `make konformitet`."""

from __future__ import annotations

import os

ALLA = os.environ.get("FINSAM_PROV") == "alla"


def antal(alla: int) -> int:
    """The number of examples to try.

    >>> antal(300) in (100, 300)
    True
    """
    return alla if ALLA else -(-alla // 3)
