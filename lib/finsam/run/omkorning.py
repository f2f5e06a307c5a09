"""Level 1: every file is made again here, of the package's inputs with our own sections, and held against theirs.

Nothing of the package is executed; its inputs are read as data.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import finsam
from finsam.model.ord import antal
from finsam.model.problem import UnreadableInput
from finsam.prove.manifest import KÖRNING, LÅS, KanInteVerifieras
from finsam.prove.rapportfil import Rapport, read_rapport
from finsam.prove.verifiera.aldre import pröva_tidigare, tidigare_version
from finsam.prove.verifiera.avsnitt import pröva_avsnitt, våra_avsnitt
from finsam.prove.verifiera.fakta import faktaskillnader, pröva_fakta
from finsam.prove.verifiera.filer import miljöskillnader
from finsam.prove.verifiera.likhet import HÖGST, Svar, jsonskillnader, jämför_fil, parse_json
from finsam.prove.verifiera.plats import KRATE, LÄS_MIG, Plats, Steg, Utfall, skillnad
from finsam.run.krate import krate_bytes, om_i
from finsam.run.montering import json_bytes
from finsam.run.notebook import NotebookFel
from finsam.run.paket import läs_mig, paketfil
from finsam.run.skapa import Framsteg, skapa

Filer = Mapping[str, bytes]
_UTAN_VÅRA = "finsams egna avsnitt (mappen notebooks) finns inte här; installera om finsam, eller kör ur en klon"
_ÅTER = "dokumenten läses tillbaka och hålls mot varandra i stället, vilket inte visar att underlaget ger dem"
_ANNORLUNDA = "är skriven på ett annat sätt än finsam skriver den"
_PAPPER = (KRATE, LÄS_MIG)
_LISTOR = (KÖRNING, KRATE)
"""Files that tell of the others, by hash, and so differ when one of them does."""
_MILJÖ = ("versioner", "program", "las", "ordning")
"""What the manifest says of the program, which differs when another version has made the run."""


def pröva_omkörning(plats: Plats, framsteg: Callable[[int], Framsteg]) -> Iterator[Steg]:
    """The steps of level 1. Only our own notebooks are run (pröva_avsnitt.py)."""
    våra = våra_avsnitt(plats)
    if våra:
        avsnitten = pröva_avsnitt(plats, våra)
        yield avsnitten
    if not våra or not _har_underlaget(plats):
        skäl = "underlaget är inte det som lästes, se nivå 0" if våra else _UTAN_VÅRA
        yield Steg(1, "Omkörning", f"kan inte göras; {_ÅTER}", "oklart", (skäl,))
        yield from pröva_fakta(plats)
        return
    with TemporaryDirectory(prefix="finsam-") as tillfällig:
        try:
            nya = _kör_om(plats, Path(tillfällig), framsteg, våra.parent)
        except (UnreadableInput, NotebookFel) as fel:
            yield Steg(1, "Omkörning", f"kunde inte göras här; {_ÅTER}", "oklart", tuple(str(fel).splitlines()))
            yield from pröva_fakta(plats)
            return
    väntade = _väntade(plats, nya)
    if version := tidigare_version(plats.körning):
        yield from _jämför_tidigare(plats, _deras(plats), väntade, version)
        yield from pröva_fakta(plats, med_ord=False)
        return
    yield from _jämför(plats, _deras(plats), väntade)
    if avsnitten.utfall != "stämmer":
        yield from pröva_fakta(plats)  # what others' sections have made agrees at least with itself


def _har_underlaget(plats: Plats) -> bool:
    """Whether everything that the run was made from is here."""
    filer = plats.körning.inputs.items()
    return plats.inputs is not None and not any(skillnad(plats.inputs, fil, summa) for fil, summa in filer)


def _kör_om(plats: Plats, mapp: Path, framsteg: Callable[[int], Framsteg], notebooks: Path) -> dict[str, bytes]:
    """Make the package again from copies of the inputs that the manifest names, and of no others: its files by path.

    The sections are run from an empty folder: a folder that one stands in can hold modules and settings.
    """
    k, p = plats.körning, plats.körning.parametrar
    assert plats.inputs
    _kopiera(plats.inputs, k.inputs, mapp / "inputs")
    (mapp / "tom").mkdir()
    fråga = (p.förbund, p.år, k.rapport, mapp / "inputs", mapp / "outputs")
    with chdir(mapp / "tom"):
        ny = skapa(*fråga, framsteg, notebooks, med_paket=True, med_historik=False)
    assert ny.paket
    return read_paket(ny.paket)


def read_paket(fil: Path) -> dict[str, bytes]:
    """The files of a package that we have made ourselves."""
    with ZipFile(fil) as arkiv:
        return {namn: arkiv.read(namn) for namn in arkiv.namelist()}


def _kopiera(rot: Path, filer: Iterable[str], till: Path) -> None:
    for fil in filer:
        (till / fil).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(rot / fil, till / fil)


# ---------------------------------------------------------------- what they have against what was made here


def _jämför(plats: Plats, deras: Filer, våra: Filer) -> Iterator[Steg]:
    """Every file that is no input is equal, explained or told."""
    yield from _fakta(plats, deras, våra)
    samma_program = not any(miljöskillnader(plats))
    lika, samma_ord, skiljer = 0, list[str](), list[Steg]()
    for namn in _jämförs(plats, deras, våra):
        if namn == LÅS and namn not in våra:
            yield Steg(1, namn, "är inte jämförd: programmet är installerat utan sin låsfil", "upplysning")
        elif namn not in deras or namn not in våra:
            skiljer.append(_ensam(namn, finns=namn in deras))
            yield skiljer[-1]
        elif deras[namn] == våra[namn]:
            lika += 1
        elif namn == LÅS or namn.startswith("notebooks/"):
            yield Steg(1, namn, "är inte samma fil här; den har varken körts eller använts", "upplysning")
        else:
            svar = _svar(namn, plats, deras, våra)
            if svar == Svar() and (not samma_program or namn.rpartition("/")[2] in _LISTOR):
                samma_ord.append(namn)
            else:
                skiljer.append(_steg(namn, svar, samma_program=samma_program))
                yield skiljer[-1]
    yield _summan(lika, samma_ord, skiljer)
    if not samma_program and samma_ord and not skiljer and all(_kort(n) in _LISTOR for n in samma_ord):
        text = "är inte omkörningens, fast varje annan fil som jämfördes är densamma byte för byte; inget beror på dem"
        yield Steg(1, "Versionerna", text, "upplysning", tuple(miljöskillnader(plats)))


def _jämförs(plats: Plats, deras: Filer, våra: Filer) -> list[str]:
    """Every file but the inputs."""
    return sorted(namn for namn in {*deras, *våra} if not (plats.paket and namn.startswith("inputs/")))


def _deras(plats: Plats) -> dict[str, bytes]:
    """Every file of a package, or of a run's folder."""
    rot = plats.paket or plats.katalog
    alla = {fil.relative_to(rot).as_posix(): fil for fil in rot.rglob("*") if fil.is_file()}
    return {namn: fil.read_bytes() for namn, fil in alla.items()}


def _väntade(plats: Plats, nya: Filer) -> dict[str, bytes]:
    """The files made here, by the same paths."""
    if plats.paket:
        return dict(nya)
    p = plats.körning.parametrar
    början = f"outputs/{p.förbund}/{p.år}/{plats.körning.rapport}/"
    return {namn.removeprefix(början): data for namn, data in nya.items() if namn.startswith(början)}


def _svar(namn: str, plats: Plats, deras: Filer, våra: Filer) -> Svar:
    """How a file differs from ours, of those that tell of others with what they should tell of theirs."""
    try:
        if namn.rpartition("/")[2] == KÖRNING:
            return Svar(tuple(_manifestet(deras[namn], våra[namn])), _skriven(deras[namn]))
        om = om_i(json.loads(våra[KRATE])) if namn in _PAPPER else None
        if namn == KRATE and om:
            lista = krate_bytes(om, plats.körning, {fil: deras[fil] for fil in sorted(deras) if fil != KRATE})
            return Svar(jämför_fil(namn, deras[namn], lista).ord, () if deras[namn] == lista else (_ANNORLUNDA,))
        if namn == LÄS_MIG and om:
            return jämför_fil(namn, deras[namn], läs_mig(om, plats.körning, paketfil(plats.katalog).name).encode())
    except (ValueError, LookupError, TypeError, RecursionError):
        return Svar(("har inte den form som en körning skriver",))
    return jämför_fil(namn, deras[namn], våra[namn])


def _manifestet(deras: bytes, våra: bytes) -> Iterator[str]:
    """The manifest but for versions, which level 0 tells, and hashes of files, which are compared themselves."""
    egen, vår = parse_json(deras), parse_json(våra)
    for data in (egen, vår):
        for nyckel in _MILJÖ:
            data[nyckel] = None
        for nyckel in ("outputs", "notebooks"):
            data[nyckel] = dict.fromkeys(data[nyckel])
    yield from jsonskillnader(egen, vår)


def _skriven(manifest: bytes) -> tuple[str, ...]:
    return () if json_bytes(json.loads(manifest)) == manifest else (_ANNORLUNDA,)


# ---------------------------------------------------------------- what is said


def _ensam(namn: str, *, finns: bool) -> Steg:
    text = "hör inte dit: omkörningen gör ingen sådan fil" if finns else "saknas: omkörningen gör den"
    return Steg(1, _kort(namn), text, "skiljer")


def _steg(namn: str, svar: Svar, *, samma_program: bool) -> Steg:
    """A file that is not the one made here: in its words, or only in its form."""
    if svar.ord:
        minst = "minst " if len(svar.ord) >= HÖGST else ""
        text = f"{minst}{antal(len(svar.ord), 'skillnad', 'skillnader')} mot omkörningen"
        return Steg(1, _kort(namn), text, "skiljer", svar.ord)
    text = "orden är desamma, men inte formen" if svar.form else "orden är desamma, men inte varje byte"
    if samma_program:
        return Steg(1, _kort(namn), f"{text}, fast programmet och versionerna är desamma", "skiljer", svar.form)
    return Steg(1, _kort(namn), f"{text}; jämför själv", "oklart", svar.form)


def _kort(namn: str) -> str:
    """A file of the run by its path in the run's own folder."""
    return namn.split("/", 4)[-1] if namn.startswith("outputs/") else namn


def _summan(lika: int, samma_ord: list[str], skiljer: list[Steg]) -> Steg:
    """How many files are the same; it says no more of the others than what was said of each."""
    alla = lika + len(samma_ord) + len(skiljer)
    if lika == alla:
        return Steg(1, "Filer", f"alla {alla} filer är desamma, byte för byte")
    text = f"{lika} av {alla} filer är desamma, byte för byte"
    if samma_ord:
        text += f"; i {antal(len(samma_ord), 'fil', 'filer')} är orden desamma"
    funna = {steg.utfall for steg in skiljer}
    utfall: Utfall = "skiljer" if "skiljer" in funna else "oklart" if funna else "stämmer"
    return Steg(1, "Filer", text, utfall, tuple(f"{_kort(namn)}: {_samma(namn)}" for namn in samma_ord))


def _samma(namn: str) -> str:
    if _kort(namn) in _LISTOR:
        return "bara versioner och kontrollsummor skiljer"
    return "innehållet är detsamma, bara filens form skiljer"


# ---------------------------------------------------------------- fact by fact


def _fakta(plats: Plats, deras: Filer, våra: Filer) -> Iterator[Steg]:
    """The facts that differ, each with where it comes from: what a difference in the other files comes of."""
    namn = _rapportfil(våra)
    if deras.get(namn) == våra[namn]:
        yield Steg(1, "Fakta", f"alla {len(parse_json(våra[namn])['fakta'])} fakta är desamma")
        return
    ny = _vår_rapport(våra)
    try:
        fakta = tuple(faktaskillnader(read_rapport(plats.katalog), ny))
    except KanInteVerifieras as fel:
        yield Steg(1, "Fakta", str(fel), "skiljer")
        return
    text = f"{len(fakta)} fakta skiljer; först {fakta[0]}" if fakta else f"alla {len(ny.fakta)} fakta är desamma"
    yield Steg(1, "Fakta", text, "skiljer" if fakta else "stämmer", fakta)


def _rapportfil(våra: Filer) -> str:
    [namn] = [namn for namn in våra if namn.endswith("rapport.json")]
    return namn


def _vår_rapport(våra: Filer) -> Rapport:
    with TemporaryDirectory(prefix="finsam-") as mapp:
        (Path(mapp) / "rapport.json").write_bytes(våra[_rapportfil(våra)])
        return read_rapport(Path(mapp))


# ---------------------------------------------------------------- an earlier version of finsam


def _jämför_tidigare(plats: Plats, deras: Filer, våra: Filer, version: str) -> Iterator[Steg]:
    """Figures fact by fact and cell by cell. Files that are written otherwise now are told, and nobody is blamed."""
    try:
        yield from pröva_tidigare(read_rapport(plats.katalog), _vår_rapport(våra))
    except KanInteVerifieras as fel:
        yield Steg(1, "Fakta", str(fel), "skiljer")
        return
    lika, andra, nya, borta = 0, list[str](), list[str](), list[str]()
    for namn in _jämförs(plats, deras, våra):
        if namn == LÅS or namn.startswith("notebooks/"):
            continue
        if namn not in deras:
            nya.append(_kort(namn))
        elif namn not in våra:
            borta.append(_kort(namn))
        elif (svar := _svar(namn, plats, deras, våra)) == Svar():
            lika += 1
        else:
            andra.append(f"{_kort(namn)}: {_hur(svar)}")
    vår = finsam.__version__
    if nya:
        yield Steg(1, "Nya filer", f"finsam {vår} gör {antal(len(nya), 'fil', 'filer')} till", "upplysning", tuple(nya))
    if borta:
        text = f"finsam {vår} gör inte dessa, så de är inte jämförda"
        yield Steg(1, "Äldre filer", text, "oklart", tuple(borta))
    if andra:
        alla = antal(lika + len(andra), "fil", "filer")
        text = f"{len(andra)} av {alla} skriver finsam {vår} på annat sätt; deras ord och utseende prövas av finsam "
        text += version
        yield Steg(1, "Orden", text, "oklart", tuple(andra))


def _hur(svar: Svar) -> str:
    """How much of a file is written otherwise, and the first place."""
    if not svar.ord:
        return "orden är desamma, men inte formen"
    minst = "minst " if len(svar.ord) >= HÖGST else ""
    return f"{minst}{antal(len(svar.ord), 'ställe', 'ställen')}, först {svar.ord[0]}"
