"""Whether a signed copy holds the document that was published: its bytes, the file in it, and what each page shows.

Who signs may add to it: ink on blank places of the margins, files and metadata. Words alone are not enough, for a white
box with another number leaves the words as they were; so each page is looked at as words and as a picture.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pypdfium2

from finsam.prove.manifest import KanInteVerifieras
from finsam.prove.pdf import hinder
from finsam.prove.verifiera.likhet_pdf import bilagor, pdf_övrigt
from finsam.prove.verifiera.plats import Steg, Utfall

_SKALA = 1.5
"""Pixels to a point."""
_HÖGST_PUNKTER = 2500
_MARGINAL = 34
"""Points from each edge (12 mm) where a signature or a stamp may stand; the page's own words begin further in."""
_VITT = 255
_HÖGST_SIDOR = 2000
_SORTER: tuple[Callable[[str], bool], ...] = (
    lambda text: text.endswith("gör något när filen öppnas"),
    lambda text: text.startswith("/URI "),
)


def pröva_signerad(publicerad: Path, signerad: Path) -> tuple[tuple[str, str], Iterator[Steg]]:
    """The hashes of both, and the steps. Raises KanInteVerifieras for what is no PDF."""
    ena, andra = _read(publicerad), _read(signerad)
    summor = hashlib.sha256(ena).hexdigest(), hashlib.sha256(andra).hexdigest()
    return summor, _steg(ena, andra)


def _steg(ena: bytes, andra: bytes) -> Iterator[Steg]:
    början = andra.startswith(ena)
    try:
        inbäddad = [namn for namn, data in bilagor(andra).items() if data == ena]
        sidor, övrigt = _sidor(ena, andra), _övrigt(ena, andra)
    except (ValueError, AttributeError, TypeError, pikepdf.PdfError, pypdfium2.PdfiumError) as fel:
        raise KanInteVerifieras(f"Någon av filerna kan inte läsas: {fel}.") from None
    if ena == andra:
        yield Steg(1, "Bytes", "filerna är desamma, byte för byte")
    elif början:
        yield Steg(1, "Bytes", "den signerade börjar med den publicerade, byte för byte; det som följer prövas nedan")
    elif inbäddad:
        yield Steg(1, "Bytes", f"den publicerade ligger oförändrad i den signerade ({inbäddad[0]})")
    else:
        yield Steg(1, "Bytes", "den signerade är skriven på nytt; det den visar prövas nedan", "upplysning")
    yield sidor
    yield _bilagor(ena, andra, inbäddad)
    yield övrigt
    yield pröva_sigill(andra)


def _read(fil: Path) -> bytes:
    try:
        data = fil.read_bytes()
    except OSError:
        raise KanInteVerifieras(f"{fil.name} kan inte läsas.") from None
    if not data.startswith(b"%PDF-"):
        raise KanInteVerifieras(f"{fil.name} är ingen PDF; ge den publicerade PDF:en och den signerade.")
    if skäl := hinder(data):
        raise KanInteVerifieras(f"{fil.name} öppnas inte: {skäl}.")
    return data


def _sidor(ena: bytes, andra: bytes) -> Steg:
    """Each page of the published in the signed: the same words and the same picture, but for ink in blank margins."""
    publicerad, signerad = pypdfium2.PdfDocument(ena), pypdfium2.PdfDocument(andra)
    signerad.init_forms()  # the field of a signature is drawn too
    if len(publicerad) > _HÖGST_SIDOR:
        raise ValueError("orimligt många sidor")
    antal = min(len(publicerad), len(signerad))
    problem = [fel for nr in range(antal) if (fel := _sidfel(nr + 1, publicerad[nr], signerad[nr]))]
    if len(signerad) < len(publicerad):
        problem.append(f"{len(publicerad) - antal} av sidorna saknas")
    if problem:
        return Steg(
            1, "Sidorna", f"{len(problem)} av {len(publicerad)} sidor är inte de publicerade", "skiljer", tuple(problem)
        )
    text = f"alla {len(publicerad)} sidor har samma ord och ser likadana ut, utom i tomma marginaler"
    if fler := len(signerad) - len(publicerad):
        return Steg(1, "Sidorna", f"{text}; sist finns {fler} till, som inte är publicerade: läs dem", "oklart")
    return Steg(1, "Sidorna", text)


def _sidfel(nr: int, vår: pypdfium2.PdfPage, deras: pypdfium2.PdfPage) -> str:
    if vår.get_size() != deras.get_size() or max(vår.get_size()) > _HÖGST_PUNKTER:
        return f"sidan {nr} har en annan storlek"
    if _ord(vår) != _ord(deras):
        return f"sidan {nr} har andra ord"
    före, efter = _bild(vår), _bild(deras)
    ändrat = (före != efter).any(axis=2)
    kant = round(_MARGINAL * _SKALA)
    inne = ändrat[kant:-kant, kant:-kant].any()
    över = (ändrat & (före < _VITT).any(axis=2)).any()
    if inne:
        return f"sidan {nr} ser inte likadan ut innanför marginalerna"
    return f"sidan {nr}: något i marginalen är överskrivet" if över else ""


def _ord(sida: pypdfium2.PdfPage) -> list[str]:
    """The words within the margins."""
    bredd, höjd = sida.get_size()
    text = sida.get_textpage().get_text_bounded(_MARGINAL, _MARGINAL, bredd - _MARGINAL, höjd - _MARGINAL)
    return str(text).split()


def _bild(sida: pypdfium2.PdfPage) -> Any:
    return np.array(sida.render(scale=_SKALA, prefer_bgrx=True).to_numpy())[:, :, :3]


def _bilagor(ena: bytes, andra: bytes, inbäddad: list[str]) -> Steg:
    """The files in the published are in the signed, as they were; others are told."""
    egna, deras = bilagor(ena), bilagor(andra)
    problem = [f"{namn} är en annan eller saknas" for namn, data in egna.items() if deras.get(namn) != data]
    if problem and not inbäddad:
        return Steg(1, "Bilagorna", "är inte de i den publicerade", "skiljer", tuple(problem))
    nya = sorted(deras.keys() - egna.keys() - set(inbäddad))
    if nya:
        return Steg(1, "Bilagorna", "de publicerade är kvar; dessa har tillkommit", "upplysning", tuple(nya))
    return Steg(1, "Bilagorna", "är de i den publicerade")


def _övrigt(ena: bytes, andra: bytes) -> Steg:
    """What a reader does or leads to beyond its pages; titles and other metadata may have been added."""
    gör, länkar = (
        [Counter(text for text in pdf_övrigt(data) if sort(text)) for data in (andra, ena)] for sort in _SORTER
    )
    problem = [
        *(gör[0] - gör[1]),
        *_lagt_på(ena, andra),
        *(f"länk {text}" for text in (länkar[0] - länkar[1]) + (länkar[1] - länkar[0])),
    ]
    if problem:
        return Steg(1, "Övrigt", "den signerade gör något annat när den öppnas eller följs", "skiljer", tuple(problem))
    return Steg(1, "Övrigt", "inget körs när filen öppnas, och länkarna är de publicerade")


def _lagt_på(ena: bytes, andra: bytes) -> Iterator[str]:
    """What the picture on the screen need not show: notes and fields over a page, for print too, layers and scale."""
    with pikepdf.open(BytesIO(ena)) as publicerad, pikepdf.open(BytesIO(andra)) as signerad:
        if "/OCProperties" in signerad.Root and "/OCProperties" not in publicerad.Root:
            yield "filen har lager, som kan visas eller döljas"
        for nr, (vår, deras) in enumerate(zip(publicerad.pages, signerad.pages, strict=False), 1):
            if vår.obj.get("/UserUnit") != deras.obj.get("/UserUnit"):
                yield f"sidan {nr} har en annan skala"
            for slag, *_ in Counter(_innanför(deras)) - Counter(_innanför(vår)):
                yield f"sidan {nr}: något är lagt över sidan ({slag})"


def _innanför(sida: pikepdf.Page) -> Iterator[tuple[str, ...]]:
    """The notes and fields that reach in over a page: their kind, place and flags."""
    x0, y0, x1, y1 = map(float, sida.mediabox)
    for ett in sida.obj.get("/Annots", pikepdf.Array()):
        a, b, c, d = (float(tal) for tal in ett.Rect)
        (a, c), (b, d) = sorted((a, c)), sorted((b, d))
        inne = c > x0 + _MARGINAL and a < x1 - _MARGINAL and d > y0 + _MARGINAL and b < y1 - _MARGINAL
        if inne and c > a and d > b:
            yield str(ett.Subtype), f"{a:.1f} {b:.1f} {c:.1f} {d:.1f}", str(ett.get("/F", 0))


# ---------------------------------------------------------------- who has sealed it


def pröva_sigill(signerad: bytes) -> Steg:
    """Whose seal it is, when pyHanko is installed; it is never needed."""
    try:
        from pyhanko.pdf_utils.reader import PdfFileReader
        from pyhanko.sign.validation import validate_pdf_signature
    except ImportError:
        return Steg(
            1, "Sigillet", "ej prövat: vem som har undertecknat prövas bara när pyHanko är installerat", "upplysning"
        )

    def läs() -> list[tuple[bool, str]]:
        sigill = PdfFileReader(BytesIO(signerad)).embedded_regular_signatures
        return [_sigillet(validate_pdf_signature(ett), ett) for ett in sigill]

    try:
        with ThreadPoolExecutor(1) as tråd:  # pyHanko starts a loop of its own; a notebook's thread already has one
            funna = tråd.submit(läs).result()
    except Exception as fel:  # noqa: BLE001 - whatever an odd file makes another's library raise
        return Steg(1, "Sigillet", f"kan inte läsas ({type(fel).__name__})", "oklart")
    if not funna:
        return Steg(1, "Sigillet", "filen har inget elektroniskt sigill", "upplysning")
    utfall: Utfall = "upplysning" if all(hel for hel, _ in funna) else "skiljer"
    return Steg(1, "Sigillet", "utfärdarna är inte prövade; jämför med förbundets", utfall, tuple(t for _, t in funna))


def _sigillet(status: Any, sigill: Any) -> tuple[bool, str]:
    hel = bool(status.intact and status.valid)
    vem = sigill.signer_cert.subject.human_friendly
    return hel, f"{vem}: {'helt' if hel else 'BRUTET, filen är ändrad efter det'}"
