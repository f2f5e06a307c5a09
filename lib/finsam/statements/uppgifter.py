"""Facts that are read straight from `underlag.xlsx`: uppgifter, medlemsbidrag, deltagare and enkäter."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal

from finsam.model.belopp import TKR
from finsam.model.fakta import Enhet, Faktabas, Indata
from finsam.model.ord import SAKNAS
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.underlag import Deltagarrad, Underlagsrad, Uppgift


def cellkälla(år: Räkenskapsår, rad: Underlagsrad, anmärkning: str = "") -> Indata:
    """Where a row of the underlag was read."""
    return Indata(år.underlag.fil, f"{rad.blad}, rad {rad.rad}", anmärkning)


def i_modellens_enhet(tal: Decimal, enhet: str) -> tuple[Decimal, Enhet]:
    """A number as it is kept: tkr as kronor, per cent as a ratio.

    >>> i_modellens_enhet(Decimal(29), "%")
    (Decimal('0.29'), 'andel')
    """
    match enhet:
        case "tkr":
            return tal * TKR, "kr"
        case "kr":
            return tal, "kr"
        case "%":
            return tal / 100, "andel"
        case _:
            return tal, "antal"


def fyll_uppgifter(år: Räkenskapsår, fakta: Faktabas) -> None:
    """Make uppgift.<id>; one without a value says that the figure is missing."""
    for rad in år.underlag.uppgifter:
        värde, enhet, text = _värde(rad)
        fakta.indata(
            f"uppgift.{rad.id}", år.period, värde, enhet, f"{rad.benämning}.", cellkälla(år, rad, rad.källa), text
        )


def _värde(rad: Uppgift) -> tuple[Decimal | None, Enhet, str]:
    if rad.värde is None:
        return None, "text" if rad.enhet in ("text", "datum") else i_modellens_enhet(Decimal(0), rad.enhet)[1], SAKNAS
    if isinstance(rad.värde, Decimal):
        värde, enhet = i_modellens_enhet(rad.värde, rad.enhet)
        return värde, enhet, ""
    return None, "text", rad.värde.isoformat() if isinstance(rad.värde, date) else str(rad.värde)


def fyll_medlemsbidrag(år: Räkenskapsår, fakta: Faktabas) -> None:
    """Make medlemsbidrag.<medlem> as decided, and their sum medlemsbidrag.beslutat, for the years given."""
    per_år: dict[str, list[str]] = defaultdict(list)
    for rad in år.underlag.medlemsbidrag:
        namn = next((m.namn for m in år.förbund.medlemmar if m.id == rad.medlem), rad.medlem)
        definition, period = f"Beslutat medlemsbidrag från {namn}.", str(rad.år)
        källa = cellkälla(år, rad, rad.källa)
        per_år[period].append(fakta.indata(f"medlemsbidrag.{rad.medlem}", period, rad.belopp, "kr", definition, källa))
    for period, nycklar in per_år.items():
        summan = [(1, nyckel) for nyckel in nycklar]
        fakta.summa("medlemsbidrag.beslutat", period, summan, "Beslutade medlemsbidrag tillsammans.")


def fyll_deltagare(år: Räkenskapsår, fakta: Faktabas) -> None:
    """Make deltagare.<insats>.<mått> as given or summed over kön, and the same by kön and by kommun."""
    grupper: dict[tuple[str, str, str], list[Deltagarrad]] = defaultdict(list)
    for rad in år.underlag.deltagare:
        grupper[rad.insats, rad.mått, str(rad.år)].append(rad)
    for (insats, mått, period), rader in grupper.items():
        bas = f"deltagare.{insats}.{mått}"
        delar: dict[str, list[str]] = defaultdict(list)
        for rad in rader:
            led = ".".join(del_ for del_ in (rad.kön, rad.kommun) if del_)
            id_ = f"{bas}.{led}" if led else bas
            nyckel = fakta.indata(
                id_, period, Decimal(rad.antal), "antal", f"{rad.benämning}.", cellkälla(år, rad, rad.källa)
            )
            for del_ in (rad.kön, rad.kommun) if rad.kön and rad.kommun else ("" if led else "totalt", rad.kön):
                delar[del_].append(nyckel)
        for del_, nycklar in sorted(delar.items()):
            if del_ and del_ != "totalt" and f"{bas}.{del_}/{period}" not in fakta:
                fakta.summa(f"{bas}.{del_}", period, [(1, n) for n in nycklar], f"{rader[0].benämning}, {del_}.")
        if f"{bas}/{period}" not in fakta:
            kön = [f"{bas}.{k}/{period}" for k in ("kvinnor", "män") if f"{bas}.{k}/{period}" in fakta]
            alla = kön or [nyckel for nycklar in delar.values() for nyckel in nycklar]
            fakta.summa(bas, period, [(1, n) for n in dict.fromkeys(alla)], f"{rader[0].benämning}.")


def fyll_enkäter(år: Räkenskapsår, fakta: Faktabas) -> None:
    """Make enkat.<insats>.<id>: the share that answered within the success set."""
    for rad in år.underlag.indikatorer:
        källa = cellkälla(år, rad, rad.källa)
        fakta.indata(f"enkat.{rad.insats}.{rad.id}", år.period, rad.andel / 100, "andel", rad.fråga, källa)
