"""`underlag.xlsx` for a new year: every sheet by its rule, and only rows that hold together with the others."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from finsam.begin.ar.blad import (
    SOM_FÖRUT,
    Anteckning,
    Blad,
    Rullning,
    fortsätter,
    rulla_blad,
    som_anteckning,
    är_över,
)
from finsam.begin.ar.budget import planens_budget
from finsam.begin.ar.texter import Talindex, rulla_text, talindex, texttyda
from finsam.checks.texter import utan_hänvisningar
from finsam.model.bokforing import Bokföring, Verifikationslista
from finsam.model.ord import uppräkning
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.rapport import VERKSAMHETSPLAN, ÅRSREDOVISNING, Rapportslag
from finsam.model.underlag import (
    BLAD,
    Beslutspunkt,
    Budgetrad,
    Faktaruterad,
    Insats,
    Målområde,
    Målrad,
    Möte,
    Planmål,
    Projekt,
    Underlag,
    Underlagsrad,
    Uppgift,
    Årshjulsrad,
)
from finsam.read.indata import visa
from finsam.read.underlag.blad import kolumner
from finsam.read.underlag.underlag import I_UNDERLAGET, REFERENSER
from finsam.report.bok import Bok
from finsam.report.text import Texttyda, read_prosa
from finsam.statements.flerarsoversikt import ÖVERTAGNA
from finsam.statements.redovisning import redovisa

PROSA: Mapping[type[Underlagsrad], tuple[str, ...]] = {
    Faktaruterad: ("rubrik", "text"),
    Målområde: ("mål",),
    Målrad: ("mål", "mätpunkt"),
    Planmål: ("text", "kommentar"),
    Beslutspunkt: ("text",),
    Projekt: ("tid", "innehåll"),
    Årshjulsrad: ("händelse",),
    Möte: ("innehåll",),
}
"""Columns of words that may name facts and years."""

_FAKTAÅR = re.compile(r"/(\d{4})\Z")
_ÅRTAL = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class RullatUnderlag:
    """The rows to read, those that are only shown, what to tell, and the insatser that do not go on."""

    underlag: Underlag
    väntar: Mapping[type[Underlagsrad], tuple[Anteckning, ...]]
    att_säga: tuple[str, ...]
    avslutade: tuple[str, ...]


def rulla_underlag(
    böcker: Mapping[Rapportslag, Bok],
    år: int,
    bokföring: Bokföring | None = None,
    plan: Bok | None = None,
    fil: str = "underlag.xlsx",
) -> RullatUnderlag:
    """Roll the sheets of the earlier year's reports (by kind) to a new year, with its ledger and its own plan."""
    bok = next(iter(böcker.values()))
    mall = utgångsår(bok.år, år, bokföring if bok.år.rapport.har_bokföring else None)
    rullning = _rullning(böcker, mall, plan)
    avslutade = tuple(i.id for i in bok.år.underlag.insatser if not fortsätter(i, rullning))
    bladen = {klass: rulla_blad(klass, _rader(klass, bok, avslutade), rullning) for klass in BLAD}
    index = talindex(texttyda(bok.redovisning))
    bladen = {klass: rulla_ord(klass, blad, index, rullning) for klass, blad in bladen.items()}
    hela, nedlagda = som_går_ihop(bladen, mall, list(böcker))
    return RullatUnderlag(
        _underlag(hela),
        {klass: (*blad.väntar, *blad.förra) for klass, blad in hela.items() if blad.väntar or blad.förra},
        tuple(_att_säga(fil, bok.år.underlag, hela, nedlagda, rullning)),
        avslutade,
    )


def utgångsår(från: Räkenskapsår, år: int, bokföring: Bokföring | None = None) -> Räkenskapsår:
    """The new year with the earlier one's settings and its own ledger, an empty one when there is none."""
    tom = replace(från.bokföring, konton={}, objekt={}, år={}, verifikationer=Verifikationslista())
    return replace(från, årtal=år, bokföring=bokföring or tom, texter={}, publicerat=(), tidigare={}, problem=())


def _rader(klass: type[Underlagsrad], bok: Bok, avslutade: Collection[str]) -> tuple[Underlagsrad, ...]:
    """The rows of a sheet; of an insats that has ended only its words, which may be wanted again."""
    rader: tuple[Underlagsrad, ...] = getattr(bok.år.underlag, I_UNDERLAGET[klass])
    return tuple(rad for rad in rader if klass in PROSA or getattr(rad, "insats", "") not in avslutade)


def _rullning(böcker: Mapping[Rapportslag, Bok], mall: Räkenskapsår, plan: Bok | None) -> Rullning:
    """What is known of both years."""
    bok, förbund, år = next(iter(böcker.values())), mall.förbund, mall.årtal
    grupper = [(grupp.id, rad.id) for grupp in förbund.kostnadsfördelning for rad in grupp.rader]
    funktioner = tuple(f"{grupp}.{rad}" for grupp, rad in grupper)
    rullning = Rullning(
        bok.år.årtal,
        år,
        bok.fakta,
        poster=ÖVERTAGNA,
        funktioner=funktioner,
        driftrader=tuple(rad.id for rad in förbund.driftredovisning) if bok.år.underlag.budget else (),
        medlemmar=tuple(medlem.id for medlem in förbund.medlemmar if medlem.är_med_under(år)),
    )
    if förra := böcker.get(VERKSAMHETSPLAN):
        pågår = frozenset(i.id for i in bok.år.underlag.insatser if förra.fakta.värde(f"budget.{i.id}/{år}"))
        rullning = replace(rullning, förslag=planens_budget(förra, år), pågår=pågår)
    if plan is not None:
        rullning = replace(
            rullning,
            budget=planens_budget(plan, år),
            pågår=rullning.pågår | {i.id for i in plan.år.underlag.insatser},
            planerade={i.id: i for i in plan.år.underlag.insatser},
            bidrag=tuple(rad for rad in plan.år.underlag.medlemsbidrag if rad.år == år),
        )
    if ÅRSREDOVISNING in böcker:
        fakta = redovisa(mall).fakta
        pågår = frozenset(i.id for i in bok.år.underlag.insatser if fakta.värde(f"kostnad.{i.funktion}/{år}"))
        rullning = replace(rullning, pågår=rullning.pågår | pågår)
    return rullning


def rulla_ord(klass: type[Underlagsrad], blad: Blad, index: Talindex, rullning: Rullning) -> Blad:
    """The sheet with the years of its words, and of the facts it names, moved along."""

    def rulla(rad: Underlagsrad) -> Underlagsrad:
        nytt: dict[str, Any] = {}
        for fält in PROSA.get(klass, ()):
            nytt[fält] = rulla_text(getattr(rad, fält), rullning.från, index).text
        if fakta := getattr(rad, "fakta", ""):
            nytt["fakta"] = _FAKTAÅR.sub(lambda m: f"/{int(m[1]) + rullning.år - rullning.från}", fakta)
        return rad.model_copy(update=nytt)

    return replace(blad, rader=tuple(map(rulla, blad.rader)))


def _underlag(bladen: Mapping[type[Underlagsrad], Blad]) -> Underlag:
    return Underlag.model_validate({I_UNDERLAGET[klass]: blad.rader for klass, blad in bladen.items()})


def som_går_ihop(
    bladen: Mapping[type[Underlagsrad], Blad], mall: Räkenskapsår, rapporter: Iterable[Rapportslag]
) -> tuple[dict[type[Underlagsrad], Blad], list[Underlagsrad]]:
    """The sheets without rows that name an insats, an område or a fact the new year does not have (yet).

    Such a row is prepared instead; as others may name what it gave, it is done until all hold together.
    """
    hela = dict(bladen)
    nedlagda: list[Underlagsrad] = []
    while True:
        år = replace(mall, underlag=_underlag(hela))
        tydor = [texttyda(redovisa(replace(år, rapport=slag))) for slag in rapporter]
        ids = {klass: {str(getattr(rad, "id", "")) for rad in hela[klass].rader} for klass in REFERENSER.values()}
        lösa = {klass: [r for r in blad.rader if _är_lös(r, ids, tydor)] for klass, blad in hela.items()}
        if not any(lösa.values()):
            return hela, nedlagda
        for klass, rader in lösa.items():
            kvar = tuple(rad for rad in hela[klass].rader if rad not in rader)
            hela[klass] = replace(hela[klass], rader=kvar, väntar=(*hela[klass].väntar, *map(som_anteckning, rader)))
            nedlagda += rader


def _är_lös(rad: Underlagsrad, ids: Mapping[type[Underlagsrad], set[str]], tydor: Iterable[Texttyda]) -> bool:
    for fält, klass in REFERENSER.items():
        if getattr(rad, fält, "") and getattr(rad, fält) not in ids[klass]:
            return True
    ord_ = [getattr(rad, fält) for fält in PROSA.get(type(rad), ())]
    return any(read_prosa(text, tyda, "")[1] for text in ord_ if "{" in text for tyda in tydor)


# What to tell


def _att_säga(
    fil: str, före: Underlag, hela: Mapping[type[Underlagsrad], Blad], nedlagda: list[Underlagsrad], rullning: Rullning
) -> Iterator[str]:
    väntar = [f"{klass.blad} {len(blad.väntar)}" for klass, blad in hela.items() if blad.väntar]
    if väntar:
        yield (
            f"Rader som är förberedda i {fil} och väntar på siffror: {uppräkning(väntar)}. Fyll i dem och ta "
            "bort # framför."
        )
    tömda = [klass.blad for klass in (Uppgift, Insats, Målrad) if hela[klass].förra]
    if tömda:
        yield (
            f"I {uppräkning(tömda)} är årets värden tömda. Under raderna står hur det stod {rullning.från}; det läses "
            "inte."
        )
    lika = [klass.blad for klass in BLAD if klass in SOM_FÖRUT and hela[klass].rader]
    if lika:
        yield f"{uppräkning(lika)} är som {rullning.från}. Gå igenom dem."
    yield from _om_insatser(före.insatser, rullning)
    if rullning.budget or rullning.planerade:
        yield from _om_planen(före, rullning)
    elif rullning.förslag and hela[Budgetrad].väntar:
        yield f"Bladet Budget har planens siffror för {rullning.år} som förslag. De läses först när # är borttaget."
    utan_fakta = [rad for rad in nedlagda if not _hör_till_avslutad(rad, före, rullning)]
    if utan_fakta:
        vilka = uppräkning(list(dict.fromkeys(rad.blad for rad in utan_fakta)))
        yield f"Rader i {vilka} hänvisar till siffror som inte finns än ({len(utan_fakta)} st); de är bara förberedda."
    if före.undantag:
        yield f"Undantagen gällde {rullning.från} och följer inte med."
    yield from _om_årtal(hela, rullning)


def _om_planen(före: Underlag, rullning: Rullning) -> Iterator[str]:
    yield f"Budget, medlemsbidrag och insatsernas tid och budget är hämtade ur verksamhetsplanen {rullning.år}."
    nya = [insats.namn for id_, insats in rullning.planerade.items() if id_ not in {i.id for i in före.insatser}]
    if nya:
        yield f"Verksamhetsplanen har också insatserna {uppräkning(nya)}. Lägg till dem i bladet Insatser."


def _om_insatser(insatser: tuple[Insats, ...], rullning: Rullning) -> Iterator[str]:
    slut = [i.namn for i in insatser if not fortsätter(i, rullning)]
    kvar = [i for i in insatser if fortsätter(i, rullning) and i.id not in rullning.planerade]
    årsvisa = [i.namn for i in kvar if är_över(i, rullning)]
    if slut:
        yield f"Avslutade insatser följer inte med: {uppräkning(slut)}. De står som anteckningar i bladet Insatser."
    if årsvisa:
        yield (
            f"Beslutet om {uppräkning(årsvisa)} gällde till och med {rullning.från}. Raderna är kvar utan tid: fyll i "
            "den, eller ta bort det som inte fortsätter."
        )


def _hör_till_avslutad(rad: Underlagsrad, före: Underlag, rullning: Rullning) -> bool:
    return getattr(rad, "insats", "") in {i.id for i in före.insatser if not fortsätter(i, rullning)}


def _om_årtal(hela: Mapping[type[Underlagsrad], Blad], rullning: Rullning) -> Iterator[str]:
    """Labels and words that still name a year near the old one; amounts by year have a column for it."""
    nära = {rullning.från - 1, rullning.från, rullning.från + 1}
    for klass, blad in hela.items():
        fälten = [n for n in kolumner(klass) if n not in ("källa", "anmärkning", "fakta")]
        ord_ = [getattr(rad, fält) for rad in blad.rader if not hasattr(rad, "år") for fält in fälten]
        nämner = [
            visa(text)
            for text in dict.fromkeys(ett for ett in ord_ if isinstance(ett, str))
            if nära & {int(träff) for träff in _ÅRTAL.findall(utan_hänvisningar(text))}
        ]
        if nämner:
            yield f"I bladet {klass.blad} nämns år: {uppräkning(nämner)}. Stämmer det {rullning.år}?"
