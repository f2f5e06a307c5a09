"""Rows that are there for all others of their kind: a line of the faktarutor, the total above kvinnor and män."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.model.underlag import Insats
from finsam.statements.redovisning import Redovisning

MINST_GEMENSAMT = {2: 5, 3: 3}
"""How many lines the faktarutor of two others, or more, have in common for one that is missing to be told."""
MINST_MÅTT = 3
_HÄNVISNING = re.compile(r"\s*\{[^{}]*\}")


def check_fallna(r: Redovisning) -> Kontroll:
    """What one alone lacks of what all others of its kind have."""
    yield from _check_faktarutor(r)
    yield from _check_totaler(r)


def _check_faktarutor(r: Redovisning) -> Kontroll:
    """The faktarutor of a slag have the same lines, of insatser that go on all the year."""
    rutor: defaultdict[str, set[str]] = defaultdict(set)
    for rad in r.år.underlag.faktarutor:
        rutor[rad.insats].add(_HÄNVISNING.sub("", rad.rubrik))
    hela = {i.id: i for i in r.år.underlag.insatser if i.id in rutor and _hela_året(i, r.år.årtal)}
    for slag in ("individ", "struktur"):
        egna = {id_: rutor[id_] for id_, i in hela.items() if i.slag == slag}
        yield Prövat(len(egna))
        for id_, rubrik in _udda(egna).items():
            text = f"Faktarutor: {hela[id_].namn} har ingen rad {rubrik}, som alla andra insatser av slaget."
            yield Finding("varning", f"{text} Har en rad fallit bort?", "Faktarutor")


def _hela_året(insats: Insats, år: int) -> bool:
    return not (insats.från and insats.från > date(år, 1, 1)) and not (insats.till and insats.till < date(år, 12, 31))


def _udda(rutor: Mapping[str, set[str]]) -> dict[str, str]:
    """The insatser that lack just one line of those that all the others have in common, and that line."""
    funna = {}
    for id_, egna in rutor.items():
        andra = [ett for annat, ett in rutor.items() if annat != id_]
        if len(andra) < min(MINST_GEMENSAMT):
            continue
        gemensamt = set.intersection(*andra)
        saknas = gemensamt - egna
        if len(saknas) == 1 and len(gemensamt) >= MINST_GEMENSAMT[min(len(andra), max(MINST_GEMENSAMT))]:
            funna[id_] = saknas.pop()
    return funna


def _check_totaler(r: Redovisning) -> Kontroll:
    """A mått that is given for kvinnor and män has its total too, where all others have."""
    delar: defaultdict[tuple[str, str, int], set[str]] = defaultdict(set)
    for rad in r.år.underlag.deltagare:
        if not rad.kommun:
            delar[rad.insats, rad.mått, rad.år].add(rad.kön)
    utan = [nyckel for nyckel, kön in delar.items() if kön == {"kvinnor", "män"}]
    med = [nyckel for nyckel, kön in delar.items() if "" in kön and len(kön) > 1]
    yield Prövat(len(med))
    if len(utan) == 1 and len(med) >= MINST_MÅTT:
        insats, mått, år = utan[0]
        text = f"Deltagare: {mått} i {insats} {år} har kvinnor och män men ingen rad för alla, som andra mått."
        yield Finding("varning", f"{text} Har en rad fallit bort?", "Deltagare")
