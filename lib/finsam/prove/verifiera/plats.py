"""What a verification works on, and what each of its steps says."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from finsam.model.problem import UnreadableInput, orsak
from finsam.prove.manifest import KÖRNING, LÅS, KanInteVerifieras, Körning, hitta_lås, read_körning, sha256
from finsam.prove.verifiera.uppackning import HÖGST_FILER, HÖGST_UPPACKAT, packa_upp
from finsam.read.arsmapp import hitta_inputs
from finsam.read.notebooks import våra_notebooks

KRATE = "ro-crate-metadata.json"
LÄS_MIG = "LAS_MIG.md"
Utfall = Literal["stämmer", "skiljer", "oklart", "upplysning"]


@dataclass(frozen=True, slots=True)
class Steg:
    """What one step found, in a line, with each problem on a line of its own."""

    nivå: int
    namn: str
    text: str
    utfall: Utfall = "stämmer"
    problem: tuple[str, ...] = ()

    def json(self) -> dict[str, Any]:
        """The step as `finsam verifiera --json` gives it."""
        return {
            "niva": self.nivå,
            "namn": self.namn,
            "utfall": self.utfall,
            "text": self.text,
            "problem": list(self.problem),
        }


def klart(namn: str, antal: str, utsaga: str, problem: list[str]) -> Steg:
    """A step that has been gone through: what was counted, and what holds for it when nothing is wrong."""
    if not problem:
        return Steg(1, namn, f"{antal} {utsaga}")
    text = f"{len(problem)} {'skillnad' if len(problem) == 1 else 'skillnader'} bland {antal}"
    return Steg(1, namn, text, "skiljer", tuple(problem))


@dataclass(frozen=True, slots=True)
class Plats:
    """Where a run's files lie: its outputs, and what they were made from as far as it is here.

    `paket` is the root of an unpacked package; `zip_` the file and its SHA-256 when it was given packed.
    """

    katalog: Path
    körning: Körning
    inputs: Path | None
    notebooks: Path | None
    lås: Path | None
    paket: Path | None = None
    zip_: tuple[Path, str] | None = None

    @property
    def rubrik(self) -> str:
        """What is verified, in a line."""
        k = self.körning
        return f"{k.parametrar.förbund} {k.parametrar.år} {k.rapport}"

    @property
    def avsnitt(self) -> Path | None:
        """The folder with the notebooks of this report."""
        return self.notebooks / self.körning.rapport if self.notebooks else None


@contextmanager
def hitta(katalog: Path, inputs: Path | None = None) -> Iterator[Plats]:
    """Find what is to be verified: a run's folder, an unpacked package, or a package in a .zip.

    A run's folder that lies in an unpacked package is that package. Raises KanInteVerifieras when there is no such
    thing, or when it holds what is no plain file.
    """
    if katalog.is_file():
        with TemporaryDirectory(prefix="finsam-") as tillfällig:
            packa_upp(katalog, Path(tillfällig))
            yield _i_paket(Path(tillfällig), inputs, (katalog, sha256(katalog)))
        return
    mapp = katalog.resolve()
    if rot := _paketrot(mapp):
        check_filer(rot)
        yield _i_paket(rot, inputs)
    elif (mapp / KÖRNING).is_file():
        check_filer(mapp)
        yield _i_mapp(mapp, inputs)
    else:
        raise KanInteVerifieras(_ingen_körning(katalog))


def _paketrot(mapp: Path) -> Path | None:
    """The unpacked package that a folder is, or is the run's folder of."""
    if (mapp / KRATE).is_file():
        return mapp
    över = mapp.parents[3:4] if (mapp / KÖRNING).is_file() else ()
    return next((rot for rot in över if (rot / KRATE).is_file()), None)


def check_filer(rot: Path) -> None:
    """Every file under a folder is a plain one, and they are not too many.

    Raises KanInteVerifieras for links, which may lead out, and for pipes, which are waited for without end.
    """
    antal = storlek = 0
    for mapp, mappar, filer in os.walk(rot):
        for namn in (*mappar, *filer):
            fil = Path(mapp, namn)
            om = fil.lstat()
            slag = om.st_mode
            if not (stat.S_ISREG(slag) or stat.S_ISDIR(slag)):
                vad = "en länk" if stat.S_ISLNK(slag) else "ingen vanlig fil"
                raise KanInteVerifieras(f"{fil.relative_to(rot)} är {vad}; där ska bara finnas filer och mappar.")
            antal, storlek = antal + 1, storlek + om.st_size
            if antal > HÖGST_FILER or storlek > HÖGST_UPPACKAT:
                raise KanInteVerifieras(f"{rot}: innehållet är orimligt stort.")


def skillnad(rot: Path, fil: str, summa: str) -> str:
    """How a file is not the one that was noted, in a word or two; empty when it is."""
    try:
        if not ligger_i(rot, fil):
            return "saknas"
        return "" if sha256(rot / fil) == summa else "ändrad"
    except OSError as fel:
        return f"kan inte läsas ({orsak(fel)})"


def ligger_i(rot: Path, fil: str) -> bool:
    """Whether a file is in a folder, itself and not by a link that leads out of it."""
    väg = rot / fil
    try:
        return väg.is_file() and väg.resolve().is_relative_to(rot.resolve())
    except OSError:  # a name that the system cannot have
        return False


def _ingen_körning(katalog: Path) -> str:
    if not katalog.exists():
        return f"{katalog} finns inte."
    under = sorted(fil.parent for djup in ("*", "*/*", "*/*/*") for fil in katalog.glob(f"{djup}/{KÖRNING}"))
    menas = f" Menas {' eller '.join(map(str, under[:3]))}?" if under else ""
    return f"{katalog} har ingen {KÖRNING} och är inget paket, så det finns inget att jämföra med.{menas}"


def _i_paket(rot: Path, inputs: Path | None, zip_: tuple[Path, str] | None = None) -> Plats:
    funna = sorted(rot.glob(f"outputs/*/*/*/{KÖRNING}"))
    if len(funna) != 1:
        raise KanInteVerifieras(f"Paketet har {len(funna)} körningar ({KÖRNING}) men ska ha en.")
    körning = read_körning(funna[0].parent)
    egna = {namn: rot / namn if (rot / namn).exists() else None for namn in ("inputs", "notebooks", LÅS)}
    return Plats(funna[0].parent, körning, inputs or egna["inputs"], egna["notebooks"], egna[LÅS], rot, zip_)


def _i_mapp(katalog: Path, inputs: Path | None) -> Plats:
    """A folder of outputs: its inputs are given, or where the commands look, or beside the outputs."""
    körning = read_körning(katalog)
    return Plats(katalog, körning, inputs or _inputs_nära(katalog), våra_notebooks(), hitta_lås())


def _inputs_nära(katalog: Path) -> Path | None:
    for mapp in katalog.parents:
        if (mapp / "inputs").is_dir():
            return mapp / "inputs"
    try:
        funna = hitta_inputs()
    except UnreadableInput:
        return None
    return funna if funna.is_dir() else None
