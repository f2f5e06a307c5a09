"""Participants: the counts that are given, those that follow, and the relations a reader can work out others by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from finsam.model.fakta import Faktabas
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.underlag import Deltagarrad
from finsam.statements.delar import Del
from finsam.statements.rojandekontroll import Samband
from finsam.statements.uppgifter import cellkälla

KÖN = ("kvinnor", "män")
FLÖDE = ("pagaende_in", "nya", "avslutade", "pagaende_ut")


class Ruta(NamedTuple):
    """A count of participants; kön and kommun are empty for all of them."""

    insats: str
    mått: str
    kön: str
    kommun: str
    period: str

    @property
    def nyckel(self) -> str:
        """The key of its fact."""
        led = [del_ for del_ in (self.insats, self.mått, self.kön, self.kommun) if del_]
        return f"deltagare.{'.'.join(led)}/{self.period}"


def givna_rutor(rader: Iterable[Deltagarrad]) -> dict[Ruta, int]:
    """The counts as they stand in the sheet."""
    return {Ruta(r.insats, r.mått, r.kön, r.kommun, str(r.år)): r.antal for r in rader}


def summor(givna: Iterable[Ruta]) -> dict[Ruta, tuple[Ruta, ...]]:
    """Counts that no row gives but others add up to: by kön, by kommun, and in all (by kön where it is known)."""
    ut: dict[Ruta, tuple[Ruta, ...]] = {}
    per_mått: dict[tuple[str, str, str], list[Ruta]] = defaultdict(list)
    for ruta in givna:
        per_mått[ruta.insats, ruta.mått, ruta.period].append(ruta)
    for egna in per_mått.values():
        kors = [r for r in egna if r.kön and r.kommun]
        nya = {r._replace(kommun=""): tuple(a for a in kors if a.kön == r.kön) for r in kors}
        nya |= {r._replace(kön=""): tuple(a for a in kors if a.kommun == r.kommun) for r in kors}
        nya = {ruta: delar for ruta, delar in nya.items() if ruta not in egna}
        alla = [*egna, *nya]
        totalt = egna[0]._replace(kön="", kommun="")
        if totalt not in egna:
            delar = [r for r in alla if r.kön and not r.kommun] or [r for r in alla if r.kommun and not r.kön]
            nya[totalt] = tuple(delar)
        ut |= nya
    return ut


def rutor(rader: Iterable[Deltagarrad]) -> dict[Ruta, int]:
    """Every count that is a fact, given or added up."""
    tal = givna_rutor(rader)
    for ruta, delar in summor(tuple(tal)).items():
        tal[ruta] = sum(tal[del_] for del_ in delar)
    return tal


def fyll_deltagare(år: Räkenskapsår, fakta: Faktabas) -> None:
    """Make deltagare.<insats>.<mått> as given or summed, and the same by kön and by kommun."""
    benämning: dict[tuple[str, str], str] = {}
    for rad in år.underlag.deltagare:
        ruta = Ruta(rad.insats, rad.mått, rad.kön, rad.kommun, str(rad.år))
        benämning.setdefault((rad.insats, rad.mått), rad.benämning)
        id_, källa = ruta.nyckel.partition("/")[0], cellkälla(år, rad, rad.källa)
        fakta.indata(id_, ruta.period, Decimal(rad.antal), "antal", f"{rad.benämning}.", källa)
    for ruta, delar in summor(givna_rutor(år.underlag.deltagare)).items():
        ord_ = ", ".join(del_ for del_ in (benämning[ruta.insats, ruta.mått], ruta.kön, ruta.kommun) if del_)
        id_ = ruta.nyckel.partition("/")[0]
        fakta.summa(id_, ruta.period, [(1, del_.nyckel) for del_ in delar], f"{ord_}.")


# What a reader knows


@dataclass(frozen=True, slots=True)
class Tabellverk:
    """The counts of an insats with all relations between them.

    `rester` are counts that nobody prints but everybody can work out: those of a total that no part has, and those
    who are not in a "varav". `motsägelser` are relations that ought to hold but do not (check C19).
    """

    tal: Mapping[str, int]
    rester: frozenset[str]
    samband: tuple[Samband, ...]
    motsägelser: tuple[tuple[str, ...], ...]


def tabellverk(tal: Mapping[Ruta, int], benämning: Mapping[str, str]) -> Tabellverk:
    """The counts of one insats, in any number of years, with the relations between them; `benämning` is by mått."""
    bygge = _Bygge(tal)
    for egna in _skivor(tal, "kön"):
        bygge.delas(egna[0]._replace(kön=""), [egna[0]._replace(kön=k) for k in KÖN])
    for egna in _skivor(tal, "kommun"):
        bygge.delas(egna[0]._replace(kommun=""), sorted(r for r in egna if r.kommun))
    for egna in _skivor(tal, "mått"):
        per_mått = {r.mått: r for r in egna}
        bygge.flöde(per_mått)
        bygge.varav(per_mått, benämning)
        bygge.nästa_år(per_mått)
    nycklar = {ruta.nyckel: antal for ruta, antal in tal.items()}
    return Tabellverk(nycklar | bygge.rester, frozenset(bygge.rester), tuple(bygge.samband), tuple(bygge.motsägelser))


def _skivor(tal: Iterable[Ruta], fält: str) -> Iterator[list[Ruta]]:
    """The counts that differ in one respect only."""
    skivor: dict[Ruta, list[Ruta]] = defaultdict(list)
    for ruta in sorted(tal):
        skivor[ruta._replace(**{fält: ""})].append(ruta)
    yield from skivor.values()


class _Bygge:
    """Relations being collected."""

    def __init__(self, tal: Mapping[Ruta, int]) -> None:
        self.tal = tal
        self.rester: dict[str, int] = {}
        self.samband: list[Samband] = []
        self.motsägelser: list[tuple[str, ...]] = []

    def delas(self, summa: Ruta, möjliga: Iterable[Ruta], *, rest: bool = False) -> None:
        """A total and its parts; what the parts leave is a rest of its own (`rest`: also when it may be nil).

        They contradict each other when the parts are more than the total, or less with both kvinnor and män.
        """
        delar = [r for r in möjliga if r in self.tal]
        if summa not in self.tal or not delar:
            return
        över = self.tal[summa] - sum(self.tal[r] for r in delar)
        if över < 0 or (över and {r.kön for r in delar} == set(KÖN)):
            self.motsägelser.append((summa.nyckel, *(r.nyckel for r in delar)))
            return
        termer = [(1, summa.nyckel), *((-1, r.nyckel) for r in delar)]
        if över or rest:
            namn = f"rest {len(self.rester)} av {summa.nyckel}"
            self.rester[namn] = över
            termer.append((-1, namn))
        self.samband.append(Samband(tuple(termer)))

    def stämmer(self, *termer: tuple[int, Ruta]) -> bool:
        """A relation that a reader would try; it counts when it holds. Whether it does."""
        if not all(ruta in self.tal for _, ruta in termer) or sum(t * self.tal[r] for t, r in termer) != 0:
            return False
        self.samband.append(Samband(tuple((t, r.nyckel) for t, r in termer)))
        return True

    def flöde(self, m: Mapping[str, Ruta]) -> None:
        """In, new, ended and out; all of the year are those who were there and the new; ended by where they went."""
        if all(id_ in m for id_ in FLÖDE):
            in_, nya, avslutade, ut = (m[id_] for id_ in FLÖDE)
            if not self.stämmer((1, in_), (1, nya), (-1, avslutade), (-1, ut)):
                self.motsägelser.append(tuple(m[id_].nyckel for id_ in FLÖDE))
        if {"totalt", "pagaende_in", "nya"} <= m.keys():
            self.stämmer((1, m["totalt"]), (-1, m["pagaende_in"]), (-1, m["nya"]))
        if "avslutade" in m:
            self.delas(m["avslutade"], [ruta for id_, ruta in m.items() if id_.startswith("avslutade_")])

    def varav(self, m: Mapping[str, Ruta], benämning: Mapping[str, str]) -> None:
        """A mått called "varav …" is part of the nearest one above that is not."""
        ovanför, delar = "", defaultdict(list)
        for id_, ord_ in benämning.items():
            if not ord_.casefold().startswith("varav"):
                ovanför = id_
            elif id_ in m and ovanför in m:
                delar[m[ovanför]].append(m[id_])
        for summa, egna in delar.items():
            for del_ in egna:
                if self.tal[del_] <= self.tal[summa]:
                    self.delas(summa, [del_], rest=True)
            if len(egna) > 1:
                self.stämmer((1, summa), *((-1, del_) for del_ in egna))

    def nästa_år(self, m: Mapping[str, Ruta]) -> None:
        """Those there at the end of a year are there when the next begins."""
        for ut in (r for id_, r in m.items() if id_ == "pagaende_ut"):
            self.stämmer((1, ut), (-1, ut._replace(mått="pagaende_in", period=str(int(ut.period) + 1))))


DEL = Del(fyll_deltagare)
