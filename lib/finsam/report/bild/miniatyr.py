"""Small bars beside a figure: how it has been, year by year, with a number at each."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from finsam.model.farg import FÖRVAL
from finsam.report.bild.yta import BRED, KONTUR, Etikett, Format, Låda, Yta, etikett, i_egen_stil, med_bredd, på_papper
from finsam.report.text import Texttyda

BREDD = 218.3
"""77 mm in pt."""
_STAPLARNA, _GRAD, _DEL = 42.5, 8, 0.68
"""How high the bars are together (15 mm), the size of the words, and how much of its step a bar takes."""
TANKSTRECK = "–"


@i_egen_stil
def miniatyr(
    etiketter: Sequence[str],
    värden: Sequence[Decimal | None],
    ord_: Sequence[str],
    tyda: Texttyda,
    gränser: Sequence[Decimal | None] = (),
    bredd: float = BREDD,
    sidan: bool = False,
) -> str:
    """An SVG of small bars, the oldest first and this year last; the last is told from the others.

    `etiketter` are what stands under each ("{år-1}") and `ord_` what stands at it ("{soliditet[2023] | andel
    bara_tal}"), as texts with references; `värden` are exact, and one that is None has a dash. `gränser`, when given,
    are drawn as strokes over their bars. For a page, `sidan`, it has the page's colours. It is as high as it needs to
    be: about 21 mm.
    """
    format_ = med_bredd(BRED, bredd)
    steg = bredd / len(värden)
    tal = [float(v) if v is not None else 0.0 for v in värden]
    strecken = [float(g) if g is not None else None for g in gränser] or [None] * len(tal)
    högst = max(0.0, *tal, *(g for g in strecken if g is not None))
    lägst = min(0.0, *tal)
    skala = _STAPLARNA / (högst - lägst) if högst > lägst else 0.0
    rad = round(_GRAD * 1.26, 2)
    noll = rad + 1 + högst * skala
    under = noll - lägst * skala + (rad + 1) * (lägst < 0)
    yta = Yta(format_)
    for nr, (värde, streck) in enumerate(zip(tal, strecken, strict=True)):
        sist = nr == len(tal) - 1
        mitt, topp = (nr + 0.5) * steg, noll - max(värde, 0.0) * skala
        stapel = Låda(mitt - steg * _DEL / 2, topp, steg * _DEL, abs(värde) * skala)
        if värde:
            yta.ruta(stapel, FÖRVAL.profil if sist else FÖRVAL.mellan)
        saknas = värden[nr] is None
        text = _smått(TANKSTRECK if saknas else ord_[nr], tyda, format_, sist)
        över = topp - rad - 1
        if streck is not None and över - 1 < noll - streck * skala < topp:
            över = noll - streck * skala - rad - 1.6
        yta.ord(text, mitt, stapel.botten + 1 if värde < 0 else över, _färg(sist), "center")
        if streck is not None:
            yta.gräns([(mitt - steg * 0.42, noll - streck * skala), (mitt + steg * 0.42, noll - streck * skala)], 1)
        yta.ord(_smått(etiketter[nr], tyda, format_, sist), mitt, under + 2, _färg(sist), "center")
    yta.linje([(0, noll), (bredd, noll)], FÖRVAL.text, KONTUR)
    svg = yta.svg(under + 2 + rad, tyda.färger)
    return svg if sidan else på_papper(svg)


def _smått(källa: str, tyda: Texttyda, format_: Format, sist: bool) -> Etikett:
    return etikett(källa, tyda, format_, 600 if sist else 400, grad=_GRAD)


def _färg(sist: bool) -> str:
    return FÖRVAL.profil if sist else FÖRVAL.text
