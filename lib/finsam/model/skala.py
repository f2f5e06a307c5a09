"""The scales of surveys, and which of their answers count as success: the success set is each goal's own."""

from __future__ import annotations

import re
from collections.abc import Sequence

SKALOR: dict[str, tuple[str, ...]] = {
    "frekvens": ("aldrig", "sällan", "ibland", "ofta", "för det mesta", "alltid"),
    "grad": ("inte alls", "till liten del", "delvis", "till stor del", "till mycket stor del", "helt och hållet"),
    "ja/nej": ("nej", "ja"),
}
"""The answers of each scale, from the least to the most. The two of six steps are those of NNS indikatorer.

Their upper halves are as förbunden print them in goals; the words below those are the usual ones.
"""

SAMMA = {"i liten utsträckning": "till liten del"}
"""Other words for a step."""

_OCH_UPPÅT = re.compile(r"(.+?) eller (?:bättre|mer|mera|oftare)")
_SKILJE = re.compile(r"\s*,\s*|\s+eller\s+")


def steg(svar: str) -> str:
    """An answer as the scales have it.

    >>> steg(" I liten utsträckning ")
    'till liten del'
    """
    ord_ = " ".join(svar.casefold().split())
    return SAMMA.get(ord_, ord_)


def lyckade(urval: str, skala: Sequence[str], *, ordnad: bool = True) -> tuple[str, ...]:
    """The answers a success set names; words that are not in the scale are kept as they are, for a message.

    >>> lyckade("Till stor del eller bättre", SKALOR["grad"])
    ('till stor del', 'till mycket stor del', 'helt och hållet')
    >>> lyckade("ofta, för det mesta eller alltid", SKALOR["frekvens"])
    ('ofta', 'för det mesta', 'alltid')
    """
    text = " ".join(urval.casefold().split()).removesuffix(".")
    if ordnad and (uppåt := _OCH_UPPÅT.fullmatch(text)) and steg(uppåt[1]) in skala:
        return tuple(skala[list(skala).index(steg(uppåt[1])) :])
    if steg(text) in skala:
        return (steg(text),)
    return tuple(dict.fromkeys(steg(ord_) for ord_ in _SKILJE.split(text) if ord_))
