"""Meetings against the calendar, the clock and the årshjul: no two at a time, none at a weekend."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import time
from itertools import combinations

from finsam.checks.finding import Finding, Kontroll, Kontrollnivå, Prövat
from finsam.model.ord import MÅNADER, uppräkning
from finsam.model.underlag import Möte, Årshjulsrad
from finsam.statements.redovisning import Redovisning

MINST = 5
"""How many meetings an organ has for one on another weekday than all the others to be told."""
KORT = 4
"""Hours that a meeting takes at most for another not to be a part of it."""
LÄNGST = 10
"""Hours that a meeting may take."""
VECKODAGAR = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
_LÖRDAG = 5
_KLOCKA = re.compile(r"(?:kl\.? ?)?(\d{1,2})[.:](\d{2})")


def check_mötesdagar(r: Redovisning) -> Kontroll:
    """What the calendar says of the meetings, and what the årshjul says of when an organ meets."""
    möten = r.år.underlag.möten
    for möte in möten:
        yield Prövat()
        if möte.datum.weekday() >= _LÖRDAG:
            text = f"{_vad(möte)} är på en {VECKODAGAR[möte.datum.weekday()]}. Stämmer dagen?"
            yield Finding("varning", text, f"Möten, rad {möte.rad}")
    yield from _check_minuter(möten)
    yield from _check_samtidigt(möten)
    yield from _check_veckodag(möten)
    yield from _check_årshjul(r)


def _vad(möte: Möte) -> str:
    return f"Mötet {möte.datum.isoformat()} ({möte.organ})"


def _check_minuter(möten: Sequence[Möte]) -> Kontroll:
    """A clock that is not on five minutes, where all others are."""
    tider = [(möte, text, tid) for möte in möten for text in (möte.start, möte.slut) if (tid := klocka(text))]
    udda = [(möte, text) for möte, text, tid in tider if tid.minute % 5]
    yield Prövat(len(tider))
    if len(udda) == 1 and len(tider) >= MINST:
        [(möte, text)] = udda
        fel = f"{_vad(möte)} har klockslaget {text}; alla andra är på jämna fem minuter. Stämmer det?"
        yield Finding("varning", fel, f"Möten, rad {möte.rad}")


def _check_samtidigt(möten: Sequence[Möte]) -> Kontroll:
    """Two meetings at the same time, where those of the kansli are at both; a whole day may well have another in it."""
    per_dag: defaultdict[object, list[Möte]] = defaultdict(list)
    for möte in möten:
        per_dag[möte.datum].append(möte)
    for samma in per_dag.values():
        for ett, annat in combinations(samma, 2):
            tider = [klocka(tid) for tid in (ett.start, annat.slut, annat.start, ett.slut)]
            yield Prövat(int(all(tider)))
            if ett.organ == annat.organ or None in tider:
                continue
            första, andra_slut, andra, första_slut = (tid for tid in tider if tid is not None)
            timmar = max(första_slut.hour - första.hour, andra_slut.hour - andra.hour)
            if första < andra_slut and andra < första_slut and timmar <= KORT:
                text = f"{_vad(annat)} är på samma tid som mötet på rad {ett.rad} ({ett.organ}). Stämmer dagen?"
                yield Finding("varning", text, f"Möten, rad {annat.rad}")


def _check_veckodag(möten: Sequence[Möte]) -> Kontroll:
    """The only meeting of an organ on another day of the week; a warning where it is another organ's day."""
    per_organ: defaultdict[str, list[Möte]] = defaultdict(list)
    for möte in möten:
        per_organ[möte.organ.casefold()].append(möte)
    dagar = {organ: {möte.datum.weekday() for möte in alla} for organ, alla in per_organ.items() if len(alla) >= MINST}
    for organ, egna in per_organ.items():
        [(vanligast, antal), *andra] = Counter(möte.datum.weekday() for möte in egna).most_common()
        yield Prövat(int(len(egna) >= MINST))
        if len(egna) >= MINST and len(andra) == 1 and antal == len(egna) - 1:
            udda = next(möte for möte in egna if möte.datum.weekday() != vanligast)
            dag = udda.datum.weekday()
            andras = any(dag in alla and vanligast not in alla for ett, alla in dagar.items() if ett != organ)
            nivå: Kontrollnivå = "varning" if andras or dag >= _LÖRDAG else "upplysning"
            text = f"{_vad(udda)} är på en {VECKODAGAR[dag]}, men alla andra möten med {udda.organ}"
            yield Finding(
                nivå,
                f"{text} på en {VECKODAGAR[vanligast]}. Stämmer Datum och Organ?",
                f"Möten, rad {udda.rad}",
            )


def _check_årshjul(r: Redovisning) -> Kontroll:
    """Where the årshjul has it that an organ meets, month by month, those are the months of its meetings.

    And what happens happens for one organ.
    """
    rader: defaultdict[str, list[Årshjulsrad]] = defaultdict(list)
    första: dict[str, Årshjulsrad] = {}
    for rad in r.år.underlag.årshjul:
        före = första.setdefault(rad.händelse.casefold(), rad)
        yield Prövat(int(före is not rad))
        if före.organ != rad.organ and före.organ and rad.organ:
            text = f"Årshjul, rad {rad.rad}: {rad.händelse} är för {rad.organ}, men för {före.organ} på rad {före.rad}."
            yield Finding("varning", f"{text} Har en rad en annans Händelse?", f"Årshjul, rad {rad.rad}")
        if rad.organ and "möts" in rad.händelse.casefold().split():
            rader[rad.organ.casefold()].append(rad)
    for organ, egna in rader.items():
        sagda = {rad.månad for rad in egna}
        möten = [
            möte for möte in r.år.underlag.möten if möte.organ.casefold() == organ and möte.datum.year == r.år.årtal
        ]
        hålls = {möte.datum.month for möte in möten}
        yield Prövat(int(bool(hålls)))
        if not hålls or len(sagda) == 1:
            continue
        for rad in (rad for rad in egna if rad.månad not in hålls):
            text = f"Årshjulet har {rad.händelse} i {MÅNADER[rad.månad - 1]}, men {organ} har inget möte då i bladet"
            yield Finding("varning", f"{text} Möten. Vilket är rätt?", f"Årshjul, rad {rad.rad}")
        for möte in (möte for möte in möten if möte.datum.month not in sagda):
            när = uppräkning(MÅNADER[nr - 1] for nr in sorted(sagda))
            text = f"{_vad(möte)} är i {MÅNADER[möte.datum.month - 1]}, men årshjulet har att {organ} möts i {när}."
            yield Finding("varning", f"{text} Vilket är rätt?", f"Möten, rad {möte.rad}")


def check_mötens_längd(r: Redovisning) -> Kontroll:
    for möte in r.år.underlag.möten:
        start, slut = klocka(möte.start), klocka(möte.slut)
        yield Prövat(int(bool(start and slut)))
        if start and slut and 60 * (slut.hour - start.hour) + slut.minute - start.minute > LÄNGST * 60:
            text = (
                f"Mötet {möte.datum.isoformat()} ({möte.organ}) tar mer än {LÄNGST} timmar ({möte.start}–{möte.slut})."
            )
            yield Finding("varning", f"{text} Stämmer klockslagen?", f"Möten, rad {möte.rad}")


def klocka(text: str) -> time | None:
    """A clock as it is written, 09:00 or kl. 9.30; None for what is none."""
    träff = _KLOCKA.fullmatch(text.strip())
    if not träff or int(träff[1]) > 23 or int(träff[2]) > 59:
        return None
    return time(int(träff[1]), int(träff[2]))
