"""Sliders for what if, where there is a kernel and a page to move them on; elsewhere it is said how to do without."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

from finsam.report.analys.figur import Figur, Utan, staplar
from finsam.report.analys.kalkyl import vad_händer_om
from finsam.report.planbok import Planbok

UTAN_KÄRNA = (
    "Reglagen rör sig när notebooken är öppen i JupyterLab och cellen är körd. Annars: ändra värdena i första cellen."
)


@dataclass(frozen=True)
class Reglage:
    """Sliders, or the words in their place. A page that cannot show them shows the words."""

    widget: Any = None

    def __repr__(self) -> str:
        return UTAN_KÄRNA

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        egna = self.widget._repr_mimebundle_() if self.widget is not None else {}
        return {**(egna or {}), "text/html": f"<p><em>{escape(UTAN_KÄRNA)}</em></p>", "text/plain": UTAN_KÄRNA}


def bild(bok: Planbok, procent: float = 0, rad: str = "", belopp: float = 0) -> Figur | Utan:
    """Eget kapital per år i budgeten och med ändringen, mot taket."""
    df = vad_händer_om(bok, procent, rad, belopp)
    serier = ("eget kapital i budgeten", "eget kapital med ändringen")
    return staplar(df, "år", serier, titel="Eget kapital vid årets slut", streck="tak")


def reglage(bok: Planbok, procent: float = 0, rad: str = "", belopp: float = 0) -> Reglage:
    """Reglage för uppräkningen av medlemsbidraget, och för en rad i budgeten: bilden och tabellen räknas om."""
    if not _på_en_sida():
        return Reglage()
    try:
        import ipywidgets
        from IPython.display import display
    except ImportError:
        return Reglage()

    rader = [("ingen rad", ""), *((r.benämning, r.id) for r in bok.år.underlag.budgetplan if r.typ != "grupp")]
    stil = {"description_width": "16em"}
    bred = ipywidgets.Layout(width="38em")
    val: dict[str, Any] = {"style": stil, "layout": bred, "continuous_update": False}

    def visa(procent: float, rad: str, belopp: float) -> None:
        display(bild(bok, procent, rad, belopp), vad_händer_om(bok, procent, rad, belopp))

    räkna: Callable[..., Any] = ipywidgets.interactive
    return Reglage(
        räkna(
            visa,
            procent=ipywidgets.FloatSlider(
                value=procent, min=-10, max=10, step=0.5, description="Uppräkning per år, %", **val
            ),
            rad=ipywidgets.Dropdown(options=rader, value=rad, description="Rad att ändra", style=stil, layout=bred),
            belopp=ipywidgets.IntSlider(
                value=int(belopp), min=0, max=_högst(bok, belopp), step=10_000, description="Belopp, kronor", **val
            ),
        )
    )


def _på_en_sida() -> bool:
    """Whether the cell is run from a page that can show sliders: such a page says which of its cells it runs. A run by
    papermill or nbconvert does not.
    """
    getipython = sys.modules.get("IPython.core.getipython")
    kärna = getattr(getipython.get_ipython() if getipython else None, "kernel", None)
    fråga = kärna.get_parent("shell") if kärna is not None else {}
    return "cellId" in (fråga or {}).get("metadata", {})


def _högst(bok: Planbok, belopp: float) -> int:
    """The greatest amount of the slider: twice the greatest of the budget, in whole hundreds of thousands."""
    alla = [abs(r.budget) for r in bok.år.underlag.budgetplan if r.budget is not None]
    return int(max(2 * max(alla, default=0), belopp, 100_000) // 100_000 + 1) * 100_000
