"""Runs of the command that are stopped on the way, and what must hold of the folder they leave."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import redo
from facit import ROT
from redo import FINSAM, Körning

RAPPORT = Path("exempelforbundet", "2025", "arsredovisning")


TÅLAMOD = 600
"""Seconds to wait for what must come, however busy the machine is."""

KÖR = f"""
import importlib, pathlib, resource, sys, time
byte, vid, märke = int(sys.argv.pop(1)), sys.argv.pop(1), pathlib.Path(sys.argv.pop(1))
if byte:
    sys.dont_write_bytecode = True  # Python would leave half a file, which nobody can load afterwards
    resource.setrlimit(resource.RLIMIT_FSIZE, (byte, byte))
if vid:
    modul, funktion = vid.split(":")
    def stanna(*_, **__):
        märke.touch()
        time.sleep(600)
    setattr(importlib.import_module(modul), funktion, stanna)
{FINSAM}
"""


def starta(ut: Path, inputs: Path, högst: int = 0, vid: str = "") -> Körning:
    """Begin a run of the made-up förbund, with its forks in a process group of its own.

    `högst` is the number of bytes that the system lets it write to a file. At the function `vid` ("module:name") the
    run stands still, and the file `stannade` beside the outputs says that it does.
    """
    ord_ = [str(högst), vid, str(stannade(ut)), "skapa", "exempelforbundet", "2025"]
    return redo.starta(*ord_, "--inputs", str(inputs), "--outputs", str(ut), kod=KÖR, i=ROT)


def stannade(ut: Path) -> Path:
    return ut.with_name(f"{ut.name}.stannade")


def vänta_in(ut: Path, körning: Körning) -> None:
    """Wait until a run stands still where it was told to."""
    slut = time.monotonic() + TÅLAMOD
    while not stannade(ut).exists():
        assert körning.poll() is None, vänta(körning)
        assert time.monotonic() < slut
        time.sleep(0.02)
    stannade(ut).unlink()


def vänta(körning: Körning) -> tuple[int, str]:
    """Its exit code and what it said."""
    text, _ = körning.communicate(timeout=TÅLAMOD)
    return körning.returncode, text


def döda(körning: Körning, *, alla: bool) -> None:
    """End it without warning: the whole group, or only the process that the user started."""
    with suppress(ProcessLookupError):  # it has ended already
        if alla:
            os.killpg(körning.pid, signal.SIGKILL)
        else:
            körning.kill()
    körning.communicate()


def är_tom(grupp: int) -> bool:
    """Whether no process of a group is left, at last."""
    slut = time.monotonic() + TÅLAMOD
    while time.monotonic() < slut:
        try:
            os.killpg(grupp, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
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
    (inputs / "exempelforbundet" / "2025" / "text" / "intygande.md").write_text(f"{text}\n", "utf-8")


def döda_vid(ut: Path, inputs: Path, moment: Sequence[str | float]) -> None:
    """Kill a run at each moment: what was there before is there whole, or the new is. The last run is let be.

    A moment is a function, or seconds from the beginning.
    """
    tidigare = hel(ut / RAPPORT)
    for nr, när in enumerate(moment):
        ändra_text(inputs, f"Körning {nr}.")
        körning = starta(ut, inputs, vid=när if isinstance(när, str) else "")
        if isinstance(när, str):
            vänta_in(ut, körning)
        else:
            time.sleep(när)
        döda(körning, alla=nr % 2 == 0)
        assert är_tom(körning.pid)
        nu = hel(ut / RAPPORT)
        sida = (ut / RAPPORT / "arsredovisning.html").read_text("utf-8")
        assert nu == tidigare or f"Körning {nr}." in sida
        tidigare = nu
    ändra_text(inputs, "Den sista körningen.")
    kod, text = vänta(starta(ut, inputs))
    assert kod in (0, 1), text  # a report of a few sections is a draft
    hel(ut / RAPPORT)
    assert "Den sista körningen." in (ut / RAPPORT / "arsredovisning.html").read_text("utf-8")
    assert rester(ut) == ["historik"]
