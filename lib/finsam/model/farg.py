"""The colours of a document by the part they play, and those made of a förbund's own.

Contrast is counted as in WCAG 2.2, hue, lightness and chroma as in OKLCH. Colours are "#RRGGBB".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import atan2, cbrt, cos, degrees, hypot, radians, sin

VIT, MÖRK, TEXT, DÄMPAD = "#FFFFFF", "#12181B", "#1B2226", "#4D575D"


@dataclass(frozen=True, slots=True)
class Färger:
    """What each colour is for; orange, or what takes its place, is a limit and nothing else."""

    text: str = TEXT
    dämpad: str = DÄMPAD
    kant: str = "#7B868D"
    linje: str = "#CDD5D9"
    yta: str = VIT
    yta2: str = "#F7F9FA"
    profil: str = "#134E5E"
    mellan: str = "#5B92A4"
    ljus: str = "#C1DFE9"
    ton: str = "#EAF5F8"
    gräns: str = "#B4500F"
    hindrar: str = "#A3242B"
    ställning: str = "#805300"
    veta: str = "#1F5B8F"
    stämmer: str = "#2A6A3C"

    @property
    def serier(self) -> tuple[str, str, str, str]:
        """Of the series of a picture, in order. None has the colour of a limit."""
        return self.profil, self.mellan, self.ljus, self.kant


FÖRVAL = Färger()
MÖRKT = Färger(
    text="#E6ECEE",
    dämpad="#AEB9BE",
    kant="#77858C",
    linje="#36424A",
    yta=MÖRK,
    yta2="#1A2226",
    profil="#90C8DA",
    mellan="#5B92A4",
    ljus="#274A57",
    ton="#1B2E36",
    gräns="#F0A36B",
    hindrar="#F2938F",
    ställning="#E3B65A",
    veta="#8FBDEB",
    stämmer="#86CB97",
)
ANNAN_GRÄNS, ANNAN_GRÄNS_MÖRK = "#1F5B8F", "#8FBDEB"
NÄRA_GRÄNS = 45
"""Degrees of hue within which a förbund's own colour would be taken for a limit."""


def kontrast(a: str, b: str) -> float:
    """The ratio of contrast between two colours, 1 to 21.

    >>> round(kontrast("#000000", "#FFFFFF")), round(kontrast("#134E5E", "#FFFFFF"), 1)
    (21, 9.2)
    """
    ljus, mörk = sorted((_luminans(a), _luminans(b)), reverse=True)
    return (ljus + 0.05) / (mörk + 0.05)


def grå(färg: str) -> float:
    """How light a colour is where there is no colour: L* of CIE, 0 to 100.

    >>> round(grå("#134E5E")), round(grå("#B4500F"))
    (30, 46)
    """
    y = _luminans(färg)
    return 116 * cbrt(y) - 16 if y > (6 / 29) ** 3 else y * (29 / 3) ** 3


def kulör(färg: str) -> float:
    """The hue of a colour in degrees, 0 to 360."""
    return _oklch(färg)[2]


def ur_egen(egen: str) -> Färger:
    """The colours of a förbund whose own is `egen`: its hue is kept, lightness gives way until all can be read."""
    ljushet, kroma, h = _oklch(egen)
    profil_l = min(ljushet, 0.42)
    while kontrast(profil := _färg(profil_l, min(kroma, 0.12), h), VIT) < 7:
        profil_l -= 0.01
    mellan_l = 0.63
    while kontrast(mellan := _färg(mellan_l, min(kroma, 0.085), h), TEXT) < 4.5:
        mellan_l += 0.005
    ljus_l = 0.885
    while kontrast(ljus := _färg(ljus_l, min(kroma, 0.035), h), profil) < 4.5:
        ljus_l += 0.01
    ton_l = 0.962
    while min(kontrast(ton := _färg(ton_l, min(kroma, 0.012), h), färg) for färg in (profil, DÄMPAD)) < 4.5:
        ton_l += 0.01
    nära = kroma >= _FÄRGLÖS and _avstånd(h, kulör(FÖRVAL.gräns)) <= NÄRA_GRÄNS
    gräns = ANNAN_GRÄNS if nära else FÖRVAL.gräns
    return Färger(profil=profil, mellan=mellan, ljus=ljus, ton=ton, gräns=gräns)


def mörkt_av(färger: Färger) -> Färger:
    """The colours of a dark page, of the hue that a document's own have."""
    if färger == FÖRVAL:
        return MÖRKT
    _, kroma, h = _oklch(färger.profil)
    profil_l = 0.80
    while kontrast(profil := _färg(profil_l, min(kroma, 0.09), h), MÖRK) < 7:
        profil_l += 0.01
    ljus_l = 0.39
    while min(kontrast(ljus := _färg(ljus_l, min(kroma, 0.045), h), färg) for färg in (profil, MÖRKT.text)) < 4.5:
        ljus_l -= 0.01
    ton_l = 0.29
    while min(kontrast(ton := _färg(ton_l, min(kroma, 0.03), h), färg) for färg in (profil, MÖRKT.dämpad)) < 4.5:
        ton_l -= 0.01
    gräns = ANNAN_GRÄNS_MÖRK if färger.gräns == ANNAN_GRÄNS else MÖRKT.gräns
    return replace(MÖRKT, profil=profil, mellan=färger.mellan, ljus=ljus, ton=ton, gräns=gräns)


def blev(egen: str, färger: Färger) -> str:
    """What was done with a förbund's own colour; empty when it is used as it is.

    >>> blev("#F5B700", ur_egen("#F5B700"))
    'Färgen #F5B700 har 1,8:1 mot vitt, så rubriker sätts i #624806 (8,6:1). Gränser är blå, för orange är för nära.'
    """
    ut = ""
    if färger.profil != egen.upper():
        var, är = (f"{kontrast(färg, VIT):.1f}".replace(".", ",") for färg in (egen, färger.profil))
        ut = f"Färgen {egen.upper()} har {var}:1 mot vitt, så rubriker sätts i {färger.profil} ({är}:1)."
    if färger.gräns == ANNAN_GRÄNS:
        ut += " Gränser är blå, för orange är för nära."
    return ut.strip()


_FÄRGLÖS = 0.03
"""With less chroma than this a colour is seen as grey, whatever its hue is."""


def _avstånd(a: float, b: float) -> float:
    return abs((a - b + 180) % 360 - 180)


def _luminans(färg: str) -> float:
    r, g, b = _linjärt(färg)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def _linjärt(färg: str) -> tuple[float, float, float]:
    r, g, b = (int(färg[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return _från_srgb(r), _från_srgb(g), _från_srgb(b)


def _från_srgb(x: float) -> float:
    return x / 12.92 if x <= 0.04045 else float(((x + 0.055) / 1.055) ** 2.4)


def _till_srgb(x: float) -> float:
    return 12.92 * x if x <= 0.0031308 else float(1.055 * x ** (1 / 2.4) - 0.055)


def _oklch(färg: str) -> tuple[float, float, float]:
    """Lightness 0–1, chroma and hue of a colour (Ottosson's Oklab)."""
    r, g, b = _linjärt(färg)
    lång = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    medel = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    kort = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    ljushet = 0.2104542553 * lång + 0.7936177850 * medel - 0.0040720468 * kort
    grön_röd = 1.9779984951 * lång - 2.4285922050 * medel + 0.4505937099 * kort
    blå_gul = 0.0259040371 * lång + 0.7827717662 * medel - 0.8086757660 * kort
    return ljushet, hypot(grön_röd, blå_gul), degrees(atan2(blå_gul, grön_röd)) % 360


def _färg(ljushet: float, kroma: float, h: float) -> str:
    """A colour of sRGB with this lightness and hue, and as much of the chroma as there is room for."""
    while True:
        rgb = _rgb(min(ljushet, 1.0), kroma, h)
        if kroma < 0.001 or all(-0.0005 <= x <= 1.0005 for x in rgb):
            return "#" + "".join(f"{round(min(max(x, 0), 1) * 255):02X}" for x in rgb)
        kroma *= 0.96


def _rgb(ljushet: float, kroma: float, h: float) -> tuple[float, float, float]:
    a, b = kroma * cos(radians(h)), kroma * sin(radians(h))
    lång = (ljushet + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medel = (ljushet - 0.1055613458 * a - 0.0638541728 * b) ** 3
    kort = (ljushet - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _till_srgb(4.0767416621 * lång - 3.3077115913 * medel + 0.2309699292 * kort),
        _till_srgb(-1.2684380046 * lång + 2.6097574011 * medel - 0.3413193965 * kort),
        _till_srgb(-0.0041960863 * lång - 0.7034186147 * medel + 1.7076147010 * kort),
    )
