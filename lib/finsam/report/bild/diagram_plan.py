"""The pictures of a verksamhetsplan: the year as a wheel, needs by kommun, the budget over three years."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING

from finsam.model.fakta import Faktabas
from finsam.model.farg import FÖRVAL
from finsam.model.meningar import ändring
from finsam.model.ord import MÅNADER, gemena, hänvisning, versal, årsord
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.tabell import Rad, Tabell
from finsam.report.bild.rita import (
    KONTUR,
    TEXT,
    bildord,
    figur_och_axel,
    i_egen_stil,
    med_åren,
    rita_svg,
    svensk_axel,
    svensk_skala,
    sätt_etiketter,
    tabell_över_år,
    tusental,
    tusentalsord,
    utan_minus,
)
from finsam.report.block import Diagramblock, Tabellblock
from finsam.report.text import Texttyda, ord_i
from finsam.report.visning import visa_cell
from finsam.statements import plan
from finsam.statements.budgetplan import planår

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HJULRUBRIK = "Årshjul {år}"
BUDGETNAMN = "Budget och eget kapital över tre år"


def årshjul(år: Räkenskapsår, tyda: Texttyda) -> Diagramblock | None:
    """The year as a wheel of twelve sectors, January at the top, clockwise; None when nothing is given."""
    tabell = plan.årshjulstabell(år)
    if tabell is None:
        return None
    delar = [f"{gemena(rad.etikett)}: {rad.celler[0].text}" for rad in tabell.rader]
    rubrik, alt = ord_i(HJULRUBRIK, tyda), ord_i(f"Årshjul med tolv månader. {'. '.join(delar)}.", tyda)
    return Diagramblock("diagram-arshjul", rubrik, alt, partial(_rita_årshjul, år, tyda), Tabellblock(tabell, tyda))


@i_egen_stil
def _rita_årshjul(år: Räkenskapsår, tyda: Texttyda) -> str:
    figur, ax = figur_och_axel(5.4)
    ax.set_aspect("equal")
    ax.set_axis_off()
    for nr, månad in enumerate(MÅNADER):
        vinkel = math.pi / 2 - 2 * math.pi * (nr + 0.5) / 12
        händelser = [h.händelse for h in år.underlag.årshjul if h.månad == nr + 1]
        _sektor(ax, nr, tyda.färger.profil if händelser else tyda.färger.ton)
        x, y, färg = math.cos(vinkel), math.sin(vinkel), "white" if händelser else TEXT
        ax.text(0.72 * x, 0.72 * y, månad[:3], ha="center", va="center", color=färg, fontsize=9.5)
        text = "\n".join(bildord(versal(h), 24) for h in händelser)
        ax.text(1.06 * x, 1.06 * y, text, ha="left" if x > 0 else "right", va="center", fontsize=8, color=TEXT)
    ax.text(0, 0, "{år}", ha="center", va="center", fontsize=18, color=tyda.färger.profil, weight="semibold")
    ax.set_xlim(-2.1, 2.1)
    ax.set_ylim(-1.35, 1.35)
    return rita_svg(figur, tyda)


def _sektor(ax: Axes, nr: int, färg: str) -> None:
    from matplotlib.patches import Wedge

    slut = 90 - nr * 30
    ax.add_patch(Wedge((0, 0), 0.95, slut - 30, slut, width=0.45, facecolor=färg, edgecolor="white", linewidth=2))


def behovsdiagram(mått: str, år: Räkenskapsår, tyda: Texttyda) -> Diagramblock:
    """Shares by kommun, a bar for each kön."""
    tabell = plan.behovstabell(mått, år, tyda.fakta)
    delar = [f"{rad.etikett} {_värden(rad, tabell)}" for rad in tabell.rader]
    rubrik, alt = ord_i(tabell.rubrik, tyda), ord_i(f"Stapeldiagram: {tabell.rubrik}. {'; '.join(delar)}.", tyda)
    rita = partial(_rita_behov, tabell, tyda)
    return Diagramblock(f"diagram-behov-{mått}", rubrik, alt, rita, Tabellblock(tabell, tyda))


@i_egen_stil
def _rita_behov(tabell: Tabell, tyda: Texttyda) -> str:
    figur, ax = figur_och_axel(2.8)
    bredd = 0.8 / len(tabell.kolumner)
    for nr, (kolumn, färg) in enumerate(zip(tabell.kolumner, tyda.färger.serier, strict=False)):
        lägen, värden, ord_ = [], [], []
        for läge, rad in enumerate(tabell.rader):
            cell = rad.celler[nr]
            värde = visa_cell(cell, tyda.fakta, "").värde
            if värde is not None:
                lägen.append(läge + (nr - (len(tabell.kolumner) - 1) / 2) * bredd)
                värden.append(float(värde))
                ord_.append(hänvisning(cell.fakta, "andel bara_tal"))
        staplar = ax.bar(lägen, värden, bredd, color=färg, label=kolumn.rubrik, **KONTUR)
        ax.bar_label(staplar, ord_, padding=2, fontsize=8.5, color=TEXT)
    namn = [bildord(rad.etikett, 14) for rad in tabell.rader]
    sätt_etiketter(ax.xaxis, range(len(namn)), namn, tyda)
    svensk_skala(ax.yaxis)
    ax.set_ylabel("procent", color=TEXT)
    ax.margins(y=0.12)
    figur.legend(loc="outside upper center", ncols=3, frameon=False)
    return rita_svg(figur, tyda)


def _värden(rad: Rad, tabell: Tabell) -> str:
    par = ((gemena(k.rubrik), c) for k, c in zip(tabell.kolumner, rad.celler, strict=True) if c.fakta)
    return ", ".join(f"{rubrik} {hänvisning(cell.fakta, 'andel')}" for rubrik, cell in par)


_SERIER = (("intakter", "Intäkter"), ("kostnader", "Kostnader"), ("eget_kapital", "Eget kapital vid årets slut"))


def budgetdiagram(år: Räkenskapsår, tyda: Texttyda) -> Diagramblock:
    """Intäkter, kostnader and eget kapital over the three years."""
    rader = [(id_, etikett, f"budget.{id_}") for id_, etikett in _SERIER]
    alt = budgetalt(år, tyda.fakta)
    rubrik = budgetrubrik(år, tyda.fakta)
    tabell = tabell_över_år("diagram_budgetplan", f"{BUDGETNAMN}, diagrammets värden", planår(år), rader, tyda)
    rita = partial(_rita_budget, år, tyda)
    return Diagramblock("diagram-budgetplan", ord_i(rubrik, tyda), ord_i(alt, tyda), rita, tabell)


@i_egen_stil
def _rita_budget(år: Räkenskapsår, tyda: Texttyda) -> str:
    fakta, åren = tyda.fakta, planår(år)
    figur, ax = figur_och_axel(2.9)
    for nr, ((id_, etikett), färg) in enumerate(
        zip(_SERIER, (tyda.färger.ljus, tyda.färger.profil, tyda.färger.mellan), strict=True)
    ):
        nycklar = [f"budget.{id_}/{p}" for p in åren]
        kostnader = id_ == "kostnader"
        höjder = [abs(v) if kostnader else v for v in tusental(fakta, nycklar)]
        ord_ = tusentalsord(fakta, nycklar, *(["utan_tecken"] if kostnader else []))
        lägen = [x + (nr - 1) * 0.27 for x in range(len(åren))]
        staplar = ax.bar(lägen, höjder, 0.27, color=färg, label=etikett, **KONTUR)
        ax.bar_label(staplar, ord_, padding=2, fontsize=8.5, color=TEXT)
    namn = [f"{'Plan' if nr else 'Budget'} {årsord(p, år.årtal)}" for nr, p in enumerate(åren)]
    sätt_etiketter(ax.xaxis, range(len(åren)), namn, tyda)
    ax.margins(y=0.12)
    ax.axhline(0, color=FÖRVAL.kant, linewidth=0.8)
    svensk_axel(ax)
    figur.legend(loc="outside upper center", ncols=3, frameon=False)
    return rita_svg(figur, tyda)


def budgetalt(år: Räkenskapsår, fakta: Faktabas) -> str:
    """The picture of the budget in words, with every figure that is drawn."""
    serier = [(gemena(ord_), f"budget.{id_}", "utan_tecken" * (id_ == "kostnader")) for id_, ord_ in _SERIER]
    åren = med_åren(planår(år), serier, år, fakta)
    return f"Stapeldiagram i tusen kronor, kostnader utan minus. {åren}".strip()


def budgetrubrik(år: Räkenskapsår, fakta: Faktabas) -> str:
    """Which way eget kapital goes over the three years, or the picture's name when that cannot be said."""
    första, *_, sista = planår(år)
    från, till = ((f"vid slutet av {årsord(p, år.årtal)}", f"budget.eget_kapital/{p}") for p in (första, sista))
    return utan_minus(ändring("eget kapital", från, till, fakta) or BUDGETNAMN, år.förbund.tecken.budget)
