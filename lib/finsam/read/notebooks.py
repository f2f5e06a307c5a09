"""Where the sections' notebooks are, and in which order a report has them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

import finsam
from finsam.model.forbund import Förbund
from finsam.model.problem import Problem, UnreadableInput
from finsam.model.rapport import rapportslag
from finsam.read.yaml_fil import read_yaml

ORDNING = "rapport.yml"


@dataclass(frozen=True, slots=True)
class Avsnitt:
    """A section: its name (`resultatrakning`) and its notebook."""

    namn: str
    fil: Path


def våra_notebooks() -> Path | None:
    """The notebooks that came with the program, beside the library; None when only the program is installed."""
    mapp = Path(finsam.__file__).resolve().parents[2] / "notebooks"
    return mapp if mapp.is_dir() else None


def hitta_notebooks() -> Path:
    """Where the notebooks are: beside the library, and only when there are none there from the working folder upwards.

    Notebooks are programs, so those of a folder that somebody happens to stand in do not go before the program's own.
    """
    if våra := våra_notebooks():
        return våra
    for mapp in (Path.cwd(), *Path.cwd().parents):
        if (mapp / "notebooks").is_dir():
            return mapp / "notebooks"
    raise UnreadableInput([Problem("fel", "Mappen notebooks finns inte. Kör från projektets mapp.")])


def read_avsnitt(rapport: str, förbund: Förbund, notebooks: Path | None = None) -> tuple[Avsnitt, ...]:
    """The sections of a report in the förbund's order; an unknown name is a problem that lists those there are."""
    mapp = (notebooks or hitta_notebooks()) / rapport
    finns = {fil.stem.partition("_")[2]: fil for fil in sorted(mapp.glob("*.ipynb"))}
    if not finns:
        text = f"Programmet kan inte göra {rapportslag(rapport).bestämd}: notebooks/{rapport} har inga avsnitt."
        raise UnreadableInput([Problem("fel", text)])
    valda = förbund.rapporter[rapport].avsnitt if rapport in förbund.rapporter else ()
    ordning = valda or read_ordning(mapp / ORDNING)
    if fel := [namn for namn in ordning if namn not in finns]:
        ord_ = f"Avsnittet {', '.join(fel)} finns inte i rapporten {rapport}. Välj bland {', '.join(finns)}."
        if valda:
            raise UnreadableInput([Problem("fel", ord_, "forbund.yml", "rapporter")])
        raise UnreadableInput([Problem("fel", ord_, ORDNING, "avsnitt")])
    return tuple(Avsnitt(namn, finns[namn]) for namn in ordning)


class _Ordning(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    avsnitt: tuple[str, ...] = Field(min_length=1)


def read_ordning(fil: Path) -> tuple[str, ...]:
    """The sections' order in a `rapport.yml`. Raises UnreadableInput."""
    läst, problem = read_yaml(fil, fil.name)
    if läst is None:
        raise UnreadableInput(problem)
    if läst.fel:
        raise UnreadableInput([läst.problem(text, ställe) for ställe, text in läst.fel])
    try:
        return _Ordning.model_validate(läst.data).avsnitt
    except ValidationError:
        text = "Filen ska ha nyckeln avsnitt med en lista av avsnittens namn, och inget annat."
        raise UnreadableInput([Problem("fel", text, fil.name)]) from None
