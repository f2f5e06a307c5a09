"""The balances of a list as a ledger, through the same records and the same reconciliation as a SIE file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from finsam.model.bokforing import Bokföring, Objekt
from finsam.read.ledger.ar import Årsdata, build_årsdata
from finsam.read.ledger.avstamning import check_konton, check_år
from finsam.read.ledger.foljd import Verifikationsföljd
from finsam.read.ledger.perioder import build_år
from finsam.read.ledger.problem import Problemsamling
from finsam.read.ledger.uppgifter import orgnr
from finsam.read.lista.saldon import Saldon
from finsam.read.lista.titel import Titel
from finsam.read.sie.poster import Poster
from finsam.read.sie.sie import använda_dimensioner, använda_konton


def build_bokföring(
    typ: str,
    teckenkod: str,
    titel: Titel,
    saldon: Saldon,
    konton: Mapping[str, str],
    dimensioner: Mapping[str, str],
    objekt: Mapping[Objekt, str],
    problem: Problemsamling,
    verifikationer: Verifikationsföljd | None = None,
) -> Bokföring | None:
    """The ledger that a list amounts to, reconciled; `None` when it does not hold together."""
    ver = Verifikationsföljd() if verifikationer is None else verifikationer
    poster = _poster(titel, saldon, konton, dimensioner, objekt, problem)
    år = build_årsdata(poster, ver.rader, problem)
    check_konton(poster.konton, år.values(), (), problem)
    check_år(år, ver, problem)
    if problem.har_fel:
        return None
    return Bokföring(
        namn=titel.namn,
        orgnr=orgnr(poster, problem),
        typ=typ,
        teckenkod=teckenkod,
        program="",
        konton=använda_konton(poster, år),
        dimensioner=använda_dimensioner(poster, år),
        objekt=poster.objekt,
        år=build_år(poster, år, problem),
        verifikationer=ver,
        omfattar_till=_omfattning(titel, år[0], problem),
    )


def _poster(
    titel: Titel,
    saldon: Saldon,
    konton: Mapping[str, str],
    dimensioner: Mapping[str, str],
    objekt: Mapping[Objekt, str],
    problem: Problemsamling,
) -> Poster:
    """The records that a SIE file of the same ledger would have."""
    poster = Poster(namn=titel.namn, dimensioner=dict(dimensioner), objekt=dict(objekt))
    if titel.orgnr:
        poster.uppgifter["#ORGNR"] = [titel.orgnr]
    for nr, år in saldon.år.items():
        poster.år[nr] = _åtta_siffror(år.start), _åtta_siffror(år.slut), 0
        for etikett, öre in (("#IB", år.ib), ("#UB", år.ub), ("#RES", år.res)):
            if öre:
                poster.saldon[etikett][nr] = öre
    poster.objektsaldon["#OUB"], poster.objektsaldon["#OIB"] = saldon.oub, saldon.oib
    poster.konton = {konto: namn for konto, namn in konton.items() if namn}
    if not poster.konton:
        problem.upplysning("Listan har inga kontonamn.")
        poster.konton = dict(konton)
    return poster


def _åtta_siffror(datum: date) -> str:
    return f"{datum:%Y%m%d}"


def _omfattning(titel: Titel, år: Årsdata, problem: Problemsamling) -> date | None:
    """The last day that the list covers, when it says so."""
    if titel.slut and titel.slut < år.slut:
        problem.varning(f"Listan omfattar tiden till och med {titel.slut}, inte hela räkenskapsåret.")
    return titel.slut
