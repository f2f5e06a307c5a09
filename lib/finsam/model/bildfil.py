"""A picture of the förbund's own: its logotype, or one on the cover."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Literal

Bildtyp = Literal["svg+xml", "png", "jpeg"]


@dataclass(frozen=True, slots=True)
class Bildfil:
    """A picture that has been tried; `alt` is what it shows, in words."""

    data: bytes
    typ: Bildtyp
    alt: str = ""

    @property
    def adress(self) -> str:
        """An address that holds all of it."""
        return f"data:image/{self.typ};base64,{base64.b64encode(self.data).decode()}"
