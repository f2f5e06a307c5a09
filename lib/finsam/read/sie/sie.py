"""Read SIE 1–4: the ledger export that every Swedish bookkeeping program writes.

Figures are never guessed: an amount that cannot be read refuses the file, with its row. Everything else that real files
get wrong (encodings, quotes, braces, order) is read as it was meant, and said. All problems are found at once.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from finsam.model.bokforing import Bokföring, Konto
from finsam.model.problem import Problem
from finsam.read.ledger.ar import Årsdata, build_årsdata
from finsam.read.ledger.avstamning import check_konton, check_år
from finsam.read.ledger.foljd import Verifikationsföljd
from finsam.read.ledger.perioder import build_år
from finsam.read.ledger.problem import Problemsamling
from finsam.read.ledger.uppgifter import check_uppgifter, orgnr, sietyp
from finsam.read.sie.ksumma import check_ksumma
from finsam.read.sie.poster import Poster, Postläsare
from finsam.read.sie.teckenkod import Filtext, decode_sie
from finsam.read.sie.text import parse_datum, parse_iso_datum

EXPORTERA = "Exportera SIE typ 4 (eller 1–3)."

RESERVERADE_DIMENSIONER = {
    "1": "Kostnadsställe",
    "2": "Kostnadsbärare",
    "6": "Projekt",
    "7": "Anställd",
    "8": "Kund",
    "9": "Leverantör",
    "10": "Faktura",
}

Resultat = tuple[Bokföring | None, list[Problem]]


def read_sie_bytes(data: bytes, fil: str, godtagna: frozenset[str] = frozenset()) -> Resultat:
    """Read the bytes of a SIE file; the ledger is `None` when it is refused, and then some problem has the level "fel".

    `fil` is what the user calls the file, for the messages; `godtagna` what somebody has answered for ("kontrollsumma",
    "obalans"): that is a varning and refuses nothing.
    """
    if hinder := _not_sie(data):
        return _refused(fil, hinder)
    problem = Problemsamling(fil, godtagna)
    with no_garbage_collection():
        return _read(data, fil, problem)


def _read(data: bytes, fil: str, problem: Problemsamling) -> Resultat:
    text = decode_sie(data, problem)
    läsare = Postläsare(text.text, problem)
    läsare.read()
    if not läsare.poster.kända:
        return _refused(fil, f"Filen är inte en SIE-fil: den har inga poster som #KONTO eller #UB. {EXPORTERA}")
    bokföring = _bokföring(läsare.poster, läsare.verifikationer, text, problem)
    return (None if problem.har_fel else bokföring), problem.alla()


@contextmanager
def no_garbage_collection() -> Iterator[None]:
    """Reading makes many values and no cycles among them; looking for cycles is time for nothing."""
    på = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if på:
            gc.enable()


def _refused(fil: str, text: str) -> Resultat:
    return None, [Problem("fel", text, fil)]


def _not_sie(data: bytes) -> str | None:
    """What the file is when it is plainly something else."""
    början = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if not data or data.isspace():
        return "Filen är tom. Exportera den på nytt ur ekonomisystemet."
    if början.startswith((b"<!doctype html", b"<html")):
        return "Filen är en webbsida, inte en SIE-fil. Hämta exporten på nytt ur ekonomisystemet."
    if början.startswith((b"<?xml", b"<sie")):
        return f"Filen är XML (kanske SIE 5), inte SIE typ 1–4. {EXPORTERA}"
    if början.startswith((b"pk\x03\x04", b"%pdf", b"\xd0\xcf\x11\xe0")):
        return f"Filen är ett kalkylblad, ett arkiv eller en PDF, inte en SIE-fil. {EXPORTERA}"
    return None


def _bokföring(
    poster: Poster, verifikationer: Verifikationsföljd, text: Filtext, problem: Problemsamling
) -> Bokföring | None:
    """Put the ledger together; `None` when there is nothing to put together."""
    check_uppgifter(poster, problem)
    organisationsnummer = orgnr(poster, problem)
    if not poster.saldoposter:
        _check_importfil(poster, verifikationer, problem)
        check_ksumma(text, problem)
        return None
    år = build_årsdata(poster, verifikationer.rader, problem)
    check_konton(poster.konton, år.values(), poster.ej_numeriska, problem)
    if not problem.har_fel:  # a figure that could not be read would show again as a difference
        check_år(år, verifikationer, problem)
    kontrollsumma = check_ksumma(text, problem)
    if 0 not in år:
        return None
    return Bokföring(
        namn=poster.namn,
        orgnr=organisationsnummer,
        typ=sietyp(poster, bool(verifikationer), problem),
        teckenkod=text.teckenkod,
        program=" ".join(poster.uppgifter.get("#PROGRAM", ())),
        konton=använda_konton(poster, år),
        dimensioner=använda_dimensioner(poster, år),
        objekt=poster.objekt,
        år=build_år(poster, år, problem),
        verifikationer=verifikationer,
        kontrollsumma=kontrollsumma,
        prosa=tuple(poster.prosa),
        omfattar_till=omfattning(poster, år[0], problem),
        valuta=poster.uppgift("#VALUTA") or "SEK",
        kontoplanstyp=poster.uppgift("#KPTYP"),
        överdimensioner=poster.överdimensioner,
    )


def _check_importfil(poster: Poster, verifikationer: Verifikationsföljd, problem: Problemsamling) -> None:
    if verifikationer or poster.uppgift("#SIETYP") == "4":
        problem.fel(f"Filen är en importfil (typ 4I) utan saldon. {EXPORTERA}")
    else:
        problem.fel(f"Filen har inga saldon (#IB, #UB, #RES). {EXPORTERA}")


def använda_konton(poster: Poster, år: dict[int, Årsdata]) -> dict[str, Konto]:
    """The accounts of the file, with those that are used without being declared; in order of number."""
    konton = {nummer: Konto(nummer, namn) for nummer, namn in poster.konton.items()}
    for ett in år.values():
        for nummer in (*ett.ib, *ett.ub, *ett.res, *ett.verifikat.per_konto()):
            konton.setdefault(nummer, Konto(nummer, ""))
    return dict(sorted(konton.items()))


def använda_dimensioner(poster: Poster, år: dict[int, Årsdata]) -> dict[str, str]:
    """The dimensions of the file; a reserved one that is used need not be declared."""
    använda = {dimension for dimension, _ in poster.objekt}
    använda |= {par[0] for ett in år.values() for _, objekt in ett.verifikat.objekt for par in objekt}
    använda |= {par[0] for post in poster.perioder["#PSALDO"] for par in post.objekt}
    använda |= {par[0] for per_år in poster.objektsaldon.values() for saldon in per_år.values() for _, par in saldon}
    reserverade = {nr: namn for nr, namn in RESERVERADE_DIMENSIONER.items() if nr in använda}
    return reserverade | poster.dimensioner


def omfattning(poster: Poster, år: Årsdata, problem: Problemsamling) -> date | None:
    """The last day the balances cover (#OMFATTN); a date outside the year is no date but a program's zero."""
    text = poster.uppgift("#OMFATTN")
    datum = parse_datum(text) or parse_iso_datum(text)
    if datum is None or not år.start <= datum <= år.slut:
        return None
    if datum < år.slut:
        problem.upplysning(f"Saldona omfattar tiden till och med {datum}, inte hela räkenskapsåret.")
    return datum
