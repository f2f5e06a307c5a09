"""A run that is done already: the same inputs, program and environment would make the same files, and they are here."""

from __future__ import annotations

import os
from pathlib import Path

from finsam.oppna import öppna
from finsam.prove.manifest import (
    KÖRNING,
    KanInteVerifieras,
    Körning,
    hitta_lås,
    indatasummor,
    körning_json,
    programsumma,
    read_json,
    read_körning,
    sha256,
    versioner,
)
from finsam.read.arsmapp import hitta_inputs
from finsam.read.notebooks import read_avsnitt
from finsam.read.olasta import olästa
from finsam.report.garanti import Obundet, Siffergaranti
from finsam.run.dokument import FIL
from finsam.run.montering import json_bytes
from finsam.run.paket import write_paket
from finsam.run.skapa import Resultat


def färdig(
    förbund: str, år: int, rapport: str, inputs: Path | None, outputs: Path, *, med_paket: bool = False
) -> Resultat | None:
    """What a run gave that need not be made again; None when it must. Raises UnreadableInput, as a run does.

    The year is read, for only then is it known which files it is made of. That it is the same `korning.json` to the
    byte, with every hash in it, says that nothing is another, neither of what went in nor of what came out.
    """
    rot = Path(os.path.realpath(hitta_inputs(inputs)))
    mål = Path(os.path.realpath(outputs)) / förbund / str(år) / rapport
    try:
        gammal = read_körning(mål)
    except KanInteVerifieras:
        return None
    if not _kan_vara_färdig(gammal, mål, rot):
        return None
    bok = öppna(förbund, år, rapport, inputs=rot)
    avsnitt = read_avsnitt(rapport, bok.år.förbund)
    ny = körning_json(rapport, gammal.parametrar.model_dump(), indatasummor(bok, rot), [d.fil for d in avsnitt], mål)
    ny["outputs"].pop(KÖRNING)
    if json_bytes(ny) != (mål / KÖRNING).read_bytes():
        return None
    bok = bok.med_siffergaranti(garanti := read_siffergaranti(mål / FIL))
    paket = write_paket(bok, mål, rot, avsnitt[0].fil.parents[1]) if med_paket else None
    return Resultat(mål, bok.findings, bok.utkast, garanti, paket, tuple(olästa(bok.år, rot, avsnitt)))


def _kan_vara_färdig(gammal: Körning, mål: Path, inputs: Path) -> bool:
    """Whether that which is quickly asked for is the same; most of what has changed is seen here."""
    lås = hitta_lås()
    om = (gammal.program, gammal.las, gammal.versioner)
    if om != (programsumma(), sha256(lås) if lås else None, versioner()):
        return False
    filer = [(inputs, gammal.inputs), (mål, gammal.outputs)]
    return all(
        (mapp / fil).is_file() and sha256(mapp / fil) == summa for mapp, alla in filer for fil, summa in alla.items()
    )


def read_siffergaranti(fil: Path) -> Siffergaranti:
    """What a run wrote of its reading of the document."""
    data = read_json(fil)
    obundna = (Obundet(o["tal"], o["plats"], o["runt"], o["skal"], o["kod"]) for o in data["obundna"])
    return Siffergaranti(data["klasser"], tuple(obundna))
