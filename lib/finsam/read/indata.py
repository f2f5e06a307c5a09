"""What the readers share: the bytes of a file, the word that was meant, pydantic's errors in Swedish."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from finsam.model.problem import Problem

HÖGST_BYTE = 50_000_000

# What a value should have been, by the beginning of pydantic's name for the error.
SKA_VARA = {
    "string_pattern": "får bara innehålla a–z, A–Z, 0–9 och _",
    "string": "ska vara text",
    "int": "ska vara ett helt tal",
    "float": "ska vara ett tal med decimalpunkt, till exempel 0.75",
    "decimal": "ska vara ett tal, till exempel 1234.50",
    "bool": "ska vara true eller false",
    "date": "ska vara ett datum, till exempel 2025-02-21",
    "tuple": "ska vara en lista: en rad per värde som börjar med bindestreck",
    "model": "ska bestå av nycklar med värden, till exempel id: kommunen",
    "dict": "ska bestå av nycklar med värden, till exempel soliditet: Soliditet",
}


def read_bytes(path: Path, fil: str, högst: int = HÖGST_BYTE) -> bytes | Problem:
    """All bytes of a file, or the problem that keeps it from being read."""
    if not path.exists():
        return Problem("fel", "Filen finns inte.", fil)
    if not path.is_file():
        return Problem("fel", "Det här är ingen fil.", fil)
    try:
        if path.stat().st_size > högst:
            return Problem("fel", f"Filen är större än {högst // 1_000_000} MB; det är inte rätt slags fil.", fil)
        return path.read_bytes()
    except OSError as fel:
        return Problem(
            "fel", f"Filen kan inte öppnas ({fel.strerror}). Stäng den i andra program och försök igen.", fil
        )


def visa(värde: object) -> str:
    """A value in quotation marks for a message: one line, nothing invisible, not too long.

    >>> visa("kronor"), visa("a\\nb\\x07")
    ('”kronor”', '”a b�”')
    """
    text = "".join(tecken if tecken.isprintable() else "\ufffd" for tecken in " ".join(str(värde).split()))
    return f"”{text[:59]}…”" if len(text) > 60 else f"”{text}”"


def uppräkning(ord_: Iterable[str], bindeord: str = "eller") -> str:
    """Words as a Swedish enumeration.

    >>> uppräkning(["kr", "tkr", "%"])
    'kr, tkr eller %'
    """
    *första, sista = list(ord_)
    return f"{', '.join(första)} {bindeord} {sista}" if första else sista


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
        return f"är {hittat}; välj {uppräkning(val)}"
    if slag == "value_error":
        return str(fel["ctx"]["error"])
    if slag in ("greater_than_equal", "less_than_equal"):
        return f"är {hittat} men ska vara {'minst' if slag[0] == 'g' else 'högst'} {next(iter(fel['ctx'].values()))}"
    väntat = next((text for början, text in SKA_VARA.items() if slag.startswith(början)), "passar inte här")
    if isinstance(fel["input"], (dict, list)):
        return väntat
    return f"är tomt men {väntat}" if fel["input"] in (None, "") else f"är {hittat} men {väntat}"
