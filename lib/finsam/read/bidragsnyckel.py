"""What is wrong with members and their keys in `forbund.yml` taken together, with the place of each."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from finsam.model.forbund import Delnyckel, Förbund, Medlem, Ställe
from finsam.read.indata import förslag, visa

RESERVERADE = ("kommunerna", "regionerna", "totalt")
"""Ids that are sums of bidrag."""
_TYP = {"stat": "stat", "regioner": "region", "kommuner": "kommun"}
_MED_ANDELAR = ("procent", "belopp", "historiska belopp")


def medlemsfel(förbund: Förbund) -> Iterator[tuple[Ställe, str]]:
    """Members that cannot be right, and keys that do not fit them."""
    for nr, medlem in enumerate(förbund.medlemmar):
        for fält, text in _fel_i(medlem, {annan.id for annan in förbund.medlemmar} - {medlem.id}):
            yield ("medlemmar", nr, fält), f"medlemmar: {text}"
    for namn in _TYP:
        nyckel: Delnyckel | None = getattr(förbund.bidragsnyckel, namn)
        if nyckel:
            yield from _nyckelfel(förbund, namn, nyckel)
    if delar := förbund.bidragsnyckel.delar:
        summa = delar.stat + delar.region + delar.kommun
        if summa != 100:
            yield ("bidragsnyckel", "delar"), f"bidragsnyckel: delar är tillsammans {_tal(summa)} % men ska vara 100."


def _fel_i(medlem: Medlem, andra: set[str]) -> Iterator[tuple[str, str]]:
    if medlem.id in RESERVERADE:
        yield "id", f"id {visa(medlem.id)} är upptaget av en summa; välj ett annat."
    if medlem.utanför_region and medlem.typ != "kommun":
        yield "utanför_region", f"{medlem.id} är inte en kommun; ta bort utanför_region."
    if medlem.från and medlem.till and medlem.från > medlem.till:
        yield "till", f"{medlem.id} slutar {medlem.till} men börjar {medlem.från}."
    for ett in medlem.ersätter:
        if ett not in andra:
            yield "ersätter", f"{medlem.id} ersätter {visa(ett)}, som inte är en annan medlem.{förslag(ett, andra)}"


def _nyckelfel(förbund: Förbund, namn: str, nyckel: Delnyckel) -> Iterator[tuple[Ställe, str]]:
    plats = ("bidragsnyckel", namn, "andelar")
    var = f"bidragsnyckel: {namn}"
    delar = {m.id for m in förbund.medlemmar if m.typ == _TYP[namn] or (namn == "regioner" and m.utanför_region)}
    if nyckel.efter in _MED_ANDELAR and not nyckel.andelar:
        yield plats, f"{var}: efter {nyckel.efter} behöver andelar, en rad per medlem."
    if nyckel.efter not in _MED_ANDELAR and nyckel.andelar:
        yield plats, f"{var}: efter {nyckel.efter} har inga andelar; ta bort dem eller välj {', '.join(_MED_ANDELAR)}."
    for id_, andel in nyckel.andelar.items():
        if id_ not in delar:
            yield (*plats, id_), f"{var}: {visa(id_)} är ingen medlem som delar här.{förslag(id_, delar)}"
        if andel < 0:
            yield (*plats, id_), f"{var}: andelen för {id_} är {_tal(andel)} men kan inte vara under 0."


def _tal(tal: Decimal) -> str:
    return f"{tal.normalize():f}".replace(".", ",")
