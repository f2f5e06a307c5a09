"""Level bars of parts laid end to end, with the parts' names over the first and the sum after each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from finsam.model.farg import FÖRVAL
from finsam.report.bild.liggande import GLIPA
from finsam.report.bild.yta import PÅ_MELLAN, Etikett, Format, Låda, Yta, etikett
from finsam.report.text import Texttyda

_LUFT = 3
"""Beside a number within its part."""
_VITT = 1.4
"""Between two parts: 0.5 mm."""


@dataclass(frozen=True, slots=True)
class Del:
    """A part of a bar: its size and its number, a text with references."""

    värde: float
    tal: str


@dataclass(frozen=True, slots=True)
class Rad:
    """A bar: its name, its parts in the order of the series, and the sum."""

    namn: str
    delar: tuple[Del, ...]
    summa: str
    i_år: bool = False


def staplade(serier: Sequence[tuple[str, str]], rader: Sequence[Rad], format_: Format, tyda: Texttyda) -> str | None:
    """The bars; `serier` are names and colours. None when a name or a number has no place of its own."""
    if any(del_.värde < 0 for rad in rader for del_ in rad.delar):
        return None
    yta = Yta(format_)
    namn = [etikett(rad.namn, tyda, format_, 600 if rad.i_år else 400) for rad in rader]
    summor = [etikett(rad.summa, tyda, format_, 600) for rad in rader]
    vänster = max(n.bredd for n in namn) + 3 * GLIPA
    plats = format_.bredd - vänster - max(s.bredd for s in summor) - GLIPA
    störst = max(sum(d.värde for d in rad.delar) for rad in rader)
    if plats < format_.bredd / 3 or not störst:
        return None
    skala, höjd = plats / störst, round(format_.grad * 2.1, 1)
    topp = _namn(yta, serier, rader[0], vänster, skala, format_, tyda)
    if topp is None:
        return None
    y = topp
    for nr, rad in enumerate(rader):
        över = _rad(yta, serier, rad, (vänster, y, höjd), skala, format_, tyda, först=nr == 0)
        if över is None:
            return None
        y += över
        färg = FÖRVAL.profil if rad.i_år else FÖRVAL.text
        yta.ord(namn[nr], 0, y + (höjd - namn[nr].höjd) / 2, färg)
        slut = vänster + sum(d.värde for d in rad.delar) * skala + GLIPA
        yta.ord(summor[nr], slut, y + (höjd - summor[nr].höjd) / 2)
        y += höjd + round(format_.grad * 0.95, 1)
    return yta.svg(y - round(format_.grad * 0.95, 1) + 1, tyda.färger)


def _namn(
    yta: Yta,
    serier: Sequence[tuple[str, str]],
    rad: Rad,
    vänster: float,
    skala: float,
    format_: Format,
    tyda: Texttyda,
) -> float | None:
    """The names over the first bar, each where its part begins. Returns where the bar begins; None without room.

    From the right: a name that would be in the way of the one after it stands a line higher, with a line to its part.
    """
    x, början = vänster, []
    for del_ in rad.delar:
        början.append(x)
        x += del_.värde * skala
    satta: list[tuple[Etikett, float, int, str]] = []
    for (namn, färg), start, del_ in reversed(list(zip(serier, början, rad.delar, strict=True))):
        if not del_.värde:
            return None
        ord_ = etikett(namn, tyda, format_, 600)
        plats = min(start, format_.bredd - ord_.bredd)
        rad_ = 0
        if satta and plats + ord_.bredd + 2 * GLIPA > satta[-1][1]:
            rad_ = satta[-1][2] + 1
        if plats < 0 or (rad_ and any(start + GLIPA + 1 > s[1] for s in satta)) or (rad_ and plats < start):
            return None
        satta.append((ord_, plats, rad_, färg))
    topp = (1 + max(s[2] for s in satta)) * format_.rad
    for (ord_, plats, rad_, färg), start in zip(satta, reversed(början), strict=True):
        y = topp - (rad_ + 1) * format_.rad
        yta.ord(ord_, plats, y, FÖRVAL.profil if färg == FÖRVAL.profil else FÖRVAL.text)
        if rad_:
            yta.linje([(start + 1, y + format_.rad), (start + 1, topp + 2)], FÖRVAL.kant, 0.6)
    return topp + 2


def _rad(
    yta: Yta,
    serier: Sequence[tuple[str, str]],
    rad: Rad,
    plats: tuple[float, float, float],
    skala: float,
    format_: Format,
    tyda: Texttyda,
    *,
    först: bool,
) -> float | None:
    """The parts of a bar. Returns how much lower it was set, for numbers over it; None when two are in each other's
    way.
    """
    x, y, höjd = plats
    tal = [etikett(d.tal, tyda, format_, 600 if rad.i_år else 400) for d in rad.delar]
    smala = [
        bool(d.värde) and t.bredd + 2 * _LUFT + _VITT > d.värde * skala for d, t in zip(rad.delar, tal, strict=True)
    ]
    ned = format_.rad + 3 if any(smala) else 0.0
    if först and any(smala):
        return None  # the names stand there
    upptaget: list[Låda] = []
    for (_, färg), del_, ord_, smal in zip(serier, rad.delar, tal, smala, strict=True):
        bredd = del_.värde * skala
        if not del_.värde:
            continue
        låda = Låda(x, y + ned, max(bredd - _VITT, 0.3), höjd)
        yta.ruta(låda, färg, FÖRVAL.kant if färg in (FÖRVAL.ljus, FÖRVAL.yta2) else "")
        mitt = låda.x + låda.bredd / 2
        if not smal:
            yta.ord(ord_, mitt, y + ned + (höjd - ord_.höjd) / 2, _på(färg), "center")
        else:
            över = Låda(mitt - ord_.bredd / 2, y - 2, ord_.bredd, ord_.höjd)
            if över.höger > format_.bredd or any(över.rör(u, GLIPA) for u in upptaget):
                return None
            upptaget.append(yta.ord(ord_, mitt, y - 2, håll="center"))
            yta.linje([(mitt, y + format_.rad - 1), (mitt, y + ned)], FÖRVAL.kant, 0.6)
        x += bredd
    return ned


def _på(färg: str) -> str:
    """The colour of words on a bar."""
    return {FÖRVAL.profil: FÖRVAL.yta, FÖRVAL.mellan: PÅ_MELLAN}.get(färg, FÖRVAL.text)
