"""The pictures of a verksamhetsplan: the year as a wheel, needs by kommun, the budget over three years."""

from __future__ import annotations

from functools import partial

from finsam.model.fakta import Faktabas
from finsam.model.farg import FÖRVAL
from finsam.model.meningar import ändring
from finsam.model.ord import gemena, hänvisning, årsord
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.tabell import Rad, Tabell
from finsam.report.bild.hjul import rita_hjul
from finsam.report.bild.liggande import Spalt, Stapel, liggande
from finsam.report.bild.rita import med_åren, tabell_över_år, tusental, tusentalsord, utan_minus
from finsam.report.bild.yta import Format, i_egen_stil
from finsam.report.block import Diagramblock, Tabellblock
from finsam.report.text import Texttyda, ord_i
from finsam.report.visning import visa_cell
from finsam.statements import plan
from finsam.statements.budgetplan import planår

HJULRUBRIK = "Årshjul {år}"
BUDGETNAMN = "Budget och eget kapital över tre år"


def årshjul(år: Räkenskapsår, tyda: Texttyda) -> Diagramblock | None:
    """The year as a wheel of twelve sectors, January at the top, clockwise; None when nothing is given."""
    tabell = plan.årshjulstabell(år)
    if tabell is None:
        return None
    delar = [f"{gemena(rad.etikett)}: {rad.celler[0].text}" for rad in tabell.rader]
    rubrik, alt = ord_i(HJULRUBRIK, tyda), ord_i(f"Årshjul med tolv månader. {'. '.join(delar)}.", tyda)
    händelser = {nr: [h.händelse for h in år.underlag.årshjul if h.månad == nr] for nr in range(1, 13)}
    return Diagramblock("diagram-arshjul", rubrik, alt, partial(rita_hjul, händelser, tyda), Tabellblock(tabell, tyda))


def behovsdiagram(mått: str, år: Räkenskapsår, tyda: Texttyda) -> Diagramblock:
    """Shares by kommun, a bar for each kön."""
    tabell = plan.behovstabell(mått, år, tyda.fakta)
    delar = [f"{rad.etikett} {_värden(rad, tabell)}" for rad in tabell.rader]
    rubrik, alt = ord_i(tabell.rubrik, tyda), ord_i(f"Liggande staplar: {tabell.rubrik}. {'; '.join(delar)}.", tyda)
    rita = partial(_rita_behov, tabell, tyda)
    return Diagramblock(f"diagram-behov-{mått}", rubrik, alt, rita, Tabellblock(tabell, tyda))


@i_egen_stil
def _rita_behov(tabell: Tabell, tyda: Texttyda, format_: Format) -> str:
    spalter = []
    for nr, (kolumn, färg) in enumerate(
        zip(tabell.kolumner, (FÖRVAL.profil, FÖRVAL.mellan, FÖRVAL.ljus), strict=False)
    ):
        celler = [(rad.etikett, rad.celler[nr]) for rad in tabell.rader]
        värden = [visa_cell(cell, tyda.fakta, "").värde for _, cell in celler]
        staplar = tuple(
            Stapel(namn, None if v is None else float(v), "" if v is None else hänvisning(c.fakta, "andel"), färg)
            for (namn, c), v in zip(celler, värden, strict=True)
        )
        namn = kolumn.rubrik if len(tabell.kolumner) > 1 else ""
        spalter.append(Spalt(namn, staplar, FÖRVAL.profil if färg == FÖRVAL.profil else FÖRVAL.text))
    return liggande(spalter, format_, tyda)


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
    under = ord_i(utan_minus(år.förbund.tecken.budget), tyda)
    return Diagramblock("diagram-budgetplan", ord_i(rubrik, tyda), ord_i(alt, tyda), rita, tabell, under)


@i_egen_stil
def _rita_budget(år: Räkenskapsår, tyda: Texttyda, format_: Format) -> str:
    fakta, åren, spalter = tyda.fakta, planår(år), []
    namn = [f"{'Plan' if nr else 'Budget'} {årsord(p, år.årtal)}" for nr, p in enumerate(åren)]
    for (id_, etikett), färg in zip(_SERIER, (FÖRVAL.ljus, FÖRVAL.mellan, FÖRVAL.profil), strict=True):
        nycklar = [f"budget.{id_}/{p}" for p in åren]
        kostnader = id_ == "kostnader"
        storlek = [abs(v) if kostnader else v for v in tusental(fakta, nycklar)]
        ord_ = tusentalsord(fakta, nycklar, *(["utan_tecken"] if kostnader else []))
        staplar = tuple(
            Stapel(n, v if o else None, o, färg, p == år.period)
            for n, v, o, p in zip(namn, storlek, ord_, åren, strict=True)
        )
        spalter.append(Spalt(etikett, staplar, FÖRVAL.profil if färg == FÖRVAL.profil else FÖRVAL.text))
    return liggande(spalter, format_, tyda)


def budgetalt(år: Räkenskapsår, fakta: Faktabas) -> str:
    """The picture of the budget in words, with every figure that is drawn."""
    serier = [(gemena(ord_), f"budget.{id_}", "utan_tecken" * (id_ == "kostnader")) for id_, ord_ in _SERIER]
    åren = med_åren(planår(år), serier, år, fakta)
    return f"Liggande staplar i tusen kronor, kostnader utan minus. {åren}".strip()


def budgetrubrik(år: Räkenskapsår, fakta: Faktabas) -> str:
    """Which way eget kapital goes over the three years, or the picture's name when that cannot be said."""
    första, *_, sista = planår(år)
    från, till = ((f"vid slutet av {årsord(p, år.årtal)}", f"budget.eget_kapital/{p}") for p in (första, sista))
    return ändring("eget kapital", från, till, fakta) or BUDGETNAMN
