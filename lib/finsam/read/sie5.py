"""Read SIE 5 (XML)."""

from __future__ import annotations

from finsam.read.sie import Resultat, read_sie_bytes


def är_sie5(data: bytes) -> bool:
    """Whether the bytes are a SIE 5 file."""
    return False


def read_sie5(data: bytes, fil: str) -> Resultat:
    """Read the bytes of a SIE 5 file; see `read_bokföring`."""
    return read_sie_bytes(data, fil)
