"""What the reading of a finished document found: how many numbers are bound to what, and which are not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal
from typing import Any

from finsam.checks.finding import Finding
from finsam.checks.kontroll import Kontrollpunkt
from finsam.model.belopp import HÅRT_BLANK, svenskt_tal

GARANTI = Kontrollpunkt(
    "C39",
    "Varje tal i det färdiga dokumentet är knutet till ett fakta eller en deklarerad uppgift.",
    saknas="dokumentet har inga tal",
)
NUMRERING = Kontrollpunkt(
    "C11",
    "Rubrikernas nummer och sidor är desamma i innehållsförteckningen.",
    saknas="dokumentets rubriker har inga nummer",
)
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
    "tabellnummer": "nummer på tabeller och bilder",
    "listnummer": "listnummer",
    "namn": "tal i namn",
    "organisationsnummer": "organisationsnummer",
    "filstorlek": "tal om filers storlek",
}
"""What a number can be bound to, in the order they are told of, and the words for many of them."""

KONTROLL, SPÅR = "kontroll", "spår"
"""Numbers that tell of the others and are not counted among them: in the section of checks, and behind each figure."""

HÖGST = 20
"""Unbound numbers that are named one by one."""


@dataclass(frozen=True, slots=True)
class Obundet:
    """A number that is bound to nothing: where it stands, the words around it and what is wrong.

    `kod` is NUMRERING's for the numbers and pages of headings.
    """

    tal: str
    plats: str
    runt: str
    skäl: str
    kod: str = GARANTI.kod

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
        return f"Siffergaranti: {self.andel.rstrip('.')}{f': {delar}' if delar else ''}."

    @property
    def andel(self) -> str:
        """How many of all that is, in a sentence."""
        antal = f"{_antal(self.bundna)} av {_antal(self.tal)} tal är knutna till ett fakta eller en angiven uppgift"
        return f"{antal} ({_andel(self.bundna, self.tal)})."

    def findings(self) -> Iterator[Finding]:
        """The share, and each number that is not bound; the first of them when they are many."""
        i_rubriker = [obundet for obundet in self.obundna if obundet.kod == NUMRERING.kod]
        prövade = {NUMRERING.kod: self.klasser.get("rubriknummer", 0) + len(i_rubriker), GARANTI.kod: self.tal}
        if not prövade[NUMRERING.kod]:
            yield NUMRERING.ej_prövad()
        elif not i_rubriker:
            yield NUMRERING.ok(prövade[NUMRERING.kod])
        if not self.tal:
            yield GARANTI.ej_prövad()
        else:
            yield GARANTI.fyll(Finding("fel" if self.obundna else "ok", str(self), prövade=self.tal))
        for obundet in self.obundna[:HÖGST]:
            funnet = Finding("fel", str(obundet), obundet.plats, kod=obundet.kod, prövade=prövade[obundet.kod])
            yield GARANTI.fyll(funnet)
        if (kvar := len(self.obundna) - HÖGST) > 0:
            text = f"Ytterligare {_antal(kvar)} tal är inte knutna till något."
            yield GARANTI.fyll(Finding("fel", text, prövade=self.tal))

    def json(self) -> dict[str, Any]:
        """As `siffergaranti.json` has it."""
        obundna = [{"tal": o.tal, "plats": o.plats, "runt": o.runt, "skal": o.skäl, "kod": o.kod} for o in self.obundna]
        return {"tal": self.tal, "bundna": self.bundna, "klasser": dict(self.klasser), "obundna": obundna}


def ej_läst() -> Iterator[Finding]:
    """The checks of a finished document, for a report that has not been made into one yet."""
    for punkt in (NUMRERING, GARANTI):
        yield punkt.ej_prövad("dokumentet är inte skapat. Det prövas när det skapas (finsam skapa)")


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
