"""What a report says of its inputs: its findings, its facts and its printed words; and the same with files in memory.

`Underlag` is a copy of the inputs where a file may be exchanged for another while a report is opened. Files that are
the same as last time are not parsed again: only what `öppna` gives for them is kept, never what comes of it.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from andra import write_arbetsbok
from vandra import Innehåll

from finsam.checks.finding import Finding
from finsam.model.fakta import Indata
from finsam.model.problem import Problem, UnreadableInput
from finsam.oppna import öppna
from finsam.read import arsmapp, foregaende, tidigare
from finsam.read.arbetsbok import read_arbetsbok
from finsam.read.bokforing import read_bokföring
from finsam.read.underlag.underlag import read_underlag, tolka_underlag
from finsam.report.block import Diagramblock
from finsam.report.bok import Bok
from finsam.report.kalender import kalender

Mål = tuple[str, int, str]
"""Förbund, year and report."""
PUBLICERAT = "publicerat.yml"
_TAGG = re.compile(r"<svg.*?</svg>|<[^>]*>", re.DOTALL)


@dataclass(frozen=True)
class Bild:
    """All that a report says. `fakta` are value and words by key; `stannade` is what it stopped with, if it did."""

    sagt: tuple[Finding | Problem, ...]
    fakta: Mapping[str, tuple[object, ...]]
    ord: tuple[str, ...]
    stannade: str = ""
    vägrad: bool = False


def bild(mål: Mål, inputs: Path) -> Bild:
    """Open a report and look at all of it. A picture is not drawn: its words and its table are what it shows."""
    try:
        bok = öppna(*mål, inputs=inputs)
        sagt = tuple(f for f in bok.findings if f.nivå not in ("ok", "ej prövad"))
        fakta = {nyckel: (f.värde, f.enhet, f.text, f.dold) for nyckel, f in bok.fakta.items()}
        return Bild(sagt, fakta, tuple(_ord(bok)))
    except UnreadableInput as fel:
        return Bild(fel.problem, {}, (), vägrad=True)
    except Exception as fel:  # noqa: BLE001  a traceback is what must not come
        return Bild((), {}, (), stannade=f"{type(fel).__name__}: {fel}")


def _ord(bok: Bok) -> Iterator[str]:
    """Every printed word in its place: document, headings, calendar, and what is told of where facts come from."""
    block = (bok.omslag, *bok._visade, *bok.uppställda)
    yield from (" ".join(unescape(_TAGG.sub(" ", ett.html())).split()) for ett in block)
    yield from (f"{ett.namn} {bok.år.förbund.rubriker}" for ett in bok.avsnitt)
    yield kalender(bok.år, bok.tyda)
    for f in bok.fakta.values():
        yield f"{f.definition} {f.källa.anmärkning if isinstance(f.källa, Indata) else ''}"


def läs(fil: Path) -> Innehåll:
    """A file as it is walked."""
    if fil.suffix == ".xlsx":
        return read_arbetsbok(fil.read_bytes(), fil.name)[0]
    byte = fil.read_bytes()
    try:
        return byte.decode("utf-8")
    except UnicodeDecodeError:
        return byte.decode("cp437")


class Underlag:
    """A copy of the inputs in a folder of its own, without what would give an error away.

    The ledgers have no `#KSUMMA`, and, with `utan`, no `publicerat.yml` and no `#PSALDO` of a year with vouchers. Where
    there are none, they are what is known of each objekt, not the same thing said twice.
    """

    def __init__(self, rot: Path, från: Path, förbund: str) -> None:
        self.rot = rot
        shutil.copytree(från / förbund, rot / förbund)
        for fil in rot.glob("*/*/*.se"):
            _utan_poster(fil, rb"#KSUMMA")

    @contextmanager
    def utan(self, mål: Mål, *, psaldo: bool, publicerat: bool) -> Iterator[None]:
        """While a report is opened: the year without its monthly sums, or without what was published."""
        årsmapp = self.rot / mål[0] / str(mål[1])
        bort = [årsmapp / PUBLICERAT] if publicerat else []
        med_verifikationer = [fil for fil in årsmapp.glob("*.se") if b"#VER" in fil.read_bytes()]
        filer = [*(med_verifikationer if psaldo else ()), *(fil for fil in bort if fil.is_file())]
        gamla = {fil: fil.read_bytes() for fil in filer}
        try:
            for fil in filer:
                if fil in bort:
                    fil.unlink()
                else:
                    _utan_poster(fil, rb"#PSALDO\s+0\s")
            yield
        finally:
            for fil, byte in gamla.items():
                fil.write_bytes(byte)

    @contextmanager
    def med(self, nytt: Mapping[str, Innehåll], *, på_disk: bool = False) -> Iterator[None]:
        """While a report is opened: these files in place of those there are, a workbook in memory or on disk."""
        gamla = {namn: (self.rot / namn).read_bytes() for namn in nytt}
        try:
            for namn, innehåll in nytt.items():
                fil = self.rot / namn
                if isinstance(innehåll, dict) and på_disk:
                    write_arbetsbok(str(fil), läs(fil), innehåll)
                elif isinstance(innehåll, dict):
                    ARBETSBÖCKER[fil] = innehåll
                else:
                    fil.write_bytes(innehåll.encode(_teckenkod(gamla[namn]), "replace"))
            yield
        finally:
            for namn, byte in gamla.items():
                ARBETSBÖCKER.pop(self.rot / namn, None)
                (self.rot / namn).write_bytes(byte)


def _teckenkod(byte: bytes) -> str:
    try:
        byte.decode("utf-8")
    except UnicodeDecodeError:
        return "cp437"
    return "utf-8"


def _utan_poster(fil: Path, post: bytes) -> None:
    rader = fil.read_bytes().splitlines(keepends=True)
    fil.write_bytes(b"".join(rad for rad in rader if not re.match(post, rad)))


# ---------------------------------------------------------------- what is read already

ARBETSBÖCKER: dict[Path, Innehåll] = {}
"""Workbooks with an error in them, in place of what their files hold."""


LÄSARE = (
    (arsmapp, "read_underlag"),
    (tidigare, "read_underlag"),
    (arsmapp, "read_bokföring"),
    (foregaende, "read_bokföring"),
)
"""Where a report asks for a workbook or a ledger."""


@contextmanager
def minns() -> Iterator[None]:
    """Meanwhile, what a workbook or a ledger gives is kept by its bytes and what else it was read by; and no picture is
    drawn.
    """
    minnen = {läs_.__name__: _minne(läs_) for läs_ in (read_underlag, read_bokföring)}

    def underlaget(path: Path, fil: str) -> tuple[Any, list[Any]]:
        if path not in ARBETSBÖCKER:
            return minnen["read_underlag"](path, fil)  # type: ignore[no-any-return]
        underlag, problem = tolka_underlag(ARBETSBÖCKER[path], fil)
        return underlag, list(problem)

    def med_ändrade(namn: str) -> Callable[..., Any]:
        return underlaget if namn == "read_underlag" else minnen[namn]

    gamla = [(modul, namn, getattr(modul, namn)) for modul, namn in LÄSARE]
    ritade = {vid: vars(Diagramblock)[vid] for vid in ("svg", "smal")}
    try:
        for modul, namn, _ in gamla:
            setattr(modul, namn, med_ändrade(namn))
        for vid in ritade:
            setattr(Diagramblock, vid, "<svg></svg>")
        yield
    finally:
        for modul, namn, läs_ in gamla:
            setattr(modul, namn, läs_)
        for vid, ritad in ritade.items():
            setattr(Diagramblock, vid, ritad)


def _minne(läs_: Callable[..., Any]) -> Callable[..., Any]:
    minne: dict[object, Any] = {}

    def läs_en_gång(path: Path, *mer: object) -> Any:
        nyckel = (path.read_bytes(), *mer)
        if nyckel not in minne:
            minne[nyckel] = läs_(path, *mer)
        värde, problem = minne[nyckel]
        return värde, list(problem)

    return läs_en_gång
