"""Write a ledger as a SIE file, byte for byte as the format has it (CP437, #KSUMMA); shares no code with the reader."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from finsam.model.bokforing import Bokföring, Bokföringsår, Objekt, Verifikation

KRÄVER_CITAT = set(' \t"{}')
OMVÄNT_SNEDSTRECK = "\\"
KONTOTYPER = {"1": "T", "2": "S", "3": "I"}

Fält = str | int | date | Decimal | tuple[Objekt, ...]
Post = tuple[Fält, ...]


class Klammer(str):
    """A line of its own around the rows of a verifikation."""


def write_sie(bokföring: Bokföring, *, historik: bool = False, radslut: str = "\r\n") -> bytes:
    """The file. `historik` adds a struck and an added row to each verifikation, which a reader must not count."""
    rader = [_rad(("#FLAGGA", 0)), _rad(("#KSUMMA",))]
    summa = 0
    for post in _poster(bokföring, historik):
        rader.append(post if isinstance(post, Klammer) else _rad(post))
        if not isinstance(post, Klammer):
            summa = zlib.crc32("".join(map(_innehåll, post)).encode("cp437"), summa)
    rader.append(_rad(("#KSUMMA", summa)))
    return "".join(rad + radslut for rad in rader).encode("cp437")


def _rad(post: Post) -> str:
    return " ".join(_fält(fält) for fält in post)


def _fält(fält: Fält) -> str:
    """A field as it stands in the file."""
    if isinstance(fält, tuple):
        return "{" + " ".join(_fält(del_) for par in fält for del_ in par) + "}"
    text = _innehåll(fält)
    if not text or KRÄVER_CITAT & set(text) or OMVÄNT_SNEDSTRECK in text[:-1]:
        return '"' + text.replace('"', '\\"') + '"'
    return text


def _innehåll(fält: Fält) -> str:
    """A field as the checksum counts it."""
    match fält:
        case tuple():
            return "".join(del_ for par in fält for del_ in par)
        case date():
            return fält.strftime("%Y%m%d")
        case Decimal():
            return f"{fält:.2f}"
    return str(fält)


def _poster(bok: Bokföring, historik: bool) -> Iterator[Post | Klammer]:
    yield from _identifikation(bok)
    yield from _kontoplan(bok)
    for bokår in bok.år.values():
        yield from _saldon(bokår)
        if bok.typ != "1":
            yield from _perioder(bokår)
        if bok.typ in ("3", "4E"):
            yield from _objektsaldon(bokår)
    for ver in bok.verifikationer:
        yield from _verifikation(ver, historik)


def _identifikation(bok: Bokföring) -> Iterator[Post]:
    slut = bok.år[0].slut
    namn, _, version = bok.program.rpartition(" ")
    # A backslash before the closing quote would escape it.
    delbart = namn and version and not namn.endswith(OMVÄNT_SNEDSTRECK)
    yield ("#PROGRAM", namn, version) if delbart else ("#PROGRAM", bok.program)
    yield "#FORMAT", "PC8"
    yield "#GEN", slut, "ekonom"
    yield "#SIETYP", bok.typ[0]
    for text in bok.prosa:
        yield "#PROSA", text
    yield "#FTYP", "X"
    yield "#FNR", "C:\\Bok\\1"
    yield "#ORGNR", bok.orgnr
    yield "#BKOD", "84300"
    yield "#ADRESS", "", "Box 1", "700 01 Örebro", ""
    yield "#FNAMN", bok.namn
    for nr, bokår in bok.år.items():
        yield "#RAR", nr, bokår.start, bokår.slut
    yield "#TAXAR", slut.year + 1
    if bok.omfattar_till:
        yield "#OMFATTN", bok.omfattar_till
    if bok.kontoplanstyp:
        yield "#KPTYP", bok.kontoplanstyp
    yield "#VALUTA", bok.valuta


def _kontoplan(bok: Bokföring) -> Iterator[Post]:
    for konto in bok.konton.values():
        yield "#KONTO", konto.nummer, konto.namn
        yield "#KTYP", konto.nummer, KONTOTYPER.get(konto.nummer[0], "K")
        yield "#ENHET", konto.nummer, "st"
        yield "#SRU", konto.nummer, "7200"
    for nr, namn in bok.dimensioner.items():
        yield ("#UNDERDIM", nr, namn, bok.överdimensioner[nr]) if nr in bok.överdimensioner else ("#DIM", nr, namn)
    for (nr, kod), namn in bok.objekt.items():
        yield "#OBJEKT", nr, kod, namn


def _saldon(bokår: Bokföringsår) -> Iterator[Post]:
    for etikett, saldon in (("#IB", bokår.ib), ("#UB", bokår.ub), ("#RES", bokår.res)):
        for konto, belopp in saldon.items():
            yield etikett, bokår.nr, konto, belopp


def _perioder(bokår: Bokföringsår) -> Iterator[Post]:
    for etikett, saldon in (("#PSALDO", bokår.perioder), ("#PBUDGET", bokår.budget)):
        for (konto, period), belopp in saldon.items():
            yield etikett, bokår.nr, period, konto, (), belopp


def _objektsaldon(bokår: Bokföringsår) -> Iterator[Post]:
    """Balance accounts as #OIB and #OUB; result accounts as #PSALDO of the last month, when there are months at all."""
    for (konto, objekt), belopp in bokår.objekt_ib.items():
        yield "#OIB", bokår.nr, konto, (objekt,), belopp
    for (konto, objekt), belopp in bokår.objekt.items():
        if konto in bokår.res and bokår.perioder:
            yield "#PSALDO", bokår.nr, f"{bokår.slut:%Y%m}", konto, (objekt,), belopp
        else:
            yield "#OUB", bokår.nr, konto, (objekt,), belopp


def _verifikation(ver: Verifikation, historik: bool) -> Iterator[Post | Klammer]:
    yield "#VER", ver.serie, ver.nummer, ver.datum or "", ver.text, ver.datum or "", "ekonom"
    yield Klammer("{")
    rader: Iterable[Post] = (("#TRANS", r.konto, r.objekt, r.belopp, r.datum or "", r.text, 0) for r in ver.rader)
    for nr, rad in enumerate(rader):
        if historik and nr == 0:
            yield "#BTRANS", *rad[1:]
            yield "#RTRANS", *rad[1:]
        yield rad
    yield Klammer("}")
