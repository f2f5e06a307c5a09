"""What a verksamhetsplan holds beside its budget: goals held against the budget, needs, meetings, projects."""

from __future__ import annotations

from decimal import Decimal

from finsam.model.fakta import Faktabas
from finsam.model.ord import MÅNADER, hänvisning, ordagrant, uppräkning, utan_hänvisning, versal
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.tabell import Cell, Fotnot, Kolumn, Rad, Tabell
from finsam.model.underlag import Planmål
from finsam.statements.delar import Del
from finsam.statements.mal import bedöm
from finsam.statements.uppgifter import cellkälla, i_modellens_enhet

EJ_PRÖVAD = "följs upp under året"
INSATSAVSNITT = "insatser"
"""The section of a verksamhetsplan that shows the insatser."""
SLAG = {"mätpunkt": "Mätpunkter", "indikator": "Indikatorer", "aktivitet": "Aktiviteter"}


def fyll_planmål(år: Räkenskapsår, fakta: Faktabas) -> None:
    """Make planmal.<id>.grans, .ovre, .utfall and .bedomning; a goal on the budget is tried against it at once."""
    for mål in år.underlag.planmål:
        bas, källa = f"planmal.{mål.id}", cellkälla(år, mål)
        gränser: list[Decimal | None] = []
        for del_, tal in (("grans", mål.gräns), ("ovre", mål.övre)):
            värde = None
            if tal is not None:
                värde, enhet = i_modellens_enhet(tal, mål.enhet)
                fakta.indata(f"{bas}.{del_}", år.period, värde, enhet, f"Gräns: {mål.text}", källa)
            gränser.append(värde)
        nyckel = mål.fakta if "/" in mål.fakta else f"{mål.fakta}/{år.period}"
        if not mål.fakta or nyckel not in fakta:
            continue
        utfall = fakta[fakta.summa(f"{bas}.utfall", år.period, [(1, nyckel)], f"Budgeterat: {mål.text}")].värde
        if utfall is not None and mål.jämförelse and gränser[0] is not None:
            klarat = bedöm(utfall, mål.jämförelse, gränser[0], gränser[1], Decimal(1)) == "uppfyllt"
            text = "budgeten klarar målet" if klarat else "budgeten klarar inte målet"
            fakta.indata(f"{bas}.bedomning", år.period, None, "text", f"Prövning: {mål.text}", källa, text)


def fyll_behov(år: Räkenskapsår, fakta: Faktabas) -> None:
    """Make behov.<mått>.<område>.<kön> as shares."""
    for rad in år.underlag.behov:
        led = ".".join(del_ for del_ in ("behov", rad.mått, rad.plats, {"män": "man"}.get(rad.kön, rad.kön)) if del_)
        definition = f"{rad.benämning}, {rad.plats} {rad.kön}".strip() + "."
        fakta.indata(led, år.period, rad.andel / 100, "andel", definition, cellkälla(år, rad, rad.källa))


def vid_insats(år: Räkenskapsår) -> dict[str, str]:
    """The insats that a goal of the plan stands with, and what belongs to the goal; none when insatser are not shown.

    What belongs to a goal of a whole område stands with that goal, whichever insats it tells of.
    """
    val = år.förbund.rapporter.get(år.rapport.id)
    if val and val.avsnitt and INSATSAVSNITT not in val.avsnitt:
        return {}
    insatser = {insats.id for insats in år.underlag.insatser}
    egna = {m.id: m.insats for m in år.underlag.planmål if not m.mål and m.insats in insatser}
    return {m.id: egna[rot] for m in år.underlag.planmål if (rot := m.mål or m.id) in egna}


def områdets_planmål(område: str, år: Räkenskapsår) -> list[Planmål]:
    """The rows of a målområde that stand with no insats."""
    insatsens = vid_insats(år)
    return [m for m in år.underlag.planmål if m.område == område and m.id not in insatsens]


def insatsens_planmål(insats: str, år: Räkenskapsår) -> list[Planmål]:
    """The rows that stand with an insats."""
    insatsens = vid_insats(år)
    return [m for m in år.underlag.planmål if insatsens.get(m.id) == insats]


def prövade_mål(område: str, år: Räkenskapsår, fakta: Faktabas) -> Tabell | None:
    """Goals of a målområde with a limit; None when there are none."""
    med_gräns = [m for m in områdets_planmål(område, år) if m.gräns is not None]
    return _gränstabell(f"planmal_{område}", med_gräns, år, fakta)


def insatsens_prövade_mål(insats: str, år: Räkenskapsår, fakta: Faktabas) -> Tabell | None:
    """Goals of an insats with a limit that their words do not say, or that the budget is tried on; None when none."""
    med_gräns = [
        m
        for m in insatsens_planmål(insats, år)
        if m.gräns is not None
        and (f"{{planmal.{m.id}.grans" not in m.text or f"planmal.{m.id}.utfall/{år.period}" in fakta)
    ]
    return _gränstabell(f"insats_{insats}_planmal", med_gräns, år, fakta)


def _gränstabell(id_: str, med_gräns: list[Planmål], år: Räkenskapsår, fakta: Faktabas) -> Tabell | None:
    """The limit, what the budget gives, and whether it holds."""
    if not med_gräns:
        return None
    prövade = any(f"planmal.{m.id}.utfall/{år.period}" in fakta for m in med_gräns)
    kolumner = (
        Kolumn("grans", "Gräns", tal=False, bredd=4),
        *([Kolumn("utfall", "I budgeten")] if prövade else []),
        Kolumn("bedomning", "Prövning", tal=False, bredd=4),
    )

    rader = tuple(_prövat_mål(m, år, fakta, med_utfall=prövade) for m in med_gräns)
    return Tabell(id_, "Mål med gräns", "kr", kolumner, rader, första="Mål", första_bredd=7)


def _gränsord(m: Planmål) -> str:
    """A goal's limit in words, its figures as references."""
    format_ = {"%": "procent", "kr": "kr", "tkr": "tkr"}.get(m.enhet, "antal")
    gräns = f"{{planmal.{m.id}.grans | {format_}}}"
    if m.jämförelse == "mellan" and m.övre is not None:
        return f"{gräns} till {{planmal.{m.id}.ovre | {format_}}}"
    return f"{m.jämförelse} {gräns}".strip() + (" dagar" if m.enhet == "dagar" else "")


def mätpunktens_ord(m: Planmål, år: Räkenskapsår, fakta: Faktabas) -> str:
    """A row of the plan's goals in words: its limit, when its own words do not have it, and what the budget gives."""
    text, gräns = m.text.strip(), _gränsord(m)
    if m.jämförelse == "mellan" and " till " in gräns:
        gräns = f"mellan {gräns.replace(' till ', ' och ')}"
    if m.gräns is not None and f"{{planmal.{m.id}.grans" not in text:
        text += f" Gräns: {gräns}." if text.endswith(".") else f": {gräns}"
    utfall, prövning = f"planmal.{m.id}.utfall/{år.period}", f"planmal.{m.id}.bedomning/{år.period}"
    if utfall in fakta and prövning in fakta:
        format_ = {"kr": "kr", "tkr": "tkr", "%": "andel"}.get(m.enhet, "antal")
        klarar = fakta[prövning].text.removeprefix("budgeten ")
        text = f"{text.rstrip('.')}. Budgeten ger {hänvisning(utfall, format_)} och {klarar}."
    return text + (f" ({m.kommentar})" if m.kommentar else "")


def _prövat_mål(m: Planmål, år: Räkenskapsår, fakta: Faktabas, *, med_utfall: bool) -> Rad:
    """A goal's limit in words, what the budget gives, and whether it holds."""
    utfall, prövning = f"planmal.{m.id}.utfall/{år.period}", f"planmal.{m.id}.bedomning/{år.period}"
    utfallscell = Cell(utfall, format=m.enhet if m.enhet in ("kr", "tkr") else "") if utfall in fakta else Cell()
    prövningscell = Cell(prövning) if prövning in fakta else Cell(text=EJ_PRÖVAD)
    return Rad(m.id, m.text, (Cell(text=_gränsord(m)), *([utfallscell] if med_utfall else []), prövningscell))


def behovstabell(mått: str, år: Räkenskapsår, fakta: Faktabas) -> Tabell:
    """Shares by kommun and kön."""
    egna = [rad for rad in år.underlag.behov if rad.mått == mått]
    kön = [k for k in ("kvinnor", "män") if any(rad.kön == k for rad in egna)]
    alla = any(not rad.kön for rad in egna)
    namn = {m.id: m.namn for m in år.förbund.medlemmar}

    def cell(område: str, led: str) -> Cell:
        nyckel = ".".join(del_ for del_ in ("behov", mått, område, {"män": "man"}.get(led, led)) if del_)
        return Cell(f"{nyckel}/{år.period}") if nyckel in fakta else Cell()

    delar = [*kön, *([""] if alla else [])]
    rader = tuple(
        Rad(område, namn.get(område, versal(område)), tuple(cell(område, del_) for del_ in delar))
        for område in dict.fromkeys(rad.plats for rad in egna)
    )
    kolumner = tuple(Kolumn(del_ or "alla", versal(del_ or "alla")) for del_ in delar)
    skrivna = dict.fromkeys(rad.källa for rad in egna if rad.källa)
    källor = uppräkning(ordagrant(k) if any(map(str.isdigit, k)) else utan_hänvisning(k) for k in skrivna)
    return Tabell(
        f"behov_{mått}",
        egna[0].benämning,
        "",
        kolumner,
        rader,
        första="Område",
        fotnoter=(Fotnot(f"Källa: {källor}."),) if källor else (),
    )


def mötestabell(år: Räkenskapsår) -> Tabell | None:
    """The year's meetings in order; None when none are given."""
    möten = sorted(år.underlag.möten, key=lambda m: (m.datum, m.start))
    if not möten:
        return None
    rader = tuple(
        Rad(
            f"mote{nr}",
            f"{m.datum.day} {MÅNADER[m.datum.month - 1]}",
            (
                Cell(text="–".join(del_ for del_ in (m.start, m.slut) if del_)),
                Cell(text=versal(m.organ)),
                Cell(text=m.innehåll),
            ),
        )
        for nr, m in enumerate(möten, 1)
    )
    kolumner = (
        Kolumn("tid", "Tid", tal=False, bredd=3),
        Kolumn("organ", "Möte", tal=False, bredd=4),
        Kolumn("innehall", "Innehåll", tal=False, bredd=8),
    )
    rubrik, perioder = f"Möten {år.årtal}", (år.period,)
    return Tabell("moten", rubrik, "", kolumner, rader, första="Datum", första_bredd=3, perioder=perioder)


def årshjulstabell(år: Räkenskapsår) -> Tabell | None:
    """What is done month by month; None when nothing is given."""
    rader = tuple(
        Rad(
            f"manad{nr}",
            versal(månad),
            (Cell(text="; ".join(versal(h.händelse) for h in år.underlag.årshjul if h.månad == nr)),),
        )
        for nr, månad in enumerate(MÅNADER, 1)
        if any(h.månad == nr for h in år.underlag.årshjul)
    )
    if not rader:
        return None
    kolumn = (Kolumn("handelse", "Händelser", tal=False, bredd=10),)
    return Tabell("arshjul", "Årshjulet i ord", "", kolumn, rader, första="Månad", första_bredd=2)


def projekttabell(år: Räkenskapsår) -> Tabell | None:
    """Projects the förbund takes part in; None when there are none."""
    rader = tuple(
        Rad(f"projekt{nr}", p.namn, tuple(Cell(text=text) for text in (p.finansiär, p.ägare, p.tid, p.innehåll)))
        for nr, p in enumerate(år.underlag.projekt, 1)
    )
    if not rader:
        return None
    kolumner = tuple(
        Kolumn(id_, rubrik, tal=False, bredd=bredd)
        for id_, rubrik, bredd in (
            ("finansiar", "Finansiär", 4),
            ("agare", "Projektägare", 4),
            ("tid", "Tid", 4),
            ("innehall", "Innehåll", 8),
        )
    )
    ett, *fler = år.underlag.projekt
    vems = "".join(
        f" {ord_}: {text.rstrip('.')}."
        for ord_, text in zip(("Finansiär", "Projektägare", "Tid"), (ett.finansiär, ett.ägare, ett.tid), strict=True)
        if text
    )
    mening = "" if fler else f"**{ett.namn}**.{vems} {ett.innehåll}".strip()
    return Tabell("projekt", "Projekt", "", kolumner, rader, första="Projekt", mening=mening)


MÖTEN = Del(tabeller=lambda år, _: (mötestabell(år), årshjulstabell(år)))
BEHOV = Del(
    fyll_behov,
    lambda år, fakta: (behovstabell(mått, år, fakta) for mått in dict.fromkeys(rad.mått for rad in år.underlag.behov)),
)
MÅL = Del(
    fyll_planmål,
    lambda år, fakta: (
        *(prövade_mål(område.id, år, fakta) for område in år.underlag.målområden),
        *(insatsens_prövade_mål(insats.id, år, fakta) for insats in år.underlag.insatser),
    ),
)
PROJEKT = Del(tabeller=lambda år, _: (projekttabell(år),))
