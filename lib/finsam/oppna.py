"""Opening a förbund's year: the way in for notebooks, for the runner and for an analyst."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import overload

from finsam.model.problem import Problem, UnreadableInput
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.rapport import VERKSAMHETSPLAN, ÅRSREDOVISNING, Planens, Rapportslag, Årsredovisningens, för_slaget
from finsam.model.underlag import Underlag
from finsam.read.arsmapp import INPUTS_VARIABEL, hitta_inputs, read_räkenskapsår
from finsam.read.bokforing import hitta_bokföring
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
    """Read a förbund's year and compute it. Raises UnreadableInput with every problem in its files.

    `rapport` is the id of a kind of report: an årsredovisning is an Årsbok, a verksamhetsplan a Planbok. `notebooks` is
    the folder of the sections' notebooks by report; None looks for it.
    """
    här = gällande()
    check_parametrar(här.celler)
    bok = här.lästa.get((förbund, int(år), rapport)) if inputs is None else None
    return bok or _läs(förbund, int(år), rapport, inputs or här.inputs, notebooks)


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
