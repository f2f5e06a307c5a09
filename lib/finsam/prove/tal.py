"""Numbers in words: where they stand, and which kinds may be typed because they are no figures of the year.

Only digits are read; numbers in words ("tre", "hälften") are not.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from finsam.model.ord import MÅNADER

_BLANK = "[ \u00a0\u202f\u2009]"
_BLANKT = re.compile(_BLANK)
_SIFFRA = "[\\d\u00b2\u00b3\u00b9\u00bc-\u00be]"
_EN_SIFFRA = re.compile(_SIFFRA)
_TAL = re.compile(rf"(?:(?<!\w)[-\u2212])?{_SIFFRA}+(?:{_BLANK}\d{{3}}(?!\d))*(?:[,.:]\d+)*(?:{_BLANK}?%)?")
_ENHET = r"(?:%|kr\b|tkr\b|mnkr\b|mkr\b|msek\b|kronor|tusen|miljon|procent|personer|deltagare|st\b|dagar|timmar)"

_TYPER = re.compile(
    rf"""
    (?P<datum>(?<!\d)(?:
        (?:19|20)\d\d-[01]\d-[0-3]\d(?![\d-])
      | (?:[0-3]?\d(?:–|{_BLANK}och{_BLANK}))?[0-3]?\d{_BLANK}(?:{"|".join(MÅNADER)})(?:{_BLANK}(?:19|20)\d\d)?(?!\w)))
  | (?P<klockslag>(?<![\d:])(?:[01]\d|2[0-3]):[0-5]\d(?![\d:])
      | (?<=kl\.{_BLANK})(?:[01]?\d|2[0-3])[.:][0-5]\d(?!\d))
  | (?P<lagrum>\((?:19|20)\d\d:\d+\)
      | (?<=(?:lag|SFS){_BLANK})(?:19|20)\d\d:\d+
      | (?<![\d,.])\d+{_BLANK}?[a-z]?{_BLANK}?kap\.
      | (?<![\d,.])\d+(?:{_BLANK}[a-z])?(?:(?:–|,{_BLANK}|{_BLANK}och{_BLANK})\d+(?:{_BLANK}[a-z])?)*{_BLANK}§§?)
  | (?P<årtal>(?<![\d,.:\u2212])(?<!\s-)(?:19|20)\d\d(?!\d|[.,:]\d|{_BLANK}?{_ENHET}))
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Tal:
    """A number as it is printed, its place in the text, and the kind of typed literal it is ("" for a mere number)."""

    text: str
    början: int
    slut: int
    klass: str = ""


def tal_i(text: str, årtal: Collection[int] = (), fasta: Mapping[str, str] | None = None) -> Iterator[Tal]:
    """The numbers of a text, in order.

    `årtal` are the years that the text may name, `fasta` words with numbers that may stand in it, by their class.

    >>> [(t.text, t.klass) for t in tal_i("17 möten enligt 5 kap. 2 § före 3 maj 2024, mot 1 204 kr 2023", {2023})]
    [('17', ''), ('5 kap.', 'lagrum'), ('2 §', 'lagrum'), ('3 maj 2024', 'datum'), ('1 204', ''), ('2023', 'årtal')]
    """
    if not har_siffra(text):
        return
    klassade = sorted((*_fasta_i(text, fasta or {}), *_typade(text, årtal)), key=lambda t: (t.början, -t.slut))
    slut = 0
    for tal in klassade:
        if tal.början >= slut:
            yield from _fria(text, slut, tal.början)
            yield tal
            slut = tal.slut
    yield from _fria(text, slut, len(text))


def _fria(text: str, början: int, slut: int) -> Iterator[Tal]:
    for träff in _TAL.finditer(text, början, slut):
        yield Tal(träff[0], träff.start(), träff.end())


def _fasta_i(text: str, fasta: Mapping[str, str]) -> Iterator[Tal]:
    """The words with numbers that stand in the text whole."""
    for träff in _något_av(tuple(fasta)).finditer(text) if fasta else ():
        yield Tal(träff[0], träff.start(), träff.end(), fasta[träff[0]])


@cache
def _något_av(ord_: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words, the longest that fits."""
    alla = "|".join(re.escape(ett) for ett in sorted(ord_, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{alla})(?!\w)")


def _typade(text: str, årtal: Collection[int]) -> Iterator[Tal]:
    for träff in _TYPER.finditer(text):
        klass = str(träff.lastgroup)
        if klass == "årtal" and int(träff[0]) not in årtal:
            continue
        if klass == "datum" and not _är_datum(träff[0]):
            continue
        yield Tal(träff[0], träff.start(), träff.end(), klass)


def _är_datum(text: str) -> bool:
    """Whether there is such a day, or such days; one without a year is taken in a leap year."""
    månad = next((m for m in MÅNADER if m in text), "")
    dagar, _, år = text.partition(månad) if månad else ("", "", "")
    try:
        if not månad:
            date.fromisoformat(text)
        for dag in re.findall(r"\d+", dagar):
            date(int(år or 2024), MÅNADER.index(månad) + 1, int(dag))
    except ValueError:
        return False
    return True


def har_siffra(text: str) -> bool:
    """Whether there is a number in a text."""
    return _EN_SIFFRA.search(text) is not None


@lru_cache(maxsize=1 << 14)
def siffror(text: str) -> tuple[str, ...]:
    """The numbers of a text as they are printed, whatever they are, without blanks.

    >>> siffror("den 21\\u00a0februari 2025: −1\\u00a0234,5 kr, 16–24 år")
    ('21', '2025', '−1234,5', '16', '24')
    """
    första = _EN_SIFFRA.search(text)
    return tuple([_BLANKT.sub("", tal) for tal in _TAL.findall(text, max(första.start() - 1, 0))]) if första else ()
