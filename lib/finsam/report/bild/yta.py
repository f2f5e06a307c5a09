"""A surface to draw on, in points from its upper left corner, and what is drawn on it as SVG whose text is text.

Words are measured in the report's own type, so a picture is laid out before it is drawn and nothing is moved
afterwards. Matplotlib draws, with its SVG renderer and without figures, which lay out what already is; what it writes
is pared down to shapes and words. A drawn text may refer to facts as any text does; the picture carries the references,
so that it can be read back. Same figures, same bytes: no clock, no random ids.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cache, lru_cache, wraps
from html import escape
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Literal, ParamSpec, TypeVar

from lxml import etree

from finsam.model.farg import FÖRVAL, TEXT, Färger
from finsam.report.bild.minne import bildminne
from finsam.report.roller import TYPSNITT, css_namn
from finsam.report.tecken import tryckbar
from finsam.report.text import Prosa, Texttyda, ord_i, rad_html

if TYPE_CHECKING:
    from matplotlib.backends.backend_svg import RendererSVG
    from matplotlib.ft2font import FT2Font
    from matplotlib.path import Path as Bana
    from matplotlib.text import Text
    from matplotlib.transforms import Transform

P = ParamSpec("P")
R = TypeVar("R")
Håll = Literal["left", "center", "right"]
Vikt = Literal[400, 600]

_TYPSNITT = Path(__file__).parents[1] / "typsnitt"
_FILER: dict[Vikt, str] = {400: "SourceSans3-Regular.ttf", 600: "SourceSans3-Semibold.ttf"}
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


def i_egen_stil(rita: Callable[P, R]) -> Callable[P, R]:
    """Let a function draw in the report's style and leave matplotlib's settings as they were.

    A picture of a year in a format (its arguments) may have been drawn before, where that is remembered.
    """

    @wraps(rita)
    def ritad(*ord_: P.args, **val: P.kwargs) -> R:
        minne = bildminne()
        if minne is None or len(ord_) != 3 or not isinstance(ord_[1], Texttyda):
            return med_stil(*ord_, **val)
        vad, tyda, format_ = ord_
        return minne.bild(med_stil, vad, tyda, format_)  # type: ignore[arg-type, return-value]

    @wraps(rita)
    def med_stil(*ord_: P.args, **val: P.kwargs) -> R:
        import matplotlib as mpl

        with mpl.rc_context(_förval()):
            return rita(*ord_, **val)

    return ritad


@cache
def _förval() -> dict[Any, Any]:
    """All of matplotlib's settings: the user may have a matplotlibrc."""
    import matplotlib as mpl

    förval: dict[Any, Any] = {namn: värde for namn, värde in mpl.rcParamsDefault.items() if namn != "backend"}
    return förval | {"svg.fonttype": "none", "path.simplify": False}


@cache
def _läsare() -> ModuleType:
    """What reads type. Where it is the first that is loaded of matplotlib, nothing is said of the user's settings."""
    logg = logging.getLogger("matplotlib")
    före = logg.level
    logg.setLevel(logging.CRITICAL)
    try:
        from matplotlib import ft2font
    finally:
        logg.setLevel(före)
    return ft2font


@cache
def _typsnitt(vikt: Vikt) -> FT2Font:
    # not by its name: that keeps the file open, and forks of this process would read it by one place in common
    snitt: FT2Font = _läsare().FT2Font(io.BytesIO((_TYPSNITT / _FILER[vikt]).read_bytes()))
    snitt.set_size(1000, 72)
    return snitt


_UTAN_FORM = 1.0
"""How wide a letter is taken to be that the report's own font lacks, in times the size of the type."""


@cache
def _vidd(tecken: str, vikt: Vikt) -> float:
    snitt, flaggor = _typsnitt(vikt), _läsare().LoadFlags.NO_HINTING
    if not snitt.get_char_index(ord(tecken)):
        return _UTAN_FORM  # another font has it
    return float(snitt.load_char(ord(tecken), flags=flaggor).linearHoriAdvance) / 65536 / 1000


def ordens_bredd(text: str, grad: float, vikt: Vikt = 400) -> float:
    """How wide words are when they are set."""
    return grad * _vidden(text, vikt)


@lru_cache(maxsize=1 << 12)
def _vidden(text: str, vikt: Vikt) -> float:
    return sum(_vidd(tecken, vikt) for tecken in text)


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


@dataclass(frozen=True, slots=True)
class _Form:
    """A shape to be drawn: filled when it has a colour for it, and with a line around when it has one for that."""

    bana: Bana
    färg: str
    kontur: str
    tjocklek: float
    streckad: bool = False


@dataclass(frozen=True, slots=True)
class _Satt:
    """Words to be drawn, with the top of their first line at `y`."""

    ord: Etikett
    x: float
    y: float
    färg: str
    håll: Håll

    def rader(self) -> Iterator[tuple[float, str]]:
        """The lines that have words, with what they stand on."""
        baslinje = (self.ord.radhöjd - self.ord.grad) / 2 + self.ord.grad * 0.78
        for nr, rad in enumerate(self.ord.rader):
            if rad:
                yield self.y + nr * self.ord.radhöjd + baslinje, rad


class Yta:
    """What is to be drawn, in order; the last is on top."""

    def __init__(self, format_: Format) -> None:
        self.format = format_
        self._delar: list[_Form | _Satt] = []

    def ruta(self, låda: Låda, färg: str, kontur: str = "", tjocklek: float = KONTUR) -> None:
        """A filled rectangle, with an edge when it has a colour for it."""
        from matplotlib.path import Path as Bana

        nere, uppe = ((låda.x, låda.botten), (låda.höger, låda.botten)), ((låda.höger, låda.y), (låda.x, låda.y))
        self._delar.append(_Form(Bana([*nere, *uppe, nere[0]], closed=True), färg, kontur, tjocklek))

    def linje(self, punkter: Sequence[tuple[float, float]], färg: str, tjocklek: float, streckad: bool = False) -> None:
        """A line through some points."""
        from matplotlib.path import Path as Bana

        self._delar.append(_Form(Bana(punkter), "", färg, tjocklek, streckad))

    def gräns(self, punkter: Sequence[tuple[float, float]], tjocklek: float = 1.4) -> None:
        """A limit: a line in its own colour, with an edge of the paper's on both sides."""
        self.linje(punkter, FÖRVAL.yta, tjocklek + 2 * KONTUR)
        self.linje(punkter, FÖRVAL.gräns, tjocklek)

    def sektor(
        self, mitt: tuple[float, float], radie: float, bredd: float, vinklar: tuple[float, float], färg: str
    ) -> None:
        """A piece of a ring, between two angles in degrees from three o'clock, counted upwards."""
        from matplotlib.patches import Wedge
        from matplotlib.transforms import Affine2D

        bit = Wedge((0, 0), radie, *vinklar, width=bredd).get_path()
        på_plats = bit.transformed(Affine2D().scale(1, -1).translate(*mitt))
        self._delar.append(_Form(på_plats, färg, FÖRVAL.yta, 1.4))

    def ord(self, ord_: Etikett, x: float, y: float, färg: str = FÖRVAL.text, håll: Håll = "left") -> Låda:
        """Words with the top of their first line at `y`. Returns their place."""
        self._delar.append(_Satt(ord_, x, y, färg, håll))
        vänster = x - ord_.bredd * {"left": 0, "center": 0.5, "right": 1}[håll]
        return Låda(vänster, y, ord_.bredd, ord_.höjd)

    def svg(self, höjd: float, färger: Färger) -> str:
        """All of it, as an SVG element as high as this, in the colours of a document."""
        from matplotlib.backends.backend_svg import RendererSVG
        from matplotlib.text import Text
        from matplotlib.transforms import Affine2D

        ström = io.StringIO()
        utan = {"Date": None, "Creator": None, "Format": None, "Type": None}
        ritare = RendererSVG(self.format.bredd, höjd, ström, metadata=utan)
        uppåt = Affine2D().scale(1, -1).translate(0, höjd)
        plats = Text(transform=uppåt)
        for del_ in self._delar:
            if isinstance(del_, _Form):
                _rita(del_, ritare, uppåt)
            else:
                _skriv(del_, ritare, plats)
        ritare.finalize()
        ord_ = [del_.ord for del_ in self._delar if isinstance(del_, _Satt)]
        return färga(_putsa(ström.getvalue(), self.format, höjd, ord_), färger)


def _rita(form: _Form, ritare: RendererSVG, uppåt: Transform) -> None:
    from matplotlib.colors import to_rgba

    penna = ritare.new_gc()
    penna.set_linewidth(form.tjocklek if form.kontur else 0)
    if form.kontur:
        penna.set_foreground(form.kontur)
    if form.streckad:
        penna.set_dashes(0, [3 * form.tjocklek, 2 * form.tjocklek])
    ritare.draw_path(penna, form.bana, uppåt, to_rgba(form.färg) if form.färg else None)


def _skriv(satt: _Satt, ritare: RendererSVG, plats: Text) -> None:
    """Draw words; `plats` tells where a line stands."""
    from matplotlib.font_manager import FontProperties

    penna = ritare.new_gc()
    penna.set_foreground(satt.färg)
    plats.set_horizontalalignment(satt.håll)
    snitt = FontProperties(size=satt.ord.grad, weight=satt.ord.vikt)
    ritare.open_group("ord")
    for nere, rad in satt.rader():
        plats.set_position((satt.x, nere))
        ritare.draw_text(penna, satt.x, nere, rad, snitt, 0, mtext=plats)
    ritare.close_group("ord")


def färga(svg: str, färger: Färger) -> str:
    """A picture that is drawn in the default colours, in those of a document, each by the part it plays."""
    nya = {getattr(FÖRVAL, f.name).lower(): (css_namn(f.name), getattr(färger, f.name).lower()) for f in fields(FÖRVAL)}
    nya[PÅ_MELLAN.lower()] = ("pa-mellan", TEXT.lower())
    return re.sub(r"#[0-9a-f]{6}\b", lambda m: "var(--{},{})".format(*nya[m[0]]) if m[0] in nya else m[0], svg)


def på_papper(svg: str) -> str:
    """The picture with its colours alone, for what knows no parts."""
    return re.sub(r"var\(--[a-z2-]+,(#[0-9a-f]{6})\)", r"\1", svg)


XMLNS = ' xmlns="http://www.w3.org/2000/svg"'
_SVG = "{http://www.w3.org/2000/svg}"
_TALEN = re.compile(r"-?\d+\.\d+")
_STILAR = ("fill", "stroke", "stroke-width", "stroke-dasharray")


def _putsa(svg: str, format_: Format, höjd: float, ord_: Sequence[Etikett]) -> str:
    """Shapes and words alone, without ids: pictures stand side by side in a page. Words that refer to something, and
    those in several lines, have what they say in `data-ord`.
    """
    rot = etree.fromstring(svg[svg.index("<svg") :].encode())
    delar: list[str] = []
    kvar = iter(ord_)
    for element in rot.iterchildren(f"{_SVG}path", f"{_SVG}g"):
        if element.tag == f"{_SVG}path":
            delar.append(_form(element))
        else:
            ett = next(kvar)
            rader = "".join(_text(rad, ett, format_) for rad in element)
            delar.append(f"{_grupp(ett.prosa)}{rader}</g>" if rader else "")
    mått = f'width="{_tal(format_.bredd)}pt" height="{_tal(höjd)}pt" viewBox="0 0 {_tal(format_.bredd)} {_tal(höjd)}"'
    snitt = f'font-family="\'{TYPSNITT["sans"]}\', sans-serif" font-size="{_tal(format_.grad)}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {mått} {snitt}>{"".join(delar)}</svg>'


def _grupp(prosa: Prosa) -> str:
    return f'<g data-ord="{escape(rad_html(prosa))}">'


def _tal(tal: float) -> str:
    return f"{round(tal, 2):g}"


def _kort_tal(text: str) -> str:
    return _TALEN.sub(lambda m: _tal(float(m[0])), text)


def _stil(element: etree._Element) -> dict[str, str]:
    par = (del_.partition(":") for del_ in element.get("style", "").split(";"))
    return {namn.strip(): värde.strip() for namn, _, värde in par}


def _form(element: etree._Element) -> str:
    stil = _stil(element)
    satt = ";".join(f"{namn}:{_kort_tal(stil[namn])}" for namn in _STILAR if stil.get(namn, "") != "")
    d = _kort_tal(" ".join(element.get("d", "").split()))
    return f'<path d="{d}" style="{satt}"/>'


def _text(element: etree._Element, ord_: Etikett, format_: Format) -> str:
    stil = _stil(element)
    halvfet = f' font-weight="{ord_.vikt}"' if ord_.vikt != 400 else ""
    ankare = f' text-anchor="{a}"' if (a := stil.get("text-anchor", "start")) != "start" else ""
    x, y = (_tal(float(element.get(led, "0"))) for led in "xy")
    färg = stil.get("fill", FÖRVAL.text)
    grad = f' font-size="{_tal(ord_.grad)}"' if ord_.grad != format_.grad else ""
    text = escape("".join(map(str, element.itertext())), quote=False)
    return f'<text x="{x}" y="{y}"{grad}{halvfet}{ankare} style="fill:{färg}">{text}</text>'


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
