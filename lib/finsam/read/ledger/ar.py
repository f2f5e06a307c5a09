"""The räkenskapsår of a SIE file: dates, balances per konto in öre, and what its verifikationer add up to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from finsam.read.ledger.problem import Problemsamling
from finsam.read.ledger.rader import Rader, Radsummor
from finsam.read.sie.poster import Poster
from finsam.read.sie.text import citat, månad, parse_datum, parse_iso_datum

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
        """Whether the year treats an account as a result account: by #RES, else by #IB and #UB, else by its class."""
        if konto in self.res:
            return True
        return konto not in self.ub and konto not in self.ib and är_resultatklass(konto)


def är_resultatklass(konto: str) -> bool:
    """Whether an account number lies in class 3–8."""
    return konto[:1] in "345678" and konto != ""


def build_årsdata(poster: Poster, rader: Rader, problem: Problemsamling) -> dict[int, Årsdata]:
    """The years of the file with their balances, the current year first."""
    år = _datum(poster, problem)
    _check_kontonummer(poster, problem)
    _add_saldon(år, poster, problem)
    for ett in år.values():
        _drop_dubbla_resultatkonton(ett, problem)
    _add_ingående(år, problem)
    _add_verifikat(år, rader)
    return år


def _datum(poster: Poster, problem: Problemsamling) -> dict[int, Årsdata]:
    """The years with valid dates."""
    if 0 not in poster.år:
        problem.fel(f"Räkenskapsårets datum saknas i filen (#RAR 0). {RÄTTA_ÅRET}")
    år = {}
    for nr, (från, till, rad) in sorted(poster.år.items(), reverse=True):
        start, slut = (parse_datum(text) or parse_iso_datum(text) for text in (från, till))
        säg = problem.varning if nr else problem.fel
        if start is None or slut is None:
            fel = f"kan inte tolkas: {citat(f'{från} {till}')}" if från and till else "saknas i filen"
            vems = f"Datum för räkenskapsår {nr}" if nr else "Räkenskapsårets datum"
            säg(f"{vems} {fel}. {RÄTTA_ÅRET}", rad)
        elif slut < start:
            problem.fel(f"Räkenskapsåret slutar ({slut}) före det börjar ({start}). {RÄTTA_ÅRET}", rad)
        else:
            år[nr] = Årsdata(nr, start, slut)
            if år[nr].månader > LÄNGSTA_ÅR:
                vilket = {0: "Räkenskapsåret", -1: "Föregående räkenskapsår"}.get(nr, f"Räkenskapsår {nr}")
                säg(f"{vilket} är {år[nr].månader} månader enligt filen. {RÄTTA_ÅRET}", rad)
    return år


def _check_kontonummer(poster: Poster, problem: Problemsamling) -> None:
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


def _add_saldon(år: dict[int, Årsdata], poster: Poster, problem: Problemsamling) -> None:
    for nr, ett in år.items():
        ett.ib, ett.ub, ett.res = (poster.saldon[etikett].get(nr, {}) for etikett in ("#IB", "#UB", "#RES"))
    utan_år = {nr for per_år in poster.saldon.values() for nr in per_år if nr not in poster.år}
    for nr in sorted(utan_år - {0}, reverse=True):
        problem.varning(f"Saldon för år {nr} används inte: årets datum (#RAR {nr}) saknas i filen.")


def _drop_dubbla_resultatkonton(år: Årsdata, problem: Problemsamling) -> None:
    """Result accounts given both as #UB and as #RES count once."""
    if not any(är_resultatklass(konto) and öre and konto in år.res for konto, öre in år.ub.items()):
        return
    år.ub = {k: öre for k, öre in år.ub.items() if not (är_resultatklass(k) and (k in år.res or not öre))}
    vilket = {0: "Räkenskapsåret", -1: "Föregående år"}.get(år.nr, f"Räkenskapsår {år.nr}")
    problem.varning(f"{vilket} har både #UB och #RES på resultatkonton; #UB räknas inte.")


def _add_ingående(år: dict[int, Årsdata], problem: Problemsamling) -> None:
    """Where a year has no #IB at all, the year before closes with it."""
    for nr, ett in år.items():
        före = år.get(nr - 1)
        if not ett.ib and före and före.ub:
            ett.ib = dict(före.ub)
            if nr == 0:
                problem.upplysning("Ingående balans (#IB) saknas i filen; föregående års utgående balans används.")


def _add_verifikat(år: dict[int, Årsdata], rader: Rader) -> None:
    """Share the sums of the verifikationer among the years by date; those without a date belong to the current one."""
    ägare = {dag: nr for dag in rader.dagar for nr, ett in reversed(år.items()) if dag and ett.start <= dag <= ett.slut}
    for nr, summor in rader.summor(ägare | ({None: 0} if 0 in år else {})).items():
        år[nr].verifikat = summor
