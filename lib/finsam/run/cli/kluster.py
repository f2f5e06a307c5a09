"""`--dask ADRESS`: the reports of a batch are made on a cluster whose computers share the folders, the same bytes.

A worker of the cluster lets a process of its own make them, as `--alla` does on one computer: what else the worker
does, in threads, is nothing to it. A report that was lost with its worker is given to another by the cluster.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from functools import cache, partial
from typing import Any

from finsam.model.problem import Problem, UnreadableInput
from finsam.prove.manifest import programsumma
from finsam.run.alla import Avbrutet, NyExecutor, processer

VÄNTA = 10
"""Seconds to wait for the scheduler to answer."""


class Kluster(Executor):
    """A cluster's workers, as an executor of reports."""

    def __init__(self, klient: Any, program: str) -> None:
        self._dask = klient.get_executor(pure=False)
        self._program = program

    def submit(self, fn: Callable[..., Any], /, *ord_: Any, **val: Any) -> Future[Any]:
        """Let a worker do it."""
        svar: Future[Any] = self._dask.submit(partial(på_arbetare, self._program, fn), *ord_, **val)
        return svar

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Wait for what is being done, or let it go."""
        self._dask.shutdown(wait=wait and not cancel_futures)


@contextmanager
def anslut(adress: str) -> Iterator[tuple[NyExecutor, int]]:
    """The cluster of a scheduler, and how many workers it has now. Raises UnreadableInput when there is none."""
    try:
        from distributed import Client
    except ImportError:
        raise _går_inte('Paketet distributed finns inte. Installera det: pip install "finsam[dask]".') from None
    try:
        klient = Client(adress, timeout=VÄNTA, set_as_default=False)
    except (OSError, ValueError) as fel:
        text = f"Ingen schemaläggare svarar på {adress}. Starta den (dask scheduler), och ge adressen som den skriver."
        raise _går_inte(text) from fel
    with klient:
        antal = len(klient.scheduler_info(n_workers=-1)["workers"])
        if not antal:
            raise _går_inte(f"Klustret {adress} har inga arbetare. Starta dem: dask worker {adress} --no-nanny.")
        program = programsumma()
        yield (lambda _: Kluster(klient, program)), antal


def _går_inte(text: str) -> UnreadableInput:
    return UnreadableInput([Problem("fel", text, "--dask")])


def på_arbetare(program: str, gör: Callable[..., Any], *ord_: Any) -> Any:
    """What a worker does: the work in a process of its own, and with the same program as who asked for it."""
    if programsumma() != program:
        raise Avbrutet("Arbetaren har en annan finsam. Installera samma på varje dator i klustret.")
    if multiprocessing.current_process().daemon:
        raise Avbrutet("Arbetaren får inte starta processer. Starta den med dask worker … --no-nanny.")
    try:
        return _process().submit(gör, *ord_).result()
    except BrokenExecutor:
        _process.cache_clear()
        raise


@cache
def _process() -> Executor:
    return processer(1)
