"""What stands beside the report: a ledger or finsam's own rapport.json, as amounts that the report's may be held to.

Of a ledger only totals that hold whatever its konton are called: the result, eget kapital, cash and what is owned; the
income and costs by the normal chart, as `finsam nytt` proposes, where the names tell which chart it is.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import PurePath
from typing import Any, Literal

from finsam.granska.begrepp import normal, är_summa
from finsam.granska.lasa.olasligt import Oläsligt
from finsam.granska.sakerhet import intygad
from finsam.model.bokforing import Bokföring, Bokföringsår
from finsam.read.sie5.sie5 import är_sie5

NOLL = Decimal(0)
_SIE = re.compile(rb"^(?:\xef\xbb\xbf)?\s*#(?:FLAGGA|PROGRAM|FORMAT|GEN|SIETYP)\b")
FAKTA = {
    "rr.verksamhetens_intakter": "intäkter",
    "rr.verksamhetens_kostnader": "kostnader",
    "rr.verksamhetens_resultat": "verksamhetsresultat",
    "rr.arets_resultat": "resultat",
    "finansnetto": "finansnetto",
    "br.eget_kapital_ingaende": "ek_in",
    "br.eget_kapital": "ek_ut",
    "br.summa_tillgangar": "tillgångar",
    "br.summa_eget_kapital_och_skulder": "skulder_ek",
    "kf.likvida_ingaende": "likvida_in",
    "kf.likvida_utgaende": "likvida_ut",
    "kf.arets_kassaflode": "kassaflöde",
}
"""The facts of rapport.json that a concept names."""


@dataclass(frozen=True, slots=True)
class Uppgift:
    """The values that a concept or a label may have in a year, in kronor, and how sure it is that it is one of them."""

    värden: tuple[Decimal, ...]
    säkerhet: float = 1.0


@dataclass(frozen=True, slots=True)
class Sanning:
    """A file beside the reports: by concept and year, and by the label of a row and year."""

    fil: str
    slag: Literal["bokföringen", "rapport.json"]
    begrepp: Mapping[tuple[str, int], Uppgift]
    etiketter: Mapping[tuple[str, int], Uppgift]


def read_sanning(data: bytes, namn: str) -> Sanning | None:
    """A ledger (SIE) or a rapport.json; None when the file is neither. Raises Oläsligt when it is one and is broken."""
    fil = PurePath(namn).name
    if namn.lower().endswith(".json"):
        return _ur_rapport(data, fil)
    if not (är_sie5(data) or _SIE.match(data)):
        return None
    return _ur_bokföring(_bokföring(data, fil), fil)


def _bokföring(data: bytes, fil: str) -> Bokföring:
    if är_sie5(data):
        from finsam.read.sie5.sie5 import read_sie5

        läst, problem = read_sie5(data, fil)
    else:
        from finsam.read.sie.sie import read_sie_bytes

        läst, problem = read_sie_bytes(data, fil)
    if läst is None:
        raise Oläsligt(next((p.text for p in problem if p.nivå == "fel"), "Bokföringen kan inte läsas."))
    return läst


# --- rapport.json -----------------------------------------------------------------------------------------------------


def _ur_rapport(data: bytes, fil: str) -> Sanning:
    try:
        läst = json.loads(data)
        fakta, tabeller = läst["fakta"], läst["tabeller"]
        egna = dict(_belopp(fakta))
        etiketter = _etiketter(tabeller, egna)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fel:
        raise Oläsligt("Filen är ingen rapport.json från finsam.") from fel
    begrepp = {(FAKTA[id_], år): Uppgift((värde,)) for (id_, år), värde in egna.items() if id_ in FAKTA}
    for (namn, år), uppgift in list(begrepp.items()):
        avskrivet = egna.get(("rr.avskrivningar", år), NOLL)
        if namn == "kostnader" and avskrivet:  # the costs may be told with them
            begrepp[namn, år] = Uppgift((*uppgift.värden, uppgift.värden[0] + avskrivet))
    return Sanning(fil, "rapport.json", begrepp, etiketter)


def _belopp(fakta: Mapping[str, Mapping[str, Any]]) -> list[tuple[tuple[str, int], Decimal]]:
    """The facts in kronor that have a year and a value."""
    ut = []
    for nyckel, ett in fakta.items():
        id_, _, år = nyckel.rpartition("/")
        if ett["enhet"] == "kr" and ett["varde"] is not None and år.isdigit():
            try:
                ut.append(((id_, int(år)), Decimal(ett["varde"])))
            except InvalidOperation as fel:
                raise ValueError(nyckel) from fel
    return ut


def _etiketter(
    tabeller: list[Mapping[str, Any]], egna: Mapping[tuple[str, int], Decimal]
) -> dict[tuple[str, int], Uppgift]:
    """The values of each label in each year; a label of many rows has many."""
    alla: dict[tuple[str, int], set[Decimal]] = defaultdict(set)
    for tabell in tabeller:
        for rad in tabell["rader"]:
            for fakta in rad["fakta"] or ():
                id_, _, år = (fakta or "").rpartition("/")
                if år.isdigit() and (id_, int(år)) in egna and not är_summa(rad["etikett"]):
                    alla[normal(rad["etikett"]), int(år)].add(egna[id_, int(år)])
    return {nyckel: Uppgift(tuple(sorted(värden))) for nyckel, värden in alla.items() if len(värden) == 1}


# --- a ledger ---------------------------------------------------------------------------------------------------------


def _ur_bokföring(bokföring: Bokföring, fil: str) -> Sanning:
    ut: dict[tuple[str, int], Uppgift] = {}
    for ett in bokföring.år.values():
        helt = (ett.start.month, ett.start.day, ett.slut.month, ett.slut.day) == (1, 1, 12, 31)
        if helt and ett.ub and ett.res:
            ut |= {(namn, ett.slut.year): uppgift for namn, uppgift in _av_året(bokföring, ett).items()}
    return Sanning(fil, "bokföringen", ut, {})


def _av_året(bokföring: Bokföring, ett: Bokföringsår) -> dict[str, Uppgift]:
    """The totals of a year, with the sign that a report has."""
    resultat = -_summa({k: b for k, b in ett.res.items() if not k.startswith("89")}, "345678")
    ut = {
        "resultat": (resultat,),
        "ek_ut": (-_summa(ett.ub, "20") + (NOLL if ett.avslutat else resultat),),
        "tillgångar": (_summa(ett.ub, "1"),),
        "likvida_ut": (_summa(ett.ub, "19"),),
    }
    if ett.ib:
        förra = sum(ett.ib.values(), NOLL)  # a result that was not moved to eget kapital
        ut["ek_in"] = (-_summa(ett.ib, "20") + förra,)
        ut["likvida_in"] = (_summa(ett.ib, "19"),)
        ut["kassaflöde"] = (ut["likvida_ut"][0] - ut["likvida_in"][0],)
    säkra = {namn: Uppgift(värden) for namn, värden in ut.items()}
    return säkra | _efter_kontoplanen(bokföring, ett)


def _summa(saldon: Mapping[str, Decimal], början: str) -> Decimal:
    """The sum of the konton of a group, or of those that begin with any of several digits."""
    grupper = tuple(början) if len(början) > 2 else (början,)
    return sum((belopp for konto, belopp in saldon.items() if konto.startswith(grupper)), NOLL)


def _efter_kontoplanen(bokföring: Bokföring, ett: Bokföringsår) -> dict[str, Uppgift]:
    """Income and costs, when every konto has its place in the chart that their names tell of."""
    from finsam.read.normalkontoplan import kontoplanstyp, normalkonto

    typ = kontoplanstyp(bokföring.konton.values(), bokföring.kontoplanstyp)
    poster: dict[str, Decimal] = defaultdict(Decimal)
    for konto, belopp in ett.res.items() if typ else ():
        normalt = normalkonto(typ, konto) if typ else None
        if normalt is None:
            return {}
        poster[normalt.rad.post] -= belopp
    if not poster:
        return {}
    säkerhet = intygad(len(poster))  # each post that the konton have their place in says that it is the right chart
    intäkter, kostnader = poster["rr.verksamhetens_intakter"], poster["rr.verksamhetens_kostnader"]
    avskrivet, in_, ut = (poster[f"rr.{p}"] for p in ("avskrivningar", "finansiella_intakter", "finansiella_kostnader"))
    return {
        "intäkter": Uppgift((intäkter, intäkter + in_), säkerhet),
        "kostnader": Uppgift((kostnader, kostnader + avskrivet, kostnader + ut, kostnader + avskrivet + ut), säkerhet),
    }
