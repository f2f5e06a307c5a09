"""A check as it is declared: its code, what it assures and its law stand with the function that makes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from finsam.checks.finding import Finding, Kontroll
from finsam.model.rapport import Rapportslag
from finsam.statements.redovisning import Redovisning


@dataclass(frozen=True, slots=True)
class Kontrollpunkt:
    """A check: its code, what it assures when it finds nothing, and its law.

    `saknas` says what is missing when there is nothing for it to try. `i` are the kinds of report it is made for; none
    are all of them. An `avstämning` holds sums and sources against each other; the document tells how it came out.
    """

    kod: str
    utsaga: str
    lag: str = ""
    saknas: str = ""
    i: tuple[Rapportslag, ...] = ()
    avstämning: bool = False

    def görs_i(self, slag: Rapportslag) -> bool:
        """Whether it is one of the checks of a kind of report."""
        return not self.i or slag in self.i

    def fyll(self, f: Finding) -> Finding:
        """What it found, with its own code and law where the finding does not say another."""
        return replace(f, kod=f.kod or self.kod, lag=self.lag if f.lag is None else f.lag)

    def ok(self, prövade: int, delvis: str = "") -> Finding:
        """That all is well. `delvis` tells what could not be tried."""
        return self.fyll(Finding("ok", f"{self.utsaga}{delvis}", prövade=prövade))

    def ej_prövad(self, varför: str = "") -> Finding:
        """That there was nothing to try."""
        return self.fyll(Finding("ej prövad", f"Ej prövad: {varför or self.saknas}."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Kontrollfunktion(Kontrollpunkt):
    """A check that a function makes of a year; called as the function, its findings have its code and law.

    `före` is the check that it is printed right before, when that is not the next code.
    """

    funktion: Callable[[Redovisning], Kontroll]
    före: str = ""

    @property
    def plats(self) -> tuple[str, bool, str]:
        """Where it is printed among the others: by its code, but for those that go before another."""
        return self.före or self.kod, not self.före, self.kod

    def __call__(self, r: Redovisning) -> Kontroll:
        """What it finds and how much it has tried."""
        for ett in self.funktion(r):
            yield self.fyll(ett) if isinstance(ett, Finding) else ett


def kontroll(
    kod: str,
    utsaga: str,
    *,
    saknas: str,
    lag: str = "",
    i: tuple[Rapportslag, ...] = (),
    före: str = "",
    avstämning: bool = False,
) -> Callable[[Callable[[Redovisning], Kontroll]], Kontrollfunktion]:
    """Declare the function below as a check (see Kontrollpunkt); it is then among those that are made."""

    def deklarera(funktion: Callable[[Redovisning], Kontroll]) -> Kontrollfunktion:
        return Kontrollfunktion(kod, utsaga, lag, saknas, i, avstämning, funktion=funktion, före=före)

    return deklarera
