"""Upright bars with one within another and a ceiling over each pair: what there is, of what it is part, and a limit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from finsam.model.farg import FÖRVAL
from finsam.report.bild.yta import BRED, KONTUR, Etikett, Låda, Yta, etikett, stapla
from finsam.report.text import Texttyda

_STEG, _YTTRE, _INRE = 73.7, 62.4, 39.7
"""26, 22 and 14 mm."""
_HÖJD, _LUFT = 150.0, 2.0
_STRECK = 1.4 / 2 + KONTUR
"""Half of a limit with its edges."""


@dataclass(frozen=True, slots=True)
class Par:
    """A year: its name, what is drawn around and what within, the ceiling, and the numbers as texts with references."""

    namn: str
    yttre: float
    inre: float
    tak: float | None
    yttre_tal: str
    inre_tal: str
    i_år: bool = False


@dataclass(frozen=True, slots=True)
class Namn:
    """What the three are called, at the last year."""

    yttre: str
    inre: str
    tak: str


def parvis(par: Sequence[Par], namn: Namn, tyda: Texttyda) -> str | None:
    """The bars, in the wide format; None when a number has no place where nothing crosses it."""
    till_höger = len(par) * _STEG + 8
    if not par or BRED.bredd - till_höger < 80 or any(p.yttre < 0 for p in par):
        return None
    högst = max(max(p.yttre, p.inre, p.tak or 0.0) for p in par)
    lägst = min(0.0, *(p.inre for p in par))
    if not högst > 0:
        return None
    skala = _HÖJD / (högst - lägst)
    noll = BRED.rad + 2 + högst * skala
    yta = Yta(BRED)
    for nr, ett in enumerate(par):
        if not _par(yta, ett, (nr + 0.5) * _STEG, noll, skala, tyda):
            return None
    botten = noll - lägst * skala + (BRED.rad + 2) * (lägst < 0)
    yta.linje([(0, noll), (len(par) * _STEG, noll)], FÖRVAL.text, 0.7)
    for nr, ett in enumerate(par):
        årtal = etikett(ett.namn, tyda, BRED, 600 if ett.i_år else 400)
        yta.ord(årtal, (nr + 0.5) * _STEG, botten + 3, FÖRVAL.profil if ett.i_år else FÖRVAL.text, "center")
    slut = _namn(yta, par[-1], namn, till_höger, noll, skala, tyda)
    return yta.svg(max(botten + 3 + BRED.rad, slut), tyda.färger)


def _par(yta: Yta, par: Par, mitt: float, noll: float, skala: float, tyda: Texttyda) -> bool:
    """Draw a year. Returns whether both numbers had a place."""
    ljus = Låda(mitt - _YTTRE / 2, noll - par.yttre * skala, _YTTRE, par.yttre * skala)
    mörk = Låda(mitt - _INRE / 2, noll - max(par.inre, 0.0) * skala, _INRE, abs(par.inre) * skala)
    streck = None if par.tak is None else noll - par.tak * skala
    if par.yttre:
        yta.ruta(ljus, FÖRVAL.ljus, FÖRVAL.kant)
    if par.inre:
        yta.ruta(mörk, FÖRVAL.profil)
    if streck is not None:
        halv = _STEG / 2 - 2
        yta.gräns([(mitt - halv, streck), (mitt + halv, streck)])
    tal = [etikett(t, tyda, BRED, 600 if par.i_år else 400) for t in (par.yttre_tal, par.inre_tal)]
    hinder = [] if streck is None else [Låda(mitt - _STEG / 2, streck - _STRECK, _STEG, 2 * _STRECK)]
    under_noll = Låda(mitt - _STEG / 2, noll - 0.5, _STEG, 1000)
    satt = _sätt(yta, tal[0], mitt, (ljus.y + 2, ljus.y - BRED.rad - 1), (ljus, mörk), [*hinder, under_noll])
    if satt is None:
        return False
    under = [mörk.botten + 1] if par.inre < 0 else []
    hinder.append(replace(under_noll, höjd=1) if under else under_noll)
    lägen = (*under, mörk.y - BRED.rad - 1, mörk.y + 2, (streck or mörk.y) - _STRECK - BRED.rad - 1)
    return _sätt(yta, tal[1], mitt, lägen, (ljus, mörk), [*hinder, satt]) is not None


def _sätt(
    yta: Yta, ord_: Etikett, mitt: float, lägen: Sequence[float], ytor: tuple[Låda, Låda], hinder: Sequence[Låda]
) -> Låda | None:
    """Set a number at the first of some heights where it is upon one surface alone and nothing is in its way."""
    ljus, mörk = ytor
    for y in lägen:
        plats = Låda(mitt - ord_.bredd / 2, y, ord_.bredd, ord_.höjd)
        tätt = Låda(plats.x, y + 1.5, plats.bredd, plats.höjd - 3)
        fri = not any(tätt.rör(h) for h in hinder) and plats.y >= 0
        if fri and all(_inom(tätt, yta_) or not tätt.rör(yta_) for yta_ in (ljus, mörk) if yta_.höjd):
            på_mörk = mörk.höjd and _inom(tätt, mörk)
            yta.ord(ord_, mitt, y, FÖRVAL.yta if på_mörk else FÖRVAL.text, "center")
            return plats
    return None


def _inom(inre: Låda, yttre: Låda) -> bool:
    i_sidled = yttre.x + 1 <= inre.x and inre.höger <= yttre.höger - 1
    return i_sidled and yttre.y + 0.5 <= inre.y and inre.botten <= yttre.botten - 0.5


def _namn(yta: Yta, sist: Par, namn: Namn, x: float, noll: float, skala: float, tyda: Texttyda) -> float:
    """The names at the last pair, each at what it names and none on another. Returns where they end."""
    bredd = BRED.bredd - x
    delar = [
        (noll - sist.yttre * skala + 2, namn.yttre, FÖRVAL.text),
        (noll - max(sist.inre, 0.0) * skala / 2 - BRED.rad / 2, namn.inre, FÖRVAL.profil),
    ]
    if sist.tak is not None and namn.tak:
        delar.append((noll - sist.tak * skala - BRED.rad, namn.tak, FÖRVAL.gräns))
    delar.sort(key=lambda ett: ett[0])
    ord_ = [etikett(text, tyda, BRED, 600, bredd) for _, text, _ in delar]
    lägen = stapla([o.höjd for o in ord_], [y for y, _, _ in delar], _LUFT)
    över = max(0.0, lägen[-1] + ord_[-1].höjd - (noll + 3 + 2 * BRED.rad))
    för = [max(0.0, y - över) for y in lägen]
    lägen = stapla([o.höjd for o in ord_], för, _LUFT)
    for etikett_, y, (_, _, färg) in zip(ord_, lägen, delar, strict=True):
        yta.ord(etikett_, x, y, färg)
    return lägen[-1] + ord_[-1].höjd
