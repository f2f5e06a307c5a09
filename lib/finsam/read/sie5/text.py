"""The values of SIE 5 attributes: amounts, months, dates, references to objekt."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from finsam.model.bokforing import Objekt
from finsam.read.ledger.belopp import belopp_otolkbart, belopp_utan_heltal, parse_iso_datum, parse_öre
from finsam.read.ledger.problem import Problemsamling

_TIDSZON = r"(?:Z|[+-]\d\d:\d\d)?"
_MÅNAD = re.compile(rf"(\d{{4}})-(0[1-9]|1[0-2]){_TIDSZON}", re.ASCII)
_DATUM = re.compile(rf"(\d{{4}}-\d\d-\d\d){_TIDSZON}", re.ASCII)
_UTFYLLT = re.compile(r"(\.\d\d)00+\Z", re.ASCII)


def read_belopp(text: str, rad: int, problem: Problemsamling) -> int | None:
    """Whole öre by the rule of SIE 4, or `None` when that is told as a problem.

    The schema's decimals may be padded with zeros. Four decimals or more (100.0000) can be nothing else; three could be
    a thousands separator, and are refused.
    """
    öre = parse_öre(_UTFYLLT.sub(r"\1", text))
    if öre is None:
        problem.fel(belopp_otolkbart(text, rad), rad, "belopp")
    elif text.lstrip("-").startswith("."):
        problem.varning(belopp_utan_heltal(text, öre), rad, "belopp utan heltal")
    return öre


@lru_cache(maxsize=4096)
def parse_månad(text: str) -> str:
    """A month (2024-01, perhaps with a time zone) as the ledger writes a period; empty when it is none.

    >>> parse_månad("2024-01"), parse_månad("2024-13")
    ('202401', '')
    """
    träff = _MÅNAD.fullmatch(text)
    return träff[1] + träff[2] if träff else ""


@lru_cache(maxsize=4096)
def parse_xml_datum(text: str) -> date | None:
    """A date (2024-01-31, perhaps with a time zone), or `None`; for many rows of few dates."""
    träff = _DATUM.fullmatch(text)
    return parse_iso_datum(träff[1]) if träff else None


def objekt_av(attribut: dict[str, str]) -> Objekt | None:
    """The objekt an ObjectReference names, or `None` when it names none."""
    dimension, objekt = attribut.get("dimId", "").strip(), attribut.get("objectId", "")
    return (dimension, objekt) if dimension and objekt else None
