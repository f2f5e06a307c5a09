"""Read a saldolista or huvudbok (.xlsx, .csv)."""

from __future__ import annotations

from finsam.read.sie import Resultat, read_sie_bytes


def är_saldolista(data: bytes) -> bool:
    """Whether the bytes are a table: a workbook, or lines with separators."""
    return False


def read_saldolista(data: bytes, fil: str, år: int | None) -> Resultat:
    """Read the bytes of a saldolista; see `read_bokföring`."""
    return read_sie_bytes(data, fil)
