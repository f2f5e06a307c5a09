"""G11: how many of the goals a sentence says are reached, against the grades of the rows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from finsam.granska.begrepp import vik
from finsam.granska.fynd import Fynd, ställe
from finsam.granska.grund import Underlag
from finsam.granska.lasa.dokument import Dokument
from finsam.granska.lasa.rad import Rad
from finsam.granska.raknord import RÄKNEORD, antal_av

KOD = "G11"
NÄRA = 30
"""So many lines below its head a row stands at most."""
_HUVUD = re.compile(r"(?i)\bmål(?:et|en|nivå|värde|område)?\b")
MINST = 3
"""So many rows with grades are a table of goals."""
_NÅTT = r"(?:uppfyll(?:da|ts?)|uppnådda|uppnåtts|nåtts|nåddes|nådda|uppnåddes|uppfylldes)"
_ORD = rf"(?:{'|'.join(RÄKNEORD)}|\d{{1,2}})"
_SAMTLIGA = re.compile(
    rf"(?i)(?<!inte )\b(samtliga|alla)\s+(?:de\s+)?(?:{_ORD}\s+)?mål(?:en)?\s+"
    rf"(?:har\s+|är\s+|bedöms\s+(?:vara\s+)?)?{_NÅTT}"
    rf"|\bmål\b[^.;]{{0,40}}, varav (samtliga|alla) (?:har |är |bedöms (?:vara )?)?{_NÅTT}"
)
_AV = re.compile(
    rf"(?i)\b(?P<a>{_ORD}) av (?:de )?(?P<n>{_ORD})?\s?mål(?:en)?\b[^.;]{{0,30}}?\b{_NÅTT}"
    rf"|\b(?P<n2>{_ORD}) mål\b[^.;]{{0,40}}, varav (?P<a2>{_ORD}) (?:har |är |bedöms (?:vara )?)?{_NÅTT}"
)
_JA = re.compile(r"(?:ja|malet (?:ar )?)?\s*(?:uppfyllt|uppnatt|natt)|ja")
_NEJ = re.compile(r"(?:malet (?:ar )?)?(?:inte|ej) (?:uppfyllt|uppnatt|natt)|nej")


def check_målsumma(u: Underlag) -> Iterator[Fynd]:
    """All goals are reached, or so many of them: the rows that end in a grade say how many."""
    for d, dok in enumerate(u.dokument):
        ja, nej = _graderna(dok)
        if len(ja) + len(nej) < MINST:
            continue
        for mening in dok.meningar:
            alla, några = _SAMTLIGA.search(mening.text), _AV.search(mening.text)
            träff = alla or några
            if träff is None:
                continue
            u.räkna(KOD)
            sagt = alla[1] or alla[2] if alla else några["a"] or några["a2"] if några else ""
            av = (några["n"] or några["n2"]) if några and not alla else None
            if alla and not nej:
                continue
            if not alla and (not av or antal_av(av) != len(ja) + len(nej) or antal_av(sagt) == len(ja)):
                continue
            bedömda = len(ja) + len(nej)
            text = f"Texten säger att {sagt.lower()} mål är nådda, men av {bedömda} bedömda är {len(nej)} inte det."
            rad = mening.rad(träff.start())
            platser = (ställe(dok.fil, rad, sagt), *(ställe(dok.fil, ett) for ett in nej[:1]))
            säkerhet = u.läsning_av_text(d, rad)
            tal = f"{len(ja)} av {bedömda}"
            yield Fynd(KOD, "att ta ställning till", 2, säkerhet, text, platser, tal)


def _graderna(dok: Dokument) -> tuple[list[Rad], list[Rad]]:
    """The rows that end in yes and in no; none when another row of the kind ends in something between."""
    ja: list[Rad] = []
    nej: list[Rad] = []
    huvud = -NÄRA
    for nr, rad in enumerate(dok.rader):
        if len(rad.celler) > 2 and _HUVUD.search(rad.text):
            huvud = nr
        if not 0 < nr - huvud <= NÄRA:
            continue
        celler = [c.text.strip() for c in rad.celler if c.text.strip()]
        sist = vik(celler[-1]).strip(" .●○◐✓✗") if len(celler) > 2 else ""
        if _NEJ.fullmatch(sist):
            nej.append(rad)
        elif _JA.fullmatch(sist):
            ja.append(rad)
        elif sist.startswith("delvis"):
            return [], []
    return ja, nej
