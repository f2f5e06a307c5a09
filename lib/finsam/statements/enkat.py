"""Enkäter: the share that answered within the success set, typed or computed from the counts of answers."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from finsam.model.fakta import Faktabas, Indata
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.skala import SKALOR, lyckade, steg
from finsam.model.underlag import Enkätsvar, Indikator
from finsam.statements.delar import Del
from finsam.statements.uppgifter import cellkälla


def svarsrader(år: Räkenskapsår, indikator: Indikator) -> list[Enkätsvar]:
    """This year's counts of answers to the question of an indikator; none when the share is typed."""
    return [
        rad
        for rad in år.underlag.enkätsvar
        if (rad.insats, rad.enkätfråga, rad.år) == (indikator.insats, indikator.enkätfråga, år.årtal)
    ]


def räkna(indikator: Indikator, rader: list[Enkätsvar]) -> tuple[int, int]:
    """How many answered within the success set, and how many answered at all."""
    skala = SKALOR.get(rader[0].skala)
    urval = lyckade(indikator.skala, skala or [steg(rad.svarsalternativ) for rad in rader], ordnad=skala is not None)
    return sum(rad.antal for rad in rader if steg(rad.svarsalternativ) in urval), sum(rad.antal for rad in rader)


def fyll_enkäter(år: Räkenskapsår, fakta: Faktabas) -> None:
    """Make enkat.<insats>.<id>, the share, and .svar, how many answered; the answers themselves are no facts."""
    for rad in år.underlag.indikatorer:
        andel = None if rad.andel is None else rad.andel / 100
        svar, källa = rad.svar, cellkälla(år, rad, rad.källa)
        if rader := svarsrader(år, rad):
            antal, svar = räkna(rad, rader)
            andel = Decimal(antal) / svar
            raderna = f"{rader[0].blad}, rad {min(r.rad for r in rader)}–{max(r.rad for r in rader)}"
            källa = Indata(år.underlag.fil, raderna, rad.källa or rader[0].källa)
        id_ = f"enkat.{rad.insats}.{rad.id}"
        fakta.indata(id_, år.period, andel, "andel", rad.fråga, källa)
        if svar is not None:
            fakta.indata(f"{id_}.svar", år.period, Decimal(svar), "antal", f"{rad.fråga} Antal svar.", källa)


def små_enkäter(år: Räkenskapsår, fakta: Faktabas) -> Iterator[str]:
    """Shares and counts of surveys that fewer answered than the smallest group that is shown."""
    for rad in år.underlag.indikatorer:
        svar = fakta.get(f"enkat.{rad.insats}.{rad.id}.svar/{år.period}")
        if svar is not None and svar.värde is not None and 0 < svar.värde < år.förbund.minsta_grupp:
            yield from (f"enkat.{rad.insats}.{rad.id}/{år.period}", svar.nyckel)


DEL = Del(fyll_enkäter)
