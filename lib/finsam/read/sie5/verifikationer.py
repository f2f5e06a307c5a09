"""Journal, JournalEntry and LedgerEntry: the verifikationer of a SIE 5 file."""

from __future__ import annotations

from datetime import date

from finsam.model.bokforing import Objekt
from finsam.read.ledger.foljd import Lästföljd
from finsam.read.ledger.problem import Problemsamling
from finsam.read.ledger.verifikationer import Huvud, Verifikationsrad, check_balans, ogiltigt_datum
from finsam.read.sie5.text import objekt_av, parse_xml_datum, read_belopp


class Journalläsare:
    """Takes the elements of journals and gives `verifikationer` what they hold. Struck rows are left out."""

    def __init__(self, problem: Problemsamling) -> None:
        self.problem = problem
        self.verifikationer = Lästföljd()
        self._journal = ""
        self._huvud = Huvud()
        self._rader: list[Verifikationsrad] = []
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
        self._huvud = Huvud(self._journal, attribut.get("id", ""), None, attribut.get("text", ""))
        self._huvud = self._huvud._replace(datum=self._datum(attribut.get("journalDate", "").strip(), rad))

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
        datum = self._datum(datumtext, rad) if datumtext else None
        self._rader.append(Verifikationsrad(konto, tuple(self._objekt), öre, datum, self._rad.get("text", "")))

    def end(self) -> None:
        """Take the verifikation, now that all of it is read."""
        if self._prövas:
            check_balans(self._huvud, self._rader, self._plats, self.problem)
        self.verifikationer.add(self._huvud, self._rader)

    def _datum(self, text: str, rad: int) -> date | None:
        """A date; what is said when there is none."""
        datum = parse_xml_datum(text)
        if datum is None:
            self.problem.varning(ogiltigt_datum(self._huvud, self._plats, text), rad, "ogiltigt datum")
        return datum
