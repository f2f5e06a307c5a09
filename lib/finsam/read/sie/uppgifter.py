"""What a SIE file says of itself: company, type, program. None of it is a figure, so nothing here refuses a file."""

from __future__ import annotations

from finsam.read.ledger.belopp import citat
from finsam.read.ledger.problem import Problemsamling
from finsam.read.ledger.uppgifter import check_valuta
from finsam.read.sie.poster import Postläsare

TYPER = {"1": "1", "2": "2", "3": "3", "4": "4E"}


def check_uppgifter(läsare: Postläsare, problem: Problemsamling) -> None:
    """Say what is missing or odd in the identification of the file."""
    if not läsare.poster.namn:
        problem.varning("Organisationens namn (#FNAMN) saknas i filen.")
    if not läsare.uppgift("#FORMAT"):
        problem.upplysning("Teckenkoden (#FORMAT) saknas i filen; texterna har tolkats efter innehållet.")
    check_valuta(läsare.poster, problem)
    if läsare.okända:
        lista = ", ".join(f"{etikett[:20]} ({antal})" for etikett, antal in sorted(läsare.okända.items())[:10])
        problem.upplysning(f"Okända poster hoppas över: {lista}.")


def sietyp(läsare: Postläsare, problem: Problemsamling) -> str:
    """The type of a file with balances; one that does not say is of type 1."""
    uppgift = läsare.uppgift("#SIETYP") or "1"
    if uppgift not in TYPER:
        problem.varning(f"SIE-typen {citat(uppgift)} finns inte; filen läses efter innehållet.")
        return "4E" if läsare.verifikationer else "1"
    return TYPER[uppgift]
