"""What the program says of its own in a document: few patterns, each a function of the facts.

A pattern that does not fit says nothing (""), and what would have had it for its headline has its plain name. Figures
are references, so that they read as they do elsewhere. What is said of a direction holds for the exact figures and for
those that are printed. Causes are never said: they are the förbund's to tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from finsam.model.belopp import TKR, avrunda
from finsam.model.fakta import Faktabas
from finsam.model.forbund import Tecken
from finsam.model.ord import gemena, hänvisning, uppräkning, versal, årsord
from finsam.model.tabell import Cell, Tabell

RÄKNEORD = (
    *("inga", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"),
    *("tretton", "fjorton", "femton", "sexton", "sjutton", "arton", "nitton", "tjugo"),
)
_FORMAT = {"kr": "kr", "andel": "andel", "antal": "antal"}


def jämför(a: Decimal | None, b: Decimal | None, enhet: Decimal = TKR) -> int | None:
    """1 when a is more than b, -1 when it is less, 0 when they are the same; None when that cannot be said.

    They are compared exactly and as they are printed in the unit; where the two differ nothing can be said.

    >>> jämför(Decimal(1_900), Decimal(1_000)), jämför(Decimal(5), Decimal(5)), jämför(Decimal(1_100), Decimal(1_200))
    (1, 0, None)
    """
    if a is None or b is None:
        return None
    exakt, tryckt = ((x > y) - (x < y) for x, y in ((a, b), (avrunda(a / enhet), avrunda(b / enhet))))
    return exakt if exakt == tryckt else None


def ändring(vad: str, från: tuple[str, str], till: tuple[str, str], fakta: Faktabas) -> str:
    """That an amount goes up or down between two times, or is as large; each is the time in words, and the fact."""
    (då, förut), (nu, efter) = från, till
    riktning = jämför(fakta.värde(efter), fakta.värde(förut))
    if riktning is None:
        return ""
    slut = hänvisning(efter, "tkr")
    if riktning == 0:
        return f"{versal(vad)} är lika stort {nu} som {då}, {slut}"
    ord_ = "ökar" if riktning > 0 else "minskar"
    return f"{versal(vad)} {ord_} från {hänvisning(förut, 'tkr')} {då} till {slut} {nu}"


def mot_tak(vad: str, par: Sequence[tuple[str, str, str]], år: int, fakta: Faktabas) -> str:
    """Whether an amount is above or under a ceiling in the last year, and since when when it has not always been so.

    `par` is period, fact and ceiling, the oldest first. Years that are not in a row, and a year that is just on the
    ceiling, make it a pattern that does not fit.
    """
    lägen = [jämför(fakta.värde(ena), fakta.värde(tak)) for _, ena, tak in par]
    åren = [int(period) for period, _, _ in par]
    if not lägen or lägen[-1] not in (1, -1) or åren != list(range(åren[0], åren[0] + len(åren))):
        return ""
    läge = "över" if lägen[-1] > 0 else "under"
    sedan = len(lägen)
    while sedan and lägen[sedan - 1] == lägen[-1]:
        sedan -= 1
    if len(lägen) == 1:
        return f"{versal(vad)} är {läge} taket {årsord(par[-1][0], år)}"
    if sedan == 0:
        return f"{versal(vad)} är {läge} taket {'båda' if len(lägen) == 2 else 'alla'} åren"
    if lägen[sedan - 1] != -lägen[-1]:
        return ""
    if sedan == len(lägen) - 1:
        return f"{versal(vad)} är {läge} taket {årsord(par[-1][0], år)}"
    return f"{versal(vad)} är {läge} taket sedan {årsord(par[sedan][0], år)}"


def över_taket(vad: str, par: Sequence[tuple[str, str, str]], år: int, fakta: Faktabas) -> str:
    """Which years an amount is above its ceiling; that none is. Nothing when a year cannot be told."""
    lägen = [jämför(fakta.värde(ena), fakta.värde(tak)) for _, ena, tak in par]
    if not lägen or None in lägen:
        return ""
    över = [årsord(period, år) for (period, _, _), läge in zip(par, lägen, strict=True) if läge == 1]
    return f"{versal(vad)} är över taket {uppräkning(över)}." if över else f"{versal(vad)} är inte över taket något år."


def mot_budget(vad: str, avvikelse: str, fakta: Faktabas) -> str:
    """Whether a result is better or worse than the budget, or as it; the fact is the outcome less the budget."""
    riktning = jämför(fakta.värde(avvikelse), Decimal(0))
    if riktning is None:
        return ""
    if riktning == 0:
        return f"{versal(vad)} är som i budgeten"
    ord_ = "bättre" if riktning > 0 else "sämre"
    return f"{versal(vad)} är {hänvisning(avvikelse, 'tkr utan_tecken')} {ord_} än budgeten"


def störst(delar: Sequence[tuple[str, str, str]], hela: str, fakta: Faktabas) -> str:
    """Which part of a whole is the largest, with its share. `delar` is name, amount and share."""
    kända = [(fakta.värde(belopp), namn, andel) for namn, belopp, andel in delar]
    if len(kända) < 2 or any(värde is None for värde, _, _ in kända):
        return ""
    ordnade = sorted(kända, key=lambda ett: ett[0] or 0, reverse=True)
    (mest, namn, andel), (näst, _, _) = ordnade[:2]
    if jämför(mest, näst) != 1 or fakta.värde(andel) is None:
        return ""
    return f"{versal(namn)} är störst, {hänvisning(andel, 'procent')} av {hela}"


def tecknens_ord(var: Literal["kostnadsfördelning", "driftredovisning", "noter"], tecken: Tecken) -> str:
    """That costs are printed another way than in the resultaträkning, where they are."""
    i_räkningen, sätt = tecken.resultaträkning, "utan" if var == "noter" else getattr(tecken, var)
    if sätt == i_räkningen:
        return ""
    här, där = ("utan", "med") if i_räkningen == "minus" else ("med", "utan")
    plats = "i noterna" if var == "noter" else "här"
    return f"Kostnader står {plats} {här} minus, i resultaträkningen {där} minus."


def insatsernas_antal(individ: int, struktur: int) -> str:
    """How many insatser are told of, and of which kind."""
    alla, slagen = antal_ord(individ + struktur, "insats", "insatser"), ("individinriktad", "strukturövergripande")
    if not individ + struktur:
        return ""
    if not alla:
        return "Här redovisas insatserna, slag för slag."
    if not (individ and struktur):
        slag = slagen[not individ]
        if individ + struktur == 1:
            return f"Här redovisas en insats. Den är {slag}."
        return f"Här redovisas {alla}, alla {slag}{'a' if individ else ''}."
    ett, två = (antal_ord(n, "", "").strip() for n in (individ, struktur))
    return f"Här redovisas {alla}: {ett} {slagen[0]}{'a' if individ > 1 else ''} och {två} {slagen[1]}."


def antal_ord(antal: int, en: str, flera: str) -> str:
    """A number of things in words, up to twenty; empty when there are more, for then a figure is wanted.

    >>> antal_ord(1, "insats", "insatser"), antal_ord(3, "insats", "insatser"), antal_ord(21, "insats", "insatser")
    ('en insats', 'tre insatser', '')
    """
    return f"{RÄKNEORD[antal]} {en if antal == 1 else flera}" if antal < len(RÄKNEORD) else ""


def uppfyllda_mål(bedömningar: Sequence[str]) -> str:
    """How many goals are met, of all that are graded or not; the words are those of the grades."""
    alla, uppfyllda = len(bedömningar), sum(ett == "uppfyllt" for ett in bedömningar)
    if not alla or alla >= len(RÄKNEORD):
        return ""
    if alla == 1:
        return "Ett mål redovisas här. Det är uppfyllt." if uppfyllda else "Ett mål redovisas här."
    if uppfyllda == alla:
        return f"Alla {RÄKNEORD[alla]} målen i målområdena är uppfyllda."
    if not uppfyllda:
        return f"Inget av de {RÄKNEORD[alla]} målen i målområdena är uppfyllt."
    ett = "Ett" if uppfyllda == 1 else versal(RÄKNEORD[uppfyllda])
    return f"{ett} av de {RÄKNEORD[alla]} målen i målområdena är {'uppfyllt' if uppfyllda == 1 else 'uppfyllda'}."


def radens_mening(tabell: Tabell, fakta: Faktabas) -> str:
    """What a table of one row says, as a sentence: the one that it has, else its words and figures in order.

    Empty for a table of other size, and where a figure is printed with its sign turned to minus, which no sentence has.
    """
    if len(tabell.datarader) != 1:
        return ""
    if tabell.mening:
        return tabell.mening
    [rad] = tabell.datarader
    visade = [(k, c) for k, c in zip(tabell.kolumner, rad.celler, strict=True) if c.text.strip() or c.fakta]
    värden = [_värde(cell, tabell, fakta) for _, cell in visade]
    if not visade or None in värden:
        return ""
    etikett = rad.etikett.strip().rstrip(".:")
    if len(visade) == 1:
        [(kolumn, _)] = visade
        när = f" {kolumn.rubrik}" if kolumn.period else ""
        return f"{etikett}{när}: {värden[0]}."
    delar = (f"{gemena(k.rubrik)} {värde}" for (k, _), värde in zip(visade, värden, strict=True))
    return f"{etikett}: {', '.join(delar)}."


def _värde(cell: Cell, tabell: Tabell, fakta: Faktabas) -> str | None:
    """A cell in a sentence; None when it is a figure with its sign turned to minus."""
    if not cell.fakta:
        return " ".join(cell.text.split()).rstrip(".")
    f = fakta[cell.fakta]
    if cell.tecken < 0 and (f.värde or 0) > 0:
        return None
    format_ = cell.format or ("tkr" if (f.enhet, tabell.enhet) == ("kr", "tkr") else _FORMAT.get(f.enhet, "text"))
    return hänvisning(cell.fakta, format_ + (" utan_tecken" if cell.tecken < 0 else ""))
