"""The year as a wheel of twelve sectors, January at the top and clockwise, with what is done in each beside it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from finsam.model.farg import FÖRVAL
from finsam.model.ord import MÅNADER, versal
from finsam.report.bild.yta import BRED, Etikett, Format, Yta, etikett, i_egen_stil, stapla
from finsam.report.text import Texttyda

_YTTRE, _INRE = 93.5, 59.5
"""33 and 21 mm."""
_LUFT, _TILL_ORDEN = 9.0, 14.0


@i_egen_stil
def rita_hjul(händelser: Mapping[int, Sequence[str]], tyda: Texttyda, format_: Format) -> str:
    """The wheel; `händelser` by month, 1 to 12, as texts with references."""
    return _bred(händelser, tyda) if format_ == BRED else _smal(händelser, tyda, format_)


def _bred(händelser: Mapping[int, Sequence[str]], tyda: Texttyda) -> str:
    """With words on both sides of the wheel, each with a line to its month."""
    mitt = BRED.bredd / 2
    bredd = mitt - _YTTRE - _TILL_ORDEN
    sidor = {
        +1: [(nr, _ord(nr, händelser, bredd, tyda, BRED)) for nr in range(1, 7) if händelser.get(nr)],
        -1: [(nr, _ord(nr, händelser, bredd, tyda, BRED)) for nr in range(12, 6, -1) if händelser.get(nr)],
    }
    lägen = {sida: _lägen(poster) for sida, poster in sidor.items()}
    kanter = [-_YTTRE - 1, _YTTRE + 1]
    for sida, poster in sidor.items():
        kanter += [y + h for y, (_, ord_) in zip(lägen[sida], poster, strict=True) for h in (0.0, _höjd(ord_))]
    noll = -min(kanter)
    yta = Yta(BRED)
    _ring(yta, (mitt, noll), (_YTTRE, _INRE), händelser, tyda)
    for sida, poster in sidor.items():
        x = mitt + sida * (_YTTRE + _TILL_ORDEN)
        for y, (nr, ord_) in zip(lägen[sida], poster, strict=True):
            start = _punkt((mitt, noll), _YTTRE + 1, nr)
            yta.linje([start, (x - sida * 3, noll + y + BRED.rad / 2)], FÖRVAL.kant, 0.6)
            _skriv(yta, ord_, x, noll + y, höger=sida < 0)
    return yta.svg(max(kanter) + noll, tyda.färger)


def _smal(händelser: Mapping[int, Sequence[str]], tyda: Texttyda, format_: Format) -> str:
    """With the words under the wheel, in order."""
    yttre = format_.bredd * 0.42
    yta = Yta(format_)
    _ring(yta, (format_.bredd / 2, yttre + 1), (yttre, yttre * 0.6), händelser, tyda)
    y = 2 * yttre + 2 * _LUFT
    for nr in range(1, 13):
        if händelser.get(nr):
            ord_ = _ord(nr, händelser, format_.bredd, tyda, format_)
            _skriv(yta, ord_, 0, y, höger=False)
            y += _höjd(ord_) + _LUFT
    return yta.svg(y - _LUFT, tyda.färger)


def _ord(
    nr: int, händelser: Mapping[int, Sequence[str]], bredd: float, tyda: Texttyda, format_: Format
) -> list[Etikett]:
    månad = etikett(versal(MÅNADER[nr - 1]), tyda, format_, 600)
    return [månad, *(etikett(versal(h), tyda, format_, högst=bredd) for h in händelser[nr])]


def _höjd(ord_: Sequence[Etikett]) -> float:
    return sum(ett.höjd for ett in ord_)


def _lägen(poster: Sequence[tuple[int, list[Etikett]]]) -> list[float]:
    """How far under the middle of the wheel each begins: out from its month, and none on another."""
    önskade = [_punkt((0, 0), 1.2 * _YTTRE, nr)[1] - BRED.rad / 2 for nr, _ in poster]
    lägen = stapla([_höjd(ord_) for _, ord_ in poster], önskade, _LUFT, -math.inf)
    flytt = sum(a - b for a, b in zip(lägen, önskade, strict=True)) / max(len(lägen), 1)
    return [läge - flytt for läge in lägen]


def _ring(
    yta: Yta,
    mitt: tuple[float, float],
    radier: tuple[float, float],
    händelser: Mapping[int, Sequence[str]],
    tyda: Texttyda,
) -> None:
    yttre, inre = radier
    for nr, månad in enumerate(MÅNADER, 1):
        full = bool(händelser.get(nr))
        slut = 90 - (nr - 1) * 30
        yta.sektor(mitt, yttre, yttre - inre, (slut - 30, slut), FÖRVAL.profil if full else FÖRVAL.ljus)
        ord_ = etikett(månad[:3], tyda, yta.format, 600 if full else 400)
        x, y = _punkt(mitt, (yttre + inre) / 2, nr)
        yta.ord(ord_, x, y - ord_.höjd / 2, FÖRVAL.yta if full else FÖRVAL.profil, "center")
    år = etikett("{år}", tyda, yta.format, 600, grad=2 * yta.format.grad)
    yta.ord(år, mitt[0], mitt[1] - år.höjd / 2, FÖRVAL.profil, "center")


def _punkt(mitt: tuple[float, float], radie: float, nr: int) -> tuple[float, float]:
    """The middle of a month, at a distance from the middle of the wheel."""
    vinkel = math.pi / 2 - 2 * math.pi * (nr - 0.5) / 12
    return mitt[0] + radie * math.cos(vinkel), mitt[1] - radie * math.sin(vinkel)


def _skriv(yta: Yta, ord_: Sequence[Etikett], x: float, y: float, *, höger: bool) -> None:
    for ett in ord_:
        y = yta.ord(ett, x, y, håll="right" if höger else "left").botten
