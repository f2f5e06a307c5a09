"""A country of made-up förbund, and what it costs to make all its reports: `python benchmarks/land.py` (see README.md).

Every förbund is the project's own example with names, places and people of its own and all amounts times a whole
number, so that it adds up to the öre as the example does. The same number gives the same country, byte for byte.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook

ROT = Path(__file__).resolve().parents[1]
MALL = ROT / "inputs" / "exempelforbundet"
BILD = ROT / "docs" / "alla.svg"

FÖRLED, EFTERLED, FÖRNAMN, I_MALLEN = map(
    str.split,
    (
        "Björk Lind Alm Ask Ek Hassel Rönn Lärk Tall Gran Sten Sand Ler Mo Kull Berg Dal Sjö Å Bäck Fors Strand",
        "hult torp ryd löv holm näs vik åker lid mark red arp boda tuna",
        "Alva Birk Cleo Disa Egil Frej Gull Hild Idun Jarl Kåre Liv Molle Nore Orvar Pella Runa Sten Tyra Ylva",
        "Ada Bo Cilla Dag Eva Finn Gun Hans Ivar Kaj Lo",
    ),
)
ORTER = ("Granvik", "Hällsta", "Mossby", "Sjöede", "Ängby")
BELOPP = {"Belopp", "Budget", "Beviljat", "Underskott", "Plan 1", "Plan 2", "Ursprunglig"}
"""Columns of kronor in the workbooks."""
MED_ENHET = {"Värde", "Gräns", "Övre gräns", "Utfall"}
"""Columns of kronor where the column Enhet says so."""
_SALDO = re.compile(r"(?<= )-?\d+\.\d\d(?= |$)")
_MED_BELOPP = ("#IB ", "#UB ", "#RES ", "#PSALDO ", "#TRANS ")
_EFTER_BESLUT = "  kommuner: {efter: beslut, källa: Medlemmarnas beslut}\n"
"""A share rounded to the krona is not so many times as large when what is shared is."""
_TID = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Förbund:
    """One of the country's: its number, what is called otherwise than in the example, and how many times as large."""

    nr: int

    @property
    def slug(self) -> str:
        """The name of its folder."""
        return f"land-{self.nr:03}"

    @property
    def gånger(self) -> int:
        """How many times the amounts of the example."""
        return 1 + self.nr * 7 % 9

    @property
    def ord(self) -> Mapping[str, str]:
        """The example's words and this one's."""
        orter = [self._ort(nr) for nr in range(len(ORTER))]
        byten = dict(zip(ORTER, orter, strict=True))
        byten |= {f"{ort}s kommun": f"{byten[ort]}s kommun" for ort in ORTER}
        bygd = FÖRLED[self.nr % len(FÖRLED)] + EFTERLED[(self.nr // len(FÖRLED) + 5) % len(EFTERLED)]
        byten |= {
            "Exempelbygden": f"{bygd}sbygden",
            "Exempellän": f"{bygd}s län",
            "Exempelförbundet": f"{bygd}förbundet",
        }
        return byten | {namn: FÖRNAMN[(nr * 3 + self.nr) % len(FÖRNAMN)] for nr, namn in enumerate(I_MALLEN)}

    def _ort(self, nr: int) -> str:
        tal = self.nr * len(ORTER) + nr
        return FÖRLED[tal % len(FÖRLED)] + EFTERLED[tal // len(FÖRLED) % len(EFTERLED)]


def write_land(inputs: Path, antal: int, år: Sequence[int] = ()) -> None:
    """Write the inputs of so many förbund, with all years of the example or those that are named."""
    for nr in range(antal):
        fb = Förbund(nr)
        for fil in sorted(fil for fil in MALL.rglob("*") if fil.is_file()):
            under = fil.relative_to(MALL)
            if år and under.parts[0].isdigit() and int(under.parts[0]) not in år:
                continue
            mål = inputs / fb.slug / under
            mål.parent.mkdir(parents=True, exist_ok=True)
            mål.write_bytes(_omskriven(fil, fb))


def _omskriven(fil: Path, fb: Förbund) -> bytes:
    """A file of the example as another förbund has it."""
    if fil.suffix == ".xlsx":
        return _arbetsbok(fil, fb)
    kod = "cp437" if fil.suffix == ".se" else "utf-8"
    text = _byt(fil.read_bytes().decode(kod), fb.ord)
    if fil.name == "forbund.yml":
        text = text.replace("  avrundning: exakt\n", _EFTER_BESLUT)
    if fil.suffix == ".se":
        rader = (rad for rad in text.splitlines() if not rad.startswith("#KSUMMA"))
        text = "".join(f"{_gånger(rad, fb.gånger)}\r\n" for rad in rader)
    return text.encode(kod)


def _byt(text: str, byten: Mapping[str, str]) -> str:
    return _söker(tuple(byten)).sub(lambda m: byten[m[0]], text)


@cache
def _söker(ord_: tuple[str, ...]) -> re.Pattern[str]:
    """The words, the longest first; a first name only where a surname follows."""
    långa = sorted((ett for ett in ord_ if ett not in I_MALLEN), key=len, reverse=True)
    return re.compile(f"{'|'.join(långa)}|\\b(?:{'|'.join(I_MALLEN)})(?= [A-ZÅÄÖ])")


def _gånger(rad: str, gånger: int) -> str:
    """A line of the ledger with its amounts so many times as large."""
    if not rad.startswith(_MED_BELOPP):
        return rad
    return _SALDO.sub(lambda m: _ören(int(m[0].replace(".", "")) * gånger, m[0].startswith("-")), rad)


def _ören(ören: int, minus: bool) -> str:
    kronor, rest = divmod(abs(ören), 100)
    return f"{'-' if minus else ''}{kronor}.{rest:02}"


def _arbetsbok(fil: Path, fb: Förbund) -> bytes:
    bok = openpyxl.load_workbook(fil)
    for blad in bok:
        rubriker: dict[int, str] = {}
        for rad in blad.iter_rows():
            värden = {cell.column: cell.value for cell in rad if isinstance(cell.value, str)}
            if not rubriker and len(värden) > 1 and {*värden.values()} & (BELOPP | MED_ENHET):
                rubriker = värden
                continue
            i_kronor = any(rubriker.get(cell.column) == "Enhet" and cell.value in ("kr", "tkr") for cell in rad)
            for cell in rad:
                rubrik = rubriker.get(cell.column)
                if isinstance(cell.value, str):
                    cell.value = _byt(cell.value, fb.ord)
                elif isinstance(cell.value, int | float) and (rubrik in BELOPP or (rubrik in MED_ENHET and i_kronor)):
                    cell.value = round(cell.value * fb.gånger, 2)
    return _sparad(bok)


def _sparad(bok: Workbook) -> bytes:
    """A workbook without a clock in it."""
    bok.save(skriven := io.BytesIO())
    ut = io.BytesIO()
    with zipfile.ZipFile(skriven) as från, zipfile.ZipFile(ut, "w", zipfile.ZIP_DEFLATED) as till:
        for namn in sorted(från.namelist()):
            data = från.read(namn)
            if namn == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:\w+[^>]*>)[^<]*", rb"\g<1>2026-01-01T00:00:00Z", data)
            till.writestr(zipfile.ZipInfo(namn, _TID), data)
    return ut.getvalue()


# ---------------------------------------------------------------- measured


@dataclass(frozen=True)
class Mätt:
    """What it cost to make so many reports: seconds by the clock and of the processor, and the largest process."""

    rapporter: int
    vägg: float
    cpu: float
    megabyte: float

    @property
    def styck(self) -> float:
        """CPU seconds a report."""
        return self.cpu / self.rapporter


def mät(antal: int, år: Sequence[int], mapp: Path) -> Mätt:
    """Make the reports of so many förbund with the command, as a user does."""
    inputs, ut = mapp / "inputs", mapp / "ut"
    write_land(inputs, antal, år)
    ord_ = [sys.executable, "-P", "-m", "finsam", "skapa", "--alla", "--inputs", str(inputs), "--outputs", str(ut)]
    vägg, före = time.perf_counter(), os.times()
    barn = subprocess.Popen(ord_, env={**os.environ, "PYTHONPATH": str(ROT / "lib")}, stdout=subprocess.DEVNULL)
    störst = 0.0
    while barn.poll() is None:
        störst = max(störst, *_megabyte(barn.pid), 0.0)
        time.sleep(0.2)
    efter = os.times()
    if barn.returncode not in (0, 1):
        sys.exit(f"finsam skapa --alla gav {barn.returncode}.")
    cpu = efter.children_user + efter.children_system - före.children_user - före.children_system
    return Mätt(len(list(ut.glob("*/*/*/korning.json"))), time.perf_counter() - vägg, cpu, störst)


def _megabyte(pid: int) -> Iterator[float]:
    """What a process and those it has started take each, where the system tells (Linux)."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        barn = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    if tar := re.search(r"VmRSS:\s+(\d+) kB", status):
        yield int(tar[1]) / 1024
    for ett in barn:
        yield from _megabyte(int(ett))


def rita(mätta: Sequence[Mätt], fil: Path) -> None:
    """Draw CPU seconds a report against how many they are; the same measures give the same bytes."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context({"svg.hashsalt": "finsam", "font.size": 9}):
        bild = Figure(figsize=(6.4, 2.6), layout="constrained")
        yta = bild.subplots()
        yta.plot([m.rapporter for m in mätta], [m.styck for m in mätta], "o-", color="#1f5c6b")
        for m in mätta:
            yta.annotate(f"{m.styck:.1f}".replace(".", ","), (m.rapporter, m.styck), (0, 6), textcoords="offset points")
        yta.set_xscale("log")
        yta.set_xticks([m.rapporter for m in mätta], [str(m.rapporter) for m in mätta])
        yta.minorticks_off()
        yta.set_ylim(0, 1.25 * max(m.styck for m in mätta))
        yta.set_xlabel("rapporter")
        yta.set_ylabel("CPU-sekunder per rapport")
        yta.spines[["top", "right"]].set_visible(False)
        bild.savefig(fil, format="svg", metadata={"Date": None, "Creator": None})


def main(ord_: Sequence[str] | None = None) -> None:
    """Write a country, or measure countries of growing size."""
    tolk = argparse.ArgumentParser(description=__doc__)
    tolk.add_argument("--skriv", type=Path, help="skriv bara underlaget, i den här mappen")
    tolk.add_argument("--forbund", type=int, nargs="+", default=[1, 3, 8], help="antal förbund att mäta (förval 1 3 8)")
    tolk.add_argument("--rita", action="store_true", help=f"rita {BILD.relative_to(ROT).as_posix()}")
    val = tolk.parse_args(ord_)
    if val.skriv:
        write_land(val.skriv, max(val.forbund))
        return
    print(
        "| rapporter | sekunder | CPU-sekunder | CPU-sekunder per rapport | största processen, MB |",
        "|---|---|---|---|---|",
        sep="\n",
    )
    mätta = []
    for antal, år in [(1, (2025,)), *((ett, ()) for ett in val.forbund)]:
        with tempfile.TemporaryDirectory() as mapp:
            mätta.append(m := mät(antal, år, Path(mapp)))
        rad = f"| {m.rapporter} | {m.vägg:.0f} | {m.cpu:.1f} | {m.styck:.2f} | {m.megabyte:.0f} |"
        print(rad.replace(".", ","), flush=True)
    if val.rita:
        rita(mätta, BILD)


if __name__ == "__main__":
    main()
