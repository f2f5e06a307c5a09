"""What becomes of each sheet of `underlag.xlsx` when a year is rolled forward.

Settings and plans are kept, outcomes are emptied, and no figure is invented: a row that lacks one is prepared as a
remark, to be read when it is filled in and its # is taken away. A sheet without a rule of its own is emptied so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from finsam.model.belopp import NOLL
from finsam.model.fakta import Fakta, Faktabas
from finsam.model.underlag import (
    Behovsrad,
    Beslutspunkt,
    Bidragsrad,
    Budgetrad,
    Deltagarrad,
    Faktaruterad,
    Flerårsrad,
    Insats,
    Kontrollmoment,
    Kostnadsrad,
    Målområde,
    Målrad,
    Möte,
    Personalgrupp,
    Planmål,
    Planrad,
    Projekt,
    Projektrad,
    Revisionsanmärkning,
    Undantag,
    Underlagsrad,
    Underskott,
    Undertecknare,
    Uppdragsrad,
    Uppgift,
    Årshjulsrad,
)
from finsam.read.underlag.blad import kolumner, typer, val
from finsam.statements.medlemsbidrag import INTÄKTER, räknade
from finsam.statements.uppgifter import FÖRRA_ÅRETS
from finsam.statements.upplysningar.underskott import TIDIGARE_ÅR

Anteckning = dict[str, Any]
"""A row that is prepared but not read: values by field."""


@dataclass(frozen=True, slots=True)
class Blad:
    """The rows of a sheet for the new year, those that are prepared, and last year's to be looked at."""

    rader: tuple[Underlagsrad, ...] = ()
    väntar: tuple[Anteckning, ...] = ()
    förra: tuple[Anteckning, ...] = ()


@dataclass(frozen=True, slots=True)
class Rullning:
    """What the sheets are rolled by: the years, the earlier year's facts, and what is known of the new one.

    `budget` and `förslag` are rows of the budget by row of the driftredovisning, decided or only planned. `pågår` are
    insatser that have costs in the new ledger or money in a plan. `planerade` and `bidrag` are the insatser and the
    decided contributions of the new year's own plan.
    """

    från: int
    år: int
    fakta: Faktabas
    poster: tuple[str, ...] = ()
    funktioner: tuple[str, ...] = ()
    driftrader: tuple[str, ...] = ()
    medlemmar: tuple[str, ...] = ()
    budget: Mapping[str, Budgetrad] = field(default_factory=dict)
    förslag: Mapping[str, Budgetrad] = field(default_factory=dict)
    pågår: frozenset[str] = frozenset()
    planerade: Mapping[str, Insats] = field(default_factory=dict)
    bidrag: tuple[Bidragsrad, ...] = ()


Regel = Callable[[Rullning, tuple[Any, ...]], Blad]


def rulla_blad(klass: type[Underlagsrad], rader: tuple[Underlagsrad, ...], rullning: Rullning) -> Blad:
    """The sheet for the new year, by its rule."""
    return REGLER.get(klass, _stomme)(rullning, rader)


def som_anteckning(rad: Underlagsrad) -> Anteckning:
    """A row as it stands, prepared but not read."""
    return {namn: getattr(rad, namn) for namn in kolumner(type(rad))}


def _behåll(rullning: Rullning, rader: tuple[Underlagsrad, ...]) -> Blad:
    return Blad(rader)


def _släpp(rullning: Rullning, rader: tuple[Underlagsrad, ...]) -> Blad:
    return Blad()


def _stomme(rullning: Rullning, rader: Iterable[Underlagsrad]) -> Blad:
    """Every row prepared once, without its numbers, dates and source."""
    return Blad((), tuple(_utan_dubbletter(_utan_tal(rad, rullning.år) for rad in rader)))


def _utan_tal(rad: Underlagsrad, år: int) -> Anteckning:
    stomme: Anteckning = {}
    for namn, fält in kolumner(type(rad)).items():
        behålls = val(fält) or (typer(fält) == {str} and namn not in ("källa", "anmärkning"))
        stomme[namn] = år if namn == "år" else getattr(rad, namn) if behålls else None
    return stomme


def _utan_dubbletter(stommar: Iterable[Anteckning]) -> list[Anteckning]:
    return list({tuple(stomme.values()): stomme for stomme in stommar}.values())


def _töm(*fält: str) -> Regel:
    """Keep the rows but empty these columns; last year's rows stand under them to be looked at."""

    def regel(rullning: Rullning, rader: tuple[Underlagsrad, ...]) -> Blad:
        if not rader:
            return Blad()
        tomt = {namn: kolumner(type(rader[0]))[namn].default for namn in fält}
        return Blad(tuple(rad.model_copy(update=tomt) for rad in rader), (), _förra(rullning, rader))

    return regel


def _förra(rullning: Rullning, rader: tuple[Underlagsrad, ...]) -> tuple[Anteckning, ...]:
    """Last year's rows under a line that says so."""
    första = next(iter(kolumner(type(rader[0]))))
    return ({första: f"Så stod det {rullning.från}:"}, *map(som_anteckning, rader))


def _budget(rullning: Rullning, rader: tuple[Budgetrad, ...]) -> Blad:
    """Last year's rows and the new budget as decided; what is not decided is prepared, with what is planned."""
    kvar = tuple(rad for rad in rader if rad.år in (rullning.år - 1, rullning.år))
    har = {rad.post for rad in kvar if rad.år == rullning.år}
    saknas = [post for post in rullning.driftrader if post not in har]
    tom = {"år": rullning.år, "enhet": "kr", "version": "ursprunglig"}
    return Blad(
        (*kvar, *(rullning.budget[post] for post in saknas if post in rullning.budget)),
        tuple(
            som_anteckning(rullning.förslag[post]) if post in rullning.förslag else {"post": post, **tom}
            for post in saknas
            if post not in rullning.budget
        ),
    )


def _bidrag(rullning: Rullning, rader: tuple[Bidragsrad, ...]) -> Blad:
    """Last year's contributions to compare with; the new year's, if not in its plan, wait for their decisions."""
    kvar = tuple(rad for rad in rader if rad.år in (rullning.år - 1, rullning.år))
    har = {rad.medlem for rad in kvar if rad.år == rullning.år}
    kvar = (*kvar, *(rad for rad in rullning.bidrag if rad.medlem not in har))
    har |= {rad.medlem for rad in rullning.bidrag}
    medlemmar = [medlem for medlem in rullning.medlemmar if rader and medlem not in har]
    return Blad(kvar, tuple({"medlem": medlem, "år": rullning.år} for medlem in medlemmar))


def _insatser(rullning: Rullning, rader: tuple[Insats, ...]) -> Blad:
    """Those that go on, without last year's money and grade; time and budget are those of the new year's plan."""
    kvar = []
    for rad in (rad for rad in rader if fortsätter(rad, rullning)):
        nytt: dict[str, Any] = {"budget": None, "beviljat": None, "bedömning": ""}
        if rad.id in rullning.planerade:
            plan = rullning.planerade[rad.id]
            nytt |= {"från": plan.från, "till": plan.till, "budget": plan.budget}
        elif är_över(rad, rullning):
            nytt |= {"från": None, "till": None}
        kvar.append(rad.model_copy(update=nytt))
    return Blad(tuple(kvar), (), _förra(rullning, rader) if rader else ())


def är_över(insats: Insats, rullning: Rullning) -> bool:
    """Whether the time an insats was granted for ends before the new year."""
    return insats.till is not None and insats.till < date(rullning.år, 1, 1)


def fortsätter(insats: Insats, rullning: Rullning) -> bool:
    """Whether an insats is there in the new year: it is not over, is granted a year at a time, or has money."""
    hela_året = (date(rullning.från, 1, 1), date(rullning.från, 12, 31))
    return not är_över(insats, rullning) or (insats.från, insats.till) == hela_året or insats.id in rullning.pågår


def _deltagare(rullning: Rullning, rader: tuple[Deltagarrad, ...]) -> Blad:
    """Last year's numbers, which texts compare with, and the same rows to be counted anew.

    Those who went on at the end of last year are those the new year begins with; that is prepared, not asserted.
    """
    förra = tuple(rad for rad in rader if rad.år == rullning.från)
    ut = {(r.insats, r.kön, r.kommun): r.antal for r in förra if r.mått == "pagaende_ut"}
    väntar = [_utan_tal(rad, rullning.år) for rad in förra]
    for stomme in väntar:
        if stomme["mått"] == "pagaende_in":
            stomme["antal"] = ut.get((stomme["insats"], stomme["kön"], stomme["kommun"]))
            stomme["källa"] = f"Pågående vid utgången av {rullning.från}" if stomme["antal"] is not None else ""
    return Blad(förra if rullning.från == rullning.år - 1 else (), tuple(väntar))


def _översikt(rullning: Rullning, rader: tuple[Flerårsrad, ...]) -> Blad:
    """The years that the new ledger does not reach back to, as typed before or as the earlier report has them."""
    kvar: list[Flerårsrad] = []
    for år in range(rullning.år - 2, rullning.år - 5, -1):
        skrivna = {rad.post: rad for rad in rader if rad.år == år}
        for post in rullning.poster:
            fakta = _känt(rullning, post, år)
            skriven = skrivna.pop(post, None)
            if fakta is None or fakta.värde is None or (skriven is not None and skriven.värde == fakta.värde):
                kvar += [skriven] if skriven is not None else []
                continue
            egen = f"Årsredovisning {år}" if år != rullning.från - 1 else f"Årsredovisning {rullning.från}, år {år}"
            kvar.append(Flerårsrad(post=post, år=år, värde=fakta.värde, enhet="kr", källa=egen))
        kvar += skrivna.values()
    return Blad(tuple(kvar))


def _känt(rullning: Rullning, post: str, år: int) -> Fakta | None:
    """What the report says of a year; not the medlemsbidrag of one before its ledger, when that is all its income."""
    fakta = rullning.fakta.get(f"{post}/{år}")
    antaget = fakta is not None and år < rullning.från - 1 and räknade(fakta) == (INTÄKTER,)
    return None if antaget else fakta


def _kostnader(rullning: Rullning, rader: tuple[Kostnadsrad, ...]) -> Blad:
    """The year before the two that the new ledger has; nothing of a year whose costs are only partly known."""
    år = rullning.år - 2
    kvar = {rad.funktion: rad for rad in rader if rad.år == år}
    if any(f.okänd and f.period == str(år) and f.id.startswith("kostnad.") for f in rullning.fakta.values()):
        return Blad(tuple(kvar.values()))
    for funktion in rullning.funktioner:
        fakta = rullning.fakta.get(f"kostnad.{funktion}/{år}")
        if funktion not in kvar and fakta is not None and fakta.värde is not None:
            källa = f"Årsredovisning {rullning.från}, kostnadsfördelningen"
            kvar[funktion] = Kostnadsrad(funktion=funktion, år=år, belopp=fakta.värde, källa=källa)
    return Blad(tuple(kvar.values()))


def _projekt(rullning: Rullning, rader: tuple[Projektrad, ...]) -> Blad:
    """Projects that go on or ended last year; what was the year before last is now before the years that are shown."""
    if rullning.år - rullning.från != 1:
        return _stomme(rullning, rader)
    kvar = []
    for rad in (rad for rad in rader if rad.till.year >= rullning.från):
        nytt: dict[str, Any] = {"utbetalt": None}
        for fält, fakta in (("tidigare_intäkter", rad.intäkter), ("tidigare_kostnader", rad.kostnader)):
            före = rullning.fakta.get(f"{fakta}/{rullning.från - 1}")
            nytt[fält] = getattr(rad, fält) + (före.värde or NOLL if före else NOLL)
        kvar.append(rad.model_copy(update=nytt))
    return Blad(tuple(kvar), (), _förra(rullning, rader) if rader else ())


def _underskott(rullning: Rullning, rader: tuple[Underskott, ...]) -> Blad:
    """The deficits that must be told of, with what was restored last year among what was before; and last year's own.

    One that is restored is told of as long as the report looks back to it.
    """
    nya = [rad.model_copy(update={"förut": rad.förut + rad.i_år, "i_år": Decimal(0), "källa": ""}) for rad in rader]
    f = rullning.fakta.get(f"balanskrav.resultat/{rullning.från}")
    if f is not None and f.värde is not None and f.värde < 0:
        källa = f"Årsredovisning {rullning.från}, balanskravsutredningen"
        nya.append(Underskott(år=rullning.från, underskott=-f.värde, källa=källa))
    kvar = tuple(
        rad for rad in nya if rad.underskott > rad.förut + rad.undantaget or rad.år >= rullning.år - TIDIGARE_ÅR
    )
    return Blad(kvar, (), _förra(rullning, rader) if rader else ())


def _uppgifter(rullning: Rullning, rader: tuple[Uppgift, ...]) -> Blad:
    """The rows without their values, but for those that last year's report has."""
    givna = {rad.id: rad.värde for rad in rader}
    nya = []
    for rad in rader:
        värde = givna.get(FÖRRA_ÅRETS.get(rad.id, ""))
        källa = f"Årsredovisning {rullning.från}" if värde is not None else ""
        nya.append(rad.model_copy(update={"värde": värde, "källa": källa}))
    return Blad(tuple(nya), (), _förra(rullning, rader) if rader else ())


def _personal(rullning: Rullning, rader: tuple[Personalgrupp, ...]) -> Blad:
    """The groups, prepared with how many they were."""
    return Blad((), tuple(_utan_tal(rad, rullning.år) | {"förra": rad.kvinnor + rad.män} for rad in rader))


def _anmärkningar(rullning: Rullning, rader: tuple[Revisionsanmärkning, ...]) -> Blad:
    """Last year's remarks that are not dealt with yet, to be told of once more."""
    kvar = tuple(rad for rad in rader if rad.läge != "åtgärdat")
    return Blad(kvar, (), _förra(rullning, rader) if rader else ())


def _budgetplan(rullning: Rullning, rader: tuple[Planrad, ...]) -> Blad:
    """The plan moved to the new year: its planår become the budget and the first planår."""
    steg = rullning.år - rullning.från
    nya = []
    for rad in rader:
        belopp = (*(rad.budget, rad.plan1, rad.plan2)[steg:], None, None, None)
        källa = f"Verksamhetsplan {rullning.från}, plan för {rullning.år}" if belopp[0] is not None else ""
        nytt = {"budget": belopp[0], "plan1": belopp[1], "plan2": belopp[2], "ursprunglig": None, "källa": källa}
        nya.append(rad.model_copy(update=nytt))
    return Blad(tuple(nya))


def _möten(rullning: Rullning, rader: tuple[Möte, ...]) -> Blad:
    """Last year's meetings as remarks, with last year's dates, to be dated anew."""
    return Blad((), tuple(map(som_anteckning, rader)))


REGLER: dict[type[Underlagsrad], Regel] = {
    Uppgift: _uppgifter,
    Budgetrad: _budget,
    Bidragsrad: _bidrag,
    Insats: _insatser,
    Faktaruterad: _behåll,
    Målområde: _behåll,
    Målrad: _töm("aktivitet", "utfall", "bedömning", "kommentar", "källa"),
    Deltagarrad: _deltagare,
    Kostnadsrad: _kostnader,
    Flerårsrad: _översikt,
    Underskott: _underskott,
    Personalgrupp: _personal,
    Uppdragsrad: _behåll,
    Revisionsanmärkning: _anmärkningar,
    Undertecknare: _behåll,
    Undantag: _släpp,
    Projektrad: _projekt,
    Kontrollmoment: _töm("läge", "utfall"),
    Planrad: _budgetplan,
    Planmål: _behåll,
    Möte: _möten,
    Årshjulsrad: _behåll,
    Behovsrad: _behåll,
    Projekt: _behåll,
    Beslutspunkt: _töm("kommentar"),
}
"""The rule of each sheet. The others (such as Insatsekonomi, Avstämningar and Sjukfrånvaro) are prepared anew."""

SOM_FÖRUT = frozenset({klass for klass, regel in REGLER.items() if regel in (_behåll, _budgetplan)})
"""Sheets whose rows go on as they were, to be looked through."""
