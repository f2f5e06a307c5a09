"""G11 in a table: a goal, its outcome and its grade in the same row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from finsam.granska.begrepp import vik
from finsam.granska.fynd import Fynd, ställe
from finsam.granska.lasa.rad import Rad
from finsam.granska.lasa.siffror import som_tal
from finsam.granska.regler.grund import Underlag

KOD = "G11"
_TALET = r"(\d{1,3}(?:,\d+)?)\s*(%|procent)"
_GOLV = re.compile(rf"(?i)\b(?:minst|lägst)\s+{_TALET}")
_TAK = re.compile(rf"(?i)\b(?:högst|maximalt|max)\s+{_TALET}")
_UTFALL = re.compile(rf"(?i)(?:utfall:?\s*)?{_TALET}")
_GRAD = re.compile(r"(?:malet (?:ar )?)?(?P<nej>inte |ej )?(?:uppfyllt|uppnatt)")
"""What has been reached; what will be (uppnås, bedöms uppnås) is a forecast, and may differ from the outcome so far."""


def check_målrader(u: Underlag) -> Iterator[Fynd]:
    """The grade of a row is what its outcome gives; partly, and rows with other figures, say nothing."""
    for d, dok in enumerate(u.dokument):
        for rad in dok.rader:
            celler = [c.text.strip() for c in rad.celler if c.text.strip()]
            if len(celler) >= 3:
                yield from _raden(u, d, rad, celler)


def _raden(u: Underlag, d: int, rad: Rad, celler: list[str]) -> Iterator[Fynd]:
    *mål, utfallet, grad = celler[-3:]
    golv, tak = _GOLV.search(mål[0]), _TAK.search(mål[0])
    utfall, bedömd = _UTFALL.fullmatch(utfallet), _GRAD.fullmatch(vik(grad).strip(" .●○◐"))
    gräns = golv or tak
    if gräns is None or (golv and tak) or utfall is None or bedömd is None:
        return
    if len(re.findall(_TALET, mål[0])) != 1:
        return
    u.räkna(KOD)
    nådde, krav = map(som_tal, (utfall[1], gräns[1]))
    klarat = nådde >= krav if golv else nådde <= krav
    helt = not bedömd["nej"]
    if klarat == helt:
        return
    text = (
        f"Utfallet {utfall[1]} {utfall[2]} når {'' if klarat else 'inte '}målet {gräns[0]},"
        f" men målet bedöms som {grad.strip(' .').lower()}."
    )
    säkerhet = u.läsning_av_text(d, rad) * (0.95 if abs(nådde - krav) > 1 else 0.9) * 0.94
    plats = ställe(u.dokument[d].fil, rad, utfall[1], gräns[1])
    yield Fynd(KOD, "att ta ställning till", 2, säkerhet, text, (plats,), f"{utfall[1]} mot {gräns[1]}", nådde - krav)
