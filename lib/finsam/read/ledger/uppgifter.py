"""What a ledger file says of itself, whatever its format. None of it is a figure, so nothing here refuses a file."""

from __future__ import annotations

import re

from finsam.read.ledger.belopp import citat
from finsam.read.ledger.benamningar import Benämningar
from finsam.read.ledger.poster import Poster
from finsam.read.ledger.problem import Problemsamling


def check_valuta(poster: Poster, problem: Problemsamling) -> None:
    """Amounts are read as kronor, whatever the file is in."""
    if poster.valuta and poster.valuta.upper() != "SEK":
        problem.varning(f"Filen är i valutan {citat(poster.valuta)}, inte SEK; beloppen räknas inte om.")


def read_orgnr(poster: Poster, ord_: Benämningar, problem: Problemsamling) -> str:
    """The organisation number as NNNNNN-NNNN; in a message a personal number is masked."""
    siffror = re.sub(r"[ -]", "", poster.orgnr)
    if not re.fullmatch(r"(?:16|18|19|20)?\d{10}", siffror, re.ASCII):
        if poster.orgnr:
            problem.varning(f"Organisationsnumret i filen ({ord_.orgnr}) har inte tio siffror.")
        return poster.orgnr
    nummer = f"{siffror[-10:-4]}-{siffror[-4:]}"
    if _kontrollsumma(siffror[-10:]) % 10:
        problem.varning(f"Organisationsnumret {visa_orgnr(nummer)} har fel kontrollsiffra.")
    return nummer


def visa_orgnr(nummer: str) -> str:
    """An organisation number for a message; a personal number is masked.

    >>> visa_orgnr("222000-1818"), visa_orgnr("850101-1234")
    ('222000-1818', '850101-XXXX')
    """
    return f"{nummer[:7]}XXXX" if nummer[2] in "01" else nummer


def _kontrollsumma(siffror: str) -> int:
    """The Luhn sum, which ends in 0 for a right number.

    >>> _kontrollsumma("5562651892")
    40
    """
    return sum(sum(divmod(int(siffra) * (2 - plats % 2), 10)) for plats, siffra in enumerate(siffror))
