"""Amounts written as text: how a list writes them is decided once, from all of them; each is exact öre or refused."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from finsam.read.arbetsbok import Cellinnehåll
from finsam.read.cell import MELLANRUM, MINUSTECKEN, STÖRST, Cellfel, städa, tolka_tal
from finsam.read.indata import visa
from finsam.read.ledger.belopp import kr_text

BLANKA = re.compile(f"[{MELLANRUM}\t]+")
TECKEN = f"[+{re.escape(MINUSTECKEN)}]"
BELOPP = re.compile(
    rf"(?P<före>{TECKEN})? ?(?P<öppnar>\()? ?(?P<tal>[0-9.,](?:[0-9., ]*[0-9])?)(?: ?(?i:kr|sek)\.?)?"
    rf" ?(?P<efter>{TECKEN})? ?(?P<stänger>\))?(?: ?(?P<sida>[DK]))?"
)
MED_DECIMALER = re.compile(r"([0-9]{1,3}(?: [0-9]{3})+|[0-9]*)(?:([.,])([0-9]+))?")
MED_TUSENTAL = re.compile(r"([0-9]{1,3}(?:([.,])[0-9]{3})(?:\2[0-9]{3})*)(?:(?!\2)([.,])([0-9]+))?")
STRECK = frozenset(f"{MINUSTECKEN}\u2014")
ANDRA = {",": ".", ".": ","}

TVÅ_SÄTT = "Exportera beloppen utan tusentalspunkt, eller med två decimaler."


@dataclass(frozen=True, slots=True)
class Lästtal:
    """One way to read the digits: whole kronor, the sign before the decimals, the decimals, the thousands sign."""

    hela: str
    decimaltecken: str
    decimaler: str
    tusental: str


@dataclass(frozen=True, slots=True)
class Talskrift:
    """How the amounts of a list are written: the decimal sign ("" when none shows it), and whether whole kronor of four
    digits and more stand without points between thousands, and whether debit is marked with a D."""

    decimaltecken: str = ""
    ogrupperat: bool = False
    sidor: bool = False


def är_belopp(cell: Cellinnehåll) -> bool:
    """Whether a cell holds an amount, or something that stands in for one (an error, a formula)."""
    if cell.slag != "värde" or isinstance(cell.värde, (int, float)):
        return True
    return isinstance(cell.värde, str) and BELOPP.fullmatch(_plan(cell.värde)) is not None


def är_streck(cell: Cellinnehåll) -> bool:
    """Whether a cell holds only a dash, which a printed list has for nil."""
    return isinstance(cell.värde, str) and städa(cell.värde) in STRECK


def bestäm_talskrift(celler: Iterable[Cellinnehåll]) -> Talskrift:
    """How the text amounts among the cells are written; what most of them show counts."""
    röster: Counter[str] = Counter()
    ogrupperat = sidor = False
    for cell in celler:
        träff = BELOPP.fullmatch(_plan(cell.värde)) if isinstance(cell.värde, str) else None
        if träff is None:
            continue
        sidor = sidor or träff["sida"] == "D"
        sätt = _sätt(träff["tal"])
        ogrupperat = ogrupperat or any(len(ett.hela) > 3 and ett.tusental in ("", " ") for ett in sätt)
        if len(sätt) == 1 and (decimaltecken := sätt[0].decimaltecken or ANDRA.get(sätt[0].tusental, "")):
            röster[decimaltecken] += 1
    return Talskrift(max(röster, key=lambda tecken: (röster[tecken], tecken == ","), default=""), ogrupperat, sidor)


def tolka_öre(cell: Cellinnehåll, skrift: Talskrift) -> int:
    """The amount of a cell in öre, debit plus as it is written. Raises Cellfel, which says what is wrong with the cell.

    >>> skrift = Talskrift(",")
    >>> [tolka_öre(Cellinnehåll(text), skrift) for text in ("1 234,5", "1.234,50-", "(2)", "−3 kr", "4 K", 1.1)]
    [123450, -123450, -200, -300, -400, 110]
    """
    if cell.slag == "värde" and isinstance(cell.värde, str):
        return _tolka_text(cell.värde, skrift)
    return int(Decimal(str(tolka_tal(cell, 2).värde)) * 100)


def _tolka_text(värde: str, skrift: Talskrift) -> int:
    if städa(värde) in STRECK:
        return 0
    träff = BELOPP.fullmatch(_plan(värde))
    sätt = _sätt(träff["tal"]) if träff else []
    if träff is None or not sätt or bool(träff["öppnar"]) != bool(träff["stänger"]):
        raise Cellfel(f"är {visa(värde)}, som inte är ett belopp. Det ska skrivas som 1234,50 eller 1 234,50.")
    öre = _öre(_välj(värde, sätt, skrift))
    tecken = [del_ for del_ in (träff["före"], träff["efter"], träff["öppnar"], träff["sida"]) if del_]
    if öre and len(tecken) > 1:
        raise Cellfel(f"är {visa(värde)}, som har tecken på mer än ett sätt. Skriv beloppet med ett minustecken.")
    if öre and skrift.sidor and not träff["sida"]:
        raise Cellfel(f"är {visa(värde)} utan D eller K, som andra belopp har. Exportera listan på nytt.")
    return öre if not tecken or tecken[0] in "+D" else -öre


def _välj(värde: str, sätt: list[Lästtal], skrift: Talskrift) -> Lästtal:
    """The way that agrees with how the list writes its amounts."""
    if not skrift.decimaltecken and len(sätt) > 1:
        ett, två = sätt
        text = f"{kr_text(_öre(två))} eller {ett.hela},{ett.decimaler} kr"
        raise Cellfel(f"är {visa(värde)}, som kan läsas på två sätt: {text}. {TVÅ_SÄTT}")
    rätta = [ett for ett in sätt if _följer(ett, skrift)]
    if not rätta:
        sättet = {"": "1234", ",": "1234,50", ".": "1234.50"}[skrift.decimaltecken]
        raise Cellfel(f"är {visa(värde)}, som är skrivet på annat sätt än andra belopp i listan ({sättet}). {TVÅ_SÄTT}")
    [tal] = rätta
    if len(tal.decimaler) > 2 and (len(tal.decimaler) == 3 or tal.decimaler[2:].strip("0")):
        raise Cellfel(f"är {visa(värde)} och har fler än två decimaler. Exportera beloppen i kronor och ören.")
    if len(tal.hela) > len(str(STÖRST)) - 1:
        raise Cellfel(f"är {visa(värde)}, ett orimligt stort tal.")
    return tal


def _följer(tal: Lästtal, skrift: Talskrift) -> bool:
    """Whether a reading has the signs that the list has; points between thousands are everywhere or nowhere."""
    if tal.decimaltecken not in ("", skrift.decimaltecken):
        return False
    return tal.tusental in ("", " ") or (tal.tusental == ANDRA.get(skrift.decimaltecken) and not skrift.ogrupperat)


def _öre(tal: Lästtal) -> int:
    return int(f"{tal.hela or 0}{tal.decimaler[:2]:0<2}")


def _plan(text: str) -> str:
    """Text with every kind of blank as one plain blank."""
    return BLANKA.sub(" ", städa(text))


def _sätt(tal: str) -> list[Lästtal]:
    """The ways to read the digits: 1.234 has two, the first with decimals, the second with thousands."""
    sätt = []
    if (träff := MED_DECIMALER.fullmatch(tal)) and (träff[1] or len(träff[3] or "") in (1, 2)):
        hela = träff[1].replace(" ", "")
        sätt.append(Lästtal(hela, träff[2] or "", träff[3] or "", " " if " " in träff[1] else ""))
    # 0.234 and 1 234.567 have decimals only: no thousands begin with a nil, and they are divided in one way.
    if (träff := MED_TUSENTAL.fullmatch(tal)) and not tal.startswith("0"):
        sätt.append(Lästtal(träff[1].replace(träff[2], ""), träff[3] or "", träff[4] or "", träff[2]))
    return sätt
