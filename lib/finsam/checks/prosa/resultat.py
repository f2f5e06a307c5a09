"""Results: a surplus, a deficit, costs that are more than the income, better than budget."""

from __future__ import annotations

import re
from collections.abc import Iterator

from finsam.checks.prosa.mening import EJ_T, ÅR, Mening, T, Tal, bundet
from finsam.checks.prosa.ordlista import något_av
from finsam.checks.prosa.pastaende import RESULTAT, Påstående, Utsaga
from finsam.checks.prosa.riktning import satser
from finsam.checks.prosa.sammanhang import Sammanhang
from finsam.model.belopp import NOLL
from finsam.model.fakta import Fakta

_ÖVERSKOTT = re.compile(
    rf"(?P<ord>{något_av('överskott', 'underskott')})(?P<m>{EJ_T}{{0,45}}?)(?P<t>{T}(?:(?:,\s|\soch\s){T})*)"
)
_ANNAT_EMELLAN = (
    rf"{något_av('överskott', 'underskott', 'nekande', 'tänkt', 'ökning', 'minskning', 'verb')}|(?:med|mot|än|till)\s$"
)
_ÄR = rf"\s(?:{ÅR}\s)?(?:är|var|blev|blir|(?:är|var)\sstörst\s{ÅR},)\s"


def _överskott(mening: Mening, sats: str, träff: re.Match[str]) -> Iterator[Utsaga]:
    """A surplus is a plus and a deficit a minus."""
    ord_, mellan = träff["ord"], träff["m"]
    if re.search(_ANNAT_EMELLAN, mellan) and not re.fullmatch(_ÄR, mellan):
        return
    plus = bool(re.fullmatch(något_av("överskott"), ord_))
    if re.search(rf"{något_av('nekande')}\s$|i\sstället\sför\s(?:ett\s)?$", sats[: träff.start()]):
        return
    for tal in mening.talen(träff["t"]):
        värde = tal.fakta.värde if tal.fakta else None
        om_resultat = bool(RESULTAT.search(tal.id)) and ".avvikelse" not in tal.id
        if tal.id.startswith("uppgift."):
            # What is written down may be a deficit without minus, never a surplus with one.
            om_resultat = (värde or NOLL) < 0 and bool(re.search("budget|resultat", tal.id))
        if värde and (om_resultat or tal.id.endswith(".overskott")):
            yield Påstående(ord_, 1 if plus else -1, NOLL, värde, _med_tecken(tal))


def _med_tecken(tal: Tal) -> str:
    """The figure with its sign, also where the text leaves it out."""
    return bundet(tal.fakta, []).visat if tal.fakta else tal.visat


_ÖVER_KOSTNADERNA = re.compile(
    rf"(?P<ena>kostnaderna|intäkterna){EJ_T}{{0,40}}?(?P<t>{T})\s(?P<ord>högre|större|lägre|mindre)\sän\s(?P<andra>kostnaderna|intäkterna)"
)
_TECKEN = re.compile(r"(?P<vad>balanskravsresultatet|årets\sresultat)\s(?:är|blev)\s(?P<ord>negativt|positivt)(?!\w)")


_ÖVERSTEG = re.compile(
    rf"(?P<ena>kostnaderna|intäkterna)\s(?P<ord>översteg|överstiger|understeg|understiger)\s(?:kostnaderna|intäkterna)\smed\s(?P<t>{T})"
)


def _över_kostnaderna(mening: Mening, sats: str) -> Iterator[Utsaga]:
    """Costs that are more than the income are a deficit, by the result that says how much."""
    for träff in (*_ÖVER_KOSTNADERNA.finditer(sats), *_ÖVERSTEG.finditer(sats)):
        tal = mening.talet(träff["t"])
        if (
            tal.fakta
            and tal.fakta.värde
            and RESULTAT.search(tal.id)
            and not re.search(något_av("nekande", "tänkt"), sats)
        ):
            över = träff["ord"].startswith(("högre", "större", "över")) == (träff["ena"] == "intäkterna")
            yield Påstående(träff["ord"], 1 if över else -1, NOLL, tal.fakta.värde, _med_tecken(tal))


def _med_vilket_tecken(mening: Mening, s: Sammanhang) -> Iterator[Utsaga]:
    """That the year's result is negative."""
    for träff in _TECKEN.finditer(mening.text):
        resultat = s.fakta({"årets resultat": "rr.arets_resultat"}.get(träff["vad"], "balanskrav.resultat"))
        if resultat and resultat.värde:
            väntat = 1 if träff["ord"] == "positivt" else -1
            yield Påstående(träff["ord"], väntat, NOLL, resultat.värde, bundet(resultat, []).visat)


_ÅRET = re.compile(rf"(?<!\w)(?P<ord>överskottet|underskottet)\s(?P<år>{ÅR})(?!\s(?:är|var))")
_PLANÅREN = re.compile(r"(?<!\w)(?P<när>planåren|alla\stre\såren)\shar\s(?P<ord>överskott|underskott)(?!\w)")
_INTÄKTERNA = re.compile(
    r"(?<!\w)(?P<ena>intäkterna|kostnaderna)\s(?:(?:är|var|blev)\s)?(?P<ord>högre|större|lägre|mindre)\sän\s"
    r"(?:intäkterna|kostnaderna)(?!\w)"
)
_ÄN_BUDGET = re.compile(r"(?<!\w)resultatet\sblev\s(?P<ord>bättre|sämre)\sän\sbudget(?!\w)")


def read_resultat(mening: Mening, s: Sammanhang) -> Iterator[Utsaga]:
    """What the sentence says of results: of its own figures, or of the year's where it has none."""
    for sats in satser(mening.text):
        for träff in _ÖVERSKOTT.finditer(sats):
            yield from _överskott(mening, sats, träff)
        yield from _över_kostnaderna(mening, sats)
        if not re.search(något_av("nekande", "tänkt"), sats):
            yield from _årets(mening, sats, s)
    yield from _med_vilket_tecken(mening, s)


def _årets(mening: Mening, sats: str, s: Sammanhang) -> Iterator[Utsaga]:
    """Of the results of the years that are named, or of the report's, in a clause that prints none of them."""
    for träff in _ÅRET.finditer(sats):
        yield from _tecken(träff["ord"], s, mening.åren(träff["år"]), plus=träff["ord"] == "överskottet")
    if mening.talen(sats):
        return
    år = s.r.år.årtal
    alla = [år, år + 1, år + 2]
    for träff in _PLANÅREN.finditer(sats):
        yield from _tecken(träff["ord"], s, alla[träff["när"] == "planåren" :], plus=träff["ord"] == "överskott")
    for träff in _INTÄKTERNA.finditer(sats):
        if not re.search(r"(?<!\w)(?:ska|upprättas|regel|kräver\satt)(?!\w)", sats):
            plus = (träff["ord"] in ("högre", "större")) == (träff["ena"] == "intäkterna")
            yield from _tecken(träff[0], s, alla if "alla tre åren" in sats else mening.åren(sats) or [år], plus=plus)
    avvikelse = s.fakta("drift.resultat.avvikelse")
    for träff in _ÄN_BUDGET.finditer(sats):
        if avvikelse and avvikelse.värde:
            yield _sagt(träff[0], avvikelse, plus=träff["ord"] == "bättre")


def _tecken(ord_: str, s: Sammanhang, åren: list[int], *, plus: bool) -> Iterator[Utsaga]:
    """That the results of some years are all plus, or all minus."""
    for år in åren:
        resultat = s.fakta("rr.arets_resultat", str(år)) or s.fakta("budget.resultat", str(år))
        if resultat is None and år == s.r.år.årtal - 1:
            resultat = s.fakta("uppgift.resultat_foregaende")
        if resultat and resultat.värde:
            yield _sagt(ord_, resultat, plus=plus)


def _sagt(ord_: str, resultat: Fakta, *, plus: bool) -> Påstående:
    return Påstående(ord_, 1 if plus else -1, NOLL, resultat.värde or NOLL, bundet(resultat, []).visat)
