"""A surface to draw on, in points from its upper left corner, and what is drawn on it as SVG whose text is text.

Words are measured in the report's own type, so a picture is laid out before it is drawn and nothing is moved
afterwards. A drawn text may refer to facts as any text does; the picture carries the references, so that it can be read
back, and words that refer to something, and those in several lines, have what they say in `data-ord`. There are no ids:
pictures stand side by side in a page. Matplotlib draws the same (tests/bilder/test_matplotlib.py), more slowly.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from functools import wraps
from html import escape
from typing import Literal, ParamSpec, TypeVar

from finsam.model.farg import FÖRVAL, TEXT, Färger
from finsam.report.bild.minne import bildminne
from finsam.report.bild.vidd import Vikt, ordens_bredd
from finsam.report.roller import TYPSNITT, css_namn
from finsam.report.tecken import tryckbar
from finsam.report.text import Prosa, Texttyda, ord_i, rad_html

P = ParamSpec("P")
R = TypeVar("R")
Håll = Literal["left", "center", "right"]
HÖGST_ORD = 120
"""Letters of a label; the table beside the picture has it whole."""
BINDESTRECK = "\u2010"
"""What a word is parted with that is wider than its place; who reads the picture back takes it away."""
STIGER, SJUNKER = 0.74, 0.22
"""How far letters reach over and under their line, by their size."""
KONTUR = 0.6
PÅ_MELLAN = "#1B2225"
"""The words on a bar in the colour `mellan`: dark in a light document and in a dark one."""


@dataclass(frozen=True, slots=True)
class Format:
    """How wide a picture is and how large its words are: in pt on paper, in px where a page is narrow."""

    bredd: float
    grad: float

    @property
    def rad(self) -> float:
        """From one line of words to the next."""
        return round(self.grad * 1.26, 2)


BRED = Format(467.7, 9)
"""165 mm, with words of 9 pt. A page shows it no smaller than that its words are 14 px."""
SMAL = Format(288, 14)
"""For a page of 320 px and up."""


@dataclass(frozen=True, slots=True)
class Etikett:
    """Words that are measured: their lines, in a size and a weight. `prosa` is what they refer to."""

    prosa: Prosa
    rader: tuple[str, ...]
    grad: float
    vikt: Vikt = 400

    @property
    def bredd(self) -> float:
        """The width of the widest line."""
        return max((ordens_bredd(rad, self.grad, self.vikt) for rad in self.rader), default=0)

    @property
    def höjd(self) -> float:
        """From the top of the first line to the bottom of the last."""
        return len(self.rader) * self.radhöjd

    @property
    def radhöjd(self) -> float:
        """From one line to the next."""
        return round(self.grad * 1.26, 2)


@dataclass(frozen=True, slots=True)
class Låda:
    """A rectangle."""

    x: float
    y: float
    bredd: float
    höjd: float

    @property
    def höger(self) -> float:
        """Its right edge."""
        return self.x + self.bredd

    @property
    def botten(self) -> float:
        """Its lower edge."""
        return self.y + self.höjd

    def rör(self, andra: Låda, luft: float = 0) -> bool:
        """Whether the two share a place, or are nearer than `luft`."""
        i_sidled = self.x < andra.höger + luft and andra.x < self.höger + luft
        return i_sidled and self.y < andra.botten + luft and andra.y < self.botten + luft


def minns_bilden(rita: Callable[P, R]) -> Callable[P, R]:
    """Let a function draw a picture of a year in a format (its arguments) only when it has not been drawn before, where
    that is remembered.
    """

    @wraps(rita)
    def ritad(*ord_: P.args, **val: P.kwargs) -> R:
        minne = bildminne()
        if minne is None or len(ord_) != 3 or not isinstance(ord_[1], Texttyda):
            return rita(*ord_, **val)
        vad, tyda, format_ = ord_
        return minne.bild(rita, vad, tyda, format_)  # type: ignore[arg-type, return-value]

    return ritad


def etikett(
    källa: str, tyda: Texttyda, format_: Format, vikt: Vikt = 400, högst: float | None = None, grad: float | None = None
) -> Etikett:
    """Words with their references, in lines no wider than `högst`, or in one."""
    storlek = grad or format_.grad
    prosa = ord_i(källa, tyda)
    if len(prosa.klartext) > HÖGST_ORD:
        prosa = ord_i(_kort(källa), tyda)
    text = tryckbar(prosa.klartext)
    rader = bryt(text, högst, storlek, vikt) if högst else [" ".join(text.split(" "))]
    return Etikett(prosa, tuple(rader), storlek, vikt)


def _kort(källa: str) -> str:
    """Words in a picture are not without end; a reference is whole or not there."""
    text = källa[: HÖGST_ORD - 1]
    hel = text if text.count("{") == text.count("}") else text.rpartition("{")[0]
    return f"{hel}…"


def bryt(text: str, högst: float, grad: float, vikt: Vikt = 400) -> list[str]:
    """The words in lines, parted between words; a word that is wider than a line has a hyphen where it is parted."""
    rader: list[str] = []
    for ord_ in re.split(r"[ \n]+", text.strip()):
        bit = ord_
        if rader and ordens_bredd(f"{rader[-1]} {bit}", grad, vikt) <= högst:
            rader[-1] += f" {bit}"
            continue
        while len(bit) > 1 and ordens_bredd(bit, grad, vikt) > högst:
            antal = max(1, _ryms(bit, högst, grad, vikt))
            rader.append(bit[:antal] + BINDESTRECK)
            bit = bit[antal:]
        rader.append(bit)
    return rader or [""]


def _ryms(ord_: str, högst: float, grad: float, vikt: Vikt) -> int:
    """How many letters have room with a hyphen after them."""
    return next(
        (n for n in range(len(ord_) - 1, 0, -1) if ordens_bredd(ord_[:n] + BINDESTRECK, grad, vikt) <= högst), 0
    )


class Yta:
    """What is drawn, in order; the last is on top."""

    def __init__(self, format_: Format) -> None:
        self.format = format_
        self._delar: list[str | Callable[[float], str]] = []
        """What is drawn; a line is told how high the picture became."""

    def ruta(self, låda: Låda, färg: str, kontur: str = "", tjocklek: float = KONTUR) -> None:
        """A filled rectangle, with an edge when it has a colour for it."""
        vänster, höger, överst, nederst = map(_tal, (låda.x, låda.höger, låda.y, låda.botten))
        d = f"M {vänster} {nederst} L {höger} {nederst} L {höger} {överst} L {vänster} {överst} z"
        self._delar.append(_form(d, fyllning=färg, kontur=kontur, tjocklek=tjocklek))

    def linje(self, punkter: Sequence[tuple[float, float]], färg: str, tjocklek: float, streckad: bool = False) -> None:
        """A line through some points. A point below the picture it is cut off: none of it is seen there."""

        def form(höjd: float) -> str:
            d = " L ".join(_punkt((x, min(y, höjd + 1))) for x, y in punkter)
            return _form(f"M {d}", kontur=färg, tjocklek=tjocklek, streckad=streckad)

        self._delar.append(form)

    def gräns(self, punkter: Sequence[tuple[float, float]], tjocklek: float = 1.4) -> None:
        """A limit: a line in its own colour, with an edge of the paper's on both sides."""
        self.linje(punkter, FÖRVAL.yta, tjocklek + 2 * KONTUR)
        self.linje(punkter, FÖRVAL.gräns, tjocklek)

    def sektor(
        self, mitt: tuple[float, float], radie: float, bredd: float, vinklar: tuple[float, float], färg: str
    ) -> None:
        """A piece of a ring, between two angles in degrees from three o'clock, counted upwards."""
        ytter = båge(mitt, radie, *vinklar)
        inner = båge(mitt, radie - bredd, *vinklar)[::-1]
        d = f"M {_kurva(ytter)} L {_kurva(inner)} z"
        self._delar.append(_form(d, fyllning=färg, kontur=FÖRVAL.yta, tjocklek=1.4))

    def ord(self, ord_: Etikett, x: float, y: float, färg: str = FÖRVAL.text, håll: Håll = "left") -> Låda:
        """Words with the top of their first line at `y`. Returns their place."""
        baslinje = (ord_.radhöjd - ord_.grad) / 2 + ord_.grad * 0.78
        rader = [
            self._rad(rad, ord_, x, y + nr * ord_.radhöjd + baslinje, färg, håll)
            for nr, rad in enumerate(ord_.rader)
            if rad
        ]
        if rader:
            self._delar += [f'<g data-ord="{escape(rad_html(ord_.prosa))}">', *rader, "</g>"]
        vänster = x - ord_.bredd * {"left": 0, "center": 0.5, "right": 1}[håll]
        return Låda(vänster, y, ord_.bredd, ord_.höjd)

    def svg(self, höjd: float, färger: Färger) -> str:
        """All of it, as an SVG element as high as this, in the colours of a document."""
        bredd = self.format.bredd
        mått = f'width="{_tal(bredd)}pt" height="{_tal(höjd)}pt" viewBox="0 0 {_tal(bredd)} {_tal(höjd)}"'
        snitt = f'font-family="\'{TYPSNITT["sans"]}\', sans-serif" font-size="{_tal(self.format.grad)}"'
        kropp = "".join(del_ if isinstance(del_, str) else del_(höjd) for del_ in self._delar)
        return färga(f'<svg xmlns="http://www.w3.org/2000/svg" {mått} {snitt}>{kropp}</svg>', färger)

    def _rad(self, rad: str, ord_: Etikett, x: float, y: float, färg: str, håll: Håll) -> str:
        grad = f' font-size="{_tal(ord_.grad)}"' if ord_.grad != self.format.grad else ""
        halvfet = f' font-weight="{ord_.vikt}"' if ord_.vikt != 400 else ""
        ankare = {"left": "", "center": ' text-anchor="middle"', "right": ' text-anchor="end"'}[håll]
        plats = f'x="{_tal(x)}" y="{_tal(y)}"'
        return f'<text {plats}{grad}{halvfet}{ankare} style="fill:{färg.lower()}">{escape(rad, quote=False)}</text>'


def båge(mitt: tuple[float, float], radie: float, från: float, till: float) -> list[tuple[float, float]]:
    """The points of an arc that is less than a turn, between two angles in degrees: where it begins, and then for each
    of its curves the two that bend it and its end.
    """
    början, slut = math.radians(från), math.radians(till)
    antal = 2 ** math.ceil((slut - början) * 2 / math.pi)
    steg = (slut - början) / antal
    böj = math.sin(steg) * (math.sqrt(4 + 3 * math.tan(steg / 2) ** 2) - 1) / 3

    def punkt(vinkel: float, böj: float) -> tuple[float, float]:
        x, y = math.cos(vinkel), math.sin(vinkel)
        return mitt[0] + radie * (x - böj * y), mitt[1] - radie * (y + böj * x)

    punkter = [punkt(början, 0)]
    for nr in range(antal):
        v = början + nr * steg
        punkter += [punkt(v, böj), punkt(v + steg, -böj), punkt(v + steg, 0)]
    return punkter


def färga(svg: str, färger: Färger) -> str:
    """A picture that is drawn in the default colours, in those of a document, each by the part it plays."""
    nya = {getattr(FÖRVAL, f.name).lower(): (css_namn(f.name), getattr(färger, f.name).lower()) for f in fields(FÖRVAL)}
    nya[PÅ_MELLAN.lower()] = ("pa-mellan", TEXT.lower())
    return re.sub(r"#[0-9a-f]{6}\b", lambda m: "var(--{},{})".format(*nya[m[0]]) if m[0] in nya else m[0], svg)


def på_papper(svg: str) -> str:
    """The picture with its colours alone, for what knows no parts."""
    return re.sub(r"var\(--[a-z2-]+,(#[0-9a-f]{6})\)", r"\1", svg)


XMLNS = ' xmlns="http://www.w3.org/2000/svg"'


def _form(d: str, *, fyllning: str = "none", kontur: str = "", tjocklek: float = 0, streckad: bool = False) -> str:
    stil = f"fill:{fyllning.lower()}"
    if kontur:
        stil += f";stroke:{kontur.lower()}" + f";stroke-width:{_tal(tjocklek)}" * (tjocklek != 1)
        stil += f";stroke-dasharray:{_tal(3 * tjocklek)},{_tal(2 * tjocklek)}" * streckad
    return f'<path d="{d}" style="{stil}"/>'


def _punkt(punkt: tuple[float, float]) -> str:
    return f"{_tal(punkt[0])} {_tal(punkt[1])}"


def _kurva(punkter: Sequence[tuple[float, float]]) -> str:
    """A point, and curves from there."""
    första, *resten = map(_punkt, punkter)
    kurvor = (f" C {a} {b} {c}" for a, b, c in zip(*(resten[n::3] for n in range(3)), strict=True))
    return första + "".join(kurvor)


def _tal(tal: float) -> str:
    """Two decimals; rounded at six first, so that what a sum leaves after them turns nothing."""
    return f"{round(round(tal, 6), 2):g}"


def stapla(höjder: Iterable[float], önskade: Iterable[float], luft: float, överst: float = 0) -> list[float]:
    """Tops of boxes of these heights, each as near its wish as the others let it, in order and without touching.

    >>> stapla([10, 10, 10], [0, 5, 40], 2)
    [0, 12, 40]
    """
    ut: list[float] = []
    for höjd, önskad in zip(höjder, önskade, strict=True):
        ut.append(max(önskad, överst))
        överst = ut[-1] + höjd + luft
    return ut
