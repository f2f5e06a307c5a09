"""Amounts of the underlag that are one of the ledger's, or another row's, but for two figures that are swapped."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.model.belopp import kr, med_ombytta, svenskt_tal
from finsam.model.ord import vik
from finsam.model.underlag import Målrad, Planmål
from finsam.statements.redovisning import Redovisning

SÄKERT, MED_ORD = 6, 4
"""How many figures, those at its end that are nil not counted, an amount must have to be known again by them alone, and
when the words of a verifikation are its own too.
"""
_STAM = 6
"""Letters that two words have in common to be about the same."""


class Skrivet(NamedTuple):
    """An amount that somebody has typed: where, what it is, and the id of its fact."""

    plats: str
    vad: str
    belopp: Decimal
    fakta: str


def check_omkastade(r: Redovisning) -> Kontroll:
    """An amount that stands nowhere else stands nowhere with two figures swapped."""
    bokfört, kända = _saldon(r), _fakta(r)
    sagda: set[frozenset[Decimal]] = set()
    for ett in _skrivna(r):
        siffror = f"{ett.belopp:f}".replace(".", "").strip("0")
        if len(siffror) < MED_ORD or ett.belopp in bokfört or kända.get(ett.belopp, set()) - {ett.fakta}:
            continue
        yield Prövat()
        for annat in med_ombytta(ett.belopp):
            var = _var(r, ett, annat, bokfört, kända, säkert=len(siffror) >= SÄKERT)
            if var and {ett.belopp, annat} not in sagda:
                sagda.add(frozenset({ett.belopp, annat}))
                text = f"{ett.plats}: {ett.vad} är {_visa(ett.belopp)} kr, men {var} är {_visa(annat)} kr."
                yield Finding("varning", f"{text} Är två siffror ombytta?", ett.plats, ett.belopp - annat)


def _visa(belopp: Decimal) -> str:
    return kr(belopp) if belopp == belopp.to_integral_value() else svenskt_tal(belopp, 2)


def _skrivna(r: Redovisning) -> Iterator[Skrivet]:
    u = r.år.underlag
    for uppgift in u.uppgifter:
        if uppgift.enhet == "kr" and isinstance(uppgift.värde, Decimal):
            plats = f"Uppgifter, rad {uppgift.rad}"
            yield Skrivet(plats, uppgift.benämning, abs(uppgift.värde), f"uppgift.{uppgift.id}")
    målen: list[Målrad | Planmål] = [*u.mål, *u.planmål]
    for mål in målen:
        bas = "mal" if mål.blad == "Mål" else "planmal"
        gränser = (("gränsen", mål.gräns, "grans"), ("övre gränsen", mål.övre, "ovre"))
        for vad, belopp, del_ in gränser if mål.enhet == "kr" else ():
            if belopp is not None:
                fakta = f"{bas}.{mål.id}.{del_}"
                yield Skrivet(f"{mål.blad}, rad {mål.rad}", f"{vad} för {mål.id}", abs(belopp), fakta)


def _saldon(r: Redovisning) -> Mapping[Decimal, str]:
    """The balances of the ledger without sign, with a konto that has it."""
    saldon: dict[Decimal, str] = {}
    for år in r.år.bokföring.år.values():
        for del_ in (år.ib, år.ub, år.res):
            saldon |= {abs(belopp): konto for konto, belopp in del_.items()}
    return saldon


def _fakta(r: Redovisning) -> Mapping[Decimal, set[str]]:
    kända: defaultdict[Decimal, set[str]] = defaultdict(set)
    for f in r.fakta.values():
        if f.enhet == "kr" and f.värde:
            kända[abs(f.värde)].add(f.id)
    return kända


def _var(
    r: Redovisning,
    ett: Skrivet,
    belopp: Decimal,
    bokfört: Mapping[Decimal, str],
    kända: Mapping[Decimal, set[str]],
    *,
    säkert: bool,
) -> str:
    """Where an amount stands: a konto, or a fact; empty when nowhere, or where only chance may have put it."""
    konto = bokfört.get(belopp, "")
    if konto and (säkert or _samma_sak(r, ett.vad, konto, belopp)):
        return f"konto {konto}"
    return min(kända.get(belopp, set()), default="") if säkert else ""


def _samma_sak(r: Redovisning, vad: str, konto: str, belopp: Decimal) -> bool:
    """Whether a verifikation with the amount on the konto has two of the words."""
    stammar = {ord_[:_STAM] for ord_ in re.findall(rf"[a-z]{{{_STAM},}}", vik(vad))}
    _, funna = r.år.bokföring.verifikationer.med_konto(konto)
    texter = [vik(f"{ver.text} {rad.text}") for ver, rad in funna if abs(rad.belopp) == belopp]
    return any(sum(stam in text for stam in stammar) > 1 for text in texter)
