"""Days and clocks that can be: what comes first is dated first."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from finsam.checks.finding import Finding, Kontroll, Prövat
from finsam.checks.kontroll import kontroll
from finsam.checks.obligatoriskt import datum
from finsam.checks.samma.moten import check_mötesdagar, klocka
from finsam.model.underlag import Budgetrad, Möte
from finsam.statements.redovisning import Redovisning

FÖRST_SEDAN = (
    ("budgetbeslut", "budgetrevidering"),
    ("beslutsdatum", "andringsdatum"),
    ("samradsdatum", "andringsdatum"),
    ("samradsdatum", "budgetbeslut"),
)
"""Uppgifter of which the first is never after the second. Those that a law gives a time are tried by C18."""
_ÄNDE = r"(\d{4}(?:-\d\d-\d\d)?|\{år(?:[+-]\d+)?\})"
_PERIOD = re.compile(rf"{_ÄNDE} ?(?:–|-| till | till och med )\s?{_ÄNDE}")
_PROTOKOLL = re.compile(r"protokoll\D{0,12}(\d{4}-\d\d-\d\d)", re.I)


class Daterat(NamedTuple):
    """A day of the underlag with its place, and what the source beside it says it is from."""

    plats: str
    vad: str
    dag: date
    källa: str


@kontroll(
    "C54",
    "Dagar och klockslag är möjliga och kommer i rätt ordning.",
    saknas="inga dagar att jämföra (bladen Uppgifter, Budget, Möten och Projekt)",
)
def check_dagar(r: Redovisning) -> Kontroll:
    """Nothing ends before it begins, is changed before it is decided, or meets twice at a time."""
    yield from _check_par(r)
    yield from _check_protokoll(r)
    yield from _check_möten(r)
    yield from check_mötesdagar(r)
    for projekt in r.år.underlag.projekt:
        for början, slut in _perioder(projekt.tid, r.år.årtal):
            yield Prövat()
            if slut < början or (slut == början and len(slut) > len("2026")):
                när = "före" if slut < början else "samma dag som"
                text = f"{projekt.namn} slutar {när} sin början ({projekt.tid}). Rätta Projekttid."
                yield Finding("varning", text, f"Projekt, rad {projekt.rad}")
    for medlem in r.år.förbund.medlemmar:
        if medlem.från and medlem.till:
            yield Prövat()
            if medlem.till < medlem.från:
                text = f"{medlem.namn} är medlem till {medlem.till}, före {medlem.från}. Rätta från och till."
                yield Finding("varning", text, "forbund.yml")


def _check_par(r: Redovisning) -> Kontroll:
    """Uppgifter in order, and the days of the budget, which are said row by row and as uppgifter."""
    benämning = {u.id: u.benämning for u in r.år.underlag.uppgifter}
    for först, sedan in FÖRST_SEDAN:
        ett, annat = datum(r, först), datum(r, sedan)
        yield Prövat(int(bool(ett and annat)))
        if ett and annat and ett > annat:
            text = f"{benämning[sedan]} är {annat}, före {benämning[först]}, {ett}. Rätta bladet Uppgifter."
            yield Finding("varning", text, r.år.underlag.fil)
    första: dict[tuple[int, str], Budgetrad] = {}
    versioner: dict[tuple[int, str], dict[date, list[Budgetrad]]] = defaultdict(lambda: defaultdict(list))
    for rad in r.år.underlag.budget:
        if rad.beslutad:
            versioner[rad.år, rad.version][rad.beslutad].append(rad)
    for (år, version), dagar in versioner.items():
        flest = max(dagar.values(), key=len)
        första[år, version] = flest[0]
        yield Prövat(sum(map(len, dagar.values())))
        for fel in (rader for rader in dagar.values() if rader is not flest):
            text = (
                f"Budgeten {år} ({version}) är beslutad {flest[0].beslutad}, men på rad {fel[0].rad} {fel[0].beslutad}."
            )
            yield Finding("varning", f"{text} Rätta Beslutad.", f"Budget, rad {fel[0].rad}")
    for (år, version), rad in första.items():
        ursprunglig = första.get((år, "ursprunglig")) if version == "reviderad" else None
        yield from _check_budgetdag(rad, ursprunglig)
        uppgift = "budgetbeslut" if version == "ursprunglig" else "budgetrevidering"
        sagt = datum(r, uppgift) if år == r.år.årtal else None
        yield Prövat(int(sagt is not None))
        if sagt and sagt != rad.beslutad:
            text = f"{benämning[uppgift]} är {sagt} i bladet Uppgifter men {rad.beslutad} i bladet Budget."
            yield Finding("varning", text, f"Budget, rad {rad.rad}")


def _check_budgetdag(rad: Budgetrad, ursprunglig: Budgetrad | None) -> Kontroll:
    """A budget is decided before its year, a revised one after the original and within the year."""
    yield Prövat()
    if rad.beslutad and rad.beslutad > date(rad.år - (rad.version == "ursprunglig"), 12, 31):
        när = "under eller efter året" if rad.version == "ursprunglig" else "efter året"
        text = f"Budgeten för {rad.år} ({rad.version}) är beslutad {rad.beslutad}, {när}. Rätta Beslutad eller År."
        yield Finding("varning", text, f"Budget, rad {rad.rad}")
    if rad.beslutad and ursprunglig and ursprunglig.beslutad and rad.beslutad <= ursprunglig.beslutad:
        text = (
            f"Den reviderade budgeten för {rad.år} är beslutad {rad.beslutad}, inte efter den ursprungliga "
            f"({ursprunglig.beslutad}). Rätta Beslutad."
        )
        yield Finding("varning", text, f"Budget, rad {rad.rad}")


def _check_protokoll(r: Redovisning) -> Kontroll:
    """A decision has the day of the protokoll that it is taken from."""
    u = r.år.underlag
    daterade = [Daterat(f"Budget, rad {b.rad}", "Beslutad", b.beslutad, b.källa) for b in u.budget if b.beslutad]
    daterade += [
        Daterat(f"Uppgifter, rad {rad.rad}", rad.benämning, rad.värde, rad.källa)
        for rad in u.uppgifter
        if isinstance(rad.värde, date)
    ]
    for plats, vad, dag, källa in daterade:
        if träff := _PROTOKOLL.search(källa):
            yield Prövat()
            if träff[1] != dag.isoformat():
                text = f"{plats}: {vad} är {dag.isoformat()} men källan är {källa}. Vilken dag är det?"
                yield Finding("varning", text, plats)


# Meetings


def _check_möten(r: Redovisning) -> Kontroll:
    sedda: dict[tuple[date, str, str], Möte] = {}
    for möte in r.år.underlag.möten:
        plats, vad = f"Möten, rad {möte.rad}", f"Mötet {möte.datum.isoformat()} ({möte.organ})"
        start, slut = klocka(möte.start), klocka(möte.slut)
        yield Prövat(1 + bool(start and slut))
        for text in (t for t, tid in ((möte.start, start), (möte.slut, slut)) if t and tid is None):
            yield Finding("varning", f"{vad}: {text} är inget klockslag. Skriv som 09:00.", plats)
        if start and slut and slut <= start:
            yield Finding("varning", f"{vad} slutar {möte.slut}, inte efter sin början {möte.start}.", plats)
        om = (möte.datum, möte.start, möte.organ.casefold())
        if om in sedda:
            yield Finding("varning", f"{vad} står två gånger, på rad {sedda[om].rad} och {möte.rad}.", plats)
        sedda.setdefault(om, möte)
        if namn := helgdag(möte.datum):
            yield Finding("upplysning", f"{vad} är på {namn}. Stämmer dagen?", plats)


def _perioder(text: str, år: int) -> Iterator[tuple[str, str]]:
    """The spans of days or years that words give, each end in a form that sorts.

    >>> list(_perioder("{år-1}–{år+1}", 2026)), list(_perioder("2026-07-31 till 2023-08-01", 2024))
    ([('2025', '2027')], [('2026-07-31', '2023-08-01')])
    """
    for träff in _PERIOD.finditer(text):
        början, slut = (
            re.sub(r"\{år([+-]\d+)?\}", lambda m: str(år + int(m[1] or 0)), del_) for del_ in träff.groups()
        )
        antal = min(len(början), len(slut))
        yield (början, slut) if antal == len(början) == len(slut) else (början[:4], slut[:4])


# The days that are public holidays (lag 1989:253)


def helgdag(dag: date) -> str:
    """The name of a public holiday; empty for other days.

    >>> helgdag(date(2026, 12, 25)), helgdag(date(2026, 4, 3)), helgdag(date(2026, 6, 20)), helgdag(date(2026, 4, 2))
    ('juldagen', 'långfredagen', 'midsommardagen', '')
    """
    fasta = {
        (1, 1): "nyårsdagen",
        (1, 6): "trettondedag jul",
        (5, 1): "första maj",
        (6, 6): "nationaldagen",
        (12, 25): "juldagen",
        (12, 26): "annandag jul",
    }
    rörliga = {-2: "långfredagen", 0: "påskdagen", 1: "annandag påsk", 39: "Kristi himmelsfärdsdag", 49: "pingstdagen"}
    if namn := fasta.get((dag.month, dag.day)) or rörliga.get((dag - _påskdagen(dag.year)).days):
        return namn
    lördag = dag.weekday() == 5
    if lördag and date(dag.year, 6, 20) <= dag <= date(dag.year, 6, 26):
        return "midsommardagen"
    return "alla helgons dag" if lördag and timedelta() <= dag - date(dag.year, 10, 31) <= timedelta(6) else ""


def _påskdagen(år: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm)."""
    a, b, c = år % 19, år // 100, år % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    m = (a + 11 * d + 22 * e) // 451
    månad, dag = divmod(d + e - 7 * m + 114, 31)
    return date(år, månad, dag + 1)
