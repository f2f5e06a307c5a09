"""What `forbund.yml` names and the statements must have."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from finsam.model.problem import Problem
from finsam.model.rapport import RAPPORTER
from finsam.read.indata import förslag, visa
from finsam.statements import balansrakning, kassaflode, resultatrakning
from finsam.statements.redovisning import Redovisning, uppställda


def inställningsproblem(r: Redovisning) -> Iterator[Problem]:
    """Reports, rows and facts that are named but not there."""
    fb, åren = r.år.förbund, (r.år.period, r.år.föregående)
    räkningar = (*resultatrakning.FORM, *balansrakning.FORM)
    rader = {rad.id for rad in räkningar} | {f"kf.{id_}" for id_, *_ in kassaflode.RADER}
    fakta = {f.id for f in r.fakta.values() if all(f"{f.id}/{period}" in r.fakta for period in åren)}
    namngivna = [("rapporter", "Rapporten", namn, set(RAPPORTER)) for namn in fb.rapporter]
    namngivna += [("etiketter", "Raden", id_, rader | {"drift.resultat"}) for id_ in fb.etiketter]
    namngivna += [("dolda_rader", "Raden", id_, rader) for id_ in fb.dolda_rader]
    if r.år.rapport.har_bokföring:
        namngivna += [("driftredovisning_extra", "Faktat", rad.fakta, fakta) for rad in fb.driftredovisning_extra]
        namngivna += [("medlemsbidrag", "Faktat", id_, {f.id for f in r.fakta.values()}) for id_ in fb.medlemsbidrag]
    for nyckel, vad, id_, finns in namngivna:
        if id_ not in finns:
            yield Problem("fel", f"{vad} {visa(id_)} finns inte.{förslag(id_, finns)}", "forbund.yml", nyckel)
    yield from _tabeller_som_saknas(r)
    yield from _givna_som_saknas(r) if r.år.rapport.har_bokföring else ()


def _tabeller_som_saknas(r: Redovisning) -> Iterator[Problem]:
    """Slips of the pen for tables of the report; what is like none of them may be a table of another."""
    visning = r.år.förbund.visning
    finns = {tabell.id for tabell in uppställda(r)} if visning.enheter or visning.omvända else set()
    for nyckel, namn in (("enheter", visning.enheter), ("omvända", visning.omvända)):
        for id_ in namn:
            if id_ not in finns and (lika := get_close_matches(id_, finns, n=1, cutoff=0.8)):
                text = f"visning: {nyckel}: tabellen {visa(id_)} finns inte. Menar du {lika[0]}?"
                yield Problem("fel", text, *r.år.förbund.var(("visning", nyckel)))


def _givna_som_saknas(r: Redovisning) -> Iterator[Problem]:
    """Facts that a note's row is to show and that there are not; an uppgift may be given later."""
    finns = {f.id for f in r.fakta.values() if f.period == r.år.period}
    for nr, notis in enumerate(r.år.förbund.noter):
        for radnr, rad in enumerate(notis.rader):
            if rad.fakta and rad.fakta not in finns and not rad.fakta.startswith("uppgift."):
                text = f"Faktat {visa(rad.fakta)} finns inte.{förslag(rad.fakta, finns)}"
                yield Problem("fel", text, *r.år.förbund.var(("noter", nr, "rader", radnr, "fakta")))
