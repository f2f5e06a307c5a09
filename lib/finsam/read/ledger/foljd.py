"""The verifikationer of a file: kept as the file's own text and columns of numbers, each made when it is asked for."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Container, Iterator, Sequence
from datetime import date
from itertools import accumulate, chain, pairwise, repeat
from typing import overload

from finsam.model.bokforing import Transaktion, Verifikation
from finsam.read.ledger.problem import Problemsamling
from finsam.read.ledger.rader import INGEN_DAG, Rader
from finsam.read.sie.block import RAD, VERIFIKATION, Kontering, parse_kontering, radantal, read_block
from finsam.read.sie.text import BLANKA, decimal_kr, parse_datum, split_post, öre_av
from finsam.read.sie.verifikationer import Huvud, Rad, Verifikationsläsare


class Verifikationsföljd(Sequence[Verifikation]):
    """A file's verifikationer in its own order. `rader` are all their rows.

    `text` is what they are made from; a reader of something else than SIE 1–4 adds them as read, and they are kept.
    """

    def __init__(self, text: str | None = None) -> None:
        self.rader = Rader()
        self._text = text
        self._lästa: list[tuple[Huvud, list[Rad]]] = []
        self._platser = array("q")
        self._slut = array("q")
        self._dagar = array("i")
        self._konteringsnr: dict[str, int] = {}
        self._dagnr = {"": INGEN_DAG}

    def __len__(self) -> int:
        return len(self._platser)

    @overload
    def __getitem__(self, nr: int) -> Verifikation: ...
    @overload
    def __getitem__(self, nr: slice) -> tuple[Verifikation, ...]: ...
    def __getitem__(self, nr: int | slice) -> Verifikation | tuple[Verifikation, ...]:
        if isinstance(nr, slice):
            return tuple(self._läs(plats) for plats in self._platser[nr])
        return self._läs(self._platser[nr])

    def __iter__(self) -> Iterator[Verifikation]:
        return map(self._läs, self._platser)

    def __eq__(self, andra: object) -> bool:
        if not isinstance(andra, Sequence):
            return NotImplemented
        return len(self) == len(andra) and all(ena == den for ena, den in zip(self, andra, strict=True))

    __hash__ = None  # type: ignore[assignment]

    def _läs(self, plats: int) -> Verifikation:
        if self._text is None:
            return _verifikation(*self._lästa[plats])
        return read_block(self._text, plats) or _verifikation(*_read_rad_för_rad(self._text, plats))

    @property
    def tomma(self) -> int:
        """How many have no rows."""
        return sum(före == slut for före, slut in pairwise((0, *self._slut)))

    def utanför(self, start: date, slut: date) -> Iterator[Verifikation]:
        """Those with a date outside a year."""
        nummer = {nr for dag, nr in self.rader.dagar.items() if dag and not start <= dag <= slut}
        if nummer:
            yield from (self[nr] for nr, dag in enumerate(self._dagar) if dag in nummer)

    def med_text(self, mönster: re.Pattern[str]) -> Iterator[Verifikation]:
        """Those in whose part of the file a pattern occurs, somewhere."""
        if self._text is None:
            return iter(self)
        nummer = (bisect_right(self._platser, träff.start()) - 1 for träff in mönster.finditer(self._text))
        return (self[nr] for nr in dict.fromkeys(nummer) if nr >= 0)

    def med_konteringar(self, nummer: Container[int]) -> tuple[int, Iterator[Verifikation]]:
        """How many rows have one of these konteringar, and their verifikationer by date (those without one first)."""
        rader = [rad for rad, nr in enumerate(self.rader.kontering) if nr in nummer]
        dagar = [dag or date.min for dag in self.rader.dagar]
        träffade = dict.fromkeys(bisect_right(self._slut, rad) for rad in rader)
        return len(rader), (self[nr] for nr in sorted(träffade, key=lambda nr: dagar[self._dagar[nr]]))

    def add(self, huvud: Huvud, rader: list[Rad], plats: int) -> None:
        """Add a verifikation that was read by itself; `plats` is where in the text it begins."""
        if self._text is None:
            plats = len(self._lästa)
            self._lästa.append((huvud, rader))
        verdag = self.rader.dagnr(huvud.datum)
        self.rader.add(
            [self.rader.konteringsnr((rad.konto, rad.objekt)) for rad in rader],
            [self.rader.dagnr(rad.datum or huvud.datum) for rad in rader],
            [verdag] * len(rader),
            [rad.öre for rad in rader],
        )
        self._add([plats], [verdag], [len(rader)])

    def _add(self, platser: list[int], verdagar: list[int], antal: list[int]) -> None:
        slut = self._slut[-1] if self._slut else 0
        self._platser.extend(array("q", platser))
        self._dagar.extend(array("i", verdagar))
        self._slut.extend(array("q", list(accumulate(antal, initial=slut))[1:]))

    def add_block(self, plats: int, högst: int) -> int:
        """Add the verifikationer in the usual form that follow each other from a place on, and say where they end.

        At most so many; none when something is odd with any of them.
        """
        if self._text is None:
            return plats
        block: list[re.Match[str]] = []
        slut = plats
        while len(block) < högst and (träff := VERIFIKATION.match(self._text, slut)):
            block.append(träff)
            slut = träff.end()
        antal = list(map(radantal, block))
        träffar = RAD.findall(self._text, plats, slut)
        if len(träffar) != sum(antal):
            return plats
        konteringar, belopp, dagar = zip(*träffar, strict=True) if träffar else ((), (), ())
        öre = [int(tal.replace(".", "")) if tal[-3:-2] == "." else öre_av(tal) for tal in belopp]
        summor = list(accumulate(öre, initial=0))
        if any(map(summor.__getitem__, accumulate(antal))):
            return plats
        konteringsnr = _nummer(konteringar, self._konteringsnr, self._ny_kontering)
        dagnr = _nummer(dagar, self._dagnr, self._ny_dag)
        verdagnr = _nummer([träff[3] for träff in block], self._dagnr, self._ny_dag)
        if konteringsnr is None or dagnr is None or verdagnr is None:
            return plats
        per_rad = list(chain.from_iterable(map(repeat, verdagnr, antal)))
        dagnr = [dag or verdag for dag, verdag in zip(dagnr, per_rad, strict=True)]
        self.rader.add(konteringsnr, dagnr, per_rad, öre)
        self._add([träff.start() for träff in block], verdagnr, antal)
        return slut

    def _ny_kontering(self, text: str) -> int | None:
        kontering = parse_kontering(text)
        return None if kontering is None else self.rader.konteringsnr(kontering)

    def _ny_dag(self, text: str) -> int | None:
        dag = parse_datum(text.strip('"'))
        return None if dag is None else self.rader.dagnr(dag)


def _nummer(texter: Sequence[str], kända: dict[str, int], ny: Callable[[str], int | None]) -> list[int] | None:
    """The number of each text; `None` when a new one cannot be understood."""
    try:
        return list(map(kända.__getitem__, texter))
    except KeyError:
        for text in dict.fromkeys(texter):
            if text not in kända:
                nr = ny(text)
                if nr is None:
                    return None
                kända[text] = nr
    return list(map(kända.__getitem__, texter))


def _read_rad_för_rad(text: str, plats: int) -> tuple[Huvud, list[Rad]]:
    """The verifikation that begins at a place of the text, in any form. What is odd with it is said already."""
    klara: list[tuple[Huvud, list[Rad]]] = []
    läsare = Verifikationsläsare(Problemsamling(""), lambda huvud, rader, _: klara.append((huvud, rader)))
    while not klara and plats < len(text):
        slut = text.find("\n", plats)
        slut = len(text) if slut < 0 else slut
        rad = text[plats:slut].strip(BLANKA)
        if rad == "}":
            läsare.end()
        elif rad == "{":
            läsare.open_klammer(0)
        elif rad.startswith("#"):
            post = split_post(rad)
            if post.etikett == "#VER":
                läsare.begin(post, 0)
            elif post.etikett == "#TRANS":
                läsare.add(post, 0)
        plats = slut + 1
    läsare.end()
    return klara[0]


def _verifikation(huvud: Huvud, rader: list[Rad]) -> Verifikation:
    transaktioner = (Transaktion(r.konto, r.objekt, decimal_kr(r.öre), r.datum or huvud.datum, r.text) for r in rader)
    return Verifikation(*huvud, tuple(transaktioner))


def antal_rader(verifikationer: Sequence[Verifikation]) -> int:
    """How many rows they have together; a file's own need not be made for it."""
    if isinstance(verifikationer, Verifikationsföljd):
        return len(verifikationer.rader)
    return sum(len(ver.rader) for ver in verifikationer)


def med_text(verifikationer: Sequence[Verifikation], mönster: re.Pattern[str]) -> Iterator[Verifikation]:
    """At least those with a text that a pattern occurs in; of a large file's not many others."""
    if isinstance(verifikationer, Verifikationsföljd):
        return verifikationer.med_text(mönster)
    return iter(verifikationer)


def bokförda_dagar(verifikationer: Sequence[Verifikation]) -> set[date]:
    """The days that anything is dated; a large file's are known without making its verifikationer."""
    if isinstance(verifikationer, Verifikationsföljd):
        return {dag for dag in verifikationer.rader.dagar if dag}
    return {ver.datum for ver in verifikationer if ver.datum}


def med_konto(
    verifikationer: Sequence[Verifikation], konto: str, objekt: str = ""
) -> tuple[int, Iterator[tuple[Verifikation, Transaktion]]]:
    """How many rows there are on a konto (and an objekt, "6:CT"), and the rows with their verifikationer, by date."""

    def träffas(kontering: Kontering) -> bool:
        return kontering[0] == konto and (not objekt or objekt in {f"{dim}:{kod}" for dim, kod in kontering[1]})

    if isinstance(verifikationer, Verifikationsföljd):
        nummer = {nr for kontering, nr in verifikationer.rader.konteringar.items() if träffas(kontering)}
        antal, träffade = verifikationer.med_konteringar(nummer)
    else:
        träffade = iter(sorted(verifikationer, key=lambda ver: ver.datum or date.min))
        antal = sum(träffas((rad.konto, rad.objekt)) for ver in verifikationer for rad in ver.rader)
    return antal, ((ver, rad) for ver in träffade for rad in ver.rader if träffas((rad.konto, rad.objekt)))
