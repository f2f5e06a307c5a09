"""A pattern that is made when it may be found: most are of phrases that a report may never have."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import Any


class Mönster:
    """A pattern, and words without which it is not found: of each of `ord_`, parted by |, one is in any match.

    To look for the words is quick; to make the pattern is slow, and to look for it is not quick either.

    >>> mönster = Mönster(r"(?<!\\w)(?:mer|mindre)\\sän", "mer|mindre", "än")
    >>> mönster.search("fler än då"), mönster.search("mer än då")
    (None, <re.Match object; span=(0, 6), match='mer än'>)
    """

    def __init__(self, mönster: str, *ord_: str, flaggor: re.RegexFlag = re.NOFLAG) -> None:
        self.pattern, self.ord = mönster, tuple(tuple(ett.split("|")) for ett in ord_)
        self.flaggor = flaggor
        self._gemena = bool(flaggor & re.IGNORECASE)

    @cached_property
    def _gjort(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self.flaggor)

    def kan_finnas(self, text: str) -> bool:
        """Whether a text has the words that it takes."""
        if self._gemena:
            text = gemena(text)
        for några in self.ord:
            for ett in några:
                if ett in text:
                    break
            else:
                return False
        return True

    def search(self, text: str, start: int = 0, slut: int = sys.maxsize) -> re.Match[str] | None:
        """The first place where it is found."""
        return self._gjort.search(text, start, slut) if self.kan_finnas(text) else None

    def match(self, text: str, start: int = 0, slut: int = sys.maxsize) -> re.Match[str] | None:
        """It, where it is found just there."""
        return self._gjort.match(text, start, slut) if self.kan_finnas(text) else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """It, where it is all of the text."""
        return self._gjort.fullmatch(text) if self.kan_finnas(text) else None

    def finditer(self, text: str, start: int = 0, slut: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """All places where it is found."""
        return self._gjort.finditer(text, start, slut) if self.kan_finnas(text) else iter(())

    def findall(self, text: str) -> list[Any]:
        """All that is found, or their groups, as a pattern gives them."""
        return self._gjort.findall(text) if self.kan_finnas(text) else []


@lru_cache(maxsize=1 << 12)
def gemena(text: str) -> str:
    """The text in small letters, with i and s for what a pattern without regard to case takes for them too.

    >>> gemena("İ ſin Budget")
    'i sin budget'
    """
    return text.lower().replace("i\u0307", "i").replace("ı", "i").replace("ſ", "s")
