"""Level 0: every file is the one that the run's manifest names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from finsam.prove.manifest import KÖRNING, LÅS, KanInteVerifieras, programsumma, read_json, sha256, versioner, är_säker
from finsam.prove.verifiera.plats import KRATE, LÄS_MIG, Plats, Steg, ligger_i, skillnad


def pröva_filer(plats: Plats) -> Iterator[Steg]:
    """The steps of level 0."""
    k = plats.körning
    if plats.paket:
        yield _paket(plats, plats.paket)
    extra = sorted(_filer(plats.katalog) - {*k.outputs, KÖRNING})
    yield _steg("Dokumenten", plats.katalog, k.outputs, [f"{fil}: hör inte till körningen" for fil in extra])
    if plats.inputs and (plats.paket or any(ligger_i(plats.inputs, fil) for fil in k.inputs)):
        yield _steg("Underlaget", plats.inputs, k.inputs)
    else:
        var = f" ({plats.inputs})" if plats.inputs else ""
        text = f"de {len(k.inputs)} filer som lästes finns inte här{var}; ange mappen med --inputs"
        yield Steg(0, "Underlaget", text, "oklart")
    if plats.paket and plats.avsnitt:
        andra = sorted(_filer(plats.avsnitt) - k.underlag.keys())
        yield _steg("Avsnitten", plats.avsnitt, k.underlag, [f"{fil}: hör inte till körningen" for fil in andra])
        yield from [_steg("Låsfilen", plats.paket, {LÅS: k.las})] if k.las else []
    yield _miljö(plats)


def _filer(rot: Path) -> set[str]:
    return {fil.relative_to(rot).as_posix() for fil in rot.rglob("*") if fil.is_file()}


def _steg(namn: str, rot: Path, väntat: Mapping[str, str], övrigt: Iterable[str] = ()) -> Steg:
    """Compare a folder with what the manifest says of it."""
    skiljer = sorted((vad, fil) for fil, summa in väntat.items() if (vad := skillnad(rot, fil, summa)))
    skiljer.sort(key=lambda par: par[0] == "saknas")
    problem = (*(f"{fil}: {vad}" for vad, fil in skiljer), *övrigt)
    text = f"{len(väntat) - len(skiljer)} av {len(väntat)} filer är de som körningen antecknade"
    return Steg(0, namn, text, "skiljer" if problem else "stämmer", problem)


def _paket(plats: Plats, rot: Path) -> Steg:
    """The package's own list names every file, with the same hash as the manifest where both do."""
    listade = read_krate(rot)
    katalog = plats.katalog.relative_to(rot).as_posix()
    k = plats.körning
    antecknade = {f"{katalog}/{fil}": h for fil, h in k.outputs.items()}
    antecknade |= {f"inputs/{fil}": h for fil, h in k.inputs.items()}
    antecknade |= {f"notebooks/{k.rapport}/{fil}": h for fil, h in k.underlag.items()}
    antecknade |= {LÅS: k.las} if k.las else {}
    problem = [f"{fil}: hör inte till paketet" for fil in sorted(_filer(rot) - {*listade, KRATE})]
    problem += [f"{fil}: står inte i {KRATE}" for fil in antecknade if fil not in listade]
    for fil, summa in listade.items():
        if fil in antecknade:
            if summa != antecknade[fil]:
                problem.append(f"{fil}: {KRATE} och {KÖRNING} har olika kontrollsumma")
        elif not är_säker(fil):
            problem.append(f"{fil}: leder ut ur paketet, och har inte lästs")
        elif fil not in (LÄS_MIG, f"{katalog}/{KÖRNING}"):
            problem.append(f"{fil}: hör inte till körningen")
        elif vad := skillnad(rot, fil, summa):
            problem.append(f"{fil}: {vad}")
    text = f"{len(listade)} filer förtecknade i {KRATE}"
    return Steg(0, "Paketet", text, "skiljer" if problem else "stämmer", tuple(problem))


def read_krate(rot: Path) -> dict[str, str]:
    """The files a package lists, by path, with their SHA-256; empty when the list cannot be read."""
    try:
        graf = read_json(rot / KRATE)["@graph"]
        return {
            unquote(str(e["@id"])): str(e["sha256"])
            for e in graf
            if "sha256" in e and "File" in (e["@type"] if isinstance(e["@type"], list) else [e["@type"]])
        }
    except (KanInteVerifieras, KeyError, TypeError):
        return {}


def _miljö(plats: Plats) -> Steg:
    """What differs between the environment of the run and this one; nothing that is wrong in itself."""
    skillnader = tuple(miljöskillnader(plats))
    if not skillnader:
        return Steg(0, "Programmet", "samma program, Python och paket som vid körningen")
    text = "korning.json säger andra versioner än de som finns här"
    return Steg(0, "Programmet", text, "upplysning", skillnader)


def miljöskillnader(plats: Plats) -> Iterator[str]:
    """Python, packages, the program, the lock and the notebooks, where they are not those of the run."""
    k, här = plats.körning, versioner()
    for namn, version in k.versioner.items():
        if här.get(namn) != version:
            yield f"{namn}: {version} vid körningen, {här.get(namn, 'saknas')} här"
    if k.program and k.program != programsumma():
        yield "finsam: programmets filer är inte desamma som vid körningen"
    if plats.paket:
        return
    if k.las and plats.lås and sha256(plats.lås) != k.las:
        yield f"{LÅS}: inte densamma som vid körningen"
    if plats.avsnitt and (andra := [n for n, h in k.underlag.items() if _summa(plats.avsnitt / n) != h]):
        yield f"avsnitten {', '.join(andra)}: inte desamma som vid körningen"


def _summa(fil: Path) -> str:
    return sha256(fil) if fil.is_file() else ""
