"""A surface to draw on, in points from its upper left corner, and what is drawn on it as SVG whose text is text.

Words are measured in the report's own type, so a picture is laid out before it is drawn and nothing is moved
afterwards. Matplotlib draws; what it writes is pared down to shapes and words. A drawn text may refer to facts as any
text does; the picture carries the references, so that it can be read back. Same figures, same bytes: no clock, no
random ids.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from functools import cache, wraps
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
    from matplotlib.artist import Artist
    from matplotlib.font_manager import FontEntry
    from matplotlib.ft2font import FT2Font

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

        with mpl.rc_context(), _våra_typsnitt():
            mpl.rcdefaults()  # the user may have a matplotlibrc
            mpl.rcParams.update(
                {
                    "font.family": TYPSNITT["sans"],
                    "text.parse_math": False,  # a label is words: $x$ is not a formula
                    "svg.hashsalt": "finsam",
                    "svg.fonttype": "none",
                    "path.simplify": False,
                }
            )
            return rita(*ord_, **val)

    return ritad


@contextmanager
def _våra_typsnitt() -> Iterator[None]:
    """Let matplotlib know the report's fonts for as long as a picture is drawn; the user's list is hers."""
    from matplotlib import font_manager

    kända = font_manager.fontManager.ttflist
    våra = _typsnitten()
    kända.extend(våra)
    try:
        yield
    finally:
        kända[:] = [ett for ett in kända if not any(ett is vårt for vårt in våra)]


@cache
def _typsnitten() -> tuple[FontEntry, ...]:
    from matplotlib import font_manager

    kända = font_manager.fontManager.ttflist
    antal = len(kända)
    for fil in _FILER.values():
        font_manager.fontManager.addfont(_TYPSNITT / fil)
    våra = tuple(kända[antal:])
    del kända[antal:]
    return våra


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


@cache
def _vidd(tecken: str, vikt: Vikt) -> float:
    flaggor = _läsare().LoadFlags.NO_HINTING
    return float(_typsnitt(vikt).load_char(ord(tecken), flags=flaggor).linearHoriAdvance) / 65536 / 1000


def ordens_bredd(text: str, grad: float, vikt: Vikt = 400) -> float:
    """How wide words are when they are set."""
    return grad * sum(_vidd(tecken, vikt) for tecken in text)


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
    """What is to be drawn, in order; the last is on top."""

    def __init__(self, format_: Format) -> None:
        self.format = format_
        self._skapa: list[Callable[[float], list[Artist]]] = []
        self._ord: list[Etikett] = []

    def ruta(self, låda: Låda, färg: str, kontur: str = "", tjocklek: float = KONTUR) -> None:
        """A filled rectangle, with an edge when it has a colour for it."""

        def skapa(höjd: float) -> list[Artist]:
            from matplotlib.patches import Rectangle
            from matplotlib.transforms import IdentityTransform

            kant: dict[str, Any] = {"edgecolor": kontur, "linewidth": tjocklek} if kontur else {"linewidth": 0}
            nere = höjd - låda.botten
            ruta = Rectangle((låda.x, nere), låda.bredd, låda.höjd, facecolor=färg, **kant)
            ruta.set_transform(IdentityTransform())
            return [ruta]

        self._skapa.append(skapa)

    def linje(self, punkter: Sequence[tuple[float, float]], färg: str, tjocklek: float, streckad: bool = False) -> None:
        """A line through some points."""

        def skapa(höjd: float) -> list[Artist]:
            from matplotlib.lines import Line2D
            from matplotlib.transforms import IdentityTransform

            stil: dict[str, Any] = {"linestyle": (0, (3, 2))} if streckad else {}
            xs, ys = [x for x, _ in punkter], [höjd - y for _, y in punkter]
            linje = Line2D(xs, ys, color=färg, linewidth=tjocklek, solid_capstyle="butt", **stil)
            linje.set_transform(IdentityTransform())
            return [linje]

        self._skapa.append(skapa)

    def gräns(self, punkter: Sequence[tuple[float, float]], tjocklek: float = 1.4) -> None:
        """A limit: a line in its own colour, with an edge of the paper's on both sides."""
        self.linje(punkter, FÖRVAL.yta, tjocklek + 2 * KONTUR)
        self.linje(punkter, FÖRVAL.gräns, tjocklek)

    def sektor(
        self, mitt: tuple[float, float], radie: float, bredd: float, vinklar: tuple[float, float], färg: str
    ) -> None:
        """A piece of a ring, between two angles in degrees from three o'clock, counted upwards."""

        def skapa(höjd: float) -> list[Artist]:
            from matplotlib.patches import Wedge
            from matplotlib.transforms import IdentityTransform

            bit = Wedge(
                (mitt[0], höjd - mitt[1]),
                radie,
                *vinklar,
                width=bredd,
                facecolor=färg,
                edgecolor=FÖRVAL.yta,
                linewidth=1.4,
            )
            bit.set_transform(IdentityTransform())
            return [bit]

        self._skapa.append(skapa)

    def ord(self, ord_: Etikett, x: float, y: float, färg: str = FÖRVAL.text, håll: Håll = "left") -> Låda:
        """Words with the top of their first line at `y`. Returns their place."""
        nummer = len(self._ord)
        self._ord.append(ord_)

        def skapa(höjd: float) -> list[Artist]:
            from matplotlib.text import Text
            from matplotlib.transforms import IdentityTransform

            baslinje = (ord_.radhöjd - ord_.grad) / 2 + ord_.grad * 0.78
            ut: list[Artist] = []
            for nr, rad in enumerate(ord_.rader):
                text = Text(
                    x,
                    höjd - (y + nr * ord_.radhöjd + baslinje),
                    rad,
                    color=färg,
                    fontsize=ord_.grad,
                    fontweight=ord_.vikt,
                    ha=håll,
                    va="baseline",
                )
                text.set_transform(IdentityTransform())
                text.set_gid(f"ord:{nummer}")
                ut.append(text)
            return ut

        self._skapa.append(skapa)
        vänster = x - ord_.bredd * {"left": 0, "center": 0.5, "right": 1}[håll]
        return Låda(vänster, y, ord_.bredd, ord_.höjd)

    def svg(self, höjd: float, färger: Färger) -> str:
        """All of it, as an SVG element as high as this, in the colours of a document."""
        from matplotlib.figure import Figure

        figur = Figure(figsize=(self.format.bredd / 72, höjd / 72), dpi=72)
        figur.patch.set_visible(False)
        for nr, del_ in enumerate(konstnär for skapa in self._skapa for konstnär in skapa(höjd)):
            del_.set_zorder(nr)
            del_.set_clip_on(False)
            figur.add_artist(del_)
        ström = io.StringIO()
        figur.savefig(ström, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
        return färga(_putsa(ström.getvalue(), self.format, höjd, self._ord), färger)


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
    öppen = ""
    for element in rot.iter(f"{_SVG}path", f"{_SVG}text"):
        if any(a.tag == f"{_SVG}defs" for a in element.iterancestors()):
            continue
        grupp = next((i for a in element.iterancestors() if (i := a.get("id", "")).startswith("ord:")), "")
        if grupp != öppen:
            delar.append("</g>" if öppen else "")
            delar.append(_grupp(ord_[int(grupp[4:])].prosa) if grupp else "")
            öppen = grupp
        delar.append(_text(element, ord_[int(grupp[4:])], format_) if grupp else _form(element))
    delar += ["</g>"] * bool(öppen)
    mått = f'width="{_tal(format_.bredd)}pt" height="{_tal(höjd)}pt" viewBox="0 0 {_tal(format_.bredd)} {_tal(höjd)}"'
    snitt = f'font-family="\'{TYPSNITT["sans"]}\', sans-serif" font-size="{_tal(format_.grad)}"'
    kropp = "".join(delar).replace("<g></g>", "")
    return f'<svg xmlns="http://www.w3.org/2000/svg" {mått} {snitt}>{kropp}</svg>'


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
