"""Why a file cannot be read."""

from __future__ import annotations


class Oläsligt(Exception):
    """A file that cannot be read; says why and what to do, in Swedish."""
