"""JupyterLab at the project's root: its environment, and how it is started. Run as `python -m finsam.run.start.lab`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from finsam.read.arsmapp import INPUTS_VARIABEL
from finsam.run.start.kopia import gör_betrodd, write_startsida
from finsam.run.start.plats import Plats, labadress
from finsam.run.start.val import Jobb

HÖGST_UPPLADDAT = 200_000_000
"""Bytes of a file that is chosen on the page; of what is larger than 10 MB nothing comes, unless this is said."""
VAL = (
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.news_url=None",
    "--LabApp.extension_manager=readonly",
    f"--LabApp.app_settings_dir={Path(__file__).parent}",
    f"--ServerApp.tornado_settings={{'websocket_max_message_size':{HÖGST_UPPLADDAT}}}",
)
"""Nothing is asked for on the network, nobody is asked about news (overrides.json), and a large file can be chosen."""


def starta(plats: Plats, valt: Jobb, egna: tuple[str, ...] = ()) -> None:
    """Write the start page and become JupyterLab, opened on it. Raises Skrivfel."""
    fil = write_startsida(plats, valt)
    gör_betrodd(fil)
    bli_jupyterlab(plats, fil.relative_to(plats.rot).as_posix(), egna)


def bli_jupyterlab(plats: Plats, namn: str, egna: tuple[str, ...] = ()) -> None:
    """Become JupyterLab at the root, opened on a file by its name there."""
    os.environ[INPUTS_VARIABEL] = str(plats.inputs)
    val = (f"--ServerApp.root_dir={plats.rot}", f"--LabApp.default_url=/{labadress(namn)}", *VAL, *egna)
    kommando = [sys.executable, "-m", "jupyterlab", *val]
    if os.name == "nt":  # exec gives the terminal back at once there, and parts a path at its spaces
        sys.exit(subprocess.call(kommando))
    os.execv(sys.executable, kommando)
