"""The text of a SIE file: which encoding its bytes really are in, and åäö repaired where that can be done exactly.

The format allows CP437 only (#FORMAT PC8), and files that say so are as often UTF-8 and now and then Latin-1,
so what the file says is no evidence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from finsam.read.indata import OSYNLIGT
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
ASCII_TECKEN = re.compile(r'\n[ \t]*#(?:KONTO|FNAMN)\b.*[A-Za-z](?:\+[a-z]|"[a-z])')

FÖRVANSKAD = "Åäö i filen är förvanskade sedan tidigare; siffrorna påverkas inte."


@dataclass(frozen=True, slots=True)
class Filtext:
    """A file as text: as decoded (`rå`), and as read (`text`: line ends made one, åäö repaired)."""

    rå: str
    text: str
    teckenkod: str


def decode_sie(data: bytes, problem: Problemsamling) -> Filtext:
    """Decode by the evidence of the bytes, and say what is odd with the text."""
    teckenkod = _teckenkod(data)
    if teckenkod == "utf-16":
        data = data.decode(teckenkod, errors="replace").encode()
    data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").rstrip(RADSLUT)
    har_styrtecken = len(data.translate(None, STYRBYTE)) < len(data)
    rå = _decode(data, "utf-8" if teckenkod == "utf-16" else teckenkod)
    _check_teckenkod(rå, teckenkod, problem)
    text = _repaired(rå, teckenkod, problem)
    if har_styrtecken or (teckenkod not in ("ascii", "cp437") and OSYNLIGT.search(text)):
        problem.upplysning("Filen innehåller otillåtna styrtecken; de visas som �.")
        text = OSYNLIGT.sub(ERSATT, text)
    return Filtext(rå, text, teckenkod)


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


def _check_teckenkod(rå: str, teckenkod: str, problem: Problemsamling) -> None:
    if not re.search(r'^[ \t]*#FORMAT[ \t]+"?PC8', rå[:20_000], re.M):
        return
    if teckenkod.startswith("utf"):
        problem.upplysning(f"Filen är i {teckenkod.upper()} fast den anger PC8.")
    elif teckenkod == "cp1252":
        problem.varning("Filen säger teckenkod PC8 men är Latin-1; åäö har tolkats efter innehållet.")


def _repaired(rå: str, teckenkod: str, problem: Problemsamling) -> str:
    """Undo an earlier program's misreading of åäö where the way back is exact; else say that they are lost."""
    if ERSATT in rå:
        problem.varning("Åäö saknas i filen (�); siffrorna påverkas inte. Exportera filen på nytt om namnen behövs.")
        return rå
    if SVENSKA.search(rå):
        return rå
    if len(ASCII_TECKEN.findall(rå)) >= 2:
        problem.varning("Åäö i filen är utbytta mot andra tecken; siffrorna påverkas inte.")
        return rå
    if teckenkod != "utf-8":
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
