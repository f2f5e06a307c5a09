"""Måluppfyllelse: each goal's outcome against its limit, graded by rule (LKBR 11 kap. 8 §)."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from finsam.model.fakta import Faktabas, Indata
from finsam.model.ord import hänvisning
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.tabell import Cell, Kolumn, Rad, Tabell
from finsam.model.underlag import Insats, Målområde, Målrad
from finsam.statements.delar import Del
from finsam.statements.uppgifter import cellkälla, i_modellens_enhet

INGEN_BEDÖMNING = "ingen bedömning angiven"
MÅLSUMMOR = {
    "alla": ("mål", ""),
    "uppfyllda": ("uppfyllda", "uppfyllt"),
    "delvis": ("delvis uppfyllda", "delvis"),
    "ej": ("inte uppfyllda", "ej"),
    "utan": ("utan bedömning", "utan"),
}
"""How many goals there are of each grade: facts `malsumma.<id>`, what they are called and which mark they have."""
_GRADER = {"uppfyllt": "uppfyllda", "delvis uppfyllt": "delvis", "ej uppfyllt": "ej"}
TECKEN = {"uppfyllt": "uppfyllt", "delvis uppfyllt": "delvis", "ej uppfyllt": "ej", "ingen bedömning": "utan"}
"""What each mark stands for."""
EFTER_VÄGEN = ("delvis uppfyllt", "ej uppfyllt")
"""The grades that tell how far on the way an outcome is."""


def bedöm(utfall: Decimal, jämförelse: str, gräns: Decimal, övre: Decimal | None, delvis_från: Decimal) -> str:
    """Grade an outcome: met, partly met from a share of the way, or not met.

    >>> bedöm(Decimal("0.46"), "mer än", Decimal("0.55"), None, Decimal("0.75"))
    'delvis uppfyllt'
    """
    match jämförelse:
        case "minst":
            uppfyllt, väg = utfall >= gräns, utfall / gräns if gräns else Decimal(1)
        case "mer än":
            uppfyllt, väg = utfall > gräns, utfall / gräns if gräns else Decimal(1)
        case "högst":
            uppfyllt, väg = utfall <= gräns, gräns / utfall if utfall else Decimal(1)
        case _:
            tak = gräns if övre is None else övre
            uppfyllt = gräns <= utfall <= tak
            väg = min(utfall / gräns if gräns else Decimal(1), tak / utfall if utfall else Decimal(1))
    if uppfyllt:
        return "uppfyllt"
    return "delvis uppfyllt" if väg >= delvis_från else "ej uppfyllt"


def fyll_mål(år: Räkenskapsår, fakta: Faktabas) -> None:
    """Make mal.<id>.utfall, .grans, .ovre and .bedomning (computed where there is a limit, else as entered)."""
    delvis_från = Decimal(str(år.förbund.delvis_från))
    for mål in år.underlag.mål:
        bas, källa = f"mal.{mål.id}", cellkälla(år, mål, mål.källa)
        utfall = _fyll_utfall(mål, år, fakta)
        for del_, tal in (("grans", mål.gräns), ("ovre", mål.övre)):
            if tal is not None:
                värde, enhet = i_modellens_enhet(tal, mål.enhet)
                fakta.indata(f"{bas}.{del_}", år.period, värde, enhet, f"Målets gräns: {mål.mål}", källa)
        bedömning = mål.bedömning or INGEN_BEDÖMNING
        if utfall is not None and mål.jämförelse and mål.gräns is not None:
            gräns, _ = i_modellens_enhet(mål.gräns, mål.enhet)
            övre = None if mål.övre is None else i_modellens_enhet(mål.övre, mål.enhet)[0]
            bedömning = bedöm(utfall, mål.jämförelse, gräns, övre, delvis_från)
            if bedömning in EFTER_VÄGEN and år.förbund.är_förval("delvis_från"):
                anmärkning = ", ".join(filter(None, (mål.källa, "delvis uppfyllt efter finsams förval (delvis_från)")))
                källa = cellkälla(år, mål, anmärkning)
        fakta.indata(f"{bas}.bedomning", år.period, None, "text", f"Bedömning: {mål.mål}", källa, bedömning)
    _fyll_summor(år, fakta)


def _fyll_summor(år: Räkenskapsår, fakta: Faktabas) -> None:
    """Make malsumma.<id>: how many goals there are, and how many of each grade."""
    if not år.underlag.mål:
        return
    bedömda = Counter(_GRADER.get(fakta[f"mal.{mål.id}.bedomning/{år.period}"].text, "utan") for mål in år.underlag.mål)
    bedömda["alla"] = bedömda.total()
    källa = Indata(år.underlag.fil, "Mål", "antal rader")
    for id_, (ord_, _) in MÅLSUMMOR.items():
        definition = "Mål som redovisas." if id_ == "alla" else f"Mål som är {ord_}."
        fakta.indata(f"malsumma.{id_}", år.period, Decimal(bedömda[id_]), "antal", definition, källa)


def läge(bedömning: str) -> str:
    """The mark of a grade."""
    return MÅLSUMMOR[_GRADER.get(bedömning, "utan")][1]


def _fyll_utfall(mål: Målrad, år: Räkenskapsår, fakta: Faktabas) -> Decimal | None:
    id_, definition = f"mal.{mål.id}.utfall", f"Utfall: {mål.mål}"
    if mål.fakta:
        nyckel = mål.fakta if "/" in mål.fakta else f"{mål.fakta}/{år.period}"
        termer = [(1, nyckel)] if nyckel in fakta else []
        return fakta[fakta.summa(id_, år.period, termer, definition)].värde
    if mål.utfall is not None:
        värde, enhet = i_modellens_enhet(mål.utfall, mål.enhet)
        fakta.indata(id_, år.period, värde, enhet, definition, cellkälla(år, mål, mål.källa))
        return värde
    return None


def områdets_mål(område: Målområde, år: Räkenskapsår, fakta: Faktabas) -> Tabell | None:
    """The goals of a målområde; None when it has none."""
    egna = [m for m in år.underlag.mål if m.område == område.id]
    return _måltabell(f"mal_{område.id}", f"Måluppfyllelse, {område.namn}", egna, år, fakta)


def insatsens_mål(insats: Insats, år: Räkenskapsår, fakta: Faktabas) -> Tabell | None:
    """The goals of an insats; None when it has none."""
    egna = [m for m in år.underlag.mål if m.insats == insats.id]
    return _måltabell(f"insats_{insats.id}_mal", f"{insats.namn}: mål", egna, år, fakta)


def _måltabell(id_: str, rubrik: str, mål: list[Målrad], år: Räkenskapsår, fakta: Faktabas) -> Tabell | None:
    """Goals with what was done, the limit, the outcome and the grade; columns nobody uses are left out."""
    if not mål:
        return None
    mätbart = any(m.gräns is not None for m in mål)
    kolumner = [Kolumn("aktivitet", "Vad som gjorts och hur målet mäts", tal=False)]
    if mätbart:
        kolumner += [Kolumn("grans", "Gräns"), Kolumn("utfall", "Utfall")]
    kolumner.append(Kolumn("bedomning", "Måluppfyllelse", tal=False, bredd=3))
    rader = []
    for m in mål:
        ord_ = "\n\n".join(del_ for del_ in (m.aktivitet, m.mätpunkt, m.kommentar) if del_)
        celler = [Cell(text=ord_)]
        if mätbart:
            celler += [_gränscell(m, år), _utfallscell(m, år, fakta)]
        rader.append(Rad(m.id, m.mål, (*celler, Cell(f"mal.{m.id}.bedomning/{år.period}"))))
    return Tabell(
        id_,
        rubrik,
        "kr",
        tuple(kolumner),
        tuple(rader),
        första="Mål",
        första_bredd=5 if mätbart else 6,
        mening=_ett_mål(mål[0], rader[0], år),
    )


def _ett_mål(mål: Målrad, rad: Rad, år: Räkenskapsår) -> str:
    """A goal that stands alone, as a paragraph."""
    gräns, utfall = rad.celler[1:3] if len(rad.celler) > 2 else (Cell(), Cell())
    delar = [f"**Mål:** {mål.mål.rstrip('.')}." if mål.mål else "", " ".join(rad.celler[0].text.split())]
    delar.append(f"Gräns: {gräns.text}." if gräns.text else "")
    format_ = utfall.format or ("andel" if mål.enhet == "%" else "antal")
    delar.append(f"Utfall: {hänvisning(utfall.fakta, format_)}." if utfall.fakta else "")
    delar.append(f"Bedömning: {hänvisning(f'mal.{mål.id}.bedomning/{år.period}', 'text')}.")
    return " ".join(del_ for del_ in delar if del_)


_FORMAT = {"kr": "kr", "tkr": "tkr", "dagar": "antal"}
"""How a goal's figures are printed, by its unit; the others are printed as they are."""


def _utfallscell(mål: Målrad, år: Räkenskapsår, fakta: Faktabas) -> Cell:
    nyckel = f"mal.{mål.id}.utfall/{år.period}"
    return Cell(nyckel, format=_FORMAT.get(mål.enhet, "")) if nyckel in fakta else Cell()


def _gränscell(mål: Målrad, år: Räkenskapsår) -> Cell:
    """The limit in words, its figures as references to facts."""
    if mål.gräns is None:
        return Cell()
    format_ = "procent" if mål.enhet == "%" else _FORMAT.get(mål.enhet, "antal")
    gräns = f"{{mal.{mål.id}.grans | {format_}}}"
    if mål.jämförelse == "mellan" and mål.övre is not None:
        return Cell(text=f"{gräns} till {{mal.{mål.id}.ovre | {format_}}}")
    return Cell(text=f"{mål.jämförelse} {gräns}" + (" dagar" if mål.enhet == "dagar" else ""))


DEL = Del(fyll_mål, lambda år, fakta: (områdets_mål(område, år, fakta) for område in år.underlag.målområden))
