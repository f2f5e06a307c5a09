"""A package with one random change anywhere in it is never said to agree; the same changes every time."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from conftest import kör
from verifiera.conftest import Omgjort
from verifiera.slump import SLAG, Filer, anpassa, byte, ändra

ANTAL = 200
UTAN_INNEHÅLL = ("avsnitt", "papper")
"""What is neither run nor read: it may differ without a document that does, and is told as that."""


def byt_i_zip(paket: bytes, filer: Filer) -> bytes:
    """The package with these files, each where and as it was."""
    ut = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(paket)) as gammal, zipfile.ZipFile(ut, "w") as arkiv:
        for post in gammal.infolist():
            if post.filename in filer:
                arkiv.writestr(post, filer[post.filename])
        for namn in filer.keys() - set(gammal.namelist()):
            arkiv.writestr(zipfile.ZipInfo(namn, (1980, 1, 1, 0, 0, 0)), filer[namn])
    return ut.getvalue()


def svar_på(fil: Path, paket: bytes) -> tuple[int, str]:
    fil.write_bytes(paket)
    svar = kör("verifiera", fil)
    assert svar.exception is None or isinstance(svar.exception, SystemExit), svar.exception
    return svar.exit_code, svar.output


@pytest.mark.langsam
def test_no_change_is_said_to_agree_although_every_list_fits(omgjort: Omgjort, tmp_path: Path) -> None:
    """The lists fit, so that only what is made again can tell; the inputs' do not, for then it is another package.

    A new run of the package is not made: when its inputs are changed none is, else it gives the same every time.
    """
    paket = omgjort.fil.read_bytes()
    assert byt_i_zip(paket, omgjort.filer) == paket
    slagen = Counter[str]()
    for frö in range(ANTAL):
        slag, vad, filer = ändra(omgjort.filer, Random(frö))
        kod, svar = svar_på(tmp_path / omgjort.fil.name, byt_i_zip(paket, anpassa(filer, omgjort.filer)))
        slagen[slag] += 1
        assert "Allt stämmer." not in svar, (frö, vad)
        assert kod or (slag in UTAN_INNEHÅLL and re.search(r"^i nivå", svar, re.MULTILINE)), (frö, vad, svar)
    assert set(slagen) == set(SLAG)
    assert min(slagen.values()) > ANTAL // 40, slagen


@pytest.mark.langsam
def test_no_byte_of_the_package_itself_is_another(omgjort: Omgjort, tmp_path: Path) -> None:
    paket = omgjort.fil.read_bytes()
    for frö in range(ANTAL // 4):
        kod, svar = svar_på(tmp_path / omgjort.fil.name, byte(paket, Random(frö)))
        assert kod in (1, 2), (frö, svar)
        assert "Allt stämmer." not in svar, frö
