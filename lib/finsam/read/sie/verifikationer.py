"""#VER and #TRANS line by line: a verifikation in any form that real files have. The usual form: `block`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from finsam.read.ledger.belopp import belopp_otolkbart, belopp_utan_heltal, parse_datum, parse_iso_datum, parse_öre
from finsam.read.ledger.problem import Problemsamling
from finsam.read.ledger.verifikationer import Huvud, Verifikationsrad, check_balans, ogiltigt_datum
from finsam.read.sie.text import Siepost, objektpar


class Verifikationsläsare:
    """Hands over each verifikation to `ta_emot` when it ends, with the place in the text where it began.

    `plats` is the place of the line being read.
    """

    def __init__(self, problem: Problemsamling, ta_emot: Callable[[Huvud, list[Verifikationsrad], int], None]) -> None:
        self.problem = problem
        self.plats = 0
        self.öppen = False
        self._ta_emot = ta_emot
        self._början = 0
        self._klammer = False
        self._prövas = True
        self._huvud = Huvud()
        self._rad = 0
        self._rader: list[Verifikationsrad] = []

    @property
    def namn(self) -> str:
        """Series and number of the verifikation being read, as the ekonom knows it."""
        return self._huvud.namn(self._rad)

    def begin(self, post: Siepost, rad: int) -> None:
        """Take a #VER record."""
        if self.öppen:
            self.end(avslutad=not self._klammer)
        if post.fält and post.fält[-1] == "{":
            post.fält.pop()
            self._klammer = True
        else:
            self._klammer = False
        serie, nummer, datum, text, *_ = *post.fält, "", "", "", ""
        self.öppen, self._prövas, self._rad, self._början = True, True, rad, self.plats
        self._rader = []
        self._huvud = Huvud(serie, nummer, None, text)
        self._huvud = self._huvud._replace(datum=self._datum(datum))

    def _datum(self, text: str) -> date | None:
        """The date of the verifikation; an ISO date is accepted, a century never guessed."""
        datum = parse_datum(text)
        if datum is None and (datum := parse_iso_datum(text)):
            self.problem.varning(
                f"Verifikation {self.namn} har datum {text}, som ska skrivas {text.replace('-', '')}; det godtas.",
                self._rad,
                "datum med bindestreck",
            )
        elif datum is None:
            self.problem.varning(ogiltigt_datum(self._huvud, self._rad, text), self._rad, "ogiltigt datum")
        return datum

    def open_klammer(self, rad: int) -> None:
        """Take the line `{`."""
        if self.öppen:
            self._klammer = True
        else:
            self.problem.varning("Klammern hör inte till någon verifikation.", rad, "lös klammer")

    def add(self, post: Siepost, rad: int) -> None:
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
        radens_datum = parse_datum(datum)
        if datum and not text and radens_datum is None:
            text = datum
        objekt = objektpar(post.objekt or [])
        if objekt is None:
            self.problem.varning(
                "Objektlistan är inte par av dimension och objekt; den används inte.", rad, "objektlista"
            )
        self._rader.append(Verifikationsrad(konto, objekt or (), öre, radens_datum, text))

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
        if self._prövas:
            check_balans(self._huvud, self._rader, self._rad, self.problem)
        self._ta_emot(self._huvud, self._rader, self._början)

    def end_of_file(self) -> None:
        """Close what is open at the end of the file: a verifikation cut off there means that the file is."""
        if self.öppen and self._klammer:
            self.problem.fel(
                f"Filen är avklippt: verifikation {self.namn} saknar slut. Exportera den på nytt ur ekonomisystemet.",
                self._rad,
            )
        self.end()
