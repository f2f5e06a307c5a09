"""A förbund's logotype and cover picture: what is let in, what is said of the rest, and where they are seen."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

from conftest import kör
from finsam.prove.pdf import read_pdf
from finsam.read.bildfil import read_bildfil
from finsam.report.bild.yta import _typsnitt

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20">{}</svg>'
FORM = '<path d="M0 0h60v20H0z" fill="#0069B4"/>'


def png(bredd: int, höjd: int) -> bytes:
    def bit(slag: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + slag + data + struct.pack(">I", zlib.crc32(slag + data))

    rader = zlib.compress((b"\0" + b"\x30\x60\x90" * bredd) * höjd)
    huvud = struct.pack(">IIBBBBB", bredd, höjd, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + bit(b"IHDR", huvud) + bit(b"IDAT", rader) + bit(b"IEND", b"")


AVVISAS: dict[str, tuple[bytes, str]] = {
    "ett skript": (SVG.format("<script>x()</script>").encode(), "Bilden har <script>, som inte är en form."),
    "något som körs": (SVG.format('<path onclick="x()" d="M0 0"/>').encode(), "Bilden har onclick, som kör något."),
    "en bild i bilden": (SVG.format('<image href="http://x.se/a.png"/>').encode(), "Bilden har <image>"),
    "en adress": (SVG.format('<use href="http://x.se/a.svg#a"/>').encode(), "Bilden hämtar något utifrån (href)."),
    "en adress i stilen": (SVG.format('<g style="fill:url(http://x.se)"/>').encode(), "utifrån (style)"),
    "HTML": (SVG.format('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>').encode(), "form"),
    "en stilmall": (SVG.format("<style>@import 'x'</style>").encode(), "Bilden har <style>"),
    "en entitet": (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("&a;").encode(), "dokumenttyp (DOCTYPE)"),
    "en instruktion": (SVG.format("<?x y?>").encode(), "instruktion till program"),
    "annan XML": (b"<a/>", "ingen SVG"),
    "annat": (b"GIF89a", "varken SVG, PNG eller JPEG"),
    "för smal": (png(599, 20), "Bilden är 599 bildpunkter bred; minst 600 behövs."),
    "för stor": (b"\0" * 600_000, "Bilden är 600 kB; högst 500 kB."),
}


@pytest.mark.parametrize("fall", AVVISAS)
def test_what_is_not_let_in_is_told(fall: str, tmp_path: Path) -> None:
    data, sagt = AVVISAS[fall]
    (tmp_path / "logotyp.svg").write_bytes(data)
    bild, problem = read_bildfil(tmp_path / "logotyp.svg", "exempel/logotyp.svg")
    assert bild is None
    assert sagt in " ".join(map(str, problem))
    assert all(p.nivå == "fel" and p.fil == "exempel/logotyp.svg" for p in problem)


def test_shapes_and_large_pictures_are_let_in(tmp_path: Path) -> None:
    for namn, data, typ in (("a.svg", SVG.format(FORM).encode(), "svg+xml"), ("a.png", png(600, 4), "png")):
        (tmp_path / namn).write_bytes(data)
        bild, problem = read_bildfil(tmp_path / namn, namn, "Ett hav")
        assert problem == []
        assert bild is not None
        assert (bild.typ, bild.alt) == (typ, "Ett hav")
        assert bild.adress.startswith(f"data:image/{typ};base64,")
    assert "Lägg den i exempel." in str(read_bildfil(tmp_path / "b.svg", "exempel/b.svg")[1][0])


@pytest.mark.langsam
def test_the_document_has_them(kopia: Callable[[], Path], tmp_path: Path) -> None:
    inputs = kopia()
    mapp = inputs / "exempelforbundet"
    (mapp / "logotyp.svg").write_text(SVG.format(FORM), "utf-8")
    (mapp / "vy.png").write_bytes(png(640, 40))
    fil = mapp / "forbund.yml"
    val = "logotyp: logotyp.svg\nomslagsbild: {fil: vy.png, alt: Hamnen en vinterdag}\n"
    fil.write_text(fil.read_text("utf-8") + val, "utf-8")
    svar = kör("skapa", "exempelforbundet", "2025", "--inputs", inputs, "--outputs", tmp_path)
    assert svar.exit_code == 0, svar.output
    katalog = tmp_path / "exempelforbundet" / "2025" / "arsredovisning"
    sida = html.parse(str(katalog / "arsredovisning.html")).getroot()
    assert [(i.get("src")[:20], i.get("alt")) for i in sida.iter("img")] == [
        ("data:image/svg+xml;b", ""),
        ("data:image/png;base6", "Hamnen en vinterdag"),
    ]
    läst = read_pdf((katalog / "arsredovisning.pdf").read_bytes())
    assert next(s.text for s in läst.stycken if s.slag == "alt") == "Hamnen en vinterdag"
    assert "exempelforbundet/logotyp.svg" in (katalog / "korning.json").read_text("utf-8")
    fil.write_text(fil.read_text("utf-8").replace("alt: Hamnen en vinterdag", "alt: Hamnen 2025"), "utf-8")
    svar = kör("kontrollera", "exempelforbundet", "2025", "--inputs", inputs)
    assert svar.exit_code == 2
    assert "forbund.yml" in svar.output


def test_a_measured_typeface_is_no_open_file() -> None:
    """A file that is open when a process forks has one place for both, and words were measured at each other's."""
    assert isinstance(_typsnitt(400).fname, io.BytesIO)
