"""The pictures of an årsredovisning, drawn from facts."""

from __future__ import annotations

from functools import partial
from itertools import cycle

from finsam.model.fakta import Faktabas
from finsam.model.farg import FÖRVAL
from finsam.model.meningar import jämför, mot_budget, mot_tak, störst, över_taket
from finsam.model.ord import gemena, hänvisning, årsord
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.tabell import Kolumn, Rad, Tabell
from finsam.report.bild.liggande import Spalt, Stapel, liggande
from finsam.report.bild.organisation import rita_organisation
from finsam.report.bild.parvis import Namn, Par, parvis
from finsam.report.bild.rita import med_åren, tabell_över_år, tusental, tusentalsord, utan_minus
from finsam.report.bild.staplade import Del, staplade
from finsam.report.bild.staplade import Rad as Delrad
from finsam.report.bild.yta import BRED, Format, i_egen_stil
from finsam.report.block import Diagramblock, Tabellblock
from finsam.report.text import Texttyda, ord_i
from finsam.statements.driftredovisning import driftcell
from finsam.statements.flerarsoversikt import tak, takets_ord, översiktsår
from finsam.statements.kostnadsfordelning import kända_kostnadsår
from finsam.statements.organisation import organisationstabell

BUDGETRUBRIK = "Budget och utfall {år}"
TOTALT = "Totala kostnader"


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
def _rita_kapital(år: Räkenskapsår, tyda: Texttyda, format_: Format) -> str:
    par = _kapitalpar(år, tyda.fakta)
    last = par[-1] if par else None
    sist = "" if last is None or last.tak is None else f", {hänvisning(f'kapitaltak/{år.period}', 'tkr bara_tal')}"
    namn = Namn(
        "Medlemsbidrag", "Eget kapital vid årets slut", f"{tak(år)}: {{kapitaltak.andel | andel}} av bidraget{sist}"
    )
    if format_ == BRED and (bild := parvis(par, namn, tyda)):
        return bild
    kapital = tuple(Stapel(p.namn, p.inre, p.inre_tal, FÖRVAL.profil, p.i_år, p.tak) for p in par)
    bidrag = tuple(Stapel(p.namn, p.yttre, p.yttre_tal, FÖRVAL.ljus, p.i_år) for p in par)
    spalter = (
        Spalt(namn.inre, kapital, FÖRVAL.profil, namn.tak if sist else "", gränsord_sist=True),
        Spalt(namn.yttre, bidrag),
    )
    return liggande(spalter, format_, tyda)


def _kapitalpar(år: Räkenskapsår, fakta: Faktabas) -> list[Par]:
    ut = []
    for p in _med_kapital(år, fakta):
        nycklar = [f"medlemsbidrag/{p}", f"br.eget_kapital/{p}", f"kapitaltak/{p}"]
        bidrag, kapital, taket = tusental(fakta, nycklar)
        bidragets, kapitalets, takets = tusentalsord(fakta, nycklar)
        namn, i_år = årsord(p, år.årtal), p == år.period
        ut.append(Par(namn, bidrag, kapital, taket if takets else None, bidragets, kapitalets, i_år))
    return ut


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
    serier.append((gemena(TOTALT), "kostnad.totalt", ""))
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
        f"{{drift.{rad.id}.utfall | tkr bara_tal utan_tecken}}, avvikelse "
        f"{{drift.{rad.id}.avvikelse | tkr bara_tal}}."
        for rad in år.förbund.driftredovisning
    ]
    början = "Liggande staplar med utfall {år} och budgeten som streck, i tusen kronor, kostnader utan minus."
    return f"{början} {' '.join(delar)}"


def budgetrubrik(år: Räkenskapsår, fakta: Faktabas) -> str:
    """How the result is beside the budget, or the picture's name when that cannot be said."""
    return mot_budget("resultatet", f"drift.resultat.avvikelse/{år.period}", fakta) or BUDGETRUBRIK


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
def _rita_kostnader(år: Räkenskapsår, tyda: Texttyda, format_: Format) -> str:
    fakta, åren = tyda.fakta, tuple(reversed(kända_kostnadsår(år, tyda.fakta)))
    ordning = cycle((FÖRVAL.profil, FÖRVAL.ljus, FÖRVAL.mellan, FÖRVAL.yta2))
    serier = [(g.id, g.etikett, färg) for g, färg in zip(år.förbund.kostnadsfördelning, ordning, strict=False)]
    rader = []
    for p in åren:
        nycklar = [f"kostnad.{id_}/{p}" for id_, _, _ in serier]
        delar = zip(tusental(fakta, nycklar), tusentalsord(fakta, nycklar), strict=True)
        [summa] = tusentalsord(fakta, [f"kostnad.totalt/{p}"])
        rader.append(Delrad(årsord(p, år.årtal), tuple(Del(*d) for d in delar), summa, p == år.period))
    bild = staplade([(namn, färg) for _, namn, färg in serier], rader, format_, tyda) if format_ == BRED else None
    if bild:
        return bild
    spalter = [
        Spalt(
            namn,
            tuple(Stapel(r.namn, r.delar[nr].värde, r.delar[nr].tal, FÖRVAL.profil, r.i_år) for r in rader),
        )
        for nr, (_, namn, _) in enumerate(serier)
    ]
    summor = tusental(fakta, [f"kostnad.totalt/{p}" for p in åren])
    alla = tuple(Stapel(r.namn, v, r.summa, FÖRVAL.mellan, r.i_år) for r, v in zip(rader, summor, strict=True))
    return liggande((*spalter, Spalt(TOTALT, alla)), format_, tyda)


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
        perioder=(år.period,),
    )
    rubrik, alt = ord_i(budgetrubrik(år, fakta), tyda), ord_i(budgetalt(år), tyda)
    rita = partial(_rita_budget, år, tyda)
    under = ord_i(utan_minus(år.förbund.tecken.driftredovisning), tyda)
    return Diagramblock("diagram-budget", rubrik, alt, rita, Tabellblock(tabell, tyda), under)


@i_egen_stil
def _rita_budget(år: Räkenskapsår, tyda: Texttyda, format_: Format) -> str:
    fakta, staplar = tyda.fakta, []
    for rad in år.förbund.driftredovisning:
        nycklar = [f"drift.{rad.id}.{del_}/{år.period}" for del_ in ("utfall", "budget")]
        utfall, budget = (abs(v) for v in tusental(fakta, nycklar))
        [tal, _] = tusentalsord(fakta, nycklar, "utan_tecken")
        staplar.append(
            Stapel(rad.etikett, utfall, tal, FÖRVAL.profil, True, budget, _mot_budget(nycklar[0], nycklar[1], fakta))
        )
    return liggande((Spalt("", tuple(staplar), gränsord="Budget"),), format_, tyda)


def _mot_budget(utfall: str, budget: str, fakta: Faktabas) -> str:
    """How a row is beside its budget; where only the rounding differs, what the budget is."""
    a, b = fakta.värde(utfall), fakta.värde(budget)
    läge = jämför(a if a is None else abs(a), b if b is None else abs(b))
    av = hänvisning(budget, "tkr bara_tal utan_tecken")
    if läge == 0:
        return "som budgeterat"
    if läge is None:
        return f"budget {av}"
    skillnad = hänvisning(budget.replace(".budget/", ".avvikelse/"), "tkr bara_tal utan_tecken")
    return f"{skillnad} {'över' if läge > 0 else 'under'} budget {av}"


def organisationsschema(år: Räkenskapsår, tyda: Texttyda) -> Diagramblock | None:
    """The organisation drawn as boxes from forbund.yml; None when none are given."""
    tabell, rutor = organisationstabell(år), år.förbund.organisation
    if tabell is None:
        return None
    namn = {ruta.id: ruta.namn for ruta in rutor}
    ord_ = "; ".join(f"{ruta.namn} under {namn[ruta.under]}" if ruta.under else f"{ruta.namn} överst" for ruta in rutor)
    rubrik, alt = ord_i("Organisationsschema", tyda), ord_i(f"Rutor med streck mellan: {ord_}.", tyda)
    rita = partial(rita_organisation, rutor, tyda)
    return Diagramblock("diagram-organisation", rubrik, alt, rita, Tabellblock(tabell, tyda))
