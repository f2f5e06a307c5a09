"""A verksamhetsplan's sheets, begun from an årsredovisning: its insatser, goals and costs, with outcomes to compare."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from finsam.begin.ar.blad import Anteckning, Blad, Rullning, fortsätter, rulla_blad, som_anteckning
from finsam.begin.ar.underlag import rulla_ord, som_går_ihop, utgångsår
from finsam.begin.underlag import BESLUT, BIDRAGSGRUPP, bidragsrader, startuppgifter
from finsam.model.belopp import NOLL
from finsam.model.ord import ascii_id
from finsam.model.rapport import VERKSAMHETSPLAN
from finsam.model.underlag import (
    BLAD,
    Beslutspunkt,
    Bidragsrad,
    Faktaruterad,
    Insats,
    Målområde,
    Målrad,
    Planmål,
    Planrad,
    Underlagsrad,
    Uppgift,
)
from finsam.report.bok import Bok
from finsam.statements.budgetplan import RESERVERADE, TOTALER

GRUPPTYP = {"individ": "individinsats", "struktur": "strukturinsats", "administration": "administration"}
"""What the rows of a group of the kostnadsfördelning are in a plan; in other groups they are insatser of no kind."""

DELAR = (
    ("individinsats", "individinsatser", "Individinriktade insatser", "insatser"),
    ("strukturinsats", "strukturinsatser", "Strukturövergripande insatser", "insatser"),
    ("insats", "insatser_ofordelade", "Övriga insatser", "insatser"),
    ("administration", "administration", "Administration", "kostnader"),
)
"""The groups of costs in a plan's budget: what their rows are, id, name, and the group they are in."""

UTAN_RADER = {"individinsats": "insats_individ", "strukturinsats": "insats_struktur", "administration": "kansli"}
"""The row of a group that has none."""

I_BUDGETEN = {
    "br.eget_kapital": "budget.eget_kapital",
    "kapitalandel": "budget.kapitalandel",
    "rr.arets_resultat": "budget.resultat",
    "rr.verksamhetens_resultat": "budget.rorelseresultat",
    "kostnadsandel.administration": "budget.administrationsandel",
}
"""What a goal of the årsredovisning is measured by, and what a budget calls the same."""

FINANSIELLA = (
    ("finansiella_intakter", "Finansiella intäkter", "finansiell intäkt"),
    ("finansiella_kostnader", "Finansiella kostnader", "finansiell kostnad"),
)


def plan_ur_årsredovisning(bok: Bok, år: int) -> dict[type[Underlagsrad], Blad]:
    """The sheets of a plan for `år`: no amount is budgeted, those of the årsredovisning stand under the rows."""
    källår, fb = bok.år.årtal, bok.år.förbund
    rullning = Rullning(
        källår, år, bok.fakta, medlemmar=tuple(medlem.id for medlem in fb.medlemmar if medlem.är_med_under(år))
    )
    insatser = tuple(rad for rad in bok.år.underlag.insatser if fortsätter(rad, rullning))
    budget = list(_budgetplan(bok, insatser))
    bladen: dict[type[Underlagsrad], Blad] = dict.fromkeys(BLAD, Blad())
    bladen |= {klass: rulla_blad(klass, rader, rullning) for klass, rader in _rader(bok, insatser).items()}
    bladen |= {
        Uppgift: _uppgifter(bok, år),
        Bidragsrad: _bidrag(bok, år, rullning),
        Planrad: Blad(tuple(rad for rad, _ in budget), _jämför(källår, budget)),
        Planmål: Blad(tuple(_planmål(bok.år.underlag.mål))),
        Beslutspunkt: Blad(BESLUT),
    }
    bladen = {klass: rulla_ord(klass, blad, {}, rullning) for klass, blad in bladen.items()}
    return som_går_ihop(bladen, utgångsår(bok.år, år), [VERKSAMHETSPLAN])[0]


def _rader(bok: Bok, insatser: tuple[Insats, ...]) -> dict[type[Underlagsrad], tuple[Underlagsrad, ...]]:
    """What goes on as in a new year: the insatser, their faktarutor and the målområden."""
    kvar = {insats.id for insats in insatser}
    rutor = tuple(ruta for ruta in bok.år.underlag.faktarutor if ruta.insats in kvar)
    return {Insats: insatser, Faktaruterad: rutor, Målområde: bok.år.underlag.målområden}


def _uppgifter(bok: Bok, år: int) -> Blad:
    """The plan's uppgifter; eget kapital when the budget year begins, if the årsredovisning reaches so far."""
    ingående, senaste = bok.fakta.get(f"br.eget_kapital/{år - 1}"), bok.fakta.get(f"br.eget_kapital/{bok.år.period}")
    rader = []
    for rad in startuppgifter(VERKSAMHETSPLAN):
        känd = rad.id == "eget_kapital_ingaende" and ingående is not None and ingående.värde is not None
        nytt = {"värde": ingående.värde, "källa": f"Årsredovisning {bok.år.årtal}"} if känd and ingående else {}
        rader.append(rad.model_copy(update=nytt))
    if (ingående is not None and ingående.värde is not None) or senaste is None or senaste.värde is None:
        return Blad(tuple(rader))
    jämför = {
        "id": f"Eget kapital vid slutet av {bok.år.årtal}:",
        "benämning": "Eget kapital",
        "värde": senaste.värde,
        "enhet": "kr",
        "källa": f"Årsredovisning {bok.år.årtal}",
    }
    return Blad(tuple(rader), (jämför,))


def _bidrag(bok: Bok, år: int, rullning: Rullning) -> Blad:
    """The year's contributions wait for their decisions; the latest ones are kept to compare with."""
    blad = rulla_blad(Bidragsrad, bok.år.underlag.medlemsbidrag, rullning)
    return blad if blad.rader or blad.väntar else Blad((), tuple(map(dict, bidragsrader(bok.år.förbund, år))))


def _budgetplan(bok: Bok, insatser: tuple[Insats, ...]) -> Iterator[tuple[Planrad, Decimal | None]]:
    """The rows of the budget and their outcome (kronor, without sign): income, costs by kind, finances."""
    yield _grupp("intakter", "Intäkter", "")
    yield from _intäkter(bok)
    yield _grupp("kostnader", "Kostnader", "")
    yield _grupp("insatser", "Insatser", "kostnader")
    kostnader = list(_kostnader(bok, insatser))
    for typ, id_, namn, under in DELAR:
        egna = [(rad, utfall) for rad, utfall in kostnader if rad.typ == typ]
        if not egna and typ != "insats":
            egna = [(_rad(UTAN_RADER[typ], namn, typ, id_), None)]
        if egna:
            yield _grupp(id_, namn, under)
            yield from egna
    poster = [(rad, _utfall(bok, f"rr.{rad[0]}")) for rad in FINANSIELLA]
    if any(utfall for _, utfall in poster):
        yield _grupp("finansnetto", "Finansiella poster", "")
        for (id_, namn, typ), utfall in poster:
            yield _rad(id_, namn, typ, "finansnetto"), utfall


def _grupp(id_: str, namn: str, grupp: str) -> tuple[Planrad, None]:
    summa = "Finansnetto" if id_ == "finansnetto" else f"Summa {namn.lower()}"
    return Planrad(id=id_, benämning=namn, typ="grupp", grupp=grupp, summarad=summa), None


def _rad(id_: str, namn: str, typ: str, grupp: str) -> Planrad:
    return Planrad.model_validate({"id": id_, "benämning": namn, "typ": typ, "grupp": grupp})


def _intäkter(bok: Bok) -> Iterator[tuple[Planrad, Decimal | None]]:
    """Medlemsbidrag by kind of member, and what else there was."""
    fb = bok.år.förbund
    for typ in dict.fromkeys(medlem.typ for medlem in fb.medlemmar):
        vem, egna = BIDRAGSGRUPP[typ], [medlem.id for medlem in fb.medlemmar if medlem.typ == typ]
        rad = _rad(f"medlemsbidrag_{vem}", f"Medlemsbidrag från {vem}", "medlemsbidrag", "intakter")
        yield rad, _medlemmarnas(bok, egna)
    allt, bidrag = _utfall(bok, "rr.verksamhetens_intakter"), _utfall(bok, "medlemsbidrag")
    if allt is not None and bidrag is not None and allt != bidrag:
        yield _rad("ovriga_intakter", "Övriga intäkter", "extern intäkt", "intakter"), allt - bidrag


def _medlemmarnas(bok: Bok, medlemmar: list[str]) -> Decimal | None:
    """What members gave, by the rows of the note that are theirs, else as they decided; None if not known of all."""
    noter = [f"not.{notis.id}" for notis in bok.år.förbund.noter if notis.post == "rr.verksamhetens_intakter"]
    for början in (*noter, "medlemsbidrag"):
        belopp = [_utfall(bok, f"{början}.{medlem}") for medlem in medlemmar]
        kända = [ett for ett in belopp if ett is not None]
        if len(kända) == len(medlemmar):
            return sum(kända, NOLL)
    return None


def _kostnader(bok: Bok, insatser: tuple[Insats, ...]) -> Iterator[tuple[Planrad, Decimal | None]]:
    """A row for each insats that goes on, and for each row of the kostnadsfördelning that had another cost."""
    grupper = {typ: id_ for typ, id_, *_ in DELAR}
    upptagna = {*RESERVERADE, *TOTALER, *(insats.id for insats in insatser)}
    egna = {insats.funktion: insats for insats in insatser}
    for insats in insatser:
        typ = GRUPPTYP[insats.slag]
        yield _rad(insats.id, insats.namn, typ, grupper[typ]), _utfall(bok, f"kostnad.{insats.funktion}")
    for grupp in bok.år.förbund.kostnadsfördelning:
        typ = GRUPPTYP.get(grupp.id, "insats")
        for rad in grupp.rader:
            utfall = _utfall(bok, f"kostnad.{grupp.id}.{rad.id}")
            if utfall and f"{grupp.id}.{rad.id}" not in egna:
                id_ = ascii_id(rad.id, upptagna)
                upptagna.add(id_)
                yield _rad(id_, rad.etikett, typ, grupper[typ]), utfall


def _utfall(bok: Bok, id_: str) -> Decimal | None:
    """What the årsredovisning has of a fact, without sign; None when it has none."""
    fakta = bok.fakta.get(f"{id_}/{bok.år.period}")
    return None if fakta is None or fakta.värde is None else abs(fakta.värde)


def _jämför(källår: int, budget: list[tuple[Planrad, Decimal | None]]) -> tuple[Anteckning, ...]:
    """The outcomes under a line that says so, in the column for the budget."""
    källa = f"Årsredovisning {källår}"
    utfall = [
        som_anteckning(rad.model_copy(update={"budget": b, "källa": källa})) for rad, b in budget if b is not None
    ]
    return ({"id": f"Så blev det {källår}, att jämföra med:"}, *utfall) if utfall else ()


def _planmål(mål: Iterable[Målrad]) -> Iterator[Planmål]:
    """The goals of the målområden; how one is measured is a mätpunkt under it. Outcomes do not come along."""
    for rad in (rad for rad in mål if rad.område):
        fakta = I_BUDGETEN.get(rad.fakta, "")
        mått: dict[str, Any] = {"jämförelse": rad.jämförelse, "gräns": rad.gräns, "övre": rad.övre, "enhet": rad.enhet}
        mått |= {"fakta": fakta, "insats": rad.insats}
        eget = {} if rad.mätpunkt else mått
        yield Planmål(id=rad.id, område=rad.område, slag="mål", text=_planens(rad.mål, rad), **eget)
        if rad.mätpunkt:
            yield Planmål(
                id=_mäts_i(rad),
                område=rad.område,
                mål=rad.id,
                slag="mätpunkt",
                text=_planens(rad.mätpunkt, rad),
                **mått,
            )


def _mäts_i(rad: Målrad) -> str:
    """The row of the plan that has the limit of a goal."""
    return f"{rad.id}_matt" if rad.mätpunkt else rad.id


def _planens(text: str, rad: Målrad) -> str:
    """A goal's words with its limit by the plan's name for it."""
    return re.sub(rf"\{{\s*mal\.{re.escape(rad.id)}\.(grans|ovre)\b", rf"{{planmal.{_mäts_i(rad)}.\1", text)
