"""The text of a SIE 1–4 file, and what it says of its encoding.

The format allows CP437 only (#FORMAT PC8), and files that say so are as often UTF-8 and now and then Latin-1.
"""

from __future__ import annotations

import re

from finsam.read.ledger.problem import Problemsamling
from finsam.read.ledger.teckenkod import Avkodat, Filtext, clean, decode_bytes, repair

SÄGER_PC8 = re.compile(r'^[ \t]*#FORMAT[ \t]+"?PC8', re.M)
UTBYTTA = re.compile(r'\n[ \t]*#(?:KONTO|FNAMN)\b.*[A-Za-z](?:\+[a-z]|"[a-z])')
"""A name with another character inside a word, where åäö have been."""

BÖRJAN = 20_000


def decode_sie(data: bytes, problem: Problemsamling) -> Filtext:
    """Decode by the evidence of the bytes, and say what is odd with the text."""
    avkodat = decode_bytes(data)
    _check_pc8(avkodat, problem)
    return clean(avkodat, repair(avkodat, problem, UTBYTTA), problem)


def _check_pc8(avkodat: Avkodat, problem: Problemsamling) -> None:
    if not SÄGER_PC8.search(avkodat.rå[:BÖRJAN]):
        return
    if avkodat.teckenkod.startswith("utf"):
        problem.upplysning(f"Filen är i {avkodat.teckenkod.upper()} fast den anger PC8.")
    elif avkodat.teckenkod == "cp1252":
        problem.varning("Filen säger teckenkod PC8 men är Latin-1; åäö har tolkats efter innehållet.")
