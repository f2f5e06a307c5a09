"""The text of a ledger file: which encoding its bytes really are in, and åäö repaired where that can be done exactly.

What a file says of its encoding is no evidence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from finsam.read.indata import OSYNLIGT, kodpunkt, nfc
from finsam.read.ledger.problem import Problemsamling

ASCII = bytes(range(128))
CP437_BOKSTÄVER = "äåöÄÅÖéü".encode("cp437")
LATIN1_BOKSTÄVER = "äåöÄÅÖéü".encode("latin-1")
UTF8_BOKSTÄVER = tuple(bokstav.encode() for bokstav in "äåöÄÅÖéü")
SVENSKA = re.compile("[åäöÅÄÖ]")
RADSLUT = b"\x1a\n \t\x00"
STYRBYTE = bytes({*range(0x20), 0x7F} - set(b"\t\n"))
ERSATT = "\ufffd"

MAC_TECKEN = re.compile("[a-z][îÜÑ]|[îÜÑ][a-z]")
CP1252_TECKEN = re.compile("[A-Za-z][„†”]|[„†”][a-z]|[\x80-\x9f]")

FÖRVANSKAD = "Åäö i filen är förvanskade sedan tidigare; siffrorna påverkas inte."


class Avkodat(NamedTuple):
    """A file as decoded, and whether it has control bytes."""

    rå: str
    teckenkod: str
    har_styrtecken: bool


@dataclass(frozen=True, slots=True)
class Filtext:
    """A file as text: as decoded (`rå`), and as read (`text`: line ends made one, åäö repaired)."""

    rå: str
    text: str
    teckenkod: str


def decode_text(data: bytes, problem: Problemsamling) -> Filtext:
    """Decode by the evidence of the bytes, and say what is odd with the text."""
    avkodat = decode_bytes(data)
    return clean(avkodat, repair(avkodat, problem), problem)


def decode_bytes(data: bytes) -> Avkodat:
    """The bytes as text, with plain line ends; nothing in it is mended."""
    teckenkod = _teckenkod(data)
    if teckenkod == "utf-16":
        data = data.decode(teckenkod, errors="replace").encode()
    data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").rstrip(RADSLUT)
    har_styrtecken = len(data.translate(None, STYRBYTE)) < len(data)
    return Avkodat(_decode(data, "utf-8" if teckenkod == "utf-16" else teckenkod), teckenkod, har_styrtecken)


def clean(avkodat: Avkodat, text: str, problem: Problemsamling) -> Filtext:
    """The text without characters that are not seen, beside what it was made from."""
    if avkodat.har_styrtecken or (avkodat.teckenkod not in ("ascii", "cp437") and OSYNLIGT.search(text)):
        _säg_styrtecken(text, problem)
        text = OSYNLIGT.sub(ERSATT, text)
    return Filtext(avkodat.rå, text, avkodat.teckenkod)


def _säg_styrtecken(text: str, problem: Problemsamling) -> None:
    """Each row that has one, once."""
    rad, räknat, radslut = 1, 0, -1
    for träff in OSYNLIGT.finditer(text):
        if träff.start() < radslut:
            continue
        rad += text.count("\n", räknat, träff.start())
        räknat = träff.start()
        radslut = text.find("\n", räknat) % (len(text) + 1)
        nr = räknat - text.rfind("\n", 0, räknat)
        text_ = f"Raden har ett otillåtet styrtecken ({kodpunkt(träff[0])}, tecken {nr}); det visas som �."
        problem.upplysning(text_, rad, "styrtecken")


def _teckenkod(data: bytes) -> str:
    """The encoding: byte order mark, then valid UTF-8, then the majority among the bytes of Swedish letters."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if data.startswith(b"\xef\xbb\xbf"):
        return "utf-8"
    if data.isascii():
        return "ascii"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        data = data.translate(None, ASCII)
        utf8 = sum(map(data.count, UTF8_BOKSTÄVER))
        latin1 = sum(map(data.count, LATIN1_BOKSTÄVER))
        cp437 = sum(map(data.count, CP437_BOKSTÄVER))
        if utf8 > max(latin1, cp437):
            return "utf-8"
        return "cp1252" if latin1 > cp437 else "cp437"
    return "utf-8"


def _decode(data: bytes, teckenkod: str) -> str:
    if teckenkod == "utf-8":
        return data.decode("utf-8-sig", errors="replace")
    if teckenkod == "cp1252":
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError:
            return data.decode("latin-1")
    return data.decode(teckenkod, errors="replace")


def repair(avkodat: Avkodat, problem: Problemsamling, utbytta: re.Pattern[str] | None = None) -> str:
    """Undo an earlier program's misreading of åäö where the way back is exact; else say that they are lost.

    `utbytta` finds the places of a format where åäö are always other characters.
    """
    rå = nfc(avkodat.rå)
    if ERSATT in rå:
        problem.varning("Åäö saknas i filen (�); siffrorna påverkas inte. Exportera filen på nytt om namnen behövs.")
        return rå
    if SVENSKA.search(rå):
        return rå
    if utbytta and len(utbytta.findall(rå)) >= 2:
        problem.varning("Åäö i filen är utbytta mot andra tecken; siffrorna påverkas inte.")
        return rå
    if avkodat.teckenkod != "utf-8":
        return rå
    if MAC_TECKEN.search(rå):
        lagad = _as_cp437(rå, ("mac_roman",))
    elif CP1252_TECKEN.search(rå):
        lagad = _as_cp437(rå, ("cp1252", "latin-1"))
    else:
        return rå
    problem.varning(f"{FÖRVANSKAD} De har återställts; läs igenom namnen." if lagad else FÖRVANSKAD)
    return lagad or rå


def _as_cp437(text: str, koder: tuple[str, ...]) -> str | None:
    """The text as CP437, had its characters been misread in one of the encodings; `None` when there is no way back."""
    bytevärden: dict[int, str] = {}
    for tecken in set(text):
        for kod in koder:
            try:
                bytevärden[ord(tecken)] = tecken.encode(kod).decode("cp437")
                break
            except UnicodeEncodeError:
                continue
        else:
            return None
    return text.translate(bytevärden)
