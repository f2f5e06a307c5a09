"""How medlemsbidraget is split: half the state, a quarter the region, a quarter the kommuner (Finsam 5 §)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_FLOOR, Decimal

from finsam.model.belopp import NOLL, avrunda
from finsam.model.fakta import Faktabas, Indata
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.tabell import Cell, Kolumn, Rad, Tabell
from finsam.statements.delar import Del
from finsam.statements.uppgifter import cellkälla

DELAR = {"stat": Decimal("0.5"), "region": Decimal("0.25"), "kommun": Decimal("0.25")}
RAM = "uppgift.medlemsbidrag_ram"


def fördela(belopp: Decimal, vikter: Mapping[str, Decimal], steg: Decimal = Decimal(1)) -> dict[str, Decimal]:
    """Split an amount by weights in whole steps so that the parts add up to it (largest remainder).

    >>> {k: int(v) for k, v in fördela(Decimal(100), {"a": Decimal(1), "b": Decimal(1), "c": Decimal(1)}).items()}
    {'a': 34, 'b': 33, 'c': 33}
    """
    totalt = sum(vikter.values(), NOLL)
    if not totalt:
        return dict.fromkeys(vikter, NOLL)
    exakt = {namn: belopp * vikt / totalt / steg for namn, vikt in vikter.items()}
    golv = {namn: tal.to_integral_value(ROUND_FLOOR) for namn, tal in exakt.items()}
    rest = int((belopp / steg - sum(golv.values(), NOLL)).to_integral_value())
    för_mest = sorted(vikter, key=lambda namn: golv[namn] - exakt[namn])
    for namn in för_mest[:rest]:
        golv[namn] += 1
    return {namn: tal * steg for namn, tal in golv.items()}


def kommunandelar(invånare: Mapping[str, Decimal], avrundning: str) -> dict[str, Decimal]:
    """Each kommun's share of the quarter: exact, or in tenths of a per cent that add up to a hundred."""
    totalt = sum(invånare.values(), NOLL)
    if avrundning == "exakt":
        return {namn: antal / totalt for namn, antal in invånare.items()}
    return fördela(Decimal(1), invånare, Decimal("0.001"))


def fyll_bidragsfördelning(år: Räkenskapsår, fakta: Faktabas) -> None:
    """Make bidrag.<medlem>, bidrag.kommunerna and bidrag.totalt when Uppgifter has medlemsbidrag_ram."""
    if RAM not in fakta or fakta[RAM].värde is None:
        return
    period, ram = år.period, fakta[RAM].värde or NOLL
    källa = Indata(år.underlag.fil, "Medlemsbidrag", "fördelning av medlemsbidrag_ram, lag (2003:1210) 5 §")
    kommuner = {medlem.id for medlem in år.förbund.medlemmar if medlem.typ == "kommun"}
    invånare = {}
    for rad in år.underlag.medlemsbidrag:
        if rad.år == år.årtal and rad.invånare is not None and rad.medlem in kommuner:
            invånare[rad.medlem] = Decimal(rad.invånare)
            definition = f"Invånare i {_namn(år, rad.medlem)}."
            fakta.indata(
                f"invanare.{rad.medlem}",
                period,
                Decimal(rad.invånare),
                "antal",
                definition,
                cellkälla(år, rad, rad.källa),
            )
    invånartermer = [(1, f"invanare.{id_}/{period}") for id_ in invånare]
    fakta.summa("invanare.totalt", period, invånartermer, "Invånare i kommunerna tillsammans.")
    kommundel = avrunda(ram * DELAR["kommun"])
    andelar = kommunandelar(invånare, år.förbund.bidragsnyckel.avrundning) if invånare else {}
    nycklar: dict[str, list[str]] = {"kommun": [], "annan": []}
    for medlem, andel in andelar.items():
        definition = f"{_namn(år, medlem)}, andel av kommunernas fjärdedel efter invånare."
        fakta.indata(f"bidragsandel.{medlem}", period, andel, "andel", definition, källa)
    for medlem, belopp in fördela(kommundel, andelar).items():
        definition = f"Medlemsbidrag från {_namn(år, medlem)}, fördelat efter invånare."
        nycklar["kommun"].append(fakta.indata(f"bidrag.{medlem}", period, belopp, "kr", definition, källa))
    for m in (m for m in år.förbund.medlemmar if m.typ != "kommun"):
        lika = sum(annan.typ == m.typ for annan in år.förbund.medlemmar)
        definition = f"Medlemsbidrag från {m.namn}."
        nycklar["annan"].append(
            fakta.indata(f"bidrag.{m.id}", period, ram * DELAR[m.typ] / lika, "kr", definition, källa)
        )
    kommunerna = fakta.summa(
        "bidrag.kommunerna", period, [(1, n) for n in nycklar["kommun"]], "Kommunernas medlemsbidrag tillsammans."
    )
    alla = [(1, kommunerna), *((1, n) for n in nycklar["annan"])]
    fakta.summa("bidrag.totalt", period, alla, "Medlemsbidragen tillsammans.")


def _namn(år: Räkenskapsår, medlem: str) -> str:
    return next((m.namn for m in år.förbund.medlemmar if m.id == medlem), medlem)


def bidragsfördelning(år: Räkenskapsår, fakta: Faktabas) -> Tabell | None:
    """Invånare, andel and bidrag by member; None when there is nothing to split."""
    if "bidrag.totalt" not in fakta:
        return None

    def cell(id_: str) -> Cell:
        return Cell(f"{id_}/{år.period}") if id_ in fakta else Cell()

    def rad(id_: str, etikett: str) -> Rad:
        return Rad(id_, etikett, (cell(f"invanare.{id_}"), cell(f"bidragsandel.{id_}"), cell(f"bidrag.{id_}")))

    kommuner = tuple(rad(m.id, m.namn) for m in år.förbund.medlemmar if m.typ == "kommun")
    summa = (cell("invanare.totalt"), Cell(), cell("bidrag.kommunerna"))
    andra = tuple(rad(m.id, m.namn) for m in år.förbund.medlemmar if m.typ != "kommun")
    return Tabell(
        "bidragsfordelning",
        f"Medlemsbidrag {år.årtal}",
        "kr",
        (
            Kolumn("invanare", "Invånare"),
            Kolumn("andel", "Andel"),
            Kolumn("bidrag", f"Medlemsbidrag {år.årtal}", period=år.period),
        ),
        (
            *kommuner,
            Rad("kommunerna", "Summa kommunerna", summa, "delsumma"),
            *andra,
            Rad("totalt", "Summa medlemsbidrag", (Cell(), Cell(), cell("bidrag.totalt")), "summa"),
        ),
        första="Medlem",
        perioder=(år.period,),
    )


DEL = Del(fyll_bidragsfördelning, lambda år, fakta: (bidragsfördelning(år, fakta),))
