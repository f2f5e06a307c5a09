"""Budget over three years with eget kapital (KL 11 kap. 5–6 §§): every sum is made of the rows under it."""

from __future__ import annotations

from collections.abc import Iterable

from finsam.model.fakta import Faktabas, Indata
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.tabell import Cell, Kolumn, Rad, Radslag, Tabell
from finsam.model.underlag import Planrad
from finsam.statements.delar import Del
from finsam.statements.flerarsoversikt import fyll_kapitaltak
from finsam.statements.uppgifter import cellkälla

INTÄKTER = ("medlemsbidrag", "extern intäkt")
INSATSER = ("individinsats", "strukturinsats", "insats")
KOSTNADER = (*INSATSER, "administration")
FINANSIELLA = ("finansiell intäkt", "finansiell kostnad")
_DELAR = ("budget", "plan1", "plan2")

# Totals by what rows are, whatever group they stand in; then totals of totals.
_AV_RADER = (
    ("medlemsbidrag", "Medlemsbidrag", "medlemsbidrag"),
    ("externa_intakter", "Externa intäkter", "extern intäkt"),
    ("individinsatser", "Individinriktade insatser", "individinsats"),
    ("strukturinsatser", "Strukturövergripande insatser", "strukturinsats"),
    ("insatser_ofordelade", "Insatser, ej fördelade", "insats"),
    ("administration", "Administration", "administration"),
    ("finansiella_intakter", "Finansiella intäkter", "finansiell intäkt"),
    ("finansiella_kostnader", "Finansiella kostnader", "finansiell kostnad"),
)
_AV_SUMMOR = (
    ("intakter", "Summa intäkter", ("medlemsbidrag", "externa_intakter")),
    ("insatser", "Insatser", ("individinsatser", "strukturinsatser", "insatser_ofordelade")),
    ("kostnader", "Summa kostnader", ("insatser", "administration")),
    ("finansnetto", "Finansnetto", ("finansiella_intakter", "finansiella_kostnader")),
    ("rorelseresultat", "Verksamhetens resultat", ("intakter", "kostnader")),
    ("resultat", "Årets resultat", ("rorelseresultat", "finansnetto")),
)
TOTALER = {
    **{id_: (typ,) for id_, _, typ in _AV_RADER},
    "intakter": INTÄKTER,
    "insatser": INSATSER,
    "kostnader": KOSTNADER,
    "finansnetto": FINANSIELLA,
}
"""Which types of rows each total holds. A group with such an id is that total (check C35 sees that it is)."""

RESERVERADE = frozenset({*(id_ for id_, _, _ in _AV_SUMMOR), "eget_kapital", "eget_kapital_ingaende"})
"""Ids that no row may have. One called as a total of its own type must be that type's only row (check C35)."""


def planår(år: Räkenskapsår) -> tuple[str, ...]:
    """Budgetåret and the two planår, oldest first."""
    return tuple(str(år.årtal + i) for i in range(len(_DELAR)))


def _tecken(typ: str) -> int:
    return 1 if typ in (*INTÄKTER, "finansiell intäkt") else -1


def fyll_budgetplan(år: Räkenskapsår, fakta: Faktabas) -> None:
    """Make budget.<rad>, budget.<grupp>, the totals, results and the eget kapital chain for the three years."""
    rader = år.underlag.budgetplan
    for del_, period in zip(_DELAR, planår(år), strict=True):
        for rad in rader:
            if rad.typ != "grupp" and rad.id not in RESERVERADE:
                belopp = getattr(rad, del_)
                värde = None if belopp is None else belopp * _tecken(rad.typ)
                källa = cellkälla(år, rad, rad.källa)
                fakta.indata(f"budget.{rad.id}", period, värde, "kr", f"{rad.benämning}, budget.", källa)
        for rad in reversed(rader):
            if rad.typ == "grupp" and rad.id not in TOTALER:
                _fyll_grupp(rad, år, fakta, period)
        _fyll_totaler(år, fakta, period)
    _fyll_ursprunglig(år, fakta)
    for period in planår(år):
        _fyll_eget_kapital(år, fakta, period)
        _fyll_andelar(år, fakta, period)


def _fyll_grupp(grupp: Planrad, år: Räkenskapsår, fakta: Faktabas, period: str) -> None:
    under = [rad for rad in år.underlag.budgetplan if rad.grupp == grupp.id]
    termer = [(1, nyckel) for rad in under if (nyckel := f"budget.{rad.id}/{period}") in fakta]
    fakta.summa(f"budget.{grupp.id}", period, termer, f"{grupp.summarad or grupp.benämning}, budget.")


def _fyll_totaler(år: Räkenskapsår, fakta: Faktabas, period: str) -> None:
    for id_, etikett, typ in _AV_RADER:
        egna = [rad for rad in år.underlag.budgetplan if rad.typ == typ and rad.id not in RESERVERADE]
        if f"budget.{id_}/{period}" not in fakta:
            termer = [(1, f"budget.{rad.id}/{period}") for rad in egna]
            fakta.summa(f"budget.{id_}", period, termer, f"{etikett}, budget.")
    for id_, etikett, av in _AV_SUMMOR:
        fakta.summa(f"budget.{id_}", period, [(1, f"budget.{del_}/{period}") for del_ in av], f"{etikett}, budget.")


def _fyll_ursprunglig(år: Räkenskapsår, fakta: Faktabas) -> None:
    """Make budget.ursprunglig.<rad> for rows whose budget has been revised."""
    for rad in år.underlag.budgetplan:
        if rad.ursprunglig is not None:
            källa = cellkälla(år, rad, rad.källa)
            värde = rad.ursprunglig * _tecken(rad.typ)
            fakta.indata(
                f"budget.ursprunglig.{rad.id}", år.period, värde, "kr", f"{rad.benämning}, ursprunglig.", källa
            )


def _fyll_eget_kapital(år: Räkenskapsår, fakta: Faktabas, period: str) -> None:
    """Each year opens with what the year before closed with."""
    definition = "Eget kapital vid årets början, budget."
    ingång = f"uppgift.eget_kapital_ingaende/{period}"
    if period != år.period:
        föregående = f"budget.eget_kapital/{int(period) - 1}"
        känd = fakta[föregående].värde is not None
        ingående = fakta.summa("budget.eget_kapital_ingaende", period, [(1, föregående)] if känd else [], definition)
    elif ingång in fakta:
        ingående = fakta.summa("budget.eget_kapital_ingaende", period, [(1, ingång)], definition)
    else:
        källa = Indata(år.underlag.fil, "Uppgifter", "ingen rad eget_kapital_ingaende")
        ingående = fakta.indata("budget.eget_kapital_ingaende", period, None, "kr", definition, källa)
    termer = [(1, ingående), (1, f"budget.resultat/{period}")]
    if any(fakta[nyckel].värde is None for _, nyckel in termer):  # without a budget it is not what it was
        termer = []
    fakta.summa("budget.eget_kapital", period, termer, "Eget kapital vid årets slut, budget.")


def _fyll_andelar(år: Räkenskapsår, fakta: Faktabas, period: str) -> None:
    """Shares, each of what forbund.yml says it is measured against; costs as positive shares."""
    val = år.förbund.plan
    nämnare = {"kostnader": "kostnader", "medlemsbidrag": "medlemsbidrag", "intäkter": "intakter"}
    for id_, del_, av in (
        ("administrationsandel", "administration", val.administration_av),
        ("insatsandel", "insatser", val.insatser_av),
        ("insatsandel_av_intakter", "insatser", "intäkter"),
        ("kapitalandel", "eget_kapital", val.kapital_av),
    ):
        över, under = f"budget.{del_}/{period}", f"budget.{nämnare[av]}/{period}"
        if del_ != "eget_kapital" and av != "kostnader":
            utan_minus = f"budget.{del_}.positivt/{period}"
            if utan_minus not in fakta:
                definition = f"{del_.capitalize()} utan minus."
                fakta.summa(f"budget.{del_}.positivt", period, [(-1, över)], definition)
            över = utan_minus
        fakta.kvot(f"budget.{id_}", period, över, under, f"{del_.replace('_', ' ').capitalize()} genom {av}, budget.")
    fyll_kapitaltak(år, fakta, period, f"budget.{nämnare[val.kapital_av]}/{period}")


def resultatbudget(år: Räkenskapsår, fakta: Faktabas) -> Tabell:
    """The budget in a few lines over three years, with eget kapital and what it is of medlemsbidraget."""
    mall: tuple[tuple[str, str, Radslag], ...] = (
        ("medlemsbidrag", "Medlemsbidrag", "post"),
        ("externa_intakter", "Externa intäkter", "post"),
        ("intakter", "Summa intäkter", "delsumma"),
        ("insatser", "Insatser", "post"),
        ("administration", "Administration", "post"),
        ("kostnader", "Summa kostnader", "delsumma"),
        ("rorelseresultat", "Verksamhetens resultat", "delsumma"),
        ("finansnetto", "Finansnetto", "post"),
        ("resultat", "Årets resultat", "summa"),
        ("eget_kapital_ingaende", "Eget kapital vid årets början", "post"),
        ("eget_kapital", "Eget kapital vid årets slut", "summa"),
        ("kapitalandel", f"Eget kapital som andel av {år.förbund.plan.kapital_av}", "post"),
        ("administrationsandel", f"Administration som andel av {år.förbund.plan.administration_av}", "post"),
    )
    rader: list[Rad] = []
    for id_, etikett, slag in mall:
        rader += _året_före(år, fakta) if id_ == "eget_kapital_ingaende" else []
        if slag != "post" or any(fakta[f"budget.{id_}/{p}"].värde for p in planår(år)):
            rader.append(Rad(id_, etikett, _celler(f"budget.{id_}", år, _vänd(id_, år)), slag))
    return _budgettabell("resultatbudget", "Resultatbudget", rader, år)


ÅRET_FÖRE = ("eget_kapital_foregaende", "resultat_foregaende")
"""Uppgifter of the year before that together are the ingående eget kapital of the budget."""


def _året_före(år: Räkenskapsår, fakta: Faktabas) -> list[Rad]:
    """What the ingående eget kapital is made of, when Uppgifter says both; the first column has it."""
    nycklar = [f"uppgift.{id_}/{år.period}" for id_ in ÅRET_FÖRE]
    if any(nyckel not in fakta or fakta[nyckel].värde is None for nyckel in nycklar):
        return []
    tomma = (Cell(),) * (len(_DELAR) - 1)
    etiketter = ("Eget kapital vid början av {år-1}", "Resultat {år-1}, preliminärt")
    return [Rad(id_, ord_, (Cell(n), *tomma)) for id_, ord_, n in zip(ÅRET_FÖRE, etiketter, nycklar, strict=True)]


def _budgettabell(id_: str, rubrik: str, rader: Iterable[Rad], år: Räkenskapsår) -> Tabell:
    return Tabell(
        id_,
        rubrik,
        "kr",
        _kolumner(år),
        tuple(rader),
        första="Belopp i kronor",
        perioder=planår(år),
    )


def _vänd(id_: str, år: Räkenskapsår) -> int:
    kostnad = id_ in ("insatser", "administration", "kostnader")
    return -1 if kostnad and år.förbund.tecken.budget == "utan" else 1


def _celler(id_: str, år: Räkenskapsår, tecken: int = 1) -> tuple[Cell, ...]:
    return tuple(Cell(f"{id_}/{period}", tecken=tecken) for period in planår(år))


def _kolumner(år: Räkenskapsår) -> tuple[Kolumn, ...]:
    return tuple(
        Kolumn(period, f"{'Budget' if nr == 0 else 'Plan'} {period}", period=period)
        for nr, period in enumerate(planår(år))
    )


def detaljbudget(år: Räkenskapsår, fakta: Faktabas) -> Tabell:
    """Every row of the budget in its groups, with sums, results and eget kapital."""
    rader = list(_gruppens_rader("", år))
    resultat: tuple[tuple[str, str, Radslag], ...] = (
        ("intakter", "Summa intäkter", "delsumma"),
        ("kostnader", "Summa kostnader", "delsumma"),
        ("rorelseresultat", "Verksamhetens resultat", "delsumma"),
        ("finansnetto", "Finansnetto", "post"),
        ("resultat", "Årets resultat", "summa"),
        ("eget_kapital_ingaende", "Eget kapital vid årets början", "post"),
        ("eget_kapital", "Eget kapital vid årets slut", "summa"),
    )
    visade = {rad.celler[0].fakta for rad in rader if rad.celler}
    finansiella = any(rad.typ in FINANSIELLA for rad in år.underlag.budgetplan)
    rader.append(Rad("resultat_rubrik", "Resultat och eget kapital", slag="rubrik"))
    rader += [
        Rad(id_, etikett, _celler(f"budget.{id_}", år, _vänd(id_, år)), slag)
        for id_, etikett, slag in resultat
        if f"budget.{id_}/{år.period}" not in visade and (id_ != "finansnetto" or finansiella)
    ]
    return _budgettabell("budget", f"Budget {år.årtal} och plan {år.årtal + 1}–{år.årtal + 2}", rader, år)


def _gruppens_rader(grupp: str, år: Räkenskapsår) -> Iterable[Rad]:
    utan_minus = år.förbund.tecken.budget == "utan"
    for rad in (r for r in år.underlag.budgetplan if r.grupp == grupp):
        if rad.typ == "grupp":
            yield Rad(f"{rad.id}_rubrik", rad.benämning, slag="rubrik")
            yield from _gruppens_rader(rad.id, år)
            if rad.summarad:
                typer = {r.typ for r in alla_under(rad.id, år)}
                vänd = utan_minus and not typer & {*INTÄKTER, *FINANSIELLA}
                yield Rad(rad.id, rad.summarad, _celler(f"budget.{rad.id}", år, -1 if vänd else 1), "delsumma")
        else:
            vänd = utan_minus and _tecken(rad.typ) < 0
            yield Rad(rad.id, rad.benämning, _celler(f"budget.{rad.id}", år, -1 if vänd else 1), indrag=1)


def alla_under(grupp: str, år: Räkenskapsår) -> list[Planrad]:
    """The rows of a group and of the groups under it."""
    under = [rad for rad in år.underlag.budgetplan if rad.grupp == grupp]
    return [r for rad in under for r in ([rad] if rad.typ != "grupp" else alla_under(rad.id, år))]


def reviderad_budget(år: Räkenskapsår, fakta: Faktabas) -> Tabell | None:
    """Original and revised budget side by side for the rows that differ; None when none does."""
    rader = tuple(
        Rad(
            rad.id,
            rad.benämning,
            (Cell(f"budget.ursprunglig.{rad.id}/{år.period}"), Cell(f"budget.{rad.id}/{år.period}")),
        )
        for rad in år.underlag.budgetplan
        if rad.ursprunglig is not None and rad.ursprunglig != rad.budget
    )
    if not rader:
        return None
    kolumner = (Kolumn("ursprunglig", "Ursprunglig budget"), Kolumn("reviderad", "Reviderad budget"))
    return Tabell("budget_reviderad", "Ändrad budget", "kr", kolumner, rader, första="Belopp i kronor")


DEL = Del(
    fyll_budgetplan,
    lambda år, fakta: (resultatbudget(år, fakta), detaljbudget(år, fakta), reviderad_budget(år, fakta)),
)
