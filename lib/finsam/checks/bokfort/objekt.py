"""A verifikation whose text names one objekt and that is booked on another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from finsam.checks.bokfort.poster import nämn, verifikationer
from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.checks.kontroll import kontroll
from finsam.model.bokforing import Bokföring, Objekt, Verifikation
from finsam.model.rapport import ÅRSREDOVISNING
from finsam.statements.redovisning import Redovisning

_MINST = 4
"""Letters of a name that is a name and not a short word."""
_ANDRA = 3
"""How many others that name the objekt and are booked on it, for the one that is not to be told of."""
_ORD = re.compile(r"\w+")

Fall = tuple[Verifikation, frozenset[str]]


@kontroll(
    "C90",
    "En verifikation är bokförd på det objekt som dess text nämner.",
    lag="LKBR 3 kap.",
    saknas="inga verifikationer nämner ett objekt som de kan vara bokförda på",
    i=(ÅRSREDOVISNING,),
)
def check_nämnt_objekt(r: Redovisning) -> Kontroll:
    """All that name an objekt alone are booked on it; the only one that is on another of the dimension is told of."""
    b = r.år.bokföring
    nämnda: dict[Objekt, list[Fall]] = defaultdict(list)
    for objekt, ver, koder in _nämnda(b, verifikationer(r)):
        nämnda[objekt].append((ver, koder))
    for (dim, kod), fall in sorted(nämnda.items()):
        yield Prövat(len(fall))
        fel = [(ver, koder) for ver, koder in fall if kod not in koder]
        if len(fel) == 1 and len(fall) > _ANDRA:
            ver, koder = fel[0]
            på = ", ".join(f"{ett} {b.objekt.get((dim, ett), '')}".strip() for ett in sorted(koder))
            text = (
                f"Verifikation {nämn(ver)} är bokförd på objekt {på}, men texten nämner {b.objekt[dim, kod]}. De "
                f"{len(fall) - 1} andra som nämner det är bokförda på objekt {kod}. Rätta objektet eller texten."
            )
            yield Finding("varning", text, "bokforing.se")


def _nämnda(b: Bokföring, alla: Iterable[Verifikation]) -> Iterator[tuple[Objekt, Verifikation, frozenset[str]]]:
    """The verifikationer that name one objekt of a dimension that they have: it, and what they are booked on."""
    namnen = _namn(b)
    for ver in alla:
        koder: dict[str, set[str]] = defaultdict(set)
        for rad in ver.rader:
            for dim, kod in rad.objekt:
                koder[dim].add(kod)
        if koder and ver.text:
            ord_ = f" {' '.join(_ORD.findall(ver.text))} "
            for dim, egna in koder.items():
                sagda = [kod for namn, kod in namnen.get(dim, {}).items() if namn in ord_]
                if len(sagda) == 1:
                    yield (dim, sagda[0]), ver, frozenset(egna)


def _namn(b: Bokföring) -> Mapping[str, Mapping[str, str]]:
    """By dimension the names of its objekt, as they are found in a text, without what stands in brackets."""
    namnen: dict[str, dict[str, str]] = defaultdict(dict)
    for (dim, kod), namn in b.objekt.items():
        kort = namn.split("(")[0].strip()
        if len(kort) >= _MINST:
            namnen[dim][f" {' '.join(_ORD.findall(kort))} "] = kod
    return namnen
