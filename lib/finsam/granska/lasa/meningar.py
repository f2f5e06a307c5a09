"""Sentences out of the lines that stand in no table, each figure with the line it is printed on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from finsam.granska.lasa.rad import Rad

_SLUT = re.compile(
    r"(?<=[.!?])(?<!\bt\.ex\.)(?<!\bca\.)(?<!\bkl\.)(?<!\bbl\.a\.)(?<!\bkap\.)(?<!\binkl\.)\s+(?=[A-ZÅÄÖ•\"”0-9-])"
)
_PUNKT = re.compile(r"^\s*(?:[•\-–*●○▪oe]\s|\d+\.\s|[IVX]+\.\s)")
_NUMRERAD = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*\.?|Not \d{1,2})\s+[A-ZÅÄÖ][^.!?:;]*[^.!?:;,-]$")
HÖGST = 1500


@dataclass(frozen=True, slots=True)
class Mening:
    """A sentence: its words, its lines, and the heading that it stands under."""

    text: str
    rader: tuple[tuple[int, Rad], ...]
    """Where in the sentence each line begins."""

    def rad(self, läge: int) -> Rad:
        """The line that a place in the sentence is printed on."""
        return max((ett for ett in self.rader if ett[0] <= läge), key=lambda ett: ett[0], default=self.rader[0])[1]


def meningar(rader: Iterable[Rad]) -> list[Mening]:
    """The sentences of a document."""
    ut: list[Mening] = []
    for stycke in _stycken(rader):
        ut += _i_stycke(stycke)
    return ut


def _stycken(rader: Iterable[Rad]) -> Iterator[list[tuple[str, Rad]]]:
    """Lines that belong together, column by column where a line has several texts beside each other."""
    öppna: dict[int, list[tuple[str, Rad]]] = {}
    förra: Rad | None = None
    for rad in rader:
        if rad.slag in ("fot", "förteckning"):
            continue
        flera = len([c for c in rad.celler if c.text]) > 1 and rad.lägen
        slut = rad.tom_före or rad.slag == "rubrik" or bool(_PUNKT.match(rad.citat)) or _efter_rubrik(förra, rad)
        förra = rad
        if slut or not flera:
            for kolumn in [k for k in öppna if k != 0 or slut]:
                yield öppna.pop(kolumn)
        delar = [(round(c.x0 / 12) + 1, c.text) for c in rad.celler if c.text] if flera else [(0, rad.text)]
        for kolumn, text in delar:
            nära = next((k for k in öppna if abs(k - kolumn) <= 1 and (k == 0) == (kolumn == 0)), kolumn)
            öppna.setdefault(nära, []).append((text, rad))
        if rad.slag == "rubrik":
            for kolumn in list(öppna):
                yield öppna.pop(kolumn)
    yield from öppna.values()


def _efter_rubrik(förra: Rad | None, rad: Rad) -> bool:
    """The line above is numbered as a heading is, and this one begins a sentence."""
    return bool(förra and rad.text[:1].isupper() and len(förra.text) < 60 and _NUMRERAD.match(förra.text))


def _i_stycke(stycke: Sequence[tuple[str, Rad]]) -> Iterator[Mening]:
    text, lägen = "", []
    for del_, rad in stycke:
        lägen.append((len(text), rad))
        text += del_.removesuffix("\u00ad") if del_.endswith("\u00ad") else f"{del_} "
    början = 0
    for slut in (*(m.end() for m in _SLUT.finditer(text)), len(text)):
        mening = text[början:slut].rstrip()
        if mening and len(mening) <= HÖGST:
            egna = tuple((max(0, läge - början), rad) for läge, rad in _inom(lägen, början, slut))
            yield Mening(mening, egna)
        början = slut


def _inom(lägen: Sequence[tuple[int, Rad]], början: int, slut: int) -> Iterator[tuple[int, Rad]]:
    for nr, (läge, rad) in enumerate(lägen):
        nästa = lägen[nr + 1][0] if nr + 1 < len(lägen) else slut
        if läge < slut and nästa > början:
            yield läge, rad
