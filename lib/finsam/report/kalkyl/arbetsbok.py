"""The workbook while it is written: its sheets and formats, and where each fact and each balance stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from io import BytesIO
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from finsam.model.fakta import Fakta, Konton, Kvot, Produkt, Saldorad, Saldoslag, Summa
from finsam.report.bok import Bok
from finsam.report.kalkyl.kalkylblad import Kalkylblad
from finsam.report.kalkyl.kalkylbok import Kalkylbok

FÖRSTA = 3
"""The first row of data in Fakta and Saldon (0-based), under title and headings."""


class Arbetsbok:
    """The workbook while it is written: where each fact and each balance stands."""

    def __init__(self, bok: Bok, ström: BytesIO) -> None:
        self.bok, self.profil = bok, bok.år.förbund.färger.profil
        self.wb = Kalkylbok(ström, f"{bok.år.förbund.namn}, {bok.titel}", bok.beslutsdag)
        self.faktarad = {nyckel: nr for nr, nyckel in enumerate(bok.fakta, FÖRSTA)}
        rader = {rad for _, saldon in self._saldon() for rad in saldon}
        self.saldorad = {rad: nr for nr, rad in enumerate(sorted(rader), FÖRSTA)}
        self.kolumn = {nyckel: nr for nr, (nyckel, _) in enumerate(self._saldon(), 3)}
        self._format: dict[tuple[tuple[str, Any], ...], Format] = {}

    def _saldon(self) -> list[tuple[tuple[str, Saldoslag], Mapping[Saldorad, Decimal]]]:
        slagen: tuple[Saldoslag, ...] = ("ib", "ub", "res")
        egna, fakta = (self.bok.år.period, self.bok.år.föregående), self.bok.fakta
        lästa = {f.period for f in fakta.values() if isinstance(f.källa, Konton) and f.värde is not None}
        åren, saldon = (*egna, *sorted(lästa.difference(egna), reverse=True)), fakta.saldon
        budget: list[tuple[str, Saldoslag]] = [(p, "budget") for p in åren if (p, "budget") in saldon]
        return [(nyckel, saldon[nyckel]) for nyckel in [*((p, s) for p in åren for s in slagen), *budget]]

    def format(self, **egenskaper: Any) -> Format:
        """A cell format, made once."""
        nyckel = tuple(sorted(egenskaper.items()))
        if nyckel not in self._format:
            self._format[nyckel] = self.wb.add_format(egenskaper)
        return self._format[nyckel]

    def blad(self, namn: str, titel: str, bredder: Iterable[float]) -> Worksheet:
        """A sheet with its title, widths and page set-up."""
        blad = self.wb.add_worksheet(namn, Kalkylblad)
        blad.hide_gridlines(2)
        blad.set_paper(9)
        blad.fit_to_pages(1, 0)
        for nr, bredd in enumerate(bredder):
            blad.set_column(nr, nr, bredd)
        blad.write_string(0, 0, titel, self.format(bold=True, font_size=14, font_color=self.profil))
        return blad

    def formel(self, fakta: Fakta) -> str | None:
        """A fact's formula in the sheets Fakta and Saldon; None for what was read from a file, or that
        has no figure or is made of figures that are withheld."""
        if fakta.värde is None or any(self.bok.fakta[nyckel].dold for nyckel in fakta.av):
            return None
        match fakta.källa:
            case Konton(slag, rader, tecken):
                celler = [self.saldocell(fakta.period, slag, rad) for rad in rader if rad in self.saldorad]
                return f"={'-' if tecken < 0 else ''}({'+'.join(celler)})" if celler else None
            case Summa(termer):
                led = "".join(f"{'-' if t < 0 else '+'}{self.ref(n)}" for t, n in termer)
                return f"={led.removeprefix('+')}"
            case Kvot(täljare, nämnare):
                return f"={self.ref(täljare)}/{self.ref(nämnare)}"
            case Produkt((a, b)):
                return f"={self.ref(a)}*{self.ref(b)}"
            case _:
                return None

    def saldocell(self, period: str, slag: Saldoslag, rad: Saldorad) -> str:
        """Where a balance stands."""
        return f"Saldon!{_bokstav(self.kolumn[period, slag])}{self.saldorad[rad] + 1}"

    def ref(self, nyckel: str) -> str:
        """Where a fact's value stands."""
        return f"Fakta!E{self.faktarad[nyckel] + 1}"


def _bokstav(nr: int) -> str:
    return chr(ord("A") + nr)
