"""The kinds of report: what each is called, what it is made from and what it looks back on.

A kind is written here, and what it holds once in each stage that makes it: what is computed (`STEG`), what its sections
ask of (`BÖCKER`), and the sections in `notebooks/<id>`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from finsam.model.ord import uppräkning
from finsam.model.problem import Problem, UnreadableInput

BOKFÖRING = "bokforing.se"
Årsredovisningens = Literal["arsredovisning"]
Planens = Literal["verksamhetsplan"]
"""The ids as types: what `öppna` gives depends on them."""

Del = TypeVar("Del")


@dataclass(frozen=True, slots=True)
class Rapportslag:
    """A kind of report. `ord` and `bestämd` are its name in a sentence, `titelmall` has its year and the two after it.

    `textprefix` is how its own texts and its own workbook begin. `tidigare_år` is how many years back årsredovisningar
    are read for figures, `jämför_bakåt` whether it prints last year's figures and so is held against last year's seal,
    `visar_deltagare` whether it shows participants and so withholds small groups.
    """

    id: str
    ord: str
    bestämd: str
    titelmall: str
    filer: tuple[str, ...]
    textprefix: str = ""
    tidigare_år: tuple[int, ...] = ()
    jämför_bakåt: bool = False
    visar_deltagare: bool = False

    @property
    def har_bokföring(self) -> bool:
        """Whether it cannot be made without a ledger."""
        return BOKFÖRING in self.filer

    def titel(self, årtal: int) -> str:
        """The document's title.

        >>> VERKSAMHETSPLAN.titel(2026)
        'Verksamhetsplan och budget 2026, plan 2027–2028'
        """
        return self.titelmall.format(årtal, årtal + 1, årtal + 2)


ÅRSREDOVISNING = Rapportslag(
    id="arsredovisning",
    ord="årsredovisning",
    bestämd="årsredovisningen",
    titelmall="Årsredovisning {}",
    filer=("forbund.yml", "kontoplan.csv", BOKFÖRING, "underlag.xlsx"),
    tidigare_år=(2, 3, 4),
    jämför_bakåt=True,
    visar_deltagare=True,
)
VERKSAMHETSPLAN = Rapportslag(
    id="verksamhetsplan",
    ord="verksamhetsplan",
    bestämd="verksamhetsplanen",
    titelmall="Verksamhetsplan och budget {}, plan {}–{}",
    filer=("forbund.yml", "underlag.xlsx"),
    textprefix="vp_",
    tidigare_år=(1,),
)
RAPPORTER = {slag.id: slag for slag in (ÅRSREDOVISNING, VERKSAMHETSPLAN)}
"""Every kind by its id, in the order they are told of; a year's folder is tried for each."""


def rapporterna() -> str:
    """The ids to choose from, in a sentence."""
    return uppräkning(list(RAPPORTER), "eller")


def rapportslag(id_: str) -> Rapportslag:
    """The kind with an id. Raises UnreadableInput for one that is not there, with those there are."""
    if id_ not in RAPPORTER:
        raise UnreadableInput([Problem("fel", f"Rapporten {id_} finns inte. Välj {rapporterna()}.")])
    return RAPPORTER[id_]


def textens_slag(namn: str) -> Rapportslag | None:
    """The kind whose own a text is by how its name begins; None for one that has no such beginning.

    >>> textens_slag("vp_mal") is VERKSAMHETSPLAN, textens_slag("inledning")
    (True, None)
    """
    egna = (slag for slag in RAPPORTER.values() if slag.textprefix and namn.startswith(slag.textprefix))
    return next(egna, None)


def för_slaget(delar: Mapping[Rapportslag, Del], slag: Rapportslag, vad: str) -> Del:
    """What a stage has for a kind. Raises UnreadableInput when it has nothing: `vad` is what is missing, and where."""
    if slag not in delar:
        text = f"Programmet kan inte göra {slag.bestämd}: {vad} saknas för {slag.id}."
        raise UnreadableInput([Problem("fel", text)])
    return delar[slag]
