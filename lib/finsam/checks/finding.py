"""A finding: what a check saw, with a code that never changes meaning (docs/kontroller.md)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from finsam.model.belopp import NOLL

Kontrollnivå = Literal["fel", "varning", "upplysning", "ok"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, in Swedish with what to do; `källa` is the table, file or fact it concerns."""

    kod: str
    nivå: Kontrollnivå
    text: str
    källa: str = ""
    lag: str = ""
    differens: Decimal = NOLL

    def json(self) -> dict[str, str]:
        """The finding as `kontroller.json` holds it."""
        return {
            "kod": self.kod,
            "niva": self.nivå,
            "text": self.text,
            "kalla": self.källa,
            "lag": self.lag,
            "differens": f"{self.differens:.2f}",
        }


Kontroll = Iterator[Finding]
