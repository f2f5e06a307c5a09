"""The pictures of a report, drawn from facts. Same figures, same bytes: no clock, no random ids."""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Sequence
from decimal import Decimal
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

from finsam.model.belopp import NOLL, TKR, svenskt_tal
from finsam.model.fakta import Faktabas
from finsam.model.forbund import Ruta
from finsam.model.ord import uppräkning
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.tabell import Cell, Kolumn, Rad, Tabell
from finsam.report.block import Diagramblock, Tabellblock
from finsam.report.text import Texttyda
from finsam.report.visning import visa_cell
from finsam.statements.driftredovisning import driftcell
from finsam.statements.flerarsoversikt import perioder
from finsam.statements.kostnadsfordelning import kända_perioder

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_HÄR = Path(__file__).parent
FÄRG = ("#1f4e79", "#7fa7c9", "#c55a11", "#8a8a8a")
TEXT = "#222222"
_BREDD = 6.6
HÖGST_ORD = 120
"""Letters of a label."""


def figur_och_axel(höjd: float) -> tuple[Figure, Axes]:
    """An empty picture of the report's width, in the report's type."""
    import matplotlib as mpl
    from matplotlib import font_manager
    from matplotlib.figure import Figure

    for fil in sorted(_HÄR.glob("SourceSansPro-*.ttf")):
        font_manager.fontManager.addfont(fil)
    mpl.rcParams.update(
        {
            "font.family": "Source Sans Pro",
            "font.size": 10,
            "text.parse_math": False,  # a label is words: $x$ is not a formula
            "svg.hashsalt": "finsam",
            "axes.edgecolor": "#999999",
        }
    )
    figur = Figure(figsize=(_BREDD, höjd), layout="constrained")
    ax = figur.add_subplot()
    ax.spines[["top", "right"]].set_visible(False)
    ax.tick_params(colors=TEXT, length=0)
    return figur, ax


def rita_svg(figur: Figure) -> str:
    """The figure as an SVG element alone, without dates and document type."""
    ström = io.StringIO()
    figur.savefig(ström, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    svg = ström.getvalue()
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg[svg.index("<svg") :], flags=re.DOTALL)
    return re.sub(r"[ \t]+$", "", svg, flags=re.MULTILINE)


def tusental(fakta: Faktabas, nycklar: Sequence[str]) -> list[float]:
    """Facts in thousands, for drawing."""
    return [float((fakta[n].värde or NOLL) / TKR) for n in nycklar]


def bildord(text: str, bredd: int) -> str:
    """Words in a picture: in short lines, and not without end (the table beside has them whole)."""
    return textwrap.fill(text if len(text) <= HÖGST_ORD else f"{text[: HÖGST_ORD - 1]}…", bredd)


def svensk_axel(ax: Axes) -> None:
    """An axis in thousands of kronor with Swedish numbers."""
    ax.yaxis.set_major_formatter(lambda tal, _: svenskt_tal(decimaltal(tal)))
    ax.set_ylabel("tusen kronor", color=TEXT)
    ax.grid(axis="y", color="#e3e3e3")
    ax.set_axisbelow(True)


def decimaltal(tal: float) -> Decimal:
    """A drawn number as it is printed."""
    return Decimal(str(tal))


def tabell_över_år(
    id_: str, rubrik: str, perioder_: Sequence[str], rader: Sequence[tuple[str, str, str]], tyda: Texttyda
) -> Tabellblock:
    """The figures of a picture as a table by year."""
    tabell = Tabell(
        id_,
        rubrik,
        "tkr",
        tuple(Kolumn(p, p) for p in perioder_),
        tuple(
            Rad(rad_id, etikett, tuple(Cell(f"{fakta_id}/{p}") for p in perioder_))
            for rad_id, etikett, fakta_id in rader
        ),
        första="Belopp i tusen kronor",
        rubrik_dold=True,
    )
    return Tabellblock(tabell, tyda)


def kapitaldiagram(år: Räkenskapsår, tyda: Texttyda) -> Diagramblock:
    """Medlemsbidrag and eget kapital over five years, with the recommended ceiling."""
    fakta, åren = (
        tyda.fakta,
        tuple(p for p in reversed(perioder(år)) if tyda.fakta[f"br.eget_kapital/{p}"].värde is not None),
    )
    figur, ax = figur_och_axel(2.9)
    lägen = range(len(åren))
    bidrag = tusental(fakta, [f"medlemsbidrag/{p}" for p in åren])
    kapital = tusental(fakta, [f"br.eget_kapital/{p}" for p in åren])
    tak = tusental(fakta, [f"kapitaltak/{p}" for p in åren])
    ax.bar([x - 0.2 for x in lägen], bidrag, 0.4, color=FÄRG[1], label="Medlemsbidrag")
    staplar = ax.bar([x + 0.2 for x in lägen], kapital, 0.4, color=FÄRG[0], label="Eget kapital vid årets slut")
    texter = ax.bar_label(
        staplar, [svenskt_tal(decimaltal(k)) for k in kapital], padding=2, color=TEXT, fontsize=9, zorder=4
    )
    for ord_ in texter:
        ord_.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 1})
    procent = visa_cell(Cell(f"kapitaltak.andel/{år.period}"), fakta, "").text
    etikett = f"Tak, {procent} av bidraget"
    start, slut_ = [x - 0.45 for x in lägen], [x + 0.45 for x in lägen]
    ax.hlines(tak, start, slut_, color=FÄRG[2], linewidth=1.8, linestyles="dashed", label=etikett)
    ax.set_xticks(list(lägen), list(åren))
    svensk_axel(ax)
    figur.legend(loc="outside upper center", ncols=3, frameon=False)
    över = [p for p, k, t in zip(åren, kapital, tak, strict=True) if k > t]
    slut = f"Eget kapital översteg taket {uppräkning(över)}." if över else "Eget kapital höll sig under taket alla år."
    alt = (
        f"Stapeldiagram över medlemsbidrag och eget kapital {åren[0]} till {åren[-1]}, med taket "
        f"för eget kapital som streckad linje. {slut}"
    )
    rader = (
        ("medlemsbidrag", "Medlemsbidrag", "medlemsbidrag"),
        ("eget_kapital", "Eget kapital vid årets slut", "br.eget_kapital"),
        ("tak", f"Tak för eget kapital ({procent} av medlemsbidraget)", "kapitaltak"),
    )
    rubrik = "Medlemsbidrag och eget kapital"
    tabell = tabell_över_år("diagram_kapital", f"{rubrik}, diagrammets värden", åren, rader, tyda)
    return Diagramblock("diagram-kapital", rubrik, alt, rita_svg(figur), tabell)


def kostnadsdiagram(år: Räkenskapsår, tyda: Texttyda) -> Diagramblock:
    """Costs by function over the years that are known, stacked."""
    fakta, åren = tyda.fakta, tuple(reversed(kända_perioder(år, tyda.fakta)))
    figur, ax = figur_och_axel(2.5)
    vänster = [0.0] * len(åren)
    for grupp, färg, ljus in zip(år.förbund.kostnadsfördelning, cycle(FÄRG), cycle((False, True)), strict=False):
        värden = tusental(fakta, [f"kostnad.{grupp.id}/{p}" for p in åren])
        staplar = ax.barh(list(åren), värden, 0.6, left=vänster, color=färg, label=bildord(grupp.etikett, 30))
        ax.bar_label(
            staplar,
            [svenskt_tal(decimaltal(v)) if v else "" for v in värden],
            label_type="center",
            color=TEXT if ljus else "white",
            fontsize=9,
        )
        vänster = [v + w for v, w in zip(vänster, värden, strict=True)]
    ax.invert_yaxis()
    ax.xaxis.set_major_formatter(lambda tal, _: svenskt_tal(decimaltal(tal)))
    ax.set_xlabel("tusen kronor", color=TEXT)
    figur.legend(loc="outside upper center", ncols=3, frameon=False)
    grupper = år.förbund.kostnadsfördelning
    delar = [
        f"{g.etikett.lower()} {visa_cell(Cell(f'kostnadsandel.{g.id}/{år.period}'), fakta, '').text}" for g in grupper
    ]
    alt = (
        f"Liggande staplar med förbundets kostnader per funktion {åren[0]} till {åren[-1]}. {år.år} "
        f"är {uppräkning(delar)} av kostnaderna."
    )
    rader = [(g.id, g.etikett, f"kostnad.{g.id}") for g in grupper]
    rubrik = "Kostnader per funktion"
    tabell = tabell_över_år("diagram_kostnader", f"{rubrik}, diagrammets värden", åren, rader, tyda)
    return Diagramblock("diagram-kostnader", rubrik, alt, rita_svg(figur), tabell)


def budgetdiagram(år: Räkenskapsår, tyda: Texttyda) -> Diagramblock | None:
    """Budget against outcome by row of the driftredovisning; None without a budget."""
    fakta, rader = tyda.fakta, år.förbund.driftredovisning
    if any(fakta[f"drift.{rad.id}.budget"].värde is None for rad in rader):
        return None
    figur, ax = figur_och_axel(2.6)
    lägen = range(len(rader))
    for förskjutning, del_, färg in ((-0.2, "budget", FÄRG[1]), (0.2, "utfall", FÄRG[0])):
        värden = [abs(v) for v in tusental(fakta, [f"drift.{rad.id}.{del_}/{år.period}" for rad in rader])]
        staplar = ax.bar([x + förskjutning for x in lägen], värden, 0.4, color=färg, label=del_.capitalize())
        ax.bar_label(staplar, [svenskt_tal(decimaltal(v)) for v in värden], padding=2, fontsize=9, color=TEXT)
    ax.set_xticks(list(lägen), [bildord(rad.etikett, 18) for rad in rader])
    ax.margins(y=0.12)
    svensk_axel(ax)
    figur.legend(loc="outside upper center", ncols=2, frameon=False)
    delar = [
        f"{rad.etikett.lower()} {visa_cell(Cell(f'drift.{rad.id}.avvikelse/{år.period}'), fakta, 'tkr').text} "
        "tusen kronor"
        for rad in rader
    ]
    alt = (
        f"Stapeldiagram med budget och utfall {år.år}, kostnader som positiva tal. Avvikelsen är "
        f"för {uppräkning(delar)}."
    )
    kolumner = (Kolumn("budget", "Budget"), Kolumn("utfall", "Utfall"), Kolumn("avvikelse", "Avvikelse"))
    tabellrader = tuple(
        Rad(rad.id, rad.etikett, tuple(driftcell(rad, k.id, år.period, år) for k in kolumner)) for rad in rader
    )
    rubrik = f"Budget och utfall {år.år}"
    tabell = Tabell(
        "diagram_budget",
        f"{rubrik}, diagrammets värden",
        "tkr",
        kolumner,
        tabellrader,
        första="Belopp i tusen kronor",
        rubrik_dold=True,
    )
    return Diagramblock("diagram-budget", rubrik, alt, rita_svg(figur), Tabellblock(tabell, tyda))


def organisationsschema(år: Räkenskapsår, tyda: Texttyda) -> Diagramblock | None:
    """The organisation drawn as boxes from forbund.yml; None when none are given."""
    rutor = år.förbund.organisation
    if not rutor:
        return None
    lägen = _lägen(rutor)
    djup = 1 + max(int(y) for _, y in lägen.values())
    figur, ax = figur_och_axel(0.95 * djup)
    ax.set_axis_off()
    for ruta in rutor:
        x, y = lägen[ruta.id]
        stil = {"boxstyle": "round,pad=0.5", "facecolor": "white" if ruta.stöd else "#e8eff6", "edgecolor": FÄRG[0]}
        ax.text(
            x,
            -y,
            bildord(ruta.namn, 24),
            ha="center",
            va="center",
            fontsize=9.5,
            color=TEXT,
            bbox=stil,
            zorder=2,
        )
        if ruta.under:
            fx, fy = lägen[ruta.under]
            ax.plot([fx, fx, x, x], [-fy, -(fy + y) / 2, -(fy + y) / 2, -y], color="#888888", linewidth=1, zorder=1)
    ax.set_xlim(-0.6, max(x for x, _ in lägen.values()) + 0.6)
    ax.set_ylim(-djup + 0.45, 0.45)
    namn = {ruta.id: ruta.namn for ruta in rutor}
    ord_ = "; ".join(f"{ruta.namn} under {namn[ruta.under]}" if ruta.under else f"{ruta.namn} överst" for ruta in rutor)
    rader = tuple(Rad(ruta.id, ruta.namn, (Cell(text=namn.get(ruta.under, "–")),)) for ruta in rutor)
    tabell = Tabell(
        "organisation",
        "Organisationsschemat i ord",
        "",
        (Kolumn("under", "Lyder under", tal=False),),
        rader,
        första="Del av organisationen",
        rubrik_dold=True,
    )
    return Diagramblock(
        "diagram-organisation",
        "Organisationsschema",
        f"Organisationsschema: {ord_}.",
        rita_svg(figur),
        Tabellblock(tabell, tyda),
    )


def _lägen(rutor: Sequence[Ruta]) -> dict[str, tuple[float, float]]:
    """Place each box under its parent: leaves side by side, a parent over the middle of its children."""
    barn: dict[str, list[str]] = {}
    for ruta in rutor:
        barn.setdefault(ruta.under, []).append(ruta.id)
    lägen: dict[str, tuple[float, float]] = {}
    nästa = 0.0

    def placera(id_: str, y: int) -> float:
        nonlocal nästa
        xs = [placera(b, y + 1) for b in barn.get(id_, ())]
        if not xs:
            x, nästa = nästa, nästa + 1
        else:
            x = (xs[0] + xs[-1]) / 2
        lägen[id_] = (x, float(y))
        return x

    for rot in barn.get("", ()):
        placera(rot, 0)
    return lägen
