"""What the readers share: a file's bytes or text, the word that was meant, pydantic's errors in Swedish."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from html import unescape
from pathlib import Path
from typing import Any

from finsam.model.ord import uppräkning
from finsam.model.problem import Problem, orsak

HÖGST_BYTE = 50_000_000

HÖGST_FEL = 300
FLER_FEL = f"Fler än {HÖGST_FEL} fel; resten är inte läst. Rätta dem först."

OSYNLIGT = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    r"\ud800-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U0010ffff]"
)
"""Characters that are not seen, or mean nothing, and so can hide or turn what is read: controls, marks of direction,
zero width, private use. Tab, line feed, no-break space and soft hyphen are text."""

# What a value should have been, by the beginning of pydantic's name for the error.
SKA_VARA = {
    "string_pattern": "får bara innehålla a–z, A–Z, 0–9 och _",
    "string": "ska vara text",
    "int": "ska vara ett helt tal",
    "finite": "ska vara ett tal med decimalpunkt, till exempel 0.75",
    "float": "ska vara ett tal med decimalpunkt, till exempel 0.75",
    "decimal": "ska vara ett tal, till exempel 1234.50",
    "bool": "ska vara true eller false",
    "date": "ska vara ett datum, till exempel 2025-02-21",
    "tuple": "ska vara en lista: en rad per värde som börjar med bindestreck",
    "model": "ska bestå av nycklar med värden, till exempel id: kommunen",
    "dict": "ska bestå av nycklar med värden, till exempel soliditet: Soliditet",
}


def read_bytes(path: Path, fil: str, högst: int = HÖGST_BYTE) -> tuple[bytes | None, list[Problem]]:
    """All bytes of a file; `None`, and why, when it cannot be read."""
    try:
        if not path.exists():
            return None, [Problem("fel", "Filen finns inte.", fil)]
        if not path.is_file():
            return None, [Problem("fel", "Det här är ingen fil.", fil)]
        if path.stat().st_size > högst:
            tak = f"{högst // 1_000_000} MB" if högst >= 1_000_000 else f"{högst // 1000} kB"
            return None, [Problem("fel", f"Filen är större än {tak}; det är inte rätt slags fil.", fil)]
        return path.read_bytes(), []
    except OSError as fel:
        text = f"Filen kan inte öppnas ({orsak(fel)}). Stäng den i andra program och försök igen."
        return None, [Problem("fel", text, fil)]


def read_text(path: Path, fil: str, högst: int) -> tuple[str | None, list[Problem]]:
    """A file in UTF-8 as text with plain line breaks; `None`, and why, when it cannot be read."""
    byte, problem = read_bytes(path, fil, högst)
    if byte is None:
        return None, problem
    if byte.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf")):
        text = "Filen är ett dokument (Word, PDF eller liknande), inte text. Klistra in orden i en vanlig textfil."
        return None, [Problem("fel", text, fil)]
    try:
        text = byte.decode("utf-8-sig")
    except UnicodeDecodeError as fel:
        rad = byte[: fel.start].count(b"\n") + 1
        return None, [Problem("fel", "Texten är inte i UTF-8. Spara filen om som UTF-8.", fil, f"rad {rad}")]
    return nfc(text.replace("\r\n", "\n").replace("\r", "\n")), []


def nfc(text: str) -> str:
    """Text with its letters whole: å as one character, also where macOS or a PDF has given a and a ring.

    Every reader does this once, where it makes text of bytes; no line is moved.

    >>> nfc("a\u030ar") == "år"
    True
    """
    return unicodedata.normalize("NFC", text)


def osynliga_tecken(text: str, fil: str) -> Iterator[Problem]:
    """Every line of a text that has a character nobody can see, also one written as `&#8203;`."""
    for nr, rad in enumerate(re.split("\r\n|\r|\n", text), 1):
        if träff := OSYNLIGT.search(rad) or OSYNLIGT.search(unescape(rad)):
            skrivet = träff.string is rad
            yield Problem("fel", osynligt_i_rad(träff[0], träff.start() + 1 if skrivet else None), fil, f"rad {nr}")


def osynligt_i_rad(tecken: str, nr: int | None = None) -> str:
    """What to say of a line with such a character, the one of that number in it."""
    var = f", tecken {nr} på raden" if nr else ""
    return f"Raden har ett tecken som inte syns ({kodpunkt(tecken)}{var}); skriv om den."


def kodpunkt(tecken: str) -> str:
    """What a character is called by its number.

    >>> kodpunkt("\u202e")
    'U+202E'
    """
    return f"U+{ord(tecken):04X}"


def kort(värde: object) -> str:
    """A value for a message: one line, nothing invisible, not too long.

    >>> kort("a\\nb\\x07")
    'a b�'
    """
    text = "".join(tecken if tecken.isprintable() else "\ufffd" for tecken in " ".join(str(värde).split()))
    return f"{text[:59]}…" if len(text) > 60 else text


def visa(värde: object) -> str:
    """The same in quotation marks.

    >>> visa("kronor")
    '”kronor”'
    """
    return f"”{kort(värde)}”"


def förslag(ord_: str, kända: Iterable[str]) -> str:
    """The known word that was probably meant, as a question to add to a message; else nothing.

    >>> förslag("Beloop", ["Belopp", "År"]), förslag("x", ["Belopp"])
    (' Menar du Belopp?', '')
    """
    lika = {känt.casefold(): känt for känt in kända}
    träff = get_close_matches(ord_.casefold(), lika, n=1, cutoff=0.6)
    return f" Menar du {lika[träff[0]]}?" if träff else ""


def svenskt_fel(fel: Any) -> str:
    """One of pydantic's errors in Swedish, without the name of the place: `är ”x” men ska vara …`."""
    slag, hittat = str(fel["type"]), visa(fel["input"])
    if slag == "missing":
        return "saknas"
    if slag == "literal_error":
        val = [v for v in re.findall(r"'([^']*)'", fel["ctx"]["expected"]) if v]
        return f"är {hittat}; välj {uppräkning(val, 'eller')}"
    if slag == "value_error":
        return str(fel["ctx"]["error"])
    if slag in ("greater_than_equal", "less_than_equal"):
        return f"är {hittat} men ska vara {'minst' if slag[0] == 'g' else 'högst'} {next(iter(fel['ctx'].values()))}"
    väntat = next((text for början, text in SKA_VARA.items() if slag.startswith(början)), "passar inte här")
    if isinstance(fel["input"], (dict, list)):
        return väntat
    return f"är tomt men {väntat}" if fel["input"] in (None, "") else f"är {hittat} men {väntat}"
