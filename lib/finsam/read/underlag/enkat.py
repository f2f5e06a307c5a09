"""What must hold within and between the sheets Enkätsvar and Indikatorer of `underlag.xlsx`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from finsam.model.ord import uppräkning
from finsam.model.problem import Problem
from finsam.model.skala import SKALOR, lyckade, steg
from finsam.model.underlag import Enkätsvar, Indikator
from finsam.read.indata import förslag, visa
from finsam.read.underlag.blad import Lästblad, Lästrad

Frågor = dict[tuple[str, str], list[Lästrad]]
"""The rows of each question, by insats and Enkätfråga."""


def enkätproblem(lästa: Iterable[Lästblad], fil: str) -> Iterator[Problem]:
    """Answers outside their scale, questions without answers, and success sets that name no answer."""
    per_klass = {läst.klass: läst for läst in lästa}
    frågor: Frågor = {}
    if svar := per_klass.get(Enkätsvar):
        for rad in svar.rader:
            if {"insats", "enkätfråga"} <= rad.värden.keys():
                frågor.setdefault((rad.värden["insats"], rad.värden["enkätfråga"]), []).append(rad)
        for rader in frågor.values():
            yield from _frågans_problem(svar, rader, fil)
    if indikatorer := per_klass.get(Indikator):
        for rad in indikatorer.rader:
            yield from _indikatorns_problem(indikatorer, rad, frågor, fil)


def _frågans_problem(svar: Lästblad, rader: list[Lästrad], fil: str) -> Iterator[Problem]:
    """A question has one scale, each answer once a year, and somebody who answered."""
    sedda: dict[tuple[object, str], int] = {}
    skalan = rader[0].värden.get("skala")
    for rad in rader:
        skala = rad.värden.get("skala")
        if skala and skalan and skala != skalan:
            text = f"Skala är {skala}, men på rad {rader[0].nr} har frågan skalan {skalan}. En fråga har en skala."
            yield Problem("fel", text, fil, svar.plats("skala", rad.nr))
        if (ord_ := rad.värden.get("svarsalternativ")) is None:
            continue
        plats, stegen = svar.plats("svarsalternativ", rad.nr), SKALOR.get(skala or "", ())
        if stegen and steg(ord_) not in stegen:
            text = f"Svarsalternativ {visa(ord_)} finns inte i skalan {skala}: {uppräkning(stegen)}."
            yield Problem("fel", f"{text}{förslag(ord_, stegen)} Andra svar skrivs med skalan egen.", fil, plats)
        nyckel = (rad.värden.get("år"), steg(ord_))
        if nyckel in sedda:
            text = (
                f"Svarsalternativ {visa(ord_)} finns redan på rad {sedda[nyckel]}; ändra eller ta bort den ena raden."
            )
            yield Problem("fel", text, fil, plats)
        sedda.setdefault(nyckel, rad.nr)
    for år in dict.fromkeys(rad.värden.get("år") for rad in rader):
        årets = [rad for rad in rader if rad.värden.get("år") == år]
        if all(rad.värden.get("antal") == 0 for rad in årets):
            text = (
                f"Enkätfråga {visa(årets[0].värden['enkätfråga'])} har inga svar. Fyll i Antal, eller ta bort raderna."
            )
            yield Problem("fel", text, fil, svar.plats("antal", årets[0].nr))


def _indikatorns_problem(blad: Lästblad, rad: Lästrad, frågor: Frågor, fil: str) -> Iterator[Problem]:
    """A share is typed, or computed from a question and a success set that are there."""
    insats, fråga, urval = (rad.värden.get(namn, "") for namn in ("insats", "enkätfråga", "skala"))
    if not fråga:
        if "andel" not in rad.värden and "andel" not in rad.fel:
            text = "Andel saknar värde; fyll i den, eller Enkätfråga så att den räknas, eller börja raden med #."
            yield Problem("fel", text, fil, blad.plats("andel", rad.nr))
        return
    if (insats, fråga) not in frågor:
        finns = [namn for vems, namn in frågor if vems == insats]
        text = f"Enkätfråga {visa(fråga)} finns inte för insatsen i bladet Enkätsvar.{förslag(fråga, finns)}"
        yield Problem("fel", text, fil, blad.plats("enkätfråga", rad.nr))
        return
    svaren = frågor[insats, fråga]
    skala = SKALOR.get(svaren[0].värden.get("skala", ""))
    finns = list(
        skala or dict.fromkeys(steg(r.värden["svarsalternativ"]) for r in svaren if "svarsalternativ" in r.värden)
    )
    if not urval:
        text = f"Skala saknar värde; skriv vilka svar som räknas: {uppräkning(finns, 'eller')}."
        yield Problem("fel", text, fil, blad.plats("skala", rad.nr))
    for ord_ in lyckade(urval, finns, ordnad=skala is not None):
        if ord_ not in finns:
            text = f"Skala har svaret {visa(ord_)}, men frågans svar är {uppräkning(finns)}."
            yield Problem("fel", text + förslag(ord_, finns), fil, blad.plats("skala", rad.nr))
