"""Findings that say the same of different things, told together where a person reads."""

from __future__ import annotations

from collections.abc import Sequence

from finsam.checks.finding import Finding

_LÄNGSTA_BÖRJAN = 40
"""How long what findings have in common before a colon may be, for them to be told as one."""


def likadana(funna: Sequence[Finding]) -> dict[str, list[Finding]]:
    """Findings of one check and level by what they begin with, before the colon; one that is alone by all its words.

    What is to be mended (fel) is told in full.

    >>> list(likadana([Finding("varning", f"Uppgift saknas: {vad}.") for vad in ("panter", "dag")]))
    ['Uppgift saknas']
    """
    lika: dict[str, list[Finding]] = {}
    for f in funna:
        början, kolon, _ = f.text.partition(": ")
        ihop = kolon and len(början) <= _LÄNGSTA_BÖRJAN and f.nivå != "fel"
        lika.setdefault(början if ihop else f.text, []).append(f)
    return {början if len(alla) > 1 else alla[0].text: alla for början, alla in lika.items()}


def eget(f: Finding, början: str) -> str:
    """What a finding says beside what it begins with in common with others."""
    return f.text.removeprefix(f"{början}: ")
