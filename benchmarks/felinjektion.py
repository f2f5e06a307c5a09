"""How much of what the inputs can reveal passes in silence: errors made of what there is, one at a time.

`python benchmarks/felinjektion.py` puts errors in every field of every file that a report is made from (`vandra.py`),
of every kind that can be done to such a value (`operatorer.py`): three of each field × operator (`--antal`), taken from
the reports in turn by a seed (`--fro`); of a kind of thing in words, three of each report. Each becomes (`utfall.py`)

- caught: a new fel or varning, or a refusal; by name, or not;
- single-source: nothing is said, the field stands in `en_kalla.csv`, and printed words are others;
- equivalent: nothing that is printed and no fact is another, so that it is no error;
- silent: the rest.

What would give an error away is taken out first: the ledger's checksum, its monthly sums where there are vouchers, and
the published figures, but where the error is in those. Each report is judged by its own checks as it is opened, in this
process, where files that are the same are not parsed again; `--kallt` tries so many of the errors anew, as files on the
disk and in a new process, and counts where the answer is another. The siffergaranti (C39), which reads the finished
document, is not run.

Exit code 1 when less than 95 % of the errors with a second source are caught, 2 when a report without errors has one or
a field is on the list of those with one source but is read by a check.
"""

from __future__ import annotations

import argparse
import gc
import json
import multiprocessing
import random
import sys
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from andra import Ändring, ändra
from bild import Bild, Mål, Underlag, bild, minns
from rapportera import readme, sammanfatta
from urval import Rapport, dra, i_psaldo, i_publicerat, read_rapport
from utfall import Svar, döm, läses, read_en_källa
from vandra import Innehåll

from finsam.read.arsmapp import finns

INPUTS = Path(__file__).parents[1] / "inputs"
GOTT = 0.95
Läge = tuple[bool, bool]
"""What is left out while a report is opened: the monthly sums, and what was published."""


@dataclass
class Mätning:
    """The reports, a folder with copies of their inputs, and how each is without any error."""

    rot: Path
    rapporter: tuple[Rapport, ...]
    rena: dict[tuple[Mål, Läge], Bild]
    fel: list[tuple[Rapport, Ändring]]

    def falska(self) -> list[str]:
        """The fel that the reports have before any error is put in."""
        return sorted({f"{mål}: {f}" for (mål, _), ren in self.rena.items() for f in ren.sagt if f.nivå == "fel"})


def läge(ändring: Ändring) -> Läge:
    """What would give this error away."""
    return not i_psaldo(ändring), not i_publicerat(ändring)


def efter(rapport: Rapport, ändring: Ändring) -> dict[str, Innehåll]:
    """The files that are others with the error in them."""
    före = rapport.före(ändring)
    if ändring.operator == "text ombytt":
        ena, andra = ändring.filer
        return {ena: före[andra], andra: före[ena]}
    return {ändring.rad.fil: ändra(före[ändring.rad.fil], ändring)}


def med_fel(underlag: Underlag, rapport: Rapport, ändring: Ändring, *, på_disk: bool = False) -> Bild:
    """What the report says with the error in it."""
    psaldo, publicerat = läge(ändring)
    utan = underlag.utan(rapport.mål, psaldo=psaldo, publicerat=publicerat)
    with utan, underlag.med(efter(rapport, ändring), på_disk=på_disk):
        return bild(rapport.mål, underlag.rot)


@contextmanager
def förbered(
    antal: int,
    frö: int,
    högst: int | None = None,
    målen: Sequence[Mål] = (),
    bara: Collection[tuple[str, str]] = (),
    inputs: Path = INPUTS,
    fält: Sequence[str] = (),
) -> Iterator[Mätning]:
    """All that is the same for every error: the reports, how they are without, and which errors there will be."""
    with minns(), tempfile.TemporaryDirectory() as mapp:
        rot = Path(mapp)
        målen = målen or finns(inputs)
        kopior = {förbund: Underlag(rot / förbund, inputs, förbund) for förbund in {mål[0] for mål in målen}}
        rapporter = tuple(read_rapport(mål, kopior[mål[0]]) for mål in målen)
        felen = dra(rapporter, antal, frö, bara, fält)
        random.Random(frö).shuffle(felen)
        felen = felen[:högst]
        rena = {}
        for rapport, ändring in felen:
            nyckel = rapport.mål, läge(ändring)
            if nyckel not in rena:
                with kopior[rapport.mål[0]].utan(rapport.mål, psaldo=nyckel[1][0], publicerat=nyckel[1][1]):
                    rena[nyckel] = bild(rapport.mål, kopior[rapport.mål[0]].rot)
        yield Mätning(rot, rapporter, rena, felen)


def mät(mätning: Mätning, processer: int = 2, framsteg: Callable[[int], None] = lambda _: None) -> list[Svar]:
    """Try every error, in forks of this process."""
    gc.freeze()
    svaren = []
    with multiprocessing.get_context("fork").Pool(processer, _börja, (mätning,)) as pool:
        for svar in pool.imap(_pröva, range(len(mätning.fel)), chunksize=8):
            svaren.append(svar)
            framsteg(len(svaren))
    gc.unfreeze()
    return svaren


_ARBETE: dict[str, Underlag] = {}
_MÄTNING: list[Mätning] = []


def _börja(mätning: Mätning) -> None:
    _MÄTNING[:] = [mätning]
    _ARBETE.clear()


def _pröva(nr: int) -> Svar:
    """One error, in the process's own copy of the inputs."""
    mätning = _MÄTNING[0]
    rapport, ändring = mätning.fel[nr]
    ny = med_fel(_egen_kopia(mätning, rapport.mål[0]), rapport, ändring)
    ren = mätning.rena[rapport.mål, läge(ändring)]
    return döm(rapport.mål, ändring, ren, ny, rapport.runt, read_en_källa())


def _egen_kopia(mätning: Mätning, förbund: str) -> Underlag:
    if förbund not in _ARBETE:
        mapp = Path(tempfile.mkdtemp(dir=mätning.rot))
        _ARBETE[förbund] = Underlag(mapp, mätning.rot / förbund, förbund)
    return _ARBETE[förbund]


def jämför_kallt(mätning: Mätning, antal: int, frö: int) -> list[str]:
    """The errors where a new process that reads all files from the disk says otherwise."""
    skiljer = []
    valda = random.Random(frö).sample(mätning.fel, min(antal, len(mätning.fel)))
    with multiprocessing.get_context("spawn").Pool(2, maxtasksperchild=1) as pool:
        kalla = pool.imap(partial(_kallt, mätning.rot), valda, chunksize=1)
        for (rapport, ändring), kall in zip(valda, kalla, strict=True):
            varm = med_fel(_egen_kopia(mätning, rapport.mål[0]), rapport, ändring)
            if (varm.sagt, varm.fakta, varm.ord, varm.stannade) != (kall.sagt, kall.fakta, kall.ord, kall.stannade):
                skiljer.append(str(ändring))
    return skiljer


def _kallt(rot: Path, fel: tuple[Rapport, Ändring]) -> Bild:
    rapport, ändring = fel
    with tempfile.TemporaryDirectory(dir=rot) as mapp:
        underlag = Underlag(Path(mapp), rot / rapport.mål[0], rapport.mål[0])
        return med_fel(underlag, rapport, ändring, på_disk=True)


def write_svar(svaren: Iterable[Svar], fil: Path) -> None:
    """All answers, a line of JSON each."""
    fil.write_text("".join(json.dumps(asdict(svar), ensure_ascii=False) + "\n" for svar in svaren), "utf-8")


def main() -> None:
    """Run and print."""
    val = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    val.add_argument("--antal", type=int, default=3, help="av varje fält × operator")
    val.add_argument("--hogst", type=int, help="så många av dem, dragna ur alla")
    val.add_argument("--fro", type=int, default=1)
    val.add_argument(
        "--falt", action="append", default=[], help="bara fält som heter så (”text: *”); får ges fler gånger"
    )
    val.add_argument("--kallt", type=int, default=0, help="pröva så många igen i en ny process")
    val.add_argument("--svar", type=Path, help="skriv varje svar till den här filen")
    givet = val.parse_args()
    with förbered(givet.antal, givet.fro, givet.hogst, fält=givet.falt) as mätning:
        svaren = mät(mätning, framsteg=partial(_säg, len(mätning.fel)))
        if givet.svar:
            write_svar(svaren, givet.svar)
        läst = läses(svaren)
        skiljer = jämför_kallt(mätning, givet.kallt, givet.fro)
    andel, text = sammanfatta(svaren, givet.fro)
    print(text)
    for rubrik, rader in (
        ("Fel i rapporterna utan fel", mätning.falska()),
        ("Står i en_kalla.csv men läses", läst),
        (f"Annat svar i en ny process ({givet.kallt} prövade)", skiljer),
    ):
        print(f"\n{rubrik}: {len(rader)}", *(f"  {rad}" for rad in rader), sep="\n")
    print(f"\nTill README.md:\n\n{readme(svaren, givet.fro)}")
    sys.exit(2 if mätning.falska() or läst or skiljer else int(andel < GOTT))


def _säg(alla: int, klara: int) -> None:
    if klara % 100 == 0:
        print(f"{klara} av {alla}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
