"""The words of a PDF with their places, out of its text layer. Scripts, forms and attachments are not looked at."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from finsam.granska.lasa.olasligt import Oläsligt
from finsam.granska.lasa.rad import Ord, Rad, märk_återkommande, rader
from finsam.granska.lasa.spalter import spalter

HÖGST_SIDOR = 600
HÖGST_TECKEN = 3_000_000
BLANKA = " \t\r\n\u00a0\u202f\u2009\u2007"
ÖVER, UNDER = 0.9, 0.25
"""How far letters reach above and below the line they stand on, in sizes; only some fonts' boxes tell it."""
SNETT = 0.1
"""How much of a quarter a letter may be turned and still be upright."""
_LÖSENORD = "Filen är krypterad med lösenord. Spara en kopia utan lösenord och granska den."


def read_pdf(data: bytes) -> tuple[list[list[Rad]], list[int], list[int]]:
    """The lines of each page, the pages that hold pictures and no text, and those that are damaged."""
    try:
        dok = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fel:
        raise Oläsligt(_LÖSENORD if "assword" in str(fel) else "Filen är ingen PDF som går att öppna.") from fel
    try:
        if len(dok) > HÖGST_SIDOR:
            raise Oläsligt(f"Filen har {len(dok)} sidor; högst {HÖGST_SIDOR} granskas.")
        return _sidor(dok)
    finally:
        dok.close()


def _sidor(dok: pypdfium2.PdfDocument) -> tuple[list[list[Rad]], list[int], list[int]]:
    sidor: list[list[Rad]] = []
    bilder: list[int] = []
    skadade: list[int] = []
    kvar = HÖGST_TECKEN
    for nr in range(len(dok)):
        try:
            sida = dok[nr]
            text = sida.get_textpage()
        except pypdfium2.PdfiumError:
            skadade.append(nr + 1)
            sidor.append([])
            continue
        kvar -= pdfium.FPDFText_CountChars(text.raw)
        if kvar < 0:
            raise Oläsligt("Filen har orimligt mycket text.")
        sidor.append(_sidans_rader(text.raw, nr + 1))
        if not sidor[-1] and _har_bild(sida):
            bilder.append(nr + 1)
        text.close()
        sida.close()
    if len(skadade) == len(sidor):
        raise Oläsligt("Ingen sida går att läsa, filen är skadad. Spara dokumentet som PDF på nytt.")
    märk_återkommande(sidor)
    return sidor, bilder, skadade


def _har_bild(sida: pypdfium2.PdfPage) -> bool:
    return any(True for _ in sida.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3))


@dataclass(frozen=True, slots=True)
class _Tecken:
    """A letter: where it stands when it is upright, y growing downwards, and how many quarters it is turned."""

    x0: float
    x1: float
    y: float
    storlek: float
    vridning: int


def _sidans_rader(text: ctypes.c_void_p, nr: int) -> list[Rad]:
    """The lines of a page; those that are turned otherwise than most come last."""
    efter_vridning: dict[int, list[Ord]] = {}
    for vridning, ett in _ord(text):
        efter_vridning.setdefault(vridning, []).append(ett)
    delar = (del_ for ord_ in sorted(efter_vridning.values(), key=len, reverse=True) for del_ in spalter(ord_))
    return [rad for del_ in delar for rad in rader(del_, nr)]


def _ord(text: ctypes.c_void_p) -> Iterator[tuple[int, Ord]]:
    """The words, each with how it is turned: what stands between blanks, gaps and changes of line."""
    skrivet = ""
    första = förra = _Tecken(0, 0, 0, 0, 0)
    for nr in range(pdfium.FPDFText_CountChars(text)):
        kod = pdfium.FPDFText_GetUnicode(text, nr)
        ett = chr(kod) if kod < 0xD800 or 0xE000 <= kod < 0x110000 else "\ufffd"
        if kod in (0x02, 0xFFFE):
            ett = "\u00ad"
        blankt = ett in BLANKA or kod < 0x20
        var = None if blankt else _tecken(text, nr)
        if skrivet and (blankt or (var and _börjar_nytt(första, förra, var))):
            yield första.vridning, _ordet(skrivet, första, förra)
            skrivet = ""
        if var:
            första, förra = första if skrivet else var, var
            skrivet += ett
    if skrivet:
        yield första.vridning, _ordet(skrivet, första, förra)


def _ordet(skrivet: str, första: _Tecken, sista: _Tecken) -> Ord:
    topp, botten = första.y - ÖVER * första.storlek, första.y + UNDER * första.storlek
    return Ord(skrivet, första.x0, sista.x1, topp, botten)


def _börjar_nytt(första: _Tecken, förra: _Tecken, var: _Tecken) -> bool:
    """A letter is no part of the word before it: it stands apart, on another line, or is a raised mark."""
    storlek = första.storlek
    annan_rad = abs(var.y - första.y) > 0.15 * storlek or var.vridning != första.vridning
    return annan_rad or var.storlek < 0.8 * storlek or not -storlek < var.x0 - förra.x1 < 0.3 * storlek


def _tecken(text: ctypes.c_void_p, nr: int) -> _Tecken | None:
    """Where a letter stands; None when it is nowhere, or aslant as a stamp over the page is."""
    låda, matris = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    if not pdfium.FPDFText_GetLooseCharBox(text, nr, låda) or not pdfium.FPDFText_GetMatrix(text, nr, matris):
        return None
    pdfium.FPDFText_GetCharOrigin(text, nr, x, y)
    kvart = math.atan2(matris.b, matris.a) / (math.pi / 2)
    if abs(kvart - round(kvart)) > SNETT:
        return None
    vridning = round(kvart) % 4
    x0, x1, rad = {
        0: (låda.left, låda.right, -y.value),
        1: (låda.bottom, låda.top, x.value),
        2: (-låda.right, -låda.left, y.value),
        3: (-låda.top, -låda.bottom, -x.value),
    }[vridning]
    storlek = pdfium.FPDFText_GetFontSize(text, nr) * math.hypot(matris.c, matris.d)
    return _Tecken(x0, x1, rad, storlek, vridning)
