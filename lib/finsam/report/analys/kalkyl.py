"""What if: the budget counted again with another medlemsbidrag or another row, from the plan's own rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from finsam.model.belopp import NOLL, avrunda
from finsam.model.forbund import Delnyckel, Förbund
from finsam.model.problem import Problem, UnreadableInput
from finsam.model.underlag import Planrad
from finsam.report.planbok import Planbok
from finsam.statements.bidragsfordelning import RAM, parter
from finsam.statements.bidragslag import NYCKLAR
from finsam.statements.budgetplan import planår
from finsam.statements.redovisning import redovisa

if TYPE_CHECKING:
    from finsam.report.analys.ram import Ram

_DELAR = ("budget", "plan1", "plan2")


def räkna_upp(belopp: Decimal, procent: float, antal_år: int) -> Decimal:
    """An amount raised by the same per cent a year, in whole kronor.

    >>> räkna_upp(Decimal(1000000), 2.0, 2)
    Decimal('1040400')
    """
    faktor = 1 + Decimal(str(procent)) / 100
    return avrunda(belopp * faktor**antal_år)


def med_ändring(bok: Planbok, procent: float, rad: str, belopp: float) -> Planbok:
    """The plan counted again: medlemsbidrag raised from the first plan year, and one row set to an amount."""
    rader = bok.år.underlag.budgetplan
    if rad and rad not in {r.id for r in rader if r.typ != "grupp"}:
        finns = ", ".join(r.id for r in rader if r.typ != "grupp")
        raise UnreadableInput([Problem("fel", f"Raden {rad} finns inte i budgeten. Där finns: {finns}.")])
    nya = tuple(_ändrad(r, procent, rad, Decimal(str(belopp))) for r in rader)
    underlag = bok.år.underlag.model_copy(update={"budgetplan": nya})
    return Planbok(redovisa(replace(bok.år, underlag=underlag)))


def _ändrad(rad: Planrad, procent: float, vald: str, belopp: Decimal) -> Planrad:
    if rad.id == vald:
        return rad.model_copy(update=dict.fromkeys(_DELAR, belopp))
    if not procent or rad.typ != "medlemsbidrag" or rad.budget is None:
        return rad
    return rad.model_copy(update={del_: räkna_upp(rad.budget, procent, nr) for nr, del_ in enumerate(_DELAR)})


def _tal(bok: Planbok, nyckel: str) -> float | None:
    värde = bok.fakta[nyckel].värde
    return None if värde is None else float(värde)


def vad_händer_om(bok: Planbok, procent: float = 0, rad: str = "", belopp: float = 0) -> Ram:
    """Resultat och eget kapital per år, som i budgeten och med ändringen. Kronor, överskott plus."""
    from finsam.report.analys.ram import ram

    ny = med_ändring(bok, procent, rad, belopp)
    serier = (
        ("resultat i budgeten", bok, "budget.resultat"),
        ("resultat med ändringen", ny, "budget.resultat"),
        ("eget kapital i budgeten", bok, "budget.eget_kapital"),
        ("eget kapital med ändringen", ny, "budget.eget_kapital"),
        ("tak", ny, "kapitaltak"),
    )
    kolumner = {namn: [_tal(b, f"{id_}/{period}") for period in planår(bok.år)] for namn, b, id_ in serier}
    åren: dict[str, Sequence[object]] = {"år": list(planår(bok.år))}
    return ram({**åren, **kolumner}, **dict.fromkeys(kolumner, "kr"))


def bidrag_per_medlem(bok: Planbok, procent: float = 0) -> Ram:
    """Medlemsbidraget per medlem, som i planen och uppräknat, ur planens medlemsbidrag_ram. Kronor."""
    from finsam.report.analys.ram import ram

    uppräknat = f"uppräknat {procent:g} %".replace(".", ",")
    if RAM not in bok.fakta:
        text = "Planen har ingen rad medlemsbidrag_ram i bladet Uppgifter, så det finns inget att dela."
        return ram([], ("medlem", "i planen", uppräknat), anmärkningar=[text])
    höjt = räkna_upp(bok.fakta[RAM].värde or NOLL, procent, 1)
    uppgifter = tuple(
        u.model_copy(update={"värde": höjt}) if u.id == RAM.partition(".")[2] else u for u in bok.år.underlag.uppgifter
    )
    underlag = bok.år.underlag.model_copy(update={"uppgifter": uppgifter})
    ny = Planbok(redovisa(replace(bok.år, underlag=underlag, förbund=_med_dagens_andelar(bok))))
    medlemmar = [m for m in bok.år.förbund.medlemmar if f"bidrag.{m.id}" in bok.fakta]
    rader = [(m.namn, _tal(bok, f"bidrag.{m.id}"), _tal(ny, f"bidrag.{m.id}")) for m in medlemmar]
    rader.append(("Summa", _tal(bok, "bidrag.totalt"), _tal(ny, "bidrag.totalt")))
    return ram(rader, ("medlem", "i planen", uppräknat), **{"i planen": "kr", uppräknat: "kr"})


def _med_dagens_andelar(bok: Planbok) -> Förbund:
    """The settings with agreed and decided amounts as weights, since another sum is to be shared as they are."""
    förbund = bok.år.förbund
    nycklar = {
        NYCKLAR[part.del_]: Delnyckel(
            efter="historiska belopp",
            andelar={post.medlem.id: post.belopp or NOLL for post in part.poster},
            delår="hela året",
            källa=part.källa or "planen",
        )
        for part in parter(bok.år, bok.fakta)
        if part.efter in ("beslut", "belopp") and not part.fråga
    }
    return förbund.model_copy(update={"bidragsnyckel": förbund.bidragsnyckel.model_copy(update=nycklar)})
