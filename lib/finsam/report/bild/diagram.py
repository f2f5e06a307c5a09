"""The pictures of an årsredovisning, drawn from facts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import cycle

from finsam.model.fakta import Faktabas
from finsam.model.farg import FÖRVAL
from finsam.model.forbund import Ruta
from finsam.model.meningar import mot_budget, mot_tak, störst, över_taket
from finsam.model.ord import gemena, årsord
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.tabell import Kolumn, Rad, Tabell
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
from finsam.statements.driftredovisning import driftcell
from finsam.statements.flerarsoversikt import tak, takets_ord, översiktsår
from finsam.statements.kostnadsfordelning import kända_kostnadsår
from finsam.statements.organisation import organisationstabell

BUDGETRUBRIK = "Budget och utfall {år}"


def kapitaldiagram(år: Räkenskapsår, tyda: Texttyda) -> Diagramblock:
    """Medlemsbidrag and eget kapital over five years, with the recommended ceiling."""
    rader = (
        ("medlemsbidrag", "Medlemsbidrag", "medlemsbidrag"),
        ("eget_kapital", "Eget kapital vid årets slut", "br.eget_kapital"),
        ("tak", takets_ord(år), "kapitaltak"),
    )
    namn, alt, åren = "Medlemsbidrag och eget kapital", kapitalalt(år, tyda.fakta), _med_kapital(år, tyda.fakta)
    rubrik = kapitalrubrik(år, tyda.fakta) or namn
    tabell = tabell_över_år("diagram_kapital", f"{namn}, diagrammets värden", åren[::-1], rader, tyda)
    rita = partial(_rita_kapital, år, tyda)
    return Diagramblock("diagram-kapital", ord_i(rubrik, tyda), ord_i(alt, tyda), rita, tabell)


@i_egen_stil
def _rita_kapital(år: Räkenskapsår, tyda: Texttyda) -> str:
    fakta, åren = tyda.fakta, _med_kapital(år, tyda.fakta)
    figur, ax = figur_och_axel(2.9)
    lägen = range(len(åren))
    bidrag = tusental(fakta, [f"medlemsbidrag/{p}" for p in åren])
    nycklar = [f"br.eget_kapital/{p}" for p in åren]
    kapital = tusental(fakta, nycklar)
    taken = tusental(fakta, [f"kapitaltak/{p}" for p in åren])
    ax.bar([x - 0.2 for x in lägen], bidrag, 0.4, color=tyda.färger.ljus, label="Medlemsbidrag", **KONTUR)
    etikett = "Eget kapital vid årets slut"
    staplar = ax.bar([x + 0.2 for x in lägen], kapital, 0.4, color=tyda.färger.profil, label=etikett, **KONTUR)
    texter = ax.bar_label(staplar, tusentalsord(fakta, nycklar), padding=2, color=TEXT, fontsize=9, zorder=4)
    for ord_ in texter:
        ord_.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 1})
    etikett = f"{tak(år)}, {{kapitaltak.andel | andel}} av bidraget"
    start, slut_ = [x - 0.45 for x in lägen], [x + 0.45 for x in lägen]
    ax.hlines(taken, start, slut_, color=FÖRVAL.yta, linewidth=3.4)
    ax.hlines(taken, start, slut_, color=tyda.färger.gräns, linewidth=1.8, label=etikett)
    sätt_etiketter(ax.xaxis, lägen, [årsord(p, år.årtal) for p in åren], tyda)
    svensk_axel(ax)
    figur.legend(loc="outside upper center", ncols=3, frameon=False)
    return rita_svg(figur, tyda)


def _med_kapital(år: Räkenskapsår, fakta: Faktabas) -> tuple[str, ...]:
    """The years whose eget kapital is known, the oldest first."""
    return tuple(p for p in reversed(översiktsår(år)) if fakta[f"br.eget_kapital/{p}"].värde is not None)


def _mot_taket(år: Räkenskapsår, fakta: Faktabas) -> list[tuple[str, str, str]]:
    return [(p, f"br.eget_kapital/{p}", f"kapitaltak/{p}") for p in _med_kapital(år, fakta)]


def kapitalrubrik(år: Räkenskapsår, fakta: Faktabas) -> str:
    """What the picture of eget kapital shows; empty when it shows no one thing."""
    return mot_tak("eget kapital", _mot_taket(år, fakta), år.årtal, fakta)


def kapitalalt(år: Räkenskapsår, fakta: Faktabas) -> str:
    """The picture of eget kapital in words, with every figure that is drawn."""
    serier = (
        ("medlemsbidrag", "medlemsbidrag", ""),
        ("eget kapital", "br.eget_kapital", ""),
        ("tak", "kapitaltak", ""),
    )
    åren = med_åren(_med_kapital(år, fakta), serier, år, fakta)
    slut = över_taket("eget kapital", _mot_taket(år, fakta), år.årtal, fakta)
    början = "Stapeldiagram över medlemsbidrag och eget kapital i tusen kronor, med taket för eget kapital som streck."
    return " ".join(del_ for del_ in (början, åren, slut) if del_)


def kostnadsalt(år: Räkenskapsår, fakta: Faktabas) -> str:
    """The picture of the costs in words, with every figure that is drawn."""
    serier = [(gemena(g.etikett), f"kostnad.{g.id}", "") for g in år.förbund.kostnadsfördelning]
    åren = med_åren(tuple(reversed(kända_kostnadsår(år, fakta))), serier, år, fakta)
    return f"Liggande staplar med förbundets kostnader per funktion i tusen kronor. {åren}".strip()


def kostnadsrubrik(år: Räkenskapsår, fakta: Faktabas) -> str:
    """Which function costs the most; empty when none does."""
    grupper = år.förbund.kostnadsfördelning
    delar = [(gemena(g.etikett), f"kostnad.{g.id}/{år.period}", f"kostnadsandel.{g.id}/{år.period}") for g in grupper]
    return störst(delar, "kostnaderna {år}", fakta)


def budgetalt(år: Räkenskapsår) -> str:
    """The picture of budget and utfall in words, with every figure that is drawn."""
    delar = [
        f"{rad.etikett}: budget {{drift.{rad.id}.budget | tkr bara_tal utan_tecken}}, utfall "
        f"{{drift.{rad.id}.utfall | tkr bara_tal utan_tecken}}."
        for rad in år.förbund.driftredovisning
    ]
    return f"Stapeldiagram med budget och utfall {{år}} i tusen kronor, kostnader utan minus. {' '.join(delar)}"


def budgetrubrik(år: Räkenskapsår, fakta: Faktabas) -> str:
    """How the result is beside the budget, or the picture's name when that cannot be said."""
    mening = mot_budget("resultatet", f"drift.resultat.avvikelse/{år.period}", fakta)
    return utan_minus(mening or BUDGETRUBRIK, år.förbund.tecken.driftredovisning)


def kostnadsdiagram(år: Räkenskapsår, tyda: Texttyda) -> Diagramblock:
    """Costs by function over the years that are known, stacked."""
    åren = tuple(reversed(kända_kostnadsår(år, tyda.fakta)))
    rader = [(g.id, g.etikett, f"kostnad.{g.id}") for g in år.förbund.kostnadsfördelning]
    namn, alt = "Kostnader per funktion", kostnadsalt(år, tyda.fakta)
    rubrik = kostnadsrubrik(år, tyda.fakta) or namn
    tabell = tabell_över_år("diagram_kostnader", f"{namn}, diagrammets värden", åren[::-1], rader, tyda)
    rita = partial(_rita_kostnader, år, tyda)
    return Diagramblock("diagram-kostnader", ord_i(rubrik, tyda), ord_i(alt, tyda), rita, tabell)


@i_egen_stil
def _rita_kostnader(år: Räkenskapsår, tyda: Texttyda) -> str:
    fakta, åren = tyda.fakta, tuple(reversed(kända_kostnadsår(år, tyda.fakta)))
    figur, ax = figur_och_axel(2.5)
    lägen = range(len(åren))
    vänster = [0.0] * len(åren)
    for grupp, färg in zip(år.förbund.kostnadsfördelning, cycle(tyda.färger.serier), strict=False):
        nycklar = [f"kostnad.{grupp.id}/{p}" for p in åren]
        värden = tusental(fakta, nycklar)
        staplar = ax.barh(lägen, värden, 0.6, left=vänster, color=färg, label=bildord(grupp.etikett, 30), **KONTUR)
        ax.bar_label(
            staplar,
            [ord_ if v else "" for v, ord_ in zip(värden, tusentalsord(fakta, nycklar), strict=True)],
            label_type="center",
            color=FÖRVAL.yta if färg == tyda.färger.profil else TEXT,
            fontsize=9,
        )
        vänster = [v + w for v, w in zip(vänster, värden, strict=True)]
    sätt_etiketter(ax.yaxis, lägen, [årsord(p, år.årtal) for p in åren], tyda)
    ax.invert_yaxis()
    svensk_skala(ax.xaxis)
    ax.set_xlabel("tusen kronor", color=TEXT)
    figur.legend(loc="outside upper center", ncols=3, frameon=False)
    return rita_svg(figur, tyda)


def budgetdiagram(år: Räkenskapsår, tyda: Texttyda) -> Diagramblock | None:
    """Budget against outcome by row of the driftredovisning; None without a budget."""
    fakta, rader = tyda.fakta, år.förbund.driftredovisning
    if any(fakta[f"drift.{rad.id}.budget"].värde is None for rad in rader):
        return None
    kolumner = (Kolumn("budget", "Budget"), Kolumn("utfall", "Utfall"), Kolumn("avvikelse", "Avvikelse"))
    tabellrader = tuple(
        Rad(rad.id, rad.etikett, tuple(driftcell(rad, k.id, år.period, år) for k in kolumner)) for rad in rader
    )
    tabell = Tabell(
        "diagram_budget",
        f"Budget och utfall {år.årtal}, diagrammets värden",
        "tkr",
        kolumner,
        tabellrader,
        första="Belopp i tusen kronor",
        rubrik_dold=True,
        perioder=(år.period,),
    )
    rubrik, alt = ord_i(budgetrubrik(år, fakta), tyda), ord_i(budgetalt(år), tyda)
    rita = partial(_rita_budget, år, tyda)
    return Diagramblock("diagram-budget", rubrik, alt, rita, Tabellblock(tabell, tyda))


@i_egen_stil
def _rita_budget(år: Räkenskapsår, tyda: Texttyda) -> str:
    fakta, rader = tyda.fakta, år.förbund.driftredovisning
    figur, ax = figur_och_axel(2.6)
    lägen = range(len(rader))
    for förskjutning, del_, färg in ((-0.2, "budget", tyda.färger.ljus), (0.2, "utfall", tyda.färger.profil)):
        nycklar = [f"drift.{rad.id}.{del_}/{år.period}" for rad in rader]
        värden = [abs(v) for v in tusental(fakta, nycklar)]
        staplar = ax.bar([x + förskjutning for x in lägen], värden, 0.4, color=färg, label=del_.capitalize(), **KONTUR)
        ax.bar_label(staplar, tusentalsord(fakta, nycklar, "utan_tecken"), padding=2, fontsize=9, color=TEXT)
    sätt_etiketter(ax.xaxis, lägen, [bildord(rad.etikett, 18) for rad in rader], tyda)
    ax.margins(y=0.12)
    svensk_axel(ax)
    figur.legend(loc="outside upper center", ncols=2, frameon=False)
    return rita_svg(figur, tyda)


def organisationsschema(år: Räkenskapsår, tyda: Texttyda) -> Diagramblock | None:
    """The organisation drawn as boxes from forbund.yml; None when none are given."""
    tabell, rutor = organisationstabell(år), år.förbund.organisation
    if tabell is None:
        return None
    namn = {ruta.id: ruta.namn for ruta in rutor}
    ord_ = "; ".join(f"{ruta.namn} under {namn[ruta.under]}" if ruta.under else f"{ruta.namn} överst" for ruta in rutor)
    rubrik, alt = ord_i("Organisationsschema", tyda), ord_i(f"Rutor med streck mellan: {ord_}.", tyda)
    rita = partial(_rita_organisation, rutor, tyda)
    return Diagramblock("diagram-organisation", rubrik, alt, rita, Tabellblock(tabell, tyda))


@i_egen_stil
def _rita_organisation(rutor: Sequence[Ruta], tyda: Texttyda) -> str:
    lägen = _lägen(rutor)
    djup = 1 + max(int(y) for _, y in lägen.values())
    figur, ax = figur_och_axel(0.95 * djup)
    ax.set_axis_off()
    for ruta in rutor:
        x, y = lägen[ruta.id]
        stil = {
            "boxstyle": "round,pad=0.5",
            "facecolor": "white" if ruta.stöd else tyda.färger.ton,
            "edgecolor": tyda.färger.profil,
        }
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
            ax.plot([fx, fx, x, x], [-fy, -(fy + y) / 2, -(fy + y) / 2, -y], color=FÖRVAL.kant, linewidth=1, zorder=1)
    ax.set_xlim(-0.6, max(x for x, _ in lägen.values()) + 0.6)
    ax.set_ylim(-djup + 0.45, 0.45)
    return rita_svg(figur, tyda)


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
