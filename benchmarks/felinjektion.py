"""How many errors the checks would miss: puts one at a time into the inputs and sees what is said.

`python benchmarks/felinjektion.py` prints the share and what was missed. `--antal` is how many times each kind of error
is tried on each report, `--fro` the seed.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from injektioner import INJEKTIONER, Mål, Utfall

from finsam.checks.finding import Finding
from finsam.model.problem import UnreadableInput
from finsam.report.oppna import öppna
from finsam.run.skapa import finns

INPUTS = Path(__file__).parents[1] / "inputs"
NIVÅER = ("fel", "varning", "upplysning")


@dataclass(frozen=True)
class Svar:
    """What became of one error: refused, told at a level, flowed through, or missed."""

    rapport: str
    slag: str
    ska: Utfall
    vad: str
    utfall: str


@dataclass(frozen=True)
class Bild:
    """All that a report says: its findings and its figures."""

    sagt: Counter[tuple[str, str, str]]
    fakta: dict[str, str]


def bild(mål: Mål) -> Bild:
    """Open a report. Raises UnreadableInput when the inputs are refused."""
    bok = öppna(mål.förbund, mål.år, mål.rapport, inputs=mål.inputs)
    fakta = {nyckel: f"{bok.fakta[nyckel].värde}|{bok.fakta[nyckel].text}" for nyckel in bok.fakta}
    return Bild(Counter(map(_mening, bok.findings)), fakta)


def _mening(f: Finding) -> tuple[str, str, str]:
    return f.nivå, f.kod, f.text


def kopia(mål: Mål, till: Path) -> Mål:
    """A copy to change, whose ledger has no checksum: that would catch every change by itself."""
    shutil.copytree(mål.inputs / mål.förbund, till / mål.förbund)
    ny = Mål(till, mål.förbund, mål.år, mål.rapport)
    fil = ny.årsmapp / "bokforing.se"
    if fil.is_file():
        rader = fil.read_bytes().splitlines(keepends=True)
        fil.write_bytes(b"".join(rad for rad in rader if not rad.startswith(b"#KSUMMA")))
    return ny


def pröva(uppgift: tuple[Mål, Bild, int, int]) -> Svar | None:
    """Put one error into a copy and see what is said."""
    mål, ren, nr, frö = uppgift
    ska, injektion = INJEKTIONER[nr]
    slump = random.Random(f"{frö} {mål.förbund} {mål.år} {mål.rapport} {injektion.__name__}")
    with tempfile.TemporaryDirectory() as mapp:
        ändrad = kopia(mål, Path(mapp))
        if (vad := injektion(ändrad, slump)) is None:
            return None
        try:
            ny = bild(ändrad)
        except UnreadableInput:
            utfall = "vägrad"
        else:
            nya = ny.sagt - ren.sagt
            nivåer = {nivå for nivå, *_ in nya}
            utfall = next((nivå for nivå in NIVÅER if nivå in nivåer), "")
            if not utfall:
                utfall = "flödar" if ny.fakta != ren.fakta and ska == "flödar" else "missad"
    return Svar(f"{mål.förbund} {mål.år} {mål.rapport}", injektion.__name__, ska, vad, utfall)


def kör(antal: int, frö: int, inputs: Path = INPUTS, processer: int = 2) -> list[Svar]:
    """Try every kind of error so many times on every report."""
    målen = [Mål(inputs, *ett) for ett in finns(inputs)]
    rena = {mål: _ren(mål) for mål in målen}
    uppgifter = [
        (mål, ren, nr, frö * 1000 + gång)
        for mål, ren in rena.items()
        for nr in range(len(INJEKTIONER))
        for gång in range(antal)
    ]
    with ProcessPoolExecutor(processer) as pool:
        return [svar for svar in pool.map(pröva, uppgifter, chunksize=4) if svar]


def _ren(mål: Mål) -> Bild:
    with tempfile.TemporaryDirectory() as mapp:
        return bild(kopia(mål, Path(mapp)))


def sammanfatta(svaren: list[Svar]) -> str:
    """The share, by kind of error, and what was missed."""
    rader = []
    for slag in dict.fromkeys(svar.slag for svar in svaren):
        utfall = Counter(svar.utfall for svar in svaren if svar.slag == slag)
        ord_ = ", ".join(f"{antal} {namn}" for namn, antal in utfall.most_common())
        rader.append(f"  {slag.replace('_', ' '):<40} {ord_}")
    missade = [svar for svar in svaren if svar.utfall == "missad"]
    andel = 100 * (len(svaren) - len(missade)) / len(svaren)
    huvud = f"{len(svaren)} fel, {len(svaren) - len(missade)} fångade eller rätt genomförda: {andel:.1f} %"
    return "\n".join([huvud, *rader, *(f"missad: {svar.rapport}: {svar.slag}: {svar.vad}" for svar in missade)])


def main() -> None:
    """Run and print; exit code 1 below 99 %."""
    val = argparse.ArgumentParser(description=__doc__)
    val.add_argument("--antal", type=int, default=3)
    val.add_argument("--fro", type=int, default=1)
    givet = val.parse_args()
    svaren = kör(givet.antal, givet.fro)
    print(sammanfatta(svaren))
    sys.exit(sum(svar.utfall == "missad" for svar in svaren) * 100 > len(svaren))


if __name__ == "__main__":
    main()
