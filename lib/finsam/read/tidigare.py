"""What earlier years' reports have shown of participants: a reader has those reports too."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from finsam.model.problem import Problem
from finsam.model.rakenskapsar import Deltagarblad
from finsam.model.underlag import Underlag
from finsam.read.bokforing import hitta_bokföring
from finsam.read.forbund import read_forbund
from finsam.read.underlag.underlag import read_underlag


class Tidigare(NamedTuple):
    """The participants and the workbooks of earlier years, the files, and the years that cannot be read."""

    deltagare: list[Deltagarblad]
    underlag: dict[int, Underlag]
    filer: list[Path]
    problem: list[Problem]


def read_tidigare(rot: Path, slug: str, år: int) -> Tidigare:
    """What is in the workbook of every earlier year that has an årsredovisning."""
    tidigare = Tidigare([], {}, [], [])
    blad, böcker, filer, problem = tidigare
    for mapp in sorted(
        m for m in (rot / slug).iterdir() if m.name.isdigit() and int(m.name) < år and hitta_bokföring(m)
    ):
        inställt, eget, fil = rot / slug / "forbund.yml", mapp / "forbund.yml", mapp / "underlag.xlsx"
        # That the year has a ledger is read too: without it the year would not be looked at.
        filer.extend(ett for ett in (eget, fil, *hitta_bokföring(mapp)) if ett.is_file())
        årets = (eget, eget.relative_to(rot).as_posix()) if eget.is_file() else None
        förbund, fel = read_forbund(inställt, slug, inställt.relative_to(rot).as_posix(), årets)
        underlag, fler = read_underlag(fil, fil.relative_to(rot).as_posix())
        if förbund is None or any(ett.nivå == "fel" for ett in (*fel, *fler)):
            text = "Kan inte läsas, så det är okänt vilka antal deltagare som årets rapport visade (C21)."
            problem.append(Problem("varning", text, fil.relative_to(rot).as_posix()))
            continue
        böcker[int(mapp.name)] = underlag
        if underlag.deltagare:
            blad.append(Deltagarblad(int(mapp.name), förbund.minsta_grupp, underlag.deltagare))
    return tidigare
