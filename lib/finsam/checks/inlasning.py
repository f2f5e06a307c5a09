"""What the readers remarked on without refusing the file."""

from __future__ import annotations

from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.checks.kontroll import kontroll
from finsam.read.ledger.problem import INLÄSNING
from finsam.statements.redovisning import Redovisning


@kontroll(INLÄSNING, "Filerna lästes utan anmärkning.", saknas="inga filer")
def check_inläsning(r: Redovisning) -> Kontroll:
    """Each remark, under the word that Undantag knows it by, or its file."""
    yield Prövat(len(r.år.filer))
    for problem in r.år.problem:
        yield Finding(problem.nivå, str(problem), problem.slag or problem.fil)
