"""What the reading of a finished document found: how many numbers are bound to what, and which are not (C39, C11)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal
from pathlib import Path
from typing import Any

from finsam.checks.finding import Finding
from finsam.model.belopp import HÅRT_BLANK, svenskt_tal

KOD = "C39"
UTSAGA = "Varje tal i det färdiga dokumentet är knutet till ett fakta eller en deklarerad uppgift."
NUMRERING = "C11"
NUMRERINGSUTSAGA = "Rubrikernas nummer och sidor är desamma i innehållsförteckningen."
EGNA = "årtal i egen text"
KLASSER = {
    "fakta": "fakta",
    "ordagrant": "ordagranna uppgifter",
    "årtal": "årtal",
    EGNA: "årtal i egen text",
    "datum": "datum",
    "klockslag": "klockslag",
    "lagrum": "lagrum",
    "rubriknummer": "rubriknummer",
    "notnummer": "notnummer",
    "listnummer": "listnummer",
    "namn": "tal i namn",
    "organisationsnummer": "organisationsnummer",
    "skala": "tal på skalor i diagram",
}
"""What a number can be bound to, in the order they are told of, and the words for many of them."""

KONTROLL, SPÅR = "kontroll", "spår"
"""Numbers that tell of the others and are not counted among them: in the section of checks, and behind each figure."""

HÖGST = 20
"""Unbound numbers that are named one by one."""


@dataclass(frozen=True, slots=True)
class Obundet:
    """A number that is bound to nothing: where it stands, the words around it and what is wrong.

    `kod` is C11 for the numbers and pages of headings.
    """

    tal: str
    plats: str
    runt: str
    skäl: str
    kod: str = KOD

    def __str__(self) -> str:
        return f"{self.plats}: talet {self.tal} i \u201d{self.runt}\u201d {self.skäl}"


@dataclass(frozen=True)
class Siffergaranti:
    """How many numbers are bound, by class, and those that are not. `om_andra` tell of the others (KONTROLL, SPÅR)."""

    klasser: Mapping[str, int] = field(default_factory=dict)
    obundna: tuple[Obundet, ...] = ()
    om_andra: int = field(default=0, compare=False)

    @property
    def bundna(self) -> int:
        """Numbers bound to something."""
        return sum(self.klasser.values())

    @property
    def tal(self) -> int:
        """All numbers, but those that tell of the others."""
        return self.bundna + len(self.obundna)

    def __str__(self) -> str:
        delar = ", ".join(f"{_antal(n)} {KLASSER[klass]}" for klass, n in self.klasser.items())
        return (
            f"Siffergaranti: {_antal(self.bundna)} av {_antal(self.tal)} tal är knutna till ett fakta eller en angiven "
            f"uppgift ({_andel(self.bundna, self.tal)}){f': {delar}' if delar else ''}."
        )

    def findings(self) -> Iterator[Finding]:
        """C11 and C39: the share, and each number that is not bound; the first of them when they are many."""
        prövade = {NUMRERING: self.klasser.get("rubriknummer", 0), KOD: self.tal}
        for obundet in self.obundna:
            prövade[NUMRERING] += obundet.kod == NUMRERING
        if not prövade[NUMRERING]:
            yield Finding(NUMRERING, "ej prövad", "Ej prövad: dokumentets rubriker har inga nummer.")
        elif not any(obundet.kod == NUMRERING for obundet in self.obundna):
            yield Finding(NUMRERING, "ok", NUMRERINGSUTSAGA, prövade=prövade[NUMRERING])
        if not self.tal:
            yield Finding(KOD, "ej prövad", "Ej prövad: dokumentet har inga tal.")
        else:
            yield Finding(KOD, "fel" if self.obundna else "ok", str(self), prövade=self.tal)
        for obundet in self.obundna[:HÖGST]:
            yield Finding(obundet.kod, "fel", str(obundet), obundet.plats, prövade=prövade[obundet.kod])
        if (kvar := len(self.obundna) - HÖGST) > 0:
            text = f"Ytterligare {_antal(kvar)} tal är inte knutna till något."
            yield Finding(KOD, "fel", text, prövade=self.tal)

    def json(self) -> dict[str, Any]:
        """As the file has it that the section of checks is made with."""
        obundna = [{"tal": o.tal, "plats": o.plats, "runt": o.runt, "skal": o.skäl, "kod": o.kod} for o in self.obundna]
        return {"tal": self.tal, "bundna": self.bundna, "klasser": dict(self.klasser), "obundna": obundna}


def ej_läst() -> Iterator[Finding]:
    """C11 and C39 of a report that has not been made into a document yet."""
    for kod in (NUMRERING, KOD):
        yield Finding(
            kod, "ej prövad", "Ej prövad: dokumentet är inte skapat. Det prövas när det skapas (finsam skapa)."
        )


def read_garanti(fil: Path) -> Siffergaranti:
    """What a run has found, from the file that it writes beside its document."""
    data = json.loads(fil.read_text("utf-8"))
    obundna = tuple(Obundet(o["tal"], o["plats"], o["runt"], o["skal"], o["kod"]) for o in data["obundna"])
    return Siffergaranti(dict(data["klasser"]), obundna)


def _antal(antal: int) -> str:
    return svenskt_tal(Decimal(antal))


def _andel(del_: int, hela: int) -> str:
    """A share that says 100 % of all and of nothing less.

    >>> _andel(2999, 3000), _andel(3000, 3000)
    ('99,9\\xa0%', '100\\xa0%')
    """
    if del_ == hela:
        return f"100{HÅRT_BLANK}%"
    andel = (Decimal(100 * del_) / hela).quantize(Decimal("0.1"), ROUND_DOWN)
    return f"{svenskt_tal(andel, 1)}{HÅRT_BLANK}%"
