"""What of the income is medlemsbidrag (Finsam 5 and 6 §§): as forbund.yml says, else the rows that say it themselves.

EU, ESF and project grants never are. Where it cannot be told of a row the sum is not made: check C12 asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from finsam.model.fakta import Fakta, Faktabas, Konton, Summa
from finsam.model.rakenskapsar import Räkenskapsår

INTÄKTER = "rr.verksamhetens_intakter"
_MEDLEM = re.compile(r"medlemsbidrag|medlemsavgift|driftbidrag|\bfinsam", re.IGNORECASE)
_FRÄMMANDE = re.compile(r"\beu\b|\besf|socialfond|projekt|\bövriga?\b|försäljning|hyresintäkt|återbetal", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Intäktsrad:
    """A row of income: its fact, its words, and whether it is medlemsbidrag; None when its words do not tell.

    `främmande` are the names of what in it cannot be medlemsbidrag.
    """

    fakta: str
    etikett: str
    är_bidrag: bool | None
    främmande: tuple[str, ...] = ()


def intäktsrader(år: Räkenskapsår, fakta: Faktabas) -> tuple[Intäktsrad, ...]:
    """The rows of the notes of income that have an amount this year or the year before; else all income as one."""
    medlemmar = {medlem.id for medlem in år.förbund.medlemmar}
    rader = []
    for notis in (n for n in år.förbund.noter if n.post == INTÄKTER):
        for rad in notis.rader:
            id_ = f"not.{notis.id}.{rad.id}"
            if _belopp(id_, år, fakta):
                rader.append(_rad(id_, rad.etikett, rad.id in medlemmar, år, fakta))
    if not rader and INTÄKTER in fakta and _belopp(INTÄKTER, år, fakta):
        rader.append(_rad(INTÄKTER, "Verksamhetens intäkter", False, år, fakta))
    return tuple(rader)


def _rad(id_: str, etikett: str, medlem: bool, år: Räkenskapsår, fakta: Faktabas) -> Intäktsrad:
    """What a row is, by being a member's, by its words and by its konton's; where those disagree it is not told."""
    namn = tuple(_kontonamn(id_, år, fakta))
    främmande = tuple(n for n in namn if _FRÄMMANDE.search(n) and not _MEDLEM.search(n))
    säger_medlem = bool(medlem or _MEDLEM.search(etikett) or (namn and all(map(_MEDLEM.search, namn))))
    säger_annat = bool(_FRÄMMANDE.search(etikett) or (namn and len(främmande) == len(namn)))
    if säger_annat and not säger_medlem:
        return Intäktsrad(id_, etikett, False, främmande or (etikett,))
    if säger_medlem and not säger_annat and not främmande:
        return Intäktsrad(id_, etikett, True)
    return Intäktsrad(id_, etikett, None, främmande)


def _kontonamn(id_: str, år: Räkenskapsår, fakta: Faktabas) -> Iterator[str]:
    """The konton of a row with an amount either year, by number and name."""
    källa = fakta[f"{id_}/{år.period}"].källa
    for konto, objekt in källa.rader if isinstance(källa, Konton) else ():
        if any(fakta.saldon[period, "res"].get((konto, objekt)) for period in (år.period, år.föregående)):
            yield f"{konto} {år.bokföring.konton[konto].namn}"


def _belopp(id_: str, år: Räkenskapsår, fakta: Faktabas) -> bool:
    return any(fakta[f"{id_}/{period}"].värde for period in (år.period, år.föregående) if f"{id_}/{period}" in fakta)


def medlemsbidragets_fakta(år: Räkenskapsår, fakta: Faktabas) -> tuple[str, ...]:
    """The facts that together are medlemsbidraget; none when it cannot be told."""
    if år.förbund.medlemsbidrag:
        return år.förbund.medlemsbidrag
    rader = intäktsrader(år, fakta)
    if all(rad.är_bidrag for rad in rader):
        return (INTÄKTER,)
    if any(rad.är_bidrag is None for rad in rader):
        return ()
    return tuple(rad.fakta for rad in rader if rad.är_bidrag)


def räknade(f: Fakta) -> tuple[str, ...]:
    """What the fact medlemsbidrag was made of, without the year."""
    return tuple(nyckel.partition("/")[0] for _, nyckel in f.källa.termer) if isinstance(f.källa, Summa) else ()
