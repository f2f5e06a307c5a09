"""Set up finsam the first time, in `.venv` beside lib/, and start it: what make, starta.sh and starta.cmd all do.

Runs with nothing installed, and on a Python that is too old to the line that says so. `--bara-miljo` starts nothing.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

ROT = Path(__file__).resolve().parent.parent
KRAV = (3, 11)
BARA_MILJÖ = "--bara-miljo"


def hinder(version: tuple[int, ...], kan_venv: bool) -> str:
    """Why this Python cannot be used and what to do; "" when it can."""
    if version < KRAV:
        return (
            f"Python {version[0]}.{version[1]} är för gammal; finsam kräver {KRAV[0]}.{KRAV[1]} eller senare. "
            "Hämta en nyare på https://www.python.org/downloads/ (med make: make PYTHON=python3.12)."
        )
    if not kan_venv:
        return "Python saknar venv. På Debian och Ubuntu: apt install python3-venv"
    return ""


def märke(rot: Path) -> str:
    """What the environment was made of: it is made anew when another stands here."""
    innehåll = b"".join((rot / fil).read_bytes() for fil in ("requirements.lock", "pyproject.toml"))
    return f"{sys.version_info[0]}.{sys.version_info[1]} {hashlib.sha256(innehåll).hexdigest()}\n"


def ställ_i_ordning(rot: Path) -> str:
    """Make `.venv` from the lock, with a bar; the reason it could not be done, or ""."""
    venv = rot / ".venv"
    klar = venv / ".klar"
    if klar.exists() and klar.read_text("utf-8") == märke(rot):
        return ""
    print("Ställer i ordning finsam (en gång, ett par minuter) ...", flush=True)
    gjord = subprocess.run([sys.executable, "-m", "venv", str(venv)], capture_output=True, text=True, check=False)
    if gjord.returncode:
        return f"Mappen {venv} kunde inte göras.\n{gjord.stdout}{gjord.stderr}".strip()
    antal = len(re.findall(r"^[\w.-]+==", (rot / "requirements.lock").read_text("utf-8"), re.MULTILINE))
    for val in (
        ["--require-hashes", "-r", "requirements.lock"],
        ["--no-deps", "--no-build-isolation", "-e", "."],
    ):
        if fel := _pip(venv, rot, val, antal):
            return fel
    klar.write_text(märke(rot), "utf-8")
    return ""


def _pip(venv: Path, rot: Path, val: list[str], antal: int) -> str:
    """Let pip install; what it said last if it failed."""
    kommando = [str(program(venv, "python")), "-m", "pip", "install", "--disable-pip-version-check", *val]
    sagt: list[str] = []
    hämtade = 0
    with subprocess.Popen(
        kommando,
        cwd=rot,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as pip:
        for rad in pip.stdout or ():
            sagt.append(rad.rstrip())
            hämtade += rad.startswith("Collecting ")
            if sys.stdout.isatty():
                vad = "Lägger dem på plats" if rad.startswith("Installing ") else f"Hämtar paket {hämtade} av {antal}"
                print(f"\r  [{'#' * (30 * hämtade // antal):<30}] {vad:<32}", end="", flush=True)
    if sys.stdout.isatty():
        print()
    if not pip.returncode:
        return ""
    råd = "Paketen kunde inte hämtas. Finns det nätverk? Bakom en proxy: sätt HTTPS_PROXY. Kör sedan igen. Så sade pip:"
    sist = [rad for rad in sagt if rad and not rad.startswith("WARNING")][-8:]
    return "\n  ".join([råd, *sist])


def program(venv: Path, namn: str) -> Path:
    """A program of the environment."""
    return venv / ("Scripts" if os.name == "nt" else "bin") / namn


def main(val: list[str]) -> int:
    """Set up what is missing and start finsam with what else was asked for."""
    kan_venv = all(importlib.util.find_spec(namn) for namn in ("venv", "ensurepip"))
    fel = hinder(sys.version_info[:2], kan_venv)
    fel = fel or ställ_i_ordning(ROT)
    if fel:
        print(fel, file=sys.stderr)
        return 1
    if BARA_MILJÖ in val:
        return 0
    return subprocess.call([str(program(ROT / ".venv", "finsam")), *val])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
