"""Two workbooks or Word files: their parts, and the cells of each sheet with the formats they are shown in."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from lxml import etree
from openpyxl import load_workbook

from finsam.prove.verifiera.likhet_bok import i_ordning
from finsam.read.arbetsbok import SKADAD

_BOK = "xl/workbook.xml"
_HÖGST_UPPACKAT = 200_000_000


def arkivskillnader(deras: bytes, vår: bytes) -> tuple[list[str], list[str]]:
    """What they say otherwise, and how else they differ. Raises ValueError for what is no such file."""
    egna, våra = _delar(deras), _delar(vår)
    ord_ = [f"delen {namn} hör inte dit" for namn in sorted(egna.keys() - våra.keys())]
    ord_ += [f"delen {namn} saknas" for namn in sorted(våra.keys() - egna.keys())]
    andra = _andra_delar(egna, våra)
    if _BOK in våra and (andra or ord_):
        ord_ += _cellskillnader(deras, vår)
    else:
        ord_ += [rad for namn in andra for rad in _textskillnader(namn, egna[namn], våra[namn])]
    return ord_, [f"delen {namn} är inte densamma" for namn in andra]


def _delar(data: bytes) -> dict[str, bytes]:
    try:
        with ZipFile(BytesIO(data)) as arkiv:
            poster = arkiv.infolist()
            if len({post.filename for post in poster}) < len(poster):
                raise ValueError("två delar har samma namn")
            if sum(post.file_size for post in poster) > _HÖGST_UPPACKAT:
                raise ValueError("innehållet är orimligt stort")
            return {post.filename: arkiv.read(post) for post in poster}
    except (BadZipFile, zlib.error, KeyError, EOFError, OSError, NotImplementedError, RuntimeError) as fel:
        raise ValueError(f"arkivet är skadat ({type(fel).__name__})") from None


def _andra_delar(egna: dict[str, bytes], våra: dict[str, bytes]) -> list[str]:
    """The parts that are not ours: as XML when both are XML, and those of a workbook as its cells use them."""
    båda = [namn for namn in våra if namn in egna]
    if all(egna[namn] == våra[namn] for namn in båda):
        return []
    deras, vår = ({namn: träd for namn in båda if (träd := _träd(delar[namn])) is not None} for delar in (egna, våra))
    if _BOK in våra:
        try:
            i_ordning(deras)
            i_ordning(vår)
        except (ValueError, LookupError, TypeError, AttributeError, etree.LxmlError):
            raise ValueError("arbetsbokens celler hänvisar till texter eller format som inte finns") from None
    return [
        namn
        for namn in båda
        if (_skrivet(deras[namn]) != _skrivet(vår[namn]) if namn in deras and namn in vår else egna[namn] != våra[namn])
    ]


def _skrivet(träd: etree._Element) -> bytes:
    return etree.tostring(träd, method="c14n2")


def _träd(data: bytes) -> etree._Element | None:
    """A part as XML; None when it is none. Nothing outside it is fetched and nothing in it is unfolded."""
    if b"<!" in data[:2000]:
        return None
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError:
        return None


def _textskillnader(namn: str, ena: bytes, andra: bytes) -> Iterator[str]:
    """The first words of a part that are not ours."""
    träd = [_träd(del_) for del_ in (ena, andra)]
    if träd[0] is None or träd[1] is None:
        yield f"delen {namn} är en annan"
        return
    deras, våra = (["".join(t.split()) for t in ett.itertext()] for ett in träd if ett is not None)
    if deras != våra:
        nr = next((nr for nr, par in enumerate(zip(deras, våra, strict=False)) if par[0] != par[1]), 0)
        yield f"{namn}: {deras[nr][:80] if nr < len(deras) else ''}, här {våra[nr][:80] if nr < len(våra) else ''}"


def _cellskillnader(deras: bytes, vår: bytes) -> Iterator[str]:
    """Cells with another content, stored value or number format than ours, by sheet and place."""
    egna, våra = _celler(deras), _celler(vår)
    for plats in dict.fromkeys((*våra, *egna)):
        ett, annat = egna.get(plats), våra.get(plats)
        if ett != annat:
            yield f"{plats}: {_visa(ett)}, här {_visa(annat)}"


def _visa(cell: tuple[str, ...] | None) -> str:
    return "ingenting" if cell is None else " ".join(del_[:60] for del_ in cell if del_)


def _celler(data: bytes) -> dict[str, tuple[str, ...]]:
    """Every cell: what is in it, the value stored with a formula, and the format that it is shown in."""
    ut: dict[str, tuple[str, ...]] = {}
    try:
        med, utan = load_workbook(BytesIO(data)), load_workbook(BytesIO(data), data_only=True)
        for blad in med:
            for rad in blad.iter_rows():
                for c in rad:
                    if c.value is None:
                        continue
                    sparat = utan[blad.title][c.coordinate].value if c.data_type == "f" else None
                    värde = f"= {sparat!r}" if sparat is not None else ""
                    format_ = f"[{c.number_format}]" if c.number_format != "General" else ""
                    ut[f"{blad.title}!{c.coordinate}"] = (str(c.value), värde, format_)
    except (*SKADAD, StopIteration):
        raise ValueError("kan inte läsas som arbetsbok") from None
    return ut
