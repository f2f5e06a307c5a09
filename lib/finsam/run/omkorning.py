"""Level 2: the run is made again from its own inputs, and every figure, table and file is held against the first."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import chdir
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from finsam.model.ord import antal
from finsam.model.problem import UnreadableInput
from finsam.prove.manifest import KÖRNING, KanInteVerifieras, read_json, sha256
from finsam.prove.rapportfil import Rapport, read_rapport
from finsam.prove.verifiera.avsnitt import pröva_avsnitt, våra_avsnitt
from finsam.prove.verifiera.fakta import tabellskillnader
from finsam.prove.verifiera.filer import miljöskillnader
from finsam.prove.verifiera.plats import Plats, Steg, skillnad
from finsam.run.notebook import NotebookFel
from finsam.run.skapa import Framsteg, skapa

_UTAN_VÅRA = "finsams egna avsnitt (mappen notebooks) finns inte här; installera om finsam, eller kör ur en klon"


def pröva_omkörning(plats: Plats, framsteg: Callable[[int], Framsteg]) -> Iterator[Steg]:
    """The steps of level 2. Only our own notebooks are run (pröva_avsnitt.py)."""
    våra = våra_avsnitt(plats)
    if våra:
        yield pröva_avsnitt(plats, våra)
    if not våra or not _har_underlaget(plats):
        skäl = "underlaget är inte det som lästes, se nivå 0" if våra else _UTAN_VÅRA
        yield Steg(2, "Omkörning", "kan inte göras", "oklart", (skäl,))
        return
    with TemporaryDirectory(prefix="finsam-") as tillfällig:
        try:
            ny = _kör_om(plats, Path(tillfällig), framsteg, våra.parent)
            yield from _jämför(plats, ny)
        except (UnreadableInput, NotebookFel, KanInteVerifieras) as fel:
            problem = [*str(fel).splitlines(), *(f"versionerna skiljer: {s}" for s in miljöskillnader(plats))]
            yield Steg(2, "Omkörning", "kunde inte göras här", "oklart", tuple(problem))


def _har_underlaget(plats: Plats) -> bool:
    """Whether everything that the run was made from is here."""
    filer = plats.körning.inputs.items()
    return plats.inputs is not None and not any(skillnad(plats.inputs, fil, summa) for fil, summa in filer)


def _kör_om(plats: Plats, mapp: Path, framsteg: Callable[[int], Framsteg], notebooks: Path) -> Path:
    """Make the run again from copies of the inputs that the manifest names, and of no others.

    The sections are run from an empty folder: a folder that one stands in can hold modules and settings.
    """
    k, p = plats.körning, plats.körning.parametrar
    assert plats.inputs
    _kopiera(plats.inputs, k.inputs, mapp / "inputs")
    (mapp / "tom").mkdir()
    with chdir(mapp / "tom"):
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
    text = (
        f"alla {len(nytt.tabeller)} tabeller är desamma"
        if not tabeller
        else f"{antal(len(tabeller), 'cell', 'celler')} skiljer"
    )
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
    skiljer = [fil for fil in alla if fil not in nya or skillnad(plats.katalog, fil, sha256(ny / fil))]
    if not skiljer:
        return Steg(2, "Filer", f"alla {len(alla)} filer är desamma, byte för byte")
    versioner = list(miljöskillnader(plats))
    början = f"alla {stämmer} fakta stämmer; " if stämmer is not None else ""
    slut = f"skiljer: {'; '.join(islice(versioner, 5))}" if versioner else "är desamma"
    text = f"{början}{len(skiljer)} av {len(alla)} filer skiljer i bytes; versionerna {slut}"
    return Steg(2, "Filer", text, "skiljer", tuple(skiljer))
