"""The documents that there are of a year, and which of its inputs have changed since each was made."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from finsam.checks.finding import Finding
from finsam.model.rapport import RAPPORTER
from finsam.prove.manifest import KÖRNING, KanInteVerifieras, Körning, programsumma, read_json, read_körning, sha256
from finsam.report.kontrollerat import KONTROLLSIDA
from finsam.run.status.svar import Dokument

KONTROLLER = "kontroller.json"
ÄNDELSER = ("pdf", "html", "xlsx", "docx")


def dokumenten(outputs: Path, inputs: Path, förbund: str, år: int, rapport: str) -> tuple[Dokument, ...]:
    """That of the report first, whether it is there or not; then those of the year's other reports that are there."""
    andra = [id_ for id_ in RAPPORTER if id_ != rapport]
    mapp = outputs / förbund / str(år)
    egen, *övriga = [dokument(mapp / id_, outputs, inputs) for id_ in (rapport, *andra)]
    return (egen, *(ett for ett in övriga if ett.slag != "saknas"))


def dokument(mapp: Path, outputs: Path, inputs: Path) -> Dokument:
    """The document of a run's folder, as it stands to the files that it was made of."""
    rapport = mapp.name
    namn = (*(f"{rapport}.{ändelse}" for ändelse in ÄNDELSER), KONTROLLSIDA)
    filer = tuple((mapp / ett).relative_to(outputs).as_posix() for ett in namn if (mapp / ett).is_file())
    try:
        körning, utkast = read_körning(mapp), bool(read_json(mapp / "rapport.json")["utkast"])
    except (KanInteVerifieras, KeyError, TypeError):
        return Dokument(rapport, filer)
    return Dokument(
        rapport,
        filer,
        slag="utkast" if utkast else "slutlig",
        äldre_än=ändrade(körning, inputs),
        annat_program=körning.program != programsumma(),
    )


def hindrar(mapp: Path) -> tuple[Finding, ...]:
    """What made a run's document a draft, as the run itself says; some of it is seen only in a document."""
    try:
        alla = [Finding(f["niva"], f["text"], f["kalla"], kod=f["kod"]) for f in read_json(mapp / KONTROLLER)]
    except (KanInteVerifieras, KeyError, TypeError):
        return ()
    return tuple(f for f in alla if f.nivå == "fel")


def ändrade(körning: Körning, inputs: Path) -> tuple[str, ...]:
    """Inputs of a run that are not the same now, or not there."""
    return tuple(fil for fil, summa in körning.inputs.items() if not _är(inputs / fil, summa))


def nya(mapp: Path, filer: Iterable[str]) -> tuple[str, ...]:
    """Of the inputs of now, those that the run of a folder was not made of."""
    try:
        lästa = read_körning(mapp).inputs
    except KanInteVerifieras:
        return ()
    return tuple(fil for fil in filer if fil not in lästa)


def avtryck(mapp: Path) -> str:
    """The hash of a run's `korning.json`, by which the history knows whose the documents are; "" when there is none."""
    try:
        return sha256(mapp / KÖRNING)
    except OSError:
        return ""


def _är(fil: Path, summa: str) -> bool:
    try:
        return fil.is_file() and sha256(fil) == summa
    except OSError:
        return False
