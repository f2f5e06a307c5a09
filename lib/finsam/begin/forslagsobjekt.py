"""The objekt of a ledger as a proposal sees them: which are insatser, and what of a konto they are."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from finsam.begin.forslagsnamn import administration_i, slag_i
from finsam.begin.forslagsrader import FUNKTIONER, Slag
from finsam.model.belopp import NOLL
from finsam.model.bokforing import Bokföring, Konto, Objekt
from finsam.model.forbund import RESTEN
from finsam.model.ord import ascii_id, i_parentes
from finsam.read.kontoplan import OBJEKT
from finsam.statements.uppstallning import saknar_objekt

PROJEKT = "6"
_PROJEKTORD = re.compile(r"projekt|insats|aktivitet", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Föreslagen:
    """An insats as the ledger has it: objekt, id, name, and its kind when that is known."""

    objekt: str
    id: str
    namn: str
    slag: Slag | None

    @property
    def grupp(self) -> str:
        """The group of the kostnadsfördelning it belongs to."""
        return self.slag or "insatser"

    @property
    def funktion(self) -> str:
        """Its row of the kostnadsfördelning."""
        return f"{self.grupp}.{self.id}"


def koder_på(bokföring: Bokföring, konto: str) -> dict[str, str]:
    """The objekt ("6:A") with a movement on a konto in any year, and their names; those a kontoplan can hold."""
    par: dict[Objekt, None] = {}
    for ett in bokföring.år.values():
        par |= {objekt: None for (nummer, objekt), belopp in ett.objekt.items() if nummer == konto and belopp}
    koder = {f"{dimension}:{kod}": bokföring.objekt.get((dimension, kod)) or kod for dimension, kod in sorted(par)}
    return {kod: namn for kod, namn in koder.items() if OBJEKT.fullmatch(kod)}


def rester(bokföring: Bokföring, konto: str, koder: Collection[str]) -> dict[int, Decimal]:
    """By year, what of a konto is on none of these objekt. A year that has only totals has none: it is not known."""
    ut = {}
    for nr, ett in bokföring.år.items():
        egna = (ett.objekt.get((konto, _par(kod)), NOLL) for kod in koder)
        rest = ett.res.get(konto, NOLL) - sum(egna, NOLL)
        if rest and not (nr < 0 and saknar_objekt(ett, konto, {*koder, RESTEN})):
            ut[ett.slut.year] = rest
    return ut


def _par(kod: str) -> Objekt:
    dimension, _, nummer = kod.partition(":")
    return dimension, nummer


def föreslå_insatser(
    bokföring: Bokföring | None, konton: Iterable[tuple[Konto, bool]], svar: Mapping[str, Slag]
) -> Iterator[Föreslagen]:
    """The insatser: the projekt that costs are on, and every objekt (or konto without any) that an answer says is one.

    `konton` are the konton of costs, and whether each is one of insatser. A dimension that is not of projekt gives only
    the objekt of those konton. Their kind is as answered, else as their own name or that of their only konto says.
    """
    på: dict[str, list[tuple[Konto, bool]]] = {}
    namn = {kod: kod.rpartition(":")[2] for kod in svar if ":" in kod or bokföring is None}
    if bokföring is not None:
        register = {f"{dimension}:{kod}": ord_ for (dimension, kod), ord_ in bokföring.objekt.items()}
        namn = {kod: register.get(kod) or ord_ for kod, ord_ in namn.items()}
        for konto, är_insats in konton:
            koder = koder_på(bokföring, konto.nummer)
            if konto.nummer in svar and not koder:
                namn[konto.nummer] = konto.namn or konto.nummer
            for kod, ord_ in koder.items():
                på.setdefault(kod, []).append((konto, är_insats))
                namn[kod] = ord_
    vald = _vald_dimension(bokföring, på)
    är_projekt = vald == PROJEKT or _är_projekt(bokföring, vald)
    upptagna = [rad for grupp in FUNKTIONER.values() for rad in grupp.rader]
    for kod, ord_ in sorted((kod, ord_.strip() or kod) for kod, ord_ in namn.items()):
        funna = på.get(kod, [])
        hör_hit = kod.startswith(f"{vald}:") and (är_projekt or any(insats for _, insats in funna))
        if kod in svar or (hör_hit and administration_i(ord_) is None):
            upptagna.append(ascii_id(ord_, upptagna))
            kontonas = {svar.get(konto.nummer) or slag_i(konto.namn) for konto, insats in funna if insats}
            eget = svar.get(kod) or slag_i(ord_)
            yield Föreslagen(
                kod, upptagna[-1], i_parentes(ord_), eget or (kontonas.pop() if len(kontonas) == 1 else None)
            )


def _vald_dimension(bokföring: Bokföring | None, på: Mapping[str, list[tuple[Konto, bool]]]) -> str:
    """The dimension of projekt, by its number or else its name; else the first that konton of insatser have."""
    dimensioner = {kod.partition(":")[0] for kod in på}
    if PROJEKT in dimensioner:
        return PROJEKT
    egna = {kod.partition(":")[0] for kod, konton in på.items() if any(insats for _, insats in konton)}
    projekt = sorted(ett for ett in dimensioner if _är_projekt(bokföring, ett))
    return next(iter(projekt), min(egna, default=""))


def _är_projekt(bokföring: Bokföring | None, dimension: str) -> bool:
    return bokföring is not None and bool(_PROJEKTORD.search(bokföring.dimensioner.get(dimension, "")))
