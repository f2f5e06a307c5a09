"""#RAR: the räkenskapsår of a SIE file by their dates, and what SIE programs get wrong of a year's balances."""

from __future__ import annotations

from collections.abc import Mapping

from finsam.read.ledger.ar import RÄTTA_ÅRET, är_resultatklass
from finsam.read.ledger.belopp import citat, parse_dag
from finsam.read.ledger.poster import Poster, Årsdatum
from finsam.read.ledger.problem import Problemsamling

Årstexter = Mapping[int, tuple[str, str, int]]
"""The #RAR records by number: first and last day as written, and the row."""


def place_år(årstexter: Årstexter, poster: Poster, problem: Problemsamling) -> None:
    """Put the years that have dates in `poster`; say which have none."""
    if 0 not in årstexter:
        problem.fel(f"Räkenskapsårets datum saknas i filen (#RAR 0). {RÄTTA_ÅRET}")
    for nr, (från, till, rad) in sorted(årstexter.items(), reverse=True):
        start, slut = map(parse_dag, (från, till))
        if start and slut:
            poster.år[nr] = Årsdatum(start, slut, rad)
            continue
        fel = f"kan inte tolkas: {citat(f'{från} {till}')}" if från and till else "saknas i filen"
        vems = f"Datum för räkenskapsår {nr}" if nr else "Räkenskapsårets datum"
        (problem.varning if nr else problem.fel)(f"{vems} {fel}. {RÄTTA_ÅRET}", rad)


def check_saldon(årstexter: Årstexter, poster: Poster, problem: Problemsamling) -> None:
    """Balances belong to a year that the file names, and count once."""
    utan_år = {nr for per_år in poster.saldon.values() for nr in per_år if nr not in årstexter}
    for nr in sorted(utan_år - {0}, reverse=True):
        problem.varning(f"Saldon för år {nr} används inte: årets datum (#RAR {nr}) saknas i filen.")
    for nr in sorted(poster.år, reverse=True):
        _drop_dubbla_resultatkonton(nr, poster, problem)


def _drop_dubbla_resultatkonton(nr: int, poster: Poster, problem: Problemsamling) -> None:
    """Result accounts given both as #UB and as #RES count once."""
    ub, res = poster.saldon["ub"].get(nr, {}), poster.saldon["res"].get(nr, {})
    if not any(är_resultatklass(konto) and öre and konto in res for konto, öre in ub.items()):
        return
    poster.saldon["ub"][nr] = {
        konto: öre for konto, öre in ub.items() if not (är_resultatklass(konto) and (konto in res or not öre))
    }
    vilket = {0: "Räkenskapsåret", -1: "Föregående år"}.get(nr, f"Räkenskapsår {nr}")
    problem.varning(f"{vilket} har både #UB och #RES på resultatkonton; #UB räknas inte.")
