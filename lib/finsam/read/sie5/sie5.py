"""Read SIE 5 (XML) into the same ledger as SIE 1–4, with the same reconciliation and messages.

The schema is followed softly: what it does not have is passed over. A balance is trusted, verifikationer are a control.
The signature is not verified, and documents within the file are never opened.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from finsam.model.bokforing import Bokföring, Bokföringsår
from finsam.read.ledger.ar import build_årsdata, check_kontonummer
from finsam.read.ledger.avstamning import check_konton, check_år
from finsam.read.ledger.belopp import decimal_kr
from finsam.read.ledger.benamningar import Benämningar
from finsam.read.ledger.poster import Poster
from finsam.read.ledger.problem import Problemsamling
from finsam.read.ledger.samla import Resultat, no_garbage_collection, omfattning, samla
from finsam.read.ledger.uppgifter import check_valuta, read_orgnr
from finsam.read.sie5.poster import Sie5läsare
from finsam.read.sie5.saldon import månadsposter, place_saldon
from finsam.read.sie5.xml import OläsligXML, read_xml

ORD = Benämningar(
    ib="OpeningBalance",
    årets="ClosingBalance",
    res="ClosingBalance på resultatkonton",
    ub_före="ClosingBalance på balanskonton",
    orgnr="organizationId",
)
_ELEMENT = re.compile(rb"<(?:[?a-z_]|!(?:--|doctype))")
_WEBBSIDA = re.compile(rb"<(?:!doctype\s+html|html)\b")


def är_sie5(data: bytes) -> bool:
    """Whether the bytes are XML, but not a web page: no other ledger is."""
    början = data[:4096]
    if början.startswith((b"\xff\xfe", b"\xfe\xff")):
        början = början.decode("utf-16", errors="ignore").encode()
    början = början.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return bool(_ELEMENT.match(början)) and not _WEBBSIDA.match(början)


def read_sie5(data: bytes, fil: str, godtagna: frozenset[str] = frozenset()) -> Resultat:
    """Read the bytes of a SIE 5 file; see `read_bokföring`."""
    problem = Problemsamling(fil, godtagna)
    läsare = Sie5läsare(problem)
    with no_garbage_collection():
        try:
            teckenkod = read_xml(data, läsare.begin, läsare.end)
        except OläsligXML as hinder_xml:
            problem.fel(hinder_xml.text, hinder_xml.rad)
            return None, problem.alla()
        bokföring = _bokföring(läsare, teckenkod, problem)
    return (None if problem.har_fel else bokföring), problem.alla()


def _bokföring(läsare: Sie5läsare, teckenkod: str, problem: Problemsamling) -> Bokföring | None:
    """Put the ledger together; `None` when there is nothing to put together."""
    poster, verifikationer = läsare.poster, läsare.journaler.verifikationer
    _check_uppgifter(läsare, teckenkod, problem)
    orgnr = read_orgnr(poster, ORD, problem)
    if not poster.saldoposter:
        text = "Filen har inga saldon (OpeningBalance, ClosingBalance). Exportera SIE 5 med saldon, eller SIE typ 4."
        problem.fel(text)
        return None
    räkenskapsår = place_saldon(läsare, problem)
    if 0 not in räkenskapsår:
        return None
    check_kontonummer(poster, problem)
    år = build_årsdata(poster, verifikationer.rader, ORD, problem)
    check_konton(poster.konton, år.values(), poster.ej_numeriska, problem)
    if not problem.har_fel:  # a figure that could not be read would show again as a difference
        check_år(år, verifikationer, ORD, problem)
    if 0 not in år:
        return None
    if -1 in år and not år[-1].ub:  # as the official sample has it: only the results of the year before
        år[-1].ub = dict(år[0].ib)
    for nr, ett in år.items():
        poster.periodsaldon += månadsposter(nr, räkenskapsår[nr], ett, problem)
    bokföring = samla(
        poster,
        år,
        verifikationer,
        problem,
        orgnr=orgnr,
        typ="5",
        teckenkod=teckenkod,
        omfattar_till=omfattning(poster, år[0], problem),
    )
    return replace(bokföring, år=_med_objekt(bokföring.år, poster))


def _check_uppgifter(läsare: Sie5läsare, teckenkod: str, problem: Problemsamling) -> None:
    """Say what is missing or odd in the identification of the file."""
    if not läsare.poster.namn:
        problem.varning("Organisationens namn (Company) saknas i filen.")
    if teckenkod not in ("utf-8", "us-ascii"):
        problem.upplysning(f"Filen är i {teckenkod.upper()}; SIE 5 ska vara i UTF-8.")
    check_valuta(läsare.poster, problem)
    if läsare.okända:
        lista = ", ".join(f"{namn[:20]} ({antal})" for namn, antal in sorted(läsare.okända.items())[:10])
        problem.upplysning(f"Okända element hoppas över: {lista}.")


def _med_objekt(år: Mapping[int, Bokföringsår], poster: Poster) -> dict[int, Bokföringsår]:
    """The years with the file's own balances per objekt, where it has them for a konto and dimension."""
    svar = {}
    for nr, ett in år.items():
        saldon = poster.objekt_ub.get(nr, {})
        givna = {(konto, dimension) for konto, (dimension, _) in saldon}
        kvar = {nyckel: belopp for nyckel, belopp in ett.objekt.items() if (nyckel[0], nyckel[1][0]) not in givna}
        svar[nr] = replace(ett, objekt=kvar | {nyckel: decimal_kr(öre) for nyckel, öre in saldon.items()})
    return svar
