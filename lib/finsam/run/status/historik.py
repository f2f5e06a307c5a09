"""The history of a report's runs: a small file each beside the documents, `historik/<rapport>/0007.json.gz`.

It is no part of a run: nothing that is verified, sealed or packed reads it, and it may be thrown away. A file has a
line that tells of the run, and a line with what it is compared by (`ogonblick.py`). Only the first has a clock.
"""

from __future__ import annotations

import gzip
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from finsam.run.status.dokument import avtryck
from finsam.run.status.ogonblick import Ögonblick
from finsam.run.status.skillnad import i_korthet, jämför
from finsam.run.status.svar import Körning
from finsam.run.utmapp import ensam, säg_skrivfel

MAPP = "historik"
SPARAS = 20
"""How many runs are kept; the oldest goes when another comes."""
_HÖGST = 50_000_000
"""Bytes of a file unpacked; one of a large förbund is a hundredth of it."""


class _Huvud(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)

    nr: int = Field(ge=1)
    gjort: str = Field(max_length=40)
    utkast: bool
    fel: int
    varningar: int
    andrat: str
    avtryck: str


@dataclass(frozen=True, slots=True)
class Historik:
    """The runs, newest first, and the files that could not be read."""

    körningar: tuple[Körning, ...] = ()
    oläsliga: tuple[Path, ...] = ()


def historikmapp(mål: Path) -> Path:
    """Where the history of the run that has `mål` is."""
    return mål.parent / MAPP / mål.name


def read_historik(mål: Path) -> Historik:
    """The history of a report; an empty one when there is none."""
    körningar, oläsliga = [], []
    for fil in reversed(_filer(mål)):
        try:
            körningar.append(_körning(fil, _huvud(fil)))
        except (OSError, EOFError, ValueError, ValidationError):
            oläsliga.append(fil)
    return Historik(tuple(körningar), tuple(oläsliga))


def read_ögonblick(mål: Path, nr: int) -> Ögonblick | None:
    """What a run is compared by; None when its file is not there or cannot be read."""
    try:
        with gzip.open(historikmapp(mål) / _namn(nr), "rb") as packad:
            packad.readline(_HÖGST)
            return Ögonblick.model_validate_json(packad.read(_HÖGST))
    except (OSError, EOFError, ValueError, ValidationError):
        return None


def anteckna(mål: Path, nu: Ögonblick, av: str, klockan: datetime) -> None:
    """Write down a run that has just left its documents in `mål`; `av` is the hash of its `korning.json`.

    One that is the same as the run before is told of as that one, with the time of now. Nothing is written when another
    run has taken its place meanwhile: then that one tells. Raises Skrivfel.
    """
    mapp = historikmapp(mål)
    with säg_skrivfel(mapp):
        mapp.mkdir(parents=True, exist_ok=True)
        with ensam(mål):
            if avtryck(mål) != av:
                return
            förra = read_historik(mål).körningar[:1]
            före = read_ögonblick(mål, förra[0].nr) if förra else None
            nr = max((_nr(fil) for fil in _filer(mål)), default=0) + 1
            if före == nu:
                nr = förra[0].nr
                ändrat = förra[0].ändrat
            else:
                ändrat = i_korthet(jämför(före, nu)) if före else ""
            huvud = _Huvud(
                nr=nr,
                gjort=klockan.isoformat(timespec="seconds"),
                utkast=nu.utkast,
                fel=nu.antal("fel"),
                varningar=nu.antal("varning"),
                andrat=ändrat,
                avtryck=av,
            )
            _write(mapp / _namn(nr), huvud, nu)
            avbrutna = list(mapp.glob(".*.json.gz.*"))  # of a process that was killed, since nobody else writes now
            for gammal in (*_filer(mål)[:-SPARAS], *avbrutna):
                gammal.unlink(missing_ok=True)


def _write(fil: Path, huvud: _Huvud, nu: Ögonblick) -> None:
    data = f"{huvud.model_dump_json()}\n{nu.model_dump_json()}\n".encode()
    ny = fil.with_name(f".{fil.name}.{secrets.token_hex(4)}")
    try:
        ny.write_bytes(gzip.compress(data, mtime=0))
        ny.replace(fil)
    finally:
        ny.unlink(missing_ok=True)


def _filer(mål: Path) -> list[Path]:
    """The files of the history, oldest first."""
    mapp = historikmapp(mål)
    return sorted(_namngivna(mapp), key=_nr) if mapp.is_dir() else []


def _namngivna(mapp: Path) -> Iterator[Path]:
    for fil in mapp.glob("*.json.gz"):
        if fil.name.removesuffix(".json.gz").isdecimal() and fil.name == _namn(_nr(fil)) and fil.is_file():
            yield fil


def _nr(fil: Path) -> int:
    return int(fil.name.removesuffix(".json.gz"))


def _namn(nr: int) -> str:
    return f"{nr:04}.json.gz"


def _huvud(fil: Path) -> _Huvud:
    with gzip.open(fil, "rb") as packad:
        huvud = _Huvud.model_validate_json(packad.readline(100_000))
    if huvud.nr != _nr(fil):
        raise ValueError(fil.name)
    return huvud


def _körning(fil: Path, huvud: _Huvud) -> Körning:
    return Körning(
        nr=huvud.nr,
        gjort=huvud.gjort,
        utkast=huvud.utkast,
        fel=huvud.fel,
        varningar=huvud.varningar,
        ändrat=huvud.andrat,
        avtryck=huvud.avtryck,
    )
