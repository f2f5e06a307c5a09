"""A package with one random change anywhere in it is never said to agree; the same changes every time."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from conftest import kör
from verifiera.conftest import Omgjort
from verifiera.manipulera import anpassa_paket

ANTAL = 200
Filer = dict[str, bytes]
ARKIV = (".xlsx", ".docx")
XML = (".html", ".xlsx", ".docx")
_TAGG = re.compile(rb"<[a-zA-Z][\w:.-]*")
_ATTRIBUT = re.compile(rb'[\w:.-]+="[^"]*"')


def byte(data: bytes, slump: Random) -> bytes:
    """One byte is another."""
    nr = slump.randrange(len(data))
    return data[:nr] + bytes([data[nr] ^ slump.randrange(1, 256)]) + data[nr + 1 :]


def element(data: bytes, slump: Random) -> bytes:
    """An element is put in."""
    plats = slump.choice([träff.start() for träff in _TAGG.finditer(data)])
    return data[:plats] + b"<i/>" + data[plats:]


def attribut(data: bytes, slump: Random) -> bytes:
    """An attribute is taken out, or has another value."""
    träff = slump.choice(list(_ATTRIBUT.finditer(data)))
    return data[: träff.start()] + slump.choice([b"", träff[0][:-1] + b'1"']) + data[träff.end() :]


def i_del(gör: Callable[[bytes, Random], bytes]) -> Callable[[bytes, Random], bytes]:
    """The same in a part of a workbook or a Word file."""

    def ändra(data: bytes, slump: Random) -> bytes:
        delar = packa_upp(data)
        namn = slump.choice([namn for namn, del_ in delar.items() if _ATTRIBUT.search(del_)])
        return packa(delar | {namn: gör(delar[namn], slump)})

    return ändra


def del_till(data: bytes, slump: Random) -> bytes:
    return packa(packa_upp(data) | {f"xl/{slump.randrange(10**6)}.bin": slump.randbytes(9)})


def del_bort(data: bytes, slump: Random) -> bytes:
    delar = packa_upp(data)
    del delar[slump.choice(list(delar))]
    return packa(delar)


def packa_upp(data: bytes) -> Filer:
    with zipfile.ZipFile(io.BytesIO(data)) as arkiv:
        return {namn: arkiv.read(namn) for namn in arkiv.namelist()}


def packa(delar: Filer) -> bytes:
    ut = io.BytesIO()
    with zipfile.ZipFile(ut, "w") as arkiv:
        for namn, data in delar.items():
            arkiv.writestr(zipfile.ZipInfo(namn), data)
    return ut.getvalue()


def ändra(paket: bytes, slump: Random) -> tuple[str, bytes]:
    """What was changed, and the package as it then is."""
    slag = slump.choice(["byte", "element", "attribut", "del till", "del bort", "fil till", "fil bort", "zip"])
    if slag == "zip":
        return "en byte i zipfilen", byte(paket, slump)
    if slag in ("fil till", "fil bort"):
        filer = packa_upp(paket)
        namn = f"outputs/{slump.randrange(10**6)}.txt" if slag == "fil till" else slump.choice(list(filer))
        if slag == "fil bort":
            del filer[namn]
        return f"{slag}: {namn}", byt_i_zip(paket, {namn: b"x"} if slag == "fil till" else {namn: None})
    passar = {"byte": None, "element": XML, "attribut": XML}.get(slag, ARKIV)
    filer = packa_upp(paket)
    namn = slump.choice([namn for namn in filer if filer[namn] and (not passar or namn.endswith(passar))])
    gör = {"byte": byte, "element": element, "attribut": attribut, "del till": del_till, "del bort": del_bort}[slag]
    if namn.endswith(ARKIV) and slag in ("element", "attribut"):
        gör = i_del(gör)
    return f"{slag}: {namn}", byt_i_zip(paket, {namn: gör(filer[namn], slump)})


def byt_i_zip(paket: bytes, nya: dict[str, bytes | None]) -> bytes:
    """The package with some files changed, put in or taken out, and the others as they were."""
    ut = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(paket)) as gammal, zipfile.ZipFile(ut, "w") as arkiv:
        for post in gammal.infolist():
            data = nya.pop(post.filename, gammal.read(post)) if post.filename in nya else gammal.read(post)
            if data is not None:
                arkiv.writestr(post, data)
        for namn, data in nya.items():
            assert data is not None
            arkiv.writestr(zipfile.ZipInfo(namn, (1980, 1, 1, 0, 0, 0)), data)
    return ut.getvalue()


@pytest.mark.langsam
def test_no_change_is_said_to_agree(omgjort: Omgjort, tmp_path: Path) -> None:
    """A new run of the package is not made: when its inputs are changed none is, else it gives the same every time."""
    paket = omgjort.fil.read_bytes()
    assert byt_i_zip(paket, {}) == paket
    slag, fil = dict[str, int](), tmp_path / omgjort.fil.name
    for frö in range(ANTAL):
        vad, ändrat = ändra(paket, Random(frö))
        assert hashlib.sha256(ändrat).digest() != hashlib.sha256(paket).digest(), (frö, vad)
        slag[vad.partition(":")[0]] = slag.get(vad.partition(":")[0], 0) + 1
        fil.write_bytes(ändrat)
        svar = kör("verifiera", fil)
        assert svar.exception is None or isinstance(svar.exception, SystemExit), (frö, vad, svar.exception)
        assert svar.exit_code in (1, 2), (frö, vad, svar.output)
        assert "Allt stämmer" not in svar.output, (frö, vad)
    assert min(slag.values()) > ANTAL // 20, slag


@pytest.mark.langsam
def test_no_change_of_a_document_is_said_to_agree_although_every_list_fits(omgjort: Omgjort, tmp_path: Path) -> None:
    """The manifest and the list of files are edited to fit, so that only what is made again can tell."""
    paket = omgjort.fil.read_bytes()
    fil = tmp_path / omgjort.fil.name
    for frö in range(ANTAL // 4):
        slump = Random(1000 + frö)
        filer = packa_upp(paket)
        dokument = [namn for namn in filer if namn.startswith("outputs/") and not namn.endswith("korning.json")]
        namn = slump.choice([namn for namn in dokument if filer[namn]])
        rot = tmp_path / str(frö)
        omgjort.packa_upp(rot)
        (rot / namn).write_bytes(byte(filer[namn], slump))
        anpassa_paket(rot)
        fil.write_bytes(byt_i_zip(paket, {n: (rot / n).read_bytes() for n in filer}))
        svar = kör("verifiera", fil)
        assert svar.exit_code == 1, (frö, namn, svar.output)
        assert re.search(r"^✗ nivå 1  ", svar.output, re.MULTILINE), (frö, namn)
        assert not re.search(r"^✗ nivå 0", svar.output, re.MULTILINE), (frö, namn)
