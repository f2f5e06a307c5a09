"""A finding: what a check saw, with a code that never changes meaning (docs/kontroller.md)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from html import escape
from typing import Literal

from finsam.model.belopp import NOLL
from finsam.model.ord import uppräkning

Kontrollnivå = Literal["fel", "varning", "upplysning", "ej prövad", "ok"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, in Swedish with what to do; `källa` is the table, file or fact it concerns.

    `kod` and `lag` are its check's own, which the check fills in, unless they are said ("" is no law). `prövade` is how
    many things its check tried, all together; it is no part of what was found. `följder` are other findings, code and
    text, that are only because of this one. `fakta` are the figures that it is about, `saknas` what the law asks for
    and nobody has given, in words for who reads the document; `godtaget` says that somebody has answered for it.
    """

    nivå: Kontrollnivå
    text: str
    källa: str = ""
    differens: Decimal = NOLL
    lag: str | None = None
    kod: str = ""
    prövade: int = field(default=0, compare=False)
    följder: tuple[str, ...] = ()
    fakta: tuple[str, ...] = ()
    saknas: str = ""
    godtaget: bool = False

    @property
    def grund(self) -> str:
        """The law as it is printed; empty when there is none."""
        return self.lag or ""

    @property
    def klartext(self) -> str:
        """The text as it is printed where there is one line for it, with the codes of what follows."""
        koder = uppräkning(list(dict.fromkeys(ett.split()[0] for ett in self.följder)))
        return f"{self.text} Följer av detta: {koder}." if koder else self.text

    def _repr_html_(self) -> str:
        """For who looks at it in a notebook."""
        källa = f" <small>{escape(self.källa)}</small>" if self.källa else ""
        return f"<p><strong>{escape(self.kod)} {escape(self.nivå)}</strong> {escape(self.klartext)}{källa}</p>"

    def json(self) -> dict[str, str | int | list[str]]:
        """The finding as `kontroller.json` holds it; `foljder` only when there are any."""
        return {
            "kod": self.kod,
            "niva": "ej_provad" if self.nivå == "ej prövad" else self.nivå,
            "text": self.text,
            "kalla": self.källa,
            "lag": self.grund,
            "differens": f"{self.differens:.2f}",
            "provade": self.prövade,
            **({"foljder": list(self.följder)} if self.följder else {}),
        }


@dataclass(frozen=True, slots=True)
class Jämförelse:
    """Two sides that are to be equal: facts by key, added; one with a minus before it is subtracted.

    `text` says which they are, in words for who reads the workbook. A fact without a figure counts as nil.
    """

    text: str
    ena: tuple[str, ...]
    andra: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prövat:
    """That a check has compared so many things of those it speaks of, whatever came of it.

    `saknas` says what there was not, when a part of what the check speaks of could not be tried. `jämfört` are the
    facts that were held against each other, where there were such; the workbook does it again.
    """

    antal: int = 1
    saknas: str = ""
    jämfört: Jämförelse | None = None


Kontroll = Iterator[Finding | Prövat]


def jämför(text: str, ena: Sequence[str], andra: Sequence[str], period: str) -> Prövat:
    """That facts of a year, or of the years that they name, have been held against each other.

    >>> jämför("Tillgångar = skulder", ["br.a"], ["-br.b/2023"], "2024").jämfört
    Jämförelse(text='Tillgångar = skulder', ena=('br.a/2024',), andra=('-br.b/2023',))
    """

    def nycklar(led: Sequence[str]) -> tuple[str, ...]:
        return tuple(nyckel if "/" in nyckel else f"{nyckel}/{period}" for nyckel in led)

    return Prövat(jämfört=Jämförelse(text, nycklar(ena), nycklar(andra)))


def utfall(kontroll: Kontroll) -> tuple[list[Finding], int, list[str]]:
    """What a check found, how many things it tried, and what was missing. To find something is to have tried it."""
    allt = list(kontroll)
    funna = [ett for ett in allt if isinstance(ett, Finding)]
    prövat = [ett for ett in allt if isinstance(ett, Prövat)]
    saknas = list(dict.fromkeys(ett.saknas for ett in prövat if ett.saknas))
    return funna, max(sum(ett.antal for ett in prövat), len(funna)), saknas


_LÄNGSTA_BÖRJAN = 40
"""How long what findings have in common before a colon may be, for them to be told as one."""


def likadana(funna: Sequence[Finding]) -> dict[str, list[Finding]]:
    """Findings of one check and level by what they begin with, before the colon; one that is alone by all its words.

    What is to be mended (fel) is told in full.

    >>> list(likadana([Finding("varning", f"Uppgift saknas: {vad}.") for vad in ("panter", "dag")]))
    ['Uppgift saknas']
    """
    lika: dict[str, list[Finding]] = {}
    for f in funna:
        början, kolon, _ = f.text.partition(": ")
        ihop = kolon and len(början) <= _LÄNGSTA_BÖRJAN and f.nivå != "fel"
        lika.setdefault(början if ihop else f.text, []).append(f)
    return {början if len(alla) > 1 else alla[0].text: alla for början, alla in lika.items()}


def eget(f: Finding, början: str) -> str:
    """What a finding says beside what it begins with in common with others."""
    return f.text.removeprefix(f"{början}: ")
