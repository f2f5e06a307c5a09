"""What the rules share: the documents as tables of numbers, and what has been certified in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from finsam.granska.begrepp import begrepp, normal, är_summa
from finsam.granska.fynd import Ställe, ställe
from finsam.granska.lasa.dokument import Dokument
from finsam.granska.lasa.kolumnrubrik import Kolumn
from finsam.granska.lasa.rad import Rad
from finsam.granska.lasa.siffror import FAKTOR, Tal
from finsam.granska.lasa.tabell import Tabell, Tabellrad
from finsam.granska.sakerhet import en_av, intygad
from finsam.granska.sanning import Sanning
from finsam.model.belopp import HÅRT_BLANK, MINUS

NOLL = Decimal(0)
HALV = Decimal("0.51")
"""What rounding may take from a printed figure, in its last step."""
DELAD = 0.2
"""The share of rows without a name from which the figures of a table may be broken over two lines."""
BELOPP = ("kr", "tkr", "mnkr")
"""The units of money."""
FÖR_STORT = 20
"""So many times the greatest figure of the tables is an amount that is not of them."""
BARA_SUMMA = ("summa", "totalt", "total", "s a")
_SKADAT = re.compile(r"[^\W\d]\d|\d[^\W\d]")
Plats = tuple[int, int, int, int]
"""Document, table, row, column."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure in a table: where it is, its value in its own unit, and how it is printed."""

    plats: Plats
    värde: Decimal
    tal: Tal
    rad: Rad
    etikett: str
    kolumn: Kolumn
    enhet: str

    @property
    def kr(self) -> Decimal:
        """The value in kronor."""
        kr = self.värde * FAKTOR[self.enhet]
        return kr.to_integral_value() if self.enhet in ("tkr", "mnkr") and kr == kr.to_integral_value() else kr

    @property
    def steg(self) -> Decimal:
        """The step of the printed figure, in kronor."""
        return FAKTOR[self.enhet].scaleb(-self.tal.decimaler)

    @property
    def begrepp(self) -> str:
        """The concept of its row."""
        return begrepp(self.etikett)


@dataclass(slots=True)
class Underlag:
    """The documents, and what the rules have found to hold in them."""

    dokument: Sequence[Dokument]
    celler: dict[Plats, Cell] = field(default_factory=dict)
    intygade: dict[Plats, int] = field(default_factory=dict)
    """How many exact relations each figure takes part in."""
    prövat: dict[str, int] = field(default_factory=dict)
    """How many comparisons each rule has made."""
    enheter: dict[tuple[int, int], str] = field(default_factory=dict)
    sanningar: Sequence[Sanning] = ()
    """What stands beside the documents."""
    jämfört: dict[str, dict[tuple[str, int | None], int]] = field(default_factory=dict)
    """How many times each concept or label and year has been held against each of them."""

    def __post_init__(self) -> None:
        for d, dok in enumerate(self.dokument):
            for t, tabell in enumerate(dok.tabeller):
                self.enheter[d, t] = tabell.enhet or _enhet(dok, tabell)
                negativa = _negativa_i_parentes(tabell)
                for r, rad in enumerate(tabell.rader):
                    for k, tal in enumerate(rad.tal):
                        var = rad.rader[k]
                        if tal is None or tal.värde is None or var is None:
                            continue
                        värde = -abs(tal.värde) if k in negativa and _i_parentes(tal) else tal.värde
                        enhet = tal.enhet or self.enheter[d, t]
                        if not tal.enhet and tabell.kolumner[k].slag == "andel":
                            enhet = "%"
                        self.celler[d, t, r, k] = Cell(
                            (d, t, r, k), värde, tal, var, rad.etikett, tabell.kolumner[k], enhet
                        )

    def tabeller(self) -> Iterator[tuple[int, int, Tabell]]:
        """Every table, with where it is."""
        for d, dok in enumerate(self.dokument):
            for t, tabell in enumerate(dok.tabeller):
                yield d, t, tabell

    def cell(self, d: int, t: int, r: int, k: int) -> Cell | None:
        """The figure at a place; None when there is none."""
        return self.celler.get((d, t, r, k))

    def intyga(self, *platser: Plats) -> None:
        """Certify figures: they take part in a relation that is exact."""
        for plats in platser:
            self.intygade[plats] = self.intygade.get(plats, 0) + 1

    def räkna(self, kod: str, antal: int = 1) -> None:
        """Say that a rule has compared."""
        self.prövat[kod] = self.prövat.get(kod, 0) + antal

    def jämför(self, fil: str, vad: str, år: int | None) -> None:
        """Say that something has been held against a file beside the documents."""
        egna = self.jämfört.setdefault(fil, {})
        egna[vad, år] = egna.get((vad, år), 0) + 1

    def läsning(self, *platser: Plats) -> float:
        """How sure it is that figures are read as they stand, by what their tables have that is exact."""
        svagast = 1.0
        for d, t in {(p[0], p[1]) for p in platser}:
            tabell = self.dokument[d].tabeller[t]
            egna = {p for p in self.intygade if p[:2] == (d, t)}
            osäkra = sum(not rad.säker for rad in tabell.rader) / max(1, len(tabell.rader))
            rader = {p[2] for p in platser if p[:2] == (d, t)}
            if any(not tabell.rader[r].säker for r in rader):
                return en_av(1 + len(tabell.kolumner))
            grad = intygad(len(egna))
            delade = sum(not rad.etikett.strip() for rad in tabell.rader) / max(1, len(tabell.rader))
            if delade > DELAD and len(tabell.rader) > 4:
                grad *= 1 - delade  # rows without a name: figures are broken over two lines
            svagast = min(svagast, grad * (1 - osäkra / 2))
        return svagast

    def läsning_av_text(self, d: int, *rader: Rad) -> float:
        """How sure it is that words are read as they stand; off pictures, as the tables and the words of the lines are.

        Of the tables it is how many certify themselves, of the words how many have no digit within them.
        """
        if not self.dokument[d].är_ocr:
            return 1.0
        intygade = {p[1] for p in self.intygade if p[0] == d}
        ord_ = " ".join(rad.text for rad in rader).split()
        hela = sum(not _SKADAT.search(ett) for ett in ord_)
        return (len(intygade) + 1) / (len(self.dokument[d].tabeller) + 2) * (hela + 1) / (len(ord_) + 1)

    def ställe(self, cell: Cell) -> Ställe:
        """The place of a figure, under the heading of its table."""
        dok = self.dokument[cell.plats[0]]
        plats = ställe(dok.fil, cell.rad, cell.tal.tryckt)
        rubrik = dok.tabeller[cell.plats[1]].rubrik.lstrip("# ")
        return replace(plats, rubrik=rubrik) if rubrik else plats

    def namn(self, cell: Cell) -> str:
        """A figure in words; what is called nothing but a sum is told with its table."""
        text = namn_på(cell)
        rubrik = self.dokument[cell.plats[0]].tabeller[cell.plats[1]].rubrik.lstrip("# ")
        return f"{text} i ”{etikett(rubrik)}”" if rubrik and normal(cell.etikett) in BARA_SUMMA else text


def _enhet(dok: Dokument, tabell: Tabell) -> str:
    """The unit of a table that does not say it: kronor, when its figures are of that size."""
    enheter = {tal.enhet for rad in tabell.rader for tal in rad.tal if tal and tal.enhet not in ("", "%")}
    if len(enheter) == 1:
        return enheter.pop()
    stora = sum(abs(tal.värde) >= 10_000 for rad in tabell.rader for tal in rad.tal if tal and tal.värde)
    kolumner = {kolumn.slag for kolumn in tabell.kolumner}
    return "kr" if stora else dok.enhet if kolumner.isdisjoint(("antal", "andel")) else ""


def _i_parentes(tal: Tal | None) -> bool:
    return tal is not None and tal.värde is not None and tal.parentes and tal.enhet != "%"


def _negativa_i_parentes(tabell: Tabell) -> set[int]:
    """The columns where parentheses say minus: other figures of the column have none, and one is no mark of a note."""
    ut = set()
    for k in range(len(tabell.kolumner)):
        tal = [ett for rad in tabell.rader if (ett := rad.tal[k]) and ett.värde is not None]
        inom = [ett for ett in tal if _i_parentes(ett)]
        if len(inom) < len(tal) and any(ett.storlek >= 10 for ett in inom):
            ut.add(k)
    return ut


def steg(tal: Tal) -> Decimal:
    """The step of a printed figure, in kronor."""
    return FAKTOR[tal.enhet].scaleb(-tal.decimaler)


def är_delsumma(rad: Tabellrad) -> bool:
    """A row's own label says that it sums."""
    return är_summa(rad.etikett)


def siffror(värde: Decimal) -> int:
    """How many digits a value has that tell something: zeros at the end do not.

    >>> siffror(Decimal(4_000_000)), siffror(Decimal("-118764"))
    (1, 6)
    """
    return len(abs(värde).normalize().as_tuple().digits)


def skriv(värde: Decimal) -> str:
    """A number for a reader."""
    text = f"{abs(värde):,f}".replace(",", HÅRT_BLANK).replace(".", ",")
    return f"{MINUS}{text}" if värde < 0 else text


def etikett(text: str) -> str:
    """A label for a sentence."""
    rent = " ".join(text.replace("\u00ad", "").split())
    return rent if len(rent) <= 70 else f"{rent[:67].rstrip()}…"


def namn_på(cell: Cell) -> str:
    """A figure in words: its label and its column."""
    kolumn = f" {cell.kolumn.rubrik.strip()}" if cell.kolumn.rubrik and len(cell.kolumn.rubrik) < 30 else ""
    return f"{etikett(cell.etikett) or 'raden'}{kolumn}"
