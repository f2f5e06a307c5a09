"""Kostnadsfördelning: insatser against administration, over three years.

This year and the year before come from the ledger; earlier years from `underlag.xlsx`.
"""

from __future__ import annotations

from dataclasses import replace

from finsam.model.fakta import Faktabas, Indata
from finsam.model.meningar import tecknens_ord
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.tabell import Cell, Fotnot, Kolumn, Rad, Tabell
from finsam.statements.delar import Del
from finsam.statements.uppstallning import har_värde, kontorader, utan_tomma_år

ANTAL_ÅR = 3


def kostnadsår(år: Räkenskapsår) -> tuple[str, ...]:
    """The years of the kostnadsfördelning, newest first."""
    return tuple(str(år.årtal - i) for i in range(ANTAL_ÅR))


def kända_kostnadsår(år: Räkenskapsår, fakta: Faktabas) -> tuple[str, ...]:
    """Those of the years whose costs are known, and how they are divided: a part of them would pass for them all."""
    delar = ("totalt", *(grupp.id for grupp in år.förbund.kostnadsfördelning))
    kända = (p for p in kostnadsår(år) if not any(fakta[f"kostnad.{del_}/{p}"].okänd for del_ in delar))
    return tuple(period for period in kända if fakta[f"kostnad.totalt/{period}"].värde is not None)


def fyll_kostnadsfördelning(år: Räkenskapsår, fakta: Faktabas) -> None:
    """Make kostnad.<grupp>.<rad>, kostnad.<grupp>, kostnad.totalt and each group's kostnadsandel."""
    for period in kostnadsår(år):
        grupper = [_fyll_grupp(grupp.id, år, fakta, period) for grupp in år.förbund.kostnadsfördelning]
        totalt = fakta.summa(
            "kostnad.totalt", period, [(1, grupp) for grupp in grupper], "Alla insatser och all administration."
        )
        for grupp in år.förbund.kostnadsfördelning:
            fakta.kvot(
                f"kostnadsandel.{grupp.id}",
                period,
                f"kostnad.{grupp.id}/{period}",
                totalt,
                f"{grupp.etikett} som andel av förbundets samlade kostnader.",
            )


def _fyll_grupp(id_: str, år: Räkenskapsår, fakta: Faktabas, period: str) -> str:
    grupp = next(g for g in år.förbund.kostnadsfördelning if g.id == id_)
    nycklar = [_fyll_rad(f"{id_}.{rad.id}", rad.etikett, år, fakta, period) for rad in grupp.rader]
    return fakta.summa(f"kostnad.{id_}", period, [(1, nyckel) for nyckel in nycklar], f"{grupp.etikett}, summa.")


def _fyll_rad(funktion: str, etikett: str, år: Räkenskapsår, fakta: Faktabas, period: str) -> str:
    id_ = f"kostnad.{funktion}"
    if (period, "res") in fakta.saldon or (period == år.period and år.väntar_på_bokföringen):
        return fakta.konton(id_, period, "res", kontorader(år, "funktion", funktion), f"{etikett}.")
    for rad in år.underlag.kostnadsfördelning:
        if (rad.funktion, str(rad.år)) == (funktion, period):
            källa = Indata(år.underlag.fil, f"{rad.blad}, rad {rad.rad}", rad.källa)
            return fakta.indata(id_, period, rad.belopp, "kr", f"{etikett}.", källa)
    källa = Indata(år.underlag.fil, "Kostnadsfördelning", "ingen rad för året")
    return fakta.indata(id_, period, None, "kr", f"{etikett}.", källa)


def kostnadsfördelning(år: Räkenskapsår, fakta: Faktabas) -> Tabell:
    """Cost by group and row over three years, each group with its share of the total.

    The share it has in the budget stands there too when Uppgifter says it (budgetandel_<grupp>).
    """
    tecken = -1 if år.förbund.tecken.kostnadsfördelning == "minus" else 1

    def celler(id_: str, vänd: int = tecken) -> tuple[Cell, ...]:
        return tuple(Cell(f"{id_}/{period}", tecken=vänd) for period in kostnadsår(år))

    rader: list[Rad] = []
    for grupp in år.förbund.kostnadsfördelning:
        rader.append(Rad(f"{grupp.id}_rubrik", grupp.etikett, slag="rubrik"))
        poster = [
            Rad(f"{grupp.id}.{rad.id}", rad.etikett, celler(f"kostnad.{grupp.id}.{rad.id}"), indrag=1)
            for rad in grupp.rader
        ]
        rader += [rad for rad in poster if har_värde(fakta, rad.celler)]
        rader.append(
            Rad(
                grupp.id,
                f"Summa {grupp.etikett[0].lower()}{grupp.etikett[1:]}",
                celler(f"kostnad.{grupp.id}"),
                "delsumma",
            )
        )
        rader.append(Rad(f"{grupp.id}_andel", "Andel av kostnaderna", celler(f"kostnadsandel.{grupp.id}", 1), indrag=1))
        if (i_budgeten := f"uppgift.budgetandel_{grupp.id}/{år.period}") in fakta:
            andelar = (Cell(i_budgeten), *(Cell(),) * (ANTAL_ÅR - 1))
            rader.append(Rad(f"{grupp.id}_budgetandel", "Andel i budgeten", andelar, indrag=1))
    rader.append(Rad("totalt", "Totala kostnader", celler("kostnad.totalt"), "summa"))
    kolumner = tuple(Kolumn(period, period, period=period) for period in kostnadsår(år))
    tabell = Tabell("kostnadsfordelning", "Kostnadsfördelning", "kr", kolumner, tuple(rader), första="Belopp i kronor")
    ord_ = tecknens_ord("kostnadsfördelning", år.förbund.tecken)
    return utan_tomma_år(replace(tabell, fotnoter=(Fotnot(ord_),) if ord_ else ()), fakta)


DEL = Del(fyll_kostnadsfördelning, lambda år, fakta: (kostnadsfördelning(år, fakta),))
