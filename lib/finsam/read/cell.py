"""What a cell means: an exact number, a date, a word of a list or text, or a plain sentence on why not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from finsam.model.belopp import MINUS, TANKSTRECK, svenskt_tal
from finsam.model.ord import uppräkning
from finsam.read.arbetsbok import Cellinnehåll
from finsam.read.datum import har_klockslag, läsningar, löpnummer, är_säker
from finsam.read.indata import OSYNLIGT, förslag, kodpunkt, nfc, visa

ETT_TAL = "ett tal, till exempel 1234,50"
ETT_HELTAL = "ett helt tal, till exempel 12"
ETT_DATUM = "ett datum, till exempel 2025-02-21"
EN_TEXT = "text"

STÖRST = Decimal(10) ** 13
MINUSTECKEN = f"-{MINUS}{TANKSTRECK}"
MELLANRUM = " \u00a0\u2007\u2009\u202f"

TAL = re.compile(
    rf"(?P<före>[+{re.escape(MINUSTECKEN)}])?[{MELLANRUM}]*"
    rf"(?P<hela>[0-9]{{1,3}}(?:[{MELLANRUM}][0-9]{{3}})+|[0-9]+)(?:(?P<tecken>[.,])(?P<delar>[0-9]+))?"
    rf"[{MELLANRUM}]*(?P<efter>[{re.escape(MINUSTECKEN)}])?"
)

# Excel's errors: the name in a Swedish Excel and what has happened.
FELVÄRDEN = {
    "#REF!": ("#REFERENS!", "formeln pekar på en cell som inte finns"),
    "#N/A": ("#SAKNAS!", "formeln hittar inte det den söker"),
    "#NAME?": ("#NAMN?", "formeln har ett namn som inte finns"),
    "#VALUE!": ("#VÄRDEFEL!", "formeln eller datumet går inte att räkna ut"),
    "#DIV/0!": ("#DIVISION/0!", "formeln delar med noll"),
    "#NUM!": ("#OGILTIGT!", "formeln ger ett orimligt tal"),
    "#NULL!": ("#SKÄRNING!", "formeln skär områden som inte möts"),
}


_TECKENKOD = re.compile(r"_x00([01][0-9A-Fa-f])_")
_RADSLUT = re.compile(r"\r+\n?")


class Cellfel(Exception):
    """A cell that cannot be used; the text continues a sentence that begins with the column's heading."""


@dataclass(frozen=True, slots=True)
class Tolkat:
    """A value, and what the reader had to assume to get it."""

    värde: Decimal | int | date | str
    upplysning: str = ""


def är_tom(cell: Cellinnehåll | None) -> bool:
    """Whether there is nothing in the cell, or only blanks."""
    return cell is None or (cell.slag == "värde" and isinstance(cell.värde, str) and not städa(cell.värde))


def städa(text: str) -> str:
    """Text as it is kept: composed characters, plain line breaks, nothing blank around it.

    >>> städa("  Ma\u030alet_x000D_\\nlyder ")
    'Målet\\nlyder'
    """
    if "_x00" in text:
        text = _TECKENKOD.sub(lambda m: chr(int(m[1], 16)), text)
    return nfc(_RADSLUT.sub("\n", text) if "\r" in text else text).strip()


def tolka_text(cell: Cellinnehåll) -> Tolkat:
    """Text; a number is taken as it is written, a date as ISO with a remark."""
    match _värde(cell, EN_TEXT):
        case str(text):
            text = städa(text)
            if träff := OSYNLIGT.search(text):
                raise Cellfel(f"har ett tecken som inte syns ({kodpunkt(träff[0])}) i {visa(text)}; skriv om texten.")
            return Tolkat(text)
        case datetime() | date() as datum:
            dag = _datum(datum, EN_TEXT)
            return Tolkat(dag.isoformat(), f"är ett datum i en textkolumn; det läses som texten {dag.isoformat()}.")
        case bool() as sant:
            raise _fel_slag(sant, EN_TEXT)
        case int() | float() as tal:
            if cell.procent:
                raise Cellfel("är ett procenttal men ska vara text; formatera cellen som text.")
            return Tolkat(f"{_exakt(tal):f}".replace(".", ","))
        case annat:
            raise _fel_slag(annat, EN_TEXT)


def tolka_val(cell: Cellinnehåll, val: Sequence[str]) -> Tolkat:
    """One of the words a column can hold, whichever way capitals are written."""
    text = str(tolka_text(cell).värde)
    lika = {ord_.casefold(): ord_ for ord_ in val}
    if text.casefold() in lika:
        return Tolkat(lika[text.casefold()])
    raise Cellfel(f"är {visa(text)}; välj {uppräkning(val, 'eller')}.{förslag(text, val)}")


def tolka_datum(cell: Cellinnehåll) -> Tolkat:
    """A date without time of day, from a date cell or from text or a number that can mean one day only."""
    värde = _värde(cell, ETT_DATUM)
    if isinstance(värde, (int, float)) and not isinstance(värde, bool) and (dag := löpnummer(värde)):
        raise Cellfel(
            f"är talet {visa_tal(_exakt(värde))}, som kan vara Excels löpnummer för {dag}; formatera cellen som datum."
        )
    if isinstance(värde, str) or (isinstance(värde, int) and len(str(värde)) == len("20250221")):
        return _skrivet_datum(värde)
    return Tolkat(_datum(värde, ETT_DATUM))


def _skrivet_datum(värde: str | int) -> Tolkat:
    text = städa(str(värde))
    dagar = läsningar(text)
    if len(dagar) == 1 and är_säker(text):
        return Tolkat(dagar[0], f"är ett datum skrivet som text; det läses som {dagar[0]}.")
    if dagar:
        raise Cellfel(
            f"är {visa(text)}, som kan vara {uppräkning(map(str, dagar), 'eller')}; skriv året först, med fyra siffror."
        )
    if har_klockslag(text):
        raise Cellfel(f"har ett klockslag ({visa(text)}); skriv bara datumet.")
    raise _fel_slag(värde, ETT_DATUM)


def tolka_heltal(cell: Cellinnehåll) -> Tolkat:
    """A whole number."""
    tal, antaget = _tal(cell, ETT_HELTAL, procent=False)
    if antal_decimaler(tal):
        raise Cellfel(f"är {visa_tal(tal)} men ska vara {ETT_HELTAL}.")
    return Tolkat(int(tal), f"{antaget} {int(tal)}." if antaget else "")


def tolka_tal(cell: Cellinnehåll, decimaler: int, *, procent: bool = False) -> Tolkat:
    """An exact number with at most so many decimals; `procent` when the column counts in per cent."""
    tal, antaget = _tal(cell, ETT_TAL, procent)
    if antal_decimaler(tal) > decimaler:
        högst = {2: "två", 5: "fem", 6: "sex"}.get(decimaler, str(decimaler))
        raise Cellfel(f"är {visa_tal(tal)} och har fler än {högst} decimaler; avrunda talet (i en formel med AVRUNDA).")
    return Tolkat(tal, f"{antaget} {visa_tal(tal)}{' %' if 'procent' in antaget else ''}." if antaget else "")


def _tal(cell: Cellinnehåll, väntat: str, procent: bool) -> tuple[Decimal, str]:
    """The exact number, and what had to be assumed."""
    värde = _värde(cell, väntat)
    antaget = ""
    match värde:
        case bool():
            raise _fel_slag(värde, väntat)
        case int() | float():
            tal = _exakt(värde)
        case str():
            text = städa(värde)
            med_procent = procent and len(text) > 1 and text.endswith("%")
            tal = _tal_ur_text(text[:-1].rstrip(MELLANRUM) if med_procent else text, väntat)
            antaget = f"är ett tal skrivet som text{' med procenttecken' * med_procent}; det läses som"
        case _:
            raise _fel_slag(värde, väntat)
    if abs(tal) >= STÖRST:
        raise Cellfel(f"är {visa(värde)}, ett orimligt stort tal.")
    if cell.procent:
        tal = _rensa(tal * 100)
        if not procent:
            raise Cellfel(f"visas som {visa_tal(tal)} % men ska vara {väntat}; ändra cellens format till tal.")
        antaget = "är formaterad som procent; den läses som"
    return tal, antaget


def antal_decimaler(tal: Decimal) -> int:
    """Decimals that mean something.

    >>> antal_decimaler(Decimal("1.50")), antal_decimaler(Decimal("100"))
    (1, 0)
    """
    return len(f"{tal:f}".partition(".")[2].rstrip("0"))


def visa_tal(tal: Decimal) -> str:
    """A number with the decimals it has, the Swedish way.

    >>> visa_tal(Decimal("-1234.50"))
    '−1\\xa0234,5'
    """
    decimaler = antal_decimaler(tal)
    return svenskt_tal(tal, decimaler) if abs(tal) < STÖRST and decimaler <= 12 else visa(tal)


def _värde(cell: Cellinnehåll, väntat: str) -> object:
    """The cell's value; errors and formulas that were never worked out cannot be used."""
    if cell.slag == "formel":
        raise Cellfel("har en formel utan uträknat värde; öppna filen i Excel och spara den.")
    if cell.slag == "felvärde":
        namn, orsak = FELVÄRDEN.get(str(cell.värde), ("", "formeln har gått fel"))
        svenskt = f" (i svensk Excel {namn})" if namn not in ("", cell.värde) else ""
        raise Cellfel(f"är felvärdet {cell.värde}{svenskt}: {orsak}. Rätta cellen; den ska vara {väntat}.")
    return cell.värde


def _fel_slag(värde: object, väntat: str) -> Cellfel:
    match värde:
        case bool():
            hittat = "SANT" if värde else "FALSKT"
        case datetime() | date():
            hittat = f"datumet {värde:%Y-%m-%d}"
        case time() | timedelta():
            hittat = f"ett klockslag ({värde})"
        case int() | float():
            hittat = f"talet {visa_tal(_exakt(värde))}"
        case _:
            hittat = f"texten {visa(värde)}"
    return Cellfel(f"är {hittat} men ska vara {väntat}.")


def _datum(värde: object, väntat: str) -> date:
    match värde:
        case datetime():
            if värde.time() != time():
                raise Cellfel(f"har ett klockslag ({värde:%Y-%m-%d %H:%M}); skriv bara datumet.")
            return värde.date()
        case date():
            return värde
    raise _fel_slag(värde, väntat)


def _exakt(tal: float) -> Decimal:
    """The number as the spreadsheet shows it: 15 digits at most, 9 decimals at most.

    >>> _exakt(0.1 + 0.2), _exakt(3600000.0), _exakt(0.125)
    (Decimal('0.3'), Decimal('3600000'), Decimal('0.125'))
    """
    if isinstance(tal, int):
        return Decimal(tal)
    exakt = Decimal(f"{tal:.15g}")
    return _rensa(round(exakt, 9) if abs(exakt) < STÖRST else exakt)


def _rensa(tal: Decimal) -> Decimal:
    """The same number without zeros after its last decimal."""
    text = f"{tal:f}"
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def _tal_ur_text(text: str, väntat: str) -> Decimal:
    träff = TAL.fullmatch(text)
    if not träff or (träff["före"] and träff["efter"]):
        raise Cellfel(f"är texten {visa(text)} men ska vara {väntat}, utan enhet och andra ord.")
    hela, delar = re.sub(f"[{MELLANRUM}]", "", träff["hela"]), träff["delar"] or ""
    if len(delar) == 3 and len(hela) <= 3 and hela != "0" and träff["hela"] == hela:
        raise Cellfel(f"är texten {visa(text)}, som kan läsas på två sätt; skriv {hela}{delar} eller {hela},{delar}0.")
    minus = (träff["före"] or "+") in MINUSTECKEN or träff["efter"]
    return _rensa(Decimal(f"{'-' if minus else ''}{hela}.{delar or 0}"))
