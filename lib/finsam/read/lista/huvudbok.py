"""Read a huvudbok: every konto with its transactions, put together again as verifikationer and saldon."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from finsam.model.bokforing import Bokföring
from finsam.read.indata import visa
from finsam.read.ledger.foljd import Lästföljd
from finsam.read.ledger.problem import Problemsamling
from finsam.read.ledger.verifikationer import Huvud, Verifikationsrad, check_balans
from finsam.read.lista.bokforing import build_bokföring
from finsam.read.lista.fil import Listtabell
from finsam.read.lista.huvudbok_rader import Huvudbok, Huvudkolumner, Huvudpost, read_huvudbok_rader
from finsam.read.lista.kolumner import Kolumner
from finsam.read.lista.rubriker import Listkolumn
from finsam.read.lista.saldon import IB, UB, Radsaldo, check_rader
from finsam.read.lista.tecken import check_balanser, välj_läsning
from finsam.read.lista.titel import Titel

KOLUMNER = "Huvudboken ska ha kolumner för konto, verifikationsnummer, datum, debet och kredit."


def read_huvudbok(tabell: Listtabell, titel: Titel, år: int, problem: Problemsamling) -> Bokföring | None:
    """The ledger of a huvudbok. Each konto must come from its ingående balans to its utgående by its transactions."""
    kolumner = _kolumner(tabell, problem)
    if kolumner is None:
        return None
    bok = read_huvudbok_rader(tabell.blad, kolumner, problem)
    if not any(konto.ib is not None for konto in bok.konton.values()):
        problem.fel(
            "Huvudboken har inga rader med ingående balans. Ta ut den med ingående och utgående saldo per konto."
        )
    rader = [
        Radsaldo(konto.rad, nummer, (), {IB: konto.ib or 0, UB: (konto.ib or 0) + konto.debet - konto.kredit})
        for nummer, konto in bok.konton.items()
    ]
    check_rader(rader, None, tabell.blad, kolumner.kolumner, problem)
    for post in bok.poster:
        if post.datum and post.datum.year != år:
            text = f"Transaktionen är från {post.datum}, och saldona ska vara för {år}. Ta ut huvudboken för {år}."
            problem.fel(text, tabell.blad.plats(post.rad, kolumner.datum), "transaktion utanför året")
    # A figure that could not be read would show again as a difference.
    vald = None if problem.har_fel else välj_läsning(rader, True, år, problem)
    if vald is None:
        return None
    check_balanser(vald[1], True, problem)
    namn = {nummer: konto.namn for nummer, konto in bok.konton.items() if konto.har_rader}
    dimensioner = kolumner.kolumner.dimensionsnamn
    ver = _verifikationer(bok, problem)
    return build_bokföring(
        "huvudbok", tabell.teckenkod, titel, vald[1], namn, dimensioner, bok.objekt, problem, verifikationer=ver
    )


def _kolumner(tabell: Listtabell, problem: Problemsamling) -> Huvudkolumner | None:
    """The columns by their roles; a role that two columns have is refused."""
    roller: dict[str, list[Listkolumn]] = defaultdict(list)
    for kolumn in tabell.rubriker:
        roller[kolumn.roll + kolumn.dimension].append(kolumn)
    plats = tabell.blad.plats(tabell.rubrikrad)
    for roll, kolumner in roller.items():
        if len(kolumner) > 1 and roll not in ("", "text"):
            rubriker = " och ".join(visa(kolumn.rubrik) for kolumn in kolumner)
            problem.fel(f"Kolumnerna {rubriker} kan vara samma sak. Ta bort den som inte ska läsas.", plats)
    nr = {roll: kolumner[0].nr for roll, kolumner in roller.items()}
    debet_kredit = [nr.get("förändring debet", 0), nr.get("förändring kredit", 0)]
    belopp = debet_kredit if all(debet_kredit) else [nr.get("utfall", 0)]
    if not all((nr.get("ver"), nr.get("datum"), *belopp)):
        problem.fel(KOLUMNER, plats)
    if problem.har_fel:
        return None
    konto = nr.get("kontonr") or nr.get("konto") or 0
    saldo = nr.get("ub", 0)
    med_belopp = {k.nr: k.rubrik for k in tabell.rubriker if k.nr in (*belopp, saldo)}
    dimensioner = {k.dimension: k for k in tabell.rubriker if k.roll == "dimension"}
    allmänna = Kolumner(
        tabell.rubrikrad,
        konto or min(kolumn.nr for kolumn in tabell.rubriker),
        nr.get("kontonamn") or (nr.get("konto") if "kontonr" in nr else None),
        {},
        med_belopp,
        {nummer: (k.nr, nr.get(f"dimensionsnamn{nummer}")) for nummer, k in dimensioner.items()},
        {nummer: k.rubrik for nummer, k in dimensioner.items()},
    )
    return Huvudkolumner(
        allmänna, konto, nr["ver"], nr["datum"], nr.get("serie", 0), nr.get("text", 0), tuple(belopp), saldo
    )


def _verifikationer(bok: Huvudbok, problem: Problemsamling) -> Lästföljd:
    """The transactions put together by series, number and date, in that order of time; each must sum to nil."""
    följd = Lästföljd()
    grupper: dict[tuple[str, str, date | None], list[Huvudpost]] = defaultdict(list)
    for post in bok.poster:
        grupper[post.serie, post.nummer, post.datum].append(post)
    for (serie, nummer, datum), poster in sorted(grupper.items(), key=_ordning):
        texter = {post.text for post in poster}
        text = texter.pop() if len(texter) == 1 else ""
        huvud = Huvud(serie, nummer, datum, text)
        rader = [Verifikationsrad(post.konto, post.objekt, post.öre, datum, post.text) for post in poster]
        check_balans(huvud, rader, poster[0].rad, problem)
        följd.add(huvud, rader)
    return följd


def _ordning(grupp: tuple[tuple[str, str, date | None], list[Huvudpost]]) -> tuple[date, str, int, str]:
    serie, nummer, datum = grupp[0]
    return datum or date.max, serie, len(nummer), nummer
