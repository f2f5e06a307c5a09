"""The ledger, whatever it was exported as: SIE 1–4, SIE 5, or a saldolista. The content decides, not the name."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from finsam.model.problem import Problem
from finsam.read.filslag import tabell_i_annat
from finsam.read.indata import read_bytes
from finsam.read.ledger.samla import Resultat
from finsam.read.mapp import filform
from finsam.read.sie.sie import read_sie_bytes
from finsam.read.sie5.sie5 import read_sie5, är_sie5

ÄNDELSER = (".se", ".si", ".sie", ".xml", ".xlsx", ".csv", ".txt")
"""What a ledger file's name may end with."""

STÖRSTA_FIL = 500_000_000
MINNS = 20_000_000
"""Bytes of a file that is kept in case it is asked for again."""


def read_bokföring(
    path: Path, fil: str | None = None, år: int | None = None, godtagna: frozenset[str] = frozenset()
) -> Resultat:
    """Read a ledger file; the ledger is `None` when it is refused, and then some problem has the level "fel".

    `fil` is what the user calls the file, for the messages; `år` the year it should be for, when that is known: a
    saldolista seldom says. `godtagna` is what somebody has answered for, see `read_sie_bytes`.
    """
    fil = str(path) if fil is None else fil
    data, problem = read_bytes(path, fil, STÖRSTA_FIL)
    if data is None:
        return None, problem
    läst, funna = _tolkat(data, fil, år, godtagna) if len(data) < MINNS else _tolka(data, fil, år, godtagna)
    return läst, list(funna)


@lru_cache(maxsize=4)
def _tolkat(data: bytes, fil: str, år: int | None, godtagna: frozenset[str]) -> Resultat:
    """The same for the bytes: an earlier year's ledger is asked for more than once, as are all while one watches."""
    return _tolka(data, fil, år, godtagna)


def _tolka(data: bytes, fil: str, år: int | None, godtagna: frozenset[str]) -> Resultat:
    if hinder := tabell_i_annat(data):
        return None, [Problem("fel", hinder, fil)]
    if är_sie5(data):
        return read_sie5(data, fil, godtagna)
    if not data[:200].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"#"):
        from finsam.read.lista.saldolista import read_saldolista, är_saldolista  # loads what reads workbooks

        if är_saldolista(data):
            return read_saldolista(data, fil, år)
    return read_sie_bytes(data, fil, godtagna)


def hitta_bokföring(mapp: Path, namn: str = "bokforing") -> list[Path]:
    """The files of a year's folder that could be the ledger (`namn` "foregaende": the year before's), in order."""
    if not mapp.is_dir():
        return []
    filer = (fil for fil in mapp.iterdir() if filform(fil.stem) == namn and fil.suffix.lower() in ÄNDELSER)
    return sorted(fil for fil in filer if not fil.is_dir())
