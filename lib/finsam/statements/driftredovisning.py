"""Driftredovisning: utfall against the decided budget (LKBR 10 kap. 1 §), and investeringar (10 kap. 2 §)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from difflib import get_close_matches

from finsam.model.belopp import NOLL, TKR
from finsam.model.fakta import Faktabas, Indata, Konton, Saldorad, Summa
from finsam.model.forbund import Driftrad
from finsam.model.meningar import tecknens_ord
from finsam.model.ord import SAKNAS, hänvisning
from finsam.model.problem import Problem, UnreadableInput
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.tabell import Cell, Fotnot, Kolumn, Rad, Tabell
from finsam.model.underlag import Budgetrad
from finsam.statements.delar import Del
from finsam.statements.kassaflode import termer
from finsam.statements.uppgifter import uppgiftscell
from finsam.statements.uppstallning import kronortabell, årskolumner

BUDGET = "investeringsbudget"
SIDOR = {"intakt": "intäkt", "kostnad": "kostnad"}
"""The sides of a row, each with its word."""
RESULTAT = Driftrad(id="resultat", etikett="Verksamhetens resultat", av=())


def är_kostnad(rad: Driftrad) -> bool:
    """A row is a cost if it says so, or if its facts are all taken away."""
    return rad.kostnad or (bool(rad.av) and all(id_.startswith("-") for id_ in rad.av))


def resultatrad(år: Räkenskapsår) -> Driftrad:
    """The result of the driftredovisning, by the förbund's word for it."""
    return RESULTAT.model_copy(update={"etikett": år.förbund.etiketter.get("drift.resultat", RESULTAT.etikett)})


def fyll_driftredovisning(år: Räkenskapsår, fakta: Faktabas) -> None:
    """Make drift.<rad>.utfall, .budget, .budget_ursprunglig and .avvikelse, and their totals as drift.resultat.*.

    A row's avvikelse as a share of its budget, without sign, is drift.<rad>.avvikelseandel.
    """
    rader, resultat = år.förbund.driftredovisning, resultatrad(år)
    if okända := [id_ for rad in rader for id_ in rad.av if f"{id_.lstrip('-')}/{år.period}" not in fakta]:
        raise UnreadableInput(Problem("fel", _okänt(id_, fakta), "forbund.yml", "driftredovisning") for id_ in okända)
    for rad in rader:
        for period in (år.period, år.föregående):
            fakta.summa(f"drift.{rad.id}.utfall", period, termer(rad.av, period), f"{rad.etikett}, utfall.")
        for del_, version in (("budget", "gällande"), ("budget_ursprunglig", "ursprunglig")):
            _fyll_budget(rad, del_, version, år, fakta)
    for del_ in ("utfall", "budget", "budget_ursprunglig"):
        for period in (år.period, år.föregående) if del_ == "utfall" else (år.period,):
            nycklar = [f"drift.{rad.id}.{del_}/{period}" for rad in rader]
            känd = all(fakta[nyckel].värde is not None or fakta[nyckel].okänd for nyckel in nycklar)
            summan = [(1, nyckel) for nyckel in nycklar] if känd else []
            fakta.summa(f"drift.resultat.{del_}", period, summan, f"{resultat.etikett}, {del_}.")
    for rad in (*rader, resultat):
        utfall, budget = f"drift.{rad.id}.utfall/{år.period}", f"drift.{rad.id}.budget/{år.period}"
        har_båda = fakta[budget].värde is not None and fakta[utfall].värde is not None
        par = [(1, utfall), (-1, budget)] if har_båda else []
        avvikelse = fakta.summa(f"drift.{rad.id}.avvikelse", år.period, par, f"{rad.etikett}, utfall minus budget.")
        if rad is not resultat:
            tecken = -1 if (fakta[budget].värde or NOLL) < 0 else 1
            definition = f"{rad.etikett}, budget utan tecken."
            storlek = fakta.summa(f"drift.{rad.id}.budget_utan_tecken", år.period, [(tecken, budget)], definition)
            definition = f"{rad.etikett}, avvikelse genom budget."
            fakta.kvot(f"drift.{rad.id}.avvikelseandel", år.period, avvikelse, storlek, definition)
    if _med_sidor(år):
        _fyll_sidor(år, fakta)


def _med_sidor(år: Räkenskapsår) -> bool:
    return år.förbund.visning.driftredovisning != "netto"


def _sida(id_: str) -> str:
    """Which side a fact of a row is on: by its name when that tells, else a cost if it is taken away."""
    if re.search("kostnad|avskriv", id_):
        return "kostnad"
    return "kostnad" if id_.startswith("-") and "intakt" not in id_ else "intakt"


def _fyll_sidor(år: Räkenskapsår, fakta: Faktabas) -> None:
    """Make drift.<rad>.utfall.intakt and .kostnad, and their totals. A budget is one amount a row, its net."""
    for period in (år.period, år.föregående):
        for sida, ord_ in SIDOR.items():
            egna = []
            for rad in år.förbund.driftredovisning:
                if av := tuple(id_ for id_ in rad.av if _sida(id_) == sida):
                    definition = f"{rad.etikett}, utfall, {ord_}."
                    egna.append(fakta.summa(f"drift.{rad.id}.utfall.{sida}", period, termer(av, period), definition))
            känd = all(fakta[nyckel].värde is not None for nyckel in egna)
            summan = [(1, nyckel) for nyckel in egna] if känd else []
            definition = f"{resultatrad(år).etikett}, utfall, {ord_}."
            fakta.summa(f"drift.resultat.utfall.{sida}", period, summan, definition)


def _okänt(id_: str, fakta: Faktabas) -> str:
    nära = get_close_matches(id_.lstrip("-"), {f.id for f in fakta.values()}, 1)
    return f"Faktat {id_} finns inte." + (f" Menas {nära[0]}?" if nära else "")


def _fyll_budget(rad: Driftrad, del_: str, version: str, år: Räkenskapsår, fakta: Faktabas) -> None:
    rader = [b for b in år.underlag.budget if (b.post, b.år) == (rad.id, år.årtal)]
    vald = _gällande(rader) if version == "gällande" else next((b for b in rader if b.version == version), None)
    id_, definition = f"drift.{rad.id}.{del_}", f"{rad.etikett}, {version} budget."
    if vald is None and del_ == "budget" and (rader_ := _budgetkonton(rad, år, fakta)) is not None:
        fakta.konton(id_, år.period, "budget", rader_, f"{rad.etikett}, budget enligt bokföringen.", -1)
        return
    if vald is None:
        saknas = Indata(år.underlag.fil, "Budget", "ingen rad")
        fakta.indata(id_, år.period, None, "kr", definition, saknas)
        return
    belopp = vald.belopp * (TKR if vald.enhet == "tkr" else Decimal(1)) * (-1 if är_kostnad(rad) else 1)
    källa = Indata(år.underlag.fil, f"{vald.blad}, rad {vald.rad}", vald.källa)
    fakta.indata(id_, år.period, belopp, "kr", definition, källa)


def _budgetkonton(rad: Driftrad, år: Räkenskapsår, fakta: Faktabas) -> list[Saldorad] | None:
    """The konton of a row, when the ledger has a budget; None when it has not, or cannot be split as the row is.

    A ledger's budget is per konto. A row that has only some of a konto's objekt cannot have its part of it.
    """
    if (år.period, "budget") not in fakta.saldon:
        return None
    delar: dict[str, set[str]] = {}
    for tecken, nyckel in _konton_bakom(termer(rad.av, år.period), fakta):
        källa = fakta[nyckel].källa
        if not isinstance(källa, Konton) or källa.slag != "res" or tecken * källa.tecken != -1:
            return None
        for konto, objekt in källa.rader:
            delar.setdefault(konto, set()).add(objekt)
    hela = all("" in objekt or objekt == {r.objekt for r in år.kontoplan.träffar(k)} for k, objekt in delar.items())
    return [(konto, "") for konto in sorted(delar)] if hela else None


def _konton_bakom(led: Iterable[tuple[int, str]], fakta: Faktabas) -> Iterator[tuple[int, str]]:
    """The facts that sums come down to, with the sign they have in them."""
    for tecken, nyckel in led:
        källa = fakta[nyckel].källa
        if isinstance(källa, Summa):
            yield from _konton_bakom([(tecken * t, n) for t, n in källa.termer], fakta)
        else:
            yield tecken, nyckel


def _gällande(rader: list[Budgetrad]) -> Budgetrad | None:
    """The revised budget where there is one."""
    return min(rader, key=lambda b: b.version != "reviderad", default=None)


def driftcell(rad: Driftrad, del_: str, period: str, år: Räkenskapsår) -> Cell:
    """A figure of a row in the förbund's way of printing costs; avvikelse keeps its sign."""
    _, delad, sida = del_.partition(".")
    kostnad = sida == "kostnad" if delad else är_kostnad(rad) and del_ != "avvikelse"
    utan = år.förbund.tecken.driftredovisning == "utan" and kostnad
    return Cell(f"drift.{rad.id}.{del_}/{period}", tecken=-1 if utan else 1)


def är_reviderad(år: Räkenskapsår, fakta: Faktabas) -> bool:
    """Whether the budget that is compared is another than the one first decided."""
    return any(
        fakta[f"drift.{rad.id}.budget_ursprunglig/{år.period}"].värde
        != fakta[f"drift.{rad.id}.budget/{år.period}"].värde
        and fakta[f"drift.{rad.id}.budget_ursprunglig/{år.period}"].värde is not None
        for rad in år.förbund.driftredovisning
    )


def _kolumner(år: Räkenskapsår, fakta: Faktabas) -> list[tuple[str, str, str]]:
    """What each column shows: the part, its year and its heading. A revised budget has the first beside it."""
    delar = [("utfall", år.period, f"Utfall {år.period}"), ("budget", år.period, f"Budget {år.period}")]
    if är_reviderad(år, fakta):
        delar.insert(1, ("budget_ursprunglig", år.period, "Ursprunglig budget"))
        delar[2] = ("budget", år.period, "Reviderad budget")
    delar += [("avvikelse", år.period, "Avvikelse"), ("utfall", år.föregående, f"Utfall {år.föregående}")]
    return [kolumn for del_ in delar for kolumn in _på_båda_sidor(*del_)] if _med_sidor(år) else delar


def _på_båda_sidor(del_: str, period: str, rubrik: str) -> list[tuple[str, str, str]]:
    """The columns of an outcome with its intäkt and kostnad before its net; of another part as it is."""
    if del_ != "utfall":
        return [(del_, period, rubrik)]
    sidor = [(f"{del_}.{sida}", period, f"{rubrik}, {ord_}") for sida, ord_ in SIDOR.items()]
    return [*sidor, (del_, period, f"{rubrik}, netto")]


def driftredovisning(år: Räkenskapsår, fakta: Faktabas) -> Tabell:
    """Utfall, budget and avvikelse in tusen kronor, with last year's utfall, and the extra rows the förbund has."""
    delar, resultat = _kolumner(år, fakta), resultatrad(år)
    rader = [
        Rad(
            rad.id,
            rad.etikett,
            tuple(
                cell if (cell := driftcell(rad, del_, period, år)).fakta in fakta else Cell()
                for del_, period, _ in delar
            ),
            "summa" if rad is resultat else "post",
        )
        for rad in (*år.förbund.driftredovisning, resultat)
    ]
    for extra in år.förbund.driftredovisning_extra:
        celler = (Cell(f"{extra.fakta}/{period}") if del_ == "utfall" else Cell() for del_, period, _ in delar)
        rader.append(Rad(extra.id, extra.etikett, tuple(celler)))
    ord_ = tecknens_ord("driftredovisning", år.förbund.tecken)
    tecken = (Fotnot(ord_),) if ord_ else ()
    mot_reviderad = Fotnot("Räknad mot den reviderade budgeten.", kolumner=(f"avvikelse_{år.period}",))
    kolumner = tuple(
        Kolumn(f"{del_.replace('.', '_')}_{period}", rubrik, period=period) for del_, period, rubrik in delar
    )
    return Tabell(
        "driftredovisning",
        "Driftredovisning",
        "tkr",
        kolumner,
        tuple(rader),
        första="Belopp i tusen kronor",
        fotnoter=((mot_reviderad,) if är_reviderad(år, fakta) else ()) + tecken,
    )


def investeringsredovisning(år: Räkenskapsår, fakta: Faktabas) -> Tabell | None:
    """Investeringar of the year against the budget and the year before; None when there are none ("förekommer ej")."""
    nu, då = (Cell(f"kf.investering/{period}", tecken=-1) for period in (år.period, år.föregående))
    if not any(fakta[cell.fakta].värde for cell in (nu, då)):
        return None
    avvikelse = Cell(f"investering.avvikelse/{år.period}") if f"investering.avvikelse/{år.period}" in fakta else Cell()
    rad = Rad("investeringar", "Nettoinvesteringar", (nu, uppgiftscell(BUDGET, år, fakta), avvikelse, då), "summa")
    ena, andra = årskolumner(år)
    kolumner = (ena, Kolumn("budget", f"Budget {år.period}", period=år.period), Kolumn("avvikelse", "Avvikelse"), andra)
    tabell = kronortabell("investeringsredovisning", "Investeringsredovisning", kolumner, [rad])
    return replace(tabell, mening=_investerat(rad, fakta))


def inga_investeringar(år: Räkenskapsår, fakta: Faktabas) -> str:
    """That there are no investments, this year and the year before as far as they are known."""
    nu, då = (fakta.värde(f"kf.investering/{period}") for period in (år.period, år.föregående))
    if nu is None:
        return f"Investeringar: {SAKNAS}."
    åren = "under {år} eller {år-1}" if då is not None else "under {år}"
    return f"Investeringar förekommer ej: förbundet har inte gjort några investeringar {åren}."


def _investerat(rad: Rad, fakta: Faktabas) -> str:
    """The investments as a sentence, beside their budget and the year before as far as these are known."""
    nu, budget, avvikelse, då = (cell.fakta if cell.fakta in fakta else "" for cell in rad.celler)
    if any((fakta.värde(nyckel) or NOLL) > 0 for nyckel in (nu, då)):
        return ""  # more was sold than bought, which the sentence does not say
    mening = f"Nettoinvesteringarna är {hänvisning(nu, 'kr utan_tecken')}"
    if budget and avvikelse and fakta[budget].värde is not None:
        lika = fakta[budget].värde == -(fakta[nu].värde or NOLL)
        mening += ", som i budgeten" if lika else f", mot {hänvisning(budget, 'kr')} i budgeten"
    if då and fakta[då].värde is not None:
        mening += f". Året före var de {hänvisning(då, 'kr utan_tecken')}"
    return f"{mening}."


def fyll_investeringar(år: Räkenskapsår, fakta: Faktabas) -> None:
    """Make investering.avvikelse, what is left of the budget, when there is one (the uppgift investeringsbudget)."""
    budget, utfall = f"uppgift.{BUDGET}/{år.period}", f"kf.investering/{år.period}"
    if budget in fakta and fakta[budget].värde is not None and fakta[utfall].värde is not None:
        termer = [(1, budget), (1, utfall)]
        fakta.summa("investering.avvikelse", år.period, termer, "Investeringsbudget minus nettoinvesteringar.")


def _fyll(år: Räkenskapsår, fakta: Faktabas) -> None:
    fyll_driftredovisning(år, fakta)
    fyll_investeringar(år, fakta)


DEL = Del(
    _fyll,
    lambda år, fakta: (driftredovisning(år, fakta), investeringsredovisning(år, fakta)),
)
