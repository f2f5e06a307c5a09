"""The year's meetings as a calendar file (iCalendar, RFC 5545), to open in any calendar."""

from __future__ import annotations

import re

from finsam.model.ord import versal
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.underlag import Möte
from finsam.report.text import Texttyda, ord_i

_KLOCKA = re.compile(r"([01]?[0-9]|2[0-3])[.:]([0-5][0-9])")


def kalender(år: Räkenskapsår, tyda: Texttyda) -> str:
    """All meetings of a year. Same meetings, same bytes: the stamp is the first day of the year."""
    rader = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//finsam//{år.förbund.slug}//SV",
        *(rad for nr, möte in enumerate(år.underlag.möten, 1) for rad in _möte(möte, nr, år, tyda)),
        "END:VCALENDAR",
    ]
    return "".join(f"{_vik(rad)}\r\n" for rad in rader)


def _möte(möte: Möte, nr: int, år: Räkenskapsår, tyda: Texttyda) -> list[str]:
    dag = möte.datum.strftime("%Y%m%d")
    organ, innehåll, plats = (ord_i(text, tyda).klartext for text in (möte.organ, möte.innehåll, möte.plats))
    titel = versal(organ) + (f": {innehåll}" if innehåll else "")
    start, slut = _tid(dag, möte.start), _tid(dag, möte.slut)
    tider = [f"DTSTART;VALUE=DATE:{dag}"] if not start else [f"DTSTART:{start}", *([f"DTEND:{slut}"] if slut else [])]
    return [
        "BEGIN:VEVENT",
        f"UID:{år.förbund.slug}-{år.årtal}-{nr}@finsam",
        f"DTSTAMP:{år.årtal}0101T000000Z",
        *tider,
        f"SUMMARY:{_text(f'{år.förbund.kortnamn}, {titel}')}",
        *([f"LOCATION:{_text(plats)}"] if plats else []),
        "END:VEVENT",
    ]


def _tid(dag: str, klockslag: str) -> str:
    """Local time, as a meeting is announced: 20260220T090000."""
    träff = _KLOCKA.fullmatch(klockslag.strip())
    return f"{dag}T{int(träff[1]):02}{träff[2]}00" if träff else ""


def _text(text: str) -> str:
    """Text as the format escapes it.

    >>> print(_text("a, b; c"))
    a\\, b\\; c
    """
    return re.sub(r"([\\,;])", r"\\\1", text).replace("\r", "").replace("\n", "\\n")


def _vik(rad: str) -> str:
    """A line longer than 75 bytes goes on in the next, after a blank."""
    delar, nu = [], ""
    for tecken in rad:
        if len((nu + tecken).encode()) > 73:
            delar.append(nu)
            nu = ""
        nu += tecken
    return "\r\n ".join([*delar, nu])
