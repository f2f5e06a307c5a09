"""Where the sections' notebooks are, and in which order a report has them."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, distribution
from inspect import signature
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from finsam.model.forbund import Förbund
from finsam.model.problem import Problem, UnreadableInput
from finsam.model.rapport import ÅRSREDOVISNING, rapportslag
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
    paket = Path(__file__).resolve().parents[1]
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


def finns_notebooks() -> bool:
    """Whether there are any notebooks to find."""
    return bool(våra_notebooks()) or any((mapp / "notebooks").is_dir() for mapp in (Path.cwd(), *Path.cwd().parents))


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


@dataclass(frozen=True, slots=True)
class Visat:
    """What a cell shows of the report, when it is no more than that: `bok.noter`, `bok.text("forord")`,
    `bok.noter["kostnader"]`. `ord_` are the words of a call and None without one, `nyckel` what is picked out.
    """

    namn: str
    ord_: tuple[str | int, ...] | None = None
    nyckel: str | int | None = None

    def hos(self, bok: object) -> object:
        """What it is of an opened report; None when it asks for what is not there, which its execution will tell of."""
        if not hasattr(type(bok), self.namn):
            return None
        värde = getattr(bok, self.namn)
        if self.ord_ is not None:
            värde = värde(*self.ord_) if _kan_anropas(värde, self.ord_) else None
        if self.nyckel is not None:
            värde = värde[self.nyckel] if isinstance(värde, Mapping) and self.nyckel in värde else None
        return värde


def _kan_anropas(värde: object, ord_: tuple[str | int, ...]) -> bool:
    if not callable(värde):
        return False
    try:
        signature(värde).bind(*ord_)
    except TypeError:
        return False
    return True


def read_visat(fil: Path) -> tuple[Visat, ...]:
    """What the cells of a section show of the report, in order. They are read as data and nothing is executed; other
    code in them is left, and so is a file that is no notebook, which its execution will tell of.
    """
    try:
        celler = json.loads(fil.read_text("utf-8"))["cells"]
        kod = ["".join(cell["source"]) for cell in celler if cell["cell_type"] == "code"]
    except (OSError, ValueError, LookupError, TypeError):
        return ()
    return tuple(visat for källa in kod if (visat := _visat(källa)))


@dataclass(frozen=True, slots=True)
class Visning:
    """A section that only shows: which kind of report it opens, by id, and what each cell after that shows.

    `före` is how many cells of values it begins with.
    """

    rapport: str
    visat: tuple[Visat, ...]
    före: int


def bara_visar(celler: Iterable[str]) -> Visning | None:
    """What the code of a section shows when it does nothing else: it gives its parameters their values, opens the year
    as `bok`, and shows something of it in each cell after that. None for any other code.
    """
    kod = list(celler)
    öppnade = [_öppnar(källa) for källa in kod]
    första = next((nr for nr, rapport in enumerate(öppnade) if rapport), None)
    if första is None or not all(map(_bara_värden, kod[:första])):
        return None
    visat = [_visar(källa) for källa in kod[första + 1 :]]
    return Visning(öppnade[första], tuple(ett for ett in visat if ett), första) if all(visat) else None


@lru_cache(maxsize=64)
def _öppnar(källa: str) -> str:
    """The kind of report in a cell that is `import finsam` and `bok = finsam.öppna(förbund, år)`; empty for others."""
    satser = _satser(källa)
    if [type(sats) for sats in satser] != [ast.Import, ast.Assign] or ast.unparse(satser[0]) != "import finsam":
        return ""
    träff = re.fullmatch(r"bok = finsam\.öppna\(förbund, år(?:, '([a-z]+)')?\)", ast.unparse(satser[1]))
    return (träff[1] or ÅRSREDOVISNING.id) if träff else ""


def _bara_värden(källa: str) -> bool:
    """Whether a cell does no more than give names their values."""
    return all(
        isinstance(sats, ast.Assign)
        and isinstance(sats.value, ast.Constant)
        and all(isinstance(mål, ast.Name) for mål in sats.targets)
        for sats in _satser(källa)
    ) and bool(_satser(källa))


def _visar(källa: str) -> Visat | None:
    """What a cell of one line shows; a final semicolon would hide it."""
    return _visat(källa) if len(_satser(källa)) == 1 and not källa.rstrip().endswith(";") else None


@lru_cache(maxsize=256)
def _satser(källa: str) -> tuple[ast.stmt, ...]:
    try:
        return tuple(ast.parse(källa).body)
    except (SyntaxError, ValueError):
        return ()


def alla_avsnitt() -> list[Path]:
    """The notebooks of every section of every report."""
    return sorted(hitta_notebooks().glob("*/*.ipynb")) if finns_notebooks() else []


def avsnittens_texter(filer: Iterable[Path]) -> frozenset[str]:
    """The names of the texts that sections ask for."""
    visat = (ett for fil in filer for ett in read_visat(fil))
    return frozenset(str(ett.ord_[0]) for ett in visat if ett.namn in ("text", "valfri_text") and ett.ord_)


def _visat(källa: str) -> Visat | None:
    """What the last line of a cell shows, for that is what a notebook prints of it."""
    nyckel: str | int | None
    ord_: tuple[str | int, ...] | None
    rader = _satser(källa)
    if not rader or not isinstance(rader[-1], ast.Expr):
        return None
    match rader[-1].value:
        case ast.Subscript(value=uttryck, slice=ast.Constant(value=str() | int() as nyckel)):
            pass
        case uttryck:
            nyckel = None
    match uttryck:
        case ast.Call(func=ast.Attribute() as bokens, args=args, keywords=[]):
            ord_ = tuple(
                ett.value for ett in args if isinstance(ett, ast.Constant) and isinstance(ett.value, str | int)
            )
            if len(ord_) != len(args):
                return None
        case ast.Attribute() as bokens:
            ord_ = None
        case _:
            return None
    if not (isinstance(bokens.value, ast.Name) and bokens.value.id == "bok") or bokens.attr.startswith("_"):
        return None
    return Visat(bokens.attr, ord_, nyckel)


class _Ordning(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
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
