"""Two PDFs: words by their tags, tables cell by cell, pages as pictures, the files in them, and all other text."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pikepdf
import pypdfium2

from finsam.prove.pdf import read_pdf

_SKALA = 1.5
"""Pixels to a point when pages are held against each other."""
_VERKTYGETS = ("/Producer", "/Creator", "/CreationDate", "/ModDate", "/ID")
"""What tells only of the program that wrote the file."""
_BILAGANS = ("/CheckSum",)
"""What tells only of a file in it, which is compared itself."""
_GÖR = ("/JS", "/JavaScript", "/OpenAction", "/AA", "/Launch", "/RichMedia", "/XFA")
_FEL = (pikepdf.PdfError, AttributeError, LookupError, TypeError, ValueError, ArithmeticError, RuntimeError)


def pdf_ord(pdf: bytes) -> list[str]:
    """What the tags say, block by block, and each cell of each table. Raises ValueError."""
    läst = read_pdf(pdf)
    stycken = [f"{stycke.plats}: {stycke.text}" for stycke in läst.stycken]
    celler = [
        f"tabell {nr}, rad {r}: {cell}"
        for nr, tabell in enumerate(läst.tabeller, 1)
        for r, rad in enumerate(tabell, 1)
        for cell in rad
    ]
    return [*stycken, *celler, *(f"länk: {länk.text} till {länk.till or länk.adress}" for länk in läst.länkar)]


def bildskillnader(deras: bytes, vår: bytes) -> Iterator[str]:
    """The pages that do not look the same, pixel by pixel."""
    try:
        ena, andra = pypdfium2.PdfDocument(deras), pypdfium2.PdfDocument(vår)
    except pypdfium2.PdfiumError:
        raise ValueError("sidorna kan inte ritas") from None
    if len(ena) != len(andra):
        yield f"{len(ena)} sidor, här {len(andra)}"
        return
    for nr, (sida, annan) in enumerate(zip(ena, andra, strict=True), 1):
        if sida.get_size() != annan.get_size():
            yield f"sidan {nr} har en annan storlek"
        elif _bild(sida) != _bild(annan):
            yield f"sidan {nr} ser inte likadan ut"


def _bild(sida: pypdfium2.PdfPage) -> bytes:
    bild = sida.render(scale=_SKALA, rev_byteorder=False, prefer_bgrx=True)
    return bytes(bild.buffer)


def bilagor(pdf: bytes) -> dict[str, bytes]:
    """The files in a PDF by name. Raises ValueError."""
    try:
        with pikepdf.open(BytesIO(pdf)) as dok:
            return {namn: fil.get_file().read_bytes() for namn, fil in dok.attachments.items()}
    except _FEL as fel:
        raise ValueError(f"bilagorna kan inte läsas ({type(fel).__name__})") from None


def pdf_övrigt(pdf: bytes) -> list[str]:
    """Every other text of a PDF (title, alternative texts, addresses), and what makes a reader do something."""
    try:
        with pikepdf.open(BytesIO(pdf)) as dok:
            return sorted(text for objekt in dok.objects for text in _texter(objekt))
    except _FEL as fel:
        raise ValueError(f"innehållet kan inte läsas ({type(fel).__name__})") from None


def _texter(objekt: object, nyckel: str = "", djup: int = 0) -> Iterator[str]:
    """The texts of an object and what is in it; other objects that it leads to are met by themselves."""
    if djup > 50:
        raise ValueError("för många led")
    if djup and isinstance(objekt, pikepdf.Object) and objekt.is_indirect:
        return
    if isinstance(objekt, pikepdf.String):
        yield f"{nyckel} {objekt}"
    elif isinstance(objekt, pikepdf.Array):
        for ett in list(objekt):
            yield from _texter(ett, nyckel, djup + 1)
    elif isinstance(objekt, (pikepdf.Dictionary, pikepdf.Stream)):
        for namn, värde in objekt.items():
            if namn in _GÖR:
                yield f"{namn} gör något när filen öppnas"
            if namn not in (*_VERKTYGETS, *_BILAGANS):
                yield from _texter(värde, namn, djup + 1)
