"""The form of a finished PDF in figures: how full its pages are, how long its lines, how often a word is parted."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pikepdf
from lxml import etree

from finsam.prove.pdf import read_pdf
from finsam.prove.sida import Stycke

MM = 72 / 25.4
TOPP, BOTTEN, VÄNSTER, TEXT = 30, 25, 22, 120
"""Margins and width of the text in mm (docs/beslut.md)."""
DPI = 25
FYLLD = 0.6
_STUBBE = 6
_ÖVER = 1.0
"""Points that two words may share: the slack of what measures them."""
_XHTML = "{http://www.w3.org/1999/xhtml}"
_BRÖD = (12.6, 14.2)
"""How high a line of 10.5 pt is, as poppler has it."""


@dataclass(frozen=True)
class Rad:
    """A line of body text: its words, where it ends, and what stands on the line after it in the paragraph."""

    text: str
    bredd: float
    nästa: str = ""


@dataclass(frozen=True)
class Mått:
    """What is measured in a document."""

    sidor: int
    fyllnad: tuple[float, ...]
    radlängd: float
    rader: int
    avstavade: int
    stumpar: int
    minsta_grad: float
    utan_bildtext: int
    döda: int
    övertryck: tuple[str, ...]
    bilagor: tuple[str, ...]
    kB: float

    @property
    def glesa(self) -> list[int]:
        """Pages less than 60 % full, but the cover, and that of the contents and of what is said of the report."""
        return [nr for nr, del_ in enumerate(self.fyllnad, 1) if nr > 2 and del_ < FYLLD]

    @property
    def avstavat(self) -> float:
        """Parted words in a thousand lines."""
        return 1000 * self.avstavade / self.rader if self.rader else 0

    def __str__(self) -> str:
        return (
            f"{self.sidor} sidor, glesa {self.glesa}, radlängd {self.radlängd:.0f}, avstavade {self.avstavat:.0f} av "
            f"1 000 ({self.avstavade} av {self.rader}), stumpar {self.stumpar}, minsta grad {self.minsta_grad:.1f} pt, "
            f"utan bildtext {self.utan_bildtext}, döda länkar {self.döda}, övertryck {len(self.övertryck)}, "
            f"{len(self.bilagor)} bilagor, {self.kB:.0f} kB"
        )


def mät(pdf: Path) -> Mått:
    """Measure a PDF."""
    rader = list(_brödrader(pdf))
    fulla = [len(rad.text) for rad in rader if rad.bredd > 0.93 * TEXT * MM]
    avstavade = [rad for rad in rader if rad.text.endswith(("-", "\u00ad"))]
    läst = read_pdf(pdf.read_bytes())
    with pikepdf.open(pdf) as dok:
        bilagor = tuple(dok.attachments)
    return Mått(
        läst.sidor,
        tuple(_fyllnad(pdf)),
        median(fulla) if fulla else 0,
        len(rader),
        len(avstavade),
        sum(0 < len(rad.nästa) <= _STUBBE for rad in avstavade),
        _minsta_grad(pdf),
        utan_bildtext(läst.stycken),
        sum(länk.till is None and not länk.adress for länk in läst.länkar),
        tuple(övertryck(pdf)),
        bilagor,
        pdf.stat().st_size / 1000,
    )


def _fyllnad(pdf: Path) -> Iterator[float]:
    """How far down each page is used, as a part of the area of text."""
    svar = subprocess.run(["pdftoppm", "-r", str(DPI), "-gray", str(pdf)], capture_output=True, check=True).stdout
    while svar:
        huvud = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", svar)
        assert huvud
        bredd, höjd = int(huvud[1]), int(huvud[2])
        bild, svar = svar[huvud.end() : huvud.end() + bredd * höjd], svar[huvud.end() + bredd * höjd :]
        topp, botten = TOPP * DPI / 25.4, höjd - BOTTEN * DPI / 25.4
        använda = [y for y in range(int(topp), int(botten)) if min(bild[y * bredd : (y + 1) * bredd]) < 200]
        yield (max(använda, default=topp) - topp) / (botten - topp)


def _sidor(pdf: Path) -> Iterator[etree._Element]:
    svar = subprocess.run(["pdftotext", "-bbox-layout", str(pdf), "-"], capture_output=True, check=True).stdout
    yield from etree.fromstring(svar, etree.XMLParser(recover=True)).iter(f"{_XHTML}page")


def övertryck(pdf: Path) -> Iterator[str]:
    """Words that are printed over each other."""
    for nr, sida in enumerate(_sidor(pdf), 1):
        ord_ = [
            (*(float(o.get(ett, "0")) for ett in ("xMin", "xMax", "yMin", "yMax")), o.text or "")
            for o in sida.iter(f"{_XHTML}word")
        ]
        for i, (x, x2, y, y2, text) in enumerate(ord_):
            for a, a2, b, b2, annat in ord_[i + 1 :]:
                höjd = min(y2, b2) - max(y, b)
                if min(x2, a2) - max(x, a) > _ÖVER and höjd > 0.6 * min(y2 - y, b2 - b):
                    yield f"sidan {nr}: {text} och {annat}"


def _brödrader(pdf: Path) -> Iterator[Rad]:
    for sida in _sidor(pdf):
        for block in sida.iter(f"{_XHTML}block"):
            rader = list(block.iter(f"{_XHTML}line"))
            texter = [" ".join(ord_.text or "" for ord_ in rad.iter(f"{_XHTML}word")) for rad in rader]
            for nr, rad in enumerate(rader):
                x, x2, y, y2 = (float(rad.get(ett, "0")) for ett in ("xMin", "xMax", "yMin", "yMax"))
                if _BRÖD[0] < y2 - y < _BRÖD[1] and VÄNSTER * MM - 1 < x < 30 * MM and x2 < (VÄNSTER + TEXT) * MM + 3:
                    nästa = texter[nr + 1] if nr + 2 == len(rader) else ""
                    yield Rad(texter[nr], x2 - VÄNSTER * MM, nästa)


def _minsta_grad(pdf: Path) -> float:
    """The smallest type in pt: of text that is text."""
    minst = 100.0
    with pikepdf.open(pdf) as dok:
        for sida in dok.pages:
            skala, läge = [1.0], 1.0
            for instruktion in pikepdf.parse_content_stream(sida, "q Q cm Tf Tm Tj TJ"):
                operator, operander = str(instruktion.operator), list(instruktion.operands)
                if operator == "q":
                    skala.append(skala[-1])
                elif operator == "Q":
                    skala.pop()
                elif operator == "cm":
                    skala[-1] *= abs(float(operander[3])) or abs(float(operander[1]))
                elif operator == "Tf":
                    grad = float(operander[1])
                elif operator == "Tm":
                    läge = abs(float(operander[3])) or 1.0
                else:
                    minst = min(minst, grad * läge * skala[-1])
    return minst


def utan_bildtext(stycken: Sequence[Stycke]) -> int:
    """Pictures and tables with no numbered caption right before them; the tables of a note have its number."""
    antal, rubrik, före, text = 0, "", "", ""
    numrerad = re.compile(r"(Tabell|Diagram|Bild)\s\d+\. \S+")
    for stycke in stycken:
        rubrik = stycke.text if stycke.slag == "rubrik" else rubrik
        börjar = stycke.slag == "alt" or (stycke.slag == "kolumn" and före not in ("kolumn", "cell"))
        if börjar and not (före == "bildtext" and numrerad.match(text)):
            antal += not (stycke.slag == "kolumn" and re.match(r"Not\s\d", rubrik))
        före, text = stycke.slag, stycke.text
    return antal
