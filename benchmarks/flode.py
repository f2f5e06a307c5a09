"""Whether a changed figure has flowed rightly: to all that is computed from it, and to nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from finsam.model.fakta import Fakta, Konton, Kvot, Produkt, Summa

Faktan = Mapping[str, Fakta]
NOLL = Decimal(0)


def flödar(före: Faktan, nu: Faktan, *, andra_ord: bool = False) -> str:
    """What is wrong with how a change has flowed; empty when it has reached what it should, and only that.

    Some fact is another, or some words of a table (`andra_ord`). Every fact that is computed is what its terms give
    when they are added, divided or multiplied anew here. What changed is either read from the inputs or computed from
    something that changed; and a sum has changed by as much as its terms.
    """
    ändrade = {nyckel for nyckel in före.keys() | nu.keys() if _sagt(före.get(nyckel)) != _sagt(nu.get(nyckel))}
    if not ändrade and not andra_ord:
        return "inget fakta ändrades"
    for nyckel, fakta in nu.items():
        if (räknat := _räkna(fakta, nu)) is not None and räknat != fakta.värde:
            return f"{nyckel} är {fakta.värde} men dess delar ger {räknat}"
        källa_ändrad = nyckel not in före or före[nyckel].källa != fakta.källa
        if fakta.av and nyckel in ändrade and not källa_ändrad and ändrade.isdisjoint(fakta.av):
            return f"{nyckel} ändrades fast inget som det räknas av gjorde det"
        if isinstance(fakta.källa, Summa) and not källa_ändrad:
            delta = sum((t * _skillnad(före, nu, n) for t, n in fakta.källa.termer), NOLL)
            if not _dold(före, nu, (nyckel, *fakta.av)) and _skillnad(före, nu, nyckel) != delta:
                return f"{nyckel} ändrades inte som dess delar"
    return _samma_konton(nu)


def _sagt(fakta: Fakta | None) -> tuple[Decimal | None, str, str, int] | None:
    return None if fakta is None else (fakta.värde, fakta.enhet, fakta.text, fakta.dold)


def _dold(före: Faktan, nu: Faktan, nycklar: tuple[str, ...]) -> bool:
    return any(faktan[n].dold for n in nycklar for faktan in (före, nu) if n in faktan)


def _värde(faktan: Faktan, nyckel: str) -> Decimal:
    return (faktan[nyckel].värde if nyckel in faktan else None) or NOLL


def _skillnad(före: Faktan, nu: Faktan, nyckel: str) -> Decimal:
    return _värde(nu, nyckel) - _värde(före, nyckel)


def _räkna(fakta: Fakta, nu: Faktan) -> Decimal | None:
    """A computed fact anew; None for what is read, is withheld or has no figure."""
    if fakta.värde is None or any(nu[n].dold for n in fakta.av):
        return None
    match fakta.källa:
        case Summa(termer):
            return sum((t * _värde(nu, n) for t, n in termer), NOLL)
        case Kvot(täljare, nämnare):
            return _värde(nu, täljare) / _värde(nu, nämnare)
        case Produkt((ena, andra)):
            return _värde(nu, ena) * _värde(nu, andra)
    return None


def _samma_konton(nu: Faktan) -> str:
    """Facts that are the same konton of the same year are the same figure."""
    lika: dict[object, set[Decimal | None]] = defaultdict(set)
    for fakta in nu.values():
        if isinstance(fakta.källa, Konton) and not fakta.dold:
            k = fakta.källa
            lika[k.slag, k.rader, fakta.period].add(fakta.värde and k.tecken * fakta.värde)
    return next((f"{vad} är olika tal" for vad, tal in lika.items() if len(tal) > 1), "")
