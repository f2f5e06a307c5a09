"""The years of a SIE 5 file, and its balances by year: a month's balance is a year's where the year begins or ends."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from finsam.model.bokforing import Objekt
from finsam.read.ledger.ar import LÄNGSTA_ÅR, RÄTTA_ÅRET, Årsdata, är_resultatklass
from finsam.read.ledger.belopp import citat, månad, parse_dag, parse_datum
from finsam.read.ledger.poster import Objektsaldon, Periodpost, Poster, Saldoslag, Årsdatum
from finsam.read.ledger.problem import Problemsamling
from finsam.read.sie5.poster import BALANSTYPER, RESULTATTYPER, Saldopost, Sie5läsare, Årselement
from finsam.read.sie5.text import parse_månad, parse_xml_datum

Månadssaldon = dict[str, dict[str, int]]
"""The balance at the end of each month, by konto and month."""


@dataclass(slots=True)
class Årsmånader:
    """A year of the file: its days, the month of its utgående saldo, and the saldon of the months between."""

    start: date
    slut: date
    slutmånad: str
    månadssaldon: Månadssaldon = field(default_factory=lambda: defaultdict(dict))

    @property
    def startmånad(self) -> str:
        """The month of its ingående saldo."""
        return månad(self.start)

    def är_årets(self, post: Saldopost) -> bool:
        """Whether a balance is the year's ingående or utgående."""
        return post.månad == (self.startmånad if post.slag == "OpeningBalance" else self.slutmånad)


def place_saldon(läsare: Sie5läsare, problem: Problemsamling) -> dict[int, Årsmånader]:
    """Put years and balances in the file's `poster`, and return the years with their balances by month."""
    årsposter = _numrerade(läsare.år, problem)
    år = {}
    for nr, (start, slut, post) in årsposter.items():
        år[nr] = Årsmånader(start, slut, _slutmånad(slut, start, post, läsare.saldon))
        läsare.poster.år[nr] = Årsdatum(start, slut, post.rad)
    if 0 in år:
        läsare.poster.omfattar_till = parse_dag(årsposter[0][2].omfattar_till[:10])
        _place(läsare, år, problem)
    return år


def _numrerade(årsposter: Iterable[Årselement], problem: Problemsamling) -> dict[int, tuple[date, date, Årselement]]:
    """The years by number: 0 the year of the file, and the years that lead up to it day by day."""
    tolkade = [(_dag(post.start), _dag(post.slut, sista=True), post) for post in årsposter]
    hela = sorted(((start, slut, post) for start, slut, post in tolkade if start and slut), key=lambda ett: ett[0])
    if not tolkade:
        problem.fel(f"Räkenskapsårets datum saknas i filen (FiscalYear). {RÄTTA_ÅRET}")
    primära = [ett for ett in hela if ett[2].primärt]
    for start, slut, post in tolkade:
        if not (start and slut):
            säg = problem.varning if primära and not post.primärt else problem.fel
            säg(f"Räkenskapsåret {citat(f'{post.start}–{post.slut}')} kan inte tolkas. {RÄTTA_ÅRET}", post.rad)
    if len(primära) > 1:
        problem.fel("Flera räkenskapsår är märkta som filens (primary). Exportera ett år i taget.", primära[1][2].rad)
    if not hela or len(primära) > 1:
        return {}
    if not primära and len(hela) > 1:
        problem.varning(f"Filen säger inte vilket räkenskapsår den gäller (primary); {_text(hela[-1])} används.")
    svar = {0: primära[0] if primära else hela[-1]}
    for ett in reversed(hela):
        äldst = svar[min(svar)]
        if ett[1].toordinal() + 1 == äldst[0].toordinal():
            svar[min(svar) - 1] = ett
        elif ett is not svar[0]:
            problem.varning(
                f"Räkenskapsåret {_text(ett)} hör inte till åren närmast före filens och läses inte.", ett[2].rad
            )
    return svar


def _text(ett: tuple[date, date, Årselement]) -> str:
    return f"{ett[0]}–{ett[1]}"


def _dag(text: str, *, sista: bool = False) -> date | None:
    """The first or last day of a month; a whole date is itself."""
    if period := parse_månad(text):
        dagar = monthrange(int(period[:4]), int(period[4:]))[1] if sista else 1
        return parse_datum(f"{period}{dagar:02}")
    return parse_xml_datum(text)


def _slutmånad(slut: date, start: date, post: Årselement, saldon: list[Saldopost]) -> str:
    """The month of the year's utgående saldo: its last, or while the year goes on the last that the file covers."""
    sista = månad(slut)
    till = parse_xml_datum(post.omfattar_till)
    if (
        till
        and start <= till <= slut
        and not any(ett.slag == "ClosingBalance" and ett.månad == sista for ett in saldon)
    ):
        return månad(till)
    return sista


def _place(läsare: Sie5läsare, år: dict[int, Årsmånader], problem: Problemsamling) -> None:
    """Each balance to its year: ingående, utgående, or the balance of a month between."""
    poster = läsare.poster
    resultat = {konto: _är_resultat(konto, typ) for konto, typ in läsare.typer.items()}
    per_objekt: dict[tuple[str, int], list[Saldopost]] = defaultdict(list)
    utanför = set()
    for post in läsare.saldon:
        nr = next((nr for nr, ett in år.items() if ett.startmånad <= post.månad <= månad(ett.slut)), None)
        if nr is None:
            utanför.add(post.månad[:4])
        elif post.slag == "Budget":
            poster.periodbudget.append(Periodpost(nr, post.månad, post.konto, post.objekt, post.öre))
        elif not år[nr].är_årets(post):
            if post.slag == "ClosingBalance" and not post.objekt:
                år[nr].månadssaldon[post.konto][post.månad] = post.öre
        elif post.objekt:
            per_objekt[post.slag, nr].append(post)
        else:
            _place_total(poster, nr, post, resultat[post.konto])
    for (slag, nr), objektposter in per_objekt.items():
        per_år = poster.objekt_ib if slag == "OpeningBalance" else poster.objekt_ub
        per_år[nr] = dict(_objektsaldon(objektposter, problem))
    for kalenderår in sorted(utanför):
        problem.upplysning(f"Belopp för {kalenderår} ligger utanför filens räkenskapsår och används inte.")
    _check_typer(läsare, resultat, problem)


def _place_total(poster: Poster, nr: int, post: Saldopost, är_resultat: bool) -> None:
    """A konto's balance for the year; that a result account opens with nil is no balance."""
    if post.slag == "ClosingBalance":
        slag: Saldoslag = "res" if är_resultat else "ub"
    elif är_resultat and not post.öre:
        return
    else:
        slag = "ib"
    poster.saldon[slag].setdefault(nr, {})[post.konto] = post.öre


def _är_resultat(konto: str, typ: str) -> bool:
    """Whether a konto is a result account: by its type, else by its class."""
    return typ in RESULTATTYPER or (typ not in BALANSTYPER and är_resultatklass(konto))


def _check_typer(läsare: Sie5läsare, resultat: dict[str, bool], problem: Problemsamling) -> None:
    """Say when a konto with a balance has the type of another class."""
    for konto in sorted({post.konto for post in läsare.saldon if post.öre and post.slag == "ClosingBalance"}):
        if konto[:1] in "12345678" and resultat[konto] != är_resultatklass(konto):
            vad = "resultatkonto" if resultat[konto] else "balanskonto"
            text = f"Konto {konto} i klass {konto[0]} är ett {vad} enligt filen ({läsare.typer[konto]}), och förs så."
            problem.varning(text, slag="kontotyp mot kontoklass")


def _objektsaldon(poster: list[Saldopost], problem: Problemsamling) -> Iterator[tuple[tuple[str, Objekt], int]]:
    """Balances by konto and objekt. Those of several objekt (Multidim) count where the konto's dimension has no other.

    They are then added up, if all are of the same dimensions; else they may overlap, and none is used.
    """
    enkla = {(post.konto, post.objekt[0]): post.öre for post in poster if len(post.objekt) == 1}
    yield from enkla.items()
    givna = {(konto, objekt[0]) for konto, objekt in enkla}
    delade: dict[tuple[str, str], dict[tuple[str, ...], list[Saldopost]]] = defaultdict(lambda: defaultdict(list))
    for post in poster:
        dimensioner = tuple(sorted(dimension for dimension, _ in post.objekt))
        for dimension in dict.fromkeys(dimensioner) if len(post.objekt) > 1 else ():
            if (post.konto, dimension) not in givna:
                delade[post.konto, dimension][dimensioner].append(post)
    for (konto, dimension), grupper in delade.items():
        if len(grupper) > 1:
            text = f"Saldon per objekt på konto {konto} i dimension {dimension} delas på flera sätt och används inte."
            problem.varning(text, slag="delade objektsaldon")
            continue
        summor: Objektsaldon = defaultdict(int)
        for post in next(iter(grupper.values())):
            for par in post.objekt:
                if par[0] == dimension:
                    summor[konto, par] += post.öre
        yield from summor.items()


def månadsposter(nr: int, år: Årsmånader, data: Årsdata, problem: Problemsamling) -> Iterator[Periodpost]:
    """Movements by month, from balances at the end of every month; none unless all of them are there."""
    if not år.månadssaldon or data.månader > LÄNGSTA_ÅR:
        return
    poster = []
    for konto in sorted({*år.månadssaldon, *data.ib, *data.ub, *data.res}):
        saldon = dict(år.månadssaldon.get(konto, {}))
        utgående = data.res if data.är_resultatkonto(konto) else data.ub
        if konto in utgående:
            saldon[år.slutmånad] = utgående[konto]
        före = data.ib.get(konto, 0)
        for period in _månader(år.startmånad, år.slutmånad):
            saldo = saldon.get(period)
            if saldo is None and före:
                problem.upplysning("Saldona per månad är inte fullständiga och används inte.", slag="månadssaldon")
                return
            if saldo is not None:
                poster.append(Periodpost(nr, period, konto, (), saldo - före))
                före = saldo
    yield from poster


def _månader(första: str, sista: str) -> Iterator[str]:
    """The calendar months from one to another."""
    år, nr = int(första[:4]), int(första[4:])
    while (period := f"{år:04}{nr:02}") <= sista:
        yield period
        år, nr = (år, nr + 1) if nr < 12 else (år + 1, 1)
