"""JupyterLab as `finsam lab` starts it, for tests and pictures: on a folder of its own, with settings of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Locator, Page

from facit import ROT

STARTSIDAN = "lab/tree/outputs/00_start.ipynb?token=prov"
ÖPPNAR = 120.0
"""Seconds that it may take to listen, on a machine that has much to do."""


@contextmanager
def finsam_lab(projekt: Path, mapp: Path, *val: str) -> Iterator[str]:
    """The address that `finsam lab` opens in the folder `projekt`; `mapp` gets what is JupyterLab's own."""
    mappar = {namn: mapp / namn.lower() for namn in ("RUNTIME", "CONFIG", "DATA")}
    mappar["CONFIG"].mkdir(exist_ok=True)
    inställt = {"ServerApp": {"allow_root": True, "port": 0, "token": "prov"}}
    (mappar["CONFIG"] / "jupyter_server_config.json").write_text(json.dumps(inställt), "utf-8")
    jupyter = {f"JUPYTER_{namn}_DIR": str(ett) for namn, ett in mappar.items()}
    server = subprocess.Popen(
        [sys.executable, "-m", "finsam", "lab", *val, "--oppna-inte"],
        cwd=projekt,
        env={**os.environ, **jupyter, "PYTHONPATH": str(ROT / "lib")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield f"{_lyssnar(server, mappar['RUNTIME'])}{STARTSIDAN}"
    finally:
        server.terminate()
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()


def välj_mörkt(mapp: Path) -> None:
    """JupyterLab's own dark theme, chosen as its menu does it."""
    val = mapp / "config/lab/user-settings/@jupyterlab/apputils-extension/themes.jupyterlab-settings"
    val.parent.mkdir(parents=True)
    val.write_text('{"theme": "JupyterLab Dark"}', "utf-8")


def _lyssnar(server: subprocess.Popen[bytes], körtid: Path) -> str:
    """Where it listens, once it does."""
    slut = time.monotonic() + ÖPPNAR
    while time.monotonic() < slut:
        for fil in körtid.glob("jpserver-*.json"):
            if text := fil.read_text("utf-8"):  # it is there before it is written
                return str(json.loads(text)["url"])
        if server.poll() is not None:
            raise RuntimeError("finsam lab startade inte")
        time.sleep(0.2)
    raise RuntimeError("finsam lab svarade inte")


def knapp(sida: Page, ord_: str) -> Locator:
    """A button of the start page's."""
    return sida.locator(".finsam-start .jupyter-button").filter(has_text=re.compile(f"^{re.escape(ord_)}$"))


def fält(sida: Page, ord_: str) -> Locator:
    """A field of the start page's, by the beginning of its label."""
    ruta = sida.locator(".finsam-start .fs-ruta .fs-falt").filter(has_text=re.compile(f"^\\s*{re.escape(ord_)}"))
    return ruta.locator("input, select")
