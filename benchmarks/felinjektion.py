"""How many errors the checks would miss: puts one at a time into the inputs and sees what is said.

`python benchmarks/felinjektion.py` prints the share and what was missed. `--antal` is how many times each kind of error
is tried on each report, `--fro` the seed. Exit code 1 below 99 %, 2 when a report without errors has one.

What would give the answer away is taken out of every copy: the checksum of the ledger, and the published figures, but
where the error is in those. An error is

- refused when the inputs are (UnreadableInput, with a message); any other exception is a miss,
- caught when a fel or a varning is new. One that stood there already is not new because its figures are others,
- told when an upplysning, or a finding with other figures than before, names what was changed: its file, its row, its
  konto or the figure itself; one that does not is nothing,
- rightly flowing, for a kind that nothing in the inputs can know, when nothing contradicts it (see flode.py).

Each report is judged by its own checks as it is opened. The siffergaranti (C39), which reads the finished document,
is not run: it takes longer than all the rest, and what it would tell of words C10 tells already. Not tried: numbers
in words, names, and a reference to another fact of the same unit than the one that was meant.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import sys
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import injektioner_bokforing
import injektioner_budget
import injektioner_kontoplan
import injektioner_mal
import injektioner_text
from flode import flödar
from injektioner import INJEKTIONER, Mål

from finsam.checks.finding import Finding
from finsam.model.fakta import Fakta
from finsam.model.problem import UnreadableInput
from finsam.oppna import öppna
from finsam.read.arsmapp import finns
from finsam.statements.redovisning import tabeller

INPUTS = Path(__file__).parents[1] / "inputs"
KÄLLOR = (injektioner_bokforing, injektioner_kontoplan, injektioner_budget, injektioner_mal, injektioner_text)
"""The modules that put their errors on the list."""
NIVÅER = ("fel", "varning")


@dataclass(frozen=True)
class Svar:
    """What became of one error, and for one that was missed why."""

    rapport: str
    slag: str
    vad: str
    utfall: str
    varför: str = ""


@dataclass(frozen=True)
class Bild:
    """All that a report says: its findings, its facts, and the words in its tables."""

    sagt: tuple[Finding, ...]
    fakta: dict[str, Fakta]
    ord: tuple[str, ...]


def bild(mål: Mål) -> Bild:
    """Open a report. Raises UnreadableInput when the inputs are refused."""
    bok = öppna(mål.förbund, mål.år, mål.rapport, inputs=mål.inputs)
    celler = (cell for tabell in tabeller(bok.redovisning) for rad in tabell.rader for cell in rad.celler)
    ord_ = tuple(cell.text for cell in celler)
    return Bild(tuple(f for f in bok.findings if f.nivå != "ok"), dict(bok.fakta), ord_)


def kopia(mål: Mål, till: Path, *, facit: bool) -> Mål:
    """A copy to change, without what would give the answer away."""
    shutil.copytree(mål.inputs / mål.förbund, till / mål.förbund)
    ny = Mål(till, mål.förbund, mål.år, mål.rapport)
    for fil in ny.mapp.glob("*/bokforing.se"):
        rader = fil.read_bytes().splitlines(keepends=True)
        fil.write_bytes(b"".join(rad for rad in rader if not rad.startswith(b"#KSUMMA")))
    if not facit:
        (ny.årsmapp / "publicerat.yml").unlink(missing_ok=True)
    return ny


def pröva(uppgift: tuple[Mål, Bild, int, int]) -> Svar | None:
    """Put one error into a copy and see what is said."""
    mål, ren, nr, frö = uppgift
    slag = INJEKTIONER[nr]
    namn = slag.injektion.__name__
    slump = random.Random(f"{frö} {mål.förbund} {mål.år} {mål.rapport} {namn}")
    with tempfile.TemporaryDirectory() as mapp:
        ändrad = kopia(mål, Path(mapp), facit=slag.facit)
        if (vad := slag.injektion(ändrad, slump)) is None:
            return None
        rapport = f"{mål.förbund} {mål.år} {mål.rapport}"
        try:
            ny = bild(ändrad)
        except UnreadableInput as fel:
            ord_ = bool(fel.problem) and all(str(problem).strip() for problem in fel.problem)
            return Svar(rapport, namn, vad, "vägrad" if ord_ else "missad", "" if ord_ else "vägrad utan ord")
        except Exception as fel:  # noqa: BLE001  a traceback is what must not come
            return Svar(rapport, namn, vad, "missad", f"programmet stannade: {fel!r}")
    if utfall := sagt(ren.sagt, ny.sagt, vad, mål.år):
        return Svar(rapport, namn, vad, utfall)
    if slag.ska == "fångas":
        return Svar(rapport, namn, vad, "missad", "inget sades")
    varför = flödar(ren.fakta, ny.fakta, andra_ord=ren.ord != ny.ord)
    return Svar(rapport, namn, vad, "missad" if varför else "flödar", varför)


def sagt(före: tuple[Finding, ...], nu: tuple[Finding, ...], vad: str, år: int) -> str:
    """The gravest level at which an error was told; empty when it was not."""
    nya = Counter(map(_utan_tal, nu)) - Counter(map(_utan_tal, före))
    nivåer = {nivå for nivå, *_ in nya}
    if nivå := next((nivå for nivå in NIVÅER if nivå in nivåer), ""):
        return nivå
    ändrade = [f for f in nu if f not in före and _nämner(f, vad, år)]
    return next((nivå for nivå in (*NIVÅER, "upplysning") if any(f.nivå == nivå for f in ändrade)), "")


def _utan_tal(f: Finding) -> tuple[str, str, str]:
    return f.nivå, f.kod, re.sub(r"\d+(?:[ \u00a0.,]\d+)*", "0", f.text)


def _nämner(f: Finding, vad: str, år: int) -> bool:
    """Whether a finding names what was changed: a file, a row of a sheet, a konto or a figure but the report's year."""
    text = re.sub(r"(?<=\d)[ \u00a0](?=\d)", "", f"{f.text} {f.källa}")
    namn = re.findall(r"\w+\.(?:md|yml)|\w+, rad \d+\b|\d{3,}", vad)
    return any(re.search(rf"(?<![\w]){re.escape(ett)}(?!\w)", text) for ett in namn if ett != str(år))


def kör(antal: int, frö: int, inputs: Path = INPUTS, processer: int = 2) -> tuple[list[Svar], list[str]]:
    """Try every kind of error so many times on every report; the fel that a report has before any error."""
    målen = [Mål(inputs, *ett) for ett in finns(inputs)]
    rena = {(mål, facit): _ren(mål, facit=facit) for mål in målen for facit in (False, True)}
    uppgifter = [
        (mål, rena[mål, slag.facit], nr, frö * 1000 + gång)
        for mål in målen
        for nr, slag in enumerate(INJEKTIONER)
        for gång in range(antal)
    ]
    with ProcessPoolExecutor(processer) as pool:
        svaren = {svar: None for svar in pool.map(pröva, uppgifter, chunksize=4) if svar}
    falska = [
        f"{m.förbund} {m.år} {m.rapport}: {f.text}" for (m, _), b in rena.items() for f in b.sagt if f.nivå == "fel"
    ]
    return list(svaren), falska


def _ren(mål: Mål, *, facit: bool) -> Bild:
    with tempfile.TemporaryDirectory() as mapp:
        return bild(kopia(mål, Path(mapp), facit=facit))


def sammanfatta(svaren: list[Svar], falska: list[str]) -> str:
    """The share, by kind of error, and what was missed."""
    rader = []
    for slag in dict.fromkeys(svar.slag for svar in svaren):
        utfall = Counter(svar.utfall for svar in svaren if svar.slag == slag)
        ord_ = ", ".join(f"{antal} {namn}" for namn, antal in utfall.most_common())
        rader.append(f"  {slag.replace('_', ' '):<40} {ord_}")
    missade = [svar for svar in svaren if svar.utfall == "missad"]
    andel = 100 * (len(svaren) - len(missade)) / len(svaren)
    alla = Counter(svar.utfall for svar in svaren)
    return "\n".join(
        [
            f"{len(svaren)} fel, {len(svaren) - len(missade)} fångade eller rätt genomförda: {andel:.1f} %",
            f"  {', '.join(f'{antal} {namn}' for namn, antal in alla.most_common())}",
            f"Falska fel i rapporterna utan fel: {len(falska)}",
            *(f"  {ett}" for ett in falska),
            *rader,
            *(f"missad: {svar.rapport}: {svar.slag}: {svar.vad} ({svar.varför})" for svar in missade),
        ]
    )


def main() -> None:
    """Run and print."""
    val = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    val.add_argument("--antal", type=int, default=3)
    val.add_argument("--fro", type=int, default=1)
    givet = val.parse_args()
    svaren, falska = kör(givet.antal, givet.fro)
    print(sammanfatta(svaren, falska))
    sys.exit(2 if falska else sum(svar.utfall == "missad" for svar in svaren) * 100 > len(svaren))


if __name__ == "__main__":
    main()
