"""A verifikation as it is read, before it is kept: its head, its rows in öre, and whether they balance."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from finsam.model.bokforing import Objekt
from finsam.read.ledger.belopp import kr_text
from finsam.read.ledger.problem import Problemsamling


class Huvud(NamedTuple):
    """Series, number, date and text of a verifikation."""

    serie: str = ""
    nummer: str = ""
    datum: date | None = None
    text: str = ""

    def namn(self, rad: int) -> str:
        """Series and number, as the ekonom knows it; its row when it has neither."""
        return " ".join(filter(None, (self.serie, self.nummer))) or f"på rad {rad}"


class Verifikationsrad(NamedTuple):
    """A row of a verifikation; without a date it has the verifikation's own."""

    konto: str
    objekt: tuple[Objekt, ...]
    öre: int
    datum: date | None
    text: str


def check_balans(huvud: Huvud, rader: Iterable[Verifikationsrad], rad: int, problem: Problemsamling) -> None:
    """Debet and kredit of a verifikation are the same; `rad` is where it begins."""
    if summa := sum(ett.öre for ett in rader):
        när = f" ({huvud.datum})" if huvud.datum else ""
        text = f"Verifikation {huvud.namn(rad)}{när} balanserar inte: differens {kr_text(abs(summa))}."
        problem.varning(text, rad, "obalanserad verifikation")


def ogiltigt_datum(huvud: Huvud, rad: int, text: str) -> str:
    """What is said of a verifikation whose date cannot be read."""
    fel = f"har ogiltigt datum ({text[:40]})" if text else "saknar datum"
    return f"Verifikation {huvud.namn(rad)} {fel}."
