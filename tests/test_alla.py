"""`finsam skapa --alla`: all are made whatever happens to one, and what is done is not done again."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest

from conftest import Körning, förkorta, kör
from facit import INPUTS
from finsam.model.problem import Problem, UnreadableInput
from finsam.run import alla
from finsam.run.alla import Arbete, Följer, Jobb, Utfall, skapa_alla
from finsam.run.fardig import färdig as färdig_körning
from finsam.run.notebook import NotebookFel
from finsam.run.skapa import Resultat
from finsam.run.utmapp import Skrivfel

SOFINT: Jobb = ("sofint", 2024, "arsredovisning")
TYST = Följer(lambda _: None, lambda _: None)


class Bräcklig(Executor):
    """Processes of which one dies of some reports, and takes with it what is made beside it."""

    def __init__(self, dödliga: set[str]) -> None:
        self.dödliga = dödliga
        self.trasig = False
        self.väntar: list[Future[Any]] = []

    def submit(self, fn: Callable[..., Any], /, *ord_: Any, **_: Any) -> Future[Any]:
        """Answer at once, but for the first of two."""
        if self.trasig:
            raise BrokenProcessPool
        svar: Future[Any] = Future()
        if ord_[0][0] in self.dödliga:
            self.trasig = True
            for ett in (*self.väntar, svar):
                ett.set_exception(BrokenProcessPool())
        elif ord_[0][0] == "långsam" and not self.väntar:
            self.väntar.append(svar)
        else:
            svar.set_result(Utfall(ord_[0]))
        return svar


def test_only_what_kills_its_process_is_not_made() -> None:
    jobb: list[Jobb] = [(namn, 2024, "arsredovisning") for namn in ("a", "långsam", "b", "död", "c", "död2", "d")]
    began: list[Jobb] = []
    pooler: list[int] = []

    def ny(antal: int) -> Bräcklig:
        pooler.append(antal)
        bräcklig = Bräcklig({"död", "död2"})
        if antal == 1:
            bräcklig.väntar.append(Future())  # alone, nothing is slow
        return bräcklig

    utfall = skapa_alla(jobb, Arbete(None, Path("outputs")), Följer(began.append, lambda _: None), 2, ny)
    assert [ett.jobb for ett in utfall] == jobb
    assert {ett.jobb[0] for ett in utfall if ett.fel} == {"död", "död2"}
    assert all("Processen avbröts" in str(ett.fel) for ett in utfall if ett.fel)
    assert began.count(jobb[1]) == 2  # lost beside the one that died, and made again alone
    assert 1 in pooler


def test_processes_are_replaced_before_they_grow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alla, "PER_PROCESS", 2)
    pooler: list[Bräcklig] = []

    def ny(_: int) -> Bräcklig:
        pooler.append(Bräcklig(set()))
        return pooler[-1]

    jobb: list[Jobb] = [("a", år, "arsredovisning") for år in range(2000, 2009)]
    assert [ett.jobb for ett in skapa_alla(jobb, Arbete(None, Path()), TYST, 2, ny)] == jobb
    assert len(pooler) == 3


def test_one_that_fails_stops_no_other(
    monkeypatch: pytest.MonkeyPatch, kopia: Callable[[], Path], tmp_path: Path
) -> None:
    """Each in its own way, also one that nobody had thought of; the highest code is the answer."""
    inputs = kopia()
    vägrar: dict[int, Exception] = {
        2024: NotebookFel("20_resultatrakning.ipynb, cell 3: ValueError: nej"),
        2025: ZeroDivisionError("division by zero"),
        2026: UnreadableInput([Problem("fel", "Raden saknar belopp.", "underlag.xlsx", "Budget, rad 5")]),
    }

    def skapa(_: str, år: int, *__: object, **___: object) -> Resultat:
        raise vägrar[år]

    monkeypatch.setattr("finsam.run.skapa.skapa", skapa)
    monkeypatch.setattr(alla, "processer", ThreadPoolExecutor)
    svar = kör("skapa", "--alla", "--inputs", inputs, "--outputs", tmp_path / "ut")
    assert svar.exit_code == 4
    assert "Traceback" not in svar.output
    assert "Klara rapporter: 0 av 3." in svar.output
    rader = (tmp_path / "ut" / "alla.csv").read_text("utf-8").splitlines()
    assert [rad.split(";", 3)[1:] for rad in rader[1:]] == [
        ["2024", "arsredovisning", "inte gjord;;;;;;20_resultatrakning.ipynb, cell 3: ValueError: nej"],
        ["2025", "arsredovisning", "inte gjord;;;;;;Något oväntat hände: ZeroDivisionError: division by zero"],
        ["2026", "verksamhetsplan", "inte gjord;;;;;;underlag.xlsx, Budget, rad 5: Raden saknar belopp."],
    ]

    vägrar[2025] = Skrivfel(f"Kunde inte skriva {os.path.realpath(tmp_path / 'ut')}/x: disken är full.")
    assert kör("skapa", "--alla", "--inputs", inputs, "--outputs", tmp_path / "ut").exit_code == 4
    assert ";Kunde inte skriva outputs/x: disken är full." in (tmp_path / "ut" / "alla.csv").read_text("utf-8")


def test_what_is_done_is_known_by_its_hashes(körning: Körning, tmp_path: Path) -> None:
    """The same answer as when it was made; and whatever is another, it is made again."""
    ut, inputs = tmp_path / "ut", tmp_path / "inputs"
    shutil.copytree(körning.katalog.parents[2], ut)
    shutil.copytree(INPUTS / "sofint", inputs / "sofint")
    katalog, året = ut / "sofint" / "2024" / "arsredovisning", inputs / "sofint" / "2024"
    klar = färdig_körning(*SOFINT, inputs, ut)
    assert klar
    assert klar.findings
    assert [f.json() for f in klar.findings] == körning.kontroller
    assert (klar.utkast, klar.siffergaranti.tal) == (False, klar.siffergaranti.bundna)

    def inte_längre(fil: Path, innehåll: bytes) -> None:
        före = fil.read_bytes() if fil.exists() else None
        fil.write_bytes(innehåll)
        assert färdig_körning(*SOFINT, inputs, ut) is None, fil
        if före is None:
            fil.unlink()
        else:
            fil.write_bytes(före)

    inte_längre(katalog / "arsredovisning.html", b"annat")
    inte_längre(katalog / "korning.json", b"{}")
    inte_längre(katalog / "egen.txt", b"")
    inte_längre(året / "text" / "personal.md", "Inga anställda.\n".encode())
    inte_längre(året / "text" / "insats_coachingteamet.md", (året / "text" / "personal.md").read_bytes())
    inte_längre(inputs / "sofint" / "forbund.yml", (inputs / "sofint" / "forbund.yml").read_bytes() + b"# ny\n")
    assert färdig_körning(*SOFINT, inputs, ut) == klar


@pytest.mark.langsam
def test_it_goes_on_after_a_kill(kopia: Callable[[], Path], tmp_path: Path) -> None:
    """Killed with its processes when one report is done: that one is kept, and all are as when made one by one."""
    inputs, ut = förkorta(kopia(), "omslag", "resultatrakning", "kontroller"), tmp_path / "ut"
    ord_ = [sys.executable, "-m", "finsam", "skapa", "--alla", "--inputs", str(inputs), "--outputs"]
    första = subprocess.Popen([*ord_, str(ut)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    slut = time.monotonic() + 300
    while not (klara := list(ut.glob("*/*/[!.]*/korning.json"))):
        assert första.poll() is None
        assert time.monotonic() < slut
        time.sleep(0.02)
    första.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    första.wait()
    före = {fil: fil.stat().st_mtime_ns for fil in klara}
    svar = subprocess.run([*ord_, str(ut)], capture_output=True, text=True, check=False)
    assert svar.returncode == 1, svar.stdout + svar.stderr  # drafts, with so few sections
    assert "Klara rapporter: 1 av 3." in svar.stdout
    assert "därför kvar som de var:" in svar.stdout
    assert all(fil.stat().st_mtime_ns == tid for fil, tid in före.items())
    for förbund, år, rapport in (
        ("exempelforbundet", 2025, "arsredovisning"),
        ("exempelforbundet", 2026, "verksamhetsplan"),
    ):
        ensam = tmp_path / "ensam"
        kör("skapa", förbund, str(år), rapport, "--inputs", inputs, "--outputs", ensam)
        assert _filer(ensam / förbund / str(år) / rapport) == _filer(ut / förbund / str(år) / rapport)


def _filer(mapp: Path) -> dict[str, bytes]:
    return {fil.relative_to(mapp).as_posix(): fil.read_bytes() for fil in mapp.rglob("*") if fil.is_file()}


def test_a_cluster_needs_its_package_and_many_reports(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    svar = kör("skapa", "--alla", "--dask", "tcp://127.0.0.1:9", "--outputs", tmp_path / "ut")
    assert svar.exit_code == 2
    assert 'pip install "finsam[dask]"' in svar.output.replace("\n", " ")
    assert not (tmp_path / "ut").exists()
    svar = kör("skapa", "sofint", "2024", "--dask", "tcp://127.0.0.1:9")
    assert svar.exit_code == 2
    assert "Ange --alla också" in svar.output
