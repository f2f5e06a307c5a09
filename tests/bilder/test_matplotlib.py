"""The pictures are what matplotlib draws of the same shapes and words, and words as wide as it measures them."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

import pytest
from lxml import etree
from matplotlib import rc_context
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle, Wedge
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from bilder.test_bilder import bilder_i
from facit import INPUTS
from finsam.model.farg import FÖRVAL, Färger
from finsam.oppna import öppna
from finsam.report.bild.vidd import _FILER, _TYPSNITT, Vikt, _vidder
from finsam.report.bild.yta import KONTUR, Etikett, Låda, Yta, färga
from finsam.report.block import Diagramblock

SVG = "{http://www.w3.org/2000/svg}"


class Matplotlibs(Yta):
    """A surface that notes its shapes and words, and has matplotlib draw them too."""

    alla: list[tuple[str, str]]

    def __init__(self, *ord_: Any) -> None:
        super().__init__(*ord_)
        self._ritas: list[tuple[type[Artist], tuple[Any, ...], dict[str, Any]]] = []

    def ruta(self, låda: Låda, färg: str, kontur: str = "", tjocklek: float = KONTUR) -> None:
        super().ruta(låda, färg, kontur, tjocklek)
        kant = {"edgecolor": kontur, "linewidth": tjocklek} if kontur else {"linewidth": 0}
        nere = (låda.x, -låda.botten)
        self._ritas.append((Rectangle, (nere, låda.bredd, låda.höjd), {"facecolor": färg, **kant}))

    def linje(self, punkter: Sequence[tuple[float, float]], färg: str, tjocklek: float, streckad: bool = False) -> None:
        super().linje(punkter, färg, tjocklek, streckad)
        stil: dict[str, Any] = {"linestyle": (0, (3, 2))} if streckad else {}
        stil |= {"color": färg, "linewidth": tjocklek, "solid_capstyle": "butt"}
        self._ritas.append((Line2D, ([x for x, _ in punkter], [-y for _, y in punkter]), stil))

    def sektor(
        self, mitt: tuple[float, float], radie: float, bredd: float, vinklar: tuple[float, float], färg: str
    ) -> None:
        super().sektor(mitt, radie, bredd, vinklar, färg)
        stil = {"width": bredd, "facecolor": färg, "edgecolor": FÖRVAL.yta, "linewidth": 1.4}
        self._ritas.append((Wedge, ((mitt[0], -mitt[1]), radie, *vinklar), stil))

    def ord(self, ord_: Etikett, x: float, y: float, färg: str = FÖRVAL.text, håll: Any = "left") -> Låda:
        baslinje = (ord_.radhöjd - ord_.grad) / 2 + ord_.grad * 0.78
        for nr, rad in enumerate(ord_.rader):
            stil = {"color": färg, "ha": håll, "va": "baseline", "fontsize": ord_.grad, "fontweight": ord_.vikt}
            self._ritas.append((Text, (x, -(y + nr * ord_.radhöjd + baslinje), rad), stil))
        return super().ord(ord_, x, y, färg, håll)

    def svg(self, höjd: float, färger: Färger) -> str:
        figur = Figure(figsize=(self.format.bredd / 72, höjd / 72), dpi=72)
        figur.patch.set_visible(False)
        for nr, (slag, ord_, stil) in enumerate(self._ritas):
            del_ = slag(*ord_, **stil, zorder=nr, clip_on=False)
            del_.set_transform(Affine2D().translate(0, höjd))
            figur.add_artist(del_)
        ström = io.StringIO()
        with rc_context({"svg.fonttype": "none", "path.simplify": False, "text.parse_math": False}):
            figur.savefig(ström, format="svg", metadata={"Date": None})
        ritad = super().svg(höjd, FÖRVAL)
        Matplotlibs.alla.append((färga(ström.getvalue(), FÖRVAL), ritad))
        return super().svg(höjd, färger)


def delar(svg: str) -> list[tuple[str, ...]]:
    """The shapes and words of a picture, in order, with two decimals."""
    ut = []
    for e in etree.fromstring(svg[svg.index("<svg") :].encode()).iter(f"{SVG}path", f"{SVG}text"):
        stil = dict(re.findall(r"([\w-]+): ?(?:var\(--[\w-]+,)?([^;)]+)", e.get("style", "")))
        sätt = [stil.get(n) or e.get(n, "") for n in ("fill", "stroke", "stroke-width", "stroke-dasharray")]
        håll = (stil.get("text-anchor") or e.get("text-anchor") or "start") if e.tag == f"{SVG}text" else ""
        vikt = stil.get("font-weight") or e.get("font-weight", "") if håll else ""
        tal = " ".join(e.get(n, "") for n in ("d", "x", "y")).split()
        avrundade = [f"{round(float(t), 2):g}" if re.search(r"\d", t) else t for t in tal]
        ut.append((" ".join(avrundade), *map(avrunda, sätt), håll, vikt, "".join(map(str, e.itertext()))))
    return ut


def avrunda(text: str) -> str:
    return re.sub(r"\d+\.\d+", lambda m: f"{round(float(m[0]), 2):g}", text) if not text.startswith("#") else text


@pytest.mark.langsam
@pytest.mark.parametrize("vilket", [("exempelforbundet", 2025, "arsredovisning"), ("sofint", 2026, "verksamhetsplan")])
def test_the_pictures_are_as_matplotlib_draws_them(
    vilket: tuple[str, int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Matplotlibs.alla = []
    for namn in ("hjul", "liggande", "organisation", "parvis", "staplade"):
        monkeypatch.setattr(f"finsam.report.bild.{namn}.Yta", Matplotlibs)
    bok = öppna(*vilket, inputs=INPUTS)
    for namn in ("kapitaldiagram", "kostnadsdiagram", "budgetdiagram", "organisationsschema", "årshjul", "behov"):
        for bild in bilder_i(getattr(bok, namn)) if hasattr(bok, namn) else ():
            assert isinstance(bild, Diagramblock)
            assert bild.svg and bild.smal
    assert len(Matplotlibs.alla) >= 6
    for matplotlibs, våra in Matplotlibs.alla:
        assert delar(våra) == [d for d in delar(matplotlibs) if d[0].strip()]


@pytest.mark.parametrize("vikt", [400, 600])
def test_words_are_as_wide_as_they_are_set(vikt: Vikt) -> None:
    snitt = FT2Font(str(_TYPSNITT / _FILER[vikt]))
    snitt.set_size(1000, 72)
    koder = list(_vidder(vikt))[1::7]
    assert len(koder) > 200
    mätt = {k: snitt.load_char(k, flags=LoadFlags.NO_HINTING).linearHoriAdvance / 65536 / 1000 for k in koder}
    assert mätt == {k: _vidder(vikt)[k] for k in koder}
