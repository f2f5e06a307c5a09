"""Drawing from facts: a picture's shape, its words and how it is written. Same figures, same bytes: no clock, no
random ids.

A drawn text may refer to facts as any text does; the picture carries the references, so that it can be read back.
"""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cache, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from finsam.model.belopp import NOLL, TKR, svenskt_tal
from finsam.model.fakta import Faktabas
from finsam.model.farg import FÖRVAL
from finsam.model.ord import hänvisning, årsord
from finsam.model.rakenskapsar import Räkenskapsår
from finsam.model.tabell import Cell, Kolumn, Rad, Tabell
from finsam.report.bild.minne import bildminne
from finsam.report.block import Tabellblock
from finsam.report.roller import TYPSNITT
from finsam.report.text import Texttyda, ord_i, rad_html

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure
    from matplotlib.text import Text

P = ParamSpec("P")
R = TypeVar("R")

_TYPSNITT = Path(__file__).parents[1] / "typsnitt"
KONTUR: dict[str, Any] = {"edgecolor": FÖRVAL.kant, "linewidth": 0.6}
"""Around every bar: the lightest is else hard to tell from the paper."""
TEXT = FÖRVAL.text
OKÄNT_TECKEN = "\ufffd"
HÖGST_ORD = 120
"""Letters of a label."""

_BREDD = 6.6
_GLYF = re.compile(r'(SourceSans3-\w+)-([0-9a-f]+)(?=")')
_ID_ORD = re.compile(r"<g id=([\"'])ord:")


def i_egen_stil(rita: Callable[P, R]) -> Callable[P, R]:
    """Let a function draw in the report's style and leave matplotlib's settings as they were.

    A picture of a year (its two arguments) may have been drawn before, where that is remembered.
    """

    @wraps(rita)
    def ritad(*ord_: P.args, **val: P.kwargs) -> R:
        minne = bildminne()
        if minne is None or len(ord_) != 2:
            return med_stil(*ord_, **val)
        vad, tyda = ord_
        return minne.bild(med_stil, vad, tyda)  # type: ignore[arg-type, return-value]

    @wraps(rita)
    def med_stil(*ord_: P.args, **val: P.kwargs) -> R:
        import matplotlib as mpl

        with mpl.rc_context():
            mpl.rcdefaults()  # the user may have a matplotlibrc
            return rita(*ord_, **val)

    return ritad


def figur_och_axel(höjd: float) -> tuple[Figure, Axes]:
    """An empty picture of the report's width, in the report's type."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    _lägg_till_typsnitten()
    mpl.rcParams.update(
        {
            "font.family": TYPSNITT["sans"],
            "font.size": 10,
            "text.parse_math": False,  # a label is words: $x$ is not a formula
            "svg.hashsalt": "finsam",
            "axes.edgecolor": FÖRVAL.kant,
        }
    )
    figur = Figure(figsize=(_BREDD, höjd), layout="constrained")
    ax = figur.add_subplot()
    ax.spines[["top", "right"]].set_visible(False)
    ax.tick_params(colors=TEXT, length=0)
    return figur, ax


@cache
def _lägg_till_typsnitten() -> None:
    from matplotlib import font_manager

    for fil in sorted(_TYPSNITT.glob("SourceSans3-*.ttf")):
        font_manager.fontManager.addfont(fil)


@i_egen_stil
def rita_prov() -> None:
    """Draw what nobody sees: all that the first picture of a process waits for is then loaded."""
    figur, ax = figur_och_axel(1)
    ax.bar([0, 1], [1, 2], label="a")
    ax.legend()
    svensk_axel(ax)
    figur.savefig(io.StringIO(), format="svg")


def rita_svg(figur: Figure, tyda: Texttyda) -> str:
    """The figure as an SVG element alone, without dates and document type.

    A text that refers to something has its references in `data-ord`, and each drawn glyph is named by its character.
    """
    from matplotlib.text import Text

    for text in figur.findobj(Text):
        if isinstance(text, Text) and "{" in text.get_text():
            _skriv(text, text.get_text(), tyda)
    ström = io.StringIO()
    figur.savefig(ström, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    svg = ström.getvalue()
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg[svg.index("<svg") :], flags=re.DOTALL)
    svg = _GLYF.sub(_tecken_id, _ID_ORD.sub(r"<g data-ord=\1", svg))
    return re.sub(r"[ \t]+$", "", svg, flags=re.MULTILINE)


def _skriv(text: Text, källa: str, tyda: Texttyda) -> None:
    """Set a drawn text to what its references stand for, and let it carry them."""
    ord_ = ord_i(källa, tyda)
    text.set_text(ord_.klartext)
    text.set_gid(f"ord:{rad_html(ord_)}")


def _tecken_id(glyf: re.Match[str]) -> str:
    """The name of a glyph: `SourceSans3-Regular-31`, by the character's code."""
    return f"{glyf[1]}-{ord(_tecken(glyf[1]).get(int(glyf[2], 16), OKÄNT_TECKEN)):x}"


@cache
def _tecken(typsnitt: str) -> dict[int, str]:
    """The characters of a font by their glyphs."""
    from matplotlib.ft2font import FT2Font

    tabell = FT2Font(str(_TYPSNITT / f"{typsnitt}.ttf")).get_charmap()
    return {int(glyf): chr(kod) for kod, glyf in sorted(tabell.items(), reverse=True)}


def bildord(text: str, bredd: int) -> str:
    """Words in a picture: in short lines, and not without end (the table beside has them whole)."""
    if len(text) > HÖGST_ORD:
        text = text[: HÖGST_ORD - 1]
        hel = text if text.count("{") == text.count("}") else text.rpartition("{")[0]
        text = f"{hel}…"
    return textwrap.fill(text, bredd)


def sätt_etiketter(axel: Axis, lägen: Sequence[float], etiketter: Sequence[str], tyda: Texttyda) -> None:
    """Name the places of an axis; the names may refer to facts and years."""
    axel.set_ticks(lägen, labels=[ord_i(text, tyda).klartext for text in etiketter])
    for text, källa in zip(axel.get_ticklabels(), etiketter, strict=True):
        if "{" in källa:
            _skriv(text, källa, tyda)


def tusental(fakta: Faktabas, nycklar: Sequence[str]) -> list[float]:
    """Facts in thousands, for drawing."""
    return [float((fakta[n].värde or NOLL) / TKR) for n in nycklar]


def tusentalsord(fakta: Faktabas, nycklar: Sequence[str], *tillägg: str) -> list[str]:
    """References that print facts in thousands, without their unit; nothing where there is no figure."""
    format_ = " ".join(("tkr bara_tal", *filter(None, tillägg)))
    return ["" if fakta[n].värde is None else hänvisning(n, format_) for n in nycklar]


def med_åren(perioder: Sequence[str], serier: Sequence[tuple[str, str, str]], år: Räkenskapsår, fakta: Faktabas) -> str:
    """Every figure of a picture in words, year by year, in thousands.

    `serier` is what each is called, its fact, and what is added to how it is printed.
    """
    meningar = []
    for p in perioder:
        par = [(namn, *tusentalsord(fakta, [f"{id_}/{p}"], tillägg)) for namn, id_, tillägg in serier]
        delar = [f"{namn} {tal}" for namn, tal in par if tal]
        meningar.append(f"{årsord(p, år.årtal)}: {', '.join(delar)}." if delar else "")
    return " ".join(filter(None, meningar))


def utan_minus(rubrik: str, i_tabellen: str) -> str:
    """The words under a picture whose costs are drawn without minus, which is said where the table has them with it."""
    return f"{rubrik}. Kostnader är ritade utan minus." if i_tabellen == "minus" else rubrik


def svensk_axel(ax: Axes) -> None:
    """An upright axis in thousands of kronor with Swedish numbers."""
    svensk_skala(ax.yaxis)
    ax.set_ylabel("tusen kronor", color=TEXT)
    ax.grid(axis="y", color=FÖRVAL.linje)
    ax.set_axisbelow(True)


def svensk_skala(axel: Axis) -> None:
    """Whole numbers on an axis, written as in the tables."""
    from matplotlib.ticker import MaxNLocator

    axel.set_major_locator(MaxNLocator(nbins="auto", steps=[1, 2, 2.5, 5, 10], integer=True, min_n_ticks=1))
    axel.set_major_formatter(lambda tal, _: svenskt_tal(Decimal(str(tal))))


def tabell_över_år(
    id_: str, rubrik: str, perioder_: Sequence[str], rader: Sequence[tuple[str, str, str]], tyda: Texttyda
) -> Tabellblock:
    """The figures of a picture as a table by year."""
    tabell = Tabell(
        id_,
        rubrik,
        "tkr",
        tuple(Kolumn(p, p, period=p) for p in perioder_),
        tuple(
            Rad(rad_id, etikett, tuple(Cell(f"{fakta_id}/{p}") for p in perioder_))
            for rad_id, etikett, fakta_id in rader
        ),
        första="Belopp i tusen kronor",
        rubrik_dold=True,
    )
    return Tabellblock(tabell, tyda)
