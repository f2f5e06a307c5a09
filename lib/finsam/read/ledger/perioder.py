"""Movements per month and per objekt: the file's own where they agree with its balances, else the verifikationer's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TypeVar

from finsam.model.bokforing import Bokföringsår
from finsam.read.ledger.ar import Årsdata
from finsam.read.ledger.belopp import decimal_kr
from finsam.read.ledger.poster import Objektsaldon, Periodpost, Poster
from finsam.read.ledger.problem import Problemsamling

Perioder = dict[tuple[str, str], int]
Nyckel = TypeVar("Nyckel")


def build_år(poster: Poster, år: Mapping[int, Årsdata], problem: Problemsamling) -> dict[int, Bokföringsår]:
    """The finished years: balances, movements per month, budget, objekt."""
    periodsaldon = _rätt_år(poster.periodsaldon, år, problem)
    budget = defaultdict(list)
    for post in poster.periodbudget:
        budget[post.år].append(post)
    svar = {}
    for nr, ett in år.items():
        poster_i_år = periodsaldon.get(nr, [])
        delade, perioder = _perioder(ett, poster_i_år, problem)
        använda = poster_i_år if perioder is not None else []
        använda = använda if delade else _utan_detaljer(använda)
        objekt = _objekt(ett, använda, poster.objekt_ub.get(nr, {}))
        svar[nr] = Bokföringsår(
            nr,
            ett.start,
            ett.slut,
            ib=_kronor(ett.ib),
            ub=_kronor(ett.ub),
            res=_kronor(ett.res),
            objekt=_kronor(objekt),
            objekt_ib=_kronor(poster.objekt_ib.get(nr, {})),
            perioder=_kronor(_månadssummor(ett) if perioder is None else perioder),
            budget=_kronor(_summa(budget[nr], delade)),
        )
    return svar


def _kronor(saldon: Mapping[Nyckel, int]) -> dict[Nyckel, Decimal]:
    return {nyckel: decimal_kr(öre) for nyckel, öre in saldon.items()}


def _rätt_år(
    poster: list[Periodpost], år: Mapping[int, Årsdata], problem: Problemsamling
) -> dict[int, list[Periodpost]]:
    """Period rows under the year their month belongs to; the index of the file is sometimes wrong, the month is not."""
    svar: dict[int, list[Periodpost]] = defaultdict(list)
    felplacerade = []
    for post in poster:
        if post.år in år and år[post.år].omfattar_period(post.period):
            svar[post.år].append(post)
        else:
            felplacerade.append(post)
    finns = {(nr, post.period, post.konto, post.objekt) for nr, rader in svar.items() for post in rader}
    flyttade, utanför = set(), set()
    for post in felplacerade:
        nr = next((nr for nr, ett in år.items() if ett.omfattar_period(post.period)), None)
        if nr is None:
            utanför.add(post.period[:4])
        else:
            flyttade.add(post.period[:4])
            if (nr, post.period, post.konto, post.objekt) not in finns:
                svar[nr].append(post)
    for kalenderår in sorted(flyttade):
        problem.varning(f"Periodsaldon för {kalenderår} ligger under fel räkenskapsår och flyttas.")
    for kalenderår in sorted(utanför):
        problem.varning(f"Periodsaldon för {kalenderår} ligger utanför filens räkenskapsår och används inte.")
    return svar


def _perioder(år: Årsdata, poster: list[Periodpost], problem: Problemsamling) -> tuple[bool, Perioder | None]:
    """The periodsaldon of a year in the reading that agrees with its balances, and whether that adds the objekt rows.

    By SIE's specification the row without objekt is the konto's total; some programs write the rows as parts of it.
    """
    if not poster:
        return False, None
    for delade in (False, True):
        perioder = _summa(poster, delade)
        if _stämmer(år, perioder):
            return delade, perioder
    vems = "Föregående års periodsaldon" if år.nr else "Periodsaldona"
    problem.varning(f"{vems} går inte att stämma av mot årets saldon och används inte.")
    return False, None


def _summa(poster: Iterable[Periodpost], delade: bool) -> Perioder:
    summor: Perioder = {}
    for post in poster:
        if delade or not post.objekt:
            nyckel = post.konto, post.period
            summor[nyckel] = summor.get(nyckel, 0) + post.öre
    return summor


def _stämmer(år: Årsdata, perioder: Perioder) -> bool:
    """Whether months add up to the year: the result, or utgående less ingående balans where the year has one."""
    per_konto: dict[str, int] = {}
    for (konto, _), öre in perioder.items():
        per_konto[konto] = per_konto.get(konto, 0) + öre
    for konto in per_konto.keys() | år.res.keys() | år.ub.keys() | år.ib.keys():
        if år.är_resultatkonto(konto):
            rörelse = år.res.get(konto, 0)
        elif år.ib:
            rörelse = år.ub.get(konto, 0) - år.ib.get(konto, 0)
        else:
            continue
        if rörelse != per_konto.get(konto, 0):
            return False
    return True


def _månadssummor(år: Årsdata) -> Perioder:
    return {(konto, period): öre for (konto, period), öre in år.verifikat.perioder.items() if period}


def _utan_detaljer(poster: list[Periodpost]) -> list[Periodpost]:
    """Rows of totals, where an objekt's own row holds all of it: a row of several objekt counts for the others only."""
    egna = {(post.konto, *post.objekt) for post in poster if len(post.objekt) == 1}
    svar = []
    for post in poster:
        if len(post.objekt) > 1:
            post = post._replace(objekt=tuple(par for par in post.objekt if (post.konto, par) not in egna))
        svar.append(post)
    return svar


def _objekt(år: Årsdata, poster: list[Periodpost], utgående: Objektsaldon) -> Objektsaldon:
    """Utgående saldo of balance accounts; movement of result accounts, from periodsaldon or verifikationer."""
    rörelse: Objektsaldon = {}
    rader = [(post.konto, post.objekt, post.öre) for post in poster if post.objekt]
    rader = rader or [(konto, objekt, öre) for (konto, objekt), öre in år.verifikat.objekt.items()]
    for konto, objekt, öre in rader:
        if år.är_resultatkonto(konto):
            for par in dict.fromkeys(objekt):
                rörelse[konto, par] = rörelse.get((konto, par), 0) + öre
    return rörelse | {
        nyckel: öre for nyckel, öre in utgående.items() if not (rörelse and år.är_resultatkonto(nyckel[0]))
    }
