"""The förbund's own pictures → Bildfil. A drawing may hold shapes and nothing that runs or asks for anything else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from finsam.model.bildfil import Bildfil, Bildtyp
from finsam.model.problem import Problem

HÖGST_BYTE = 500_000
MINSTA_BREDD = 600
"""Pixels: a picture of fewer is seen to be one, on paper."""

_SVG = "{http://www.w3.org/2000/svg}"
_FORMER = frozenset(
    (
        *("svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan"),
        *("defs", "linearGradient", "radialGradient", "stop", "clipPath", "mask", "title", "desc", "use", "symbol"),
    )
)
"""Elements of a drawing that only draw."""
_UTANFÖR = re.compile(r"url\(\s*['\"]?(?!#)|javascript:|data:|https?:|@import|expression\(", re.IGNORECASE)
_GÖR_SÅ = "Be den som har gjort logotypen om en SVG med bara former, eller använd en PNG."


def read_bildfil(fil: Path, namn: str, alt: str = "") -> tuple[Bildfil | None, list[Problem]]:
    """A picture, or None and what is wrong with it."""
    try:
        data = fil.read_bytes()
    except FileNotFoundError:
        return None, [Problem("fel", f"Bilden finns inte. Lägg den i {Path(namn).parent.as_posix()}.", namn)]
    except OSError:
        return None, [Problem("fel", "Bilden går inte att läsa. Stäng den i andra program.", namn)]
    if len(data) > HÖGST_BYTE:
        text = f"Bilden är {len(data) // 1000} kB; högst {HÖGST_BYTE // 1000} kB. Spara den mindre."
        return None, [Problem("fel", text, namn)]
    if data.startswith(b"\x89PNG\r\n\x1a\n") and data[12:16] == b"IHDR":
        return _raster(data, "png", int.from_bytes(data[16:20], "big"), namn, alt)
    if data.startswith(b"\xff\xd8"):
        return _raster(data, "jpeg", _jpegbredd(data), namn, alt)
    return _svg(data, namn, alt)


def _raster(data: bytes, typ: Bildtyp, bredd: int, namn: str, alt: str) -> tuple[Bildfil | None, list[Problem]]:
    if bredd < MINSTA_BREDD:
        text = f"Bilden är {bredd} bildpunkter bred; minst {MINSTA_BREDD} behövs. Spara den större, eller som SVG."
        return None, [Problem("fel", text, namn)]
    return Bildfil(data, typ, alt), []


def _jpegbredd(data: bytes) -> int:
    """The width that a JPEG says it has; 0 when it says none."""
    plats = 2
    while plats + 9 < len(data) and data[plats] == 0xFF:
        märke, längd = data[plats + 1], int.from_bytes(data[plats + 2 : plats + 4], "big")
        if 0xC0 <= märke <= 0xCF and märke not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(data[plats + 7 : plats + 9], "big")
        plats += 2 + max(längd, 2)
    return 0


def _svg(data: bytes, namn: str, alt: str) -> tuple[Bildfil | None, list[Problem]]:
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        return None, [Problem("fel", f"Bilden har en dokumenttyp (DOCTYPE). {_GÖR_SÅ}", namn)]
    try:
        rot = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))
    except (etree.XMLSyntaxError, ValueError):
        return None, [Problem("fel", "Bilden är varken SVG, PNG eller JPEG. Spara den som en av dem.", namn)]
    if rot.tag != f"{_SVG}svg":
        return None, [Problem("fel", "Filen är XML men ingen SVG. Spara bilden som SVG eller PNG.", namn)]
    if fel := list(_otillåtet(rot)):
        return None, [Problem("fel", f"{text} {_GÖR_SÅ}", namn, f"rad {rad}") for rad, text in fel[:5]]
    return Bildfil(etree.tostring(rot), "svg+xml", alt), []


def _otillåtet(rot: etree._Element) -> Iterator[tuple[int, str]]:
    """What a drawing may not hold: line and words."""
    for element in rot.iter():
        rad = int(element.sourceline or 1)
        if not isinstance(element.tag, str):
            yield rad, "Bilden har en instruktion till program."
            continue
        tagg = etree.QName(element).localname
        if not element.tag.startswith(_SVG) or tagg not in _FORMER:
            yield rad, f"Bilden har <{tagg}>, som inte är en form."
        for attribut, värde in element.attrib.items():
            ord_ = etree.QName(attribut).localname
            if ord_.lower().startswith("on"):
                yield rad, f"Bilden har {ord_}, som kör något."
            elif (ord_ == "href" and not str(värde).startswith("#")) or _UTANFÖR.search(str(värde)):
                yield rad, f"Bilden hämtar något utifrån ({ord_})."
