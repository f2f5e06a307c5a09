"""Read a saldolista or huvudbok (.xlsx, .csv, .txt) as the kommuner's ledger systems give it.

No figure is guessed. How amounts are written, which sign they have and what a column is are decided by evidence in the
list itself (its columns, its sums, that debit and credit meet) and said when they are not what is usual; where the
evidence is missing or says two things the list is refused. What is then checked is what a SIE file is checked for.
"""

from __future__ import annotations

from dataclasses import replace

from finsam.model.bokforing import Bokföring
from finsam.read.indata import visa
from finsam.read.ledger.belopp import kr_text
from finsam.read.ledger.problem import Problemsamling
from finsam.read.ledger.samla import Resultat, no_garbage_collection
from finsam.read.lista.bokforing import build_bokföring
from finsam.read.lista.fil import Listtabell, read_tabell, är_tabell
from finsam.read.lista.huvudbok import read_huvudbok
from finsam.read.lista.kolumner import Kolumner, check_rubriklösa, ordna
from finsam.read.lista.rader import Listkonto, read_rader
from finsam.read.lista.rubriker import är_huvudbok
from finsam.read.lista.saldon import IB, Listsaldon, check_rader, radsaldon
from finsam.read.lista.summor import check_summor, skilj_konton
from finsam.read.lista.tecken import check_balanser, välj_läsning
from finsam.read.lista.titel import Titel, bestäm_år, read_titel


def är_saldolista(data: bytes) -> bool:
    """Whether the bytes are a table: a workbook, or lines with separators."""
    return är_tabell(data)


def read_saldolista(data: bytes, fil: str, år: int | None) -> Resultat:
    """Read the bytes of a saldolista or huvudbok; see `read_bokföring`."""
    problem = Problemsamling(fil)
    with no_garbage_collection():
        bokföring = _read(data, fil, år, problem)
    return (None if problem.har_fel else bokföring), problem.alla()


def _read(data: bytes, fil: str, år: int | None, problem: Problemsamling) -> Bokföring | None:
    tabell = read_tabell(data, fil, problem)
    if tabell is None:
        return None
    titel = read_titel(tabell.blad, tabell.rubrikrad, tabell.rubriker, problem)
    året = bestäm_år(titel, tabell.rubriker, år, problem)
    if året is None:
        return None
    if är_huvudbok(tabell.rubriker):
        return read_huvudbok(tabell, titel, året, problem)
    return _read_saldolista(tabell, titel, året, problem)


def _read_saldolista(tabell: Listtabell, titel: Titel, år: int, problem: Problemsamling) -> Bokföring | None:
    blad = tabell.blad
    kolumner = ordna(tabell.rubrikrad, tabell.rubriker, år, problem, blad.plats(tabell.rubrikrad))
    if kolumner is None:
        return None
    kolumner = check_rubriklösa(blad, kolumner, tabell.rubriker, problem)
    rader = read_rader(blad, kolumner, problem)
    if rader.oläsliga:  # they would show again as differences in every sum
        läsliga = [rad for rad in rader.rader if isinstance(rad, Listkonto) and rad.rad not in rader.oläsliga]
        check_rader(radsaldon(läsliga, kolumner, problem), None, blad, kolumner, problem)
        return None
    konton = skilj_konton(rader.rader, blad, kolumner, problem)
    radvis = radsaldon(konton, kolumner, problem)
    vald = None if problem.har_fel else välj_läsning(radvis, kolumner.har_sidor, år, problem)
    tecken = vald[0].tecken if vald else None
    check_rader(radvis, tecken, blad, kolumner, problem)
    check_summor(rader.rader, konton, tecken, blad, kolumner, problem)
    if vald is None:
        return None
    saldon, har_ib = vald[1], any(IB in rad.värden for rad in radvis)
    check_balanser(saldon, har_ib, problem)
    if problem.har_fel:
        return None
    _säg_saknat(saldon, har_ib, kolumner, problem)
    slut = min((k.slut for k in tabell.rubriker if k.slut and k.år == år and k.nr in kolumner.belopp), default=None)
    namn = {rad.konto: rad.namn for rad in reversed(konton) if rad.namn}
    nummer = {rad.konto for rad in konton}
    return build_bokföring(
        "saldolista",
        tabell.teckenkod,
        replace(titel, slut=min(filter(None, (titel.slut, slut)), default=None)),
        saldon,
        {konto: namn.get(konto, "") for konto in nummer},
        kolumner.dimensionsnamn,
        rader.objekt,
        problem,
    )


def _säg_saknat(saldon: Listsaldon, har_ib: bool, kolumner: Kolumner, problem: Problemsamling) -> None:
    """Say what the list does not have, or does not say."""
    if not har_ib and saldon.år[0].ib:
        problem.upplysning("Ingående balans saknas i listan; föregående års utgående balans används.")
    elif not har_ib:
        problem.varning(
            "Ingående balans saknas i listan, så kassaflödesanalysen och ingående eget kapital kan inte räknas ut. "
            "Ta ut listan med ingående balans (IB)."
        )
    if kolumner.osäker:
        konto, öre = max(saldon.år[0].ub.items(), key=lambda par: par[1])
        problem.varning(
            f"Kolumnen {visa(kolumner.osäker)} läses som utgående saldo också för balanskonton: konto {konto} har "
            f"{kr_text(öre)}. Är det årets förändring, ta ut listan med IB och UB."
        )
