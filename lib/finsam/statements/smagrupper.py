"""Small groups are not shown, and so much else is left out that no small group can be worked out (check C21).

A count of 1 up to less than `minsta_grupp` is withheld, and a survey that so few answered. Nil is shown: it is
no group. Of the other counts as few and as small ones as it takes are withheld too, until every withheld count
can have at least `minsta_grupp` different values for all that a reader knows. One of them is then no small group,
so the reader cannot even tell that it is one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from finsam.model.fakta import Faktabas
from finsam.model.rakenskapsar import Deltagarblad, Räkenskapsår
from finsam.statements.deltagare import Ruta, Tabellverk, rutor, tabellverk
from finsam.statements.enkat import små_enkäter
from finsam.statements.rojandekontroll import Rum

PRÖVAS_OM = 12
"""How many of the other withheld counts, the largest first, are tried once more at the end: it takes time."""


@dataclass(frozen=True, slots=True)
class Läge:
    """What the reports up to one have counted, what they have withheld, and what earlier ones have shown."""

    tal: Mapping[Ruta, int] = field(default_factory=dict)
    dolda: frozenset[str] = frozenset()
    sedda: frozenset[str] = frozenset()
    benämning: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def nästa(self, blad: Deltagarblad) -> Läge:
        """With the counts of one more report. A count that has been changed since the last one is a new count."""
        nya = rutor(blad.rader)
        ändrade = {r.nyckel for r, antal in nya.items() if self.tal.get(r, antal) != antal}
        sedda = {r.nyckel for r in self.tal} - self.dolda - ändrade
        benämning = {(r.insats, r.mått): r.benämning for r in blad.rader}
        äldre = {nyckel: ord_ for nyckel, ord_ in self.benämning.items() if nyckel not in benämning}
        return Läge({**self.tal, **nya}, self.dolda - ändrade, frozenset(sedda), {**benämning, **äldre})

    def tabellverk(self) -> Iterator[Tabellverk]:
        """The counts of each insats."""
        per_insats: dict[str, dict[Ruta, int]] = defaultdict(dict)
        for ruta, antal in self.tal.items():
            per_insats[ruta.insats][ruta] = antal
        for insats, tal in per_insats.items():
            yield tabellverk(tal, {mått: ord_ for (vems, mått), ord_ in self.benämning.items() if vems == insats})


def läge(år: Räkenskapsår) -> Läge:
    """This year's counts, with what earlier reports showed and withheld; nothing new withheld yet."""
    nu, sista = Läge(), Deltagarblad(år.årtal, år.förbund.minsta_grupp, år.underlag.deltagare)
    for blad in _med_jämförelseår([*år.tidigare_deltagare, sista]):
        nu = nu.nästa(blad)
        if blad is not sista:
            dolda = [dölj(verk, nu.sedda, nu.dolda, blad.minsta_grupp) for verk in nu.tabellverk()]
            nu = replace(nu, dolda=nu.dolda.union(*dolda))
    return nu


def _med_jämförelseår(alla: list[Deltagarblad]) -> list[Deltagarblad]:
    """Reports by year; an earlier year that only stands beside another is taken to have had a report of its own."""
    egna = {blad.år: blad for blad in alla}
    for blad in sorted(alla, key=lambda blad: blad.år):
        for ett in {rad.år for rad in blad.rader if rad.år < blad.år} - egna.keys():
            rader = tuple(rad for rad in blad.rader if rad.år == ett)
            egna[ett] = Deltagarblad(ett, blad.minsta_grupp, rader)
    return [egna[ett] for ett in sorted(egna)]


def dölj(verk: Tabellverk, sedda: Collection[str], redan: Collection[str], minst: int) -> set[str]:
    """The counts of an insats to withhold: the small ones, and the least that it takes to protect them.

    `sedda` have been shown in an earlier report, so withholding them protects nothing; `redan` are withheld already.
    """
    givna = {namn for namn in verk.tal if namn in redan or (0 < verk.tal[namn] < minst and namn not in verk.rester)}
    valbara = valbara_rutor(verk, sedda) - givna
    utom = {namn for namn, _ in brister(verk, rum_för(verk, sedda, givna | valbara), minst)} if sedda else set()
    valbara -= utom
    dolda, rum = set(givna), rum_för(verk, sedda, givna)
    while kan := _att_välja_på(verk, rum, minst, utom, valbara - dolda):
        namn = min(kan, key=lambda n: _pris(verk, n, dolda, minst))
        dolda.add(namn)
        rum.dölj(namn)
    for namn in sorted(dolda - givna, key=lambda n: (-verk.tal[n], n))[:PRÖVAS_OM]:
        if all(röjd in utom for röjd, _ in brister(verk, rum_för(verk, sedda, dolda - {namn}), minst)):
            dolda.discard(namn)
    return dolda


def _att_välja_på(verk: Tabellverk, rum: Rum, minst: int, utom: Collection[str], kan: set[str]) -> set[str]:
    """Counts that hold one which is too plain to see; any, should the ones that hold it not be there to choose."""
    röjd = False
    for namn, visade in brister(verk, rum, minst):
        if namn not in utom:
            röjd = True
            if visade & kan:
                return visade & kan
    return kan if röjd else set()


def valbara_rutor(verk: Tabellverk, sedda: Collection[str]) -> set[str]:
    """The counts that can be withheld to protect others: not nil, and not known from an earlier report."""
    return {namn for namn, antal in verk.tal.items() if antal and namn not in verk.rester and namn not in sedda}


def rum_för(verk: Tabellverk, sedda: Collection[str], dolda: Collection[str]) -> Rum:
    """What a reader cannot see: the withheld counts, one or more each, and the rests."""
    okända = {namn: 1 for namn in dolda if namn in verk.tal and namn not in sedda}
    return Rum(verk.tal, verk.samband, okända | dict.fromkeys(verk.rester, 0))


def brister(verk: Tabellverk, rum: Rum, minst: int) -> Iterator[tuple[str, set[str]]]:
    """Withheld counts, and small rests, with fewer than `minst` possible values, and the shown ones that hold them.

    Where relations that ought to hold do not, nothing can be proved: then either all of their counts are withheld
    or none. What is plain to see comes first: the only count of a relation that is withheld.
    """
    gäller = rum.värden.keys() - {namn for namn in verk.rester if not 0 < verk.tal[namn] < minst}
    for motsägelse in verk.motsägelser:
        if visade := {namn for namn in motsägelse if namn not in rum.värden and verk.tal[namn]}:
            yield from ((namn, visade) for namn in motsägelse if namn in rum.värden)
    for samband in verk.samband:
        kvar = [namn for namn in samband.led if namn in rum.värden]
        if len(kvar) == 1 and kvar[0] in gäller:
            yield kvar[0], set(samband.led) - set(kvar)
    for namn in sorted(gäller):
        if (visade_ := rum.hållare(namn, minst)) is not None:
            yield namn, visade_


def _pris(verk: Tabellverk, namn: str, dolda: Collection[str], minst: int) -> tuple[int, int, str]:
    """What it costs to withhold a count too: how many more must then be, as far as can be seen; then its size."""
    okända = [[n for n in s.led if n in dolda or n in verk.rester] for s in verk.samband if namn in s.led]
    kräver = sum(not led for led in okända)
    löser = sum(len(led) == 1 and (led[0] in dolda or 0 < verk.tal[led[0]] < minst) for led in okända)
    return kräver - löser, verk.tal[namn], namn


# The facts


def dölj_små_grupper(år: Räkenskapsår, fakta: Faktabas) -> Faktabas:
    """The facts as the report shows them: without small groups, what protects them, and all that is made of those."""
    minst = år.förbund.minsta_grupp
    if minst < 2:
        return fakta
    nu, dolda = läge(år), set(små_enkäter(år, fakta))
    for verk in nu.tabellverk():
        dolda |= dölj(verk, nu.sedda, nu.dolda, minst)
    visade = {ruta.nyckel for ruta in nu.tal} - dolda
    for f in fakta.values():
        if f.nyckel not in visade and not dolda.isdisjoint(f.av):
            dolda.add(f.nyckel)
    for mål in år.underlag.mål:
        if f"mal.{mål.id}.utfall/{år.period}" in dolda:
            dolda.add(f"mal.{mål.id}.bedomning/{år.period}")
    return fakta.utan(dolda, minst)


def röjda_antal(år: Räkenskapsår, odolda: Faktabas, fakta: Faktabas) -> tuple[set[str], set[str]]:
    """What finished facts give away, tried anew: figures on small groups that are shown, or made of withheld ones, or
    that what is shown gives; and withheld counts that what earlier reports showed gives.
    """
    minst = år.förbund.minsta_grupp
    if minst < 2:
        return set(), set()
    nu = läge(år)
    dolda = {f.nyckel for f in fakta.values() if f.dold}
    rutor_ = {ruta.nyckel: antal for ruta, antal in nu.tal.items()}
    röjda = {n for n, antal in rutor_.items() if n in fakta and 0 < antal < minst and n not in dolda}
    röjda |= {n for n in små_enkäter(år, odolda) if n not in dolda}
    röjda |= {f.nyckel for f in fakta.values() if not (f.dold or f.nyckel in rutor_ or dolda.isdisjoint(f.av))}
    gamla: set[str] = set()
    for verk in nu.tabellverk():
        alla = dolda | nu.dolda
        brist = {namn for namn, _ in brister(verk, rum_för(verk, nu.sedda, alla), minst)}
        mest = rum_för(verk, nu.sedda, alla | valbara_rutor(verk, nu.sedda))
        ofrånkomlig = brist & {namn for namn, _ in brister(verk, mest, minst)} if brist else set()
        röjda |= brist - ofrånkomlig
        gamla |= ofrånkomlig
    return röjda, gamla
