"""What the columns with amounts are to each other: a saldo, or what it has changed by. Nothing is chosen at random."""

from __future__ import annotations

from collections.abc import Mapping

from finsam.read.indata import visa
from finsam.read.ledger.problem import Problemsamling
from finsam.read.lista.rubriker import Listkolumn

Nyckel = tuple[str, int]
"""What a column holds ("ib", "ing_saldo", "ub", "förändring", "debet_kredit") and of which year: 0 or −1."""

Saldokolumner = dict[Nyckel, tuple[Listkolumn, ...]]
"""The columns of each saldo: one, or one of debet and one of kredit."""

VAD_SOM_BEHÖVS = "Listan ska ha kolumner för konto, ingående balans (IB) och utgående saldo (UB) för hela året."


def välj_saldon(
    kolumner: Mapping[Nyckel, Listkolumn], problem: Problemsamling, plats: str
) -> dict[Nyckel, tuple[Listkolumn, ...]] | None:
    """The columns of each saldo that is used; `None` when one is missing or could be two things."""
    saldon = _med_båda_sidor(kolumner, problem, plats)
    if saldon is None:
        return None
    # Some systems call the ingående balans ingående saldo; beside an ingående balans that is the saldo of the period.
    if ("ib", 0) not in saldon and ("ing_saldo", 0) in saldon:
        saldon["ib", 0] = saldon.pop(("ing_saldo", 0))
    for nr in (0, -1):
        otydligt = _placera_utfall(saldon, nr)
        if otydligt:
            problem.fel(otydligt, plats)
            return None
    if ("ub", 0) not in saldon and not (("ib", 0) in saldon and _har_förändring(saldon, 0)):
        problem.fel(f"Ingen kolumn har årets utgående saldo. {VAD_SOM_BEHÖVS}", plats)
        return None
    return {nyckel: delar for nyckel, delar in saldon.items() if _används(nyckel, saldon)}


def _med_båda_sidor(kolumner: Mapping[Nyckel, Listkolumn], problem: Problemsamling, plats: str) -> Saldokolumner | None:
    """The columns with debet and kredit as a pair; `None` when one of a pair is missing, or a third is of the same."""
    saldon: Saldokolumner = {}
    par: Saldokolumner = {}
    for (roll, nr), kolumn in kolumner.items():
        slag, _, sida = roll.partition(" ")
        if not sida:
            saldon[roll, nr] = (kolumn,)
            continue
        debet, kredit = kolumner.get((f"{slag} debet", nr)), kolumner.get((f"{slag} kredit", nr))
        # Only what has changed may stand both as one column and as two: they are then compared row by row.
        finns_utan_sida = slag != "förändring" and (slag, nr) in kolumner
        if debet is None or kredit is None or finns_utan_sida:
            text = f"Kolumnen {visa(kolumn.rubrik)} måste ha en kolumn för debet, en för kredit och ingen utan sida."
            problem.fel(text, plats, "debet och kredit")
            return None
        par["debet_kredit" if slag == "förändring" else slag, nr] = (debet, kredit)
    return saldon | par


def _placera_utfall(saldon: Saldokolumner, nr: int) -> str:
    """An utfall is the saldo when no other column is; beside one it is what the year has changed. Why not, if not."""
    utfall = saldon.pop(("utfall", nr), None)
    if utfall is None:
        return ""
    ub, ib = saldon.get(("ub", nr)), saldon.get(("ib", nr))
    if ub and ib and nr == 0:
        saldon["förändring", nr] = utfall
        return ""
    if ub:
        rubriker = " och ".join(visa(kolumn.rubrik) for kolumn in (*ub, *utfall))
        return f"Kolumnerna {rubriker} kan vara samma sak. Ta bort den som inte ska läsas, eller lägg till IB."
    if ib and nr == 0 and not _har_förändring(saldon, nr):
        return (
            f"Kolumnen {visa(utfall[0].rubrik)} kan vara årets förändring eller utgående saldo. "
            "Ta ut listan med UB, eller ge kolumnen rubriken UB eller Förändring."
        )
    saldon["ub", nr] = utfall
    return ""


def _har_förändring(saldon: Saldokolumner, nr: int) -> bool:
    return ("förändring", nr) in saldon or ("debet_kredit", nr) in saldon


def _används(nyckel: Nyckel, saldon: Saldokolumner) -> bool:
    """Whether a saldo is used: a movement needs what it starts from, and of the year before only saldon are read."""
    slag, nr = nyckel
    if slag in ("förändring", "debet_kredit"):
        return nr == 0 and ("ib", 0) in saldon
    if nr == -1:
        return slag == "ub" or (slag == "ib" and ("ub", -1) in saldon)
    return True
