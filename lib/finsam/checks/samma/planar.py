"""The three years of a row of the Budgetplan beside one another: figures swapped in one, and pay that is shared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from finsam.model.belopp import NOLL, andel, kr, med_ombytta
from finsam.model.planblad import Planrad
from finsam.model.underlag import Uppgift

ÅREN = ("budget", "plan1", "plan2")
NÄRA = Decimal("1.1")
"""How many times the one of two years the other may be, for the third to be told by them."""
STÄMMER, STÄMMER_INTE = Decimal("0.015"), Decimal("0.05")
"""How far from what the two others tell a year is, at most when it is right and at least when it is not; from two that
are the same a right one is not at all.
"""
LÅNGT_FRÅN = Decimal("0.1")
"""How far from it an amount is that is another row's."""
SIFFROR = 3
"""How many figures it has, without nolls at the end, for it to be no chance."""
LIKA_DEL = Decimal("0.004")
"""How far the share of a pay may be from another year's, rounded kronor and all."""
JÄMNT = 100
"""What a pay is rounded to where its parts are no share of it to the krona."""
_PROCENT = re.compile(r"(?<!\d)(\d{1,2})\s?%")

Fel = Iterator[tuple[Planrad, str]]


def omkastade_år(rader: Sequence[Planrad]) -> Fel:
    """A year that is far from where the two others have it, but is there with two figures swapped."""
    for rad in rader:
        tal = [getattr(rad, fält) for fält in ÅREN]
        if not all(tal) or any(ett <= 0 for ett in tal):
            continue
        for nr, ett in enumerate(tal):
            väntat = väntat_år(nr, tal)
            if väntat is None or abs(ett - väntat) <= STÄMMER_INTE * väntat:
                continue
            högst = NOLL if väntat in tal else STÄMMER * väntat
            rätta = [bytt for bytt in med_ombytta(ett) if abs(bytt - väntat) <= högst]
            if len(rätta) == 1:
                rubrik = Planrad.model_fields[ÅREN[nr]].alias
                text = f"är {kr(ett)} kr i {rubrik}, men de två andra åren talar för {kr(rätta[0])} kr."
                yield rad, f"{text} Är två siffror ombytta?"
                break


def väntat_år(nr: int, tal: Sequence[Decimal]) -> Decimal | None:
    """What a year is if all three grow alike; None where the two others are too far apart to tell."""
    a, b = (ett for i, ett in enumerate(tal) if i != nr)
    if max(a, b) > NÄRA * min(a, b):
        return None
    return (a + b) / 2 if nr == 1 else a * a / b if nr == 0 else b * b / a


def delade_löner(rader: Sequence[Planrad], uppgifter: Sequence[Uppgift]) -> Fel:
    """The pay of the förbundschef that is in two rows is shared alike every year, and as it is said to be."""
    löner = {
        slag: [rad for rad in rader if rad.typ == slag and "förbundschef" in rad.benämning.casefold()]
        for slag in ("strukturinsats", "administration")
    }
    if any(len(egna) != 1 for egna in löner.values()):
        return
    [struktur], [administration] = löner.values()
    per_år = {
        fält: (s, s + a)
        for fält in ÅREN
        if (s := getattr(struktur, fält)) and (a := getattr(administration, fält)) and s > 0 < a
    }
    sagt = {Decimal(tal) / 100 for tal in _PROCENT.findall(struktur.benämning)}
    sagt |= {1 - Decimal(tal) / 100 for tal in _PROCENT.findall(administration.benämning)}
    sagt |= {
        ett.värde / 100
        for ett in uppgifter
        if ett.id == "forbundschef_struktur" and ett.enhet == "%" and isinstance(ett.värde, Decimal)
    }
    for fält, (egen, lön) in per_år.items():
        andra = [Lön(*par) for annat, par in per_år.items() if annat != fält]
        delar = sagt or {ett.del_ for ett in andra}
        if not delar or (not sagt and len(andra) < 2) or max(delar) - min(delar) > LIKA_DEL:
            continue
        helt = round(min(delar), 2)
        på_kronan = len(andra) > 1 and all(abs(ett.egen - helt * ett.lön) <= 1 for ett in andra)
        jämnt = egen % JÄMNT == lön % JÄMNT == 0
        if abs(egen - helt * lön) > 1 if på_kronan and not jämnt else abs(egen / lön - min(delar)) > LIKA_DEL:
            rubrik = Planrad.model_fields[fält].alias
            text = f"är {kr(egen)} av {kr(lön)} kr i {rubrik} (med rad {administration.rad}), men {andel(helt)}, som"
            yield struktur, f"{text} {'det sägs vara' if sagt else 'andra år'}, är {kr(helt * lön)} kr. Rätta beloppen."


def grannens_år(rader: Sequence[Planrad]) -> Fel:
    """A year that is far from where the two others have it, and is the row's beside it to the krona."""
    for par in pairwise(rader):
        ena, andra = ([getattr(rad, fält) or NOLL for fält in ÅREN] for rad in par)
        lika = [nr for nr, (a, b) in enumerate(zip(ena, andra, strict=True)) if a == b]
        if len(lika) != 1 or min(*ena, *andra) <= 0:
            continue
        for rad, annan, tal in ((*par, ena), (*par[::-1], andra)):
            väntat = väntat_år(lika[0], tal)
            siffror = len(f"{tal[lika[0]]:f}".replace(".", "").strip("0"))
            if väntat and siffror >= SIFFROR and abs(tal[lika[0]] - väntat) > LÅNGT_FRÅN * väntat:
                rubrik = Planrad.model_fields[ÅREN[lika[0]]].alias
                text = f"är {kr(tal[lika[0]])} kr i {rubrik}, som rad {annan.rad}, men de två andra åren talar för"
                yield rad, f"{text} {kr(väntat)} kr. Är det radens belopp?"


class Lön(NamedTuple):
    """A year's pay that is shared, and the part of it that is in the one row."""

    egen: Decimal
    lön: Decimal

    @property
    def del_(self) -> Decimal:
        """What share that is."""
        return self.egen / self.lön


def noll_annars(rader: Sequence[Planrad]) -> Fel:
    """An amount one planår in a row that is nil else, where nothing begins: interest, and the kansli's costs."""
    for rad in rader:
        if rad.typ.startswith("finansiell") or rad.typ == "administration":
            udda = [fält for fält in ÅREN if getattr(rad, fält)]
            if len(udda) == 1 and udda != ["budget"] and None not in (getattr(rad, fält) for fält in ÅREN):
                rubrik = Planrad.model_fields[udda[0]].alias
                yield rad, f"är {kr(getattr(rad, udda[0]))} kr i {rubrik} men noll de andra åren. Stämmer det?"
