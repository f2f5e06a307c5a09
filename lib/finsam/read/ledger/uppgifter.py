"""What a SIE file says of itself: company, type, program. None of it is a figure, so nothing here refuses a file."""

from __future__ import annotations

import re

from finsam.read.ledger.problem import Problemsamling
from finsam.read.sie.poster import Poster
from finsam.read.sie.text import citat

TYPER = {"1": "1", "2": "2", "3": "3", "4": "4E"}


def check_uppgifter(poster: Poster, problem: Problemsamling) -> None:
    """Say what is missing or odd in the identification of the file."""
    if not poster.namn:
        problem.varning("Organisationens namn (#FNAMN) saknas i filen.")
    if not poster.uppgift("#FORMAT"):
        problem.upplysning("Teckenkoden (#FORMAT) saknas i filen; texterna har tolkats efter innehållet.")
    valuta = poster.uppgift("#VALUTA")
    if valuta and valuta.upper() != "SEK":
        problem.varning(f"Filen är i valutan {citat(valuta)}, inte SEK; beloppen räknas inte om.")
    if poster.okända:
        lista = ", ".join(f"{etikett[:20]} ({antal})" for etikett, antal in sorted(poster.okända.items())[:10])
        problem.upplysning(f"Okända poster hoppas över: {lista}.")


def sietyp(poster: Poster, har_verifikationer: bool, problem: Problemsamling) -> str:
    """The type of a file with balances; one that does not say is of type 1."""
    uppgift = poster.uppgift("#SIETYP") or "1"
    if uppgift not in TYPER:
        problem.varning(f"SIE-typen {citat(uppgift)} finns inte; filen läses efter innehållet.")
        return "4E" if har_verifikationer else "1"
    return TYPER[uppgift]


def orgnr(poster: Poster, problem: Problemsamling) -> str:
    """The organisation number as NNNNNN-NNNN; in a message a personal number is masked."""
    uppgift = poster.uppgift("#ORGNR")
    siffror = re.sub(r"[ -]", "", uppgift)
    if not re.fullmatch(r"(?:16|18|19|20)?\d{10}", siffror, re.ASCII):
        if uppgift:
            problem.varning("Organisationsnumret i filen (#ORGNR) har inte tio siffror.")
        return uppgift
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
