"""What `finsam nytt` has made, and the writing of it: whole or not at all, never over what is there."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from finsam.begin.mall import Anteckningar, write_underlag
from finsam.model.problem import Problem, UnreadableInput, orsak
from finsam.model.rapport import Rapportslag
from finsam.model.underlag import Underlag


@dataclass(frozen=True, slots=True)
class Nytt:
    """The year's folder, the kind of report to begin with there, the files that were written (as the inputs folder
    names them) and what to tell the user.
    """

    mapp: Path
    slag: Rapportslag
    filer: tuple[str, ...]
    anteckningar: tuple[str, ...]


def arbetsbok(underlag: Underlag, väntar: Anteckningar) -> bytes:
    """The bytes of a workbook with its rows and those that are prepared."""
    with tempfile.TemporaryDirectory() as mapp:
        fil = Path(mapp) / "underlag.xlsx"
        write_underlag(fil, underlag, väntar)
        return fil.read_bytes()


def write_filer(mål: Path, filer: Mapping[str, bytes]) -> None:
    """Write the files in a folder beside and move them in: all at once when the year is new, else each one whole.

    Raises UnreadableInput when they cannot be written.
    """
    ny = mål.with_name(f".{mål.name}.nytt")
    try:
        mål.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(ny, ignore_errors=True)
        for namn, data in filer.items():
            (ny / namn).parent.mkdir(parents=True, exist_ok=True)
            (ny / namn).write_bytes(data)
        if mål.exists():
            _flytta_in(ny, mål, filer)
        else:
            ny.rename(mål)
    except OSError as fel:
        text = f"Kunde inte skriva i mappen: {orsak(fel)}. Inget är ändrat."
        raise UnreadableInput([Problem("fel", text, str(mål))]) from fel
    finally:
        shutil.rmtree(ny, ignore_errors=True)


def _flytta_in(ny: Path, mål: Path, filer: Mapping[str, bytes]) -> None:
    """Move the files into a folder that is there; what was moved is taken out again if one cannot be."""
    flyttade: list[Path] = []
    try:
        for namn in filer:
            (mål / namn).parent.mkdir(parents=True, exist_ok=True)
            (ny / namn).rename(mål / namn)
            flyttade.append(mål / namn)
    except OSError:
        for fil in flyttade:
            fil.unlink()
        raise
