"""The documents under test: finished runs, and a small one to break."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import nbformat

from facit import INPUTS, ROT
from finsam.report.arsbok import Årsbok

RAPPORTER = {
    "sofint": ("sofint", "2024", "arsredovisning"),
    "exempel": ("exempelforbundet", "2025", "arsredovisning"),
    "plan": ("sofint", "2026", "verksamhetsplan"),
}


@dataclass(frozen=True)
class Dokument:
    """The files of a run."""

    katalog: Path

    @property
    def html(self) -> Path:
        return self.katalog / f"{self.katalog.name}.html"

    @property
    def pdf(self) -> Path:
        return self.katalog / f"{self.katalog.name}.pdf"

    @property
    def xlsx(self) -> Path:
        return self.katalog / f"{self.katalog.name}.xlsx"

    @cached_property
    def rapport(self) -> dict[str, Any]:
        """`rapport.json`."""
        data: dict[str, Any] = json.loads((self.katalog / "rapport.json").read_text("utf-8"))
        return data


def skapa(rapport: str, ut: Path, **miljö: str) -> Dokument:
    """`finsam skapa` in a process of its own, as a user makes it."""
    kommando = [sys.executable, "-m", "finsam", "skapa", *RAPPORTER[rapport], "--json"]
    svar = subprocess.run(
        [*kommando, "--inputs", str(INPUTS), "--outputs", str(ut)],
        env={**os.environ, "PYTHONPATH": str(ROT / "lib"), **miljö},
        cwd=ut,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert svar.returncode == 0, svar.stdout + svar.stderr
    return Dokument(Path(json.loads(svar.stdout)["katalog"]))


def litet(bok: Årsbok, *, utkast: bool = False) -> nbformat.NotebookNode:
    """An executed notebook that shows the balansräkning alone."""
    visat = nbformat.v4.new_output("display_data", bok.balansräkning._repr_mimebundle_())
    om = {"titel": "Prov", "förbund": "Förbundet", "dnr": "1", "utkast": utkast, "hel": False, "datum": "2026-01-01"}
    celler = [nbformat.v4.new_markdown_cell("# Balansräkning"), nbformat.v4.new_code_cell(outputs=[visat])]
    return nbformat.v4.new_notebook(cells=celler, metadata={"finsam": om})


def summor(katalog: Path) -> dict[str, str]:
    """Every file of a folder by its SHA-256."""
    filer = (fil for fil in sorted(katalog.rglob("*")) if fil.is_file())
    return {fil.relative_to(katalog).as_posix(): hashlib.sha256(fil.read_bytes()).hexdigest() for fil in filer}
