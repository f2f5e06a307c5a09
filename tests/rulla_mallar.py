"""Write each underlag.xlsx in inputs/ anew as the template is now; `make mallar`, then read `git diff`.

Nothing at all is written if a workbook would not be read the same, or would lose something that a person put there.
"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from finsam.begin.mall import write_underlag
from finsam.model.underlag import BLAD, Underlag
from finsam.read.celltext import Textcell, textceller
from finsam.read.underlag.underlag import I_UNDERLAGET, read_underlag

INPUTS = Path(__file__).parents[1] / "inputs"
UTANFÖR_CELLERNA = ("xl/comments", "xl/threadedComments", "xl/drawings", "xl/media", "xl/charts", "xl/vba")


def i_mallens_form(underlag: Underlag) -> bytes:
    """The workbook as the template makes it now."""
    with TemporaryDirectory() as mapp:
        fil = Path(mapp) / "underlag.xlsx"
        write_underlag(fil, underlag)
        return fil.read_bytes()


def rulla(filer: list[Path]) -> list[str]:
    """Write those that differ, and return why nothing could be written."""
    nya: dict[Path, bytes] = {}
    hinder: list[str] = []
    for fil in filer:
        underlag, problem = read_underlag(fil, str(fil))
        fel = [f"{ett.plats} {ett.text}" for ett in problem if ett.nivå == "fel"]
        if not fel:
            nya[fil] = i_mallens_form(underlag)
            fel = list(förluster(fil, underlag, nya[fil]))
        hinder += [f"{fil}: {text}" for text in fel]
    for fil, data in nya.items():
        if not hinder and data != fil.read_bytes():
            fil.write_bytes(data)
            print(f"{fil} är omskriven.")
    return hinder


def förluster(fil: Path, underlag: Underlag, ny: bytes) -> Iterator[str]:
    """What would not be as before in the new workbook."""
    with TemporaryDirectory() as mapp:
        prov = Path(mapp) / "underlag.xlsx"
        prov.write_bytes(ny)
        läst, _ = read_underlag(prov, underlag.fil)
    if läst != underlag:
        yield "raderna blir inte desamma."
    efter = textceller(ny, fil.name)
    bladen, kvar = {cell.blad for cell in efter}, {(cell.plats, cell.värde) for cell in efter}
    före = textceller(fil.read_bytes(), fil.name)
    exempel = {(klass.blad, rad) for klass in BLAD for rad in exempelrad(före, klass.blad, underlag)}
    for cell in före:
        mallens = cell.blad in bladen and not cell.under_rubrik
        if not mallens and (cell.blad, cell.rad) not in exempel and (cell.plats, cell.värde) not in kvar:
            yield f"{cell} försvinner eller flyttas."
    with zipfile.ZipFile(BytesIO(fil.read_bytes())) as arkiv:
        yield from (f"{namn} försvinner." for namn in arkiv.namelist() if namn.startswith(UTANFÖR_CELLERNA))


def exempelrad(celler: list[Textcell], blad: str, underlag: Underlag) -> set[int]:
    """The template's own example: the one remark of a sheet that has no rows."""
    namn = next(namn for klass, namn in I_UNDERLAGET.items() if klass.blad == blad)
    rader = {cell.rad for cell in celler if cell.blad == blad and cell.under_rubrik}
    return rader if len(rader) == 1 and not getattr(underlag, namn) else set()


if __name__ == "__main__":
    hindren = rulla(sorted(INPUTS.glob("*/*/*underlag.xlsx")))
    for text in hindren:
        print(text, file=sys.stderr)
    if hindren:
        sys.exit("Inget är skrivet.")
