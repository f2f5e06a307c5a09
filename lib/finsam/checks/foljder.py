"""What follows of konton that have no place: the same checks made as if they had one tell which findings go with them.

A konto without a place is missing in every sum, so one fault would be told many times, with advice that cannot help.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from finsam.checks.bokforing import check_konton, konton_med_saldo, odelad_rest
from finsam.checks.finding import Finding
from finsam.model.belopp import NOLL
from finsam.model.forbund import RESTEN, Kontorad
from finsam.read.normalkontoplan import normalkonto
from finsam.statements.redovisning import Redovisning, redovisa

_TAL = re.compile(r"[−-]?\d[\d\s,.]*")


def med_följder(
    funna: Sequence[Finding], r: Redovisning, kontrollera: Callable[[Redovisning], Sequence[Finding]]
) -> tuple[Finding, ...]:
    """The findings, with those that follow of konton without a place under the last that says so."""
    orsaker = [f for f in funna if f.kod == check_konton.kod and f.nivå == "fel"]
    rader = tuple(_tänkta_rader(r)) if orsaker else ()
    if not rader:
        return tuple(funna)
    plan = replace(r.år.kontoplan, rader=(*r.år.kontoplan.rader, *rader))
    kvar = {_ord(f) for f in kontrollera(replace(redovisa(replace(r.år, kontoplan=plan)), visade=r.visade))}
    belopp = set(_belopp(r, [rad.från for rad in rader]))
    följder = [
        f
        for f in funna
        if f.nivå in ("fel", "varning")
        and f.kod != check_konton.kod
        and (_ord(f) not in kvar or abs(f.differens) in belopp)
    ]
    return tuple(
        replace(f, följder=tuple(f"{ett.kod} {ett.text}" for ett in följder)) if f is orsaker[-1] else f
        for f in funna
        if not any(f is ett for ett in följder)
    )


def _ord(f: Finding) -> tuple[str, str, str]:
    """What a finding says, whatever its figures are."""
    return f.kod, f.källa, _TAL.sub("0", f.text)


def _tänkta_rader(r: Redovisning) -> Iterator[Kontorad]:
    """A line for each konto without one, as its nearest neighbour of the same post has it; and for each rest."""
    for konto in sorted(konton_med_saldo(r)):
        egna = r.år.kontoplan.träffar(konto)
        if not egna and (rad := _grannens(konto, r)):
            yield replace(rad, från=konto, till=konto, objekt="", rad=0)
        elif egna and odelad_rest(r, konto):
            yield replace(egna[0], från=konto, till=konto, objekt=RESTEN, rad=0)


def _grannens(konto: str, r: Redovisning) -> Kontorad | None:
    normal = normalkonto(r.år.förbund.kontoplan, konto)
    lika = [
        rad for rad in r.år.kontoplan.rader if (rad.post == normal.rad.post if normal else rad.från[:1] == konto[:1])
    ]
    return min(lika, key=lambda rad: abs(_plats(rad.från) - _plats(konto)), default=normal.rad if normal else None)


def _plats(konto: str) -> int:
    return int(konto.ljust(10, "0"))


def _belopp(r: Redovisning, konton: Sequence[str]) -> Iterator[Decimal]:
    """The amounts that are missing somewhere for konton without a place: their balances, changes and objekt."""
    for bokår in r.år.bokföring.år.values():
        for konto in konton:
            ib, ub, res = (saldon.get(konto, NOLL) for saldon in (bokår.ib, bokår.ub, bokår.res))
            delar = (belopp for (nummer, _), belopp in bokår.objekt.items() if nummer == konto)
            yield from (abs(b) for b in (ib, ub, res, ub - ib, *delar) if b)
