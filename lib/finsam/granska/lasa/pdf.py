"""The words of a PDF with their places, out of its text layer. Scripts, forms and attachments are not looked at."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from finsam.granska.lasa.olasligt import Oläsligt
from finsam.granska.lasa.rad import Ord, Rad, märk_återkommande, rader

HÖGST_SIDOR = 600
HÖGST_TECKEN = 3_000_000
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
        höjd = sida.get_height()
        kvar -= pdfium.FPDFText_CountChars(text.raw)
        if kvar < 0:
            raise Oläsligt("Filen har orimligt mycket text.")
        ord_ = list(_ord(text.raw, höjd))
        if not ord_ and _har_bild(sida):
            bilder.append(nr + 1)
        sidor.append(rader(ord_, nr + 1))
        text.close()
        sida.close()
    if len(skadade) == len(sidor):
        raise Oläsligt("Ingen sida går att läsa, filen är skadad. Spara dokumentet som PDF på nytt.")
    märk_återkommande(sidor)
    return sidor, bilder, skadade


def _börjar_nytt(låda: pdfium.FS_RECTF, x0: float, x1: float, topp: float, botten: float, *, lågt: bool) -> bool:
    """A letter is no part of the word before it: it stands apart, on another line, or is a raised mark."""
    höjd = topp - botten
    annan_rad = låda.left < x0 or låda.bottom > topp or låda.top < botten
    return bool(annan_rad or låda.left - x1 > 0.3 * höjd or (lågt and låda.top - låda.bottom < 0.8 * höjd))


def _har_bild(sida: pypdfium2.PdfPage) -> bool:
    return any(True for _ in sida.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _ord(text: ctypes.c_void_p, sidhöjd: float) -> Iterator[Ord]:
    """The words: what stands between blanks, gaps and changes of line."""
    låda = pdfium.FS_RECTF()
    tecken: list[str] = []
    x0 = x1 = topp = botten = 0.0
    for nr in range(pdfium.FPDFText_CountChars(text)):
        kod = pdfium.FPDFText_GetUnicode(text, nr)
        ett = chr(kod) if kod < 0xD800 or 0xE000 <= kod < 0x110000 else "\ufffd"
        if kod in (0x02, 0xFFFE):
            ett = "\u00ad"
        blankt = ett in " \t\r\n\u00a0\u202f\u2009\u2007" or kod < 0x20
        if not blankt and pdfium.FPDFText_GetLooseCharBox(text, nr, låda):
            if tecken and _börjar_nytt(låda, x0, x1, topp, botten, lågt=ett.isalnum()):
                yield Ord("".join(tecken), x0, x1, sidhöjd - topp, sidhöjd - botten)
                tecken = []
            if not tecken:
                x0, topp, botten = låda.left, låda.top, låda.bottom
            elif len(tecken) == 1 and tecken[0] in "-\u2212\u2013\u2010\u2011":  # a minus may be lower than its figure
                topp, botten = max(topp, låda.top), min(botten, låda.bottom)
            tecken.append(ett)
            x1 = låda.right
        elif tecken and blankt:
            yield Ord("".join(tecken), x0, x1, sidhöjd - topp, sidhöjd - botten)
            tecken = []
    if tecken:
        yield Ord("".join(tecken), x0, x1, sidhöjd - topp, sidhöjd - botten)
