"""A finished PDF read back through its tags, as a screen reader gets it: what the structure tree holds, in its order.

Text that no tag leads to is told of too: page headers and footers, which are marked as no part of the document, and
whatever is left over.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Object

from finsam.prove.pdfsida import steg
from finsam.prove.sida import Läst, Slag, Stycke, ett_blank

_GRUPP = {
    *("/Document", "/Part", "/Sect", "/Div", "/L", "/LI", "/TOC", "/Figure"),
    *("/Table", "/THead", "/TBody", "/TFoot", "/TR"),
}
"""Tags that hold others and no text of their own."""

_BLOCK: dict[str, Slag] = {
    **dict.fromkeys(("/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/Title"), "rubrik"),
    "/P": "text",
    "/LBody": "punkt",
    "/TH": "kolumn",
    "/TD": "cell",
    "/Caption": "bildtext",
    "/TOCI": "förteckning",
}
_NAMN = {
    namn: re.compile(b"/" + b"".join(b"(?:%c|#(?i:%02x))" % (t, t) for t in namn)) for namn in (b"Filter", b"Encrypt")
}
"""Names of keys, also with their letters written by code."""
_VANLIGT_FILTER = re.compile(rb"\s*/(?:FlateDecode|DCTDecode|Adobe\.PPKLite)(?=[\s/>])")
"""What packs a stream; the last packs none, but is what a signature calls its own kind."""
_HÖGST_BYTE = 50_000_000
_HÖGST_UPPACKAT = 200_000_000
"""Bytes that all the streams of a file may be, unpacked."""
_HÖGST_ELEMENT = 100_000
"""Elements of the structure tree."""
_BIT = 1 << 16
_SIDNUMMER = re.compile(r"[\s\u2060]*(\d+)\s*$")
_PÅ_SIDAN = re.compile(r", s\.\u00a0(\d+)$")
"""How a reference says the page of what it leads to, which the page of the web has not."""

Plats = tuple[tuple[int, int], int]
"""A page's object and a number of marked content on it."""


@dataclass(frozen=True, slots=True)
class Länk:
    """A link: its words, the page it is on, the page it leads to (None for none) and the address when it leads out.

    `sägs` is the page that its words say.
    """

    text: str
    sida: int
    till: int | None
    adress: str = ""
    sägs: str = ""


@dataclass(frozen=True, slots=True)
class Pdf:
    """What a PDF says: its blocks in reading order, its tables cell by cell, and how many pages it has."""

    stycken: tuple[Stycke, ...]
    tabeller: tuple[tuple[tuple[str, ...], ...], ...]
    sidor: int
    länkar: tuple[Länk, ...] = ()


def read_pdf(pdf: bytes) -> Pdf:
    """Read a tagged PDF as Typst writes it. Raises ValueError for any other file."""
    if skäl := hinder(pdf):
        raise ValueError(f"Filen är ingen PDF som finsam skriver ({skäl}).")
    try:
        with pikepdf.open(BytesIO(pdf)) as dok:
            läsare = _Läsare(dok)
            läsare.läs(dok.Root.StructTreeRoot, None)
            stycken = (*läsare.stycken, *läsare.sidhuvuden, *läsare.otaggat())
            return Pdf(stycken, tuple(läsare.tabeller), len(dok.pages), tuple(läsare.länkar))
    except (
        *(pikepdf.PdfError, AttributeError, LookupError, TypeError, ValueError),
        *(ArithmeticError, RuntimeError, NotImplementedError),
    ) as fel:
        raise ValueError(f"Filen är ingen PDF som finsam skriver ({type(fel).__name__}).") from fel


def hinder(pdf: bytes) -> str:
    """Why a file is not opened; empty when it can be.

    Whoever opens a PDF unpacks streams of it, and a kilobyte can hold a gigabyte, or a stream that holds such a one.
    So the bytes are looked at first: one filter a stream, nothing encrypted, and each stream unpacked piece by piece.
    """
    if len(pdf) > _HÖGST_BYTE:
        return "den är orimligt stor"
    if _NAMN[b"Encrypt"].search(pdf):
        return "den är krypterad"
    if any(not _VANLIGT_FILTER.match(pdf, träff.end()) for träff in _NAMN[b"Filter"].finditer(pdf)):
        return "en ström är packad på ett annat sätt"
    kvar = _HÖGST_UPPACKAT
    for träff in re.finditer(rb"stream[\s\0]*", pdf):
        kvar -= _uppackat(memoryview(pdf)[träff.end() :], kvar)
        if kvar <= 0:
            return "den blir orimligt stor när den packas upp"
    return ""


def _uppackat(pdf: memoryview, högst: int) -> int:
    """How many bytes are read and given to unpack the stream that begins here, counted no further than a limit."""
    packare, antal = zlib.decompressobj(), 0
    try:
        while antal <= högst and pdf and not packare.eof:
            bit: memoryview | bytes = pdf[:_BIT]
            pdf, antal = pdf[_BIT:], antal + len(bit)
            while bit and antal <= högst and not packare.eof:
                antal += len(packare.decompress(bit, _BIT))
                bit = packare.unconsumed_tail
    except zlib.error:
        pass  # it is not packed, or no further
    return antal - len(packare.unused_data)


class _Läsare:
    """Where the reading of a PDF is."""

    def __init__(self, dok: pikepdf.Pdf) -> None:
        self.stycken: list[Stycke] = []
        self.sidhuvuden: list[Stycke] = []
        self.tabeller: list[tuple[tuple[str, ...], ...]] = []
        self.länkar: list[Länk] = []
        self._namn = _namngivna(dok)
        self._text: dict[Plats, str] = {}
        self._sida = {_nummer(sida): nr for nr, sida in enumerate(dok.pages, 1)}
        self._teckentabeller: dict[tuple[int, int], _Tecken] = {}
        self._lästa: set[Plats] = set()
        self._öppet: list[str] = []
        self._på = 0
        self._element = 0
        for sida in dok.pages:
            self._läs_sida(sida)

    # ---------------------------------------------------------------- the pages

    def _läs_sida(self, sida: pikepdf.Page) -> None:
        """Gather the text of each marked content, and what is outside all of them."""
        resurser = sida.get("/Resources", Dictionary()).get("/Font", Dictionary())
        typsnitt = {str(namn): self._teckentabell(t) for namn, t in resurser.items()}
        denna = _nummer(sida)
        tecken = _Tecken()
        öppna: list[tuple[str, Plats | None]] = [("utanför", None)]
        utanför: dict[str, list[str]] = {}
        for märke, namn, koder, slut in steg(sida):
            if märke is not None:
                öppna.append(self._märke(märke, öppna[-1], denna))
            if namn is not None:
                tecken = typsnitt[namn]
            if koder is not None:
                slag, plats = öppna[-1]
                text = "" if slag == "ersatt" else _visat(koder, tecken)
                if plats is not None:
                    self._text[plats] = self._text.get(plats, "") + text
                elif text:
                    utanför.setdefault(slag, []).append(text)
            if slut:
                öppna.pop()
        for slag, texter in utanför.items():
            vad: Slag = "sidhuvud" if slag in ("/Header", "/Footer") else "otaggat"
            self._lägg(self.sidhuvuden, vad, "".join(texter), self._sida[denna])

    def _märke(
        self, operander: int | list[Object], yttre: tuple[str, Plats | None], sida: tuple[int, int]
    ) -> tuple[str, Plats | None]:
        """What a mark in a page opens: marked content, a text in place of what is drawn, or an artifact."""
        if isinstance(operander, int):
            return ("märkt", (sida, operander))
        om = operander[1] if len(operander) > 1 else None
        if isinstance(om, Dictionary) and "/MCID" in om:
            return ("märkt", (sida, int(om.MCID)))
        if isinstance(om, Dictionary) and "/ActualText" in om and yttre[1] is not None:
            self._text[yttre[1]] = self._text.get(yttre[1], "") + str(om.ActualText)
            return ("ersatt", yttre[1])
        if str(operander[0]) == "/Artifact":
            slag = str(om.get("/Subtype", "")) if isinstance(om, Dictionary) else ""
            return (slag or "prydnad", None)
        return yttre

    def _teckentabell(self, typsnitt: Object) -> _Tecken:
        """The characters of a font by their codes, from its ToUnicode."""
        if (nummer := _nummer(typsnitt)) not in self._teckentabeller:
            text = typsnitt.ToUnicode.read_bytes().decode("latin-1")
            par = re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", "".join(_avsnitt(text)))
            tabell = {int(kod, 16): bytes.fromhex(tecken).decode("utf-16-be") for kod, tecken in par}
            self._teckentabeller[nummer] = _Tecken(tabell)
        return self._teckentabeller[nummer]

    def otaggat(self) -> Iterator[Stycke]:
        """Marked content that no tag leads to."""
        for plats, text in self._text.items():
            if plats not in self._lästa and text.strip():
                sida = self._sida[plats[0]]
                yield Stycke("otaggat", f"PDF, sidan {sida}", (Läst(text),), {"sida": str(sida)})

    # ---------------------------------------------------------------- the structure tree

    def läs(self, element: Object, sida: Object | None) -> None:
        """Read an element of the structure tree and all under it."""
        self._räkna()
        sida = element.get("/Pg", sida)
        slag = str(element.get("/S", "/Document"))
        i_lista = slag == "/Lbl" and str(element.get("/P", Dictionary()).get("/S", "")) == "/LI"
        block: Slag | None = "nummer" if i_lista else _BLOCK.get(slag)
        if slag in _GRUPP or block:
            self._avsluta("text")
        if slag == "/Table":
            self.tabeller.append(tuple(self._rader(element, sida)))
        if slag == "/Figure":
            self._på = self._sida[_nummer(sida)] if sida is not None else 0
            self._lägg(self.stycken, "alt", str(element.get("/Alt", "")), self._på)
        början = len(self._öppet)
        self._läs_barn(element, sida)
        if slag == "/Link":
            self._läs_länk(element, början)
        if block:
            self._avsluta(block)
        elif slag in _GRUPP:
            self._avsluta("diagram" if slag == "/Figure" else "text")

    def _läs_länk(self, element: Object, början: int) -> None:
        """Note a link that has been read, and take the page that it says out of the words."""
        text, sägs = "".join(self._öppet[början:]), ""
        if träff := _PÅ_SIDAN.search(text):
            sägs = träff[1]
            self._öppet[början:] = [text[: träff.start()]]
        for barn in _barn(element):
            if isinstance(barn, Dictionary) and "/Obj" in barn and str(barn.Obj.get("/Subtype", "")) == "/Link":
                till, adress = self._mål(barn.Obj)
                self.länkar.append(Länk(text, self._på, till, adress, sägs))

    def _mål(self, annot: Object) -> tuple[int | None, str]:
        """The page that a link leads to, or its address."""
        handling = annot.get("/A", Dictionary())
        if "/URI" in handling:
            return None, str(handling.URI)
        mål = annot.get("/Dest", handling.get("/D"))
        if isinstance(mål, (pikepdf.String, pikepdf.Name)):
            mål = self._namn.get(str(mål))
        if isinstance(mål, Dictionary):
            mål = mål.get("/D")
        return (self._sida.get(_nummer(mål[0])) if isinstance(mål, Array) and len(mål) else None), ""

    def _räkna(self) -> None:
        """A tree whose branches meet again is read no further than a tree can be large."""
        self._element += 1
        if self._element > _HÖGST_ELEMENT:
            raise ValueError("för många element")

    def _läs_barn(self, element: Object, sida: Object | None) -> None:
        for barn in _barn(element):
            if isinstance(barn, Dictionary) and "/S" in barn:
                self.läs(barn, sida)
            elif (plats := _plats(barn, sida)) is not None:
                self._lästa.add(plats)
                self._öppna(self._text.get(plats, ""))
                self._på = self._sida[plats[0]]

    def _öppna(self, text: str) -> None:
        """Add to the open block; two numbers drawn apart do not become one."""
        if text[:1].isdigit() and next((del_ for del_ in reversed(self._öppet) if del_), "")[-1:].isdigit():
            text = f" {text}"
        self._öppet.append(text)

    def _avsluta(self, slag: Slag) -> None:
        if self._öppet:
            text, self._öppet = "".join(self._öppet), []
            self._lägg(self.stycken, slag, text, self._på)

    def _lägg(self, till: list[Stycke], slag: Slag, text: str, sida: int) -> None:
        om = {"sida": str(sida)}
        if slag == "förteckning" and (träff := _SIDNUMMER.search(text)):
            text, om = text[: träff.start()], {**om, "sidhänvisning": träff[1]}
        if text.strip():
            till.append(Stycke(slag, f"PDF, sidan {sida}", (Läst(text),), om))

    def _rader(self, element: Object, sida: Object | None) -> Iterator[tuple[str, ...]]:
        """The rows of a table, each cell as its text."""
        self._räkna()
        for barn in _barn(element):
            if not isinstance(barn, Dictionary) or "/S" not in barn:
                continue
            under = barn.get("/Pg", sida)
            if barn.S == "/TR":
                yield tuple(ett_blank(self._text_i(cell, under)) for cell in _barn(barn))
            else:
                yield from self._rader(barn, under)

    def _text_i(self, element: Object, sida: Object | None) -> str:
        self._räkna()
        sida = element.get("/Pg", sida)
        delar = []
        for barn in _barn(element):
            if isinstance(barn, Dictionary) and "/S" in barn:
                delar.append(self._text_i(barn, sida) + (" " if str(barn.S) in _BLOCK else ""))
            elif (plats := _plats(barn, sida)) is not None:
                delar.append(self._text.get(plats, ""))
        return "".join(delar)


def _namngivna(dok: pikepdf.Pdf) -> dict[str, Object]:
    """The named places of a file."""
    namn = dok.Root.get("/Names", Dictionary()).get("/Dests")
    return {str(ett): mål for ett, mål in pikepdf.NameTree(namn).items()} if namn is not None else {}


def _nummer(objekt: Object | pikepdf.Page) -> tuple[int, int]:
    """The number of an object in its file."""
    nummer, generation = objekt.objgen
    return int(nummer), int(generation)


def _barn(element: Object) -> list[Object]:
    barn = element.get("/K", Array())
    return list(barn.as_list()) if isinstance(barn, Array) else [barn]


def _plats(barn: Object, sida: Object | None) -> Plats | None:
    """Where the marked content is that a structure element holds; None for what is no content."""
    if isinstance(barn, Dictionary):
        if "/MCID" not in barn:
            return None
        sida, barn = barn.get("/Pg", sida), barn.MCID
    return None if sida is None else (_nummer(sida), int(barn))


def _avsnitt(cmap: str) -> list[str]:
    """The parts of a character map that name characters one by one, which is the only way Typst names them."""
    return re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL)


class _Tecken(dict[int, str]):
    """The characters of a font by their codes, of two bytes; an unknown glyph is a character that is no other."""

    def __missing__(self, _: int) -> str:
        return "\ufffd"


def _visat(koder: bytes, tecken: _Tecken) -> str:
    """The text that codes show."""
    return koder.decode("utf-16-be", "surrogatepass").translate(tecken)
