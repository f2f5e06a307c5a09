"""The balances that the rows of a list give: per konto and objekt, this year and the year before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from finsam.model.bokforing import Objekt
from finsam.read.indata import visa
from finsam.read.ledger.ar import Årsdata, är_resultatklass
from finsam.read.ledger.belopp import kr_text
from finsam.read.ledger.problem import Problemsamling
from finsam.read.lista.blad import Listblad
from finsam.read.lista.kolumner import Kolumner
from finsam.read.lista.rader import Listkonto
from finsam.read.lista.saldokolumner import Nyckel
from finsam.read.lista.summor import Vändning

IB, UB, FÖRÄNDRING, DEBET_KREDIT = ("ib", 0), ("ub", 0), ("förändring", 0), ("debet_kredit", 0)
IB_FÖRE, UB_FÖRE, ING_SALDO = ("ib", -1), ("ub", -1), ("ing_saldo", 0)

TA_UT_HELA_ÅRET = "Ta ut listan på nytt för hela året."


@dataclass(frozen=True, slots=True)
class Radsaldo:
    """What a row says, in öre as printed; debet less kredit where those are two columns."""

    rad: int
    konto: str
    objekt: tuple[Objekt, ...]
    värden: Mapping[Nyckel, int]


@dataclass(slots=True)
class Listsaldon:
    """The years, and the balances per objekt: utgående saldo (or the result's movement) and ingående saldo."""

    år: dict[int, Årsdata]
    oub: dict[int, dict[tuple[str, Objekt], int]] = field(default_factory=dict)
    oib: dict[int, dict[tuple[str, Objekt], int]] = field(default_factory=dict)


def radsaldon(konton: Iterable[Listkonto], kolumner: Kolumner, problem: Problemsamling) -> list[Radsaldo]:
    """The rows by what their columns are. An empty cell is nil, but a column that is empty all through is none."""
    svar = []
    for rad in konton:
        värden = {}
        for nyckel, delar in kolumner.saldon.items():
            debet, *kredit = (rad.belopp.get(nr, 0) for nr in delar)
            värden[nyckel] = debet - sum(kredit)
        svar.append(Radsaldo(rad.rad, rad.konto, rad.objekt, värden))
    tomma = {nyckel for nyckel in (IB, ING_SALDO, IB_FÖRE) if not any(rad.värden.get(nyckel) for rad in svar)}
    if IB in tomma and IB in kolumner.saldon and UB not in kolumner.saldon:
        problem.fel("Ingen rad har ingående balans, så utgående saldo kan inte räknas ut. Ta ut listan med IB och UB.")
    utan = [{nyckel: öre for nyckel, öre in rad.värden.items() if nyckel not in tomma} for rad in svar]
    return [replace(rad, värden=värden) for rad, värden in zip(svar, utan, strict=True)]


def build_saldon(rader: Iterable[Radsaldo], tecken: Vändning, år: int) -> Listsaldon:
    """The balances when each printed amount is taken times its konto's sign; debet and kredit are never turned."""
    nu = Årsdata(0, date(år, 1, 1), date(år, 12, 31))
    före = Årsdata(-1, date(år - 1, 1, 1), date(år - 1, 12, 31))
    saldon = Listsaldon({0: nu, -1: före})
    for rad in rader:
        värden = rad.värden
        if not any(värden.values()):
            continue
        vänd = tecken(rad.konto)
        ib = vänd * värden.get(IB, 0)
        if UB in värden:
            ub = vänd * värden[UB]
        else:
            ub = ib + (vänd * värden[FÖRÄNDRING] if FÖRÄNDRING in värden else värden[DEBET_KREDIT])
        _lägg(saldon, 0, rad, ib if IB in värden else None, ub)
        if UB_FÖRE in värden:
            ib_före = vänd * värden[IB_FÖRE] if IB_FÖRE in värden else None
            _lägg(saldon, -1, rad, ib_före, vänd * värden[UB_FÖRE])
    före.ub, före.res = (saldo if any(saldo.values()) else {} for saldo in (före.ub, före.res))
    if not (före.ub or före.res):
        del saldon.år[-1]
    if not any(IB in rad.värden for rad in rader):
        nu.ib = dict(före.ub)
    return saldon


def _lägg(saldon: Listsaldon, nr: int, rad: Radsaldo, ib: int | None, ub: int) -> None:
    """Add a row to its konto and its objekt."""
    år = saldon.år[nr]
    resultat = är_resultatklass(rad.konto)
    slutet = år.res if resultat else år.ub
    slutet[rad.konto] = slutet.get(rad.konto, 0) + ub
    per_objekt = [(saldon.oub, ub)]
    if ib is not None and not resultat:
        år.ib[rad.konto] = år.ib.get(rad.konto, 0) + ib
        per_objekt.append((saldon.oib, ib))
    for objekt in rad.objekt:
        for delar, öre in per_objekt:
            del_ = delar.setdefault(nr, {})
            del_[rad.konto, objekt] = del_.get((rad.konto, objekt), 0) + öre


def check_rader(
    rader: Iterable[Radsaldo], tecken: Vändning | None, blad: Listblad, kolumner: Kolumner, problem: Problemsamling
) -> None:
    """In every row the ingående saldo and what has changed make the utgående, and a result begins the year at nil."""
    for rad in rader:
        värden, plats = rad.värden, blad.plats(rad.rad, kolumner.konto)
        ib = värden.get(IB, 0)
        ingående = next((öre for nyckel in (IB, ING_SALDO, IB_FÖRE) if (öre := värden.get(nyckel))), 0)
        if är_resultatklass(rad.konto) and ingående:
            text = (
                f"Konto {rad.konto} är ett resultatkonto men har ingående saldo {kr_text(ingående)}: listan börjar "
                f"mitt i året eller är fel. {TA_UT_HELA_ÅRET}"
            )
            problem.fel(text, plats, "resultatkonto med ingående saldo")
        elif värden.get(ING_SALDO, ib) != ib:
            ing_saldo, ib_rubrik = (visa(kolumner.belopp[kolumner.saldon[nyckel][0]]) for nyckel in (ING_SALDO, IB))
            text = (
                f"Konto {rad.konto}: {ing_saldo} är {kr_text(värden[ING_SALDO])} men {ib_rubrik} {kr_text(ib)}, "
                f"så listan börjar mitt i året. {TA_UT_HELA_ÅRET}"
            )
            problem.fel(text, plats, "listan börjar mitt i året")
        for nyckel in (FÖRÄNDRING, DEBET_KREDIT):
            if UB in värden and IB in värden and nyckel in värden:
                _check_förändring(rad, nyckel, tecken, plats, problem)


def _check_förändring(
    rad: Radsaldo, nyckel: Nyckel, tecken: Vändning | None, plats: str, problem: Problemsamling
) -> None:
    ib, ub, förändring = rad.värden[IB], rad.värden[UB], rad.värden[nyckel]
    vända: tuple[int, ...] = (1,)
    if nyckel == DEBET_KREDIT:
        vända = (tecken(rad.konto),) if tecken else (1, -1)
    if any(ib + vänd * förändring == ub for vänd in vända):
        return
    rätt = ib + vända[0] * förändring
    vad = "debet − kredit" if nyckel == DEBET_KREDIT else "förändringen"
    text = (
        f"Konto {rad.konto}: ingående saldo {kr_text(ib)} och {vad} {kr_text(förändring)} ger {kr_text(rätt)}, "
        f"men utgående saldo är {kr_text(ub)}, en differens på {kr_text(abs(ub - rätt))}. {TA_UT_HELA_ÅRET}"
    )
    problem.fel(text, plats, "utgående saldo stämmer inte")
