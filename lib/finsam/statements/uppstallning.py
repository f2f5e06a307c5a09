"""Filling a form: the law's poster in the law's order, for this year and the year before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from finsam.model.belopp import NOLL
from finsam.model.bokforing import Bokföringsår
from finsam.model.fakta import Faktabas, Saldon, Saldorad, Saldoslag
from finsam.model.forbund import RESTEN, Kontoplan
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.tabell import Cell, Kolumn, Rad, Radslag, Tabell


@dataclass(frozen=True, slots=True)
class Post:
    """A line that konton are mapped to. `tecken` turns the ledger's sign to the form's."""

    id: str
    etikett: str
    definition: str
    slag: Saldoslag = "res"
    tecken: int = -1
    alltid: bool = True


@dataclass(frozen=True, slots=True)
class Delsumma:
    """A line that is other lines added."""

    id: str
    etikett: str
    definition: str
    av: tuple[str, ...]
    slag: Radslag = "delsumma"


@dataclass(frozen=True, slots=True)
class Rubrik:
    """A heading inside a form."""

    id: str
    etikett: str


Formrad = Post | Delsumma | Rubrik


def read_saldon(år: Räkenskapsår) -> Saldon:
    """Put the ledger's balances in the order facts ask for them: by year, kind, konto and objekt.

    A year before that has only the totals of a konto is not divided, whatever the kontoplan says.
    """
    saldon: dict[tuple[str, Saldoslag], dict[Saldorad, Decimal]] = {}
    odelade: dict[str, dict[str, set[frozenset[str]]]] = {}
    delningar = dict(_delningar(år.bokföring.konton, år.kontoplan))
    for nr, bokår in år.bokföring.år.items():
        period = str(år.årtal + nr)
        budget: dict[str, Decimal] = defaultdict(Decimal)
        for (konto, _), belopp in bokår.budget.items():
            budget[konto] += belopp
        slagen: tuple[tuple[Saldoslag, Iterable[tuple[str, Decimal]]], ...] = (
            ("ib", bokår.ib.items()),
            ("ub", bokår.ub.items()),
            ("res", bokår.res.items()),
            ("budget", budget.items()),
        )
        for slag, poster in slagen:
            rader = {(konto, ""): belopp for konto, belopp in poster}
            if rader:
                saldon[period, slag] = rader
        for (konto, (dimension, kod)), belopp in bokår.objekt.items():
            slag = "res" if konto in bokår.res else "ub"
            saldon.setdefault((period, slag), {})[konto, f"{dimension}:{kod}"] = belopp
        for konto, delar in delningar.items():
            if nr < 0 and saknar_objekt(bokår, konto, frozenset().union(*delar)):
                odelade.setdefault(period, {})[konto] = delar
            elif any(RESTEN in del_ for del_ in delar):
                slag = "res" if konto in bokår.res else "ub"
                kontots = saldon.setdefault((period, slag), {})
                egna = (kontots.get((konto, o), NOLL) for o in frozenset().union(*delar) - {RESTEN})
                kontots[konto, RESTEN] = kontots.get((konto, ""), NOLL) - sum(egna, NOLL)
    return Saldon(saldon, odelade)


def _delningar(konton: Iterable[str], kontoplan: Kontoplan) -> Iterator[tuple[str, set[frozenset[str]]]]:
    """The konton that the kontoplan divides on objekt, in notes or in the kostnadsfördelning, and in what."""
    for konto in konton:
        rader = kontoplan.träffar(konto)
        delar = {frozenset(rad.objekt for rad in rader if getattr(rad, fält)) for fält in ("not_rad", "funktion")}
        if delar := {del_ for del_ in delar if del_ and "" not in del_}:
            yield konto, delar


def saknar_objekt(bokår: Bokföringsår, konto: str, delar: Iterable[str]) -> bool:
    """Whether a year has nothing of a konto on objekt of the dimensions that its parts are of, so that they are not
    known. A rest of the konto is known in a year that has such objekt on other konton.
    """
    delar = set(delar)
    dimensioner = {objekt.partition(":")[0] for objekt in delar - {RESTEN}}
    på = {nummer for (nummer, (dimension, _)), belopp in bokår.objekt.items() if belopp and dimension in dimensioner}
    saldo = bokår.res.get(konto) or bokår.ub.get(konto)
    return bool(saldo) and konto not in på and not (RESTEN in delar and på)


def kontorader(år: Räkenskapsår, fält: str, värde: str) -> tuple[Saldorad, ...]:
    """Konton (with objekt) of the ledger whose line in the kontoplan has this post, not_rad or funktion."""
    if fält == "post":
        return tuple(
            (konto, "")
            for konto in sorted(år.bokföring.konton)
            if any(rad.post == värde for rad in år.kontoplan.träffar(konto))
        )
    return tuple(
        (konto, rad.objekt)
        for konto in sorted(år.bokföring.konton)
        for rad in år.kontoplan.träffar(konto)
        if getattr(rad, fält) == värde
    )


def fyll(form: Sequence[Formrad], år: Räkenskapsår, fakta: Faktabas) -> None:
    """Make the facts of a form, for this year and the year before."""
    for period in (år.period, år.föregående):
        for rad in form:
            if isinstance(rad, Post):
                fakta.konton(rad.id, period, rad.slag, kontorader(år, "post", rad.id), rad.definition, rad.tecken)
            elif isinstance(rad, Delsumma):
                fakta.summa(rad.id, period, [(1, f"{id_}/{period}") for id_ in rad.av], rad.definition)


def två_år(id_: str, år: Räkenskapsår, tecken: int = 1) -> tuple[Cell, Cell]:
    """Cells of a fact for this year and the year before."""
    return Cell(f"{id_}/{år.period}", tecken=tecken), Cell(f"{id_}/{år.föregående}", tecken=tecken)


def årskolumner(år: Räkenskapsår) -> tuple[Kolumn, Kolumn]:
    """Column headings: this year and the year before."""
    ena, andra = år.period, år.föregående
    return Kolumn(ena, ena, period=ena), Kolumn(andra, andra, period=andra)


def har_värde(fakta: Faktabas, celler: Iterable[Cell]) -> bool:
    """Whether any cell of a row holds a figure that is not nil."""
    return any(bool(fakta[c.fakta].värde) for c in celler if c.fakta)


def kronortabell(id_: str, rubrik: str, kolumner: tuple[Kolumn, ...], rader: Iterable[Rad]) -> Tabell:
    """A table in kronor that stands under a heading of its own."""
    return Tabell(id_, rubrik, "kr", kolumner, tuple(rader), första="Belopp i kronor")


def utan_tomma_år(tabell: Tabell, fakta: Faktabas) -> Tabell:
    """The table without columns of years that have no figure at all; the report's own year is kept."""

    def har_tal(nr: int) -> bool:
        celler = [rad.celler[nr] for rad in tabell.rader if rad.celler]
        return any(c.text or (c.fakta and fakta[c.fakta].värde is not None) for c in celler)

    kvar = [nr for nr, kolumn in enumerate(tabell.kolumner) if kolumn.id == fakta.period or har_tal(nr)]
    rader = tuple(replace(rad, celler=tuple(rad.celler[nr] for nr in kvar if rad.celler)) for rad in tabell.rader)
    return replace(tabell, kolumner=tuple(tabell.kolumner[nr] for nr in kvar), rader=rader)


def formrader(
    form: Sequence[Formrad], år: Räkenskapsår, fakta: Faktabas, noter: dict[str, str], utan_minus: bool = False
) -> Iterator[Rad]:
    """Rows of a filled form, but not those the förbund hides, nor a post not always shown that is nil both years."""
    for rad in form:
        if rad.id in år.förbund.dolda_rader:
            continue
        etikett = år.förbund.etiketter.get(rad.id, rad.etikett)
        kort = rad.id.partition(".")[2]
        if isinstance(rad, Rubrik):
            yield Rad(kort, etikett, slag="rubrik")
            continue
        kostnad = utan_minus and isinstance(rad, Post) and "kostnad" in rad.id
        celler = två_år(rad.id, år, -1 if kostnad else 1)
        if isinstance(rad, Delsumma):
            yield Rad(kort, etikett, celler, rad.slag)
        elif rad.alltid or har_värde(fakta, celler):
            yield Rad(kort, etikett, celler, not_id=noter.get(rad.id, ""))


def formtabell(
    id_: str, rubrik: str, form: Sequence[Formrad], år: Räkenskapsår, fakta: Faktabas, utan_minus: bool = False
) -> Tabell:
    """A filled form as a table in kronor, with its notes."""
    noter = {n.post: n.id for n in år.förbund.noter if n.post}
    rader = formrader(form, år, fakta, noter, utan_minus)
    return utan_tomma_år(kronortabell(id_, rubrik, årskolumner(år), rader), fakta)
