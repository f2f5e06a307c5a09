"""A walk over every number of a page that is read: each digit is changed, and what the reading then says is counted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from finsam.prove import siffergaranti as sg
from finsam.prove.arsplats import Årsplatser, är_årtal
from finsam.prove.sida import Läst, Stycke
from finsam.prove.tal import siffror

Ändring = tuple[int, Stycke]
"""The number of a block, and what it says instead."""


def ändrade_siffror(stycken: Sequence[Stycke], *, alla: bool) -> Iterator[Ändring]:
    """Every digit as the next one, and with `alla` those that nothing binds as each other digit.

    The numbers that a browser gives the points of a list are no text.
    """
    for nr, stycke in enumerate(stycken):
        for plats, del_ in enumerate(stycke.delar if stycke.slag != "nummer" else ()):
            for träff in re.finditer(r"\d", del_.text):
                nästa = str((int(träff[0]) + 1) % 10)
                for ny in "0123456789".replace(träff[0], "") if alla and not del_.om else nästa:
                    text = f"{del_.text[: träff.start()]}{ny}{del_.text[träff.end() :]}"
                    yield nr, _med_del(stycke, plats, replace(del_, text=text))


def ändrade_år(stycken: Sequence[Stycke], åren: Sequence[str]) -> Iterator[Ändring]:
    """Every bound year as another of the report's, with the binding that says so."""
    rapportens = next(d.text for s in stycken for d in s.delar if d.om.get("data-ordagrant") == "år")
    for nr, stycke in enumerate(stycken):
        for plats, del_ in enumerate(stycke.delar):
            for år in åren if är_årtal(del_) else ():
                skillnad = int(år) - int(rapportens)
                om = {**del_.om, "data-ordagrant": f"år{skillnad:+d}" if skillnad else "år"}
                if år != del_.text:
                    yield nr, _med_del(stycke, plats, Läst(år, om))


def _med_del(stycke: Stycke, plats: int, del_: Läst) -> Stycke:
    return replace(stycke, delar=(*stycke.delar[:plats], del_, *stycke.delar[plats + 1 :]))


def tysta(stycken: Sequence[Stycke], svar: sg.Facit, ändringar: Iterator[Ändring]) -> tuple[int, list[str]]:
    """How many changes there are, and those that the reading of the page alone does not find."""
    antal, ofunna = 0, []
    platser = Årsplatser(stycken, svar.tyda.år)
    for nr, ändrat in ändringar:
        antal += 1
        if any(obundet for _, obundet in sg._i_stycke(ändrat, svar, platser)):  # most are wrong in themselves
            continue
        if not sg.siffergaranti([*stycken[:nr], ändrat, *stycken[nr + 1 :]], svar).obundna:
            ofunna.append(f"{ändrat.plats}: {ändrat.text[:90]} ({', '.join(siffror(stycken[nr].text)[:9])})")
    return antal, ofunna


def i_egen_text(stycken: Sequence[Stycke], svar: sg.Facit) -> int:
    """How many numbers the förbund has typed in its own words."""
    platser = Årsplatser(stycken, svar.tyda.år)
    return sum(klass in (sg.EGNA, *sg.SKRIVNA[1:]) for s in stycken for klass, _ in sg._i_stycke(s, svar, platser))
