"""Last year's words made ready for a new year: they say the same of last year, and follow when the year changes.

Years become relative, and a typed figure that is a fact becomes a reference to it. What cannot be told for certain is
left as it is; the checks (C10, C36) then ask for it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from finsam.checks.texter import skrivna_tal, skrivna_årtal, utan_hänvisningar
from finsam.model.belopp import HÅRT_BLANK, MINUS
from finsam.model.fakta import Fakta, Faktabas, Konton, Summa
from finsam.model.ord import relativt_år
from finsam.model.rapport import Rapportslag
from finsam.read.textmarke import EJ_GENOMGÅNGEN, märk
from finsam.report.bok import Bok
from finsam.report.text import Bit, Texttyda, relativa_hänvisningar
from finsam.statements.noter import notnummer
from finsam.statements.redovisning import Redovisning, uppställda

FORMAT = {"kr": ("kr", "tkr"), "andel": ("procent", "procent1"), "antal": ("antal",)}
"""The formats that a typed figure of each unit is looked for in."""

HUVUDFAKTA = (
    *("rr.arets_resultat", "rr.verksamhetens_resultat", "rr.verksamhetens_intakter", "rr.verksamhetens_kostnader"),
    *("finansnetto", "br.eget_kapital", "br.eget_kapital_ingaende", "br.summa_tillgangar", "br.kassa_bank"),
    *("br.fordringar", "br.kortfristiga_skulder", "kf.arets_kassaflode", "medlemsbidrag", "kapitaltak"),
    *("soliditet", "kapitalandel", "budget.resultat", "budget.rorelseresultat", "budget.medlemsbidrag"),
    *("budget.insatser", "budget.administration", "budget.kostnader", "budget.eget_kapital"),
)
"""Facts that a reader knows by name. One that is as large as others is the one that is meant, the first of them."""

FÅ_SIFFROR = 3
"""A count or an amount with no more digits than this may be anything, so it is left alone."""

_ENHET = re.compile(r"[ \u00a0](kr|kronor|tkr|tusen kronor|%|procent)(?!\w)")
_SLAG = {"kr": "kr", "kronor": "kr", "tkr": "tkr", "tusen kronor": "tkr", "%": "%", "procent": "%", "": "antal"}
_FORMATETS_SLAG = {"kr": "kr", "tkr": "tkr", "procent": "%", "procent1": "%", "antal": "antal"}
_FÖRE_ÅRTAL = re.compile(
    r"\b(?:under|för|år|året|kalenderåret|verksamhetsåret|räkenskapsåret|budgetåret|31\s+december|1\s+januari)\s+\Z",
    re.IGNORECASE,
)
_EFTER_ÅRTAL = re.compile(r"\s+års\b")
_SPANN = re.compile(r"[–/-]\d")
_BALANSDAG = re.compile(r"(?<!\d)\d{4}(?=-(?:12-31|01-01)(?!\d))")
_MINUS = re.compile(rf"(?<![\w–-])[-{MINUS}]\Z")
_DEL_AV_ORD = re.compile(rf"[\w–/{MINUS}-]\Z")


@dataclass(frozen=True, slots=True)
class RulladText:
    """The words, what was typed and the reference it became, and the numbers that are typed still."""

    text: str
    bytta: tuple[tuple[str, str], ...] = ()
    kvar: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Träff:
    """A fact that is printed as some figure, the reference that prints it so, and what it is but a name of."""

    fakta: Fakta
    uttryck: str
    ursprung: str


Talindex = Mapping[tuple[str, str], tuple[Träff, ...]]
"""The facts by how they are printed: the figure without its unit, and kr, tkr, % or antal."""


def texttyda(r: Redovisning) -> Texttyda:
    """What a text of a year may name."""
    tabeller = frozenset(tabell.id for tabell in uppställda(r))
    return Texttyda(r.fakta, r.år.årtal, notnummer(r.år), tabeller=tabeller)


def talindex(tyda: Texttyda) -> Talindex:
    """Every figure that a text of the year can have been typed from."""
    index: dict[tuple[str, str], list[Träff]] = defaultdict(list)
    for fakta in tyda.fakta.values():
        år = "" if fakta.period == str(tyda.år) else f"[{relativt_år(int(fakta.period), tyda.år)}]"
        for format_ in FORMAT.get(fakta.enhet, ()) if fakta.värde else ():
            for tillägg in ("", " utan_tecken") if fakta.värde and fakta.värde < 0 else ("",):
                uttryck = f"{fakta.id}{år} | {format_}{tillägg}"
                bit = tyda.bit(f"{uttryck} bara_tal")
                if isinstance(bit, Bit):
                    index[_lika(bit.text), _FORMATETS_SLAG[format_]].append(
                        Träff(fakta, uttryck, _ursprung(fakta, tyda.fakta))
                    )
    return {nyckel: tuple(träffar) for nyckel, träffar in index.items()}


def _ursprung(fakta: Fakta, alla: Faktabas) -> str:
    """What this fact only repeats: insats.teamet.utfall repeats kostnad.individ.teamet, and that its konton."""
    while isinstance(fakta.källa, Summa) and len(fakta.källa.termer) == 1:
        fakta = alla[fakta.källa.termer[0][1]]
    if isinstance(fakta.källa, Konton):
        return f"{fakta.källa.slag} {fakta.period} {fakta.källa.rader}"
    return fakta.nyckel


def rulla_texter(
    böcker: Mapping[Rapportslag, Bok], mapp: Path, avslutade: Collection[str], *, egna_namn: bool
) -> dict[str, RulladText]:
    """Every text of the earlier year's reports by its new name, marked as not read; none of insatser that have ended.

    `egna_namn`: a plan's words on insatser and målområden begin as its own (vp_), as the year has an årsredovisning or
    may get one.
    """
    texter: dict[str, RulladText] = {}
    for slag, bok in böcker.items():
        egen = slag.textprefix
        utan = {f"{början}insats_{insats}" for insats in avslutade for början in ("", egen)}
        index = talindex(texttyda(bok.redovisning))
        eget = {
            namn: f"{egen}{namn}" if egna_namn and not namn.startswith(egen) else namn
            for namn in (*bok.år.texter, *bok.år.ej_skrivna)
        }
        for namn, fil in bok.år.texter.items():
            if namn not in utan:
                rullad = rulla_text(fil.text.lstrip("\n") if fil.märke else fil.text, bok.år.årtal, index)
                märkt = märk(rullad.text, f"{EJ_GENOMGÅNGEN}: rullad från {bok.år.årtal}")
                texter[eget[namn]] = replace(rullad, text=märkt)
        for namn in bok.år.ej_skrivna:
            texter[eget[namn]] = RulladText((mapp / f"{namn}.md").read_text("utf-8-sig"))
    return texter


def rulla_text(text: str, år: int, index: Talindex) -> RulladText:
    """The words of the year `år` made relative to it; what they say of that year is the same."""
    relativ = _relativa_årtal(relativa_hänvisningar(text, år), år)
    delar: list[str] = []
    bytta: list[tuple[str, str]] = []
    kvar: list[str] = []
    slut = 0
    for tal in skrivna_tal(relativ):
        enhet = _ENHET.match(relativ, tal.end())
        minus = _MINUS.search(relativ[: tal.start()])
        början = tal.start() - bool(minus)
        hänvisning = None
        if minus or not _DEL_AV_ORD.search(relativ[: tal.start()]):
            hänvisning = _hänvisning(_lika(relativ[början : tal.end()]), enhet[1] if enhet else "", index)
        if hänvisning is None or relativ[tal.end() : tal.end() + 1].isalpha():
            kvar.append(relativ[början : enhet.end() if enhet else tal.end()])
            continue
        till = enhet.end() if enhet and "bara_tal" not in hänvisning else tal.end()
        delar += [relativ[slut:början], f"{{{hänvisning}}}"]
        bytta.append((relativ[början:till], f"{{{hänvisning}}}"))
        slut = till
    return RulladText("".join((*delar, relativ[slut:])), tuple(bytta), tuple(kvar))


def _lika(siffror: str) -> str:
    """A figure whichever way its blanks and its minus are written."""
    return siffror.replace(HÅRT_BLANK, " ").replace("-", MINUS)


def _hänvisning(siffror: str, enhet: str, index: Talindex) -> str | None:
    """The reference that prints a typed figure; None when it may be another's, or nobody's."""
    slag, antal = _SLAG[enhet], sum(tecken.isdecimal() for tecken in siffror)
    if slag in ("kr", "antal") and antal <= FÅ_SIFFROR:
        return None
    träffar = index.get((siffror, slag), ())
    if slag == "antal":
        träffar = (*träffar, *index.get((siffror, "kr"), ()))
    vald = _entydig(träffar, säker=slag != "%" or "," in siffror)
    if vald is None:
        return None
    skrivs_utan_enhet = enhet in ("kronor", "tusen kronor", "procent") or (not enhet and "| kr" in vald.uttryck)
    return f"{vald.uttryck} bara_tal" if skrivs_utan_enhet else vald.uttryck


def _entydig(träffar: Iterable[Träff], *, säker: bool) -> Träff | None:
    """The one fact that is meant, if there is one; those of the year itself go before those of other years.

    Facts are one when they are the same by how they are made. Of several, one of HUVUDFAKTA is taken, unless the
    figure says little (`säker` is false): 20 per cent may be anything.
    """
    träffar = list(träffar)
    if len({abs(t.fakta.värde) for t in träffar if t.fakta.värde is not None}) != 1:
        return None
    nära = [träff for träff in träffar if "[" not in träff.uttryck] or träffar
    vald = min(nära, key=_rang)
    samma = len({träff.ursprung for träff in nära}) == 1
    return vald if samma or (säker and vald.fakta.id in HUVUDFAKTA) else None


def _rang(träff: Träff) -> tuple[int, str]:
    id_ = träff.fakta.id
    return HUVUDFAKTA.index(id_) if id_ in HUVUDFAKTA else len(HUVUDFAKTA), id_


def _relativa_årtal(text: str, år: int) -> str:
    """Typed years that are the report's, the one before or the next, where the words around leave no doubt."""
    tydliga = [
        årtal
        for årtal in skrivna_årtal(text)
        if (_FÖRE_ÅRTAL.search(text[: årtal.start()]) or _EFTER_ÅRTAL.match(text, årtal.end()))
        and not _SPANN.match(text, årtal.end())
    ]
    delar: list[str] = []
    slut = 0
    for årtal in sorted([*tydliga, *_BALANSDAG.finditer(utan_hänvisningar(text))], key=re.Match.start):
        if abs(int(årtal[0]) - år) <= 1:
            delar += [text[slut : årtal.start()], f"{{{relativt_år(int(årtal[0]), år)}}}"]
            slut = årtal.end()
    return "".join((*delar, text[slut:]))
