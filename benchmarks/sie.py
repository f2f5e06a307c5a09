"""How long it takes, and how much memory, to read a large SIE file: finsam and a plain reader line by line, in turn.

    python benchmarks/sie.py [--rader 1000000] [--varv 5] [--fro 1]

Every reading is a process of its own, timed from start to end as a user meets it, imports included. Both must give the
same sums. The file is made up and the same for the same seed.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

BANK = "1930"
KONTON = [str(nr) for nr in (*range(3010, 3070, 10), *range(4010, 4600, 10), *range(5010, 7990, 70))]
OBJEKT = [""] * 40 + [f"1 {nr}" for nr in range(100, 130)] + [f'1 {100 + nr % 30} 6 "P{nr}"' for nr in range(40)]
BELOPP = re.compile(r"-?\d+\.\d\d")
FÄLT = re.compile(r'\{([^}]*)\}|"((?:[^"\\]|\\.)*)"|([^\s"{}]+)')


def write_sie(fil: Path, antal: int, frö: int) -> None:
    """A SIE 4E file with so many #TRANS rows. Balances come last, when they are known; the order is free."""
    slump = random.Random(frö)
    saldon: defaultdict[str, int] = defaultdict(int)
    with fil.open("w", encoding="cp437", newline="\r\n") as ut:
        ut.write('#FLAGGA 0\n#PROGRAM "Prov" 1.0\n#FORMAT PC8\n#GEN 20241231\n#SIETYP 4\n#ORGNR 222000-1818\n')
        ut.write('#FNAMN "Provförbundet"\n#RAR 0 20240101 20241231\n#DIM 1 "Ansvar"\n#DIM 6 "Projekt"\n')
        ut.writelines(f'#KONTO {konto} "Konto på {konto}"\n' for konto in (BANK, *KONTON))
        kvar, nr = antal, 0
        while kvar:
            rader = min(kvar, slump.choice((2, 2, 2, 3, 4, 6)))
            rader += kvar - rader == 1
            kvar, nr = kvar - rader, nr + 1
            ut.writelines(_verifikation(slump, nr, rader, saldon))
        ut.write(f"#IB 0 {BANK} 0.00\n#UB 0 {BANK} {_kr(saldon.pop(BANK))}\n")
        ut.writelines(f"#RES 0 {konto} {_kr(öre)}\n" for konto, öre in sorted(saldon.items()))


def _verifikation(slump: random.Random, nr: int, rader: int, saldon: dict[str, int]) -> Iterator[str]:
    """A verifikation of so many rows, the last of them on the bank."""
    dag = f"{date(2024, 1, 1) + timedelta(days=slump.randrange(366)):%Y%m%d}"
    yield f'#VER A {nr} {dag} "Faktura {nr} från leverantör {slump.randrange(500)}" {dag}\n{{\n'
    summa = 0
    for rad in range(rader):
        konto, öre = (
            (BANK, -summa) if rad == rader - 1 else (slump.choice(KONTON), slump.randrange(-500_000, 1_000_000))
        )
        summa += öre
        saldon[konto] += öre
        resten = "" if slump.random() < 0.3 else f' {dag} "Rad {rad} på {nr}"'
        yield f"#TRANS {konto} {{{slump.choice(OBJEKT)}}} {_kr(öre)}{resten}\n"
    yield "}\n"


def _kr(öre: int) -> str:
    return f"{'-' if öre < 0 else ''}{abs(öre) // 100}.{abs(öre) % 100:02}"


def read_finsam(fil: Path) -> dict[str, Any]:
    """By finsam's own reader: the whole ledger, reconciled."""
    from finsam.read.bokforing import read_bokföring

    bokföring, problem = read_bokföring(fil)
    if bokföring is None or any(ett.nivå == "varning" for ett in problem):
        raise SystemExit("\n".join(map(str, problem)))
    år = bokföring.år[0]
    return _svar(len(bokföring.verifikationer), bokföring.verifikationer.antal_rader(), år.ub | år.res, år.perioder)


def read_rad_för_rad(fil: Path) -> dict[str, Any]:
    """As one would write it at first: a line at a time, its fields by one expression, amounts as Decimal.

    It keeps the ledger and sums it, but checks nothing except that each amount is one, and copes with nothing odd.
    """
    saldon: dict[str, Decimal] = {}
    perioder: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    verifikationer: list[tuple[str, str, str, str, list[tuple[str, str, Decimal, str, str]]]] = []
    with fil.open(encoding="cp437") as rader:
        for rad in rader:
            if not rad.startswith(("#VER", "#TRANS", "#UB", "#RES")):
                continue
            etikett, *fält = ("".join(delar) for delar in FÄLT.findall(rad))
            if etikett == "#VER":
                serie, nummer, datum, text = fält[:4]
                verifikationer.append((serie, nummer, datum, text, []))
            elif etikett == "#TRANS":
                konto, objekt, belopp, datum, text = (*fält, "", "")[:5]
                if not BELOPP.fullmatch(belopp):
                    raise SystemExit(f"Beloppet {belopp} kan inte tolkas.")
                datum = datum or verifikationer[-1][2]
                perioder[konto, datum[:6]] += Decimal(belopp)
                verifikationer[-1][4].append((konto, objekt, Decimal(belopp), datum, text))
            else:
                saldon[fält[1]] = Decimal(fält[2])
    antal = sum(len(ver[4]) for ver in verifikationer)
    return _svar(len(verifikationer), antal, saldon, perioder)


def _svar(verifikationer: int, rader: int, saldon: Any, perioder: Any) -> dict[str, Any]:
    return {
        "verifikationer": verifikationer,
        "rader": rader,
        "saldon": {konto: f"{belopp:.2f}" for konto, belopp in sorted(saldon.items())},
        "perioder": {" ".join(nyckel): f"{belopp:.2f}" for nyckel, belopp in sorted(perioder.items())},
    }


LÄSARE = {"finsam": read_finsam, "rad för rad": read_rad_för_rad}


def mät(läsare: str, fil: Path) -> tuple[dict[str, Any], tuple[float, float, float]]:
    """What a reader in a process of its own gives, and its seconds, its CPU seconds and its largest memory in MB."""
    start = time.perf_counter()
    kommando = [sys.executable, __file__, "--las", läsare, str(fil)]
    svar = json.loads(subprocess.run(kommando, check=True, stdout=subprocess.PIPE).stdout)
    return svar.pop("svar"), (time.perf_counter() - start, svar["cpu"], svar["minne"])


def read_och_visa(läsare: str, fil: Path) -> None:
    """In the child: read, and tell what it took."""
    svar = LÄSARE[läsare](fil)
    taget = resource.getrusage(resource.RUSAGE_SELF)
    per_mb = 1024**2 if sys.platform == "darwin" else 1024
    print(json.dumps({"svar": svar, "cpu": taget.ru_utime + taget.ru_stime, "minne": taget.ru_maxrss / per_mb}))


def jämför(fil: Path, varv: int) -> None:
    """Let the readers read in turn, and show the medians and how many times longer the plain one takes."""
    mätt: dict[str, list[tuple[float, float, float]]] = {läsare: [] for läsare in LÄSARE}
    for _ in range(varv):
        svar = []
        for läsare in LÄSARE:
            gav, tog = mät(läsare, fil)
            svar.append(gav)
            mätt[läsare].append(tog)
        assert svar[0] == svar[1], "läsarna ger olika summor"
    print(f"{svar[0]['rader']} rader, {fil.stat().st_size / 1e6:.0f} MB, {varv} varv; båda ger samma summor\n")
    print(f"{'':14}{'sekunder':>10}{'CPU':>8}{'MB':>8}")
    for läsare, tider in mätt.items():
        sekunder, cpu, minne = (statistics.median(kolumn) for kolumn in zip(*tider, strict=True))
        print(f"{läsare:14}{sekunder:10.2f}{cpu:8.2f}{minne:8.0f}")
    kvoter = [rad[0] / vår[0] for vår, rad in zip(mätt["finsam"], mätt["rad för rad"], strict=True)]
    print(f"\nrad för rad / finsam, parvis: {statistics.median(kvoter):.2f} ({min(kvoter):.2f}–{max(kvoter):.2f})")


def main() -> None:
    """Make the file in a temporary folder and compare."""
    tolk = argparse.ArgumentParser(description="Mät hur lång tid och hur mycket minne en stor SIE-fil tar.")
    tolk.add_argument("--rader", type=int, default=1_000_000, help="antal #TRANS i filen")
    tolk.add_argument("--varv", type=int, default=5, help="antal gånger var och en läser")
    tolk.add_argument("--fro", type=int, default=1, help="frö för de påhittade talen")
    tolk.add_argument("--las", nargs=2, metavar=("LÄSARE", "FIL"), help=argparse.SUPPRESS)
    val = tolk.parse_args()
    if val.las:
        read_och_visa(val.las[0], Path(val.las[1]))
        return
    with tempfile.TemporaryDirectory() as mapp:
        fil = Path(mapp) / "bokforing.se"
        write_sie(fil, max(val.rader, 2), val.fro)
        jämför(fil, val.varv)


if __name__ == "__main__":
    main()
