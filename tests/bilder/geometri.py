"""What a picture is made of, read from its SVG alone: words with their places, lines, and filled rectangles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from lxml import etree

from finsam.report.bild.yta import ordens_bredd

SVG = "{http://www.w3.org/2000/svg}"
STIGER, SJUNKER = 0.68, 0.2
"""How far letters reach over and under their line, by their size; figures do not go under it."""


@dataclass(frozen=True)
class Ruta:
    x0: float
    y0: float
    x1: float
    y1: float

    def skär(self, andra: Ruta, luft: float = 0.0) -> bool:
        i_sidled = self.x0 < andra.x1 + luft and andra.x0 < self.x1 + luft
        return i_sidled and self.y0 < andra.y1 + luft and andra.y0 < self.y1 + luft

    def inom(self, andra: Ruta) -> bool:
        return andra.x0 <= self.x0 and self.x1 <= andra.x1 and andra.y0 <= self.y0 and self.y1 <= andra.y1


@dataclass(frozen=True)
class Ord:
    text: str
    ruta: Ruta
    grad: float


@dataclass(frozen=True)
class Bild:
    bredd: float
    höjd: float
    ord: tuple[Ord, ...]
    linjer: tuple[Ruta, ...]
    """Upright and level lines, and the places that slanting ones pass, bit by bit."""
    ytor: tuple[tuple[Ruta, str], ...]


def read_bild(svg: str) -> Bild:
    rot = etree.fromstring(svg.encode())
    _, _, bredd, höjd = map(float, rot.get("viewBox", "").split())
    grad = float(rot.get("font-size", "0"))
    ord_ = tuple(_ord(e, grad) for e in rot.iter(f"{SVG}text"))
    linjer: list[Ruta] = []
    ytor: list[tuple[Ruta, str]] = []
    for bana in rot.iter(f"{SVG}path"):
        stil = dict(del_.split(":") for del_ in bana.get("style", "").split(";"))
        punkter = _punkter(bana.get("d", ""))
        if stil.get("fill") == "none":
            linjer += _linjer(punkter, float(stil.get("stroke-width", "1")))
        elif "C" not in bana.get("d", ""):
            xs, ys = zip(*punkter, strict=True)
            ytor.append((Ruta(min(xs), min(ys), max(xs), max(ys)), stil["fill"]))
    return Bild(bredd, höjd, ord_, tuple(linjer), tuple(ytor))


def _ord(element: etree._Element, ärvd: float) -> Ord:
    text = "".join(map(str, element.itertext()))
    x, y = float(element.get("x", "0")), float(element.get("y", "0"))
    grad = float(element.get("font-size", ärvd))
    bredd = ordens_bredd(text, grad, 600 if element.get("font-weight") == "600" else 400)
    x -= bredd * {"start": 0, "middle": 0.5, "end": 1}[element.get("text-anchor", "start")]
    under = SJUNKER if re.search("[gjpqyçQ,;()]", text) else 0.02
    return Ord(text, Ruta(x, y - STIGER * grad, x + bredd, y + under * grad), grad)


def _punkter(d: str) -> list[tuple[float, float]]:
    tal = [float(t) for t in re.findall(r"-?[\d.]+(?:e-?\d+)?", d)]
    return list(zip(tal[::2], tal[1::2], strict=True))


def _linjer(punkter: list[tuple[float, float]], tjocklek: float) -> Iterator[Ruta]:
    for (xa, ya), (xb, yb) in pairwise(punkter):
        delar = 1 if xa == xb or ya == yb else 40
        for nr in range(delar):
            xs = [xa + (xb - xa) * (nr + k) / delar for k in (0, 1)]
            ys = [ya + (yb - ya) * (nr + k) / delar for k in (0, 1)]
            h = tjocklek / 2
            yield Ruta(min(xs) - h, min(ys) - h, max(xs) + h, max(ys) + h)


def fel_i(svg: str) -> list[str]:
    """What is set upon something else or outside: words on words, words that a line or an edge goes through."""
    bild = read_bild(svg)
    papper = Ruta(-0.01, -0.01, bild.bredd + 0.01, bild.höjd + 0.01)
    fel = [f"{o.text}: utanför" for o in bild.ord if not o.ruta.inom(papper)]
    fel += [f"{a.text} på {b.text}" for a, b in combinations(bild.ord, 2) if a.ruta.skär(b.ruta)]
    fel += [f"{o.text}: under en linje" for o in bild.ord if any(o.ruta.skär(linje) for linje in bild.linjer)]
    for o in bild.ord:
        fel += [f"{o.text}: på en kant" for y, _ in bild.ytor if o.ruta.skär(y) and not o.ruta.inom(y)]
    return fel
