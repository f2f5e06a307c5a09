"""`korning.json`: what a run was made of and what it made, by SHA-256 (docs/format.md)."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

import finsam
from finsam.model.problem import orsak
from finsam.read.notebooks import ORDNING
from finsam.report.bok import Bok

SCHEMA = 2
KÖRNING = "korning.json"
LÅS = "requirements.lock"
PAKET = (
    "papermill",
    "nbconvert",
    "nbclient",
    "nbformat",
    "ipykernel",
    "pandas",
    "matplotlib",
    "typst",
    "pikepdf",
    "XlsxWriter",
    "openpyxl",
    "python-docx",
    "pydantic",
    "PyYAML",
    "jinja2",
    "lxml",
    "markdown-it-py",
)
"""The packages whose version may show in the figures or in the bytes of a document."""

HÖGST_JSON = 30_000_000
"""Bytes of a JSON file of a run; the largest, an executed section with its diagrams, is a fiftieth of it."""
_HÖGST_SIFFROR = 40
_HÖGST_STORLEK = 20
"""Powers of ten that an amount may reach; larger ones only serve to fill the memory."""
_ENHET = re.compile(r"[A-Za-z]:")
_version = cache(version)
_SKRÄP = (".pyc", ".pyo")


def sha256(fil: Path | str) -> str:
    """The hash of a file's bytes."""
    with open(fil, "rb", buffering=0) as öppen:
        return hashlib.sha256(öppen.read()).hexdigest()


@cache
def programsumma() -> str:
    """One hash of the program itself: every file of the package (source, fonts, templates) by its path and bytes."""
    rot = os.path.dirname(finsam.__file__)
    filer: dict[str, str] = {}
    for mapp, _, namnen in os.walk(rot):
        inre = os.path.relpath(mapp, rot).replace(os.sep, "/") + "/"
        for namn in namnen:
            if not namn.endswith(_SKRÄP):
                filer[inre.removeprefix("./") + namn] = sha256(os.path.join(mapp, namn))
    return hashlib.sha256("".join(f"{filer[fil]}  {fil}\n" for fil in sorted(filer)).encode()).hexdigest()


def versioner() -> dict[str, str]:
    """Python, the program and the packages of this environment."""
    python = ".".join(map(str, sys.version_info[:3]))
    return {"python": python, "finsam": finsam.__version__, **{p: _version(p) for p in PAKET}}


def hitta_lås() -> Path | None:
    """The project's lock file; None when only the program is installed."""
    lås = Path(finsam.__file__).parents[2] / LÅS
    return lås if lås.is_file() else None


def indatasummor(bok: Bok, inputs: Path) -> dict[str, str]:
    """Every file the year was read from, with its hash; to be taken at once when it has been read."""
    return {fil.relative_to(inputs).as_posix(): sha256(fil) for fil in bok.år.filer}


def körning_json(
    rapport: str, parametrar: Mapping[str, Any], inputs: Mapping[str, str], notebooks: Iterable[Path], ut: Path
) -> dict[str, Any]:
    """`korning.json`: what went in, what came out and with which versions, by hash. No clock: same run, same file."""
    avsnitt = list(notebooks)
    ordning, lås = avsnitt[0].with_name(ORDNING), hitta_lås()
    return {
        "schema": SCHEMA,
        "rapport": rapport,
        "parametrar": dict(parametrar),
        "inputs": dict(inputs),
        "notebooks": {fil.name: sha256(fil) for fil in avsnitt},
        "ordning": sha256(ordning) if ordning.is_file() else None,
        "las": sha256(lås) if lås else None,
        "program": programsumma(),
        "versioner": versioner(),
        "outputs": {fil.relative_to(ut).as_posix(): sha256(fil) for fil in sorted(ut.rglob("*")) if fil.is_file()},
    }


# ---------------------------------------------------------------- read back


class KanInteVerifieras(Exception):
    """There is nothing to verify, or it cannot be read; says why and what to do, in Swedish."""


def _check_sökväg(namn: str) -> str:
    """A path that stays where it is put: relative, with /, and never upwards."""
    if not är_säker(namn):
        raise ValueError(f"har en sökväg som leder ut ur mappen: {namn!r}")
    return namn


def är_säker(namn: str) -> bool:
    r"""Whether a file name from outside stays in the folder it is put in.

    >>> [är_säker(n) for n in ("a/b.md", "../a", "/a", "a\\b", "C:a", "a//b", "")]
    [True, False, False, False, False, False, False]
    """
    delar = PurePosixPath(namn).parts
    return (
        bool(delar)
        and "/".join(delar) == namn
        and ".." not in delar
        and not namn.startswith("/")
        and not _ENHET.match(namn)
        and all(t.isprintable() and t != "\\" for t in namn)
    )


Filnamn = Annotated[str, AfterValidator(_check_sökväg)]
Summa = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class Parametrar(BaseModel):
    """What the notebooks were run with."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    förbund: Filnamn
    år: int = Field(ge=1900, le=9999)


class Körning(BaseModel):
    """`korning.json` as it was written by a run; a later key may be missing in an older one."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)

    schema_: int = Field(alias="schema")
    rapport: Filnamn
    parametrar: Parametrar
    inputs: dict[Filnamn, Summa]
    notebooks: dict[Filnamn, Summa]
    ordning: Summa | None = None
    las: Summa | None = None
    program: Summa | None = None
    versioner: dict[str, str]
    outputs: dict[Filnamn, Summa]

    @property
    def underlag(self) -> dict[str, str]:
        """Notebooks with the file that orders them."""
        return self.notebooks | ({ORDNING: self.ordning} if self.ordning else {})


def check_storlek(tal: Decimal) -> Decimal:
    """The number when it is one that a report can hold. Raises ValueError.

    >>> check_storlek(Decimal("-1234.50"))
    Decimal('-1234.50')
    """
    _, siffror, exponent = tal.as_tuple()
    if not isinstance(exponent, int) or len(siffror) > _HÖGST_SIFFROR:
        raise ValueError("är inget tal som en rapport har")
    if not -_HÖGST_SIFFROR <= exponent <= _HÖGST_STORLEK or len(siffror) + exponent > _HÖGST_STORLEK:
        raise ValueError("är orimligt stort eller litet")
    return tal


Tal = Annotated[Decimal, AfterValidator(check_storlek)]


def _decimal(text: str) -> Decimal:
    return check_storlek(Decimal(text))


def _inget_tal(text: str) -> None:
    raise ValueError(f"{text} är inget tal")


def read_json(fil: Path) -> Any:
    """What a JSON file of a run holds, amounts as Decimal. Raises KanInteVerifieras."""
    try:
        if fil.stat().st_size > HÖGST_JSON:
            raise KanInteVerifieras(f"{fil.name} är orimligt stor.")
        return json.loads(fil.read_text("utf-8"), parse_float=_decimal, parse_constant=_inget_tal)
    except FileNotFoundError:
        raise KanInteVerifieras(f"{fil.name} finns inte i {fil.parent}.") from None
    except OSError as fel:
        raise KanInteVerifieras(f"{fil.name} kan inte läsas: {orsak(fel)}.") from None
    except (ValueError, ArithmeticError, RecursionError):
        raise KanInteVerifieras(f"{fil.name} kan inte läsas: den är avbruten eller ändrad.") from None


def read_körning(katalog: Path) -> Körning:
    """The manifest of a run's folder. Raises KanInteVerifieras."""
    data = read_json(katalog / KÖRNING)
    try:
        return Körning.model_validate(data)
    except ValidationError as fel:
        raise fel_form(KÖRNING, fel) from None


def _vad(fel: ErrorDetails) -> str:
    """What is wrong with a part, in Swedish: our own words, else what kind it is."""
    if fel["type"] == "value_error":
        return str(fel["ctx"]["error"])[:120]
    return "saknas" if fel["type"] == "missing" else "är något annat"


def fel_form(fil: str, fel: ValidationError) -> KanInteVerifieras:
    """What to say of a file that is not as a run writes it."""
    var = "; ".join(f"{'.'.join(map(str, f['loc']))[:80]} {_vad(f)}".strip() for f in fel.errors()[:5])
    return KanInteVerifieras(f"{fil} har inte den form som en körning skriver{var and f' ({var})'}.")
