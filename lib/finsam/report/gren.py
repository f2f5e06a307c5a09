"""A fork that no signal falls into."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

AVSLUTAR = tuple(getattr(signal, namn) for namn in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, namn))
"""The signals that tell a run to end."""


@contextmanager
def utan_signaler() -> Iterator[None]:
    """Hold back what tells a run to end while a process is forked.

    It is for the parent, and not before it knows its child: else the child would tidy up after a run that goes on, and
    the parent leave a child that it has not noted. The child has the signals held back still, see `i_grenen`.
    """
    före = signal.pthread_sigmask(signal.SIG_BLOCK, AVSLUTAR)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, före)


def i_grenen(gör: signal.Handlers) -> None:
    """The first thing a fork does: to be told to end is then nothing to it (SIG_IGN), or ends it (SIG_DFL)."""
    for signal_ in AVSLUTAR:
        signal.signal(signal_, gör)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, AVSLUTAR)
