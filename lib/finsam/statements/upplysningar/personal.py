"""The employed by group, and sickness absence without the groups that may not be shown (LKBR 11 kap. 5–6 §§)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from finsam.model.fakta import Faktabas
from finsam.model.ord import versal
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.tabell import Cell, Fotnot, Kolumn, Rad, Tabell
from finsam.model.upplysningsblad import Personalgrupp, Sjukfrånvaro
from finsam.statements.delar import Del
from finsam.statements.uppgifter import cellkälla

HÖGST = 10
"""A group of no more employees is not shown, nor is a förbund with no more obliged to tell of sickness."""
GRUPPER = {
    "alla": "alla",
    "kvinnor": "kvinnor",
    "män": "man",
    "29 år eller yngre": "till_29",
    "30–49 år": "till_49",
    "50 år eller äldre": "fran_50",
}
INDELNINGAR = (("kvinnor", "män"), ("29 år eller yngre", "30–49 år", "50 år eller äldre"))


def dolda_grupper(rader: tuple[Sjukfrånvaro, ...], minst: int) -> set[str]:
    """Groups to withhold: of at most ten, and the others when those shown would tell of fewer than `minst` persons."""
    antal: dict[str, int] = {rad.grupp: rad.antal for rad in rader if rad.grupp != "alla"}
    dolda = {grupp for grupp, n in antal.items() if n <= HÖGST}
    for indelning in INDELNINGAR:
        små = [grupp for grupp in indelning if grupp in dolda and antal[grupp]]
        if len(små) == 1 and antal[små[0]] < minst:
            dolda.update(grupp for grupp in indelning if grupp in antal)
    return dolda


def _räknade(rad: Personalgrupp) -> Mapping[str, tuple[Decimal | None, str]]:
    """What a row counts, by the last part of its fact."""
    årsarbetare = None if rad.årsarbetare is None else rad.årsarbetare.normalize()
    return {
        "kvinnor": (Decimal(rad.kvinnor), "kvinnor"),
        "man": (Decimal(rad.män), "män"),
        "arsarbetare": (årsarbetare, "årsarbetare"),
        "forra": (None if rad.förra is None else Decimal(rad.förra), "anställda vid förra årets slut"),
    }


def fyll_personal(år: Räkenskapsår, fakta: Faktabas) -> None:
    """Make personal.<grupp>.kvinnor, .man, .antal, .arsarbetare and .forra as counts, and the same of all groups.

    What is not given of some group is not known of them all.
    """
    grupper, period = år.underlag.personal, år.period
    for rad in grupper:
        källa = cellkälla(år, rad, rad.källa)
        for del_, (värde, ord_) in _räknade(rad).items():
            fakta.indata(f"personal.{rad.id}.{del_}", period, värde, "antal", f"{{= {rad.grupp}}}, {ord_}.", källa)
        termer = [(1, f"personal.{rad.id}.{del_}/{period}") for del_ in ("kvinnor", "man")]
        fakta.summa(f"personal.{rad.id}.antal", period, termer, f"{{= {rad.grupp}}}, anställda vid årets slut.")
    for del_, ord_ in PERSONALKOLUMNER.items() if grupper else ():
        termer = [(1, f"personal.{rad.id}.{del_}/{period}") for rad in grupper]
        if all(fakta[nyckel].värde is not None for _, nyckel in termer):
            fakta.summa(f"personal.{del_}", period, termer, f"{ord_}, alla grupper.")


PERSONALKOLUMNER = {
    "kvinnor": "Kvinnor",
    "man": "Män",
    "antal": "Anställda",
    "arsarbetare": "Årsarbetare",
    "forra": "Förra året",
}
"""The columns of the table, by the last part of their facts."""


def personaltabell(år: Räkenskapsår, fakta: Faktabas) -> Tabell | None:
    """The groups and their sum, in the columns that have any figure; None when there are no groups."""
    grupper, period = år.underlag.personal, år.period
    if not grupper:
        return None
    delar = [
        d for d in PERSONALKOLUMNER if any(fakta.värde(f"personal.{g.id}.{d}/{period}") is not None for g in grupper)
    ]
    rader = [
        Rad(rad.id, rad.grupp, tuple(Cell(f"personal.{rad.id}.{del_}/{period}") for del_ in delar)) for rad in grupper
    ]
    if len(grupper) > 1:
        summor = (f"personal.{del_}/{period}" for del_ in delar)
        celler = tuple(Cell(nyckel) if nyckel in fakta else Cell() for nyckel in summor)
        rader.append(Rad("summa", "Summa", celler, slag="summa"))
    kolumner = tuple(Kolumn(del_, PERSONALKOLUMNER[del_]) for del_ in delar)
    return Tabell("personal", "Anställda vid årets slut", "", kolumner, tuple(rader), första="Grupp")


def fyll_sjukfrånvaro(år: Räkenskapsår, fakta: Faktabas) -> None:
    """Make sjukfranvaro.<grupp> as ratios, and sjukfranvaro.lang: the part of it that is sixty days or more."""
    for rad in år.underlag.sjukfrånvaro:
        källa = cellkälla(år, rad, rad.källa)
        text = f"Sjukfrånvaro av ordinarie arbetstid, {{= {rad.grupp}}}."
        fakta.indata(f"sjukfranvaro.{GRUPPER[rad.grupp]}", år.period, rad.frånvaro / 100, "andel", text, källa)
        if rad.grupp == "alla" and rad.lång is not None:
            text = "Andel av sjukfrånvaron som är sammanhängande under sextio dagar eller mer."
            fakta.indata("sjukfranvaro.lang", år.period, rad.lång / 100, "andel", text, källa)


def dolda_fakta(år: Räkenskapsår) -> set[str]:
    """The facts of the groups that are withheld."""
    dolda = dolda_grupper(år.underlag.sjukfrånvaro, år.förbund.minsta_grupp)
    return {f"sjukfranvaro.{GRUPPER[grupp]}/{år.period}" for grupp in dolda}


def sjukfrånvarotabell(år: Räkenskapsår, fakta: Faktabas) -> Tabell | None:
    """The groups that have been given; None when none have."""
    if not år.underlag.sjukfrånvaro:
        return None
    givna = {rad.grupp for rad in år.underlag.sjukfrånvaro}
    rader = []
    for grupp, id_ in GRUPPER.items():
        if grupp in givna:
            etikett = "Alla anställda" if grupp == "alla" else versal(grupp)
            rader.append(Rad(id_, etikett, (Cell(f"sjukfranvaro.{id_}/{år.period}"),), indrag=int(grupp != "alla")))
        if grupp == "alla" and f"sjukfranvaro.lang/{år.period}" in fakta:
            etikett = "varav minst sextio dagar i följd, av sjukfrånvaron"
            rader.append(Rad("lang", etikett, (Cell(f"sjukfranvaro.lang/{år.period}"),), indrag=1))
    fot = Fotnot("Av den ordinarie arbetstiden.", kolumner=(år.period,))
    kolumner = (Kolumn(år.period, år.period, period=år.period),)
    return Tabell("sjukfranvaro", "Sjukfrånvaro", "", kolumner, tuple(rader), första="Grupp", fotnoter=(fot,))


def _fyll(år: Räkenskapsår, fakta: Faktabas) -> None:
    fyll_personal(år, fakta)
    fyll_sjukfrånvaro(år, fakta)


DEL = Del(_fyll, lambda år, fakta: (personaltabell(år, fakta), sjukfrånvarotabell(år, fakta)))
