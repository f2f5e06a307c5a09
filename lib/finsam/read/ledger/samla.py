"""A ledger put together from what its file says; what is the same in every format."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date

from finsam.model.bokforing import Bokföring, Konto
from finsam.model.problem import Problem
from finsam.read.ledger.ar import Årsdata
from finsam.read.ledger.foljd import Verifikationsföljd
from finsam.read.ledger.perioder import build_år
from finsam.read.ledger.poster import Poster
from finsam.read.ledger.problem import Problemsamling

RESERVERADE_DIMENSIONER = {
    "1": "Kostnadsställe",
    "2": "Kostnadsbärare",
    "6": "Projekt",
    "7": "Anställd",
    "8": "Kund",
    "9": "Leverantör",
    "10": "Faktura",
}
"""The dimensions that SIE names, and every ledger program after it."""

Resultat = tuple[Bokföring | None, list[Problem]]


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


def samla(
    poster: Poster,
    år: Mapping[int, Årsdata],
    verifikationer: Verifikationsföljd,
    problem: Problemsamling,
    *,
    orgnr: str,
    typ: str,
    teckenkod: str,
    omfattar_till: date | None,
    kontrollsumma: bool | None = None,
) -> Bokföring:
    """The ledger, from records and years that are checked."""
    return Bokföring(
        namn=poster.namn,
        orgnr=orgnr,
        typ=typ,
        teckenkod=teckenkod,
        program=poster.program,
        konton=_använda_konton(poster, år),
        dimensioner=_använda_dimensioner(poster, år),
        objekt=poster.objekt,
        år=build_år(poster, år, problem),
        verifikationer=verifikationer,
        kontrollsumma=kontrollsumma,
        prosa=tuple(poster.prosa),
        omfattar_till=omfattar_till,
        valuta=poster.valuta or "SEK",
        kontoplanstyp=poster.kontoplanstyp,
        överdimensioner=poster.överdimensioner,
    )


def _använda_konton(poster: Poster, år: Mapping[int, Årsdata]) -> dict[str, Konto]:
    """The accounts of the file, with those that are used without being declared; in order of number."""
    konton = {nummer: Konto(nummer, namn) for nummer, namn in poster.konton.items()}
    for ett in år.values():
        for nummer in (*ett.ib, *ett.ub, *ett.res, *ett.verifikat.per_konto()):
            konton.setdefault(nummer, Konto(nummer, ""))
    return dict(sorted(konton.items()))


def _använda_dimensioner(poster: Poster, år: Mapping[int, Årsdata]) -> dict[str, str]:
    """The dimensions of the file; a reserved one that is used need not be declared."""
    använda = {dimension for dimension, _ in poster.objekt}
    använda |= {par[0] for ett in år.values() for _, objekt in ett.verifikat.objekt for par in objekt}
    använda |= {par[0] for post in poster.periodsaldon for par in post.objekt}
    for per_år in (poster.objekt_ib, poster.objekt_ub):
        använda |= {par[0] for saldon in per_år.values() for _, par in saldon}
    reserverade = {nr: namn for nr, namn in RESERVERADE_DIMENSIONER.items() if nr in använda}
    return reserverade | poster.dimensioner


def omfattning(poster: Poster, år: Årsdata, problem: Problemsamling) -> date | None:
    """The last day the balances cover; a date outside the year is no date but a program's zero."""
    datum = poster.omfattar_till
    if datum is None or not år.start <= datum <= år.slut:
        return None
    if datum < år.slut:
        text = f"Saldona omfattar tiden till och med {datum}, inte hela räkenskapsåret. Exportera hela året."
        problem.varning(text)
    return datum
