"""Opening a förbund's year: the way in for notebooks, for the runner and for an analyst."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from finsam.model.problem import Problem, UnreadableInput
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.rapport import VERKSAMHETSPLAN, ÅRSREDOVISNING, Planens, Rapportslag, Årsredovisningens, för_slaget
from finsam.model.underlag import Underlag
from finsam.read.arsmapp import INPUTS_VARIABEL, finns, hitta_inputs, read_räkenskapsår
from finsam.read.bokforing import hitta_bokföring
from finsam.read.indata import visa
from finsam.read.notebooks import finns_notebooks, read_avsnitt
from finsam.read.plomb import fastställt, plombfil, plombläge
from finsam.read.tidigare import read_tidigare
from finsam.report.arsbok import Årsbok
from finsam.report.bok import Bok
from finsam.report.parametrar import check_parametrar, körda_celler
from finsam.report.planbok import Planbok
from finsam.report.tecken import otryckbara
from finsam.statements.flerarsoversikt import ÖVERTAGNA
from finsam.statements.installningar import inställningsproblem
from finsam.statements.redovisning import redovisa

if TYPE_CHECKING:
    from finsam.report.analys.ram import Ram

BÖCKER: dict[Rapportslag, type[Bok]] = {ÅRSREDOVISNING: Årsbok, VERKSAMHETSPLAN: Planbok}
"""What each kind of report is opened as."""

Fråga = tuple[str, int, str]
"""What is asked for: förbund, year and kind of report."""


@dataclass(frozen=True, slots=True)
class Sammanhang:
    """What holds where a year is opened, besides what is asked for. By hand and in the commands it is empty.

    A section of a run says only `finsam.öppna("sofint", 2024)`, in a process of its own. A fork of the run's process
    has what the run has, and a kernel has its environment; `i_sammanhang` sets both, and `gällande` reads them.
    """

    inputs: Path | None = None
    """The run's inputs (FINSAM_INPUTS, which anyone may set and `hitta_inputs` follows)."""
    lästa: Mapping[Fråga, Bok] = field(default_factory=dict)
    """What the run has read: the same for all its sections, also if a file changes meanwhile. A kernel reads anew."""
    celler: tuple[str, ...] = ()
    """The cells of this notebook that have been run."""


_SATT: ContextVar[Sammanhang | None] = ContextVar("finsam_sammanhang", default=None)


@contextmanager
def i_sammanhang(nytt: Sammanhang) -> Iterator[None]:
    """For a run: what is opened here and in the processes that are started is opened in this context."""
    före, satt = os.environ.get(INPUTS_VARIABEL), _SATT.set(nytt)
    _sätt_miljö(nytt.inputs)
    try:
        yield
    finally:
        _sätt_miljö(före)
        _SATT.reset(satt)


def gällande() -> Sammanhang:
    """The context that a run has set, in this process or in the one that it comes from; and the notebook's cells."""
    inputs = os.environ.get(INPUTS_VARIABEL)
    ur_miljön = Sammanhang(Path(inputs) if inputs else None)
    return replace(_SATT.get() or ur_miljön, celler=körda_celler())


def _sätt_miljö(inputs: Path | str | None) -> None:
    if inputs is None:
        os.environ.pop(INPUTS_VARIABEL, None)
    else:
        os.environ[INPUTS_VARIABEL] = str(inputs)


@overload
def öppna(
    förbund: str,
    år: int,
    rapport: Årsredovisningens = ...,
    *,
    inputs: Path | str | None = ...,
    notebooks: Path | None = ...,
) -> Årsbok: ...
@overload
def öppna(
    förbund: str, år: int, rapport: Planens, *, inputs: Path | str | None = ..., notebooks: Path | None = ...
) -> Planbok: ...
@overload
def öppna(
    förbund: str, år: int, rapport: str, *, inputs: Path | str | None = ..., notebooks: Path | None = ...
) -> Bok: ...
def öppna(
    förbund: str,
    år: int,
    rapport: str = ÅRSREDOVISNING.id,
    *,
    inputs: Path | str | None = None,
    notebooks: Path | None = None,
) -> Bok:
    """Läs ett förbunds år och räkna det: `bok = finsam.öppna("sofint", 2024)`.

    `rapport` är "arsredovisning" eller "verksamhetsplan". Boken har räkningar, noter, tabeller, fakta och kontroller;
    varje tabell har `.df()`. Går underlaget inte att använda sägs vad som är fel i varje fil (UnreadableInput).
    `inputs` är mappen med underlag och `notebooks` den med avsnitt; utan dem letas de upp.
    """
    här = gällande()
    check_parametrar(här.celler)
    året = _årtal(år)
    bok = här.lästa.get((förbund, året, rapport)) if inputs is None else None
    return bok or _läs(förbund, året, rapport, inputs or här.inputs, notebooks)


def _årtal(år: Any) -> int:
    """A year as it is written in a cell. Raises UnreadableInput for what is none."""
    try:
        return int(år)
    except (TypeError, ValueError):
        text = f"Året {visa(år)} är inget årtal. Skriv fyra siffror, till exempel 2025."
        raise UnreadableInput([Problem("fel", text)]) from None


def jämför(
    förbund: str | Iterable[str] = (),
    år: int | Iterable[int] = (),
    rapport: str = ÅRSREDOVISNING.id,
    *,
    bara_kärnan: bool = False,
    inputs: Path | str | None = None,
) -> Ram:
    """Flera förbund och år i en tabell: en rad per förbund, år och fakta. Utan namn eller år: alla som finns.

    Kolumner: forbund, ar, id, namn, varde, enhet, karna. Enhet: kr är kronor med ören, andel en kvot (0,25 är 25 %),
    antal stycken. Tecken: intäkter plus, kostnader minus. `karna` säger att id:t betyder samma sak i alla förbund
    (docs/taxonomi.md); `bara_kärnan=True` ger bara dem. Ett tal är ur årets egen rapport när den finns, annars ur den
    nyaste som säger det. Ett år som inte går att läsa är inte med, och det sägs under tabellen.
    """
    from finsam.report.analys.kors import korsram
    from finsam.report.oppnadata.karna import NAMN, VERSION, kärnans_id

    böcker, fel = öppna_alla(förbund, år, rapport, inputs=inputs)
    return korsram(böcker, kärnans_id(rapport), f"{NAMN} {VERSION}", fel, bara_kärnan=bara_kärnan)


def öppna_alla(
    förbund: str | Iterable[str] = (),
    år: int | Iterable[int] = (),
    rapport: str = ÅRSREDOVISNING.id,
    *,
    inputs: Path | str | None = None,
) -> tuple[list[Bok], list[str]]:
    """Every report of a kind that there is input for, or those of these förbund and years; and why the others cannot
    be read. Raises UnreadableInput when none can.
    """
    namn = {förbund} if isinstance(förbund, str) else set(förbund)
    åren = {år} if isinstance(år, int) else set(år)
    alla = [(f, å) for f, å, slag in finns(Path(inputs) if inputs else gällande().inputs) if slag == rapport]
    if okända := sorted(namn - {f for f, _ in alla}):
        raise UnreadableInput([Problem("fel", _okänt_förbund(ett, sorted({f for f, _ in alla}))) for ett in okända])
    böcker, fel = [], []
    for ett, året in [(f, å) for f, å in alla if (not namn or f in namn) and (not åren or å in åren)]:
        try:
            böcker.append(öppna(ett, året, rapport, inputs=inputs))
        except UnreadableInput as orsak:
            fel.append(f"{ett} {året} är inte med: {orsak.problem[0]}")
    if not böcker:
        finns_här = ", ".join(f"{f} {å}" for f, å in alla) or "inget"
        raise UnreadableInput([Problem("fel", ett) for ett in fel or [f"Inget att jämföra. Det finns: {finns_här}."]])
    return böcker, fel


def _okänt_förbund(namn: str, finns_här: list[str]) -> str:
    nära = get_close_matches(namn, finns_här, 1)
    menas = f" Menas {nära[0]}?" if nära else ""
    return f"Förbundet {namn} finns inte i inputs.{menas} Där finns: {', '.join(finns_här)}."


def _läs(förbund: str, år: int, rapport: str, inputs: Path | str | None, notebooks: Path | None) -> Bok:
    läst = read_räkenskapsår(förbund, år, inputs, rapport)
    räkenskapsår = med_plombering(med_tidigare(läst, inputs), inputs)
    räkenskapsår = replace(räkenskapsår, problem=(*räkenskapsår.problem, *otryckbara(räkenskapsår)))
    redovisning = redovisa(räkenskapsår)
    if fel := list(inställningsproblem(redovisning)):
        raise UnreadableInput(fel)
    bok_av = för_slaget(BÖCKER, räkenskapsår.rapport, "BÖCKER i oppna.py")
    avsnitt = read_avsnitt(rapport, räkenskapsår.förbund, notebooks) if notebooks or finns_notebooks() else ()
    bok = bok_av(redovisning, avsnitt)
    problem = list(bok.textproblem())
    if fel := [p for p in problem if p.nivå == "fel"]:
        raise UnreadableInput(fel)
    return bok.med_anmärkningar(problem)


def med_tidigare(år: Räkenskapsår, inputs: Path | str | None) -> Räkenskapsår:
    """Give a report what the earlier years' own årsredovisningar say, for those there are inputs for.

    A plan begins where the year before ended; an årsredovisning has the year before in its own ledger.
    """
    mapp = hitta_inputs(inputs) / år.förbund.slug
    äldre = [år.årtal - antal for antal in år.rapport.tidigare_år]
    tidigare: dict[tuple[str, str], Decimal] = {}
    underlag: dict[int, Underlag] = {}
    filer, problem = list(år.filer), list(år.problem)
    for äldre_år in (ett for ett in äldre if hitta_bokföring(mapp / str(ett))):
        try:
            läst = read_räkenskapsår(år.förbund.slug, äldre_år, inputs)
        except UnreadableInput as fel:
            text = f"Årsredovisningen {äldre_år} kan inte läsas, så översikten bygger på underlaget. {fel.problem[0]}"
            problem.append(Problem("varning", text, f"{år.förbund.slug}/{äldre_år}"))
            # Which of its files were read is not known; that it could not be read depends on them all.
            filer += [fil for fil in sorted((mapp / str(äldre_år)).rglob("*")) if fil.is_file()]
            continue
        underlag[äldre_år] = läst.underlag
        fakta = redovisa(läst).fakta
        värden = {id_: fakta[f"{id_}/{äldre_år}"].värde for id_ in ÖVERTAGNA if f"{id_}/{äldre_år}" in fakta}
        tidigare |= {(str(äldre_år), id_): värde for id_, värde in värden.items() if värde is not None}
        filer += [fil for fil in läst.filer if fil not in filer]
    if år.rapport.visar_deltagare:
        före = read_tidigare(hitta_inputs(inputs), år.förbund.slug, år.årtal)
        filer += [fil for fil in före.filer if fil not in filer]
        problem += före.problem
        underlag |= före.underlag
        år = replace(år, tidigare_deltagare=tuple(före.deltagare))
    return replace(år, tidigare=tidigare, tidigare_underlag=underlag, filer=tuple(filer), problem=tuple(problem))


def med_plombering(år: Räkenskapsår, inputs: Path | str | None) -> Räkenskapsår:
    """Give a year what its own seal says of the files that were read, and one that compares with last year its seal."""
    rot = hitta_inputs(inputs)
    egen, förra = (plombfil(rot, år.förbund.slug, ett) for ett in (år.årtal, år.årtal - 1))
    lästa = [egen, *([förra] if år.rapport.jämför_bakåt else [])]
    return replace(
        år,
        plomb=plombläge(egen, år.rapport.id, år.filer, rot),
        fastställt=fastställt(förra, år.föregående, rot) if förra in lästa else None,
        filer=(*år.filer, *(fil for fil in lästa if fil.is_file())),
    )
