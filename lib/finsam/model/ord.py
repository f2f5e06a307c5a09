"""Words that many parts print."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import filterfalse

MÅNADER = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)
ORDNINGSTAL = ("första", "andra", "tredje", "fjärde")
SAKNAS = "uppgift saknas"
VISAS_EJ = "visas ej"
"""In place of a figure that is withheld: the same for a small group and for what protects it."""


def versal(text: str) -> str:
    """The text with a capital first letter, the rest as it is.

    >>> versal("beredningsgrupp och FK")
    'Beredningsgrupp och FK'
    """
    return text[:1].upper() + text[1:]


def i_parentes(text: str) -> str:
    """Words from elsewhere with parentheses for braces, which in our files are references.

    >>> i_parentes("Projekt {2}")
    'Projekt (2)'
    """
    return text.translate(str.maketrans("{}", "()"))


def gemena(text: str) -> str:
    """The text with a small first letter, for the middle of a sentence; an abbreviation is left as it is.

    >>> gemena("Revision {uppgift.Arvode | kr}"), gemena("Medel från EU"), gemena("ESF-medel")
    ('revision {uppgift.Arvode | kr}', 'medel från EU', 'ESF-medel')
    """
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def relativt_år(period: int, år: int) -> str:
    """A year as it is written relative to the report's.

    >>> relativt_år(2024, 2024), relativt_år(2023, 2024), relativt_år(2026, 2024)
    ('år', 'år-1', 'år+2')
    """
    return "år" if period == år else f"år{period - år:+d}"


def årsord(period: str, år: int) -> str:
    """A year as a reference, relative to the report's.

    >>> årsord("2023", 2024)
    '{år-1}'
    """
    return f"{{{relativt_år(int(period), år)}}}"


def med_årsord(text: str, perioder: Iterable[str], år: int) -> str:
    """The words with references in place of the years that they name.

    >>> med_årsord("Budget 2026 och plan 2027–2028", ("2026", "2027", "2028"), 2026)
    'Budget {år} och plan {år+1}–{år+2}'
    """
    for period in perioder:
        text = text.replace(period, årsord(period, år))
    return text


def utan_klammer(text: str) -> str:
    """The words with their declared literals as they are read.

    >>> utan_klammer("Andel av invånarna {= 20–64 år}")
    'Andel av invånarna 20–64 år'
    """
    return re.sub(r"\{=\s*([^{}]*?)\s*\}", r"\1", text)


def utan_hänvisning(text: str) -> str:
    """Words from a file in a sentence of ours: nothing in them is a reference.

    >>> utan_hänvisning("Avtal {a} 2025")
    'Avtal (a) 2025'
    """
    return text.replace("{", "(").replace("}", ")")


def ordagrant(text: str) -> str:
    """The same as a declared literal, for words with numbers.

    >>> ordagrant("Avtal 2025, § 4")
    '{= Avtal 2025, § 4}'
    """
    return f"{{= {utan_hänvisning(text)}}}"


def hänvisning(nyckel: str, format_: str) -> str:
    """A fact as a reference.

    >>> hänvisning("br.eget_kapital/2024", "tkr bara_tal")
    '{br.eget_kapital[2024] | tkr bara_tal}'
    """
    id_, _, period = nyckel.partition("/")
    return f"{{{id_}[{period}] | {format_}}}"


def antal(hur_många: int, en: str, flera: str) -> str:
    """A number of things.

    >>> antal(1, "fil", "filer"), antal(0, "fil", "filer")
    ('1 fil', '0 filer')
    """
    return f"{hur_många} {en if hur_många == 1 else flera}"


def uppräkning(ord_: Iterable[str], bindeord: str = "och") -> str:
    """Words as a Swedish enumeration.

    >>> uppräkning(["2020", "2021", "2022"]), uppräkning(["kr", "tkr"], "eller")
    ('2020, 2021 och 2022', 'kr eller tkr')
    """
    *första, sista = list(ord_) or [""]
    return f"{', '.join(första)} {bindeord} {sista}" if första else sista


@lru_cache(maxsize=1 << 15)
def vik(text: str) -> str:
    """A text as words are looked for in it: small letters without marks.

    >>> vik("Medlemsbidrag, Ängby")
    'medlemsbidrag, angby'
    """
    return "".join(filterfalse(unicodedata.combining, unicodedata.normalize("NFKD", text.casefold())))


def ascii_id(text: str, upptagna: Iterable[str] = ()) -> str:
    """A name as an id that the other files can refer to.

    >>> ascii_id("Vägen vidare!"), ascii_id("Teamet", ["teamet"]), ascii_id("—")
    ('vagen_vidare', 'teamet_2', 'okand')
    """
    grund = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    id_ = bas = re.sub(r"[^a-z0-9]+", "_", grund).strip("_")[:40] or "okand"
    nr = 2
    while id_ in set(upptagna):
        id_, nr = f"{bas}_{nr}", nr + 1
    return id_


def antal_gånger(text: str, namn: str, *, versal: bool = True) -> int:
    """How often a text names something, in any form of its name: Kompassens, Metodstödet for Metodstöd.

    >>> antal_gånger("I Kompassens lokaler", "Kompassen"), antal_gånger("Att kliva in", "Klivet")
    (1, 0)
    """
    orden, mönster = _namnmönster(namn, versal)
    if versal and not all(ord_ in text for ord_ in orden):
        return 0
    return len(mönster.findall(text))


@lru_cache(maxsize=1 << 9)
def _namnmönster(namn: str, versal: bool) -> tuple[tuple[str, ...], re.Pattern[str]]:
    """The words that a name is known by, and the pattern of it in any form."""
    *första, sista = namn.split()
    orden = (*första, re.sub(r"(?:en|et|n|s)$", "", sista))
    stam = r"\s+".join(map(re.escape, orden))
    return orden, re.compile(rf"(?<!\w){stam}\w{{0,3}}(?!\w)", 0 if versal else re.IGNORECASE)
