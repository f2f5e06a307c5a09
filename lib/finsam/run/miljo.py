"""What of the user's own the processes of a run are not told through the environment."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
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


_LISTA = "fontlist-*.json"
"""What matplotlib calls its list of the machine's fonts, which takes a second per hundred of them to make."""


@contextmanager
def privat_mapp() -> Iterator[Path]:
    """A folder for what matplotlib, IPython and Jupyter keep: empty at first, writable, and gone afterwards.

    Only the list of fonts is from before, and kept for the next time.
    """
    with tempfile.TemporaryDirectory(prefix="finsam-", ignore_cleanup_errors=True) as mapp:
        listans = Path(mapp, "matplotlib")
        listans.mkdir()
        _kopiera_typsnittslista(listans)
        fanns = {fil.name for fil in listans.iterdir()}
        try:
            yield Path(mapp)
        finally:
            _spara_typsnittslista(fil for fil in listans.glob(_LISTA) if fil.name not in fanns)


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


def _egna_listor() -> Path:
    """Where the program keeps the list: in its own environment, for nothing is written in the user's folders."""
    return Path(sys.prefix, "share", "finsam", "matplotlib")


def _kopiera_typsnittslista(till: Path) -> None:
    """Let matplotlib begin with the list of fonts that has been made here before."""
    hem = Path(os.path.expanduser("~"))
    cache = Path(os.environ.get("XDG_CACHE_HOME") or hem / ".cache")
    lokal = Path(os.environ.get("LOCALAPPDATA") or hem)
    for mapp in (cache / "matplotlib", hem / ".matplotlib", lokal / "matplotlib", _egna_listor()):
        with suppress(OSError):
            for fil in mapp.glob(_LISTA):
                shutil.copyfile(fil, till / fil.name)


def _spara_typsnittslista(gjorda: Iterable[Path]) -> None:
    """Keep a list that matplotlib has made for the next time, if the environment may be written in."""
    with suppress(OSError):
        for fil in gjorda:
            (mapp := _egna_listor()).mkdir(parents=True, exist_ok=True)
            ny = mapp / f".{fil.name}.{os.getpid()}"
            shutil.copyfile(fil, ny)
            ny.replace(mapp / fil.name)


def tysta() -> None:
    """Let what this process, or one it starts, writes past Python's own streams go nowhere."""
    ingenstans = os.open(os.devnull, os.O_WRONLY)
    for ström in (1, 2):
        os.dup2(ingenstans, ström)
    os.close(ingenstans)


def avsluta() -> None:
    """What `exit` does in a section."""
    raise SystemExit
