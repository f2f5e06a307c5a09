"""How long things take, and how that is to the plain recipe: `python benchmarks/tider.py` (see README.md)."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import psutil

ROT = Path(__file__).resolve().parents[1]
FÖRBUND, ÅR = "sofint", "2024"
TAL = "rr.arets_resultat"
PAKET = ("papermill", "nbconvert", "jsonschema", "matplotlib", "typst")


@dataclass(frozen=True)
class Tid:
    """Seconds by the clock, and of the processor with all that was started."""

    vägg: float
    cpu: float


@dataclass
class Rad:
    """What is measured, round by round."""

    namn: str
    gör: Callable[[], object]
    tider: list[Tid] = field(default_factory=list)

    def mät(self) -> None:
        """Do it once."""
        vägg, cpu = time.perf_counter(), _cpu()
        self.gör()
        self.tider.append(Tid(time.perf_counter() - vägg, _cpu() - cpu))

    def __str__(self) -> str:
        vägg, cpu = ([getattr(tid, slag) for tid in self.tider] for slag in ("vägg", "cpu"))
        return f"| {self.namn} | {_spann(vägg)} | {_spann(cpu)} |"


def _cpu() -> float:
    """Of this process, those it has waited for (not on Windows), and those that go on: Typst, where it stays."""
    t, igång = os.times(), psutil.Process().children()
    return t.user + t.system + t.children_user + t.children_system + sum(sum(p.cpu_times()[:2]) for p in igång)


def _spann(tal: Sequence[float]) -> str:
    median = f"{statistics.median(tal):.2f}"
    text = median if len(tal) == 1 else f"{median} ({min(tal):.2f}–{max(tal):.2f})"
    return text.replace(".", ",")


def kvot(ena: Rad, andra: Rad) -> str:
    """How many times one is the other, pair by pair."""
    delar = []
    for slag, ord_ in (("cpu", "CPU"), ("vägg", "väggtid")):
        par = zip(ena.tider, andra.tider, strict=False)
        delar.append(f"{_spann([getattr(a, slag) / getattr(b, slag) for a, b in par])} i {ord_}")
    return f"{ena.namn} / {andra.namn}: {', '.join(delar)}"


def program(*ord_: str | Path, koder: tuple[int, ...] = (0, 1), **miljö: str) -> None:
    """Run a program of this environment as a user does."""
    env = {**os.environ, "PYTHONPATH": str(ROT / "lib"), **miljö}
    svar = subprocess.run(list(map(str, ord_)), cwd=ROT, env=env, capture_output=True, text=True, check=False)
    if svar.returncode not in koder:
        sys.exit(f"{' '.join(map(str, ord_))} gav {svar.returncode}:\n{svar.stdout}{svar.stderr}")


def finsam(*ord_: str | Path, **miljö: str) -> Callable[[], None]:
    """A command of finsam."""
    return lambda: program(sys.executable, "-P", "-m", "finsam", *ord_, **miljö)


def recept(mapp: Path) -> Callable[[], None]:
    """The plain recipe on the same sections: papermill, nbconvert and Chromium, notebook by notebook."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")

    def gör() -> None:
        for fil in sorted((ROT / "notebooks" / "arsredovisning").glob("*.ipynb")):
            körd, sida = mapp / fil.name, mapp / f"{fil.stem}.html"
            val = ("-p", "förbund", FÖRBUND, "-p", "år", ÅR, "--no-progress-bar")
            program(sys.executable, "-m", "papermill", fil, körd, *val, FINSAM_INPUTS=str(ROT / "inputs"), koder=(0,))
            program(sys.executable, "-m", "nbconvert", "--to", "html", körd, koder=(0,))
            if chromium:
                tyst = ("--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={sida.with_suffix('.pdf')}")
                program(chromium, *tyst, sida.as_uri(), koder=(0,))

    return gör


def varma(mapp: Path, varv: int) -> Iterator[str]:
    """From a saved file to its page, and to its PDF with all numbers read back, over a mix of changes."""
    import openpyxl

    from finsam.run.bevaka.motor import Motor

    inputs = mapp / "inputs"
    shutil.copytree(ROT / "inputs" / FÖRBUND, inputs / FÖRBUND)
    året = inputs / FÖRBUND / ÅR

    def mening() -> None:
        with (året / "text" / "handelser.md").open("a", encoding="utf-8") as fil:
            fil.write("\n\nEn mening till om året.\n")

    def cell(blad: str, kolumn: str, ändra: Callable[[object], object]) -> Callable[[], None]:
        def gör() -> None:
            bok = openpyxl.load_workbook(året / "underlag.xlsx")
            rubrik = next(cell for rad in bok[blad].iter_rows() for cell in rad if cell.value == kolumn)
            under = bok[blad].cell(rubrik.row + 1, rubrik.column)
            under.value = ändra(under.value)
            bok.save(året / "underlag.xlsx")

        return gör

    def inställning() -> None:
        with (inputs / FÖRBUND / "forbund.yml").open("a", encoding="utf-8") as fil:
            fil.write("# en rad till\n")

    ändringar = {
        "en mening": mening,
        "ett tal i ett diagram": cell("Budget", "Belopp", lambda tal: tal + 1000),  # type: ignore[operator]
        "ett namn i ett blad": cell("Insatser", "Namn", lambda namn: f"{namn} x"),
        "en inställning": inställning,
    }
    sidor: list[float] = []
    prövade: list[float] = []
    with Motor(FÖRBUND, int(ÅR), "arsredovisning", inputs) as motor:
        motor.bifoga(motor.pröva(motor.sida()))
        for namn, ändra in ändringar.items():
            sida = Rad(f"varmt, {namn}: sidan", lambda: None)
            prövad = Rad(f"varmt, {namn}: prövad", lambda: None)
            färdig = Rad(f"varmt, {namn}: med alla filer i PDF:en", lambda: None)
            for _ in range(varv):
                ändra()
                början, cpu = time.perf_counter(), _cpu()
                dokument = motor.sida()
                sida.tider.append(Tid(time.perf_counter() - början, _cpu() - cpu))
                dokument = motor.pröva(dokument)
                prövad.tider.append(Tid(time.perf_counter() - början, _cpu() - cpu))
                motor.bifoga(dokument)
                färdig.tider.append(Tid(time.perf_counter() - början, _cpu() - cpu))
            yield from (str(sida), str(prövad), str(färdig))
            sidor += [tid.vägg for tid in sida.tider]
            prövade += [tid.vägg for tid in prövad.tider]
    yield f"| varmt, alla ändringar: sidan; prövad | {_spann(sidor)}; {_spann(prövade)} | |"


def maskinen() -> str:
    """What it was measured on."""
    paket = ", ".join(f"{namn} {version(namn)}" for namn in PAKET)
    kompilerar = "" if not sys.dont_write_bytecode else "; PYTHONDONTWRITEBYTECODE satt, så varje process kompilerar om"
    last = f", last {os.getloadavg()[0]:.1f} vid start" if hasattr(os, "getloadavg") else ""
    return (
        f"{platform.system()}, {os.cpu_count()} kärnor{last}, Python {platform.python_version()}, {paket}{kompilerar}"
    )


def main(ord_: Sequence[str] | None = None) -> None:
    """Measure, and print a table and the ratios."""
    tolk = argparse.ArgumentParser(description=__doc__)
    tolk.add_argument("--varv", type=int, default=3, help="hur många gånger, varannan gång var (förval 3)")
    tolk.add_argument("--utan-recept", action="store_true", help="hoppa över det vanliga receptet, som tar minuter")
    val = tolk.parse_args(ord_)
    print(f"{maskinen()}. {val.varv} varv, median (minst–mest).\n", flush=True)
    with tempfile.TemporaryDirectory() as mapp_:
        mapp = Path(mapp_)
        ut = ("--outputs", mapp / "ut")
        skapa = Rad("finsam skapa", finsam("skapa", FÖRBUND, ÅR, *ut))
        utan = Rad("finsam skapa utan fork", finsam("skapa", FÖRBUND, ÅR, *ut, FINSAM_KORSATT="process"))
        rader = [
            skapa,
            utan,
            Rad("finsam kontrollera", finsam("kontrollera", FÖRBUND, ÅR)),
            Rad("finsam spar", finsam("spar", FÖRBUND, ÅR, TAL)),
            Rad("finsam las", finsam("las", f"inputs/{FÖRBUND}/{ÅR}/bokforing.se")),
            Rad("finsam --help", finsam("--help")),
        ]
        vanligt = Rad("vanliga receptet", recept(mapp))
        if not val.utan_recept:
            rader.insert(0, vanligt)
        finsam("kontrollera", FÖRBUND, ÅR)()  # so that none of them compiles the program
        for _ in range(val.varv):
            for rad in rader:
                rad.mät()
        print("| | sekunder | CPU-sekunder |\n|---|---|---|")
        print(*rader, *varma(mapp, val.varv), sep="\n")
        print(f"\n{kvot(utan, skapa)}")
        if not val.utan_recept:
            print(kvot(vanligt, skapa))
            if not shutil.which("chromium") and not shutil.which("google-chrome"):
                print("Receptet gjorde ingen PDF: chromium finns inte här.")


if __name__ == "__main__":
    main()
