"""A package unpacked, when that can be done without writing outside the folder."""

from __future__ import annotations

import stat
from pathlib import Path
from zipfile import ZipFile, ZipInfo

from finsam.prove.manifest import KanInteVerifieras, är_säker
from finsam.read.arbetsbok import SKADAD

HÖGST_FILER = 10_000
HÖGST_UPPACKAT = 500_000_000
"""Bytes in a package or a run's folder."""


def packa_upp(fil: Path, mapp: Path) -> None:
    """Unpack a package. Raises KanInteVerifieras for what is no package, or would write outside the folder."""
    try:
        with ZipFile(fil) as arkiv:
            poster = [p for p in arkiv.infolist() if not p.is_dir()]
            if hinder := _hinder(poster):
                raise KanInteVerifieras(f"{fil.name} packas inte upp: {hinder}.")
            for post in poster:
                (mapp / post.filename).parent.mkdir(parents=True, exist_ok=True)
                (mapp / post.filename).write_bytes(arkiv.read(post))
    except SKADAD:
        raise KanInteVerifieras(f"{fil.name} är inget paket, eller så är filen skadad.") from None


def _hinder(poster: list[ZipInfo]) -> str:
    """Why these files cannot be unpacked; empty when they can."""
    namn = [p.filename for p in poster]
    if osäkra := [n for n in namn if not är_säker(n)]:
        return f"filnamnet {osäkra[0]!r} leder ut ur mappen"
    if len({n.casefold() for n in namn}) < len(namn):
        return "två filer har samma namn"
    if länkar := [p.filename for p in poster if stat.S_ISLNK(p.external_attr >> 16)]:
        return f"{länkar[0]} är en länk"
    if any(p.flag_bits & 1 for p in poster):
        return "filen är skyddad med lösenord"
    if len(poster) > HÖGST_FILER or sum(p.file_size for p in poster) > HÖGST_UPPACKAT:
        return "innehållet är orimligt stort"
    return ""
