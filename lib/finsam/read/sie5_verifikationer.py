"""Journal, JournalEntry and LedgerEntry: the verifikationer of a SIE 5 file."""

from __future__ import annotations

from datetime import date

from finsam.model.bokforing import Objekt
from finsam.read.sie5_text import datum_med_månad, objekt_av, read_belopp
from finsam.read.sie_problem import Problemsamling
from finsam.read.sie_verifikationer import Rad, Verifikationsläsare


class Journalläsare:
    """Takes the elements of journals and gives `verifikationer` what they hold. Struck rows are left out."""

    def __init__(self, problem: Problemsamling) -> None:
        self.problem = problem
        self.verifikationer = Verifikationsläsare(problem)
        self._journal = ""
        self._huvud: tuple[str, str, date | None, str] = ("", "", None, "")
        self._rader: list[Rad] = []
        self._prövas = True
        self._plats = 0
        self._rad: dict[str, str] = {}
        self._radens_plats = 0
        self._objekt: list[Objekt] = []
        self._struken = False

    def begin_journal(self, attribut: dict[str, str], rad: int) -> None:
        """Take a Journal, which is a series."""
        self._journal = attribut.get("id", "")

    def begin(self, attribut: dict[str, str], rad: int) -> None:
        """Take a JournalEntry where it begins."""
        self._rader, self._prövas, self._plats = [], True, rad
        self._huvud = (self._journal, attribut.get("id", ""), None, attribut.get("text", ""))
        datum, _ = self._datum(attribut.get("journalDate", "").strip(), rad)
        self._huvud = (*self._huvud[:2], datum, self._huvud[3])

    def begin_rad(self, attribut: dict[str, str], rad: int) -> None:
        """Take a LedgerEntry where it begins."""
        self._rad, self._radens_plats, self._objekt, self._struken = attribut, rad, [], False

    def add_objekt(self, attribut: dict[str, str], rad: int) -> None:
        """Take an ObjectReference of a row."""
        if objekt := objekt_av(attribut):
            self._objekt.append(objekt)
        else:
            self.problem.varning("ObjectReference saknar objekt; den används inte.", rad, "objektreferens")

    def strike(self, attribut: dict[str, str], rad: int) -> None:
        """Take an Overstrike: the row is no longer part of the verifikation."""
        self._struken = True

    def end_rad(self) -> None:
        """Take the row, now that all of it is read."""
        if self._struken:
            return
        rad = self._radens_plats
        konto, belopp, datumtext = (self._rad.get(namn, "").strip() for namn in ("accountId", "amount", "ledgerDate"))
        if not konto or not belopp:
            text = "Transaktionsraden är ofullständig; verifikationen kan inte prövas."
            self.problem.varning(text, rad, "ofullständig transaktion")
        öre = read_belopp(belopp, rad, self.problem) if konto and belopp else None
        if öre is None:
            self._prövas = False
            return
        datum, period = self._datum(datumtext, rad) if datumtext else (None, "")
        self._rader.append((konto, tuple(self._objekt), öre, datum, period, self._rad.get("text", "")))

    def end(self) -> None:
        """Take the verifikation, now that all of it is read."""
        self.verifikationer.add_verifikation(self._huvud, self._rader, self._plats, self._prövas)

    def _datum(self, text: str, rad: int) -> tuple[date | None, str]:
        """A date with its month; what is said when there is none."""
        datum, period = datum_med_månad(text)
        if datum is None:
            namn = " ".join(filter(None, self._huvud[:2])) or f"på rad {self._plats}"
            fel = f"har ogiltigt datum ({text[:40]})" if text else "saknar datum"
            self.problem.varning(f"Verifikation {namn} {fel}.", rad, "ogiltigt datum")
        return datum, period
