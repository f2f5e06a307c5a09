"""Files are read in a process of their own, with a time and, where the system has it, a memory that it may use.

Run as `python -m finsam.granska.barn`: the files' names on stdin, the answer on stdout, both as JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

TID = 60.0
"""Seconds that the files may take together."""
KORTAST, PER_MB = 20.0, 10.0
"""Seconds that small files may take, and more for each megabyte: a small file that takes long is made to."""
MINNE = 2_000_000_000
"""Bytes of memory that they may take together."""
AVBRUTEN = (
    "Filen tog för lång tid eller för mycket minne att läsa, eller är skadad."
    " Spara den som PDF på nytt och försök igen."
)

INGEN_FIL = "Det är ingen fil utan en mapp, ett rör eller en enhet. Ange en PDF, ett Worddokument eller en text."


def granska_filer(filer: Sequence[Path], tid: float = TID) -> dict[str, Any]:
    """The answer about files; one that brings the reading down is left out, and said to be unreadable."""
    svar = _i_barn(filer, tid)
    if svar is not None:
        return svar
    går = [fil for fil in filer if len(filer) > 1 and _i_barn([fil], tid) is not None]
    svar = (_i_barn(går, tid) if går else None) or _inget()
    return {**svar, "olasliga": {**svar["olasliga"], **{fil.name: AVBRUTEN for fil in filer if fil not in går}}}


def _inget() -> dict[str, Any]:
    return {"fynd": [], "lasta": [], "bredvid": [], "olasliga": {}, "provat": {}}


def _i_barn(filer: Sequence[Path], tid: float) -> dict[str, Any] | None:
    fråga = json.dumps([str(fil) for fil in filer])
    storlek = sum(fil.stat().st_size for fil in filer if fil.is_file())
    tid = min(tid, KORTAST + PER_MB * storlek / 1e6)
    try:
        kört = subprocess.run(
            [sys.executable, "-m", "finsam.granska.barn"],
            input=fråga.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=tid,
            check=False,
        )
        svar = json.loads(kört.stdout) if kört.returncode == 0 else None
    except (subprocess.TimeoutExpired, ValueError):
        return None
    return svar if isinstance(svar, dict) else None


def svara(filer: Sequence[str]) -> Mapping[str, Any]:
    """The answer, in this process."""
    from finsam.granska.granska import granska
    from finsam.granska.lasa.dokument import FÖR_STOR, HÖGST_BYTE
    from finsam.granska.svar import som_svar
    from finsam.model.problem import orsak

    lästa, oläsliga = [], {}
    for fil in map(Path, filer):
        try:
            if fil.exists() and not fil.is_file():  # a pipe would be waited for, a device never ends
                oläsliga[fil.name] = INGEN_FIL
            elif fil.stat().st_size > HÖGST_BYTE:
                oläsliga[fil.name] = FÖR_STOR
            else:
                lästa.append((str(fil), fil.read_bytes()))
        except OSError as fel:
            oläsliga[fil.name] = f"Filen går inte att öppna ({orsak(fel)})."
    svar = som_svar(granska(lästa))
    return {**svar, "olasliga": {**svar["olasliga"], **oläsliga}}


def _begränsa() -> None:
    """Take no more memory than is reasonable; Windows has no such limit, and the time is what stops it there."""
    try:
        import resource
    except ImportError:
        return
    _, högst = resource.getrlimit(resource.RLIMIT_AS)
    tak = MINNE if högst == resource.RLIM_INFINITY else min(MINNE, högst)
    resource.setrlimit(resource.RLIMIT_AS, (tak, högst))


def main() -> None:
    """Answer what is asked on stdin."""
    _begränsa()
    filer = json.loads(sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(svara(filer), ensure_ascii=False).encode())


if __name__ == "__main__":
    main()
