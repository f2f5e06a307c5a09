"""Opening a förbund's year: the way in for notebooks, for the runner and for an analyst."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import overload

from finsam.model.problem import Problem, UnreadableInput
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.rapport import VERKSAMHETSPLAN, ÅRSREDOVISNING, Planens, Rapportslag, Årsredovisningens, för_slaget
from finsam.read.arsmapp import hitta_inputs, read_räkenskapsår
from finsam.read.bokforing import hitta_bokföring
from finsam.read.plomb import fastställt, plombfil, plombläge
from finsam.read.tidigare import read_tidigare_deltagare
from finsam.report.arsbok import Årsbok
from finsam.report.bok import Bok
from finsam.report.garanti import read_garanti
from finsam.report.parametrar import check_parametrar
from finsam.report.planbok import Planbok
from finsam.report.tecken import otryckbara
from finsam.statements.flerarsoversikt import ÖVERTAGNA
from finsam.statements.installningar import inställningsproblem
from finsam.statements.redovisning import redovisa

BÖCKER: dict[Rapportslag, type[Bok]] = {ÅRSREDOVISNING: Årsbok, VERKSAMHETSPLAN: Planbok}
"""What each kind of report is opened as."""

_ÖPPNADE: dict[tuple[str, int, str], Bok] = {}


@overload
def öppna(förbund: str, år: int, rapport: Årsredovisningens = ..., *, inputs: Path | str | None = ...) -> Årsbok: ...
@overload
def öppna(förbund: str, år: int, rapport: Planens, *, inputs: Path | str | None = ...) -> Planbok: ...
@overload
def öppna(förbund: str, år: int, rapport: str, *, inputs: Path | str | None = ...) -> Bok: ...
def öppna(förbund: str, år: int, rapport: str = ÅRSREDOVISNING.id, *, inputs: Path | str | None = None) -> Bok:
    """Read a förbund's year and compute it. Raises UnreadableInput with every problem in its files.

    `rapport` is the id of a kind of report: an årsredovisning is an Årsbok, a verksamhetsplan a Planbok.
    """
    check_parametrar()
    öppnad = _ÖPPNADE.get((förbund, int(år), rapport)) if inputs is None else None
    return (öppnad or _läs(förbund, int(år), rapport, inputs)).med_siffergaranti(read_garanti())


def _läs(förbund: str, år: int, rapport: str, inputs: Path | str | None) -> Bok:
    läst = read_räkenskapsår(förbund, år, inputs, rapport)
    räkenskapsår = med_plombering(med_tidigare(läst, inputs), inputs)
    räkenskapsår = replace(räkenskapsår, problem=(*räkenskapsår.problem, *otryckbara(räkenskapsår)))
    redovisning = redovisa(räkenskapsår)
    if fel := list(inställningsproblem(redovisning)):
        raise UnreadableInput(fel)
    bok_av = för_slaget(BÖCKER, räkenskapsår.rapport, "BÖCKER i oppna.py")
    bok = bok_av(redovisning)
    problem = list(bok.textproblem())
    if fel := [p for p in problem if p.nivå == "fel"]:
        raise UnreadableInput(fel)
    if problem:
        räkenskapsår = replace(räkenskapsår, problem=(*räkenskapsår.problem, *problem))
        return bok_av(replace(redovisning, år=räkenskapsår))
    return bok


def med_tidigare(år: Räkenskapsår, inputs: Path | str | None) -> Räkenskapsår:
    """Give a report what the earlier years' own årsredovisningar say, for those there are inputs for.

    A plan begins where the year before ended; an årsredovisning has the year before in its own ledger.
    """
    mapp = hitta_inputs(inputs) / år.förbund.slug
    äldre = [år.årtal - antal for antal in år.rapport.tidigare_år]
    tidigare: dict[tuple[str, str], Decimal] = {}
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
        fakta = redovisa(läst).fakta
        värden = {id_: fakta[f"{id_}/{äldre_år}"].värde for id_ in ÖVERTAGNA if f"{id_}/{äldre_år}" in fakta}
        tidigare |= {(str(äldre_år), id_): värde for id_, värde in värden.items() if värde is not None}
        filer += [fil for fil in läst.filer if fil not in filer]
    if år.rapport.visar_deltagare:
        blad, lästa, fler = read_tidigare_deltagare(hitta_inputs(inputs), år.förbund.slug, år.årtal)
        filer += [fil for fil in lästa if fil not in filer]
        problem += fler
        år = replace(år, tidigare_deltagare=tuple(blad))
    return replace(år, tidigare=tidigare, filer=tuple(filer), problem=tuple(problem))


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


@contextmanager
def hålls_öppen(bok: Bok) -> Iterator[None]:
    """For a run: its sections get the year that is already read, the same for all, also if a file changes meanwhile."""
    nyckel = (bok.år.förbund.slug, bok.år.årtal, bok.år.rapport.id)
    _ÖPPNADE[nyckel] = bok
    try:
        yield
    finally:
        del _ÖPPNADE[nyckel]
