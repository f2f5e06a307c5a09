"""Amounts in öre, dates, and how both are shown in a message."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

BELOPP = re.compile(r"-?(?:\d{1,15}(?:\.\d\d?)?|\.\d\d?)", re.ASCII)
ISO_DATUM = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
ÅTTA_SIFFROR = re.compile(r"\d{8}", re.ASCII)


def parse_öre(text: str) -> int | None:
    """An amount as whole öre, or `None` when it is not written as SIE, of every type, has it.

    >>> [parse_öre(x) for x in ("100", "-3142.1", "-0.00", ".20", "1,00", "1.234", "+5")]
    [10000, -314210, 0, 20, None, None, None]
    """
    if not BELOPP.fullmatch(text):
        return None
    return öre_av(text)


def öre_av(belopp: str) -> int:
    """Whole öre of an amount that is known to be well written."""
    if belopp[-3:-2] == ".":
        return int(belopp.replace(".", ""))
    kronor, _, decimaler = belopp.partition(".")
    return int(kronor + decimaler.ljust(2, "0"))


def decimal_kr(öre: int) -> Decimal:
    """Exact kronor with two decimals.

    >>> decimal_kr(-5), decimal_kr(10000)
    (Decimal('-0.05'), Decimal('100.00'))
    """
    return Decimal(f"{öre}E-2")


@lru_cache(maxsize=4096)
def parse_datum(text: str) -> date | None:
    """A date written YYYYMMDD, or `None`."""
    if not ÅTTA_SIFFROR.fullmatch(text):
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


def parse_iso_datum(text: str) -> date | None:
    """A date written YYYY-MM-DD, or `None`."""
    return parse_datum(text.replace("-", "")) if ISO_DATUM.fullmatch(text) else None


def parse_dag(text: str) -> date | None:
    """A date written in either way, or `None`."""
    return parse_datum(text) or parse_iso_datum(text)


def månad(datum: date) -> str:
    """The calendar month of a date, as the ledger writes a period.

    >>> månad(date(2024, 1, 31))
    '202401'
    """
    return f"{datum.year:04}{datum.month:02}"


def kr_text(öre: int) -> str:
    """An amount for a message.

    >>> kr_text(-121258347)
    '−1 212 583,47 kr'
    """
    kronor, rest = divmod(abs(öre), 100)
    return f"{'−' if öre < 0 else ''}{kronor:,}".replace(",", " ") + f",{rest:02} kr"


def belopp_otolkbart(text: str, rad: int) -> str:
    """What is said of an amount that cannot be read."""
    return f"Beloppet {citat(text)} på rad {rad} kan inte tolkas. Det ska skrivas som 1234.50, utan valuta."


def belopp_utan_heltal(text: str, öre: int) -> str:
    """What is said of an amount that begins with its decimal point."""
    return f"Beloppet {citat(text)} tolkas som {kr_text(öre).removesuffix(' kr')}."


def citat(text: str) -> str:
    """Text from the file for a message: shortened, in quotes."""
    return f'"{text[:40]}…"' if len(text) > 40 else f'"{text}"'
