"""Tables out of lines: columns with their years, rows with their figures, every empty cell a cell."""

from __future__ import annotations

import re
from collections.abc import Iterable

from finsam.granska.begrepp import begrepp, är_summa
from finsam.granska.lasa.kolumner import ställ_upp
from finsam.granska.lasa.kolumnrubrik import rubrikceller
from finsam.granska.lasa.rad import Cell, Rad
from finsam.granska.lasa.tabell import ENHET, MENING, Tabell, Utkast, Öppen
from finsam.granska.lasa.talrad import FORTSÄTTER, FOTNOT, LÄNGSTA_ETIKETT, utkast

LÄNGSTA_RAD = 1000
_AVBRUTEN = re.compile(r"(?:[-,/(]|\b(?:och|av|i|för|till|samt|inkl|enligt|från|vid|genom|[Rr]egion|som|med))$")
_AVSNITT = re.compile(r"^(?:#+ |\d+(?:\.\d+)*\.?\s+[A-ZÅÄÖ]|Not \d{1,2}(?!\d))")
_BILDTEXT = re.compile(r"(?:Tabell|Diagram|Figur) \d+")
_DAG = re.compile(r"[-–]?[0-3]\d")


def tabeller(rader: Iterable[Rad]) -> tuple[list[Tabell], list[Rad]]:
    """The tables of a document, and the lines that belong to none of them."""
    läsare = _Läsare()
    for rad in rader:
        läsare.ta(rad)
    läsare.avsluta()
    return läsare.tabeller, läsare.övriga


class _Läsare:
    """A machine with two states: in a table, or not."""

    def __init__(self) -> None:
        self.tabeller: list[Tabell] = []
        self.övriga: list[Rad] = []
        self._öppen: Öppen | None = None
        self._förra: list[Rad] = []

    def ta(self, rad: Rad) -> None:
        """Read the next line."""
        if rad.slag == "fot":
            return
        if rad.slag in ("förteckning", "rubrik") or len(rad.text) > LÄNGSTA_RAD:
            self._utanför(rad)
            return
        if self._är_dagar(rad):
            return
        if (rutor := rubrikceller(rad)) is not None:
            self._rubrikrad(rad, rutor)
            return
        u = utkast(rad, self._öppen)
        if u is not None and self._slutar_stycket(u):
            self._utanför(rad)
        elif u is not None:
            self._talrad(rad, u)
        elif self._öppen is not None and self._hör_till(rad):
            self._öppen.väntar.append(rad)
        else:
            self._utanför(rad)

    def _slutar_stycket(self, u: Utkast) -> bool:
        """A single number, after more words than a label has: the paragraph below the table ends in it."""
        väntar = self._öppen.väntar if self._öppen else []
        ensamt = len(u.celler) == 1 and bool(FORTSÄTTER.match(u.etikett or "a"))
        return ensamt and len(väntar) > 1 and sum(len(rad.text) for rad in väntar) > LÄNGSTA_ETIKETT

    def avsluta(self) -> None:
        """The table is over: set it up, when it is one."""
        öppen, self._öppen = self._öppen, None
        if öppen is None:
            return
        öppen.väntar = _utan_fortsättning(öppen, öppen.väntar)
        if len(öppen.rader) >= (1 if öppen.rubrikrader or (öppen.rader[:1] and öppen.rader[0].lägen) else 3):
            self.tabeller.append(ställ_upp(öppen))
        else:
            self.övriga += [c[3] for u in öppen.rader for c in u.celler[:1]]
        self.övriga += öppen.väntar
        self._förra = öppen.väntar[-3:]

    def _utanför(self, rad: Rad) -> None:
        self.avsluta()
        self.övriga.append(rad)
        self._förra = [*self._förra[-2:], rad]

    def _ny(self, rad: Rad) -> Öppen:
        före = [r for r in self._förra if r.slag != "förteckning" and not MENING.search(r.text) and len(r.text) < 100]
        öppen = Öppen(före[-1].text if före else "", rad.rubrik, rad.sida, över=self._förra[-3:])
        if före and (enhet := ENHET.search(före[-1].text)):
            öppen.enhet = enhet[0].lower()
        return öppen

    def _är_dagar(self, rad: Rad) -> bool:
        """The days of dates that are broken over two lines of the head."""
        öppen = self._öppen
        return bool(öppen and öppen.rubrikrader and not öppen.rader) and all(
            _DAG.fullmatch(cell.text) for cell in rad.celler
        )

    def _rubrikrad(self, rad: Rad, rutor: list[Cell]) -> None:
        if self._öppen is not None and self._öppen.rader and self._är_samma_rubrik(rad, rutor):
            return
        if self._öppen is not None and self._öppen.rader:
            self._förra = self._öppen.väntar[-3:] or self._förra
            self.avsluta()
        if self._öppen is None:
            self._öppen = self._ny(rad)
        elif self._öppen.väntar:
            self.övriga += self._öppen.väntar
            self._öppen.väntar.clear()
        self._öppen.rubrikrader.append(rutor)
        self._öppen.hörn = self._öppen.hörn or (rad.celler[0].text if rad.celler[0] not in rutor else "")
        ovanför = self._förra[-1].text if self._förra else ""
        if enhet := ENHET.search(f"{ovanför} {rad.text}" if ovanför.endswith("tusen") else rad.text):
            self._öppen.enhet = enhet[0].lower()

    def _är_samma_rubrik(self, rad: Rad, rutor: list[Cell]) -> bool:
        """The head is printed again at the top of a new page: the table goes on."""
        öppen = self._öppen
        if öppen is None or not öppen.rubrikrader or öppen.sista is None or rad.sida == öppen.sista.sida:
            return False
        sist = öppen.rader[-1].etikett if öppen.rader else ""
        if öppen.väntar and (är_summa(sist) or begrepp(sist) == "resultat"):
            return False  # that table was whole, and another begins
        return [c.text for c in rutor] == [c.text for c in öppen.rubrikrader[-1]]

    def _talrad(self, rad: Rad, u: Utkast) -> None:
        if self._öppen is None:
            börjar = self._tag_etikettens_början(u)
            self._öppen = self._ny(rad)
            self._öppen.väntar = börjar
        öppen = self._öppen
        väntar, öppen.väntar = öppen.väntar, []
        if not u.etikett and öppen.rader and not väntar:
            sist = öppen.rader[-1]
            if öppen.kolumner and len(sist.celler) + len(u.celler) <= öppen.kolumner:
                sist.celler += u.celler  # the row goes on, on a line of its own
                öppen.sista = rad
                return
        u.etikett, kvar = _med_väntande(u, väntar)
        if kvar := _utan_fortsättning(öppen, kvar):
            öppen.grupp = kvar[-1].text
            self.övriga += kvar
        u.grupp = öppen.grupp
        öppen.rader.append(u)
        öppen.sista = rad

    def _tag_etikettens_början(self, u: Utkast) -> list[Rad]:
        """The lines above the first row of a table, when its label begins there."""
        ut: list[Rad] = []
        while self._förra and not self._förra[-1].slag and _börjar_ovanför(u, self._förra[-1], ut):
            ut.insert(0, self._förra.pop())
            if self.övriga[-1:] == ut[:1]:
                self.övriga.pop()
        return ut

    def _hör_till(self, rad: Rad) -> bool:
        """A line without figures may stand in a table: a heading of a group, part of a label."""
        öppen = self._öppen
        if öppen is None or len(öppen.väntar) > 5:
            return False
        if len(rad.text) > 110 or (MENING.search(rad.text) and len(rad.text) > 45):
            return False
        if (_AVSNITT.match(rad.citat) or FOTNOT.match(rad.text)) and öppen.rader:
            return False
        sist = öppen.sista
        bildtext = _BILDTEXT.match(rad.text)
        if bildtext and öppen.rader and not öppen.rubrik.startswith(bildtext[0]):
            return False
        högre = sist and öppen.rader and rad.lägen and rad.sida == sist.sida and rad.höjd > 1.25 * sist.höjd > 0
        return not högre


def _utan_fortsättning(öppen: Öppen, väntar: list[Rad]) -> list[Rad]:
    """The waiting lines, without those that the label of the latest row goes on in, below its figures."""
    while väntar and öppen.rader and FORTSÄTTER.match(väntar[0].text) and not väntar[0].tom_före:
        öppen.rader[-1].etikett += f" {väntar[0].text}"
        väntar = väntar[1:]
    return väntar


def _med_väntande(u: Utkast, väntar: list[Rad]) -> tuple[str, list[Rad]]:
    """The label with what stands above it and belongs to it, and what is left: headings."""
    tagna: list[Rad] = []
    while väntar and _börjar_ovanför(u, väntar[-1], tagna):
        tagna.insert(0, väntar[-1])
        väntar = väntar[:-1]
    return " ".join(t for t in (*(rad.text for rad in tagna), u.etikett) if t), väntar


def _börjar_ovanför(u: Utkast, över: Rad, tagna: list[Rad]) -> bool:
    """A label begins in a line above it: it goes on here, or is broken off there."""
    börjar = tagna[0].text if tagna else u.etikett
    if any(c.x0 < x1 and x0 < c.x1 for c in över.celler[1:] for _, x0, x1, _ in u.celler):
        return False  # several texts, each over a figure
    fortsätter = FORTSÄTTER.match(börjar) or not any(t.isalpha() for t in börjar)
    öppen = över.text.count("(") > över.text.count(")")
    return bool(fortsätter or öppen or _AVBRUTEN.search(över.text))
