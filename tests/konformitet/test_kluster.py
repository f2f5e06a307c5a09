"""`finsam skapa --alla --dask`: two workers of which one is killed lose nothing, and the files are the same."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from conftest import förkorta, kör
from facit import ROT

pytestmark = [
    pytest.mark.langsam,
    pytest.mark.skipif(not importlib.util.find_spec("distributed"), reason="paketet distributed finns inte"),
]
TID = 300
MILJÖ = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (str(ROT / "lib"), os.environ.get("PYTHONPATH"))))}


@contextmanager
def process(*ord_: str | Path) -> Iterator[subprocess.Popen[bytes]]:
    """A program of this environment, which is ended afterwards."""
    with subprocess.Popen([sys.executable, "-m", *map(str, ord_)], env=MILJÖ, stderr=subprocess.DEVNULL) as igång:
        try:
            yield igång
        finally:
            igång.kill()


def vänta(på: Callable[[], object]) -> None:
    """Wait for something to be there."""
    slut = time.monotonic() + TID
    while not på():
        assert time.monotonic() < slut
        time.sleep(0.02)


def filer(mapp: Path) -> dict[str, bytes]:
    """Every file under a folder, by its path; the history, which has a clock, is none of it."""
    funna = (fil for fil in sorted(mapp.rglob("*")) if fil.is_file() and "historik" not in fil.parts)
    return {fil.relative_to(mapp).as_posix(): fil.read_bytes() for fil in funna}


@contextmanager
def kluster(mapp: Path, antal: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler with workers: its address, and them. They stand in a folder of their own."""
    mapp.mkdir()
    fil = mapp / "schema.json"
    tyst = ("--no-dashboard", "--scheduler-file", fil)
    ensamma = ("--no-nanny", "--nthreads", "1", "--local-directory", mapp)
    with ExitStack() as öppna:
        öppna.enter_context(process("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", *tyst))
        vänta(fil.exists)
        arbetare = [öppna.enter_context(process("distributed.cli.dask_worker", *ensamma, *tyst)) for _ in range(antal)]
        from distributed import Client

        with Client(scheduler_file=str(fil), set_as_default=False) as klient:
            if antal:
                klient.wait_for_workers(antal, timeout=TID)
            adress = klient.scheduler.address
        yield adress, arbetare


def test_a_killed_worker_loses_nothing(kopia: Callable[[], Path], tmp_path: Path) -> None:
    inputs, ut = förkorta(kopia(), "omslag", "resultatrakning", "kontroller"), tmp_path / "ut"
    with kluster(tmp_path / "kluster", 2) as (adress, arbetare):
        ord_ = ("finsam", "skapa", "--alla", "--dask", adress, "--inputs", inputs, "--outputs", ut)
        with process(*ord_) as körning:
            vänta(lambda: list(ut.glob("*/*/.*.*")))  # a report is being written
            arbetare[0].send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
            assert körning.wait(TID) == 1  # drafts, with so few sections
        assert arbetare[0].wait(TID)
        assert arbetare[1].poll() is None
    rader = (ut / "alla.csv").read_text("utf-8").splitlines()
    assert [rad.split(";")[3] for rad in rader[1:]] == ["utkast", "utkast", "klar"]
    ensam = tmp_path / "ensam"
    kör("skapa", "--alla", "--inputs", inputs, "--outputs", ensam)
    assert filer(ensam) == filer(ut)


def test_workers_with_another_program_make_nothing(
    kopia: Callable[[], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs, ut = kopia(), tmp_path / "ut"
    monkeypatch.setattr("finsam.run.cli.kluster.programsumma", lambda: "en annan")
    with kluster(tmp_path / "kluster", 1) as (adress, _):
        svar = kör("skapa", "--alla", "--dask", adress, "--inputs", inputs, "--outputs", ut)
    assert svar.exit_code == 4
    assert "Arbetaren har en annan finsam." in (ut / "alla.csv").read_text("utf-8")
    assert not list(ut.glob("*/*"))


def test_no_scheduler_and_no_workers_are_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("finsam.run.cli.kluster.VÄNTA", 1)
    svar = kör("skapa", "--alla", "--dask", "tcp://127.0.0.1:9", "--outputs", tmp_path / "ut")
    assert svar.exit_code == 2
    assert "Ingen schemaläggare svarar på tcp://127.0.0.1:9." in svar.output.replace("\n", " ")
    with kluster(tmp_path / "kluster", 0) as (adress, _):
        svar = kör("skapa", "--alla", "--dask", adress, "--outputs", tmp_path / "ut")
    assert svar.exit_code == 2
    assert "har inga arbetare" in svar.output.replace("\n", " ")
