"""Runs of the command that are stopped on the way, and what must hold of the folder they leave."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from facit import ROT

RAPPORT = Path("exempelforbundet", "2025", "arsredovisning")


KÖR = """
import resource, runpy, sys
if byte := int(sys.argv.pop(1)):
    resource.setrlimit(resource.RLIMIT_FSIZE, (byte, byte))
runpy.run_module("finsam", run_name="__main__")
"""


def starta(ut: Path, inputs: Path, högst: int = 0) -> subprocess.Popen[str]:
    """Begin a run of the made-up förbund, with its forks in a process group of its own.

    `högst` is the number of bytes that the system lets it write to a file.
    """
    ord_ = [sys.executable, "-c", KÖR, str(högst), "skapa", "exempelforbundet", "2025"]
    return subprocess.Popen(
        [*ord_, "--inputs", str(inputs), "--outputs", str(ut)],
        cwd=ROT,
        env={**os.environ, "PYTHONPATH": str(ROT / "lib")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def vänta(körning: subprocess.Popen[str]) -> tuple[int, str]:
    """Its exit code and what it said."""
    text, _ = körning.communicate(timeout=180)
    return körning.returncode, text


def döda(körning: subprocess.Popen[str], *, alla: bool) -> None:
    """End it without warning: the whole group, or only the process that the user started."""
    if alla:
        os.killpg(körning.pid, signal.SIGKILL)
    else:
        körning.kill()
    körning.wait()
    if körning.stdout:
        körning.stdout.close()


def är_tom(grupp: int) -> bool:
    """Whether no process of a group is left, within a few seconds."""
    for _ in range(100):
        try:
            os.killpg(grupp, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def barn_till(pid: int) -> list[int]:
    """The processes that a process has started."""
    return [int(barn) for barn in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def är_borta(pid: int) -> bool:
    """Whether a process has ended, within a few seconds."""
    for _ in range(100):
        if not Path(f"/proc/{pid}").exists():
            return True
        time.sleep(0.1)
    return False


def hel(katalog: Path) -> dict[str, str]:
    """The hashes of a folder that is whole: what its korning.json says, no more and no less."""
    väntat: dict[str, str] = json.loads((katalog / "korning.json").read_text("utf-8"))["outputs"]
    finns = {
        fil.relative_to(katalog).as_posix(): hashlib.sha256(fil.read_bytes()).hexdigest()
        for fil in katalog.rglob("*")
        if fil.is_file() and fil != katalog / "korning.json"
    }
    assert finns == väntat
    return finns


def rester(ut: Path) -> list[str]:
    """What stands beside the report's folder."""
    return sorted(fil.name for fil in (ut / RAPPORT).parent.iterdir() if fil.name != RAPPORT.name)


def ändra_text(inputs: Path, text: str) -> None:
    """Change the inputs, so that a new run can be told from the earlier one."""
    (inputs / "exempelforbundet" / "2025" / "text" / "personal.md").write_text(f"{text}\n", "utf-8")


def döda_vid(ut: Path, inputs: Path, andelar: list[float], tid: float) -> None:
    """Kill a run at each part of its time: what was there before is there whole, or the new is. The last is let be."""
    tidigare = hel(ut / RAPPORT)
    for nr, andel in enumerate(andelar):
        ändra_text(inputs, f"Körning {nr}.")
        körning = starta(ut, inputs)
        time.sleep(andel * tid)
        döda(körning, alla=nr % 2 == 0)
        assert är_tom(körning.pid)
        nu = hel(ut / RAPPORT)
        sida = (ut / RAPPORT / "arsredovisning.html").read_text("utf-8")
        assert nu == tidigare or f"Körning {nr}." in sida
        tidigare = nu
    ändra_text(inputs, "Den sista körningen.")
    kod, text = vänta(starta(ut, inputs))
    assert kod == 0, text
    hel(ut / RAPPORT)
    assert "Den sista körningen." in (ut / RAPPORT / "arsredovisning.html").read_text("utf-8")
    assert rester(ut) == []
