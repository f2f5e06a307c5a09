"""#KSUMMA: the CRC-32 that tells whether a SIE file is as the ledger program wrote it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable

from finsam.read.ledger.problem import Problemsamling
from finsam.read.ledger.teckenkod import Filtext
from finsam.read.sie.text import BLANKA, split_post

KSUMMA = re.compile(r'#KSUMMA\b[ \t]*"?([^"\n]*?)"?[ \t]*$', re.M)
TAL = re.compile(r"-?\d{1,10}", re.ASCII)
MELLAN_FÄLT = b" \t\r\n{}"
CITAT_I_TEXT = b"\x01"
STYCKE = 1_000_000
"""So many characters are summed at a time: a large file is not held in pieces all at once."""


def check_ksumma(fil: Filtext, problem: Problemsamling) -> bool | None:
    """Whether the checksum is right; `None` when the file carries none to compare with."""
    träffar = _poster(fil.rå)
    if not träffar:
        return None
    första, sista = träffar[0], träffar[-1]
    rad = fil.rå.count("\n", 0, sista.end()) + 1
    if första[1]:
        problem.upplysning("Inledande #KSUMMA saknas, så kontrollsumman kan inte prövas.", rad)
        return None
    if not sista[1]:
        problem.fel("Filen är avklippt: kontrollsumman i slutet saknas. Exportera den på nytt ur ekonomisystemet.", rad)
        return False
    if TAL.fullmatch(sista[1]) and _stämmer(fil, första.end(), sista.start(), int(sista[1]) % 2**32):
        problem.upplysning("Kontrollsumman stämmer.", rad)
        return True
    text = "Kontrollsumman stämmer inte: filen har ändrats eller skadats efter exporten."
    problem.fel_om_ej_godtaget("kontrollsumma", text, "Exportera den på nytt.", rad)
    return False


def _poster(text: str) -> list[re.Match[str]]:
    """The #KSUMMA records: those that begin a line."""
    träffar = KSUMMA.finditer(text)
    return [
        träff for träff in träffar if not text[text.rfind("\n", 0, träff.start()) + 1 : träff.start()].strip(BLANKA)
    ]


def _stämmer(fil: Filtext, start: int, slut: int, summa: int) -> bool:
    """Whether any fair reading of the rule gives the sum: CP437 codes of the characters, or the bytes as they stand."""
    tolkningar = [(fil.rå, start, slut, kod) for kod in dict.fromkeys((fil.teckenkod, "cp437"))]
    if fil.text is not fil.rå and len(lagade := _poster(fil.text)) > 1:
        tolkningar.append((fil.text, lagade[0].end(), lagade[-1].start(), "cp437"))
    return any(_summa(*t, fält) == summa for t in tolkningar for fält in (_fältbytes, _fältbytes_rad_för_rad))


def _summa(text: str, start: int, slut: int, kod: str, fältbytes: Callable[[str, str], bytes]) -> int | None:
    """The CRC-32 of what stands between two places; `None` when a character has no code."""
    summa = 0
    while start < slut:
        radslut = text.find("\n", min(start + STYCKE, slut), slut) + 1 or slut
        try:
            summa = zlib.crc32(fältbytes(text[start:radslut], kod), summa)
        except UnicodeEncodeError:
            return None
        start = radslut
    return summa


def _fältbytes(text: str, kod: str) -> bytes:
    """Labels and fields with nothing between, when every quote has its pair (fast).

    >>> _fältbytes('#KONTO 1915 "Kassa \\\\"special\\\\""', "cp437")
    b'#KONTO1915Kassa "special"'
    """
    delar = text.encode(kod).replace(b'\\"', CITAT_I_TEXT).split(b'"')
    delar[::2] = [del_.translate(None, MELLAN_FÄLT) for del_ in delar[::2]]
    return b"".join(delar).replace(CITAT_I_TEXT, b'"')


def _fältbytes_rad_för_rad(text: str, kod: str) -> bytes:
    """The same by the reader's own fields, which also copes with quotes that have no pair."""
    delar: list[str] = []
    for rad in text.split("\n"):
        rad = rad.strip(BLANKA)
        if rad in ("", "{", "}"):
            continue
        post = split_post(rad)
        före, efter = post.fält[: post.före], post.fält[post.före :]
        delar += [rad[: len(post.etikett)], *före, *(post.objekt or ()), *efter]
    return "".join(delar).encode(kod)
