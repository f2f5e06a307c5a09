"""Amounts: exact Decimal kronor until a writer prints them, and the Swedish way of printing them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

NOLL = Decimal(0)
HÅRT_BLANK = "\u00a0"
MINUS = "\u2212"
TANKSTRECK = "\u2013"
TKR = Decimal(1000)


def avrunda(tal: Decimal, decimaler: int = 0) -> Decimal:
    """Round half away from zero, as amounts are rounded in a printed report.

    >>> avrunda(Decimal("0.5")), avrunda(Decimal("-2.25"), 1)
    (Decimal('1'), Decimal('-2.3'))
    """
    return tal.quantize(Decimal(1).scaleb(-decimaler), ROUND_HALF_UP)


def svenskt_tal(tal: Decimal, decimaler: int = 0) -> str:
    """Print a number with hard spaces between thousands, decimal comma and a true minus.

    >>> svenskt_tal(Decimal("-1234567.5"), 1)
    '−1\u00a0234\u00a0567,5'
    """
    rundat = avrunda(tal, decimaler)
    text = f"{abs(rundat):,.{decimaler}f}".replace(",", HÅRT_BLANK).replace(".", ",")
    return f"{MINUS}{text}" if rundat < 0 else text


def kr(belopp: Decimal | None) -> str:
    """Show an amount in whole kronor; a figure that is nil is shown as 0, no figure as nothing.

    >>> kr(Decimal("-1234567.50")), kr(NOLL), kr(None)
    ('−1\u00a0234\u00a0568', '0', '')
    """
    return "" if belopp is None else svenskt_tal(belopp)


def tkr(belopp: Decimal | None) -> str:
    """Show an amount in thousands, as a printed årsredovisning does.

    >>> tkr(Decimal("-1234567")), tkr(None)
    ('−1\u00a0235', '')
    """
    return "" if belopp is None else svenskt_tal(belopp / TKR)


def procent(andel: Decimal | None, decimaler: int = 0) -> str:
    """Show a ratio as a percentage.

    >>> procent(Decimal("0.2275")), procent(Decimal("0.2275"), 1)
    ('23\u00a0%', '22,8\u00a0%')
    """
    return "" if andel is None else f"{svenskt_tal(andel * 100, decimaler)}{HÅRT_BLANK}%"


def andel(tal: Decimal | None) -> str:
    """Show a ratio as whole per cent when it is whole, with two decimals when it has just two, else with one.

    >>> andel(Decimal("0.29")), andel(Decimal("0.1312")), andel(Decimal("0.22754"))
    ('29\u00a0%', '13,12\u00a0%', '22,8\u00a0%')
    """
    if tal is None:
        return ""
    if avrunda(tal, 2) == tal:
        return procent(tal)
    return procent(tal, 2 if avrunda(tal, 4) == tal != avrunda(tal, 3) else 1)


def med_ombytta(tal: Decimal) -> Iterator[Decimal]:
    """A number with two figures beside each other swapped, each way; a decimal point between them is no matter.

    >>> [str(ett) for ett in med_ombytta(Decimal(1200))], [str(ett) for ett in med_ombytta(Decimal("79.2"))]
    (['2100', '1020'], ['97.2', '72.9'])
    """
    text = f"{tal:f}"
    for i, j in pairwise(nr for nr, tecken in enumerate(text) if tecken.isdigit()):
        if text[i] != text[j]:
            yield Decimal(f"{text[:i]}{text[j]}{text[i + 1 : j]}{text[i]}{text[j + 1 :]}")
