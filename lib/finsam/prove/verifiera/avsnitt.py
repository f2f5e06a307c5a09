"""Level 1, before the run is made again: whether a report was made of our sections.

A notebook is a program, and a package comes from somebody else. Its notebooks are read as data and held against ours,
cell by cell; the run is made again with ours, and nothing of the package is executed.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from finsam.model.problem import UnreadableInput
from finsam.prove.manifest import KanInteVerifieras, read_json, sha256
from finsam.prove.verifiera.plats import Plats, Steg, ligger_i
from finsam.read.notebooks import ORDNING, read_ordning, våra_notebooks

Cell = tuple[str, str, tuple[str, ...]]
"""Type, source and tags."""
_HÖGST_CELLER = 1000
_NBFORMAT = 4


def våra_avsnitt(plats: Plats) -> Path | None:
    """The folder of our notebooks for the report; None when they are not here."""
    våra = våra_notebooks()
    mapp = våra / plats.körning.rapport if våra else None
    return mapp if mapp and mapp.is_dir() else None


def pröva_avsnitt(plats: Plats, våra: Path) -> Steg:
    """Which of the run's sections are not ours, and how; they are not run."""
    k = plats.körning
    if plats.paket and plats.avsnitt:
        namn = sorted({*k.notebooks, *(fil.name for fil in plats.avsnitt.glob("*.ipynb"))})
        skillnader = {ett: list(_mot_vår(plats.avsnitt, våra, ett)) for ett in namn}
        if k.ordning:
            skillnader[ORDNING] = list(_annan_ordning(plats.avsnitt, våra))
    else:
        namn = sorted(k.notebooks)
        skillnader = {ett: list(_annan_fil(våra / ett, summa)) for ett, summa in k.underlag.items()}
    problem = [f"{ett}{rad}" for ett, rader in skillnader.items() for rad in rader]
    if not problem:
        return Steg(1, "Avsnitten", f"alla {len(namn)} avsnitt är våra, cell för cell")
    andra = sum(bool(skillnader[ett]) for ett in namn)
    text = f"{andra} av {len(namn)} avsnitt är inte våra" if andra else "avsnittens ordning är inte vår"
    return Steg(1, "Avsnitten", f"{text}; omkörningen görs med våra", "oklart", tuple(problem))


def _annan_fil(vår: Path, summa: str) -> Iterator[str]:
    """What a run's folder tells of its notebooks is their hash."""
    if not vår.is_file():
        yield ": finns inte bland våra"
    elif sha256(vår) != summa:
        yield ": filen som kördes är inte vår"


def _mot_vår(mapp: Path, våra: Path, namn: str) -> Iterator[str]:
    """Where a notebook is another than ours: each cell by its number and the first line that is not ours."""
    if not (våra / namn).is_file():
        yield ": finns inte bland våra"
        return
    vår = read_celler(våra / namn)
    try:
        if not ligger_i(mapp, namn):
            raise KanInteVerifieras("finns inte i paketet.")
        deras = read_celler(mapp / namn)
    except KanInteVerifieras as fel:
        yield f": {fel}"
        return
    for slag, a, b, c, d in SequenceMatcher(None, vår, deras, autojunk=False).get_opcodes():
        if slag == "equal":
            continue
        kända = {rad for cell in vår[a:b] for rad in map(str.strip, cell[1].splitlines())}
        yield from (f", cell {nr}: {_rad(deras[nr - 1], kända)}" for nr in range(c + 1, d + 1))
        yield from (f": vår cell {nr} saknas: {_rad(vår[nr - 1], set())}" for nr in range(a + 1 + d - c, b + 1))


def _rad(cell: Cell, kända: set[str]) -> str:
    """The first line of a cell that is not one of ours, and what the cell is when it is no code."""
    rader = [rad.strip() for rad in cell[1].splitlines() if rad.strip()]
    rad = next((rad for rad in rader if rad not in kända), rader[0] if rader else "tom")
    taggar = f" (taggar: {', '.join(cell[2])})" if cell[2] else ""
    return f"{rad[:80]}{taggar[:80]}"


def read_celler(fil: Path) -> list[Cell]:
    """The cells of a notebook in format 4, and no other. Raises KanInteVerifieras."""
    nb = read_json(fil)
    try:
        if nb["nbformat"] != _NBFORMAT or "worksheets" in nb:
            raise KanInteVerifieras(f"är ingen notebook i format {_NBFORMAT}.")
        celler = [_cell(cell) for cell in nb["cells"]]
    except (KeyError, TypeError, AttributeError):
        raise KanInteVerifieras("är ingen notebook.") from None
    if len(celler) > _HÖGST_CELLER:
        raise KanInteVerifieras(f"har {len(celler)} celler; våra har några få.")
    return celler


def _cell(cell: Any) -> Cell:
    källa, taggar = cell["source"], cell["metadata"].get("tags", [])
    text = källa if isinstance(källa, str) else "".join(källa)
    return str(cell["cell_type"]), text, tuple(map(str, taggar))


def _annan_ordning(mapp: Path, våra: Path) -> Iterator[str]:
    """Whether the package's list of sections is ours; it is read as data, and the run is made with ours."""
    try:
        if not ligger_i(mapp, ORDNING):
            yield ": finns inte i paketet"
        elif (deras := read_ordning(mapp / ORDNING)) != read_ordning(våra / ORDNING):
            yield f": avsnitten är {', '.join(deras)[:300]}"
    except UnreadableInput as fel:
        yield from (f": {p.text}" for p in fel.problem[:1])
