"""Where a text says that a share in the sheet Behov is largest or smallest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from finsam.checks.prosa.mening import Mening
from finsam.checks.prosa.pastaende import Påstående, Utsaga
from finsam.checks.prosa.sammanhang import Sammanhang
from finsam.model.belopp import andel

Andelar = dict[tuple[str, str], Decimal]
"""The shares of a mått by place and kön."""

_VAR = re.compile(r"(?<!\w)(?P<ord>högst|lägst)\si\s(?P<plats>[a-zåäö]+)(?!\w)")


def read_behov(mening: Mening, s: Sammanhang) -> Iterator[Utsaga]:
    """What a sentence says of the mått that it, or the one before it in its paragraph, has a figure of."""
    mått = next((id_ for ett in (mening, *mening.före[::-1]) if (id_ := _mått(ett))), "")
    andelar: Andelar = {(rad.plats, rad.kön): rad.andel for rad in s.r.år.underlag.behov if rad.mått == mått}
    if not andelar:
        return
    kommuner = {m.id: m.namn.casefold() for m in s.r.år.förbund.medlemmar if m.typ == "kommun"}
    for träff in _VAR.finditer(mening.text):
        if plats := next((id_ for id_, namn in kommuner.items() if namn.startswith(träff["plats"])), ""):
            yield from _ytterst(träff, plats, {nyckel: ett for nyckel, ett in andelar.items() if nyckel[0] in kommuner})


def _mått(mening: Mening) -> str:
    """The one mått that a sentence has figures of."""
    nämnda = {tal.id.split(".")[1] for tal in mening.tal if tal.id.startswith("behov.")}
    return nämnda.pop() if len(nämnda) == 1 else ""


def _ytterst(sagt: re.Match[str], plats: str, andelar: Andelar) -> Iterator[Utsaga]:
    """That a place has the largest or the smallest share: of all, of kvinnor or of män."""
    tecken = 1 if sagt["ord"] == "högst" else -1
    längre: list[tuple[Decimal, tuple[str, str]]] = []
    for kön in ("", "kvinnor", "män"):
        eget = andelar.get((plats, kön))
        andra = [(tecken * ett, nyckel) for nyckel, ett in andelar.items() if nyckel[1] == kön and nyckel[0] != plats]
        if eget is None or not andra:
            continue
        värst, nyckel = max(andra)
        if värst <= tecken * eget:
            return
        längre.append((eget, nyckel))
    for eget, nyckel in längre[:1]:
        ena, andra_ = f"{andel(eget / 100)} i {plats}", f"{andel(andelar[nyckel] / 100)} i {nyckel[0]}"
        yield Påstående(sagt[0], tecken, andelar[nyckel], eget, ena, andra_)
