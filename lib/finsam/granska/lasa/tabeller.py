"""Tables out of lines: columns with their years, rows with their figures, every empty cell a cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from finsam.granska.lasa.kolumner import ställ_upp
from finsam.granska.lasa.kolumnrubrik import rubrikceller
from finsam.granska.lasa.rad import Cell, Rad
from finsam.granska.lasa.siffror import BLANK, Tal, svans, tal_i_cell
from finsam.granska.lasa.tabell import ENHET, MENING, NOTNUMMER, ÅRTAL, Tabell, Utkast, Öppen

LÄNGSTA_ETIKETT = 95
LÄNGSTA_I_TÄT = 62
KORT_RAD = 60
_FORTSÄTTER = re.compile(r"^[a-zåäö(]|^&")
_AVBRUTEN = re.compile(r"(?:[-,/(]|\b(?:och|av|i|för|till|samt|inkl|enligt|från|vid|genom|[Rr]egion|som|med))$")
_AVSNITT = re.compile(r"^(?:#+ |\d+(?:\.\d+)*\.?\s+[A-ZÅÄÖ]|Not \d+)")
_FOTNOT = re.compile(r"^(?:[a-h]\)|\*|\d\))\s")
_ORGNR = re.compile(r"(?<!\d)\d{6}\s?-\s?\d{4}(?!\d)")
_DAG = re.compile(r"[-–]?[0-3]\d")


def tabeller(rader: Iterable[Rad]) -> tuple[list[Tabell], list[Rad]]:
    """The tables of a document, and the lines that belong to none of them."""
    läsare = _Läsare()
    for rad in rader:
        läsare.ta(rad)
    läsare.avsluta()
    for nr, tabell in enumerate(läsare.tabeller):
        tabell.nr = nr
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
        if rad.slag in ("förteckning", "rubrik"):
            self._utanför(rad)
            return
        if self._är_dagar(rad):
            return
        if (rutor := rubrikceller(rad)) is not None:
            self._rubrikrad(rad, rutor)
            return
        utkast = self._utkast(rad)
        if utkast is not None and self._slutar_stycket(utkast):
            self._utanför(rad)
        elif utkast is not None:
            self._talrad(rad, utkast)
        elif self._öppen is not None and self._hör_till(rad):
            self._öppen.väntar.append(rad)
        else:
            self._utanför(rad)

    def _slutar_stycket(self, utkast: Utkast) -> bool:
        """A single number, after more words than a label has: the paragraph below the table ends in it."""
        väntar = self._öppen.väntar if self._öppen else []
        ensamt = len(utkast.celler) == 1 and bool(_FORTSÄTTER.match(utkast.etikett or "a"))
        return ensamt and len(väntar) > 1 and sum(len(rad.text) for rad in väntar) > LÄNGSTA_ETIKETT

    def avsluta(self) -> None:
        """The table is over: set it up, when it is one."""
        öppen, self._öppen = self._öppen, None
        if öppen is None:
            return
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
        öppen = Öppen(före[-1].text if före else "", rad.rubrik, rad.sida, över=self._förra[-2:])
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
        return [c.text for c in rutor] == [c.text for c in öppen.rubrikrader[-1]]

    def _utkast(self, rad: Rad) -> Utkast | None:
        """The figures that a line ends in; None when it is no row of a table."""
        antal = self._öppen.kolumner if self._öppen else None
        med_noter = self._öppen.har_noter if self._öppen else False
        tal: list[tuple[Tal, float, float, Rad]] = []
        etikett: list[str] = []
        for nr in range(len(rad.celler) - 1, -1, -1):
            cell = rad.celler[nr]
            if not cell.text:
                continue
            funna = tal_i_cell(cell.text, antal if len(rad.celler) == 1 else None)
            if funna and len(funna) == 1 and funna[0].orimligt:
                funna = tal_i_cell(cell.text, 2)  # two columns, with no more than a blank between them
            if funna is None or (nr == 0 and len(rad.celler) > 1 and rad.lägen and cell.x0 == 0):
                väntat = _antal(cell.text, antal, med_noter)
                saknas = not rad.lägen or len(tal) < (antal or self._bredd())
                if (
                    rad.lägen
                    and len(rad.celler) == 1
                    and (len(cell.text) > KORT_RAD or _ORD_I_MENING.search(cell.text))
                ):
                    return None  # a line of a paragraph that happens to end in a number
                delad = svans(cell.text, väntat, tvinga=väntat != antal) if saknas else None
                if delad and (
                    not rad.lägen
                    or len(delad[1]) > 1
                    or _är_belopp(delad[1][0])
                    or (
                        1 < len(tal) + 1 == (antal or self._bredd())
                        and self._under_rubrik(_lägen(delad[1], cell, rad)[0])
                    )
                ):
                    etikett.append(delad[0])
                    tal = [*_lägen(delad[1], cell, rad), *tal]
                else:
                    etikett.append(cell.text)
                etikett += [c.text for c in reversed(rad.celler[:nr])]
                break
            tal = [*_lägen(funna, cell, rad), *tal]
        text = " ".join(e for e in reversed(etikett) if e).strip(BLANK)
        if not tal or (all(t.tomt for t, *_ in tal) and not (self._öppen and self._öppen.rubrikrader and rad.lägen)):
            return None
        utkast = Utkast(text, tal, lägen=rad.lägen)
        return utkast if self._är_rad(rad, utkast) else None

    def _under_rubrik(self, tal: tuple[Tal, float, float, Rad]) -> bool:
        """A number at the end of a label stands below a part of the head, though there is little between them."""
        rutor = [c for rad in self._öppen.rubrikrader for c in rad] if self._öppen else []
        if self._öppen and not rutor:
            rutor = [c for rad in self._öppen.över[-1:] for c in rad.celler]
        return not ÅRTAL.fullmatch(tal[0].tryckt) and any(r.x0 < tal[2] and tal[1] < r.x1 for r in rutor)

    def _bredd(self) -> int:
        """How many figures most rows of the table have so far."""
        antal = Counter(len(u.celler) for u in self._öppen.rader) if self._öppen else Counter()
        return antal.most_common(1)[0][0] if antal else 0

    def _är_rad(self, rad: Rad, utkast: Utkast) -> bool:
        """It is a row of a table and not a sentence that happens to end in a number."""
        riktiga = [t for t, *_ in utkast.celler if not t.tomt]
        i_tabell = self._öppen is not None and (self._öppen.rubrikrader or self._öppen.rader)
        if len(utkast.etikett) > (LÄNGSTA_ETIKETT if rad.lägen else LÄNGSTA_I_TÄT):
            return False
        if not utkast.etikett and not i_tabell:
            return False
        if (riktiga and all(ÅRTAL.fullmatch(t.tryckt) for t in riktiga)) or _FOTNOT.match(rad.text):
            return False
        if _ORGNR.search(rad.text):
            return False
        if len(rad.celler) < 3 and _mitt_i_mening(rad, utkast.etikett):
            return False
        if MENING.search(rad.text) and not rad.lägen:
            return False
        if re.search(r"\d\s?%", utkast.etikett) and not (rad.lägen and (i_tabell or len(rad.celler) == 2)):
            return False
        if i_tabell:
            return (
                len(riktiga) > 1
                or rad.lägen
                or not _FORTSÄTTER.match(utkast.etikett or "A")
                or bool(self._öppen and self._öppen.väntar)
            )
        stora = [t for t in riktiga if t.storlek >= 100 or t.enhet]
        return (
            (bool(stora) or (rad.lägen and (len(riktiga) > 2 or _är_uppgift(rad))))
            and bool(re.match(r"[A-ZÅÄÖ0-9#+-]", utkast.etikett))
            and not utkast.etikett.endswith(":")
        )

    def _talrad(self, rad: Rad, utkast: Utkast) -> None:
        if self._öppen is None:
            self._öppen = self._ny(rad)
        öppen = self._öppen
        väntar, öppen.väntar = öppen.väntar, []
        if not utkast.etikett and öppen.rader and not väntar:
            sist = öppen.rader[-1]
            if öppen.kolumner and len(sist.celler) + len(utkast.celler) <= öppen.kolumner:
                sist.celler += utkast.celler  # the row goes on, on a line of its own
                öppen.sista = rad
                return
        utkast.etikett, kvar = _med_väntande(utkast.etikett, väntar)
        if kvar:
            öppen.grupp = kvar[-1].text
            self.övriga += kvar
        utkast.grupp = öppen.grupp
        öppen.rader.append(utkast)
        öppen.sista = rad

    def _hör_till(self, rad: Rad) -> bool:
        """A line without figures may stand in a table: a heading of a group, part of a label."""
        öppen = self._öppen
        if öppen is None or len(öppen.väntar) > 5:
            return False
        if len(rad.text) > 110 or (MENING.search(rad.text) and len(rad.text) > 45):
            return False
        if (_AVSNITT.match(rad.citat) or _FOTNOT.match(rad.text)) and öppen.rader:
            return False
        sist = öppen.sista
        if sist and öppen.rader and rad.lägen and rad.sida == sist.sida and rad.höjd > 1.25 * sist.höjd > 0:
            return False
        if öppen.rader and not öppen.väntar and _FORTSÄTTER.match(rad.text) and not rad.tom_före:
            öppen.rader[-1].etikett += f" {rad.text}"  # the label goes on below its figures
            return True
        return True


_ORD_I_MENING = re.compile(r"\b(?:är|var|har|hade|blev|det|som|kan|ska|finns|uppgår|uppgick|gick|kostade|mot)\b")


def _mitt_i_mening(rad: Rad, etikett: str) -> bool:
    """The words before the figures are those of a sentence."""
    glest = len(rad.celler) == 2 and rad.celler[1].x0 - rad.celler[0].x1 > 4 * rad.höjd
    return bool(rad.lägen and not glest and len(etikett) > 40 and _ORD_I_MENING.search(etikett))


def _är_uppgift(rad: Rad) -> bool:
    """A label, and far from it a single number in a cell of its own, however small it is."""
    celler = [c for c in rad.celler if c.text]
    return len(celler) == 2 and celler[1].x0 - celler[0].x1 > 4 * max(rad.höjd, 1) and not celler[1].text.isalpha()


def _är_belopp(tal: Tal) -> bool:
    """A number at the end of a label is a figure of its own and not a year, a share or a count in it."""
    return tal.enhet == "kr" or (tal.storlek >= 100 and tal.enhet != "%" and not ÅRTAL.fullmatch(tal.tryckt))


def _antal(text: str, antal: int | None, med_noter: bool) -> int | None:
    """How many numbers a line that ends in numbers should have, the number of a note among them."""
    if antal is None or not med_noter:
        return antal
    utan, med = svans(text, antal), svans(text, antal + 1, tvinga=True)
    if utan is None or med is None or len(med[1]) != antal + 1:
        return antal
    först = med[1][0]
    if först.värde is None or not 0 < först.värde < NOTNUMMER or först.enhet:
        return antal
    return antal + 1 if _spridning(med[1][1:]) < _spridning(utan[1]) else antal


def _spridning(tal: Sequence[Tal]) -> int:
    längder = [len(str(abs(int(t.värde)))) for t in tal if t.värde]
    return max(längder) - min(längder) if längder else 0


def _lägen(tal: Sequence[Tal], cell: Cell, rad: Rad) -> list[tuple[Tal, float, float, Rad]]:
    """The numbers of a cell, each with its part of the cell's width."""
    if len(tal) == 1 and cell.text.strip() == tal[0].tryckt:
        return [(tal[0], cell.x0, cell.x1, rad)]
    bredd = (cell.x1 - cell.x0) / max(1, len(cell.text))
    return [(t, cell.x0 + bredd * t.början, cell.x0 + bredd * (t.början + len(t.tryckt)), rad) for t in tal]


def _med_väntande(etikett: str, väntar: list[Rad]) -> tuple[str, list[Rad]]:
    """The label with what stands above it and belongs to it, and what is left: headings."""
    while väntar:
        över = väntar[-1].text
        if etikett and not (_FORTSÄTTER.match(etikett) or _AVBRUTEN.search(över)):
            break
        etikett = f"{över} {etikett}".strip()
        väntar = väntar[:-1]
    return etikett, väntar
