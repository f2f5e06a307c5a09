"""The verifikationer of a SIE 1–4 file: kept as the file's own text, and each made from it when it is asked for."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import accumulate, chain, repeat

from finsam.model.bokforing import Verifikation
from finsam.read.ledger.belopp import parse_datum, öre_av
from finsam.read.ledger.foljd import Verifikationsföljd, verifikation
from finsam.read.ledger.problem import Problemsamling
from finsam.read.ledger.rader import INGEN_DAG
from finsam.read.ledger.verifikationer import Huvud, Verifikationsrad
from finsam.read.sie.block import HUVUD, RAD, VERIFIKATION, parse_kontering, radantal, read_block
from finsam.read.sie.text import BLANKA, split_post
from finsam.read.sie.verifikationer import Verifikationsläsare


class Textföljd(Verifikationsföljd):
    """Verifikationer by the places in the file's text where they begin."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text
        self._platser = array("q")
        self._konteringsnr: dict[str, int] = {}
        self._dagnr = {"": INGEN_DAG}

    def _make(self, nr: int) -> Verifikation:
        plats = self._platser[nr]
        return read_block(self._text, plats) or verifikation(*_read_rad_för_rad(self._text, plats))

    def med_text(self, mönster: re.Pattern[str]) -> Iterator[Verifikation]:
        nummer = (bisect_right(self._platser, träff.start()) - 1 for träff in mönster.finditer(self._text))
        return (self[nr] for nr in dict.fromkeys(nummer) if nr >= 0)

    def huvuden(self) -> Iterator[tuple[str, str, date | None]]:
        dagar = list(self.rader.dagar)
        for nr, plats in enumerate(self._platser):
            if träff := HUVUD.match(self._text, plats):
                yield träff[1].strip('"'), träff[2].strip('"'), dagar[self._dagar[nr]]
            else:
                ver = self[nr]
                yield ver.serie, ver.nummer, ver.datum

    def add(self, huvud: Huvud, rader: list[Verifikationsrad], plats: int) -> None:
        """Add a verifikation that was read line by line; `plats` is where in the text it begins."""
        self._platser.append(plats)
        self._add_rader(huvud, rader)

    def add_block(self, plats: int, högst: int) -> int:
        """Add the verifikationer in the usual form that follow each other from a place on, and say where they end.

        At most so many; none when something is odd with any of them.
        """
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
        self._platser.extend(träff.start() for träff in block)
        self._add_slut(verdagnr, antal)
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


def _read_rad_för_rad(text: str, plats: int) -> tuple[Huvud, list[Verifikationsrad]]:
    """The verifikation that begins at a place of the text, in any form. What is odd with it is said already."""
    klara: list[tuple[Huvud, list[Verifikationsrad]]] = []
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
