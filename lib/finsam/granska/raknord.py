"""Counts that are written in words."""

from __future__ import annotations

RÄKNEORD = dict(
    zip(
        [
            "två",
            "tre",
            "fyra",
            "fem",
            "sex",
            "sju",
            "åtta",
            "nio",
            "tio",
            "elva",
            "tolv",
            "tretton",
            "fjorton",
            "femton",
        ],
        range(2, 16),
        strict=True,
    )
)


def antal_av(skrivet: str) -> int:
    """A count in digits or in words.

    >>> antal_av("tolv"), antal_av("7")
    (12, 7)
    """
    return RÄKNEORD.get(skrivet.lower()) or int(skrivet)
