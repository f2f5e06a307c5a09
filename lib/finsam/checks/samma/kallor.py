"""The years and days of sources: none that is to come, none that only one row of many alike has."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.checks.obligatoriskt import datum
from finsam.model.rapport import VERKSAMHETSPLAN
from finsam.model.underlagsrad import Underlagsrad
from finsam.statements.redovisning import Redovisning

MINST, VANLIGT = 4, 3
"""How many sources are alike but for their figures, and have one year, for another year in one of them to be told."""
FRAMÅT = 5
"""How many years after its own a report's source may be about: a plan names the years it is for."""
_DAG = re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)")
_ÅR = re.compile(r"(?<![\d-])\d{4}(?![\d-])")
_SIFFROR = re.compile(r"\d+")


class Källa(NamedTuple):
    """A source and the row it stands in."""

    text: str
    rad: Underlagsrad


def check_källornas_år(r: Redovisning) -> Kontroll:
    """A source is of a day that has been, and of the year that others like it are of."""
    källor = list(_källor(r))
    beslutad = _beslutad(r)
    yield Prövat(len(källor))
    for källa in källor:
        if fel := _omöjlig(källa.text, r.år.årtal):
            yield _finding(källa, f"{fel} finns inte än, eller är ingen dag")
        elif beslutad and (fel := _efter(källa.text, beslutad)):
            yield _finding(källa, f"{fel} är efter det sista beslutet om planen, {beslutad}")
    skrivna = Counter(år for källa in källor for år in set(_ÅR.findall(källa.text)))
    lika: defaultdict[str, list[Källa]] = defaultdict(list)
    for källa in källor:
        lika[_SIFFROR.sub("0", källa.text)].append(källa)
    for grupp in lika.values():
        år = Counter(ett for källa in grupp for ett in set(_ÅR.findall(källa.text)))
        if len(grupp) < MINST or not år or max(år.values()) < VANLIGT:
            continue
        vanligast = år.most_common(1)[0][0]
        for källa in grupp:
            egna = [ett for ett in _ÅR.findall(källa.text) if skrivna[ett] == 1 and ett not in _radens(källa.rad)]
            if egna and vanligast not in källa.text:
                yield _finding(källa, f"{egna[0]} står bara här, men {vanligast} i andra källor av samma slag")


def _källor(r: Redovisning) -> Iterator[Källa]:
    for _, rader in r.år.underlag:
        if isinstance(rader, tuple) and rader and "källa" in type(rader[0]).model_fields:
            yield from (Källa(rad.källa, rad) for rad in rader if rad.källa)


def _omöjlig(text: str, årtal: int) -> str:
    """A day or year of a source that cannot be; empty when all can."""
    for träff in _DAG.finditer(text):
        try:
            dag = date(*map(int, träff.groups()))
        except ValueError:
            return träff[0]
        if dag.year > årtal + 1:
            return träff[0]
    return next((ett for ett in _ÅR.findall(text) if årtal + FRAMÅT < int(ett) < 2100), "")


def _beslutad(r: Redovisning) -> date | None:
    """The last day on which a plan was decided or revised; None of a report, whose sources may come after it."""
    dagar = [datum(r, id_) for id_ in ("budgetbeslut", "budgetrevidering", "beslutsdatum", "andringsdatum")]
    dagar += [rad.beslutad for rad in r.år.underlag.budget if rad.år == r.år.årtal]
    return max((dag for dag in dagar if dag), default=None) if r.år.rapport is VERKSAMHETSPLAN else None


def _efter(text: str, dag: date) -> str:
    """The first day of a source that is after another; empty when there is none."""
    return next((träff[0] for träff in _DAG.finditer(text) if träff[0] > dag.isoformat()), "")


def _radens(rad: Underlagsrad) -> set[str]:
    """The year that a row is of, and the one after it, whose report tells of it."""
    år = getattr(rad, "år", None)
    return {str(år), str(år + 1)} if år else set()


def _finding(källa: Källa, fel: str) -> Finding:
    var = f"{källa.rad.blad}, rad {källa.rad.rad}"
    return Finding("varning", f"{var}: källan är {källa.text}. {fel}. Vilket år är det?", var)
