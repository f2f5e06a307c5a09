"""Where the sections' notebooks are, and in which order a report has them."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

import finsam
from finsam.model.forbund import Förbund
from finsam.model.problem import Problem, UnreadableInput
from finsam.model.rapport import rapportslag
from finsam.read.yaml_fil import read_yaml

ORDNING = "rapport.yml"
DATA = Path("share", "finsam", "notebooks")
"""Where a wheel has the notebooks, below what it is installed in."""

_KÄND = f"{DATA.as_posix()}/arsredovisning/{ORDNING}"


@dataclass(frozen=True, slots=True)
class Avsnitt:
    """A section: its name (`resultatrakning`) and its notebook."""

    namn: str
    fil: Path


def våra_notebooks() -> Path | None:
    """The notebooks that came with the program; None where they were left out.

    In a clone they lie beside the library. An installed wheel has them among its data (pyproject.toml): beside the
    library's own folder when it was installed with --target, else where the installer has noted that it put them.
    """
    paket = Path(finsam.__file__).resolve().parent
    möjliga = (paket.parent / DATA, paket.parents[1] / "notebooks", _installerade(paket))
    return next((mapp for mapp in möjliga if mapp and mapp.is_dir()), None)


def _installerade(paket: Path) -> Path | None:
    """Where the installer put the notebooks of the wheel that this very library came in."""
    try:
        filer = distribution("finsam").files or []
    except PackageNotFoundError:
        return None
    vårt = next((fil for fil in filer if fil.as_posix() == "finsam/__init__.py"), None)
    känd = next((fil for fil in filer if fil.as_posix().endswith(_KÄND)), None)
    if vårt is None or känd is None or Path(str(vårt.locate())).resolve() != paket / "__init__.py":
        return None  # what is installed is another finsam, or one that is run from a clone
    return Path(str(känd.locate())).resolve().parents[1]


def hitta_notebooks() -> Path:
    """Where the notebooks are: the program's own, and only when it has none from the working folder upwards.

    Notebooks are programs, so those of a folder that somebody happens to stand in do not go before the program's own.
    """
    if våra := våra_notebooks():
        return våra
    for mapp in (Path.cwd(), *Path.cwd().parents):
        if (mapp / "notebooks").is_dir():
            return mapp / "notebooks"
    raise UnreadableInput([Problem("fel", "Mappen notebooks finns inte. Installera om finsam, eller kör ur en klon.")])


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
