"""The balances of a list as a ledger, with the same reconciliation as every other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from finsam.model.bokforing import Bokföring, Objekt
from finsam.read.ledger.ar import Årsdata, build_årsdata
from finsam.read.ledger.avstamning import check_konton, check_år
from finsam.read.ledger.benamningar import Benämningar
from finsam.read.ledger.foljd import Lästföljd, Verifikationsföljd
from finsam.read.ledger.poster import Poster, Årsdatum
from finsam.read.ledger.problem import Problemsamling
from finsam.read.ledger.samla import samla
from finsam.read.ledger.uppgifter import read_orgnr
from finsam.read.lista.saldon import Listsaldon
from finsam.read.lista.titel import Titel

ORD = Benämningar(
    ib="kolumnen för ingående balans",
    årets="kolumnen för utgående saldo",
    res="resultatkonton i kolumnen för utgående saldo",
    ub_före="balanskonton i kolumnen för föregående år",
    orgnr="raderna ovanför rubrikerna",
)


def build_bokföring(
    typ: str,
    teckenkod: str,
    titel: Titel,
    saldon: Listsaldon,
    konton: Mapping[str, str],
    dimensioner: Mapping[str, str],
    objekt: Mapping[Objekt, str],
    problem: Problemsamling,
    verifikationer: Verifikationsföljd | None = None,
) -> Bokföring | None:
    """The ledger that a list amounts to, reconciled; `None` when it does not hold together."""
    ver = Lästföljd() if verifikationer is None else verifikationer
    poster = _poster(titel, saldon, konton, dimensioner, objekt, problem)
    år = build_årsdata(poster, ver.rader, ORD, problem)
    check_konton(poster.konton, år.values(), (), problem)
    check_år(år, ver, ORD, problem)
    if problem.har_fel:
        return None
    orgnr = read_orgnr(poster, ORD, problem)
    omfattar_till = _omfattning(titel, år[0], problem)
    return samla(poster, år, ver, problem, orgnr=orgnr, typ=typ, teckenkod=teckenkod, omfattar_till=omfattar_till)


def _poster(
    titel: Titel,
    saldon: Listsaldon,
    konton: Mapping[str, str],
    dimensioner: Mapping[str, str],
    objekt: Mapping[Objekt, str],
    problem: Problemsamling,
) -> Poster:
    """What the list says, as a ledger's records."""
    poster = Poster(namn=titel.namn, orgnr=titel.orgnr, dimensioner=dict(dimensioner), objekt=dict(objekt))
    for nr, år in saldon.år.items():
        poster.år[nr] = Årsdatum(år.start, år.slut)
        poster.saldon["ib"][nr], poster.saldon["ub"][nr], poster.saldon["res"][nr] = år.ib, år.ub, år.res
    poster.objekt_ib, poster.objekt_ub = saldon.oib, saldon.oub
    poster.konton = {konto: namn for konto, namn in konton.items() if namn}
    if not poster.konton:
        problem.upplysning("Listan har inga kontonamn.")
        poster.konton = dict(konton)
    return poster


def _omfattning(titel: Titel, år: Årsdata, problem: Problemsamling) -> date | None:
    """The last day that the list covers, when it says so."""
    if titel.slut and titel.slut < år.slut:
        problem.varning(f"Listan omfattar tiden till och med {titel.slut}, inte hela räkenskapsåret.")
    return titel.slut
