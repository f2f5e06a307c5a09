"""What has changed since a run of the history."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from finsam.model.problem import Problem, UnreadableInput
from finsam.read.arsmapp import hitta_inputs
from finsam.report.garanti import GARANTI, NUMRERING
from finsam.run.status.historik import read_historik, read_ögonblick
from finsam.run.status.las import read_bok
from finsam.run.status.ogonblick import Ögonblick, ögonblick
from finsam.run.status.skillnad import Skillnad, jämför
from finsam.run.status.svar import Körning

SENASTE, FÖRRA = "senaste", "förra"


NU = "underlaget som det är nu"


class KörningSaknas(UnreadableInput):
    """There is no such run to compare with; says which there are."""


def skillnad(
    förbund: str, år: int, rapport: str, mot: str | int, *, outputs: Path, inputs: Path | None = None
) -> Skillnad:
    """What has changed since a run: `mot` is its number, or "senaste" or "förra".

    Held against the latest run; with `inputs`, against the inputs as they are now, or if they cannot be read against
    the latest run still. Raises KörningSaknas when there is no such run.
    """
    mål = Path(os.path.realpath(outputs)) / förbund / str(år) / rapport
    körningar = read_historik(mål).körningar
    vald = hitta_körning(körningar, mot)
    före = _läs(mål, vald)
    hinder = ""
    if inputs is not None:
        try:
            return jämför(_olästa(före), _olästa(_nu(förbund, år, rapport, inputs)), i_ord(vald), NU)
        except UnreadableInput as fel:
            hinder = f"Underlaget kan inte läsas: {fel.problem[0]}"
    return jämför(före, _läs(mål, körningar[0]), i_ord(vald), i_ord(körningar[0]), hinder)


def hitta_körning(körningar: Sequence[Körning], mot: str | int) -> Körning:
    """A run of the history by its number or word. Raises KörningSaknas."""
    if not körningar:
        raise _finns_inte("Det finns ingen körning att jämföra med. Den första kommer med finsam skapa.")
    ord_ = str(mot).strip().lower()
    if ord_ in (SENASTE, FÖRRA, "forra"):
        if ord_ != SENASTE and len(körningar) == 1:
            raise _finns_inte(f"Det finns bara en körning, {i_ord(körningar[0])}. Jämför med {SENASTE}.")
        return körningar[ord_ != SENASTE]
    vald = next((k for k in körningar if str(k.nr) == ord_.lstrip("0")), None)
    if vald is None:
        finns = ", ".join(str(k.nr) for k in körningar)
        raise _finns_inte(f"Körningen {mot} finns inte. Där finns: {finns}, {SENASTE} och {FÖRRA}.")
    return vald


def i_ord(k: Körning) -> str:
    """A run in words: `körning 7, 2026-11-30 08:15`."""
    return f"körning {k.nr}, {när(k.gjort)}"


def när(gjort: str) -> str:
    """A time as it is printed.

    >>> när("2026-11-30T08:15:59+01:00")
    '2026-11-30 08:15'
    """
    return gjort[:16].replace("T", " ")


def _nu(förbund: str, år: int, rapport: str, inputs: Path) -> Ögonblick:
    rot = Path(os.path.realpath(hitta_inputs(inputs)))
    bok, _ = read_bok(förbund, år, rapport, rot)
    return ögonblick(bok, rot)


def _olästa(ett: Ögonblick) -> Ögonblick:
    """The same without what only a finished document can be found at fault for."""
    kvar = tuple(f for f in ett.fynd if f.kod not in (GARANTI.kod, NUMRERING.kod))
    return ett.model_copy(update={"fynd": kvar})


def _läs(mål: Path, k: Körning) -> Ögonblick:
    läst = read_ögonblick(mål, k.nr)
    if läst is None:
        raise _finns_inte(f"Körning {k.nr} kan inte läsas. Välj en annan.")
    return läst


def _finns_inte(text: str) -> KörningSaknas:
    return KörningSaknas([Problem("fel", text)])
