"""What of the user's own the processes of a run are not told through the environment."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ANVÄNDARENS = ("IPYTHON", "JUPYTER_", "MATPLOTLIB", "MPL", "PYDEVD_")
"""How variables begin that would bring the user's own settings into a section."""

TERMINALENS = ("COLUMNS", "LINES", "PYTHONBREAKPOINT", "PYTHONINSPECT", "PYTHONSTARTUP", "PYTHONWARNINGS")
"""Variables for who sits at a terminal."""


def städa_sällan() -> None:
    """Let the collector of garbage be called seldom: a run makes much that lasts and little that goes in circles.

    What one report is made of is less than the threshold, so that a run is not looked through while it is made.
    """
    gc.set_threshold(500_000, *gc.get_threshold()[1:])


@contextmanager
def sällan_städat() -> Iterator[None]:
    """Let it be so for a while. What has come since is looked through when it ends, so a process that is to end soon,
    or collects for itself, does better to let it be so to the end.
    """
    före = gc.get_threshold()
    städa_sällan()
    try:
        yield
    finally:
        gc.set_threshold(*före)


@contextmanager
def privat_mapp() -> Iterator[Path]:
    """A folder for what matplotlib, IPython and Jupyter keep: empty at first, writable, and gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="finsam-", ignore_cleanup_errors=True) as mapp:
        _kopiera_typsnittslista(Path(mapp, "matplotlib"))
        yield Path(mapp)


@contextmanager
def avskild(mapp: Path) -> Iterator[None]:
    """The environment of a process that executes a section: the user's own settings lie elsewhere than in `mapp`."""
    före, tillfälligt = dict(os.environ), tempfile.tempdir
    for namn in före:
        if namn.startswith(ANVÄNDARENS) or namn in TERMINALENS:
            del os.environ[namn]
    os.environ |= {
        "COLUMNS": "80",
        "IPYTHONDIR": str(mapp / "ipython"),
        "JUPYTER_CONFIG_DIR": str(mapp / "jupyter"),
        "JUPYTER_DATA_DIR": str(mapp / "jupyter"),
        "JUPYTER_PATH": str(mapp / "jupyter"),
        "JUPYTER_RUNTIME_DIR": str(mapp / "jupyter"),
        "LINES": "24",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "MPLCONFIGDIR": str(mapp / "matplotlib"),
        "PYTHONWARNINGS": "ignore",
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(mapp)),
    }
    tempfile.tempdir = str(mapp)
    try:
        yield
    finally:
        tempfile.tempdir = tillfälligt
        for namn in os.environ.keys() - före.keys():
            del os.environ[namn]
        os.environ.update(före)


def _kopiera_typsnittslista(till: Path) -> None:
    """Let matplotlib begin with the list of fonts it has made here before; making it takes a second per hundred."""
    hem = Path(os.path.expanduser("~"))
    cache = Path(os.environ.get("XDG_CACHE_HOME") or hem / ".cache")
    lokal = Path(os.environ.get("LOCALAPPDATA") or hem)
    till.mkdir()
    with suppress(OSError):
        for mapp in (cache / "matplotlib", hem / ".matplotlib", lokal / "matplotlib"):
            for fil in mapp.glob("fontlist-*.json"):
                shutil.copyfile(fil, till / fil.name)


def tysta() -> None:
    """Let what this process, or one it starts, writes past Python's own streams go nowhere."""
    ingenstans = os.open(os.devnull, os.O_WRONLY)
    for ström in (1, 2):
        os.dup2(ingenstans, ström)
    os.close(ingenstans)


def avsluta() -> None:
    """What `exit` does in a section."""
    raise SystemExit
