"""Which rows of a table a total adds up, as the facts say, and the formula that does it on the sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from finsam.model.belopp import NOLL
from finsam.model.fakta import Fakta, Summa


@dataclass(frozen=True, slots=True)
class Ruta:
    """A cell with a figure in a column: its row on the sheet, its fact, the sign that the fact is shown with, and
    whether it is a total.
    """

    rad: int
    fakta: Fakta
    tecken: int
    är_summa: bool = False

    @property
    def visat(self) -> Decimal:
        """The exact figure with the sign that it is shown with."""
        return self.tecken * (self.fakta.värde or NOLL)


def summaformel(summa: Ruta, kolumn: str, rutor: Sequence[Ruta], fakta: Mapping[str, Fakta]) -> str | None:
    """The formula of a total, of the rows that are seen in its column; None when they are not all it is made of.

    A term that is not shown may itself be a total of what is. Where the fact is made otherwise (eget kapital of its
    konton), it is the rows above it, if they come to it to the öre. `rutor` are all cells of the column that have
    figures.
    """
    return _av_fakta(summa, kolumn, rutor, fakta) or _av_gruppen(summa, kolumn, rutor)


def _av_gruppen(summa: Ruta, kolumn: str, rutor: Sequence[Ruta]) -> str | None:
    """The total of the rows since the total before it, or with that one."""
    över = [ruta for ruta in rutor if ruta.rad < summa.rad]
    börjar = next((nr for nr in range(len(över), 0, -1) if över[nr - 1].är_summa), 0)
    for grupp in (över[börjar:], över[max(börjar - 1, 0) :]):
        if len(grupp) > 1 and sum((ruta.visat for ruta in grupp), NOLL) == summa.visat:
            return f"={_sum([ruta.rad for ruta in grupp], kolumn, {ruta.rad for ruta in rutor})}"
    return None


def _av_fakta(summa: Ruta, kolumn: str, rutor: Sequence[Ruta], fakta: Mapping[str, Fakta]) -> str | None:
    synliga = {ruta.fakta.nyckel: ruta for ruta in reversed(rutor) if ruta.fakta.nyckel != summa.fakta.nyckel}
    led = list(_led(summa.fakta, summa.tecken, synliga, fakta))
    if not led or None in led:
        return None
    plus = sorted({ruta.rad for tecken, ruta in filter(None, led) if tecken > 0})
    minus = sorted({ruta.rad for tecken, ruta in filter(None, led) if tecken < 0})
    if len(plus) + len(minus) < len(led):  # a row counts twice
        return None
    med_tal = {ruta.rad for ruta in rutor}
    return f"={_sum(plus, kolumn, med_tal)}{'-' if minus else ''}{_sum(minus, kolumn, med_tal)}"


def _led(
    f: Fakta, tecken: int, synliga: Mapping[str, Ruta], fakta: Mapping[str, Fakta]
) -> Iterator[tuple[int, Ruta] | None]:
    """The rows that a fact is the sum of, with their signs; None for what is not seen."""
    if not isinstance(f.källa, Summa):
        yield None
        return
    for t, nyckel in f.källa.termer:
        term = fakta[nyckel]
        if nyckel in synliga:
            ruta = synliga[nyckel]
            yield tecken * t * ruta.tecken, ruta
        elif term.dold or term.okänd:
            yield None
        elif term.värde:
            yield from _led(term, tecken * t, synliga, fakta)


def _sum(rader: Sequence[int], kolumn: str, med_tal: set[int]) -> str:
    """SUM of rows; those with nothing but words between them are one stretch."""
    sträckor: list[list[int]] = []
    for rad in rader:
        if sträckor and med_tal.isdisjoint(range(sträckor[-1][1] + 1, rad)):
            sträckor[-1][1] = rad
        else:
            sträckor.append([rad, rad])
    celler = (f"{kolumn}{a + 1}" if a == b else f"{kolumn}{a + 1}:{kolumn}{b + 1}" for a, b in sträckor)
    return f"SUM({','.join(celler)})" if rader else ""
