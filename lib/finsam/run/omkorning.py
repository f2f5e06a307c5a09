"""Level 2: the run is made again from its own inputs, and every figure, table and file is held against the first."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from finsam.model.problem import UnreadableInput
from finsam.run.avsnitt import NotebookFel
from finsam.run.granska_fakta import tabellskillnader
from finsam.run.granska_filer import miljöskillnader
from finsam.run.granskning import Plats, Steg
from finsam.run.manifest import KÖRNING, ORDNING, KanInteVerifieras, read_json, sha256
from finsam.run.notebookkod import främmande_kod
from finsam.run.rapportfil import Rapport, read_rapport
from finsam.run.skapa import Framsteg, skapa


def granska_omkörning(plats: Plats, framsteg: Callable[[int], Framsteg], *, lita_på_avsnitten: bool) -> Iterator[Steg]:
    """The steps of level 2."""
    hinder = list(_hinder(plats, lita_på_avsnitten=lita_på_avsnitten))
    if hinder:
        yield Steg(2, "Omkörning", "kan inte göras", "oklart", tuple(hinder))
        return
    with TemporaryDirectory(prefix="finsam-") as tillfällig:
        try:
            ny = _kör_om(plats, Path(tillfällig), framsteg)
            yield from _jämför(plats, ny)
        except (UnreadableInput, NotebookFel, KanInteVerifieras) as fel:
            problem = [*str(fel).splitlines(), *(f"versionerna skiljer: {s}" for s in miljöskillnader(plats))]
            yield Steg(2, "Omkörning", "kunde inte göras här", "oklart", tuple(problem))


def _hinder(plats: Plats, *, lita_på_avsnitten: bool) -> Iterator[str]:
    """What keeps the run from being made again."""
    k = plats.körning
    if not plats.inputs or any(_annan(plats.inputs / fil, summa) for fil, summa in k.inputs.items()):
        yield "underlaget är inte det som lästes, se nivå 0"
    if not plats.avsnitt or any(not (plats.avsnitt / namn).is_file() for namn in k.underlag):
        yield "avsnitten (notebooks) finns inte här"
    elif plats.paket and not k.ordning:
        yield f"avsnittens ordning ({ORDNING}) står inte i {KÖRNING}"
    elif plats.paket and any(_annan(plats.avsnitt / namn, summa) for namn, summa in k.underlag.items()):
        yield "avsnitten är inte de som kördes, se nivå 0"
    elif plats.paket and not lita_på_avsnitten:
        for namn in k.notebooks:
            yield from (f"{rad} (körs bara med --lita-pa-avsnitten)" for rad in främmande_kod(plats.avsnitt / namn))


def _annan(fil: Path, summa: str) -> bool:
    return not fil.is_file() or sha256(fil) != summa


def _kör_om(plats: Plats, mapp: Path, framsteg: Callable[[int], Framsteg]) -> Path:
    """Make the run again from copies of the inputs that the manifest names, and of no others.

    A package's notebooks are copied too; those of a project are run where they are.
    """
    k, p = plats.körning, plats.körning.parametrar
    assert plats.inputs
    assert plats.avsnitt
    _kopiera(plats.inputs, k.inputs, mapp / "inputs")
    notebooks = plats.notebooks
    if plats.paket:
        notebooks = mapp / "notebooks"
        _kopiera(plats.avsnitt, k.underlag, notebooks / k.rapport)
    ny = skapa(p.förbund, p.år, k.rapport, mapp / "inputs", mapp / "outputs", framsteg, notebooks)
    return ny.katalog


def _kopiera(rot: Path, filer: Iterable[str], till: Path) -> None:
    for fil in filer:
        (till / fil).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(rot / fil, till / fil)


def _jämför(plats: Plats, ny: Path) -> Iterator[Steg]:
    gammal, nytt = read_rapport(plats.katalog), read_rapport(ny)
    fakta = list(faktaskillnader(gammal, nytt))
    text = f"alla {len(nytt.fakta)} fakta är desamma" if not fakta else f"{len(fakta)} fakta skiljer; först {fakta[0]}"
    yield _steg("Fakta", text, fakta)
    tabeller = tabellskillnader(gammal.tabeller, nytt.tabeller, "dokumentet", "omkörningen")
    text = f"alla {len(nytt.tabeller)} tabeller är desamma" if not tabeller else f"{len(tabeller)} celler skiljer"
    yield _steg("Tabeller", text, tabeller)
    if read_json(plats.katalog / "kontroller.json") == read_json(ny / "kontroller.json"):
        yield Steg(2, "Kontroller", "kontrollerna fann detsamma")
    else:
        yield Steg(2, "Kontroller", "kontrollerna fann något annat än kontroller.json säger", "skiljer")
    yield _filer(plats, ny, None if fakta else len(nytt.fakta))


def _steg(namn: str, text: str, problem: Iterable[str]) -> Steg:
    alla = tuple(problem)
    return Steg(2, namn, text, "skiljer" if alla else "stämmer", alla)


def faktaskillnader(gammal: Rapport, ny: Rapport) -> Iterator[str]:
    """Facts that differ, those that no other one explains first: id, both values, and where it comes from."""
    alla = dict.fromkeys((*ny.fakta, *gammal.fakta))
    skiljer = [n for n in alla if _exakt(gammal, n) != _exakt(ny, n)]
    for nyckel in sorted(skiljer, key=lambda n: n in ny.fakta and not set(ny.fakta[n].av).isdisjoint(skiljer)):
        källa = (ny.fakta.get(nyckel) or gammal.fakta[nyckel]).källa()
        slut = f" ({källa})" if källa else ""
        yield f"{nyckel}: {_exakt(gammal, nyckel)} i dokumentet, {_exakt(ny, nyckel)} vid omkörning{slut}"


def _exakt(rapport: Rapport, nyckel: str) -> str:
    return (rapport.fakta[nyckel].visat or "tomt") if nyckel in rapport.fakta else "finns inte"


def _filer(plats: Plats, ny: Path, stämmer: int | None) -> Steg:
    """Every file byte for byte; when they differ, whether the figures agree and which versions differ."""
    nya = {fil.relative_to(ny).as_posix() for fil in ny.rglob("*") if fil.is_file()} - {KÖRNING}
    alla = sorted(nya | set(plats.körning.outputs))
    skiljer = [fil for fil in alla if fil not in nya or _annan(plats.katalog / fil, sha256(ny / fil))]
    if not skiljer:
        return Steg(2, "Filer", f"alla {len(alla)} filer är desamma, byte för byte")
    versioner = list(miljöskillnader(plats))
    början = f"alla {stämmer} fakta stämmer; " if stämmer is not None else ""
    slut = (
        f"versionerna skiljer: {'; '.join(islice(versioner, 5))}"
        if versioner
        else "versionerna är desamma, så filerna är ändrade efter körningen"
    )
    text = f"{början}dessa {len(skiljer)} filer skiljer i bytes; {slut}"
    return Steg(2, "Filer", text, "skiljer", tuple(skiljer))
