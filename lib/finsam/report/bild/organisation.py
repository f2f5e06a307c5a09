"""The organisation as boxes with lines between: as a tree, or as rows set in where a tree has no room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from finsam.model.farg import FÖRVAL
from finsam.model.forbund import Ruta
from finsam.report.bild.yta import BRED, Etikett, Format, Låda, Yta, etikett, i_egen_stil, ordens_bredd
from finsam.report.text import Texttyda

_HÖJD, _GLIPA, _MELLAN = 36.9, 22.0, 14.0
"""A box is 13 mm high, or as its words need; between levels, and between boxes."""
_HÖGST_BREDD = 150.0
_HÖGST_NIVÅER = 3
_INDRAG = 2.0
"""How far a row is set in, in sizes of letters."""


@i_egen_stil
def rita_organisation(rutor: Sequence[Ruta], tyda: Texttyda, format_: Format) -> str:
    """The boxes."""
    lägen = _lägen(rutor)
    löv = 1 + round(max(x for x, _ in lägen.values()))
    bredd = min(_HÖGST_BREDD, BRED.bredd / löv - _MELLAN)
    djup = 1 + max(nivå for _, nivå in lägen.values())
    ryms = all(_längsta_ord(ruta.namn, format_) <= bredd - format_.grad for ruta in rutor)
    if format_ == BRED and djup <= _HÖGST_NIVÅER and ryms:
        return _träd(rutor, lägen, bredd, BRED.bredd / löv, tyda)
    return _rader(rutor, lägen, tyda, format_)


def _längsta_ord(text: str, format_: Format) -> float:
    return max((ordens_bredd(ord_, format_.grad, 600) for ord_ in text.split()), default=0.0)


def _träd(
    rutor: Sequence[Ruta], lägen: Mapping[str, tuple[float, int]], bredd: float, steg: float, tyda: Texttyda
) -> str:
    ord_ = {r.id: _ord(r, lägen, bredd - BRED.grad, tyda, BRED) for r in rutor if r.id in lägen}
    djup = 1 + max(nivå for _, nivå in lägen.values())
    höjder = [
        max(_HÖJD, *(ord_[id_].höjd + BRED.grad for id_, (_, nivå) in lägen.items() if nivå == n)) for n in range(djup)
    ]
    toppar = [sum(höjder[:n]) + n * _GLIPA for n in range(djup)]
    yta = Yta(BRED)
    for ruta in rutor:
        x, nivå = lägen.get(ruta.id, (0.0, 0))
        if ruta.under in lägen and ruta.id in lägen:
            över, ovan = lägen[ruta.under]
            start, slut = ((över + 0.5) * steg, toppar[ovan] + höjder[ovan]), ((x + 0.5) * steg, toppar[nivå])
            mitt = slut[1] - _GLIPA / 2
            yta.linje([start, (start[0], mitt), (slut[0], mitt), slut], FÖRVAL.kant, 0.8, ruta.stöd)
    for ruta in rutor:
        if ruta.id in lägen:
            x, nivå = lägen[ruta.id]
            låda = Låda((x + 0.5) * steg - bredd / 2, toppar[nivå] + 0.5, bredd, höjder[nivå] - 1)
            _ruta(yta, ruta, nivå, låda, ord_[ruta.id], i_mitten=True)
    return yta.svg(toppar[-1] + höjder[-1], tyda.färger)


def _rader(rutor: Sequence[Ruta], lägen: Mapping[str, tuple[float, int]], tyda: Texttyda, format_: Format) -> str:
    """Each box on a row of its own under what it is under, set in a step; far down the steps are shorter."""
    djup = 1 + max(nivå for _, nivå in lägen.values())
    steg = min(_INDRAG * format_.grad, format_.bredd / 2 / djup)
    luft, kant = round(format_.grad * 0.4, 1), format_.grad * 0.6
    yta, y = Yta(format_), 0.0
    lådor: dict[str, tuple[Låda, Etikett]] = {}
    for ruta in _i_ordning(rutor):
        x = lägen[ruta.id][1] * steg + 0.5
        ord_ = _ord(ruta, lägen, format_.bredd - x - 2 * kant - 0.5, tyda, format_)
        lådor[ruta.id] = (Låda(x, y + 0.5, ord_.bredd + 2 * kant, ord_.höjd + kant), ord_)
        y = lådor[ruta.id][0].botten + luft
    for ruta in rutor:
        if ruta.under in lådor and ruta.id in lådor:
            (över, _), (låda, _) = lådor[ruta.under], lådor[ruta.id]
            x, mitt = över.x + steg / 2, låda.y + låda.höjd / 2
            yta.linje([(x, över.botten), (x, mitt), (låda.x, mitt)], FÖRVAL.kant, 0.8, ruta.stöd)
    for ruta in rutor:
        if ruta.id in lådor:
            _ruta(yta, ruta, lägen[ruta.id][1], *lådor[ruta.id], i_mitten=False)
    return yta.svg(y - luft + 0.5, tyda.färger)


def _ruta(yta: Yta, ruta: Ruta, nivå: int, låda: Låda, ord_: Etikett, *, i_mitten: bool) -> None:
    överst = nivå == 0 and not ruta.stöd
    färg = FÖRVAL.profil if överst else FÖRVAL.yta if ruta.stöd else FÖRVAL.ton
    yta.ruta(låda, färg, FÖRVAL.kant if ruta.stöd else "", 0.8)
    x = låda.x + låda.bredd / 2 if i_mitten else låda.x + yta.format.grad * 0.6
    y = låda.y + (låda.höjd - ord_.höjd) / 2
    yta.ord(ord_, x, y, FÖRVAL.yta if överst else FÖRVAL.text, "center" if i_mitten else "left")


def _ord(ruta: Ruta, lägen: Mapping[str, tuple[float, int]], bredd: float, tyda: Texttyda, format_: Format) -> Etikett:
    överst = lägen[ruta.id][1] == 0 and not ruta.stöd
    return etikett(ruta.namn, tyda, format_, 600 if överst else 400, bredd)


def _barn(rutor: Sequence[Ruta]) -> dict[str, list[Ruta]]:
    barn: dict[str, list[Ruta]] = {}
    for ruta in rutor:
        barn.setdefault(ruta.under, []).append(ruta)
    return barn


def _i_ordning(rutor: Sequence[Ruta]) -> list[Ruta]:
    """Each box right after what it is under and what is under those before it."""
    barn, ut, kvar = _barn(rutor), [], list(reversed(_barn(rutor).get("", [])))
    while kvar:
        ut.append(kvar.pop())
        kvar += reversed(barn.get(ut[-1].id, []))
    return ut


def _lägen(rutor: Sequence[Ruta]) -> dict[str, tuple[float, int]]:
    """Place each box under its parent: leaves side by side, a parent over the middle of its children."""
    barn, lägen = _barn(rutor), dict[str, tuple[float, int]]()
    nästa = 0.0

    def placera(id_: str, nivå: int) -> float:
        nonlocal nästa
        xs = [placera(b.id, nivå + 1) for b in barn.get(id_, ())]
        if not xs:
            x, nästa = nästa, nästa + 1
        else:
            x = (xs[0] + xs[-1]) / 2
        lägen[id_] = (x, nivå)
        return x

    for rot in barn.get("", ()):
        placera(rot.id, 0)
    return lägen
