"""#VER and #TRANS: the verifikationer of a SIE file, and their sums. Rows are many, so this is where time is spent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from finsam.model.bokforing import Objekt, Transaktion, Verifikation
from finsam.read.sie_problem import Problemsamling
from finsam.read.sie_text import (
    TRANS,
    Post,
    belopp_otolkbart,
    belopp_utan_heltal,
    datum_och_månad,
    decimal_kr,
    kr_text,
    månad,
    objektpar,
    parse_iso_datum,
    parse_öre,
    split_objekt,
    öre_av,
)

Rad = tuple[str, tuple[Objekt, ...] | None, int, date | None, str, str]
"""A row as read: konto, objekt, öre, date, calendar month, text."""


@dataclass(slots=True)
class Radsummor:
    """What rows add up to, in öre: per konto and calendar month, and per konto and objekt list."""

    perioder: dict[tuple[str, str], int] = field(default_factory=dict)
    objekt: dict[tuple[str, tuple[Objekt, ...]], int] = field(default_factory=dict)

    def add(self, andra: Radsummor) -> None:
        """Take in other sums."""
        for period, öre in andra.perioder.items():
            self.perioder[period] = self.perioder.get(period, 0) + öre
        for objekt, öre in andra.objekt.items():
            self.objekt[objekt] = self.objekt.get(objekt, 0) + öre

    def per_konto(self) -> dict[str, int]:
        """The sum of each konto."""
        summor: dict[str, int] = {}
        for (konto, _), öre in self.perioder.items():
            summor[konto] = summor.get(konto, 0) + öre
        return summor


class Verifikationsläsare:
    """Collects verifikationer. `summor` adds their rows by the verifikation's date."""

    def __init__(self, problem: Problemsamling) -> None:
        self.problem = problem
        self.verifikationer: list[Verifikation] = []
        self.summor: dict[date | None, Radsummor] = {}
        self.öppen = False
        self._klammer = False
        self._prövas = True
        self._huvud: tuple[str, str, date | None, str] = ("", "", None, "")
        self._rad = 0
        self._rader: list[Transaktion] = []
        self._summa = 0
        self._månad = ""

    @property
    def namn(self) -> str:
        """Series and number of the verifikation being read, as the ekonom knows it."""
        return " ".join(filter(None, self._huvud[:2])) or f"på rad {self._rad}"

    def begin(self, post: Post, rad: int) -> None:
        """Take a #VER record."""
        if self.öppen:
            self.end(avslutad=not self._klammer)
        if post.fält and post.fält[-1] == "{":
            post.fält.pop()
            self._klammer = True
        else:
            self._klammer = False
        serie, nummer, datum, text, *_ = *post.fält, "", "", "", ""
        self.öppen, self._prövas, self._rad = True, True, rad
        self._rader, self._summa = [], 0
        self._huvud = (serie, nummer, None, text)
        tolkat, self._månad = self._datum(datum)
        self._huvud = (serie, nummer, tolkat, text)

    def _datum(self, text: str) -> tuple[date | None, str]:
        """The date and month of the verifikation; an ISO date is accepted, a century never guessed."""
        datum, period = datum_och_månad(text)
        if datum is None and (datum := parse_iso_datum(text)):
            period = månad(datum)
            self.problem.varning(
                f"Verifikation {self.namn} har datum {text}, som ska skrivas {text.replace('-', '')}; det godtas.",
                self._rad,
                "datum med bindestreck",
            )
        elif datum is None:
            fel = f"har ogiltigt datum ({text[:40]})" if text else "saknar datum"
            self.problem.varning(f"Verifikation {self.namn} {fel}.", self._rad, "ogiltigt datum")
        return datum, period

    def open_klammer(self, rad: int) -> None:
        """Take the line `{`."""
        if self.öppen:
            self._klammer = True
        else:
            self.problem.varning("Klammern hör inte till någon verifikation.", rad, "lös klammer")

    def add_block(self, block: re.Match[str]) -> bool:
        """Take a whole verifikation in the usual form; when something is odd with it, take nothing and return false."""
        if self.öppen:
            return False
        serie, serie_ord, nummer, nummer_ord, datumtext, text, text_ord, rader = block.groups(default="")
        datum, period = datum_och_månad(datumtext)
        träffar = TRANS.findall(rader)
        ören = [öre_av(träff[2]) for träff in träffar]
        objekt = [split_objekt(träff[1]) if träff[1] else () for träff in träffar]
        summa = sum(ören)
        if datum is None or len(träffar) != rader.count("\n") or summa or None in objekt:
            return False
        self._huvud = (serie or serie_ord, nummer or nummer_ord, datum, text or text_ord)
        self._månad, self._rader = period, []
        self._add(
            (träff[0], par, öre, *datum_och_månad(träff[3]), träff[4] or träff[5])
            for träff, par, öre in zip(träffar, objekt, ören, strict=True)
        )
        self.verifikationer.append(Verifikation(*self._huvud, tuple(self._rader)))
        return True

    def add_verifikation(
        self, huvud: tuple[str, str, date | None, str], rader: Iterable[Rad], rad: int, prövas: bool
    ) -> None:
        """Take a whole verifikation whose rows are already read; `prövas` tells that none of them is missing."""
        self._huvud, self._rad, self._prövas = huvud, rad, prövas
        self._månad = månad(huvud[2]) if huvud[2] else ""
        self._rader, self._summa = [], 0
        self._add(rader)
        self.öppen = self._klammer = True
        self.end()

    def add(self, post: Post, rad: int) -> None:
        """Take a #TRANS row in any form."""
        if not self.öppen:
            self.problem.varning(
                "Transaktionsraden står utanför en verifikation och räknas inte.", rad, "lös transaktion"
            )
            return
        konto, belopp, datum, text = (post.fält_eller_tomt(nr) for nr in range(4))
        if not konto or not belopp or post.objekt is None:
            self._prövas = False
            self.problem.varning(
                "Transaktionsraden är ofullständig; verifikationen kan inte prövas.",
                rad,
                "ofullständig transaktion",
            )
            if not konto or not belopp:
                return
        öre = parse_öre(belopp)
        if öre is None:
            self._prövas = False
            self.problem.fel(belopp_otolkbart(belopp, rad), rad, "belopp")
            return
        if belopp.lstrip("-").startswith("."):
            self.problem.varning(belopp_utan_heltal(belopp, öre), rad, "belopp utan heltal")
        radens_datum, period = datum_och_månad(datum)
        if datum and not text and radens_datum is None:
            text = datum
        objekt = objektpar(post.objekt or [])
        if objekt is None:
            self.problem.varning(
                "Objektlistan är inte par av dimension och objekt; den används inte.", rad, "objektlista"
            )
        self._add([(konto, objekt, öre, radens_datum, period, text)])

    def _add(self, rader: Iterable[Rad]) -> None:
        """Add rows to the verifikation and its sums; one without a date has the verifikation's own."""
        ver_datum = self._huvud[2]
        if ver_datum not in self.summor:
            self.summor[ver_datum] = Radsummor()
        perioder, per_objekt = self.summor[ver_datum].perioder, self.summor[ver_datum].objekt
        for konto, objekt, öre, datum, period, text in rader:
            if datum is None:
                datum, period = ver_datum, self._månad
            self._rader.append(Transaktion(konto, objekt or (), decimal_kr(öre), datum, text))
            self._summa += öre
            nyckel = konto, period
            perioder[nyckel] = perioder.get(nyckel, 0) + öre
            if objekt:
                par = konto, objekt
                per_objekt[par] = per_objekt.get(par, 0) + öre

    def end(self, avslutad: bool = True) -> None:
        """Close the verifikation, at `}` or where the next one begins."""
        if not self.öppen:
            return
        self.öppen = False
        if self._rader and not self._klammer:
            self.problem.upplysning(
                f"Verifikation {self.namn} saknar inledande klammer; raderna tolkas ändå.", self._rad, "saknad klammer"
            )
        elif not avslutad:
            self.problem.varning(
                f"Verifikation {self.namn} saknar avslutande klammer; raderna tolkas ändå.", self._rad, "öppen klammer"
            )
        datum = self._huvud[2]
        if self._summa and self._prövas:
            när = f" ({datum})" if datum else ""
            self.problem.varning(
                f"Verifikation {self.namn}{när} balanserar inte: differens {kr_text(abs(self._summa))}.",
                self._rad,
                "obalanserad verifikation",
            )
        self.verifikationer.append(Verifikation(*self._huvud, tuple(self._rader)))

    def end_of_file(self) -> None:
        """Close what is open at the end of the file: a verifikation cut off there means that the file is."""
        if self.öppen and self._klammer:
            self.problem.fel(
                f"Filen är avklippt: verifikation {self.namn} saknar slut. Exportera den på nytt ur ekonomisystemet.",
                self._rad,
            )
        self.end()
