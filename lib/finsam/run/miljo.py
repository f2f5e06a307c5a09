"""What the kernels of a run are told through the environment."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def i_miljön(variabel: str, fil: Path) -> Iterator[None]:
    """Set a variable while something is done, and set it back."""
    före = os.environ.get(variabel)
    os.environ[variabel] = str(fil)
    try:
        yield
    finally:
        if före is None:
            del os.environ[variabel]
        else:
            os.environ[variabel] = före
