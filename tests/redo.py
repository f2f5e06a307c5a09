"""finsam as a program of its own, without waiting for Python to load it: each start is a fork of one that has.

It has its own process group, environment, files and end, as a program that is started; that it answers as one is tried
in `test_a_program_that_is_loaded_answers_as_one_that_is_started` (tests/sakerhet/test_avbrott.py).
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import time
from functools import cache
from pathlib import Path

FINSAM = "import runpy; runpy.run_module('finsam', run_name='__main__')"

MODER = """
import json, os, socket, sys, threading
import finsam.checks.kontrollera, finsam.run.cli.kommandon, finsam.run.motorer.motor, finsam.run.skapa
uttag = socket.socket(fileno=int(sys.argv[1]))
def vänta(pid, svar):
    os.write(svar, b"%d" % os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
    os.close(svar)
while True:
    längd = int.from_bytes(uttag.recv(8, socket.MSG_WAITALL), "big")
    data, filer = b"", []
    while längd > len(data):
        bit, fler, *_ = socket.recv_fds(uttag, längd - len(data), 3)
        data, filer = data + bit, filer + fler
    if not data:
        sys.exit()
    svar, ut, fel = filer
    if pid := os.fork():
        os.write(svar, b"%d\\n" % pid)
        threading.Thread(target=vänta, args=(pid, svar), daemon=True).start()
        os.close(ut), os.close(fel)
        continue
    os.setsid()
    os.dup2(ut, 1), os.dup2(fel, 2)
    for fil in (uttag.detach(), *filer):
        os.close(fil)
    order = json.loads(data)
    os.environ.clear(), os.environ.update(order["miljö"]), os.chdir(order["i"])
    sys.argv = ["finsam", *order["ord"]]
    break
del data, filer, uttag, vänta
exec(order["kod"])
"""


class Körning:
    """A program that has been started, as `subprocess.Popen` tells of it."""

    def __init__(self, svar: int, sagt: int) -> None:
        self._svar, self._sagt = os.fdopen(svar, "rb", buffering=0), os.fdopen(sagt, "rb")
        self.pid = int(self._svar.readline())
        os.set_blocking(svar, False)
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Its exit code, or the negative of the signal that ended it; None while it runs."""
        if self.returncode is None and (läst := self._svar.read()) is not None:
            self.returncode = int(läst)
            self._svar.close()
        return self.returncode

    def wait(self, timeout: float = 600) -> int:
        """Wait for its exit code."""
        slut = time.monotonic() + timeout
        while (kod := self.poll()) is None:
            assert time.monotonic() < slut
            time.sleep(0.01)
        return kod

    def kill(self) -> None:
        """End it without warning."""
        os.kill(self.pid, signal.SIGKILL)

    def communicate(self, timeout: float = 600) -> tuple[str, None]:
        """Wait for its end: what it has said, as far as nobody else was given that."""
        self.wait(timeout)
        with self._sagt:
            return self._sagt.read().decode(), None


@cache
def _moder() -> tuple[socket.socket, subprocess.Popen[bytes]]:
    """Its stdout and stderr are pipes, for what Python makes of them does for whatever takes their place."""
    vårt, dess = socket.socketpair()
    ord_ = [sys.executable, "-c", MODER, str(dess.fileno())]
    with dess:
        process = subprocess.Popen(
            ord_,
            pass_fds=[dess.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    atexit.register(_sluta, vårt, process)
    return vårt, process


def _sluta(uttag: socket.socket, process: subprocess.Popen[bytes]) -> None:
    uttag.close()
    process.wait()


def starta(
    *ord_: str, ut: int | None = None, fel: int | None = None, kod: str = FINSAM, i: Path | str = ".", **miljö: str
) -> Körning:
    """Begin `finsam` with some words; `ut` and `fel` are what its stdout and stderr are, else `communicate` has it."""
    (sagt, säger), (svar, dess) = os.pipe(), os.pipe()
    ut, fel = (säger if ett is None else ett for ett in (ut, fel))
    order = {"ord": ord_, "kod": kod, "i": str(Path(i).resolve()), "miljö": {**os.environ, **miljö}}
    data = json.dumps(order).encode()
    uttag, _ = _moder()
    uttag.sendall(len(data).to_bytes(8, "big"))
    socket.send_fds(uttag, [data], [dess, ut, fel])
    os.close(dess)
    os.close(säger)
    return Körning(svar, sagt)
