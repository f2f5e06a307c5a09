"""The workbook while it is written: its sheets and formats, and where each fact and each balance stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from finsam.model.fakta import Fakta, Konton, Kvot, Produkt, Saldorad, Saldoslag, Summa
from finsam.model.tabell import Tabell
from finsam.report.bok import Bok
from finsam.report.kalkyl.kalkylblad import Kalkylblad
from finsam.report.kalkyl.kalkylbok import TätBok
from finsam.report.kalkyl.matt import MINSTA_SKALA, höjd, rader, utskrift
from finsam.report.kalkyl.namn import namnge

HUVUD, FÖRSTA = 3, 4
"""The row of headings and the first row of data in every sheet (0-based), under title, words on it and a link."""
INNEHÅLL = "Innehåll"
_HÖGST_FORMEL = 8000
_GRÅ, _FELYTA = "#7B868D", "#FBE9E7"


@dataclass(frozen=True, slots=True)
class Bladrad:
    """A sheet in the list of contents."""

    namn: str
    titel: str


class Arbetsbok:
    """The workbook while it is written: where each fact and each balance stands."""

    def __init__(self, bok: Bok) -> None:
        self.bok, self.färger = bok, bok.år.förbund.färger
        namn = bok.år.förbund.namn
        self.wb = TätBok(f"{namn}, {bok.titel}", bok.beslutsdag, author=namn, subject=bok.titel)
        self.wb.set_size(24_000, 14_000)
        self.faktarad = {nyckel: nr for nr, nyckel in enumerate(bok.fakta, FÖRSTA)}
        self.namn = namnge(nyckel for nyckel, f in bok.fakta.items() if f.värde is not None)
        saldon = self._saldon()
        radnycklar = {rad for _, belopp in saldon for rad in belopp}
        self.saldorad = {rad: nr for nr, rad in enumerate(sorted(radnycklar), FÖRSTA)}
        self.kolumn = {nyckel: nr for nr, (nyckel, _) in enumerate(saldon, 3)}
        self.visad: dict[str, str] = {}
        """Where a fact is first shown, as a link."""
        self.bladen: list[Bladrad] = []
        self._format: dict[frozenset[tuple[str, Any]], Format] = {}
        for nyckel, eget in self.namn.items():
            self.wb.define_name(eget, f"=Fakta!$E${self.faktarad[nyckel] + 1}")

    def _saldon(self) -> list[tuple[tuple[str, Saldoslag], Mapping[Saldorad, Decimal]]]:
        slagen: tuple[Saldoslag, ...] = ("ib", "ub", "res")
        egna, fakta = (self.bok.år.period, self.bok.år.föregående), self.bok.fakta
        lästa = {f.period for f in fakta.values() if isinstance(f.källa, Konton) and f.värde is not None}
        åren, saldon = (*egna, *sorted(lästa.difference(egna), reverse=True)), fakta.saldon
        budget: list[tuple[str, Saldoslag]] = [(p, "budget") for p in åren if (p, "budget") in saldon]
        return [(nyckel, saldon[nyckel]) for nyckel in [*((p, s) for p in åren for s in slagen), *budget]]

    @cached_property
    def tabeller(self) -> Mapping[str, Tabell]:
        """The tables as they are in the model, by id."""
        return {id_: block.tabell for id_, block in self.bok.tabeller.items()}

    # ---------------------------------------------------------------- looks

    def format(self, **egenskaper: Any) -> Format:
        """A cell format, made once; what is set in from the left stands to the left."""
        nyckel = frozenset(egenskaper.items())
        if nyckel not in self._format:
            vänster = {"align": "left"} if "indent" in egenskaper else {}
            self._format[nyckel] = self.wb.add_format({"valign": "top", **vänster, **egenskaper})
        return self._format[nyckel]

    def huvud(self, **egenskaper: Any) -> Format:
        """Of a heading over a column."""
        return self.format(bold=True, font_color="#FFFFFF", bg_color=self.färger.profil, text_wrap=True, **egenskaper)

    def länk(self, **egenskaper: Any) -> Format:
        """Of words that lead somewhere."""
        return self.format(font_color=self.färger.profil, underline=1, **egenskaper)

    def blad(
        self,
        namn: str,
        titel: str,
        bredder: Sequence[float],
        *,
        enhet: str = "",
        tal: int = 0,
        grått: bool = False,
        skrivs_ut: int | None = None,
    ) -> Worksheet:
        """A sheet with its title, widths, page set-up and way back; `tal` is how many columns have figures, and the
        first `skrivs_ut` go on paper.
        """
        blad = self.wb.add_worksheet(namn, Kalkylblad)
        self.bladen.append(Bladrad(namn, titel))
        blad.hide_gridlines(2)
        blad.set_tab_color(_GRÅ if grått else self.färger.profil)
        for nr, bredd in enumerate(bredder):
            blad.set_column(nr, nr, bredd, self.format())
        blad.write_string(0, 0, titel, self.format(bold=True, font_size=15, font_color=self.färger.profil))
        blad.set_row(0, 21)
        om = ", ".join(del_ for del_ in (self.bok.år.förbund.kortnamn, self.bok.titel, enhet) if del_)
        blad.write_string(1, 0, om, self.format(font_color=self.färger.dämpad))
        if namn != INNEHÅLL:
            blad.write_url(2, 0, f"internal:'{INNEHÅLL}'!A1", self.länk(), "Till innehållet")
        self._utskrift(blad, namn, bredder[:skrivs_ut], tal)
        return blad

    def _utskrift(self, blad: Worksheet, namn: str, bredder: Sequence[float], tal: int) -> None:
        liggande, ryms = utskrift(bredder, tal)
        blad.set_paper(9)
        blad.set_landscape() if liggande else blad.set_portrait()
        blad.fit_to_pages(1, 0) if ryms else blad.set_print_scale(MINSTA_SKALA)
        blad.set_margins(left=0.59, right=0.59, top=0.7, bottom=0.8)
        blad.print_across()
        förbund = self.bok.år.förbund.kortnamn.replace("&", "&&")[:100]
        blad.set_footer(f"&L{förbund}&C{namn.replace('&', '&&')}&RSida &P av &N")

    def rubriker(self, blad: Worksheet, rubriker: Iterable[str], *, tal: Iterable[int] = (), rad: int = HUVUD) -> None:
        """Headings over the columns of a sheet, which stay and are repeated on each page."""
        höger = set(tal)
        for nr, rubrik in enumerate(rubriker):
            blad.write_string(rad, nr, rubrik, self.huvud(align="right" if nr in höger else "left"))
        if rad == HUVUD:
            blad.freeze_panes(FÖRSTA, 1)
            blad.repeat_rows(HUVUD)

    @staticmethod
    def radhöjd(blad: Worksheet, rad: int, celler: Iterable[tuple[str, float]], *, fet: bool = False) -> None:
        """The height of a row for the words in it and the widths they have."""
        blad.set_row(rad, höjd(max([rader(text, bredd, fet=fet) for text, bredd in celler], default=1)))

    def utfall(self, blad: Worksheet, rader_: tuple[int, int], kolumn: int) -> None:
        """FEL in a column is seen from afar."""
        fel = self.wb.add_format({"bold": True, "font_color": self.färger.hindrar, "bg_color": _FELYTA})
        villkor = {"type": "cell", "criteria": "==", "value": '"FEL"', "format": fel}
        blad.conditional_format(rader_[0], kolumn, rader_[1], kolumn, villkor)

    # ---------------------------------------------------------------- formulas

    def formel(self, fakta: Fakta) -> str | None:
        """A fact's formula in the sheets Fakta and Saldon; None for what was read from a file, or that
        has no figure or is made of figures that are withheld."""
        if fakta.värde is None or any(self.bok.fakta[nyckel].dold for nyckel in fakta.av):
            return None
        match fakta.källa:
            case Konton(slag, rader_, tecken):
                celler = [self.saldocell(fakta.period, slag, rad) for rad in rader_ if rad in self.saldorad]
                return f"={'-' if tecken < 0 else ''}({'+'.join(celler)})" if celler else None
            case Summa(termer):
                return self._summa(termer)
            case Kvot(täljare, nämnare):
                return f"={self.ref(täljare)}/{self.ref(nämnare)}"
            case Produkt((a, b)):
                return f"={self.ref(a)}*{self.ref(b)}"
            case _:
                return None

    def _summa(self, termer: Iterable[tuple[int, str]]) -> str:
        led = [("-" if tecken < 0 else "+", nyckel) for tecken, nyckel in termer]
        formel = "".join(tecken + self.ref(nyckel) for tecken, nyckel in led)
        if len(formel) > _HÖGST_FORMEL:
            formel = "".join(tecken + self.cell(nyckel) for tecken, nyckel in led)
        return f"={formel.removeprefix('+')}"

    def saldocell(self, period: str, slag: Saldoslag, rad: Saldorad) -> str:
        """Where a balance stands."""
        return f"Saldon!{xl_col_to_name(self.kolumn[period, slag])}{self.saldorad[rad] + 1}"

    def ref(self, nyckel: str) -> str:
        """A fact by name; where it stands when it has no figure."""
        return self.namn.get(nyckel) or self.cell(nyckel)

    def cell(self, nyckel: str) -> str:
        """Where a fact's value stands."""
        return f"Fakta!E{self.faktarad[nyckel] + 1}"


def internt(blad: str, cell: str) -> str:
    """A link to a cell."""
    return f"internal:'{blad}'!{cell}"


def lika(skillnad: str, tolerans: str) -> str:
    """The formula that says OK when a difference is nil but for the last bits of it, else FEL.

    >>> lika("ABS(C5-rr_x_2024)", "0.005")
    '=IF(ABS(C5-rr_x_2024)<0.005,"OK","FEL")'
    """
    return f'=IF({skillnad}<{tolerans},"OK","FEL")'
