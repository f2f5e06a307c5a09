"""Read SIE 1–4: the ledger export that every Swedish bookkeeping program writes.

Figures are never guessed: an amount that cannot be read refuses the file, with its row. Everything else that real files
get wrong (encodings, quotes, braces, order) is read as it was meant, and said. All problems are found at once.
"""

from __future__ import annotations

import re

from finsam.model.bokforing import Bokföring
from finsam.model.problem import Problem
from finsam.read.ledger.ar import build_årsdata, check_kontonummer
from finsam.read.ledger.avstamning import check_konton, check_år
from finsam.read.ledger.benamningar import Benämningar
from finsam.read.ledger.problem import Problemsamling
from finsam.read.ledger.samla import Resultat, no_garbage_collection, omfattning, samla
from finsam.read.ledger.teckenkod import Filtext
from finsam.read.ledger.uppgifter import read_orgnr
from finsam.read.sie.ar import check_saldon, place_år
from finsam.read.sie.ksumma import check_ksumma
from finsam.read.sie.poster import Postläsare
from finsam.read.sie.teckenkod import decode_sie
from finsam.read.sie.uppgifter import check_uppgifter, sietyp

ORD = Benämningar(ib="#IB", årets="#UB 0 och #RES 0", res="#RES", ub_före="#UB -1", orgnr="#ORGNR")
BINÄRT = re.compile(rb"[\x00-\x08\x0e-\x1f]")
"""Bytes that no text has."""
EXPORTERA = "Exportera SIE typ 4 (eller 1–3)."


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
    if not läsare.kända:
        if BINÄRT.search(data[:4096]):
            return _refused(fil, f"Filen är inte text utan en bild, ett arkiv eller något annat. {EXPORTERA}")
        return _refused(fil, f"Filen är inte en SIE-fil: den har inga poster som #KONTO eller #UB. {EXPORTERA}")
    bokföring = _bokföring(läsare, text, problem)
    return (None if problem.har_fel else bokföring), problem.alla()


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


def _bokföring(läsare: Postläsare, text: Filtext, problem: Problemsamling) -> Bokföring | None:
    """Put the ledger together; `None` when there is nothing to put together."""
    poster, verifikationer = läsare.poster, läsare.verifikationer
    check_uppgifter(läsare, problem)
    orgnr = read_orgnr(poster, ORD, problem)
    if not poster.saldoposter:
        _check_importfil(läsare, problem)
        check_ksumma(text, problem)
        return None
    place_år(läsare.årstexter, poster, problem)
    check_kontonummer(poster, problem)
    check_saldon(läsare.årstexter, poster, problem)
    år = build_årsdata(poster, verifikationer.rader, ORD, problem)
    check_konton(poster.konton, år.values(), poster.ej_numeriska, problem)
    if not problem.har_fel:  # a figure that could not be read would show again as a difference
        check_år(år, verifikationer, ORD, problem)
    kontrollsumma = check_ksumma(text, problem)
    if 0 not in år:
        return None
    return samla(
        poster,
        år,
        verifikationer,
        problem,
        orgnr=orgnr,
        typ=sietyp(läsare, problem),
        teckenkod=text.teckenkod,
        omfattar_till=omfattning(poster, år[0], problem),
        kontrollsumma=kontrollsumma,
    )


def _check_importfil(läsare: Postläsare, problem: Problemsamling) -> None:
    if läsare.verifikationer or läsare.uppgift("#SIETYP") == "4":
        problem.fel(f"Filen är en importfil (typ 4I) utan saldon. {EXPORTERA}")
    else:
        problem.fel(f"Filen har inga saldon (#IB, #UB, #RES). {EXPORTERA}")
