"""#KSUMMA: the CRC-32 that tells whether a SIE file is as the ledger program wrote it."""

from __future__ import annotations

import re
import zlib

from finsam.read.sie_problem import Problemsamling
from finsam.read.sie_teckenkod import Filtext
from finsam.read.sie_text import BLANKA, split_post

KSUMMA = re.compile(r'^[ \t]*#KSUMMA\b[ \t]*"?([^"\n]*?)"?[ \t]*$', re.M)
TAL = re.compile(r"-?\d{1,10}", re.ASCII)
MELLAN_FÄLT = b" \t\r\n{}"
CITAT_I_TEXT = b"\x01"


def check_ksumma(fil: Filtext, problem: Problemsamling) -> bool | None:
    """Whether the checksum is right; `None` when the file carries none to compare with."""
    träffar = list(KSUMMA.finditer(fil.rå)) if "#KSUMMA" in fil.rå else []
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
    problem.fel(
        "Kontrollsumman stämmer inte: filen har ändrats eller skadats efter exporten. Exportera den på nytt.", rad
    )
    return False


def _stämmer(fil: Filtext, start: int, slut: int, summa: int) -> bool:
    """Whether any fair reading of the rule gives the sum: CP437 codes of the characters, or the bytes as they stand."""
    for text, kod in ((fil.rå[start:slut], fil.teckenkod), (fil.rå[start:slut], "cp437"), (_lagad(fil), "cp437")):
        try:
            data = text.encode(kod)
        except UnicodeEncodeError:
            continue
        if zlib.crc32(_fältbytes(data)) == summa or zlib.crc32(_fältbytes_rad_för_rad(text).encode(kod)) == summa:
            return True
    return False


def _lagad(fil: Filtext) -> str:
    """What stands between the two #KSUMMA once åäö are repaired."""
    träffar = list(KSUMMA.finditer(fil.text))
    return fil.text[träffar[0].end() : träffar[-1].start()] if träffar else ""


def _fältbytes(data: bytes) -> bytes:
    """Labels and fields with nothing between, when every quote has its pair (fast).

    >>> _fältbytes(b'#KONTO 1915 "Kassa \\\\"special\\\\""')
    b'#KONTO1915Kassa "special"'
    """
    delar = data.replace(b'\\"', CITAT_I_TEXT).split(b'"')
    delar[::2] = [del_.translate(None, MELLAN_FÄLT) for del_ in delar[::2]]
    return b"".join(delar).replace(CITAT_I_TEXT, b'"')


def _fältbytes_rad_för_rad(text: str) -> str:
    """The same by the reader's own fields, which also copes with quotes that have no pair."""
    delar: list[str] = []
    for rad in text.split("\n"):
        rad = rad.strip(BLANKA)
        if rad in ("", "{", "}"):
            continue
        post = split_post(rad)
        före, efter = post.fält[: post.före], post.fält[post.före :]
        delar += [rad[: len(post.etikett)], *före, *(post.objekt or ()), *efter]
    return "".join(delar)
