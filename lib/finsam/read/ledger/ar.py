"""The räkenskapsår of a ledger: dates, balances per konto in öre, and what its verifikationer add up to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from finsam.read.ledger.belopp import månad
from finsam.read.ledger.benamningar import Benämningar
from finsam.read.ledger.poster import Poster
from finsam.read.ledger.problem import Problemsamling
from finsam.read.ledger.rader import Rader, Radsummor

LÄNGSTA_ÅR = 18  # månader (BFL 3 kap. 3 §)

RÄTTA_ÅRET = "Rätta räkenskapsåret i ekonomisystemet och exportera filen på nytt."


@dataclass(slots=True)
class Årsdata:
    """A räkenskapsår while it is put together; amounts in öre, `verifikat` what its verifikationer add up to."""

    nr: int
    start: date
    slut: date
    ib: dict[str, int] = field(default_factory=dict)
    ub: dict[str, int] = field(default_factory=dict)
    res: dict[str, int] = field(default_factory=dict)
    verifikat: Radsummor = field(default_factory=Radsummor)

    @property
    def månader(self) -> int:
        """How many calendar months the year touches."""
        return (self.slut.year - self.start.year) * 12 + self.slut.month - self.start.month + 1

    def omfattar_period(self, period: str) -> bool:
        """Whether a calendar month ("202401") belongs to the year."""
        return månad(self.start) <= period <= månad(self.slut)

    def är_resultatkonto(self, konto: str) -> bool:
        """Whether the year treats an account as a result account: by its balances, else by its class."""
        if konto in self.res:
            return True
        return konto not in self.ub and konto not in self.ib and är_resultatklass(konto)


def är_resultatklass(konto: str) -> bool:
    """Whether an account number lies in class 3–8."""
    return konto[:1] in "345678" and konto != ""


def build_årsdata(poster: Poster, rader: Rader, ord_: Benämningar, problem: Problemsamling) -> dict[int, Årsdata]:
    """The years of the file with their balances, the current year first."""
    år = _med_datum(poster, problem)
    for nr, ett in år.items():
        ett.ib, ett.ub, ett.res = (poster.saldon[slag].get(nr, {}) for slag in ("ib", "ub", "res"))
    _add_ingående(år, ord_, problem)
    _add_verifikat(år, rader)
    return år


def _med_datum(poster: Poster, problem: Problemsamling) -> dict[int, Årsdata]:
    """The years whose dates can be right."""
    år = {}
    for nr, (start, slut, rad) in sorted(poster.år.items(), reverse=True):
        if slut < start:
            problem.fel(f"Räkenskapsåret slutar ({slut}) före det börjar ({start}). {RÄTTA_ÅRET}", rad)
            continue
        år[nr] = Årsdata(nr, start, slut)
        if år[nr].månader > LÄNGSTA_ÅR:
            vilket = {0: "Räkenskapsåret", -1: "Föregående räkenskapsår"}.get(nr, f"Räkenskapsåret {start}–{slut}")
            text = f"{vilket} är {år[nr].månader} månader enligt filen. {RÄTTA_ÅRET}"
            (problem.varning if nr else problem.fel)(text, rad)
    return år


def check_kontonummer(poster: Poster, problem: Problemsamling) -> None:
    """An account that is not a number is left out, unless it carries a balance."""
    med_saldo = set()
    for per_år in poster.saldon.values():
        for saldon in per_år.values():
            for konto in [k for k in saldon if not (k.isascii() and k.isdecimal())]:
                if saldon.pop(konto):
                    med_saldo.add(konto)
    for konto in sorted(med_saldo):
        problem.fel(
            f"Kontonummer {konto[:40]} är inte numeriskt men har saldo. Rätta kontot i ekonomisystemet.",
            poster.ej_numeriska.get(konto),
        )
    for konto, rad in poster.ej_numeriska.items():
        if konto not in med_saldo:
            problem.varning(
                f"Kontonummer {konto[:40]} är inte numeriskt och hoppas över (inget saldo).", rad, "ej numeriskt konto"
            )


def _add_ingående(år: dict[int, Årsdata], ord_: Benämningar, problem: Problemsamling) -> None:
    """Where a year has no ingående balans at all, it opens with what the year before closed with."""
    for nr, ett in år.items():
        före = år.get(nr - 1)
        if not ett.ib and före and före.ub:
            ett.ib = dict(före.ub)
            if nr == 0:
                text = f"Ingående balans ({ord_.ib}) saknas i filen; föregående års utgående balans används."
                problem.upplysning(text)


def _add_verifikat(år: dict[int, Årsdata], rader: Rader) -> None:
    """Share the sums of the verifikationer among the years by date; those without a date belong to the current one."""
    ägare = {dag: nr for dag in rader.dagar for nr, ett in reversed(år.items()) if dag and ett.start <= dag <= ett.slut}
    for nr, summor in rader.summor(ägare | ({None: 0} if 0 in år else {})).items():
        år[nr].verifikat = summor
