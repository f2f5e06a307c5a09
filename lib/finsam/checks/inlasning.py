"""What the readers remarked on without refusing the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.checks.kontroll import kontroll
from finsam.model.problem import Problem
from finsam.read.ledger.problem import INLÄSNING
from finsam.statements.redovisning import Redovisning


@kontroll(INLÄSNING, "Filerna lästes utan anmärkning.", saknas="inga filer")
def check_inläsning(r: Redovisning) -> Kontroll:
    """Each remark, under the word that Undantag knows it by, or its file."""
    yield Prövat(len(r.år.filer))
    for problem in r.år.problem:
        yield Finding(problem.nivå, str(problem), problem.slag or problem.fil)


def om_olästa(problem: Iterable[Problem]) -> Iterator[Finding]:
    """What lies among the files and is not read, said beside the report: no file of it was read."""
    for ett in problem:
        yield Finding(ett.nivå, str(ett), ett.fil, kod=INLÄSNING)
