"""Insatser: faktarutor, economy and participants of what the förbund finances."""

from __future__ import annotations

from collections.abc import Sequence

from finsam.model.fakta import Faktabas
from finsam.model.ord import hänvisning, uppräkning
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.tabell import Cell, Kolumn, Rad, Radslag, Tabell
from finsam.model.underlag import Insats
from finsam.statements.delar import Del
from finsam.statements.mal import insatsens_mål
from finsam.statements.uppgifter import cellkälla

SLAG = {"individ": "Individinriktade insatser", "struktur": "Strukturövergripande insatser"}


def fyll_insatser(år: Räkenskapsår, fakta: Faktabas) -> None:
    """Make insats.<id>.utfall (from the ledger), .budget, .kvar_av_budget, .beviljat, .overskott and .kostnad.<row>."""
    for insats in år.underlag.insatser:
        bas, period, källa = f"insats.{insats.id}", år.period, cellkälla(år, insats)
        termer = [(1, nyckel)] if (nyckel := f"kostnad.{insats.funktion}/{period}") in fakta else []
        utfall = fakta.summa(f"{bas}.utfall", period, termer, f"Kostnad för {insats.namn} enligt bokföringen.")
        budget = fakta.indata(f"{bas}.budget", period, insats.budget, "kr", f"Budget för {insats.namn}.", källa)
        kvar = [(1, budget), (-1, utfall)] if insats.budget is not None and fakta[utfall].värde is not None else []
        fakta.summa(f"{bas}.kvar_av_budget", period, kvar, f"Budget för {insats.namn} minus kostnaden.")
        beviljat = fakta.indata(f"{bas}.beviljat", period, insats.beviljat, "kr", f"Medel till {insats.namn}.", källa)
        par = [(1, beviljat), (-1, utfall)] if insats.beviljat is not None else []
        fakta.summa(f"{bas}.overskott", period, par, f"Medel till {insats.namn} minus kostnaden.")
        delar = [
            fakta.indata(
                f"{bas}.kostnad.{rad.id}", period, rad.belopp, "kr", f"{rad.benämning}.", cellkälla(år, rad, rad.källa)
            )
            for rad in år.underlag.insatsekonomi
            if rad.insats == insats.id
        ]
        fakta.summa(
            f"{bas}.kostnad_summa", period, [(1, d) for d in delar], f"Insatsägarens redovisning, {insats.namn}."
        )


def insatsekonomi(insats: Insats, år: Räkenskapsår, fakta: Faktabas) -> Tabell:
    """What an insats was given, what it cost by kind, and what goes back."""
    bas, period = f"insats.{insats.id}", år.period

    def rad(id_: str, etikett: str, slag: Radslag = "post", indrag: int = 0) -> Rad:
        return Rad(id_, etikett, (Cell(f"{bas}.{id_}/{period}"),), slag, indrag)

    kostnader = [r for r in år.underlag.insatsekonomi if r.insats == insats.id]
    bara_budget = insats.budget is not None and insats.beviljat is None
    rader = [
        *([rad("budget", "Budget")] if insats.budget is not None else []),
        *([rad("beviljat", "Erhållna medel")] if insats.beviljat is not None else []),
        rad("utfall", "Förbrukade medel"),
        *(rad(f"kostnad.{r.id}", f"varav {r.benämning[0].lower()}{r.benämning[1:]}", indrag=1) for r in kostnader),
        *([rad("overskott", _kvar(insats, år), "summa")] if insats.beviljat is not None else []),
        *([rad("kvar_av_budget", "Kvar av budgeten", "summa")] if bara_budget else []),
    ]
    return Tabell(
        f"insats_{insats.id}_ekonomi",
        f"{insats.namn}: ekonomi",
        "kr",
        (Kolumn(period, period, period=period),),
        tuple(rader),
        första="Belopp i kronor",
    )


def _kvar(insats: Insats, år: Räkenskapsår) -> str:
    """What is said of money that is left: one that goes on into the next year has it to use then."""
    pågår = insats.till is not None and insats.till.year > år.årtal
    return "Kvar av erhållna medel" if pågår else "Överskott som återförs"


def faktaruta(insats: Insats, år: Räkenskapsår) -> Tabell | None:
    """An insats' faktaruta: rows of words; None when there are none."""
    rader = tuple(
        Rad(f"rad{nr}", ruta.rubrik, (Cell(text=ruta.text),))
        for nr, ruta in enumerate((r for r in år.underlag.faktarutor if r.insats == insats.id), 1)
    )
    if not rader:
        return None
    kolumner = (Kolumn("text", "Beskrivning", tal=False, bredd=12),)
    rubrik = f"{insats.namn}: faktaruta"
    return Tabell(f"insats_{insats.id}_faktaruta", rubrik, "", kolumner, rader, första="Uppgift")


def deltagartabell(insats: Insats, år: Räkenskapsår, fakta: Faktabas) -> Tabell | None:
    """Participants of an insats by measure, with kön when it is known; None when nothing is counted."""
    egna = [rad for rad in år.underlag.deltagare if rad.insats == insats.id and rad.år == år.årtal]
    mått = {rad.mått: rad.benämning for rad in egna}
    if not mått:
        return None
    delar = [kön for kön in ("kvinnor", "män") if any(rad.kön == kön for rad in egna)]

    def cell(id_: str) -> Cell:
        nyckel = f"{id_}/{år.period}"
        return Cell(nyckel) if nyckel in fakta else Cell()

    rader = tuple(
        Rad(
            id_,
            etikett,
            (cell(f"deltagare.{insats.id}.{id_}"), *(cell(f"deltagare.{insats.id}.{id_}.{k}") for k in delar)),
        )
        for id_, etikett in mått.items()
    )
    kolumner = (Kolumn("alla", f"Antal {år.period}", period=år.period), *(Kolumn(k, k.capitalize()) for k in delar))
    return Tabell(
        f"insats_{insats.id}_deltagare",
        f"{insats.namn}: deltagare",
        "",
        kolumner,
        rader,
        första="Mått",
        mening=_antal_deltagare(rader[0], delar),
    )


def _antal_deltagare(rad: Rad, kön: Sequence[str]) -> str:
    """A count in words, by kön when it is."""
    alla, *delar = (hänvisning(cell.fakta, "antal") if cell.fakta else "" for cell in rad.celler)
    av = uppräkning(f"{tal} {ord_}" for tal, ord_ in zip(delar, kön, strict=True) if tal)
    return f"{rad.etikett} {{år}}: {alla}{f', {av}' if av else ''}." if alla else ""


def enkättabell(insats: Insats, år: Räkenskapsår, fakta: Faktabas) -> Tabell | None:
    """Survey results of an insats; None when there are none."""
    egna = [rad for rad in år.underlag.indikatorer if rad.insats == insats.id]
    if not egna:
        return None
    svar = [f"enkat.{insats.id}.{rad.id}.svar/{år.period}" for rad in egna]
    med_svar = any(nyckel in fakta for nyckel in svar)
    rader = tuple(
        Rad(
            rad.id,
            rad.fråga,
            (
                Cell(text=rad.skala),
                Cell(f"enkat.{insats.id}.{rad.id}/{år.period}"),
                *([Cell(nyckel) if nyckel in fakta else Cell()] if med_svar else []),
            ),
        )
        for rad, nyckel in zip(egna, svar, strict=True)
    )
    kolumner = [Kolumn("skala", "Svar som räknas", tal=False), Kolumn("andel", "Andel")]
    kolumner += [Kolumn("svar", "Antal svar")] if med_svar else []
    return Tabell(f"insats_{insats.id}_enkat", f"{insats.namn}: enkätsvar", "", tuple(kolumner), rader, första="Fråga")


def insatstabeller(insats: Insats, år: Räkenskapsår, fakta: Faktabas) -> tuple[Tabell | None, ...]:
    """What is shown of an insats in an årsredovisning, its faktaruta first."""
    return (
        faktaruta(insats, år),
        insatsekonomi(insats, år, fakta),
        deltagartabell(insats, år, fakta),
        enkättabell(insats, år, fakta),
        insatsens_mål(insats, år, fakta),
    )


ÅRSREDOVISNING = Del(
    fyll_insatser,
    lambda år, fakta: (tabell for insats in år.underlag.insatser for tabell in insatstabeller(insats, år, fakta)),
)
VERKSAMHETSPLAN = Del(fyll_insatser, lambda år, _: (faktaruta(insats, år) for insats in år.underlag.insatser))
