"""The table of a file by its content: the sheet that has the headings, or text divided by the separator that fits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from zipfile import ZipFile

from finsam.model.ord import uppräkning
from finsam.read.arbetsbok import SKADAD, Bladinnehåll, dolda_blad, read_arbetsbok
from finsam.read.indata import HÖGST_BYTE, OSYNLIGT, kodpunkt, visa
from finsam.read.ledger.problem import Problemsamling
from finsam.read.ledger.teckenkod import decode_text
from finsam.read.lista.belopp import är_belopp
from finsam.read.lista.blad import (
    EXPORTERA,
    MELLANRUM,
    OVANLIGA,
    SEPARATORER,
    Listblad,
    Radfel,
    check_bredd,
    högerställ,
    split_text,
)
from finsam.read.lista.rubriker import (
    HÖGST_RUBRIKRAD,
    KONTON,
    Listkolumn,
    hitta_rubrikrad,
    tolka_rubriker,
    är_rubrikrad,
)
from finsam.read.lista.saldokolumner import VAD_SOM_BEHÖVS

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
BÖRJAN = 20_000
SIE_POST = re.compile(r"^[ \t]*#[A-Za-zÅÄÖåäö]", re.M)
KONTO_FÖRST = re.compile(r"\d{3,}(?:\s|$)", re.ASCII)
SOM_EN_LISTA = re.compile(r"^\W*konto.*(?<![a-zåäö])(?:ub|saldo|balans)(?![a-zåäö])", re.IGNORECASE | re.M)
"""Headings, whatever it is that parts them."""

SEPARATORNAMN = SEPARATORER | OVANLIGA

INGEN_RUBRIKRAD = f"Ingen av de {HÖGST_RUBRIKRAD} första raderna har rubriker som Konto, IB och UB. {VAD_SOM_BEHÖVS}"


@dataclass(frozen=True, slots=True)
class Listtabell:
    """A table with its headings; `teckenkod` is what the file was in."""

    blad: Listblad
    rubrikrad: int
    rubriker: tuple[Listkolumn, ...]
    teckenkod: str

    @property
    def konto(self) -> int:
        """The column where the konton stand, or where their rows begin."""
        egna = [kolumn.nr for kolumn in self.rubriker if kolumn.roll in KONTON]
        return min(egna or [kolumn.nr for kolumn in self.rubriker])

    @property
    def belopp(self) -> list[int]:
        """The columns of amounts."""
        return [kolumn.nr for kolumn in self.rubriker if kolumn.har_belopp]


def är_tabell(data: bytes) -> bool:
    """Whether the bytes are a workbook, or text in columns; not whether they can be read."""
    if data.startswith(OLE):
        return True
    if data.startswith(ZIP):
        return _är_arbetsbok(data)
    början = data[:BÖRJAN].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if början.startswith((b"<", b"%pdf")) or (b"\0" in början and not _är_utf16(data[:2])):
        return False
    huvud = data[:BÖRJAN] if len(data) <= BÖRJAN else data[:BÖRJAN].rpartition(b"\n")[0]
    text = decode_text(_med_bom(huvud), Problemsamling("")).text
    if SIE_POST.search(text):
        return False
    rader = text.split("\n")
    if any(sum(rad.count(separator) >= 2 for rad in rader) >= 3 for separator in (";", "\t")):
        return True
    return bool(SOM_EN_LISTA.search(text)) or bool(_tabeller(text, ""))


def _är_arbetsbok(data: bytes) -> bool:
    """Whether an archive is one of a spreadsheet program, or too damaged to tell."""
    try:
        with ZipFile(BytesIO(data)) as arkiv:
            namn = set(arkiv.namelist())
    except SKADAD:
        return True
    return bool(namn & {"[Content_Types].xml", "mimetype"}) or any(ett.endswith(".iwa") for ett in namn)


def _är_utf16(data: bytes) -> bool:
    return _med_bom(data).startswith((b"\xff\xfe", b"\xfe\xff"))


def _med_bom(data: bytes) -> bytes:
    """UTF-16 with its byte order mark, which some programs leave out."""
    if data[1:2] == b"\0" != data[:1]:
        return b"\xff\xfe" + data
    if data[:1] == b"\0" != data[1:2]:
        return b"\xfe\xff" + data
    return data


def read_tabell(data: bytes, fil: str, problem: Problemsamling) -> Listtabell | None:
    """The table of the file; `None`, and why, when there is none or more than one."""
    if len(data) > HÖGST_BYTE:
        problem.fel(f"Filen är större än {HÖGST_BYTE // 1_000_000} MB. Exportera ett år i taget.")
        return None
    tabell = _ur_arbetsbok(data, fil, problem) if data.startswith((ZIP, OLE)) else _ur_text(data, problem)
    if tabell is None:
        return None
    problem.blad = tabell.blad.namn
    if fel := check_bredd(tabell.blad, tabell.rubrikrad, tabell.konto, tabell.belopp):
        problem.fel(str(fel), fel.rad)
        return None
    return tabell if _är_en_tabell(tabell, problem) else None


def _är_en_tabell(tabell: Listtabell, problem: Problemsamling) -> bool:
    """Whether all that looks like the list stands under its headings, and no other headings among it."""
    blad, rubrikrad, konto, belopp = tabell.blad, tabell.rubrikrad, tabell.konto, tabell.belopp
    for rad, celler in sorted(blad.rader.items()):
        har_belopp = any(är_belopp(celler[nr]) for nr in belopp if nr in celler)
        if rad < rubrikrad and har_belopp and KONTO_FÖRST.match(blad.text(rad, konto)):
            text = (
                f"Raden ser ut som ett konto men står ovanför rubrikerna (rad {rubrikrad}). Behåll en lista på bladet."
            )
            problem.fel(text, blad.plats(rad))
            break
        if rad > rubrikrad and not har_belopp and _har_andra_rubriker(tabell, rad):
            text = f"Raden har andra rubriker än rad {rubrikrad}. Behåll en lista på bladet."
            problem.fel(text, blad.plats(rad), "andra rubriker")
    return not problem.har_fel


def _har_andra_rubriker(tabell: Listtabell, rad: int) -> bool:
    kolumner = tolka_rubriker(tabell.blad, rad)
    egna = _rubriker(tabell.blad, tabell.rubrikrad, tabell.rubriker)
    return är_rubrikrad(kolumner) and _rubriker(tabell.blad, rad, kolumner) != egna


def _rubriker(blad: Listblad, rad: int, kolumner: Iterable[Listkolumn]) -> dict[int, str]:
    """The headings of a row that say something of their columns."""
    return {kolumn.nr: text for kolumn in kolumner if kolumn.roll and (text := blad.text(rad, kolumn.nr))}


def _ur_arbetsbok(data: bytes, fil: str, problem: Problemsamling) -> Listtabell | None:
    bok, fel = read_arbetsbok(data, fil)
    for ett in fel:
        problem.fel(ett.text)
    if fel:
        return None
    dolda = dolda_blad(data)
    rubrikrader = {namn: rad for namn, rader in bok.items() if (rad := hitta_rubrikrad(Listblad(rader, namn)))}
    synliga = [namn for namn in rubrikrader if namn not in dolda]
    if dolda:
        problem.upplysning(f"Dolda blad läses inte: {uppräkning(map(visa, sorted(dolda)))}.")
    if len(synliga) > 1:
        text = f"Flera blad har en lista: {uppräkning(map(visa, synliga))}. Behåll bara det som gäller."
        problem.fel(text)
    elif not synliga:
        problem.fel(INGEN_RUBRIKRAD + (" Ett dolt blad har det; visa det i Excel." if rubrikrader else ""))
    if len(synliga) != 1:
        return None
    blad, rad = Listblad(_med_synliga(bok[synliga[0]], synliga[0], problem), synliga[0]), rubrikrader[synliga[0]]
    return Listtabell(blad, rad, tolka_rubriker(blad, rad), "xlsx")


def _med_synliga(rader: Bladinnehåll, namn: str, problem: Problemsamling) -> Bladinnehåll:
    """The cells of a sheet with � for what is not seen, which is said with its place."""
    for rad, celler in rader.items():
        for kolumn, cell in celler.items():
            text = cell.värde if isinstance(cell.värde, str) else ""
            if not text.isprintable() and (träff := OSYNLIGT.search(text := text.replace("\r", " "))):
                celler[kolumn] = replace(cell, värde=OSYNLIGT.sub("\ufffd", text))
                ord_ = f"Cellen har ett otillåtet styrtecken ({kodpunkt(träff[0])}); det visas som �."
                problem.upplysning(ord_, Listblad(rader, namn).plats(rad, kolumn), "styrtecken")
    return rader


def _ur_text(data: bytes, problem: Problemsamling) -> Listtabell | None:
    text = decode_text(_med_bom(data), problem)
    funna = _tabeller(text.text, text.teckenkod)
    if len(funna) == 1:
        return funna[0]
    if funna:
        namn = uppräkning((SEPARATORNAMN[tabell.blad.separator] for tabell in funna), "eller")
        problem.fel(f"Kolumnerna kan skiljas åt med {namn}, och det går inte att avgöra. Exportera som Excel.")
    elif fel := _radfel(text.text):
        problem.fel(str(fel), fel.rad)
    elif rubriker := SOM_EN_LISTA.search(text.text):
        rad = text.text.count("\n", 0, rubriker.end()) + 1
        problem.fel(f"Raden har rubriker, men det går inte att se vad som skiljer kolumnerna åt. {EXPORTERA}", rad)
    else:
        problem.fel(INGEN_RUBRIKRAD)
    return None


def _tabeller(text: str, teckenkod: str) -> list[Listtabell]:
    """The table by each separator that gives one with headings; by an unusual one only when no usual does."""
    return list(_tabeller_med(SEPARATORER, text, teckenkod)) or list(_tabeller_med(OVANLIGA, text, teckenkod))


def _tabeller_med(separatorer: Iterable[str], text: str, teckenkod: str) -> Iterator[Listtabell]:
    for separator in separatorer:
        try:
            blad = split_text(text, separator) if separator in text else Listblad({})
        except Radfel:
            continue
        if rad := hitta_rubrikrad(blad):
            if separator == MELLANRUM:
                högerställ(blad, rad)
            yield Listtabell(blad, rad, tolka_rubriker(blad, rad), teckenkod)


def _radfel(text: str) -> Radfel | None:
    """Why the text cannot be divided by the separator that is most common in it."""
    try:
        split_text(text, max(SEPARATORER, key=text.count))
    except Radfel as fel:
        return fel
    return None
